// What the page remembers between visits. A browser that forbids it only forgets.

export interface Memory {
  read(name: string): unknown;
  write(name: string, value: unknown): void;
}

const PREFIX = "downloads2mqtt.";

export const browserMemory: Memory = {
  read(name) {
    try {
      const text = localStorage.getItem(PREFIX + name);
      return text === null ? undefined : (JSON.parse(text) as unknown);
    } catch {
      return undefined;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(PREFIX + name, JSON.stringify(value));
    } catch {
      // Full, or forbidden.
    }
  },
};
