"""How long the component holds Home Assistant's event loop: real programs, and so many downloads on a real broker."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from tests.journey.lab.home_assistant import COMPONENT, RELEASES, HomeAssistant, Refused, Release
from tests.journey.lab.laboratory import Laboratory
from tests.journey.lab.mosquitto import Mosquitto
from tests.journey.lab.waiting import until

from .child import PATIENCE, ROOT, Synthetic, child, synthetic

WATCH: Final = ROOT / "tests" / "home_assistant" / "loop_watch"
CHANGED: Final = 100
SETTLE: Final = 4.0
"""Seconds after all is in: what comes of it late is part of it."""

Turn = dict[str, Any]


class Watched(HomeAssistant):
    """Home Assistant with a component that watches its event loop."""

    def configure(self) -> None:
        super().configure()
        with (self.home / "configuration.yaml").open("a", encoding="utf-8") as yaml:
            yaml.write("loop_watch:\n")

    async def turns(self) -> dict[str, Any]:
        """The longest turns since last asked."""
        answer = await self.call_service("loop_watch", "report?return_response")
        told: dict[str, Any] = answer["service_response"]
        return told

    async def total(self) -> int:
        """How many downloads the component knows; -1 while it is not there."""
        try:
            answer = await self.call_service("downloads2mqtt", "get_downloads?return_response", limit=1)
        except Refused:
            return -1
        return int(answer["service_response"]["total"])


async def measure(release: str, downloads: int) -> dict[str, dict[str, Any]]:
    """The turns by what went on; raises `Missing` when Home Assistant or Mosquitto is not installed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Laboratory(folder) as laboratory, synthetic("qbittorrent", downloads) as program:
            broker = await laboratory.start(Mosquitto(folder))
            home = await laboratory.start(_home(folder, RELEASES[release], broker))
            return await _story(home, broker, program, downloads, folder)


def _home(folder: Path, release: Release, broker: Mosquitto) -> Watched:
    return Watched(folder, release, broker=broker, components=[COMPONENT, WATCH])


async def _story(
    home: Watched, broker: Mosquitto, program: Synthetic, downloads: int, folder: Path
) -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}

    async def during(what: str, act: Callable[[], Awaitable[Any]]) -> None:
        await home.turns()
        await act()
        await until(lambda: _has(home, downloads), PATIENCE, f"{downloads} downloads in Home Assistant", every=0.5)
        await asyncio.sleep(SETTLE)
        told[what] = await home.turns()

    async def changes() -> None:
        for _ in range(8):
            await program.change(CHANGED)
            await asyncio.sleep(1)

    async def card() -> None:
        async with home.websocket() as socket:
            await socket.subscribe("downloads2mqtt/subscribe")
            await changes()

    async with _bridge(folder, broker, program):
        await asyncio.sleep(SETTLE)
        told["alone"] = await home.turns()
        await during("set_up", lambda: home.confirm("downloads2mqtt"))
        await during("changes", changes)
        await during("card", card)
        await home.stop()
        await home.start()
        await until(lambda: _has(home, downloads), PATIENCE, "all of them after a restart", every=0.5)
        await asyncio.sleep(SETTLE)
        told["restart"] = await home.turns()
        await during("broker", broker.restart)
    async with _bridge(folder, broker, program):
        await during("bridge", lambda: asyncio.sleep(SETTLE))
    return told


async def _has(home: Watched, downloads: int) -> bool:
    return await home.total() == downloads


@asynccontextmanager
async def _bridge(folder: Path, broker: Mosquitto, program: Synthetic) -> AsyncIterator[None]:
    path = folder / "configuration.yaml"
    path.write_text(
        json.dumps(
            {
                "data": str(folder / "data"),
                "mqtt": {"url": broker.url},
                "clients": {"box": {"kind": "qbittorrent", "url": program.url, "poll": {"active": 1, "idle": 1}}},
            }
        )
    )
    async with child("-m", "downloads2mqtt", "bridge", "--config", str(path)):
        yield
