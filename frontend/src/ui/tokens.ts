// The look in one place. Every component takes its colours and measures from these custom properties; whoever embeds the
// dashboard (the Home Assistant card) sets them on the element and so overrides what stands here.

import { unsafeCSS } from "lit";

import styles from "./tokens.css?inline";

export const tokens = unsafeCSS(styles);
