"""The connections that stay open: how many, from where, and how they are let go."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from downloads2mqtt.relay.scope import Grant

GOODBYE_SECONDS = 0.7


class Connection(Protocol):
    """One reader's connection."""

    async def aclose(self, code: int, reason: str) -> None:
        """Say goodbye with a WebSocket's close code, or what comes nearest."""

    def abort(self) -> None:
        """Cut off."""


@dataclass(eq=False, slots=True)
class Place:
    """One of the places for connections; `connection` is set once there is something to say goodbye to."""

    transport: str
    address: str
    grant: Grant
    connection: Connection | None = None


class Connections:
    """So many in all, and so many from one address."""

    def __init__(self, most: int, most_per_address: int) -> None:
        self._most, self._most_per_address = most, most_per_address
        self._places: set[Place] = set()

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
        if sum(other.address == place.address for other in self._places) >= self._most_per_address:
            raise _full(
                f"{place.address} has {self._most_per_address} connections: see http.max_connections_per_address."
            )
        self._places.add(place)
        try:
            yield place
        finally:
            self._places.discard(place)

    def by_transport(self) -> Counter[str]:
        """How many there are of each transport."""
        return Counter(place.transport for place in self._places)

    async def aclose(self, code: int, reason: str) -> None:
        """Let all go, within a second."""
        connections = [place.connection for place in self._places if place.connection is not None]
        goodbyes = [asyncio.create_task(connection.aclose(code, reason)) for connection in connections]
        if goodbyes:
            _, late = await asyncio.wait(goodbyes, timeout=GOODBYE_SECONDS)
            for connection, goodbye in zip(connections, goodbyes, strict=True):
                if goodbye in late:
                    connection.abort()


def _full(text: str) -> web.HTTPServiceUnavailable:
    return web.HTTPServiceUnavailable(text=f"{text}\n", headers={"Retry-After": "15"})
