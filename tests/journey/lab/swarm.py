"""A swarm on loopback: tracker and web seed over HTTP, and one seeder, in a thread of their own."""

import asyncio
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Self
from urllib.parse import unquote, unquote_to_bytes

from aiohttp import web

from .programs import LOOPBACK, RATE, free_port
from .seeder import Seeder, Share
from .torrents import encode, make_torrent

CHUNK = 1 << 14
ANSWER = 1 << 18
"""The longest answer of the web seed: Transmission 4 shows its bytes as done when an answer is complete."""


class Swarm:
    """Give it a name and a size, take the torrent, add it to a client; steer the speed on what `share` returned."""

    def __init__(self) -> None:
        self.port = free_port()
        self.peer_port = free_port()
        self.shares: dict[bytes, Share] = {}
        self.seeder = Seeder(self.shares.get)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="swarm", daemon=True)
        self._listening = threading.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Where tracker and web seed are."""
        return f"http://{LOOPBACK}:{self.port}"

    def share(
        self, name: str, size: int = 4 << 20, *, rate: int = RATE, stalled: bool = False, web_seed: bool = True
    ) -> Share:
        """Make a torrent and seed it. Without the web seed Transmission takes 10 seconds to its first byte."""
        web_seeds = f"{self.url}/files" if web_seed else ""
        torrent = make_torrent(name, size, announce=f"{self.url}/announce", web_seeds=web_seeds)
        share = Share(torrent, rate=rate, stalled=stalled)
        self.shares[bytes.fromhex(torrent.info_hash)] = share
        return share

    def forget(self, share: Share) -> None:
        """Seed it no more; the tracker answers that it does not know it."""
        self.shares.pop(bytes.fromhex(share.torrent.info_hash), None)
        self.drop()

    def drop(self) -> None:
        """Close every connection to the seeder."""
        self._loop.call_soon_threadsafe(self.seeder.drop)

    def start(self) -> Self:
        """Listen; returns when it does."""
        self._thread.start()
        if not self._listening.wait(10):
            raise TimeoutError("the swarm does not listen")
        return self

    def stop(self) -> None:
        """End it and its thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # -- in the thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        runner, server = self._loop.run_until_complete(self._listen())
        self._listening.set()
        self._loop.run_forever()
        server.close()
        self.seeder.drop()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.run_until_complete(self._cancel_all())
        self._loop.close()

    async def _listen(self) -> tuple[web.AppRunner, asyncio.Server]:
        application = web.Application()
        application.router.add_get("/announce", self._announce)
        application.router.add_get("/files/{info_hash:[0-9a-f]{40}}/{name}", self._file)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, LOOPBACK, self.port).start()
        return runner, await asyncio.start_server(self.seeder.accept, LOOPBACK, self.peer_port)

    async def _cancel_all(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _announce(self, request: web.Request) -> web.Response:
        query = raw_query(request)
        share = self.shares.get(query.get("info_hash", b""))
        if share is None:
            return refuse("torrent not registered with this tracker")
        event, wants = query.get("event", b"").decode(), query.get("left") != b"0"
        share.announces.append(event)
        if share.tracker_failure:
            return refuse(share.tracker_failure)
        if wants and event != "stopped":
            self._later(self.seeder.dial(LOOPBACK, int(query["port"]), share))
        return web.Response(body=encode({
            "interval": 60, "min interval": 5, "complete": 1, "incomplete": int(wants),
            "peers": bytes([127, 0, 0, 1]) + struct.pack(">H", self.peer_port),
        }))  # fmt: skip

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        share = self.shares.get(bytes.fromhex(request.match_info["info_hash"]))
        # Only Transmission needs it; the others would take from both, and some pieces twice.
        if share is None or "Transmission" not in request.headers.get("User-Agent", ""):
            raise web.HTTPNotFound
        return await send_range(request, share)


async def send_range(request: web.Request, share: Share) -> web.StreamResponse:
    """Answer a Range request at the share's speed."""
    size = len(share.torrent.data)
    start, stop, _ = request.http_range.indices(size)
    stop = min(stop, start + ANSWER)
    response = web.StreamResponse(status=206 if "Range" in request.headers else 200)
    response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    response.content_length = stop - start
    with suppress(ConnectionError):
        await response.prepare(request)
        for at in range(start, stop, CHUNK):
            await share.take(min(CHUNK, stop - at))
            await response.write(share.torrent.data[at : min(at + CHUNK, stop)])
    return response


def raw_query(request: web.Request) -> dict[str, bytes]:
    """The query with values as bytes: an info-hash is no text."""
    pairs = (pair.partition("=") for pair in request.rel_url.raw_query_string.split("&"))
    return {unquote(key): unquote_to_bytes(value.replace("+", " ")) for key, _, value in pairs}


def refuse(reason: str) -> web.Response:
    """What a tracker answers when it does not want."""
    return web.Response(body=encode({"failure reason": reason}))
