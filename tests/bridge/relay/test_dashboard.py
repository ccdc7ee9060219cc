"""The page in a real Chromium against a real relay."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from downloads2mqtt.contract.status import Control
from downloads2mqtt.relay.clock import utc
from tests.bridge.relay.builders import download, health, info, stats, status
from tests.bridge.relay.conftest import Relay, Start
from tests.browser import Shown, missing

AXE = Path(__file__).parents[3] / "frontend/node_modules/axe-core/axe.min.js"
ROWS = "[role=row][data-key]"
ABILITIES = ("add", "pause", "resume", "recheck", "remove")


def complaints(shown: Shown) -> list[str]:
    """What the page complained of, but that a relay is gone."""
    gone = ("WebSocket", "ERR_CONNECTION_REFUSED")
    return [said for said in shown.complaints if not any(word in said for word in gone)]


async def pressed(shown: Shown, name: str, **options: Any) -> None:
    await shown.page.get_by_role("button", name=name, **options).click()


async def focused(shown: Shown) -> None:
    """The keyboard is in the list."""
    await shown.page.locator("[role=grid]").focus()


async def test_downloads_are_shown_and_change_live(relay: Relay, shown: Shown) -> None:
    relay.say("client/seedbox/download/a", download("a", name="debian.iso", eta=69, download_rate=5_242_880))
    relay.say("client/seedbox/stats", stats(1, download_rate=5_242_880, upload_rate=1000))
    await shown.open(relay.url())
    await shown.shows(".name", "debian.iso")
    await shown.shows(".cell .word", "Downloading")
    await shown.shows(f"{ROWS} [data-column=eta]", "1 min")
    await shown.shows(f"{ROWS} [data-column=download_rate]", "5.2 MB/s")
    await shown.shows("#down", "5.2 MB/s")
    await shown.until("document.title.includes('5.2 MB/s')")
    relay.say("client/seedbox/download/a", download("a", name="debian.iso", progress=45.6))
    await shown.shows(".percent", "45.6 %")
    bar = shown.page.get_by_role("progressbar", name="Progress of debian.iso")
    assert await bar.get_attribute("aria-valuenow") == "45.6"
    relay.say("client/seedbox/download/b", download("b", name="arch.iso", state="paused"))
    await shown.shows(".name", "debian.iso", "arch.iso")
    relay.say("client/seedbox/download/a", b"")
    await shown.shows(".name", "arch.iso")
    assert complaints(shown) == []


async def test_markup_in_a_name_stays_text_and_nothing_breaks_the_policy(relay: Relay, shown: Shown) -> None:
    evil = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script><b>bold</b>"
    relay.say(
        "client/seedbox/download/a",
        download("a", name=evil, category=evil, tags=(evil,), error=evil, state="failed"),
    )
    relay.say("client/seedbox/status", status(name=evil, error=evil, version=evil, state="error", abilities=ABILITIES))
    await shown.open(relay.url())
    await shown.shows(".name", evil)
    await shown.shows(f"{ROWS} .note", evil)
    await shown.page.locator(".option", has_text="<img").first.click()
    await shown.says(".chosen", "<img")
    assert await shown.page.locator("d2m-dashboard b, d2m-dashboard script, main img, d2m-side-bar img").count() == 1
    assert await shown.page.title() != "pwned"
    assert complaints(shown) == []


async def test_each_client_says_how_it_is(relay: Relay, shown: Shown) -> None:
    relay.say("bridge/main/info", info("seedbox", "attic", started_at=utc()))
    relay.say("client/seedbox/status", status(name="Seedbox", version="5.1.2", last_ok=utc()))
    relay.say("client/seedbox/stats", stats(0, free_space=3_500_000_000_000))
    long_ago = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 600))
    relay.say("client/attic/status", status("attic", state="offline", error="connection refused", last_ok=long_ago))
    relay.say("client/attic/download/a", download("a", "attic", download_rate=5))
    await shown.open(relay.url())
    await shown.counts(".client", 2)
    bad, good = shown.page.locator(".client").nth(0), shown.page.locator(".client").nth(1)
    for part in ("Attic", "Does not answer", "connection refused", "answered 10 min ago"):
        assert part in (await bad.text_content() or "")
    assert "answered just now" in (await good.text_content() or "")
    assert "3.5 TB free" in (await good.text_content() or "")
    assert "5.1.2" in (await good.get_attribute("title") or "")
    assert await shown.page.locator(f"{ROWS}.old").count() == 1
    assert await shown.texts(f"{ROWS} [data-column=download_rate]") == [""]
    relay.say("bridge/main/state", b"offline")
    await shown.counts("[data-health=bad]", 2)
    await shown.says("#banner", "The bridge main is silent or stopped")
    assert "Its bridge main is silent or stopped" in (await good.text_content() or "")
    relay.feed.on_disconnect()
    await shown.link("No broker")
    await shown.counts("d2m-dashboard[stale]", 1)
    await shown.says("#banner", "lost the MQTT broker")
    assert complaints(shown) == []


async def test_it_filters_and_sorts(relay: Relay, shown: Shown) -> None:
    await relay.greet("seedbox", "usenet")
    rows = [
        download("a", name="Alpha 10", progress=10.0, download_rate=5, category="linux"),
        download("b", name="alpha 9", progress=90.0, download_rate=900, state="downloading"),
        download("c", name="Beta", progress=50.0, state="failed", error="no space"),
        download("d", "usenet", name="Gamma", progress=100.0, state="completed", tags=("iso",)),
    ]
    for row in rows:
        relay.say(f"client/{row.client}/download/{row.id}", row)
    await shown.open(relay.url())
    await shown.shows(".name", "alpha 9", "Alpha 10", "Beta", "Gamma")
    heads = shown.page.locator(".heads")
    for sort, order in {
        "Progress": ["Gamma", "alpha 9", "Beta", "Alpha 10"],
        "Down": ["alpha 9", "Alpha 10", "Beta", "Gamma"],
        "Name": ["alpha 9", "Alpha 10", "Beta", "Gamma"],
    }.items():
        await heads.get_by_role("button", name=sort).click()
        await shown.shows(".name", *order)
    await heads.get_by_role("button", name="Name").click()
    await shown.shows(".name", "Gamma", "Beta", "Alpha 10", "alpha 9")
    assert await heads.get_by_role("columnheader", name="Name").get_attribute("aria-sort") == "descending"
    await shown.page.keyboard.press("/")
    await shown.page.keyboard.type("alpha lin")
    await shown.shows(".name", "Alpha 10")
    await shown.page.locator("#search").fill("ISO")
    await shown.shows(".name", "Gamma")
    await shown.page.locator("#search").fill("nothing like it")
    await pressed(shown, "Show everything")
    await shown.counts(ROWS, 4)
    assert await shown.page.locator("#search").input_value() == ""
    await pressed(shown, "Failed 1")
    await shown.shows(".name", "Beta")
    await pressed(shown, "All 4")
    await shown.page.locator("[data-client=usenet]").click()
    await shown.shows(".name", "Gamma")
    await pressed(shown, "Without the filter Usenet")
    await pressed(shown, "iso 1")
    await shown.shows(".name", "Gamma")
    await pressed(shown, "Without the filter iso")
    await pressed(shown, "linux 1")
    await shown.shows(".name", "Alpha 10")
    relay.say("client/seedbox/download/b", replace(rows[1], category="linux"))
    await shown.shows(".name", "Alpha 10", "alpha 9")
    assert complaints(shown) == []


async def test_columns_and_sort_are_remembered(relay: Relay, shown: Shown) -> None:
    relay.say("client/seedbox/download/a", download("a", tags=("rare",)))
    await shown.open(relay.url())
    await pressed(shown, "Choose columns")
    await shown.page.get_by_role("checkbox", name="Tags").check()
    await shown.page.get_by_role("checkbox", name="Ratio").uncheck()
    await pressed(shown, "Move Tags earlier")
    await shown.page.keyboard.press("Escape")
    await shown.page.locator(".heads").get_by_role("button", name="Size").click()
    wanted = ["Name", "Status", "Progress", "Size", "Down", "Up", "Left", "Tags", "Client"]
    await shown.shows("[role=columnheader] .label", *wanted)
    await shown.page.reload()
    await shown.link("Live")
    await shown.shows("[role=columnheader] .label", *wanted)
    await shown.shows(f"{ROWS} .tag", "rare")
    assert await shown.page.locator("[aria-sort=descending]").text_content() is not None
    assert complaints(shown) == []


NO_HISTORY: dict[str, Any] = {"finished": [], "rates": [], "next": None}


class Asked(list[tuple[str, str, dict[str, Any]]]):
    """Requests that the page made: topic, verb and fields; and what they are answered."""

    answer: dict[str, Any]

    def hear(self, socket: Any) -> None:
        """Stand between the page and its relay: answer requests, and pass on all else."""
        relay = socket.connect_to_server()

        def take(text: str) -> None:
            frame = json.loads(text)
            if frame.pop("t") != "request":
                relay.send(text)
                return
            answer = {"t": "response", "transaction": frame.pop("transaction")}
            topic, verb = frame.pop("topic"), frame.pop("verb")
            if verb == "history":  # which a drawer asks that is opened
                socket.send(json.dumps({**answer, "status": "ok", "data": NO_HISTORY}))
                return
            self.append((topic, verb, frame))
            socket.send(json.dumps({**answer, **self.answer}))

        socket.on_message(take)


@pytest.fixture
async def asked(shown: Shown) -> Asked:
    """The page's requests, caught before the relay."""
    seen = Asked()
    seen.answer = {"status": "ok", "data": None}
    await shown.page.route_web_socket("**/api/v1/ws*", seen.hear)
    return seen


