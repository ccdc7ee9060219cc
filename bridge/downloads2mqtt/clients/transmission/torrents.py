"""Transmission's torrents and totals, as it tells them and as the contract has them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from downloads2mqtt.clients._json import convert, count, harmless, limit, percent, ratio, seconds_left, when
from downloads2mqtt.clients.transmission.rpc import snake
from downloads2mqtt.contract.download import DONE, Download, Protocol, State
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.listing import Totals

KIND: Final = "transmission"
PROTOCOL: Final[Protocol] = "torrent"
LOCAL_ERROR = 3

# By the number that Transmission says.
STATUS = ("stopped", "check-wait", "check", "download-wait", "download", "seed-wait", "seed")
STATES: Mapping[str, State] = MappingProxyType(
    {
        "stopped": "paused",  # or completed, when it has everything
        "check-wait": "checking",
        "check": "checking",
        "download-wait": "queued",
        "download": "downloading",  # or metadata
        "seed-wait": "seeding",
        "seed": "seeding",
    }
)

Number = int | float | None


class Torrent(msgspec.Struct, frozen=True, gc=False):
    """What is asked of one torrent; `id` is good for one run of the daemon only."""

    id: int
    hash_string: str
    name: str | None = None
    status: Number = None
    error: Number = None
    error_string: str | None = None
    size_when_done: Number = None
    left_until_done: Number = None
    metadata_percent_complete: Number = None
    recheck_progress: Number = None
    uploaded_ever: Number = None
    upload_ratio: Number = None
    rate_download: Number = None
    rate_upload: Number = None
    eta: Number = None
    peers_connected: Number = None
    labels: tuple[str, ...] | None = None
    download_dir: str | None = None
    queue_position: Number = None
    added_date: Number = None
    done_date: Number = None


class Torrents(msgspec.Struct):
    """The answer to `torrent_get`: a table, its first row the keys (since 3.00), or objects."""

    torrents: list[list[Any] | dict[str, Any]]
    removed: list[int] = []


class Units(msgspec.Struct):
    """`speed_bytes`: how many bytes per second a limit of 1 is."""

    speed_bytes: int = 1000


class Session(msgspec.Struct):
    """The answer to `session_get`; limits in kB/s."""

    version: str = ""
    rpc_version: Number = None
    download_dir: str | None = None
    alt_speed_enabled: bool = False
    alt_speed_down: Number = None
    alt_speed_up: Number = None
    speed_limit_down_enabled: bool = False
    speed_limit_down: Number = None
    speed_limit_up_enabled: bool = False
    speed_limit_up: Number = None
    units: Units = msgspec.field(default_factory=Units)


class Counters(msgspec.Struct):
    """Since the daemon began, or since it was installed."""

    seconds_active: Number = None
    session_count: Number = None
    downloaded_bytes: Number = None
    uploaded_bytes: Number = None


class Stats(msgspec.Struct):
    """The answer to `session_stats`."""

    download_speed: Number = None
    upload_speed: Number = None
    current_stats: Counters = msgspec.field(default_factory=Counters)
    cumulative_stats: Counters = msgspec.field(default_factory=Counters)


class Space(msgspec.Struct):
    """The answer to `free_space`."""

    size_bytes: Number = None


def read_torrents(rows: list[list[Any] | dict[str, Any]], place: str) -> list[Torrent]:
    """The torrents of a table, its first row the keys, or of objects."""
    table = bool(rows) and isinstance(rows[0], list)
    keys = [snake(str(key)) for key in rows[0]] if table else []
    named = [
        dict(zip(keys, row, strict=False)) if isinstance(row, list) else {snake(key): row[key] for key in row}
        for row in rows[table:]
    ]
    return convert(named, list[Torrent], place)


def normalise(client: str, torrent: Torrent) -> Download:
    """One torrent as the contract has it.

    Transmission knows labels alone: the first is the category, where *arr applications put theirs, the others are
    tags. It does not tell which of its peers are seeds.
    """
    id, native = id_of(torrent), native_state(torrent)
    state = state_of(torrent, native)
    text = harmless(torrent.error_string or "")
    return Download(
        id=id,
        native_id=id if id == torrent.hash_string else torrent.hash_string,
        client=client,
        kind=KIND,
        protocol=PROTOCOL,
        name=torrent.name or torrent.hash_string,
        state=state,
        native_state=native,
        progress=progress_of(torrent, native),
        size=count(torrent.size_when_done) if has_metadata(torrent) else None,
        downloaded=_done(torrent),
        uploaded=count(torrent.uploaded_ever),
        download_rate=count(torrent.rate_download),
        upload_rate=count(torrent.rate_upload),
        eta=None if state in DONE else seconds_left(torrent.eta),
        ratio=ratio(torrent.upload_ratio),
        peers=count(torrent.peers_connected),
        category=(torrent.labels or ("",))[0] or None,
        tags=(torrent.labels or ())[1:],
        path=path_of(torrent),
        queue_position=None if torrent.queue_position is None else count(torrent.queue_position + 1),
        added_at=when(torrent.added_date),
        completed_at=when(torrent.done_date),
        error=(text or "Transmission reports a local error: see its log") if state == "failed" else None,
        warning=(text or None) if state != "failed" else None,
    )


def native_state(torrent: Torrent) -> str:
    """A word for Transmission's number."""
    number = torrent.status
    if number is None:
        return "unknown"
    return STATUS[int(number)] if 0 <= number < len(STATUS) else str(number)[:20]


