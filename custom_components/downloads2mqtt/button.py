"""Buttons: pause all, resume all, look now."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddEntitiesCallback

from .bus import View
from .control import ask_all
from .coordinator import Downloads2mqttConfigEntry
from .entity import DownloadsEntity, follow_clients

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class DownloadsButtonDescription(ButtonEntityDescription):
    """A button that asks with `verb` and `fields`."""

    verb: str
    fields: dict[str, Any] = field(default_factory=dict)


BUTTONS: tuple[DownloadsButtonDescription, ...] = (
    DownloadsButtonDescription(key="pause", translation_key="pause", verb="pause", fields={"all": True}),
    DownloadsButtonDescription(key="resume", translation_key="resume", verb="resume", fields={"all": True}),
    DownloadsButtonDescription(
        key="poll", translation_key="poll", verb="poll", entity_category=EntityCategory.DIAGNOSTIC
    ),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: Downloads2mqttConfigEntry, async_add_entities: AddEntitiesCallback
) -> None:
    """Add the buttons that a client takes."""
    coordinator = entry.runtime_data

    def build(client: str | None, view: View) -> Iterator[ButtonEntity]:
        for description in BUTTONS:
            if description.verb == "poll" or description.verb in view.status["abilities"]:
                yield DownloadsButton(coordinator, client, description)

    follow_clients(entry, async_add_entities, build)


class DownloadsButton(DownloadsEntity, ButtonEntity):
    """A button of a client or of all."""

    entity_description: DownloadsButtonDescription

    @property
    def available(self) -> bool:
        """Whether somebody would answer: a client that was away can be looked for."""
        if self.entity_description.verb != "poll" or self.client is None:
            return super().available
        return self.coordinator.bus.reachable(self.client)

    async def async_press(self) -> None:
        """Ask."""
        await ask_all(self.coordinator, self.client, self.entity_description.verb, self.entity_description.fields)
