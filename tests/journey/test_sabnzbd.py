"""The real SABnzbd, old and new: what the bridge's client tells it, it does, as its own API and the bus show."""

import asyncio
import base64
import re
import shutil
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from downloads2mqtt.clients.sabnzbd import Sabnzbd as Client
from downloads2mqtt.command import Add, Limits, Pause, Remove, Resume, Set
from tests.bridge.listener import Listener

from .lab.mosquitto import Mosquitto
from .lab.programs import LOOPBACK, free_port
from .lab.sabnzbd import API_KEY, Sabnzbd, find
from .lab.suites import Missing
from .lab.usenet import NewsServer, broken
from .lab.waiting import until
from .service import Service
from .test_bus import progress, served, told
from .test_control_torrents import Bridge
from .test_run import completed, healthy

pytestmark = pytest.mark.timeout(180)

MEBIBYTE = 1 << 20
TOKEN = "hook-token-of-the-test"
PAGE = Path(__file__).parents[2] / "docs" / "clients" / "sabnzbd.md"
UNKNOWN = "SABnzbd_nzo_abcdefgh"


@pytest.fixture
async def bridge(sabnzbd: Sabnzbd) -> AsyncIterator[Bridge]:
    """Connected to the program."""
    bridge = Bridge(sabnzbd)
    await bridge.poll()
    yield bridge
    await bridge.client.aclose()


async def add(bridge: Bridge, content: bytes, name: str = "Told", **more: Any) -> str:
    """Add an NZB and give its id."""
    id = await bridge.tell(Add(content=content, filename=f"{name}.nzb", **more))
    assert id is not None
    return id


async def row(sabnzbd: Sabnzbd, id: str) -> dict[str, Any]:
    """What SABnzbd itself tells of a job in its queue, out of which it takes it for a moment to put it elsewhere."""

    async def found() -> dict[str, Any] | None:
        return find((await sabnzbd.call("queue"))["queue"]["slots"], id)

    row = await until(found, 5)
    assert row is not None
    return row


async def order_of(sabnzbd: Sabnzbd) -> list[str]:
    """The ids of its queue."""
    return [slot["nzo_id"] for slot in (await sabnzbd.call("queue"))["queue"]["slots"]]


async def configure(sabnzbd: Sabnzbd, section: str, **values: str) -> None:
    """Change its configuration."""
    for keyword, value in values.items():
        await sabnzbd.call("set_config", section=section, keyword=keyword, value=value)


async def script(sabnzbd: Sabnzbd, name: str, text: str) -> None:
    """Give it a script."""
    folder = sabnzbd.home / "scripts"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)
    await configure(sabnzbd, "misc", script_dir=sabnzbd.seen("scripts"))


async def another(bridge: Bridge, id: str) -> str:
    """Wait until polls show another job instead; its id."""

    async def ids() -> list[str]:
        await bridge.poll()
        return [] if id in bridge.downloads else list(bridge.downloads)

    (found,) = await until(ids, 10, "it is tried again")
    return found


async def seen_failed(bridge: Bridge, id: str) -> None:
    """Wait until polls show that it has failed."""
    await bridge.see_state(id, "failed", within=40)


def files(folder: Path) -> list[Path]:
    """Every file that is not SABnzbd's own bookkeeping."""
    return [path for path in folder.rglob("*") if path.is_file() and "__ADMIN__" not in path.parts]


async def test_a_job_from_added_to_removed(sabnzbd: Sabnzbd, bridge: Bridge, news_server: NewsServer) -> None:
    name = 'Tøld & "quoted", [twice]'
    id = await add(bridge, news_server.post("told", 12 * MEBIBYTE), name, category="TV", paused=True, priority=1)
    held = await bridge.see_state(id, "paused")
    assert (held.category, held.queue_position) == ("tv", 1)
    assert held.name.startswith("Tøld & ")
    assert (await row(sabnzbd, id))["priority"] == "High"

    await bridge.tell(Resume((id,)))
    await bridge.see(id, lambda download: (download.downloaded or 0) > MEBIBYTE, within=20)
    await bridge.tell(Pause((id,)))
    await bridge.see_state(id, "paused")
    assert (await row(sabnzbd, id))["status"] == "Paused"
    await bridge.tell(Resume(None))
    await bridge.see_state(id, "downloading")
    await bridge.tell(Pause(None))
    await bridge.see_state(id, "paused")
    assert (await sabnzbd.call("queue"))["queue"]["paused"]
    await bridge.refuses(Resume((id,)), "failed", "as a whole is paused")
    await bridge.tell(Resume(None))
    done = await bridge.see_state(id, "completed", within=60)
    await bridge.refuses(Remove((id,), delete_data=True), "unsupported", "deletes no files")
    await bridge.refuses(Pause((id,)), "failed", "only what is in its queue")
    await bridge.refuses(Resume((id,)), "failed", "only what is in its queue")
    await bridge.refuses(Set((id,), priority=1), "failed", "has left its queue")
    assert id in (await bridge.poll()).downloads
    await bridge.tell(Remove((id,)))
    await bridge.see_gone(id)
    assert await sabnzbd.look(id) is None
    assert done.path
    assert sum(path.stat().st_size for path in files(sabnzbd.home / "complete")) == 12 * MEBIBYTE
    await bridge.refuses(Remove((id,)), "not_found", "not have it any more")


