"""Many at once that do not keep to the protocol cost others nothing, and are let go."""

import asyncio
import gc
import itertools
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import median

import httpx
import pytest
import websockets

from downloads2mqtt.relay import newcomers, stalled
from downloads2mqtt.relay.outlet import Outlet
from downloads2mqtt.relay.signalr import polling, sockets
from downloads2mqtt.relay.stalled import Stalled
from tests.bridge.relay.builders import download, event
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.mirror import Mirror

THOUSAND = 1000
SEQ = itertools.count(1)
HANDSHAKE = b'{"protocol":"json","version":1}\x1e'
UPGRADE = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
GET = "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\n\r\n"


@dataclass
class Watch:
    """A reader that behaves, and how long an event took to reach it."""

    relay: Relay
    connection: websockets.ClientConnection
    mirror: Mirror = field(default_factory=Mirror)
    took: list[float] = field(default_factory=list)

    async def beat(self) -> None:
        """Say an event, and wait until it came."""
        seen, started = len(self.mirror.events), time.monotonic()
        self.relay.say("client/seedbox/event", event(next(SEQ)))
        async with asyncio.timeout(10):
            while len(self.mirror.events) == seen:
                self.mirror.apply(await self.connection.recv())
        self.took.append(time.monotonic() - started)

    async def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        """Until a condition holds, while events go on."""
        async with asyncio.timeout(seconds):
            while not condition():
                await self.beat()
                await asyncio.sleep(0.05)


