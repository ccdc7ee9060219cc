"""The real NZBGet of both suites: what the bridge's client tells it, it does, as its own API shows."""

import asyncio
import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from downloads2mqtt.command import Add, Limits, Pause, Recheck, Remove, Resume, Set
from downloads2mqtt.contract.download import Download
from tests.bridge.listener import Listener

from .lab.laboratory import Laboratory
from .lab.nzbget import Nzbget, find
from .lab.programs import LOOPBACK, free_port
from .lab.suites import Suite
from .lab.usenet import NewsServer, broken
from .lab.waiting import until
from .service import Service
from .test_control_torrents import Bridge
from .test_run import completed, healthy

pytestmark = pytest.mark.timeout(120)

MEBIBYTE = 1 << 20
TOKEN = "hook-token-of-the-test"
PAGE = Path(__file__).parents[2] / "docs" / "clients" / "nzbget.md"


@pytest.fixture
async def bridge(nzbget: Nzbget) -> AsyncIterator[Bridge]:
    """Connected to the program."""
    bridge = Bridge(nzbget)
    await bridge.poll()
    yield bridge
    await bridge.client.aclose()


async def add(bridge: Bridge, content: bytes, name: str = "download", **more: Any) -> str:
    id = await bridge.tell(Add(content=content, filename=f"{name}.nzb", **more))
    assert id is not None
    return id


async def group(program: Nzbget, id: str) -> dict[str, Any]:
    """What the program itself says of what is in its queue."""
    found = find(await program.call("listgroups", 0), id)
    assert found is not None
    return found


async def past(program: Nzbget, id: str) -> dict[str, Any] | None:
    """What the program itself says of what is in its history, hidden or not."""
    return find(await program.call("history", True), id)


async def order(program: Nzbget) -> list[str]:
    return [str(each["NZBID"]) for each in await program.call("listgroups", 0)]


async def test_an_nzb_is_added_with_all_that_was_said(nzbget: Nzbget, bridge: Bridge, news_server: NewsServer) -> None:
    name = "Ünïcødé 'n' “möre” & <so> 日本.S01E01"
    id = await add(bridge, news_server.post("With all", MEBIBYTE), name, category="tv ü/x", paused=True, priority=1)
    seen = await bridge.see_state(id, "paused")
    assert (seen.name, seen.category, seen.queue_position) == (name.replace("<", "_").replace(">", "_"), "tv ü/x", 1)
    native = await group(nzbget, id)
    assert (native["Status"], native["MaxPriority"], native["DupeMode"]) == ("PAUSED", 50, "SCORE")


@pytest.mark.parametrize(("priority", "native"), [(None, 0), (-1, -50), (0, 0), (2, 900)])
@pytest.mark.parametrize("suite", ["trixie"], indirect=True)
async def test_added_with_a_priority(
    nzbget: Nzbget, bridge: Bridge, news_server: NewsServer, priority: int | None, native: int
) -> None:
    await bridge.tell(Pause(None))
    id = await add(bridge, news_server.post("Urgent", 8 * MEBIBYTE), priority=priority)
    assert (await group(nzbget, id))["MaxPriority"] == native
    await bridge.see_state(id, "downloading" if priority == 2 else "paused")


class Indexer:
    """Gives NZB files, when it is told to."""

    def __init__(self) -> None:
        self.url = f"http://{LOOPBACK}:{free_port()}"
        self.files: dict[str, bytes] = {}
        self.gate = asyncio.Event()
        self.asked: list[str] = []

    async def give(self, request: web.Request) -> web.Response:
        self.asked.append(request.path_qs)
        await self.gate.wait()
        name = request.match_info["name"]
        if name not in self.files:
            return web.Response(status=404)
        disposition = {"Content-Disposition": f'attachment; filename="{name}.nzb"'}
        return web.Response(body=self.files[name], content_type="application/x-nzb", headers=disposition)


