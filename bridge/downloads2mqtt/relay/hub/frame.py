"""A frame on its way to many readers, and the ring of those that went by. Pure."""

from collections import deque
from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar

import msgspec

from downloads2mqtt.contract.frames import (
    Delta,
    ErrorFrame,
    EventFrame,
    Heartbeat,
    Hello,
    NotificationFrame,
    ResponseFrame,
    SnapshotFrame,
)

Message = Hello | SnapshotFrame | Delta | EventFrame | NotificationFrame | Heartbeat
Reply = ResponseFrame | ErrorFrame
Wire = TypeVar("Wire")
MessageType = TypeVar("MessageType", bound=Message | Reply)


class PersonalNotification(NotificationFrame, frozen=True, tag_field="t", tag="notification", kw_only=True):
    """A notification for this reader's user alone. Native readers are told it in the same words as any other."""


class Encoded(Generic[MessageType]):
    """A message and what transports make of it, each made once, whoever asks first."""

    __slots__ = ("_payload", "_wires", "message")

    def __init__(self, message: MessageType) -> None:
        self.message = message
        self._payload: bytes | None = None
        self._wires: dict[Callable[[Self], Any], Any] = {}

    @property
    def payload(self) -> bytes:
        """The message's JSON."""
        if self._payload is None:
            self._payload = msgspec.json.encode(self.message)
        return self._payload

    def wire(self, encode: Callable[[Self], Wire]) -> Wire:
        """`encode(self)`, made once for all readers that use the same `encode`."""
        try:
            wire: Wire = self._wires[encode]
        except KeyError:
            wire = self._wires[encode] = encode(self)
        return wire


class Frame(Encoded[Message]):
    """A message for many readers. `epoch` and the message's `seq` are what a returning reader brings back.

    `catch_up` says that it was made for one reader that lagged: its rows are whole.
    """

    __slots__ = ("catch_up", "epoch")

    def __init__(self, message: Message, epoch: str = "", *, catch_up: bool = False) -> None:
        super().__init__(message)
        self.epoch, self.catch_up = epoch, catch_up


class Snapshot(Frame):
    """The frame of all that there is to hold."""

    __slots__ = ()

    message: SnapshotFrame


class Ring:
    """The latest frames, bounded in count and in bytes, for readers that return; `seq` is that before the first."""

    def __init__(self, seq: int = 0, *, count: int = 1000, size: int = 1_000_000) -> None:
        self._count, self._size = count, size
        self._frames: deque[Frame] = deque()
        self._first = self._last = seq
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._frames)

    def append(self, frame: Frame) -> None:
        """Take in the next frame."""
        self._frames.append(frame)
        self._last = frame.message.seq
        self.bytes += len(frame.payload)
        while len(self._frames) > self._count or self.bytes > self._size:
            gone = self._frames.popleft()
            self._first = gone.message.seq
            self.bytes -= len(gone.payload)

    def since(self, seq: int) -> list[Frame] | None:
        """The frames after `seq`, or `None` when they are no longer all here, or never were."""
        if not self._first <= seq <= self._last:
            return None
        return [frame for frame in self._frames if frame.message.seq > seq]
