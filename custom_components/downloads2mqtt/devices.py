"""Devices: one for each bridge, one for each client below it, one for all downloads."""

from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceEntry, DeviceEntryType

from .bus import Bridge, Client
from .const import DOMAIN, NAME
from .coordinator import Coordinator

KINDS = {
    "qbittorrent": "qBittorrent",
    "transmission": "Transmission",
    "sabnzbd": "SABnzbd",
    "nzbget": "NZBGet",
    "deluge": "Deluge",
    "aria2": "aria2",
    "rtorrent": "rTorrent",
}


def client_identifier(entry_id: str, client: str | None) -> tuple[str, str]:
    """What identifies the device of a client, or of all."""
    return DOMAIN, f"{entry_id}_all" if client is None else f"{entry_id}_client_{client}"


def bridge_identifier(entry_id: str, bridge: str) -> tuple[str, str]:
    """What identifies the device of a bridge."""
    return DOMAIN, f"{entry_id}_bridge_{bridge}"


def subject(device: DeviceEntry, entry_id: str) -> tuple[str, str] | None:
    """What a device stands for: `client` or `bridge` and its name, or `all` and nothing."""
    for domain, identifier in device.identifiers:
        if domain == DOMAIN and identifier.startswith(f"{entry_id}_"):
            kind, _, name = identifier[len(entry_id) + 1 :].partition("_")
            return kind, name
    return None


@callback
def update(coordinator: Coordinator) -> None:
    """Bring the registry in line with what is known."""
    registry = dr.async_get(coordinator.hass)
    entry_id = coordinator.config_entry.entry_id
    registry.async_get_or_create(
        config_entry_id=entry_id,
        identifiers={client_identifier(entry_id, None)},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer=NAME,
        translation_key="all",
    )
    ids = {
        bridge.name: _bridge(registry, entry_id, bridge)
        for bridge in coordinator.bus.bridges.values()
        if bridge.info is not None
    }
    for client in coordinator.bus.clients.values():
        _client(registry, entry_id, client, ids.get(client.status["bridge"]))
    _prune(coordinator, registry)


def _bridge(registry: dr.DeviceRegistry, entry_id: str, bridge: Bridge) -> str:
    return registry.async_get_or_create(
        config_entry_id=entry_id,
        identifiers={bridge_identifier(entry_id, bridge.name)},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer=NAME,
        translation_key="bridge",
        translation_placeholders={"bridge": bridge.name},
        sw_version=bridge.info["version"] if bridge.info else None,
    ).id


def _client(registry: dr.DeviceRegistry, entry_id: str, client: Client, bridge_id: str | None) -> None:
    kind = client.status["kind"]
    device = registry.async_get_or_create(
        config_entry_id=entry_id,
        identifiers={client_identifier(entry_id, client.name)},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer=NAME,
        model=KINDS.get(kind, kind),
        name=client.title,
        sw_version=client.status["version"],
    )
    if bridge_id is not None and device.via_device_id != bridge_id:
        registry.async_update_device(device.id, via_device_id=bridge_id)


def _prune(coordinator: Coordinator, registry: dr.DeviceRegistry) -> None:
    """Remove the devices of what is gone; only on a bridge's own word, and not before all is in."""
    if not coordinator.connected or not coordinator.pulls.complete:
        return
    _forget_unlisted(coordinator)
    entry_id = coordinator.config_entry.entry_id
    for device in dr.async_entries_for_config_entry(registry, entry_id):
        if is_stale(coordinator, device, registry):
            registry.async_remove_device(device.id)


def is_stale(coordinator: Coordinator, device: DeviceEntry, registry: dr.DeviceRegistry) -> bool:
    """Whether what a device stands for is gone for certain."""
    match subject(device, coordinator.config_entry.entry_id):
        case ("bridge", name):
            return name in coordinator.bus.gone
        case ("client", name):
            return name not in coordinator.bus.clients and _is_gone(coordinator, name, device, registry)
    return False


def _is_gone(coordinator: Coordinator, client: str, device: DeviceEntry, registry: dr.DeviceRegistry) -> bool:
    if client in coordinator.excluded:
        return True
    bus = coordinator.bus
    if any(client in bridge.clients for bridge in bus.bridges.values()):
        return False
    above = registry.async_get(device.via_device_id) if device.via_device_id else None
    found = subject(above, coordinator.config_entry.entry_id) if isinstance(above, DeviceEntry) else None
    if found is None:
        return bool(bus.gone) or any(one.online and one.compatible for one in bus.bridges.values())
    bridge = bus.bridges.get(found[1])
    return found[1] in bus.gone if bridge is None else bridge.online and bridge.compatible


def _forget_unlisted(coordinator: Coordinator) -> None:
    for client in list(coordinator.bus.clients.values()):
        owner = coordinator.bus.owner(client.name)
        if owner is not None and owner.online and owner.compatible and client.name not in owner.clients:
            coordinator.feed.forget_client(client.name)
