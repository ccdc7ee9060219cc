"""The native protocol over a WebSocket: a pure codec, and the session of one browser around it."""

import asyncio
import time
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
from downloads2mqtt.relay import query
from downloads2mqtt.relay.access import refusals
from downloads2mqtt.relay.budget import Budget
from downloads2mqtt.relay.clock import utc
from downloads2mqtt.relay.connections import (
    AUTHENTICATION_ENDED,
    FRAMES_A_SECOND,
    LARGEST_FRAME,
    POLICY_VIOLATION,
    Place,
    new_socket,
)
from downloads2mqtt.relay.framing import compressed, plain
from downloads2mqtt.relay.hub.channel import filter_of
from downloads2mqtt.relay.hub.frame import Encoded
from downloads2mqtt.relay.hub.reader import Reader
from downloads2mqtt.relay.outlet import Outlet
from downloads2mqtt.relay.permission import target_of
from downloads2mqtt.relay.requests import Busy
from downloads2mqtt.relay.services import Services

ERRORS_A_MINUTE = 10
REQUESTS_AT_ONCE = 20
TRY_AGAIN_LATER = 1013

_decoder: msgspec.json.Decoder[ReaderFrame] = msgspec.json.Decoder(ReaderFrame)
_NOT_FIELDS = frozenset({"t", "topic", "verb"})


def decode(text: str) -> ReaderFrame:
    """What a browser says; raises `RequestError`."""
    if len(text) > LARGEST_FRAME or len(text.encode("utf-8", "surrogatepass")) > LARGEST_FRAME:
        raise RequestError("bad_request", f"a frame must not be larger than {LARGEST_FRAME // 1024} KB")
    try:
        return _decoder.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        raise RequestError("bad_request", str(error)) from None


