"""Connections that have not asked for anything yet, and are not waited for long."""

from collections.abc import Hashable, Iterable
from typing import Protocol

from aiohttp import web

SECONDS = 15.0


class Closable(Hashable, Protocol):
    """One connection, whatever it is for."""

    def force_close(self) -> None:
        """Cut off."""


class Newcomers:
    """Lets go of who does not say what it wants; of who did once, the server does so itself."""

    def __init__(self) -> None:
        self._since: dict[Hashable, float] = {}
        self._asked: set[Hashable] = set()

    def note(self, request: web.Request) -> None:
        """Somebody asked."""
        self._asked.add(request.protocol)

    def sweep(self, connections: Iterable[Closable], now: float) -> None:
        """Look through all that are open; to be called every second or so, with monotonic seconds."""
        every = set(connections)
        self._asked &= every
        self._since = {one: self._since.get(one, now) for one in every - self._asked}
        for one in every - self._asked:
            if now - self._since[one] > SECONDS:
                one.force_close()
