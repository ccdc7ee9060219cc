"""The listeners of `/hubs/downloads`, and when they are told everything again.

Changed rows go out with the hub's own rhythm; the queue is only ever told as a whole, so it goes out more seldom the
larger it is.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from downloads2mqtt.contract.frames import Delta, SnapshotFrame
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.hub.channel import Filter
from downloads2mqtt.relay.hub.frame import Encoded, Frame
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.scope import Scope
from downloads2mqtt.relay.signalr import downloads
from downloads2mqtt.relay.signalr.audience import Audience, Listener
from downloads2mqtt.relay.signalr.records import Record

LIST_SECONDS = 30.0
REORDERED_SECONDS = 1.0
PROGRESS_SECONDS = 5.0
QUEUE_BYTES_PER_SECOND = 200_000
"""What whole queues may take of one client's line, and of its page's time."""

PATIENCE = 10.0
"""Seconds for which a list that is not whole, as while the relay starts, is kept back."""


class DownloadsAudience(Audience):
    """See the module."""

    calls = ("RequestDownloadsUpdate",)
    events = (
        "DownloadsList",
        "DownloadUpdate",
        "QueueUpdate",
        "DownloadAdded",
        "DownloadCompleted",
        "DownloadFailed",
        "Notification",
    )

    def __init__(self, hub: Hub, scope: Scope) -> None:
        super().__init__(hub, scope)
        self._clock = asyncio.get_running_loop()
        self._noted: Frame | None = None
        self._queue: asyncio.TimerHandle | None = None
        self._list: asyncio.TimerHandle | None = None
        self._told_at, self._told_bytes = self._clock.time(), 0
        self._owes_list = False
        self._doubted_at: float | None = None

    def narrowed(self, scope: Scope) -> Filter:
        """All of it."""
        return Filter(scope=scope)

    def enter(self, session: Listener) -> None:
        """One more."""
        super().enter(session)
        if self._list is None:
            self._list = self._clock.call_later(LIST_SECONDS, self._tell_all)

    def leave(self, session: Listener) -> None:
        """One less; when nobody is left, nothing is due."""
        super().leave(session)
        if not self.sessions:
            for timer in (self._list, self._queue):
                if timer is not None:
                    timer.cancel()
            self._list = self._queue = None

    def say(self, frame: Encoded[Any]) -> bytes:
        """The records for a frame that is no snapshot."""
        return downloads.said(frame.message, self.hub.get)

    def send(self, session: Listener, frame: Frame) -> bool:
        """Tell one a frame; a snapshot only tells rows while it may not be all there is."""
        if isinstance(frame.message, SnapshotFrame):
            if self._trusts(frame.message):
                return session.outlet.send(frame.wire(_everything))
            self._owes_list = True
            self._due(REORDERED_SECONDS)
        elif frame is not self._noted and isinstance(frame.message, Delta):
            self._noted = frame
            self._note(frame.message)
        return session.outlet.send(frame)

    def call(self, session: Listener, target: str, arguments: Sequence[Any]) -> None:
        """`RequestDownloadsUpdate` tells one everything, when it has read what was told before."""
        match target:
            case "RequestDownloadsUpdate":
                self.hub.channels.resend(session.reader)
            case "PushDownloadUpdate":
                raise RequestError("forbidden", "downloads come from the download clients and not from pages")
            case _:
                super().call(session, target, arguments)

    def _note(self, delta: Delta) -> None:
        if delta.set or delta.del_:
            self._due(REORDERED_SECONDS if downloads.reorders(delta) else PROGRESS_SECONDS)

    def _due(self, seconds: float) -> None:
        """The queue is to be told again, so many seconds after the last time at the earliest."""
        wait = max(seconds, self._told_bytes / QUEUE_BYTES_PER_SECOND)
        at = max(self._clock.time(), self._told_at + wait)
        if self._queue is None or self._queue.when() > at:
            if self._queue is not None:
                self._queue.cancel()
            self._queue = self._clock.call_at(at, self._tell_queue)

    def _tell_queue(self) -> None:
        self._queue = None
        snapshot = self.hub.channels.snapshot(self.wanted).message
        if not self._trusts(snapshot):
            self._queue = self._clock.call_later(REORDERED_SECONDS, self._tell_queue)
            return
        payload = (downloads.everything(snapshot) if self._owes_list else b"") + downloads.queue(snapshot)
        self._owes_list = False
        self._told_at, self._told_bytes = self._clock.time(), len(payload)
        record = Record(lambda: payload)
        for session in tuple(self.sessions):
            if not session.reader.lagging:
                session.outlet.send(record)

    def _tell_all(self) -> None:
        self._list = self._clock.call_later(LIST_SECONDS, self._tell_all)
        for session in tuple(self.sessions):
            self.hub.channels.resend(session.reader)

    def _trusts(self, snapshot: SnapshotFrame) -> bool:
        """Whether this list may stand for everything: it is whole, or has not become so for a while."""
        if downloads.whole(snapshot):
            self._doubted_at = None
            return True
        now = self._clock.time()
        self._doubted_at = now if self._doubted_at is None else self._doubted_at
        return now - self._doubted_at > PATIENCE and (snapshot.broker or bool(snapshot.downloads))


def _everything(frame: Encoded[Any]) -> Record:
    return Record(lambda: downloads.everything(frame.message) + downloads.queue(frame.message))
