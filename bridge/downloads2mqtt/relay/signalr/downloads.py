"""What the hub `/hubs/downloads` says, in the words of Listenarr's pages. Pure.

A download's id is `<client>:<id>` here, as one store holds those of all clients. Paths and addresses are never told.
"""

from collections.abc import Iterable
from zlib import crc32

import msgspec

from downloads2mqtt.contract.download import Download, State
from downloads2mqtt.contract.frames import Delta, EventFrame, Heartbeat, NotificationFrame, SnapshotFrame
from downloads2mqtt.relay.dialect import Look, touched
from downloads2mqtt.relay.hub.channel import key_of
from downloads2mqtt.relay.hub.frame import Message
from downloads2mqtt.relay.signalr.codec import PING, invocation

STATUS: dict[State, tuple[str, str]] = {
    "queued": ("Queued", "queued"),
    "metadata": ("Queued", "queued"),
    "checking": ("Queued", "queued"),
    "downloading": ("Downloading", "downloading"),
    "stalled": ("Downloading", "downloading"),
    "paused": ("Paused", "paused"),
    "processing": ("Processing", "downloading"),
    "completed": ("Completed", "completed"),
    "seeding": ("Completed", "completed"),
    "failed": ("Failed", "failed"),
    "unknown": ("Queued", "queued"),
}
"""Each state as the status of a download, and as that of an item of the queue."""

EVENTS = {"added": "DownloadAdded", "completed": "DownloadCompleted", "failed": "DownloadFailed"}


class Listed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An element of `DownloadsList` and `DownloadUpdate`."""

    id: str
    audiobook_id: None = None
    title: str
    artist: str = ""
    album: str = ""
    original_url: str = ""
    status: str
    progress: float
    total_size: int
    downloaded_size: int
    final_path: str = ""
    started_at: str
    completed_at: str | None
    error_message: str | None
    download_client_id: str
    metadata: dict[str, str] = {}


class Queued(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An element of `QueueUpdate`."""

    id: str
    title: str
    audiobook_id: None = None
    author: None = None
    series: None = None
    series_number: None = None
    quality: str = ""
    language: None = None
    status: str
    progress: float
    size: int
    downloaded: int
    download_speed: int
    eta: int | None
    indexer: None = None
    download_client: str
    download_client_id: str
    download_client_type: str
    added_at: str
    error_message: str | None
    can_pause: bool = False
    can_remove: bool = False
    seeders: int | None
    leechers: int | None
    ratio: float | None
    remote_path: None = None
    local_path: None = None
    content_path: None = None


class Noticed(msgspec.Struct, frozen=True, kw_only=True):
    """The argument of `Notification`; pages show one of an `id` only once."""

    id: str
    title: str
    message: str
    icon: str
    timestamp: str
    dismissed: bool = False


def said(message: Message, look: Look) -> bytes:
    """The records that tell a message of ours, which may be none. A snapshot is told as rows, not as everything."""
    match message:
        case Delta():
            return _update(touched(message, look).values()) + b"".join(map(_event, message.events))
        case EventFrame():
            return _event(message)
        case SnapshotFrame():
            return _update(message.downloads)
        case NotificationFrame():
            return _notification(message.type, message.message, "info", message.at)
        case Heartbeat():
            return PING
        case _:
            return b""


def everything(snapshot: SnapshotFrame) -> bytes:
    """`DownloadsList`, in place of all that the client holds."""
    return invocation("DownloadsList", [listed(row) for row in snapshot.downloads])


def queue(snapshot: SnapshotFrame) -> bytes:
    """`QueueUpdate`: clients forget what is not in it, so it is always the whole queue."""
    return invocation("QueueUpdate", [queued(row) for row in snapshot.downloads])


def whole(snapshot: SnapshotFrame) -> bool:
    """Whether this is all there is: not before the bus has been read, and not because the broker is away."""
    held: dict[str, int] = {}
    for row in snapshot.downloads:
        held[row.client] = held.get(row.client, 0) + 1
    if any(view.stats is not None and held.get(view.client, 0) < view.stats.total for view in snapshot.clients):
        return False
    return bool(held) or (snapshot.broker and bool(snapshot.clients))


def reorders(delta: Delta) -> bool:
    """Whether a delta changes who is in the queue, or in which state."""
    return bool(delta.del_) or any("state" in fields for fields in delta.set.values())


def listed(row: Download) -> Listed:
    """A download as an element of the list."""
    return Listed(
        id=key_of(row.client, row.id),
        title=row.name,
        status=STATUS[row.state][0],
        progress=row.progress or 0.0,
        total_size=row.size or 0,
        downloaded_size=row.downloaded or 0,
        started_at=row.added_at or row.updated_at,
        completed_at=row.completed_at,
        error_message=row.error,
        download_client_id=row.client,
    )


def queued(row: Download) -> Queued:
    """A download as an item of the queue."""
    return Queued(
        id=key_of(row.client, row.id),
        title=row.name,
        status=STATUS[row.state][1],
        progress=row.progress or 0.0,
        size=row.size or 0,
        downloaded=row.downloaded or 0,
        download_speed=row.download_rate or 0,
        eta=row.eta,
        download_client=row.client,
        download_client_id=row.client,
        download_client_type=row.kind,
        added_at=row.added_at or row.updated_at,
        error_message=row.error,
        seeders=row.seeds,
        leechers=row.peers,
        ratio=row.ratio,
    )


def _update(rows: Iterable[Download]) -> bytes:
    elements = [listed(row) for row in rows]
    return invocation("DownloadUpdate", elements) if elements else b""


def _event(event: EventFrame) -> bytes:
    target = EVENTS.get(event.event)
    if target is None:
        return b""
    told = invocation(target, listed(event.download))
    if event.event == "completed":
        return told + _notification("Download completed", event.name, "success", event.at)
    if event.event == "failed":
        why = f"{event.name}: {event.download.error}" if event.download.error else event.name
        return told + _notification("Download failed", why, "error", event.at)
    return told


def _notification(title: str, message: str, icon: str, at: str) -> bytes:
    id = f"{at}-{crc32(f'{title}{message}'.encode(errors='replace')):08x}"
    return invocation("Notification", Noticed(id=id, title=title, message=message, icon=icon, timestamp=at))
