"""The connection to a client, against a small server on a real socket."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from downloads2mqtt.clients import _http
from downloads2mqtt.clients._http import Credentials, Http, Reply, was_reset
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n"


@asynccontextmanager
async def serving(*answers: bytes | Serve, timeout: float = 5.0) -> AsyncIterator[tuple[Http, list[bytes]]]:
    """A server that gives one answer per connection and closes it, the last one again and again; and what it read."""
    heads: list[bytes] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        answer = answers[min(len(heads), len(answers)) - 1]
        if isinstance(answer, bytes):
            writer.write(answer)
        else:
            await answer(reader, writer)
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    http = Http(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/base/", timeout=timeout)
    try:
        yield http, heads
    finally:
        await http.aclose()
        server.close()


def whole(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


async def abort(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"\r\n12345")
    await writer.drain()
    writer.transport.abort()


async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"\r\n12345")
    await reader.read()


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"\r\n")
    while not writer.is_closing():
        writer.write(b"1")
        await asyncio.sleep(0.12)


async def test_a_whole_answer() -> None:
    async with serving(whole(b" v5.1.0\n", "X-Word: yes")) as (http, heads):
        reply = await http.get("api/version", params={"rid": 0})
    assert (reply.status, reply.text, reply.headers["x-word"]) == (200, "v5.1.0", "yes")
    assert heads[0].startswith(b"GET /base/api/version?rid=0 HTTP/1.1\r\n")
    assert b"\r\nReferer" not in heads[0]


async def test_a_connection_reset_in_the_middle_is_asked_once_more() -> None:
    async with serving(abort, whole(b"good")) as (http, heads):
        assert (await http.get("x")).body == b"good"
        assert len(heads) == 2


@pytest.mark.parametrize("answer", [abort, HEAD + b"\r\n12345", b"", b"SSH-2.0-OpenSSH\r\n"])
async def test_an_answer_broken_off_each_time_is_offline(answer: bytes | Serve) -> None:
    async with serving(answer) as (http, heads):
        with pytest.raises(ClientOffline, match="broke off in the middle of an answer") as caught:
            await http.get("x")
        assert len(heads) == 2
        assert was_reset(caught.value)


async def test_what_must_not_be_repeated_is_not() -> None:
    async with serving(abort) as (http, heads):
        with pytest.raises(ClientOffline):
            await http.get("x", again=False)
        with pytest.raises(ClientOffline):
            await http.post("x", content=b"")
        assert len(heads) == 2
        with pytest.raises(ClientOffline):
            await http.post("x", content=b"", again=True)
        assert len(heads) == 4


@pytest.mark.parametrize("answer", [hang, drip])
async def test_an_answer_that_never_ends_is_offline(answer: Serve) -> None:
    async with serving(answer, timeout=0.3) as (http, heads):
        with pytest.raises(ClientOffline, match=r"within 0\.3 s"):
            await http.get("x")
        assert len(heads) == 1


async def test_a_port_nobody_listens_on_is_offline() -> None:
    async with serving(b"") as (http, _):
        pass
    with pytest.raises(ClientOffline, match="refuses the connection: is the program running"):
        await Http(http.url, timeout=2).get("x")


async def test_a_body_over_the_cap_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_http, "MAX_BODY", 2**20)
    bomb = gzip.compress(bytes(2**24))
    async with serving(whole(bomb, "Content-Encoding: gzip")) as (http, _):
        with pytest.raises(ClientAnswerError, match="more than 1 MB in one answer"):
            await http.get("x")


async def test_compression_that_is_none_is_no_answer() -> None:
    async with serving(whole(b"\x1f\x8b garbage", "Content-Encoding: gzip")) as (http, _):
        with pytest.raises(ClientAnswerError, match="compression is broken"):
            await http.get("x")


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("/web/?token=secret", "/web/:"),
        ("https://me:secret@sso.example/login?key=secret", "sso.example/login:"),
        ("http://[broken", r"redirects to \?"),
        ("javascript:alert(secret)", "cannot be read"),
        ("", r"redirects to \?"),
    ],
)
async def test_a_redirect_is_told_without_its_secrets(location: str, shown: str) -> None:
    async with serving(whole(b"", f"Location: {location}", status="302 Found")) as (http, _):
        with pytest.raises(ClientError, match=shown) as caught:
            await http.get("x")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("cookie", ["=", "a=b; expires=never", "a=b; domain=.other", "\x7f", "a=" + "b" * 9000])
async def test_a_cookie_that_is_none_harms_nobody(cookie: str) -> None:
    async with serving(whole(b"good", f"Set-Cookie: {cookie}")) as (http, heads):
        for _ in range(2):
            assert (await http.get("x")).body == b"good"
    assert len(heads) == 2


async def test_a_cookie_that_cannot_be_sent_back_is_forgotten() -> None:
    async with serving(whole(b"good", "Set-Cookie: a=b\xff\xe9"), whole(b"good")) as (http, _):
        assert (await http.get("x")).body == b"good"
        with pytest.raises(ClientAnswerError, match="not ASCII"):
            await http.get("x")
        assert (await http.get("x")).body == b"good"


async def test_tls_where_none_is_spoken() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    http = Http(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/", verify=False, timeout=2)
    with pytest.raises(ClientOffline, match="http or https"):
        await http.get("x")
    server.close()


@pytest.mark.parametrize(
    ("status", "error", "says"),
    [
        (500, ClientAnswerError, "answered with HTTP status 500"),
        (404, ClientAnswerError, "knows nothing under /base/"),
        (502, ClientOffline, "does not run or is busy"),
        (503, ClientOffline, "does not run or is busy"),
    ],
)
def test_unexpected_statuses(status: int, error: type[ClientError], says: str) -> None:
    told = Http("http://h:1/base/").unexpected(Reply(status, httpx.Headers(), b""))
    assert type(told) is error
    assert says in str(told)


class Clock:
    """A `time.monotonic` that stands still until told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


async def test_credentials_refused_are_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(_http, "time", clock)
    credentials = Credentials()
    credentials.check()
    assert str(credentials.refused("no")) == "no; tried once more in half an hour"
    with pytest.raises(ClientUnauthorized, match="no; tried once more"):
        credentials.check()
    clock.now += 1801
    credentials.check()
    assert str(credentials.refused("no")) == "no; not tried again until the bridge is restarted"
    clock.now += 1e9
    with pytest.raises(ClientUnauthorized, match="until the bridge is restarted"):
        credentials.check()


async def test_credentials_accepted_start_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(_http, "time", clock)
    credentials = Credentials()
    for _ in range(3):
        assert "tried once more" in str(credentials.refused("no"))
        credentials.accepted()
        credentials.check()
    for _ in range(3):
        assert str(credentials.locked_out("ban")) == "ban; asked again in half an hour"
        clock.now += 1801
        credentials.check()
