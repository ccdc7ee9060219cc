"""Frames as the messages of `/api/ws`. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from downloads2mqtt.contract.frames import SnapshotFrame
from downloads2mqtt.relay.dialect import CaughtUp, Look, Row, Told, told
from downloads2mqtt.relay.flasharr.stats import EngineStats, engine_stats
from downloads2mqtt.relay.flasharr.task import Task, task
from downloads2mqtt.relay.hub.frame import Encoded, Snapshot

FEW = 20
"""So many rows of one delta have messages of their own. The page asks for all its batches again at each new task, and
at each that completes or fails: of more, it is told in one message."""

Messages = tuple[bytes, ...]


class SyncAll(msgspec.Struct, tag_field="type", tag="SYNC_ALL"):
    """All that this reader sees; the page puts them beside what it has."""

    tasks: list[Task]


class TaskAdded(msgspec.Struct, tag_field="type", tag="TASK_ADDED"):
    """A new one."""

    task: Task


class TaskUpdated(msgspec.Struct, tag_field="type", tag="TASK_UPDATED"):
    """One in another state, or otherwise changed by more than progress."""

    task: Task


class TaskBatchUpdate(msgspec.Struct, tag_field="type", tag="TASK_BATCH_UPDATE"):
    """The progress of half a second, or many changes at once."""

    tasks: list[Task]


class TaskRemoved(msgspec.Struct, tag_field="type", tag="TASK_REMOVED"):
    """One that is gone."""

    task_id: str


class EngineStatsMessage(msgspec.Struct, tag_field="type", tag="ENGINE_STATS"):
    """Totals."""

    stats: EngineStats


class Said(Encoded[Any]):
    """Messages beside the hub's frames."""

    def __init__(self, messages: Messages) -> None:
        super().__init__(None)
        self.messages = messages


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said for a frame; equal ones share it."""

    look: Look

    def __call__(self, frame: Encoded[Any]) -> Messages:
        """The messages, none for a frame that says nothing here."""
        if isinstance(frame, Said):
            return frame.messages
        if isinstance(frame.message, SnapshotFrame) and not isinstance(frame, CaughtUp):
            return _encoded([SyncAll([task(download) for download in frame.message.downloads])])
        return _encoded(_messages(told(frame, self.look)))


def stats(frame: Snapshot) -> Said:
    """`ENGINE_STATS` of what a snapshot shows."""
    return Said(_encoded([EngineStatsMessage(engine_stats(frame.message.downloads))]))


def _messages(rows: Told) -> Iterable[msgspec.Struct]:
    """For many new ones the page asks once, after the last: by then the others are told."""
    last = rows.added if len(rows.added) <= FEW else rows.added[-1:]
    single = rows.moved if len(rows.moved) <= FEW else []
    batch = rows.added[: len(rows.added) - len(last)] + (rows.moved if not single else []) + rows.changed
    yield from (TaskRemoved(key) for key in rows.removed)
    if batch:
        yield TaskBatchUpdate(_tasks(batch))
    yield from (TaskUpdated(row) for row in _tasks(single))
    yield from (TaskAdded(row) for row in _tasks(last))


def _tasks(rows: Iterable[Row]) -> list[Task]:
    return [task(row.now) for row in rows]


def _encoded(messages: Iterable[msgspec.Struct]) -> Messages:
    return tuple(msgspec.json.encode(message) for message in messages)
