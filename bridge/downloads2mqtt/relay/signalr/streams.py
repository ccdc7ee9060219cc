"""A hub over Server-Sent Events; what the client says comes by POST."""

import asyncio
import time

from aiohttp import web

from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.connections import Place
from downloads2mqtt.relay.event_stream import HEADERS, in_chunks
from downloads2mqtt.relay.hub.scope import Grant
from downloads2mqtt.relay.services import Services
from downloads2mqtt.relay.signalr.audience import Audience
from downloads2mqtt.relay.signalr.records import Speech, chunked, streamed
from downloads2mqtt.relay.signalr.session import HANDSHAKE_SECONDS, Session

SILENCE_SECONDS = 150.0
"""A client that has said nothing for so long is gone. Clients ping every 15 s, but browsers let a page that is not
visible run its timers only once a minute."""

STUCK_SECONDS = 10.0


class Stream:
    """One client's."""

    def __init__(self, services: Services, grant: Grant, audience: Audience, early: bytes) -> None:
        self._services, self._grant, self._audience, self._early = services, grant, audience, early
        self._over = asyncio.Event()
        self._session: Session | None = None

    async def serve(self, request: web.Request, place: Place) -> web.StreamResponse:
        """Until the client leaves."""
        response = web.StreamResponse(headers=HEADERS)
        response.force_close()
        writer = await response.prepare(request)
        transport = request.transport
        if writer is not None and transport is not None:
            framing = chunked if in_chunks(request) else streamed
            outlet = self._services.outlet(transport, Speech(self._audience.say, framing), writer.drain)
            self._session = Session(self._services, self._grant, self._audience, outlet)
            place.connection = self
            try:
                # Headers leave with the first byte of the body, and clients wait for them.
                await response.write(b":\r\n\r\n")
                await self.receive(self._early)
                while not (self._session.over or transport.is_closing() or self._silent(self._session)):
                    await self._pause()
            except RequestError:
                return response
            finally:
                self._session.farewell(1001, "")
        return response

    async def receive(self, data: bytes) -> None:
        """What the client says; raises `RequestError`."""
        if self._session is None:
            raise RequestError("bad_request", "the stream of events is only being opened")
        try:
            self._session.take(data)
        finally:
            if self._session.over:
                self._over.set()
        try:
            async with asyncio.timeout(STUCK_SECONDS):
                await self._session.outlet.drain()
        except (TimeoutError, ConnectionError):
            self.abort()

    async def aclose(self, code: int, reason: str) -> None:
        """Say goodbye."""
        if self._session is not None:
            self._session.farewell(code, reason)
        self._over.set()

    def abort(self) -> None:
        """Cut off."""
        if self._session is not None:
            self._session.outlet.abort()
        self._over.set()

    def _silent(self, session: Session) -> bool:
        limit = SILENCE_SECONDS if session.established else HANDSHAKE_SECONDS
        return time.monotonic() - session.heard > limit

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(1.0):
                await self._over.wait()
        except TimeoutError:
            return
