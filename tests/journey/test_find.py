"""Downloads of a real client, found by release title and by id: by the command line, and over MQTT."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from .lab.mosquitto import Mosquitto
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .service import Service
from .test_bus import served

pytestmark = pytest.mark.timeout(120)

NAMES = ("Sintel.2010.1080p.BluRay.x264-GRP", "Sintel.2010.2160p.WEB-DL.H.265-GRP", "Pioneer.One.S01E01.720p.WEB")


async def found(service: Service, *arguments: str) -> tuple[int, Any]:
    """What `downloads2mqtt find` ends with, and what it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "downloads2mqtt", "find", "--config", str(service.path), *arguments,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "bridge")},
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode is not None
    return process.returncode, msgspec.json.decode(out) if out else err.decode()


@pytest.mark.parametrize("suite", ["trixie"], indirect=True)
async def test_found_by_title_and_by_id(
    transmission: Transmission, swarm: Swarm, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    torrents = [swarm.share(name, 1 << 20).torrent for name in NAMES]
    for torrent in torrents:
        await transmission.add(torrent.content)
    by_name = dict(zip(NAMES, (torrent.info_hash for torrent in torrents), strict=True))
    sintel, sintel_4k, pioneer = by_name.values()
    async with served([transmission], mosquitto, tmp_path) as (service, seen):
        await seen.until(lambda: set(seen.downloads("transmission")) == set(by_name.values()), 20)

        async def asked(topic: str, **fields: str) -> list[str]:
            data = (await seen.request(f"{topic}:find", fields))["data"]
            assert len(data["scores"]) == len(data["downloads"])
            return [one["id"] for one in data["downloads"]]

        for topic in ("bridge/main", "client/transmission"):
            assert await asked(topic, title="sintel (2010) 1080p") == [sintel]
            assert set(await asked(topic, title="Sintel 2010")) == {sintel, sintel_4k}
            assert await asked(topic, title="Pioneer One 1x01") == [pioneer]
            assert await asked(topic, title="Pioneer One S01E10") == []
            assert await asked(topic, id=pioneer.upper()) == [pioneer]

        status, data = await found(service, "Sintel 2010 4K")
        assert (status, [one["id"] for one in data["downloads"]]) == (0, [sintel_4k])
        assert 0.5 < data["scores"][0] < 1
        assert await found(service, "Sintel 2011") == (0, {"downloads": [], "scores": []})
        status, data = await found(service, "--id", pioneer, "--client", "transmission")
        assert (status, data["scores"]) == (0, [1.0])
