"""One port for everything that browsers and front ends ask, and the task that tells readers what is due."""

import asyncio
import errno
import time

from aiohttp import web
from aiohttp.typedefs import Handler

from downloads2mqtt.errors import ConfigurationError
from downloads2mqtt.relay import guard
from downloads2mqtt.relay.access.gate import Gate
from downloads2mqtt.relay.clock import utc
from downloads2mqtt.relay.connections import Connections
from downloads2mqtt.relay.feed import Feed
from downloads2mqtt.relay.hub import Hub
from downloads2mqtt.relay.page import Page
from downloads2mqtt.relay.requests import Requests
from downloads2mqtt.relay.rest import Rest
from downloads2mqtt.relay.services import Services
from downloads2mqtt.relay.settings import HttpSettings
from downloads2mqtt.relay.websocket import LARGEST_READ, NativeWebSocket

HEARTBEAT = 15
GOING_AWAY = 1001


class Server:
    """Serves a hub. Between `start` and `aclose` it tells readers what is due; `run` ends with the task that does."""

    def __init__(self, hub: Hub, feed: Feed, settings: HttpSettings, *, heartbeat: int = HEARTBEAT) -> None:
        self._hub, self._settings, self._heartbeat = hub, settings, heartbeat
        self.connections = Connections(settings.max_connections, settings.max_connections_per_address)
        self._services = Services(hub, Gate(), self.connections, Requests(), settings, heartbeat)
        self._urgent = asyncio.Event()
        self._teller: asyncio.Task[None] | None = None
        self._runner = web.AppRunner(self._app(feed), access_log=None, shutdown_timeout=0.2, keepalive_timeout=30)
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
        await self.connections.aclose(GOING_AWAY, "the relay ends")
        await self._runner.cleanup()

    def _app(self, feed: Feed) -> web.Application:
        app = web.Application(middlewares=[self._check_host], client_max_size=LARGEST_READ)
        app.on_response_prepare.append(_add_headers)
        services = self._services
        for wire in (Page(), Rest(services, feed), NativeWebSocket(services)):
            app.router.add_routes(wire.routes())
        return app

    @web.middleware
    async def _check_host(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self._settings.checks_hosts and not guard.expected(request.host, self._settings.allowed_hosts):
            raise web.HTTPForbidden(text=f"This relay does not answer to {request.host!r}: see http.allowed_hosts.\n")
        return await handler(request)

    async def _tell(self) -> None:
        """Flush what is urgent at once and the rest every half second, and send heartbeats."""
        beat = time.monotonic()
        while True:
            await self._until_due()
            started = time.monotonic()
            self._hub.flush(started)
            if started - beat >= self._heartbeat:
                self._hub.channels.heartbeat(utc())
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


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(guard.HEADERS)


def _why_not(error: OSError, listen: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"another program listens on {listen} already; end it, or choose another port"
    if error.errno == errno.EACCES:
        return f"this user may not listen on {listen}; choose a port above 1023"
    return f"cannot listen on {listen}: {error.strerror or error}"
