// The clients, and in words how each is.

import { duration, plural, rate } from "./format.js";

const TROUBLE = { offline: "Does not answer", unauthorized: "Refuses our credentials", error: "Answers make no sense", starting: "Not asked yet" };

export class Clients {
  #cards = new Map();

  /** `onPick` hears of the client to show alone, or of null. */
  constructor(element, template, store, onPick) {
    this.element = element;
    this.template = template;
    this.store = store;
    this.onPick = onPick;
    this.picked = null;
  }

  draw() {
    const clients = [...this.store.clients.values()].sort((a, b) => a.name.localeCompare(b.name));
    for (const [name, card] of this.#cards) {
      if (!this.store.clients.has(name)) this.#drop(name, card);
    }
    clients.forEach((client, index) => {
      const card = this.#card(client.client);
      if (this.element.children[index] !== card) this.element.insertBefore(card, this.element.children[index] ?? null);
      this.#fill(card, client);
    });
  }

  pick(name) {
    this.picked = name;
    this.onPick(name);
    this.draw();
  }

  #drop(name, card) {
    this.#cards.delete(name);
    card.remove();
    if (this.picked === name) this.pick(null);
  }

  #card(name) {
    if (!this.#cards.has(name)) {
      const card = this.template.content.firstElementChild.cloneNode(true);
      card.querySelector("button").addEventListener("click", () => this.pick(this.picked === name ? null : name));
      this.#cards.set(name, card);
    }
    return this.#cards.get(name);
  }

  #fill(card, client) {
    const stats = client.stats;
    const live = this.store.broker && client.available;
    const button = card.firstElementChild;
    button.dataset.health = live ? "good" : client.state === "starting" ? "starting" : "bad";
    button.setAttribute("aria-pressed", this.picked === client.client);
    const say = (part, text) => {
      const element = card.querySelector(`.${part}`);
      if (element.textContent !== text) element.textContent = text;
    };
    say("client-name", client.name);
    say("client-kind", [client.kind, client.version].filter(Boolean).join(" "));
    say("rate-down", live && stats ? rate(stats.download_rate) : "");
    say("rate-up", live && stats ? rate(stats.upload_rate) : "");
    say("client-count", stats ? plural(stats.total, "download") : "");
    say("client-trouble", live ? "" : this.#trouble(client));
    say("client-health", this.#health(client, live));
  }

  #trouble(client) {
    if (!this.store.broker) return "Not heard";
    if (this.#bridgeless(client)) return "Its bridge is not there";
    return TROUBLE[client.state] ?? client.state;
  }

  #health(client, live) {
    const age = this.#age(client);
    if (!this.store.connected) return `As last known · last answer ${age}`;
    if (live) return `Online · answered ${age}`;
    if (!this.store.broker) return `The broker is lost · last answer ${age}`;
    if (this.#bridgeless(client)) return `Bridge “${client.bridge}” is silent or stopped · last answer ${age}`;
    if (client.state === "starting") return "The bridge has only just begun";
    const since = `for ${this.#since(client.since)}, last answer ${age}`;
    return client.error === null ? since : `${client.error} · ${since}`;
  }

  #bridgeless(client) {
    return this.store.bridges.get(client.bridge)?.state !== "online";
  }

  #age(client) {
    const heard = client.available ? (this.store.heard.get(client.client) ?? 0) : 0;
    const answered = Math.max(heard, client.last_ok === null ? 0 : Date.parse(client.last_ok));
    if (answered === 0) return "never";
    const seconds = (this.store.now() - answered) / 1000;
    return seconds < 5 ? "just now" : `${duration(seconds)} ago`;
  }

  #since(at) {
    return duration(Math.max(0, (this.store.now() - Date.parse(at)) / 1000));
  }
}
