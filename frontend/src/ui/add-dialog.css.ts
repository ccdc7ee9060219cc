// How adding looks.

import { css } from "lit";

export const addStyles = css`
  :host {
    --width: 38rem;
  }

  form {
    display: contents;
  }

  .content {
    display: grid;
    grid-auto-rows: max-content;
    gap: 1rem;
  }

  .files {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem 0.9rem;
    padding: 0.9rem 1rem;
    border: 1.5px dashed color-mix(in srgb, var(--d2m-muted) 45%, var(--d2m-line));
    border-radius: var(--d2m-radius-large);
    color: var(--d2m-muted);
  }

  .files.over {
    border-color: var(--d2m-accent);
    background: color-mix(in srgb, var(--d2m-accent) 8%, transparent);
  }

  .files .button {
    background: var(--d2m-raised);
    color: var(--d2m-ink);
  }

  .files input {
    display: none;
  }

  .items {
    display: grid;
    grid-auto-rows: max-content;
    border: 1px solid var(--d2m-line);
    border-radius: var(--d2m-radius-large);
    overflow: hidden;
  }

  .items li {
    display: grid;
    grid-template-columns: 1.2rem minmax(0, 1fr) auto;
    gap: 0 0.6rem;
    align-items: center;
    min-height: 2.6rem;
    padding: 0.35rem 0.5rem 0.35rem 0.8rem;
  }

  .items li + li {
    border-top: 1px solid var(--d2m-line);
  }

  .items .label {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .items .outcome {
    grid-column: 2;
    font-size: 0.82rem;
    color: var(--d2m-muted);
    overflow-wrap: anywhere;
  }

  .items svg.icon {
    color: var(--tone, var(--d2m-muted));
  }

  .items .button {
    grid-row: 1 / span 2;
    grid-column: 3;
    min-height: 2rem;
  }

  .items [data-outcome="taken"] {
    --tone: var(--d2m-green);
  }

  .items [data-outcome="failed"] {
    --tone: var(--d2m-red);
  }

  .items [data-outcome="failed"] .outcome {
    color: var(--d2m-red);
  }

  .items [data-outcome="adding"] {
    --tone: var(--d2m-blue);
  }

  .items [data-outcome="adding"] svg.icon:first-child {
    animation: turn 1s linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  summary {
    width: fit-content;
    padding: 0.3rem 0.2rem;
    border-radius: 0.3rem;
    font-weight: 500;
    color: var(--d2m-accent);
    cursor: pointer;
  }

  details[open] summary {
    margin-bottom: 0.6rem;
  }

  footer {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.5rem;
    padding: 0.8rem 1.4rem 1rem;
    border-top: 1px solid var(--d2m-line);
  }

  footer p {
    margin-inline-end: auto;
    color: var(--d2m-muted);
  }

  .target {
    position: fixed;
    inset: 0;
    z-index: 15;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.3rem;
    margin: 0.75rem;
    border: 3px dashed var(--d2m-accent);
    border-radius: 1rem;
    background: color-mix(in srgb, var(--d2m-surface) 90%, transparent);
    color: var(--d2m-accent);
    text-align: center;
    pointer-events: none;
  }

  .target svg.icon {
    width: 3rem;
    height: 3rem;
  }

  .target b {
    font-size: 1.3rem;
    font-weight: 650;
  }

  .target span {
    color: var(--d2m-muted);
  }

  @media (max-width: 44rem) {
    footer {
      padding: 0.7rem 1.1rem max(0.9rem, env(safe-area-inset-bottom));
    }

    .files span {
      display: none;
    }
  }
`;
