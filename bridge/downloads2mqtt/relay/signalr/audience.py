"""Those who listen to one hub and may see the same. This one says nothing but pings: `/hubs/settings`."""

from collections.abc import Sequence
from typing import Any, Protocol

from downloads2mqtt.contract.frames import Heartbeat
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.hub.channel import Filter
from downloads2mqtt.relay.hub.frame import Encoded, Frame
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.reader import Reader
from downloads2mqtt.relay.hub.scope import Scope
from downloads2mqtt.relay.outlet import Outlet
from downloads2mqtt.relay.signalr.codec import PING


class Listener(Protocol):
    """One session, as its hub sees it."""

    @property
    def reader(self) -> Reader:
        """What the channels offer frames to."""

    @property
    def outlet(self) -> Outlet:
        """Where its transport writes."""

    def say(self, records: bytes) -> None:
        """Tell it alone."""


class Audience:
    """The sessions of one hub and scope. `wanted` is what their readers ask the channels for."""

    calls: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    def __init__(self, hub: Hub, scope: Scope) -> None:
        self.hub = hub
        self.wanted = self.narrowed(scope)
        self.sessions: set[Listener] = set()

    def narrowed(self, scope: Scope) -> Filter:
        """What of a scope this hub tells."""
        return Filter(clients=frozenset(), scope=scope)

    def enter(self, session: Listener) -> None:
        """One more, before it is told anything."""
        self.sessions.add(session)

    def leave(self, session: Listener) -> None:
        """One less."""
        self.sessions.discard(session)

    def say(self, frame: Encoded[Any]) -> bytes:
        """The records that all are told for a frame."""
        return PING if isinstance(frame.message, Heartbeat) else b""

    def send(self, session: Listener, frame: Frame) -> bool:
        """Tell one a frame; says whether another can follow."""
        return session.outlet.send(frame)

    def call(self, session: Listener, target: str, arguments: Sequence[Any]) -> None:
        """Do what one asks; raises `RequestError`."""
        raise RequestError("not_found", f"this hub has no method {target[:100]!r}")
