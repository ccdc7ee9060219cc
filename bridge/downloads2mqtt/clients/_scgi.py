"""SCGI beneath httpx: one request per connection, over TCP (`scgi://host:port`) or a unix socket (`scgi+unix:///path`)."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from typing import TypeVar

import httpx

SCHEMES = ("scgi", "scgi+unix")
CHUNK = 64 * 1024
LONGEST_HEAD = 16 * 1024

T = TypeVar("T")
_STATUS = re.compile(rb"Status:\s*(\d{3})\b", re.IGNORECASE)


class Scgi(httpx.AsyncBaseTransport):
    """Speaks SCGI to a program as a web server would; of the request's headers only the content type goes out.

    The timeouts are httpx's. What goes wrong is an `httpx.TransportError`, as with any other transport.
    """

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it, and return once status and headers are there."""
        content = await request.aread()
        reader, writer = await _within(_connect(request.url), request, "connect", httpx.ConnectTimeout)
        try:
            writer.write(netstring(request, len(content)) + content)
            await _within(writer.drain(), request, "write", httpx.WriteTimeout)
            head = await _within(_head(reader), request, "read", httpx.ReadTimeout)
            status, headers = read_head(head)
        except BaseException:
            writer.close()
            raise
        return httpx.Response(status, headers=headers, stream=_Body(reader, writer, request, headers), request=request)


class _Body(httpx.AsyncByteStream):
    """What follows the headers, up to the announced length or the end of the connection."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: httpx.Request, headers: httpx.Headers
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._request = request
        length = headers.get("content-length", "")
        self._left = int(length) if re.fullmatch(r"[0-9]{1,15}", length) else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self._left != 0:
            wanted = CHUNK if self._left is None else min(CHUNK, self._left)
            chunk = await _within(self._reader.read(wanted), self._request, "read", httpx.ReadTimeout)
            if not chunk and self._left is None:
                return
            if not chunk:
                raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")
            if self._left is not None:
                self._left -= len(chunk)
            yield chunk

    async def aclose(self) -> None:
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


def netstring(request: httpx.Request, length: int) -> bytes:
    """The headers as SCGI has them, its length in front; CONTENT_LENGTH must be the first."""
    query = request.url.query
    headers = {
        b"CONTENT_LENGTH": b"%d" % length,
        b"SCGI": b"1",
        b"REQUEST_METHOD": request.method.encode(),
        b"REQUEST_URI": b"/" if request.url.scheme == SCHEMES[1] else request.url.raw_path,
        b"CONTENT_TYPE": request.headers.get("content-type", "").encode("ascii", "replace"),
        **({b"QUERY_STRING": query} if query else {}),
    }
    block = b"".join(name + b"\0" + value + b"\0" for name, value in headers.items())
    return b"%d:%s," % (len(block), block)


def read_head(head: bytes) -> tuple[int, httpx.Headers]:
    """Status and headers of an answer such as CGI programs give: a status line is not needed and means 200."""
    if head.startswith(b"HTTP/"):
        raise httpx.UnsupportedProtocol("a web server, which speaks HTTP, listens there")
    lines = [line for line in re.split(rb"\r?\n", head) if line]
    if any(b":" not in line for line in lines):
        raise httpx.RemoteProtocolError("illegal header line")
    pairs = [(name.strip(), value.strip()) for name, _, value in (line.partition(b":") for line in lines)]
    found = _STATUS.search(head)
    return int(found[1]) if found else 200, httpx.Headers(pairs)


def socket_path(url: httpx.URL) -> str:
    """The unix socket that an address names."""
    return url.path.rstrip("/")


async def _connect(url: httpx.URL) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if url.scheme == SCHEMES[1]:
        return await asyncio.open_unix_connection(socket_path(url))
    if not url.host or url.port is None:
        raise httpx.UnsupportedProtocol("an SCGI address needs host and port")
    return await asyncio.open_connection(url.host, url.port)


async def _head(reader: asyncio.StreamReader) -> bytes:
    """Everything up to the first empty line."""
    head = b""
    while not head.endswith((b"\n\r\n", b"\n\n")):
        line = await reader.readline()
        head += line
        if not line:
            raise httpx.RemoteProtocolError("disconnected before there was an answer")
        if len(head) > LONGEST_HEAD:
            raise httpx.RemoteProtocolError("the headers are too long")
    return head


async def _within(work: Awaitable[T], request: httpx.Request, phase: str, late: type[httpx.TimeoutException]) -> T:
    """`work`, for no longer than httpx's timeout for this phase; what the operating system says as httpx would."""
    seconds = request.extensions.get("timeout", {}).get(phase)
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError as error:
        raise late(f"{phase} took longer than {seconds} s", request=request) from error
    except (OSError, ValueError) as error:
        failed = {"connect": httpx.ConnectError, "write": httpx.WriteError}.get(phase, httpx.ReadError)
        raise failed(str(error), request=request) from error
