// How the chart looks.

import { css } from "lit";

export const chartStyles = css`
  :host {
    --width: 58rem;
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.6rem 1rem;
  }

  .ranges {
    display: flex;
    margin: 0;
    padding: 0.2rem;
    border: 0;
    border-radius: calc(var(--d2m-radius) + 0.2rem);
    background: var(--d2m-sunken);
  }

  .ranges label {
    position: relative;
    display: grid;
    place-items: center;
    min-height: 2rem;
    padding: 0 0.85rem;
    border-radius: var(--d2m-radius);
    font-weight: 500;
    color: var(--d2m-muted);
    white-space: nowrap;
    cursor: pointer;
  }

  .ranges input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }

  .ranges label:has(:checked) {
    background: var(--d2m-raised);
    color: var(--d2m-ink);
    box-shadow: 0 1px 2px rgb(16 24 40 / 14%);
  }

  .ranges label:has(:focus-visible) {
    outline: 2px solid var(--d2m-accent);
  }

  select {
    min-height: 2.25rem;
    max-width: 14rem;
    padding: 0 0.5rem;
    border: 1px solid color-mix(in srgb, var(--d2m-muted) 45%, var(--d2m-line));
    border-radius: var(--d2m-radius);
    background: var(--d2m-surface);
  }

  figure {
    margin: 0.9rem 0 0;
  }

  .canvas {
    position: relative;
    height: min(24rem, 45dvh);
    border-radius: var(--d2m-radius);
    direction: ltr;
  }

  .drawing {
    position: absolute;
    inset: 0;
  }

  .u-cursor-x {
    border-color: var(--d2m-muted) !important;
  }

  .instead {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.8rem;
    padding: 1rem 2rem;
    text-align: center;
    color: var(--d2m-muted);
    pointer-events: none;
  }

  .instead .button {
    pointer-events: auto;
    color: var(--d2m-ink);
  }

  .reading {
    min-height: 1.5em;
    margin-top: 0.2rem;
    text-align: center;
    font-size: 0.85rem;
    color: var(--d2m-muted);
    font-variant-numeric: tabular-nums;
  }

  .sums {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
    gap: 0.7rem;
    margin-top: 0.7rem;
  }

  .sum {
    display: grid;
    grid-template-columns: auto repeat(3, minmax(0, 1fr));
    gap: 0 0.9rem;
    align-items: center;
    padding: 0.65rem 0.9rem;
    border-radius: var(--d2m-radius-large);
    background: var(--d2m-sunken);
  }

  .sum h3 {
    display: grid;
    justify-items: center;
    gap: 0.1rem;
    min-width: 4.2rem;
    font-size: 0.82rem;
    font-weight: 600;
  }

  .sum dl {
    display: contents;
  }

  .down h3 {
    color: var(--d2m-blue);
  }

  .up h3 {
    color: var(--d2m-green);
  }

  .sum dt {
    font-size: 0.75rem;
    color: var(--d2m-muted);
  }

  .sum dd {
    font-weight: 600;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  @media (max-width: 44rem) {
    .ranges label {
      min-height: 2.5rem;
      padding: 0 0.75rem;
    }

    select {
      min-height: 2.75rem;
      flex: 1;
      max-width: none;
      font-size: 16px;
    }

    .sum {
      gap: 0 0.5rem;
      padding-inline: 0.7rem;
    }

    .sum dd {
      font-size: 0.85rem;
    }
  }
`;