async def until_asked(asked: Asked, count: int) -> None:
    end = time.monotonic() + 5
    while len(asked) < count:
        assert time.monotonic() < end, f"asked only {asked}"
        await asyncio.sleep(0.02)


async def controlled(relay: Relay, control: Control) -> None:
    """Three downloads of two clients, and so much control."""
    await relay.greet("seedbox", "nas")
    relay.say("bridge/main/info", replace(info("seedbox", "nas", started_at=utc()), control=control))
    for client in ("seedbox", "nas"):
        relay.say(f"client/{client}/status", status(client, abilities=ABILITIES))
    for row in (download("a"), download("b"), download("c", "nas")):
        relay.say(f"client/{row.client}/download/{row.id}", row)


async def test_what_is_selected_is_paused_and_removed_per_client(start: Start, shown: Shown, asked: Asked) -> None:
    relay = await start()
    await controlled(relay, "full")
    await shown.open(relay.url())
    await shown.page.get_by_text("name of a").click()
    await shown.page.get_by_text("name of c").click(modifiers=["Shift"])
    await shown.says(".count", "3 selected")
    await shown.page.locator("[data-verb=pause]").click()
    await until_asked(asked, 2)
    assert {(topic, verb, tuple(fields["ids"])) for topic, verb, fields in asked} == {
        ("client/seedbox", "pause", ("a", "b")),
        ("client/nas", "pause", ("c",)),
    }
    asked.clear()
    await shown.page.keyboard.press("Escape")
    await shown.counts("[aria-selected=true]", 0)
    await shown.page.get_by_text("name of b").click()
    await shown.page.keyboard.press("Delete")
    dialog = shown.page.get_by_role("dialog")
    assert await dialog.get_by_role("listitem").all_text_contents() == ["name of b"]
    await shown.page.keyboard.press("Escape")
    assert asked == []
    await shown.page.keyboard.press("Delete")
    await dialog.get_by_role("checkbox").check()
    await dialog.get_by_role("button", name="Remove and delete data").click()
    await until_asked(asked, 1)
    [(topic, verb, fields)] = asked
    assert (topic, verb) == ("client/seedbox", "remove")
    assert fields == {"ids": ["b"], "delete_data": True}
    assert complaints(shown) == []


