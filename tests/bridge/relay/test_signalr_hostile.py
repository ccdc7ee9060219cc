"""What the hubs refuse, over every door and transport: other pages, bad tokens, and who takes more than its share."""

import asyncio
import json
import logging
import re
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import websockets
from aiohttp import web

from downloads2mqtt.relay.signalr import negotiations, session, wire
from downloads2mqtt.relay.signalr.wire import HUBS
from tests.bridge.relay.builders import download
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.people import TOKEN, bearer, token
from tests.bridge.relay.signalr_clients import raw
from tests.bridge.relay.test_access_jwt import OTHER_KEY, RS256, forged, hmac_with_the_public_key, signed
from tests.bridge.relay.test_signalr_transports import until_closed

HANDSHAKE = b'{"protocol":"json","version":1}\x1e'
HOME, EVIL = "https://home.example", "https://evil.example"
DOORS = [
    ("POST", "/hubs/{hub}/negotiate?negotiateVersion=1", {}),
    ("GET", "/hubs/{hub}?id={id}", {}),
    ("GET", "/hubs/{hub}?id={id}", {"Accept": "text/event-stream"}),
    ("GET", "/hubs/{hub}?id={id}", {"Upgrade": "websocket", "Connection": "Upgrade"}),
    ("POST", "/hubs/{hub}?id={id}", {}),
    ("DELETE", "/hubs/{hub}?id={id}", {}),
]


@pytest.fixture
async def http(relay: Relay) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=relay.url(""), timeout=10) as http:
        yield http


async def negotiate(http: httpx.AsyncClient, hub: str = "downloads", **headers: str) -> str:
    answer = await http.post(f"/hubs/{hub}/negotiate?negotiateVersion=1", headers=headers)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["connectionToken"])


# Pages


@pytest.mark.parametrize("hub", HUBS)
@pytest.mark.parametrize(
    "headers",
    [{"Origin": EVIL}, {"Origin": "null"}, {"Origin": f"{HOME}.evil.example"}, {"Sec-Fetch-Site": "cross-site"}],
)
async def test_every_door_is_closed_to_other_pages(start: Start, hub: str, headers: dict[str, str]) -> None:
    """Also with a good token, and with a connection that was negotiated rightly."""
    relay = await start(tokens={"wall": token()}, allowed_origins=(HOME,))
    async with httpx.AsyncClient(base_url=relay.url(""), headers=bearer()) as http:
        id = await negotiate(http, hub)
        for method, path, more in DOORS:
            answer = await http.request(method, path.format(hub=hub, id=id), headers={**more, **headers})
            assert answer.status_code == 403, (method, path, more)
            assert "Access-Control-Allow-Origin" not in answer.headers
            assert id not in answer.text
    assert len(relay.server.connections) == len(relay.hub.channels) == 0


@pytest.mark.parametrize("own", [True, False])
async def test_a_page_that_is_allowed_uses_all_transports(start: Start, own: bool) -> None:
    relay = await start(tokens={"wall": token()}, allowed_origins=(HOME,))
    await relay.greet("seedbox")
    relay.say("client/seedbox/download/a", download("a"))
    origin = relay.url("") if own else HOME
    headers = {"Origin": origin, **bearer()}
    async with httpx.AsyncClient(base_url=relay.url(""), headers=headers, timeout=10) as http:
        id = await negotiate(http)
        async with raw(relay, "downloads", f"?id={id}&access_token={TOKEN}", origin=origin) as client:
            await client.greet()
            assert [row["id"] for row in await client.until("DownloadsList")] == ["seedbox:a"]
        for accept in ("*/*", "text/event-stream"):
            query = {"id": await negotiate(http)}
            assert (await http.post("/hubs/downloads", params=query, content=HANDSHAKE)).status_code == 200
            async with http.stream("GET", "/hubs/downloads", params=query, headers={"Accept": accept}) as stream:
                assert stream.headers.get("Access-Control-Allow-Origin") == (None if own else HOME)
                async for text in stream.aiter_text():
                    if '"seedbox:a"' in text:
                        break
                else:
                    pytest.fail("nothing was told")
        preflight = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-signalr-user-agent"}
        answer = await http.options("/hubs/downloads/negotiate", headers=preflight)
        assert answer.status_code == 204
        assert answer.headers["Access-Control-Allow-Headers"] == "x-signalr-user-agent"


