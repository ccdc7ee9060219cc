"""Servers that tell all readers the same text with what their library gives for that."""

import asyncio
import functools

from aiohttp import web
from websockets.asyncio.server import Server, ServerConnection, broadcast, serve

from downloads2mqtt.relay.framing import deflated, framed

HELLO = '{"t":"hello"}'


class Aiohttp:
    """`send_str` to one reader after the other; `deflate` is aiohttp's default, a window for each reader."""

    def __init__(self, *, deflate: bool) -> None:
        self._deflate = deflate
        self._sockets: set[web.WebSocketResponse] = set()

    async def start(self) -> int:
        """The port."""
        app = web.Application()
        app.router.add_get("/api/v1/ws", self._connect)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    async def broadcast(self, text: str) -> None:
        """All readers, once."""
        await asyncio.gather(*(socket.send_str(text) for socket in self._sockets))

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=self._deflate)
        await socket.prepare(request)
        await socket.send_str(HELLO)
        self._sockets.add(socket)
        async for _ in socket:
            pass
        self._sockets.discard(socket)
        return socket


class Websockets:
    """`websockets.broadcast`; `deflate` is its default, a window for each reader."""

    def __init__(self, *, deflate: bool) -> None:
        self._deflate = deflate
        self._server: Server | None = None

    async def start(self) -> int:
        """The port."""
        compression = "deflate" if self._deflate else None
        self._server = await serve(self._connect, "127.0.0.1", 0, compression=compression)
        return int(next(iter(self._server.sockets)).getsockname()[1])

    async def broadcast(self, text: str) -> None:
        """All readers, once."""
        assert self._server is not None
        broadcast(self._server.connections, text)

    async def _connect(self, connection: ServerConnection) -> None:
        await connection.send(HELLO)
        await connection.wait_closed()


class Bare:
    """asyncio's own transport, to which the bytes of a frame, compressed once for all, are given: no HTTP to speak of,
    no limits, nobody else to serve. What is above this is the server's."""

    def __init__(self, *, deflate: bool) -> None:
        self._encode = functools.partial(deflated, window_bits=15) if deflate else framed
        self._writers: list[asyncio.StreamWriter] = []
        self._server: asyncio.Server | None = None

    async def start(self) -> int:
        """The port."""
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def broadcast(self, text: str) -> None:
        """All readers, once."""
        frame = b"".join(self._encode(text.encode()))
        for writer in self._writers:
            writer.write(frame)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + b"".join(framed(HELLO.encode())))
        self._writers.append(writer)
        await reader.read()


PEERS: dict[str, type[Aiohttp | Websockets | Bare]] = {"aiohttp": Aiohttp, "websockets": Websockets, "bare": Bare}
