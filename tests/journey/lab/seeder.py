"""A BitTorrent seeder (BEP 3, plain text) whose speed can be set while it serves."""

import asyncio
import os
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from .programs import RATE
from .torrents import Torrent

PROTOCOL = b"\x13BitTorrent protocol"
HANDSHAKE_LENGTH = 68
UNCHOKE, BITFIELD, REQUEST, PIECE = 1, 5, 6, 7
LOST = (asyncio.IncompleteReadError, TimeoutError, OSError)


@dataclass
class Share:
    """A torrent in the swarm. Set the fields whenever you like; they apply to the next 16 KiB."""

    torrent: Torrent
    rate: int = RATE
    """Bytes per second in all; 0 is no limit."""
    stalled: bool = False
    tracker_failure: str = ""
    """When not empty, the tracker refuses with this sentence."""
    sent: int = 0
    announces: list[str] = field(default_factory=list)
    """The events that clients announced: started, completed, stopped, or empty."""
    _budget: float = 0.0
    _counted: float = 0.0

    async def take(self, size: int) -> None:
        """Wait until so many bytes may be sent."""
        while not self._allows(size):
            await asyncio.sleep(0.02)
        self.sent += size

    def _allows(self, size: int) -> bool:
        now = time.monotonic()
        earned = self.rate * (now - self._counted)
        self._budget, self._counted = min(self._budget + earned, max(self.rate / 4, size)), now
        if self.stalled or (self.rate and self._budget < size):
            return False
        self._budget -= size if self.rate else 0
        return True


class Seeder:
    """Has every piece of every share and gives it to whoever asks."""

    def __init__(self, find: Callable[[bytes], Share | None]) -> None:
        self._find = find
        self._id = b"-DM0001-" + os.urandom(6).hex().encode()
        self._peers: set[asyncio.StreamWriter] = set()
        self._dialled: set[tuple[str, int, str]] = set()

    def drop(self) -> None:
        """Close every connection."""
        for writer in list(self._peers):
            writer.close()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve a client that came here."""
        await self._serve(reader, writer)

    async def dial(self, host: str, port: int, share: Share) -> None:
        """Go to a client that announced itself. Transmission refuses loopback peers but lets them in."""
        key = (host, port, share.torrent.info_hash)
        if key in self._dialled:
            return
        self._dialled.add(key)
        for delay in (0.2, 1.0, 3.0, 6.0):  # it may not accept anyone before it has checked its files
            await asyncio.sleep(delay)
            with suppress(*LOST):
                reader, writer = await asyncio.wait_for(asyncio.open_connection(host, port), 5)
                if await self._serve(reader, writer, share):
                    break
        self._dialled.discard(key)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, share: Share | None = None
    ) -> bool:
        """Serve one connection until it ends. Was there a client that wanted the torrent?"""
        met = False
        self._peers.add(writer)
        try:
            found = await self._greet(reader, writer, share)
            met = found is not None
            if found:
                await self._answer(reader, writer, found)
        except LOST:
            pass
        finally:
            self._peers.discard(writer)
            writer.close()
        return met

    async def _greet(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, share: Share | None
    ) -> Share | None:
        if share:
            writer.write(self._handshake(bytes.fromhex(share.torrent.info_hash)))
        theirs = await asyncio.wait_for(reader.readexactly(HANDSHAKE_LENGTH), 20)
        if not theirs.startswith(PROTOCOL):  # encrypted: they come again in plain text
            return None
        found = self._find(theirs[28:48])
        if found and not share:
            writer.write(self._handshake(theirs[28:48]))
        return found

    def _handshake(self, info_hash: bytes) -> bytes:
        return PROTOCOL + bytes(8) + info_hash + self._id

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, share: Share) -> None:
        writer.write(message(BITFIELD, full_bitfield(share.torrent.pieces)) + message(UNCHOKE))
        while True:
            (length,) = struct.unpack(">I", await asyncio.wait_for(reader.readexactly(4), 180))
            body = await reader.readexactly(length)
            if body[:1] == bytes([REQUEST]):
                piece, begin, size = struct.unpack(">III", body[1:13])
                await share.take(size)
                start = piece * share.torrent.piece_length + begin
                writer.write(message(PIECE, body[1:9] + share.torrent.data[start : start + size]))
                await writer.drain()


def message(kind: int, payload: bytes = b"") -> bytes:
    """A peer message with its length in front."""
    return struct.pack(">IB", 1 + len(payload), kind) + payload


def full_bitfield(pieces: int) -> bytes:
    """Every piece there, the spare bits zero."""
    spare = -pieces % 8
    return (((1 << pieces) - 1) << spare).to_bytes((pieces + spare) // 8, "big")
