"""What a person may change: requests to clients, as entities and actions make them."""

from typing import Any, Final

from homeassistant.exceptions import ServiceValidationError

from .const import DOMAIN
from .coordinator import Coordinator
from .request import RequestRefused

MEGA: Final = 1_000_000
"""Bytes per megabyte."""


async def ask_client(coordinator: Coordinator, client: str, verb: str, fields: dict[str, Any] | None = None) -> Any:
    """Ask one client; raises `RequestRefused`, at once when nobody could answer."""
    _require_reachable(coordinator, client)
    try:
        return await coordinator.requests.ask("client", client, verb, fields)
    except RequestRefused as error:
        owner = coordinator.bus.owner(client)
        if error.code == "forbidden" and owner is not None:
            coordinator.async_refused(owner.name)
        raise


async def ask_bridge(coordinator: Coordinator, bridge: str, verb: str, fields: dict[str, Any]) -> Any:
    """Ask a bridge."""
    try:
        return await coordinator.requests.ask("bridge", bridge, verb, fields)
    except RequestRefused as error:
        if error.code == "forbidden":
            coordinator.async_refused(bridge)
        raise


async def ask_any(coordinator: Coordinator, verb: str, fields: dict[str, Any]) -> Any:
    """Ask the first bridge that is there; one that cannot is asked after."""
    refused: RequestRefused | None = None
    for bridge in _bridges(coordinator):
        try:
            return await ask_bridge(coordinator, bridge, verb, fields)
        except RequestRefused as error:
            refused = error
    raise refused or RequestRefused("offline", "no bridge is there", coordinator.base)


async def ask_each(coordinator: Coordinator, verb: str, fields: dict[str, Any]) -> list[Any]:
    """Ask every bridge that is there."""
    bridges = _bridges(coordinator)
    if not bridges:
        raise RequestRefused("offline", "no bridge is there", coordinator.base)
    return [await ask_bridge(coordinator, bridge, verb, fields) for bridge in bridges]


async def ask_all(coordinator: Coordinator, client: str | None, verb: str, fields: dict[str, Any]) -> None:
    """Ask one client, or each that is there and takes the verb."""
    for name in _able(coordinator, client, verb):
        await ask_client(coordinator, name, verb, fields)


def _bridges(coordinator: Coordinator) -> list[str]:
    return sorted(bridge.name for bridge in coordinator.bus.bridges.values() if bridge.online and bridge.compatible)


def _able(coordinator: Coordinator, client: str | None, verb: str) -> list[str]:
    if client is not None:
        return [client]
    return [
        one.name
        for one in coordinator.bus.clients.values()
        if one.available and (verb == "poll" or verb in one.status["abilities"])
    ]


def _require_reachable(coordinator: Coordinator, client: str) -> None:
    held = coordinator.bus.clients.get(client)
    if held is None:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="unknown_client", translation_placeholders={"client": client}
        )
    if not coordinator.bus.reachable(client):
        raise RequestRefused("offline", "its bridge is not there", held.title)
