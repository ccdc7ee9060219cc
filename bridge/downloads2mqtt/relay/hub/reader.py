"""A reader of frames: in step with the others, or lagging and owed the merged latest. Pure."""

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from downloads2mqtt.contract.frames import Delta, EventFrame, Hello, NotificationFrame, SnapshotFrame
from downloads2mqtt.relay.hub.frame import Frame, Message

EVENT_TAIL = 100
SLOTS = 1000


Slots = dict[str, bool]


class Missed:
    """What a reader that lags is owed: one slot per download and a bounded tail of events, whatever time passes.

    A slot says whether the reader holds that download, client or bridge: what came and went unseen leaves none behind.
    `frames` were merged, and `dropped` events fell out of the tail here; `lost_events` counts those of before, too.
    """

    def __init__(self) -> None:
        self.downloads: Slots = {}
        self.clients: Slots = {}
        self.bridges: Slots = {}
        self.events: deque[EventFrame] = deque(maxlen=EVENT_TAIL)
        self.notifications: deque[NotificationFrame] = deque(maxlen=EVENT_TAIL)
        self.lost_events = 0
        self.everything = False
        self.hello: Hello | None = None
        self.frames = self.dropped = 0

    def note(self, message: Message, slots: int = SLOTS) -> None:
        """Remember that `message` was not sent; beyond `slots` downloads, that everything has to be sent again."""
        self.frames += 1
        if isinstance(message, EventFrame):
            self._note_event(message)
        elif isinstance(message, NotificationFrame):
            self.notifications.append(message)
        elif isinstance(message, SnapshotFrame):
            self._owe_everything()
        elif isinstance(message, Hello):
            self.hello = message
        elif isinstance(message, Delta):
            self._note_delta(message)
            if len(self.downloads) > slots:
                self._owe_everything()

    def _note_delta(self, delta: Delta) -> None:
        for event in delta.events:
            self._note_event(event)
        self.lost_events += delta.missed_events
        if not self.everything:
            _note(self.clients, "client", delta.clients)
            _note(self.bridges, "bridge", delta.bridges)
            _note(self.downloads, "id", delta.set)
            _note(self.downloads, "id", dict.fromkeys(delta.del_))

    def _note_event(self, event: EventFrame) -> None:
        if len(self.events) == EVENT_TAIL:
            self.lost_events += 1
            self.dropped += 1
        self.events.append(event)

    def _owe_everything(self) -> None:
        self.everything = True
        for slots in (self.downloads, self.clients, self.bridges):
            slots.clear()


class Reader:
    """One connection, as the hub sees it.

    `send` takes a frame and says whether it can take another; after it said no, it gets nothing until the edge calls
    `Hub.drained`. `seq` is that of the last frame sent, and `holds` says whether there is something that a delta could
    change. `user` gets what is said to that user alone.
    """

    __slots__ = ("_missed", "_send", "holds", "lagging", "seq", "user")

    def __init__(self, send: Callable[[Frame], bool], user: str | None = None) -> None:
        self._send = send
        self.user = user
        self.seq = 0
        self.lagging = self.holds = False
        self._missed: Missed | None = None

    def offer(self, frame: Frame, slots: int) -> None:
        """Send `frame`, or remember what was in it."""
        if self.lagging:
            if self._missed is None:
                self._missed = Missed()
            self._missed.note(frame.message, slots)
        else:
            self.seq = frame.message.seq
            self.holds |= isinstance(frame.message, SnapshotFrame)
            self.lagging = not self._send(frame)

    @property
    def missed(self) -> Missed:
        """What it is owed."""
        return self._missed or Missed()

    def take_missed(self) -> Missed:
        """What it is owed, which from here on is the caller's to send."""
        missed, self._missed = self.missed, None
        self.lagging = False
        return missed


def _note(slots: Slots, name: str, told: Mapping[str, Mapping[str, Any] | None]) -> None:
    """Fill a slot for each key; the field `name` is told only of what readers did not hold."""
    for key, fields in told.items():
        if fields is not None:
            slots.setdefault(key, name not in fields)
        elif slots.setdefault(key, True) is False:
            del slots[key]
