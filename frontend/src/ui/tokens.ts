// The look in one place. Every component takes its colours and measures from these custom properties; whoever embeds the
// dashboard (the Home Assistant card) sets them on the element and so overrides what stands here.

import { css } from "lit";

export const tokens = css`
  :host {
    color-scheme: light dark;
    --d2m-paper: #f4f5f7;
    --d2m-surface: #fff;
    --d2m-raised: #fff;
    --d2m-sunken: #eef0f3;
    --d2m-ink: #191d22;
    --d2m-muted: #5d6672;
    --d2m-line: #e2e5e9;
    --d2m-track: #e4e7eb;
    --d2m-accent: #2457cb;
    --d2m-on-accent: #fff;
    --d2m-blue: #2457cb;
    --d2m-green: #17774a;
    --d2m-amber: #955400;
    --d2m-red: #bf2b2b;
    --d2m-violet: #7140c2;
    --d2m-teal: #096d79;
    --d2m-grey: #5d6672;
    --d2m-shadow: 0 1px 2px rgb(16 24 40 / 6%), 0 12px 32px rgb(16 24 40 / 14%);
    --d2m-radius: 0.5rem;
    --d2m-radius-large: 0.75rem;
    --d2m-unit: 1rem;
    --d2m-row: 2.375rem;
    --d2m-row-phone: 4.75rem;
    --d2m-font:
      system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif;
    --d2m-mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  }

  @media (prefers-color-scheme: dark) {
    :host {
      --d2m-paper: #0e1114;
      --d2m-surface: #15181c;
      --d2m-raised: #1d2126;
      --d2m-sunken: #0f1215;
      --d2m-ink: #e6e9ed;
      --d2m-muted: #98a2ae;
      --d2m-line: #252a30;
      --d2m-track: #2a3037;
      --d2m-accent: #7ba6ff;
      --d2m-on-accent: #0c1424;
      --d2m-blue: #6f9dfb;
      --d2m-green: #4fbf88;
      --d2m-amber: #e2a446;
      --d2m-red: #f5807c;
      --d2m-violet: #b496f5;
      --d2m-teal: #52c2cf;
      --d2m-grey: #939da9;
      --d2m-shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 16px 40px rgb(0 0 0 / 55%);
    }
  }
`;
