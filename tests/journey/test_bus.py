"""Four real download clients, a real broker and the bridge as its own process, seen by a plain subscriber."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.bridge.listener import Listener

from .conftest import SIZE, Offer
from .lab.clients import DownloadClient
from .lab.mosquitto import Mosquitto
from .lab.nzbget import Nzbget
from .lab.sabnzbd import Sabnzbd
from .lab.usenet import NewsServer, broken
from .service import Service

pytestmark = pytest.mark.timeout(180)

DONE = {"seeding", "completed"}

Story = Callable[[DownloadClient], Awaitable[None]]


@asynccontextmanager
async def served(
    clients: list[DownloadClient], mosquitto: Mosquitto, folder: Path, **more: Any
) -> AsyncIterator[tuple[Service, Listener]]:
    """A bridge that serves `clients`, and a subscriber."""
    by_kind = {client.kind: {**client.settings(), "poll": {"active": 0.5, "idle": 0.5}} for client in clients}
    service = Service(folder / "bridge", "bridge", {"mqtt": {"url": mosquitto.url}, "clients": by_kind, **more})
    async with Listener(mosquitto.port) as seen:
        await service.start()
        try:
            await seen.until(lambda: all(online(seen, client) for client in clients), 30)
            yield service, seen
        except BaseException as error:
            error.add_note(f"the bridge said:\n{service.log.read_text()[-4000:]}")
            raise
        finally:
            await service.kill()


def status(seen: Listener, client: DownloadClient) -> str | None:
    told = seen.json(f"client/{client.kind}/status")
    return told and str(told["state"])


def online(seen: Listener, client: DownloadClient) -> bool:
    return status(seen, client) == "online"


def told(seen: Listener, client: DownloadClient, id: str) -> list[str]:
    """The events of one download, in order. An event that was out when the bridge was killed comes again as it was."""
    once = {event["seq"]: event for event in reversed(seen.events)}
    mine = [once[seq] for seq in sorted(once) if (once[seq]["client"], once[seq]["id"]) == (client.kind, id)]
    return [event["event"] for event in mine]


def progress(seen: Listener, client: DownloadClient, id: str) -> list[float]:
    """Every progress that was published while it downloaded."""
    topic = f"{seen.base}/client/{client.kind}/download/{id}"
    states = [msgspec.json.decode(payload) for name, payload in seen.log if name == topic and payload]
    return [one["progress"] for one in states if one["state"] == "downloading" and one["progress"] is not None]


async def with_each(clients: list[DownloadClient], story: Story) -> None:
    """Play it with all of them at the same time; name those that failed."""
    results = await asyncio.gather(*(story(client) for client in clients), return_exceptions=True)
    failures = [result for result in results if isinstance(result, BaseException)]
    for client, result in zip(clients, results, strict=True):
        if isinstance(result, BaseException):
            result.add_note(f"with {client.name}")
    if failures:
        raise BaseExceptionGroup("not with every client", failures)


async def test_from_added_to_removed(
    clients: list[DownloadClient], mosquitto: Mosquitto, offer: Offer, tmp_path: Path
) -> None:
    async with served(clients, mosquitto, tmp_path) as (_, seen):

        async def story(client: DownloadClient) -> None:
            id = await offer(client, f"Journey {client.kind} Ünïcødé")
            download = await seen.until(lambda: seen.downloads(client.kind).get(id), 20)
            assert download["native_id"].lower() == id.lower()
            await seen.until(lambda: told(seen, client, id)[-1:] == ["completed"], 60)
            moving = progress(seen, client, id)
            assert len(set(moving)) >= 3
            assert moving == sorted(moving)
            done = seen.downloads(client.kind)[id]
            assert done["state"] in DONE
            assert (done["progress"], done["error"]) == (100.0, None)
            assert abs(done["size"] - SIZE) < 0.05 * SIZE
            await client.remove(id)
            await seen.until(lambda: id not in seen.downloads(client.kind), 20)
            await seen.until(lambda: told(seen, client, id)[-1] == "removed")
            events = told(seen, client, id)
            assert events[0] == "added"
            assert events.count("completed") == 1
            assert events.count("started") <= 1
            assert "failed" not in events

        await with_each(clients, story)


async def test_paused_and_resumed(
    clients: list[DownloadClient], mosquitto: Mosquitto, offer: Offer, tmp_path: Path
) -> None:
    async with served(clients, mosquitto, tmp_path) as (_, seen):

        async def story(client: DownloadClient) -> None:
            id = await offer(client, f"Pause {client.kind}")
            await seen.until(lambda: progress(seen, client, id), 30)
            await client.pause(id)
            await seen.until(lambda: seen.downloads(client.kind)[id]["state"] == "paused", 20)
            await client.resume(id)
            await seen.until(lambda: told(seen, client, id)[-1:] == ["completed"], 60)
            events = told(seen, client, id)
            assert (events.count("paused"), events.count("resumed"), events.count("completed")) == (1, 1, 1)

        await with_each(clients, story)


@pytest.mark.parametrize("finish_meanwhile", [False, True], ids=["at-once", "after-it-finished"])
async def test_a_killed_bridge_neither_misses_nor_repeats_completed(
    clients: list[DownloadClient], mosquitto: Mosquitto, offer: Offer, tmp_path: Path, finish_meanwhile: bool
) -> None:
    async with served(clients, mosquitto, tmp_path) as (service, seen):
        ids = {client.kind: await offer(client, f"Kill {client.kind}") for client in clients}

        async def underway(client: DownloadClient) -> None:
            await seen.until(lambda: progress(seen, client, ids[client.kind]), 30)

        await with_each(clients, underway)
        await service.kill()
        await seen.until(lambda: seen.topics[f"{seen.base}/bridge/main/state"] == b"offline")
        if finish_meanwhile:
            await asyncio.gather(*(client.see(ids[client.kind], "finished", within=60) for client in clients))
        await service.start()

        async def finishes(client: DownloadClient) -> None:
            await seen.until(lambda: "completed" in told(seen, client, ids[client.kind]), 60)

        await with_each(clients, finishes)
        await service.stop()
        await service.start()
        await seen.until(lambda: seen.topics[f"{seen.base}/bridge/main/state"] == b"online")
        await asyncio.sleep(3)
        for client in clients:
            events = told(seen, client, ids[client.kind])
            assert (events.count("added"), events.count("completed")) == (1, 1), (client.kind, events)
        assert sorted(event["id"] for event in seen.events if event["event"] == "completed") == sorted(ids.values())
        seqs = {event["seq"] for event in seen.events}
        assert seqs == set(range(1, len(seqs) + 1))


async def test_a_stopped_client_is_offline_and_keeps_its_downloads(
    clients: list[DownloadClient], mosquitto: Mosquitto, offer: Offer, tmp_path: Path
) -> None:
    async with served(clients, mosquitto, tmp_path) as (service, seen):

        async def story(client: DownloadClient) -> None:
            id = await offer(client, f"Stop {client.kind}")
            await seen.until(lambda: told(seen, client, id)[-1:] == ["completed"], 60)
            events = told(seen, client, id)
            await client.stop()
            await seen.until(lambda: status(seen, client) == "offline", 20)
            assert "is the program running?" in seen.json(f"client/{client.kind}/status")["error"]
            assert id in seen.downloads(client.kind)
            await asyncio.sleep(2)
            await client.start()
            await seen.until(lambda: online(seen, client), 30)
            await asyncio.sleep(4)
            assert id in seen.downloads(client.kind)
            since = told(seen, client, id)[len(events) :]
            assert not {"removed", "added", "completed", "failed"} & set(since), since

        await with_each(clients, story)
        log = service.log.read_text()
        for client in clients:
            assert log.count(f"INFO    downloads2mqtt.poller: {client.kind}: ") == 1
        assert "adminadmin" not in log
        assert "Traceback" not in log


async def test_a_broker_without_memory_gets_everything_back(
    clients: list[DownloadClient], mosquitto: Mosquitto, offer: Offer, tmp_path: Path
) -> None:
    async with served(clients, mosquitto, tmp_path) as (_, seen):
        ids = {client.kind: await offer(client, f"Broker {client.kind}") for client in clients}
        await seen.until(lambda: all(ids[c.kind] in seen.downloads(c.kind) for c in clients), 30)
        await mosquitto.restart()
        async with Listener(mosquitto.port) as after:
            await after.until(lambda: all(ids[c.kind] in after.downloads(c.kind) for c in clients), 20)
            await after.until(lambda: all(online(after, client) for client in clients))
            await after.until(lambda: after.topics.get(f"{seen.base}/bridge/main/state") == b"online")
            for client in clients:
                assert after.json(f"client/{client.kind}/stats")["total"] == 1


async def test_a_failing_nzb_says_why(
    sabnzbd: Sabnzbd, nzbget: Nzbget, mosquitto: Mosquitto, news_server: NewsServer, tmp_path: Path
) -> None:
    clients: list[DownloadClient] = [sabnzbd, nzbget]
    async with served(clients, mosquitto, tmp_path) as (_, seen):

        async def story(client: DownloadClient) -> None:
            content = broken(news_server.post(f"Broken {client.kind}", 4 << 20))
            id = await client.add(content, name=f"Broken {client.kind}")
            await seen.until(lambda: "failed" in told(seen, client, id), 90)
            download = seen.downloads(client.kind)[id]
            assert download["state"] == "failed"
            assert download["error"]
            assert told(seen, client, id).count("failed") == 1
            assert "completed" not in told(seen, client, id)

        await with_each(clients, story)


async def test_wrong_credentials_are_tried_twice_at_most(
    clients: list[DownloadClient], mosquitto: Mosquitto, tmp_path: Path
) -> None:
    wrong = {"password": "wrong-secret", "api_key": "0" * 32}
    by_kind = {
        client.kind: {key: wrong.get(key, value) for key, value in client.settings().items()} for client in clients
    }
    for settings in by_kind.values():
        settings["poll"] = {"active": 0.5, "idle": 0.5}  # type: ignore[assignment]
    service = Service(tmp_path / "bridge", "bridge", {"mqtt": {"url": mosquitto.url}, "clients": by_kind})
    async with Listener(mosquitto.port) as seen:
        await service.start()
        try:
            await seen.until(lambda: all(status(seen, client) == "unauthorized" for client in clients), 30)
            await asyncio.sleep(3)
            assert all(status(seen, client) == "unauthorized" for client in clients)
        finally:
            await service.kill()
        everything = b"".join(payload for _, payload in seen.log) + service.log.read_bytes()
        assert b"wrong-secret" not in everything
    for client in clients:  # nobody was banned: the right credentials work at once
        assert await client.look("nothing") is None
