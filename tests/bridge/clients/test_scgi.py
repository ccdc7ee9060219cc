"""SCGI as a transport of httpx: what goes out, what comes back, and everything that can break in between."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients._scgi import Scgi, read_head, socket_path
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
HEAD = b"Status: 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 5\r\n\r\n"


class Program:
    """Behaves as told; keeps what it was sent."""

    def __init__(self, answer: bytes = HEAD + b"hello", behaviour: Behaviour | None = None) -> None:
        self.answer = answer
        self.behaviour = behaviour
        self.headers: dict[bytes, bytes] = {}
        self.first = b""
        self.body = b""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        length = int((await reader.readuntil(b":"))[:-1])
        block = await reader.readexactly(length)
        assert await reader.readexactly(1) == b","
        parts = block.split(b"\0")
        assert parts.pop() == b""
        self.first = parts[0]
        self.headers = dict(zip(parts[::2], parts[1::2], strict=True))
        self.body = await reader.readexactly(int(self.headers[b"CONTENT_LENGTH"]))
        with suppress(OSError):
            if self.behaviour is not None:
                await self.behaviour(reader, writer)
            writer.write(self.answer)
            await writer.drain()
            writer.close()


@asynccontextmanager
async def listening(program: Program, folder: Path | None = None) -> AsyncIterator[str]:
    """Its address: a unix socket in `folder`, or a port."""
    if folder is None:
        server = await asyncio.start_server(program, "127.0.0.1", 0)
        url = f"scgi://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    else:
        server = await asyncio.start_unix_server(program, folder / "rpc socket.sock")
        url = f"scgi+unix://{folder}/rpc socket.sock/"
    async with server:
        yield url


async def post(url: str, content: bytes = b"<call/>", timeout: float = 2.0) -> httpx.Response:
    async with httpx.AsyncClient(base_url=url, mounts={"all://": Scgi()}, timeout=timeout, trust_env=False) as client:
        return await client.post("", content=content, headers={"Content-Type": "text/xml", "X-Secret": "hidden"})


@pytest.mark.parametrize("local", [False, True], ids=["port", "socket"])
async def test_a_request_and_its_answer(tmp_path: Path, local: bool) -> None:
    program = Program()
    async with listening(program, tmp_path if local else None) as url:
        reply = await post(url, b"x" * 300_000)
    assert (reply.status_code, reply.content, reply.headers["content-type"]) == (200, b"hello", "text/xml")
    assert program.first == b"CONTENT_LENGTH"
    assert program.body == b"x" * 300_000
    assert program.headers == {
        b"CONTENT_LENGTH": b"300000",
        b"SCGI": b"1",
        b"REQUEST_METHOD": b"POST",
        b"REQUEST_URI": b"/",
        b"CONTENT_TYPE": b"text/xml",
    }


async def test_path_and_query_go_out() -> None:
    program = Program()
    async with listening(program) as url, httpx.AsyncClient(mounts={"all://": Scgi()}, trust_env=False) as client:
        await client.get(f"{url}RPC2?a=1&b=%20")
    assert program.headers[b"REQUEST_URI"] == b"/RPC2?a=1&b=%20"
    assert program.headers[b"QUERY_STRING"] == b"a=1&b=%20"


async def test_an_answer_without_length_ends_with_the_connection() -> None:
    async with listening(Program(b"Content-Type: text/plain\n\n" + b"y" * 200_000)) as url:
        assert (await post(url)).content == b"y" * 200_000


async def test_what_follows_the_announced_length_is_not_read() -> None:
    async with listening(Program(HEAD + b"hello and more")) as url:
        assert (await post(url)).content == b"hello"


async def test_other_statuses() -> None:
    async with listening(Program(b"Status: 404 Not Found\r\n\r\n")) as url:
        assert (await post(url)).status_code == 404


@pytest.mark.parametrize(
    ("head", "status", "headers"),
    [
        (b"Status: 500 no\r\nA: b\r\n\r\n", 500, {"status": "500 no", "a": "b"}),
        (b"a: b:c\n\n", 200, {"a": "b:c"}),
        (b"\r\n", 200, {}),
    ],
)
def test_heads(head: bytes, status: int, headers: dict[str, str]) -> None:
    found = read_head(head)
    assert (found[0], dict(found[1])) == (status, headers)


def test_a_socket_has_a_whole_path() -> None:
    assert socket_path(httpx.URL("scgi+unix:///run/r torrent/x.sock/")) == "/run/r torrent/x.sock"


async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def hang_in_the_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"he")
    await asyncio.sleep(30)


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


@pytest.mark.parametrize(
    ("program", "error"),
    [
        (Program(b""), httpx.RemoteProtocolError),
        (Program(b"Status: 200"), httpx.RemoteProtocolError),
        (Program(b"<html>\r\n\r\n"), httpx.RemoteProtocolError),
        (Program(b"HTTP/1.1 400 Bad Request\r\n\r\n"), httpx.UnsupportedProtocol),
        (Program(b"a: b\r\n" * 5000), httpx.RemoteProtocolError),
        (Program(b"x" * 200_000), httpx.ReadError),
        (Program(HEAD + b"hel"), httpx.RemoteProtocolError),
        (Program(behaviour=hang), httpx.ReadTimeout),
        (Program(behaviour=hang_in_the_body), httpx.ReadTimeout),
        (Program(b"", reset), (httpx.ReadError, httpx.RemoteProtocolError)),
    ],
    ids=[
        "nothing",
        "half",
        "no header",
        "a web server",
        "endless headers",
        "endless line",
        "cut off",
        "hang",
        "half hang",
        "reset",
    ],
)
async def test_broken_answers(program: Program, error: type[Exception]) -> None:
    async with listening(program) as url:
        with pytest.raises(error):
            await post(url, timeout=0.2)


@pytest.mark.parametrize(
    ("url", "error", "sentence"),
    [
        ("scgi://127.0.0.1:1/", ClientOffline, "127.0.0.1:1 refuses the connection"),
        ("scgi+unix:///nowhere/rpc.socket/", ClientOffline, "/nowhere/rpc.socket refuses the connection"),
        (f"scgi+unix:///{'x' * 200}/", ClientOffline, "x refuses the connection"),
        ("scgi://127.0.0.1/", ClientAnswerError, "cannot be asked over this kind of address"),
        ("scgi://no.such.host.invalid:5000/", ClientOffline, "the host name in no.such.host.invalid:5000 is not known"),
    ],
)
async def test_nobody_there(url: str, error: type[ClientError], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        await Http(url, timeout=2).post("", content=b"x")


async def test_a_socket_that_may_not_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    async def forbidden(path: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(asyncio, "open_unix_connection", forbidden)
    with pytest.raises(ClientOffline, match=r"^/run/x.sock may not be opened"):
        await Http("scgi+unix:///run/x.sock/").post("", content=b"x")


@pytest.mark.parametrize("behaviour", [hang, hang_in_the_body])
async def test_a_program_that_hangs_is_given_up(behaviour: Behaviour) -> None:
    async with listening(Program(behaviour=behaviour)) as url:
        with pytest.raises(ClientOffline, match=r"did not answer within 0.2 s"):
            await Http(url, timeout=0.2).post("", content=b"x")


async def test_every_connection_is_closed() -> None:
    open_now = 0

    async def count(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now
        open_now += 1
        with suppress(OSError):
            await Program()(reader, writer)
            await reader.read()
        writer.close()
        open_now -= 1

    server = await asyncio.start_server(count, "127.0.0.1", 0)
    http = Http(f"scgi://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    async with server:
        for _ in range(20):
            assert (await http.post("", content=b"x")).body == b"hello"
        await asyncio.sleep(0.1)
        assert open_now == 0
    await http.aclose()
