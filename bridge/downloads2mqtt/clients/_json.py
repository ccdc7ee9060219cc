"""Reads what download clients call JSON, and the numbers, times and words in it."""

import json
import math
import re
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from downloads2mqtt.errors import ClientAnswerError

T = TypeVar("T")

_EARLIEST = 100_000_000
_NEVER = 2**32 - 1
_YEAR = 365 * 86_400
_LARGEST = 2**63 - 1
_LONGEST = 500

_URL = re.compile(r"\b([a-z][a-z0-9+.-]*)://(?:[^\s/?#\"'<>]*@)?([^\s/?#\"'<>@]*)[^\s\"'<>]*", re.IGNORECASE)
_MAGNET = re.compile(r"magnet:\S*", re.IGNORECASE)
_KEY = re.compile(r"\b(passkey|pass|password|api_?key|token|auth\w*|key|uid|secret)=[^\s&\"'<>()]+", re.IGNORECASE)
_LONG_HEX = re.compile(r"\b[0-9a-f]{32,}\b", re.IGNORECASE)


def decode(body: bytes, type: type[T], place: str) -> T:
    """`body` as `type`; raises `ClientAnswerError` with one clear sentence.

    Falls back to a lenient reader, since Transmission sends broken UTF-8 (transmission#8295) and others control
    characters in names or NaN: bad bytes become U+FFFD, numbers that are none become null.
    """
    try:
        return msgspec.json.decode(body, type=type, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _decode_clean(_lenient(body, place), type, place)


def convert(value: Any, type: type[T], place: str) -> T:
    """What was decoded to plain dicts and lists as `type`; raises `ClientAnswerError` with one clear sentence."""
    try:
        return msgspec.convert(value, type, strict=False)
    except msgspec.ValidationError as error:
        raise ClientAnswerError(f"{place} sent an answer that makes no sense: {error}") from error


def _lenient(body: bytes, place: str) -> Any:
    text = body.decode("utf-8", "replace").lstrip("\ufeff").lstrip()
    if not text:
        raise ClientAnswerError(f"{place} sent an empty answer")
    if text.startswith("<"):
        raise ClientAnswerError(
            f"{place} sent a web page instead of data: the url or its base path is wrong, "
            "or a login page stands before it"
        )
    try:
        return _DECODER.raw_decode(text)[0]
    except (ValueError, RecursionError) as error:
        raise ClientAnswerError(f"{place} sent an answer that is not, or not whole, JSON") from error


def _decode_clean(value: Any, type: type[T], place: str) -> T:
    # Written out once more: half a surrogate pair (from "\\ud800") would otherwise break whoever encodes it next.
    clean = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    try:
        return msgspec.json.decode(clean, type=type, strict=False)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ClientAnswerError(f"{place} sent an answer that makes no sense: {error}") from error


_DECODER = json.JSONDecoder(
    strict=False,
    parse_constant=lambda _: None,
    parse_float=lambda text: number if math.isfinite(number := float(text)) else None,
)


def when(seconds: float | None) -> str | None:
    """A client's unix time as ISO 8601 in UTC; `None` for its many words for "never" (0, -1, 2^32-1, …)."""
    if seconds is None or not _EARLIEST <= seconds < _NEVER:
        return None
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_left(eta: float | None) -> int | None:
    """An ETA in whole seconds; `None` when negative or over a year, qBittorrent's 8640000 among them."""
    if eta is None or not 0 <= eta <= _YEAR or eta == 8_640_000:
        return None
    return int(eta)


def percent(done: float | None, whole: float | None = 1.0) -> float | None:
    """`done` of `whole` in percent, one decimal, rounded down so that 100 means all of it."""
    if done is None or whole is None or not (abs(done) <= _LARGEST and 0 < whole <= _LARGEST):
        return None
    return max(0.0, min(100.0, math.floor(done * 1000 / whole) / 10))


def count(number: float | None) -> int | None:
    """A number of things; `None` when negative or beyond 64 bits."""
    return int(number) if number is not None and 0 <= number <= _LARGEST else None


def limit(bytes_per_second: float | None) -> int | None:
    """A speed limit; `None` when there is none (0 or negative)."""
    return count(bytes_per_second) or None


def ratio(number: float | None) -> float | None:
    """Uploaded by downloaded, three decimals; `None` when negative, a client's word for "infinite" or "none"."""
    return round(number, 3) if number is not None and 0 <= number <= _LARGEST else None


def harmless(text: str) -> str:
    """A client's message to a person, of URLs only scheme and host: tracker messages carry pass keys."""
    text = _MAGNET.sub("magnet:…", _URL.sub(r"\1://\2", " ".join(text.split())))
    text = _LONG_HEX.sub("…", _KEY.sub("…", text))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
