"""Frames from a program, whole, in pieces, and such that no program sends."""

import struct
from collections.abc import AsyncIterator

import httpx
import pytest

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients._websocket import LONGEST, messages
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline
from tests.bridge.clients.replay import URL

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


def frame(payload: bytes, code: int = TEXT, *, last: bool = True) -> bytes:
    """What a server sends."""
    first = code | (0x80 if last else 0)
    if len(payload) < 126:
        return bytes([first, len(payload)]) + payload
    if len(payload) < 1 << 16:
        return struct.pack(">BBH", first, 126, len(payload)) + payload
    return struct.pack(">BBQ", first, 127, len(payload)) + payload


class Stream:
    """The connection behind an upgrade: what it says, a few bytes at a time; empty when it is closed."""

    def __init__(self, said: bytes, step: int = 65_536) -> None:
        self.said, self.step = said, step
        self.written = b""

    async def read(self, size: int, timeout: float | None = None) -> bytes:
        read, self.said = self.said[: min(size, self.step)], self.said[min(size, self.step) :]
        return read

    async def write(self, data: bytes, timeout: float | None = None) -> None:
        self.written += data


def http_of(stream: Stream, requests: list[httpx.Request] | None = None) -> Http:
    def answer(request: httpx.Request) -> httpx.Response:
        if requests is not None:
            requests.append(request)
        return httpx.Response(101, extensions={"network_stream": stream})

    return Http(URL, transport=httpx.MockTransport(answer))


async def all_of(told: AsyncIterator[bytes]) -> list[bytes]:
    return [message async for message in told]


async def test_it_asks_for_an_upgrade() -> None:
    requests: list[httpx.Request] = []
    await all_of(messages(http_of(Stream(frame(b"", CLOSE)), requests), "jsonrpc"))
    (request,) = requests
    assert str(request.url) == URL + "jsonrpc"
    assert request.headers["upgrade"] == "websocket"
    assert request.headers["connection"] == "Upgrade"
    assert len(request.headers["sec-websocket-key"]) == 24


@pytest.mark.parametrize("step", [1, 3, 65_536])
async def test_messages_until_it_is_closed(step: int) -> None:
    long, longer = b"x" * 300, b"y" * 70_000
    said = frame(b"a") + frame(long) + frame(longer) + frame(b"", CLOSE) + frame(b"never")
    assert await all_of(messages(http_of(Stream(said, step)), "")) == [b"a", long, longer]


async def test_a_message_in_pieces_with_a_ping_between() -> None:
    said = frame(b"one ", last=False) + frame(b"hello", PING) + frame(b"", PONG)
    said += frame(b"two ", 0, last=False) + frame(b"three", 0) + frame(b"", CLOSE)
    stream = Stream(said)
    assert await all_of(messages(http_of(stream), "")) == [b"one two three"]
    assert stream.written == b"\x8a\x85\0\0\0\0hello"


async def test_a_connection_that_breaks_is_offline() -> None:
    with pytest.raises(ClientOffline, match="broke off"):
        await all_of(messages(http_of(Stream(frame(b"a") + b"\x81")), ""))


@pytest.mark.parametrize(
    "said",
    [
        b"\x81\x85maskedhello",
        struct.pack(">BBQ", 0x81, 127, 1 << 62),
        frame(b"x" * LONGEST, last=False) + frame(b"y", 0),
    ],
    ids=["masked", "endless", "endless in pieces"],
)
async def test_what_no_server_sends(said: bytes) -> None:
    with pytest.raises(ClientAnswerError, match="no WebSocket message"):
        await all_of(messages(http_of(Stream(said)), ""))


@pytest.mark.parametrize("status", [200, 302, 400, 404, 426, 503])
async def test_a_program_that_does_not_upgrade(status: int) -> None:
    http = Http(URL, transport=httpx.MockTransport(lambda _: httpx.Response(status, text="<html>")))
    with pytest.raises(ClientError, match=r"^client\.example:1234 "):
        await all_of(messages(http, "jsonrpc"))


async def test_a_program_that_is_not_there() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("All connection attempts failed", request=request)

    with pytest.raises(ClientOffline, match="is the program running"):
        await all_of(messages(Http(URL, transport=httpx.MockTransport(refuse)), "jsonrpc"))
