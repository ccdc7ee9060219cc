"""One reader's stream of Server-Sent Events, whatever is told in it."""

import asyncio
import random
from collections.abc import Callable
from typing import Any

from aiohttp import HttpVersion11, hdrs, web

from downloads2mqtt.relay.connections import Place
from downloads2mqtt.relay.framing import PIECE, Pieces
from downloads2mqtt.relay.hub.channel import Filter
from downloads2mqtt.relay.hub.frame import Encoded, Frame
from downloads2mqtt.relay.hub.reader import Reader
from downloads2mqtt.relay.outlet import Outlet
from downloads2mqtt.relay.services import Services

HEADERS = {
    hdrs.CONTENT_TYPE: "text/event-stream",
    hdrs.CACHE_CONTROL: "no-cache, no-transform",
    "X-Accel-Buffering": "no",
}
RETRY = (2000, 6000)
"""Milliseconds until a browser comes back, drawn anew for each: not all at once."""

LOOK_SECONDS = 5.0

Encode = Callable[[Encoded[Any]], Pieces]
Send = Callable[[Encoded[Any]], bool]
Through = Callable[[Send], Callable[[Frame], bool]]


def streamed(text: bytes) -> Pieces:
    """For HTTP/1.0, where the end of the connection is that of the stream."""
    return tuple(text[start : start + PIECE] for start in range(0, len(text), PIECE))


def chunked(text: bytes) -> Pieces:
    """In the chunks of HTTP/1.1 (RFC 9112, 7.1)."""
    return tuple(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in streamed(text))


def in_chunks(request: web.Request) -> bool:
    """Whether what is streamed to this client goes in chunks."""
    return request.version >= HttpVersion11


class EventStream:
    """One connection. What is written first, and how frames become pieces, is its wire's."""

    def __init__(self, services: Services, place: Place) -> None:
        self._services, self._place = services, place
        self._over = asyncio.Event()
        self._response = web.StreamResponse(headers=HEADERS)
        self._response.force_close()
        self._outlet: Outlet | None = None
        self._reader: Reader | None = None

    async def serve(
        self,
        request: web.Request,
        wanted: Filter,
        encode: Encode,
        *,
        first: bytes = b"",
        through: Through = lambda send: send,
        resume: tuple[str, int] | None = None,
    ) -> web.StreamResponse:
        """Until the reader leaves. What goes to the outlet goes `through` that; `resume` is an epoch and a `seq`."""
        writer = await self._response.prepare(request)
        transport = request.transport
        if writer is None or transport is None:
            return self._response
        await self._response.write(b"retry: %d\n\n%b" % (random.randint(*RETRY), first))
        channels, heartbeat = self._services.hub.channels, self._services.heartbeat
        outlet = self._services.outlet(transport, encode, writer.drain)
        reader = Reader(through(outlet.send), self._place.grant.user)
        outlet.on_ready, outlet.on_stuck = lambda: channels.drained(reader), self.abort
        self._outlet, self._reader, self._place.connection = outlet, reader, self
        try:
            control = self._place.grant.within(self._services.hub.control())
            channels.join(reader, wanted, heartbeat=heartbeat, control=control, resume=resume)
            while not (self._over.is_set() or transport.is_closing()):
                await self._pause()
        finally:
            self._leave()
        return self._response

    async def aclose(self, code: int, reason: str) -> None:
        """End the stream; there are no codes here, and a reader that comes back is told why it may not."""
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

    def _leave(self) -> None:
        if self._reader is not None:
            self._services.hub.channels.leave(self._reader)
        if self._outlet is not None:
            self._outlet.close()

    async def _pause(self) -> None:
        """Now and then look whether the reader is there: nobody tells when it leaves."""
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._over.wait()
        except TimeoutError:
            return
