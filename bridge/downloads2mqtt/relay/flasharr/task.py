"""A download as Flasharr's `DownloadTask`. Pure."""

from base64 import urlsafe_b64encode
from typing import Any, Literal

import msgspec

from downloads2mqtt.contract.download import DONE, Download, State
from downloads2mqtt.relay.hub.channel import key_of

TaskState = Literal["QUEUED", "STARTING", "DOWNLOADING", "PAUSED", "WAITING", "COMPLETED", "FAILED", "EXTRACTING"]

STATES: dict[State, TaskState] = {
    "queued": "QUEUED",
    "metadata": "STARTING",
    "checking": "STARTING",
    "downloading": "DOWNLOADING",
    "stalled": "DOWNLOADING",
    "paused": "PAUSED",
    "processing": "EXTRACTING",
    "completed": "COMPLETED",
    "seeding": "COMPLETED",
    "failed": "FAILED",
    "unknown": "WAITING",
}


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One task. Percent, bytes, bytes per second; `eta` in seconds, 0 when it is not known.

    Every key is there, as in what Flasharr says. Addresses and paths are never told; `host` is the client, and what no
    client knows is null. Flasharr always has a `created_at`; its page shows "-" for null.
    """

    id: str
    url: str = ""
    original_url: str = ""
    filename: str
    destination: str = ""
    state: TaskState
    progress: float
    size: int
    downloaded: int
    speed: float
    eta: float
    host: str
    category: str
    priority: int = 0
    segments: int = 1
    retry_count: int = 0
    created_at: str | None
    started_at: str | None = None
    completed_at: str | None
    wait_until: str | None = None
    error_message: str | None
    url_metadata: None = None
    error_history: tuple[Any, ...] = ()
    fshare_code: None = None
    batch_id: str | None
    batch_name: str | None
    tmdb_id: None = None
    tmdb_title: None = None
    tmdb_season: None = None
    tmdb_episode: None = None
    quality: None = None
    resolution: None = None
    arr_series_id: None = None
    arr_movie_id: None = None
    arr_announced: bool = False
    arr_announce_error: None = None


def task(download: Download) -> Task:
    """A download in Flasharr's words."""
    progress, size = progress_of(download), download.size or 0
    return Task(
        id=key_of(download.client, download.id),
        filename=download.name,
        state=STATES[download.state],
        progress=progress,
        size=size,
        downloaded=downloaded_of(download),
        speed=float(download.download_rate or 0),
        eta=float(download.eta or 0),
        host=download.client,
        category=download.category or "",
        created_at=download.added_at or download.completed_at,
        completed_at=download.completed_at,
        error_message=download.error or download.warning,
        batch_id=batch_id(download),
        batch_name=batch_name(download),
    )


def progress_of(download: Download) -> float:
    """Percent, as far as anything tells."""
    if download.progress is not None:
        return download.progress
    if download.state in DONE:
        return 100.0
    return round(100 * (download.downloaded or 0) / download.size, 1) if download.size else 0.0


def downloaded_of(download: Download) -> int:
    """Bytes, as far as anything tells."""
    if download.downloaded is not None:
        return download.downloaded
    return int((download.size or 0) * progress_of(download) / 100)


def batch_id(download: Download) -> str | None:
    """The batch of a download: the category that it has at its client.

    A batch is what the page shows as one row, and pauses, resumes and deletes as one: a whole client would be too much
    of that, and a category is what people group by. The page puts ids into addresses as they are, and a category may
    hold anything, a slash too.
    """
    if not download.category:
        return None
    return f"{download.client}:{urlsafe_b64encode(download.category.encode()).decode().rstrip('=')}"


def batch_name(download: Download) -> str | None:
    """What people see: two clients may have a category of the same name."""
    return f"{download.category} · {download.client}" if download.category else None
