"""What Transmission is told to do. No call goes without ids: it would mean every torrent."""

import base64
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from downloads2mqtt.clients import _given
from downloads2mqtt.clients._json import convert
from downloads2mqtt.clients.transmission.rpc import Rpc
from downloads2mqtt.clients.transmission.torrents import Session, Torrent, Torrents, read_torrents
from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import ClientError, RequestError

# It counts in kB/s in 32 bits, and some versions calculate with bytes in as many.
LARGEST_LIMIT: Final = 2_000_000
LABELS_SINCE = 16  # 3.00, by its `rpc_version`

_METHODS: Final[Mapping[type[Command], str]] = {
    Pause: "torrent_stop",
    Resume: "torrent_start",
    Recheck: "torrent_verify",
    Reannounce: "torrent_reannounce",
}

log = logging.getLogger("downloads2mqtt.clients.transmission")


async def execute(rpc: Rpc, command: Command, polled: Sequence[str] | None) -> str | None:
    """Do it, once; the id of what was added. Raises `RequestError` or `ClientError`.

    `polled` are the hashes of all torrents, `None` when they are not known.
    """
    match command:
        case Add():
            return await _add(rpc, command)
        case Remove():
            ids = _hashes_of(await _given_ones(rpc, command.ids))
            await rpc.order("torrent_remove", ids=ids, delete_local_data=command.delete_data)
        case Set():
            await _set(rpc, command)
        case Limits():
            await _limit(rpc, command)
        case Pause() | Resume() | Recheck() | Reannounce():
            torrents = await (_all(rpc, polled) if command.ids is None else _given_ones(rpc, command.ids))
            if torrents:
                await rpc.order(_METHODS[type(command)], ids=_hashes_of(torrents))
    return None


# -- which -------------------------------------------------------------------------------------------------------------
# Ids that it does not have it passes over without a word, and for a moment after its start it has none.


async def _given_ones(rpc: Rpc, ids: Sequence[str]) -> list[Torrent]:
    torrents = await _torrents(rpc, [hash.lower() for hash in _given.hashes(ids)])
    if not torrents:
        raise RequestError("not_found", "Transmission does not have it any more, or just started: then try again")
    return torrents


async def _all(rpc: Rpc, polled: Sequence[str] | None) -> list[Torrent]:
    if polled is None:
        raise RequestError("failed", "which downloads Transmission has is not known yet: try again after a poll")
    torrents = await _torrents(rpc, polled) if polled else []
    if polled and not torrents:
        raise RequestError("failed", "Transmission has none of its downloads, or just started: then try again")
    return torrents


async def _torrents(rpc: Rpc, hashes: Sequence[str]) -> list[Torrent]:
    """Those of them that it has."""
    told = await rpc.order("torrent_get", ids=list(hashes), fields=["id", "hash_string", "labels"])
    return read_torrents(convert(told, Torrents, rpc.place).torrents, rpc.place)


def _hashes_of(torrents: Iterable[Torrent]) -> list[str]:
    return [torrent.hash_string for torrent in torrents]


# -- adding ------------------------------------------------------------------------------------------------------------


async def _add(rpc: Rpc, add: Add) -> str | None:
    hashes, params = await _given.info_hashes(add), _addition(add)
    labels = _labels(add.category or "", _given.labels(add.tags))
    if labels:
        await _check_labels(rpc)
        params["labels"] = labels
    told = await rpc.order("torrent_add", **params)
    if "torrent_duplicate" in told:
        raise RequestError("failed", "Transmission already has this download")
    added = told.get("torrent_added")
    hash = added.get("hash_string") if isinstance(added, dict) else None
    if not isinstance(hash, str):
        hash = next(reversed(hashes), None)
    if hash is None:
        return None
    await _complete(rpc, add, hash, labels)
    return download_id(hash.lower())


def _addition(add: Add) -> dict[str, Any]:
    params: dict[str, Any] = {"paused": add.paused}
    if add.content is not None:
        params["metainfo"] = base64.b64encode(add.content).decode()
    else:
        params["filename"] = add.url
    if add.path is not None:
        params["download_dir"] = _given.one_line(add.path, "path")
    if _given.priority(add.priority) is not None:
        params["bandwidth_priority"] = min(add.priority or 0, 1)
    return params


