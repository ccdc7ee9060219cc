"""Answers that nobody reads: a client that asked and then takes nothing would keep its answer in memory for ever."""

import asyncio
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Protocol

SECONDS = 120.0
"""Long, as a slow line shows only now and then that it takes something: the system holds megabytes of its own. Streams
have a shorter patience."""


class Writing(Hashable, Protocol):
    """One connection, whatever it is for."""

    @property
    def transport(self) -> asyncio.Transport | None:
        """Where its answers go; none once it is closed."""


@dataclass(slots=True)
class _Progress:
    unread: int
    at: float


class Stalled:
    """Cuts off who has taken nothing of an answer for a while."""

    def __init__(self) -> None:
        self._of: dict[Writing, _Progress] = {}

    def sweep(self, connections: Iterable[Writing], now: float) -> None:
        """Look through all that are open; to be called every second or so, with monotonic seconds."""
        writing = {one: size for one in connections if (size := _unread(one)) > 0}
        self._of = {one: self._progress(one, size, now) for one, size in writing.items()}
        for one, progress in self._of.items():
            if now - progress.at > SECONDS and one.transport is not None:
                one.transport.abort()

    def _progress(self, one: Writing, unread: int, now: float) -> _Progress:
        """What is written meanwhile, as pings are, is no sign that it reads."""
        before = self._of.get(one)
        taken = before is None or unread < before.unread
        return _Progress(unread, now if before is None or taken else before.at)


def _unread(one: Writing) -> int:
    return 0 if one.transport is None else one.transport.get_write_buffer_size()
