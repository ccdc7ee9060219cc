// Puts the page together: frames go into the store, and once per animation frame the store goes onto the page.

import { Clients } from "./clients.js";
import { Connection } from "./connection.js";
import * as empty from "./empty.js";
import { clock, duration, rate } from "./format.js";
import { List } from "./list.js";
import { GROUPS, stateOf } from "./states.js";
import { Store, moves, select } from "./store.js";

const element = (id) => document.getElementById(id);
const store = new Store();
const view = { words: [], client: null, group: "all", sort: "state", direction: 1 };
const list = new List(element("list"), element("row-template"), store);
const clients = new Clients(element("clients"), element("client-template"), store, (name) => show({ client: name }));
const chips = new Map();
let ready = false;
let lastTold = null;
let drawing = false;
let everything = true;
let emptyShown = "";

const address = new URL("api/v1/ws", document.baseURI);
address.protocol = address.protocol.replace("http", "ws");
const connection = new Connection(address, take, onLink);

function take(frame) {
  lastTold = Date.now();
  const fits = store.apply(frame);
  if (frame.t === "snapshot") ready = everything = true;
  schedule();
  return fits;
}

function onLink(link) {
  document.body.dataset.link = link;
  store.connected = link === "live";
  schedule();
}

function show(change) {
  Object.assign(view, change);
  store.relisted = everything = true;
  schedule();
}

function schedule() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(draw);
}

function draw() {
  drawing = false;
  drawLink();
  clients.draw();
  drawTotals();
  if (moves(store, view)) {
    everything ||= store.relisted;
    const { rows, counts } = select(store, view);
    drawGroups(counts);
    drawEmpty(rows.length === 0);
    list.set(rows, store.changed, everything);
  } else {
    list.draw(store.changed, everything);
  }
  store.drawn();
  everything = false;
}

function drawLink() {
  const shown = store.downloads.size > 0 || store.clients.size > 0;
  const lost = ready && !store.connected;
  const brokerLost = ready && !lost && !store.broker;
  document.body.classList.toggle("stale", (lost || brokerLost) && shown);
  document.body.classList.toggle("no-broker", brokerLost);
  element("banner").hidden = !lost && !(brokerLost && shown);
  write("link", lost ? "Connection lost" : brokerLost ? "No broker" : store.connected ? "Live" : "Connecting");
  write("banner-what", lost ? "The connection to the relay is lost." : brokerLost ? "The relay has lost the MQTT broker." : "");
  write("banner-when", lost ? nextTry() : "What you see is from before; it goes on by itself when the broker is back.");
}

function nextTry() {
  const seconds = (connection.retryAt - Date.now()) / 1000;
  const next = connection.retryAt === null ? "Connecting…" : `Next try in ${duration(Math.max(1, seconds))}.`;
  return `What you see is from ${clock(lastTold)}. ${next}`;
}

function drawTotals() {
  let down = 0, up = 0, active = 0;
  for (const client of store.clients.values()) {
    if (!client.available) continue;
    down += client.stats?.download_rate ?? 0;
    up += client.stats?.upload_rate ?? 0;
  }
  for (const row of store.downloads.values()) active += stateOf(row).group === "active" && store.available(row) ? 1 : 0;
  write("down", ready ? rate(down) : "–");
  write("up", ready ? rate(up) : "–");
  write("active", ready ? active.toLocaleString() : "–");
  write("total", ready ? store.downloads.size.toLocaleString() : "–");
  document.title = store.connected && down > 0 ? `↓ ${rate(down)} · downloads2mqtt` : "downloads2mqtt";
}

function drawGroups(counts) {
  for (const [group, chip] of chips) {
    chip.querySelector(".count").textContent = counts[group].toLocaleString();
    chip.setAttribute("aria-pressed", group === view.group);
    chip.classList.toggle("none", counts[group] === 0);
  }
  for (const head of element("heads").children) {
    const on = head.dataset.sort === view.sort;
    head.setAttribute("aria-pressed", on);
    head.dataset.direction = on ? (view.direction > 0 ? "up" : "down") : "";
    head.title = on ? `Sorted ${view.direction > 0 ? "upwards" : "downwards"}; press to turn` : "Sort by this";
  }
}

function drawEmpty(nothing) {
  const filtered = view.words.length > 0 || view.client !== null || view.group !== "all";
  const bare = nothing && !filtered;
  element("empty").hidden = !nothing;
  element("tools").hidden = element("heads").hidden = bare;
  if (!nothing) {
    emptyShown = "";
    return;
  }
  const words = empty.explain(store, filtered && store.downloads.size > 0, ready);
  if (emptyShown === words.title) return;
  emptyShown = words.title;
  empty.draw(element("empty"), words, clear);
}

function clear() {
  element("search").value = "";
  clients.pick(null);
  show({ words: [], group: "all" });
  element("search").focus();
}

function write(id, text) {
  const target = element(id);
  if (target.textContent !== text) target.textContent = text;
}

for (const [group, word] of GROUPS) {
  const chip = document.createElement("button");
  const count = document.createElement("span");
  chip.type = "button";
  chip.dataset.group = group;
  count.className = "count";
  chip.append(word, " ", count);
  chip.addEventListener("click", () => show({ group }));
  chips.set(group, chip);
  element("groups").append(chip);
}
element("heads").addEventListener("click", (press) => {
  const sort = press.target.dataset.sort;
  if (!sort) return;
  const first = sort === "rate" || sort === "progress" ? -1 : 1;
  show({ sort, direction: sort === view.sort ? -view.direction : first });
});
element("search").addEventListener("input", (typed) => {
  show({ words: typed.target.value.toLowerCase().split(/\s+/).filter(Boolean) });
});
addEventListener("keydown", (key) => {
  if (key.key === "/" && document.activeElement?.tagName !== "INPUT") {
    key.preventDefault();
    element("search").focus();
  }
});
addEventListener("scroll", () => list.draw(), { passive: true });
addEventListener("resize", () => list.resize());
setInterval(schedule, 1000);
schedule();