@asynccontextmanager
async def watching(relay: Relay) -> AsyncIterator[Watch]:
    async with websockets.connect(relay.url("/api/v1/ws", "ws"), max_size=None) as connection:
        yield Watch(relay, connection)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("", id="nothing"),
        pytest.param("GET /api/v1/ws HT", id="half-a-request"),
        pytest.param("GET /hubs/downloads HTTP/1.1\r\nUpgrade: websocket\r\n", id="half-a-head"),
        pytest.param(UPGRADE.replace("{path}", "/hubs/downloads"), id="no-signalr-handshake"),
        pytest.param(UPGRADE.replace("{path}", "/hubs/job-progress")[:-2] + "\r\n\x81\xfe", id="half-a-frame"),
    ],
)
async def test_a_thousand_half_open_handshakes(start: Start, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setattr(newcomers, "SECONDS", 2.0)
    monkeypatch.setattr(sockets, "HANDSHAKE_SECONDS", 2.0)
    relay = await start(max_connections=2 * THOUSAND, max_connections_per_address=2 * THOUSAND)
    await relay.greet("seedbox")
    greeting = said.replace("{host}", relay.authority).encode("latin-1")
    writers: list[asyncio.StreamWriter] = []
    ends: list[asyncio.Task[bytes]] = []

    async def come() -> None:
        reader, writer = await asyncio.open_connection(*relay.server.address)
        writers.append(writer)
        writer.write(greeting)
        ends.append(asyncio.create_task(reader.read()))

    async with watching(relay) as watch:
        for number in range(THOUSAND):
            await come()
            if number % 100 == 0:
                await watch.beat()
        await watch.until(lambda: all(end.done() for end in ends))
        # Others still get in.
        async with watching(relay) as late:
            await late.beat()
        assert median(watch.took) < 0.5
        assert max(watch.took) < 5.0
    for end, writer in zip(ends, writers, strict=True):
        if end.exception() is None and b"101" in end.result()[:20]:
            assert b"no handshake within" in end.result()
        writer.close()
    await relay.until(lambda relay: len(relay.server.connections) == 0)


async def test_a_thousand_that_have_no_place_cost_those_who_have_one_nothing(start: Start) -> None:
    """All from one address: most are told so, and those who were there before stay."""
    relay = await start(max_connections_per_address=20)
    await relay.greet("seedbox")
    head = UPGRADE.format(path="/hubs/downloads", host=relay.authority).encode()
    answers: list[bytes] = []
    writers: list[asyncio.StreamWriter] = []
    async with watching(relay) as watch:
        for number in range(THOUSAND):
            reader, writer = await asyncio.open_connection(*relay.server.address)
            writers.append(writer)
            writer.write(head)
            answers.append(await asyncio.wait_for(reader.readline(), 10))
            if number % 100 == 0:
                await watch.beat()
        assert sum(b"101" in answer for answer in answers) == 19
        assert sum(b"503" in answer for answer in answers) == THOUSAND - 19
        assert max(watch.took) < 5.0
    for writer in writers:
        writer.close()


async def negotiated(relay: Relay, hub: str) -> str:
    async with httpx.AsyncClient() as http:
        answer = await http.post(relay.url(f"/hubs/{hub}/negotiate?negotiateVersion=1"))
        return str(answer.json()["connectionToken"])


async def posted(relay: Relay, hub: str, id: str, data: bytes) -> None:
    async with httpx.AsyncClient() as http:
        assert (await http.post(relay.url(f"/hubs/{hub}?id={id}"), content=data)).status_code == 200


Deaf = socket.socket


def deaf(relay: Relay, head: str, room: int = 4096) -> Deaf:
    """Asks, and never reads the answer."""
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    one.connect(relay.server.address)
    one.sendall(head.replace("{host}", relay.authority).encode())
    return one


def upgrade(path: str) -> Callable[[Relay], Awaitable[list[Deaf]]]:
    async def come(relay: Relay) -> list[Deaf]:
        return [deaf(relay, UPGRADE.replace("{path}", path))]

    return come


def stream(path: str) -> Callable[[Relay], Awaitable[list[Deaf]]]:
    async def come(relay: Relay) -> list[Deaf]:
        return [deaf(relay, GET.replace("{path}", path).replace("{accept}", "text/event-stream"))]

    return come


def masked(data: bytes) -> bytes:
    """A text frame of a WebSocket client, with a mask of zeros."""
    return bytes((0x81, 0x80 | len(data), 0, 0, 0, 0)) + data


async def signalr_socket(relay: Relay) -> list[Deaf]:
    one = deaf(relay, UPGRADE.replace("{path}", "/hubs/downloads"))
    one.sendall(masked(HANDSHAKE))
    return [one]


async def signalr_stream(relay: Relay) -> list[Deaf]:
    id = await negotiated(relay, "downloads")
    await posted(relay, "downloads", id, HANDSHAKE)
    return await stream(f"/hubs/downloads?id={id}")(relay)


async def signalr_polls(relay: Relay, times: int) -> list[Deaf]:
    id = await negotiated(relay, "downloads")
    await posted(relay, "downloads", id, HANDSHAKE)
    head = GET.replace("{path}", f"/hubs/downloads?id={id}").replace("{accept}", "*/*")
    return [deaf(relay, head) for _ in range(times)]


async def signalr_polls_once(relay: Relay) -> list[Deaf]:
    return await signalr_polls(relay, 1)


async def signalr_polls_deaf(relay: Relay) -> list[Deaf]:
    return await signalr_polls(relay, 3)


@pytest.mark.parametrize(
    ("come", "transport"),
    [
        pytest.param(upgrade("/api/v1/ws"), "websocket", id="websocket"),
        pytest.param(stream("/api/v1/events"), "sse", id="sse"),
        pytest.param(stream("/events"), "events", id="plain-events"),
        pytest.param(upgrade("/api/ws"), "flasharr", id="flasharr"),
        pytest.param(signalr_socket, "signalr-websocket", id="signalr-websocket"),
        pytest.param(signalr_stream, "signalr-sse", id="signalr-sse"),
        pytest.param(signalr_polls_once, "signalr-polling", id="signalr-polls-no-more"),
        pytest.param(signalr_polls_deaf, "signalr-polling", id="signalr-polls-and-reads-nothing"),
    ],
)
async def test_a_reader_that_never_reads(
    start: Start, monkeypatch: pytest.MonkeyPatch, come: Callable[[Relay], Awaitable[list[Deaf]]], transport: str
) -> None:
    monkeypatch.setattr(polling, "ABSENT_SECONDS", 3.0)
    relay = await start(heartbeat=1)
    await relay.greet("seedbox")
    ids = [f"{number:0200}" for number in range(500)]
    for id in ids:
        relay.say(f"client/seedbox/download/{id}", download(id, name="x" * 1000))
    await asyncio.sleep(0.1)

    def deaf_ones() -> int:
        return relay.server.connections.by_transport()[transport] - (transport == "websocket")

    async with watching(relay) as watch:
        await watch.beat()
        deafs = await come(relay)
        try:
            await relay.until(lambda relay: deaf_ones() == 1)
            rounds, most = 0, 0
            async with asyncio.timeout(60):
                while deaf_ones():
                    rounds += 1
                    state = ("paused", "downloading")[rounds % 2]
                    for id in ids[::2]:
                        named = download(id, name=f"{rounds:04}" * 250, state=state)
                        relay.say(f"client/seedbox/download/{id}", named)
                    await watch.beat()
                    most = max(most, waiting())
                    await asyncio.sleep(0.1)
            assert most < 4_000_000, "that much waited, however long it went on"
            assert median(watch.took) < 0.5
            assert max(watch.took) < 5.0
        finally:
            for one in deafs:
                one.close()
    await relay.until(lambda relay: len(relay.server.connections) == len(relay.hub.channels) == 0)


def waiting() -> int:
    """The bytes that wait for readers, in outlets and in what they write to."""
    outlets = [one for one in gc.get_objects() if isinstance(one, Outlet)]
    held = sum(len(piece) for one in outlets for piece in one._waiting if isinstance(piece, bytes))
    return held + sum(one._transport.get_write_buffer_size() for one in outlets if not one._closed)


async def test_an_answer_that_nobody_reads_is_not_kept(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stalled, "SECONDS", 2.0)
    relay = await start()
    await relay.greet("seedbox")
    for number in range(10_000):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name="x" * 1000))
    await relay.until(lambda relay: not relay.hub._image.downloads._before)
    head = GET.replace("{path}", "/api/v1/state").replace("{accept}", "*/*")
    deafs = [deaf(relay, head) for _ in range(10)]
    slow = deaf(relay, head, 100_000)
    slow.setblocking(False)
    try:
        server = relay.server._runner.server
        assert server is not None
        await relay.until(lambda relay: len(server.connections) == 11)
        loop, read = asyncio.get_running_loop(), 0
        async with asyncio.timeout(15):
            while len(server.connections) > 1:
                read += len(await loop.sock_recv(slow, 65_536))
                await asyncio.sleep(0.05)
        assert read > 100_000
        (left,) = server.connections
        assert left.transport is not None
        assert left.transport.get_extra_info("peername") == slow.getsockname(), "who reads slowly is served"
        async with watching(relay) as watch:
            await watch.beat()
    finally:
        for one in (*deafs, slow):
            one.close()


def test_what_is_written_meanwhile_is_no_sign_of_reading() -> None:
    class Line:
        unread, aborted = 0, False

        def get_write_buffer_size(self) -> int:
            return self.unread

        def abort(self) -> None:
            self.aborted = True

    class Connection:
        def __init__(self) -> None:
            self.transport = Line()

    looking, one = Stalled(), Connection()
    line = one.transport
    for now, unread, aborted in (
        (0, 0, False),
        (10, 500, False),
        (100, 510, False),
        (129, 520, False),
        (131, 519, False),
        (250, 600, False),
        (252, 600, True),
    ):
        line.unread = unread
        looking.sweep([one], float(now))  # type: ignore[list-item]  # as much of one as is looked at
        assert line.aborted is aborted
    looking.sweep([], 200.0)
    assert not looking._of
