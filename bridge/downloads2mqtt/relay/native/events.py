"""The native protocol as Server-Sent Events, for those who only listen."""

from collections.abc import Iterable
from typing import Any

from aiohttp import hdrs, web

from downloads2mqtt.contract.frames import Hello
from downloads2mqtt.relay import event_stream, query
from downloads2mqtt.relay.event_stream import HEADERS, EventStream
from downloads2mqtt.relay.framing import Pieces
from downloads2mqtt.relay.services import Services


def event(frame: Any) -> bytes:
    """A frame as an event. `hello` has no id: whoever resumed from its place would miss what follows it."""
    id = b"" if isinstance(frame.message, Hello) else b"id: %b:%d\n" % (frame.epoch.encode(), frame.message.seq)
    return b"%bdata: %b\n\n" % (id, frame.payload)


def streamed(frame: Any) -> Pieces:
    """A frame for HTTP/1.0."""
    return event_stream.streamed(event(frame))


def chunked(frame: Any) -> Pieces:
    """A frame for HTTP/1.1."""
    return event_stream.chunked(event(frame))


class Events:
    """Where listeners connect: `Last-Event-ID` resumes, and `?clients=…` and the like narrow."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return (web.get("/api/v1/events", self._connect),)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        grant = await self._services.gate.admit(request)
        wanted = query.wanted(request.query, grant.scope)
        if request.method == hdrs.METH_HEAD:
            return web.Response(headers=HEADERS)
        with self._services.connections.enter(request, "sse", grant) as place:
            stream = EventStream(self._services, place)
            encode = chunked if event_stream.in_chunks(request) else streamed
            resume = query.last_event(request.headers, request.query)
            return await stream.serve(request, wanted, encode, resume=resume)
