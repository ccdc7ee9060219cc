"""Unnamed events at `/events`, for pages that use nothing but `EventSource`: no ids, nothing of the past."""

import asyncio
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp import HttpVersion11, hdrs, web

from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay import query
from downloads2mqtt.relay.access import refusals
from downloads2mqtt.relay.channel import Filter, filter_of
from downloads2mqtt.relay.connections import Place
from downloads2mqtt.relay.dialect import Follower
from downloads2mqtt.relay.events import HEADERS, LOOK_SECONDS, PIECE, RETRY
from downloads2mqtt.relay.frame import Encoded
from downloads2mqtt.relay.narrator import CONNECTED, Narrator, event
from downloads2mqtt.relay.outlet import Outlet, Pieces
from downloads2mqtt.relay.reader import Reader
from downloads2mqtt.relay.services import Services


@dataclass(frozen=True, slots=True)
class Framing:
    """The events of a frame as the bytes of a response. Equal ones share both."""

    narrator: Callable[[Encoded[Any]], bytes]
    in_chunks: bool

    def __call__(self, frame: Encoded[Any]) -> Pieces:
        """The pieces: chunks of HTTP/1.1 (RFC 9112, 7.1), or plain for HTTP/1.0, where the stream ends with the
        connection."""
        text = frame.wire(self.narrator)
        pieces = tuple(text[start : start + PIECE] for start in range(0, len(text), PIECE))
        return tuple(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) if self.in_chunks else pieces


class PlainEvents:
    """Where `EventSource` connects; `?clients=…` and the like narrow."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._narrators: dict[Filter, tuple[Narrator, set[Stream]]] = {}

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return (web.get("/events", self._connect),)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        grant = await self._services.gate.admit(request)
        try:
            wanted = filter_of(query.subscription(request.query), grant.scope)
        except RequestError as error:
            raise refusals.bad_request(error.message) from None
        if request.method == hdrs.METH_HEAD:
            return web.Response(headers=HEADERS)
        response = web.StreamResponse(headers=HEADERS)
        response.force_close()
        with self._services.connections.enter(request, "events", grant) as place:
            stream = Stream(self._services, place, response)
            step = self._services.settings.event_step
            narrator, streams = self._narrators.setdefault(wanted, (Narrator(self._services.hub.get, step), set()))
            streams.add(stream)
            try:
                await stream.serve(request, wanted, narrator)
            finally:
                streams.discard(stream)
                if not streams:
                    del self._narrators[wanted]
        return response


class Stream:
    """One listener's connection."""

    def __init__(self, services: Services, place: Place, response: web.StreamResponse) -> None:
        self._services, self._place, self._response = services, place, response
        self._over = asyncio.Event()
        self._outlet: Outlet | None = None
        self._reader: Reader | None = None

    async def serve(self, request: web.Request, wanted: Filter, narrator: Narrator) -> None:
        """Until the listener leaves."""
        writer = await self._response.prepare(request)
        transport = request.transport
        if writer is None or transport is None:
            return
        await self._response.write(b"retry: %d\n\n%b" % (random.randint(*RETRY), event(CONNECTED)))
        channels, heartbeat = self._services.hub.channels, self._services.heartbeat
        encode = Framing(narrator, request.version >= HttpVersion11)
        outlet = Outlet(transport, encode, writer.drain, tally=channels.tally, patience=2.0 * heartbeat)
        reader = Reader(Follower(channels, wanted, outlet.send).send, self._place.grant.user)
        outlet.on_ready, outlet.on_stuck = lambda: channels.drained(reader), self.abort
        self._outlet, self._reader, self._place.connection = outlet, reader, self
        try:
            control = self._place.grant.within(self._services.hub.control())
            channels.join(reader, wanted, heartbeat=heartbeat, control=control)
            while not (self._over.is_set() or transport.is_closing()):
                await self._pause()
        finally:
            self._leave()

    async def aclose(self, code: int, reason: str) -> None:
        """End the stream; there are no codes here, and a listener that comes back is told why it may not."""
        self._leave()
        await self._response.write_eof()
        self._over.set()

    def abort(self) -> None:
        """Cut off."""
        if self._outlet is not None:
            self._outlet.abort()
        self._over.set()

    def _leave(self) -> None:
        if self._reader is not None:
            self._services.hub.channels.leave(self._reader)
        if self._outlet is not None:
            self._outlet.close()

    async def _pause(self) -> None:
        """Now and then look whether the listener is there: nobody tells when it leaves."""
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._over.wait()
        except TimeoutError:
            return
