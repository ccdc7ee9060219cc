// What all components' style sheets begin with.

import { css } from "lit";

export const shared = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
    font: inherit;
    list-style: none;
  }

  button,
  input,
  select {
    margin: 0;
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  button {
    border: 0;
    padding: 0;
    background: none;
    text-align: start;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }

  button:disabled {
    cursor: default;
    opacity: 0.42;
  }

  :focus-visible {
    outline: 2px solid var(--d2m-accent);
    outline-offset: 1px;
  }

  svg.icon {
    flex: none;
    width: 1.125rem;
    height: 1.125rem;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.45rem;
    min-height: 2.125rem;
    padding: 0 0.7rem;
    border-radius: var(--d2m-radius);
    font-weight: 500;
    white-space: nowrap;
    transition: background-color 0.12s;
  }

  .button:not(:disabled):hover,
  .button[aria-expanded="true"] {
    background: color-mix(in srgb, var(--d2m-ink) 7%, transparent);
  }

  .button.icon-only {
    width: 2.125rem;
    padding: 0;
    color: var(--d2m-muted);
  }

  .button.icon-only:not(:disabled):hover {
    color: var(--d2m-ink);
  }

  .button.primary {
    background: var(--d2m-accent);
    color: var(--d2m-on-accent);
  }

  .button.primary:not(:disabled):hover {
    background: color-mix(in srgb, var(--d2m-accent) 88%, var(--d2m-ink));
  }

  .button.danger {
    color: var(--d2m-red);
  }

  .button.danger.primary {
    background: var(--d2m-red);
    color: var(--d2m-surface);
  }

  .button.outlined {
    border: 1px solid var(--d2m-line);
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  dialog {
    max-width: min(32rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 2rem);
    padding: 0;
    border: 1px solid var(--d2m-line);
    border-radius: var(--d2m-radius-large);
    background: var(--d2m-raised);
    color: var(--d2m-ink);
    box-shadow: var(--d2m-shadow);
  }

  dialog::backdrop {
    background: rgb(8 11 15 / 45%);
  }

  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }

  @media (pointer: coarse) {
    .button {
      min-height: 2.5rem;
    }

    .button.icon-only {
      width: 2.5rem;
    }
  }
`;
