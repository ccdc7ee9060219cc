"""Text messages as the bytes of a server's WebSocket frames (RFC 6455, 5.2), deflated once for all who take that."""

import asyncio
import functools
import struct
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from downloads2mqtt.relay.hub.frame import Encoded

PIECE = 32 * 1024
SMALLEST_DEFLATED = 128
LARGEST_DEFLATED_HERE = 128 * 1024
"""More than this takes longer than 5 ms, and is deflated beside the event loop."""

Pieces = tuple[bytes, ...]

_TEXT, _CONTINUATION, _LAST, _DEFLATED = 0x1, 0x0, 0x80, 0x40
_LEVEL, _MEMORY = 5, 8
_TAIL = b"\x00\x00\xff\xff"


def framed(payload: bytes) -> Pieces:
    """A text message, a long one in pieces between which a ping may go."""
    return tuple(_frames(payload, _TEXT))


def deflated(payload: bytes, window_bits: int) -> Pieces:
    """A text message, compressed when that makes it shorter (RFC 7692).

    Each begins with an empty window, so that its bytes are the same for everybody: a sender may do that at any time.
    """
    if len(payload) < SMALLEST_DEFLATED:
        return framed(payload)
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -window_bits, _MEMORY)
    small = (compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)).removesuffix(_TAIL)
    return tuple(_frames(small, _TEXT | _DEFLATED)) if len(small) < len(payload) else framed(payload)


@functools.cache
def deflating(window_bits: int) -> Callable[[bytes], Pieces | asyncio.Future[Pieces]]:
    """`deflated` for those who can unpack a window of so many bits; the pieces of a long message are still to come."""

    def deflate(payload: bytes) -> Pieces | asyncio.Future[Pieces]:
        if len(payload) <= LARGEST_DEFLATED_HERE:
            return deflated(payload, window_bits)
        return asyncio.get_running_loop().run_in_executor(None, functools.partial(deflated, payload, window_bits))

    return deflate


def plain(frame: Encoded[Any]) -> Pieces:
    """A frame of ours, as it is."""
    return framed(frame.payload)


@functools.cache
def compressed(window_bits: int) -> Callable[[Encoded[Any]], Pieces | asyncio.Future[Pieces]]:
    """A frame of ours, deflated: one encoder for all with such a window, who so share the bytes."""
    deflate = deflating(window_bits)
    return lambda frame: deflate(frame.payload)


def _frames(payload: bytes, first: int) -> Iterable[bytes]:
    for start in range(0, max(len(payload), 1), PIECE):
        piece = payload[start : start + PIECE]
        last = _LAST if start + PIECE >= len(payload) else 0
        yield _header((first if start == 0 else _CONTINUATION) | last, len(piece)) + piece


def _header(first: int, length: int) -> bytes:
    if length < 126:
        return struct.pack("!BB", first, length)
    return struct.pack("!BBH", first, 126, length)
