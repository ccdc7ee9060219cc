"""The laboratory itself: real programs really download, obey, die and come back, and nothing is left of them."""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from .lab.clients import DownloadClient
from .lab.laboratory import Laboratory
from .lab.mosquitto import Mosquitto
from .lab.nzbget import Nzbget
from .lab.programs import Program
from .lab.qbittorrent import QBittorrent
from .lab.sabnzbd import Sabnzbd
from .lab.seeder import Share
from .lab.suites import Missing, Suite
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .lab.usenet import NewsServer, broken

pytestmark = pytest.mark.timeout(90)

MEBIBYTE = 1 << 20

Offer = Callable[[DownloadClient, str, int], Awaitable[str]]
Scenario = Callable[[DownloadClient], Awaitable[None]]


@pytest.fixture
def offer(swarm: Swarm, news_server: NewsServer) -> Offer:
    """Adds something new to a client, of the sort that it takes."""

    async def add(client: DownloadClient, name: str, size: int) -> str:
        usenet = isinstance(client, Sabnzbd | Nzbget)
        content = news_server.post(name, size) if usenet else swarm.share(name, size).torrent.content
        return await client.add(content, name=name)

    return add


async def with_each(clients: list[DownloadClient], scenario: Scenario) -> None:
    """Play it with all of them at the same time; name those that failed."""
    results = await asyncio.gather(*(scenario(client) for client in clients), return_exceptions=True)
    assert not {client.name: repr(result) for client, result in zip(clients, results, strict=True) if result}


def processes_of(program: Program) -> list[int]:
    """Every process whose home is the program's: it and whatever it started."""
    mark = f"HOME={program.seen()}".encode()
    return [int(pid) for pid in os.listdir("/proc") if pid.isdigit() and mark in environment(pid).split(b"\0")]


def environment(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


async def test_downloads_at_its_rate_to_the_end(clients: list[DownloadClient], offer: Offer) -> None:
    async def scenario(client: DownloadClient) -> None:
        id = await offer(client, "Watched.2024.1080p", 4 * MEBIBYTE)
        began = time.monotonic()
        underway = await client.see(id, "downloading", done=0.1)
        await client.see(id, "finished")
        assert underway.done < 1
        assert 1.0 < time.monotonic() - began < 20

    await with_each(clients, scenario)


async def test_obeys(clients: list[DownloadClient], offer: Offer) -> None:
    async def scenario(client: DownloadClient) -> None:
        await client.limit(MEBIBYTE)
        id = await offer(client, "Obedient", 3 * MEBIBYTE)
        await client.see(id, "downloading", done=0.05)
        await client.pause(id)
        paused = await client.see(id, "paused")
        await asyncio.sleep(1.0)
        assert (await client.see(id, "paused")).done - paused.done < 0.4  # what was already on its way
        await client.limit(0)
        await client.resume(id)
        await client.see(id, "finished")
        await client.remove(id)
        await client.see_gone(id)

    await with_each(clients, scenario)


async def test_a_running_download_is_removed(clients: list[DownloadClient], offer: Offer) -> None:
    async def scenario(client: DownloadClient) -> None:
        id = await offer(client, "Unwanted", 16 * MEBIBYTE)
        await client.see(id, "downloading")
        await client.remove(id)
        await client.see_gone(id)

    await with_each(clients, scenario)


async def test_comes_back_with_its_downloads(clients: list[DownloadClient], offer: Offer) -> None:
    async def scenario(client: DownloadClient) -> None:
        id = await offer(client, "Lasting", 4 * MEBIBYTE)
        await client.see(id, "downloading", done=0.1)
        await client.pause(id)
        await client.see(id, "paused")
        await client.restart()
        await client.see(id, "paused")
        await client.kill()
        assert not client.running
        assert not processes_of(client)
        await client.start()
        await client.see(id)
        await client.resume(id)
        await client.see(id, "finished")

    await with_each(clients, scenario)


async def test_nothing_is_left(clients: list[DownloadClient], laboratory: Laboratory, suite: Suite) -> None:
    assert all(processes_of(client) for client in clients)
    await laboratory.close()
    assert not any(client.running or processes_of(client) for client in clients)
    assert suite.root is None or not any(client.home.exists() for client in clients)


async def test_it_ends_with_those_who_started_it(tmp_path: Path) -> None:
    """Even when they are killed and cannot end it themselves."""
    script = f"""
import asyncio, os, pathlib
from {Transmission.__module__} import Transmission
program = Transmission(pathlib.Path({str(tmp_path)!r}))
asyncio.run(program.start())
print(program.pid, flush=True)
os.kill(os.getpid(), 9)
"""
    starter = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    output, _ = await starter.communicate()
    await asyncio.sleep(0.5)
    assert not environment(str(int(output)))


async def test_names_itself_for_the_configuration(clients: list[DownloadClient]) -> None:
    settings = [client.settings() for client in clients]
    assert [each["kind"] for each in settings] == ["qbittorrent", "transmission", "sabnzbd", "nzbget"]
    assert all(each["url"].startswith("http://127.0.0.1:") for each in settings)
    assert all("api_key" in each or (each["username"] and each["password"]) for each in settings)


async def test_a_broken_job_fails(sabnzbd: Sabnzbd, nzbget: Nzbget, news_server: NewsServer) -> None:
    async def scenario(client: DownloadClient) -> None:
        nzb = broken(news_server.post("Broken", MEBIBYTE))
        id = await client.add(nzb, name="Broken")
        await client.see(id, "failed")
        await client.remove(id)
        await client.see_gone(id)

    await with_each([sabnzbd, nzbget], scenario)


async def test_the_swarm_is_steered(qbittorrent: QBittorrent, transmission: Transmission, swarm: Swarm) -> None:
    async def scenario(client: DownloadClient) -> None:
        share = swarm.share("Steered", 4 * MEBIBYTE)
        id = await client.add(share.torrent.content)
        await client.see(id, "downloading", done=0.1)
        share.stalled = True
        await asyncio.sleep(0.5)
        sent = share.sent
        await asyncio.sleep(1.0)
        assert share.sent == sent
        share.stalled, share.rate = False, 0
        await client.see(id, "finished")

    await with_each([qbittorrent, transmission], scenario)


async def test_the_tracker_refuses(qbittorrent: QBittorrent, swarm: Swarm) -> None:
    share: Share = swarm.share("Refused", MEBIBYTE, web_seed=False)
    share.tracker_failure = "come back later"
    id = await qbittorrent.add(share.torrent.content)
    await asyncio.sleep(1.0)
    sight = await qbittorrent.see(id)
    assert share.announces
    assert sight.done == 0


async def test_a_broker_of_its_own(laboratory: Laboratory, mosquitto: Mosquitto, tmp_path: Path) -> None:
    await mosquitto.restart()
    given = tmp_path / "given.conf"
    given.write_text((mosquitto.home / "mosquitto.conf").read_text().replace("_anonymous true", "_anonymous false"))
    await mosquitto.stop()
    second = await laboratory.start(Mosquitto(tmp_path, configuration=given, port=mosquitto.port))
    assert second.url == mosquitto.url


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"transmission-daemon of nowhere .* script/programs"):
        Transmission(tmp_path, Suite("nowhere", tmp_path / "nowhere"))
