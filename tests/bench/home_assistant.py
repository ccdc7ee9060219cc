"""How long the component holds Home Assistant's event loop: real programs, and so many downloads on a real broker.

`python -m tests.bench.home_assistant [downloads] [release …]` prints the figures; `script/home-assistant` installs what
it needs. CPU is told because other programs on the machine do not lengthen it.
"""

import argparse
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

PHASES: Final = {
    "set_up": "set up while they are there",
    "changes": f"{CHANGED} change each second",
    "card": "the same, and a card is open",
    "restart": "Home Assistant starts",
    "broker": "the broker was restarted",
    "bridge": "the bridge was restarted",
}
COLLECTIONS: Final = ("collection", "collection_without")
HEADS: Final = ("longest turn, ms of CPU (elapsed)", "component", "garbage collector", "component's longest")

Figures = dict[str, float]


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

    async def collection(self) -> dict[str, float]:
        """How long a full garbage collection takes, in seconds of CPU, and of how many objects."""
        answer = await self.call_service("loop_watch", "collect?return_response")
        told: dict[str, float] = answer["service_response"]
        return told

    async def total(self) -> int:
        """How many downloads the component knows; -1 while it is not there."""
        try:
            answer = await self.call_service("downloads2mqtt", "get_downloads?return_response", limit=1)
        except Refused:
            return -1
        return int(answer["service_response"]["total"])


async def measure(release: str, downloads: int) -> dict[str, Figures]:
    """The longest turns by what went on, in ms; raises `Missing` when Home Assistant or Mosquitto is not installed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Laboratory(folder) as laboratory, synthetic("qbittorrent", downloads) as program:
            broker = await laboratory.start(Mosquitto(folder))
            home = await laboratory.start(_home(folder, RELEASES[release], broker))
            told = await _story(home, broker, program, downloads, folder)
    return {phase: _figures(told[phase]) for phase in PHASES} | {
        phase: {"cpu": told[phase]["seconds"] * 1000, "objects": told[phase]["objects"]} for phase in COLLECTIONS
    }


def text(title: str, measured: dict[str, Figures]) -> str:
    """The figures as markdown."""
    rows = [(title, *HEADS), ("---", *("---:" for _ in HEADS))]
    for phase in PHASES:
        told = measured[phase]
        longest = f"{told['cpu']:.0f} ({told['wall']:.0f})"
        rows.append((PHASES[phase], longest, *(f"{told[key]:.0f}" for key in ("ours", "collector", "our_longest"))))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    with_us, alone = (measured[phase] for phase in COLLECTIONS)
    more = with_us["objects"] - alone["objects"]
    return (
        f"{table}\n\nA full garbage collection takes Python {alone['cpu']:.0f} ms for the {alone['objects']:,} objects "
        f"of Home Assistant alone, and {with_us['cpu']:.0f} ms with the {more:,} more that the component holds."
    )


def _figures(told: dict[str, Any]) -> Figures:
    none = {"wall": 0.0, "cpu": 0.0, "ours": 0.0, "collector": 0.0}
    longest = next(iter(told["longest"]), none)
    ours = max((one["ours"] for one in told["ours"]), default=0.0)
    return {**{key: longest[key] * 1000 for key in none}, "our_longest": ours * 1000}


def _home(folder: Path, release: Release, broker: Mosquitto) -> Watched:
    return Watched(folder, release, broker=broker, components=[COMPONENT, WATCH])


async def _story(
    home: Watched, broker: Mosquitto, program: Synthetic, downloads: int, folder: Path
) -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    entry: dict[str, Any] = {}

    async def during(what: str, act: Callable[[], Awaitable[Any]]) -> None:
        await home.turns()
        await act()
        await until(lambda: _has(home, downloads), PATIENCE, f"{downloads} downloads in Home Assistant", every=0.5)
        await asyncio.sleep(SETTLE)
        told[what] = await home.turns()

    async def set_up() -> None:
        entry.update(await home.confirm("downloads2mqtt"))

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
        await during("set_up", set_up)
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
    told["collection"] = await home.collection()
    await home.remove_entry(entry["entry_id"])
    told["collection_without"] = await home.collection()
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.home_assistant")
    parser.add_argument("downloads", type=int, nargs="?", default=10_000)
    parser.add_argument("releases", nargs="*", default=list(RELEASES))
    asked = parser.parse_args()
    for release in asked.releases:
        title = f"Home Assistant {RELEASES[release]}, {asked.downloads:,} downloads"
        print(text(title, asyncio.run(measure(release, asked.downloads))), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
