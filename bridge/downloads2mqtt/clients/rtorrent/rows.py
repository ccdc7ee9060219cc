"""What is asked of one download of rTorrent, and what it means."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

from downloads2mqtt.clients._json import count, decode, harmless, percent, ratio, seconds_left, when
from downloads2mqtt.clients.rtorrent import xmlrpc
from downloads2mqtt.contract.download import DONE, Download, State
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import ClientAnswerError

KIND = "rtorrent"

# rTorrent has no word for a state: these are made of its flags, in the order of `native_state`.
STATES: Mapping[str, State] = MappingProxyType(
    {
        "hashing": "checking",
        "failed": "failed",
        "stopped": "paused",  # or completed, when it has everything
        "paused": "paused",  # the same; started, but held by d.pause
        "metadata": "metadata",
        "leeching": "downloading",
        "seeding": "seeding",
    }
)

Number = int | float | None
Text = str | None


class Torrent(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One row. All of these commands exist since 0.9.8; one that did not would fail the whole table."""

    hash: str
    name: Text
    state: Number
    is_active: Number
    complete: Number
    is_partially_done: Number
    hashing: Number
    hashing_failed: Number
    is_meta: Number
    message: Text
    size_bytes: Number
    completed_bytes: Number
    down_rate: Number
    up_rate: Number
    up_total: Number
    ratio: Number
    custom1: Text
    base_path: Text
    directory: Text
    is_multi_file: Number
    peers_connected: Number
    peers_complete: Number
    load_date: Number
    timestamp_started: Number
    timestamp_finished: Number
    added: Text


_SPECIAL = {
    "down_rate": "d.down.rate=",
    "up_rate": "d.up.rate=",
    "up_total": "d.up.total=",
    "timestamp_started": "d.timestamp.started=",
    "timestamp_finished": "d.timestamp.finished=",
    "added": "d.custom=addtime",
}
COLUMNS = tuple(_SPECIAL.get(name, f"d.{name}=") for name in Torrent.__struct_fields__)


class Entry(NamedTuple):
    """A download, and what decides how it is asked for."""

    download: Download
    hash: str
    is_active: bool
    was_opened: bool


def read_row(row: bytes, place: str) -> Torrent:
    """One row of either dialect; raises `ClientAnswerError`."""
    if row.lstrip().startswith(b"["):
        return decode(row, Torrent, place)
    try:
        return msgspec.convert(xmlrpc.read_row(row), Torrent, strict=False)
    except (ValueError, msgspec.ValidationError) as error:
        raise ClientAnswerError(f"{place} sent a row that makes no sense: {error}") from error


def entry(client: str, torrent: Torrent) -> Entry:
    """One row as it is kept."""
    download = normalise(client, torrent)
    return Entry(download, torrent.hash, bool(torrent.is_active), bool(torrent.base_path))


def normalise(client: str, torrent: Torrent) -> Download:
    """One torrent as the contract has it."""
    id, native = download_id(torrent.hash.lower()), native_state(torrent)
    state = state_of(torrent, native)
    message = harmless(torrent.message or "")
    is_meta = bool(torrent.is_meta)
    return Download(
        id=id,
        native_id=torrent.hash,
        client=client,
        kind=KIND,
        protocol="torrent",
        name=torrent.name or torrent.hash,
        state=state,
        native_state=native,
        progress=None if is_meta else progress_of(torrent),
        size=None if is_meta else count(torrent.size_bytes),
        downloaded=None if is_meta else count(torrent.completed_bytes),
        uploaded=count(torrent.up_total),
        download_rate=count(torrent.down_rate),
        upload_rate=count(torrent.up_rate),
        eta=eta_of(torrent) if state == "downloading" else None,
        ratio=ratio(torrent.ratio / 1000) if torrent.ratio is not None and state != "checking" else None,
        seeds=count(torrent.peers_complete),
        peers=_peers(torrent),
        category=label_of(torrent.custom1 or "") or None,
        path=None if is_meta else path_of(torrent),
        added_at=added_at(torrent),
        completed_at=when(torrent.timestamp_finished) if state in DONE else None,
        error=(message or "rTorrent could not check or write its files: see its log") if state == "failed" else None,
        warning=(message or None) if state != "failed" else None,
    )


def native_state(torrent: Torrent) -> str:
    """A word for rTorrent's flags; of flags nobody knows, the number itself."""
    if torrent.hashing:
        return "hashing"
    if torrent.hashing_failed or _is_stuck(torrent):
        return "failed"
    if torrent.state == 0:
        return "stopped"
    if torrent.state != 1:
        return f"state {torrent.state}"[:20]
    if torrent.is_meta:
        return "metadata"
    if not torrent.is_active:
        return "paused"
    return "seeding" if _is_whole(torrent) else "leeching"


def state_of(torrent: Torrent, native: str) -> State:
    """The state of a torrent."""
    state = STATES.get(native, "unknown")
    return "completed" if state == "paused" and _is_whole(torrent) else state


def progress_of(torrent: Torrent) -> float | None:
    """Of what is wanted; while checking, of what was found."""
    if _is_whole(torrent) and not torrent.hashing:
        return 100.0
    return percent(torrent.completed_bytes, torrent.size_bytes)


def eta_of(torrent: Torrent) -> int | None:
    """The rest at the present rate; rTorrent does not tell how much of it is not wanted."""
    if not torrent.down_rate or torrent.size_bytes is None or torrent.completed_bytes is None:
        return None
    return seconds_left((torrent.size_bytes - torrent.completed_bytes) / torrent.down_rate)


def path_of(torrent: Torrent) -> str | None:
    """Where its contents are; rTorrent tells that only of those it has opened since it was started."""
    if torrent.base_path or not torrent.directory or torrent.is_multi_file or not torrent.name:
        return torrent.base_path or torrent.directory or None
    return f"{torrent.directory.rstrip('/')}/{torrent.name}"


def label_of(custom1: str) -> str:
    """The label that ruTorrent, Flood and Sonarr keep there, with percent escapes."""
    return unquote(custom1, errors="replace") if "%" in custom1 else custom1


def added_at(torrent: Torrent) -> str | None:
    """What ruTorrent, Flood and we note when adding; else the earliest time known, since rTorrent keeps none."""
    noted = (torrent.added or "").strip()
    if re.fullmatch(r"[0-9]{9,10}", noted) and (at := when(int(noted))):
        return at
    times = [at for at in (when(torrent.timestamp_started), when(torrent.load_date)) if at]
    return min(times, default=None)


def _is_whole(torrent: Torrent) -> bool:
    """Everything that is wanted is there."""
    return not torrent.is_meta and bool(torrent.complete or torrent.is_partially_done)


def _is_stuck(torrent: Torrent) -> bool:
    """It stopped over its files, such as those that vanished; what trackers say stops nothing."""
    message = torrent.message or ""
    return bool(message) and not message.startswith("Tracker: [") and not torrent.is_active and not _is_whole(torrent)


def _peers(torrent: Torrent) -> int | None:
    if torrent.peers_connected is None:
        return None
    return count(max(0, torrent.peers_connected - (torrent.peers_complete or 0)))
