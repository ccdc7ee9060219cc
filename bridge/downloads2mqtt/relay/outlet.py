"""Writes frames to one reader's connection, never more than it takes. The only file that touches a transport.

Prepared bytes go to the transport as they are: a third less work per frame than through aiohttp's writer.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from downloads2mqtt.relay.framing import Pieces
from downloads2mqtt.relay.hub.frame import Encoded
from downloads2mqtt.relay.hub.tally import Tally

HIGH_WATER = 64 * 1024
PATIENCE = 30.0
"""Seconds in which a reader that is full has to take something: two heartbeats."""

Encode = Callable[[Encoded[Any]], Pieces | asyncio.Future[Pieces]]

log = logging.getLogger(__name__)


class Outlet:
    """One connection. `encode` makes the pieces of a frame, at once or later; `drain` waits until the transport takes
    more. `on_ready` is called when a reader that was full has taken all, `on_stuck` when it took nothing for
    `patience` seconds."""

    __slots__ = (
        "_closed", "_drain", "_encode", "_patience", "_pump", "_tally", "_transport", "_waiting", "on_ready",
        "on_stuck",
    )  # fmt: skip

    def __init__(
        self,
        transport: asyncio.Transport,
        encode: Encode,
        drain: Callable[[], Awaitable[None]],
        *,
        tally: Tally | None = None,
        patience: float = PATIENCE,
    ) -> None:
        transport.set_write_buffer_limits(high=HIGH_WATER)
        self.on_ready: Callable[[], None] = _nothing
        self.on_stuck: Callable[[], None] = self.abort
        self._transport, self._encode, self._drain = transport, encode, drain
        self._tally = Tally() if tally is None else tally
        self._patience = patience
        # A list: an empty deque takes 760 bytes for every reader, and only a few pieces ever wait.
        self._waiting: list[bytes | asyncio.Future[Pieces]] = []
        self._pump: asyncio.Task[None] | None = None
        self._closed = False

    def send(self, frame: Encoded[Any]) -> bool:
        """Take a frame; says whether another can follow at once."""
        try:
            return self._send(frame)
        except Exception:
            # Why all: this is called in the loop over all readers, and what ails one must not cost the others a frame.
            log.exception("a reader is let go")
            self.abort()
            return False

    async def drain(self) -> None:
        """Until the transport takes more; raises `ConnectionError`.

        All who wait for aiohttp's transport wait for one future, which whoever is cancelled would take from the others.
        """
        draining = asyncio.ensure_future(self._drain())
        draining.add_done_callback(_heard)
        await asyncio.shield(draining)

    def close(self) -> None:
        """Write nothing more."""
        self._closed = True
        self._waiting.clear()
        if self._pump is not None:
            self._pump.cancel()

    def abort(self) -> None:
        """End the connection without a word."""
        self.close()
        self._transport.abort()

    def _send(self, frame: Encoded[Any]) -> bool:
        if self._closed:
            return False
        pieces = frame.wire(self._encode)
        self._tally.frames += bool(pieces)
        if isinstance(pieces, asyncio.Future):
            self._waiting.append(pieces)
        else:
            self._waiting.extend(pieces)
        if self._pump is not None:
            return False
        self._write()
        if self._waiting or self._full():
            self._pump = asyncio.get_running_loop().create_task(self._empty())
            self._pump.add_done_callback(self._ended)
            return False
        return True

    def _write(self) -> None:
        """As much as is ready and goes."""
        while self._waiting and not self._full():
            if self._transport.is_closing():
                self._waiting.clear()
                return
            piece = self._waiting.pop(0)
            if isinstance(piece, asyncio.Future):
                if not piece.done():
                    self._waiting.insert(0, piece)
                    return
                self._waiting[:0] = piece.result()
            else:
                self._tally.bytes += len(piece)
                self._transport.write(piece)

    def _full(self) -> bool:
        return self._transport.get_write_buffer_size() > HIGH_WATER

    async def _empty(self) -> None:
        await self._drained()
        while self._waiting:
            if isinstance(first := self._waiting[0], asyncio.Future):
                # Others wait for the same; that this one leaves is not to end it.
                await asyncio.shield(first)
            self._write()
            await self._drained()
        self._pump = None
        if not self._transport.is_closing():
            self.on_ready()

    async def _drained(self) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await self.drain()
        except TimeoutError:
            self._tally.slow += 1
            self.on_stuck()
            raise asyncio.CancelledError from None

    def _ended(self, pump: asyncio.Task[None]) -> None:
        error = None if pump.cancelled() else pump.exception()
        if error is None or isinstance(error, ConnectionError):
            return
        log.error("a reader is let go", exc_info=error)
        self.abort()


def _heard(draining: asyncio.Future[None]) -> None:
    if not draining.cancelled():
        draining.exception()


def _nothing() -> None:
    return None
