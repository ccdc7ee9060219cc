"""Whole lists, of which hardly anything changed since last time: what is known of an unchanged row is used again."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

import msgspec

from downloads2mqtt.contract.download import Download

T = TypeVar("T")
C = TypeVar("C", bound=Hashable)


class Rows(Generic[T, C]):
    """Makes something of every row of a list, and of a row only once for as long as its bytes stay the same.

    `make` is given the row's bytes and the context it depends on beside them. Of the bytes only a hash is kept.
    """

    def __init__(self, make: Callable[[bytes, C], T]) -> None:
        self._make = make
        self._made: dict[int, T] = {}

    def read(self, rows: Iterable[msgspec.Raw], context: C, *, whole: bool = True) -> list[T]:
        """What is made of `rows`, in their order; `whole` says that there are no others, so those are forgotten."""
        made = {} if whole else self._made.copy()
        told = []
        for row in rows:
            body = bytes(row)
            key = hash((body, context))
            thing = self._made.get(key)
            if thing is None:
                thing = self._make(body, context)
            made[key] = thing
            told.append(thing)
        self._made = made
        return told


def same(before: Mapping[str, Download], now: Iterable[Download]) -> dict[str, Download]:
    """`now` by id, with the very objects of `before` where nothing of them changed."""
    downloads = {}
    for download in now:
        old = before.get(download.id)
        downloads[download.id] = old if old is not None and old == download else download
    return downloads
