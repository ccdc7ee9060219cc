"""What SABnzbd is told to do. Source of what its answers are worth: sabnzbd/{api,nzbqueue,postproc}.py."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from typing import Final

from downloads2mqtt.clients import _given
from downloads2mqtt.clients.sabnzbd.adding import add_job, category
from downloads2mqtt.clients.sabnzbd.api import Answer, Api
from downloads2mqtt.clients.sabnzbd.finding import PastRow, find_jobs, find_past, find_queued, ids_of, joined
from downloads2mqtt.clients.sabnzbd.jobs import NO_LIMIT, QueueSlot, warning
from downloads2mqtt.command import Add, Command, Limits, Pause, Remove, Resume, Set
from downloads2mqtt.errors import RequestError

KIB: Final = 1024
# A post-processing that is cancelled goes on until its step is over, or the program that does the step is killed.
FAREWELL_SECONDS: Final = 8.0


async def execute(api: Api, command: Command) -> str | None:
    """Do it, once; the id of what was added. Raises `RequestError` or `ClientError`."""
    match command:
        case Add():
            return await add_job(api, command)
        case Pause():
            await _pause(api, command.ids)
        case Resume():
            await _resume(api, command.ids)
        case Remove():
            await _remove(api, ids_of(command.ids), command.delete_data)
        case Set():
            await _set(api, command)
        case Limits():
            await _limit(api, command)
    return None


async def _pause(api: Api, ids: Sequence[str] | None) -> None:
    """The queue's jobs, or the queue as a whole. Nothing pauses what is forced, so that is forced no longer."""
    if ids is None:
        await api.order(Answer, "pause")
        await _force_no_longer(api, await find_queued(api))
        return
    found = await find_jobs(api, ids)
    if not found.queue:
        raise RequestError("failed", "SABnzbd pauses only what is in its queue, no post-processing and no history")
    await _force_no_longer(api, found.queue.values())
    await _order(api, "pause", found.queue)


async def _force_no_longer(api: Api, slots: Iterable[QueueSlot]) -> None:
    await _order(api, "priority", (slot.nzo_id for slot in slots if slot.forced), value2="1")


async def _resume(api: Api, ids: Sequence[str] | None) -> None:
    """All is the queue as a whole, and those paused one by one, but for what SABnzbd itself holds back for a reason."""
    if ids is None:
        await api.order(Answer, "resume")
        slots = await find_queued(api)
        await _order(api, "resume", (slot.nzo_id for slot in slots if _held(slot) and not warning(slot.labels)))
        return
    found = await find_jobs(api, ids)
    failed = [row for row in found.past.values() if row.failed]
    if not found.queue and not failed:
        raise RequestError("failed", "SABnzbd resumes only what is in its queue, and tries again only what has failed")
    await _order(api, "resume", found.queue)
    for row in failed:
        if row.retry:
            await api.order(Answer, "retry", value=row.nzo_id)
    if not all(row.retry for row in failed):
        raise RequestError("failed", "SABnzbd cannot try it again: what it needs for that is deleted")
    if found.paused and (failed or not all(slot.forced for slot in found.queue.values())):
        raise RequestError("failed", "it would go on, but SABnzbd as a whole is paused: resume all of it")


async def _order(api: Api, name: str, ids: Iterable[str], **fields: str) -> None:
    """An order to jobs of the queue; none when there are no jobs."""
    if value := joined(ids):
        await api.order(Answer, "queue", name=name, value=value, **fields)


def _held(slot: QueueSlot) -> bool:
    return slot.status == "Paused"


# -- removing ----------------------------------------------------------------------------------------------------------


async def _remove(api: Api, ids: Sequence[str], delete_data: bool) -> None:
    """From the queue at once; what has left it is looked for until it is gone, for it may be on its way."""
    found = await find_jobs(api, ids)
    if delete_data:
        _check_deletable(found.past.values())
    await _order(api, "delete", found.queue, del_files=str(int(delete_data)))
    deadline, pause, cancelled = time.monotonic() + FAREWELL_SECONDS, 0.02, set[str]()
    while rows := await find_past(api, ids):
        if time.monotonic() > deadline:
            raise RequestError("failed", "SABnzbd is still stopping its post-processing: remove it again in a moment")
        if delete_data:
            _check_deletable(rows.values())
        if settled := [row.nzo_id for row in rows.values() if row.removable]:
            await api.order(Answer, "history", **_deletion(settled, delete_data))
        for id in [row.nzo_id for row in rows.values() if not row.removable and row.nzo_id not in cancelled]:
            cancelled.add(id)
            await _cancel(api, id)
        await asyncio.sleep(pause)
        pause = min(0.5, pause * 2)


def _check_deletable(rows: Iterable[PastRow]) -> None:
    if any(row.status == "Completed" for row in rows):
        raise RequestError(
            "unsupported", "SABnzbd deletes no files of what it has completed: remove it without delete_data"
        )


def _deletion(ids: Sequence[str], delete_data: bool) -> dict[str, str]:
    """With data for good; else as SABnzbd's own page removes, which since 4.3 is to put it into the archive."""
    fields = {"name": "delete", "value": joined(ids), "del_files": str(int(delete_data))}
    return fields | {"archive": "0"} if delete_data else fields


async def _cancel(api: Api, id: str) -> None:
    """Since 4.3 it finds but the first job of those that wait or are worked on; another one ends by itself."""
    try:
        await api.order(Answer, "cancel_pp", value=id)
    except RequestError:
        return


# -- setting -----------------------------------------------------------------------------------------------------------


async def _set(api: Api, command: Set) -> None:
    priority = _given.priority(command.priority)
    wanted = None if command.category is None else await category(api, command.category)
    found = await find_jobs(api, command.ids)
    if not found.queue:
        raise RequestError("failed", "SABnzbd changes nothing of what has left its queue")
    if wanted is not None:
        await api.order(Answer, "change_cat", value=joined(found.queue), value2=wanted)
    if priority is not None:
        await _order(api, "priority", found.queue, value2=str(priority))
    if priority != 2 and (wanted is not None or priority is not None):
        # Whatever changes the priority, a category too, lets it go on.
        await _order(api, "pause", (slot.nzo_id for slot in found.queue.values() if _held(slot)))
    if command.queue_position is not None:
        await _move(api, [id for id in ids_of(command.ids) if id in found.queue], command.queue_position)


async def _move(api: Api, ids: Sequence[str], position: int) -> None:
    """The first to its place among the others, each of the rest behind the one before it."""
    order = [slot.nzo_id for slot in await find_queued(api)]
    ids = [id for id in ids if id in order]
    others = [id for id in order if id not in ids]
    before = others[min(position, len(others) + 1) - 2] if position > 1 and others else None
    for id in ids:
        place = order.index(id)
        order.remove(id)
        target = 0 if before is None else order.index(before) + 1
        order.insert(target, id)
        if target != place:
            await api.order(Answer, "switch", value=id, value2=str(target))
        before = id


async def _limit(api: Api, command: Limits) -> None:
    """In whole KiB/s: up to 100 without a letter it is percent. It lasts until SABnzbd is restarted."""
    if command.download_limit is not None:
        limit = min(command.download_limit or NO_LIMIT, NO_LIMIT)
        await api.order(Answer, "config", name="speedlimit", value=f"{-(-limit // KIB)}K")
