import { css } from "lit";

export const cellStyles = css`
  .name {
    flex: 0 1 auto;
    min-width: 6rem;
    font-weight: 500;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .note {
    flex: 1 1 0;
    min-width: 0;
    color: var(--d2m-amber);
    font-size: 0.8rem;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .cell > .name:has(+ .note) {
    max-width: 65%;
  }

  .name,
  .note,
  .tag {
    unicode-bidi: isolate;
  }

  .bad .note {
    color: var(--d2m-red);
  }

  .state {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    min-width: 0;
    color: var(--tone);
  }

  .state .word {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .bar {
    display: block;
    flex: 1;
    height: 0.375rem;
    border-radius: 0.2rem;
    background: var(--d2m-track);
    overflow: hidden;
  }

  .fill {
    display: block;
    height: 100%;
    border-radius: inherit;
    background: var(--tone);
    transform: translateX(calc((var(--done, 0) - 1) * 100%));
    transition: transform 0.45s ease-out;
  }

  .percent {
    flex: none;
    min-width: 3.4rem;
    text-align: end;
    font-size: 0.8rem;
    font-variant-numeric: tabular-nums;
  }

  .tag {
    flex: 0 1 auto;
    min-width: 1.5rem;
    padding: 0.05rem 0.4rem;
    border-radius: 0.3rem;
    background: var(--d2m-sunken);
    color: var(--d2m-muted);
    font-size: 0.78rem;
  }

  .cell[data-column="tags"] {
    gap: 0.25rem;
  }

  .card {
    display: grid;
    gap: 0.4rem;
    min-width: 0;
  }

  .card .bar {
    width: 100%;
  }

  .first,
  .last {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-width: 0;
    white-space: nowrap;
  }

  .first .name {
    flex: 1;
  }

  .first .percent {
    min-width: 0;
  }

  .last {
    font-size: 0.78rem;
    color: var(--d2m-muted);
  }

  .last .word {
    color: var(--tone);
    font-weight: 500;
  }

  .last .about {
    flex: 1 1 auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .last .note {
    flex: 2 1 auto;
  }

  .rate,
  .left {
    font-variant-numeric: tabular-nums;
  }

  .rate.down {
    color: var(--d2m-blue);
  }

  .rate.up {
    color: var(--d2m-green);
  }

  .rate.down::before {
    content: "↓ ";
  }

  .rate.up::before {
    content: "↑ ";
  }
`;
