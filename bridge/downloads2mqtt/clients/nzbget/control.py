"""What NZBGet is told to do. Sources: daemon/queue/QueueEditor.cpp and HistoryCoordinator.cpp, 13 to 26."""

import logging
from collections.abc import Iterable, Sequence

from downloads2mqtt.clients import _given
from downloads2mqtt.clients.nzbget.adding import PRIORITIES, add
from downloads2mqtt.clients.nzbget.choice import Choice, category_of, choose, edit, past_entries, queue_of
from downloads2mqtt.clients.nzbget.groups import FORCE, Group, Status
from downloads2mqtt.clients.nzbget.history import Past, past_state
from downloads2mqtt.clients.nzbget.rpc import Rpc
from downloads2mqtt.command import Add, Command, Limits, Pause, Recheck, Remove, Resume, Set
from downloads2mqtt.errors import ClientError, RequestError

KIB = 1024
# It counts in KiB/s, and then in bytes in 32 bits.
LARGEST_LIMIT = (2**31 - 1) // KIB

# What was downloaded whole, so that the work on it can be done again.
PROCESSED_AGAIN = frozenset(
    {"FAILURE/UNPACK", "FAILURE/MOVE", "WARNING/SPACE", "WARNING/PASSWORD", "WARNING/DAMAGED", "WARNING/REPAIRABLE"}
)
RETRY_SINCE = 17

log = logging.getLogger("downloads2mqtt.clients.nzbget")


async def execute(rpc: Rpc, command: Command) -> str | None:
    """Do it, once; the id of what was added. Raises `RequestError` or `ClientError`."""
    match command:
        case Add():
            return await add(rpc, command)
        case Pause(None):
            await _pause_all(rpc)
        case Resume(None):
            await _resume_all(rpc)
        case Pause(ids) if ids is not None:
            await _pause(rpc, await choose(rpc, ids))
        case Resume(ids) if ids is not None:
            await _resume(rpc, await choose(rpc, ids))
        case Recheck(ids):
            await _recheck(rpc, ids)
        case Remove(ids):
            await _remove(rpc, await choose(rpc, ids), delete_data=command.delete_data)
        case Set(ids):
            await _set(rpc, await choose(rpc, ids), command)
        case Limits():
            await _limit(rpc, command)
    return None


# -- pausing and resuming ----------------------------------------------------------------------------------------------


async def _pause_all(rpc: Rpc) -> None:
    """The whole of it, which what is forced passes over."""
    forced = [group for group in await queue_of(rpc) if group.MaxPriority >= FORCE and _pausable(group)]
    await rpc.order(bool, "pausedownload")
    await edit(rpc, "GroupPause", "", _ids(forced), may_be_gone=True)


async def _resume_all(rpc: Rpc) -> None:
    """The whole of it, and each that was paused alone."""
    paused = [group for group in await queue_of(rpc) if group.paused and _pausable(group)]
    await rpc.order(bool, "resumedownload")
    await _let_go_on(rpc, paused)


async def _pause(rpc: Rpc, choice: Choice) -> None:
    groups = [group for group in choice.groups if _pausable(group)]
    if not groups:
        raise RequestError(
            "failed", "NZBGet pauses only what it downloads: not an address that it still fetches, nor what it unpacks"
        )
    await edit(rpc, "GroupPause", "", _ids(groups))


async def _resume(rpc: Rpc, choice: Choice) -> None:
    groups = [group for group in choice.groups if not group.processed]
    failed = [past for past in choice.pasts if past_state(past) == "failed"]
    if not groups and not failed:
        raise RequestError("failed", "there is nothing to resume: NZBGet has downloaded it")
    if any(group.MaxPriority < FORCE for group in groups) and (await rpc.ask(Status, "status")).DownloadPaused:
        raise RequestError("failed", "NZBGet is paused as a whole: resume all of it")
    _check_folders(choice, failed)
    await _let_go_on(rpc, [group for group in groups if _pausable(group)])
    release = await rpc.release()
    await _take_back(rpc, {past.NZBID: _ways_back(past, release) for past in failed}, failed)


async def _let_go_on(rpc: Rpc, groups: Sequence[Group]) -> None:
    """Resume them, but not the par2 files that wait for a need, as NZBGet's own page does."""
    await edit(rpc, "GroupResume", "", _ids(groups), may_be_gone=True)
    try:
        with_par2 = [group for group in groups if group.RemainingParCount > 0]
        await edit(rpc, "GroupPauseExtraPars", "", _ids(with_par2), may_be_gone=True)
    except (RequestError, ClientError) as error:
        log.warning("resumed, with more par2 files than needed: %s", error)


def _pausable(group: Group) -> bool:
    return group.Kind != "URL" and not group.processed


# -- out of the history ------------------------------------------------------------------------------------------------


def _ways_back(past: Past, release: int) -> tuple[str, ...]:
    """How a failed one is tried again, the gentlest first: what was downloaded is used where it can be."""
    if past.Kind == "NZB":
        if past.Status in PROCESSED_AGAIN:
            return "HistoryProcess", "HistoryRedownload"
        if past.FailedArticles > 0 and (past.RetryData or past.RemainingFileCount > 0) and release >= RETRY_SINCE:
            return "HistoryRetryFailed", "HistoryRedownload"  # takes the files along that were never downloaded
        if past.RemainingFileCount > 0:
            return "HistoryReturn", "HistoryRedownload"
    return ("HistoryRedownload",)


async def _take_back(rpc: Rpc, ways: dict[int, tuple[str, ...]], pasts: Sequence[Past]) -> None:
    """Out of the history; NZBGet says yes even if it does not, because files are not there any more."""
    left = list(pasts)
    for turn in range(max(map(len, ways.values()), default=0)):
        for past in left:
            if turn < len(ways[past.NZBID]):
                await edit(rpc, ways[past.NZBID][turn], "", [past.NZBID])
        left = await _left_behind(rpc, left)
        if not left:
            return
    if left:
        raise RequestError("failed", "NZBGet did not take it out of its history: the files for it are gone")