def state_of(torrent: Torrent, native: str) -> State:
    """The state of a torrent; one of which nothing is wanted counts as seeding or finished, we call it paused."""
    state = STATES.get(native, "unknown")
    if state in ("checking", "unknown"):
        return state
    if torrent.error == LOCAL_ERROR:
        return "failed"
    if state == "downloading" and not has_metadata(torrent):
        return "metadata"
    whole = torrent.left_until_done == 0 and bool(torrent.size_when_done) and has_metadata(torrent)
    if state == "seeding":
        return "seeding" if whole else "paused"
    return "completed" if state == "paused" and whole else state


def has_metadata(torrent: Torrent) -> bool:
    """Whether the contents of a magnet are known."""
    return torrent.metadata_percent_complete is None or torrent.metadata_percent_complete >= 1


def progress_of(torrent: Torrent, native: str) -> float | None:
    """Of what is wanted; while checking, of the check."""
    if native == "check":
        return percent(torrent.recheck_progress)
    return percent(_done(torrent), torrent.size_when_done) if has_metadata(torrent) else None


def path_of(torrent: Torrent) -> str | None:
    """Where its contents are, or will be when finished."""
    if not torrent.download_dir or not torrent.name or not has_metadata(torrent):
        return torrent.download_dir or None
    return f"{torrent.download_dir.rstrip('/')}/{torrent.name}"


def totals_of(session: Session, stats: Stats, free_space: int | None) -> Totals:
    """The daemon's totals as the contract has them."""
    slow, kilo = session.alt_speed_enabled, session.units.speed_bytes
    down = session.alt_speed_down if slow else session.speed_limit_down if session.speed_limit_down_enabled else None
    up = session.alt_speed_up if slow else session.speed_limit_up if session.speed_limit_up_enabled else None
    return Totals(
        download_rate=count(stats.download_speed),
        upload_rate=count(stats.upload_speed),
        download_limit=limit(down and down * kilo),
        upload_limit=limit(up and up * kilo),
        alternative_limits=slow,
        free_space=free_space,
        downloaded_total=count(stats.cumulative_stats.downloaded_bytes),
        uploaded_total=count(stats.cumulative_stats.uploaded_bytes),
    )


def began_anew(before: Stats, now: Stats) -> bool:
    """Whether the daemon was started between two answers."""
    shorter = (now.current_stats.seconds_active or 0) < (before.current_stats.seconds_active or 0)
    sessions = before.cumulative_stats.session_count
    return shorter or (sessions is not None and (now.cumulative_stats.session_count or 0) > sessions)


def id_of(torrent: Torrent) -> str:
    """Its id on the bus."""
    return download_id(torrent.hash_string.lower())


def _done(torrent: Torrent) -> int | None:
    if torrent.size_when_done is None or torrent.left_until_done is None:
        return None
    return count(torrent.size_when_done - torrent.left_until_done)
