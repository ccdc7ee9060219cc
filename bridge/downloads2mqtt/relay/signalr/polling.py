"""A hub over long polling: GET waits for records, POST brings them, DELETE ends.

Source: aspnetcore, src/SignalR/docs/specs/TransportProtocols.md.
"""

import asyncio
from contextlib import ExitStack

from aiohttp import web

from downloads2mqtt.relay.hub.scope import Grant
from downloads2mqtt.relay.outlet import HIGH_WATER
from downloads2mqtt.relay.services import Services
from downloads2mqtt.relay.signalr.audience import Audience
from downloads2mqtt.relay.signalr.records import Speech, unframed
from downloads2mqtt.relay.signalr.session import HANDSHAKE_SECONDS, Session

POLL_SECONDS = 90.0
ABSENT_SECONDS = 30.0
"""A client that has not polled for so long is gone."""


class Letterbox(asyncio.Transport):
    """Where an outlet writes what the next poll takes."""

    def __init__(self) -> None:
        super().__init__()
        self.filled = asyncio.Event()
        self._letters: list[bytes] = []
        self._taken = asyncio.Event()
        self._closing = False

    def take(self) -> bytes:
        """All there is."""
        content = b"".join(self._letters)
        self._letters.clear()
        self.filled.clear()
        self._taken.set()
        return content

    async def drain(self) -> None:
        """Until there is not too much."""
        while self.get_write_buffer_size() > HIGH_WATER and not self._closing:
            self._taken.clear()
            await self._taken.wait()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Put in."""
        self._letters.append(bytes(data))
        self.filled.set()

    def get_write_buffer_size(self) -> int:
        """How much is in it."""
        return sum(map(len, self._letters))

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """The limit is `HIGH_WATER`."""

    def is_closing(self) -> bool:
        """Whether nothing more is to be put in."""
        return self._closing

    def close(self) -> None:
        """Wake all who wait."""
        self._closing = True
        self._taken.set()
        self.filled.set()

    def abort(self) -> None:
        """Let go of what is in it, too."""
        self._letters.clear()
        self.close()


class Polling:
    """One client's connection over many requests; `stack` is let go at its end."""

    def __init__(self, services: Services, grant: Grant, audience: Audience, stack: ExitStack) -> None:
        self._box = Letterbox()
        outlet = services.outlet(self._box, Speech(audience.say, unframed), self._box.drain)
        outlet.on_stuck = self.abort
        self._session = Session(services, grant, audience, outlet)
        self._stack = stack
        self._polls = 0
        self._displaced = asyncio.Event()
        self._clock = asyncio.get_running_loop()
        self._limit = self._clock.call_later(HANDSHAKE_SECONDS, self._check_handshake)
        self._absent = self._clock.call_later(ABSENT_SECONDS, self.end)

    async def poll(self, request: web.Request) -> web.Response:
        """Records as soon as there are any; 204 says that there will be no more."""
        self._polls += 1
        number = self._polls
        self._absent.cancel()
        self._displaced.set()
        self._displaced = asyncio.Event()
        try:
            # The first is answered at once: clients take it as "connected".
            if number > 1 and not self._session.over:
                await self._wait(self._displaced)
        finally:
            if number == self._polls and not self._session.over:
                self._absent = self._clock.call_later(ABSENT_SECONDS, self.end)
        # What nobody waits for any more is the next one's.
        if number < self._polls or request.transport is None:
            return web.Response(headers={"Cache-Control": "no-store"})
        content = self._box.take()
        gone = self._session.over and not content
        return web.Response(status=204 if gone else 200, body=content, headers={"Cache-Control": "no-store"})

    async def receive(self, data: bytes) -> None:
        """What the client says; raises `RequestError`."""
        try:
            self._session.take(data)
        finally:
            if self._session.over:
                self.end()

    async def aclose(self, code: int, reason: str) -> None:
        """Say goodbye to the poll that waits."""
        self._session.farewell(code, reason)
        self.end()

    def abort(self) -> None:
        """Cut off."""
        self._box.abort()
        self.end()

    def end(self) -> None:
        """It is over; what was said is still there for one more poll."""
        self._session.end()
        self._limit.cancel()
        self._absent.cancel()
        self._box.close()
        self._stack.close()

    def _check_handshake(self) -> None:
        if not self._session.established:
            self.end()

    async def _wait(self, displaced: asyncio.Event) -> None:
        """Until there is something, or another poll came, or it has been long."""
        waits = [asyncio.create_task(event.wait()) for event in (self._box.filled, displaced)]
        try:
            await asyncio.wait(waits, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
