"""The info-hash of what shall be added, in lower-case hex: the id it will have, whatever the program answers."""

import base64
import hashlib
import re
from collections.abc import Iterator
from urllib.parse import parse_qs

# As libtorrent has them.
DEEPEST = 100
MOST_PARTS = 3_000_000

MOST_KEYS = 1000

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
        start = next(value for key, value in _entries(content, 0) if key in (b"4:info", b""))
        *inside, (_, end) = _entries(content, start)
    except ValueError:
        return ()
    info, keys = content[start:end], dict(inside)
    second = b"12:meta version" in keys and content.startswith(b"i2e", keys[b"12:meta version"])
    hashes = (hashlib.sha256(info).hexdigest()[:40],) if second else ()
    if second and b"6:pieces" not in keys:
        return hashes
    return (*hashes, hashlib.sha1(info, usedforsecurity=False).hexdigest())


def _first(pattern: re.Pattern[str], topics: list[str]) -> str | None:
    return next((found[1] for topic in topics if (found := pattern.fullmatch(topic))), None)


def _entries(data: bytes, at: int) -> Iterator[tuple[bytes, int]]:
    """Key and begin of the value of each entry of the bencoded dictionary at `at`, and last of all no key and its end.

    Raises `ValueError`.
    """
    if data[at : at + 1] != b"d":
        raise ValueError("no dictionary")
    at += 1
    for _ in range(MOST_KEYS):
        if data[at : at + 1] == b"e":
            yield b"", at + 1
            return
        value = _end(data, at)
        yield data[at:value], value
        at = _end(data, value)
    raise ValueError("too many keys")


def _end(data: bytes, at: int) -> int:
    """Where the bencoded value that begins at `at` ends; raises `ValueError` when there is none."""
    depth = 0
    for _ in range(MOST_PARTS):
        kind = data[at : at + 1]
        if kind == b"i":
            at = data.index(b"e", at) + 1
        elif kind in (b"l", b"d"):
            depth, at = depth + 1, at + 1
            if depth > DEEPEST:
                break
        elif kind == b"e" and depth:
            depth, at = depth - 1, at + 1
        else:
            at = _end_of_text(data, at)
        if not depth:
            return at
    raise ValueError("nested too deep, or of too many parts")


def _end_of_text(data: bytes, at: int) -> int:
    colon = data.index(b":", at, at + 12)
    if not data[at:colon].isdigit() or (end := colon + 1 + int(data[at:colon])) > len(data):
        raise ValueError("no bencode")
    return end
