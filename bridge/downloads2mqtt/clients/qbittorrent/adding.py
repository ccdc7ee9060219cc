"""How something is added to qBittorrent."""

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Any

import msgspec

from downloads2mqtt.clients import _given
from downloads2mqtt.clients._http import Reply
from downloads2mqtt.clients._json import decode
from downloads2mqtt.clients.qbittorrent.orders import Row, category, done, info, order, word
from downloads2mqtt.clients.qbittorrent.session import Session
from downloads2mqtt.command import Add
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import ClientError, RequestError

ARRIVAL_SECONDS = 4.0
# Versions of the Web API.
ADD_FORCED = (2, 11, 4)  # 5.1
ADD_TO_TOP = (2, 9)  # 4.6
ADD_TAGS = (2, 6, 2)  # 4.3.2

log = logging.getLogger("downloads2mqtt.clients.qbittorrent")


class Added(msgspec.Struct):
    """The answer to `torrents/add` since 5.2."""

    added_torrent_ids: list[str] = []


async def add_download(session: Session, add: Add) -> str | None:
    """Add it; its id where that can be known. Raises `RequestError` only when it was not added."""
    hashes, form = await _given.info_hashes(add), _form(add)
    version = await session.api_version()
    if not hashes and (add.priority or 0) > 0 and version < ADD_FORCED:
        raise RequestError("unsupported", "before 5.1 qBittorrent takes no priority for a web address")
    source: dict[str, Any] = {}
    if add.content is not None:
        source["files"] = {"torrents": ("added.torrent", add.content, "application/x-bittorrent")}
    else:
        form["urls"] = add.url or ""
    reply = await session.order("torrents/add", form, **source)
    hash = await _added(session, reply, hashes)
    if hash is not None:
        await _complete(session, add, hash, version)
    return hash and download_id(hash.lower())


def _form(add: Add) -> dict[str, str]:
    """What `torrents/add` shall do, in the words of all versions: each passes over those it does not know."""
    form = {"stopped": word(add.paused), "paused": word(add.paused)}
    if add.category:
        form["category"] = category(add.category)
    if add.tags:
        form["tags"] = ",".join(_given.labels(add.tags))  # a space would become part of the tag in 4.5
    if add.path is not None:
        form |= {"savepath": _given.one_line(add.path, "path"), "autoTMM": "false"}  # which would choose the path
    if _given.priority(add.priority) is not None:
        form["addToTopOfQueue"] = word((add.priority or 0) > 0)
        form["forced"] = word(add.priority == 2 and not add.paused)
    return form


async def _added(session: Session, reply: Reply, hashes: Sequence[str]) -> str | None:
    """The hash of what was added; raises `RequestError` when nothing was."""
    if reply.status == 415:
        raise RequestError("bad_request", "qBittorrent finds that this is no valid .torrent")
    if reply.status == 409 or reply.text == "Fails.":  # until 5.1 with status 200
        if await _present(session, hashes):
            raise RequestError("failed", "qBittorrent already has this download")
        raise RequestError("failed", "qBittorrent did not take it, and does not say why: its log may")
    done("torrents/add", reply)
    told = decode(reply.body, Added, session.http.place) if reply.text.startswith("{") else Added()
    return next(iter(told.added_torrent_ids), None) or await _arrived(session, hashes)


async def _arrived(session: Session, hashes: Sequence[str]) -> str | None:
    """The hash under which it appears; until 5.1 it is added in the background, and some know but one of two hashes."""
    deadline, pause = time.monotonic() + ARRIVAL_SECONDS, 0.02
    while hashes and time.monotonic() < deadline:
        try:
            if found := await _present(session, hashes):
                return found[0].hash
        except (RequestError, ClientError) as error:
            log.warning("what was added could not be looked for: %s", error)
            break
        await asyncio.sleep(pause)
        pause = min(0.5, pause * 2)
    return next(iter(hashes), None)


async def _complete(session: Session, add: Add, hash: str, version: tuple[int, ...]) -> None:
    """What older versions do not take along while adding. It has been added: nothing that fails now makes it fail."""
    try:
        if add.tags and version < ADD_TAGS:
            await order(session, "torrents/addTags", [hash], tags=",".join(_given.labels(add.tags)))
        if (add.priority or 0) > 0 and version < ADD_TO_TOP:
            await order(session, "torrents/topPrio", [hash])
        if add.priority == 2 and not add.paused and version < ADD_FORCED:
            await order(session, "torrents/setForceStart", [hash], value="true")
    except (RequestError, ClientError) as error:
        log.warning("added, but not with all that was wanted: %s", error)


async def _present(session: Session, hashes: Sequence[str]) -> list[Row]:
    return await info(session, hashes) if hashes else []
