"""The real qBittorrent and Transmission, old and new: what the bridge's client tells them, they do, as polls show."""

import asyncio
import hashlib
import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from downloads2mqtt.clients import kinds
from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.base import Client
from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.contract.download import Download
from downloads2mqtt.errors import RequestError
from downloads2mqtt.listing import Listing, Totals

from .lab.clients import DownloadClient
from .lab.laboratory import Laboratory
from .lab.programs import LOOPBACK, free_port
from .lab.qbittorrent import QBittorrent
from .lab.seeder import Share
from .lab.suites import Missing, Suite
from .lab.swarm import Swarm
from .lab.torrents import Torrent, Value, encode, make_torrent
from .lab.transmission import Transmission
from .lab.waiting import until

pytestmark = pytest.mark.timeout(120)

MEBIBYTE = 1 << 20
KINDS = {program.kind: program for program in (QBittorrent, Transmission)}


class Bridge:
    """The bridge's client for a program, and what its polls have shown so far."""

    def __init__(self, program: DownloadClient) -> None:
        client = kinds()[program.kind]
        settings = client.Settings.model_validate(program.settings())
        self.client: Client = client("box", settings, Http(settings.url, timeout=10))
        self.downloads: dict[str, Download] = {}
        self.totals = Totals()

    async def tell(self, command: Command) -> str | None:
        """Have it done."""
        return await self.client.execute(command)

    async def add(self, content: bytes, **more: Any) -> str:
        """Add a .torrent and give its id."""
        id = await self.tell(Add(content=content, filename="x.torrent", **more))
        assert id is not None
        return id

    async def poll(self) -> Listing:
        """One poll."""
        listing = await self.client.poll(complete=False)
        kept = {} if listing.complete else {k: v for k, v in self.downloads.items() if k not in listing.removed}
        self.downloads = {**kept, **listing.downloads}
        self.totals = listing.totals
        return listing

    async def see(self, id: str, is_so: Callable[[Download], object], within: float = 2.0) -> Download:
        """Wait until polls show the download so."""

        async def seen() -> bool:
            await self.poll()
            return id in self.downloads and bool(is_so(self.downloads[id]))

        try:
            await until(seen, within)
        except TimeoutError:
            raise TimeoutError(f"not so within {within:g} s, but: {self.downloads.get(id)}") from None
        return self.downloads[id]

    async def see_state(self, id: str, *states: str, within: float = 2.0) -> Download:
        """Wait until polls show the download in one of these states."""
        return await self.see(id, lambda download: download.state in states, within)

    async def see_gone(self, id: str, within: float = 2.0) -> None:
        """Wait until polls do not show the download any more."""

        async def gone() -> bool:
            await self.poll()
            return id not in self.downloads

        await until(gone, within, f"{id} is gone")

    async def see_totals(self, is_so: Callable[[Totals], object]) -> None:
        """Wait until polls show the totals so."""

        async def seen() -> bool:
            await self.poll()
            return bool(is_so(self.totals))

        await until(seen, 2, "the totals are so")

    async def refuses(self, command: Command, code: str, sentence: str) -> None:
        """It is refused with this code and sentence."""
        with pytest.raises(RequestError, match=sentence) as caught:
            await self.tell(command)
        assert caught.value.code == code


@pytest.fixture(params=list(KINDS))
async def program(request: pytest.FixtureRequest, laboratory: Laboratory, suite: Suite) -> DownloadClient:
    """A running program of each kind and suite."""
    return await laboratory.start(KINDS[request.param](laboratory.folder, suite))


@pytest.fixture
async def bridge(program: DownloadClient) -> AsyncIterator[Bridge]:
    """Connected to the program."""
    bridge = Bridge(program)
    await bridge.poll()
    yield bridge
    await bridge.client.aclose()


async def native(program: DownloadClient, id: str) -> dict[str, Any]:
    """What the program itself tells of a download."""
    if isinstance(program, QBittorrent):
        told = (await program.call("torrents/info", {"hashes": id})).json()[0]
        return {"down": told["dl_limit"], "up": told["up_limit"], "forced": told["force_start"]}
    assert isinstance(program, Transmission)
    fields = ["downloadLimit", "downloadLimited", "uploadLimit", "uploadLimited", "bandwidthPriority"]
    told = (await program.call("torrent-get", ids=[id], fields=fields))["torrents"][0]
    return {
        "down": told["downloadLimit"] * 1000 * told["downloadLimited"],
        "up": told["uploadLimit"] * 1000 * told["uploadLimited"],
        "priority": told["bandwidthPriority"],
    }


