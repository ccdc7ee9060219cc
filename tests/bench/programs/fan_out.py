"""Tells many readers the same twice a second: `… fan_out ours|aiohttp|websockets|bare plain|deflate <rows> <seconds>`.

It prints the address; each line that it then reads says how many rounds to tell, and it prints the seconds of CPU that
took, once it has collected its garbage. `ours` is the relay. `seconds` are those between two rounds. A row carries the
time when it was told, so that readers know how old it is.
"""

import asyncio
import gc
import sys
import time

import msgspec

from downloads2mqtt.contract.download import Download, State
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.relay.hub.feed import Feed
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.server import Server
from downloads2mqtt.relay.settings import HttpSettings

from .peers import PEERS, Aiohttp, Bare, Websockets

MOST = 20_000
STATES: tuple[State, State] = ("paused", "downloading")
CHANGING = ("state", "native_state", "progress", "download_rate")


class Rows:
    """Downloads that all change at once."""

    def __init__(self, count: int) -> None:
        self._count, self._round = count, 0

    def next(self) -> list[Download]:
        """As they are now."""
        self._round += 1
        return [self._row(number) for number in range(self._count)]

    def _row(self, number: int) -> Download:
        id = f"{number:040x}"
        return Download(
            id=id, native_id=id, client="box", kind="qbittorrent", protocol="torrent", name=f"A release, part {number}",
            state=STATES[self._round % 2], native_state=f"{time.monotonic():.6f}",
            progress=round((self._round * 7 + number) % 1000 / 10, 1), size=1 << 30,
            download_rate=5_000_000 + self._round * 1237 % 65_536 * (number + 1), updated_at="2026-11-21T10:00:00Z",
        )  # fmt: skip


class Ours:
    """The relay."""

    def __init__(self, rows: Rows) -> None:
        self._hub, self._rows = Hub(), rows
        settings = HttpSettings(listen="127.0.0.1:0", max_connections=MOST, max_connections_per_address=MOST)
        self._server = Server(self._hub, Feed(self._hub, Topics()), settings)

    async def start(self) -> int:
        """The port."""
        await self._server.start()
        return self._server.address[1]

    async def tell(self) -> None:
        """All readers, once."""
        for row in self._rows.next():
            self._hub.download(row)


class Peer:
    """Another server that tells the text of the relay's delta."""

    def __init__(self, rows: Rows, server: Aiohttp | Websockets | Bare) -> None:
        self._rows, self._server = rows, server

    async def start(self) -> int:
        """The port."""
        return await self._server.start()

    async def tell(self) -> None:
        """All readers, once."""
        told = {f"box:{row.id}": {name: getattr(row, name) for name in CHANGING} for row in self._rows.next()}
        await self._server.broadcast(msgspec.json.encode({"t": "delta", "seq": 1, "prev": 0, "set": told}).decode())


async def main() -> None:
    """Tell as many rounds as each line says."""
    kind, compression, rows, pause = sys.argv[1], sys.argv[2], Rows(int(sys.argv[3])), float(sys.argv[4])
    server = Ours(rows) if kind == "ours" else Peer(rows, PEERS[kind](deflate=compression == "deflate"))
    port = await server.start()
    gc.collect()
    print(port, flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        due, before = time.monotonic(), time.process_time()
        for _ in range(int(line)):
            await server.tell()
            due += pause
            await asyncio.sleep(max(0.0, due - time.monotonic()))
        took = time.process_time() - before
        gc.collect()
        print(took, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
