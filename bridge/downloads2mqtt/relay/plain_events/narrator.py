"""Frames as the unnamed events of `/events`. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from downloads2mqtt.contract.download import Download, State
from downloads2mqtt.contract.frames import Delta, EventFrame, Heartbeat, SnapshotFrame
from downloads2mqtt.relay.dialect import CaughtUp, Look, Row, by_key, told
from downloads2mqtt.relay.hub.frame import Encoded, Frame

Kind = Literal["connected", "progress_update", "state_change", "request_created", "request_deleted"]


class PlainEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event. `progress` in percent, `eta` in seconds; every key is there, null where it means nothing."""

    type: Kind
    request_id: str | None = None
    progress: float | None = None
    eta: int | None = None
    old_state: State | None = None
    new_state: State | None = None


CONNECTED = PlainEvent(type="connected")
COMMENT = b":\n\n"


@dataclass(slots=True)
class _Known:
    state: State
    progress: float | None


class Narrator:
    """Tells one channel's readers frames as events, the same to all: progress is told once it is `step` percent from
    where it was told last, whoever listened then."""

    def __init__(self, look: Look, step: float) -> None:
        self._look, self._step = look, step
        self._known: dict[str, _Known] = {}
        self._seq: int | None = None

    def __call__(self, frame: Encoded[Any]) -> bytes:
        """The events for a frame; nothing where there is nothing to tell."""
        message = frame.message
        match message:
            case Heartbeat():
                return COMMENT
            case EventFrame():
                self._seq = message.seq
                return b""
            case SnapshotFrame() | Delta():
                events = self._caught_up(frame) if isinstance(frame, CaughtUp) else self._in_step(frame)
                return b"".join(map(event, events))
            case _:
                return b""

    def _in_step(self, frame: Encoded[Any]) -> list[PlainEvent]:
        """For all who hold what was told before. A snapshot is for one that comes: it is told nothing, and when nobody
        else is in step, what it holds is where telling begins."""
        if isinstance(frame.message, SnapshotFrame):
            self._begin(frame.message)
            return []
        if isinstance(frame, Frame) and frame.catch_up:
            return []
        rows = told(frame, self._look)
        self._seq = frame.message.seq
        events = [_deleted(key, self._forget(key)) for key in rows.removed]
        for row in rows.added:
            self._note(row)
            events.append(_created(row))
        for row in (*rows.moved, *rows.changed):
            events += self._changed(row)
        return events

    def _caught_up(self, frame: CaughtUp) -> list[PlainEvent]:
        """For one that lagged: what became of all that it held, however little."""
        rows, message = told(frame, self._look), frame.message
        if self._seq != message.seq:
            self._advance(message, (*rows.added, *rows.moved, *rows.changed), rows.removed)
        events = [_deleted(key, frame.held[key].state) for key in rows.removed]
        events += [_created(row) for row in rows.added]
        for row in (*rows.moved, *rows.changed):
            before = row.before or row.now
            if before.state != row.now.state:
                events.append(_moved(row, before.state))
            if before.progress != row.now.progress:
                events.append(_progressed(row))
        return events

    def _changed(self, row: Row) -> list[PlainEvent]:
        known, now = self._known.get(row.key), row.now
        if known is None:
            self._note(row)
            return []
        events = []
        if known.state != now.state:
            events.append(_moved(row, known.state))
        if self._is_step(known.progress, now.progress, moved=bool(events)):
            events.append(_progressed(row))
            known.progress = now.progress
        known.state = now.state
        return events

    def _is_step(self, before: float | None, now: float | None, *, moved: bool) -> bool:
        if now is None or now == before:
            return False
        return before is None or moved or now == 100.0 or abs(now - before) >= self._step - 1e-9

    def _begin(self, snapshot: SnapshotFrame) -> None:
        if self._seq != snapshot.seq:
            self._known = {key: _known(download) for key, download in by_key(snapshot).items()}
            self._seq = snapshot.seq

    def _advance(self, message: Any, rows: Iterable[Row], removed: Iterable[str]) -> None:
        """Nobody was in step: telling goes on from what this one is told now."""
        if isinstance(message, SnapshotFrame):
            self._begin(message)
            return
        for key in removed:
            self._forget(key)
        for row in rows:
            self._note(row)
        self._seq = message.seq

    def _note(self, row: Row) -> None:
        self._known[row.key] = _known(row.now)

    def _forget(self, key: str) -> State | None:
        known = self._known.pop(key, None)
        return None if known is None else known.state


def _known(download: Download) -> _Known:
    return _Known(download.state, download.progress)


def _created(row: Row) -> PlainEvent:
    now = row.now
    return PlainEvent(
        type="request_created", request_id=row.key, progress=now.progress, eta=now.eta, new_state=now.state
    )


def _deleted(key: str, state: State | None) -> PlainEvent:
    return PlainEvent(type="request_deleted", request_id=key, old_state=state)


def _moved(row: Row, before: State) -> PlainEvent:
    now = row.now
    return PlainEvent(
        type="state_change",
        request_id=row.key,
        progress=now.progress,
        eta=now.eta,
        old_state=before,
        new_state=now.state,
    )


def _progressed(row: Row) -> PlainEvent:
    return PlainEvent(type="progress_update", request_id=row.key, progress=row.now.progress, eta=row.now.eta)


def event(told: PlainEvent) -> bytes:
    """An event as the stream has it."""
    return b"data: %b\n\n" % msgspec.json.encode(told)