@pytest.fixture
async def indexer() -> AsyncIterator[Indexer]:
    indexer = Indexer()
    application = web.Application()
    application.router.add_get("/{name}", indexer.give)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, int(indexer.url.rpartition(":")[2])).start()
    yield indexer
    indexer.gate.set()
    await runner.cleanup()


async def test_an_address_keeps_its_id(
    nzbget: Nzbget, bridge: Bridge, news_server: NewsServer, indexer: Indexer
) -> None:
    indexer.files["Web.S01"] = news_server.post("Web", 2 * MEBIBYTE)
    url = f'{indexer.url}/Web.S01?apikey=a%20b&x="\\1"'
    id = await bridge.tell(Add(url=url, category="tv", priority=1))
    assert id is not None
    await bridge.see_state(id, "metadata")
    assert (await group(nzbget, id))["Kind"] == "URL"
    await bridge.refuses(Pause((id,)), "failed", "address that it still fetches")
    await bridge.tell(Set((id,), category="films", priority=-1))
    indexer.gate.set()
    done = await bridge.see_state(id, "completed", within=15)
    assert (done.name, done.category, done.size) == ("Web.S01", "films", 2 * MEBIBYTE)
    assert indexer.asked == ["/Web.S01?apikey=a%20b&x=%22%5C1%22"]
    native = await past(nzbget, id)
    assert native is not None
    assert (native["Kind"], native["URL"]) == ("NZB", url.replace('"', "%22").replace("\\", "%5C"))
    assert bridge.downloads.keys() == {id}


async def test_an_address_added_paused_or_that_fails(
    nzbget: Nzbget, bridge: Bridge, news_server: NewsServer, indexer: Indexer
) -> None:
    indexer.files["Held"] = news_server.post("Held", MEBIBYTE)
    held = await bridge.tell(Add(url=f"{indexer.url}/Held", paused=True, filename="Renamed"))
    gone = await bridge.tell(Add(url=f"{indexer.url}/Gone"))
    assert held
    assert gone
    indexer.gate.set()
    seen = await bridge.see_state(held, "paused", within=15)
    assert seen.name == "Renamed"
    failed = await bridge.see_state(gone, "failed", within=15)
    assert failed.error == "FAILURE/FETCH: the NZB file could not be fetched"
    indexer.files["Gone"] = news_server.post("Gone", MEBIBYTE)
    await bridge.tell(Resume((gone,)))
    await bridge.see_state(gone, "completed", within=15)
    await bridge.tell(Remove((gone,)))
    await bridge.see_gone(gone)


async def test_an_address_is_removed_while_it_is_fetched(nzbget: Nzbget, bridge: Bridge, indexer: Indexer) -> None:
    id = await bridge.tell(Add(url=f"{indexer.url}/Never"))
    assert id
    await bridge.see_state(id, "metadata")
    await bridge.tell(Remove((id,)))
    await bridge.see_gone(id, within=10)
    assert await past(nzbget, id) is None


async def test_duplicates_and_what_is_no_nzb_leave_nothing(
    nzbget: Nzbget, bridge: Bridge, news_server: NewsServer
) -> None:
    content = news_server.post("Once", 4 * MEBIBYTE)
    id = await add(bridge, content, "Once", paused=True)
    await bridge.refuses(Add(content=content, filename="Other.nzb"), "failed", "already has this download")
    other = news_server.post("Twice", MEBIBYTE)
    await bridge.refuses(Add(content=other, filename="Once.nzb"), "failed", "already has a download of this name")
    hollow = b'<?xml version="1.0"?><nzb xmlns="http://www.newzbin.com/DTD/2003/nzb"></nzb>'
    for broken_content in (hollow, b"<nzb><file", b"<nzb>" + b"x" * 100_000):
        await bridge.refuses(Add(content=broken_content, filename="x.nzb"), "bad_request", "no valid .nzb")
    for garbage in (b"", b"garbage", b"d8:announce0:4:infodee"):
        await bridge.refuses(Add(content=garbage, filename="x.nzb"), "bad_request", "no .nzb")
    await bridge.refuses(Add(url="http://"), "bad_request", "address")
    await bridge.refuses(Add(content=other, filename="y.nzb", tags=("a",)), "unsupported", "no tags")
    await bridge.refuses(Add(content=other, filename="y.nzb", path="/x"), "unsupported", "no path")
    await bridge.refuses(Add(content=other, filename="y.nzb", category='a","b'), "bad_request", "category must hold")
    assert await order(nzbget) == [id]
    assert await nzbget.call("history", True) == []
    await bridge.poll()
    assert bridge.downloads.keys() == {id}
    await bridge.tell(Remove((id,)))
    await bridge.see_gone(id)
    again = await add(bridge, content, "Once")
    await bridge.see_state(again, "completed", within=15)
    await bridge.refuses(Add(content=content, filename="Once.nzb"), "failed", "already has this download")
    await bridge.tell(Remove((again,)))
    await bridge.see_gone(again)
    assert await add(bridge, content, "Once")


