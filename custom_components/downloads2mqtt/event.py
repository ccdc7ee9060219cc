"""Event entities: what happens to downloads, once each."""

import asyncio
from collections import deque
from typing import Any, Final

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddEntitiesCallback

from .contract import EVENT_TYPES
from .coordinator import Coordinator, Downloads2mqttConfigEntry
from .entity import DownloadsEntity, follow_clients
from .presence import instant

PARALLEL_UPDATES = 0

APART: Final = 0.002
"""Seconds between two events."""

EVENT = EventEntityDescription(key="event", translation_key="download", event_types=list(EVENT_TYPES))


async def async_setup_entry(
    hass: HomeAssistant, entry: Downloads2mqttConfigEntry, async_add_entities: AddEntitiesCallback
) -> None:
    """Add an event entity for each client and one for all."""
    coordinator = entry.runtime_data
    follow_clients(entry, async_add_entities, lambda client, view: [DownloadsEvent(coordinator, client, EVENT)])


class DownloadsEvent(DownloadsEntity, EventEntity):
    """The last thing that happened to a download.

    Its state is the time in milliseconds, so two events within one would be one to a trigger: they are told apart.
    """

    def __init__(self, coordinator: Coordinator, client: str | None, description: EventEntityDescription) -> None:
        """Start with nothing to tell."""
        super().__init__(coordinator, client, description)
        self._waiting: deque[dict[str, Any]] = deque()
        self._pause: asyncio.TimerHandle | None = None

    @property
    def available(self) -> bool:
        """Whether events could come: the last one stays true while the client is away."""
        return self.coordinator.connected and self.view is not None

    async def async_added_to_hass(self) -> None:
        """Listen."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.async_listen_events(self._on_event))
        self.async_on_remove(self._stop)

    @callback
    def _on_event(self, event: dict[str, Any]) -> None:
        if self.client in (None, event["client"]):
            self._waiting.append(event)
            if self._pause is None:
                self._tell()

    @callback
    def _tell(self) -> None:
        self._pause = None
        if self._waiting:
            event = self._waiting.popleft()
            self._trigger_event(event["event"], attributes(event))
            self.async_write_ha_state()
            self._pause = self.hass.loop.call_later(APART, self._tell)

    @callback
    def _stop(self) -> None:
        if self._pause is not None:
            self._pause.cancel()


def attributes(event: dict[str, Any]) -> dict[str, Any]:
    """What an automation wants to know of an event; size in bytes, duration in seconds."""
    download = event["download"]
    return {
        **{key: event[key] for key in ("id", "name", "client", "from", "to", "at")},
        **{key: download[key] for key in ("kind", "protocol", "category", "tags", "path", "size", "error")},
        "duration": _duration(download["added_at"], download["completed_at"]),
    }


def _duration(added_at: str | None, completed_at: str | None) -> int | None:
    begin, end = instant(added_at), instant(completed_at)
    return max(0, round(end - begin)) if begin is not None and end is not None else None
