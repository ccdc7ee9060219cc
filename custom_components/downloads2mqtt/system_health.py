"""System health: is it all there."""

from typing import Any

from homeassistant.components.system_health import SystemHealthRegistration
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN
from .contract import CONTRACT_VERSION
from .coordinator import Coordinator


@callback
def async_register(hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Say what there is to say."""
    register.async_register_info(_info)


async def _info(hass: HomeAssistant) -> dict[str, Any]:
    loaded = [one for one in hass.config_entries.async_entries(DOMAIN) if one.state is ConfigEntryState.LOADED]
    every: list[Coordinator] = [entry.runtime_data for entry in loaded]
    bridges = [bridge for one in every for bridge in one.bus.bridges.values()]
    clients = [client for one in every for client in one.bus.clients.values()]
    return {
        "contract": CONTRACT_VERSION,
        "broker": all(one.connected for one in every) if every else False,
        "bridges": f"{sum(one.online for one in bridges)} / {len(bridges)}",
        "clients": f"{sum(one.available for one in clients)} / {len(clients)}",
        "downloads": sum(len(one.downloads) for one in clients),
        "ignored_messages": sum(sum(one.nonsense.values()) for one in every),
    }
