"""The info-hash of what shall be added, in lower-case hex: the id it will have, whatever the program answers."""

import base64
import hashlib
import re
from urllib.parse import parse_qs

DEEPEST = 100  # as libtorrent has it

_HEX = re.compile(r"urn:btih:([0-9a-f]{40})", re.IGNORECASE)
_BASE32 = re.compile(r"urn:btih:([a-z2-7]{32})", re.IGNORECASE)
_VERSION_2 = re.compile(r"urn:btmh:1220([0-9a-f]{64})", re.IGNORECASE)


def of_magnet(url: str) -> str | None:
    """The info-hash in a magnet; of one for BitTorrent 2 alone the first 40 digits, as libtorrent shortens it."""
    return next(reversed(all_of_magnet(url)), None)


def of_torrent(content: bytes) -> str | None:
    """The info-hash of a .torrent, shortened as that of a magnet; `None` when the bytes are none."""
    return next(reversed(all_of_torrent(content)), None)


def all_of_magnet(url: str) -> tuple[str, ...]:
    """The info-hashes in a magnet: of BitTorrent 2, by which libtorrent 2 goes when it knows both, then of 1."""
    topics = parse_qs(url.partition("?")[2]).get("xt", [])
    found = (_first(_VERSION_2, topics), _first(_HEX, topics) or _first(_BASE32, topics))
    digits = (base64.b32decode(one.upper()).hex() if len(one) == 32 else one[:40].lower() for one in found if one)
    return tuple(digits)


def all_of_torrent(content: bytes) -> tuple[str, ...]:
    """The info-hashes of a .torrent, in the same order; none when the bytes are no .torrent."""
    try:
        info = _value(content, b"4:info")
        if info is None or not info.startswith(b"d"):
            return ()
        second = _value(info, b"12:meta version") == b"i2e"
        first = not second or _value(info, b"6:pieces") is not None
    except ValueError:
        return ()
    hashes = (hashlib.sha256(info).hexdigest()[:40],) if second else ()
    return (*hashes, hashlib.sha1(info, usedforsecurity=False).hexdigest()) if first else hashes


def _first(pattern: re.Pattern[str], topics: list[str]) -> str | None:
    return next((found[1] for topic in topics if (found := pattern.fullmatch(topic))), None)


def _value(data: bytes, key: bytes) -> bytes | None:
    """What a bencoded dictionary has under a key; raises `ValueError` when it is none."""
    at = 1 if data[:1] == b"d" else len(data)
    while data[at : at + 1] != b"e":
        value = _end(data, at)
        after = _end(data, value)
        if data[at:value] == key:
            return data[value:after]
        at = after
    return None


def _end(data: bytes, at: int) -> int:
    """Where the bencoded value that begins at `at` ends; raises `ValueError` when there is none."""
    depth = 0
    while True:
        kind = data[at : at + 1]
        if kind == b"i":
            at = data.index(b"e", at) + 1
        elif kind in (b"l", b"d"):
            depth, at = depth + 1, at + 1
            if depth > DEEPEST:
                raise ValueError("nested too deep")
        elif kind == b"e" and depth:
            depth, at = depth - 1, at + 1
        else:
            at = _end_of_text(data, at)
        if not depth:
            return at


def _end_of_text(data: bytes, at: int) -> int:
    colon = data.index(b":", at, at + 12)
    if not data[at:colon].isdigit() or (end := colon + 1 + int(data[at:colon])) > len(data):
        raise ValueError("no bencode")
    return end
