import { css } from "lit";

export const sideStyles = css`
  section {
    margin-bottom: 1.1rem;
  }

  h2 {
    display: flex;
    align-items: center;
    min-height: 1.75rem;
    padding: 0 0.6rem;
    font-size: 0.78rem;
    font-weight: 600;
    color: var(--d2m-muted);
  }

  .option {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    width: 100%;
    min-height: 1.95rem;
    padding: 0 0.6rem;
    border-radius: var(--d2m-radius);
  }

  .option:hover {
    background: color-mix(in srgb, var(--d2m-ink) 5.5%, transparent);
  }

  .option[aria-pressed="true"] {
    background: color-mix(in srgb, var(--d2m-accent) 11%, transparent);
    color: var(--d2m-accent);
    font-weight: 600;
  }

  .option svg.icon {
    width: 1.05rem;
    height: 1.05rem;
    color: var(--d2m-muted);
  }

  .option[data-tone="active"] svg.icon {
    color: var(--d2m-blue);
  }

  .option[data-tone="done"] svg.icon {
    color: var(--d2m-green);
  }

  .option[data-tone="failed"] svg.icon,
  .option[data-tone="failed"] .count {
    color: var(--d2m-red);
  }

  .option.inner {
    min-height: 1.7rem;
    padding-inline-start: 2.25rem;
    font-size: 0.92em;
    color: var(--d2m-muted);
  }

  .option.inner[aria-pressed="true"] {
    color: var(--d2m-accent);
  }

  .option.faint .label {
    font-style: italic;
    color: var(--d2m-muted);
  }

  .label {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .count {
    font-size: 0.82rem;
    font-weight: 400;
    color: var(--d2m-muted);
    font-variant-numeric: tabular-nums;
  }

  .option[aria-pressed="true"] .count {
    color: inherit;
  }

  .more {
    padding: 0.3rem 0.6rem;
    color: var(--d2m-accent);
    font-size: 0.85rem;
    border-radius: var(--d2m-radius);
  }

  @media (pointer: coarse) {
    .option,
    .option.inner {
      min-height: 2.6rem;
    }
  }
`;
