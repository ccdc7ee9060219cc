"""The routes of the hubs: negotiate, the three transports, and the page that describes them."""

import asyncio
import time
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from weakref import WeakValueDictionary

from aiohttp import web

from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.hub.scope import Grant, Scope
from downloads2mqtt.relay.services import Services
from downloads2mqtt.relay.signalr.audience import Audience
from downloads2mqtt.relay.signalr.codec import LARGEST
from downloads2mqtt.relay.signalr.downloads_audience import DownloadsAudience
from downloads2mqtt.relay.signalr.jobs_audience import JobsAudience
from downloads2mqtt.relay.signalr.negotiations import Negotiated, Negotiations
from downloads2mqtt.relay.signalr.polling import Polling
from downloads2mqtt.relay.signalr.sockets import Socket
from downloads2mqtt.relay.signalr.streams import Stream

HUBS: dict[str, type[Audience]] = {"downloads": DownloadsAudience, "job-progress": JobsAudience, "settings": Audience}
TRANSPORTS = ("WebSockets", "ServerSentEvents", "LongPolling")

LINGER_SECONDS = 10.0
BODY_SECONDS = 15.0

Carrier = Socket | Stream | Polling


class SignalR:
    """Where SignalR clients connect."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._negotiations: Negotiations[Carrier] = Negotiations()
        self._audiences: WeakValueDictionary[tuple[str, Scope], Audience] = WeakValueDictionary()

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        hub = f"/hubs/{{hub:{'|'.join(HUBS)}}}"
        yield web.post(f"{hub}/negotiate", self._negotiate)
        yield web.get(hub, self._connect, allow_head=False)
        yield web.post(hub, self._receive)
        yield web.delete(hub, self._end)
        yield web.get("/api/v1/signalr/connection-info", self._describe)

    async def _negotiate(self, request: web.Request) -> web.Response:
        grant = await self._admit(request)
        asked = request.query.get("negotiateVersion", "0")
        version = 1 if asked.isascii() and asked.isdigit() and int(asked[:9]) >= 1 else 0
        hub, address = request.match_info["hub"], request.remote or ""
        negotiated = self._negotiations.open(hub, grant, address, version, time.monotonic())
        if negotiated is None:
            text = "Too many connections were negotiated and not opened.\n"
            raise web.HTTPServiceUnavailable(text=text, headers={"Retry-After": "15"})
        told = {"negotiateVersion": version, "connectionId": negotiated.id}
        token = {"connectionToken": negotiated.token} if version else {}
        transports = [{"transport": name, "transferFormats": ["Text"]} for name in TRANSPORTS]
        answer = told | token | {"availableTransports": transports}
        return web.json_response(answer, headers={"Cache-Control": "no-store"})

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        grant = await self._admit(request)
        upgrade = request.headers.get("Upgrade", "").lower() == "websocket"
        negotiated = self._negotiated(request, grant, needed=not upgrade)
        if negotiated is not None and isinstance(negotiated.carrier, Polling) and not upgrade:
            return await negotiated.carrier.poll(request)
        if negotiated is not None and negotiated.carrier is not None:
            raise web.HTTPConflict(text="This connection is open already.\n")
        audience = self._audience(request.match_info["hub"], grant.scope)
        if upgrade:
            socket = Socket(self._services, grant, audience)
            return await self._carry(request, "signalr-websocket", grant, negotiated, socket)
        early = b"" if negotiated is None else negotiated.early
        if "text/event-stream" in request.headers.get("Accept", ""):
            stream = Stream(self._services, grant, audience, early)
            return await self._carry(request, "signalr-sse", grant, negotiated, stream)
        return await self._poll(request, grant, negotiated, audience)

    async def _carry(
        self,
        request: web.Request,
        transport: str,
        grant: Grant,
        negotiated: Negotiated[Carrier] | None,
        carrier: Socket | Stream,
    ) -> web.StreamResponse:
        with self._services.connections.enter(request, transport, grant) as place, ExitStack() as stack:
            if negotiated is not None:
                self._negotiations.claim(negotiated, carrier)
                stack.callback(self._negotiations.end, negotiated)
            return await carrier.serve(request, place)

    async def _poll(
        self, request: web.Request, grant: Grant, negotiated: Negotiated[Carrier] | None, audience: Audience
    ) -> web.Response:
        assert negotiated is not None, "the address has been checked"
        stack = ExitStack()
        place = stack.enter_context(self._services.connections.enter(request, "signalr-polling", grant))
        carrier = Polling(self._services, grant, audience, stack)
        place.connection = carrier
        self._negotiations.claim(negotiated, carrier)
        # One that ended says so to the next poll, before it is forgotten.
        loop = asyncio.get_running_loop()
        stack.callback(loop.call_later, LINGER_SECONDS, self._negotiations.end, negotiated)
        with suppress(RequestError):
            await carrier.receive(negotiated.early)
        return await carrier.poll(request)

    async def _receive(self, request: web.Request) -> web.Response:
        negotiated = self._negotiated(request, await self._admit(request), needed=True)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                data = await request.read()
        except TimeoutError:
            raise web.HTTPRequestTimeout(text=f"This did not come whole within {BODY_SECONDS:.0f} s.\n") from None
        # Only now: while it came, a transport may have been opened.
        carrier = None if negotiated is None else negotiated.carrier
        if negotiated is None or isinstance(carrier, Socket):
            raise web.HTTPBadRequest(text="This connection takes no messages by POST.\n")
        try:
            if carrier is not None:
                await carrier.receive(data)
            elif len(negotiated.early) + len(data) > LARGEST:
                raise RequestError("bad_request", "first open a transport")
            else:
                negotiated.early += data
        except RequestError as error:
            raise web.HTTPBadRequest(text=f"{error}\n") from error
        return web.Response(headers={"Cache-Control": "no-store"})

    async def _end(self, request: web.Request) -> web.Response:
        negotiated = self._negotiated(request, await self._admit(request), needed=True)
        if negotiated is None or not isinstance(negotiated.carrier, Polling):
            raise web.HTTPBadRequest(text="Only long polling is ended by DELETE.\n")
        negotiated.carrier.end()
        return web.Response(status=202)

    async def _describe(self, request: web.Request) -> web.Response:
        grant = await self._services.gate.admit(request)
        hubs = f"{self._services.settings.prefix}/hubs"
        return web.json_response(
            {
                "hubUrl": f"{hubs}/job-progress",
                "userId": grant.user,
                "protocols": ["json"],
                "transports": list(TRANSPORTS),
                "hubs": [
                    {"url": f"{hubs}/{name}", "methods": list(kind.calls), "events": list(kind.events)}
                    for name, kind in HUBS.items()
                    if kind.events
                ],
            }
        )

    async def _admit(self, request: web.Request) -> Grant:
        return await self._services.gate.admit(request, query_token=True)

    def _negotiated(self, request: web.Request, grant: Grant, *, needed: bool) -> Negotiated[Carrier] | None:
        """The connection that the request names; a WebSocket may come without one."""
        token = request.query.get("id")
        if token is None:
            if needed:
                raise web.HTTPBadRequest(text="The address needs the id that POST …/negotiate answered.\n")
            return None
        negotiated = self._negotiations.find(request.match_info["hub"], token, time.monotonic())
        if negotiated is None:
            raise web.HTTPNotFound(text="There is no such connection, or not any more: negotiate again.\n")
        if not _same(negotiated.grant, grant):
            raise web.HTTPForbidden(text="Somebody else negotiated this connection.\n")
        return negotiated

    def _audience(self, hub: str, scope: Scope) -> Audience:
        """Those of a hub who may see the same."""
        audience = self._audiences.get((hub, scope))
        if audience is None:
            audience = self._audiences[hub, scope] = HUBS[hub](self._services.hub, scope)
        return audience


def _same(one: Grant, other: Grant) -> bool:
    """Whether both let the same one in; a renewed token ends later."""
    return (one.user, one.scope, one.control) == (other.user, other.scope, other.control)
