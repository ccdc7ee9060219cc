"""Flasharr's live messages, `/api/ws`."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from downloads2mqtt.relay.budget import Budget
from downloads2mqtt.relay.connections import FRAMES_A_SECOND, LARGEST_FRAME, POLICY_VIOLATION, Place, new_socket
from downloads2mqtt.relay.dialect import Follower
from downloads2mqtt.relay.flasharr import messages
from downloads2mqtt.relay.flasharr.messages import Speech
from downloads2mqtt.relay.framing import LARGEST_DEFLATED_HERE, Pieces, deflated, framed
from downloads2mqtt.relay.hub.channel import Filter
from downloads2mqtt.relay.hub.frame import Encoded
from downloads2mqtt.relay.hub.reader import Reader
from downloads2mqtt.relay.outlet import Outlet
from downloads2mqtt.relay.services import Services

STATS_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Framing:
    """The messages of a frame as the bytes of a WebSocket, for those who unpack a window of so many bits compressed.
    Equal ones share both."""

    speech: Speech
    window_bits: int

    def __call__(self, frame: Encoded[Any]) -> Pieces | asyncio.Future[Pieces]:
        """The pieces, or those to come of what is long."""
        texts = frame.wire(self.speech)
        if not self.window_bits:
            return tuple(piece for text in texts for piece in framed(text))
        if sum(map(len, texts)) <= LARGEST_DEFLATED_HERE:
            return self._deflated(texts)
        return asyncio.get_running_loop().run_in_executor(None, self._deflated, texts)

    def _deflated(self, texts: tuple[bytes, ...]) -> Pieces:
        return tuple(piece for text in texts for piece in deflated(text, self.window_bits))


class FlasharrWebSocket:
    """Where Flasharr's page connects. What it says is not listened to, as at Flasharr's own, and must not be much."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._speech = Speech(services.hub.get)
        self._sessions: set[Session] = set()
        self._timer: asyncio.TimerHandle | None = None

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return (web.get("/api/ws", self._connect, allow_head=False),)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        grant = await self._services.gate.admit(request)
        socket = new_socket(LARGEST_FRAME)
        with self._services.connections.enter(request, "flasharr", grant) as place:
            writer = await socket.prepare(request)
            if request.transport is None:
                return socket
            encode = Framing(self._speech, int(socket.compress))
            outlet = self._services.outlet(request.transport, encode, writer.drain)
            session = Session(self._services, place, socket, outlet)
            self._enter(session)
            try:
                await session.run()
            finally:
                self._leave(session)
        return socket

    def _enter(self, session: "Session") -> None:
        self._sessions.add(session)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(STATS_SECONDS, self._tell_stats)

    def _leave(self, session: "Session") -> None:
        self._sessions.discard(session)
        if not self._sessions and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tell_stats(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(STATS_SECONDS, self._tell_stats)
        for session in tuple(self._sessions):
            session.tell_stats()


class Session:
    """One page's connection."""

    def __init__(self, services: Services, place: Place, socket: web.WebSocketResponse, outlet: Outlet) -> None:
        self._services, self._place, self._socket, self._outlet = services, place, socket, outlet
        channels = services.hub.channels
        self._wanted = Filter(scope=place.grant.scope)
        self._reader = Reader(Follower(channels, self._wanted, outlet.send).send, place.grant.user)
        self._stats: tuple[bytes, ...] = ()
        outlet.on_ready = lambda: channels.drained(self._reader)
        outlet.on_stuck = lambda: services.let_go(place)
        place.connection = self

    async def run(self) -> None:
        """Serve until the page leaves."""
        control = self._place.grant.within(self._services.hub.control())
        heartbeat = self._services.heartbeat
        self._services.hub.channels.join(self._reader, self._wanted, heartbeat=heartbeat, control=control)
        self.tell_stats()
        try:
            frames = Budget(FRAMES_A_SECOND, 1.0)
            async for _ in self._socket:
                if not frames.spend(time.monotonic()):
                    await self.aclose(POLICY_VIOLATION, f"more than {FRAMES_A_SECOND} frames a second")
        except ConnectionError:
            return
        finally:
            self._leave()

    def tell_stats(self) -> None:
        """Tell the totals, when they are others than before and the page keeps up."""
        if self._reader.lagging:
            return
        said = self._services.hub.channels.snapshot(self._wanted).wire(messages.stats)
        if said.messages != self._stats:
            self._stats = said.messages
            self._outlet.send(said)

    async def aclose(self, code: int, reason: str) -> None:
        """Say goodbye; whoever does not answer in time is cut off."""
        self._leave()
        await self._socket.close(code=code, message=reason.encode())

    def abort(self) -> None:
        """Cut off."""
        self._outlet.abort()

    def _leave(self) -> None:
        self._services.hub.channels.leave(self._reader)
        self._outlet.close()
