"""The dashboard card in real Home Assistants, as people use it: a real broker, bridge, download client and Chromium."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Shown

from .lab.dashboard_card import CARD, ELEMENT, ROW, Pages, cards, pages, reader, regroup
from .lab.home_assistant import COMPONENT, RELEASES, HomeAssistant, Release
from .lab.laboratory import Laboratory
from .lab.mosquitto import Mosquitto
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .lab.waiting import until
from .service import Service
from .test_home_assistant_docs import CARD_BLOCK, blocks

pytestmark = [
    pytest.mark.timeout(360),
    pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES),
]

HOSTILE = '<img src=x onerror="window.pwned=1">.iso'
GRID = [
    [{"columns": 12, "min_columns": 6, "min_rows": 2}, 7],
    [{"columns": "full", "rows": 8, "min_columns": 6, "min_rows": 4}, 9],
]
"""What the sections of dashboards ask of a compact and a full card, and masonry: how high it is."""
REASON = "in Home Assistant ist hier Zusehen erlaubt, Steuern nicht"


@dataclass
class Scene:
    """Everything that plays."""

    home: HomeAssistant
    torrents: Transmission
    bridge: Service
    swarm: Swarm
    entry_id: str

    async def add(self, name: str, size: int = 8 << 20) -> str:
        """Give the client something to download; its id."""
        share = self.swarm.share(name, size)
        return (await self.torrents.add(share.torrent.content, name=name)).lower()


@asynccontextmanager
async def scene(laboratory: Laboratory, release: Release, swarm: Swarm, folder: Path) -> AsyncIterator[Scene]:
    """A house with one download client and three dashboards; no resource is configured by hand."""
    mosquitto = await laboratory.start(Mosquitto(laboratory.folder))
    torrents = await laboratory.start(Transmission(laboratory.folder))
    client = {**torrents.settings(), "name": "Torrents", "poll": {"active": 0.5, "idle": 0.5}}
    settings = {"mqtt": {"url": mosquitto.url}, "control": "full", "clients": {"torrents": client}}
    bridge = Service(folder / "bridge", "bridge", settings)
    home = HomeAssistant(laboratory.folder, release, broker=mosquitto, components=[COMPONENT])
    await laboratory.start(home)
    await bridge.start()
    try:
        entry = await home.confirm("downloads2mqtt", within=40)
        await home.shows("sensor.torrents_status", "online", within=40)
        await home.add_dashboard("the-compact", {"views": [{"cards": [{"type": CARD}]}]})
        await home.add_dashboard("the-full", {"views": [{"type": "panel", "cards": [{"type": CARD, "view": "full"}]}]})
        section = {"type": "grid", "cards": [{"type": CARD}, {"type": CARD, "view": "full"}]}
        await home.add_dashboard("the-documented", {"views": [{"cards": [blocks()[CARD_BLOCK]]}]})
        await home.add_dashboard("the-sections", {"views": [{"type": "sections", "sections": [section]}]})
        yield Scene(home, torrents, bridge, swarm, entry["entry_id"])
    except BaseException as error:
        error.add_note(f"Home Assistant said:\n{home.last_words()}")
        raise
    finally:
        await bridge.kill()
    assert "Traceback" not in bridge.log.read_text()
    assert home.complaints(lambda line: "downloads2mqtt" in line and "No device components" not in line) == []


# -- an ordinary person ----------------------------------------------------------------------------


async def test_a_person_watches_and_steers(
    laboratory: Laboratory, release: Release, swarm: Swarm, shown: Shown, tmp_path: Path
) -> None:
    async with scene(laboratory, release, swarm, tmp_path) as play:
        async with pages(shown, play.home, await play.home.person("anna")) as seen:
            await seen.go("/the-compact/0", rows=False)
            await shown.says(f"{ELEMENT} #empty", "Nothing is being downloaded")
            await downloads_and_steers(play, seen)
            await says_why(play, seen)
            await looks_right(seen, tmp_path / "screenshots")
            await comes_back(play, seen)
            await leaves_nothing(seen)


async def downloads_and_steers(play: Scene, seen: Pages) -> None:
    """It comes by itself, its bar moves, it obeys, and it is shown when it is complete; its name stays text."""
    await play.torrents.limit(400_000)
    id = await play.add(HOSTILE)
    row = await seen.row(HOSTILE, "downloading")
    before = await seen.drawn(row)
    await until(lambda: beyond(seen, row, before), 30, "the bar moves")
    await row.locator("[data-act=pause]").click()
    await play.torrents.see(id, "paused")
    await seen.row(HOSTILE, "paused")
    await row.locator("[data-act=resume]").click()
    await play.torrents.see(id, "downloading")
    await seen.row(HOSTILE, "downloading")
    await play.torrents.limit(0)
    await seen.row(HOSTILE, "seeding", 60)
    assert await row.locator(".bar").count() == 0
    assert await seen.page.locator(f"{ELEMENT} img").count() == 0
    assert await seen.page.evaluate("window.pwned") is None


async def beyond(seen: Pages, row: Any, before: float) -> bool:
    return await seen.drawn(row) > before


async def says_why(play: Scene, seen: Pages) -> None:
    """A download that may not be written says so."""
    name = "Nowhere to go.iso"
    content = base64.b64encode(play.swarm.share(name, 4 << 20).torrent.content).decode()
    await play.torrents.call("torrent-add", metainfo=content, **{"download-dir": "/proc/nowhere"})
    row = await seen.row(name, "failed")
    said = await row.locator(".trouble").text_content()
    held = await play.torrents.call("torrent-get", fields=["name", "errorString"])
    assert said in [one["errorString"] for one in held["torrents"] if one["name"] == name]
    await row.locator(".open").click()
    await seen.shown.says("d2m-drawer .said", said)
    await seen.page.keyboard.press("Escape")
    await seen.shown.counts("d2m-drawer dialog", 0)


async def looks_right(seen: Pages, folder: Path) -> None:
    """Light and dark, wide and on a phone: everything within the card, and text that stands out from what it is on."""
    folder.mkdir()
    for width, height in ((1280, 800), (390, 844)):
        await seen.page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            await seen.page.emulate_media(color_scheme=scheme)
            for board in ("the-compact", "the-full", "the-sections"):
                await seen.go(f"/{board}/0")
                await asyncio.sleep(0.6)  # Home Assistant fades its pages in
                await seen.page.screenshot(path=folder / f"{board}-{scheme}-{width}.png")
                assert await seen.outside() == []
                if board == "the-sections":
                    sizes = "(cards) => cards.map((one) => [one.getGridOptions(), one.getCardSize()])"
                    assert await seen.page.locator(ELEMENT).evaluate_all(sizes) == GRID
                ink, paper = await seen.contrast()
                assert ink < 100 < 200 < paper if scheme == "light" else paper < 60 < 180 < ink
    await seen.page.set_viewport_size({"width": 1280, "height": 800})
    await seen.page.emulate_media(color_scheme="light")
    await seen.go("/the-compact/0")


async def comes_back(play: Scene, seen: Pages) -> None:
    """After the connection was cut, after the component was loaded anew, and after Home Assistant was away."""
    await seen.on_connection("(connection) => connection.socket.close()")
    await play.add("After the cut", 1 << 20)
    await seen.row("After the cut", "seeding")
    await disabled(play, "user")
    await seen.shown.says(f"{ELEMENT} .banner", "downloads2mqtt is not running in Home Assistant.", 2)
    await disabled(play, None)
    await seen.shown.counts(f"{ELEMENT} .banner", 0, 20)
    await play.home.call_service("homeassistant", "reload_config_entry", entry_id=play.entry_id)
    await play.add("After loading anew", 1 << 20)
    await seen.row("After loading anew", "seeding")
    await play.home.stop()
    await seen.shown.says(f"{ELEMENT} .banner", "The connection to Home Assistant is lost.", 20)
    await play.home.start()
    await play.add("After the restart", 1 << 20)
    await seen.row("After the restart", "seeding", 60)
    await seen.shown.counts(f"{ELEMENT} .banner", 0)


async def disabled(play: Scene, by: str | None) -> None:
    """Disable the config entry, or enable it."""
    await play.home.ask("config_entries/disable", entry_id=play.entry_id, disabled_by=by)


async def learns_what_the_bridge_allows(play: Scene, seen: Pages) -> None:
    """Without anybody loading a page anew: the bridge comes back with another `control`."""
    id = await play.add("Steered.iso", 16 << 20)
    row = await seen.row("Steered.iso", "downloading")
    act = f"{ROW}:has(.name:text-is('Steered.iso')) [data-act]"
    await seen.shown.counts(act, 1)
    for control in ("off", "safe"):
        await play.bridge.stop()
        text = play.bridge.path.read_text()
        play.bridge.path.write_text(re.sub('"control":"[a-z]+"', f'"control":"{control}"', text))
        await play.bridge.start()
        await seen.shown.counts(act, 0 if control == "off" else 1, 40)
    await row.locator("[data-act=pause]").click()
    await play.torrents.see(id, "paused")


async def leaves_nothing(seen: Pages) -> None:
    """A card that is taken away listens no more, and one that comes back listens once."""
    await until(lambda: listening(seen, 1), 10, "one subscription for one card")
    script = "(card) => { window.card = card; window.place = card.parentNode; card.remove(); }"
    await seen.page.locator(ELEMENT).evaluate(script)
    await until(lambda: listening(seen, 0), 10, "no subscription without a card")
    await seen.page.evaluate("window.place.append(window.card)")
    await until(lambda: listening(seen, 1), 10, "one subscription again")
    await seen.page.wait_for_selector(ROW)


async def listening(seen: Pages, count: int) -> bool:
    return len(seen.open) == count


async def test_what_one_may_do_is_shown_and_learned(
    laboratory: Laboratory, release: Release, swarm: Swarm, shown: Shown, tmp_path: Path
) -> None:
    async with scene(laboratory, release, swarm, tmp_path) as play:
        async with pages(shown, play.home, await reader(play.home, "rosa"), "de") as seen:
            await play.torrents.limit(300_000)
            id = await play.add("Slow.iso", 16 << 20)
            await seen.go("/the-documented/0")
            await shown.says(f"{ELEMENT} header h2", blocks()[CARD_BLOCK]["title"])
            await seen.go("/the-compact/0")
            await seen.row("Slow.iso", "downloading")
            assert await seen.page.locator(f"{ELEMENT} [data-act]").count() == 0
            await seen.go("/the-full/0")
            row = await seen.row("Slow.iso", "downloading")
            await shown.says(f"{ELEMENT} [data-column=state]", "Lädt")
            await row.click()
            await shown.says(f"{ELEMENT} d2m-tool-bar .count", "1 ausgewählt")
            assert await seen.page.locator(f"{ELEMENT} [data-verb]").count() == 0
            await is_refused_with_a_reason(seen)
            await play.torrents.see(id, "downloading")
            await regroup(play.home, "rosa", "system-users")
            await shown.counts(f"{ELEMENT} [data-verb=pause]", 1)
            await seen.page.locator(f"{ELEMENT} [data-verb=pause]").click()
            await play.torrents.see(id, "paused")
            await play.torrents.resume(id)
            await regroup(play.home, "rosa", "system-read-only")
            await shown.counts(f"{ELEMENT} [data-verb]", 0)
            await regroup(play.home, "rosa", "system-users")
            await play.torrents.limit(100_000)
            await seen.go("/the-compact/0")
            await learns_what_the_bridge_allows(play, seen)


async def is_refused_with_a_reason(seen: Pages) -> None:
    """What was pressed in the moment before the button went."""
    press = "({model}) => void model.commands.run('pause', model.store.downloads.values())"
    await seen.page.locator(ELEMENT).evaluate(press)
    await seen.shown.says(f"{ELEMENT} .toast", REASON)
    await seen.page.locator(f"{ELEMENT} .toast button").click()


# -- who makes the dashboards ----------------------------------------------------------------------


async def test_it_is_chosen_and_edited(
    laboratory: Laboratory, release: Release, swarm: Swarm, shown: Shown, tmp_path: Path
) -> None:
    async with scene(laboratory, release, swarm, tmp_path) as play:
        await play.add("Something.iso", 1 << 20)
        async with pages(shown, play.home, play.home.token) as seen:
            await seen.go("/the-compact/0?edit=1")
            await is_suggested(seen, release)
            await is_picked(seen, tmp_path)
            await is_edited(play, seen, tmp_path)


async def is_suggested(seen: Pages, release: Release) -> None:
    """For an entity of ours with what that entity is about, for another not at all; newer ones ask by themselves."""
    suggest = f"window.customCards.find((one) => `custom:${{one.type}}` === {CARD!r}).getEntitySuggestion"
    hass = "document.querySelector('home-assistant').hass"
    for entity, config in (
        ("sensor.torrents_status", {"type": CARD, "view": "compact", "clients": ["torrents"]}),
        ("todo.all_downloads_downloads", {"type": CARD, "view": "compact"}),
        ("zone.home", None),
    ):
        suggestion = await seen.page.evaluate(f"({suggest})({hass}, {entity!r})")
        assert suggestion == (config and {"config": config}), entity
    await seen.page.get_by_text("Add card").first.click()
    if release.listening is not None:
        await seen.page.get_by_placeholder("Search entities").fill("torrents status")
        await seen.page.get_by_text("Status").last.click()
        await seen.page.wait_for_selector(f"hui-suggest-dialog {ROW}, ha-dialog {ROW}, ha-wa-dialog {ROW}")


async def is_picked(seen: Pages, folder: Path) -> None:
    """It stands among the cards, with a preview."""
    await seen.page.get_by_text("By card").click()
    await seen.page.locator("hui-card-picker input").first.fill("downloads2")
    await seen.page.wait_for_selector(f"hui-card-picker {ROW}")
    await seen.page.screenshot(path=folder / "picker.png")
    await seen.page.locator("hui-card-picker .card .overlay").first.click()


async def is_edited(play: Scene, seen: Pages, folder: Path) -> None:
    """The form is drawn by Home Assistant, in words, and what it says is what is shown and stored."""
    dialog = "hui-dialog-edit-card"
    await seen.page.wait_for_selector(f"{dialog} {ROW}")
    await seen.page.locator(f"{dialog} ha-form input").first.fill("Evening")
    await seen.shown.shows(f"{dialog} {ELEMENT} header h2", "Evening")
    await seen.page.get_by_text("Full: the whole list").click()
    await seen.page.wait_for_selector(f"{dialog} d2m-card-full {ROW.removeprefix(ELEMENT)}")
    await seen.page.screenshot(path=folder / "editor.png")
    await seen.page.locator(dialog).get_by_text("Save", exact=True).click()
    wanted = {"type": CARD, "view": "full", "title": "Evening"}

    async def stored() -> bool:
        async with play.home.websocket() as socket:
            return wanted in await cards(socket, "the-compact")

    await until(stored, 10, "the dashboard has the card")
