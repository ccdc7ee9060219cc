"""Where pages that use nothing but `EventSource` listen: no ids, nothing of the past."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp import hdrs, web

from downloads2mqtt.relay import query
from downloads2mqtt.relay.dialect import Follower
from downloads2mqtt.relay.event_stream import HEADERS, EventStream, chunked, in_chunks, streamed
from downloads2mqtt.relay.framing import Pieces
from downloads2mqtt.relay.hub.channel import Filter
from downloads2mqtt.relay.hub.frame import Encoded
from downloads2mqtt.relay.plain_events.narrator import CONNECTED, Narrator, event
from downloads2mqtt.relay.services import Services


@dataclass(frozen=True, slots=True)
class Framing:
    """The events of a frame as the bytes of a response. Equal ones share both."""

    narrator: Callable[[Encoded[Any]], bytes]
    pieces: Callable[[bytes], Pieces]

    def __call__(self, frame: Encoded[Any]) -> Pieces:
        """The pieces; none where there is nothing to tell."""
        return self.pieces(frame.wire(self.narrator))


class PlainEvents:
    """`?clients=…` and the like narrow. All who want the same share a narrator."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._narrators: dict[Filter, tuple[Narrator, set[EventStream]]] = {}

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return (web.get("/events", self._connect),)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        grant = await self._services.gate.admit(request)
        wanted = query.wanted(request.query, grant.scope)
        if request.method == hdrs.METH_HEAD:
            return web.Response(headers=HEADERS)
        hub, step = self._services.hub, self._services.settings.event_step
        with self._services.connections.enter(request, "events", grant) as place:
            stream = EventStream(self._services, place)
            narrator, streams = self._narrators.setdefault(wanted, (Narrator(hub.get, step), set()))
            streams.add(stream)
            try:
                return await stream.serve(
                    request,
                    wanted,
                    Framing(narrator, chunked if in_chunks(request) else streamed),
                    first=event(CONNECTED),
                    through=lambda send: Follower(hub.channels, wanted, send).send,
                )
            finally:
                streams.discard(stream)
                if not streams:
                    del self._narrators[wanted]
