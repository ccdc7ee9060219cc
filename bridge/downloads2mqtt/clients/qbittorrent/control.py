"""What qBittorrent is told to do."""

from collections.abc import Sequence
from typing import Final

from downloads2mqtt.clients import _given
from downloads2mqtt.clients.qbittorrent.adding import add_download
from downloads2mqtt.clients.qbittorrent.orders import category, done, info, joined, order, word
from downloads2mqtt.clients.qbittorrent.session import Session
from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.errors import RequestError

KIBIBYTE: Final = 1024
LARGEST_LIMIT: Final = 2**31 - KIBIBYTE
MOST_STEPS = 20_000
# Versions of the Web API.
STOP_AND_START = (2, 11)  # 5.0; before that they are pause and resume
SET_TAGS = (2, 11, 4)  # 5.1
SET_MODE = (2, 8, 14)  # 4.5


async def execute(session: Session, command: Command) -> str | None:
    """Do it, once; the id of what was added where it can be known. Raises `RequestError` or `ClientError`."""
    match command:
        case Add():
            return await add_download(session, command)
        case Remove():
            await order(session, "torrents/delete", command.ids, deleteFiles=word(command.delete_data))
        case Set():
            await _set(session, command)
        case Limits():
            await _limit(session, command)
        case Pause() | Resume():
            await order(session, await _stop_or_start(session, command), command.ids)
        case Recheck():
            await order(session, "torrents/recheck", command.ids)
        case Reannounce():
            await order(session, "torrents/reannounce", command.ids)
    return None


async def _stop_or_start(session: Session, command: Pause | Resume) -> str:
    new = await session.api_version() >= STOP_AND_START
    if isinstance(command, Pause):
        return "torrents/stop" if new else "torrents/pause"
    return "torrents/start" if new else "torrents/resume"


async def _set(session: Session, command: Set) -> None:
    ids = _given.hashes(command.ids)
    name = command.category and category(command.category)
    tags = None if command.tags is None else _given.labels(command.tags)
    priority = _given.priority(command.priority)
    if name is not None:
        await _set_category(session, ids, name)
    if tags is not None:
        await _set_tags(session, ids, tags)
    if command.download_limit is not None:
        await order(session, "torrents/setDownloadLimit", ids, limit=str(min(command.download_limit, LARGEST_LIMIT)))
    if command.upload_limit is not None:
        await order(session, "torrents/setUploadLimit", ids, limit=str(min(command.upload_limit, LARGEST_LIMIT)))
    if priority is not None:
        await _set_priority(session, ids, priority)
    if command.queue_position is not None:
        await _move(session, ids, command.queue_position)


async def _set_category(session: Session, ids: Sequence[str], name: str) -> None:
    form = {"hashes": joined(ids), "category": name}
    reply = await session.order("torrents/setCategory", form)
    if reply.status == 409:  # it does not exist
        done("torrents/createCategory", await session.order("torrents/createCategory", {"category": name}))
        reply = await session.order("torrents/setCategory", form)
    done("torrents/setCategory", reply)


async def _set_tags(session: Session, ids: Sequence[str], tags: Sequence[str]) -> None:
    if await session.api_version() >= SET_TAGS:
        await order(session, "torrents/setTags", ids, tags=",".join(tags))
        return
    rows = await info(session, ids)
    others = {tag for row in rows for part in row.tags.split(",") if (tag := part.strip())}.difference(tags)
    if tags:
        await order(session, "torrents/addTags", ids, tags=",".join(tags))
    if others:  # to remove none is to remove all
        await order(session, "torrents/removeTags", ids, tags=",".join(sorted(others)))


async def _set_priority(session: Session, ids: Sequence[str], priority: int) -> None:
    """2 is a forced start; 1 and -1 are the ends of the queue, where a position is all that qBittorrent knows."""
    if priority == 2:
        await order(session, "torrents/setForceStart", ids, value="true")
        return
    # To force no longer is to start, also what was stopped.
    if forced := [row.hash for row in await info(session, ids) if row.force_start]:
        await order(session, "torrents/setForceStart", forced, value="false")
    if priority:
        await order(session, "torrents/topPrio" if priority > 0 else "torrents/bottomPrio", ids)


async def _move(session: Session, ids: Sequence[str], position: int) -> None:
    """There are but top, bottom and single steps; a torrent named several times goes so many steps."""
    queued = sum(row.priority > 0 for row in await info(session, None))
    steps = min(position, queued) - 1
    if steps * len(ids) > MOST_STEPS:
        raise RequestError(
            "unsupported", f"qBittorrent moves one step at a time, and these would be {steps * len(ids)}"
        )
    await order(session, "torrents/topPrio", ids)
    if steps > 0:
        way = "|".join(hash for hash in ids for _ in range(steps))
        done("torrents/decreasePrio", await session.order("torrents/decreasePrio", {"hashes": way}))


async def _limit(session: Session, command: Limits) -> None:
    """The mode first: limits are those of the mode that it is in."""
    if command.alternative_limits is not None:
        await _set_mode(session, command.alternative_limits)
    for path, limit in (
        ("transfer/setDownloadLimit", command.download_limit),
        ("transfer/setUploadLimit", command.upload_limit),
    ):
        if limit is not None:
            done(path, await session.order(path, {"limit": str(_in_kibibytes(limit))}))


async def _set_mode(session: Session, alternative: bool) -> None:
    if await session.api_version() >= SET_MODE:
        form, path = {"mode": str(int(alternative))}, "transfer/setSpeedLimitsMode"
    else:
        form, path = {}, "transfer/toggleSpeedLimitsMode"
        reply = await session.read("transfer/speedLimitsMode")
        done("transfer/speedLimitsMode", reply)
        if (reply.text == "1") == alternative:
            return
    done(path, await session.order(path, form))


def _in_kibibytes(limit: int) -> int:
    """A limit that qBittorrent, which rounds down to KiB, does not take for none."""
    return min(-(-limit // KIBIBYTE) * KIBIBYTE, LARGEST_LIMIT)
