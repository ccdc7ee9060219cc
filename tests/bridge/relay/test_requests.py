"""Requests of readers over WebSocket and REST: put on the bus, answered, refused, waited for."""

import asyncio
import base64
import json
from typing import Any

import httpx
import pytest
import websockets
from websockets.asyncio.client import ClientConnection

from downloads2mqtt.relay import requests
from downloads2mqtt.relay.access.tokens import hash_token
from downloads2mqtt.relay.native import asking
from downloads2mqtt.relay.native.websocket import REQUESTS_AT_ONCE
from tests.bridge.relay.answering import AnsweringBus, silence
from tests.bridge.relay.builders import download
from tests.bridge.relay.conftest import Relay, Start


@pytest.fixture
async def bus(relay: Relay) -> AnsweringBus:
    await shown(relay)
    return AnsweringBus(relay)


async def shown(relay: Relay) -> None:
    """Until readers see the client."""
    await relay.until(lambda relay: relay.hub.knows("seedbox"))


def connect(relay: Relay) -> websockets.connect:
    return websockets.connect(relay.url("/api/v1/ws", "ws"), max_size=None)


async def until(connection: ClientConnection, kind: str) -> dict[str, Any]:
    while (frame := json.loads(await asyncio.wait_for(connection.recv(), 5)))["t"] != kind:
        pass
    return dict(frame)


def pause(transaction: str | None = "7", **more: Any) -> str:
    frame = {"t": "request", "topic": "client/seedbox", "verb": "pause", "ids": ["a"], "transaction": transaction}
    return json.dumps({**frame, **more})


async def post(relay: Relay, path: str, body: Any = None, **options: Any) -> httpx.Response:
    async with httpx.AsyncClient(timeout=30) as http:
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return await http.post(relay.url(f"/api/v1/request/{path}"), content=content, **options)


async def test_over_the_socket_with_the_readers_own_transaction(relay: Relay, bus: AnsweringBus) -> None:
    async with connect(relay) as connection:
        await connection.send(pause("mine"))
        assert await until(connection, "response") == {
            "t": "response",
            "transaction": "mine",
            "status": "ok",
            "data": {},
            "error": None,
        }
    ((topic, fields),) = bus.asked
    assert topic == "client/seedbox/request/pause"
    assert fields == {"ids": ["a"], "transaction": fields["transaction"]}
    assert fields["transaction"] != "mine"
    assert relay.hub.channels.tally.requests == {"ok": 1}


async def test_over_rest(relay: Relay, bus: AnsweringBus) -> None:
    bus.answer = lambda asked: {"status": "ok", "data": {"id": "new"}}
    url = {"url": "http://a.example/x.torrent"}
    answer = await post(relay, "client/seedbox/add", {**url, "transaction": "t"})
    assert answer.status_code == 200
    assert answer.json() == {"transaction": "t", "status": "ok", "data": {"id": "new"}, "error": None}
    assert bus.asked[0][1].items() >= url.items()
    answer = await post(relay, "bridge/main/history")
    assert (answer.status_code, answer.json()["transaction"]) == (200, None)
    assert bus.asked[1][0] == "bridge/main/request/history"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("bad_request", 400),
        ("forbidden", 403),
        ("not_found", 404),
        ("unsupported", 501),
        ("failed", 502),
        ("offline", 503),
    ],
)
async def test_the_bridges_refusal_is_the_readers(relay: Relay, bus: AnsweringBus, code: str, status: int) -> None:
    refused = {"code": code, "message": "a sentence"}
    bus.answer = lambda asked: {"status": "error", "error": refused}
    answer = await post(relay, "client/seedbox/poll", {"transaction": "1"})
    assert (answer.status_code, answer.json()["error"], answer.json()["transaction"]) == (status, refused, "1")
    async with connect(relay) as connection:
        await connection.send(pause())
        assert (await until(connection, "response"))["error"] == refused


async def test_no_answer(relay: Relay, bus: AnsweringBus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "ANSWER_SECONDS", 0.2)
    bus.answer = silence
    answer = await post(relay, "client/seedbox/poll")
    assert (answer.status_code, answer.json()["error"]["code"]) == (504, "failed")
    assert "no answer within" in answer.json()["error"]["message"]
    transaction = bus.asked[0][1]["transaction"]
    relay.say("client/seedbox/response/poll", {"transaction": transaction, "status": "ok"})
    assert relay.feed.bad.total() == 0


async def test_a_broker_that_is_lost(relay: Relay, bus: AnsweringBus) -> None:
    bus.answer = silence
    asking = asyncio.create_task(post(relay, "client/seedbox/poll"))
    await relay.until(lambda _: bus.asked)
    relay.feed.on_disconnect()
    answer = await asking
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "offline")
    assert "may have been done" in answer.json()["error"]["message"]
    answer = await post(relay, "client/seedbox/poll")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "offline")


