// How the bell and its list look.

import { css } from "lit";

export const bellStyles = css`
  :host {
    display: contents;
  }

  .bell {
    position: relative;
  }

  .unread {
    position: absolute;
    inset: 0.1rem 0 auto auto;
    min-width: 1.05rem;
    padding: 0 0.25rem;
    border-radius: 0.6rem;
    background: var(--d2m-red);
    color: var(--d2m-surface);
    font: 650 0.68rem/1.05rem var(--d2m-font);
    text-align: center;
    font-variant-numeric: tabular-nums;
  }

  [popover] {
    position: fixed;
    --width: min(25rem, calc(100vw - 1rem));
    inset: var(--top) min(var(--right), calc(100vw - 0.5rem - var(--width))) auto auto;
    width: var(--width);
    max-height: min(36rem, calc(100dvh - var(--top) - 1rem));
    margin: 0;
    padding: 0;
    overflow-y: auto;
    border: 1px solid var(--d2m-line);
    border-radius: var(--d2m-radius-large);
    background: var(--d2m-raised);
    color: var(--d2m-ink);
    box-shadow: var(--d2m-shadow);
  }

  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 3rem;
    padding: 0.5rem 0.5rem 0.2rem 1.1rem;
  }

  h2 {
    font-size: 1rem;
    font-weight: 650;
  }

  header .button {
    color: var(--d2m-accent);
  }

  .ask,
  .hint {
    display: flex;
    align-items: center;
    gap: 0.7rem;
    margin: 0.2rem 0.6rem 0.6rem;
    padding: 0.6rem 0.7rem;
    border-radius: var(--d2m-radius);
    background: var(--d2m-sunken);
  }

  .hint {
    font-size: 0.85rem;
    color: var(--d2m-muted);
  }

  .ask input {
    flex: none;
    appearance: none;
    position: relative;
    width: 2.25rem;
    height: 1.3rem;
    border-radius: 1rem;
    background: color-mix(in srgb, var(--d2m-muted) 70%, var(--d2m-track));
    transition: background-color 0.15s;
    cursor: pointer;
  }

  .ask input::before {
    content: "";
    position: absolute;
    inset: 0.15rem auto auto 0.15rem;
    width: 1rem;
    height: 1rem;
    border-radius: 50%;
    background: var(--d2m-surface);
    transition: translate 0.15s;
  }

  .ask input:checked {
    background: var(--d2m-accent);
  }

  .ask input:checked::before {
    translate: 0.95rem;
  }

  .none {
    padding: 0.8rem 1.1rem 1.4rem;
    color: var(--d2m-muted);
  }

  ul {
    padding-bottom: 0.4rem;
  }

  .news {
    display: grid;
    grid-template-columns: 1.2rem minmax(0, 1fr) auto;
    gap: 0.05rem 0.7rem;
    width: 100%;
    padding: 0.55rem 1.1rem;
  }

  button.news:hover {
    background: color-mix(in srgb, var(--d2m-ink) 5%, transparent);
  }

  button.news:focus-visible {
    outline-offset: -2px;
  }

  .text {
    overflow-wrap: anywhere;
    font-weight: 500;
  }

  .about {
    grid-column: 2 / -1;
    font-size: 0.82rem;
    color: var(--d2m-muted);
    overflow-wrap: anywhere;
  }

  time {
    font-size: 0.79rem;
    color: var(--d2m-muted);
    white-space: nowrap;
  }

  [data-tone="completed"] svg.icon {
    color: var(--d2m-green);
  }

  [data-tone="failed"] svg.icon {
    color: var(--d2m-red);
  }

  [data-tone="notice"] svg.icon {
    color: var(--d2m-blue);
  }
`;
