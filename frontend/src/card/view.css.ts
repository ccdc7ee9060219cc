import { css } from "lit";

export const viewStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-height: 0;
    position: relative;
    container-type: inline-size;
  }

  header {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 1rem;
    min-height: 3.25rem;
    padding: 0.75rem 1rem 0.5rem;
  }

  h2 {
    min-width: 0;
    font-size: var(--ha-card-header-font-size, 1.25rem);
    line-height: 1.3;
    color: var(--ha-card-header-color, var(--d2m-ink));
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
  }

  .rates {
    display: flex;
    flex: none;
    gap: 0.75rem;
    margin-inline-start: auto;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-m, 14px);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .rates > span {
    display: inline-flex;
    align-items: center;
    gap: 0.2rem;
  }

  .rates svg {
    width: 1rem;
    height: 1rem;
    stroke-width: 2.2;
  }

  .rates .moving {
    color: var(--d2m-ink);
  }

  .down.moving svg {
    color: var(--d2m-blue);
  }

  .up.moving svg {
    color: var(--d2m-green);
  }

  .banner {
    display: flex;
    flex: none;
    align-items: flex-start;
    gap: 0.6rem;
    margin: 0 0.75rem 0.5rem;
    padding: 0.5rem 0.75rem;
    border-radius: var(--d2m-radius);
    background: color-mix(in srgb, var(--d2m-amber) 14%, transparent);
    font-size: var(--ha-font-size-m, 14px);
    overflow-wrap: anywhere;
  }

  .banner svg {
    margin-top: 0.05rem;
    color: var(--d2m-amber);
  }

  .banner span {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }

  .content {
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-height: 0;
    transition:
      opacity 0.3s,
      filter 0.3s;
  }

  .stale {
    filter: grayscale(1);
    opacity: 0.7;
  }

  /* Without width, so that details always lie over the page. */
  .over {
    flex: none;
    width: 0;
    height: 0;
  }

  .empty {
    display: grid;
    flex: 1;
    align-content: center;
    justify-items: center;
    gap: 0.15rem;
    padding: 1.25rem 1.5rem 1.75rem;
    text-align: center;
    color: var(--d2m-muted);
  }

  .empty b {
    color: var(--d2m-ink);
    font-size: 1rem;
    font-weight: 500;
  }

  .empty span {
    max-width: 30rem;
    text-wrap: balance;
  }

  .empty svg {
    width: 1.5rem;
    height: 1.5rem;
    box-sizing: content-box;
    margin-bottom: 0.35rem;
    padding: 0.5rem;
    border-radius: 50%;
    color: var(--d2m-green);
    background: color-mix(in srgb, var(--d2m-green) 16%, transparent);
  }

  .empty svg:has(path[d^="M12 4 2.8"]) {
    color: var(--d2m-amber);
    background: color-mix(in srgb, var(--d2m-amber) 16%, transparent);
  }

  .loading {
    padding: 0.25rem 1rem 1rem;
    opacity: 0;
    animation: seen 0.4s 0.5s forwards;
  }

  @keyframes seen {
    to {
      opacity: 1;
    }
  }

  .ghost {
    display: grid;
    grid-template: "sign name" 1.1rem "sign more" 0.8rem / 2.5rem 1fr;
    gap: 0.35rem 0.75rem;
    padding: 0.5rem 0;
  }

  .ghost > * {
    border-radius: 0.4rem;
    background: var(--d2m-sunken);
  }

  .ghost i {
    grid-area: sign;
    aspect-ratio: 1;
    border-radius: 50%;
  }

  .ghost b {
    width: 70%;
  }

  .ghost s {
    width: 45%;
  }

  footer {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 0.1rem 0.15rem;
    padding: 0.35rem 0.5rem 0.5rem;
    border-top: 1px solid var(--d2m-line);
  }

  footer button {
    display: inline-flex;
    align-items: center;
    gap: 0.45rem;
    max-width: 100%;
    min-height: 1.75rem;
    padding: 0 0.6rem;
    border-radius: 1rem;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-s, 12px);
    overflow: hidden;
    white-space: nowrap;
  }

  footer button:hover {
    background: var(--d2m-sunken);
    color: var(--d2m-ink);
  }

  .dot {
    flex: none;
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: var(--d2m-grey);
  }

  [data-health="good"] .dot {
    background: var(--d2m-green);
  }

  [data-health="bad"] {
    color: var(--d2m-red);
  }

  [data-health="bad"] .dot {
    background: var(--d2m-red);
  }

  @media (pointer: coarse) {
    footer button {
      min-height: 2.5rem;
    }
  }
`;