async def test_what_is_forced_is_paused_and_resumed_with_the_rest(
    sabnzbd: Sabnzbd, bridge: Bridge, news_server: NewsServer
) -> None:
    await bridge.tell(Limits(download_limit=200_000))
    one, two = [await add(bridge, news_server.post(f"forced {n}", 4 * MEBIBYTE), f"forced {n}") for n in range(2)]
    await bridge.tell(Set((two,), priority=2))
    await bridge.see(two, lambda download: (download.state, download.queue_position) == ("downloading", 1), within=10)
    await bridge.tell(Pause(None))
    for id in (one, two):
        await bridge.see_state(id, "paused")
    before = (await row(sabnzbd, two))["mbleft"]
    await asyncio.sleep(2)
    assert (await row(sabnzbd, two))["mbleft"] == before
    await bridge.tell(Resume(None))
    await bridge.see_state(two, "downloading", within=5)

    await bridge.tell(Set((one,), priority=2))
    await bridge.see_state(one, "downloading", within=5)
    await bridge.tell(Pause((one,)))
    await bridge.see_state(one, "paused")
    assert ((await row(sabnzbd, one))["status"], (await row(sabnzbd, one))["priority"]) == ("Paused", "High")
    await bridge.see_state(two, "downloading", within=5)


async def test_removed_from_the_queue_with_and_without_data(
    sabnzbd: Sabnzbd, bridge: Bridge, news_server: NewsServer
) -> None:
    for delete in (True, False):
        name = f"begun {delete}"
        id = await add(bridge, news_server.post(name, 12 * MEBIBYTE), name)
        await bridge.see(id, lambda download: (download.downloaded or 0) > 2 * MEBIBYTE, within=20)
        await bridge.tell(Remove((id,), delete_data=delete))
        await bridge.see_gone(id)

        async def as_wanted(name: str = name, delete: bool = delete) -> bool:
            return (sabnzbd.home / "incomplete" / name).exists() != delete

        await until(as_wanted, 5, "its data is as wanted")


async def test_category_and_priority_leave_a_paused_job_paused(
    sabnzbd: Sabnzbd, bridge: Bridge, news_server: NewsServer
) -> None:
    await sabnzbd.call("set_config", section="categories", name="urgent", priority="1")
    id = await add(bridge, news_server.post("set", MEBIBYTE), "set", paused=True)
    assert (await bridge.see_state(id, "paused")).category is None
    await bridge.tell(Set((id,), category="urgent"))
    assert (await bridge.see(id, lambda download: download.category == "urgent")).state == "paused"
    assert (await row(sabnzbd, id))["priority"] == "High"
    for priority, word in ((-1, "Low"), (0, "Normal"), (1, "High")):
        await bridge.tell(Set((id,), priority=priority))
        told = await row(sabnzbd, id)
        assert (told["priority"], told["status"]) == (word, "Paused")
    await bridge.refuses(Set((id,), category="nowhere"), "bad_request", "no such category, but .*tv.*Categories")
    await bridge.refuses(Set((id,), priority=3), "bad_request", "-1, 0, 1 or 2")
    await bridge.tell(Set((id,), category="", priority=2))
    await bridge.see(id, lambda download: download.category is None and download.state != "paused")


