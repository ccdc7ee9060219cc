"""The counts that Flasharr's page shows. Pure."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from downloads2mqtt.contract.download import Download
from downloads2mqtt.relay.flasharr.task import STATES, TaskState

BUCKETS: dict[TaskState, str] = {
    "DOWNLOADING": "downloading",
    "STARTING": "downloading",
    "EXTRACTING": "downloading",
    "QUEUED": "queued",
    "WAITING": "queued",
    "PAUSED": "paused",
    "COMPLETED": "completed",
    "FAILED": "failed",
}
"""As the page itself counts the items of a batch; what it filters by is the same."""


class StatusCounts(msgspec.Struct, frozen=True, kw_only=True):
    """`status_counts`, and `db_counts` of the stats. Clients know no cancelled downloads: those are gone."""

    all: int
    downloading: int
    queued: int
    paused: int
    completed: int
    failed: int
    cancelled: int = 0


class EngineStats(msgspec.Struct, frozen=True, kw_only=True):
    """Totals of all that a reader sees; `total_speed` in bytes per second."""

    active_downloads: int
    queued: int
    completed: int
    failed: int
    paused: int
    cancelled: int = 0
    total_speed: float
    db_counts: StatusCounts


def bucket(download: Download) -> str:
    """What a download counts as."""
    return BUCKETS[STATES[download.state]]


def engine_stats(downloads: Iterable[Download]) -> EngineStats:
    """The totals of some downloads."""
    rows = tuple(downloads)
    counts = Counter(bucket(download) for download in rows)
    told = {name: counts[name] for name in ("queued", "completed", "failed", "paused")}
    return EngineStats(
        active_downloads=counts["downloading"],
        total_speed=float(sum(download.download_rate or 0 for download in rows)),
        db_counts=StatusCounts(all=len(rows), downloading=counts["downloading"], **told),
        **told,
    )
