"""Fan-out: what it costs to tell many readers the same twice a second, and how old that is when they have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from .audience import audience
from .child import child
from .memory import resident

ROWS = 8
PAUSE = 0.5
VARIANTS = {
    "plain": ("ours", "plain"),
    "deflated": ("ours", "deflate"),
    "websockets": ("websockets", "plain"),
    "websockets_deflated": ("websockets", "deflate"),
    "aiohttp": ("aiohttp", "plain"),
    "aiohttp_deflated": ("aiohttp", "deflate"),
    "bare_deflated": ("bare", "deflate"),
}
SHARED = ("deflated", "websockets", "aiohttp", "bare_deflated")
"""Those without a window for each reader: with very many, these would take gigabytes, and come late."""

GREETING = {"ours": 2, "websockets": 1, "aiohttp": 1, "bare": 1}
"""Frames that a reader gets before anything is told."""

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many readers are told so many deltas, in so many rounds by each variant."""

    readers: int
    deltas: int
    rounds: int
    variants: Sequence[str] = tuple(VARIANTS)


async def measure(crowd: Crowd) -> dict[str, Figures]:
    """Medians by variant, which take turns: µs of CPU a frame delivered, bytes a frame, KB a reader, ms of age.

    `delivered` is below 1 where the relay told two rounds in one frame, because a round took longer than its share.
    """
    samples: dict[str, list[Figures]] = {name: [] for name in crowd.variants}
    for _ in range(crowd.rounds):
        for name in crowd.variants:
            samples[name].append(await _once(*VARIANTS[name], crowd))
    return {
        name: {key: round(median(one[key] for one in some), 2) for key in some[0]} for name, some in samples.items()
    }


async def _once(kind: str, compression: str, crowd: Crowd) -> Figures:
    readers, wanted = crowd.readers, crowd.readers * crowd.deltas
    async with child("-m", "tests.bench.programs.fan_out", kind, compression, str(ROWS), str(PAUSE)) as server:
        port = int(await server.line())
        before = resident(server.pid)["mb"]
        async with audience(port, readers, compression) as load:
            await load.count("frames", readers * GREETING[kind])
            # The first round is new to all readers, and sent whole.
            await server.say("1")
            await load.count("frames", readers)
            await server.line()
            await server.say(str(crowd.deltas))
            told = await load.count("frames", wanted)
            cpu = float(await server.line())
            held = resident(server.pid)["mb"] - before
    delivered = told["frames"]
    return {
        "cpu_us": cpu * 1e6 / delivered,
        "frame_bytes": told["frame_bytes"] / delivered,
        "reader_kb": held * 1024 / readers,
        "p50_ms": told["p50_ms"],
        "p99_ms": told["p99_ms"],
        "delivered": delivered / wanted,
    }
