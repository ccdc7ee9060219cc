"""Tells many readers the same ten times a second: `python -m tests.bench.programs.fan_out ours|aiohttp <rows>`.

It prints the address; each line that it then reads says how many rounds to tell, and it prints the seconds of CPU that
took. `ours` is the relay; `aiohttp` sends each reader the same text with aiohttp's own `send_str`. A row carries the
time when it was told, so that readers know how old it is.
"""

import asyncio
import sys
import time

import msgspec
from aiohttp import web

from downloads2mqtt.contract.download import Download, State
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.relay.hub.feed import Feed
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.server import Server
from downloads2mqtt.relay.settings import HttpSettings

PAUSE = 0.1
MOST = 20_000
STATES: tuple[State, State] = ("paused", "downloading")


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


class Aiohttp:
    """A queue-less server that sends text to one reader after the other."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._sockets: set[web.WebSocketResponse] = set()

    async def start(self) -> int:
        """The port."""
        app = web.Application()
        app.router.add_get("/api/v1/ws", self._connect)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    async def tell(self) -> None:
        """All readers, once."""
        fields = ("state", "native_state", "progress", "download_rate")
        told = {f"box:{row.id}": {name: getattr(row, name) for name in fields} for row in self._rows.next()}
        text = msgspec.json.encode({"t": "delta", "seq": 1, "prev": 0, "set": told}).decode()
        await asyncio.gather(*(socket.send_str(text) for socket in self._sockets))

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str('{"t":"hello"}')
        self._sockets.add(socket)
        async for _ in socket:
            pass
        self._sockets.discard(socket)
        return socket


async def main() -> None:
    """Tell as many rounds as each line says."""
    rows = Rows(int(sys.argv[2]))
    server = Ours(rows) if sys.argv[1] == "ours" else Aiohttp(rows)
    print(await server.start(), flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        due, before = time.monotonic(), time.process_time()
        for _ in range(int(line)):
            await server.tell()
            due += PAUSE
            await asyncio.sleep(max(0.0, due - time.monotonic()))
        print(time.process_time() - before, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
