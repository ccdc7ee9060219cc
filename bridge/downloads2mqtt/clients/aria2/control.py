"""What aria2 is told to do."""

import asyncio
import base64
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from downloads2mqtt.clients import _given
from downloads2mqtt.clients._jsonrpc import Fault
from downloads2mqtt.clients.aria2.chains import Chain
from downloads2mqtt.clients.aria2.download import LIVE, File
from downloads2mqtt.clients.aria2.rpc import Call, Rpc
from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import RequestError

STATUS_KEYS: Final = ["gid", "status", "infoHash", "followedBy", "files"]
# A torrent tells its trackers before it stops; who does not come to an end in this time is stopped without.
FAREWELL_SECONDS: Final = 3.0
STEP_SECONDS: Final = 0.1


class Status(msgspec.Struct, rename="camel", frozen=True):
    """What a download is doing at this moment."""

    gid: str
    status: str
    info_hash: str | None = None
    followed_by: tuple[str, ...] = ()
    files: list[File] = []


async def execute(rpc: Rpc, command: Command, chains: Mapping[str, Chain]) -> str | None:
    """Do it, once; the id of what was added. `chains` are those of the last poll."""
    match command:
        case Add():
            return await _add(rpc, command, chains)
        case Limits():
            changes = _limits("max-overall-{}-limit", command.download_limit, command.upload_limit)
            await rpc.must(Call("aria2.changeGlobalOption", (changes,)))
        case Pause(None):
            await rpc.must(Call("aria2.pauseAll"))
        case Resume(None):
            await rpc.must(Call("aria2.unpauseAll"))
        case Remove():
            await _remove(rpc, command, chains)
        case _:
            await _change(rpc, command, await _now(rpc, command, chains))
    return None


async def _now(
    rpc: Rpc, command: Pause | Resume | Recheck | Reannounce | Set, chains: Mapping[str, Chain]
) -> list[Status]:
    chosen = list(chains.values()) if command.ids is None else _chosen(command.ids, chains)
    return await _statuses(rpc, [chain.row.gid for chain in chosen])


async def _change(rpc: Rpc, command: Command, now: list[Status]) -> None:
    live = [status for status in now if status.status in LIVE]
    match command:
        case Pause():
            await _all(rpc, "aria2.pause", (status.gid for status in live if status.status != "paused"))
        case Resume():
            await _all(rpc, "aria2.unpause", (status.gid for status in live if status.status == "paused"))
            for status in now:
                if status.status == "error":
                    await _again(rpc, status)
        case Recheck():
            await _recheck(rpc, live)
        case Set():
            await _set(rpc, command, live)


async def _all(rpc: Rpc, method: str, gids: Iterable[str], *params: Any) -> None:
    if calls := [Call(method, (gid, *params)) for gid in gids]:
        await rpc.must(*calls)


async def _recheck(rpc: Rpc, live: list[Status]) -> None:
    """Only torrents have sums to compare with. A running one starts anew, others check when they start."""
    torrents = [status.gid for status in live if status.info_hash is not None]
    if not torrents:
        raise RequestError("failed", "aria2 checks torrents only, and none that it has stopped")
    await _all(rpc, "aria2.changeOption", torrents, {"check-integrity": "true"})


async def _set(rpc: Rpc, command: Set, live: list[Status]) -> None:
    if not live:
        raise RequestError("failed", "aria2 changes nothing of what it has stopped")
    if changes := _limits("max-{}-limit", command.download_limit, command.upload_limit):
        await _all(rpc, "aria2.changeOption", (status.gid for status in live), changes)
    if command.queue_position is not None:
        places = enumerate((status.gid for status in live), command.queue_position - 1)
        await rpc.must(*(Call("aria2.changePosition", (gid, place, "POS_SET")) for place, gid in places))


def _limits(key: str, download: int | None, upload: int | None) -> dict[str, str]:
    limits = {"download": download, "upload": upload}
    return {key.format(way): str(value) for way, value in limits.items() if value is not None}