async def test_without_full_control_no_data_is_deleted(start: Start, shown: Shown, asked: Asked) -> None:
    relay = await start()
    await controlled(relay, "safe")
    await shown.open(relay.url())
    await shown.page.get_by_text("name of c").click()
    await shown.page.locator("[data-verb=remove]").click()
    dialog = shown.page.get_by_role("dialog")
    assert await dialog.get_by_role("checkbox").count() == 0
    await dialog.get_by_role("button", name="Remove").click()
    await until_asked(asked, 1)
    assert asked == [("client/nas", "remove", {"ids": ["c"]})]
    await shown.page.keyboard.press("Escape")
    await pressed(shown, "Pause all", exact=True)
    await until_asked(asked, 3)
    assert sorted(topic for topic, _, _ in asked[1:]) == ["client/nas", "client/seedbox"]
    assert [(verb, fields) for _, verb, fields in asked[1:]] == [("pause", {"all": True})] * 2


async def test_without_control_nothing_can_be_asked_for(start: Start, shown: Shown, asked: Asked) -> None:
    relay = await start()
    await controlled(relay, "off")
    await shown.open(relay.url())
    await shown.page.get_by_text("name of a").click()
    await shown.says(".count", "1 selected")
    await shown.page.keyboard.press("Delete")
    await shown.page.keyboard.press("p")
    await asyncio.sleep(0.2)
    assert await shown.page.locator("[data-verb]").count() == 0
    assert await shown.page.get_by_role("dialog").count() == 0
    assert asked == []