async def test_a_broker_that_is_lost_while_publishing(relay: Relay, bus: AnsweringBus) -> None:
    bus.lost = True
    answer = await post(relay, "client/seedbox/poll")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "offline")


async def test_a_bridge_that_is_gone_is_said_at_once(relay: Relay, bus: AnsweringBus) -> None:
    relay.say("bridge/main/state", b"offline")
    answer = await post(relay, "client/seedbox/poll")
    assert (answer.status_code, answer.json()["error"]["message"]) == (503, "the bridge 'main' is not there")
    assert bus.asked == []


async def test_answers_of_others_and_nonsense_are_no_answers(relay: Relay, bus: AnsweringBus) -> None:
    bus.answer = silence
    asking = asyncio.create_task(post(relay, "client/seedbox/poll"))
    await relay.until(lambda _: bus.asked)
    transaction = bus.asked[0][1]["transaction"]
    relay.say("client/seedbox/response/pause", {"transaction": transaction, "status": "ok"})
    relay.say("client/other/response/poll", {"transaction": transaction, "status": "ok"})
    relay.say("bridge/seedbox/response/poll", {"transaction": transaction, "status": "ok"})
    relay.say("client/seedbox/response/poll", {"transaction": "another's", "status": "ok"})
    relay.say("client/seedbox/response/poll", {"status": "ok"})
    relay.say("client/seedbox/response/poll", b"[]")
    await asyncio.sleep(0.05)
    assert not asking.done()
    relay.say("client/seedbox/response/poll", {"transaction": transaction, "status": "ok", "data": {"state": "online"}})
    relay.say("client/seedbox/response/poll", {"transaction": transaction, "status": "ok", "data": {"state": "twice"}})
    assert (await asking).json()["data"] == {"state": "online"}


async def test_a_request_does_not_hold_up_the_other_frames(relay: Relay, bus: AnsweringBus) -> None:
    bus.answer = silence
    async with connect(relay) as connection:
        await connection.send(pause())
        await connection.send('{"t":"ping"}')
        assert (await until(connection, "heartbeat"))["at"]
        relay.say("client/seedbox/download/a", download("a"))
        assert (await until(connection, "delta"))["set"]
        transaction = bus.asked[0][1]["transaction"]
        relay.say("client/seedbox/response/pause", {"transaction": transaction, "status": "ok"})
        assert (await until(connection, "response"))["transaction"] == "7"


async def test_only_so_many_wait(relay: Relay, bus: AnsweringBus, monkeypatch: pytest.MonkeyPatch) -> None:
    bus.answer = silence
    async with connect(relay) as connection:
        for number in range(REQUESTS_AT_ONCE + 1):
            await connection.send(pause(str(number)))
            await asyncio.sleep(0.06)
        refused = await until(connection, "response")
        assert (refused["transaction"], refused["error"]["code"]) == (str(REQUESTS_AT_ONCE), "failed")
        monkeypatch.setattr(requests, "MOST_WAITING", REQUESTS_AT_ONCE)
        answer = await post(relay, "client/seedbox/poll")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    monkeypatch.undo()
    await relay.until(lambda relay: not relay.hub.counts()["readers"])
    bus.answer = lambda asked: {"status": "ok"}
    assert (await post(relay, "client/seedbox/poll")).status_code == 200


async def test_what_was_answered_or_never_will_be_waits_no_more(
    relay: Relay, bus: AnsweringBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "MOST_WAITING", 1)
    assert [(await post(relay, "client/seedbox/poll")).status_code for _ in range(3)] == [200] * 3
    monkeypatch.setattr(requests, "ANSWER_SECONDS", 0.05)
    bus.answer = silence
    assert [(await post(relay, "client/seedbox/poll")).status_code for _ in range(3)] == [504] * 3


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (pause(topic="client"), "not_found"),
        (pause(topic="seedbox"), "bad_request"),
        (pause(topic="client/sonar"), "not_found"),
        (pause(topic="client/seedbox/download/a"), "not_found"),
        (pause(topic="client/+"), "not_found"),
        (pause(verb="+"), "unsupported"),
        (pause(ids=[]), "bad_request"),
        (pause(ids={"a": 1}), "bad_request"),
        (pause(more="x"), "bad_request"),
    ],
)
async def test_nonsense_over_the_socket(relay: Relay, bus: AnsweringBus, frame: str, code: str) -> None:
    async with connect(relay) as connection:
        await connection.send(frame)
        refused = await until(connection, "response")
    assert (refused["transaction"], refused["error"]["code"]) == ("7", code)
    assert bus.asked == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("client/seedbox/pause", b"no json", 400),
        ("client/seedbox/pause", b"[]", 400),
        ("client/seedbox/pause", b"\xff\xfe", 400),
        ("client/seedbox/pause", b"[" * 100_000, 400),
        ("client/seedbox/pause", b'{"ids":["a"],"transaction":7}', 400),
        ("client/seedbox/pause", None, 400),
        ("client/seedbox/dance", None, 501),
        ("client/sonar/poll", None, 404),
        ("client/%2B/poll", None, 404),
        ("client/seedbox%2Frequest/poll", None, 404),
        ("house/seedbox/poll", None, 404),
        ("client/seedbox", None, 404),
    ],
)
async def test_nonsense_over_rest(relay: Relay, bus: AnsweringBus, path: str, body: bytes | None, status: int) -> None:
    assert (await post(relay, path, body)).status_code == status
    assert bus.asked == []


