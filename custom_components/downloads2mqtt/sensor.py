"""Sensors: what a client does, what is left, what it has done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory, UnitOfDataRate, UnitOfInformation, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddEntitiesCallback
from homeassistant.util import dt as dt_util

from . import download_sensor
from .bus import Bridge, View
from .contract import ACTIVE, CLIENT_STATES, CONTROLS, STATES
from .coordinator import Coordinator, Downloads2mqttConfigEntry
from .entity import BridgeEntity, DownloadsEntity, follow_bridges, follow_clients

PARALLEL_UPDATES = 0

Value = str | int | float | datetime | None

RARE_STATES = ("metadata", "checking", "unknown")


@dataclass(frozen=True, kw_only=True)
class DownloadsSensorDescription(SensorEntityDescription):
    """A sensor of a client, or with `for_all` of all of them too."""

    value_fn: Callable[[View], Value]
    for_all: bool = True


@dataclass(frozen=True, kw_only=True)
class BridgeSensorDescription(SensorEntityDescription):
    """A sensor of a bridge."""

    value_fn: Callable[[Bridge], Value]


def _stat(key: str) -> Callable[[View], Value]:
    return lambda view: view.stats[key] if view.stats else None


def _count(*states: str) -> Callable[[View], Value]:
    return lambda view: sum(view.stats["counts"][state] for state in states) if view.stats else None


def _health(key: str) -> Callable[[Bridge], Value]:
    return lambda bridge: bridge.health[key] if bridge.health else None


def _rate(key: str) -> DownloadsSensorDescription:
    return DownloadsSensorDescription(
        key=key,
        translation_key=key,
        device_class=SensorDeviceClass.DATA_RATE,
        native_unit_of_measurement=UnitOfDataRate.BYTES_PER_SECOND,
        suggested_unit_of_measurement=UnitOfDataRate.MEGABYTES_PER_SECOND,
        suggested_display_precision=2,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=_stat(key),
    )


def _size(key: str, value: Callable[[View], Value]) -> DownloadsSensorDescription:
    return DownloadsSensorDescription(
        key=key,
        translation_key=key,
        device_class=SensorDeviceClass.DATA_SIZE,
        native_unit_of_measurement=UnitOfInformation.BYTES,
        suggested_unit_of_measurement=UnitOfInformation.GIGABYTES,
        suggested_display_precision=2,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=value,
    )


def _total(key: str) -> DownloadsSensorDescription:
    return DownloadsSensorDescription(
        key=key,
        translation_key=key,
        device_class=SensorDeviceClass.DATA_SIZE,
        native_unit_of_measurement=UnitOfInformation.BYTES,
        suggested_unit_of_measurement=UnitOfInformation.TERABYTES,
        suggested_display_precision=3,
        state_class=SensorStateClass.TOTAL_INCREASING,
        value_fn=_stat(key),
    )


def _downloads(key: str, value: Callable[[View], Value], enabled: bool = True) -> DownloadsSensorDescription:
    return DownloadsSensorDescription(
        key=key,
        translation_key=key,
        state_class=SensorStateClass.MEASUREMENT,
        entity_registry_enabled_default=enabled,
        value_fn=value,
    )


def _bridge_counter(key: str) -> BridgeSensorDescription:
    return BridgeSensorDescription(
        key=key,
        translation_key=key,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.MEASUREMENT if key == "queue" else SensorStateClass.TOTAL_INCREASING,
        value_fn=_health(key),
    )


STATUS = DownloadsSensorDescription(
    key="status",
    translation_key="status",
    device_class=SensorDeviceClass.ENUM,
    options=list(CLIENT_STATES),
    for_all=False,
    value_fn=lambda view: view.status["state"],
)

SENSORS: tuple[DownloadsSensorDescription, ...] = (
    _rate("download_rate"),
    _rate("upload_rate"),
    _downloads("total", _stat("total")),
    _downloads("active", _count(*sorted(ACTIVE))),
    *(_downloads(f"count_{state}", _count(state), state not in RARE_STATES) for state in STATES),
    _size("remaining_size", lambda view: view.tally.remaining_size),
    _size("free_space", _stat("free_space")),
    _total("downloaded_total"),
    _total("uploaded_total"),
    DownloadsSensorDescription(
        key="remaining_time",
        translation_key="remaining_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda view: view.tally.remaining_time,
    ),
    DownloadsSensorDescription(
        key="last_completed",
        translation_key="last_completed",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda view: view.tally.last_completed,
    ),
    DownloadsSensorDescription(
        key="last_answer",
        translation_key="last_answer",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        for_all=False,
        value_fn=lambda view: dt_util.parse_datetime(view.status["last_ok"] or ""),
    ),
    DownloadsSensorDescription(
        key="poll_duration",
        translation_key="poll_duration",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_display_precision=3,
        state_class=SensorStateClass.MEASUREMENT,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        for_all=False,
        value_fn=_stat("poll_seconds"),
    ),
)

BRIDGE_SENSORS: tuple[BridgeSensorDescription, ...] = (
    BridgeSensorDescription(
        key="control",
        translation_key="control",
        device_class=SensorDeviceClass.ENUM,
        options=list(CONTROLS),
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda bridge: bridge.control if bridge.control in CONTROLS else None,
    ),
    BridgeSensorDescription(
        key="started",
        translation_key="started",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda bridge: dt_util.parse_datetime(bridge.info["started_at"]) if bridge.info else None,
    ),
    *(_bridge_counter(key) for key in ("published", "queue", "dropped_events", "mqtt_reconnects")),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: Downloads2mqttConfigEntry, async_add_entities: AddEntitiesCallback
) -> None:
    """Add the sensors."""
    coordinator = entry.runtime_data

    def build(client: str | None, view: View) -> Iterator[SensorEntity]:
        if client is not None:
            yield StatusSensor(coordinator, client, STATUS)
        for description in SENSORS:
            if client is not None or description.for_all:
                yield DownloadsSensor(coordinator, client, description)

    def build_bridge(bridge: str) -> list[SensorEntity]:
        return [BridgeSensor(coordinator, bridge, description) for description in BRIDGE_SENSORS]

    follow_clients(entry, async_add_entities, build)
    follow_bridges(entry, async_add_entities, build_bridge)
    download_sensor.follow(entry, async_add_entities)


class DownloadsSensor(DownloadsEntity, SensorEntity):
    """A sensor of a client or of all."""

    entity_description: DownloadsSensorDescription

    @property
    def native_value(self) -> Value:
        """The value now."""
        return self.entity_description.value_fn(self.view) if self.view else None


class StatusSensor(DownloadsSensor):
    """Whether a client answers, and if not, why; there as long as its bridge is."""

    def __init__(self, coordinator: Coordinator, client: str, description: DownloadsSensorDescription) -> None:
        """Belong to a client."""
        super().__init__(coordinator, client, description)
        self._client_name = client

    @property
    def available(self) -> bool:
        """Whether its bridge is there."""
        return self.view is not None and self.coordinator.bus.reachable(self._client_name)


class BridgeSensor(BridgeEntity, SensorEntity):
    """A sensor of a bridge."""

    entity_description: BridgeSensorDescription

    @property
    def native_value(self) -> Value:
        """The value now."""
        return self.entity_description.value_fn(self.bridge) if self.bridge else None
