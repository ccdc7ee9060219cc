"""From MQTT publish to the reader's frame: a download enters another state, through a real Mosquitto and real servers.

The peers are naive: a subscriber that passes each message on to all readers. First nothing else happens, then other
downloads make progress meanwhile, as a bridge publishes it that polls every second.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from statistics import median

import aiomqtt
import msgspec

from downloads2mqtt.contract.download import Download, State
from downloads2mqtt.contract.topics import ANY, Topics
from tests.journey.lab.mosquitto import Mosquitto

from .audience import Audience, audience
from .broker import mosquitto
from .child import child
from .programs.readers import SAMPLED
from .relay_process import BASE, Running, relay

DOWNLOADS = 50
ACTIVE = 8
WARM_UP = 3
SPACE = 0.23
"""Seconds between two transitions: no part of a second, so that they meet what is told each half second anywhere."""

VARIANTS = {"deflated": "deflate", "websockets": "plain", "aiohttp": "plain"}
STATES: tuple[State, State] = ("completed", "paused")
TOPICS = Topics(BASE)

Figures = dict[str, float]


async def measure(readers: int, transitions: int, rounds: int) -> dict[str, dict[str, Figures]]:
    """Medians by variant, which take turns, `alone` and `beside` progress: ms of age, µs of the server's CPU for each
    reader and second, bytes for each reader and second, and the share of transitions that came."""
    samples: dict[str, list[dict[str, Figures]]] = {name: [] for name in VARIANTS}
    for _ in range(rounds):
        for name in VARIANTS:
            samples[name].append(await _once(name, readers, transitions))
    return {
        name: {
            case: {key: round(median(one[case][key] for one in some), 2) for key in some[0][case]} for case in some[0]
        }
        for name, some in samples.items()
    }


async def _once(name: str, readers: int, transitions: int) -> dict[str, Figures]:
    async with (
        mosquitto() as broker,
        aiomqtt.Client("127.0.0.1", broker.port, protocol=aiomqtt.ProtocolVersion.V5) as client,
    ):
        publisher = Publisher(client)
        await publisher.begin()
        async with _server(name, broker) as server, audience(server.port, readers, VARIANTS[name]) as load:
            await load.count("frames", readers * (1 if name in ("websockets", "aiohttp") else 2))
            run = Run(publisher, server, load, readers)
            await run.measure(WARM_UP)
            return {"alone": await run.measure(transitions), "beside": await run.measure(transitions, progress=True)}


@asynccontextmanager
async def _server(name: str, broker: Mosquitto) -> AsyncIterator[Running]:
    if name in ("websockets", "aiohttp"):
        arguments = (name, "plain", str(broker.port), TOPICS.download(ANY, ANY))
        async with child("-m", "tests.bench.programs.naive", *arguments) as process:
            yield Running(int(await process.line()), process.pid)
    else:
        with tempfile.TemporaryDirectory() as folder:
            async with relay(Path(folder), broker.url, DOWNLOADS) as running:
                yield running


class Publisher:
    """Says what a bridge would."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self._client = client
        self._turn = count()

    async def begin(self) -> None:
        """All downloads, retained."""
        for number in range(DOWNLOADS):
            await self._publish(number, "paused" if number >= ACTIVE else "downloading", "", 0)

    async def transition(self) -> None:
        """One of those that make no progress enters another state; it carries when that was published."""
        turn = next(self._turn)
        place, state = turn % (DOWNLOADS - ACTIVE), STATES[turn // (DOWNLOADS - ACTIVE) % 2]
        await self._publish(ACTIVE + place, state, f"{time.monotonic():.6f}", 0)

    async def progress(self) -> None:
        """Every second, until cancelled."""
        for turn in count(1):
            for number in range(ACTIVE):
                await self._publish(number, "downloading", "downloading", turn)
            await asyncio.sleep(1)

    async def _publish(self, number: int, state: State, native_state: str, turn: int) -> None:
        id = f"{number:040x}"
        download = Download(
            id=id, native_id=id, client="box", kind="qbittorrent", protocol="torrent", name=f"A release, part {number}",
            state=state, native_state=native_state, progress=turn % 1000 / 10, size=1 << 30, downloaded=turn << 20,
            download_rate=(4 << 20) + turn * 7919 * (number + 1) % 99_991, updated_at="2026-11-21T10:00:00Z",
        )  # fmt: skip
        await self._client.publish(TOPICS.download("box", id), msgspec.json.encode(download), qos=1, retain=True)


class Run:
    """Transitions, one after another, before connected readers."""

    def __init__(self, publisher: Publisher, server: Running, load: Audience, readers: int) -> None:
        self._publisher, self._server, self._load, self._readers = publisher, server, load, readers

    async def measure(self, transitions: int, *, progress: bool = False) -> Figures:
        """What came of so many."""
        beside = asyncio.create_task(self._publisher.progress()) if progress else None
        begun, cpu = time.monotonic(), _cpu_seconds(self._server.pid)
        for _ in range(transitions):
            await self._publisher.transition()
            await asyncio.sleep(SPACE)
        wanted = transitions * -(-self._readers // SAMPLED)
        told = await self._load.count("ages", wanted)
        shares = self._readers * (time.monotonic() - begun)
        if beside is not None:
            beside.cancel()
            await asyncio.gather(beside, return_exceptions=True)
        return {
            "p50_ms": told["p50_ms"],
            "p99_ms": told["p99_ms"],
            "cpu_us": (_cpu_seconds(self._server.pid) - cpu) * 1e6 / shares,
            "bytes": told["bytes"] / shares,
            "came": told["ages"] / wanted,
        }


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