# Tokens


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: signed(exp=int(time.time()) - 40), id="expired"),
        pytest.param(lambda: forged({"alg": "none"}), id="alg-none"),
        pytest.param(lambda: forged({"alg": "nOnE"}), id="alg-nOnE"),
        pytest.param(hmac_with_the_public_key, id="public-key-as-secret"),
        pytest.param(lambda: signed(OTHER_KEY), id="other-key"),
        pytest.param(lambda: "." * 5000, id="dots"),
        pytest.param(lambda: "ü\u2028", id="no-ascii"),
    ],
)
async def test_tokens_that_are_worth_nothing(start: Start, make: Any) -> None:
    relay = await start(jwt=RS256)
    await relay.greet("seedbox")
    relay.say("client/seedbox/download/a", download("a"))
    good = signed()
    async with (
        httpx.AsyncClient(base_url=relay.url(""), timeout=10) as http,
        raw(relay, "downloads", f"?access_token={good}") as client,
    ):
        await client.greet()
        id = await negotiate(http, **bearer(good))
        bad = make()
        for method, path, more in DOORS:
            answer = await http.request(
                method, path.format(hub="downloads", id=id), headers=more, params={"id": id, "access_token": bad}
            )
            assert answer.status_code in (401, 429), (method, path, more)
            assert "a.b" not in answer.text
        with pytest.raises(websockets.InvalidStatus, match=r"401|429"):
            async with websockets.connect(
                relay.url("/hubs/downloads", "ws"), additional_headers={"Authorization": f"Bearer {bad[:100]!a}"}
            ):
                pass
        await client.until("DownloadsList")
        answer = await http.get("/hubs/downloads", params={"id": id, "access_token": good})
        assert answer.status_code == 200, "wrong ones used up nothing of the right one's"


async def test_a_token_in_the_address_opens_hubs_and_nothing_else(start: Start) -> None:
    """Every route that there is."""
    relay = await start(tokens={"wall": token()}, hook_token="a-hook-token")
    await relay.greet("seedbox")
    told_to_everybody = {"/", "/assets/{name}", "/healthz", "/health", "/api/health"}
    hubs = []
    async with httpx.AsyncClient(base_url=relay.url(""), timeout=10) as http:
        routes = {
            (one.method, one.resource.canonical) for one in relay.server._runner.app.router.routes() if one.resource
        }
        assert len(routes) > 30
        for method, path in sorted(routes):
            if path in told_to_everybody or path.startswith("/api/v1/log"):
                continue
            known = path.replace("{hub}", "downloads").replace("{target}", "client")
            asked = re.sub(r"\{\w+\}", "pause", known)
            query = {"access_token": TOKEN, "id": "x"}
            answer = await http.request(method, asked, params=query, headers={"Origin": relay.url("")})
            if path.startswith("/hubs/"):
                hubs.append((method, path))
                assert answer.status_code in (200, 404), (method, path, answer.text)
            elif path == "/api/v1/session":
                assert '"wall"' not in answer.text
            else:
                assert answer.status_code in (401, 403), (method, path, answer.text)
    assert len(hubs) == 4


