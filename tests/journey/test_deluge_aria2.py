"""The real Deluge and aria2, old and new: what the bridge's clients tell them, they do; what they do is seen."""

import asyncio
import base64
import hashlib
import os
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from downloads2mqtt.clients import kinds
from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.base import Client
from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.contract.download import Download
from downloads2mqtt.errors import ClientOffline, ClientUnauthorized, RequestError

from .lab.aria2 import Aria2
from .lab.clients import DownloadClient
from .lab.deluge import Deluge
from .lab.laboratory import Laboratory
from .lab.programs import LOOPBACK, free_port
from .lab.suites import Suite
from .lab.swarm import Swarm
from .lab.torrents import Value, encode
from .lab.waiting import until

pytestmark = pytest.mark.timeout(120)

MEBIBYTE = 1 << 20


@pytest.fixture
async def deluge(laboratory: Laboratory, suite: Suite) -> Deluge:
    """A running Deluge."""
    return await laboratory.start(Deluge(laboratory.folder, suite))


@pytest.fixture
async def aria2(laboratory: Laboratory, suite: Suite) -> Aria2:
    """A running aria2."""
    return await laboratory.start(Aria2(laboratory.folder, suite))


@asynccontextmanager
async def client_of(program: DownloadClient, **changes: str) -> AsyncIterator[Client]:
    """The bridge's client for a program, as it is configured."""
    kind = kinds()[program.kind]
    settings = kind.Settings(**{**program.settings(), **changes})
    client = kind("box", settings, Http(settings.url, timeout=10))
    try:
        yield client
    finally:
        await client.aclose()


class Files:
    """A web server with files, of which some are not there yet, and a tracker that knows one peer."""

    def __init__(self) -> None:
        self.url = f"http://{LOOPBACK}:{free_port()}"
        self.files: dict[str, bytes] = {}
        self.peer_port: int | None = None

    async def file(self, request: web.Request) -> web.Response:
        if request.match_info["name"] not in self.files:
            raise web.HTTPNotFound
        return web.Response(body=self.files[request.match_info["name"]])

    async def announce(self, _: web.Request) -> web.Response:
        peers = b"" if self.peer_port is None else bytes([127, 0, 0, 1]) + struct.pack(">H", self.peer_port)
        return web.Response(body=encode({"interval": 60, "peers": peers}))


@pytest.fixture
async def files() -> AsyncIterator[Files]:
    """A running web server."""
    files = Files()
    application = web.Application()
    application.router.add_get("/announce", files.announce)
    application.router.add_get("/{name}", files.file)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, int(files.url.rpartition(":")[2])).start()
    yield files
    await runner.cleanup()


async def shown(client: Client, id: str) -> Download | None:
    return (await client.poll(complete=False)).downloads.get(id)


async def see(client: Client, id: str, *states: str, progress: float = 0.0, within: float = 30.0) -> Download:
    """Wait until the client shows the download in one of the states, with at least so many percent."""
    found: Download | None = None

    async def seen() -> bool:
        nonlocal found
        found = await shown(client, id)
        return found is not None and found.state in states and (found.progress or 0) >= progress

    await until(seen, within, f"{id} is {' or '.join(states)}, not {found}")
    assert found is not None
    return found


async def see_gone(client: Client, id: str) -> None:
    async def gone() -> bool:
        return await shown(client, id) is None

    await until(gone, 10.0, f"{id} is gone")


async def tell(client: Client, command: Command) -> str:
    """Let it do something; the id of what was added, else an empty text."""
    return await client.execute(command) or ""


async def native(client: Client, id: str) -> str:
    """What the program itself calls a download."""
    download = await shown(client, id)
    assert download is not None
    return download.native_id


async def spoil(path: Path) -> None:
    """Overwrite half of a file."""
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size // 2))


