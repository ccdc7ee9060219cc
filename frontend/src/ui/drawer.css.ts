// How the details of a download look.

import { css } from "lit";

export const drawerStyles = css`
  :host {
    display: contents;
  }

  aside {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    width: clamp(20rem, 28vw, 26rem);
    min-height: 0;
    border-inline-start: 1px solid var(--d2m-line);
    background: var(--d2m-paper);
  }

  dialog[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    width: 100vw;
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    border: 0;
    border-radius: 0;
    background: var(--d2m-paper);
    animation: come 0.18s ease-out;
  }

  @media (min-width: 36rem) {
    dialog[open] {
      width: 26rem;
      margin-inline-start: auto;
      border-inline-start: 1px solid var(--d2m-line);
    }
  }

  @keyframes come {
    from {
      opacity: 0;
      translate: 0 1.5rem;
    }
  }

  .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.2rem 0.5rem;
    padding: 0.85rem 0.6rem 0.9rem 1.2rem;
    border-bottom: 1px solid var(--d2m-line);
    background: var(--d2m-surface);
  }

  h2 {
    padding-top: 0.25rem;
    font-size: 1.02rem;
    font-weight: 650;
    line-height: 1.35;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
  }

  h2:focus-visible {
    border-radius: 0.25rem;
  }

  .now {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    gap: 0.45rem;
    padding-inline-end: 0.6rem;
    font-weight: 550;
    color: var(--tone, var(--d2m-muted));
    font-variant-numeric: tabular-nums;
  }

  .now .of {
    margin-inline-start: auto;
    font-weight: 400;
    color: var(--d2m-muted);
  }

  .bar {
    grid-column: 1 / -1;
    display: block;
    height: 0.4rem;
    margin: 0.25rem 0.6rem 0 0;
    overflow: hidden;
    border-radius: 0.2rem;
    background: var(--d2m-track);
  }

  .fill {
    display: block;
    height: 100%;
    border-radius: inherit;
    background: var(--tone, var(--d2m-muted));
    transform-origin: left;
    transform: scaleX(var(--done));
    transition: transform 0.5s linear;
  }

  :dir(rtl) .fill {
    transform-origin: right;
  }

  .old {
    filter: grayscale(1);
  }

  [data-state="downloading"],
  [data-state="metadata"],
  [data-state="checking"] {
    --tone: var(--d2m-blue);
  }

  [data-state="processing"] {
    --tone: var(--d2m-violet);
  }

  [data-state="seeding"] {
    --tone: var(--d2m-teal);
  }

  [data-state="completed"] {
    --tone: var(--d2m-green);
  }

  [data-state="stalled"] {
    --tone: var(--d2m-amber);
  }

  [data-state="failed"] {
    --tone: var(--d2m-red);
  }

  .rest {
    overflow-y: auto;
    padding: 0.7rem 1.2rem max(1.5rem, env(safe-area-inset-bottom));
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in srgb, var(--d2m-muted) 35%, transparent) transparent;
  }

  .rest:focus-visible {
    outline-offset: -2px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem;
    margin: 0 -0.55rem 0.4rem;
    font-size: 0.82rem;
  }

  .actions .button {
    padding-inline: 0.55rem;
  }

  .said {
    margin-bottom: 0.8rem;
    padding: 0.6rem 0.8rem;
    border-radius: var(--d2m-radius);
    background: color-mix(in srgb, var(--tone) 11%, transparent);
    overflow-wrap: anywhere;
  }

  .said b {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    font-weight: 600;
    color: var(--tone);
  }

  .said.error {
    --tone: var(--d2m-red);
  }

  .said.warning {
    --tone: var(--d2m-amber);
  }

  h3 {
    margin: 1.1rem 0 0.25rem;
    font-size: 0.75rem;
    font-weight: 650;
    letter-spacing: 0.045em;
    text-transform: uppercase;
    color: var(--d2m-muted);
  }

  .fact {
    display: grid;
    grid-template-columns: minmax(6.5rem, 34%) minmax(0, 1fr);
    gap: 0 0.6rem;
    align-items: baseline;
    min-height: 1.85rem;
    padding: 0.2rem 0;
  }

  .fact + .fact {
    border-top: 1px solid color-mix(in srgb, var(--d2m-line) 70%, transparent);
  }

  dt {
    color: var(--d2m-muted);
    overflow-wrap: anywhere;
  }

  dd {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.6rem;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }

  dd.mono {
    font: 0.79rem/1.55 var(--d2m-mono);
    word-break: break-all;
  }

  .tag {
    display: inline-block;
    margin-inline-end: 0.3rem;
    padding: 0.05rem 0.5rem;
    border-radius: 1rem;
    background: color-mix(in srgb, var(--d2m-ink) 8%, transparent);
    font-size: 0.82rem;
  }

  .copy {
    flex: none;
    width: 1.75rem !important;
    min-height: 1.75rem !important;
    margin: -0.3rem -0.4rem -0.3rem 0;
  }

  .copy svg.icon {
    width: 0.95rem;
    height: 0.95rem;
  }

  @media (pointer: coarse) {
    .copy {
      width: 2.5rem !important;
      min-height: 2.25rem !important;
    }
  }

  .none {
    color: var(--d2m-muted);
  }

  .gone {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.4rem;
    padding: 2rem;
    text-align: center;
    color: var(--d2m-muted);
  }

  .events li {
    position: relative;
    display: grid;
    grid-template-columns: 0.9rem minmax(0, 1fr) auto;
    gap: 0 0.6rem;
    align-items: baseline;
    padding: 0.25rem 0;
  }

  .events li::before {
    content: "";
    align-self: center;
    justify-self: center;
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: var(--tone, var(--d2m-grey));
  }

  .events li:not(:last-child)::after {
    content: "";
    position: absolute;
    inset: calc(50% + 0.45rem) auto calc(-50% + 0.45rem) 0.4rem;
    width: 1px;
    background: var(--d2m-line);
  }

  .events time {
    font-size: 0.82rem;
    color: var(--d2m-muted);
    font-variant-numeric: tabular-nums;
  }

  [data-event="completed"] {
    --tone: var(--d2m-green);
  }

  [data-event="failed"] {
    --tone: var(--d2m-red);
  }

  [data-event="stalled"] {
    --tone: var(--d2m-amber);
  }

  [data-event="added"],
  [data-event="started"],
  [data-event="resumed"] {
    --tone: var(--d2m-blue);
  }
`;
