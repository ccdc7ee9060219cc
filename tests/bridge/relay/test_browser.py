"""A browser's own WebSocket and EventSource, in a real Chromium."""

import asyncio
import json
from typing import Any

import pytest

from tests.bridge.relay.answering import AnsweringBus
from tests.bridge.relay.builders import download, event
from tests.bridge.relay.conftest import Relay, Start
from tests.browser import Shown

LISTEN = """path => {
  window.heard = []; window.failed = 0;
  const keep = ({ data, lastEventId }) => heard.push({ ...JSON.parse(data), lastEventId });
  if (path.includes("events")) {
    window.source = new EventSource(path);
    source.onmessage = keep;
    source.onerror = () => { failed += 1; };
  } else {
    window.source = new WebSocket(path);
    source.onmessage = keep;
    source.onclose = ({ code, reason }) => { window.farewell = { code, reason }; };
  }
}"""
PATHS = ["./api/v1/ws", "./api/v1/events"]


async def opened(shown: Shown, relay: Relay, path: str) -> None:
    """On an empty page of the relay's own, so that its page does not listen, too."""
    await shown.page.goto(relay.url("/api/v1/state"))
    base = relay.url("/", "ws" if "ws" in path else "http")
    await shown.page.evaluate(LISTEN, base + path.removeprefix("./"))


async def heard(shown: Shown, kind: str, count: int = 1) -> list[dict[str, Any]]:
    """The frames of a kind, as soon as there are so many."""
    await shown.until(f"heard.filter(frame => frame.t === {kind!r}).length >= {count}")
    frames: list[dict[str, Any]] = await shown.page.evaluate(f"heard.filter(frame => frame.t === {kind!r})")
    return frames


@pytest.mark.parametrize("path", PATHS)
async def test_frames_arrive(relay: Relay, shown: Shown, path: str) -> None:
    for number in range(1000):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name=f"ümläut {number}"))
    await asyncio.sleep(0.1)
    await opened(shown, relay, path)
    (snapshot,) = await heard(shown, "snapshot")
    assert len(snapshot["downloads"]) == 1000
    relay.say("client/seedbox/event", event(1))
    relay.say("client/seedbox/download/id7", download("id7", state="paused"))
    (told,) = await heard(shown, "event")
    assert told["event"] == "completed"
    await heard(shown, "delta")
    if "events" in path:
        assert told["lastEventId"].endswith(f":{told['seq']}")


async def test_a_browser_is_sent_compressed_frames_and_its_own_are_read(relay: Relay, shown: Shown) -> None:
    """Chromium compresses all it sends, each with what went before."""
    bus = AnsweringBus(relay)
    for number in range(1000):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}"))
    await asyncio.sleep(0.1)
    await opened(shown, relay, "./api/v1/ws")
    await heard(shown, "snapshot")
    assert await shown.page.evaluate("source.extensions") == "permessage-deflate"
    plain = len(relay.hub.channels.snapshot().payload)
    assert relay.hub.channels.tally.bytes < plain * 0.4
    for number in range(3):
        frame = {"t": "request", "topic": "client/seedbox", "verb": "pause", "ids": ["id1"], "transaction": str(number)}
        await shown.page.evaluate("text => source.send(text)", json.dumps(frame))
    answers = await heard(shown, "response", 3)
    assert [answer["transaction"] for answer in answers] == ["0", "1", "2"]
    assert len(bus.asked) == 3


async def test_an_event_source_comes_back_by_itself_and_misses_nothing(relay: Relay, shown: Shown) -> None:
    await opened(shown, relay, "./api/v1/events")
    await heard(shown, "snapshot")
    relay.say("client/seedbox/event", event(1))
    await heard(shown, "event")
    (place,) = relay.server.connections
    assert place.connection is not None
    place.connection.abort()
    relay.say("client/seedbox/event", event(2))
    told = await heard(shown, "event", 2)
    assert [frame["seq"] for frame in told] == sorted({frame["seq"] for frame in told})
    hellos = await heard(shown, "hello", 2)
    assert [hello["recovered"] for hello in hellos] == [False, True]
    assert len(await heard(shown, "snapshot")) == 1


async def test_a_page_is_told_why_it_was_let_go(start: Start, shown: Shown) -> None:
    relay = await start(max_connections=1)
    await relay.greet("seedbox")
    await opened(shown, relay, "./api/v1/ws")
    await heard(shown, "snapshot")
    relay.server.connections.end(lambda place: True, 4408, "too slow")
    await shown.until("window.farewell")
    assert await shown.page.evaluate("farewell") == {"code": 4408, "reason": "too slow"}


async def test_a_page_is_told_that_there_is_no_room(start: Start, shown: Shown) -> None:
    relay = await start(max_connections=1)
    await relay.greet("seedbox")
    await opened(shown, relay, "./api/v1/ws")
    await heard(shown, "snapshot")
    await shown.page.evaluate("window.first = source")
    await shown.page.evaluate(LISTEN, relay.url("/api/v1/ws", "ws"))
    await shown.until("window.farewell")
    closed = await shown.page.evaluate("farewell")
    assert closed["code"] == 1013
    assert "http.max_connections" in closed["reason"]
