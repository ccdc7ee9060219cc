"""Reads what download clients call JSON, and the numbers, times and words in it."""

import json
import math
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from downloads2mqtt.errors import ClientAnswerError

T = TypeVar("T")

_EARLIEST = 100_000_000
_NEVER = 2**32 - 1
_YEAR = 365 * 86_400


def decode(body: bytes, type: type[T], place: str) -> T:
    """`body` as `type`; raises `ClientAnswerError` with one clear sentence.

    Falls back to a lenient reader, since Transmission sends broken UTF-8 (transmission#8295) and others control
    characters in names or NaN: bad bytes become U+FFFD, numbers that are none become null.
    """
    try:
        return msgspec.json.decode(body, type=type, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _convert(_lenient(body, place), type, place)


def _lenient(body: bytes, place: str) -> Any:
    text = body.decode("utf-8", "replace").lstrip("\ufeff").lstrip()
    if not text:
        raise ClientAnswerError(f"{place} sent an empty answer")
    if text.startswith("<"):
        raise ClientAnswerError(
            f"{place} sent a web page instead of data: the url or its base path is wrong, or a login page stands before it"
        )
    try:
        return _DECODER.raw_decode(text)[0]
    except (ValueError, RecursionError) as error:
        raise ClientAnswerError(f"{place} sent an answer that is not, or not whole, JSON") from error


_DECODER = json.JSONDecoder(
    strict=False,
    parse_constant=lambda _: None,
    parse_float=lambda text: number if math.isfinite(number := float(text)) else None,
)


def _convert(value: Any, type: type[T], place: str) -> T:
    try:
        return msgspec.convert(value, type, strict=False)
    except msgspec.ValidationError as error:
        raise ClientAnswerError(f"{place} sent an answer that makes no sense: {error}") from error


def when(seconds: float | None) -> str | None:
    """A client's unix time as ISO 8601 in UTC; `None` for its many words for "never" (0, -1, 2^32-1, …)."""
    if seconds is None or not _EARLIEST <= seconds < _NEVER:
        return None
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_left(eta: float | None) -> int | None:
    """An ETA in whole seconds; `None` when negative or over a year, qBittorrent's 8640000 among them."""
    if eta is None or eta < 0 or eta == 8_640_000 or eta > _YEAR:
        return None
    return int(eta)


def percent(done: float | None, whole: float | None = 1.0) -> float | None:
    """`done` of `whole` in percent, one decimal, rounded down so that 100 means all of it."""
    if done is None or not whole or whole < 0:
        return None
    return max(0.0, min(100.0, math.floor(done * 1000 / whole) / 10))


def count(number: int | None) -> int | None:
    """A number of things; `None` when negative."""
    return number if number is not None and number >= 0 else None


def limit(bytes_per_second: int | None) -> int | None:
    """A speed limit; `None` when there is none (0 or negative)."""
    return bytes_per_second if bytes_per_second is not None and bytes_per_second > 0 else None