class NativeWebSocket:
    """Where browsers connect: `?epoch=…&seq=…` resumes, and `?clients=…` and the like narrow."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return (web.get("/api/v1/ws", self._connect, allow_head=False),)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        socket = new_socket()
        try:
            grant = await self._services.gate.admit(request)
            wanted = query.subscription(request.query)
            with self._services.connections.enter(request, "websocket", grant) as place:
                writer = await socket.prepare(request)
                socket.headers.clear()  # Sent; a thousand readers need not keep them.
                if request.transport is not None:
                    outlet = self._outlet(request.transport, socket, writer.drain)
                    session = Session(self._services, place, socket, outlet)
                    await session.run(wanted, query.position(request.query))
        except RequestError as error:
            raise refusals.bad_request(error.message) from None
        except web.HTTPServiceUnavailable as full:
            await _refuse(request, socket, TRY_AGAIN_LATER, full)
        except web.HTTPUnauthorized as unknown:
            await _refuse(request, socket, AUTHENTICATION_ENDED, unknown)
        return socket

    def _outlet(self, transport: asyncio.Transport, socket: web.WebSocketResponse, drain: Any) -> Outlet:
        """Compressed for those who asked for it. Of aiohttp's own compression only the reading is used: it would keep
        a window for every reader."""
        bits = int(socket.compress)
        return self._services.outlet(transport, compressed(bits) if bits else plain, drain)


async def _refuse(request: web.Request, socket: web.WebSocketResponse, code: int, refusal: web.HTTPException) -> None:
    """Over the socket: a browser does not tell its page why a connection could not be opened."""
    if not socket.prepared:
        if not socket.can_prepare(request):
            raise refusal
        await socket.prepare(request)
        await socket.close(code=code, message=(refusal.text or "").strip().encode()[:120])


class Session:
    """One browser's connection."""

    __slots__ = (
        "_errors", "_frames", "_grant", "_outlet", "_reader", "_requests", "_services", "_socket",
    )  # fmt: skip

    def __init__(self, services: Services, place: Place, socket: web.WebSocketResponse, outlet: Outlet) -> None:
        self._services, self._socket, self._outlet = services, socket, outlet
        self._grant = place.grant
        self._reader = Reader(outlet.send, place.grant.user)
        self._errors = Budget(ERRORS_A_MINUTE, 60.0)
        self._frames = Budget(FRAMES_A_SECOND, 1.0)
        self._requests: set[asyncio.Task[None]] = set()
        outlet.on_ready = lambda: services.hub.channels.drained(self._reader)
        outlet.on_stuck = lambda: services.let_go(place)
        place.connection = self

    async def run(self, wanted: Subscribe, resume: tuple[str, int] | None) -> None:
        """Serve until the browser leaves."""
        self._join(wanted, resume)
        try:
            async for message in self._socket:
                await self._take(message)
        except ConnectionError:
            return
        finally:
            self._leave()

    async def aclose(self, code: int, reason: str) -> None:
        """Say goodbye; whoever does not answer in time is cut off."""
        self._leave()
        await self._socket.close(code=code, message=reason.encode())
        # aiohttp closes the connection once what was written is read, which may be never.
        self._outlet.abort()

    def abort(self) -> None:
        """Cut off."""
        self._outlet.abort()

    def _leave(self) -> None:
        self._services.hub.channels.leave(self._reader)
        self._outlet.close()
        for request in self._requests:
            request.cancel()

    def _join(self, wanted: Subscribe, resume: tuple[str, int] | None = None) -> None:
        self._services.hub.channels.join(
            self._reader,
            filter_of(wanted, self._grant.scope),
            heartbeat=self._services.heartbeat,
            control=self._grant.within(self._services.hub.control()),
            resume=resume,
        )

    async def _take(self, message: WSMessage) -> None:
        try:
            if message.type is not WSMsgType.TEXT:
                raise RequestError("bad_request", "frames are JSON text")
            if not self._frames.spend(time.monotonic()):
                raise RequestError("bad_request", f"more than {FRAMES_A_SECOND} frames a second")
            self._answer(decode(message.data), message.data)
        except RequestError as error:
            self._outlet.send(Encoded(ErrorFrame(code=error.code, message=error.message)))
            if not self._errors.spend(time.monotonic()):
                await self.aclose(POLICY_VIOLATION, f"{ERRORS_A_MINUTE} errors in a minute")
                return
        await self._outlet.drain()

    def _answer(self, asked: ReaderFrame, text: str) -> None:
        match asked:
            case Ping():
                self._outlet.send(Encoded(Heartbeat(seq=self._reader.seq, at=utc())))
            case Subscribe():
                self._join(asked)
            case Get():
                self._outlet.send(Encoded(self._found(asked)))
            case RequestFrame():
                task = asyncio.create_task(self._request(asked, text))
                self._requests.add(task)
                task.add_done_callback(self._requests.discard)
            case _:
                self._join(Subscribe())

    async def _request(self, asked: RequestFrame, text: str) -> None:
        """Beside the other frames of this browser."""
        target, _, name = asked.topic.partition("/")
        fields = {key: value for key, value in msgspec.json.decode(text).items() if key not in _NOT_FIELDS}
        try:
            if len(self._requests) > REQUESTS_AT_ONCE:
                raise Busy(f"{REQUESTS_AT_ONCE} requests wait for their answers already")
            whose = target_of(target)
            response = await self._services.requests.ask(self._grant, whose, name, asked.verb, fields)
        except RequestError as refusal:
            answer = _refusal(asked.transaction, refusal)
        else:
            error = None if response.error is None else msgspec.structs.asdict(response.error)
            answer = ResponseFrame(
                transaction=asked.transaction, status=response.status, data=response.data, error=error
            )
        self._outlet.send(Encoded(answer))

    def _found(self, asked: Get) -> ResponseFrame:
        download = self._services.hub.get(asked.id)
        if download is not None and self._grant.scope.sees(download):
            return ResponseFrame(transaction=asked.transaction, status="ok", data=download)
        return _refusal(asked.transaction, RequestError("not_found", f"there is no download {asked.id[:80]!r}"))


def _refusal(transaction: str | None, error: RequestError) -> ResponseFrame:
    refused = {"code": error.code, "message": error.message}
    return ResponseFrame(transaction=transaction, status="error", error=refused)