async def second_bridge(relay: Relay, control: Control) -> None:
    """Beside the bridge `main`, one that serves the client nas."""
    relay.say("bridge/main/info", replace(info("seedbox", started_at=utc()), control="full"))
    relay.say("bridge/second/info", replace(info("nas", bridge="second", started_at=utc()), control=control))
    relay.say("bridge/second/health", health(utc()))
    relay.say("bridge/second/state", b"online")
    relay.say("client/nas/status", status("nas", "second", abilities=ABILITIES))
    relay.say("client/nas/download/c", download("c", "nas"))


async def test_each_bridge_is_asked_for_what_it_allows(start: Start, shown: Shown, asked: Asked) -> None:
    relay = await start()
    await controlled(relay, "full")
    await second_bridge(relay, "off")
    await shown.open(relay.url())
    await shown.page.get_by_text("name of c").click()
    await shown.says(".count", "1 selected")
    assert await shown.page.locator("[data-verb]").count() == 0
    await shown.page.get_by_text("name of c").click(button="right")
    assert await shown.page.get_by_role("menu").count() == 0
    await shown.page.keyboard.press("Control+a")
    await shown.says(".count", "3 selected")
    await shown.page.locator("[data-verb=pause]").click()
    await until_asked(asked, 1)
    await shown.page.keyboard.press("Escape")
    await pressed(shown, "Pause all", exact=True)
    await until_asked(asked, 2)
    assert asked == [("client/seedbox", "pause", {"ids": ["a", "b"]}), ("client/seedbox", "pause", {"all": True})]
    asked.clear()

    relay.say("bridge/second/info", replace(info("nas", bridge="second", started_at=utc()), control="safe"))
    await shown.page.get_by_text("name of c").click()
    await shown.counts("[data-verb]", 4)
    await shown.page.keyboard.press("Control+a")
    await shown.page.keyboard.press("Delete")
    dialog = shown.page.get_by_role("dialog")
    await shown.says("d2m-remove-dialog label", "Delete the downloaded data of 2 of them too")
    await shown.says("d2m-remove-dialog .kept", "Deleting data is not allowed in Nas: there it stays.")
    await dialog.get_by_role("checkbox").check()
    await dialog.get_by_role("button", name="Remove and delete data").click()
    await until_asked(asked, 2)
    assert asked == [
        ("client/seedbox", "remove", {"ids": ["a", "b"], "delete_data": True}),
        ("client/nas", "remove", {"ids": ["c"]}),
    ]
    assert complaints(shown) == []


