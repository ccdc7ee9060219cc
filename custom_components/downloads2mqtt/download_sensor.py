"""A sensor for each download, for those who want them: off by default, no more than asked for."""

from collections.abc import Iterable
from typing import Any

from homeassistant.components.sensor import SensorEntity, SensorEntityDescription, SensorStateClass
from homeassistant.const import PERCENTAGE
from homeassistant.core import callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddEntitiesCallback

from .bus import Key
from .const import (
    CONF_DOWNLOAD_SENSORS,
    CONF_DOWNLOAD_SENSORS_LIMIT,
    DEFAULT_DOWNLOAD_SENSORS_LIMIT,
    DOMAIN,
)
from .contract import DONE, Download
from .coordinator import Coordinator, Downloads2mqttConfigEntry
from .entity import DownloadsEntity

DOWNLOAD = SensorEntityDescription(
    key="download",
    translation_key="download",
    native_unit_of_measurement=PERCENTAGE,
    state_class=SensorStateClass.MEASUREMENT,
    suggested_display_precision=1,
)
SHOWN = ("state", "stage", "size", "download_rate", "upload_rate", "eta", "ratio", "category", "error")


def unique_id_prefix(entry_id: str) -> str:
    """What the unique ids of all sensors of downloads begin with."""
    return f"{entry_id}_download_"


def unique_id(entry_id: str, key: Key) -> str:
    """The unique id of a download's sensor; a client's name holds no colon."""
    return f"{unique_id_prefix(entry_id)}{key[0]}:{key[1]}"


@callback
def follow(entry: Downloads2mqttConfigEntry, add_entities: AddEntitiesCallback) -> None:
    """Add a sensor for each download that comes and remove that of each that goes, if that is wanted."""
    coordinator = entry.runtime_data
    wanted = entry.options.get(CONF_DOWNLOAD_SENSORS, False)
    limit = int(entry.options.get(CONF_DOWNLOAD_SENSORS_LIMIT, DEFAULT_DOWNLOAD_SENSORS_LIMIT)) if wanted else 0
    _Sensors(coordinator, limit, add_entities).start()


class _Sensors:
    def __init__(self, coordinator: Coordinator, limit: int, add_entities: AddEntitiesCallback) -> None:
        self._coordinator = coordinator
        self._limit = limit
        self._add = add_entities
        self._shown: set[Key] = set()

    def start(self) -> None:
        if self._limit:
            self._show()
            self._coordinator.config_entry.async_on_unload(self._coordinator.async_add_listener(self._show))
        else:
            self._remove_others(set())

    @callback
    def _show(self) -> None:
        coordinator = self._coordinator
        held = {(name, id) for name, client in coordinator.bus.clients.items() for id in client.downloads}
        gone = self._shown - held
        self._shown -= gone
        for key in gone:
            self._remove(key)
        if len(self._shown) < self._limit and held - self._shown:
            new = _most_wanted(coordinator, held - self._shown, self._limit - len(self._shown))
            self._shown.update(new)
            self._add([DownloadSensor(coordinator, key) for key in new])
        if coordinator.connected and coordinator.bus.clients and coordinator.pulls.complete:
            self._remove_others(self._shown)

    def _remove(self, key: Key) -> None:
        registry = er.async_get(self._coordinator.hass)
        entry_id = self._coordinator.config_entry.entry_id
        entity_id = registry.async_get_entity_id("sensor", DOMAIN, unique_id(entry_id, key))
        if entity_id is not None:
            registry.async_remove(entity_id)

    def _remove_others(self, kept: Iterable[Key]) -> None:
        entry_id = self._coordinator.config_entry.entry_id
        registry = er.async_get(self._coordinator.hass)
        ours = {unique_id(entry_id, key) for key in kept}
        for entity in er.async_entries_for_config_entry(registry, entry_id):
            if entity.unique_id.startswith(unique_id_prefix(entry_id)) and entity.unique_id not in ours:
                registry.async_remove(entity.entity_id)


def _most_wanted(coordinator: Coordinator, keys: Iterable[Key], number: int) -> list[Key]:
    """Those that are not done come first, then those that were added last."""

    def rank(key: Key) -> tuple[bool, str, Key]:
        download = coordinator.bus.clients[key[0]].downloads[key[1]]
        return download["state"] not in DONE, download["added_at"] or "", key

    return sorted(keys, key=rank, reverse=True)[:number]


class DownloadSensor(DownloadsEntity, SensorEntity):
    """The progress of one download, named after it."""

    _unrecorded_attributes = frozenset(SHOWN)

    def __init__(self, coordinator: Coordinator, key: Key) -> None:
        """Belong to the download's client."""
        super().__init__(coordinator, key[0], DOWNLOAD)
        self._key = key
        self._attr_unique_id = unique_id(coordinator.config_entry.entry_id, key)
        self._attr_name = self._download["name"] if self._download else key[1]

    @property
    def _download(self) -> Download | None:
        client = self.coordinator.bus.clients.get(self._key[0])
        return client.downloads.get(self._key[1]) if client else None

    @property
    def available(self) -> bool:
        """Whether the client answers and has it still."""
        return super().available and self._download is not None

    @property
    def native_value(self) -> float | None:
        """How much of it is there."""
        return self._download["progress"] if self._download else None

    @property
    def extra_state_attributes(self) -> dict[str, Any]:
        """What else is worth showing; not recorded."""
        download: Any = self._download
        return {key: download[key] for key in SHOWN} if download else {}

    @callback
    def _handle_coordinator_update(self) -> None:
        changes = self.coordinator.changes
        if self._key in changes.downloads and self._download:
            self._attr_name = self._download["name"]
        if self._key in changes.downloads or self._key[0] in changes.clients:
            self.async_write_ha_state()