async def test_deluge_does_what_it_is_told(deluge: Deluge, swarm: Swarm) -> None:
    share = swarm.share("Told and Tested", 6 * MEBIBYTE, rate=MEBIBYTE)
    folder = deluge.daemon.seen("elsewhere")
    async with client_of(deluge) as client:
        add = Add(content=share.torrent.content, filename="x.torrent", category="TV", path=folder, paused=True)
        id = await tell(client, add)
        assert id == share.torrent.info_hash
        paused = await see(client, id, "paused", within=5)
        assert (paused.name, paused.category, paused.path) == (
            share.torrent.name,
            "tv",
            f"{folder}/{share.torrent.name}",
        )
        await tell(client, Resume((id,)))
        await see(client, id, "downloading", progress=10)
        await tell(client, Pause((id,)))
        await see(client, id, "paused", within=1.5)
        await tell(client, Resume(None))
        share.rate = 0
        whole = await see(client, id, "seeding", progress=100)
        assert whole.completed_at is not None
        before = len(share.announces)
        await tell(client, Reannounce((id,)))

        async def announced() -> bool:
            return len(share.announces) > before

        await until(announced, 10, "the tracker was asked again")
        await tell(client, Pause((id,)))
        await see(client, id, "completed")
        share.stalled = True
        await spoil(deluge.daemon.home / "elsewhere" / share.torrent.name)
        await tell(client, Recheck((id,)))
        assert 30 < ((await see(client, id, "paused")).progress or 0) < 70
        await tell(client, Set((id,), category=""))
        assert (await see(client, id, "paused")).category is None
        await tell(client, Remove((id,), delete_data=True))
        await see_gone(client, id)
        assert not (deluge.daemon.home / "elsewhere" / share.torrent.name).exists()


async def test_deluge_keeps_limits_and_order(deluge: Deluge, swarm: Swarm) -> None:
    async with client_of(deluge) as client:
        await client.poll(complete=True)
        ids = []
        for number in range(4):
            content = swarm.share(f"Queued {number}", MEBIBYTE, stalled=True).torrent.content
            ids.append(await tell(client, Add(content=content, filename="x.torrent", paused=True)))
        await tell(client, Set((ids[3],), queue_position=2))
        await tell(client, Limits(download_limit=3_000_000, upload_limit=50_000))
        await tell(client, Set((ids[0],), download_limit=100_000, upload_limit=0))

        async def ordered() -> bool:
            downloads = (await client.poll(complete=False)).downloads
            return [downloads[id].queue_position for id in ids] == [1, 3, 4, 2]

        # Deluge looks every 5 s at those where nothing else happens.
        await until(ordered, 15, "the fourth is the second")
        totals = (await client.poll(complete=False)).totals
        assert (totals.download_limit, totals.upload_limit) == (3_000_000, 50_000)
        keys = ["max_download_speed", "max_upload_speed"]
        limits = await deluge.call("core.get_torrent_status", ids[0], keys)
        assert [round(limits[key], 3) for key in keys] == [97.656, -1]
        await tell(client, Limits(download_limit=0, upload_limit=0))

        async def unlimited() -> bool:
            totals = (await client.poll(complete=False)).totals
            return totals.download_limit is None and totals.upload_limit is None

        await until(unlimited, 5, "there is no limit any more")


async def test_deluge_adds_what_it_can(deluge: Deluge, swarm: Swarm, files: Files) -> None:
    share = swarm.share("By.Address", MEBIBYTE, rate=0)
    files.files["x.torrent"] = share.torrent.content
    hash = bytes(range(20))
    async with client_of(deluge) as client:
        assert await tell(client, Add(url=f"{files.url}/x.torrent")) == share.torrent.info_hash
        magnet = f"magnet:?xt=urn:btih:{base64.b32encode(hash).decode()}&dn=Some+Name"
        assert await tell(client, Add(url=magnet)) == hash.hex()
        assert (await see(client, hash.hex(), "metadata")).name == "Some Name"
        await see(client, share.torrent.info_hash, "seeding")
        with pytest.raises(RequestError, match="already in session"):
            await tell(client, Add(content=share.torrent.content, filename="x.torrent"))
        with pytest.raises(RequestError, match="Deluge refuses"):  # 2.0.3 takes the page of the 404 for a torrent
            await tell(client, Add(url=f"{files.url}/nothing.torrent"))


async def test_deluge_is_found_again_when_its_daemon_comes_back(deluge: Deluge, swarm: Swarm) -> None:
    share = swarm.share("Lasting", MEBIBYTE, rate=0)
    async with client_of(deluge) as client:
        id = await tell(client, Add(content=share.torrent.content, filename="x.torrent"))
        await see(client, id, "seeding")
        await deluge.daemon.stop()
        with pytest.raises(ClientOffline, match="is deluged running"):
            await client.poll(complete=True)
        await deluge.daemon.start()
        assert (await client.poll(complete=True)).restarted
        await see(client, id, "seeding")
        await deluge.restart()
        await see(client, id, "seeding")
    async with client_of(deluge, password="wrong") as client:
        with pytest.raises(ClientUnauthorized, match="refuses the password"):
            await client.poll(complete=True)


