import { css } from "lit";

export const gridStyles = css`
  .scroller {
    position: absolute;
    inset: 0;
    overflow: auto;
    overscroll-behavior: contain;
    outline-offset: -2px;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in srgb, var(--d2m-muted) 45%, transparent) transparent;
    --row-height: var(--d2m-row);
  }

  .probe {
    position: absolute;
    visibility: hidden;
    width: var(--d2m-unit);
    height: var(--d2m-row);
  }

  :host([phone]) .scroller {
    --row-height: var(--d2m-row-phone);
  }

  :host([phone]) .probe {
    height: var(--d2m-row-phone);
  }

  .heads {
    position: sticky;
    top: 0;
    z-index: 2;
    min-width: var(--least);
    background: var(--d2m-surface);
    border-bottom: 1px solid var(--d2m-line);
    color: var(--d2m-muted);
    font-size: 0.8rem;
  }

  :host([phone]) .heads {
    width: 0;
    min-width: 0;
    height: 0;
    overflow: hidden;
    border: 0;
  }

  .body {
    min-width: var(--least);
    height: calc(var(--rows) * var(--row-height));
    padding-top: calc(var(--first) * var(--row-height));
    overflow: clip;
  }

  .row {
    --tone: var(--d2m-grey);
    display: grid;
    grid-template-columns: var(--columns);
    align-items: center;
    height: var(--row-height);
    padding-inline-end: 0.75rem;
    border-bottom: 1px solid color-mix(in srgb, var(--d2m-line) 55%, transparent);
    contain: layout style;
    cursor: default;
  }

  .row.head {
    height: 2rem;
    border: 0;
  }

  .body .row:hover {
    background: color-mix(in srgb, var(--d2m-ink) 3.5%, transparent);
  }

  .row[aria-selected="true"],
  .row[aria-selected="true"]:hover {
    background: color-mix(in srgb, var(--d2m-accent) 12%, transparent);
  }

  .scroller:focus-visible .row.active {
    box-shadow: inset 0 0 0 2px color-mix(in srgb, var(--d2m-accent) 75%, transparent);
  }

  .scroller:focus-visible:has(.row.active) {
    outline: none;
  }

  .row[data-state="downloading"] {
    --tone: var(--d2m-blue);
  }

  .row[data-state="seeding"],
  .row[data-state="completed"] {
    --tone: var(--d2m-green);
  }

  .row[data-state="stalled"] {
    --tone: var(--d2m-amber);
  }

  .row[data-state="failed"] {
    --tone: var(--d2m-red);
  }

  .row[data-state="processing"] {
    --tone: var(--d2m-violet);
  }

  .row[data-state="checking"],
  .row[data-state="metadata"] {
    --tone: var(--d2m-teal);
  }

  .row.old {
    --tone: var(--d2m-grey);
    color: var(--d2m-muted);
  }

  .row.old .note {
    color: inherit;
  }

  .row.old .fill {
    opacity: 0.55;
  }

  .cell {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-width: 0;
    height: 100%;
    padding-inline: 0.5rem;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    position: relative;
  }

  .cell > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .figure {
    justify-content: flex-end;
    font-variant-numeric: tabular-nums;
  }

  .cell:is(
    [data-column="client"],
    [data-column="category"],
    [data-column="size"],
    [data-column="ratio"],
    [data-column="added_at"],
    [data-column="completed_at"],
    [data-column="path"],
    [data-column="protocol"],
    [data-column="seeds"],
    [data-column="peers"],
    [data-column="eta"]
  ) {
    color: var(--d2m-muted);
  }

  .cell:is([data-column="client"], [data-column="category"], [data-column="path"]) {
    display: block;
    line-height: var(--row-height);
  }

  .head .cell {
    overflow: visible;
  }

  .sort {
    display: inline-flex;
    align-items: center;
    gap: 0.2rem;
    max-width: 100%;
    height: 1.6rem;
    padding-inline: 0.35rem;
    margin-inline: -0.35rem;
    border-radius: 0.35rem;
    overflow: hidden;
  }

  .sort .label {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .sort svg.icon {
    width: 0.8rem;
    height: 0.8rem;
    stroke-width: 2.4;
  }

  .sort:hover,
  [aria-sort]:not([aria-sort="none"]) .sort {
    color: var(--d2m-ink);
  }

  [aria-sort]:not([aria-sort="none"]) .sort {
    font-weight: 600;
  }

  .grip {
    position: absolute;
    inset-block: 0.35rem;
    inset-inline-end: -0.3rem;
    width: 0.6rem;
    cursor: col-resize;
    touch-action: none;
    z-index: 1;
  }

  .cell > .grip {
    overflow: visible;
  }

  .grip::after {
    content: "";
    position: absolute;
    inset-block: 0;
    inset-inline-start: 50%;
    border-inline-start: 1px solid transparent;
  }

  .heads:hover .grip::after {
    border-color: var(--d2m-line);
  }

  .grip:hover::after {
    border-color: var(--d2m-accent) !important;
  }

  .check {
    display: grid;
    place-items: center;
    align-self: stretch;
    padding-inline-start: 0.5rem;
  }

  .body .check svg {
    width: 1rem;
    height: 1rem;
    padding: 0.1rem;
    border: 1px solid color-mix(in srgb, var(--d2m-muted) 60%, transparent);
    border-radius: 0.25rem;
    stroke-width: 3.5;
    stroke: transparent;
    opacity: 0;
  }

  .row:hover .check svg,
  :host([selecting]) .check svg,
  .row[aria-selected="true"] .check svg {
    opacity: 1;
  }

  .row[aria-selected="true"] .check svg {
    background: var(--d2m-accent);
    border-color: var(--d2m-accent);
    stroke: var(--d2m-on-accent);
  }

  :host([phone]) .row {
    grid-template-columns: minmax(0, 1fr);
    padding-inline: 0.9rem;
  }

  :host([phone]) .check {
    display: none;
  }

  :host([phone][selecting]) .row {
    grid-template-columns: 2rem minmax(0, 1fr);
  }

  :host([phone][selecting]) .check {
    display: grid;
    padding: 0;
    justify-items: start;
  }

  @media (hover: none) {
    .body .row:hover:not([aria-selected="true"]) {
      background: none;
    }
  }

  @media (forced-colors: active) {
    .bar {
      border: 1px solid CanvasText;
    }

    .fill {
      background: CanvasText;
    }

    .row[aria-selected="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
