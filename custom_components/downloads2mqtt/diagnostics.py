"""Diagnostics: what is known, without what is private."""

from typing import Any, Final

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.core import HomeAssistant

from .bus import Bridge, Client
from .coordinator import Downloads2mqttConfigEntry

SAMPLE: Final = 20
"""Downloads of each client that are shown."""
PRIVATE: Final = ("id", "native_id", "name", "path", "category", "tags", "error", "warning")


async def async_get_config_entry_diagnostics(hass: HomeAssistant, entry: Downloads2mqttConfigEntry) -> dict[str, Any]:
    """What a person attaches to a report."""
    coordinator = entry.runtime_data
    return {
        "entry": {"data": dict(entry.data), "options": dict(entry.options)},
        "connected": coordinator.connected,
        "complete": coordinator.pulls.complete,
        "waiting_requests": coordinator.requests.waiting,
        "nonsense": coordinator.nonsense,
        "bridges": {name: _bridge(one) for name, one in coordinator.bus.bridges.items()},
        "clients": {name: _client(one) for name, one in coordinator.bus.clients.items()},
    }


def _bridge(bridge: Bridge) -> dict[str, Any]:
    return {"online": bridge.online, "compatible": bridge.compatible, "info": bridge.info, "health": bridge.health}


def _client(client: Client) -> dict[str, Any]:
    sample = list(client.downloads.values())[:SAMPLE]
    return {
        "available": client.available,
        "pulled": client.pulled,
        "held": len(client.downloads),
        "status": async_redact_data(client.status, ("error",)),
        "stats": client.stats,
        "downloads": [async_redact_data(one, PRIVATE) for one in sample],
    }