async def test_aria2_does_what_it_is_told(aria2: Aria2, swarm: Swarm) -> None:
    share = swarm.share("Told and Tested", 6 * MEBIBYTE, rate=MEBIBYTE)
    folder = aria2.seen("elsewhere")
    async with client_of(aria2) as client:
        add = Add(content=share.torrent.content, filename="x.torrent", path=folder, paused=True)
        id = await tell(client, add)
        assert id == share.torrent.info_hash
        paused = await see(client, id, "paused", within=5)
        assert (paused.name, paused.path) == (share.torrent.name, f"{folder}/{share.torrent.name}")
        gid = paused.native_id
        await tell(client, Resume((gid,)))
        await see(client, id, "downloading", progress=10)
        await tell(client, Pause((gid,)))
        await see(client, id, "paused", within=3)
        await tell(client, Resume(None))
        share.rate = 0
        await see(client, id, "seeding", progress=100)
        await tell(client, Pause(None))
        await see(client, id, "completed")
        share.stalled = True
        await spoil(aria2.home / "elsewhere" / share.torrent.name)
        await tell(client, Recheck((gid,)))
        await tell(client, Resume((gid,)))
        assert 30 < ((await see(client, id, "downloading")).progress or 0) < 70
        with pytest.raises(RequestError, match="deletes no files"):
            await tell(client, Remove((gid,), delete_data=True))
        await tell(client, Remove((gid,)))
        assert await shown(client, id) is None
        assert (aria2.home / "elsewhere" / share.torrent.name).exists()


async def test_aria2_keeps_limits_and_order(aria2: Aria2, swarm: Swarm) -> None:
    async with client_of(aria2) as client:
        ids, gids = [], []
        for number in range(4):
            content = swarm.share(f"Queued {number}", MEBIBYTE, stalled=True).torrent.content
            ids.append(await tell(client, Add(content=content, filename="x.torrent", paused=True)))
            gids.append(await native(client, ids[-1]))
        await tell(client, Set((gids[3],), queue_position=2))
        await tell(client, Limits(download_limit=3_000_000, upload_limit=50_000))
        await tell(client, Set((gids[0],), download_limit=100_000, upload_limit=0))
        listing = await client.poll(complete=False)
        assert [listing.downloads[id].queue_position for id in ids] == [1, 3, 4, 2]
        assert (listing.totals.download_limit, listing.totals.upload_limit) == (3_000_000, 50_000)
        options = await aria2.call("aria2.getOption", gids[0])
        assert (options["max-download-limit"], options["max-upload-limit"]) == ("100000", "0")
        await tell(client, Limits(download_limit=0, upload_limit=0))
        totals = (await client.poll(complete=False)).totals
        assert (totals.download_limit, totals.upload_limit) == (None, None)
        await tell(client, Remove(tuple(gids)))
        assert not (await client.poll(complete=False)).downloads


async def test_aria2_keeps_the_id_of_what_was_added(aria2: Aria2, swarm: Swarm, files: Files) -> None:
    share = swarm.share("By.Address", MEBIBYTE, rate=MEBIBYTE)
    files.files |= {"x.torrent": share.torrent.content, "file.bin": b"x" * 5000}
    async with client_of(aria2) as client:
        file = await tell(client, Add(url=f"{files.url}/file.bin?token=s3cret"))
        missing = await tell(client, Add(url=f"{files.url}/missing.bin"))
        torrent = await tell(client, Add(url=f"{files.url}/x.torrent"))
        assert (await see(client, file, "completed")).name == "file.bin"
        failed = await see(client, missing, "failed")
        assert failed.error == "the server does not have it (Resource not found)"
        files.files["missing.bin"] = b"y" * 100
        await tell(client, Resume((missing,)))
        await see(client, missing, "completed")
        whole = await see(client, torrent, "seeding")
        assert (whole.name, whole.protocol) == (share.torrent.name, "torrent")
        assert (await client.poll(complete=True)).downloads.keys() == {file, missing, torrent}
        await tell(client, Remove((whole.native_id, file)))
        assert (await client.poll(complete=True)).downloads.keys() == {missing}


