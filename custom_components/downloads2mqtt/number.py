"""Numbers: the limits of a client."""

from collections.abc import Iterator

from homeassistant.components.number import NumberDeviceClass, NumberEntity, NumberEntityDescription, NumberMode
from homeassistant.const import EntityCategory, UnitOfDataRate
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddEntitiesCallback

from .bus import View
from .control import MEGA, ask_client
from .coordinator import Coordinator, Downloads2mqttConfigEntry
from .entity import DownloadsEntity, follow_clients

PARALLEL_UPDATES = 0


def _limit(key: str) -> NumberEntityDescription:
    return NumberEntityDescription(
        key=key,
        translation_key=key,
        device_class=NumberDeviceClass.DATA_RATE,
        entity_category=EntityCategory.CONFIG,
        native_unit_of_measurement=UnitOfDataRate.MEGABYTES_PER_SECOND,
        native_min_value=0,
        native_max_value=10_000,
        native_step=0.001,
        mode=NumberMode.BOX,
    )


NUMBERS: tuple[NumberEntityDescription, ...] = (_limit("download_limit"), _limit("upload_limit"))


async def async_setup_entry(
    hass: HomeAssistant, entry: Downloads2mqttConfigEntry, async_add_entities: AddEntitiesCallback
) -> None:
    """Add the limits of each client that takes them."""
    coordinator = entry.runtime_data

    def build(client: str | None, view: View) -> Iterator[NumberEntity]:
        if client is not None and "limits" in view.status["abilities"]:
            for description in NUMBERS:
                if description.key == "download_limit" or view.status["protocol"] == "torrent":
                    yield LimitNumber(coordinator, client, description)

    follow_clients(entry, async_add_entities, build)


class LimitNumber(DownloadsEntity, NumberEntity):
    """A limit in megabytes per second; 0 is none."""

    def __init__(self, coordinator: Coordinator, client: str, description: NumberEntityDescription) -> None:
        """Belong to a client."""
        super().__init__(coordinator, client, description)
        self._client_name = client

    @property
    def native_value(self) -> float | None:
        """The limit now."""
        stats = self.view.stats if self.view else None
        return round((stats[self.entity_description.key] or 0) / MEGA, 3) if stats else None

    async def async_set_native_value(self, value: float) -> None:
        """Ask for another one."""
        fields = {self.entity_description.key: round(value * MEGA)}
        await ask_client(self.coordinator, self._client_name, "limits", fields)
