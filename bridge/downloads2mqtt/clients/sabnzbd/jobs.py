"""SABnzbd's queue and history as it tells them, and the download that a row of either is."""

import math
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec.structs import replace

from downloads2mqtt.clients._json import limit, percent, seconds_left, when
from downloads2mqtt.clients.sabnzbd.api import Answer, plain
from downloads2mqtt.contract.download import Download, Protocol, Stage, State
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.listing import Totals

KIND: Final = "sabnzbd"
PROTOCOL: Final[Protocol] = "usenet"
MIB: Final = 2**20
GIB: Final = 2**30
# To set no limit at all makes 3.7 and 4.5 stand still, in the middle of their waiting for the rate to fall below it
# (downloader.py). So no limit is one that nobody reaches.
NO_LIMIT: Final = 2**40

# The queue says "Downloading" of every job that waits for its turn; the history says "Queued" of one that waits for
# its post-processing, and tells the end of one before it is in the history with its folder. They are published with
# "PP" before.
STATES: Final[Mapping[str, tuple[State, Stage | None]]] = MappingProxyType(
    {
        "Grabbing": ("metadata", None),
        "Queued": ("queued", None),
        "Propagating": ("queued", None),
        "Paused": ("paused", None),
        "Checking": ("checking", None),
        "Downloading": ("downloading", None),
        "Fetching": ("processing", "repairing"),
        "PP Queued": ("processing", "script"),
        "PP Completed": ("processing", "script"),
        "PP Failed": ("processing", "script"),
        "QuickCheck": ("processing", "verifying"),
        "Verifying": ("processing", "verifying"),
        "Repairing": ("processing", "repairing"),
        "Extracting": ("processing", "extracting"),
        "Moving": ("processing", "moving"),
        "Running": ("processing", "script"),
        "Completed": ("completed", None),
        "Failed": ("failed", None),
    }
)

Number = float | str | None


class Queue(msgspec.Struct):
    """`mode=queue`."""

    slots: list[msgspec.Raw]
    version: str | None = None
    paused: bool = False
    kbpersec: Number = None
    speedlimit_abs: Number = None
    diskspace1: Number = None
    diskspace2: Number = None


class QueueAnswer(Answer):
    """The answer to `mode=queue`."""

    queue: Queue | None = None


class History(msgspec.Struct):
    """`mode=history`."""

    slots: list[msgspec.Raw]
    last_history_update: int
    noofslots: int

    @property
    def sound(self) -> bool:
        """Not so when its database cannot be read: no rows then, counted as -1 (5.1.3, fetch_history)."""
        return len(self.slots) <= self.noofslots and (bool(self.slots) or not self.noofslots)


class HistoryAnswer(Answer):
    """The answer to `mode=history`; `False` when its counter still is the one that was sent."""

    history: History | bool | None = None


class QueueSlot(msgspec.Struct):
    """A row of the queue."""

    nzo_id: str
    status: str
    filename: str | None = None
    index: Annotated[int, msgspec.Meta(ge=0, le=10**9)] | None = None
    mb: Number = None
    mbleft: Number = None
    cat: str | None = None
    priority: str | int | None = None
    labels: list[str] | None = None
    time_added: Number = None

    @property
    def forced(self) -> bool:
        """Whether it goes on even while the queue is paused."""
        return self.priority == "Force"


class HistorySlot(msgspec.Struct):
    """A row of the history, or of what is on its way there."""

    nzo_id: str
    status: str
    name: str | None = None
    bytes: Number = None
    category: str | None = None
    storage: str | None = None
    completed: Number = None
    time_added: Number = None
    fail_message: str | None = None
    script_line: str | None = None
    loaded: bool | None = None

    @property
    def native_state(self) -> str:
        """Its word, with "PP" where that means something else here than in the queue or later on."""
        unfinished = self.status == "Queued" or (self.loaded and self.status in ("Completed", "Failed"))
        return f"PP {self.status}" if unfinished else self.status


class Job(NamedTuple):
    """A row of the queue, read."""

    download: Download
    forced: bool
    left: int | None