async def _complete(rpc: Rpc, add: Add, hash: str, labels: Sequence[str]) -> None:
    """What is not taken along while adding. It has been added: nothing that fails now makes it fail."""
    try:
        if labels and not rpc.modern:  # taken along since 4.0
            await rpc.order("torrent_set", ids=[hash], labels=labels)
        if add.priority == 2 and not add.paused:
            await rpc.order("torrent_start_now", ids=[hash])
    except (RequestError, ClientError) as error:
        log.warning("added, but not with all that was wanted: %s", error)


# -- setting -----------------------------------------------------------------------------------------------------------


async def _set(rpc: Rpc, command: Set) -> None:
    torrents, changes = await _given_ones(rpc, command.ids), {}
    ids = _hashes_of(torrents)
    if _given.priority(command.priority) is not None:
        changes["bandwidth_priority"] = min(command.priority or 0, 1)
    labels = await _labels_of(rpc, torrents, command)
    if command.download_limit is not None or command.upload_limit is not None:
        kilo = (await _session(rpc)).units.speed_bytes
        changes |= _limits(command.download_limit, kilo, "download_limit", "download_limited")
        changes |= _limits(command.upload_limit, kilo, "upload_limit", "upload_limited")
    for wanted, some in labels.items():
        await rpc.order("torrent_set", ids=some, labels=wanted)
    if changes:
        await rpc.order("torrent_set", ids=ids, **changes)
    if command.priority == 2:
        await rpc.order("torrent_start_now", ids=ids)
    if command.queue_position is not None:
        await _move(rpc, ids, command.queue_position)


async def _move(rpc: Rpc, ids: Sequence[str], position: int) -> None:
    """From the top each goes, one after the other, to the place of the last, so that those before it move up."""
    if len(ids) > 1:
        await rpc.order("queue_move_top", ids=ids)
    await rpc.order("torrent_set", ids=ids, queue_position=position + len(ids) - 2)


def _labels(category: str, tags: Sequence[str]) -> tuple[str, ...]:
    """The labels that the next poll takes for this category and these tags."""
    if category:
        return tuple(dict.fromkeys((*_given.labels([category], "category"), *tags)))
    if tags:
        raise RequestError(
            "unsupported", "Transmission has labels alone, of which the first is the category: no tags without one"
        )
    return ()


async def _labels_of(rpc: Rpc, torrents: Sequence[Torrent], command: Set) -> dict[tuple[str, ...], list[str]]:
    """Which of them shall have which labels: what is not given stays."""
    if command.category is None and command.tags is None:
        return {}
    await _check_labels(rpc)
    tags = None if command.tags is None else _given.labels(command.tags)
    labels: dict[tuple[str, ...], list[str]] = defaultdict(list)
    if command.category is not None and tags is not None:
        return {_labels(command.category, tags): _hashes_of(torrents)}
    for torrent in torrents:
        first, *others = torrent.labels or ("",)
        wanted = _labels(first if command.category is None else command.category, others if tags is None else tags)
        labels[wanted].append(torrent.hash_string)
    return labels


async def _check_labels(rpc: Rpc) -> None:
    version = (await _session(rpc)).rpc_version
    if version is not None and version < LABELS_SINCE:
        raise RequestError(
            "unsupported", "this version of Transmission has no labels, so no category or tags: 3.00 has"
        )


async def _limit(rpc: Rpc, command: Limits) -> None:
    """Limits are those of the mode that it will be in."""
    session, changes = await _session(rpc), {}
    alternative = session.alt_speed_enabled if command.alternative_limits is None else command.alternative_limits
    if command.alternative_limits is not None:
        changes["alt_speed_enabled"] = alternative
    for way, limit in (("down", command.download_limit), ("up", command.upload_limit)):
        if alternative and limit == 0:
            raise RequestError("unsupported", "Transmission's alternative limits cannot be none: turn them off instead")
        name = f"alt_speed_{way}" if alternative else f"speed_limit_{way}"
        changes |= _limits(limit, session.units.speed_bytes, name, None if alternative else f"{name}_enabled")
    if changes:
        await rpc.order("session_set", **changes)


def _limits(limit: int | None, kilo: int, name: str, switch: str | None) -> dict[str, Any]:
    """A limit in kB/s, never rounded down to none, and its switch; nothing when it shall not change."""
    if limit is None:
        return {}
    changes: dict[str, Any] = {} if switch is None else {switch: limit > 0}
    return changes | {name: min(-(-limit // kilo), LARGEST_LIMIT)} if limit else changes


async def _session(rpc: Rpc) -> Session:
    return convert(await rpc.order("session_get"), Session, rpc.place)
