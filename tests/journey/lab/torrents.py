"""Torrents of random data, and the encoding they are written in (BEP 3)."""

import hashlib
import os
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import quote

Value: TypeAlias = "int | str | bytes | list[Value] | dict[str, Value]"


@dataclass(frozen=True)
class Torrent:
    """A single file: the .torrent's bytes, its info-hash, and the data itself."""

    name: str
    content: bytes
    info_hash: str
    piece_length: int
    data: bytes = field(repr=False)

    @property
    def pieces(self) -> int:
        """How many pieces it has."""
        return -(-len(self.data) // self.piece_length)


def encode(value: Value) -> bytes:
    """Bencode."""
    match value:
        case int():
            return b"i%de" % value
        case str():
            return encode(value.encode())
        case bytes():
            return b"%d:%s" % (len(value), value)
        case list():
            return b"l%se" % b"".join(encode(item) for item in value)
        case dict():
            return b"d%se" % b"".join(encode(key) + encode(item) for key, item in sorted(value.items()))


def make_torrent(name: str, size: int, *, announce: str, web_seeds: str = "", piece_length: int = 1 << 16) -> Torrent:
    """A torrent of so many random bytes; with `web_seeds`, a web seed below it by info-hash and name."""
    data = os.urandom(size)
    pieces = [hashlib.sha1(data[at : at + piece_length]).digest() for at in range(0, size, piece_length)]
    info: dict[str, Value] = {
        "name": name, "length": size, "piece length": piece_length, "pieces": b"".join(pieces), "private": 1,
    }  # fmt: skip
    identity = hashlib.sha1(encode(info)).hexdigest()
    whole: dict[str, Value] = {"announce": announce, "info": info}
    if web_seeds:
        whole["url-list"] = f"{web_seeds}/{identity}/{quote(name)}"
    return Torrent(name, encode(whole), identity, piece_length, data)


def info_hash(content: bytes) -> str:
    """The info-hash of a .torrent's bytes."""
    start = content.index(b"4:info") + len(b"4:info")
    return hashlib.sha1(content[start : _end(content, start)]).hexdigest()


def _end(data: bytes, at: int) -> int:
    """Where the bencoded value that starts at `at` ends."""
    kind = data[at : at + 1]
    if kind == b"i":
        return data.index(b"e", at) + 1
    if kind in (b"l", b"d"):
        at += 1
        while data[at : at + 1] != b"e":
            at = _end(data, at)
        return at + 1
    colon = data.index(b":", at)
    return colon + 1 + int(data[at:colon])
