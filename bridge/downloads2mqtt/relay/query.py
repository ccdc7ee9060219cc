"""What a reader wants, as the query of an address says it."""

import re
from collections.abc import Mapping
from typing import Protocol

import msgspec

from downloads2mqtt.contract.frames import Subscribe
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.access import refusals
from downloads2mqtt.relay.hub.channel import Filter, filter_of
from downloads2mqtt.relay.hub.scope import Scope

_NAMES = ("clients", "ids", "states", "categories")
_NUMBER = re.compile(r"\d{1,18}")


class Query(Protocol):
    """Values by name, of which there may be several."""

    def getall(self, key: str, default: list[str]) -> list[str]: ...


def subscription(query: Query) -> Subscribe:
    """`?clients=a,b&states=paused`, or a name several times; without one, nothing narrows. Raises `RequestError`."""
    wanted = {}
    for name in _NAMES:
        said = query.getall(name, [])
        values = [value for text in said for value in text.split(",") if value]
        if said:
            wanted[name] = values
    try:
        return msgspec.convert(wanted, Subscribe)
    except msgspec.ValidationError as error:
        raise RequestError("bad_request", str(error)) from None


def wanted(query: Query, scope: Scope) -> Filter:
    """What a reader of this scope shall get; raises a refusal (400) for what makes no sense."""
    try:
        return filter_of(subscription(query), scope)
    except RequestError as error:
        raise refusals.bad_request(error.message) from None


def position(query: Mapping[str, str]) -> tuple[str, int] | None:
    """Where a reader that returns left off, by `?epoch=…&seq=…`."""
    return _position(query.get("epoch", ""), query.get("seq", ""))


def last_event(headers: Mapping[str, str], query: Mapping[str, str]) -> tuple[str, int] | None:
    """Where a reader of events left off, by `Last-Event-ID`, or `?last_event_id=` from those that set no headers."""
    epoch, _, seq = (headers.get("Last-Event-ID") or query.get("last_event_id", "")).rpartition(":")
    return _position(epoch, seq)


def _position(epoch: str, seq: str) -> tuple[str, int] | None:
    """What makes no sense is as good as nothing: the reader gets a snapshot."""
    return (epoch, int(seq)) if epoch and _NUMBER.fullmatch(seq) else None
