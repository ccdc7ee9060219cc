"""What changed between two views of a client's downloads, and which events that makes. Pure: no I/O, no clock."""

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from msgspec.structs import replace

from downloads2mqtt.contract.download import DONE, Download, State
from downloads2mqtt.contract.event import EventType


class Latch(enum.IntFlag):
    """What happened once to a download and never counts as new again."""

    NONE = 0
    STARTED = 1
    COMPLETED = 2


@dataclass(frozen=True, slots=True)
class Step:
    """How far progress (percent) or a rate or an eta (fraction) must move to be worth a message."""

    progress: float = 0.5
    rate: float = 0.1


EXACT = Step(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Known:
    """A client's downloads as last published, by id, and their latches."""

    downloads: Mapping[str, Download] = field(default_factory=dict)
    latches: Mapping[str, Latch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transition:
    """One event to be: everything of a `DownloadEvent` but its sequence number."""

    event: EventType
    id: str
    from_: State | None
    to: State | None
    at: str
    download: Download


@dataclass(frozen=True, slots=True)
class Changes:
    """`upserts` to publish, `removals` to clear, events in order, and the latches that moved."""

    upserts: Mapping[str, Download] = field(default_factory=dict)
    removals: tuple[str, ...] = ()
    events: tuple[Transition, ...] = ()
    latches: Mapping[str, Latch] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.upserts or self.removals)


def diff(
    known: Known,
    current: Mapping[str, Download],
    *,
    at: str,
    touched: Iterable[str] | None = None,
    replaced: frozenset[str] = frozenset(),
    baseline: bool = False,
    step: Step = EXACT,
) -> Changes:
    """What to publish so that the bus shows `current`.

    `touched` are the only ids looked at (all when `None`); `replaced` are ids under which another download now
    stands; `baseline` says that a download not known before is news to us only, not to the world: no event.
    `at` is now, in ISO 8601, for `updated_at` and for events whose time the client does not tell.
    """
    ids = dict.fromkeys([*known.downloads, *current]) if touched is None else sorted(touched)
    upserts: dict[str, Download] = {}
    removals: list[str] = []
    events: list[Transition] = []
    latches: dict[str, Latch] = {}
    for id in ids:
        before, now = known.downloads.get(id), current.get(id)
        if before is not None and (now is None or id in replaced):
            events.append(Transition("removed", id, before.state, None, at, before))
            latches[id] = Latch.NONE
        if now is None:
            if before is not None:
                removals.append(id)
            continue
        if id in replaced:
            before = None
        if before is not None and not _worth_publishing(before, now, step):
            continue
        now = upserts[id] = replace(now, updated_at=at)
        if before is None and baseline:
            latches[id] = first_latch(now)
            continue
        latch = Latch.NONE if before is None else known.latches.get(id, Latch.NONE)
        if before is None:
            events.append(Transition("added", id, None, now.state, now.added_at or at, now))
        events.extend(_transition(before, now, latch, at))
        moved = latch | _latch_of(now.state)
        if moved != latch or id in latches:
            latches[id] = moved
    return Changes(upserts, tuple(removals), tuple(events), latches)


def first_latch(download: Download) -> Latch:
    """The latch of a download whose past we did not see: what it tells of it counts as having happened."""
    finished = Latch.STARTED | Latch.COMPLETED
    return finished if download.completed_at is not None else _latch_of(download.state)


def apply(known: Known, changes: Changes) -> Known:
    """`known` after `changes` were published."""
    if not changes:
        return known
    downloads = {**known.downloads, **changes.upserts}
    latches = {**known.latches, **changes.latches}
    for id in changes.removals:
        downloads.pop(id, None)
        latches.pop(id, None)
    return Known(downloads, latches)


def _transition(before: Download | None, now: Download, latch: Latch, at: str) -> Iterator[Transition]:
    """The event of a change of state; for a download first seen, only what has already come to an end."""
    from_ = None if before is None else before.state
    event = _event(from_, now.state, latch)
    if from_ == now.state or (before is None and event not in ("completed", "failed")):
        return
    when = now.completed_at if event == "completed" and now.completed_at else at
    yield Transition(event, now.id, from_, now.state, when, now)


def _event(from_: State | None, to: State, latch: Latch) -> EventType:
    if to in DONE and from_ not in DONE and not latch & Latch.COMPLETED:
        return "completed"
    if to in ("failed", "paused", "stalled"):
        return to
    if to == "downloading" and not latch & Latch.STARTED:
        return "started"
    return "resumed" if from_ == "paused" and to not in DONE else "state_changed"


def _latch_of(state: State) -> Latch:
    if state in DONE:
        return Latch.STARTED | Latch.COMPLETED
    return Latch.STARTED if state in ("downloading", "stalled") else Latch.NONE


_LOOSE = frozenset(
    {"progress", "downloaded", "uploaded", "download_rate", "upload_rate", "eta", "ratio", "seeds", "peers"}
)
_at_once = attrgetter(*(f for f in Download.__struct_fields__ if f not in _LOOSE and f != "updated_at"))
_loose = attrgetter(*sorted(_LOOSE))


def _worth_publishing(before: Download, now: Download, step: Step) -> bool:
    if before is now:
        return False
    if _at_once(before) != _at_once(now):
        return True
    if step is EXACT:
        return bool(_loose(before) != _loose(now))
    return (
        _moved(before.progress, now.progress, step.progress)
        or _moved_by_part(before.download_rate, now.download_rate, step.rate)
        or _moved_by_part(before.upload_rate, now.upload_rate, step.rate)
        or _moved_by_part(before.eta, now.eta, step.rate)
    )


def _moved(before: float | None, now: float | None, step: float) -> bool:
    if before is None or now is None:
        return before is not now
    return before != now and (abs(now - before) >= step or now == 100)


def _moved_by_part(before: int | None, now: int | None, part: float) -> bool:
    if before is None or now is None:
        return before is not now
    return abs(now - before) > before * part
