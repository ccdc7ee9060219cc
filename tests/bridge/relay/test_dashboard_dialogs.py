"""Details, chart, adding, help, notifications and logging in, in a real Chromium against a real relay."""

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec.structs import replace

from downloads2mqtt.relay.clock import utc
from tests.bridge.relay.answering import AnsweringBus
from tests.bridge.relay.builders import download, event, info, stats, status
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.people import PASSWORD, user
from tests.bridge.relay.test_dashboard import AXE, ROWS, pressed, violations
from tests.browser import Shown, missing

ABILITIES = ("add", "pause", "resume", "recheck", "reannounce", "remove", "set", "limits")
MAGNET = "magnet:?xt=urn:btih:" + "b" * 40 + "&dn=debian.iso"
DEEPEST = (
    "(() => { let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement"
)


class House:
    """A relay, and a bus on which a bridge answers."""

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self.bus = AnsweringBus(relay, self.answer)
        self.answers: dict[str, dict[str, Any]] = {}

    def answer(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """By what was asked for last; all goes well unless a test says otherwise."""
        verb = self.bus.asked[-1][0].rpartition("/")[2]
        if verb == "history":
            return self.answers.get(verb, {"status": "ok", "data": {"finished": [], "rates": [], "next": None}})
        return self.answers.get(verb, {"status": "ok", "data": {}})

    @property
    def asked(self) -> list[tuple[str, dict[str, Any]]]:
        """What was asked of clients and bridges, but for the past."""
        told = [(topic, {k: v for k, v in fields.items() if k != "transaction"}) for topic, fields in self.bus.asked]
        return [(topic.replace("/request", ""), fields) for topic, fields in told if not topic.endswith("/history")]

    async def until_asked(self, count: int) -> list[tuple[str, dict[str, Any]]]:
        """Until so much was asked."""
        end = time.monotonic() + 10
        while len(self.asked) < count:
            assert time.monotonic() < end, f"asked only {self.asked}"
            await asyncio.sleep(0.02)
        return self.asked


async def furnished(relay: Relay) -> House:
    """Two clients, full control, three downloads."""
    await relay.greet("seedbox", "usenet")
    relay.say("bridge/main/info", replace(info("seedbox", "usenet", started_at=utc()), control="full"))
    relay.say("client/seedbox/status", status("seedbox", abilities=ABILITIES, last_ok=utc()))
    relay.say("client/usenet/status", status("usenet", kind="sabnzbd", protocol="usenet", abilities=("add", "remove")))
    relay.say("client/seedbox/stats", stats(2, download_rate=5_000_000, upload_rate=1000, download_limit=0))
    rows = (
        download(
            "a" * 40, name="debian.iso", category="linux", tags=("iso",), path="/downloads/debian.iso",
            added_at="2026-11-01T10:00:00Z", download_rate=5_000_000, eta=69, ratio=0.5, seeds=12, downloaded=100,
        ),
        download("b" * 40, name="failed.iso", state="failed", error="no space left", warning="tracker is gone"),
        download("SABnzbd_nzo_x", "usenet", name="posted", kind="sabnzbd", protocol="usenet", state="queued"),
    )  # fmt: skip
    for row in rows:
        relay.say(f"client/{row.client}/download/{row.id}", row)
    return House(relay)


@pytest.fixture
async def house(start: Start) -> House:
    """Everything may be done."""
    return await furnished(await start())


@pytest.fixture
async def opened(house: House, shown: Shown) -> AsyncIterator[Shown]:
    """The page of the house; it must not complain of anything."""
    await shown.open(house.relay.url())
    await shown.counts(ROWS, 3)
    yield shown
    assert shown.complaints == []


async def fact(shown: Shown, name: str) -> str:
    said = await shown.page.locator(f"[data-fact='{name}'] dd").text_content()
    return (said or "").strip()


async def drop(shown: Shown, *files: tuple[str, bytes]) -> None:
    """Files from the desktop, let go of over the list."""
    told = [[name, base64.b64encode(content).decode()] for name, content in files]
    await shown.page.evaluate(
        """files => { const held = new DataTransfer();
        for (const [name, content] of files)
            held.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name));
        const how = {dataTransfer: held, bubbles: true, composed: true, cancelable: true};
        for (const what of ['dragenter', 'dragover', 'drop'])
            document.querySelector('d2m-page').dispatchEvent(new DragEvent(what, how));
        }""",
        told,
    )


async def test_details_tell_every_fact_and_follow_the_list(house: House, opened: Shown) -> None:
    page = opened.page
    await page.get_by_text("debian.iso").first.dblclick()
    await opened.shows("d2m-drawer .head h2", "debian.iso")
    for name, text in {
        "column.size": "1.0 kB", "column.download_rate": "5.0 MB/s", "column.ratio": "0.50", "column.seeds": "12",
        "column.category": "linux", "column.tags": "iso", "column.path": "/downloads/debian.iso",
        "column.client": "Seedbox", "fact.hash": "a" * 40, "fact.magnet": "magnet:?xt=urn:btih:" + "a" * 40,
        "fact.download_limit": "none",
    }.items():  # fmt: skip
        assert await fact(opened, name) == text
    assert "ago" in await fact(opened, "column.added_at")
    house.relay.say(
        f"client/seedbox/download/{'a' * 40}", download("a" * 40, name="debian.iso", progress=77.7, size=2_000_000)
    )
    await opened.shows("d2m-drawer .percent", "77.7 %")
    await opened.shows("[data-fact='column.size'] dd", "2.0 MB")
    await page.get_by_text("failed.iso").first.click()
    await opened.shows("d2m-drawer .head h2", "failed.iso")
    await opened.says("d2m-drawer .said.error", "no space left")
    await opened.says("d2m-drawer .said.warning", "tracker is gone")
    house.relay.say(f"client/seedbox/download/{'b' * 40}", b"")
    await opened.shows("d2m-drawer .head h2", "This download is gone")
    await page.keyboard.press("Escape")
    await opened.counts("d2m-drawer .head", 0)


async def test_details_tell_events_of_now_and_of_the_past(house: House, opened: Shown) -> None:
    past = {"seq": 1, "event": "failed", "client": "seedbox", "id": "a" * 40, "name": "debian.iso"}
    past |= {"from": "downloading", "to": "failed", "at": "2026-11-20T10:00:00Z", "download": {}}
    other = {**past, "id": "b" * 40}
    house.answers["history"] = {"status": "ok", "data": {"finished": [past, other], "rates": [], "next": None}}
    await opened.page.get_by_text("debian.iso").first.dblclick()
    await opened.counts(".events li", 1)
    house.relay.say("client/seedbox/event", event(7, "a" * 40, event="paused", to="paused", at=utc()))
    await opened.shows(".events li > span", "Paused", "Failed")
    house.answers["history"] = {"status": "error", "error": {"code": "failed", "message": "the ledger is locked"}}
    await opened.page.get_by_text("failed.iso").first.click()
    await opened.says("d2m-event-list .none", "the ledger is locked")


async def test_details_act_and_change(house: House, opened: Shown) -> None:
    page = opened.page
    await page.get_by_text("debian.iso").first.dblclick()
    await page.locator("[data-act=pause]").click()
    assert (await house.until_asked(1))[-1] == ("client/seedbox/pause", {"ids": ["a" * 40]})
    assert await page.locator("[data-act=resume]").count() == 0
    await page.locator("[data-act=set]").click()
    form = page.locator("d2m-set-form")
    assert await form.get_by_label("Category").input_value() == "linux"
    await form.get_by_label("Category").fill("films")
    await form.get_by_label("Download limit").fill("250")
    await form.get_by_role("button", name="Save").click()
    wanted = {"ids": ["a" * 40], "category": "films", "download_limit": 250_000}
    assert (await house.until_asked(2))[-1] == ("client/seedbox/set", wanted)
    await opened.says(".toast", "Changed.")
    await opened.counts("d2m-set-form", 0)
    house.answers["set"] = {"status": "error", "error": {"code": "unsupported", "message": "no categories here"}}
    await page.locator("[data-act=set]").click()
    await form.get_by_label("Category").fill("books")
    await form.get_by_role("button", name="Save").click()
    await opened.says(".toast", "no categories here")
    assert await form.get_by_label("Category").input_value() == "books"
    await page.keyboard.press("Escape")
    await opened.counts("d2m-set-form", 0)
    await page.locator("[data-act=remove]").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    assert (await house.until_asked(4))[-1] == ("client/seedbox/remove", {"ids": ["a" * 40]})
    await page.get_by_text("posted").first.click()
    await opened.shows("d2m-drawer .head h2", "posted")
    assert await page.locator("[data-act=set]").count() == 0


async def test_what_is_copied_is_said(house: House, opened: Shown) -> None:
    await opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await opened.page.get_by_text("debian.iso").first.dblclick()
    await pressed(opened, "Copy Info-hash")
    await opened.says(".toast", "Info-hash copied.")
    assert await opened.page.evaluate("navigator.clipboard.readText()") == "a" * 40


async def test_details_lie_over_the_list_on_a_phone(house: House, shown: Shown) -> None:
    await shown.page.set_viewport_size({"width": 390, "height": 844})
    await shown.open(house.relay.url())
    await shown.page.get_by_text("debian.iso").first.click()
    dialog = shown.page.get_by_role("dialog", name="Details of debian.iso")
    await dialog.wait_for()
    box = await dialog.bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == (390, 844)
    await shown.page.keyboard.press("Tab")
    assert await shown.page.evaluate(f"{DEEPEST}; return at.getRootNode().host.localName }})()") == "d2m-drawer"
    await shown.page.keyboard.press("Escape")
    await shown.counts("d2m-drawer .head", 0)
    assert shown.complaints == []


async def test_details_are_reached_and_left_by_keyboard(house: House, opened: Shown) -> None:
    keyboard = opened.page.keyboard
    await opened.page.locator("[role=grid]").focus()
    await keyboard.press("ArrowDown")
    await keyboard.press("Enter")
    await opened.counts("d2m-drawer .head", 1)
    first = (await opened.texts("d2m-drawer .head h2"))[0]
    await keyboard.press("ArrowDown")
    await opened.until(f"document.querySelector('d2m-page').shadowRoot.querySelector('d2m-drawer').shadowRoot"
                       f".querySelector('.head h2').textContent !== '{first}'")  # fmt: skip
    await keyboard.press("ArrowUp")
    await opened.shows("d2m-drawer .head h2", first)
    await keyboard.press("Enter")
    focused = f"{DEEPEST}; return at.localName + '.' + at.getRootNode().host?.localName }})()"
    await opened.until(f"{focused} === 'h2.d2m-drawer'")
    await keyboard.press("Tab")
    assert await opened.page.evaluate(f"{DEEPEST}; return at.ariaLabel }})()") == "Close"
    await keyboard.press("Escape")
    await opened.counts("d2m-drawer .head", 0)
    await opened.until(f"{DEEPEST}; return at.role === 'grid' }})()")


async def test_the_chart_tells_now_and_the_past(house: House, opened: Shown) -> None:
    page = opened.page
    assert not any("plot" in entry for entry in await loaded(opened))
    await pressed(opened, "Chart of the rates")
    await opened.counts(".uplot canvas", 1)
    assert any("plot" in entry for entry in await loaded(opened))
    await opened.says("[data-sum=down]", "5.0 MB/s")
    minutes = [time.strftime("%Y-%m-%dT%H:%M:00Z", time.gmtime(time.time() - 600 + 60 * n)) for n in range(5)]
    rates = [{"at": at, "download_rate": 1_000_000 * (n + 1), "upload_rate": 1000} for n, at in enumerate(minutes)]
    house.answers["history"] = {"status": "ok", "data": {"finished": [], "rates": rates, "next": None}}
    await page.get_by_label("7 d").check(force=True)
    await opened.says("[data-sum=down]", "3.0 MB/s")
    assert house.bus.asked[-1][0] == "bridge/main/request/history"
    await page.locator("[role=slider]").focus()
    await page.keyboard.press("Home")
    await opened.says(".reading", "download 1.0 MB/s, upload 1.0 kB/s")
    await page.keyboard.press("ArrowRight")
    await opened.says(".reading", "download 2.0 MB/s")
    assert "2.0 MB/s" in (await page.locator("[role=slider]").get_attribute("aria-valuetext") or "")
    await page.get_by_label("Client", exact=True).select_option("seedbox")
    end = time.monotonic() + 5
    while house.bus.asked[-1][1].get("client") != "seedbox":
        assert time.monotonic() < end
        await asyncio.sleep(0.02)
    house.answers["history"] = {"status": "error", "error": {"code": "failed", "message": "the ledger is locked"}}
    await page.get_by_label("31 d").check(force=True)
    await opened.says(".instead", "the ledger is locked")
    await page.set_viewport_size({"width": 500, "height": 800})
    house.answers["history"] = {"status": "ok", "data": {"finished": [], "rates": rates, "next": None}}
    await pressed(opened, "Try again")
    await opened.says("[data-sum=down]", "3.0 MB/s")
    await opened.until("document.querySelector('d2m-page').shadowRoot.querySelector('d2m-rate-chart').shadowRoot"
                       ".querySelector('.uplot').clientWidth < 500")  # fmt: skip
    await page.keyboard.press("Escape")
    await opened.counts(".uplot", 0)


async def loaded(shown: Shown) -> list[str]:
    names: list[str] = await shown.page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    return names


async def test_links_are_added_and_each_outcome_is_told(house: House, opened: Shown) -> None:
    page = opened.page
    house.answers["add"] = {"status": "ok", "data": {"client": "seedbox", "id": "a" * 40}}
    await page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Add downloads")
    await dialog.get_by_label("Links").fill(f"{MAGNET}\nnonsense\n")
    await opened.shows(".items .label", "debian.iso", "nonsense")
    await dialog.get_by_label("Category").fill("linux")
    await dialog.get_by_label("Add paused").check()
    await dialog.get_by_text("Options").click()
    await dialog.get_by_label("Tags").fill("iso, keep")
    await dialog.get_by_label("Priority").select_option("1")
    await dialog.get_by_role("button", name="Add 1").click()
    [(topic, fields)] = await house.until_asked(1)
    assert topic == "bridge/main/add"
    wanted = {"url": MAGNET, "category": "linux", "paused": True, "tags": ["iso", "keep"], "priority": 1}
    assert fields == wanted
    await opened.says("[data-outcome=taken] .outcome", "Seedbox took it")
    await opened.says("[data-outcome=failed] .outcome", "no magnet link")
    house.answers["add"] = {"status": "error", "error": {"code": "failed", "message": "the disk <b>is full</b>"}}
    await dialog.get_by_label("Links").fill("https://example.org/x.torrent")
    await dialog.locator("select[name=client]").select_option("seedbox")
    await dialog.get_by_role("button", name="Add 1").click()
    await opened.says("[data-outcome=failed] .outcome", "the disk <b>is full</b>")
    assert house.asked[-1][0] == "client/seedbox/add"
    house.answers["add"] = {"status": "ok", "data": {"id": "a" * 40}}
    await dialog.get_by_role("button", name="Try 1 again").click()
    await opened.says("[data-outcome=taken] .outcome", "Seedbox took it")
    await dialog.get_by_role("button", name="Show").click()
    await opened.shows("d2m-drawer .head h2", "debian.iso")
    assert await page.get_by_role("dialog").count() == 0


async def test_dropped_files_are_added_large_ones_too(house: House, opened: Shown) -> None:
    page = opened.page
    large = bytes(range(256)) * 4096  # 1 MB: no frame carries that
    house.answers["add"] = {"status": "ok", "data": {"client": "usenet", "id": "SABnzbd_nzo_x"}}
    await drop(opened, ("large.nzb", large), ("small.torrent", b"d4:infod6:lengthi1eee"), ("cat.jpg", b"x"))
    dialog = page.get_by_role("dialog", name="Add downloads")
    await opened.shows(".items .label", "large.nzb", "small.torrent", "cat.jpg")
    await opened.says("[data-outcome=failed] .outcome", "Only .torrent and .nzb files")
    assert house.asked == []
    await dialog.get_by_role("button", name="Leave out cat.jpg").click()
    await dialog.get_by_role("button", name="Add 2").click()
    asked = await house.until_asked(2)
    assert [(topic, fields["filename"]) for topic, fields in asked] == [
        ("bridge/main/add", "large.nzb"), ("bridge/main/add", "small.torrent"),
    ]  # fmt: skip
    assert base64.b64decode(asked[0][1]["content"]) == large
    await opened.counts("[data-outcome=taken]", 2)
    await dialog.get_by_role("button", name="Done").click()
    await page.keyboard.press("n")
    await opened.counts(".items li", 0)


async def test_a_target_is_seen_while_something_is_held_over_the_page(house: House, opened: Shown) -> None:
    held = """what => { const held = new DataTransfer(); held.items.add(new File(['x'], 'a.torrent'));
        document.querySelector('d2m-page').dispatchEvent(
            new DragEvent(what, {dataTransfer: held, bubbles: true, composed: true})); }"""
    await opened.page.evaluate(held, "dragenter")
    await opened.says(".target", "Drop to add")
    await opened.page.evaluate(held, "dragleave")
    await opened.counts(".target", 0)


async def test_links_are_pasted_anywhere_but_where_one_types(house: House, opened: Shown) -> None:
    paste = """([where, text]) => { const data = new DataTransfer(); data.setData('text/plain', text);
        const bar = document.querySelector('d2m-page').shadowRoot.querySelector('d2m-dashboard')
            .shadowRoot.querySelector('d2m-top-bar').shadowRoot;
        const at = where ? bar.querySelector('input') : document.body;
        at.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, composed: true})); }"""
    await opened.page.evaluate(paste, [False, "just some words"])
    await opened.page.evaluate(paste, [True, MAGNET])
    assert await opened.page.get_by_role("dialog").count() == 0
    await opened.page.evaluate(paste, [False, MAGNET])
    await opened.shows(".items .label", "debian.iso")


async def test_nothing_is_added_where_nothing_may_be(start: Start, shown: Shown) -> None:
    house = await furnished(await start())
    house.relay.say("bridge/main/info", replace(info("seedbox", "usenet", started_at=utc()), control="off"))
    await shown.open(house.relay.url())
    await shown.counts(ROWS, 3)
    await drop(shown, ("a.torrent", b"x"))
    await shown.page.keyboard.press("n")
    await asyncio.sleep(0.2)
    assert await shown.page.get_by_role("dialog").count() == 0
    assert await shown.page.get_by_role("button", name="Add downloads").count() == 0


async def test_help_tells_keys_and_versions(house: House, opened: Shown) -> None:
    await opened.page.keyboard.press("?")
    dialog = opened.page.get_by_role("dialog", name="Help")
    await dialog.wait_for()
    for text in ("Search", "Ctrl", "version 0.1.0", "may do everything"):
        assert text in (await dialog.text_content() or "")
    assert await dialog.get_by_role("link").count() == 0
    await opened.page.keyboard.press("n")
    assert await opened.page.get_by_role("dialog").count() == 1
    await opened.page.keyboard.press("Escape")
    await opened.counts("dialog[open]", 0)


NOTIFIER = """(() => { window.told = []; let allowed = 'default';
    window.Notification = class { static get permission() { return allowed; }
        static async requestPermission() { window.asked = true; return allowed = 'granted'; }
        constructor(title, options) { told.push([title, options.body]); window.last = this; } close() {} };
    document.hasFocus = () => !window.away; })()"""


async def test_the_browser_notifies_only_who_wants_it_and_looks_away(house: House, shown: Shown) -> None:
    await shown.page.add_init_script(NOTIFIER)
    await shown.open(house.relay.url())
    done = event(1, "a" * 40, at=utc())
    house.relay.say("client/seedbox/event", done)
    await shown.shows(".unread", "1")
    assert not await shown.page.evaluate("window.asked ?? false")
    await pressed(shown, "Notifications, 1 unread")
    await shown.says(".news", f"name of {'a' * 40}")
    await shown.counts(".unread", 0)
    await shown.page.get_by_role("switch").check()
    assert await shown.page.evaluate("window.asked")
    await shown.page.keyboard.press("Escape")
    house.relay.say("client/seedbox/event", replace(done, seq=2, at="2026-11-21T12:00:00Z"))
    await shown.shows(".unread", "1")
    await asyncio.sleep(1.7)
    assert await shown.page.evaluate("told") == []
    await shown.page.evaluate("window.away = true")
    house.relay.say("client/seedbox/event", replace(done, seq=3, at="2026-11-21T12:01:00Z"))
    await shown.until("told.length === 1")
    assert await shown.page.evaluate("told[0]") == [f"Completed: name of {'a' * 40}", "in Seedbox"]
    await shown.page.evaluate("last.onclick()")
    await shown.shows("d2m-drawer .head h2", "debian.iso")
    for seq in range(10, 30):
        house.relay.say("client/seedbox/event", replace(done, seq=seq, at=f"2026-11-21T12:02:{seq}Z"))
    await shown.until("told.length === 2")
    assert (await shown.page.evaluate("told[1]"))[0] == "20 downloads completed"
    house.relay.say(
        "notification", {"type": "backup", "message": "the <b>backup</b> is done", "data": None, "at": utc()}
    )
    await shown.shows(".unread", "23")
    await shown.page.reload()
    await shown.link("Live")
    await pressed(shown, "Notifications")
    assert await shown.page.get_by_role("switch").is_checked() is False  # this stand-in forgets what it was allowed
    assert shown.complaints == []


async def test_notices_are_listed_as_text(house: House, opened: Shown) -> None:
    house.relay.say("notification", {"type": "backup", "message": "the <b>backup</b>", "data": None, "at": utc()})
    await opened.shows(".unread", "1")
    await pressed(opened, "Notifications, 1 unread")
    await opened.says(".news .text", "the <b>backup</b>")
    await pressed(opened, "Clear the list")
    await opened.counts(".news", 0)


async def test_one_logs_in_and_out(start: Start, shown: Shown) -> None:
    house = await furnished(await start(users={"anna": user()}))
    page = shown.page
    await page.goto(house.relay.url())
    await page.get_by_label("User name").fill("anna")
    assert await page.get_by_label("User name").get_attribute("autocomplete") == "username"
    password = page.get_by_label("Password", exact=True)
    assert await password.get_attribute("autocomplete") == "current-password"
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await shown.counts("d2m-login-form dialog[open]", 1)
    await password.fill("wrong")
    await page.keyboard.press("Enter")
    await shown.says("#login-trouble", "User name or password is wrong.")
    await password.fill(PASSWORD)
    await page.get_by_role("button", name="Log in").click()
    await shown.link("Live")
    await shown.counts(ROWS, 3)
    await shown.counts("d2m-login-form .card", 0)
    await page.get_by_text("debian.iso").first.dblclick()
    await shown.shows("d2m-drawer .head h2", "debian.iso")
    await pressed(shown, "Menu of anna")
    await page.get_by_role("menuitem", name="Log out anna").click()
    await page.get_by_label("User name").wait_for()
    await shown.counts(ROWS, 0)
    await shown.counts("d2m-drawer .head", 0)
    assert await password.input_value() == ""
    for _ in range(12):
        await page.get_by_label("User name").fill("anna")
        await password.fill("wrong")
        await page.get_by_role("button", name="Log in").click()
        await shown.until("!document.querySelector('[type=submit]').disabled")
        if "Too many tries" in "".join(await shown.texts("#login-trouble")):
            break
    await shown.says("#login-trouble", "Too many tries: wait")
    assert [said for said in shown.complaints if "401" not in said and "429" not in said] == []


async def test_it_can_be_installed(house: House, opened: Shown) -> None:
    session = await opened.page.context.new_cdp_session(opened.page)
    assert (await session.send("Page.getAppManifest"))["errors"] == []
    found = (await session.send("Page.getInstallabilityErrors"))["installabilityErrors"]
    assert [error["errorId"] for error in found if error["errorId"] != "in-incognito"] == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_dialogs_are_accessible(start: Start, shown: Shown, width: int, scheme: str) -> None:
    if not AXE.exists():
        missing("axe-core, which script/frontend installs,")
    house = await furnished(await start())
    page = shown.page
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await page.set_viewport_size({"width": width, "height": 844})
    await shown.open(house.relay.url())
    for name in ("debian.iso", "failed.iso"):
        await page.get_by_text(name).first.dblclick()
        await shown.shows("d2m-drawer .head h2", name)
        if name == "debian.iso":
            await page.locator("[data-act=set]").click()
        assert await violations(shown) == []
        await page.keyboard.press("Escape")
        if name == "debian.iso":
            await page.keyboard.press("Escape")
        await shown.counts("d2m-drawer .head h2", 0)
        await page.keyboard.press("Escape")
    await page.keyboard.press("n")
    await page.get_by_label("Links").fill(f"{MAGNET}\nnonsense")
    await page.get_by_text("Options").click()
    assert await violations(shown) == []
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    await page.get_by_role("dialog", name="Help").wait_for()
    assert await violations(shown) == []
    await page.keyboard.press("Escape")
    await pressed(shown, "Menu")
    await page.get_by_role("menuitem", name="Rates").click()
    await shown.counts(".uplot canvas", 1)
    assert await violations(shown) == []
    await page.keyboard.press("Escape")
    house.relay.say("client/seedbox/event", event(1, "a" * 40, event="failed", to="failed", at=utc()))
    house.relay.say("client/seedbox/event", event(2, "a" * 40, at=utc()))
    await shown.shows(".unread", "2")
    await pressed(shown, "Notifications, 2 unread")
    await shown.counts(".news", 2)
    assert await violations(shown) == []
    assert shown.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_login_form_is_accessible(start: Start, shown: Shown, scheme: str) -> None:
    if not AXE.exists():
        missing("axe-core, which script/frontend installs,")
    relay = await start(users={"anna": user()})
    await shown.page.emulate_media(color_scheme=scheme)
    await shown.page.goto(relay.url())
    await shown.page.get_by_label("User name").fill("x")
    await shown.page.get_by_label("Password", exact=True).fill("x")
    await shown.page.keyboard.press("Enter")
    await shown.says("#login-trouble", "wrong")
    assert await violations(shown) == []


@pytest.mark.parametrize(
    ("opener", "wanted"),
    [
        ("Add downloads", {"Close", "Links", "Choose files", "Client", "Category", "Add paused", "Options", "Cancel"}),
        ("Chart of the rates", {"Close", "10 min", "Client", "Time on the chart; arrow keys move along it"}),
        ("Menu>Help", {"Close", "Help"}),
    ],
)
async def test_dialogs_are_worked_by_keyboard(opened: Shown, opener: str, wanted: set[str]) -> None:
    keyboard = opened.page.keyboard
    button, _, item = opener.partition(">")
    await opened.page.get_by_role("button", name=button, exact=True).focus()
    await keyboard.press("Enter")
    if item:
        await opened.page.get_by_role("menuitem", name=item).focus()
        await keyboard.press("Enter")
    await opened.counts("dialog.over[open]", 1)
    name = f"""{DEEPEST};
        const by = at.getAttribute('aria-labelledby');
        const label = at.ariaLabel || (by && at.getRootNode().getElementById(by).textContent)
            || at.labels?.[0]?.textContent || at.textContent;
        return [label.trim().split('\\n')[0].trim(), at.closest('dialog') !== null
            || at === document.body, getComputedStyle(at).outlineStyle]; }})()"""
    reached = []
    for _ in range(20):
        reached.append(await opened.page.evaluate(name))
        await keyboard.press("Tab")
    assert all(inside for _, inside, _ in reached), reached
    names = {said for said, _, _ in reached}
    assert {want for want in wanted if not any(said.startswith(want) for said in names)} == set(), names
    await keyboard.press("Escape")
    await opened.counts("dialog[open]", 0)
    if not item:
        assert await opened.page.evaluate(f"{DEEPEST}; return at.ariaLabel }})()") == button


async def test_who_is_logged_out_meanwhile_logs_in_over_whatever_is_open(start: Start, shown: Shown) -> None:
    house = await furnished(await start(users={"anna": user()}))
    page = shown.page

    async def enter() -> None:
        await page.get_by_label("User name").fill("anna")
        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.keyboard.press("Enter")
        await shown.link("Live")
        await shown.counts("d2m-login-form dialog", 0)

    await page.goto(house.relay.url())
    await enter()
    await page.keyboard.press("n")
    await page.get_by_label("Links").fill(MAGNET)
    await page.context.clear_cookies()
    await house.relay.server.connections.aclose(4401, "log in again")
    await page.get_by_label("User name").wait_for()
    await enter()
    await shown.shows(".items .label", "debian.iso")


async def test_a_lost_relay_is_said_for_what_is_added(house: House, shown: Shown) -> None:
    await shown.open(house.relay.url())
    await shown.page.keyboard.press("n")
    await shown.page.get_by_label("Links").fill(MAGNET)
    await house.relay.server.aclose()
    await shown.link("Connection lost")
    await shown.page.get_by_role("button", name="Add 1").click()
    await shown.says("[data-outcome=failed] .outcome", "there is no connection to the relay")


async def test_where_only_workers_may_notify_one_does(house: House, shown: Shown) -> None:
    await shown.page.context.grant_permissions(["notifications"])
    await shown.page.add_init_script(
        """window.Notification = class {
            static permission = 'granted';
            static requestPermission = async () => 'granted';
            constructor() { throw new TypeError('Illegal constructor'); } };
        document.hasFocus = () => false;"""
    )
    await shown.open(house.relay.url())
    await pressed(shown, "Notifications")
    await shown.page.get_by_role("switch").check()
    house.relay.say("client/seedbox/event", event(1, "a" * 40, at=utc()))
    shows = """(async () => { const worker = await navigator.serviceWorker.getRegistration('/assets/');
        return (await worker?.getNotifications() ?? []).map(one => [one.title, one.data.key]); })()"""
    end = time.monotonic() + 10
    while (told := await shown.page.evaluate(shows)) == []:
        assert time.monotonic() < end
        await asyncio.sleep(0.1)
    assert told == [[f"Completed: name of {'a' * 40}", f"seedbox:{'a' * 40}"]]
    await shown.page.evaluate(
        "key => navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {data: {opened: key}}))", told[0][1]
    )
    await shown.shows("d2m-drawer .head h2", "debian.iso")
    assert shown.complaints == []
