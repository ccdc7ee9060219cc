"""Server-Sent Events over a real socket: httpx, raw HTTP of both versions, and what a listener may go through."""

import asyncio
import json
import re
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from downloads2mqtt.relay import event_stream
from tests.bridge.relay.builders import download, event, info
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.mirror import Mirror
from tests.bridge.relay.people import bearer, token

PATH = "/api/v1/events"


@dataclass
class Listener:
    """What an EventSource makes of a stream (WHATWG HTML, 9.2)."""

    lines: AsyncIterator[str]
    mirror: Mirror = field(default_factory=Mirror)
    id: str = ""
    retry: int | None = None

    async def next(self) -> dict[str, Any]:
        """The next event."""
        data = ""
        async with asyncio.timeout(5):
            while line := await anext(self.lines):
                name, _, value = line.partition(": ")
                if name == "data":
                    data += value
                elif name == "id":
                    self.id = value
                elif name == "retry":
                    self.retry = int(value)
        return self.mirror.apply(data) if data else await self.next()

    async def until(self, kind: str, holds: Callable[[], bool] = lambda: True) -> dict[str, Any]:
        """The next event of a kind after which something holds."""
        while (frame := await self.next())["t"] != kind or not holds():
            pass
        return frame


@asynccontextmanager
async def listening(relay: Relay, query: str = "", **headers: str) -> AsyncIterator[Listener]:
    async with (
        httpx.AsyncClient(timeout=10) as http,
        http.stream("GET", relay.url(PATH + query), headers=headers) as answer,
    ):
        assert answer.status_code == 200
        yield Listener(answer.aiter_lines())


async def test_the_same_frames_as_over_the_socket(relay: Relay) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    async with listening(relay) as listener:
        assert (await listener.next())["t"] == "hello"
        assert listener.id == "", "who resumed from here would miss what follows"
        assert (await listener.next())["t"] == "snapshot"
        assert listener.retry is not None
        assert 2000 <= listener.retry <= 6000
        relay.say("client/seedbox/download/a", download("a", state="seeding"))
        relay.say("client/seedbox/event", event(1))
        told = await listener.until("event")
        assert listener.id == f"{listener.mirror.epoch}:{told['seq']}"
        assert listener.mirror.downloads["seedbox:a"]["state"] == "seeding"


async def test_not_all_return_at_once(relay: Relay) -> None:
    waits = set()
    for _ in range(6):
        async with listening(relay) as listener:
            await listener.until("snapshot")
            waits.add(listener.retry)
    assert len(waits) > 1


async def test_headers(relay: Relay) -> None:
    async with httpx.AsyncClient() as http:
        async with http.stream("GET", relay.url(PATH)) as answer:
            headers = answer.headers
        head = await http.head(relay.url(PATH), timeout=2)
    for said in (headers, head.headers):
        assert said["Content-Type"] == "text/event-stream"
        assert said["Cache-Control"] == "no-cache, no-transform"
        assert said["X-Accel-Buffering"] == "no"
        assert said["X-Content-Type-Options"] == "nosniff"
    assert (head.status_code, head.content) == (200, b"")


async def test_who_asks_for_the_headers_takes_no_place(relay: Relay) -> None:
    async with httpx.AsyncClient() as http:
        assert (await http.head(relay.url(PATH), timeout=2)).status_code == 200
        assert len(relay.server.connections) == 0


async def test_it_is_told_what_one_may(start: Start) -> None:
    relay = await start(tokens={"wall": token(control="off")})
    relay.say("bridge/main/info", info("seedbox"))
    async with listening(relay, **bearer()) as listener:
        assert (await listener.next())["control"] == "off"


async def test_it_resumes(relay: Relay) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    async with listening(relay) as listener:
        await listener.until("snapshot")
        relay.say("client/seedbox/download/a", download("a", state="paused"))
        await listener.until("delta", lambda: listener.mirror.downloads["seedbox:a"]["state"] == "paused")
    relay.say("client/seedbox/download/a", download("a", state="seeding"))
    relay.say("client/seedbox/event", event(1))
    await asyncio.sleep(0.05)
    for query, headers in (("", {"Last-Event-ID": listener.id}), (f"?last_event_id={listener.id}", {})):
        async with listening(relay, query, **headers) as back:
            back.mirror = Mirror()
            back.mirror.seq, back.mirror.downloads = listener.mirror.seq, dict(listener.mirror.downloads)
            assert (await back.next())["recovered"] is True
            assert (await back.next())["t"] == "delta"
            assert (await back.next())["t"] == "event"
            assert back.mirror.downloads["seedbox:a"]["state"] == "seeding"


@pytest.mark.parametrize("id", ["", "x", "another:0", ":", "e:-1", "e:99999999999999999999"])
async def test_a_place_that_is_not_known_gets_a_snapshot(relay: Relay, id: str) -> None:
    async with listening(relay, **{"Last-Event-ID": id}) as listener:
        assert (await listener.next())["recovered"] is False
        assert (await listener.next())["t"] == "snapshot"


