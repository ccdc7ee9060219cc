"""What wires share that tell the hub's frames in words other than ours. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.frames import Delta, Hello, SnapshotFrame
from downloads2mqtt.relay.hub.channel import Filter, key_of
from downloads2mqtt.relay.hub.channels import Channels
from downloads2mqtt.relay.hub.frame import Encoded, Frame, Message

Look = Callable[[str], Download | None]
"""A download by its key, as readers were last told."""


class CaughtUp(Encoded[Message]):
    """A frame for one reader that lagged; `held` is what it was told before it did, by key."""

    def __init__(self, frame: Frame, held: SnapshotFrame) -> None:
        super().__init__(frame.message)
        self.held = by_key(held)


class Follower:
    """Hands one reader's frames to its outlet, and knows what it holds while it lags: other words than ours cannot say
    "in place of all you held"."""

    def __init__(self, channels: Channels, wanted: Filter, send: Callable[[Encoded[Any]], bool]) -> None:
        self._channels, self._wanted, self._send = channels, wanted, send
        self._behind: SnapshotFrame | None = None

    def send(self, frame: Frame) -> bool:
        """Take a frame; says whether another can follow."""
        told = self._as_caught_up(frame)
        takes_more = self._send(told)
        if not takes_more and self._behind is None:
            self._behind = self._held_after(frame)
        return takes_more

    def _held_after(self, frame: Frame) -> SnapshotFrame:
        message = frame.message
        if isinstance(message, Hello):
            return SnapshotFrame(seq=message.seq, broker=False, bridges=[], clients=[], downloads=[])
        return message if isinstance(message, SnapshotFrame) else self._channels.snapshot(self._wanted).message

    def _as_caught_up(self, frame: Frame) -> Encoded[Message]:
        """A frame for those in step is for one that holds what they hold; one that tells only events changes nothing of
        what is held."""
        behind, message = self._behind, frame.message
        if not (frame.catch_up or _is_snapshot(frame)):
            self._behind = None
        elif behind is not None and not (isinstance(message, Delta) and not (message.set or message.del_)):
            self._behind = None
            return CaughtUp(frame, behind)
        return frame


@dataclass(frozen=True, slots=True)
class Row:
    """A download as it is told; `before` as this reader was told last, where that is known."""

    key: str
    now: Download
    before: Download | None = None


@dataclass(slots=True)
class Told:
    """What a frame tells of downloads. `moved` are those in another state, `changed` the others."""

    added: list[Row] = field(default_factory=list)
    moved: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def told(frame: Encoded[Any], look: Look) -> Told:
    """What a delta, or a snapshot for one that lagged, tells; `look` gives rows of which only fields are told."""
    message = frame.message
    if isinstance(frame, CaughtUp):
        return _since(frame.held, message, look)
    rows = Told()
    if isinstance(message, Delta):
        for key, now in touched(message, look).items():
            fields = message.set[key]
            kind = rows.added if "id" in fields else rows.moved if "state" in fields else rows.changed
            kind.append(Row(key, now))
        rows.removed = list(message.del_)
    return rows


def by_key(snapshot: SnapshotFrame) -> dict[str, Download]:
    """The downloads of a snapshot."""
    return {key_of(download.client, download.id): download for download in snapshot.downloads}


def touched(delta: Delta, look: Look) -> dict[str, Download]:
    """The whole rows that a delta sets, by key.

    As the frame tells them, where it does: the hub may already know better than readers were told.
    """
    rows = {key: Download(**fields) if "id" in fields else look(key) for key, fields in delta.set.items()}
    return {key: row for key, row in rows.items() if row is not None}


def _since(held: dict[str, Download], message: Message, look: Look) -> Told:
    """What became of what was held."""
    rows = Told()
    if isinstance(message, SnapshotFrame):
        now = by_key(message)
        rows.removed = [key for key in held if key not in now]
    elif isinstance(message, Delta):
        now = touched(message, look)
        rows.removed = [key for key in message.del_ if key in held]
    else:
        return rows
    for key, download in now.items():
        before = held.get(key)
        kind = rows.added if before is None else rows.moved if before.state != download.state else rows.changed
        if before != download:
            kind.append(Row(key, download, before))
    return rows


def _is_snapshot(frame: Frame) -> bool:
    return isinstance(frame.message, SnapshotFrame)
