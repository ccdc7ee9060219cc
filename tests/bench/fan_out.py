"""Fan-out: what it costs to tell 1,000 readers the same ten times a second, and how old that is when they have it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median
from typing import Any

from .child import Child, child
from .memory import resident

ROWS = 8
VARIANTS = {
    "plain": ("ours", "plain"),
    "deflated": ("ours", "deflate"),
    "aiohttp": ("aiohttp", "plain"),
    "aiohttp_deflated": ("aiohttp", "deflate"),
}
GREETING = {"ours": 2, "aiohttp": 1}
"""Frames that a reader gets before anything is told."""

Figures = dict[str, float]


async def measure(readers: int, frames: int, rounds: int) -> dict[str, Figures]:
    """Medians by variant, which take turns: µs of CPU a frame delivered, bytes a frame, KB a reader, ms of age.

    `delivered` is below 1 where the relay told two rounds in one frame, because a round took longer than its share.
    """
    samples: dict[str, list[Figures]] = {name: [] for name in VARIANTS}
    for _ in range(rounds):
        for name, (server, compression) in VARIANTS.items():
            samples[name].append(await _once(server, compression, readers, frames))
    return {
        name: {key: round(median(one[key] for one in some), 2) for key in some[0]} for name, some in samples.items()
    }


async def _once(kind: str, compression: str, readers: int, frames: int) -> Figures:
    async with child("-m", "tests.bench.programs.fan_out", kind, str(ROWS)) as server:
        port = await server.line()
        before = resident(server.pid)["mb"]
        async with _connected(port, readers, compression) as load:
            await _count(load, readers * GREETING[kind])
            # The first round is new to all readers, and sent whole.
            await _tell(server, load, readers, 1)
            told, cpu = await _tell(server, load, readers, frames)
            held = resident(server.pid)["mb"] - before
    delivered = told["frames"]
    return {
        "cpu_us": cpu * 1e6 / delivered,
        "frame_bytes": told["bytes"] / delivered,
        "reader_kb": held * 1024 / readers,
        "p50_ms": told["p50_ms"],
        "p99_ms": told["p99_ms"],
        "delivered": delivered / (readers * frames),
    }


@asynccontextmanager
async def _connected(port: str, readers: int, compression: str) -> AsyncIterator[Child]:
    async with child("-m", "tests.bench.programs.readers", port, str(readers), compression) as load:
        await load.line()
        yield load


async def _tell(server: Child, load: Child, readers: int, frames: int) -> tuple[dict[str, Any], float]:
    await server.say(str(frames))
    counted = await _count(load, readers * frames)
    return counted, float(await server.line())


async def _count(load: Child, frames: int) -> dict[str, Any]:
    await load.say(str(frames))
    counted: dict[str, Any] = json.loads(await load.line())
    return counted
