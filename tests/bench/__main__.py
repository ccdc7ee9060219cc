"""Runs the measurements, prints them, and writes them down: `python -m tests.bench [--quick]`."""

import argparse
import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journey.lab.suites import Missing

from . import cycle, fan_out, first_publish, machine, memory, rate, report
from .child import ROOT
from .programs import PROGRAMS

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured."""

    downloads: int = 10_000
    rounds: int = 20
    messages: int = 2_000
    broker_rounds: int = 5
    memory_rounds: int = 2
    polls: int = 8
    readers: int = 1_000
    frames: int = 50
    reader_rounds: int = 3


QUICK = Extent(
    downloads=1_000,
    rounds=1,
    messages=200,
    broker_rounds=1,
    memory_rounds=1,
    polls=1,
    readers=20,
    frames=5,
    reader_rounds=1,
)


async def measure(extent: Extent) -> dict[str, Any]:
    """Everything; without the broker's part where there is no Mosquitto."""
    results: dict[str, Any] = {
        "machine": machine.describe(),
        "downloads": extent.downloads,
        "changed": cycle.CHANGED,
        "rounds": extent.rounds,
        "broker_rounds": extent.broker_rounds,
        "memory_rounds": extent.memory_rounds,
        "reader_rounds": extent.reader_rounds,
        "readers": extent.readers,
        "cycles": {},
    }
    for kind in PROGRAMS:
        _say(f"poll and diff: {kind}")
        results["cycles"][kind] = await cycle.measure(kind, extent.downloads, extent.rounds)
    _say("fan-out")
    results["fan_out"] = await fan_out.measure(extent.readers, extent.frames, extent.reader_rounds)
    try:
        results["broker"] = await _measure_broker(extent)
    except Missing as missing:
        _say(f"not measured: {missing}")
    return report.with_verdicts(results)


async def _measure_broker(extent: Extent) -> dict[str, Any]:
    _say("messages per second")
    rates = await rate.measure(extent.messages, extent.broker_rounds)
    _say("first publish")
    first = await first_publish.measure(extent.downloads, extent.broker_rounds)
    _say("memory")
    held = await memory.measure(extent.downloads, extent.memory_rounds, extent.polls)
    return {"rate": rates, "first_publish": first, "memory": held}


def _say(text: str) -> None:
    print(f"{text} …", file=sys.stderr, flush=True)


def main() -> None:
    """Measure, print, and unless it was a quick run, write."""
    parser = argparse.ArgumentParser(prog="script/bench", description="What the bridge costs with 10,000 downloads.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and downloads; writes nothing")
    quick = parser.parse_args().quick
    results = asyncio.run(measure(QUICK if quick else Extent()))
    section = report.text(results)
    print(section)
    if not quick:
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
        report.write_section(ROOT / "README.md", section)


if __name__ == "__main__":
    main()
