// What all components' style sheets begin with.

import { unsafeCSS } from "lit";

import styles from "./shared.css?inline";

export const shared = unsafeCSS(styles);
