"""`/events`, against a model of a page that uses nothing but `EventSource`, a running relay, and a real browser."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.frames import SnapshotFrame
from downloads2mqtt.relay.dialect import Follower, by_key
from downloads2mqtt.relay.hub import channel
from downloads2mqtt.relay.hub.channel import Filter
from downloads2mqtt.relay.hub.frame import Encoded
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.reader import Reader
from downloads2mqtt.relay.plain_events.narrator import Narrator
from downloads2mqtt.relay.plain_events.wire import PlainEvents
from downloads2mqtt.relay.server import Server
from downloads2mqtt.relay.settings import HttpSettings
from tests.bridge.relay.builders import AT, download, event
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.people import bearer, token
from tests.browser import Shown, shown

__all__ = ["shown"]

KEYS = ["type", "request_id", "progress", "eta", "old_state", "new_state"]
STEP = 2.0


def parsed(stream: bytes) -> list[dict[str, Any]]:
    """The events of a stream, which are all unnamed and without ids."""
    events = []
    for block in stream.decode().split("\n\n"):
        for line in block.splitlines():
            name, _, value = line.partition(": ")
            assert name in ("data", ":", "retry"), line
            if name == "data":
                events.append(json.loads(value))
    assert all(list(one) == KEYS for one in events)
    return events


class Page:
    """Knows what is by REST, and what becomes of it by events alone; strict about what does not follow."""

    def __init__(self, hub: Hub, narrator: Narrator, wanted: Filter, room: float) -> None:
        self.hub, self.narrator, self.wanted, self.room = hub, narrator, wanted, room
        self.known = dict(self._now())
        self.reader = Reader(Follower(hub.channels, wanted, self._send).send)
        hub.channels.join(self.reader, wanted, heartbeat=15, control="off")

    @property
    def states(self) -> dict[str, str]:
        return {key: state for key, (state, _) in self.known.items()}

    def open(self, room: float = float("inf")) -> None:
        self.room = room
        if self.reader.lagging:
            self.hub.channels.drained(self.reader)

    def agrees(self) -> None:
        now = self._now()
        assert self.states == {key: state for key, (state, _) in now.items()}
        for key, (_, progress) in now.items():
            assert abs(progress - self.known[key][1]) < 2 * STEP

    def _now(self) -> dict[str, tuple[str, float]]:
        snapshot = self.hub.channels.snapshot(self.wanted).message
        assert isinstance(snapshot, SnapshotFrame)
        return {key: (one.state, one.progress or 0.0) for key, one in by_key(snapshot).items()}

    def _send(self, frame: Encoded[Any]) -> bool:
        self.room -= 1
        for one in parsed(frame.wire(self.narrator)):
            getattr(self, f"_{one['type']}")(one["request_id"], one)
        return self.room > 0

    def _request_created(self, id: str, one: dict[str, Any]) -> None:
        assert id not in self.known
        self.known[id] = one["new_state"], one["progress"]

    def _request_deleted(self, id: str, one: dict[str, Any]) -> None:
        assert self.known.pop(id)[0] == one["old_state"]

    def _state_change(self, id: str, one: dict[str, Any]) -> None:
        assert one["old_state"] == self.known[id][0] != one["new_state"]
        self.known[id] = one["new_state"], self.known[id][1]

    def _progress_update(self, id: str, one: dict[str, Any]) -> None:
        assert one["progress"] != self.known[id][1]
        self.known[id] = self.known[id][0], one["progress"]


IDS = st.sampled_from("abcd")
WANTED = st.sampled_from([Filter(), Filter(states=frozenset({"downloading", "paused"}))])


class Interleavings(RuleBasedStateMachine):
    """The bus, flushes, and pages that come, lag and drain, in any order; all rows anew when more than two waited."""

    @initialize()
    def begin(self) -> None:
        self._few = patch.object(channel, "SLOTS", 2)
        self._few.start()
        self.hub, self.now, self.events, self.pages = Hub("e"), 0.0, 0, list[Page]()
        self.narrators: dict[Filter, Narrator] = {}
        self.hub.broker(True)

    @rule(id=IDS, state=st.sampled_from(["queued", "downloading", "paused", "seeding"]), progress=st.integers(0, 12))
    def say(self, id: str, state: str, progress: int) -> None:
        self.hub.download(download(id, state=state, progress=progress / 2))

    @rule(id=IDS)
    def remove(self, id: str) -> None:
        self.hub.remove_download("seedbox", id)

    @rule(id=IDS)
    def event(self, id: str) -> None:
        self.events += 1
        self.hub.event(event(self.events, id))

    @rule(seconds=st.sampled_from([0.0, 0.2, 0.6]))
    def flush(self, seconds: float) -> None:
        self.now += seconds
        self.hub.flush(self.now)

    @rule()
    def beat(self) -> None:
        self.hub.channels.heartbeat(AT)

    @rule(wanted=WANTED, room=st.sampled_from([2, 3, 5, float("inf")]))
    def join(self, wanted: Filter, room: float) -> None:
        narrator = self.narrators.setdefault(wanted, Narrator(self.hub.get, STEP))
        self.pages.append(Page(self.hub, narrator, wanted, room))

    @rule(which=st.integers(0, 5), room=st.sampled_from([1, 2, float("inf")]))
    def drain(self, which: int, room: float) -> None:
        for page in self.pages[which : which + 1]:
            page.open(room)

    @invariant()
    def those_in_step_know_what_was_told(self) -> None:
        for page in getattr(self, "pages", []):
            if not page.reader.lagging:
                page.agrees()

    def teardown(self) -> None:
        if hasattr(self, "hub"):
            self.hub.flush(self.now + 1)
            for page in self.pages:
                page.open()
                page.agrees()
            self._few.stop()


TestInterleavings = Interleavings.TestCase
TestInterleavings.settings = settings(max_examples=80, stateful_step_count=30)


def told(*rows: Download, step: float = STEP) -> list[tuple[str, float | None]]:
    """What is told of a download that becomes one row after the other."""
    hub, events = Hub("e"), list[tuple[str, float | None]]()
    narrator = Narrator(hub.get, step)

    def send(frame: Encoded[Any]) -> bool:
        events.extend((one["type"], one["progress"]) for one in parsed(frame.wire(narrator)))
        return True

    hub.download(rows[0])
    hub.flush(0.0)
    reader = Reader(Follower(hub.channels, Filter(), send).send)
    hub.channels.join(reader, Filter(), heartbeat=15, control="off")
    for seconds, row in enumerate(rows[1:], 1):
        hub.download(row)
        hub.flush(float(seconds))
    return events


@pytest.mark.parametrize(
    ("progress", "step", "steps"),
    [
        ([0.0, 1.9, 2.0, 3.9, 4.0, 5.0, 6.1], 2.0, [2.0, 4.0, 6.1]),
        ([0.0, 0.1, 0.2], 0.0, [0.1, 0.2]),
        ([0.0, 0.1, 0.2], 0.1, [0.1, 0.2]),
        ([99.0, 99.5, 100.0], 2.0, [100.0]),
        ([50.0, 49.0, 47.9], 2.0, [47.9]),
        ([None, 0.5, None, 1.0, 2.5], 2.0, [0.5, 2.5]),
        ([0.0, 100.0], 100.0, [100.0]),
    ],
)
def test_steps(progress: list[float | None], step: float, steps: list[float]) -> None:
    rows = [download("a", progress=one) for one in progress]
    assert told(*rows, step=step) == [("progress_update", one) for one in steps]


def test_a_state_brings_its_progress() -> None:
    rows = [download("a", progress=99.5), download("a", state="seeding", progress=100.0)]
    assert told(*rows) == [("state_change", 100.0), ("progress_update", 100.0)]
    assert told(download("a"), download("a", state="paused")) == [("state_change", 10.0)]


def test_one_that_comes_later_misses_no_step_of_others() -> None:
    hub = Hub("e")
    narrator, heard = Narrator(hub.get, STEP), dict[str, list[float]]()

    def listen(name: str) -> None:
        heard[name] = []

        def send(frame: Encoded[Any]) -> bool:
            heard[name] += [one["progress"] for one in parsed(frame.wire(narrator))]
            return True

        reader = Reader(Follower(hub.channels, Filter(), send).send)
        hub.channels.join(reader, Filter(), heartbeat=15, control="off")

    def progress(now: float, percent: float) -> None:
        hub.download(download("a", progress=percent))
        hub.flush(now)

    progress(0.0, 0.0)
    listen("first")
    progress(1.0, 1.5)
    listen("second")
    progress(2.0, 2.5)
    assert heard == {"first": [2.5], "second": [2.5]}


# Over HTTP


class Listener:
    """The bytes of a stream as they come."""

    def __init__(self, response: httpx.Response) -> None:
        self.response, self.text = response, b""
        self._parts = response.aiter_raw()

    async def until(self, kind: str, count: int = 1) -> dict[str, Any]:
        async with asyncio.timeout(5):
            while len(found := [one for one in self.events if one["type"] == kind]) < count:
                self.text += await anext(self._parts)
        return found[count - 1]

    async def holds(self, text: bytes) -> None:
        async with asyncio.timeout(5):
            while text not in self.text:
                self.text += await anext(self._parts)

    @property
    def events(self) -> list[dict[str, Any]]:
        return parsed(self.text.rpartition(b"\n\n")[0])


@asynccontextmanager
async def listen(relay: Relay, path: str = "/events", **options: Any) -> AsyncIterator[Listener]:
    async with (
        httpx.AsyncClient(trust_env=False, timeout=10) as http,
        http.stream("GET", relay.url(path), **options) as response,
    ):
        assert response.status_code == 200, await response.aread()
        yield Listener(response)


async def test_a_life(relay: Relay) -> None:
    relay.say("client/seedbox/download/old", download("old"))
    relay.hub.flush(time.monotonic())
    async with listen(relay) as page:
        headers = page.response.headers
        assert headers["Content-Type"] == "text/event-stream"
        assert headers["X-Accel-Buffering"] == "no"
        assert headers["Cache-Control"] == "no-cache, no-transform"
        await page.until("connected")
        assert 2000 <= int(page.text.split()[1]) <= 6000
        relay.say("client/seedbox/download/a", download("a", progress=0.0, eta=9))
        created = await page.until("request_created")
        assert created == dict(zip(KEYS, ["request_created", "seedbox:a", 0.0, 9, None, "downloading"], strict=True))
        relay.say("client/seedbox/download/a", download("a", progress=50.0, eta=5))
        moved = await page.until("progress_update")
        assert moved == dict(zip(KEYS, ["progress_update", "seedbox:a", 50.0, 5, None, None], strict=True))
        relay.say("client/seedbox/download/a", download("a", progress=50.0, state="paused"))
        changed = await page.until("state_change")
        assert changed == dict(
            zip(KEYS, ["state_change", "seedbox:a", 50.0, None, "downloading", "paused"], strict=True)
        )
        relay.say("client/seedbox/download/a", b"")
        deleted = await page.until("request_deleted")
        assert (deleted["request_id"], deleted["old_state"]) == ("seedbox:a", "paused")
        assert not [one for one in page.events if one["request_id"] == "seedbox:old"]


async def test_a_comment_keeps_it_open(start: Start) -> None:
    relay = await start(heartbeat=1)
    async with listen(relay) as page:
        await page.holds(b"\n\n:\n\n")


async def test_by_default_a_comment_comes_every_15_seconds_and_progress_in_steps_of_2_percent(relay: Relay) -> None:
    default = HttpSettings(listen="127.0.0.1:0")
    assert default.event_step == STEP == 2
    server = Server(relay.hub, relay.feed, default)
    assert server._services.heartbeat == 15
    assert "every 15 s" in (Path(__file__).parents[3] / "docs" / "events.md").read_text(encoding="utf-8")


async def test_the_step_is_a_setting(start: Start) -> None:
    relay = await start(event_step=30)
    await relay.greet("seedbox")
    async with listen(relay) as page:
        await page.until("connected")
        for progress in (0.0, 20.0, 31.0):
            relay.say("client/seedbox/download/a", download("a", progress=progress))
            relay.hub.flush(time.monotonic() + progress)
        assert (await page.until("progress_update"))["progress"] == 31.0


async def test_filters_and_scopes(start: Start) -> None:
    relay = await start(tokens={"wall": token(clients=["seedbox"])})
    await relay.greet("seedbox", "hidden")
    async with listen(relay, "/events?categories=tv", headers=bearer()) as page:
        await page.until("connected")
        relay.say("client/hidden/download/x", download("x", "hidden", category="tv"))
        relay.say("client/seedbox/download/b", download("b"))
        relay.say("client/seedbox/download/a", download("a", category="tv"))
        assert (await page.until("request_created"))["request_id"] == "seedbox:a"
        assert len(page.events) == 2


@pytest.mark.parametrize(
    ("path", "headers", "code"),
    [
        ("/events", {}, 401),
        ("/events?states=nonsense", bearer(), 400),
        ("/events", {**bearer(), "Origin": "https://evil.example"}, 403),
    ],
)
async def test_refusals(start: Start, path: str, headers: dict[str, str], code: int) -> None:
    relay = await start(tokens={"wall": token()})
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(relay.url(path), headers=headers)).status_code == code
        assert (await http.head(relay.url("/events"), headers=bearer())).status_code == 200


async def test_http_1_0(relay: Relay) -> None:
    host, port = relay.server.address
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"GET /events HTTP/1.0\r\nHost: localhost\r\n\r\n")
    async with asyncio.timeout(5):
        await reader.readuntil(b"\r\n\r\n")
        assert (await reader.readline()).startswith(b"retry: ")
        relay.say("client/seedbox/download/a", download("a"))
        stream = await reader.readuntil(b'"new_state":"downloading"}\n\n')
    assert b'"type":"request_created","request_id":"seedbox:a"' in stream
    writer.close()


async def test_leaves_nothing_behind(relay: Relay) -> None:
    app = relay.server._runner.app
    assert app is not None
    handlers = [getattr(route.handler, "__self__", None) for route in app.router.routes()]
    wire = next(handler for handler in handlers if isinstance(handler, PlainEvents))
    for number in range(3):
        async with listen(relay, f"/events?ids={number}") as page:
            await page.until("connected")
            await relay.until(lambda relay: len(relay.hub.channels) > 0)
            assert wire._narrators
    await asyncio.wait_for(relay.server.aclose(), 3)
    assert (len(relay.hub.channels), len(relay.server.connections)) == (0, 0)
    assert not wire._narrators


async def test_one_that_lags_ends_with_what_is(relay: Relay) -> None:
    host, port = relay.server.address
    reader, writer = await asyncio.open_connection(host, port, limit=2**16)
    writer.write(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    await relay.until(lambda relay: len(relay.hub.channels) > 0)
    rounds = 0
    async with asyncio.timeout(30):
        while not any(one.lagging for one in relay.hub.channels):
            for number in range(2000):
                state = "paused" if rounds % 2 else "downloading"
                relay.hub.download(download(f"{number}", state=state, progress=float(rounds % 90)))
            rounds += 1
            relay.hub.flush(time.monotonic() + 1)
            await asyncio.sleep(0)
        for number in range(1999):
            relay.hub.remove_download("seedbox", f"{number}")
        relay.hub.flush(time.monotonic() + 1)
        known: dict[str, str] = {}
        await reader.readuntil(b"\r\n\r\n")
        stream = b""
        while set(known) != {"seedbox:1999"}:
            size = int(await reader.readline(), 16)
            stream += (await reader.readexactly(size + 2))[:-2]
            whole, _, stream = stream.rpartition(b"\n\n") if b"\n\n" in stream else (b"", b"", stream)
            for one in parsed(whole):
                match one["type"]:
                    case "request_created" | "state_change":
                        assert known.get(one["request_id"]) == one["old_state"]
                        known[one["request_id"]] = one["new_state"]
                    case "request_deleted":
                        assert known.pop(one["request_id"]) == one["old_state"]
    writer.close()


async def test_in_a_browser(relay: Relay, shown: Shown) -> None:
    await shown.page.route("**/favicon.ico", lambda route: route.fulfill(body=""))
    await shown.page.goto(relay.url("/healthz"))
    await shown.page.evaluate(
        """() => {
            window.heard = [];
            window.source = new EventSource("/events");
            window.source.onmessage = message => window.heard.push(JSON.parse(message.data));
        }"""
    )
    await shown.until("() => window.heard.some(one => one.type === 'connected')")
    relay.say("client/seedbox/download/a", download("a", progress=0.0))
    relay.hub.flush(time.monotonic())
    relay.say("client/seedbox/download/a", download("a", progress=50.0, state="paused"))
    relay.hub.flush(time.monotonic())
    relay.say("client/seedbox/download/a", b"")
    await shown.until("() => window.heard.some(one => one.type === 'request_deleted')")
    heard = await shown.page.evaluate("() => window.heard.map(one => [one.type, one.request_id])")
    kinds = ("request_created", "state_change", "progress_update", "request_deleted")
    assert heard == [["connected", None], *([kind, "seedbox:a"] for kind in kinds)]
    assert shown.complaints == []
