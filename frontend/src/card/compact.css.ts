import { css } from "lit";

export const compactStyles = css`
  ul {
    flex: 0 1 auto;
    min-height: 0;
    padding: 0 0 0.5rem;
    overflow-y: auto;
    scrollbar-width: thin;
  }

  li {
    --tone: var(--d2m-grey);
    position: relative;
    display: grid;
    grid-template:
      "sign name percent act" auto
      "sign about about act" auto
      "sign bar bar act" auto / 36px minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 0 0.75rem;
    min-height: 3.5rem;
    padding: 0.5rem 0.5rem 0.5rem 1rem;
  }

  /* What is done has no bar. */
  li:not(:has(.bar)) {
    grid-template:
      "sign name percent act" 1fr
      "sign about about act" 1fr / 36px minmax(0, 1fr) auto auto;
  }

  li:not(:has(.bar)) .name {
    align-self: end;
  }

  li:not(:has(.bar)) .about {
    align-self: start;
  }

  li:hover {
    background: color-mix(in srgb, var(--d2m-ink) 4%, transparent);
  }

  [data-state="downloading"] {
    --tone: var(--d2m-blue);
  }

  [data-state="seeding"],
  [data-state="completed"] {
    --tone: var(--d2m-green);
  }

  [data-state="stalled"] {
    --tone: var(--d2m-amber);
  }

  [data-state="failed"] {
    --tone: var(--d2m-red);
  }

  [data-state="processing"] {
    --tone: var(--d2m-violet);
  }

  [data-state="checking"],
  [data-state="metadata"] {
    --tone: var(--d2m-teal);
  }

  .old {
    --tone: var(--d2m-grey);
  }

  .open {
    position: absolute;
    inset: 0;
    outline-offset: -2px;
  }

  .sign {
    grid-area: sign;
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    color: var(--tone);
    background: color-mix(in srgb, var(--tone) 16%, transparent);
    pointer-events: none;
  }

  .sign svg {
    width: 20px;
    height: 20px;
  }

  .text {
    display: contents;
  }

  .name {
    grid-area: name;
    pointer-events: none;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 500;
    unicode-bidi: plaintext;
  }

  .about {
    grid-area: about;
    pointer-events: none;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-s, 12px);
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  .about:has(.trouble) {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    white-space: normal;
    overflow-wrap: anywhere;
  }

  .about > * + *::before {
    content: "·";
    margin-inline: 0.35em;
  }

  .about b {
    font-weight: 400;
  }

  .about .trouble {
    color: var(--d2m-red);
  }

  li:not([data-state="failed"]) .trouble {
    color: var(--d2m-amber);
  }

  .percent {
    grid-area: percent;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-s, 12px);
    line-height: 1.65;
    font-variant-numeric: tabular-nums;
    pointer-events: none;
  }

  .bar {
    grid-area: bar;
    display: block;
    height: 0.25rem;
    margin-top: 0.3rem;
    overflow: hidden;
    border-radius: 0.125rem;
    background: color-mix(in srgb, var(--tone) 20%, transparent);
    pointer-events: none;
  }

  .fill {
    display: block;
    width: calc(var(--done, 0) * 100%);
    height: 100%;
    border-radius: inherit;
    background: var(--tone);
    transition: width 0.45s ease-out;
  }

  .act {
    grid-area: act;
    position: relative;
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: 50%;
    color: var(--d2m-muted);
  }

  .act:hover {
    background: color-mix(in srgb, var(--d2m-ink) 8%, transparent);
    color: var(--d2m-ink);
  }

  .more {
    flex: none;
    min-height: 2.5rem;
    margin: 0 0.5rem 0.5rem;
    padding: 0 0.75rem;
    border-radius: var(--d2m-radius);
    color: var(--d2m-accent);
    font-weight: 500;
  }

  .more:hover {
    background: color-mix(in srgb, var(--d2m-accent) 10%, transparent);
  }

  @media (forced-colors: active) {
    .bar {
      border: 1px solid CanvasText;
    }

    .fill {
      background: CanvasText;
    }
  }
`;