def announced(share: Share) -> Callable[[], Awaitable[bool]]:
    """Whether it is announced once more."""
    before = len(share.announces)

    async def more() -> bool:
        return len(share.announces) > before

    return more


async def test_a_torrent_from_added_to_removed(program: DownloadClient, bridge: Bridge, swarm: Swarm) -> None:
    share = swarm.share("Told, twice & ü", 16 * MEBIBYTE, rate=MEBIBYTE)
    folder = program.seen("else where, ü")
    id = await bridge.add(
        share.torrent.content, category="new cät & more/x", tags=("iso", "ü +&"), paused=True, path=folder
    )
    assert id == share.torrent.info_hash
    held = await bridge.see_state(id, "paused")
    assert (held.category, sorted(held.tags)) == ("new cät & more/x", ["iso", "ü +&"])
    assert held.path == f"{folder}/{share.torrent.name}"
    assert not share.announces

    await bridge.tell(Resume((id,)))
    await bridge.see_state(id, "downloading", "checking")
    await bridge.see(id, lambda download: (download.downloaded or 0) > 2 * MEBIBYTE, within=20)
    stopped = announced(share)
    await bridge.tell(Pause((id,)))
    assert ((await bridge.see_state(id, "paused")).progress or 0) > 0
    await until(stopped, 5, "it announces that it stopped")
    started = announced(share)
    await bridge.tell(Resume(None))
    await bridge.see_state(id, "downloading")
    share.stalled = True
    await until(started, 10, "it announces that it started")
    # The tracker wants to be asked every 5 s at most, which Transmission knows from the second time on.
    await asyncio.sleep(6)
    more = announced(share)
    await bridge.tell(Reannounce((id,)))
    await until(more, 5, "it announces itself")
    share.stalled = False
    await bridge.tell(Pause(None))
    await bridge.see_state(id, "paused")

    file = program.home / "else where, ü" / share.torrent.name
    part = file if file.exists() else file.with_name(f"{file.name}.part")
    part.write_bytes(bytes(16 * MEBIBYTE))  # Transmission 4.1 may still write the last blocks to it
    await bridge.tell(Recheck((id,)))
    await bridge.see(id, lambda download: download.state == "paused" and (download.progress or 0) < 5, within=10)

    share.rate = 0
    await bridge.tell(Resume((id,)))
    await bridge.see_state(id, "seeding", within=30)
    await bridge.tell(Remove((id,)))
    await bridge.see_gone(id)
    assert file.read_bytes() == share.torrent.data

    id = await bridge.add(share.torrent.content, path=folder)
    await bridge.see_state(id, "seeding", within=30)
    await bridge.tell(Remove((id,), delete_data=True))
    await bridge.see_gone(id)

    async def deleted() -> bool:
        return not file.exists()

    await until(deleted, 5, "the data is deleted")


async def test_settings_of_one_download(program: DownloadClient, bridge: Bridge) -> None:
    torrent = make_torrent("Set", MEBIBYTE, announce=f"http://{LOOPBACK}:1/announce")
    id = await bridge.add(torrent.content, paused=True, category="tv", tags=("a", "b"))
    await bridge.see(id, lambda download: (download.category, sorted(download.tags)) == ("tv", ["a", "b"]))
    await bridge.tell(Set((id,), category="films, no".replace(",", " "), tags=("b", "c d")))
    await bridge.see(id, lambda download: (download.category, sorted(download.tags)) == ("films  no", ["b", "c d"]))
    await bridge.tell(Set((id,), category="tv"))
    await bridge.see(id, lambda download: (download.category, sorted(download.tags)) == ("tv", ["b", "c d"]))
    await bridge.tell(Set((id,), tags=("ü",)))
    await bridge.see(id, lambda download: (download.category, download.tags) == ("tv", ("ü",)))
    await bridge.tell(Set((id,), tags=()))
    await bridge.see(id, lambda download: (download.category, download.tags) == ("tv", ()))
    await bridge.tell(Set((id,), category=""))
    await bridge.see(id, lambda download: (download.category, download.tags) == (None, ()))

    await bridge.tell(Set((id,), download_limit=100_000, upload_limit=50_000))
    told = await native(program, id)
    assert (told["down"], told["up"]) == (100_000, 50_000)
    await bridge.tell(Set((id,), download_limit=1, upload_limit=2**40))
    told = await native(program, id)
    assert 1 <= told["down"] <= 1000
    assert told["up"] > 1_000_000_000
    await bridge.tell(Set((id,), download_limit=0, upload_limit=0))
    told = await native(program, id)
    assert (max(told["down"], 0), max(told["up"], 0)) == (0, 0)
    await bridge.see_state(id, "paused")


