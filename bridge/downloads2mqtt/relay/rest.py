"""What is asked once and answered once: the state, the health check, and the hook of a program that finished."""

import asyncio
import gzip
from collections.abc import Iterable

from aiohttp import web

from downloads2mqtt.errors import BrokerError
from downloads2mqtt.relay import assets, guard
from downloads2mqtt.relay.channel import Filter
from downloads2mqtt.relay.feed import Feed
from downloads2mqtt.relay.frame import Frame
from downloads2mqtt.relay.services import Services


class Rest:
    """Plain HTTP."""

    def __init__(self, services: Services, feed: Feed) -> None:
        self._services, self._feed = services, feed
        self._zipped: tuple[Frame, asyncio.Task[bytes]] | None = None

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return (
            web.get("/api/v1/state", self._state),
            web.get("/healthz", self._health),
            web.post("/api/v1/hook/{client}", self._hook),
        )

    async def _state(self, request: web.Request) -> web.Response:
        grant = await self._services.gate.admit(request)
        frame = self._services.hub.channels.snapshot(Filter(scope=grant.scope))
        etag = f"{frame.epoch}-{frame.message.seq}"
        wanted = assets.takes_gzip(request) and not assets.unchanged(request, etag)
        zipped = await self._zip(frame) if wanted else b""
        return assets.answer(request, "application/json", etag, frame.payload, zipped)

    async def _zip(self, frame: Frame) -> bytes:
        """Compress beside the event loop, once however many ask."""
        if self._zipped is None or self._zipped[0] is not frame:
            self._zipped = frame, asyncio.create_task(asyncio.to_thread(gzip.compress, frame.payload, 4))
        return await asyncio.shield(self._zipped[1])

    async def _health(self, request: web.Request) -> web.Response:
        counts = self._services.hub.counts()
        figures = {**counts, "bad_messages": self._feed.bad.total()}
        return web.json_response(figures, status=200 if counts["broker"] else 503)

    async def _hook(self, request: web.Request) -> web.Response:
        """A program says that something happened; what it says is not read, since the poll will tell."""
        if not guard.knows_token(request.headers, request.query, self._services.settings.hook_token):
            raise web.HTTPForbidden(text="Say the token of http.hook_token: Authorization: Bearer …\n")
        client = request.match_info["client"]
        if not self._services.hub.knows(client):
            raise web.HTTPNotFound(text=f"There is no client {client!r}.\n")
        try:
            await self._feed.poll(client)
        except BrokerError as error:
            raise web.HTTPServiceUnavailable(text=f"{error}\n") from error
        return web.Response(status=202)