async def test_it_narrows_and_resumes_narrowed(relay: Relay) -> None:
    for id, state in (("a", "paused"), ("b", "seeding")):
        relay.say(f"client/seedbox/download/{id}", download(id, state=state))
    await asyncio.sleep(0.05)
    async with listening(relay, "?states=paused,failed&clients=seedbox") as listener:
        await listener.until("snapshot")
        assert listener.mirror.downloads.keys() == {"seedbox:a"}
    relay.say("client/seedbox/download/c", download("c", state="paused"))
    await asyncio.sleep(0.05)
    async with listening(relay, "?states=paused,failed&clients=seedbox", **{"Last-Event-ID": listener.id}) as back:
        back.mirror.seq = listener.mirror.seq
        assert (await back.next())["recovered"] is True
        assert (await back.next())["set"].keys() == {"seedbox:c"}
    async with listening(relay, "?states=paused", **{"Last-Event-ID": listener.id}) as other:
        assert (await other.next())["recovered"] is False


async def test_a_filter_that_makes_no_sense_is_refused_in_a_sentence(relay: Relay) -> None:
    async with httpx.AsyncClient() as http:
        answer = await http.get(relay.url(f"{PATH}?states=upwards"))
    assert answer.status_code == 400
    assert "upwards" in answer.json()["error"]["message"]


async def test_heartbeats(start: Start) -> None:
    relay = await start(heartbeat=1)
    async with listening(relay) as listener:
        assert (await listener.until("heartbeat"))["at"].endswith("Z")
        assert listener.id == f"{listener.mirror.epoch}:{listener.mirror.seq}"


async def raw(relay: Relay, version: str, until: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(*relay.server.address)
    writer.write(f"GET {PATH} HTTP/{version}\r\nHost: {relay.authority}\r\n\r\n".encode())
    answer = b""
    async with asyncio.timeout(5):
        while until not in answer:
            answer += await reader.read(65536)
    writer.close()
    return answer


async def test_http_1_1_comes_in_chunks(relay: Relay) -> None:
    answer = await raw(relay, "1.1", b'"t":"snapshot"')
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"transfer-encoding: chunked" in head.lower()
    length, _, rest = body.partition(b"\r\n")
    assert re.fullmatch(rb"retry: \d+\n\n", rest[: int(length, 16)])


async def test_http_1_0_comes_as_it_is(relay: Relay) -> None:
    answer = await raw(relay, "1.0", b'"t":"snapshot"')
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"chunked" not in head.lower()
    assert body.startswith(b"retry: ")
    assert b"\n\ndata: {" in body


async def test_a_long_snapshot_comes_whole(relay: Relay) -> None:
    for number in range(3000):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name="ümläut " * 5))
    await asyncio.sleep(0.05)
    async with listening(relay) as listener:
        await listener.until("snapshot")
        assert len(listener.mirror.downloads) == 3000
        relay.say("client/seedbox/download/id1", b"")
        await listener.until("delta", lambda: len(listener.mirror.downloads) == 2999)


async def test_one_that_leaves_is_forgotten(relay: Relay) -> None:
    async with listening(relay) as listener:
        await listener.until("snapshot")
        assert relay.server.connections.by_transport() == {"sse": 1}
    async with asyncio.timeout(8):
        while len(relay.server.connections):
            await asyncio.sleep(0.05)
    assert relay.hub.counts()["readers"] == 0


async def test_the_end_of_the_relay_ends_the_stream(start: Start) -> None:
    relay = await start()
    async with listening(relay) as listener:
        await listener.until("snapshot")
        started = time.monotonic()
        closing = asyncio.create_task(relay.server.aclose())
        with pytest.raises(StopAsyncIteration):
            await listener.until("nothing")
        await closing
        assert time.monotonic() - started < 1.0


async def test_one_that_sleeps_costs_little_delays_nobody_and_is_let_go(start: Start) -> None:
    relay = await start(heartbeat=1)
    await relay.greet("seedbox")
    for number in range(3000):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name="x" * 500))
    await asyncio.sleep(0.1)
    stuck = socket.socket()
    stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stuck.connect(relay.server.address)
    stuck.sendall(f"GET {PATH} HTTP/1.1\r\nHost: {relay.authority}\r\n\r\n".encode())
    async with listening(relay) as quick:
        await quick.until("snapshot")
        for number in range(5):
            started = time.monotonic()
            relay.say("client/seedbox/event", event(number + 1))
            await quick.until("event")
            assert time.monotonic() - started < 0.5
        async with asyncio.timeout(8):
            while relay.hub.counts()["readers"] != 1:
                await asyncio.sleep(0.05)
        assert relay.hub.channels.tally.slow == 1
    stuck.close()


@pytest.mark.parametrize("limit", ["max_connections", "max_connections_per_address"])
async def test_there_is_room_for_so_many(start: Start, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(event_stream, "LOOK_SECONDS", 0.1)
    relay = await start(**{limit: 1})
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    upgrade |= {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}
    async with listening(relay) as listener:
        await listener.next()
        async with httpx.AsyncClient() as http:
            for path, headers in ((PATH, {}), ("/events", {}), ("/api/ws", upgrade), ("/hubs/downloads", upgrade)):
                answer = await http.get(relay.url(path), headers=headers)
                assert (answer.status_code, answer.headers["Retry-After"]) == (503, "15"), path
                assert f"http.{limit}." in answer.text
    await relay.until(lambda relay: not len(relay.server.connections))
    async with listening(relay) as listener:
        await listener.until("snapshot")


async def test_notifications(relay: Relay) -> None:
    async with listening(relay) as listener:
        await listener.until("snapshot")
        relay.say("notification", {"type": "info", "message": "Hello", "at": "2026-11-21T10:00:00Z"})
        told = await listener.until("notification")
    assert told["message"] == "Hello"
    assert json.loads(json.dumps(told))["data"] is None