async def test_priority_and_place_in_the_queue(program: DownloadClient, bridge: Bridge) -> None:
    torrents = [make_torrent(f"Queued {n}", 100_000, announce=f"http://{LOOPBACK}:1/announce") for n in range(4)]
    ids = [await bridge.add(torrent.content, paused=True) for torrent in torrents]
    if isinstance(program, QBittorrent):
        await bridge.refuses(Set((ids[0],), queue_position=2), "failed", "has no queue: enable")
        await bridge.refuses(Set((ids[0],), priority=1), "failed", "has no queue: enable")
        await program.call("app/setPreferences", {"json": '{"queueing_enabled": true}'})

    async def see_order(*wanted: int) -> None:
        for place, number in enumerate(wanted, 1):
            await bridge.see(ids[number], lambda download, place=place: download.queue_position == place)  # type: ignore[misc]

    await see_order(0, 1, 2, 3)
    await bridge.tell(Set((ids[3],), queue_position=1))
    await see_order(3, 0, 1, 2)
    await bridge.tell(Set((ids[3],), queue_position=3))
    await see_order(0, 1, 3, 2)
    await bridge.tell(Set((ids[0], ids[1]), queue_position=2))
    await see_order(3, 0, 1, 2)
    await bridge.tell(Set((ids[3],), queue_position=9_000))
    await see_order(0, 1, 2, 3)
    await bridge.tell(Set((ids[0],), priority=0))
    await bridge.see_state(ids[0], "paused")
    if isinstance(program, QBittorrent):
        await bridge.tell(Set((ids[2],), priority=1))
        await see_order(2, 0, 1, 3)
        await bridge.tell(Set((ids[2],), priority=-1))
        await see_order(0, 1, 3, 2)
        await bridge.tell(Set((ids[0],), priority=2))
        assert (await native(program, ids[0]))["forced"]
        await bridge.tell(Set((ids[0],), priority=0))
        assert not (await native(program, ids[0]))["forced"]
    else:
        for priority in (1, -1, 0):
            await bridge.tell(Set((ids[2],), priority=priority))
            assert (await native(program, ids[2]))["priority"] == priority
        await bridge.tell(Set((ids[0],), priority=2))
        assert (await native(program, ids[0]))["priority"] == 1
    await bridge.see_state(ids[0], "downloading", "stalled")


@pytest.mark.parametrize("priority", [-1, 1, 2])
async def test_added_with_a_priority(program: DownloadClient, bridge: Bridge, priority: int) -> None:
    if isinstance(program, QBittorrent):
        await program.call("app/setPreferences", {"json": '{"queueing_enabled": true}'})
    torrents = [make_torrent(f"First {n}", 100_000, announce=f"http://{LOOPBACK}:1/announce") for n in range(2)]
    await bridge.add(torrents[0].content)
    id = await bridge.add(torrents[1].content, priority=priority)
    if isinstance(program, QBittorrent):
        await bridge.see(id, lambda download: download.queue_position == (1 if priority > 0 else 2))
        assert (await native(program, id))["forced"] == (priority == 2)
    else:
        assert (await native(program, id))["priority"] == min(priority, 1)


