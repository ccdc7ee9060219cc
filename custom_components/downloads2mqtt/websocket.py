"""WebSocket commands for cards, for every user: what is known, live, and requests within what that user may do."""

from __future__ import annotations

from typing import Any

import voluptuous as vol
from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN
from .contract import BRIDGE_VERBS, CLIENT_VERBS, is_level
from .control import ask_bridge, ask_client
from .coordinator import Coordinator
from .devices import client_identifier
from .live import Live
from .request import RequestRefused

READING = ("snapshot", "find", "history")


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the commands."""
    websocket_api.async_register_command(hass, subscribe)
    websocket_api.async_register_command(hass, request)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/subscribe",
        vol.Optional("entry_id"): str,
        vol.Optional("clients"): [str],
    }
)
@callback
def subscribe(hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]) -> None:
    """Send what is known, then what changes, in the frames of the relay's native protocol."""
    coordinator = _coordinator(hass, message.get("entry_id"))
    if coordinator is None:
        connection.send_error(message["id"], websocket_api.ERR_NOT_FOUND, "downloads2mqtt is not set up")
        return

    @callback
    def send(frame: dict[str, Any]) -> None:
        connection.send_message(websocket_api.event_message(message["id"], frame))

    @callback
    def wanted(client: str) -> bool:
        return client in message.get("clients", (client,)) and _may(coordinator, connection.user, client, POLICY_READ)

    @callback
    def control() -> str:
        """What bridges allow they say themselves; who may control none of the lists gets nothing of it."""
        if _may(coordinator, connection.user, None, POLICY_CONTROL):
            return "full"
        seen = (one for one in coordinator.bus.clients if wanted(one))
        return "full" if any(_may(coordinator, connection.user, one, POLICY_CONTROL) for one in seen) else "off"

    connection.send_result(message["id"])
    connection.subscriptions[message["id"]] = Live(coordinator, wanted, control, send).start()


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/request",
        vol.Required("topic"): str,
        vol.Required("verb"): vol.In({*CLIENT_VERBS, *BRIDGE_VERBS}),
        vol.Optional("fields", default=dict): dict,
        vol.Optional("entry_id"): str,
    }
)
@websocket_api.async_response
async def request(hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]) -> None:
    """Ask `client/<client>` or `bridge/<bridge>`; the result is the answer's data."""
    coordinator = _coordinator(hass, message.get("entry_id"))
    whose, _, name = message["topic"].partition("/")
    if coordinator is None or whose not in ("client", "bridge") or not is_level(name):
        connection.send_error(message["id"], websocket_api.ERR_NOT_FOUND, f"there is no {message['topic']}")
        return
    policy = POLICY_READ if message["verb"] in READING else POLICY_CONTROL
    if not _may(coordinator, connection.user, name if whose == "client" else None, policy):
        connection.send_error(message["id"], websocket_api.ERR_UNAUTHORIZED, "you may not do that")
        return
    ask = ask_client if whose == "client" else ask_bridge
    try:
        data = await ask(coordinator, name, message["verb"], message["fields"])
    except RequestRefused as error:
        connection.send_error(message["id"], error.code, error.message)
    except HomeAssistantError as error:
        connection.send_error(message["id"], websocket_api.ERR_NOT_FOUND, str(error))
    else:
        connection.send_result(message["id"], data)


def _coordinator(hass: HomeAssistant, entry_id: str | None) -> Coordinator | None:
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry.state is ConfigEntryState.LOADED and entry_id in (None, entry.entry_id):
            coordinator: Coordinator = entry.runtime_data
            return coordinator
    return None


def _may(coordinator: Coordinator, user: User, client: str | None, policy: str) -> bool:
    """Whether a user may see or control the list of a client's downloads, and with it the client."""
    identifier = client_identifier(coordinator.config_entry.entry_id, client)[1]
    registry = er.async_get(coordinator.hass)
    entity_id = registry.async_get_entity_id("todo", DOMAIN, f"{identifier}_downloads")
    return user.permissions.check_entity(entity_id or f"todo.{DOMAIN}", policy)
