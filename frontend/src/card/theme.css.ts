// Our look from Home Assistant's: every colour and measure comes from the theme that is in use.

import { css } from "lit";

export const theme = css`
  :host {
    display: block;
    height: 100%;
    --d2m-ink: var(--primary-text-color, #141414);
    --d2m-muted: var(--secondary-text-color, #5e5e5e);
    --d2m-surface: var(--ha-card-background, var(--card-background-color, #fff));
    --d2m-paper: var(--card-background-color, #fff);
    --d2m-raised: var(--card-background-color, #fff);
    --d2m-sunken: color-mix(in srgb, var(--d2m-ink) 6%, transparent);
    --d2m-line: var(--divider-color, rgb(0 0 0 / 12%));
    --d2m-track: color-mix(in srgb, var(--d2m-ink) 12%, transparent);
    --d2m-accent: var(--primary-color, #009ac7);
    --d2m-on-accent: var(--text-primary-color, #fff);
    --d2m-blue: color-mix(in srgb, var(--blue-color, #2196f3) 76%, var(--d2m-ink));
    --d2m-green: color-mix(in srgb, var(--green-color, #4caf50) 68%, var(--d2m-ink));
    --d2m-amber: color-mix(in srgb, var(--orange-color, #ff9800) 62%, var(--d2m-ink));
    --d2m-red: color-mix(in srgb, var(--red-color, #f44336) 82%, var(--d2m-ink));
    --d2m-violet: color-mix(in srgb, var(--purple-color, #926bc7) 82%, var(--d2m-ink));
    --d2m-teal: color-mix(in srgb, var(--teal-color, #009688) 82%, var(--d2m-ink));
    --d2m-grey: color-mix(in srgb, var(--grey-color, #9e9e9e) 65%, var(--d2m-ink));
    --d2m-shadow: 0 1px 2px rgb(0 0 0 / 8%), 0 12px 32px rgb(0 0 0 / 22%);
    --d2m-radius: 0.5rem;
    --d2m-radius-large: var(--ha-card-border-radius, 0.75rem);
    --d2m-unit: 16px; /* Home Assistant's rem is smaller, its text is not */
    --d2m-row: 38px;
    --d2m-row-phone: 72px;
    --d2m-font: var(--ha-font-family-body, Roboto, Noto, sans-serif);
    --d2m-mono: var(--ha-font-family-code, monospace);
    color-scheme: light;
    color: var(--d2m-ink);
    font: 400 var(--ha-font-size-m, 14px) / 1.4 var(--d2m-font);
  }

  :host([dark]) {
    color-scheme: dark;
  }

  ha-card {
    display: flex;
    flex-direction: column;
    position: relative;
    height: 100%;
    overflow: hidden;
  }
`;
