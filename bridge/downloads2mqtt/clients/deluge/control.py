"""What Deluge is told to do."""

import base64
import re
from typing import Any, Final

from downloads2mqtt.clients import _given
from downloads2mqtt.clients.deluge.rpc import Rpc
from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import RequestError

KIB: Final = 1024

_LABEL = re.compile(r"[a-z0-9_-]+")
_METHODS: Final = {
    Pause: "core.pause_torrent",
    Resume: "core.resume_torrent",
    Recheck: "core.force_recheck",
    Reannounce: "core.force_reannounce",
}


async def execute(rpc: Rpc, command: Command) -> str | None:
    """Do it, once; the info-hash of what was added. Raises `RequestError` or `ClientError`."""
    match command:
        case Add():
            return await _add(rpc, command)
        case Remove():
            await _remove(rpc, await _present(rpc, command.ids), command.delete_data)
        case Set():
            await _set(rpc, await _present(rpc, command.ids), command)
        case Limits():
            await rpc.order("core.set_config", _limits(command.download_limit, command.upload_limit))
        case Pause() | Resume() | Recheck() | Reannounce():
            # To pause an empty list is to pause everything (since 2.0).
            if ids := await _present(rpc, command.ids):
                await rpc.order(_METHODS[type(command)], ids)
    return None


async def _present(rpc: Rpc, ids: tuple[str, ...] | None) -> list[str]:
    """Those of `ids` that Deluge has, or all: at the first unknown one it would leave the rest undone."""
    present = await rpc.ask(list[str], "core.get_session_state")
    if ids is None:
        return present
    found = sorted({id.lower() for id in ids} & set(present))
    if not found:
        raise RequestError("not_found", "Deluge does not have it any more")
    return found


async def _add(rpc: Rpc, command: Add) -> str:
    if command.tags:
        raise RequestError("unsupported", "Deluge has no tags: give a category alone")
    await _given.info_hashes(command)
    priority = _given.priority(command.priority)
    label = await _label(rpc, command.category) if command.category else None
    options: dict[str, Any] = {"add_paused": command.paused}
    if command.path is not None:
        options["download_location"] = _given.one_line(command.path, "path")
    hash = await rpc.order(*_addition(command), options)
    if not isinstance(hash, str):  # 1.3 does not tell why
        raise RequestError("failed", "Deluge did not take it: it is broken, cannot be reached, or there already")
    if label is not None:
        await rpc.order("label.set_torrent", hash, label)
    if priority:
        await rpc.order("core.queue_top" if priority > 0 else "core.queue_bottom", [hash])
    return download_id(hash.lower())


def _addition(command: Add) -> tuple[Any, ...]:
    if command.source == "magnet":
        return "core.add_torrent_magnet", command.url
    if command.source == "http":
        return "core.add_torrent_url", command.url
    return "core.add_torrent_file", command.filename, base64.b64encode(command.content or b"").decode()


async def _label(rpc: Rpc, category: str) -> str:
    """The label for a category, made where there is none; Deluge's are in lower case."""
    label = category.lower()
    if label not in await rpc.order("label.get_labels"):
        if not _LABEL.fullmatch(label):
            raise RequestError("bad_request", "Deluge's labels are made of a-z, 0-9, _ and - alone")
        await rpc.order("label.add", label)
    return label


async def _remove(rpc: Rpc, ids: list[str], delete_data: bool) -> None:
    for id in ids:  # there is no call for several in 1.3
        await rpc.order("core.remove_torrent", id, delete_data)


async def _set(rpc: Rpc, ids: list[str], command: Set) -> None:
    if command.category is not None:
        label = await _label(rpc, command.category) if command.category else ""
        for id in ids:
            await rpc.order("label.set_torrent", id, label)
    if options := _limits(command.download_limit, command.upload_limit):
        await rpc.order("core.set_torrent_options", ids, options)
    if command.queue_position is not None:
        await _move(rpc, ids, command.queue_position)


async def _move(rpc: Rpc, ids: list[str], position: int) -> None:
    """There are but top, bottom and single steps; a torrent named several times goes so many steps."""
    steps = min(position, len(await _present(rpc, None))) - 1
    await rpc.order("core.queue_top", ids)
    if steps:
        await rpc.order("core.queue_down", [id for id in ids for _ in range(steps)])


def _limits(download: int | None, upload: int | None) -> dict[str, float]:
    """Those limits that shall change, in KiB/s, -1 for none."""
    limits = {"max_download_speed": download, "max_upload_speed": upload}
    return {key: value / KIB if value else -1.0 for key, value in limits.items() if value is not None}
