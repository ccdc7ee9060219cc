// How the fields of a form look.

import { css } from "lit";

export const fieldStyles = css`
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr));
    gap: 0.9rem 1rem;
  }

  .field {
    display: grid;
    align-content: start;
    gap: 0.3rem;
    min-width: 0;
  }

  .field.wide {
    grid-column: 1 / -1;
  }

  .field > span:first-child {
    font-size: 0.82rem;
    font-weight: 600;
    color: var(--d2m-ink);
  }

  .hint {
    font-size: 0.79rem;
    color: var(--d2m-muted);
  }

  .field input:not([type="checkbox"]),
  .field select,
  .field textarea {
    width: 100%;
    min-height: 2.25rem;
    padding: 0.35rem 0.65rem;
    border: 1px solid color-mix(in srgb, var(--d2m-muted) 45%, var(--d2m-line));
    border-radius: var(--d2m-radius);
    background: var(--d2m-surface);
    color: var(--d2m-ink);
    font: inherit;
  }

  .field textarea {
    resize: vertical;
    min-height: 5.5rem;
    font: 0.85rem/1.5 var(--d2m-mono);
    overflow-wrap: anywhere;
  }

  .field :is(input, select, textarea):focus-visible {
    outline: 2px solid var(--d2m-accent);
    outline-offset: -1px;
    border-color: transparent;
  }

  .field ::placeholder {
    color: var(--d2m-muted);
    opacity: 1;
  }

  .tick {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    min-height: 2.25rem;
  }

  .tick input {
    flex: none;
    width: 1.1rem;
    height: 1.1rem;
    accent-color: var(--d2m-accent);
  }

  .with-unit {
    position: relative;
    display: block;
  }

  .with-unit > span {
    position: absolute;
    inset-inline-end: 0.65rem;
    top: 50%;
    translate: 0 -50%;
    color: var(--d2m-muted);
    font-size: 0.82rem;
    pointer-events: none;
  }

  .with-unit input {
    padding-inline-end: 3.2rem !important;
    appearance: textfield;
  }

  .feet {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.5rem;
  }

  .sentence {
    padding: 0.6rem 0.8rem;
    border-radius: var(--d2m-radius);
    background: color-mix(in srgb, var(--d2m-red) 10%, transparent);
    color: var(--d2m-red);
    overflow-wrap: anywhere;
  }

  @media (pointer: coarse) {
    .field input:not([type="checkbox"]),
    .field select,
    .field textarea {
      min-height: 2.75rem;
      font-size: 16px;
    }
  }
`;
