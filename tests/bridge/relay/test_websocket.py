"""Readers over a real socket, with an independent client, and the codec by itself."""

import asyncio
import contextlib
import json
import socket
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import websockets
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.client import ClientConnection
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import Frame as Parsed
from websockets.frames import Opcode
from websockets.streams import StreamReader

from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.budget import Budget
from downloads2mqtt.relay.connections import LARGEST_FRAME
from downloads2mqtt.relay.framing import framed
from downloads2mqtt.relay.native.websocket import Session, decode
from tests.bridge.relay.builders import download, event, info
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.mirror import Mirror
from tests.bridge.relay.people import bearer, token


class Browser:
    """A client that keeps a mirror of what it was told."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.mirror = Mirror()

    async def next(self, seconds: float = 5.0) -> dict[str, Any]:
        """The next frame."""
        return self.mirror.apply(await asyncio.wait_for(self.connection.recv(), seconds))

    async def until(self, kind: str) -> dict[str, Any]:
        """The next frame of a kind."""
        while (frame := await self.next())["t"] != kind:
            pass
        return frame

    async def say(self, text: str | bytes) -> None:
        await self.connection.send(text)


async def rest(connection: ClientConnection) -> AsyncIterator[str | bytes]:
    """What a closed connection still holds."""
    with contextlib.suppress(websockets.ConnectionClosed):
        while True:
            yield await connection.recv()


def connect(relay: Relay, **options: Any) -> websockets.connect:
    return websockets.connect(relay.url("/api/v1/ws", "ws"), max_size=None, compression=None, **options)


def sessions(relay: Relay) -> list[Session]:
    return [place.connection for place in relay.server.connections if isinstance(place.connection, Session)]


async def test_hello_snapshot_delta_event(relay: Relay) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    async with connect(relay) as connection:
        browser = Browser(connection)
        assert (await browser.next())["t"] == "hello"
        assert (await browser.next())["t"] == "snapshot"
        relay.say("client/seedbox/download/a", download("a", state="seeding"))
        relay.say("client/seedbox/event", event(1))
        await browser.until("event")
        assert browser.mirror.downloads["seedbox:a"]["state"] == "seeding"
        assert browser.mirror.clients["seedbox"]["available"] is True
        assert browser.mirror.kinds[:2] == ["hello", "snapshot"]
        assert browser.mirror.seq == relay.hub.channels.seq


async def test_transitions_come_at_once_and_progress_within_a_second(relay: Relay) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    async with connect(relay) as connection:
        browser = Browser(connection)
        await browser.until("snapshot")
        await asyncio.sleep(0.6)
        started = time.monotonic()
        relay.say("client/seedbox/download/a", download("a", state="paused"))
        while browser.mirror.downloads.get("seedbox:a", {}).get("state") != "paused":
            await browser.next()
        assert time.monotonic() - started < 0.2
        relay.say("client/seedbox/download/a", download("a", state="paused", progress=55.0))
        while browser.mirror.downloads["seedbox:a"]["progress"] != 55.0:
            await browser.next()
        assert time.monotonic() - started < 1.2


async def test_heartbeats_come_while_nothing_else_does(start: Start) -> None:
    relay = await start(heartbeat=1)
    async with connect(relay) as connection:
        browser = Browser(connection)
        assert (await browser.next())["heartbeat"] == 1
        assert (await browser.until("heartbeat"))["at"].endswith("Z")
        assert (await browser.until("heartbeat"))["seq"] == relay.hub.channels.seq


async def test_a_reader_that_does_not_read_delays_nobody_and_is_caught_up(relay: Relay) -> None:
    for number in range(500):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}"))
    async with connect(relay) as quick, connect(relay, max_queue=1) as slow:
        swift, stuck = Browser(quick), Browser(slow)
        await swift.until("snapshot")
        await stuck.until("snapshot")
        for burst in range(40):
            for number in range(500):
                long = download(f"id{number}", state=("paused", "downloading")[burst % 2], name=f"{burst}" * 400)
                relay.say(f"client/seedbox/download/id{number}", long)
            relay.say("client/seedbox/event", event(burst + 1))
            started = time.monotonic()
            while (await swift.next())["t"] != "event":
                pass
            assert time.monotonic() - started < 1.0
        (outlet,) = [session._outlet for session in sessions(relay) if session._reader.lagging]
        assert outlet._transport.get_write_buffer_size() < 256 * 1024
        assert sum(len(piece) for piece in outlet._waiting if isinstance(piece, bytes)) < 1_000_000
        while stuck.mirror.seq < relay.hub.channels.seq:
            await stuck.next()
        assert stuck.mirror.downloads == swift.mirror.downloads
        assert len(stuck.mirror.events) + stuck.mirror.missed_events == 40


async def test_a_long_snapshot_comes_in_pieces(relay: Relay) -> None:
    for number in range(3000):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}"))
    await asyncio.sleep(0.05)
    async with connect(relay) as connection:
        browser = Browser(connection)
        await browser.until("snapshot")
        relay.say("client/seedbox/download/id1", b"")
        await browser.until("delta")
        while len(browser.mirror.downloads) != 2999:
            await browser.next()


async def test_what_a_browser_may_say(relay: Relay) -> None:
    for id, state in (("a", "downloading"), ("b", "paused")):
        relay.say(f"client/seedbox/download/{id}", download(id, state=state))
    await asyncio.sleep(0.05)
    async with connect(relay) as connection:
        browser = Browser(connection)
        await browser.until("snapshot")
        await browser.say('{"t":"ping"}')
        assert (await browser.until("heartbeat"))["seq"] == browser.mirror.seq
        await browser.say('{"t":"get","id":"seedbox:a","transaction":"7"}')
        found = await browser.until("response")
        assert (found["status"], found["transaction"], found["data"]["name"]) == ("ok", "7", "name of a")
        await browser.say('{"t":"get","id":"seedbox:z"}')
        assert (await browser.until("response"))["error"]["code"] == "not_found"
        await browser.say('{"t":"request","topic":"client/seedbox","verb":"pause","transaction":"8","ids":["a"]}')
        refused = await browser.until("response")
        assert (refused["transaction"], refused["error"]["code"]) == ("8", "offline")
        await browser.say('{"t":"subscribe","states":["paused"]}')
        await browser.until("snapshot")
        assert browser.mirror.downloads.keys() == {"seedbox:b"}
        await browser.say('{"t":"unsubscribe"}')
        await browser.until("snapshot")
        assert browser.mirror.downloads.keys() == {"seedbox:a", "seedbox:b"}


@pytest.mark.parametrize(
    "said", ["no json", "[]", '{"t":"dance"}', "{}", '{"t":"get"}', '{"t":"subscribe","states":["up"]}', b"{}"]
)
async def test_nonsense_gets_an_error_frame(relay: Relay, said: str | bytes) -> None:
    async with connect(relay) as connection:
        browser = Browser(connection)
        await browser.say(said)
        error = await browser.until("error")
        assert error["code"] == "bad_request"
        assert error["message"]


async def test_a_frame_over_32_kb_gets_an_error_frame(relay: Relay) -> None:
    async with connect(relay) as connection:
        browser = Browser(connection)
        await browser.say(json.dumps({"t": "ping", "x": "y" * LARGEST_FRAME}))
        assert "32 KB" in (await browser.until("error"))["message"]
        await browser.say('{"t":"ping"}')
        await browser.until("heartbeat")


async def test_a_frame_of_any_length_is_not_read_to_its_end(relay: Relay) -> None:
    async with connect(relay) as connection:
        with contextlib.suppress(websockets.ConnectionClosed):
            await connection.send("x" * 5_000_000)
        async with asyncio.timeout(5):
            await connection.wait_closed()
        assert connection.close_code in (1006, 1009)


async def test_ten_errors_in_a_minute_close_the_connection(relay: Relay) -> None:
    async with connect(relay) as connection:
        for _ in range(10):
            await connection.send("nonsense")
        async with asyncio.timeout(5):
            await connection.wait_closed()
        assert connection.close_code == 1008
        assert sum(['"t":"error"' in str(frame) async for frame in rest(connection)]) == 10


async def test_only_so_many_frames_a_second_are_listened_to(relay: Relay) -> None:
    async with connect(relay) as connection:
        for _ in range(25):
            await connection.send('{"t":"ping"}')
        browser = Browser(connection)
        assert "frames a second" in (await browser.until("error"))["message"]


async def test_only_the_relays_own_page_may_connect(relay: Relay) -> None:
    async with connect(relay, origin=relay.url("")) as connection:
        assert "hello" in str(await connection.recv())
    with pytest.raises(websockets.InvalidStatus) as refused:
        await connect(relay, origin="http://evil.example")
    assert refused.value.response.status_code == 403


async def test_there_is_room_for_so_many(start: Start) -> None:
    relay = await start(max_connections=2)
    async with connect(relay), connect(relay):
        async with connect(relay) as third:
            async with asyncio.timeout(5):
                await third.wait_closed()
            assert third.close_code == 1013
            assert "http.max_connections" in str(third.close_reason)
    await relay.until(lambda relay: not relay.hub.counts()["readers"])
    async with connect(relay) as connection:
        assert "hello" in str(await connection.recv())


async def test_a_reader_that_is_cut_off_is_forgotten(relay: Relay) -> None:
    connection = await connect(relay)
    await connection.recv()
    connection.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.transport.abort()
    async with asyncio.timeout(5):
        while relay.hub.counts()["readers"]:
            relay.say("client/seedbox/download/a", download("a", state="paused"))
            await asyncio.sleep(0.01)


async def test_many_readers_end_with_the_same(relay: Relay) -> None:
    async def read(number: int) -> Browser:
        async with connect(relay) as connection:
            browser = Browser(connection)
            while browser.mirror.downloads.get("seedbox:last") is None:
                await browser.next()
                await asyncio.sleep(number % 3 / 1000)
            return browser

    readers = [asyncio.create_task(read(number)) for number in range(30)]
    for number in range(300):
        relay.say(f"client/seedbox/download/{number % 40}", download(str(number % 40), progress=float(number)))
        if number % 7 == 0:
            relay.say(f"client/seedbox/download/{number % 40}", b"")
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.6)
    relay.say("client/seedbox/download/last", download("last"))
    browsers = await asyncio.gather(*readers)
    expected = browsers[0].mirror.downloads
    assert all(browser.mirror.downloads == expected for browser in browsers)


def parsed(raw: bytes) -> list[Parsed]:
    """Frames as another implementation reads them."""
    reader = StreamReader()
    reader.feed_data(raw)
    reader.feed_eof()
    frames = []
    while reader.buffer:
        parsing = Parsed.parse(reader.read_exact, mask=False)
        try:
            while True:
                next(parsing)
        except StopIteration as done:
            frames.append(done.value)
    return frames


@given(st.sampled_from([0, 1, 125, 126, 127, 32767, 32768, 32769, 65535, 65536, 100_000]) | st.integers(0, 200_000))
def test_frames_are_what_another_implementation_reads(length: int) -> None:
    payload = bytes(index % 251 for index in range(length))
    frames = parsed(b"".join(framed(payload)))
    assert b"".join(frame.data for frame in frames) == payload
    assert [frame.opcode for frame in frames] == [Opcode.TEXT] + [Opcode.CONT] * (len(frames) - 1)
    assert [frame.fin for frame in frames] == [False] * (len(frames) - 1) + [True]


@given(
    st.text()
    | st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)).map(
        json.dumps
    )
)
def test_decode_raises_nothing_else(text: str) -> None:
    with pytest.raises(RequestError):
        decode(text)


def test_decode_does_not_fall_into_depth() -> None:
    with pytest.raises(RequestError):
        decode('{"t":"ping","x":' + "[" * 20_000)


def test_budget() -> None:
    budget = Budget(3, 10.0)
    assert [budget.spend(now) for now in (0.0, 1.0, 2.0)] == [True, True, False]
    assert budget.spend(11.5)


async def resumed(relay: Relay, mirror: Mirror, query: str = "", **options: Any) -> Browser:
    path = f"/api/v1/ws?epoch={mirror.epoch}&seq={mirror.seq}{query}"
    browser = Browser(await websockets.connect(relay.url(path, "ws"), max_size=None, **options))
    browser.mirror.seq, browser.mirror.downloads = mirror.seq, dict(mirror.downloads)
    return browser


async def test_it_resumes(relay: Relay) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    async with connect(relay) as connection:
        left = Browser(connection)
        await left.until("snapshot")
        while "seedbox:a" not in left.mirror.downloads:
            await left.next()
    relay.say("client/seedbox/download/a", download("a", state="seeding"))
    relay.say("client/seedbox/event", event(1))
    await asyncio.sleep(0.05)
    back = await resumed(relay, left.mirror)
    assert [(await back.next())["t"] for _ in range(3)] == ["hello", "delta", "event"]
    assert back.mirror.recovered
    assert back.mirror.downloads["seedbox:a"]["state"] == "seeding"
    await back.connection.close()
    tally = relay.hub.channels.tally
    assert (tally.resumed, tally.not_resumed) == (1, 0)


async def test_it_narrows_and_resumes_narrowed_by_its_address(relay: Relay) -> None:
    relay.say("client/seedbox/download/a", download("a", state="paused"))
    relay.say("client/seedbox/download/b", download("b"))
    await asyncio.sleep(0.05)
    async with websockets.connect(relay.url("/api/v1/ws?states=paused", "ws")) as connection:
        left = Browser(connection)
        await left.until("snapshot")
        assert left.mirror.downloads.keys() == {"seedbox:a"}
    for query, recovered in (("&states=paused", True), ("", False)):
        back = await resumed(relay, left.mirror, query)
        assert (await back.next())["recovered"] is recovered
        await back.connection.close()


async def test_an_address_that_makes_no_sense_is_refused(relay: Relay) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(relay.url("/api/v1/ws?states=upwards", "ws"))
    assert refused.value.response.status_code == 400


@pytest.mark.parametrize("bits", [9, 12, 15])
@pytest.mark.parametrize("forgets", [True, False])
async def test_compressed_for_those_who_ask(relay: Relay, bits: int, forgets: bool) -> None:
    """Another implementation reads them, whatever window it offers, and is read when it compresses itself."""
    for number in range(1500):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}"))
    await asyncio.sleep(0.05)
    offer = ClientPerMessageDeflateFactory(
        server_no_context_takeover=forgets, server_max_window_bits=bits if bits < 15 else None
    )
    async with websockets.connect(
        relay.url("/api/v1/ws", "ws"), max_size=None, compression=None, extensions=[offer]
    ) as connection:
        assert connection.protocol.extensions
        browser = Browser(connection)
        await browser.until("snapshot")
        assert len(browser.mirror.downloads) == 1500
        for number in range(5):
            relay.say("client/seedbox/event", event(number + 1))
            await browser.until("event")
        await browser.say(json.dumps({"t": "get", "id": "seedbox:id7", "transaction": "x" * 200}))
        assert (await browser.until("response"))["data"]["id"] == "id7"
    plain = len(relay.hub.channels.snapshot().payload)
    assert relay.hub.channels.tally.bytes < plain * (0.7 if bits == 9 else 0.4)


async def test_readers_of_both_kinds_see_the_same(relay: Relay) -> None:
    url = relay.url("/api/v1/ws", "ws")
    async with websockets.connect(url) as small, websockets.connect(url, compression=None) as large:
        one, other = Browser(small), Browser(large)
        relay.say("client/seedbox/event", event(1))
        await one.until("event")
        await other.until("event")
        assert one.mirror == other.mirror or vars(one.mirror) == vars(other.mirror)


async def test_what_was_compressed_to_burst_is_not_read(relay: Relay) -> None:
    async with websockets.connect(relay.url("/api/v1/ws", "ws"), compression="deflate") as connection:
        with contextlib.suppress(websockets.ConnectionClosed):
            await connection.send("x" * 20_000_000)
        async with asyncio.timeout(5):
            await connection.wait_closed()
        assert connection.close_code in (1006, 1009)


async def test_one_that_takes_nothing_for_two_heartbeats_is_let_go(start: Start) -> None:
    relay = await start(heartbeat=1)
    await relay.greet("seedbox")
    for number in range(3000):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name="x" * 1500))
    await asyncio.sleep(0.1)
    stuck = socket.socket()
    stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stuck.connect(relay.server.address)
    stuck.sendall(
        f"GET /api/v1/ws HTTP/1.1\r\nHost: {relay.authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    await relay.until(lambda relay: relay.hub.counts()["readers"])
    (place,) = relay.server.connections
    started = time.monotonic()
    async with asyncio.timeout(8):
        while len(relay.server.connections):
            await asyncio.sleep(0.02)
    assert 1.5 < time.monotonic() - started < 5
    assert place.ending is not None
    assert place.ending[0] == 4408
    assert relay.hub.channels.tally.slow == 1
    stuck.close()


async def test_a_reader_that_subscribes_while_it_lags_is_greeted_when_it_can_take_it(relay: Relay) -> None:
    """Also after a long snapshot, which is still being compressed."""
    for number in range(2000):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}"))
    await asyncio.sleep(0.1)
    async with websockets.connect(relay.url("/api/v1/ws", "ws"), max_size=None) as connection:
        browser = Browser(connection)
        await browser.say('{"t":"subscribe","ids":["id7"]}')
        while browser.mirror.downloads.keys() != {"seedbox:id7"}:
            await browser.next()
        assert browser.mirror.kinds.count("hello") == 2


async def test_it_is_told_what_one_may(start: Start) -> None:
    relay = await start(tokens={"wall": token(control="off")})
    relay.say("bridge/main/info", info("seedbox"))
    async with websockets.connect(relay.url("/api/v1/ws", "ws"), additional_headers=bearer()) as connection:
        assert json.loads(await asyncio.wait_for(connection.recv(), 5))["control"] == "off"
