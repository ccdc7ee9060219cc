"""The page in a real Chromium against a real relay."""

import asyncio
import time

import pytest

from downloads2mqtt.relay.clock import utc
from tests.bridge.relay.builders import download, info, stats, status
from tests.bridge.relay.conftest import Relay, Start
from tests.browser import Shown


async def test_downloads_are_shown_and_change_live(relay: Relay, shown: Shown) -> None:
    relay.say("client/seedbox/download/a", download("a", name="debian.iso", eta=69, download_rate=5_242_880))
    relay.say("client/seedbox/stats", stats(1, download_rate=5_242_880, upload_rate=1000))
    await shown.open(relay.url())
    assert await shown.names() == ["debian.iso"]
    assert await shown.texts(".tag") == ["Downloading"]
    assert await shown.texts(".row .eta") == ["1 min"]
    assert await shown.texts(".row .rate-down") == ["5.2 MB/s"]
    await shown.until("document.getElementById('down').textContent === '5.2 MB/s'")
    relay.say("client/seedbox/download/a", download("a", name="debian.iso", progress=45.6))
    await shown.until("document.querySelector('.percent').textContent === '45.6 %'")
    bar = shown.page.get_by_role("progressbar", name="Progress of debian.iso")
    assert await bar.get_attribute("aria-valuenow") == "45.6"
    relay.say("client/seedbox/download/b", download("b", name="arch.iso", state="paused"))
    await shown.until("document.querySelectorAll('.row').length === 2")
    assert await shown.names() == ["debian.iso", "arch.iso"]
    relay.say("client/seedbox/download/a", b"")
    await shown.until("document.querySelectorAll('.row').length === 1")
    assert await shown.names() == ["arch.iso"]
    assert shown.complaints == []


async def test_markup_in_a_name_stays_text_and_nothing_breaks_the_policy(relay: Relay, shown: Shown) -> None:
    evil = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script><b>bold</b>"
    relay.say(
        "client/seedbox/download/a",
        download("a", name=evil, category=evil, tags=(evil,), error=evil, state="failed"),
    )
    relay.say("client/seedbox/status", status(name=evil, error=evil, version=evil, state="error"))
    await shown.open(relay.url())
    assert await shown.names() == [evil]
    assert await shown.page.locator(".row img, .row b, .row script, .client img, .client b").count() == 0
    assert await shown.page.title() != "pwned"
    assert shown.complaints == []


async def test_each_client_says_how_it_is(relay: Relay, shown: Shown) -> None:
    relay.say("bridge/main/info", info("seedbox", "attic", started_at=utc()))
    relay.say("client/seedbox/status", status(name="Seedbox", version="5.1.2", last_ok=utc()))
    relay.say("client/attic/status", status("attic", state="offline", error="connection refused", last_ok=utc()))
    relay.say("client/attic/download/a", download("a", "attic", download_rate=5))
    await shown.open(relay.url())
    await shown.until("document.querySelectorAll('.client').length === 2")
    bad, good = await shown.texts(".client")
    assert "Attic" in bad
    assert "Does not answer" in bad
    assert "connection refused" in bad
    assert "last answer just now" in bad
    assert "5.1.2" in good
    assert "Online · answered just now" in good
    assert "as last known" in (await shown.texts(".about"))[0]
    assert await shown.page.locator(".row.old").count() == 1
    relay.say("bridge/main/state", b"offline")
    await shown.until("document.querySelectorAll('[data-health=bad]').length === 2")
    assert "Its bridge is not there" in (await shown.texts(".client"))[1]
    relay.feed.on_disconnect()
    await shown.link("No broker")
    assert await shown.page.locator("body.stale").count() == 1
    assert "lost the MQTT broker" in (await shown.texts("#banner"))[0]
    assert shown.complaints == []


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
    assert await shown.names() == ["alpha 9", "Alpha 10", "Beta", "Gamma"]
    heads = shown.page.locator("#heads")
    for sort, order in {
        "Progress": ["Gamma", "alpha 9", "Beta", "Alpha 10"],
        "Rate": ["alpha 9", "Alpha 10", "Beta", "Gamma"],
        "Name": ["alpha 9", "Alpha 10", "Beta", "Gamma"],
    }.items():
        await heads.get_by_role("button", name=sort).click()
        await asyncio.sleep(0.1)
        assert await shown.names() == order
    await heads.get_by_role("button", name="Name").click()
    await asyncio.sleep(0.1)
    assert await shown.names() == ["Gamma", "Beta", "Alpha 10", "alpha 9"]
    await shown.page.keyboard.press("/")
    await shown.page.keyboard.type("alpha lin")
    await asyncio.sleep(0.1)
    assert await shown.names() == ["Alpha 10"]
    await shown.page.locator("#search").fill("ISO")
    await asyncio.sleep(0.1)
    assert await shown.names() == ["Gamma"]
    await shown.page.locator("#search").fill("nothing like it")
    await shown.page.get_by_role("button", name="Show everything").click()
    await asyncio.sleep(0.1)
    assert len(await shown.names()) == 4
    await shown.page.get_by_role("button", name="Failed 1").click()
    await asyncio.sleep(0.1)
    assert await shown.names() == ["Beta"]
    await shown.page.get_by_role("button", name="All 4").click()
    await shown.page.get_by_role("button", name="Usenet").click()
    await asyncio.sleep(0.1)
    assert await shown.names() == ["Gamma"]
    assert shown.complaints == []