async def test_no_token_of_a_hub_reaches_a_log_or_an_answer(
    start: Start, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    for noisy in ("httpx", "httpcore", "websockets.client"):
        caplog.set_level(logging.WARNING, noisy)
    relay = await start(tokens={"wall": token()})
    await relay.greet("seedbox")
    answers: list[str] = []

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    async with httpx.AsyncClient(base_url=relay.url(""), timeout=10) as http:
        id = await negotiate(http, **bearer())
        for secret in (TOKEN, "SECRET-token"):
            for method, path, more in DOORS[:-1]:
                params = {"id": "none", "access_token": secret}
                answer = await http.request(method, path.format(hub="downloads", id=id), headers=more, params=params)
                answers.append(answer.text + str(answer.headers))
        async with raw(relay, "downloads", f"?access_token={TOKEN}") as client:
            await client.greet()
            await client.connection.send("[\x1e")
            await until_closed(client)
            answers += map(json.dumps, client.told)
        monkeypatch.setattr(relay.server.connections, "enter", fail)
        with pytest.raises(websockets.InvalidStatus, match="500"):
            async with raw(relay, "downloads", f"?access_token={TOKEN}"):
                pass
        monkeypatch.setattr(web, "json_response", fail)
        answer = await http.post("/hubs/downloads/negotiate", params={"access_token": TOKEN})
        assert answer.status_code == 500
        answers.append(answer.text)
    assert any(record.exc_info for record in caplog.records)
    ours = [record for record in caplog.records if record.name.partition(".")[0] in ("downloads2mqtt", "aiohttp")]
    text = "".join(answers) + "".join(
        record.getMessage() + str(record.__dict__) + str(record.exc_text) for record in ours
    )
    assert ours
    assert not [secret for secret in (TOKEN, "SECRET-token", id) if secret in text]


# More than its share


async def test_negotiations_that_nobody_opens(http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(negotiations, "UNCLAIMED_SECONDS", 1.0)
    monkeypatch.setattr(negotiations, "MOST_UNCLAIMED_PER_ADDRESS", 5)
    ids = [await negotiate(http) for _ in range(5)]
    full = await http.post("/hubs/job-progress/negotiate")
    assert (full.status_code, full.headers["Retry-After"]) == (503, "15")
    assert "not opened" in full.text
    poll = await http.get("/hubs/downloads", params={"id": ids[0]})
    assert poll.status_code == 200
    ids.append(await negotiate(http))
    await asyncio.sleep(1.1)
    for id in ids[1:]:
        for method, more in (("GET", {}), ("GET", {"Accept": "text/event-stream"}), ("POST", {})):
            answer = await http.request(method, "/hubs/downloads", params={"id": id}, headers=more)
            assert (answer.status_code, "negotiate again" in answer.text) == (404, True)
    for _ in range(5):
        await negotiate(http)
    assert (await http.post("/hubs/downloads", params={"id": ids[0]}, content=HANDSHAKE)).status_code == 200


async def test_a_thousand_negotiations_from_one_address(relay: Relay, http: httpx.AsyncClient) -> None:
    async with raw(relay, "downloads") as client:
        await client.greet()
        answers = [(await http.post("/hubs/downloads/negotiate")).status_code for _ in range(1000)]
        assert answers.count(200) == negotiations.MOST_UNCLAIMED_PER_ADDRESS
        assert set(answers) == {200, 503}
        relay.say("client/seedbox/download/a", download("a"))
        await client.until("DownloadUpdate")
        async with raw(relay, "downloads") as other:
            await other.greet()


async def test_a_post_that_never_ends_is_cut_off(
    relay: Relay, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "BODY_SECONDS", 0.5)
    id = await negotiate(http)
    reader, writer = await asyncio.open_connection(*relay.server.address)
    head = f"POST /hubs/downloads?id={id} HTTP/1.1\r\nHost: {relay.authority}\r\nContent-Length: 100\r\n\r\n"
    writer.write(head.encode() + HANDSHAKE)
    assert b"408" in await asyncio.wait_for(reader.readline(), 5)
    assert (await http.post("/hubs/downloads", params={"id": id}, content=HANDSHAKE)).status_code == 200
    writer.close()


@pytest.mark.parametrize("accept", ["*/*", "text/event-stream"])
async def test_a_post_that_comes_while_a_transport_is_opened_is_heard(
    relay: Relay, http: httpx.AsyncClient, accept: str
) -> None:
    id = await negotiate(http)
    reader, writer = await asyncio.open_connection(*relay.server.address)
    head = (
        f"POST /hubs/downloads?id={id} HTTP/1.1\r\nHost: {relay.authority}\r\nContent-Length: {len(HANDSHAKE)}\r\n\r\n"
    )
    writer.write(head.encode() + HANDSHAKE[:9])
    await asyncio.sleep(0.1)
    async with http.stream("GET", "/hubs/downloads", params={"id": id}, headers={"Accept": accept}) as stream:
        if accept == "*/*":
            assert await stream.aread() == b""
        writer.write(HANDSHAKE[9:])
        assert b"200" in await asyncio.wait_for(reader.readline(), 5)
        if accept == "*/*":
            assert (await http.get("/hubs/downloads", params={"id": id})).text.startswith("{}\x1e")
        else:
            async for text in stream.aiter_text():
                if "{}\x1e" in text:
                    break
            else:
                pytest.fail("the handshake was not answered")
    writer.close()


async def test_a_post_that_is_too_large(relay: Relay, http: httpx.AsyncClient) -> None:
    id = await negotiate(http)
    await http.get("/hubs/downloads", params={"id": id})
    assert (await http.post("/hubs/downloads", params={"id": id}, content=b"x" * 300_000)).status_code == 413
    assert (await http.post("/hubs/downloads", params={"id": id}, content=HANDSHAKE)).status_code == 200
    assert "DownloadsList" in (await http.get("/hubs/downloads", params={"id": id})).text
    assert (await http.post("/hubs/downloads", params={"id": id}, content=b"x" * 40_000)).status_code == 400
    last = await http.get("/hubs/downloads", params={"id": id})
    assert json.loads(last.text.split("\x1e")[-2]) == {
        "type": 7,
        "error": "a message must not be larger than 32 KB",
    }
    await relay.until(lambda relay: len(relay.server.connections) == 0)


async def test_answers_that_nobody_reads_do_not_pile_up(
    relay: Relay, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that asks, and asks, and does not poll."""
    monkeypatch.setattr(session, "MOST_UNREAD", 1_000_000)
    for number in range(200):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name="x" * 1000))
    await asyncio.sleep(0.2)
    id = await negotiate(http, "job-progress")
    await http.get("/hubs/job-progress", params={"id": id})
    await http.post("/hubs/job-progress", params={"id": id}, content=HANDSHAKE)
    ask = b'{"type":1,"target":"GetVideoProgress","arguments":["seedbox"]}\x1e'
    answer = await http.post("/hubs/job-progress", params={"id": id}, content=ask * 900)
    assert answer.status_code == 400
    assert "wait to be read" in answer.text
    await relay.until(lambda relay: len(relay.server.connections) == len(relay.hub.channels) == 0)
    assert len((await http.get("/hubs/job-progress", params={"id": id})).content) < 1_500_000


async def test_who_asks_much_and_reads_it_is_answered(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "MOST_UNREAD", 1_000_000)
    for number in range(200):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name="x" * 1000))
    await asyncio.sleep(0.2)
    async with raw(relay, "job-progress") as client:
        await client.greet()
        for _ in range(60):
            await client.say({"type": 1, "target": "GetVideoProgress", "arguments": ["seedbox"]})
            await client.until("VideoProgressUpdate")


async def test_what_a_poll_that_broke_off_did_not_get_waits_for_the_next(relay: Relay, http: httpx.AsyncClient) -> None:
    id = await negotiate(http)
    await http.get("/hubs/downloads", params={"id": id})
    _, writer = await asyncio.open_connection(*relay.server.address)
    writer.write(f"GET /hubs/downloads?id={id} HTTP/1.1\r\nHost: {relay.authority}\r\n\r\n".encode())
    await asyncio.sleep(0.2)
    writer.close()
    await asyncio.sleep(0.2)
    await http.post("/hubs/downloads", params={"id": id}, content=HANDSHAKE)
    await asyncio.sleep(0.2)
    assert (await http.get("/hubs/downloads", params={"id": id})).text.startswith("{}\x1e")
