"""What all entities share."""

from collections.abc import Callable, Iterable

from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import AddEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .bus import Bridge, View
from .coordinator import Coordinator, Downloads2mqttConfigEntry
from .devices import bridge_identifier, client_identifier


class DownloadsEntity(CoordinatorEntity[Coordinator]):
    """An entity of one client, or of all of them when `client` is None; written only when that one changed."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: Coordinator, client: str | None, description: EntityDescription) -> None:
        """Belong to the client's device."""
        super().__init__(coordinator)
        entry_id = coordinator.config_entry.entry_id
        self.entity_description = description
        self.client = client
        self._attr_unique_id = f"{'_'.join(client_identifier(entry_id, client)[1:])}_{description.key}"
        self._attr_device_info = DeviceInfo(identifiers={client_identifier(entry_id, client)})

    @property
    def view(self) -> View | None:
        """What this entity shows."""
        return self.coordinator.bus.view(self.client)

    @property
    def available(self) -> bool:
        """Whether the client answers."""
        return self.view is not None and self.view.available

    @callback
    def _handle_coordinator_update(self) -> None:
        changed = self.coordinator.changes.clients
        if self.client in changed or (self.client is None and changed):
            super()._handle_coordinator_update()


class BridgeEntity(CoordinatorEntity[Coordinator]):
    """An entity of one bridge."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: Coordinator, bridge: str, description: EntityDescription) -> None:
        """Belong to the bridge's device."""
        super().__init__(coordinator)
        identifier = bridge_identifier(coordinator.config_entry.entry_id, bridge)
        self.entity_description = description
        self.name_of_bridge = bridge
        self._attr_unique_id = f"{identifier[1]}_{description.key}"
        self._attr_device_info = DeviceInfo(identifiers={identifier})

    @property
    def bridge(self) -> Bridge | None:
        """What is known of the bridge."""
        return self.coordinator.bus.bridges.get(self.name_of_bridge)

    @property
    def available(self) -> bool:
        """Whether the bridge is there."""
        return self.bridge is not None and self.bridge.online

    @callback
    def _handle_coordinator_update(self) -> None:
        if self.name_of_bridge in self.coordinator.changes.bridges:
            super()._handle_coordinator_update()


@callback
def follow_clients(
    entry: Downloads2mqttConfigEntry,
    add_entities: AddEntitiesCallback,
    build: Callable[[str | None, View], Iterable[Entity]],
) -> None:
    """Add what `build` makes for all clients and for each client, whenever one comes or learns to do more."""
    bus = entry.runtime_data.bus
    added: dict[str | None, set[str | None]] = {}

    @callback
    def follow(client: str | None) -> None:
        view = bus.view(client)
        if view is None:
            added.pop(client, None)
            return
        known = added.setdefault(client, set())
        new = [entity for entity in build(client, view) if entity.unique_id not in known]
        known.update(entity.unique_id for entity in new)
        add_entities(new)

    @callback
    def follow_one(client: str) -> None:
        follow(client)
        follow(None)

    follow(None)
    entry.async_on_unload(entry.runtime_data.async_follow_clients(follow_one))


@callback
def follow_bridges(
    entry: Downloads2mqttConfigEntry,
    add_entities: AddEntitiesCallback,
    build: Callable[[str], Iterable[Entity]],
) -> None:
    """Add what `build` makes for each bridge, whenever one tells what it is."""
    coordinator = entry.runtime_data
    added: set[str] = set()

    @callback
    def follow() -> None:
        if coordinator.early:
            return
        told = {name for name, bridge in coordinator.bus.bridges.items() if bridge.info is not None}
        for name in sorted(told - added):
            add_entities(build(name))
        added.clear()
        added.update(told)

    follow()
    entry.async_on_unload(coordinator.async_add_listener(follow))