def queued(client: str, slot: QueueSlot, paused: bool) -> Job | None:
    """A queue row; what waits for its turn is "queued" until `in_turn` says whose turn it is."""
    if slot.status == "Deleted":
        return None
    state, stage = STATES.get(slot.status, ("unknown", None))
    if slot.status in ("Downloading", "Queued"):
        state = "paused" if paused and not slot.forced else "queued"
    size, left = _bytes(slot.mb, MIB), _bytes(slot.mbleft, MIB)
    done = None if size is None or left is None else max(0, size - left)
    download = _download(
        client,
        slot.nzo_id,
        slot.filename,
        slot.status,
        state=state,
        stage=stage,
        progress=percent(done, size),
        size=size or None,
        downloaded=done,
        download_rate=0,
        category=_category(slot.cat),
        queue_position=None if slot.index is None else slot.index + 1,
        added_at=when(_number(slot.time_added)),
        warning=warning(slot.labels),
    )
    return Job(download, slot.forced, left)


def past(client: str, slot: HistorySlot) -> Download | None:
    """A history row. While it is post-processed its `completed` is the time of asking."""
    if slot.status == "Deleted":
        return None
    native = slot.native_state
    state, stage = STATES.get(native, ("unknown", None))
    done, failed = state == "completed", state == "failed"
    came = _bytes(slot.bytes)
    size = None if failed else came or None  # a failed job does not tell how much it should have been
    return _download(
        client,
        slot.nzo_id,
        slot.name,
        native,
        state=state,
        stage=stage,
        progress=None if size is None else 100.0,
        size=size,
        downloaded=came,
        category=_category(slot.category),
        path=slot.storage or None,
        added_at=when(_number(slot.time_added)),
        completed_at=when(_number(slot.completed)) if done else None,
        error=plain(slot.fail_message) or "SABnzbd does not say why it failed" if failed else None,
        warning=plain(slot.script_line or slot.fail_message) or None if done else None,
    )


def in_turn(jobs: Iterable[Job | None], queue: Queue) -> Iterator[Download]:
    """The queue's downloads; SABnzbd works on forced jobs and the first one that may go on, at one common rate."""
    rate = _bytes(queue.kbpersec, 1024)
    first = True
    for job in jobs:
        if job is None:
            continue
        waits = job.download.native_state == "Downloading" and job.download.state == "queued"
        if not waits or not (first or job.forced):
            yield job.download
        elif first:
            first = False
            eta = seconds_left(job.left / rate) if rate and job.left is not None else None
            yield replace(job.download, state="downloading", download_rate=rate, eta=eta)
        else:
            yield replace(job.download, state="downloading", download_rate=None)


def totals(queue: Queue) -> Totals:
    """Rate, limit, and the free space of the fuller of both folders."""
    free = [space for space in (_bytes(queue.diskspace1, GIB), _bytes(queue.diskspace2, GIB)) if space is not None]
    at_most = limit(_bytes(queue.speedlimit_abs))
    return Totals(
        download_rate=_bytes(queue.kbpersec, 1024),
        download_limit=None if at_most is not None and at_most >= NO_LIMIT else at_most,
        free_space=min(free, default=None),
    )


def warning(labels: list[str] | None) -> str | None:
    """The labels, but for those that count minutes ("WAIT 23 sec", "PROPAGATING 4 min"); they are translated."""
    return ", ".join(label for label in labels or () if not any(map(str.isdigit, label))) or None


def _download(client: str, native_id: str, name: str | None, native_state: str, **known: object) -> Download:
    if name and "://" in name:  # an NZB that is fetched, or could not be, is called by its address, with all its keys
        name = plain(name)
    return Download(
        id=download_id(native_id),
        native_id=native_id,
        client=client,
        kind=KIND,
        protocol=PROTOCOL,
        name=name or native_id,
        native_state=native_state,
        **known,  # type: ignore[arg-type]
    )


def _number(value: Number) -> float | None:
    """Numbers come as numbers, as decimals in a string, as "" and as "None"."""
    try:
        number = float(value or 0) if value != "" else math.nan
    except ValueError:
        return None
    return number if value is not None and math.isfinite(number) else None


def _bytes(value: Number, unit: int = 1) -> int | None:
    number = _number(value)
    return None if number is None or not 0 <= number * unit < 2**63 else int(number * unit)


def _category(name: str | None) -> str | None:
    return None if name in (None, "", "*", "None") else name
