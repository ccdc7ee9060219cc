"""The native protocol as Server-Sent Events, for those who only listen."""

import asyncio
import random
from collections.abc import Iterable
from typing import Any

from aiohttp import HttpVersion11, hdrs, web

from downloads2mqtt.contract.frames import Hello
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay import query
from downloads2mqtt.relay.access import refusals
from downloads2mqtt.relay.channel import Filter, filter_of
from downloads2mqtt.relay.connections import Place
from downloads2mqtt.relay.frame import Frame
from downloads2mqtt.relay.outlet import Outlet, Pieces
from downloads2mqtt.relay.reader import Reader
from downloads2mqtt.relay.services import Services

HEADERS = {
    hdrs.CONTENT_TYPE: "text/event-stream",
    hdrs.CACHE_CONTROL: "no-cache, no-transform",
    "X-Accel-Buffering": "no",
}
RETRY = (2000, 6000)
"""Milliseconds until a browser comes back, drawn anew for each: not all at once."""

PIECE = 32 * 1024
LOOK_SECONDS = 5.0


def event(frame: Frame) -> bytes:
    """A frame as an event. `hello` has no id: whoever resumed from its place would miss what follows it."""
    id = b"" if isinstance(frame.message, Hello) else b"id: %b:%d\n" % (frame.epoch.encode(), frame.message.seq)
    return b"%bdata: %b\n\n" % (id, frame.payload)


def streamed(frame: Any) -> Pieces:
    """For HTTP/1.0, where the end of the connection is that of the stream."""
    text = event(frame)
    return tuple(text[start : start + PIECE] for start in range(0, len(text), PIECE))


def chunked(frame: Any) -> Pieces:
    """In the chunks of HTTP/1.1 (RFC 9112, 7.1)."""
    return tuple(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in streamed(frame))


class Events:
    """Where listeners connect: `Last-Event-ID` resumes, and `?clients=…` and the like narrow."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return (web.get("/api/v1/events", self._connect),)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        grant = await self._services.gate.admit(request)
        try:
            wanted = filter_of(query.subscription(request.query), grant.scope)
        except RequestError as error:
            raise refusals.bad_request(error.message) from None
        response = web.Response(headers=HEADERS) if request.method == hdrs.METH_HEAD else web.StreamResponse()
        response.headers.update(HEADERS)
        if not isinstance(response, web.Response):
            with self._services.connections.enter(request, "sse", grant) as place:
                response.force_close()
                await Stream(self._services, place, response).serve(request, wanted)
        return response


class Stream:
    """One listener's connection."""

    def __init__(self, services: Services, place: Place, response: web.StreamResponse) -> None:
        self._services, self._place, self._response = services, place, response
        self._over = asyncio.Event()
        self._outlet: Outlet | None = None
        self._reader: Reader | None = None

    async def serve(self, request: web.Request, wanted: Filter) -> None:
        """Until the listener leaves."""
        writer = await self._response.prepare(request)
        transport = request.transport
        if writer is None or transport is None:
            return
        await self._response.write(b"retry: %d\n\n" % random.randint(*RETRY))
        outlet = self._open(transport, request, writer.drain)
        try:
            self._join(outlet, wanted, query.last_event(request.headers, request.query))
            while not (self._over.is_set() or transport.is_closing()):
                await self._pause()
        finally:
            self._leave()

    async def aclose(self, code: int, reason: str) -> None:
        """End the stream; there are no codes here, and a listener that comes back is told why it may not."""
        self._leave()
        try:
            await self._response.write_eof()
        except ConnectionError:
            return
        finally:
            self._over.set()

    def abort(self) -> None:
        """Cut off."""
        if self._outlet is not None:
            self._outlet.abort()
        self._over.set()

    def _open(self, transport: asyncio.Transport, request: web.Request, drain: Any) -> Outlet:
        patience, tally = 2.0 * self._services.heartbeat, self._services.hub.channels.tally
        encode = chunked if request.version >= HttpVersion11 else streamed
        outlet = self._outlet = Outlet(transport, encode, drain, tally=tally, patience=patience)
        outlet.on_stuck = self.abort
        self._place.connection = self
        return outlet

    def _join(self, outlet: Outlet, wanted: Filter, resume: tuple[str, int] | None) -> None:
        channels, grant = self._services.hub.channels, self._place.grant
        reader = self._reader = Reader(outlet.send, grant.user)
        outlet.on_ready = lambda: channels.drained(reader)
        channels.join(
            reader,
            wanted,
            heartbeat=self._services.heartbeat,
            control=grant.within(self._services.hub.control()),
            resume=resume,
        )

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
