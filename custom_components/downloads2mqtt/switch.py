"""Switches: alternative limits, and everything paused."""

from collections.abc import Iterator
from typing import Any

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddEntitiesCallback

from .bus import View
from .contract import ACTIVE
from .control import ask_all
from .coordinator import Downloads2mqttConfigEntry
from .entity import DownloadsEntity, follow_clients

PARALLEL_UPDATES = 0

ALTERNATIVE_LIMITS = SwitchEntityDescription(
    key="alternative_limits", translation_key="alternative_limits", entity_category=EntityCategory.CONFIG
)
PAUSED = SwitchEntityDescription(key="paused", translation_key="paused")


async def async_setup_entry(
    hass: HomeAssistant, entry: Downloads2mqttConfigEntry, async_add_entities: AddEntitiesCallback
) -> None:
    """Add the switches that a client takes."""
    coordinator = entry.runtime_data

    def build(client: str | None, view: View) -> Iterator[SwitchEntity]:
        abilities = view.status["abilities"]
        if {"pause", "resume"} <= set(abilities):
            yield PausedSwitch(coordinator, client, PAUSED)
        if client and "limits" in abilities and view.stats and view.stats["alternative_limits"] is not None:
            yield AlternativeLimitsSwitch(coordinator, client, ALTERNATIVE_LIMITS)

    follow_clients(entry, async_add_entities, build)


class PausedSwitch(DownloadsEntity, SwitchEntity):
    """On while nothing waits or goes on, because everything unfinished is paused."""

    @property
    def is_on(self) -> bool | None:
        """Whether everything unfinished is paused."""
        stats = self.view.stats if self.view else None
        if stats is None:
            return None
        counts = stats["counts"]
        return counts["paused"] > 0 and not any(counts[state] for state in ("queued", *ACTIVE))

    async def async_turn_on(self, **kwargs: Any) -> None:
        """Pause everything."""
        await ask_all(self.coordinator, self.client, "pause", {"all": True})

    async def async_turn_off(self, **kwargs: Any) -> None:
        """Resume everything."""
        await ask_all(self.coordinator, self.client, "resume", {"all": True})


class AlternativeLimitsSwitch(DownloadsEntity, SwitchEntity):
    """The client's second set of limits."""

    @property
    def is_on(self) -> bool | None:
        """Whether they hold now."""
        stats = self.view.stats if self.view else None
        return stats["alternative_limits"] if stats else None

    async def async_turn_on(self, **kwargs: Any) -> None:
        """Use them."""
        await ask_all(self.coordinator, self.client, "limits", {"alternative_limits": True})

    async def async_turn_off(self, **kwargs: Any) -> None:
        """Use the ordinary ones."""
        await ask_all(self.coordinator, self.client, "limits", {"alternative_limits": False})