async def test_limits_of_the_whole_program(bridge: Bridge) -> None:
    await bridge.tell(Limits(download_limit=2_048_000, upload_limit=1))
    await bridge.see_totals(
        lambda totals: totals.download_limit == 2_048_000 and 0 < (totals.upload_limit or 0) <= 1024
    )
    for _ in range(2):
        await bridge.tell(Limits(alternative_limits=True))
        await bridge.see_totals(lambda totals: totals.alternative_limits)
    await bridge.tell(Limits(download_limit=512_000))
    await bridge.see_totals(lambda totals: totals.download_limit == 512_000)
    for _ in range(2):
        await bridge.tell(Limits(alternative_limits=False))
        await bridge.see_totals(lambda totals: totals.alternative_limits is False)
    await bridge.see_totals(lambda totals: totals.download_limit == 2_048_000)
    await bridge.tell(Limits(download_limit=256_000, alternative_limits=True))
    await bridge.see_totals(lambda totals: totals.alternative_limits and totals.download_limit == 256_000)
    if bridge.client.kind == "transmission":
        await bridge.refuses(Limits(upload_limit=0), "unsupported", "turn them off")
    await bridge.tell(Limits(0, 0, alternative_limits=False))
    await bridge.see_totals(
        lambda totals: (totals.download_limit, totals.upload_limit, totals.alternative_limits) == (None, None, False)
    )


@pytest.fixture
async def web_address() -> AsyncIterator[Callable[[Torrent], str]]:
    """Offers a .torrent on the web."""
    offered: dict[str, bytes] = {}

    async def give(request: web.Request) -> web.Response:
        return web.Response(body=offered[request.match_info["name"]], content_type="application/x-bittorrent")

    application = web.Application()
    application.router.add_get("/{name}", give)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, LOOPBACK, port).start()

    def offer(torrent: Torrent) -> str:
        offered[f"{torrent.info_hash}.torrent"] = torrent.content
        return f"http://{LOOPBACK}:{port}/{torrent.info_hash}.torrent?passkey=a%20b&x=1"

    yield offer
    await runner.cleanup()


async def test_a_magnet_and_a_web_address(bridge: Bridge, web_address: Callable[[Torrent], str]) -> None:
    hash = hashlib.sha1(b"magnet").hexdigest()
    magnet = f"magnet:?xt=urn:btih:{hash.upper()}&dn=A%20name&tr=http%3A%2F%2F{LOOPBACK}%3A1%2Fa"
    id = await bridge.tell(Add(url=magnet, category="tv", tags=("x",)))
    assert id == hash
    found = await bridge.see_state(id, "metadata")
    assert (found.category, found.tags) == ("tv", ("x",))
    await bridge.refuses(Add(url=magnet), "failed", "already has this download")

    torrent = make_torrent("From the web", 100_000, announce=f"http://{LOOPBACK}:1/announce")
    told = await bridge.tell(Add(url=web_address(torrent), category="tv", tags=("x",), paused=True))
    assert told == (None if bridge.client.kind == "qbittorrent" else torrent.info_hash)
    found = await bridge.see_state(torrent.info_hash, "paused")
    assert (found.name, found.category, found.tags) == ("From the web", "tv", ("x",))


async def test_what_it_has_already_and_what_is_no_torrent(bridge: Bridge) -> None:
    torrent = make_torrent("Twice", 100_000, announce=f"http://{LOOPBACK}:1/announce")
    id = await bridge.add(torrent.content, paused=True, category="tv")
    await bridge.see_state(id, "paused", within=20)
    again = Add(content=torrent.content, filename="x.torrent", category="films")
    await bridge.refuses(again, "failed", "already has this download")
    assert (await bridge.see_state(id, "paused")).category == "tv"
    hollow = Add(content=encode({"announce": "http://x/", "info": {"name": "x"}}), filename="x.torrent")
    with pytest.raises(RequestError) as caught:
        await bridge.tell(hollow)
    assert caught.value.code in ("bad_request", "failed")
    for content in (b"", b"garbage", b"d" + b"l" * 100_000, torrent.content[:-60]):
        await bridge.refuses(Add(content=content, filename="x.torrent"), "bad_request", "no .torrent")
    for url in ("/etc/passwd", "file:///etc/passwd", "http://x/\nhttp://y/", "magnet:?dn=x"):
        with pytest.raises(RequestError) as caught:
            await bridge.tell(Add(url=url))
        assert caught.value.code == "bad_request"
    await bridge.poll()
    assert bridge.downloads.keys() == {id}


