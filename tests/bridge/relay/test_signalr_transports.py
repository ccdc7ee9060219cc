"""Negotiation, the three transports as they are on the wire, and what is refused."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import websockets

from downloads2mqtt.relay.hub.frame import Encoded
from downloads2mqtt.relay.hub.scope import Grant
from downloads2mqtt.relay.signalr import negotiations, polling, session, sockets, streams, wire
from downloads2mqtt.relay.signalr.negotiations import Negotiations
from downloads2mqtt.relay.signalr.polling import Letterbox
from downloads2mqtt.relay.signalr.records import Record, Speech, chunked, streamed, unframed
from downloads2mqtt.relay.signalr.session import RECORDS
from downloads2mqtt.relay.signalr.wire import HUBS
from tests.bridge.relay.builders import download
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.signalr_clients import Raw, raw

HANDSHAKE = b'{"protocol":"json","version":1}\x1e'
DOWNLOADS, JOBS = "/hubs/downloads", "/hubs/job-progress"


@pytest.fixture
async def http(relay: Relay) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=relay.url(""), timeout=10) as http:
        yield http


async def negotiate(http: httpx.AsyncClient, hub: str = DOWNLOADS, version: int | None = 1) -> dict[str, Any]:
    answer = await http.post(f"{hub}/negotiate", params={} if version is None else {"negotiateVersion": version})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def said(text: str) -> list[dict[str, Any]]:
    assert not text or text.endswith("\x1e")
    return [json.loads(record) for record in text.split("\x1e")[:-1]]


async def events_of(stream: httpx.Response) -> AsyncIterator[str]:
    rest = ""
    async for text in stream.aiter_text():
        *events, rest = (rest + text).split("\r\n\r\n")
        for event in events:
            yield event


@asynccontextmanager
async def deaf_stream(relay: Relay, hub: str, id: str) -> AsyncIterator[None]:
    """A stream of events that nobody reads."""
    with socket.create_connection(relay.server.address) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        head = f"GET {hub}?id={id} HTTP/1.1\r\nHost: {relay.authority}\r\nAccept: text/event-stream\r\n\r\n"
        deaf.sendall(head.encode())
        await relay.until(lambda relay: len(relay.server.connections))
        yield


async def until_closed(client: Raw) -> websockets.ConnectionClosed:
    """How it closed; what was told before is in `client.told`."""
    try:
        while True:
            await client.next()
    except websockets.ConnectionClosed as closed:
        return closed


@pytest.mark.parametrize("hub", HUBS)
@pytest.mark.parametrize(("asked", "version"), [(None, 0), ("0", 0), ("1", 1), ("2", 1), ("x", 0), ("9" * 5000, 1)])
async def test_negotiate(http: httpx.AsyncClient, hub: str, asked: str | None, version: int) -> None:
    query = {} if asked is None else {"negotiateVersion": asked, "useStatefulReconnect": "true"}
    answer = await http.post(f"/hubs/{hub}/negotiate", params=query)
    told = answer.json()
    assert told["negotiateVersion"] == version
    assert ("connectionToken" in told) == (version == 1)
    assert told.get("connectionToken") != told["connectionId"]
    assert "useStatefulReconnect" not in told
    assert [way["transport"] for way in told["availableTransports"]] == [
        "WebSockets",
        "ServerSentEvents",
        "LongPolling",
    ]
    assert answer.headers["Cache-Control"] == "no-store"


async def test_the_id_that_others_may_know_opens_nothing(http: httpx.AsyncClient) -> None:
    told = await negotiate(http)
    assert (await http.get(DOWNLOADS, params={"id": told["connectionId"]})).status_code == 404
    assert (await http.get(DOWNLOADS, params={"id": told["connectionToken"]})).status_code == 200
    old = await negotiate(http, version=None)
    assert (await http.get(DOWNLOADS, params={"id": old["connectionId"]})).status_code == 200


async def test_addresses_that_name_no_connection(relay: Relay, http: httpx.AsyncClient) -> None:
    token = (await negotiate(http))["connectionToken"]
    for method, path, status in (
        ("GET", DOWNLOADS, 400),
        ("POST", DOWNLOADS, 400),
        ("DELETE", DOWNLOADS, 400),
        ("GET", f"{DOWNLOADS}?id=none", 404),
        ("POST", f"{DOWNLOADS}?id=none", 404),
        ("DELETE", f"{DOWNLOADS}?id=none", 404),
        ("GET", f"{JOBS}?id={token}", 404),
        ("GET", "/hubs/none", 404),
        ("POST", "/hubs/none/negotiate", 404),
        ("GET", f"{DOWNLOADS}/negotiate", 405),
    ):
        assert (await http.request(method, path)).status_code == status, (method, path)
    with pytest.raises(websockets.InvalidStatus, match="404"):
        async with raw(relay, "downloads", "?id=none"):
            pass


async def test_a_negotiated_connection_opens_once(relay: Relay, http: httpx.AsyncClient) -> None:
    token = (await negotiate(http))["connectionToken"]
    async with raw(relay, "downloads", f"?id={token}") as client:
        await client.greet()
        with pytest.raises(websockets.InvalidStatus, match="409"):
            async with raw(relay, "downloads", f"?id={token}"):
                pass
        assert (await http.get(DOWNLOADS, params={"id": token})).status_code == 409
        assert (await http.post(DOWNLOADS, params={"id": token}, content=HANDSHAKE)).status_code == 400
    await relay.until(lambda relay: len(relay.server.connections) == 0)
    assert (await http.get(DOWNLOADS, params={"id": token})).status_code == 404


async def test_somebody_elses_connection(
    relay: Relay, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def admit(request: Any, *, query_token: bool = False) -> Grant:
        return Grant(request.headers.get("X-User"))

    monkeypatch.setattr(relay.server._services.gate, "admit", admit)
    answer = await http.post(f"{DOWNLOADS}/negotiate?negotiateVersion=1", headers={"X-User": "anna"})
    query = {"id": answer.json()["connectionToken"]}
    for user in ("bert", ""):
        assert (await http.get(DOWNLOADS, params=query, headers={"X-User": user})).status_code == 403
    assert (await http.get(DOWNLOADS, params=query, headers={"X-User": "anna"})).status_code == 200
    assert (await http.post(DOWNLOADS, params=query, content=HANDSHAKE)).status_code == 403


async def test_pages_of_other_origins_are_refused(relay: Relay, http: httpx.AsyncClient) -> None:
    headers = {"Origin": "https://evil.example"}
    assert (await http.post(f"{DOWNLOADS}/negotiate", headers=headers)).status_code == 403
    with pytest.raises(websockets.InvalidStatus, match="403"):
        async with raw(relay, "downloads", additional_headers=headers):
            pass


# Long polling


async def test_long_polling(relay: Relay, http: httpx.AsyncClient) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    token = {"id": (await negotiate(http))["connectionToken"]}
    first = await http.get(DOWNLOADS, params=token)
    assert (first.status_code, first.content) == (200, b"")
    waiting = asyncio.create_task(http.get(DOWNLOADS, params=token))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    assert (await http.post(DOWNLOADS, params=token, content=HANDSHAKE[:7])).status_code == 200
    assert (await http.post(DOWNLOADS, params=token, content=HANDSHAKE[7:])).status_code == 200
    targets = [record.get("target") for record in said((await waiting).text)]
    while "QueueUpdate" not in targets:
        targets += [record.get("target") for record in said((await http.get(DOWNLOADS, params=token)).text)]
    assert (targets[0], targets.count("DownloadsList")) == (None, 1)
    assert relay.server.connections.by_transport() == {"signalr-polling": 1}
    waiting = asyncio.create_task(http.get(DOWNLOADS, params=token))
    await asyncio.sleep(0.1)
    assert (await http.delete(DOWNLOADS, params=token)).status_code == 202
    assert (await waiting).status_code == 204
    assert (await http.get(DOWNLOADS, params=token)).status_code == 204
    assert len(relay.server.connections) == len(relay.hub.channels) == 0


async def test_a_connection_that_ended_is_forgotten(http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LINGER_SECONDS", 0.3)
    token = {"id": (await negotiate(http))["connectionToken"]}
    await http.get(DOWNLOADS, params=token)
    assert (await http.delete(DOWNLOADS, params=token)).status_code == 202
    assert (await http.get(DOWNLOADS, params=token)).status_code == 204
    async with asyncio.timeout(5):
        while (await http.get(DOWNLOADS, params=token)).status_code != 404:
            await asyncio.sleep(0.05)


async def test_a_newer_poll_takes_the_place_of_an_older(http: httpx.AsyncClient) -> None:
    token = {"id": (await negotiate(http))["connectionToken"]}
    await http.get(DOWNLOADS, params=token)
    older = asyncio.create_task(http.get(DOWNLOADS, params=token))
    await asyncio.sleep(0.1)
    newer = asyncio.create_task(http.get(DOWNLOADS, params=token))
    assert ((await older).status_code, (await older).content) == (200, b"")
    await http.post(DOWNLOADS, params=token, content=HANDSHAKE)
    assert said((await newer).text)[0] == {}


async def test_a_poll_without_news_ends_empty(http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "POLL_SECONDS", 0.2)
    token = {"id": (await negotiate(http))["connectionToken"]}
    await http.get(DOWNLOADS, params=token)
    answer = await http.get(DOWNLOADS, params=token)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("name", ["ABSENT_SECONDS", "HANDSHAKE_SECONDS"])
async def test_who_does_not_poll_or_greet_is_let_go(
    relay: Relay, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(polling, name, 0.2)
    token = {"id": (await negotiate(http))["connectionToken"]}
    await http.get(DOWNLOADS, params=token)
    assert len(relay.server.connections) == 1
    await relay.until(lambda relay: len(relay.server.connections) == 0)


async def test_the_relays_end_is_told_to_a_poll(relay: Relay, http: httpx.AsyncClient) -> None:
    token = {"id": (await negotiate(http, JOBS))["connectionToken"]}
    await http.get(JOBS, params=token)
    await http.post(JOBS, params=token, content=HANDSHAKE)
    assert said((await http.get(JOBS, params=token)).text) == [{}]
    waiting = asyncio.create_task(http.get(JOBS, params=token))
    await asyncio.sleep(0.1)
    await relay.server.aclose()
    assert said((await waiting).text) == [{"type": 7, "allowReconnect": True}]


async def test_who_polls_slowly_is_owed_no_more_than_the_latest(relay: Relay, http: httpx.AsyncClient) -> None:
    token = {"id": (await negotiate(http))["connectionToken"]}
    await http.get(DOWNLOADS, params=token)
    await http.post(DOWNLOADS, params=token, content=HANDSHAKE)
    for burst in range(50):
        for number in range(50):
            relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name=f"{burst}" * 300))
        relay.hub.flush(1e9 + burst)
        await asyncio.sleep(0)
    seen: dict[str, str] = {}
    size = 0
    while set(seen.values()) != {"49" * 300}:
        text = (await http.get(DOWNLOADS, params=token)).text
        size += len(text)
        for record in said(text):
            if record.get("target") == "DownloadUpdate":
                seen |= {row["id"]: row["title"] for row in record["arguments"][0]}
    assert len(seen) == 50
    assert size < 500_000, "50 bursts of 40 KB were said"


async def test_the_letterbox_wakes_who_waits_for_room() -> None:
    box = Letterbox()
    box.write(b"x" * 100_000)
    waiting = asyncio.create_task(box.drain())
    await asyncio.sleep(0)
    assert not waiting.done()
    assert len(box.take()) == 100_000
    await asyncio.wait_for(waiting, 1)
    box.write(b"x" * 100_000)
    waiting = asyncio.create_task(box.drain())
    await asyncio.sleep(0)
    box.abort()
    await asyncio.wait_for(waiting, 1)
    assert (box.take(), box.is_closing()) == (b"", True)


@pytest.mark.parametrize("accept", ["*/*", "text/event-stream"])
async def test_what_is_said_before_a_transport_is_open_is_heard(http: httpx.AsyncClient, accept: str) -> None:
    token = {"id": (await negotiate(http))["connectionToken"]}
    for part in (HANDSHAKE[:9], HANDSHAKE[9:]):
        assert (await http.post(DOWNLOADS, params=token, content=part)).status_code == 200
    assert (await http.post(DOWNLOADS, params=token, content=b"x" * 32_768)).status_code == 400
    async with http.stream("GET", DOWNLOADS, params=token, headers={"Accept": accept}) as stream:
        async for text in stream.aiter_text():
            if "{}\x1e" in text:
                break
        else:
            pytest.fail("the handshake was not answered")


@pytest.mark.parametrize("accept", ["*/*", "text/event-stream"])
async def test_a_bad_handshake_by_post(relay: Relay, http: httpx.AsyncClient, accept: str) -> None:
    for early in (True, False):
        token = {"id": (await negotiate(http))["connectionToken"]}
        bad = b'{"protocol":"messagepack","version":1}\x1e'
        if early:
            assert (await http.post(DOWNLOADS, params=token, content=bad)).status_code == 200
        async with http.stream("GET", DOWNLOADS, params=token, headers={"Accept": accept}) as stream:
            if not early:
                assert (await http.post(DOWNLOADS, params=token, content=bad)).status_code == 400
            text = "".join([text async for text in stream.aiter_text()])
        if not text:
            text = (await http.get(DOWNLOADS, params=token)).text
        assert "speaks the protocol 'json' only" in text
        await relay.until(lambda relay: len(relay.server.connections) == 0)


# Server-Sent Events


async def test_server_sent_events(relay: Relay, http: httpx.AsyncClient) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    token = {"id": (await negotiate(http))["connectionToken"]}
    async with http.stream("GET", DOWNLOADS, params=token, headers={"Accept": "text/event-stream"}) as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        assert "no-transform" in stream.headers["Cache-Control"]
        assert stream.headers["X-Accel-Buffering"] == "no"
        events = events_of(stream)
        assert await anext(events) == ":"
        assert (await http.post(DOWNLOADS, params=token, content=HANDSHAKE)).status_code == 200
        records: list[dict[str, Any]] = []
        while "QueueUpdate" not in [record.get("target") for record in records]:
            records += said((await anext(events)).removeprefix("data: "))
        assert records[0] == {}
        await relay.server.connections.aclose(1001, "")
        last = [event async for event in events][-1]
        assert said(last.removeprefix("data: "))[-1] == {"type": 7, "allowReconnect": True}
    await relay.until(lambda relay: len(relay.server.connections) == 0)


async def test_events_behind_a_proxy_of_http_1_0(relay: Relay, http: httpx.AsyncClient) -> None:
    token = (await negotiate(http, JOBS))["connectionToken"]
    reader, writer = await asyncio.open_connection(*relay.server.address)
    writer.write(
        f"GET {JOBS}?id={token} HTTP/1.0\r\nHost: {relay.authority}\r\nAccept: text/event-stream\r\n\r\n".encode()
    )
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
    assert b"chunked" not in head.lower()
    await http.post(JOBS, params={"id": token}, content=HANDSHAKE)
    assert await asyncio.wait_for(reader.readuntil(b"\x1e\r\n\r\n"), 5) == b":\r\n\r\ndata: {}\x1e\r\n\r\n"
    writer.close()
    await relay.until(lambda relay: len(relay.server.connections) == 0)


@pytest.mark.parametrize("name", ["HANDSHAKE_SECONDS", "SILENCE_SECONDS"])
async def test_a_stream_whose_client_is_silent_ends(
    relay: Relay, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(streams, name, 0.2)
    token = {"id": (await negotiate(http))["connectionToken"]}
    async with http.stream("GET", DOWNLOADS, params=token, headers={"Accept": "text/event-stream"}) as stream:
        if name == "SILENCE_SECONDS":
            await http.post(DOWNLOADS, params=token, content=HANDSHAKE)
        last = [event async for event in events_of(stream)][-1]
    assert len(relay.hub.channels) == 0
    if name == "SILENCE_SECONDS":
        assert said(last.removeprefix("data: "))[-1] == {"type": 7, "allowReconnect": True}


async def test_who_does_not_read_events_holds_up_nobody(relay: Relay, http: httpx.AsyncClient) -> None:
    token = {"id": (await negotiate(http))["connectionToken"]}
    async with deaf_stream(relay, DOWNLOADS, token["id"]):
        await http.post(DOWNLOADS, params=token, content=HANDSHAKE)
        for burst in range(40):
            for number in range(400):
                relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name=f"{burst}" * 500))
            relay.hub.flush(1e9 + burst)
            await asyncio.sleep(0)
        (reader,) = relay.hub.channels
        assert reader.lagging
        async with raw(relay, "downloads") as client:
            started = time.monotonic()
            await client.greet()
            assert len(await client.until("DownloadsList")) == 400
            assert time.monotonic() - started < 2
    await relay.until(lambda relay: len(relay.server.connections) == 0)


async def test_who_asks_over_a_stream_and_does_not_read_it_is_cut_off(
    relay: Relay, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "STUCK_SECONDS", 0.3)
    monkeypatch.setattr(session, "MOST_UNREAD", 10**9)
    for number in range(200):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name="x" * 1000))
    await relay.until(lambda relay: relay.hub.get("seedbox:id199"))
    token = {"id": (await negotiate(http, JOBS))["connectionToken"]}
    async with deaf_stream(relay, JOBS, token["id"]):
        await http.post(JOBS, params=token, content=HANDSHAKE)
        ask = b'{"type":1,"target":"GetVideoProgress","arguments":["seedbox"]}\x1e'
        await http.post(JOBS, params=token, content=ask * 200)
        await relay.until(lambda relay: len(relay.server.connections) == 0)


# WebSockets


@pytest.mark.parametrize("version", [0, 1])
async def test_joined_and_split_records(relay: Relay, version: int) -> None:
    async with raw(relay, "job-progress") as client:
        call = json.dumps({"type": 1, "target": "GetJobProgress", "arguments": ["x"], "invocationId": "1"}) + "\x1e"
        await client.connection.send(f'{{"protocol":"json","version":{version}}}\x1e{call}{call[:20]}')
        await client.connection.send(call[20:].encode())
        answers = [await client.next() for _ in range(5)]
        assert answers[0] == {}
        assert [answer.get("type") for answer in answers[1:]] == [1, 3, 1, 3]


@pytest.mark.parametrize(
    "bad",
    [
        "\x1e",
        "x\x1e",
        '{"type":1}\x1e',
        '{"type":"six"}\x1e',
        "[" * 20_000 + "\x1e",
        "x" * 33_000,
        "x" * 40_000 + "\x1e",
    ],
)
async def test_what_makes_no_sense_ends_the_connection_with_a_reason(relay: Relay, bad: str) -> None:
    async with raw(relay, "downloads") as client:
        await client.greet()
        await client.connection.send(bad)
        assert "1008" in str(await until_closed(client))
        message = client.told[-1]
        assert message["type"] == 7
        assert message["error"]
        assert "allowReconnect" not in message
    await relay.until(lambda relay: len(relay.server.connections) == len(relay.hub.channels) == 0)


@pytest.mark.parametrize("bad", ['{"protocol":"messagepack","version":1}', '{"protocol":"json","version":7}', "x"])
async def test_handshakes_that_are_refused(relay: Relay, bad: str) -> None:
    async with raw(relay, "downloads") as client:
        await client.connection.send(bad + "\x1e")
        assert set(await client.next()) == {"error"}
        with pytest.raises(websockets.ConnectionClosed):
            await client.next()


async def test_who_does_not_greet_is_let_go(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "HANDSHAKE_SECONDS", 0.3)
    async with raw(relay, "downloads") as silent, raw(relay, "downloads") as client:
        await client.greet()
        with pytest.raises(websockets.ConnectionClosed, match="handshake"):
            await silent.next()
        await client.say({"type": 1, "target": "x", "arguments": [], "invocationId": "1"})
        await client.answer("1")


async def test_who_says_too_much_is_let_go(relay: Relay) -> None:
    async with raw(relay, "downloads") as client:
        await client.greet()
        await client.say(*[{"type": 6}] * (RECORDS + 1))
        await until_closed(client)
        assert f"{RECORDS} messages" in client.told[-1]["error"]


@pytest.mark.parametrize(
    ("code", "reason", "goodbye"),
    [
        (1001, "the relay ends", {"type": 7, "allowReconnect": True}),
        (4401, "the login ended", {"type": 7, "error": "the login ended", "allowReconnect": True}),
        (1008, "no more", {"type": 7, "error": "no more"}),
    ],
)
async def test_goodbyes(relay: Relay, code: int, reason: str, goodbye: dict[str, Any]) -> None:
    async with raw(relay, "job-progress") as client:
        await client.greet()
        await relay.server.connections.aclose(code, reason)
        assert await client.next() == goodbye
        with pytest.raises(websockets.ConnectionClosed, match=str(code)):
            await client.next()


async def test_a_client_that_says_goodbye(relay: Relay) -> None:
    async with raw(relay, "downloads") as client:
        await client.greet()
        await client.say({"type": 7}, {"type": 1, "target": "RequestDownloadsUpdate", "arguments": []})
        assert "1000" in str(await until_closed(client))


async def test_connections_are_counted_and_limited(start: Start) -> None:
    relay = await start(max_connections=2)
    async with raw(relay, "downloads"), raw(relay, "settings"):
        with pytest.raises(websockets.InvalidStatus, match="503"):
            async with raw(relay, "job-progress"):
                pass
        async with httpx.AsyncClient(base_url=relay.url("")) as http:
            token = {"id": (await negotiate(http))["connectionToken"]}
            for accept in ("*/*", "text/event-stream"):
                answer = await http.get(DOWNLOADS, params=token, headers={"Accept": accept})
                assert answer.status_code == 503
    await relay.until(lambda relay: len(relay.server.connections) == 0)


# Without a server


def test_unclaimed_negotiations_are_few_and_expire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(negotiations, "MOST_UNCLAIMED", 5)
    monkeypatch.setattr(negotiations, "MOST_UNCLAIMED_PER_ADDRESS", 3)
    held: Negotiations[str] = Negotiations()
    mine = [held.open("h", Grant(), "a", 1, 0.0) for _ in range(4)]
    assert [one is None for one in mine] == [False, False, False, True]
    others = [held.open("h", Grant(), f"b{number}", 1, 10.0) for number in range(3)]
    assert [one is None for one in others] == [False, False, True]
    first = mine[0]
    assert first is not None
    assert held.find("h", first.token, 15.0) is first
    held.claim(first, "websocket")
    assert held.open("h", Grant(), "a", 1, 15.0) is not None, "a claimed one no longer counts"
    assert held.find("h", first.token, 1000.0) is first
    assert mine[1] is not None
    assert held.find("h", mine[1].token, 15.1) is None
    assert held.find("other", first.token, 15.0) is None
    held.end(first)
    assert held.find("h", first.token, 15.0) is None
    assert held.find("h", "", 1000.0) is None
    assert len(held) == 0


def test_framings() -> None:
    long = b"x" * 100_000 + b"\x1e"
    assert unframed(long) == (long,)
    assert b"".join(streamed(long)) == b"data: " + long + b"\r\n\r\n"
    body = b"".join(chunked(long))
    got = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        got, body = got + body[: int(size, 16)], body[int(size, 16) + 2 :]
    assert got == b"data: " + long + b"\r\n\r\n"


def test_equal_speech_is_made_once() -> None:
    made: list[object] = []

    class Teller:
        def say(self, frame: Encoded[Any]) -> bytes:
            made.append(frame)
            return b"{}\x1e"

    teller = Teller()
    frame = Record(lambda: b"never")
    shared: Encoded[Any] = Encoded(None)
    pieces = [shared.wire(Speech(teller.say, framing)) for framing in (unframed, unframed, streamed, chunked)]
    assert len(made) == 1
    assert pieces[0] is pieces[1]
    assert frame.wire(Speech(teller.say, unframed)) == (b"never",)
    assert Speech(lambda frame: b"", unframed)(shared) == ()


async def test_what_the_hubs_offer_is_described(http: httpx.AsyncClient) -> None:
    told = (await http.get("/api/v1/signalr/connection-info")).json()
    assert (told["hubUrl"], told["userId"]) == ("/hubs/job-progress", None)
    hubs = {hub["url"]: hub for hub in told["hubs"]}
    assert set(hubs) == {DOWNLOADS, JOBS}
    assert hubs[DOWNLOADS]["methods"] == ["RequestDownloadsUpdate"]
    assert "SubscribeToVideo" in hubs[JOBS]["methods"]
    assert "UserNotification" in hubs[JOBS]["events"]
