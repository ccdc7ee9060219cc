"""The connections that stay open: how many, from where, and how they are let go."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from downloads2mqtt.relay.hub.scope import Grant

LARGEST_FRAME = 32 * 1024
FRAMES_A_SECOND = 20
"""What somebody may say over a WebSocket that does not speak SignalR. Natively, up to `LARGEST_READ` an error frame
answers what is larger."""

LARGEST_READ = 256 * 1024
"""What is read of one message before a WebSocket is cut, and of the body of a request before that is refused."""

PING_SECONDS = 20.0
GOODBYE_SECONDS = 0.7
POLICY_VIOLATION = 1008
AUTHENTICATION_ENDED = 4401
TOO_SLOW = 4408


class Connection(Protocol):
    """One reader's connection."""

    async def aclose(self, code: int, reason: str) -> None:
        """Say goodbye with a WebSocket's close code, or what comes nearest."""

    def abort(self) -> None:
        """Cut off."""


@dataclass(eq=False, slots=True)
class Place:
    """One of the places for connections; `connection` is set once there is something to say goodbye to.

    `ending` is the code and reason of a goodbye that is said as soon as there is, and `leaving` that it was.
    """

    transport: str
    address: str
    grant: Grant
    connection: Connection | None = None
    ending: tuple[int, str] | None = None
    leaving: bool = False


class Connections:
    """So many in all, and so many from one address."""

    def __init__(self, most: int, most_per_address: int) -> None:
        self._most, self._most_per_address = most, most_per_address
        self._places: set[Place] = set()
        self._from: Counter[str] = Counter()
        self._goodbyes: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Place]:
        return iter(tuple(self._places))

    @contextmanager
    def enter(self, request: web.Request, transport: str, grant: Grant) -> Iterator[Place]:
        """Take a place until the end of the block; raises `web.HTTPServiceUnavailable` when there is none."""
        place = Place(transport, request.remote or "", grant)
        if len(self._places) >= self._most:
            raise _full(f"All {self._most} connections are in use: see http.max_connections.")
        if self._from[place.address] >= self._most_per_address:
            raise _full(
                f"{place.address} has {self._most_per_address} connections: see http.max_connections_per_address."
            )
        self._places.add(place)
        self._from[place.address] += 1
        try:
            yield place
        finally:
            self._places.discard(place)
            self._from[place.address] -= 1
            if not self._from[place.address]:
                del self._from[place.address]

    def by_transport(self) -> Counter[str]:
        """How many there are of each transport."""
        return Counter(place.transport for place in self._places)

    def end(self, which: Callable[[Place], bool], code: int, reason: str) -> None:
        """Let some go, each as soon as it can hear that."""
        for place in self._places:
            if place.ending is None and which(place):
                place.ending = code, reason
        self._say_goodbyes()

    def expire(self, now: float) -> None:
        """Let those go whose grant ended; to be called every second or so, with the wall seconds."""
        self.end(lambda place: place.grant.is_over(now), AUTHENTICATION_ENDED, "the authentication has expired")

    async def aclose(self, code: int, reason: str) -> None:
        """Let all go, within a second."""
        connections = [place.connection for place in self._places if place.connection is not None]
        await asyncio.gather(*(_say_goodbye(connection, code, reason) for connection in connections))

    def _say_goodbyes(self) -> None:
        for place in self._places:
            if place.ending is not None and place.connection is not None and not place.leaving:
                place.leaving = True
                goodbye = asyncio.create_task(_say_goodbye(place.connection, *place.ending))
                self._goodbyes.add(goodbye)
                goodbye.add_done_callback(self._goodbyes.discard)


async def _say_goodbye(connection: Connection, code: int, reason: str) -> None:
    goodbye = asyncio.create_task(connection.aclose(code, reason))
    await asyncio.wait([goodbye], timeout=GOODBYE_SECONDS)
    if not goodbye.done() or goodbye.cancelled() or goodbye.exception() is not None:
        connection.abort()


def new_socket(largest: int = LARGEST_READ) -> web.WebSocketResponse:
    """A WebSocket as every wire opens it, which is cut at a message of more bytes; still to be prepared."""
    return web.WebSocketResponse(max_msg_size=largest, heartbeat=PING_SECONDS, timeout=GOODBYE_SECONDS)


def _full(text: str) -> web.HTTPServiceUnavailable:
    return web.HTTPServiceUnavailable(text=f"{text}\n", headers={"Retry-After": "15"})
