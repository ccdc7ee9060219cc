// Notifications of the browser: wanted by the person, allowed by the browser, and only while nobody looks.

import type { DownloadEvent } from "../data/contract.ts";
import { digestsOf } from "../data/digest.ts";
import type { Digest } from "../data/digest.ts";
import type { Memory } from "../data/memory.ts";

const GATHERED = 1500; // what happens within so many milliseconds is told together
const WORKER = "assets/notification-worker.js";

/** `off`: not asked for; `denied`: the browser forbids it; `missing`: this browser, or this address, has none. */
export type Alerting = "on" | "off" | "denied" | "missing";

export class Alerts {
  #gathered: DownloadEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onPress` hears the key of the download whose notification was pressed; null when it was of many. */
  constructor(
    private readonly memory: Memory,
    private readonly nameOf: (client: string) => string,
    private readonly onPress: (key: string | null) => void,
  ) {
    navigator.serviceWorker?.addEventListener("message", this.#onMessage);
  }

  get state(): Alerting {
    if (!("Notification" in globalThis) || !isSecureContext) return "missing";
    if (Notification.permission === "denied") return "denied";
    return Notification.permission === "granted" && this.memory.read("alerts") === true ? "on" : "off";
  }

  /** Called from a press only: browsers ask the person here. */
  async turn(on: boolean): Promise<void> {
    const allowed = on ? (await Notification.requestPermission()) === "granted" : false;
    this.memory.write("alerts", on && allowed);
  }

  hear(event: DownloadEvent): void {
    if (this.state !== "on" || !away()) return;
    this.#gathered.push(event);
    this.#timer ??= setTimeout(this.#tell, GATHERED);
  }

  #tell = (): void => {
    this.#timer = undefined;
    const events = this.#gathered;
    this.#gathered = [];
    if (!away()) return;
    for (const digest of digestsOf(events, this.nameOf)) void this.#show(digest);
  };

  async #show({ title, body, key }: Digest): Promise<void> {
    const icon = new URL("assets/icon-192.png", document.baseURI).href;
    const told = { body, icon, tag: key ?? "many", data: { key } };
    try {
      const shown = new Notification(title, told);
      shown.onclick = () => {
        window.focus();
        shown.close();
        this.onPress(key);
      };
    } catch {
      // Browsers of phones show them for a worker only.
      await (await worker())?.showNotification(title, told);
    }
  }

  #onMessage = (message: MessageEvent<{ opened?: string | null } | null>): void => {
    if (message.data && "opened" in message.data) this.onPress(message.data.opened ?? null);
  };
}

/** The worker that shows notifications, once it is ready to: it controls no page, so that `ready` never comes. */
async function worker(): Promise<ServiceWorkerRegistration | undefined> {
  const registration = await navigator.serviceWorker?.register(new URL(WORKER, document.baseURI));
  const coming = registration?.installing ?? registration?.waiting;
  if (registration?.active || !coming) return registration;
  await new Promise<void>((resolve) => {
    coming.addEventListener("statechange", () => coming.state === "activated" && resolve());
  });
  return registration;
}

/** Whether nobody looks at the page. */
function away(): boolean {
  return document.hidden || !document.hasFocus();
}
