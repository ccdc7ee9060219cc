"""Commands over MQTT, obeyed by every program, and seen by a plain subscriber."""

import asyncio
import base64
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from downloads2mqtt.clients import kinds

from .lab.aria2 import Aria2
from .lab.clients import DownloadClient
from .lab.deluge import Deluge
from .lab.laboratory import Laboratory
from .lab.mosquitto import Mosquitto
from .lab.nzbget import Nzbget
from .lab.qbittorrent import QBittorrent
from .lab.rtorrent import VERSIONS, Rtorrent
from .lab.sabnzbd import Sabnzbd
from .lab.suites import SUITES
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .lab.usenet import NewsServer
from .test_bus import DONE, progress, served, told, with_each

pytestmark = pytest.mark.timeout(180)

USENET = {"sabnzbd", "nzbget"}
SIZE = 12 << 20
LIMIT = 1_024_000  # a whole number of kB and of KiB


@pytest.fixture(params=list(SUITES))
async def clients(
    request: pytest.FixtureRequest, laboratory: Laboratory, news_server: NewsServer
) -> list[DownloadClient]:
    """Every program, as old or as new as the release has it."""
    suite = SUITES[request.param]
    newer = VERSIONS["bookworm" if request.param == "bookworm" else "forky"]
    folder = laboratory.folder
    programs: list[DownloadClient] = [
        QBittorrent(folder, suite),
        Transmission(folder, suite),
        Deluge(folder, suite),
        Aria2(folder, suite),
        Rtorrent(folder, newer),
        Sabnzbd(folder, suite, news=news_server),
        Nzbget(folder, suite, news=news_server),
    ]
    return list(await asyncio.gather(*(laboratory.start(program) for program in programs)))


async def test_added_paused_resumed_completed_removed(
    clients: list[DownloadClient], swarm: Swarm, news_server: NewsServer, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    async with served(clients, mosquitto, tmp_path) as (_, seen):

        async def ask(client: DownloadClient, verb: str, **fields: object) -> dict[str, str]:
            answer = await seen.request(f"client/{client.kind}:{verb}", fields, within=20)
            assert answer["status"] == "ok", answer
            data: dict[str, str] = answer["data"]
            return data

        async def story(client: DownloadClient) -> None:
            share = None
            if client.kind in USENET:
                content, filename = news_server.post(f"Told {client.kind}", 8 << 20), "told.nzb"
            else:
                share = swarm.share(f"Told {client.kind}", 12 << 20, rate=1 << 20)
                content, filename = share.torrent.content, "told.torrent"
            id = (await ask(client, "add", content=base64.b64encode(content).decode(), filename=filename))["id"]
            await seen.until(lambda: id in seen.downloads(client.kind), 5)
            await seen.until(lambda: progress(seen, client, id), 40)
            await ask(client, "pause", ids=[id])
            await seen.until(lambda: seen.downloads(client.kind)[id]["state"] == "paused", 10)
            await ask(client, "resume", ids=[id])
            if share is not None:
                share.rate = 8 << 20
            await seen.until(lambda: "completed" in told(seen, client, id), 60)
            await ask(client, "remove", ids=[id])
            await seen.until(lambda: id not in seen.downloads(client.kind), 20)
            await seen.until(lambda: told(seen, client, id)[-1] == "removed")
            events = told(seen, client, id)
            once = [events.count(event) for event in ("added", "paused", "resumed", "completed", "removed")]
            assert once == [1, 1, 1, 1, 1], events

        await with_each(clients, story)


async def test_every_verb_that_a_program_declares(
    clients: list[DownloadClient], swarm: Swarm, news_server: NewsServer, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    async with served(clients, mosquitto, tmp_path) as (_, seen):

        async def story(client: DownloadClient) -> None:
            name, usenet, settable = f"Obeyed {client.kind}", client.kind in USENET, set(kinds()[client.kind].settable)
            declared, obeyed = set(seen.json(f"client/{client.kind}/status")["abilities"]), set()
            content = news_server.post(name, SIZE) if usenet else swarm.share(name, SIZE, rate=0).torrent.content

            async def obeys(verb: str, fields: dict[str, Any], shown: Callable[[], object] = lambda: True) -> Any:
                answer = await seen.request(f"client/{client.kind}:{verb}", fields, within=20)
                assert answer["status"] == "ok", (verb, answer)
                await seen.until(shown, 20)
                obeyed.add(verb)
                return answer["data"]

            def stats(field: str) -> Any:
                return seen.json(f"client/{client.kind}/stats")[field]

            def is_limited(way: str) -> bool:
                return bool(stats(way) == LIMIT)

            for limit in kinds()[client.kind].limitable - {"alternative_limits"}:
                await obeys("limits", {limit: LIMIT}, partial(is_limited, limit))
            filename = f"{name}.{'nzb' if usenet else 'torrent'}"
            id = (await obeys("add", {"content": base64.b64encode(content).decode(), "filename": filename}))["id"]

            def now(field: str) -> Any:
                return seen.downloads(client.kind)[id][field]

            await seen.until(lambda: progress(seen, client, id), 60)
            await obeys("pause", {"ids": [id]}, lambda: now("state") == "paused")
            if "category" in settable:
                await obeys("set", {"ids": [id], "category": "tv"}, lambda: now("category") == "tv")
            if "tags" in settable:
                await obeys("set", {"ids": [id], "tags": ["a"]}, lambda: now("tags") == ["a"])
            if client.kind == "qbittorrent":
                settable.remove("priority")  # it has none without a queue
            for field in settable & {"priority", "download_limit", "upload_limit"}:
                await obeys("set", {"ids": [id], field: 1 if field == "priority" else SIZE})
            await obeys("resume", {"ids": [id]}, lambda: now("state") != "paused")
            if "reannounce" in declared:
                await obeys("reannounce", {"ids": [id]})
            await obeys("limits", {"download_limit": 0}, lambda: not stats("download_limit"))
            await seen.until(lambda: told(seen, client, id)[-1:] == ["completed"], 60)
            found = await obeys("find", {"title": name})
            assert [one["id"] for one in found["downloads"]] == [id]
            if "recheck" in declared:
                await obeys("recheck", {"ids": [id]})
            await obeys("poll", {})
            await seen.until(lambda: now("state") in DONE, 60)
            await obeys("remove", {"ids": [id]}, lambda: id not in seen.downloads(client.kind))
            assert declared <= obeyed
            assert told(seen, client, id).count("completed") == 1

        await with_each(clients, story)
