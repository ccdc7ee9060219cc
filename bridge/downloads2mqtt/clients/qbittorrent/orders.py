"""What is common to all that qBittorrent is told: torrents by hash, and its refusals."""

from collections.abc import Sequence

import msgspec

from downloads2mqtt.clients import _given
from downloads2mqtt.clients._http import Reply
from downloads2mqtt.clients._json import decode, harmless
from downloads2mqtt.clients.qbittorrent.session import Session
from downloads2mqtt.errors import RequestError

MOST_HASHES = 100  # that fit into a url


class Row(msgspec.Struct):
    """What `torrents/info` tells of a torrent, as far as it is needed here."""

    hash: str
    tags: str = ""
    force_start: bool = False
    priority: int = 0


async def order(session: Session, path: str, ids: Sequence[str] | None, **form: str) -> None:
    """Tell it something of these torrents, or of all."""
    done(path, await session.order(path, {"hashes": joined(ids), **form}))


def joined(ids: Sequence[str] | None) -> str:
    """Hashes as a form has them."""
    return "all" if ids is None else "|".join(_given.hashes(ids))


def done(path: str, reply: Reply) -> None:
    """Raise unless it did."""
    if 200 <= reply.status < 300:
        return
    if reply.status == 404:
        raise RequestError("unsupported", f"this version of qBittorrent does not know {path}")
    if reply.status == 409 and path.endswith("Prio"):
        raise RequestError("failed", "qBittorrent has no queue: enable torrent queueing in its options, BitTorrent")
    said = "" if reply.text.startswith("<") else harmless(reply.text)
    raise RequestError("failed", f"qBittorrent refuses {path}: {said or f'HTTP status {reply.status}'}")


async def info(session: Session, hashes: Sequence[str] | None) -> list[Row]:
    """What it tells of these, or of all."""
    few = hashes is not None and len(hashes) <= MOST_HASHES
    reply = await session.read("torrents/info", {"hashes": "|".join(hashes or ())} if few else None)
    done("torrents/info", reply)
    rows = decode(reply.body, list[Row], session.http.place)
    return rows if hashes is None else [row for row in rows if row.hash in set(hashes)]


def word(value: bool) -> str:
    """As a form has it."""
    return "true" if value else "false"


def category(name: str) -> str:
    """A name that qBittorrent takes for a category; while adding it would leave another one out without a word."""
    if "\\" in _given.one_line(name, "category") or "//" in name or name != name.strip("/"):
        raise RequestError("bad_request", "category must hold no \\ and a / between two names only")
    return name
