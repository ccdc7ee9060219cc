"""A real Mosquitto to publish to, and somebody who listens to it."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.journey.lab.laboratory import Laboratory
from tests.journey.lab.mosquitto import CONFIGURATION, Mosquitto
from tests.journey.lab.programs import free_port

from .child import ROOT, Child, child

SHIPPED = ROOT / "mosquitto" / "mosquitto.conf"
TUNING = ("max_", "set_")
# Else a subscriber that is slower than the bridge would miss some, and be waited for in vain.
LOSSLESS = "max_queued_messages 0\n"


@asynccontextmanager
async def mosquitto(*, shipped: bool = True) -> AsyncIterator[Mosquitto]:
    """A broker with nothing retained, tuned as the shipped configuration has it, or as Mosquitto comes.

    Raises `Missing` when it is not installed.
    """
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        configuration = folder / "bench.conf"
        configuration.write_text(CONFIGURATION.format(port=port) + (_tuning() if shipped else LOSSLESS))
        async with Laboratory(folder) as laboratory:
            yield await laboratory.start(Mosquitto(folder, configuration=configuration, port=port))


class Ear:
    """A subscriber in a process of its own that waits for so many topics."""

    def __init__(self, process: Child) -> None:
        self._process = process

    async def heard(self) -> tuple[float, float]:
        """When the first and the last topic came: seconds, monotonic."""
        first, last = (await self._process.line()).split()
        return float(first), float(last)


@asynccontextmanager
async def ear(port: int, filter: str, topics: int) -> AsyncIterator[Ear]:
    """A subscriber that is subscribed."""
    async with child("-m", "tests.bench.subscriber", str(port), filter, str(topics)) as process:
        await process.line()
        yield Ear(process)


def _tuning() -> str:
    return "".join(line for line in SHIPPED.read_text().splitlines(keepends=True) if line.startswith(TUNING))
