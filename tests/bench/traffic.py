"""Bytes to one page, of the same downloads at the same time for all: polling, a naive push, and the relay.

A real bridge polls a synthetic qBittorrent with 50 torrents as often as it does unasked; 8 of them download and change
enough to be told after every poll, one after another is finished, and then none does any more.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from downloads2mqtt.contract.topics import ANY, Topics
from tests.journey.lab.mosquitto import Mosquitto

from .broker import mosquitto
from .child import Synthetic, child, synthetic
from .poller import Poller, polling
from .programs.readers import Count, Reader, connect, wait
from .relay_process import BASE, command, relay

DOWNLOADS = 50
ACTIVE = 8
SECONDS = 2.0
"""Between two polls of a page, and two changes of a download."""

FINISHES_EVERY = 5
SETTLED = 4.0
ACTIVE_HOURS = 3
DAY = 86_400

STATE = "/api/v1/state"
LIST = "/api/v2/torrents/info"
POLLED = {
    "list": (LIST, False, False),
    "list_gzip": (LIST, True, False),
    "state": (STATE, False, False),
    "state_gzip": (STATE, True, False),
    "state_etag": (STATE, True, True),
}
"""Path, whether it is asked for compressed, and with the ETag of the last answer."""

PUSHED = {"naive": "plain", "naive_deflated": "deflate", "plain": "plain", "deflated": "deflate"}

Figures = dict[str, float]
Ways = dict[str, Count | Poller]


async def measure(active: float, idle: float) -> dict[str, Figures]:
    """By way: bytes of the `first` picture, bytes a second while 8 download (`active`) and while none does (`idle`) so
    many seconds long, and the bytes of a `day` with three hours of the former."""
    async with synthetic("qbittorrent", DOWNLOADS) as program, mosquitto() as broker, _ways(program, broker) as ways:
        first = {name: way.bytes for name, way in ways.items()}
        await _download(program, SECONDS)
        busy = await _between(ways, _download(program, active))
        await program.change(ACTIVE, finished=ACTIVE)
        await asyncio.sleep(SETTLED)
        quiet = await _between(ways, asyncio.sleep(idle))
    return {name: _summary(0 if name in POLLED else first[name], busy[name], quiet[name]) for name in ways}


def _summary(first: int, active: float, idle: float) -> Figures:
    day = first + active * ACTIVE_HOURS * 3600 + idle * (DAY - ACTIVE_HOURS * 3600)
    return {"first": first, "active": round(active, 2), "idle": round(idle, 2), "day": round(day)}


async def _download(program: Synthetic, seconds: float) -> None:
    """Let 8 make progress; now and then one of them is finished, and another begins."""
    for turn in range(max(1, round(seconds / SECONDS))):
        await program.change(ACTIVE, finished=int(turn % FINISHES_EVERY == FINISHES_EVERY - 1))
        await asyncio.sleep(SECONDS)


async def _between(ways: Ways, happening: Coroutine[Any, Any, None]) -> dict[str, float]:
    """Bytes a second of each way meanwhile; of a poll, those of one answer."""
    before, begun = {name: _count(way) for name, way in ways.items()}, time.monotonic()
    await happening
    seconds = time.monotonic() - begun
    rates = {}
    for name, way in ways.items():
        size, asked = (after - once for after, once in zip(_count(way), before[name], strict=True))
        rates[name] = size / (max(asked, 1) * SECONDS if name in POLLED else seconds)
    return rates


def _count(way: Count | Poller) -> tuple[int, int]:
    return way.bytes, way.asked if isinstance(way, Poller) else 0


@asynccontextmanager
async def _ways(program: Synthetic, broker: Mosquitto) -> AsyncIterator[Ways]:
    """All of them, with the first picture there."""
    await program.change(DOWNLOADS, finished=DOWNLOADS)
    await program.change(ACTIVE)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        clients = {"box": {"kind": "qbittorrent", "url": program.url}}
        await stack.enter_async_context(command("bridge", folder, {"mqtt": {"url": broker.url}, "clients": clients}))
        server = await stack.enter_async_context(relay(folder, broker.url, DOWNLOADS))
        ways: Ways = {}
        for name, (path, gzip, etag) in POLLED.items():
            port = server.port if path == STATE else urlsplit(program.url).port
            assert port is not None
            ways[name] = poller = Poller(port, path, gzip=gzip, etag=etag)
            await stack.enter_async_context(polling(poller, SECONDS))
        for name, compression in PUSHED.items():
            port = server.port
            if name.startswith("naive"):
                arguments = ("websockets", compression, str(broker.port), Topics(BASE).download(ANY, ANY))
                naive = await stack.enter_async_context(child("-m", "tests.bench.programs.naive", *arguments))
                port = int(await naive.line())
            ways[name] = count = Count()
            await connect(port, [Reader(count, False, compression == "deflate")])
            await wait(count, "frames", 1 if name.startswith("naive") else 2)
        yield ways
