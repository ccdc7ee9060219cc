"""One port: the page, the state, WebSocket readers and a health check."""

import asyncio
import errno
import gzip
import logging
import re
import time
from datetime import UTC, datetime
from typing import Annotated

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from downloads2mqtt.errors import BrokerError, ConfigurationError
from downloads2mqtt.relay import assets, guard
from downloads2mqtt.relay.feed import Feed
from downloads2mqtt.relay.frame import Frame
from downloads2mqtt.relay.hub import Hub
from downloads2mqtt.relay.outlet import Outlet
from downloads2mqtt.relay.websocket import Session, encode

HEARTBEAT = 15
PING_SECONDS = 20.0
GOODBYE_SECONDS = 0.7
GOING_AWAY = 1001
LARGEST_READ = 256 * 1024
"""What is read before the connection is cut; from `websocket.LARGEST` to here an error frame answers."""

_LISTEN = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.%\w]+)\]|(?P<host>[^\[\]:/\s]+)):(?P<port>\d{1,5})")

log = logging.getLogger(__name__)


class HttpSettings(BaseModel):
    """Where the relay listens and whom it serves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    listen: str = "127.0.0.1:8484"
    max_connections: Annotated[int, Field(ge=1)] = 500
    allowed_hosts: tuple[str, ...] = ()
    hook_token: Annotated[SecretStr, Field(min_length=8)] | None = None

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, listen: str) -> str:
        match = _LISTEN.fullmatch(listen)
        if match is None:
            raise ValueError(f"{listen!r} is not host:port, such as 127.0.0.1:8484, 0.0.0.0:8484 or [::1]:8484")
        if int(match["port"]) > 65535:
            raise ValueError(f"there is no port {match['port']}: the highest is 65535")
        return listen

    @property
    def address(self) -> tuple[str, int]:
        """Host and port; port 0 is any free one."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def checks_hosts(self) -> bool:
        """Whether only known names are served: on loopback no other is meant, elsewhere if names are given."""
        return bool(self.allowed_hosts) or guard.is_loopback(self.address[0])