async def test_paused_and_resumed(nzbget: Nzbget, bridge: Bridge, news_server: NewsServer) -> None:
    first, second = [await add(bridge, news_server.post(f"Pause {n}", 24 * MEBIBYTE), f"Pause {n}") for n in range(2)]
    await bridge.see_state(first, "downloading")
    await bridge.tell(Pause((first, second)))
    await bridge.see_state(first, "paused", within=5)
    await bridge.see_state(second, "paused", within=5)
    await bridge.tell(Resume((second,)))
    await bridge.see_state(second, "downloading", within=5)
    assert (await group(nzbget, first))["Status"] == "PAUSED"
    await bridge.tell(Set((second,), priority=2))
    await bridge.tell(Pause(None))
    assert (await nzbget.call("status"))["DownloadPaused"]
    await bridge.see_state(second, "paused", within=5)
    await bridge.tell(Set((first, second), priority=0))
    await bridge.refuses(Resume((first,)), "failed", "paused as a whole")
    await bridge.tell(Set((first,), priority=2))
    await bridge.tell(Resume((first,)))
    await bridge.see_state(first, "downloading", within=5)
    await bridge.tell(Set((first,), priority=0))
    await bridge.tell(Resume(None))
    await bridge.tell(Limits(download_limit=0))
    await bridge.see_state(first, "completed", within=20)
    await bridge.see_state(second, "completed", within=20)
    await bridge.refuses(Pause((first,)), "failed", "pauses only what it downloads")
    await bridge.refuses(Resume((first,)), "failed", "nothing to resume")
    await bridge.refuses(Pause(("4711",)), "not_found", "does not have it any more")
    await bridge.refuses(Resume(("nonsense",)), "not_found", "does not have it any more")
    for command in (Pause(None), Resume(None)):
        await bridge.tell(command)
    assert not (await nzbget.call("status"))["DownloadPaused"]


