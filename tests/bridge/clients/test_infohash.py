"""The info-hash of magnets and torrents, whole, broken and hostile."""

import asyncio
import base64
import hashlib

import pytest

from downloads2mqtt.clients import _given
from downloads2mqtt.clients._infohash import of_magnet, of_torrent
from downloads2mqtt.command import Add
from tests.journey.lab.torrents import Value, encode, make_torrent

HASH = "b3d02b75eae1d5fa6c426e3030e62a19a87618be"
BASE32 = base64.b32encode(bytes.fromhex(HASH)).decode()
TORRENT = make_torrent("iso", 70_000, announce="http://127.0.0.1:1/announce", web_seeds="http://127.0.0.1:1")


@pytest.mark.parametrize(
    ("magnet", "hash"),
    [
        (f"magnet:?xt=urn:btih:{HASH}", HASH),
        (f"magnet:?dn=x&xt=urn:btih:{HASH.upper()}&tr=http%3A%2F%2Ft", HASH),
        (f"magnet:?xt=urn:btih:{BASE32}", HASH),
        (f"magnet:?xt=urn:btih:{BASE32.lower()}", HASH),
        (f"magnet:?xt=urn%3Abtih%3A{HASH}", HASH),
        (f"magnet:?xt=urn:btmh:1220{'ab' * 32}", "ab" * 20),
        (f"magnet:?xt=urn:btmh:1220{'ab' * 32}&xt=urn:btih:{HASH}", HASH),
        ("magnet:?xt=urn:btih:short", None),
        (f"magnet:?xt=urn:btih:{HASH}00", None),
        ("magnet:?xt=urn:sha1:YNCKHTQCWBTRNJIV4WNAE52SJUQCZO5C", None),
        ("magnet:", None),
        ("magnet://[::?xt=", None),
    ],
)
def test_of_a_magnet(magnet: str, hash: str | None) -> None:
    assert of_magnet(magnet) == hash


def test_of_a_torrent() -> None:
    assert of_torrent(TORRENT.content) == TORRENT.info_hash


def test_only_the_info_of_the_torrent_itself_counts() -> None:
    info: dict[str, Value] = {"name": "a", "piece length": 1, "length": 1, "pieces": b"4:infode"}
    content = encode({"a": {"info": {"name": "wrong"}}, "info": info, "z": [1, [b"x"]]})
    assert of_torrent(content) == hashlib.sha1(encode(info)).hexdigest()


@pytest.mark.parametrize(
    "content",
    [b"", b"d", b"de", b"i5e", b"le", b"<html>", b"d4:infoi5ee", b"d4:infod", b"d-1:ae", b"d99999999999:ae",
     b"d" + b"l" * 100_000, b"d" + b"d" * 100_000, b"d4:info" + b"9" * 5000, TORRENT.content[:100]],
    ids=range(14),
)  # fmt: skip
def test_of_what_is_none(content: bytes) -> None:
    assert of_torrent(content) is None


async def test_a_hostile_torrent_does_not_hold_the_event_loop() -> None:
    """Three million parts take a second to read."""
    content = b"d4:infod1:al" + b"i1e" * 1_000_000 + b"eee"
    reading = asyncio.create_task(_given.info_hashes(Add(content=content)))
    breaths = 0
    while not reading.done():
        await asyncio.sleep(0.001)
        breaths += 1
    assert breaths > 5
    assert await reading
