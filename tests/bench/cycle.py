"""Poll and diff: what one cycle of the bridge costs with a client of many downloads, per kind."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from downloads2mqtt.app import build_client
from downloads2mqtt.config import Configuration
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.ledger import Ledger
from downloads2mqtt.mqtt.publisher import Publisher, State
from downloads2mqtt.poller import Poller
from downloads2mqtt.secrets import Secrets

from .child import Synthetic, synthetic

CHANGED = 100


@dataclass(frozen=True, slots=True)
class Case:
    """What happens before a poll, and whether the poll asks for everything."""

    name: str
    changed: int
    finished: int
    complete: bool


CASES = (
    Case("unchanged", 0, 0, False),
    Case("changed", CHANGED, 0, False),
    Case("finished", CHANGED, 1, False),
    Case("complete", CHANGED, 1, True),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One cycle: milliseconds of our CPU and of the clock, bytes fetched, states to publish."""

    cpu_ms: float
    wall_ms: float
    fetched: int
    told: int
    published: int


class Counting(Publisher):
    """Counts what it is told to publish; nothing takes it from there."""

    told = 0

    def state(self, topic: str, payload: State, *, qos: int = 1) -> None:
        self.told += "/download/" in topic
        super().state(topic, payload, qos=qos)


class Cycle:
    """All that a bridge does with one client but the sending: client, debounce, diff, ledger, publisher."""

    def __init__(self, program: Synthetic, kind: str, folder: Path) -> None:
        self._program = program
        configuration = Configuration.model_validate({"clients": {kind: {"kind": kind, "url": program.url}}})
        self._ledger = Ledger(folder / f"{kind}.db")
        self._publisher = Counting(Topics(), "bench", self._ledger)
        self._client = build_client(kind, configuration.clients[kind])
        self._poller = Poller(self._client, "bench", self._publisher, Secrets(), None)

    async def run(self, *, complete: bool) -> Sample:
        """One cycle."""
        await self._program.sent()
        told = self._publisher.told
        cpu, wall = time.process_time(), time.perf_counter()
        listing = await self._client.poll(complete=complete)
        self._poller._take(listing, time.monotonic())
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        sent = await self._program.sent()
        self._ledger.acknowledge(list(self._ledger.outbox))
        return Sample(cpu * 1000, wall * 1000, sent["sent"], sent["told"], self._publisher.told - told)

    async def aclose(self) -> None:
        """Close connection and file."""
        await self._client.aclose()
        self._ledger.close()


async def measure(kind: str, downloads: int, rounds: int) -> dict[str, Any]:
    """Medians by case; the cases take turns, each round beginning with another one."""
    samples: dict[str, list[Sample]] = {case.name: [] for case in CASES}
    with tempfile.TemporaryDirectory() as folder:
        async with synthetic(kind, downloads) as program:
            cycle = Cycle(program, kind, Path(folder))
            first = await cycle.run(complete=True)
            for turn in range(rounds):
                for case in (*CASES[turn % len(CASES) :], *CASES[: turn % len(CASES)]):
                    await program.change(case.changed, finished=case.finished, whole=case.complete)
                    samples[case.name].append(await cycle.run(complete=case.complete))
            await cycle.aclose()
    return {"first": summary([first])} | {name: summary(some) for name, some in samples.items()}


def summary(samples: list[Sample]) -> dict[str, float]:
    """Medians, and the least CPU, which a busy machine disturbs less."""
    medians = {name: round(median(getattr(one, name) for one in samples), 3) for name in Sample.__slots__}
    return medians | {"least_cpu_ms": round(min(one.cpu_ms for one in samples), 3)}
