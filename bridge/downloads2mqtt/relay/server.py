"""One port for everything that browsers and front ends ask, and the task that tells readers what is due."""

import asyncio
import errno
import logging
import time

from aiohttp import web
from aiohttp.typedefs import Handler

from downloads2mqtt.errors import ConfigurationError
from downloads2mqtt.relay import guard
from downloads2mqtt.relay.access import unread
from downloads2mqtt.relay.access.gate import Gate
from downloads2mqtt.relay.access.login import Login
from downloads2mqtt.relay.access.proxies import Proxies
from downloads2mqtt.relay.access.session import SessionRoutes
from downloads2mqtt.relay.clock import utc
from downloads2mqtt.relay.connections import LARGEST_READ, Connections
from downloads2mqtt.relay.flasharr.rest import FlasharrRest
from downloads2mqtt.relay.flasharr.websocket import FlasharrWebSocket
from downloads2mqtt.relay.hub.feed import Feed
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.metrics import Metrics
from downloads2mqtt.relay.native.asking import Asking
from downloads2mqtt.relay.native.events import Events
from downloads2mqtt.relay.native.rest import Rest
from downloads2mqtt.relay.native.websocket import NativeWebSocket
from downloads2mqtt.relay.newcomers import Newcomers
from downloads2mqtt.relay.page import Page
from downloads2mqtt.relay.plain_events.wire import PlainEvents
from downloads2mqtt.relay.prefix import below, signposts
from downloads2mqtt.relay.requests import Requests
from downloads2mqtt.relay.services import Services
from downloads2mqtt.relay.settings import HttpSettings
from downloads2mqtt.relay.signalr.wire import SignalR
from downloads2mqtt.relay.stalled import Stalled

HEARTBEAT = 15
GOING_AWAY = 1001
EXPIRY_SECONDS = 1.0
BRIEF_SECONDS = 0.02
"""Telling all readers once may take that without a rest."""

log = logging.getLogger(__name__)


class Server:
    """Serves a hub. Between `start` and `aclose` it tells readers what is due; `run` ends with the task that does."""

    def __init__(self, hub: Hub, feed: Feed, settings: HttpSettings, *, heartbeat: int = HEARTBEAT) -> None:
        self._hub, self._settings, self._heartbeat = hub, settings, heartbeat
        self.connections = Connections(settings.max_connections, settings.max_connections_per_address)
        self._gate, self._proxies = Gate(settings), Proxies(settings.trusted_proxies)
        self._services = Services(hub, self._gate, self.connections, Requests(hub, feed), settings, heartbeat)
        self._metrics, self._newcomers, self._stalled = Metrics(self._services, feed), Newcomers(), Stalled()
        self._urgent = asyncio.Event()
        self._teller: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._runner = web.AppRunner(
            self._app(feed), access_log=None, logger=unread.log, shutdown_timeout=0.2, keepalive_timeout=30
        )
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
        self._watch = asyncio.create_task(self._look())
        if self._settings.caution is not None:
            log.warning("%s", self._settings.caution)

    async def run(self) -> None:
        """Beside everything else, so that what goes wrong in telling readers ends the program and not only that."""
        assert self._teller is not None, "not started"
        await asyncio.shield(self._teller)

    async def aclose(self) -> None:
        """Let all readers go, within a second."""
        for task in (self._teller, self._watch):
            if task is not None:
                task.cancel()
        await self.connections.aclose(GOING_AWAY, "the relay ends")
        await self._gate.aclose()
        await self._runner.cleanup()

    def _app(self, feed: Feed) -> web.Application:
        gate, settings, services = self._gate, self._settings, self._services
        app = web.Application(middlewares=[self._enter], client_max_size=LARGEST_READ)
        app.on_response_prepare.extend((_add_headers, gate.origins.add_headers))
        for door in (Login(gate, self.connections, settings), SessionRoutes(gate, self._hub, settings)):
            app.router.add_routes(below(settings.prefix, door.routes()))
        native = (Rest(services, feed), Asking(services), NativeWebSocket(services), Events(services))
        others = (FlasharrWebSocket(services), FlasharrRest(services), PlainEvents(services))
        for wire in (Page(), *native, SignalR(services), *others, self._metrics):
            app.router.add_routes(below(settings.prefix, wire.routes()))
        app.router.add_routes(signposts(settings.prefix))
        return app

    @web.middleware
    async def _enter(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Every request comes through here. One door for all, as each would keep its frame for as long as a stream."""
        self._newcomers.note(request)
        request = self._proxies.unwrap(request)
        self._check_host(request)
        preflight = self._gate.origins.preflight(request)
        return await handler(request) if preflight is None else preflight

    def _check_host(self, request: web.Request) -> None:
        settings = self._settings
        known = guard.expected(request.host, settings.allowed_hosts, home_names=settings.takes_home_names)
        if settings.checks_hosts and not known:
            raise web.HTTPForbidden(text=f"This relay does not answer to {request.host!r}: see http.allowed_hosts.\n")

    async def _tell(self) -> None:
        """Flush what is urgent at once and the rest every half second, and send heartbeats."""
        beat = looked = time.monotonic()
        while True:
            await self._until_due()
            started = time.monotonic()
            self._hub.flush(started)
            if started - beat >= self._heartbeat:
                self._hub.channels.heartbeat(utc())
                beat = started
            if started - looked >= EXPIRY_SECONDS:
                self.connections.expire(time.time())
                looked = started
            # With very many readers, telling them does not take much more than half of the time.
            await asyncio.sleep(max(0.0, time.monotonic() - started - BRIEF_SECONDS))

    async def _look(self) -> None:
        """Every second, how late that is, who connected without a word, and who takes no answer."""
        while True:
            due = time.monotonic() + 1.0
            await asyncio.sleep(1.0)
            now = time.monotonic()
            self._metrics.loop_lag.observe(now - due)
            server = self._runner.server
            connections = () if server is None else server.connections
            self._newcomers.sweep(connections, now)
            self._stalled.sweep(connections, now)

    async def _until_due(self) -> None:
        try:
            async with asyncio.timeout(self._hub.until_due(time.monotonic())):
                await self._urgent.wait()
        except TimeoutError:
            return
        self._urgent.clear()


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(guard.HEADERS)


def _why_not(error: OSError, listen: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"another program listens on {listen} already; end it, or choose another port"
    if error.errno == errno.EACCES:
        return f"this user may not listen on {listen}; choose a port above 1023"
    return f"cannot listen on {listen}: {error.strerror or error}"