async def test_what_a_bridge_allows_is_learned_while_the_page_is_open(start: Start, shown: Shown, asked: Asked) -> None:
    relay = await start()
    await controlled(relay, "off")
    for number in range(100):
        relay.say(f"client/nas/download/n{number:02}", download(f"n{number:02}", "nas", name=f"one {number:02}"))
    await shown.open(relay.url())
    await shown.counts(f"{ROWS}[data-key='nas:n05']", 1)
    await shown.page.get_by_text("one 05").click()
    await shown.page.locator(".scroller").evaluate("(one) => (one.scrollTop = 60)")
    row = shown.page.locator(f"{ROWS}[data-key='nas:n05']")
    await row.evaluate("(row) => { row.before = true; }")

    relay.say("bridge/main/info", replace(info("seedbox", "nas", started_at=utc()), control="safe"))
    relay.say("client/nas/download/n05", download("n05", "nas", name="one 05", progress=55.5))
    await shown.counts("[data-verb]", 4)
    await shown.says(f"{ROWS}[data-key='nas:n05']", "55.5")
    await shown.page.keyboard.press("Delete")
    dialog = shown.page.get_by_role("dialog")
    assert await dialog.get_by_role("checkbox").count() == 0
    relay.say("bridge/main/info", replace(info("seedbox", "nas", started_at=utc()), control="full"))
    await shown.counts("d2m-remove-dialog input[name=data]", 1)
    await dialog.get_by_role("checkbox").check()
    await shown.says("d2m-remove-dialog .warning", "cannot be undone")
    relay.say("bridge/main/info", replace(info("seedbox", "nas", started_at=utc()), control="safe"))
    await shown.counts("d2m-remove-dialog input[name=data]", 0)
    relay.say("bridge/main/info", replace(info("seedbox", "nas", started_at=utc()), control="full"))
    await shown.counts("d2m-remove-dialog input[name=data]", 1)
    assert not await dialog.get_by_role("checkbox").is_checked(), "what is allowed anew has to be wanted anew"
    await dialog.get_by_role("button", name="Remove").click()
    await until_asked(asked, 1)
    assert asked == [("client/nas", "remove", {"ids": ["n05"]})]

    assert await row.evaluate("(row) => row.before") is True
    assert await row.get_attribute("aria-selected") == "true"
    assert await shown.page.locator(".scroller").evaluate("(one) => one.scrollTop") == 60
    relay.say("bridge/main/info", replace(info("seedbox", "nas", started_at=utc()), control="off"))
    await shown.counts("[data-verb]", 0)
    assert complaints(shown) == []


async def test_what_failed_is_said(start: Start, shown: Shown, asked: Asked) -> None:
    relay = await start()
    await controlled(relay, "safe")
    asked.answer = {"status": "error", "error": {"code": "failed", "message": "the disk <b>is gone</b>"}}
    await shown.open(relay.url())
    await shown.page.get_by_text("name of a").click()
    await shown.page.keyboard.press("p")
    await shown.says(".toast", "Seedbox, Pause: the disk <b>is gone</b>")
    await pressed(shown, "Dismiss")
    await shown.counts(".toast", 0)


async def test_the_list_is_worked_by_keyboard(relay: Relay, shown: Shown) -> None:
    for number in range(200):
        relay.say(f"client/seedbox/download/i{number:03}", download(f"i{number:03}", name=f"file {number:03}"))
    await shown.open(relay.url())
    await shown.page.keyboard.press("/")
    await shown.page.keyboard.press("Enter")
    keyboard, selected = shown.page.keyboard, "[aria-selected=true] .name"
    await keyboard.press("ArrowDown")
    await shown.shows(selected, "file 000")
    await keyboard.press("Shift+ArrowDown")
    await keyboard.press("Shift+ArrowDown")
    await shown.shows(selected, "file 000", "file 001", "file 002")
    await keyboard.press("End")
    await shown.shows(selected, "file 199")
    active = await shown.page.locator("[role=grid]").get_attribute("aria-activedescendant")
    assert await shown.page.locator(f"#{active} .name").text_content() == "file 199"
    assert await shown.page.locator(f"#{active}").get_attribute("aria-rowindex") == "201"
    await keyboard.press("Space")
    await shown.counts("[aria-selected=true]", 0)
    await keyboard.press("Control+a")
    await shown.says(".count", "200 selected")
    await keyboard.press("Escape")
    await shown.says(".count", "200 downloads")
    assert complaints(shown) == []


@pytest.mark.parametrize("width", [390, 1280, 3000, 3840])
async def test_the_last_row_is_reached_on_every_screen(relay: Relay, shown: Shown, width: int) -> None:
    for number in range(3000):
        relay.say(f"client/seedbox/download/i{number:04}", download(f"i{number:04}", name=f"file {number:04}"))
    await shown.page.set_viewport_size({"width": width, "height": 900})
    await shown.open(relay.url())
    await shown.says(".name", "file 0000")
    await focused(shown)
    await shown.page.keyboard.press("End")
    last = shown.page.locator(ROWS, has_text="file 2999")
    await shown.shows("[aria-selected=true] .name", "file 2999")
    box, grid = await last.bounding_box(), await shown.page.locator("[role=grid]").bounding_box()
    assert box is not None
    assert grid is not None
    assert abs(box["y"] + box["height"] - grid["y"] - grid["height"]) < 16


