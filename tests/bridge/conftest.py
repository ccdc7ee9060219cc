"""A real broker for what speaks MQTT."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journey.lab.laboratory import Laboratory
from tests.journey.lab.mosquitto import Mosquitto


@pytest.fixture
async def mosquitto(tmp_path: Path) -> AsyncIterator[Mosquitto]:
    """A Mosquitto of its own, with nothing retained yet."""
    async with Laboratory(tmp_path) as laboratory:
        yield await laboratory.start(Mosquitto(tmp_path))
