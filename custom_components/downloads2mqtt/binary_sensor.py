"""Binary sensors: is it there, is something wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddEntitiesCallback

from .bus import View
from .coordinator import Downloads2mqttConfigEntry
from .entity import BridgeEntity, DownloadsEntity, follow_bridges, follow_clients

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class DownloadsBinarySensorDescription(BinarySensorEntityDescription):
    """A binary sensor of a client, or with `for_all` of all of them too."""

    value_fn: Callable[[View], bool | None]
    for_all: bool = True


def _problem(view: View) -> bool | None:
    if view.status.get("state") in ("unauthorized", "error"):
        return True
    return view.stats["counts"]["failed"] > 0 if view.stats else None


BINARY_SENSORS: tuple[DownloadsBinarySensorDescription, ...] = (
    DownloadsBinarySensorDescription(
        key="connectivity",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        for_all=False,
        value_fn=lambda view: view.available,
    ),
    DownloadsBinarySensorDescription(
        key="problem",
        device_class=BinarySensorDeviceClass.PROBLEM,
        value_fn=_problem,
    ),
)
BRIDGE = BinarySensorEntityDescription(
    key="connectivity",
    device_class=BinarySensorDeviceClass.CONNECTIVITY,
    entity_category=EntityCategory.DIAGNOSTIC,
)


async def async_setup_entry(
    hass: HomeAssistant, entry: Downloads2mqttConfigEntry, async_add_entities: AddEntitiesCallback
) -> None:
    """Add the binary sensors."""
    coordinator = entry.runtime_data

    def build(client: str | None, view: View) -> Iterator[BinarySensorEntity]:
        for description in BINARY_SENSORS:
            if client is not None or description.for_all:
                yield DownloadsBinarySensor(coordinator, client, description)

    follow_clients(entry, async_add_entities, build)
    follow_bridges(entry, async_add_entities, lambda bridge: [BridgeBinarySensor(coordinator, bridge, BRIDGE)])


class DownloadsBinarySensor(DownloadsEntity, BinarySensorEntity):
    """A binary sensor of a client or of all; there as long as Home Assistant's broker is."""

    entity_description: DownloadsBinarySensorDescription

    @property
    def available(self) -> bool:
        """Whether it can be told."""
        return self.coordinator.connected and self.view is not None

    @property
    def is_on(self) -> bool | None:
        """The value now."""
        return self.entity_description.value_fn(self.view) if self.view else None


class BridgeBinarySensor(BridgeEntity, BinarySensorEntity):
    """Whether a bridge is there."""

    @property
    def available(self) -> bool:
        """Whether it can be told."""
        return self.coordinator.connected and self.bridge is not None

    @property
    def is_on(self) -> bool | None:
        """The value now."""
        return self.bridge.online if self.bridge else None
