"""Pages of downloads and of batches, as `/api/downloads` lists them. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from downloads2mqtt.contract.download import Download
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.flasharr.stats import BUCKETS, EngineStats, StatusCounts, bucket, engine_stats
from downloads2mqtt.relay.flasharr.task import (
    STATES,
    Task,
    TaskState,
    batch_id,
    batch_name,
    downloaded_of,
    progress_of,
    task,
)

MOST = 100
_ORDER: tuple[TaskState, ...] = ("DOWNLOADING", "STARTING", "QUEUED", "PAUSED", "WAITING", "FAILED", "COMPLETED")

Item = TypeVar("Item")


class BatchSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One batch: percent, bytes, bytes per second. `state` is the most urgent of its items, as Flasharr takes it."""

    batch_id: str
    batch_name: str
    total_items: int
    completed_items: int
    failed_items: int
    downloading_items: int
    paused_items: int
    queued_items: int
    total_size: int
    downloaded_size: int
    progress: float
    speed: float
    created_at: str | None
    state: TaskState


class BatchProgress(msgspec.Struct, frozen=True, kw_only=True):
    """One batch in other words; `estimated_time_remaining` in seconds, 0 when it is not known."""

    batch_id: str
    batch_name: str
    total_tasks: int
    completed_tasks: int
    failed_tasks: int
    downloading_tasks: int
    paused_tasks: int
    queued_tasks: int
    overall_progress: float
    total_size: int
    downloaded_size: int
    combined_speed: float
    estimated_time_remaining: float


class DownloadsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `GET /api/downloads`."""

    downloads: list[Task]
    stats: EngineStats
    status_counts: StatusCounts
    total: int
    page: int
    limit: int
    total_pages: int


class BatchesPage(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `GET /api/downloads/batches`; `total` counts batches and the downloads in none."""

    batches: list[BatchSummary]
    standalone: list[Task]
    stats: EngineStats
    status_counts: StatusCounts
    total: int
    page: int
    limit: int
    total_pages: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page, from 1 on, of what is in a state, or of all."""

    page: int = 1
    limit: int = 20
    sort_by: str = "added"
    descending: bool = True
    status: str | None = None

    def takes(self, download: Download) -> bool:
        """Whether a download is listed: those that count as the state are, as the number beside it says so."""
        if self.status is None:
            return True
        return self.status == STATES[download.state] or bucket(download) == _BUCKET_OF.get(self.status)

    def slice(self, items: Sequence[Item], before: int = 0) -> list[Item]:
        """The items of this page, when so many others come before them."""
        start = (self.page - 1) * self.limit - before
        return list(items[max(0, start) : max(0, start + self.limit)])

    def pages(self, total: int) -> int:
        """How many there are."""
        return -(-total // self.limit)


_BUCKET_OF: dict[str, str] = {
    state: BUCKETS[state] for state in ("DOWNLOADING", "QUEUED", "PAUSED", "COMPLETED", "FAILED")
}


def wanted(query: Mapping[str, str]) -> Wanted:
    """What the query of an address asks for; raises `RequestError`."""
    status = query.get("status", "").upper()
    return Wanted(
        page=_number(query, "page", 1),
        limit=min(MOST, _number(query, "limit", 20)),
        sort_by=query.get("sort_by", "added"),
        descending=query.get("sort_dir", "desc") != "asc",
        status=None if status in ("", "ALL") else status,
    )


def downloads_page(downloads: Iterable[Download], page: Wanted) -> DownloadsPage:
    """A page of single downloads."""
    every = tuple(downloads)
    listed = _sorted((one for one in every if page.takes(one)), page)
    stats = engine_stats(every)
    return DownloadsPage(
        downloads=[task(one) for one in page.slice(listed)],
        stats=stats,
        status_counts=stats.db_counts,
        total=len(listed),
        page=page.page,
        limit=page.limit,
        total_pages=page.pages(len(listed)),
    )


def batches_page(downloads: Iterable[Download], page: Wanted) -> BatchesPage:
    """A page of batches, and after them of the downloads in none. A batch with one in the wanted state is listed."""
    every = tuple(downloads)
    groups = group(every)
    alone = _sorted((one for one in groups.pop(None, []) if page.takes(one)), page)
    summaries = [summary(items) for items in groups.values() if any(map(page.takes, items))]
    summaries.sort(key=_SUMMARY_KEYS.get(page.sort_by, _summary_added), reverse=page.descending)
    stats, total = engine_stats(every), len(summaries) + len(alone)
    return BatchesPage(
        batches=page.slice(summaries),
        standalone=[task(one) for one in page.slice(alone, before=len(summaries))],
        stats=stats,
        status_counts=stats.db_counts,
        total=total,
        page=page.page,
        limit=page.limit,
        total_pages=page.pages(total),
    )


def group(downloads: Iterable[Download]) -> dict[str | None, list[Download]]:
    """Downloads by batch."""
    groups: defaultdict[str | None, list[Download]] = defaultdict(list)
    for download in downloads:
        groups[batch_id(download)].append(download)
    return groups


def summary(items: Sequence[Download]) -> BatchSummary:
    """The row of a batch, which has items."""
    counts = Counter(bucket(item) for item in items)
    size, downloaded = sum(item.size or 0 for item in items), sum(map(downloaded_of, items))
    return BatchSummary(
        batch_id=batch_id(items[0]) or "",
        batch_name=batch_name(items[0]) or "",
        total_items=len(items),
        completed_items=counts["completed"],
        failed_items=counts["failed"],
        downloading_items=counts["downloading"],
        paused_items=counts["paused"],
        queued_items=counts["queued"],
        total_size=size,
        downloaded_size=downloaded,
        progress=min(100.0, round(100 * downloaded / size, 1)) if size else 0.0,
        speed=float(sum(item.download_rate or 0 for item in items)),
        created_at=min((item.added_at for item in items if item.added_at), default=None),
        state=_state(counts),
    )


def batch_progress(items: Sequence[Download]) -> BatchProgress:
    """The progress of a batch, which has items."""
    row = summary(items)
    left = max(0, row.total_size - row.downloaded_size)
    return BatchProgress(
        batch_id=row.batch_id,
        batch_name=row.batch_name,
        total_tasks=row.total_items,
        completed_tasks=row.completed_items,
        failed_tasks=row.failed_items,
        downloading_tasks=row.downloading_items,
        paused_tasks=row.paused_items,
        queued_tasks=row.queued_items,
        overall_progress=row.progress,
        total_size=row.total_size,
        downloaded_size=row.downloaded_size,
        combined_speed=row.speed,
        estimated_time_remaining=left / row.speed if row.speed else 0.0,
    )


def _state(counts: Counter[str]) -> TaskState:
    if counts["failed"]:
        return "FAILED"
    if counts["downloading"]:
        return "DOWNLOADING"
    if counts["paused"]:
        return "PAUSED"
    return "QUEUED" if counts["queued"] else "COMPLETED"


def _sorted(downloads: Iterable[Download], page: Wanted) -> list[Download]:
    by_id = sorted(downloads, key=lambda one: (one.client, one.id))
    return sorted(by_id, key=_KEYS.get(page.sort_by, _added), reverse=page.descending)


def _added(download: Download) -> Any:
    return download.added_at or download.completed_at or ""


def _summary_added(row: BatchSummary) -> Any:
    return row.created_at or ""


def _rank(state: TaskState) -> int:
    return _ORDER.index(state) if state in _ORDER else len(_ORDER)


_KEYS: dict[str, Callable[[Download], Any]] = {
    "added": _added,
    "status": lambda one: _rank(STATES[one.state]),
    "filename": lambda one: one.name.casefold(),
    "size": lambda one: one.size or 0,
    "progress": progress_of,
}
_SUMMARY_KEYS: dict[str, Callable[[BatchSummary], Any]] = {
    "added": _summary_added,
    "status": lambda row: _rank(row.state),
    "filename": lambda row: row.batch_name.casefold(),
    "size": lambda row: row.total_size,
    "progress": lambda row: row.progress,
}


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise RequestError("bad_request", f"{name} is not a number")
    return max(1, int(text))