async def test_a_large_file_goes_by_rest(relay: Relay, bus: AnsweringBus) -> None:
    content = base64.b64encode(b"x" * 9_000_000).decode()
    answer = await post(relay, "client/seedbox/add", {"content": content, "filename": "x.nzb"})
    assert answer.status_code == 200
    assert bus.asked[0][1]["content"] == content


@pytest.mark.parametrize("announced", [True, False])
async def test_what_is_too_large_is_said(relay: Relay, bus: AnsweringBus, announced: bool) -> None:
    async def parts() -> Any:
        for _ in range(17):
            yield b"x" * 2**20

    async with httpx.AsyncClient(timeout=30) as http:
        body: Any = b"x" * (requests.LARGEST + 1) if announced else parts()
        answer = await http.post(relay.url("/api/v1/request/client/seedbox/add"), content=body)
    assert answer.status_code == 413
    assert answer.headers["Connection"] == "close", "what still comes is not read"
    assert "16 MB" in answer.json()["error"]["message"]
    assert bus.asked == []


async def test_only_so_many_large_ones_at_once(
    relay: Relay, bus: AnsweringBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "BODY_SECONDS", 0.5)
    gates = [asyncio.Event() for _ in range(asking.LARGE_AT_ONCE)]

    async def slow(gate: asyncio.Event) -> Any:
        yield b" " * (asking.LARGE + 1)
        gate.set()
        await asyncio.sleep(1.5)
        yield b"{}"

    async with httpx.AsyncClient(timeout=30) as http:
        url = relay.url("/api/v1/request/client/seedbox/poll")
        uploads = [asyncio.create_task(http.post(url, content=slow(gate))) for gate in gates]
        for gate in gates:
            await gate.wait()
        await asyncio.sleep(0.1)
        busy = await post(relay, "client/seedbox/poll", b" " * (asking.LARGE + 1))
        assert (busy.status_code, busy.json()["error"]["code"]) == (503, "failed")
        for upload in uploads:
            assert (await upload).status_code == 408
    assert (await post(relay, "client/seedbox/poll", b" " * (asking.LARGE + 1))).status_code == 200


async def test_a_reader_asks_only_what_it_was_granted(start: Start) -> None:
    def token(text: str, **more: Any) -> dict[str, Any]:
        return {"hash": hash_token(text), **more}

    relay = await start(
        tokens={"eye": token("eye-" + "x" * 40, control="off"), "nas": token("nas-" + "x" * 40, clients=["nas"])}
    )
    await relay.greet("seedbox", "nas")
    await shown(relay)
    bus = AnsweringBus(relay)
    eye, nas = ({"Authorization": f"Bearer {name}-{'x' * 40}"} for name in ("eye", "nas"))
    assert (await post(relay, "client/seedbox/poll")).status_code == 401
    assert (await post(relay, "client/seedbox/poll", headers=eye)).status_code == 200
    assert (await post(relay, "client/seedbox/pause", {"all": True}, headers=eye)).status_code == 403
    assert (await post(relay, "client/nas/pause", {"all": True}, headers=nas)).status_code == 200
    hidden = await post(relay, "client/seedbox/pause", {"all": True}, headers=nas)
    missing = await post(relay, "client/seadbox/pause", {"all": True}, headers=nas)
    assert hidden.status_code == missing.status_code == 404
    assert hidden.text.replace("seedbox", "seadbox") == missing.text
    assert [topic for topic, _ in bus.asked] == ["client/seedbox/request/poll", "client/nas/request/pause"]
    async with websockets.connect(relay.url("/api/v1/ws", "ws"), additional_headers=eye) as connection:
        await connection.send(pause())
        assert (await until(connection, "response"))["error"]["code"] == "forbidden"
