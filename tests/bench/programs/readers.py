"""Many WebSocket readers in one process: `python -m tests.bench.programs.readers <port> <count> plain|deflate`.

It prints a line when all are connected. Each line that it then reads says how many `frames` or `ages` to wait for, or
until none comes any more; it prints what it counted since as JSON. Every twentieth reader unpacks its frames and looks
how old they are; the others count them.
"""

import asyncio
import gc
import re
import sys
import time
import zlib
from collections.abc import Iterable
from itertools import islice

import msgspec

SAMPLED = 20
TOLD_AT = re.compile(rb'"native_state":"([\d.]+)"')
HEADER = (
    b"GET /api/v1/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)
# As browsers offer it.
DEFLATE = b"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
CONTROL = 0x08
HEARTBEAT = b'{"t":"heartbeat"'
SILENCE = 5.0
AT_ONCE = 50


class Count:
    """What all readers got. `frames` tell something: they are neither pings nor heartbeats, which are in `bytes`."""

    def __init__(self) -> None:
        self.frames = self.frame_bytes = self.bytes = 0
        self.ages: list[float] = []

    def take(self) -> dict[str, float]:
        """What came since last asked; ages in ms."""
        ages = sorted(self.ages) or [0.0]
        taken = {
            "frames": self.frames,
            "frame_bytes": self.frame_bytes,
            "bytes": self.bytes,
            "ages": len(self.ages),
            "p50_ms": ages[len(ages) // 2] * 1000,
            "p99_ms": ages[len(ages) * 99 // 100] * 1000,
        }
        self.frames = self.frame_bytes = self.bytes = 0
        self.ages.clear()
        return taken


class Reader(asyncio.Protocol):
    """One; frames come unmasked and whole."""

    def __init__(self, count: Count, sampled: bool, deflate: bool) -> None:
        self._count, self._sampled, self._deflate = count, sampled, deflate
        self._buffer = b""
        self._window = zlib.decompressobj(-15)
        self.open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(HEADER + (DEFLATE if self._deflate else b"") + b"\r\n")

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data
        if not self.open:
            _, found, buffer = buffer.partition(b"\r\n\r\n")
            self.open = bool(found)
        at = 0
        while len(buffer) >= at + 4:
            length, start = buffer[at + 1], at + 2
            if length == 126:
                length, start = int.from_bytes(buffer[at + 2 : at + 4]), at + 4
            elif length == 127:
                length, start = int.from_bytes(buffer[at + 2 : at + 10]), at + 10
            if len(buffer) < start + length:
                break
            size = start + length - at
            self._count.bytes += size
            self._take(buffer[at], buffer[start : start + length], size)
            at += size
        self._buffer = buffer[at:]

    def _take(self, first: int, payload: bytes, size: int) -> None:
        if first & CONTROL or payload.startswith(HEARTBEAT):
            return
        self._count.frames += 1
        self._count.frame_bytes += size
        if self._sampled:
            text = self._window.decompress(payload + b"\0\0\xff\xff") if first & 0x40 else payload
            now = time.monotonic()
            self._count.ages += [now - float(told[1]) for told in TOLD_AT.finditer(text)]


async def connect(port: int, readers: Iterable[Reader]) -> None:
    """Some at once, fewer than a server lets wait."""
    waiting = iter(readers)
    while some := list(islice(waiting, AT_ONCE)):
        await asyncio.gather(*(_open(port, reader) for reader in some))


async def _open(port: int, reader: Reader) -> None:
    await asyncio.get_running_loop().create_connection(lambda: reader, "127.0.0.1", port)


async def wait(count: Count, what: str, wanted: int) -> None:
    """Until there are so many `frames` or `ages`, or nothing comes any more."""
    seen, changed = -1, time.monotonic()
    while time.monotonic() - changed < SILENCE:
        if (len(count.ages) if what == "ages" else count.frames) >= wanted:
            return
        if count.frames != seen:
            seen, changed = count.frames, time.monotonic()
        await asyncio.sleep(0.02)


async def main() -> None:
    """Count."""
    port, number, deflate = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "deflate"
    count = Count()
    await connect(port, (Reader(count, index % SAMPLED == 0, deflate) for index in range(number)))
    gc.freeze()
    print("connected", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        what, wanted = line.split()
        await wait(count, what, int(wanted))
        print(msgspec.json.encode(count.take()).decode(), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
