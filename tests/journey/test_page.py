"""The page as a person uses it: real programs, a real broker, the bridge as they run it, and Chromium."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Self

import pytest

from tests.bridge.relay.people import PASSWORD, user
from tests.bridge.relay.test_dashboard_dialogs import drop
from tests.browser import Shown

from .lab.clients import DownloadClient
from .lab.mosquitto import Mosquitto
from .lab.programs import LOOPBACK, free_port
from .lab.qbittorrent import QBittorrent
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .service import Service
from .test_run import healthy

pytestmark = [pytest.mark.timeout(240), pytest.mark.parametrize("suite", ["trixie"], indirect=True)]

MEBIBYTE = 1 << 20
ROWS = "[role=row][data-key]"


class Line:
    """A line to the page on which nothing may come through for a while, and nobody is told."""

    def __init__(self, target: int) -> None:
        self.port = free_port()
        self._target = target
        self._open = asyncio.Event()
        self._open.set()
        self._pumps: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    def hang(self) -> None:
        """From now on nothing comes through."""
        self._open.clear()

    def mend(self) -> None:
        """What hung is lost, and new connections come through: as behind a router that forgot."""
        for pump in self._pumps:
            pump.cancel()
        self._open.set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._take, LOOPBACK, self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.mend()
        assert self._server is not None
        self._server.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._open.wait()
        try:
            up, down = await asyncio.open_connection(LOOPBACK, self._target)
        except OSError:
            writer.close()
            return
        both = ((reader, down), (up, writer))
        pumps = {asyncio.create_task(self._pump(source, sink)) for source, sink in both}
        self._pumps |= pumps
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for pump in pumps:
            pump.cancel()
        self._pumps -= pumps
        for sink in (writer, down):
            with suppress(OSError):
                sink.transport.abort()

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await source.read(1 << 16):
                await self._open.wait()
                sink.write(chunk)
                await sink.drain()


@asynccontextmanager
async def house(
    clients: list[DownloadClient], mosquitto: Mosquitto, folder: Path, **http: Any
) -> AsyncIterator[tuple[Service, int]]:
    """Bridge and page on a broker; the port of the page."""
    port = free_port()
    by_kind = {client.kind: {**client.settings(), "poll": {"active": 0.5, "idle": 0.5}} for client in clients}
    configuration = {
        "mqtt": {"url": mosquitto.url},
        "http": {"listen": f"{LOOPBACK}:{port}", **http},
        "control": "full",
        "clients": by_kind,
    }
    service = Service(folder / "run", "run", configuration)
    await service.start()
    try:
        if "users" in http:
            await service.said("page on")
        else:
            await healthy(port, len(clients))
        yield service, port
    except BaseException as error:
        error.add_note(f"the bridge said:\n{service.log.read_text()[-4000:]}")
        raise
    finally:
        await service.kill()
    assert "Traceback" not in service.log.read_text()


def row(shown: Shown, name: str) -> Any:
    return shown.page.locator(ROWS).filter(has_text=name)


async def word(shown: Shown, name: str, *words: str, seconds: float = 30.0) -> None:
    """Until the row of a download says one of these states."""
    async with asyncio.timeout(seconds):
        while not set(await row(shown, name).locator("[data-column=state] .word").all_text_contents()) & set(words):
            await asyncio.sleep(0.05)


async def moved(shown: Shown, name: str, steps: int, seconds: float = 40.0) -> list[float]:
    """What the bar of a download says, until it said so many different things."""
    seen: list[float] = []
    async with asyncio.timeout(seconds):
        while len(seen) < steps:
            now = await row(shown, name).get_by_role("progressbar").get_attribute("aria-valuenow")
            if now is not None and float(now) not in seen:
                seen.append(float(now))
            await asyncio.sleep(0.05)
    return seen


async def added(shown: Shown, client: str, content: bytes) -> None:
    """Drop a .torrent on the page, for this client."""
    await drop(shown, ("dropped.torrent", content))
    dialog = shown.page.get_by_role("dialog", name="Add downloads")
    await dialog.locator("select[name=client]").select_option(client)
    await dialog.get_by_role("button", name="Add 1").click()
    await shown.says("[data-outcome=taken] .outcome", "took it", 30)
    await dialog.get_by_role("button", name="Done").click()


async def told(shown: Shown, id: str) -> list[str]:
    """The events of one download that the page heard of."""
    events: list[str] = await shown.page.evaluate(
        """id => document.querySelector('d2m-page').model.store.events
            .filter(event => event.id === id).map(event => event.event)""",
        id,
    )
    return events


async def told_completed(shown: Shown, id: str) -> None:
    """Wait until the page heard that the download completed."""
    async with asyncio.timeout(10):
        while "completed" not in await told(shown, id):
            await asyncio.sleep(0.05)


async def test_a_dropped_torrent_from_first_byte_to_removed(
    qbittorrent: QBittorrent,
    transmission: Transmission,
    swarm: Swarm,
    mosquitto: Mosquitto,
    shown: Shown,
    tmp_path: Path,
) -> None:
    clients: list[DownloadClient] = [qbittorrent, transmission]
    async with house(clients, mosquitto, tmp_path) as (_, port):
        await shown.open(f"http://{LOOPBACK}:{port}/")
        for client in clients:
            name = f"<img src=x onerror=document.title='pwned'> {client.kind}"
            share = swarm.share(name, 12 * MEBIBYTE, rate=MEBIBYTE)
            await added(shown, client.kind, share.torrent.content)
            seen = await moved(shown, name, 3)
            assert seen == sorted(seen)
            await row(shown, name).click()
            await shown.page.locator("[data-verb=pause]").click()
            await word(shown, name, "Paused")
            await client.see(share.torrent.info_hash, "paused")
            await shown.page.locator("[data-verb=resume]").click()
            share.rate = 8 * MEBIBYTE
            await word(shown, name, "Seeding", "Completed", seconds=60)
            assert await row(shown, name).locator(".percent").text_content() == "100 %"
            async with asyncio.timeout(10):
                while "completed" not in await told(shown, share.torrent.info_hash):
                    await asyncio.sleep(0.05)
            await row(shown, name).dblclick()
            await shown.says(".events li", "Completed")
            assert await shown.page.locator("img[src=x]").count() == 0
            assert "pwned" not in await shown.page.title()
            await shown.page.locator("[data-act=remove]").click()
            dialog = shown.page.get_by_role("dialog")
            assert await dialog.get_by_role("listitem").all_text_contents() == [name]
            await dialog.get_by_role("checkbox").check()
            await dialog.get_by_role("button", name="Remove and delete data").click()
            async with asyncio.timeout(30):
                while await row(shown, name).count() > 0:
                    await asyncio.sleep(0.05)
            await client.see_gone(share.torrent.info_hash)
            await shown.page.keyboard.press("Escape")
            await shown.page.keyboard.press("Escape")
        assert shown.complaints == []


async def test_nothing_is_lost_when_the_relay_starts_again(
    transmission: Transmission, swarm: Swarm, mosquitto: Mosquitto, shown: Shown, tmp_path: Path
) -> None:
    async with house([transmission], mosquitto, tmp_path) as (service, port):
        await shown.open(f"http://{LOOPBACK}:{port}/")
        share = swarm.share("Restarted", 12 * MEBIBYTE, rate=MEBIBYTE // 2)
        await added(shown, "transmission", share.torrent.content)
        before = (await moved(shown, "Restarted", 2))[-1]
        await service.stop()
        await shown.link("Connection lost")
        await shown.counts("d2m-dashboard[stale]", 1)
        assert await row(shown, "Restarted").count() == 1
        await service.start()
        await shown.link("Live", 40)
        await shown.counts("d2m-dashboard[stale]", 0)
        share.rate = 8 * MEBIBYTE
        assert min(await moved(shown, "Restarted", 2)) >= before
        await word(shown, "Restarted", "Seeding", "Completed", seconds=60)
        await told_completed(shown, share.torrent.info_hash)
        assert (await told(shown, share.torrent.info_hash)).count("completed") == 1


async def test_what_completed_while_the_relay_was_away_is_told_when_it_is_back(
    transmission: Transmission, swarm: Swarm, mosquitto: Mosquitto, shown: Shown, tmp_path: Path
) -> None:
    async with house([transmission], mosquitto, tmp_path) as (service, port):
        await shown.open(f"http://{LOOPBACK}:{port}/")
        share = swarm.share("Meanwhile", 8 * MEBIBYTE, rate=MEBIBYTE // 2)
        await added(shown, "transmission", share.torrent.content)
        await moved(shown, "Meanwhile", 2)
        await service.stop()
        await shown.link("Connection lost")
        share.rate = 8 * MEBIBYTE
        await transmission.see(share.torrent.info_hash, "finished")
        await service.start()
        await shown.link("Live", 40)
        await word(shown, "Meanwhile", "Seeding", "Completed")
        await told_completed(shown, share.torrent.info_hash)


async def test_nothing_is_lost_in_half_a_minute_without_network(
    transmission: Transmission, swarm: Swarm, mosquitto: Mosquitto, shown: Shown, tmp_path: Path
) -> None:
    hellos: list[bool] = []

    def hear(payload: Any) -> None:
        frame = json.loads(payload)
        if frame["t"] == "hello":
            hellos.append(frame["recovered"])

    shown.page.on("websocket", lambda socket: socket.on("framereceived", hear))
    async with house([transmission], mosquitto, tmp_path) as (_, port), Line(port) as line:
        await shown.open(f"http://{LOOPBACK}:{line.port}/")
        share = swarm.share("Offline", 8 * MEBIBYTE, rate=MEBIBYTE)
        await added(shown, "transmission", share.torrent.content)
        await moved(shown, "Offline", 2)
        line.hang()
        share.rate = 8 * MEBIBYTE
        await transmission.see(share.torrent.info_hash, "finished")
        await asyncio.sleep(30)
        assert "completed" not in await told(shown, share.torrent.info_hash)
        line.mend()
        await shown.link("Live", 40)
        await word(shown, "Offline", "Seeding", "Completed")
        await told_completed(shown, share.torrent.info_hash)
        events = await told(shown, share.torrent.info_hash)
        assert events[0] == "added"
        assert events.count("completed") == 1
        assert hellos[-1] is True
        assert await row(shown, "Offline").count() == 1


async def test_who_may_see_one_client_sees_only_that(
    qbittorrent: QBittorrent,
    transmission: Transmission,
    swarm: Swarm,
    mosquitto: Mosquitto,
    shown: Shown,
    tmp_path: Path,
) -> None:
    users = {"anna": user(clients=["transmission"]), "ben": user()}
    async with house([qbittorrent, transmission], mosquitto, tmp_path, users=users) as (_, port):
        hidden = swarm.share("Hidden", 2 * MEBIBYTE)
        await qbittorrent.add(hidden.torrent.content, name="Hidden")
        page = shown.page

        async def enter(name: str) -> None:
            await page.get_by_label("User name").fill(name)
            await page.get_by_label("Password", exact=True).fill(PASSWORD)
            await page.get_by_role("button", name="Log in").click()
            await shown.link("Live")

        await page.goto(f"http://{LOOPBACK}:{port}/")
        await enter("ben")
        await word(shown, "Hidden", "Seeding", "Completed", "Downloading")
        await page.get_by_role("button", name="Menu of ben").click()
        await page.get_by_role("menuitem", name="Log out ben").click()
        await enter("anna")
        await shown.counts(".client", 1)
        assert await page.locator(ROWS).count() == 0
        share = swarm.share("Visible", 2 * MEBIBYTE)
        await drop(shown, ("visible.torrent", share.torrent.content))
        dialog = page.get_by_role("dialog", name="Add downloads")
        offered = await dialog.locator("select[name=client] option").all_text_contents()
        assert offered == ["Choose for me", "transmission"]
        await dialog.get_by_role("button", name="Add 1").click()
        await shown.says("[data-outcome=taken] .outcome", "transmission took it", 30)
        await dialog.get_by_role("button", name="Done").click()
        await word(shown, "Visible", "Seeding", "Completed", seconds=40)
        await page.get_by_role("button", name="Chart of the rates").click()
        await page.get_by_label("24 h").check(force=True)
        await shown.says(".instead", "Nothing was measured in this time.")
        await page.keyboard.press("Escape")
        await shown.shows(f"{ROWS} .name", "Visible")
        assert [said for said in shown.complaints if "401" not in said] == []