async def test_a_hybrid_has_the_id_that_the_program_gives_it(program: DownloadClient, bridge: Bridge) -> None:
    data = bytes(16_384)
    info: dict[str, Value] = {
        "name": "hybrid", "length": len(data), "piece length": 16_384, "pieces": hashlib.sha1(data).digest(),
        "meta version": 2,
        "file tree": {"hybrid": {"": {"length": len(data), "pieces root": hashlib.sha256(data).digest()}}},
    }  # fmt: skip
    content = encode({"announce": f"http://{LOOPBACK}:1/announce", "info": info})
    again = Add(content=content, filename="x.torrent")
    if program.kind == "transmission" and program.suite.name == "bookworm":  # 3.00 reads no empty keys
        await bridge.refuses(again, "failed", "invalid or corrupt")
        return
    id = await bridge.add(content, paused=True)
    await bridge.see_state(id, "paused")
    await bridge.refuses(again, "failed", "already has this download")


async def test_told_before_it_is_asked_anew_after_a_restart(program: DownloadClient, bridge: Bridge) -> None:
    torrent = make_torrent("Restart", 100_000, announce=f"http://{LOOPBACK}:1/announce")
    id = await bridge.add(torrent.content, paused=True)
    await bridge.see_state(id, "paused")
    await program.stop()
    await program.start()

    async def resumed() -> bool:
        """Transmission answers a moment before it has its torrents."""
        try:
            await bridge.tell(Resume((id,)))
        except RequestError as error:
            if (program.kind, error.code) != ("transmission", "not_found"):
                raise
            return False
        return True

    await until(resumed, 10)
    listing = await bridge.poll()
    assert listing.complete
    assert listing.restarted or program.kind == "transmission"  # so soon it may look as young as before
    await bridge.see_state(id, "downloading", "checking")
    await bridge.tell(Remove((id,), delete_data=True))
    await bridge.see_gone(id)


async def test_nothing_is_there_to_be_told(bridge: Bridge) -> None:
    for command in (Pause(None), Resume(None), Recheck(None), Reannounce(None)):
        await bridge.tell(command)
    await bridge.refuses(Pause(("all",)), "not_found", "info-hash")
    await bridge.refuses(Remove(("all",), delete_data=True), "not_found", "info-hash")


async def test_the_folder_of_a_finished_one_stays_when_it_is_removed_without_data(
    program: DownloadClient, bridge: Bridge, swarm: Swarm
) -> None:
    share = swarm.share("Stays", MEBIBYTE, rate=0)
    id = await bridge.add(share.torrent.content)
    await bridge.see_state(id, "seeding", within=30)
    path = Path(program.home / "downloads" / "Stays")
    await bridge.tell(Remove((id,)))
    await bridge.see_gone(id)
    assert path.stat().st_size == MEBIBYTE


@pytest.mark.parametrize("suite", ["bookworm"], indirect=True)
async def test_the_line_of_the_documentation_tells_of_a_completion(
    program: DownloadClient, bridge: Bridge, swarm: Swarm
) -> None:
    if shutil.which("curl") is None:
        raise Missing("curl is not installed.")
    told = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") == "Bearer s3cret&token":
            told.set()
        return web.Response(status=202)

    application = web.Application()
    application.router.add_post("/api/v1/hook/box", hook)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, LOOPBACK, port).start()
    text = (Path(__file__).parents[2] / "docs" / "clients" / f"{program.kind}.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("curl "))
    line = line.replace("TOKEN", "s3cret&token").replace("8484", str(port)).replace("/seedbox", "/box")
    if isinstance(program, QBittorrent):
        preferences = {"autorun_enabled": True, "autorun_program": line}
        await program.call("app/setPreferences", {"json": json.dumps(preferences)})
    else:
        assert isinstance(program, Transmission)
        program.write("tell", f"#!/bin/sh\n{line}\n")
        (program.home / "tell").chmod(0o755)
        done = {"script-torrent-done-enabled": True, "script-torrent-done-filename": program.seen("tell")}
        await program.call("session-set", **done)
    share = swarm.share("Tells", 4 * MEBIBYTE, rate=2 * MEBIBYTE)
    id = await bridge.add(share.torrent.content)
    await asyncio.wait_for(told.wait(), 30)
    await bridge.see_state(id, "seeding")
    await runner.cleanup()
