"""What every wire of the relay works with."""

from dataclasses import dataclass

from downloads2mqtt.relay.access.gate import Gate
from downloads2mqtt.relay.connections import Connections
from downloads2mqtt.relay.hub.hub import Hub
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
