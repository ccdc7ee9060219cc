"""Many WebSocket readers in one process: `python -m tests.bench.programs.readers <port> <count> plain|deflate`.

It prints a line when all are connected. Each line that it then reads says how many frames to wait for, or until none
comes any more; it prints what it counted as JSON. Every twentieth reader unpacks its frames and looks how old they are;
the others count them.
"""

import asyncio
import re
import sys
import time
import zlib

import msgspec

SAMPLED = 20
TOLD_AT = re.compile(rb'"native_state":"([\d.]+)"')
HEADER = (
    b"GET /api/v1/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)
DEFLATE = b"Sec-WebSocket-Extensions: permessage-deflate\r\n"
SILENCE = 3.0


class Count:
    """What all readers got."""

    def __init__(self) -> None:
        self.frames = self.bytes = 0
        self.ages: list[float] = []


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
            self._take(buffer[at], buffer[start : start + length])
            self._count.bytes += start + length - at
            at = start + length
        self._buffer = buffer[at:]

    def _take(self, first: int, payload: bytes) -> None:
        self._count.frames += 1
        if self._sampled:
            text = self._window.decompress(payload + b"\0\0\xff\xff") if first & 0x40 else payload
            told = TOLD_AT.search(text)
            if told is not None:
                self._count.ages.append(time.monotonic() - float(told[1]))


async def main() -> None:
    """Count."""
    port, number, deflate = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "deflate"
    loop, count = asyncio.get_running_loop(), Count()
    for index in range(number):
        sampled = index % SAMPLED == 0
        await loop.create_connection(lambda s=sampled: Reader(count, s, deflate), "127.0.0.1", port)  # type: ignore[misc]
    print("connected", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        wanted, seen, changed = int(line), -1, time.monotonic()
        while count.frames < wanted and time.monotonic() - changed < SILENCE:
            if count.frames != seen:
                seen, changed = count.frames, time.monotonic()
            await asyncio.sleep(0.02)
        ages = sorted(count.ages) or [0.0]
        result = {
            "frames": count.frames,
            "bytes": count.bytes,
            "p50_ms": ages[len(ages) // 2] * 1000,
            "p99_ms": ages[len(ages) * 99 // 100] * 1000,
        }
        print(msgspec.json.encode(result).decode(), flush=True)
        count.frames = count.bytes = 0
        count.ages.clear()


if __name__ == "__main__":
    asyncio.run(main())
