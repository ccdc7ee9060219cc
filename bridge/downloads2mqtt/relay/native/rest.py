"""What is asked once and answered once: the state, downloads, the health check, and the hook of a program that
finished."""

import asyncio
import gzip
import hashlib
from collections.abc import Iterable

import msgspec
from aiohttp import web

from downloads2mqtt.errors import BrokerError
from downloads2mqtt.relay import assets, query
from downloads2mqtt.relay.access import refusals
from downloads2mqtt.relay.hub.channel import Filter, key_of
from downloads2mqtt.relay.hub.feed import Feed
from downloads2mqtt.relay.hub.frame import Frame
from downloads2mqtt.relay.hub.scope import Grant
from downloads2mqtt.relay.services import Services

_LEVEL = 4


class Rest:
    """Plain HTTP."""

    def __init__(self, services: Services, feed: Feed) -> None:
        self._services, self._feed = services, feed
        self._zipped: tuple[Frame, asyncio.Task[bytes]] | None = None

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return (
            web.get("/api/v1/state", self._state),
            web.get("/api/v1/downloads", self._downloads),
            web.get("/api/v1/downloads/{client}", self._downloads),
            web.get("/api/v1/downloads/{client}/{id}", self._download),
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
            self._zipped = frame, asyncio.create_task(asyncio.to_thread(gzip.compress, frame.payload, _LEVEL))
        return await asyncio.shield(self._zipped[1])

    async def _downloads(self, request: web.Request) -> web.Response:
        """All, or those of one client, narrowed by the query as a stream is."""
        grant = await self._services.gate.admit(request)
        wanted = query.wanted(request.query, grant.scope)
        client = request.match_info.get("client")
        self._require_client(grant, client)
        rows = self._services.hub.channels.snapshot().message.downloads
        found = [row for row in rows if client in (None, row.client) and wanted.takes(row)]
        return await _answer(request, msgspec.json.encode({"downloads": found, "total": len(found)}))

    async def _download(self, request: web.Request) -> web.Response:
        grant = await self._services.gate.admit(request)
        client, id = request.match_info["client"], request.match_info["id"]
        self._require_client(grant, client)
        download = self._services.hub.get(key_of(client, id))
        if download is None or not grant.scope.sees(download):
            raise refusals.not_found(f"{client} has no download {id[:80]!r}.")
        return await _answer(request, msgspec.json.encode(download))

    def _require_client(self, grant: Grant, client: str | None) -> None:
        if client is not None and not (grant.scope.sees_client(client) and self._services.hub.knows(client)):
            raise refusals.not_found(f"There is no client {client[:80]!r}.")

    async def _health(self, request: web.Request) -> web.Response:
        """Whether it works, for everybody; the figures for those from whom nothing is hidden."""
        counts = self._services.hub.counts()
        figures = {**counts, "bad_messages": self._feed.bad.total()}
        told = figures if await self._sees_all(request) else {"broker": counts["broker"]}
        return web.json_response(told, status=200 if counts["broker"] else 503, headers={"Cache-Control": "no-store"})

    async def _sees_all(self, request: web.Request) -> bool:
        try:
            grant = await self._services.gate.recognise(request)
        except web.HTTPException:
            return False
        return grant is not None and grant.scope.sees_all

    async def _hook(self, request: web.Request) -> web.Response:
        """A program says that something happened; what it says is not read, since the poll will tell."""
        self._services.gate.admit_hook(request)
        client = request.match_info["client"]
        if not self._services.hub.knows(client):
            raise web.HTTPNotFound(text=f"There is no client {client!r}.\n")
        try:
            await self._feed.poll(client)
        except BrokerError as error:
            raise web.HTTPServiceUnavailable(text=f"{error}\n") from error
        return web.Response(status=202)


async def _answer(request: web.Request, payload: bytes) -> web.Response:
    etag = hashlib.sha256(payload).hexdigest()[:16]
    wanted = assets.takes_gzip(request) and not assets.unchanged(request, etag)
    zipped = await asyncio.to_thread(gzip.compress, payload, _LEVEL) if wanted else b""
    return assets.answer(request, "application/json", etag, payload, zipped)
