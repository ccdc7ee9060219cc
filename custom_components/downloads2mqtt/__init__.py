"""Every download client in the house, as downloads2mqtt tells of them on MQTT."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.helpers.typing import ConfigType

from . import actions, card, devices, issues, websocket
from .const import CONF_BASE_TOPIC, DOMAIN, PLATFORMS
from .coordinator import Coordinator, Downloads2mqttConfigEntry, announce

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register the actions, the WebSocket commands and the dashboard card."""
    actions.async_register(hass)
    websocket.async_register(hass)
    await card.async_register(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: Downloads2mqttConfigEntry) -> bool:
    """Subscribe to a base topic."""
    coordinator = entry.runtime_data = Coordinator(hass, entry, devices.update, issues.update)
    await coordinator.async_start()
    devices.update(coordinator)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    entry.async_on_unload(entry.add_update_listener(_async_reload))
    return True


async def async_unload_entry(hass: HomeAssistant, entry: Downloads2mqttConfigEntry) -> bool:
    """Let go of a base topic; discovery by the bridges takes over where the entry is disabled or removed."""
    unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
    if unloaded:
        issues.clear(hass, entry.entry_id)
        if entry.disabled_by is not None:
            await announce(hass, entry.data[CONF_BASE_TOPIC], "offline")
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: Downloads2mqttConfigEntry) -> None:
    """Tell the bridges that nothing shows their clients any more."""
    await announce(hass, entry.data[CONF_BASE_TOPIC], "offline")


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: Downloads2mqttConfigEntry, device: DeviceEntry
) -> bool:
    """Allow a person to remove what is not there now."""
    coordinator = entry.runtime_data
    match devices.subject(device, entry.entry_id):
        case ("bridge", name):
            bridge = coordinator.bus.bridges.get(name)
            return bridge is None or not bridge.online
        case ("client", name):
            return name not in coordinator.bus.clients or devices.is_stale(coordinator, device, dr.async_get(hass))
    return False


async def _async_reload(hass: HomeAssistant, entry: Downloads2mqttConfigEntry) -> None:
    """Home Assistant also calls this when it notes by what it found the entry, which changes nothing here."""
    before = entry.runtime_data
    if before.settings != (entry.data, entry.options):
        await hass.config_entries.async_reload(entry.entry_id)
    if before.base != entry.data[CONF_BASE_TOPIC]:
        await announce(hass, before.base, "offline")
