import { css } from "lit";

export const fullStyles = css`
  .tools {
    display: grid;
    flex: none;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.35rem;
    padding-bottom: 0.15rem;
  }

  .search {
    position: relative;
    display: block;
    margin-inline: 0.75rem;
    color: var(--d2m-muted);
  }

  .search svg {
    position: absolute;
    inset-inline-start: 0.75rem;
    top: 50%;
    translate: 0 -50%;
    width: 1.1rem;
    height: 1.1rem;
    pointer-events: none;
  }

  input {
    width: 100%;
    height: 2.5rem;
    padding: 0 0.75rem;
    padding-inline-start: 2.4rem;
    border: 0;
    border-radius: var(--d2m-radius);
    background: var(--d2m-sunken);
    color: var(--d2m-ink);
    font-size: 1rem;
  }

  input::placeholder {
    color: var(--d2m-muted);
    opacity: 1;
  }

  @container (min-width: 704px) {
    .tools {
      grid-template-columns: minmax(0, 1fr) minmax(12rem, 20rem);
      align-items: center;
    }

    .search {
      order: 1;
      margin-inline-start: 0;
    }

    input {
      height: 2.25rem;
      font-size: var(--ha-font-size-m, 14px);
    }
  }

  d2m-tool-bar {
    flex: none;
  }

  d2m-download-grid {
    flex: 1 1 calc(34px + var(--rows-shown) * var(--d2m-row));
    min-height: 6rem;
    --d2m-surface: var(--ha-card-background, var(--card-background-color, #fff));
  }

  d2m-download-grid.phone {
    flex-basis: calc(var(--rows-shown) * var(--d2m-row-phone));
  }

  .empty .button {
    margin-top: 0.75rem;
  }

  .filters {
    width: min(20rem, 88vw);
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    border: 0;
    border-radius: 0;
    background: var(--d2m-paper);
  }

  .filters[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
  }

  .filters .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 0.6rem 0.6rem 0.2rem;
    padding-inline-start: 1.2rem;
    font-weight: 650;
  }

  .filters d2m-side-bar {
    min-height: 0;
  }
`;