async def test_on_a_phone_taps_open_or_select(start: Start, shown: Shown, asked: Asked) -> None:
    relay = await start()
    await controlled(relay, "full")
    await shown.page.set_viewport_size({"width": 390, "height": 844})
    await shown.open(relay.url())
    await shown.page.get_by_text("name of a").click()
    await shown.counts("d2m-drawer .head", 1)
    await shown.page.keyboard.press("Escape")
    await shown.counts("d2m-drawer .head", 0)
    await shown.counts("[aria-selected=true]", 0)
    await pressed(shown, "Select", exact=True)
    await shown.page.get_by_text("name of a").click()
    await shown.page.get_by_text("name of c").click()
    await shown.says(".count", "2 selected")
    await shown.page.locator("[data-verb=pause]").click()
    await until_asked(asked, 2)
    await pressed(shown, "Clear the selection")
    await shown.counts("[aria-selected=true]", 0)
    assert complaints(shown) == []


async def test_menus_of_rows_and_clients(start: Start, shown: Shown, asked: Asked) -> None:
    relay = await start()
    await controlled(relay, "full")
    await shown.open(relay.url())
    await shown.page.get_by_text("name of b").click(button="right")
    await shown.page.get_by_role("menuitem", name="Recheck").click()
    await until_asked(asked, 1)
    assert asked.pop() == ("client/seedbox", "recheck", {"ids": ["b"]})
    await shown.page.locator("[data-client=nas]").hover()
    for downs, verb in enumerate(("pause", "resume")):
        await pressed(shown, "What Nas can do")
        for _ in range(downs):
            await shown.page.keyboard.press("ArrowDown")
        await shown.page.keyboard.press("Enter")
        await until_asked(asked, 1)
        assert asked.pop() == ("client/nas", verb, {"all": True})
    await shown.counts("[role=menuitem]", 0)
    assert complaints(shown) == []


async def test_it_goes_stale_when_the_relay_ends_and_recovers(start: Start, shown: Shown) -> None:
    relay = await start()
    await relay.greet("seedbox")
    relay.say("client/seedbox/download/a", download("a", name="before"))
    await shown.open(relay.url())
    await shown.shows(".name", "before")
    port = relay.server.address[1]
    await relay.server.aclose()
    await shown.link("Connection lost")
    await shown.counts("d2m-dashboard[stale]", 1)
    await shown.says("#banner", "What you see is from")
    assert await shown.names() == ["before"]
    again = await start(listen=f"127.0.0.1:{port}")
    await again.greet("seedbox")
    again.say("client/seedbox/download/b", download("b", name="after"))
    await shown.link("Live", 20)
    await shown.shows(".name", "after")
    await shown.counts("d2m-dashboard[stale]", 0)
    assert await shown.page.locator("#banner").count() == 0
    assert complaints(shown) == []


async def test_it_resumes_where_it_was(relay: Relay, shown: Shown) -> None:
    told: list[dict[str, Any]] = []
    sockets: list[Any] = []

    def between(socket: Any) -> None:
        server = socket.connect_to_server()
        sockets.append(socket)

        def pass_on(text: str) -> None:
            told.append(json.loads(text))
            socket.send(text)

        server.on_message(pass_on)

    await shown.page.route_web_socket("**/api/v1/ws*", between)
    relay.say("client/seedbox/download/a", download("a", name="before"))
    await shown.open(relay.url())
    await shown.shows(".name", "before")
    told.clear()
    await sockets[0].close()
    relay.say("client/seedbox/download/b", download("b", name="meanwhile"))
    await shown.shows(".name", "before", "meanwhile")
    await shown.link("Live")
    assert "epoch=" in sockets[1].url
    assert next(frame for frame in told if frame["t"] == "hello")["recovered"] is True
    assert "snapshot" not in {frame["t"] for frame in told}
    relay.say("client/seedbox/download/a", b"")
    await shown.shows(".name", "meanwhile")
    assert complaints(shown) == []