@asynccontextmanager
async def seeded(laboratory: Laboratory, suite: Suite, files: Files, name: str) -> AsyncIterator[str]:
    """The info-hash of a torrent that another aria2 seeds, and tells its contents to those who have a magnet."""
    seeder = await laboratory.start(Aria2(laboratory.folder / "seeder", suite))
    data = os.urandom(MEBIBYTE)
    pieces = b"".join(hashlib.sha1(data[at : at + 65536]).digest() for at in range(0, len(data), 65536))
    info: dict[str, Value] = {"name": name, "length": len(data), "piece length": 65536, "pieces": pieces}
    (seeder.home / "downloads" / name).write_bytes(data)
    content = base64.b64encode(encode({"announce": f"{files.url}/announce", "info": info})).decode()
    await seeder.call("aria2.addTorrent", content, [], {"check-integrity": "true"})
    hash = hashlib.sha1(encode(info)).hexdigest()
    await seeder.see(hash, "finished")
    files.peer_port = seeder.peer_port
    yield hash


async def test_aria2_shows_a_magnet_and_its_torrent_as_one(
    aria2: Aria2, laboratory: Laboratory, suite: Suite, files: Files
) -> None:
    async with seeded(laboratory, suite, files, "Magnetic") as hash, client_of(aria2) as client:
        magnet = f"magnet:?xt=urn:btih:{base64.b32encode(bytes.fromhex(hash)).decode()}&dn=Some%20Name"
        assert await tell(client, Add(url=f"{magnet}&tr={files.url}/announce", paused=True)) == hash
        assert (await see(client, hash, "paused")).name == "Some Name"
        before = await native(client, hash)
        await tell(client, Resume((before,)))
        seen: set[str] = set()

        async def whole() -> bool:
            downloads = (await client.poll(complete=False)).downloads
            seen.update(downloads)
            return downloads[hash].state == "seeding"

        await until(whole, 30, "the magnet's torrent seeds")
        download = await shown(client, hash)
        assert download is not None
        assert (download.name, seen) == ("Magnetic", {hash})
        assert download.native_id != before
        with pytest.raises(RequestError, match="already"):
            await tell(client, Add(url=magnet))
        await tell(client, Remove((before,)))
        assert await shown(client, hash) is None


async def test_aria2_says_itself_when_something_happens(aria2: Aria2, files: Files) -> None:
    files.files["file.bin"] = b"x" * 100
    told = asyncio.Event()
    async with client_of(aria2) as client:
        client.on_hint = told.set
        await client.poll(complete=True)
        await asyncio.sleep(0.3)  # until it listens
        id = await tell(client, Add(url=f"{files.url}/file.bin"))
        async with asyncio.timeout(2):
            while (download := await shown(client, id)) is None or download.state != "completed":
                await told.wait()
                told.clear()


async def test_aria2_comes_back_with_what_was_not_finished(aria2: Aria2, swarm: Swarm, files: Files) -> None:
    files.files |= {
        "file.bin": b"x" * 100,
        "x.torrent": swarm.share("Ours", 2 * MEBIBYTE, rate=1 << 17).torrent.content,
    }
    async with client_of(aria2) as client:
        finished = await tell(client, Add(url=f"{files.url}/file.bin"))
        torrent = await tell(client, Add(url=f"{files.url}/x.torrent"))
        await see(client, finished, "completed")
        await see(client, torrent, "downloading", progress=5)
        await aria2.restart()
        listing = await client.poll(complete=True)
        assert listing.restarted
        assert not listing.removed
        assert listing.downloads.keys() == {torrent}
        await see(client, torrent, "downloading", progress=5)
    async with client_of(aria2, secret="wrong") as client:
        with pytest.raises(ClientUnauthorized, match="refuses the secret"):
            await client.poll(complete=True)


@pytest.mark.parametrize("kind", ["deluge", "aria2"])
async def test_it_is_recognised(kind: str, laboratory: Laboratory, suite: Suite) -> None:
    program = await laboratory.start({"deluge": Deluge, "aria2": Aria2}[kind](laboratory.folder, suite))
    found = {name: await client.identify(Http(program.settings()["url"] + "/")) for name, client in kinds().items()}
    assert {name for name, how in found.items() if how} == {kind}
    assert found[kind] == "locked"
