"""A frame on its way to many readers, and the ring of those that went by. Pure."""

from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from downloads2mqtt.contract.frames import (
    Delta,
    ErrorFrame,
    EventFrame,
    Heartbeat,
    Hello,
    ResponseFrame,
    SnapshotFrame,
)

Message = Hello | SnapshotFrame | Delta | EventFrame | Heartbeat
Reply = ResponseFrame | ErrorFrame
Wire = TypeVar("Wire")


class Encoded:
    """A message's JSON; what a transport makes of that is made once too, whoever asks first."""

    __slots__ = ("_wires", "payload")

    def __init__(self, message: Message | Reply) -> None:
        self.payload = msgspec.json.encode(message)
        self._wires: dict[Callable[[bytes], Any], Any] = {}

    def wire(self, encode: Callable[[bytes], Wire]) -> Wire:
        """`encode(payload)`, made once for all readers that use the same `encode`."""
        if encode not in self._wires:
            self._wires[encode] = encode(self.payload)
        wire: Wire = self._wires[encode]
        return wire


class Frame(Encoded):
    """A message for many readers, with what was said in it for those who cannot take it now."""

    __slots__ = ("message",)

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class Ring:
    """The latest frames, bounded in count and in bytes, for readers that return."""

    def __init__(self, count: int = 1000, size: int = 1_000_000) -> None:
        self._count, self._size = count, size
        self._frames: deque[Frame] = deque()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._frames)

    def append(self, frame: Frame) -> None:
        """Take in the next frame; `seq` must follow that of the one before."""
        self._frames.append(frame)
        self.bytes += len(frame.payload)
        while len(self._frames) > self._count or self.bytes > self._size:
            self.bytes -= len(self._frames.popleft().payload)

    def since(self, seq: int, now: int) -> list[Frame] | None:
        """The frames after `seq` up to `now`, or `None` when they are no longer all here, or never were."""
        missing = now - seq
        if not 0 <= missing <= len(self._frames):
            return None
        return list(self._frames)[len(self._frames) - missing :]
