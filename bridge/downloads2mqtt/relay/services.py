"""What every wire of the relay works with."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from downloads2mqtt.relay.access.gate import Gate
from downloads2mqtt.relay.connections import TOO_SLOW, Connections, Place
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.outlet import Encode, Outlet
from downloads2mqtt.relay.requests import Requests
from downloads2mqtt.relay.settings import HttpSettings


@dataclass(frozen=True, slots=True)
class Services:
    """One relay's; `heartbeat` is in seconds."""

    hub: Hub
    gate: Gate
    connections: Connections
    requests: Requests
    settings: HttpSettings
    heartbeat: int

    def outlet(self, transport: asyncio.Transport, encode: Encode, drain: Callable[[], Awaitable[None]]) -> Outlet:
        """An outlet that lets go of who takes nothing for two heartbeats."""
        return Outlet(transport, encode, drain, tally=self.hub.channels.tally, patience=2.0 * self.heartbeat)

    def let_go(self, place: Place) -> None:
        """Say goodbye to who took nothing for so long, and why."""
        reason = f"nothing was read for {2 * self.heartbeat} s: too slow"
        self.connections.end(lambda one: one is place, TOO_SLOW, reason)
