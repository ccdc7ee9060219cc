"""The native protocol over a WebSocket: a pure codec, and the session of one browser around it."""

import struct
import time
from collections import deque
from collections.abc import Iterable
from typing import Any

import msgspec
from aiohttp import WSMessage, WSMsgType, web

from downloads2mqtt.contract.frames import (
    ErrorFrame,
    Get,
    Heartbeat,
    Ping,
    ReaderFrame,
    RequestFrame,
    ResponseFrame,
    Subscribe,
)
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.channel import filter_of
from downloads2mqtt.relay.clock import utc
from downloads2mqtt.relay.connections import GOODBYE_SECONDS
from downloads2mqtt.relay.frame import Encoded
from downloads2mqtt.relay.outlet import Outlet
from downloads2mqtt.relay.reader import Reader
from downloads2mqtt.relay.scope import Grant
from downloads2mqtt.relay.services import Services

LARGEST = 32 * 1024
LARGEST_READ = 256 * 1024
"""What is read before the connection is cut; from `LARGEST` to here an error frame answers."""

PING_SECONDS = 20.0
PIECE = 32 * 1024
ERRORS_A_MINUTE = 10
FRAMES_A_SECOND = 20
POLICY_VIOLATION = 1008

_decoder: msgspec.json.Decoder[ReaderFrame] = msgspec.json.Decoder(ReaderFrame)
_TEXT, _CONTINUATION, _LAST = 0x1, 0x0, 0x80


def encode(frame: Encoded[Any]) -> tuple[bytes, ...]:
    """A frame of ours as a WebSocket's."""
    return framed(frame.payload)


def framed(payload: bytes) -> tuple[bytes, ...]:
    """A text message as the bytes of a server's frames (RFC 6455, 5.2), a long one in pieces between which a ping may
    go."""
    starts = range(0, max(len(payload), 1), PIECE)
    return tuple(
        _header(
            (_TEXT if start == 0 else _CONTINUATION) | (_LAST if start + PIECE >= len(payload) else 0),
            len(piece := payload[start : start + PIECE]),
        )
        + piece
        for start in starts
    )


def _header(first: int, length: int) -> bytes:
    if length < 126:
        return struct.pack("!BB", first, length)
    return struct.pack("!BBH", first, 126, length)


def decode(text: str) -> ReaderFrame:
    """What a browser says; raises `RequestError`."""
    if len(text) > LARGEST or len(text.encode()) > LARGEST:
        raise RequestError("bad_request", f"a frame must not be larger than {LARGEST // 1024} KB")
    try:
        return _decoder.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise RequestError("bad_request", str(error)) from None


class Budget:
    """So many in so many seconds. Pure."""

    def __init__(self, count: int, seconds: float) -> None:
        self._seconds = seconds
        self._spent: deque[float] = deque(maxlen=count)

    def spend(self, now: float) -> bool:
        """Take one; says whether there are more."""
        self._spent.append(now)
        return len(self._spent) < (self._spent.maxlen or 0) or now - self._spent[0] > self._seconds


class NativeWebSocket:
    """Where browsers connect."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return (web.get("/api/v1/ws", self._connect),)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        grant = await self._services.gate.admit(request)
        with self._services.connections.enter(request, "websocket", grant) as place:
            socket = web.WebSocketResponse(
                compress=False, max_msg_size=LARGEST_READ, heartbeat=PING_SECONDS, timeout=GOODBYE_SECONDS
            )
            writer = await socket.prepare(request)
            if request.transport is not None:
                session = Session(self._services, grant, socket, Outlet(request.transport, encode, writer.drain))
                place.connection = session
                await session.run()
        return socket


class Session:
    """One browser's connection."""

    def __init__(self, services: Services, grant: Grant, socket: web.WebSocketResponse, outlet: Outlet) -> None:
        self._services, self._grant, self._socket, self._outlet = services, grant, socket, outlet
        self._reader = Reader(outlet.send, grant.user)
        outlet.on_ready = lambda: services.hub.channels.drained(self._reader)
        self._errors = Budget(ERRORS_A_MINUTE, 60.0)
        self._frames = Budget(FRAMES_A_SECOND, 1.0)

    async def run(self) -> None:
        """Serve until the browser leaves."""
        self._join(Subscribe())
        try:
            async for message in self._socket:
                await self._take(message)
        finally:
            self._services.hub.channels.leave(self._reader)
            self._outlet.close()

    async def aclose(self, code: int, reason: str) -> None:
        """Say goodbye; whoever does not answer in time is cut off."""
        self._services.hub.channels.leave(self._reader)
        self._outlet.close()
        await self._socket.close(code=code, message=reason.encode())

    def abort(self) -> None:
        """Cut off."""
        self._outlet.abort()

    def _join(self, wanted: Subscribe) -> None:
        self._services.hub.channels.join(
            self._reader,
            filter_of(wanted, self._grant.scope),
            heartbeat=self._services.heartbeat,
            control=self._grant.within(self._services.hub.control()),
        )

    async def _take(self, message: WSMessage) -> None:
        try:
            if message.type is not WSMsgType.TEXT:
                raise RequestError("bad_request", "frames are JSON text")
            if not self._frames.spend(time.monotonic()):
                raise RequestError("bad_request", f"more than {FRAMES_A_SECOND} frames a second")
            await self._answer(decode(message.data))
        except RequestError as error:
            self._outlet.send(Encoded(ErrorFrame(code=error.code, message=error.message)))
            if not self._errors.spend(time.monotonic()):
                await self.aclose(POLICY_VIOLATION, f"{ERRORS_A_MINUTE} errors in a minute")
                return
        await self._outlet.drain()

    async def _answer(self, asked: ReaderFrame) -> None:
        match asked:
            case Ping():
                self._outlet.send(Encoded(Heartbeat(seq=self._reader.seq, at=utc())))
            case Subscribe():
                self._join(asked)
            case Get():
                self._outlet.send(Encoded(self._found(asked)))
            case RequestFrame():
                refusal = {"code": "unsupported", "message": "this version takes no requests from browsers"}
                response = ResponseFrame(transaction=asked.transaction, status="error", error=refusal)
                self._outlet.send(Encoded(response))
            case _:
                self._join(Subscribe())

    def _found(self, asked: Get) -> ResponseFrame:
        download = self._services.hub.get(asked.id)
        if download is not None and self._grant.scope.sees(download):
            return ResponseFrame(transaction=asked.transaction, status="ok", data=download)
        error = {"code": "not_found", "message": f"there is no download {asked.id!r}"}
        return ResponseFrame(transaction=asked.transaction, status="error", error=error)
