"""Commands over MQTT, obeyed by every torrent program, and seen by a plain subscriber."""

import asyncio
import base64
from pathlib import Path

import pytest

from .lab.aria2 import Aria2
from .lab.clients import DownloadClient
from .lab.deluge import Deluge
from .lab.laboratory import Laboratory
from .lab.mosquitto import Mosquitto
from .lab.qbittorrent import QBittorrent
from .lab.rtorrent import VERSIONS, Rtorrent
from .lab.suites import SUITES
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .test_bus import progress, served, told, with_each

pytestmark = pytest.mark.timeout(180)


async def start(laboratory: Laboratory, release: str) -> list[DownloadClient]:
    """Every torrent program, as old or as new as the release has it."""
    suite = SUITES[release]
    newer = VERSIONS["bookworm" if release == "bookworm" else "forky"]
    folder = laboratory.folder
    programs: list[DownloadClient] = [
        QBittorrent(folder, suite),
        Transmission(folder, suite),
        Deluge(folder, suite),
        Aria2(folder, suite),
        Rtorrent(folder, newer),
    ]
    return list(await asyncio.gather(*(laboratory.start(program) for program in programs)))


@pytest.mark.parametrize("release", list(SUITES))
async def test_added_paused_resumed_completed_removed(
    laboratory: Laboratory, release: str, swarm: Swarm, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    clients = await start(laboratory, release)
    async with served(clients, mosquitto, tmp_path) as (_, seen):

        async def ask(client: DownloadClient, verb: str, **fields: object) -> dict[str, str]:
            answer = await seen.request(f"client/{client.kind}:{verb}", fields, within=20)
            assert answer["status"] == "ok", answer
            data: dict[str, str] = answer["data"]
            return data

        async def story(client: DownloadClient) -> None:
            share = swarm.share(f"Told {client.kind}", 12 << 20, rate=1 << 20)
            content = base64.b64encode(share.torrent.content).decode()
            id = (await ask(client, "add", content=content, filename="told.torrent"))["id"]
            await seen.until(lambda: id in seen.downloads(client.kind), 5)
            await seen.until(lambda: progress(seen, client, id), 40)
            await ask(client, "pause", ids=[id])
            await seen.until(lambda: seen.downloads(client.kind)[id]["state"] == "paused", 10)
            await ask(client, "resume", ids=[id])
            share.rate = 8 << 20
            await seen.until(lambda: "completed" in told(seen, client, id), 60)
            await ask(client, "remove", ids=[id])
            await seen.until(lambda: id not in seen.downloads(client.kind), 20)
            await seen.until(lambda: told(seen, client, id)[-1] == "removed")
            events = told(seen, client, id)
            once = [events.count(event) for event in ("added", "paused", "resumed", "completed", "removed")]
            assert once == [1, 1, 1, 1, 1], events

        await with_each(clients, story)