async def test_it_goes_stale_when_the_relay_ends_and_recovers(start: Start, shown: Shown) -> None:
    relay = await start()
    await relay.greet("seedbox")
    relay.say("client/seedbox/download/a", download("a", name="before"))
    await shown.open(relay.url())
    port = relay.server.address[1]
    await relay.server.aclose()
    await shown.link("Connection lost")
    assert await shown.page.locator("body.stale").count() == 1
    assert "What you see is from" in (await shown.texts("#banner"))[0]
    assert await shown.names() == ["before"]
    again = await start(listen=f"127.0.0.1:{port}")
    await again.greet("seedbox")
    again.say("client/seedbox/download/b", download("b", name="after"))
    await shown.until("document.getElementById('link').textContent === 'Live'", 20)
    await shown.until("document.querySelector('.row .name')?.textContent === 'after'")
    assert await shown.page.locator("body.stale").count() == 0
    assert await shown.page.locator("#banner").is_hidden()
    assert [complaint for complaint in shown.complaints if "WebSocket" not in complaint] == []


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


async def test_ten_thousand_rows_do_not_freeze_it(relay: Relay, shown: Shown) -> None:
    for number in range(10_000):
        row = download(f"id{number:05}", name=f"file {number:05}", progress=number % 100)
        relay.say(f"client/seedbox/download/id{number:05}", row)
    await asyncio.sleep(0.5)
    started = time.monotonic()
    await shown.open(relay.url())
    await shown.until("document.querySelectorAll('.row').length > 5")
    assert time.monotonic() - started < 10
    assert await shown.page.locator(".row").count() < 60
    assert await shown.page.locator(".row").first.get_attribute("aria-setsize") == "10000"
    await shown.page.evaluate(
        """() => { window.longest = 0; let last = performance.now();
        const step = (now) => { longest = Math.max(longest, now - last); last = now; requestAnimationFrame(step); };
        requestAnimationFrame(step); }"""
    )
    for turn in range(6):
        await shown.page.evaluate(f"scrollTo(0, document.body.scrollHeight * {turn / 5})")
        for number in range(0, 10_000, 7):
            row = download(f"id{number:05}", name=f"file {number:05}", progress=float(turn))
            relay.say(f"client/seedbox/download/id{number:05}", row)
        await asyncio.sleep(0.5)
        assert 5 < await shown.page.locator(".row").count() < 60
    assert "file 09999" in await shown.names()
    assert await shown.page.evaluate("longest") < 1000
    assert shown.complaints == []


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
    await shown.until(f"document.getElementById('empty').textContent.includes({words!r})")
    assert shown.complaints == []


async def test_everything_can_be_reached_by_keyboard_and_has_a_name(relay: Relay, shown: Shown) -> None:
    relay.say("client/seedbox/download/a", download("a", name="debian.iso"))
    await shown.open(relay.url())
    reached = []
    for _ in range(14):
        await shown.page.keyboard.press("Tab")
        reached.append(
            await shown.page.evaluate(
                "(() => { const at = document.activeElement; const outline = getComputedStyle(at).outlineStyle;"
                "return [at === document.body ? '' : at.textContent.trim() || at.id, outline !== 'none']; })()"
            )
        )
    names = [name for name, _ in reached]
    for wanted in ("Skip to the downloads", "search", "Name", "Progress", "Rate"):
        assert wanted in names
    assert [name for name, outlined in reached if name and not outlined] == []
    nameless = """[...document.querySelectorAll('button, input, [role=progressbar], [role=list], section')]
        .filter(at => !(at.textContent.trim() || at.ariaLabel || at.labels?.length)).length"""
    assert await shown.page.evaluate(nameless) == 0


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (820, 1100), (2560, 1440)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_every_screen(relay: Relay, shown: Shown, width: int, height: int, scheme: str) -> None:
    relay.say("client/seedbox/download/a", download("a", name="x" * 300, download_rate=10**9, upload_rate=10**9))
    await shown.page.emulate_media(color_scheme=scheme)
    await shown.page.set_viewport_size({"width": width, "height": height})
    await shown.open(relay.url())
    await shown.until("document.querySelectorAll('.row').length === 1")
    assert await shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
