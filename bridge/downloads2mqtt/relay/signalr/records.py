"""Records on their way to clients: what they are made of, and what each transport makes of them. Pure."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from downloads2mqtt.relay import event_stream
from downloads2mqtt.relay.framing import Pieces
from downloads2mqtt.relay.hub.frame import Encoded

Framing = Callable[[bytes], Pieces | asyncio.Future[Pieces]]


class Record(Encoded[Any]):
    """Records of ours beside the hub's frames; `make` is called once, when they are written."""

    def __init__(self, make: Callable[[], bytes]) -> None:
        super().__init__(None)
        self._make = make

    @property
    def payload(self) -> bytes:
        """The records."""
        if self._payload is None:
            self._payload = self._make()
        return self._payload


@dataclass(frozen=True, slots=True)
class Speech:
    """What a transport writes for a frame: `say` makes the records, `framing` their bytes. Equal ones share both."""

    say: Callable[[Encoded[Any]], bytes]
    framing: Framing

    def __call__(self, frame: Encoded[Any]) -> Pieces | asyncio.Future[Pieces]:
        """The pieces; none for a frame that says nothing here."""
        payload = frame.payload if isinstance(frame, Record) else frame.wire(self.say)
        return self.framing(payload) if payload else ()


def unframed(payload: bytes) -> Pieces:
    """For a poll: records as they are, and never half of one."""
    return (payload,)


def streamed(payload: bytes) -> Pieces:
    """One Server-Sent Event."""
    return event_stream.streamed(b"data: %b\r\n\r\n" % payload)


def chunked(payload: bytes) -> Pieces:
    """One Server-Sent Event in the chunks of HTTP/1.1."""
    return event_stream.chunked(b"data: %b\r\n\r\n" % payload)