async def test_it_goes_stale_when_the_relay_falls_silent(start: Start, shown: Shown) -> None:
    relay = await start(heartbeat=1)
    await relay.greet("seedbox")
    relay.say("client/seedbox/download/a", download("a"))
    await shown.open(relay.url())
    await asyncio.sleep(3)
    assert (await shown.texts("#link")) == ["Live"]
    assert relay.server._teller is not None
    relay.server._teller.cancel()
    relay.hub.channels.join = lambda *_, **__: None  # type: ignore[method-assign]
    started = time.monotonic()
    await shown.link("Connection lost")
    assert 1.0 < time.monotonic() - started < 4.0


async def test_ten_thousand_rows_scroll(relay: Relay, shown: Shown) -> None:
    for number in range(10_000):
        row = download(f"id{number:05}", name=f"file {number:05}", progress=number % 100)
        relay.say(f"client/seedbox/download/id{number:05}", row)
    await asyncio.sleep(0.5)
    started = time.monotonic()
    await shown.open(relay.url())
    await shown.says(".name", "file 00000")
    assert time.monotonic() - started < 10
    grid = shown.page.locator("[role=grid]")
    assert await grid.get_attribute("aria-rowcount") == "10001"
    await shown.page.evaluate(
        """() => { window.frames = []; let last = performance.now();
        const step = (now) => { frames.push(now - last); last = now; requestAnimationFrame(step); };
        requestAnimationFrame(step); }"""
    )
    for turn in range(6):
        await grid.evaluate(f"grid => {{ grid.scrollTop = grid.scrollHeight * {turn / 5} }}")
        for number in range(0, 10_000, 7):
            row = download(f"id{number:05}", name=f"file {number:05}", progress=float(turn))
            relay.say(f"client/seedbox/download/id{number:05}", row)
        await asyncio.sleep(0.5)
        assert 5 < await shown.page.locator(ROWS).count() < 60
    assert (await shown.names())[-1] == "file 09999"
    frames = sorted(await shown.page.evaluate("frames"))
    assert frames[len(frames) // 2] < 50
    assert frames[-1] < 500
    await shown.page.locator("#search").fill("file 0777")
    await shown.says(".count", "11 of 10,000")
    assert await shown.page.evaluate("Math.max(...frames)") < 500
    assert complaints(shown) == []


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (0, "does not reach the broker"),
        (1, "No bridge is on the bus yet"),
        (2, "Add your first client"),
        (3, "All quiet"),
    ],
)
async def test_an_empty_list_says_what_to_do(start: Start, shown: Shown, step: int, words: str) -> None:
    relay = await start()
    if step > 0:
        await relay.feed.on_connect()
    if step > 1:
        await relay.greet(*["seedbox"] * (step > 2))
    await shown.page.goto(relay.url())
    await shown.says("#empty", words)
    assert complaints(shown) == []


async def test_it_speaks_the_language_of_the_browser(relay: Relay, shown: Shown) -> None:
    relay.say("client/seedbox/download/a", download("a", download_rate=5_242_880))
    context = await shown.page.context.browser.new_context(locale="de-AT")
    page = Shown(await context.new_page())
    await page.open(relay.url())
    await page.shows(f"{ROWS} .word", "Lädt")
    await page.shows(f"{ROWS} [data-column=download_rate]", "5,2 MB/s")
    assert await page.page.locator("html").get_attribute("lang") == "de-AT"
    await context.close()