async def _left_behind(rpc: Rpc, pasts: Sequence[Past]) -> list[Past]:
    """Those of them that lie in the history as before."""
    queued = {group.NZBID for group in await queue_of(rpc)}
    if all(past.NZBID in queued for past in pasts):
        return []
    now = {past.NZBID: past for past in await past_entries(rpc)}
    return [past for past in pasts if past.NZBID not in queued and now.get(past.NZBID) == past]


async def _recheck(rpc: Rpc, ids: tuple[str, ...] | None) -> None:
    """Post-process again: verify, repair, unpack, run the scripts."""
    if ids is None:
        raise RequestError("unsupported", "NZBGet processes single downloads again, not all: say which")
    choice = await choose(rpc, ids)
    pasts = [past for past in choice.pasts if past.Kind == "NZB"]
    if not pasts:
        raise RequestError("failed", "NZBGet verifies what it downloads by itself, when all of it is there")
    await _take_back(rpc, {past.NZBID: ("HistoryProcess",) for past in pasts}, pasts)


# -- removing ----------------------------------------------------------------------------------------------------------


async def _remove(rpc: Rpc, choice: Choice, *, delete_data: bool) -> None:
    """For good, so that it can be added again. What is refused is refused before anything is removed.

    What is being worked on would have to be told PostDelete, at which 21.0 crashes while it renames.
    """
    if any(group.processed for group in choice.groups):
        raise RequestError("failed", "NZBGet works on its files: remove it when that is done")
    doomed = [past for past in choice.pasts if _takes_files(past)]
    _check_folders(choice, doomed)
    if not delete_data and any(map(_has_files, doomed)):
        raise RequestError(
            "unsupported", "NZBGet deletes the files of a failed download with it: remove it with delete_data"
        )
    if delete_data and any(past.Kind == "NZB" and not _takes_files(past) for past in choice.pasts):
        raise RequestError(
            "unsupported", "NZBGet does not delete the files of what it has finished: remove it without delete_data"
        )
    await edit(rpc, "GroupFinalDelete", "", _ids(choice.groups))
    await edit(rpc, "HistoryFinalDelete", "", _ids(choice.pasts))


def _takes_files(past: Past) -> bool:
    """Whether NZBGet deletes its folder when it is taken from the history."""
    unusable = past.ParStatus == "FAILURE" or past.UnpackStatus in ("FAILURE", "PASSWORD")
    return past.Kind == "NZB" and (unusable or past.DeleteStatus != "NONE")


def _has_files(past: Past) -> bool:
    """Whether there is something in that folder; what was deleted before has none unless it was parked."""
    return past.DeleteStatus == "NONE" or past.RemainingFileCount > 0


def _check_folders(choice: Choice, pasts: Iterable[Past]) -> None:
    """Nothing whose folder would be deleted, and is another's: without InterDir those of one name share it."""
    if any(map(choice.shares_folder, pasts)):
        raise RequestError("failed", "NZBGet would delete the folder of another download of the same name with it")


# -- setting -----------------------------------------------------------------------------------------------------------


async def _set(rpc: Rpc, choice: Choice, command: Set) -> None:
    priority = _given.priority(command.priority)
    category = None if command.category is None else category_of(command.category)
    if (priority is not None or command.queue_position is not None) and choice.pasts:
        raise RequestError("failed", "only what is in NZBGet's queue has a priority and a place")
    if category is not None and any(group.processed for group in choice.groups):
        raise RequestError("failed", "NZBGet changes no category while it works on the files")
    if category is not None:
        await edit(rpc, "GroupApplyCategory", category, _ids(choice.groups))
        await edit(rpc, "HistorySetCategory", category, _ids(choice.pasts))
    if priority is not None:
        await edit(rpc, "GroupSetPriority", str(PRIORITIES[priority]), _ids(choice.groups))
    if command.queue_position is not None:
        await _move(rpc, choice, command.queue_position)


async def _move(rpc: Rpc, choice: Choice, position: int) -> None:
    """To the top, which keeps their order among each other, and from there down: together, or one after the other."""
    places = {group.NZBID: place for place, group in enumerate(choice.queue)}
    wanted, now = list(choice.order), sorted(choice.order, key=places.__getitem__)
    steps = min(position - 1, len(choice.queue) - len(wanted))
    if len(wanted) > 1 or not steps:
        await edit(rpc, "GroupMoveTop", "", now)
    elif offset := steps - places[wanted[0]]:
        await edit(rpc, "GroupMoveOffset", str(offset), wanted)
    if len(wanted) > 1 and now == wanted and steps:
        await edit(rpc, "GroupMoveOffset", str(steps), wanted)
    if now != wanted:
        await _line_up(rpc, now, wanted, steps)


async def _line_up(rpc: Rpc, top: list[int], wanted: list[int], steps: int) -> None:
    """From the top each goes to the place of the last, so that those before it move up."""
    last = steps + len(wanted) - 1
    for id in wanted:
        if offset := last - top.index(id):
            await edit(rpc, "GroupMoveOffset", str(offset), [id])
        top.remove(id)


async def _limit(rpc: Rpc, command: Limits) -> None:
    """Never rounded down to 0, which is none."""
    if command.download_limit is not None:
        await rpc.order(bool, "rate", min(-(-command.download_limit // KIB), LARGEST_LIMIT))


def _ids(nzbs: Iterable[Group] | Iterable[Past]) -> list[int]:
    return [nzb.NZBID for nzb in nzbs]
