"""qBittorrent's torrents and totals, as it tells them and as the contract has them."""

import sys
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import msgspec

from downloads2mqtt.clients._json import count, limit, percent, ratio, seconds_left, when
from downloads2mqtt.contract.download import DONE, Download, Protocol, State
from downloads2mqtt.listing import Totals

KIND: Final = "qbittorrent"
PROTOCOL: Final[Protocol] = "torrent"

STATES: Mapping[str, State] = MappingProxyType(
    {
        "metaDL": "metadata",
        "forcedMetaDL": "metadata",  # 4.4
        "downloading": "downloading",
        "forcedDL": "downloading",
        "stalledDL": "downloading",  # the rate of one instant, it flaps; the bridge decides what is stalled
        "queuedDL": "queued",
        "pausedDL": "paused",  # until 4.6
        "stoppedDL": "paused",  # since 5.0
        "allocating": "checking",  # until 4.3
        "checkingDL": "checking",
        "checkingUP": "checking",
        "checkingResumeData": "checking",
        "queuedForChecking": "checking",  # 4.1
        "moving": "processing",
        "uploading": "seeding",
        "forcedUP": "seeding",
        "stalledUP": "seeding",
        "queuedUP": "seeding",
        "pausedUP": "completed",
        "stoppedUP": "completed",
        "error": "failed",
        "missingFiles": "failed",
    }
)
# The API has no text for an error (up to 5.3 at least).
ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "error": "qBittorrent reports an error (disk full, permissions or missing path): see its log",
        "missingFiles": "qBittorrent misses files of this torrent: put them back or force a recheck",
    }
)

Number = int | float | None


class Torrent(msgspec.Struct, gc=False):
    """What is kept of one torrent. A change holds only what changed, the rest is `None`; none of these is ever
    cleared with null. `tracker`, `magnet_uri` and `comment` carry pass keys: never read.
    """

    name: str | None = None
    state: str | None = None
    progress: Number = None
    size: Number = None
    total_size: Number = None
    completed: Number = None
    uploaded: Number = None
    dlspeed: Number = None
    upspeed: Number = None
    eta: Number = None
    ratio: Number = None
    num_seeds: Number = None
    num_leechs: Number = None
    category: str | None = None
    tags: str | None = None
    content_path: str | None = None
    save_path: str | None = None
    priority: Number = None
    added_on: Number = None
    completion_on: Number = None
    has_tracker_error: bool | None = None  # 5.2


class ServerState(msgspec.Struct):
    """What is kept of the program's totals; a change holds only what changed."""

    dl_info_speed: Number = None
    up_info_speed: Number = None
    dl_rate_limit: Number = None
    up_rate_limit: Number = None
    dl_info_data: Number = None
    alltime_dl: Number = None
    alltime_ul: Number = None
    free_space_on_disk: Number = None
    use_alt_speed_limits: bool | None = None


class MainData(msgspec.Struct):
    """An answer of `sync/maindata`; what is empty is left out."""

    rid: int
    full_update: bool = False
    torrents: dict[str, Torrent] = {}
    torrents_removed: list[str] = []
    server_state: ServerState = msgspec.field(default_factory=ServerState)


def normalise(client: str, id: str, hash: str, torrent: Torrent) -> Download:
    """One torrent as the contract has it."""
    native = sys.intern(torrent.state or "unknown")
    state = state_of(torrent)
    return Download(
        id=id,
        native_id=id if id == hash else hash,
        client=client,
        kind=KIND,
        protocol=PROTOCOL,
        name=torrent.name or hash,
        state=state,
        native_state=native,
        stage="moving" if native == "moving" else None,
        progress=percent(torrent.progress) if _wanted(torrent) else None,
        size=_wanted(torrent),
        downloaded=count(torrent.completed),
        uploaded=count(torrent.uploaded),
        download_rate=count(torrent.dlspeed),
        upload_rate=count(torrent.upspeed),
        eta=None if state in DONE else seconds_left(torrent.eta),
        ratio=ratio(torrent.ratio),
        seeds=count(torrent.num_seeds),
        peers=count(torrent.num_leechs),
        category=sys.intern(torrent.category) if torrent.category else None,
        tags=_tags(torrent.tags or ""),
        path=torrent.content_path or torrent.save_path or None,
        queue_position=count(torrent.priority) or None,
        added_at=when(torrent.added_on),
        completed_at=when(torrent.completion_on),
        error=ERRORS.get(native),
        warning="A tracker reports an error: see the trackers of this torrent" if torrent.has_tracker_error else None,
    )


def state_of(torrent: Torrent) -> State:
    """The state of a torrent; libtorrent calls one of which no file is wanted finished, we call it paused."""
    state = STATES.get(torrent.state or "", "unknown")
    return "paused" if state in DONE and not _wanted(torrent) else state


def totals(server: ServerState) -> Totals:
    """The program's totals as the contract has them."""
    return Totals(
        download_rate=count(server.dl_info_speed),
        upload_rate=count(server.up_info_speed),
        download_limit=limit(server.dl_rate_limit),
        upload_limit=limit(server.up_rate_limit),
        alternative_limits=server.use_alt_speed_limits,
        free_space=count(server.free_space_on_disk),
        downloaded_total=count(server.alltime_dl),
        uploaded_total=count(server.alltime_ul),
    )


def merge(known: msgspec.Struct, change: msgspec.Struct) -> bool:
    """Take what `change` holds into `known`, of the same type; whether that made a difference."""
    different = False
    for name in known.__struct_fields__:
        value = getattr(change, name)
        if value is not None and value != getattr(known, name):
            setattr(known, name, value)
            different = True
    return different


def _wanted(torrent: Torrent) -> int | None:
    """Bytes wanted; `None` while a magnet's contents are not known (size 0 or -1, total_size -1)."""
    known = torrent.total_size is None or torrent.total_size > 0
    return count(torrent.size) if known else None


@lru_cache(maxsize=1024)
def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag for part in text.split(",") if (tag := part.strip()))