async def test_everything_can_be_reached_by_keyboard(relay: Relay, shown: Shown) -> None:
    relay.say("client/seedbox/download/a", download("a", name="debian.iso"))
    await shown.open(relay.url())
    await shown.shows(".name", "debian.iso")
    deepest = """(() => { let at = document.activeElement;
        while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        const outline = getComputedStyle(at).outlineStyle;
        return [at === document.body ? '' : at.ariaLabel || at.textContent.trim() || at.id, outline !== 'none']; })()"""
    reached = []
    for _ in range(30):
        await shown.page.keyboard.press("Tab")
        reached.append(await shown.page.evaluate(deepest))
    names = [name for name, _ in reached]
    for wanted in ("Skip to the downloads", "search", "Choose columns", "Downloads", "Name", "Progress", "Down"):
        assert wanted in names
    assert [name for name, outlined in reached if name and not outlined] == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_is_accessible(start: Start, shown: Shown, width: int, scheme: str) -> None:
    if not AXE.exists():
        missing("axe-core, which script/frontend installs,")
    relay = await start()
    await controlled(relay, "full")
    relay.say("client/nas/status", status("nas", state="offline", error="connection refused"))
    for state in ("failed", "stalled", "completed", "processing", "checking", "queued"):
        row = download(state, name=f"{state} one", state=state, error="no space" if state == "failed" else None)
        relay.say(f"client/seedbox/download/{state}", replace(row, category="linux", tags=("iso",)))
    await shown.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await shown.page.set_viewport_size({"width": width, "height": 844})
    await shown.open(relay.url())
    await shown.counts(ROWS, 9)
    assert await violations(shown) == []
    if width > 1000:
        await shown.page.get_by_text("name of a").click()
        await shown.page.keyboard.press("Delete")
        assert await violations(shown) == []
    else:
        await pressed(shown, "Clients and filters")
        assert await violations(shown) == []
    assert complaints(shown) == []


LIGHT = """() => { const light = (colour) => {
        const pen = new OffscreenCanvas(1, 1).getContext("2d");
        pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
        const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue; };
    const deep = (root, wanted) => [...root.querySelectorAll("*")].flatMap((one) =>
        [...(one.matches(wanted) ? [one] : []), ...(one.shadowRoot ? deep(one.shadowRoot, wanted) : [])]);
    const [board] = deep(document, "d2m-dashboard"), [name] = deep(document, "[role=row] .name");
    return [getComputedStyle(name).color, getComputedStyle(board).backgroundColor,
        getComputedStyle(document.documentElement).backgroundColor].map(light); }"""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800), (3840, 2160)])
async def test_it_is_light_or_dark_as_the_system_is(
    start: Start, shown: Shown, tmp_path: Path, width: int, height: int
) -> None:
    """On a phone, a desktop and a wall; the pictures are for who wants to look at them."""
    relay = await start()
    await controlled(relay, "full")
    await shown.page.set_viewport_size({"width": width, "height": height})
    await shown.open(relay.url())
    await shown.counts(ROWS, 3)
    for scheme in ("light", "dark", "light"):
        await shown.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await shown.page.screenshot(path=tmp_path / f"page-{scheme}-{width}.png")
        ink, *papers = await shown.page.evaluate(LIGHT)
        for paper in papers:
            assert ink < 100 < 200 < paper if scheme == "light" else paper < 60 < 180 < ink
    assert complaints(shown) == []


async def violations(shown: Shown) -> list[str]:
    """What axe finds that is serious."""
    if not await shown.page.evaluate("'axe' in window"):
        await shown.page.evaluate(AXE.read_text())
    found = (await shown.page.evaluate("axe.run(document, {resultTypes: ['violations']})"))["violations"]
    return [
        f"{finding['id']}: {node['target']} {node['failureSummary']}"
        for finding in found
        if finding["impact"] in ("serious", "critical")
        for node in finding["nodes"]
    ]


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (820, 1100), (2560, 1440), (3840, 2160)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_every_screen(relay: Relay, shown: Shown, width: int, height: int, scheme: str) -> None:
    relay.say("client/seedbox/download/a", download("a", name="x" * 300, download_rate=10**9, upload_rate=10**9))
    await shown.page.emulate_media(color_scheme=scheme)
    await shown.page.set_viewport_size({"width": width, "height": height})
    await shown.open(relay.url())
    await shown.counts(ROWS, 1)
    wide = """() => { const all = (root) => [...root.querySelectorAll('*')].flatMap(
            at => at.shadowRoot ? [at, ...all(at.shadowRoot)] : [at]);
        return all(document).filter(at => at.getBoundingClientRect().right > innerWidth + 1
            && getComputedStyle(at).position !== 'fixed' && !at.closest('.chips, .row, [role=row]')
            && at.getRootNode().host?.localName !== 'd2m-download-grid'
            && !['path', 'svg'].includes(at.localName)).map(at => at.localName + '.' + at.className); }"""
    assert await shown.page.evaluate(wide) == []
