"""No wire says a word of what a reader may not see, and each ends with the reader's grant."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from tests.bridge.relay.builders import AT, download, event, stats, status
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.people import TOKEN, bearer, token, user
from tests.bridge.relay.test_access import ANNA, Browser

MARK = "hidden-mark"
SCOPES = [{"clients": ("seedbox",)}, {"categories": ("tv",)}, {"clients": ("seedbox",), "categories": ("tv",)}]
SIGNALR = json.dumps({"protocol": "json", "version": 1}) + "\x1e"


def call(target: str, *arguments: str) -> str:
    return json.dumps({"type": 1, "target": target, "arguments": arguments}) + "\x1e"


SOCKETS = {
    "/api/ws": [],
    "/api/v1/ws": ['{"t":"get","id":"seedbox:h"}', '{"t":"unsubscribe"}', '{"t":"subscribe","categories":["x"]}'],
    "/hubs/downloads": [SIGNALR, call("RequestDownloadsUpdate")],
    "/hubs/job-progress": [
        SIGNALR,
        *(call(f"SubscribeTo{what}", id) for what, id in (("Job", "seedbox:a"), ("Job", "seedbox:h"))),
        *(call(f"{verb}Video", name) for verb in ("SubscribeTo",) for name in ("seedbox", "box2")),
        call("GetJobProgress", "box2:h"),
    ],
}
ANSWERS = ["/api/v1/state", "/api/v1/downloads", "/api/v1/downloads/seedbox", "/api/v1/downloads/box2"]
ANSWERS += ["/api/v1/downloads/box2/h", "/api/v1/downloads/seedbox/h", "/api/v1/session", "/healthz", "/metrics"]
ANSWERS += ["/api/v1/signalr/connection-info", "/health", "/api/health"]
ANSWERS += [f"/api/downloads{path}" for path in ("", "/batches", "/stats", "/box2:h", "/seedbox:h")]
STREAMS = ["/api/v1/events", "/events"]


def speak(relay: Relay, turn: int, *, of_client: bool) -> None:
    """Visible and hidden things change, all of the hidden with a mark in them."""
    seen, hidden = {"category": "tv"}, {"name": MARK, "error": MARK, "path": MARK, "category": MARK}
    state = ("downloading", "paused")[turn % 2]
    relay.say("client/seedbox/download/a", download("a", state=state, **seen))
    relay.say("client/seedbox/event", event(turn + 1, "a", download=download("a", state=state, **seen)))
    box = "box2" if of_client else "seedbox"
    relay.say(f"client/{box}/download/h", download("h", box, state=state, **hidden))
    relay.say(f"client/{box}/event", event(turn + 100, "h", box, name=MARK, download=download("h", box, **hidden)))
    if of_client:
        relay.say("client/box2/status", status("box2", error=MARK, version=MARK))
        relay.say("client/box2/stats", stats(turn))
        relay.say("notification", {"type": "note", "message": MARK, "data": {"client": "box2"}, "at": AT})
    relay.say("notification", {"type": "note", "message": MARK, "data": None, "at": AT})
    relay.say("notification/anna", {"type": "note", "message": MARK, "data": None, "at": AT})


@asynccontextmanager
async def listening(relay: Relay, http: aiohttp.ClientSession, path: str, heard: list[str]) -> AsyncIterator[Any]:
    """Whatever a wire says goes to `heard`."""
    hub = path.startswith("/hubs")
    url, headers = (f"{path}?access_token={TOKEN}", {}) if hub else (path, bearer())

    async def hear(stream: AsyncIterator[Any]) -> None:
        async for said in stream:
            heard.append(str(said))

    if path in SOCKETS:
        async with http.ws_connect(relay.url(url, "ws"), headers=headers) as socket:
            for text in SOCKETS[path]:
                await socket.send_str(text)
            task = asyncio.create_task(hear(socket))
            yield socket
            task.cancel()
    else:
        async with http.get(relay.url(url), headers={**headers, "Accept": "text/event-stream"}) as answer:
            task = asyncio.create_task(hear(answer.content.iter_any()))
            yield answer
            task.cancel()


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("path", [*SOCKETS, *STREAMS])
async def test_no_wire_says_a_word_of_it(start: Start, path: str, scope: dict[str, Any]) -> None:
    relay = await start(tokens={"wall": token(**scope)}, heartbeat=1)
    await relay.greet("seedbox", "box2")
    of_client = "categories" not in scope
    speak(relay, 0, of_client=of_client)
    heard: list[str] = []
    async with aiohttp.ClientSession() as http, listening(relay, http, path, heard):
        for turn in range(1, 8):
            speak(relay, turn, of_client=of_client)
            await asyncio.sleep(0.12)
        await asyncio.sleep(1.3)
    said = "".join(heard)
    assert '"a"' in said or ":a" in said, "it says something at all"
    assert MARK not in said


@pytest.mark.parametrize("scope", SCOPES)
async def test_no_answer_says_a_word_of_it(start: Start, scope: dict[str, Any]) -> None:
    relay = await start(tokens={"wall": token(**scope)})
    await relay.greet("seedbox", "box2")
    of_client = "categories" not in scope
    speak(relay, 0, of_client=of_client)
    await asyncio.sleep(0.6)
    async with aiohttp.ClientSession() as http:
        for path in ANSWERS:
            async with http.get(relay.url(path), headers=bearer()) as answer:
                text = await answer.text()
                assert MARK not in text, path
                assert answer.status in (200, 403, 404), path
                assert ("metrics" in path) is (answer.status == 403), path
        there, nowhere = ("box2/h", "box9/h") if of_client else ("seedbox/h", "seedbox/z")
        said = []
        for path in (there, nowhere):
            async with http.get(relay.url(f"/api/v1/downloads/{path}"), headers=bearer()) as answer:
                box, id = path.split("/")
                said.append((answer.status, (await answer.text()).replace(box, "…").replace(f"'{id}'", "…")))
        assert said[0] == said[1]
        assert said[0][0] == 404


async def test_without_a_grant_the_health_check_says_only_whether_it_works(start: Start) -> None:
    relay = await start(tokens={"wall": token(), "kid": token("kid", clients=())})
    await relay.greet("seedbox")
    async with aiohttp.ClientSession() as http:
        for headers, figures in (({}, False), (bearer("kid"), False), (bearer("wrong"), False), (bearer(), True)):
            async with http.get(relay.url("/healthz"), headers=headers) as answer:
                assert answer.status == 200
                assert ("downloads" in await answer.json()) is figures
            async with http.get(relay.url("/metrics"), headers=headers) as answer:
                assert (answer.status == 200) is figures


@pytest.mark.parametrize("path", [*SOCKETS, *STREAMS])
async def test_every_wire_ends_with_the_login(start: Start, path: str) -> None:
    relay = await start(users={"anna": user()})
    async with Browser(relay) as browser:
        assert await browser.log_in(ANNA) == 204
        if path in SOCKETS:
            async with browser.connect(path) as socket:
                if path.startswith("/hubs"):
                    await socket.send_str(SIGNALR)
                await asyncio.wait_for(socket.receive(), 5)
                assert (await browser.post("logout"))[0] == 204
                while (message := await asyncio.wait_for(socket.receive(), 5)).type is aiohttp.WSMsgType.TEXT:
                    pass
                assert message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING)
        else:
            async with browser.http.get(relay.url(path)) as answer:
                await asyncio.wait_for(answer.content.readany(), 5)
                assert (await browser.post("logout"))[0] == 204
                async with asyncio.timeout(5):
                    await answer.content.read()
        await relay.until(lambda relay: not len(relay.server.connections))


@pytest.mark.parametrize("path", [*SOCKETS, *STREAMS])
@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_no_wire_serves_another_page(relay: Relay, path: str, headers: dict[str, str]) -> None:
    async with aiohttp.ClientSession() as http:
        async with http.get(relay.url(path), headers=headers) as answer:
            assert answer.status == 403
        if path.startswith("/hubs"):
            async with http.post(relay.url(f"{path}/negotiate"), headers=headers) as answer:
                assert answer.status == 403
