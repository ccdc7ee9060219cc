"""Runs the measurements, prints them, and writes them down: `python -m tests.bench [--quick] [--relay]`."""

import argparse
import asyncio
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.journey.lab.suites import Missing

from . import cycle, first_publish, machine, memory, rate, relay_bench, relay_report, report
from .child import ROOT
from .programs import PROGRAMS
from .relay_bench import RelayExtent
from .table import aims_table

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
    relay: RelayExtent = field(default_factory=RelayExtent)


QUICK = Extent(
    downloads=1_000,
    rounds=1,
    messages=200,
    broker_rounds=1,
    memory_rounds=1,
    polls=1,
    relay=relay_bench.QUICK,
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
        "cycles": {},
    }
    for kind in PROGRAMS:
        _say(f"poll and diff: {kind}")
        results["cycles"][kind] = await cycle.measure(kind, extent.downloads, extent.rounds)
    try:
        results["broker"] = await _measure_broker(extent)
    except Missing as missing:
        _say(f"not measured: {missing}")
    results["relay"] = await measure_relay(extent.relay)
    return report.with_verdicts(results)


async def measure_relay(extent: RelayExtent) -> dict[str, Any]:
    """The relay's part; without what needs a broker where there is no Mosquitto."""
    results: dict[str, Any] = {"fan_out": await relay_bench.measure_fan_out(extent, _say)}
    try:
        return results | await relay_bench.measure_with_broker(extent, _say)
    except Missing as missing:
        _say(f"not measured: {missing}")
        return results


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
    """Measure, print, and when it was everything, write."""
    parser = argparse.ArgumentParser(prog="script/bench", description="What bridge and relay cost.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and downloads; writes nothing")
    parser.add_argument("--relay", action="store_true", help="the relay's part alone; writes nothing")
    said = parser.parse_args()
    extent = QUICK if said.quick else Extent()
    if said.relay:
        measured_on = f"Measured on {machine.sentence(machine.describe())}."
        relay = asyncio.run(measure_relay(extent.relay))
        print("\n\n".join((measured_on, aims_table(relay_report.aims(relay)), *relay_report.text(relay))))
        return
    results = asyncio.run(measure(extent))
    section = report.text(results)
    print(section)
    if not said.quick:
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
        report.write_section(ROOT / "README.md", section)


if __name__ == "__main__":
    main()
