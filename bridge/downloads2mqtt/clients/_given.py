"""What a request gives for a client, checked before any of it is sent. All raise `RequestError`."""

import asyncio
import re
from collections.abc import Iterable

from downloads2mqtt.clients import _infohash
from downloads2mqtt.command import Add
from downloads2mqtt.errors import RequestError

LARGEST_TORRENT = 16 << 20
PRIORITIES = (-1, 0, 1, 2)

# Anything but an address of the web could be the name of a file where the program runs.
_WEB = re.compile(r"https?://[^\s/?#][^\s]*", re.IGNORECASE)
_NOT_IN_LINES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_HASH = re.compile(r"[0-9A-Fa-f]{40}")


async def info_hashes(add: Add) -> tuple[str, ...]:
    """The info-hashes of what shall be added, of BitTorrent 2 before 1; none for a web address."""
    if add.content is not None:
        # A hostile one of 12 MB takes a second and a half to read.
        return await asyncio.to_thread(_of_torrent, add.content)
    if add.source == "http":
        web_address(add.url or "")
        return ()
    url = one_line(add.url or "", "url")
    hashes = _infohash.all_of_magnet(url)
    if not hashes or " " in url:
        raise RequestError("bad_request", "this magnet holds no info-hash, or a space")
    return hashes


def _of_torrent(content: bytes) -> tuple[str, ...]:
    if len(content) > LARGEST_TORRENT:
        raise RequestError("bad_request", f"a .torrent must not be larger than {LARGEST_TORRENT >> 20} MB")
    hashes = _infohash.all_of_torrent(content)
    if not hashes:
        raise RequestError("bad_request", "the content is no .torrent")
    return hashes


def web_address(url: str) -> str:
    """`url`, if it is one of the web in one line."""
    if not _WEB.fullmatch(one_line(url, "url")):
        raise RequestError("bad_request", "url must be a magnet or an address that begins with http:// or https://")
    return url


def one_line(text: str, name: str) -> str:
    """`text`, if it is one line that can be sent."""
    if _NOT_IN_LINES.search(text):
        raise RequestError("bad_request", f"{name} must be one line without control characters")
    return text


def labels(texts: Iterable[str], name: str = "tags") -> tuple[str, ...]:
    """Each of them once, without white space around it; programs list them with commas."""
    found = tuple(dict.fromkeys(one_line(text, name).strip() for text in texts))
    if any(not text or "," in text for text in found):
        raise RequestError("bad_request", f"{name} must not be empty or hold a comma")
    return found


def priority(number: int | None) -> int | None:
    """One of -1, 0, 1 and 2, or none."""
    if number is not None and number not in PRIORITIES:
        raise RequestError("bad_request", "priority must be -1, 0, 1 or 2")
    return number


def hashes(ids: Iterable[str]) -> list[str]:
    """Ids that are info-hashes and no word such as `all`."""
    found = list(dict.fromkeys(ids))
    if not found or not all(map(_HASH.fullmatch, found)):
        raise RequestError("not_found", "downloads are named by info-hash here, and one of these ids is none")
    return found
