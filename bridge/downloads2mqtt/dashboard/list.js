// The list: of ten thousand rows only those in view exist. All have one height; the window scrolls.

import { bytes, duration, percent, rate } from "./format.js";
import { wordFor } from "./states.js";

const MARGIN = 6; // rows drawn beyond the view

export class List {
  #rows = [];
  #shown = new Map(); // key -> element
  #spare = [];
  #height = 0;

  constructor(element, template, store) {
    this.element = element;
    this.template = template;
    this.store = store;
  }

  /** Show these rows; of those that stay, draw the changed ones again, or all. */
  set(rows, changed, all) {
    this.#rows = rows;
    this.#measure();
    this.element.style.height = `${rows.length * this.#height}px`;
    this.draw(changed, all);
  }

  /** Bring what is in view up to date. */
  draw(changed = new Set(), all = false) {
    if (this.#height === 0) return;
    const top = -this.element.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / this.#height) - MARGIN);
    const end = Math.min(this.#rows.length, Math.ceil((top + innerHeight) / this.#height) + MARGIN);
    const wanted = new Map();
    for (let index = first; index < end; index += 1) wanted.set(this.#rows[index].key, index);
    for (const [key, element] of this.#shown) {
      if (!wanted.has(key)) this.#drop(key, element);
    }
    for (const [key, index] of wanted) this.#place(key, index, all || changed.has(key));
  }

  /** The row height may differ: the window's size did. */
  resize() {
    this.#height = 0;
    this.set(this.#rows, new Set(), true);
  }

  #measure() {
    if (this.#height > 0 || this.#rows.length === 0) return;
    const probe = this.template.content.firstElementChild.cloneNode(true);
    this.element.append(probe);
    this.#height = probe.getBoundingClientRect().height;
    probe.remove();
  }

  #drop(key, element) {
    this.#shown.delete(key);
    element.remove();
    if (this.#spare.length < 50) this.#spare.push(element);
  }

  #place(key, index, draw) {
    let element = this.#shown.get(key);
    if (element === undefined) {
      element = this.#spare.pop() ?? build(this.template);
      this.#shown.set(key, element);
      this.element.append(element);
      draw = true;
    }
    if (element.index !== index) {
      element.index = index;
      element.style.transform = `translateY(${index * this.#height}px)`;
      element.setAttribute("aria-posinset", index + 1);
    }
    element.setAttribute("aria-setsize", this.#rows.length);
    if (draw) fill(element, this.#rows[index], this.store);
  }
}

function build(template) {
  const element = template.content.firstElementChild.cloneNode(true);
  element.parts = {};
  for (const name of ["name", "about", "bar", "fill", "percent", "size", "rate-down", "rate-up", "eta", "tag"]) {
    element.parts[name] = element.querySelector(`.${name}`);
  }
  return element;
}

function fill(element, row, store) {
  const { parts } = element;
  const available = store.available(row);
  element.dataset.state = row.state;
  element.classList.toggle("old", !available);
  write(parts.name, row.name);
  parts.name.title = row.name;
  write(parts.about, about(row, store, available));
  parts.about.classList.toggle("bad", row.error !== null);
  progress(parts, row);
  write(parts["rate-down"], row.download_rate && available ? rate(row.download_rate) : "");
  write(parts["rate-up"], row.upload_rate && available ? rate(row.upload_rate) : "");
  write(parts.eta, row.eta === null || !available ? "" : duration(row.eta));
  write(parts.tag, wordFor(row));
}

function progress(parts, row) {
  const known = row.progress !== null;
  parts.bar.setAttribute("aria-label", `Progress of ${row.name}`);
  if (known) parts.bar.setAttribute("aria-valuenow", row.progress);
  else parts.bar.removeAttribute("aria-valuenow");
  parts.fill.style.transform = `scaleX(${(row.progress ?? 0) / 100})`;
  write(parts.percent, percent(row.progress));
  write(parts.size, row.size === null ? "" : bytes(row.size));
}

function about(row, store, available) {
  const client = store.client(row)?.name ?? row.client;
  const said = row.error ?? row.warning;
  const parts = [client, row.category, said ?? (row.tags ?? []).join(", ")];
  if (!available) parts.splice(1, 0, "as last known");
  return parts.filter(Boolean).join(" · ");
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
