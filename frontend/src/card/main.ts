// What Home Assistant's pages load: the card, and its entry in the list that they choose cards from.

import { t } from "../text/language.ts";
import { TYPE } from "./config.ts";
import type { CardConfig } from "./config.ts";
import { suggest } from "./hass.ts";
import type { Hass } from "./hass.ts";

const DOCUMENTATION = "https://github.com/downloads2mqtt/downloads2mqtt/blob/main/docs/home-assistant.md";

interface CustomCard {
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly preview: boolean;
  readonly documentationURL: string;
  readonly getEntitySuggestion: (hass: Hass, entityId: string) => { config: CardConfig } | null;
}

declare global {
  interface Window {
    customCards?: CustomCard[];
  }
}

// Once, though somebody may have added it to the dashboards' resources as well.
if (customElements.get(TYPE) === undefined) void import("./card.ts");

const cards = (window.customCards ??= []);
if (!cards.some((card) => card.type === TYPE)) {
  cards.push({
    type: TYPE,
    name: "downloads2mqtt",
    get description() {
      return t("card.description");
    },
    preview: true,
    documentationURL: DOCUMENTATION,
    getEntitySuggestion: (hass, entityId) => {
      const config = suggest(hass, entityId);
      return config && { config };
    },
  });
}