async def test_places_in_the_queue(sabnzbd: Sabnzbd, bridge: Bridge, news_server: NewsServer) -> None:
    ids = [await add(bridge, news_server.post(f"place {n}", MEBIBYTE), f"place {n}", paused=True) for n in range(5)]

    async def see_order(*wanted: int) -> None:
        assert [ids.index(id) for id in await order_of(sabnzbd)] == list(wanted)
        for place, number in enumerate(wanted, 1):
            await bridge.see(ids[number], lambda download, place=place: download.queue_position == place)  # type: ignore[misc]

    await see_order(0, 1, 2, 3, 4)
    await bridge.tell(Set((ids[4],), queue_position=1))
    await see_order(4, 0, 1, 2, 3)
    await bridge.tell(Set((ids[4],), queue_position=3))
    await see_order(0, 1, 4, 2, 3)
    await bridge.tell(Set((ids[3], ids[0]), queue_position=2))
    await see_order(1, 3, 0, 4, 2)
    await bridge.tell(Set((ids[1], ids[3]), queue_position=9_000))
    await see_order(0, 4, 2, 1, 3)
    await bridge.tell(Set((ids[0],), priority=0, queue_position=2))
    await see_order(4, 0, 2, 1, 3)
    assert {slot["status"] for slot in (await sabnzbd.call("queue"))["queue"]["slots"]} == {"Paused"}


async def test_limits_hold_and_end_while_it_downloads(
    sabnzbd: Sabnzbd, bridge: Bridge, news_server: NewsServer
) -> None:
    id = await add(bridge, news_server.post("limited", 24 * MEBIBYTE), "limited")
    await bridge.see(id, lambda download: (download.downloaded or 0) > MEBIBYTE, within=20)
    await bridge.tell(Limits(download_limit=300_000))
    await bridge.see_totals(lambda totals: totals.download_limit == 293 * 1024)
    await bridge.see(id, lambda download: 0 < (download.download_rate or 0) < 700_000, within=20)
    await bridge.tell(Limits(download_limit=1))
    await bridge.see_totals(lambda totals: totals.download_limit == 1024)
    await asyncio.sleep(1)  # so that it is in the middle of waiting for the rate to fall
    await bridge.tell(Limits(download_limit=0))
    await bridge.see_totals(lambda totals: totals.download_limit is None)
    await bridge.see_state(id, "completed", within=60)


@pytest.fixture
async def web_address() -> AsyncIterator[Callable[[bytes | None], str]]:
    """Offers an NZB on the web; with none there is nothing but a refusal."""
    offered: list[bytes | None] = []

    async def give(request: web.Request) -> web.Response:
        content = offered[int(request.match_info["number"])]
        if content is None:
            raise web.HTTPNotFound
        await asyncio.sleep(1)
        return web.Response(body=content, headers={"Content-Disposition": 'attachment; filename="Its own name.nzb"'})

    application = web.Application()
    application.router.add_get("/get/{number}", give)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, LOOPBACK, port).start()

    def offer(content: bytes | None) -> str:
        offered.append(content)
        return f"http://{LOOPBACK}:{port}/get/{len(offered) - 1}?apikey=hunter2secret&r=hunter2secret"

    yield offer
    await runner.cleanup()


@pytest.mark.parametrize(
    ("filename", "name"), [(None, "Its own name"), ("Given.nzb", "Given")], ids=["its-own-name", "given"]
)
async def test_an_address_keeps_the_id_that_was_given_for_it(
    bridge: Bridge,
    news_server: NewsServer,
    web_address: Callable[[bytes | None], str],
    filename: str | None,
    name: str,
) -> None:
    address = web_address(news_server.post("fetched", MEBIBYTE))
    id = await bridge.tell(Add(url=address, filename=filename, category="tv", priority=1))
    assert id is not None
    fetched = await bridge.see_state(id, "metadata", "queued", "downloading")
    assert "hunter2" not in repr(await bridge.poll())
    assert fetched.id == id
    done = await bridge.see_state(id, "completed", within=40)
    assert (done.id, done.name, done.category) == (id, name, "tv")
    paused = await bridge.tell(
        Add(url=web_address(news_server.post("held", MEBIBYTE)), filename="held.nzb", paused=True)
    )
    assert paused is not None
    await bridge.see(paused, lambda download: (download.state, download.name) == ("paused", "held"), within=20)


async def test_an_address_without_an_nzb_fails_under_its_id_and_tells_no_secret(
    bridge: Bridge, web_address: Callable[[bytes | None], str]
) -> None:
    id = await bridge.tell(Add(url=web_address(None)))
    assert id is not None
    await seen_failed(bridge, id)
    assert "hunter2" not in repr(await bridge.poll())
    assert bridge.downloads[id].error
    await bridge.tell(Resume((id,)))  # which fetches it once more
    again = await another(bridge, id)
    await seen_failed(bridge, again)
    await bridge.tell(Remove((again,), delete_data=True))
    await bridge.see_gone(again)


