"""The native protocol over a WebSocket: a pure codec, and the session of one browser around it."""

import struct
import time
from collections import deque
from collections.abc import Callable

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
from downloads2mqtt.relay.channel import EVERYTHING, filter_of
from downloads2mqtt.relay.frame import Encoded
from downloads2mqtt.relay.hub import Hub
from downloads2mqtt.relay.outlet import Outlet
from downloads2mqtt.relay.reader import Reader

LARGEST = 32 * 1024
PIECE = 32 * 1024
ERRORS_A_MINUTE = 10
FRAMES_A_SECOND = 20
POLICY_VIOLATION = 1008

_decoder: msgspec.json.Decoder[ReaderFrame] = msgspec.json.Decoder(ReaderFrame)
_TEXT, _CONTINUATION, _LAST = 0x1, 0x0, 0x80


def encode(payload: bytes) -> tuple[bytes, ...]:
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


class Session:
    """One browser's connection."""

    def __init__(
        self,
        hub: Hub,
        socket: web.WebSocketResponse,
        outlet: Outlet,
        utc: Callable[[], str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hub, self._socket, self._outlet, self._utc, self._clock = hub, socket, outlet, utc, clock
        self._reader = Reader(outlet.send)
        outlet.on_ready = lambda: hub.drained(self._reader)
        self._errors = Budget(ERRORS_A_MINUTE, 60.0)
        self._frames = Budget(FRAMES_A_SECOND, 1.0)

    async def run(self, heartbeat: int) -> None:
        """Serve until the browser leaves."""
        self._hub.join(self._reader, heartbeat=heartbeat)
        try:
            async for message in self._socket:
                await self._take(message)
        finally:
            self._hub.leave(self._reader)
            self._outlet.close()

    async def aclose(self, code: int, reason: str) -> None:
        """Say goodbye; whoever does not answer in time is cut off."""
        self._hub.leave(self._reader)
        self._outlet.close()
        await self._socket.close(code=code, message=reason.encode())

    def abort(self) -> None:
        """Cut off."""
        self._outlet.abort()

    async def _take(self, message: WSMessage) -> None:
        try:
            if message.type is not WSMsgType.TEXT:
                raise RequestError("bad_request", "frames are JSON text")
            if not self._frames.spend(self._clock()):
                raise RequestError("bad_request", f"more than {FRAMES_A_SECOND} frames a second")
            self._answer(decode(message.data))
        except RequestError as error:
            self._outlet.send(Encoded(ErrorFrame(code=error.code, message=error.message)))
            if not self._errors.spend(self._clock()):
                await self.aclose(POLICY_VIOLATION, f"{ERRORS_A_MINUTE} errors in a minute")
                return
        await self._outlet.drain()

    def _answer(self, asked: ReaderFrame) -> None:
        match asked:
            case Ping():
                self._outlet.send(Encoded(Heartbeat(seq=self._reader.seq, at=self._utc())))
            case Subscribe():
                self._hub.subscribe(self._reader, filter_of(asked))
            case Get():
                self._outlet.send(Encoded(self._found(asked)))
            case RequestFrame():
                refusal = {"code": "unsupported", "message": "this version takes no requests from browsers"}
                response = ResponseFrame(transaction=asked.transaction, status="error", error=refusal)
                self._outlet.send(Encoded(response))
            case _:
                self._hub.subscribe(self._reader, EVERYTHING)

    def _found(self, asked: Get) -> ResponseFrame:
        download = self._hub.get(asked.id)
        if download is not None:
            return ResponseFrame(transaction=asked.transaction, status="ok", data=download)
        error = {"code": "not_found", "message": f"there is no download {asked.id!r}"}
        return ResponseFrame(transaction=asked.transaction, status="error", error=error)