class Server:
    """Serves a hub. Between `start` and `aclose` it tells readers what is due; `run` ends with the task that does."""

    def __init__(self, hub: Hub, feed: Feed, settings: HttpSettings, *, heartbeat: int = HEARTBEAT) -> None:
        self._hub, self._feed, self._settings, self._heartbeat = hub, feed, settings, heartbeat
        self._assets = assets.load()
        self._sessions: set[Session] = set()
        self._urgent = asyncio.Event()
        self._teller: asyncio.Task[None] | None = None
        self._zipped: tuple[Frame, asyncio.Task[bytes]] | None = None
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.2, keepalive_timeout=30)
        self._address: tuple[str, int] | None = None

    @property
    def address(self) -> tuple[str, int]:
        """Host and port, once started."""
        assert self._address is not None, "not started"
        return self._address

    async def start(self) -> None:
        """Listen; raises `ConfigurationError` when that cannot be."""
        host, port = self._settings.address
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise ConfigurationError(f"http.listen: {_why_not(error, self._settings.listen)}") from error
        bound = self._runner.addresses[0]
        self._address = (bound[0], bound[1])
        self._hub.on_urgent = self._urgent.set
        self._teller = asyncio.create_task(self._tell())

    async def run(self) -> None:
        """Beside everything else, so that what goes wrong in telling readers ends the program and not only that."""
        assert self._teller is not None, "not started"
        await asyncio.shield(self._teller)

    async def aclose(self) -> None:
        """Let all readers go, within a second."""
        if self._teller is not None:
            self._teller.cancel()
        sessions = tuple(self._sessions)
        goodbyes = [asyncio.create_task(session.aclose(GOING_AWAY, "the relay ends")) for session in sessions]
        if goodbyes:
            _, late = await asyncio.wait(goodbyes, timeout=GOODBYE_SECONDS)
            for session, goodbye in zip(sessions, goodbyes, strict=True):
                if goodbye in late:
                    session.abort()
        await self._runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._check_host], client_max_size=LARGEST_READ)
        app.on_response_prepare.append(_add_headers)
        app.router.add_get("/", self._page)
        app.router.add_get("/assets/{name}", self._asset)
        app.router.add_get("/api/v1/state", self._state)
        app.router.add_get("/api/v1/ws", self._websocket)
        app.router.add_get("/healthz", self._health)
        app.router.add_post("/api/v1/hook/{client}", self._hook)
        return app

    @web.middleware
    async def _check_host(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self._settings.checks_hosts and not guard.expected(request.host, self._settings.allowed_hosts):
            raise web.HTTPForbidden(text=f"This relay does not answer to {request.host!r}: see http.allowed_hosts.\n")
        return await handler(request)

    async def _page(self, request: web.Request) -> web.Response:
        return self._assets["index.html"].response(request)

    async def _asset(self, request: web.Request) -> web.Response:
        asset = self._assets.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        return asset.response(request)

    async def _state(self, request: web.Request) -> web.Response:
        frame = self._hub.snapshot()
        etag = f"{self._hub.epoch}-{self._hub.seq}"
        wanted = assets.takes_gzip(request) and not assets.unchanged(request, etag)
        zipped = await self._zip(frame) if wanted else b""
        return assets.answer(request, "application/json", etag, frame.payload, zipped)

    async def _zip(self, frame: Frame) -> bytes:
        """Compress beside the event loop, once however many ask."""
        if self._zipped is None or self._zipped[0] is not frame:
            self._zipped = frame, asyncio.create_task(asyncio.to_thread(gzip.compress, frame.payload, 4))
        return await asyncio.shield(self._zipped[1])

    async def _health(self, request: web.Request) -> web.Response:
        counts = self._hub.counts()
        figures = {**counts, "bad_messages": self._feed.bad.total()}
        return web.json_response(figures, status=200 if counts["broker"] else 503)

    async def _hook(self, request: web.Request) -> web.Response:
        """A program says that something happened; what it says is not read, since the poll will tell."""
        if not guard.knows_token(request.headers, request.query, self._settings.hook_token):
            raise web.HTTPForbidden(text="Say the token of http.hook_token: Authorization: Bearer …\n")
        client = request.match_info["client"]
        if not self._hub.knows(client):
            raise web.HTTPNotFound(text=f"There is no client {client!r}.\n")
        try:
            await self._feed.poll(client)
        except BrokerError as error:
            raise web.HTTPServiceUnavailable(text=f"{error}\n") from error
        return web.Response(status=202)

    async def _websocket(self, request: web.Request) -> web.StreamResponse:
        if not guard.same_origin(request.headers.get("Origin"), request.host):
            raise web.HTTPForbidden(text="Only the relay's own page may connect.\n")
        if len(self._sessions) >= self._settings.max_connections:
            text = f"All {self._settings.max_connections} connections are in use: see http.max_connections.\n"
            raise web.HTTPServiceUnavailable(text=text, headers={"Retry-After": "15"})
        socket = web.WebSocketResponse(
            compress=False, max_msg_size=LARGEST_READ, heartbeat=PING_SECONDS, timeout=GOODBYE_SECONDS
        )
        writer = await socket.prepare(request)
        if request.transport is not None:
            session = Session(self._hub, socket, Outlet(request.transport, encode, writer.drain), utc)
            self._sessions.add(session)
            try:
                await session.run(self._heartbeat)
            finally:
                self._sessions.discard(session)
        return socket

    async def _tell(self) -> None:
        """Flush what is urgent at once and the rest every half second, and send heartbeats."""
        beat = time.monotonic()
        while True:
            await self._until_due()
            started = time.monotonic()
            self._hub.flush(started)
            if started - beat >= self._heartbeat:
                self._hub.heartbeat(utc())
                beat = started
            # As long again as that took: with very many readers, telling them never takes more than half of the time.
            await asyncio.sleep(time.monotonic() - started)

    async def _until_due(self) -> None:
        try:
            async with asyncio.timeout(self._hub.until_due(time.monotonic())):
                await self._urgent.wait()
        except TimeoutError:
            return
        self._urgent.clear()


def utc() -> str:
    """Now, as the contract writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(guard.HEADERS)


def _why_not(error: OSError, listen: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"another program listens on {listen} already; end it, or choose another port"
    if error.errno == errno.EACCES:
        return f"this user may not listen on {listen}; choose a port above 1023"
    return f"cannot listen on {listen}: {error.strerror or error}"