async def test_what_it_does_not_take_and_why(sabnzbd: Sabnzbd, bridge: Bridge, news_server: NewsServer) -> None:
    content = news_server.post("twice", MEBIBYTE)
    first = await add(bridge, content, "twice")
    await bridge.see_state(first, "completed", within=40)
    await bridge.refuses(Add(content=b"garbage", filename="hollow.nzb"), "failed", "hollow")
    await bridge.refuses(Add(content=b"", filename="void.nzb"), "failed", "did not take it")
    await configure(sabnzbd, "misc", no_dupes="1")
    await bridge.refuses(Add(content=content, filename="twice.nzb"), "failed", "duplicate NZB|or a duplicate")
    await configure(sabnzbd, "misc", no_dupes="3")
    await bridge.refuses(Add(content=content, filename="twice.nzb"), "failed", "as failed: Duplicate NZB")
    await configure(sabnzbd, "misc", no_dupes="2")
    held = await add(bridge, content, "twice")
    assert "DUPLICATE" in ((await bridge.see_state(held, "paused")).warning or "")
    await bridge.tell(Resume(None))
    await asyncio.sleep(1)
    assert (await row(sabnzbd, held))["status"] == "Paused"  # what it holds itself is resumed by name alone
    await bridge.tell(Resume((held,)))
    await bridge.see_state(held, "completed", within=40)
    for url in ("/etc/passwd", "ftp://x/y.nzb", "http://x/\nhttp://y/"):
        await bridge.refuses(Add(url=url), "bad_request", "url must be")
    await bridge.refuses(Add(url="http://x/y.nzb", tags=("a",)), "unsupported", "no tags")
    await bridge.refuses(Add(url="http://x/y.nzb", path="/x"), "unsupported", "no path")
    await bridge.refuses(Add(url="http://x/y.nzb", category="nowhere"), "bad_request", "no such category")
    await bridge.refuses(Add(url="http://x/y.nzb", paused=True, priority=1), "unsupported", "not both")


async def test_a_failed_job_is_tried_again_and_removed_with_its_data(
    sabnzbd: Sabnzbd, bridge: Bridge, news_server: NewsServer
) -> None:
    id = await add(bridge, broken(news_server.post("broken", MEBIBYTE)), "broken")
    await seen_failed(bridge, id)
    await bridge.tell(Resume((id,)))
    again = await another(bridge, id)
    assert bridge.downloads[again].name == "broken"
    await seen_failed(bridge, again)
    assert (sabnzbd.home / "incomplete" / "broken").exists()
    await bridge.tell(Remove((again,), delete_data=True))
    await bridge.see_gone(again)
    assert await sabnzbd.look(again) is None
    assert not (sabnzbd.home / "incomplete" / "broken").exists()


async def test_removed_in_the_middle_of_its_post_processing(
    sabnzbd: Sabnzbd, bridge: Bridge, news_server: NewsServer
) -> None:
    await script(sabnzbd, "sleepy", "#!/usr/bin/python3\nimport time\ntime.sleep(100)\n")
    await sabnzbd.call("set_config", section="categories", name="slow", script="sleepy", pp="3")
    ids = [await add(bridge, news_server.post(f"slow {n}", MEBIBYTE), f"slow {n}", category="slow") for n in range(3)]
    await bridge.see(ids[0], lambda download: download.native_state == "Running", within=30)
    for id in ids[1:]:
        await bridge.see(id, lambda download: download.native_state == "PP Queued", within=30)
    await bridge.refuses(Pause((ids[0],)), "failed", "no post-processing")
    await bridge.tell(Remove((ids[1],), delete_data=True))
    await bridge.see_gone(ids[1])
    assert bridge.downloads[ids[0]].native_state == "Running"
    await bridge.tell(Remove((ids[0],)))
    await bridge.see_gone(ids[0])
    assert await sabnzbd.look(ids[0]) is None
    await bridge.see(ids[2], lambda download: download.native_state == "Running", within=30)
    await bridge.tell(Remove((ids[2],), delete_data=True))
    await bridge.see_gone(ids[2])
    assert not files(sabnzbd.home / "incomplete")


async def test_nothing_is_there_to_be_told(sabnzbd: Sabnzbd, bridge: Bridge, news_server: NewsServer) -> None:
    await bridge.tell(Pause(None))
    await bridge.tell(Resume(None))
    id = await add(bridge, news_server.post("bystander", MEBIBYTE), "bystander", paused=True)
    for command in (Pause((UNKNOWN,)), Resume((UNKNOWN,)), Remove((UNKNOWN,)), Set((UNKNOWN,), priority=1)):
        await bridge.refuses(command, "not_found", "not have it any more")
    for word in ("all", "failed", "ALL", "", f"{id},{UNKNOWN}"):
        await bridge.refuses(Remove((word,), delete_data=True), "not_found", "nzo_id")
    await bridge.see_state(id, "paused")