async def _add(rpc: Rpc, command: Add, chains: Mapping[str, Chain]) -> str:
    if command.category or command.tags:
        raise RequestError("unsupported", "aria2 has no categories and no tags")
    call, hash = await _addition(command)
    if hash is not None and hash in chains and chains[hash].row.status in LIVE:
        raise RequestError("failed", "aria2 has this torrent already")  # it would take it, and list it as failed
    (gid,) = await rpc.must(call)
    return download_id(hash or str(gid))


async def _addition(command: Add) -> tuple[Call, str | None]:
    """The call, and the info-hash where there is one."""
    hash = next(reversed(await _given.info_hashes(command)), None)
    options = {"pause": "true"} if command.paused else {}
    if command.path is not None:
        options["dir"] = _given.one_line(command.path, "path")
    first = [0] if (_given.priority(command.priority) or 0) > 0 else []
    if command.url is not None:
        return Call("aria2.addUri", ([command.url], options, *first)), hash
    content = base64.b64encode(command.content or b"").decode()
    return Call("aria2.addTorrent", (content, [], options, *first)), hash


async def _again(rpc: Rpc, failed: Status) -> None:
    """Try a failed one again: the same addresses with the same options, and under the same gid."""
    uris = list(dict.fromkeys(uri.uri for file in failed.files for uri in file.uris))
    if failed.info_hash is not None or not uris:
        raise RequestError("failed", "aria2 does not try a failed torrent again: remove it and add it once more")
    (answer,) = await rpc.ask([Call("aria2.getOption", (failed.gid,))])
    options = {**rpc.read(answer, dict[str, Any]), "gid": failed.gid}
    forget = Call("aria2.removeDownloadResult", (failed.gid,))
    await rpc.must(forget, Call("aria2.addUri", (uris, options)))


async def _remove(rpc: Rpc, command: Remove, chains: Mapping[str, Chain]) -> None:
    if command.delete_data:
        raise RequestError("unsupported", "aria2 deletes no files: remove it without delete_data")
    gids = [gid for chain in _chosen(command.ids, chains) for gid in chain.gids]
    known = await _statuses(rpc, gids)
    gids = list(dict.fromkeys([*gids, *(status.gid for status in known)]))
    await _all(rpc, "aria2.remove", (status.gid for status in known if status.status in LIVE))
    if lasting := await _wait_for_end(rpc, gids):
        await _all(rpc, "aria2.forceRemove", lasting)
        await _wait_for_end(rpc, gids)
    # What waited is not listed any more, and has no result to be removed.
    await rpc.order([Call("aria2.removeDownloadResult", (gid,)) for gid in gids])


async def _wait_for_end(rpc: Rpc, gids: list[str]) -> list[str]:
    """The gids that have not come to an end in time."""
    for _ in range(int(FAREWELL_SECONDS / STEP_SECONDS)):
        lasting = [status.gid for status in await _ask(rpc, gids) if status.status in LIVE]
        if not lasting:
            break
        await asyncio.sleep(STEP_SECONDS)
    return lasting


def _chosen(ids: tuple[str, ...], chains: Mapping[str, Chain]) -> list[Chain]:
    by_gid = {gid: chain for chain in chains.values() for gid in chain.gids}
    chosen = {id: chain for id in ids if (chain := by_gid.get(id) or chains.get(id)) is not None}
    if not chosen:
        raise RequestError("not_found", "aria2 does not have it any more")
    return list(chosen.values())


async def _statuses(rpc: Rpc, gids: list[str]) -> list[Status]:
    """What these are now, or what they have led to since the last poll; raises `RequestError` when there is nothing."""
    known = await _ask(rpc, gids)
    followers = [gid for status in known for gid in status.followed_by if gid not in gids]
    if followers:
        known = [status for status in known if not status.followed_by] + await _ask(rpc, followers)
    if not known and gids:
        raise RequestError("not_found", "aria2 does not have it any more")
    return known


async def _ask(rpc: Rpc, gids: list[str]) -> list[Status]:
    if not gids:
        return []
    answers = await rpc.ask([Call("aria2.tellStatus", (gid, STATUS_KEYS)) for gid in gids])
    return [rpc.read(answer, Status) for answer in answers if not isinstance(answer, Fault)]