async def test_par2_files_that_nothing_needs_stay_paused(
    nzbget: Nzbget, bridge: Bridge, news_server: NewsServer
) -> None:
    data, small, large = (
        news_server.post(name, size * MEBIBYTE) for name, size in (("Data", 4), ("Small", 1), ("Large", 4))
    )
    named = b"".join(
        re.sub(rb'"[^" ]+" yEnc', b'"data.vol%d.par2" yEnc' % number, nzb[nzb.index(b"<file ") : nzb.index(b"</nzb>")])
        for number, nzb in enumerate((small, large))
    )
    await bridge.tell(Limits(download_limit=MEBIBYTE // 4))
    id = await add(bridge, data.replace(b"</nzb>", named + b"</nzb>"), "With par2")
    wanted = (await bridge.see_state(id, "downloading")).size
    held = (await group(nzbget, id))["PausedSizeLo"]
    assert 4 * MEBIBYTE <= held < 5 * MEBIBYTE < (wanted or 0)
    await bridge.tell(Pause((id,)))
    await bridge.see_state(id, "paused", within=5)
    await bridge.tell(Resume((id,)))
    assert (await group(nzbget, id))["PausedSizeLo"] == held
    await bridge.tell(Pause(None))
    await bridge.tell(Pause((id,)))
    await bridge.tell(Resume(None))
    assert (await group(nzbget, id))["PausedSizeLo"] == held
    await bridge.tell(Limits(download_limit=0))
    await bridge.see_state(id, "completed", within=15)


async def test_removed_from_queue_and_history(nzbget: Nzbget, bridge: Bridge, news_server: NewsServer) -> None:
    going = await add(bridge, news_server.post("Going", 24 * MEBIBYTE), "Going")
    waiting = await add(bridge, news_server.post("Waiting", MEBIBYTE), "Waiting", paused=True)
    await bridge.see_state(going, "downloading")
    await bridge.tell(Remove((going, waiting)))
    await bridge.see_gone(going, within=5)
    await bridge.see_gone(waiting, within=5)
    assert await nzbget.call("history", True) == []
    assert list((nzbget.home / "inter").iterdir()) == []

    done = await add(bridge, news_server.post("Done", MEBIBYTE), "Done")
    await bridge.see_state(done, "completed", within=15)
    await bridge.refuses(Remove((done,), delete_data=True), "unsupported", "does not delete the files")
    await bridge.see_state(done, "completed")
    await bridge.tell(Remove((done,)))
    await bridge.see_gone(done)
    assert await past(nzbget, done) is None
    assert sum(file.stat().st_size for file in (nzbget.home / "complete" / "Done").iterdir()) == MEBIBYTE
    await bridge.refuses(Remove((done,)), "not_found", "does not have it any more")

    failed = await add(bridge, broken(news_server.post("Failed", 8 * MEBIBYTE)), "Failed")
    await bridge.see_state(failed, "failed", within=15)
    await bridge.tell(Remove((failed,), delete_data=True))
    await bridge.see_gone(failed)


MARK = "#" * 78
SLEEPY = f"#!/bin/sh\n{MARK}\n### NZBGET POST-PROCESSING SCRIPT\n# Takes its time.\n{MARK}\nsleep 4\nexit 93\n"


class Configured(Nzbget):
    """With options of its own, and a post-processing script."""

    def __init__(self, folder: Path, suite: Suite, news: NewsServer, script: str = "", **options: str) -> None:
        super().__init__(folder, suite, news=news)
        self._script = script
        self._options = {"Extensions": "extra.sh", **options} if script else options

    def configure(self) -> None:
        super().configure()
        path = self.home / "nzbget.conf"
        kept = [line for line in path.read_text().splitlines() if line.partition("=")[0] not in self._options]
        path.write_text("\n".join([*kept, *(f"{name}={value}" for name, value in self._options.items()), ""]))
        if self._script:
            (self.home / "scripts").mkdir()
            script = self.home / "scripts" / "extra.sh"
            script.write_text(self._script)
            script.chmod(0o755)


@pytest.mark.parametrize("suite", ["bookworm"], indirect=True)  # the other has no shell
async def test_left_alone_while_it_is_processed(laboratory: Laboratory, suite: Suite, news_server: NewsServer) -> None:
    program = await laboratory.start(Configured(laboratory.folder, suite, news_server, SLEEPY))
    bridge = Bridge(program)
    id = await add(bridge, news_server.post("Worked on", MEBIBYTE), "Worked on")
    await bridge.see(id, lambda download: download.native_state == "EXECUTING_SCRIPT", within=15)
    for command in (Remove((id,)), Remove((id,), delete_data=True)):
        await bridge.refuses(command, "failed", "works on its files")
    await bridge.refuses(Set((id,), category="tv"), "failed", "changes no category")
    await bridge.refuses(Pause((id,)), "failed", "pauses only")
    await bridge.refuses(Recheck((id,)), "failed", "by itself")
    await bridge.see_state(id, "completed", within=10)
    await bridge.tell(Remove((id,)))
    await bridge.see_gone(id)
    await bridge.client.aclose()


@pytest.mark.parametrize(
    ("check", "way"),
    [("delete", "Downloading again"), ("park", "Retrying failed articles"), ("none", "Retrying failed articles")],
)
async def test_a_failed_one_is_tried_again(
    laboratory: Laboratory, suite: Suite, news_server: NewsServer, check: str, way: str
) -> None:
    program = await laboratory.start(Configured(laboratory.folder, suite, news_server, HealthCheck=check))
    bridge = Bridge(program)
    content = broken(news_server.post("Late", 8 * MEBIBYTE), 0.5)
    id = await add(bridge, content, "Late")
    await bridge.see_state(id, "failed", within=15)
    (name,) = set(re.findall(rb">gone-([^?<]+)\?", content))
    articles = news_server.home / "articles"
    (articles / f"gone-{name.decode()}").write_bytes((articles / name.decode()).read_bytes())
    await bridge.tell(Resume((id,)))
    assert way in (program.home / "nzbget.log").read_text()
    await bridge.see_state(id, "completed", within=20)
    assert bridge.downloads.keys() == {id}
    await bridge.client.aclose()


async def test_what_cannot_be_tried_again(nzbget: Nzbget, bridge: Bridge, news_server: NewsServer) -> None:
    id = await add(bridge, broken(news_server.post("Lost", 8 * MEBIBYTE)), "Lost")
    await bridge.see_state(id, "failed", within=15)
    for file in (nzbget.home / "nzb").iterdir():
        file.unlink()
    await bridge.refuses(Resume((id,)), "failed", "files for it are gone")
    await bridge.see_state(id, "failed")


async def test_processed_again(nzbget: Nzbget, bridge: Bridge, news_server: NewsServer) -> None:
    id = await add(bridge, news_server.post("Again", MEBIBYTE), "Again")
    await bridge.see_state(id, "completed", within=15)
    before = await past(nzbget, id)
    assert before is not None
    await asyncio.sleep(1.1)  # its history counts in whole seconds
    await bridge.tell(Recheck((id,)))

    async def ended_anew() -> bool:
        now = await past(nzbget, id)
        return now is not None and now["HistoryTime"] > before["HistoryTime"]

    await until(ended_anew, 15)
    await bridge.see_state(id, "completed", within=5)
    await bridge.refuses(Recheck(None), "unsupported", "say which")


async def test_category_of_what_waits_and_of_what_is_done(
    nzbget: Nzbget, bridge: Bridge, news_server: NewsServer
) -> None:
    done = await add(bridge, news_server.post("Old", MEBIBYTE), "Old", category="tv")
    await bridge.see_state(done, "completed", within=15)
    waiting = await add(bridge, news_server.post("New", MEBIBYTE), "New", paused=True)
    await bridge.tell(Set((done, waiting), category="Füm"))
    for id in (done, waiting):
        await bridge.see(id, lambda download: download.category == "Füm")
    await bridge.refuses(Set((done,), priority=1), "failed", "has a priority and a place")
    await bridge.refuses(Set((done, waiting), queue_position=1), "failed", "has a priority and a place")
    await bridge.refuses(Set((waiting,), priority=3), "bad_request", "priority must be")
    await bridge.tell(Set((done, waiting), category=""))
    for id in (done, waiting):
        await bridge.see(id, lambda download: download.category is None)


async def test_place_in_the_queue(nzbget: Nzbget, bridge: Bridge, news_server: NewsServer) -> None:
    ids = [await add(bridge, news_server.post(f"Q {n}", MEBIBYTE), f"Q {n}", paused=True) for n in range(5)]

    async def moved(numbers: tuple[int, ...], position: int, wanted: str) -> None:
        await bridge.tell(Set(tuple(ids[number] for number in numbers), queue_position=position))
        assert await order(nzbget) == [ids[int(number)] for number in wanted]

    await moved((4,), 1, "40123")
    await moved((4,), 3, "01423")
    await moved((4,), 3, "01423")
    await moved((0,), 9_000, "14230")
    await moved((1, 2), 2, "41230")
    await moved((3, 1), 4, "42031")
    await moved((1, 3, 0, 2, 4), 5, "13024")
    await moved((2, 1), 1, "21304")
    found = await bridge.see(ids[4], lambda download: download.queue_position == 5)
    assert isinstance(found, Download)
    for priority, native in ((1, 50), (-1, -50), (0, 0), (2, 900)):
        await bridge.tell(Set((ids[0],), priority=priority))
        assert (await group(nzbget, ids[0]))["MaxPriority"] == native


async def test_limit_of_the_whole_program(nzbget: Nzbget, bridge: Bridge) -> None:
    for wanted, native in ((1, 1024), (1_500_000, 1_500_160), (2**40, 2_147_482_624), (0, 0)):
        await bridge.tell(Limits(download_limit=wanted))
        assert (await nzbget.call("status"))["DownloadLimit"] == native
        await bridge.see_totals(lambda totals, native=native: totals.download_limit == (native or None))  # type: ignore[misc]


async def test_no_other_download_loses_its_files(laboratory: Laboratory, suite: Suite, news_server: NewsServer) -> None:
    program = await laboratory.start(Configured(laboratory.folder, suite, news_server, InterDir=""))
    bridge = Bridge(program)
    content = news_server.post("Mine", MEBIBYTE)
    id = await add(bridge, content, "Mine")
    await bridge.see_state(id, "completed", within=15)
    await bridge.refuses(Add(content=content, filename="Mine.nzb"), "failed", "already has this download")
    await bridge.poll()
    (copy,) = bridge.downloads.keys() - {id}
    for command in (Remove((copy,)), Remove((copy,), delete_data=True), Resume((copy,))):
        await bridge.refuses(command, "failed", "folder of another download")
    assert sum(file.stat().st_size for file in (program.home / "complete" / "Mine").iterdir()) == MEBIBYTE
    await bridge.client.aclose()


async def test_told_before_it_is_asked_anew_after_a_restart(
    nzbget: Nzbget, bridge: Bridge, news_server: NewsServer
) -> None:
    id = await add(bridge, news_server.post("Restart", 24 * MEBIBYTE), "Restart", paused=True)
    await bridge.see_state(id, "paused")
    await nzbget.stop()
    await nzbget.start()
    await bridge.tell(Resume((id,)))
    await bridge.see_state(id, "downloading", within=5)
    await bridge.tell(Remove((id,), delete_data=True))
    await bridge.see_gone(id, within=5)


def script_of_the_page(page: int) -> str:
    """The page's own script, with our names in it."""
    found = re.search(r"^```sh\n(#!/bin/sh\n.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1].replace("TOKEN", TOKEN).replace("8484", str(page)).replace("/hook/usenet", "/hook/nzbget")


@pytest.mark.parametrize("suite", ["bookworm"], indirect=True)
async def test_done_is_on_the_bus_long_before_the_next_poll(
    laboratory: Laboratory, suite: Suite, news_server: NewsServer, tmp_path: Path
) -> None:
    broker, page = free_port(), free_port()
    program = await laboratory.start(Configured(laboratory.folder, suite, news_server, script_of_the_page(page)))
    configuration = {
        "mqtt": {"embedded": {"listen": f"127.0.0.1:{broker}"}},
        "http": {"listen": f"127.0.0.1:{page}", "hook_token": TOKEN},
        "clients": {"nzbget": {**program.settings(), "poll": {"active": 600, "idle": 600}}},
    }
    service = Service(tmp_path / "run", "run", configuration)
    await service.start()
    try:
        await healthy(page, 1)
        async with Listener(broker) as seen:
            id = await program.add(news_server.post("Hooked", 4 * MEBIBYTE), name="Hooked")
            await program.see(id, "finished", within=30)
            await seen.until(partial(completed, seen, program, id), 5.0)
    finally:
        await service.kill()
    assert TOKEN not in service.log.read_text()
    ended = await past(program, id)
    assert ended is not None
    assert ended["Status"].startswith("SUCCESS")