async def test_told_over_mqtt_from_added_to_removed(
    sabnzbd: Sabnzbd, mosquitto: Mosquitto, news_server: NewsServer, tmp_path: Path
) -> None:
    async with served([sabnzbd], mosquitto, tmp_path) as (service, seen):

        async def ask(verb: str, **fields: object) -> dict[str, Any]:
            answer: dict[str, Any] = await seen.request(f"client/sabnzbd:{verb}", fields, within=20)
            return answer

        abilities = seen.json("client/sabnzbd/status")["abilities"]
        assert tuple(abilities) == Client.abilities
        content = base64.b64encode(news_server.post("bus", 12 * MEBIBYTE)).decode()
        id = (await ask("add", content=content, filename="bus.nzb"))["data"]["id"]
        await seen.until(lambda: progress(seen, sabnzbd, id), 40)
        assert (await ask("pause", ids=[id]))["status"] == "ok"
        await seen.until(lambda: seen.downloads("sabnzbd")[id]["state"] == "paused", 10)
        assert (await ask("set", ids=[id], category="tv", priority=1))["status"] == "ok"
        await seen.until(lambda: seen.downloads("sabnzbd")[id]["category"] == "tv", 10)
        assert (await ask("limits", download_limit=3_000_000))["status"] == "ok"
        await seen.until(lambda: seen.json("client/sabnzbd/stats")["download_limit"] == 2930 * 1024, 10)
        assert (await ask("limits", upload_limit=1))["error"]["code"] == "unsupported"
        assert (await ask("recheck", ids=[id]))["error"]["code"] == "unsupported"
        assert (await ask("add", url="magnet:?xt=urn:btih:" + "a" * 40))["error"]["code"] == "unsupported"
        assert (await ask("add", content="", filename="x.torrent"))["error"]["code"] == "unsupported"
        assert (await ask("remove", ids=[UNKNOWN]))["error"]["code"] == "not_found"
        assert (await ask("resume", ids=[id]))["status"] == "ok"
        await seen.until(lambda: "completed" in told(seen, sabnzbd, id), 60)
        assert (await ask("remove", ids=[id]))["status"] == "ok"
        await seen.until(lambda: id not in seen.downloads("sabnzbd"), 20)
        await seen.until(lambda: told(seen, sabnzbd, id)[-1] == "removed")
        events = told(seen, sabnzbd, id)
        assert [events.count(event) for event in ("added", "paused", "resumed", "completed", "removed")] == [1] * 5
        everything = b"".join(payload for _, payload in seen.log) + service.log.read_bytes()
        assert API_KEY.encode() not in everything


@pytest.mark.parametrize("suite", ["bookworm"], indirect=True)
async def test_the_script_of_the_documentation_tells_of_a_completion(
    sabnzbd: Sabnzbd, news_server: NewsServer, tmp_path: Path
) -> None:
    if shutil.which("curl") is None:
        raise Missing("curl is not installed.")
    broker, page = free_port(), free_port()
    service = Service(
        tmp_path / "run",
        "run",
        {
            "mqtt": {"embedded": {"listen": f"127.0.0.1:{broker}"}},
            "http": {"listen": f"127.0.0.1:{page}", "hook_token": TOKEN},
            "clients": {"sabnzbd": {**sabnzbd.settings(), "poll": {"active": 600, "idle": 600}}},
        },
    )
    found = re.search(r"^#!/bin/sh\n.*?/hook/usenet$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert found is not None
    text = found[0].replace("TOKEN", TOKEN).replace("8484", str(page)).replace("/usenet", "/sabnzbd")
    await script(sabnzbd, "tell-downloads2mqtt", f"{text}\n")
    await configure(
        sabnzbd, "nscript", nscript_enable="1", nscript_script="tell-downloads2mqtt", nscript_prio_complete="1",
        nscript_prio_failed="1", nscript_prio_download="1",
    )  # fmt: skip
    await service.start()
    try:
        await healthy(page, 1)
        async with Listener(broker) as seen:
            id = await sabnzbd.add(news_server.post("hooked", 4 * MEBIBYTE), name="hooked")
            await seen.until(lambda: id in seen.downloads("sabnzbd"), 4)
            await sabnzbd.see(id, "finished", within=40)
            await seen.until(partial(completed, seen, sabnzbd, id), 4)
            id = await sabnzbd.add(broken(news_server.post("lost", MEBIBYTE)), name="lost")
            await sabnzbd.see(id, "failed", within=40)
            await seen.until(lambda: "failed" in told(seen, sabnzbd, id), 4)
    finally:
        await service.kill()
    assert TOKEN not in service.log.read_text()
