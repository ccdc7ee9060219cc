"""What a reader may not see makes no difference to what it hears: neither in words, nor in counts, nor in that
something is said at all."""

import asyncio
import re
from typing import Any

import aiohttp
import pytest

from downloads2mqtt.relay.flasharr import websocket as flasharr
from downloads2mqtt.relay.signalr import downloads_audience
from tests.bridge.relay.builders import AT, download, event, stats, status
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.people import bearer, token
from tests.bridge.relay.test_access_wires import ANSWERS, SCOPES, SOCKETS, STREAMS, listening

WIRES = [*SOCKETS, *STREAMS]
NOW = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def hide(relay: Relay, turn: int, *, of_client: bool) -> None:
    """Only hidden things change."""
    box, category = ("box2", "tv") if of_client else ("seedbox", "films")
    for number in range(5):
        row = download(f"h{number}", box, category=category, progress=float(turn), size=10_000 * (turn + 1))
        relay.say(f"client/{box}/download/h{number}", row if (turn + number) % 4 else b"")
        relay.say(f"client/{box}/event", event(1000 + 10 * turn + number, f"h{number}", box, download=row))
    failed = download("h9", box, category=category, state="failed", error="hidden")
    relay.say(f"client/{box}/event", event(1005 + 10 * turn, "h9", box, event="failed", to="failed", download=failed))
    relay.say("notification", {"type": "note", "message": "hidden", "data": {"client": box}, "at": AT})
    relay.say("notification/anna", {"type": "note", "message": "hidden", "data": None, "at": AT})
    if of_client:
        relay.say("client/box2/stats", stats(turn))
        relay.say("client/box2/status", status("box2", state=("online", "offline")[turn % 2], error="x" * turn))


async def world(start: Start, scope: dict[str, Any]) -> Relay:
    relay = await start(tokens={"wall": token(**scope)}, heartbeat=60)
    await relay.greet("seedbox", "box2")
    for id in ("a", "b"):
        relay.say(f"client/seedbox/download/{id}", download(id, category="tv"))
    await settled(relay)
    return relay


async def settled(relay: Relay) -> None:
    await relay.until(lambda relay: not relay.hub._image.downloads._before)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("path", WIRES)
async def test_nothing_is_said_when_only_hidden_things_change(
    start: Start, monkeypatch: pytest.MonkeyPatch, path: str, scope: dict[str, Any]
) -> None:
    monkeypatch.setattr(flasharr, "STATS_SECONDS", 0.3)
    monkeypatch.setattr(downloads_audience, "REORDERED_SECONDS", 0.3)
    monkeypatch.setitem(SOCKETS, "/api/v1/ws", [])
    relay = await world(start, scope)
    heard: list[str] = []
    async with aiohttp.ClientSession() as http, listening(relay, http, path, heard):
        quiet = -1
        while quiet != len(heard) or not heard:
            quiet = len(heard)
            await asyncio.sleep(0.7)
        for turn in range(6):
            hide(relay, turn, of_client="categories" not in scope)
            await asyncio.sleep(0.1)
        await asyncio.sleep(1.2)
        assert heard[quiet:] == []
        relay.say("client/seedbox/download/a", download("a", category="tv", state="paused"))
        await relay.until(lambda relay: len(heard) > quiet)


@pytest.mark.parametrize("scope", SCOPES)
async def test_answers_are_the_same_with_and_without_what_is_hidden(start: Start, scope: dict[str, Any]) -> None:
    told: list[dict[str, Any]] = []
    for has_hidden in (True, False):
        relay = await world(start, scope)
        if has_hidden:
            for turn in range(3):
                hide(relay, turn, of_client="categories" not in scope)
            await settled(relay)
            assert relay.hub.counts()["downloads"] > 2
        said: dict[str, Any] = {}
        async with aiohttp.ClientSession(headers=bearer()) as http:
            for path in ANSWERS:
                async with http.get(relay.url(path)) as answer:
                    text = NOW.sub("…", (await answer.text()).replace(relay.hub.channels.epoch, "…"))
                    said[path] = answer.status, text
        told.append(said)
    for path, with_hidden in told[0].items():
        assert with_hidden == told[1][path], path
