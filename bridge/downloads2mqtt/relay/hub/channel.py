"""The readers that want the same, and the frames that are made once for all of them. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import asdict, replace

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.event import DownloadEvent, Notification
from downloads2mqtt.contract.frames import (
    BridgeView,
    ClientView,
    Delta,
    EventFrame,
    Heartbeat,
    NotificationFrame,
    SnapshotFrame,
    Subscribe,
)
from downloads2mqtt.relay.hub.frame import Frame, PersonalNotification, Ring, Snapshot
from downloads2mqtt.relay.hub.reader import SLOTS, Missed, Reader, Slots
from downloads2mqtt.relay.hub.scope import UNLIMITED, Scope
from downloads2mqtt.relay.hub.table import Change, Table, Value, changed, whole
from downloads2mqtt.relay.hub.tally import Tally


def key_of(client: str, id: str) -> str:
    """The key of a download among those of all clients."""
    return f"{client}:{id}"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader wants to see, `None` does not narrow, of what it may. `ids` are `<client>:<id>` or `<id>`."""

    clients: frozenset[str] | None = None
    ids: frozenset[str] | None = None
    states: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    scope: Scope = UNLIMITED

    def client(self, view: ClientView) -> ClientView | None:
        """A client as it is shown, or `None`."""
        return self.scope.client(view) if self.clients is None or view.client in self.clients else None

    def bridge(self, view: BridgeView) -> BridgeView | None:
        """A bridge as it is shown, or `None`."""
        return self.scope.bridge(view)

    def download(self, download: Download) -> Download | None:
        """A download, when it is shown."""
        return download if self.takes(download) else None

    def takes(self, download: Download) -> bool:
        """Whether a download is shown."""
        return self._concerns(download) and (self.states is None or download.state in self.states)

    def takes_event(self, event: DownloadEvent) -> bool:
        """Whether an event is shown: one out of a wanted state is, as one into it."""
        seen = self.scope.sees_event(event) and self._concerns(event.download)
        return seen and (self.states is None or event.from_ in self.states or event.to in self.states)

    def _concerns(self, download: Download) -> bool:
        return (
            self.scope.sees(download)
            and (self.clients is None or download.client in self.clients)
            and (self.categories is None or download.category in self.categories)
            and (self.ids is None or not self.ids.isdisjoint((download.id, key_of(download.client, download.id))))
        )


EVERYTHING = Filter()


def filter_of(wanted: Subscribe, scope: Scope) -> Filter:
    """The filter that a reader asked for, of what it may see."""
    clients, ids, states, categories = (
        None if names is None else frozenset(names)
        for names in (wanted.clients, wanted.ids, wanted.states, wanted.categories)
    )
    return Filter(clients, ids, states, categories, scope)


@dataclass(slots=True)
class Image:
    """All that readers are shown."""

    downloads: Table[Download] = field(default_factory=Table)
    clients: Table[ClientView] = field(default_factory=Table)
    bridges: Table[BridgeView] = field(default_factory=Table)
    broker: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """What one delta tells; `broker` is `None` when that did not change."""

    downloads: list[Change[Download]]
    clients: list[Change[ClientView]]
    bridges: list[Change[BridgeView]]
    broker: bool | None = None

    def __bool__(self) -> bool:
        return bool(self.downloads or self.clients or self.bridges or self.broker is not None)


class Channel:
    """Readers with one filter. `seq` is that of the last frame they were offered, `epoch` names the series.

    Readers from whom something is hidden have numbers of their own: those of all would count what they may not see.
    """

    def __init__(self, image: Image, wanted: Filter, seq: int, epoch: str, ring: Ring, tally: Tally) -> None:
        self._image, self._filter, self._ring, self._tally = image, wanted, ring, tally
        self.seq, self.epoch = seq, epoch
        self.readers: set[Reader] = set()
        self.idle_since: float | None = None
        self._snapshot: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """All that this channel's readers were told; made once for each `seq`."""
        if self._snapshot is None:
            image, wanted = self._image, self._filter
            message = SnapshotFrame(
                seq=self.seq,
                broker=image.broker,
                bridges=_shown(image.bridges.all_told(), wanted.bridge),
                clients=_shown(image.clients.all_told(), wanted.client),
                downloads=_shown(image.downloads.all_told(), wanted.download),
            )
            self._snapshot = Snapshot(message, self.epoch)
        return self._snapshot

    def missed(self, epoch: str, seq: int) -> list[Frame] | None:
        """The frames that a returning reader missed since `seq`, or `None` when it needs a snapshot."""
        return self._ring.since(seq) if epoch == self.epoch else None

    def tell(self, seq: int, batch: Batch) -> None:
        """Offer what of `batch` concerns these readers, when there is anything."""
        downloads = _narrow(batch.downloads, self._filter.download)
        delta = Delta(
            seq=self._number(seq),
            prev=self.seq,
            broker=batch.broker,
            set={key: fields for key, fields in downloads.items() if fields is not None},
            del_=[key for key, fields in downloads.items() if fields is None],
            clients=_narrow(batch.clients, self._filter.client),
            bridges=_narrow(batch.bridges, self._filter.bridge),
        )
        if downloads or delta.clients or delta.bridges or batch.broker is not None:
            self._offer(delta)

    def tell_event(self, event: EventFrame) -> None:
        """Offer an event, when it concerns these readers."""
        if self._filter.takes_event(event):
            self._offer(replace(event, seq=self._number(event.seq)))

    def notify(self, notification: Notification, user: str | None) -> None:
        """Pass on a notification, to all readers or to those of one user."""
        if user is None and not self._filter.scope.sees_notification(notification):
            return
        kind = NotificationFrame if user is None else PersonalNotification
        frame = Frame(kind(seq=self.seq, **asdict(notification)), self.epoch)
        for reader in tuple(self.readers):
            if user is None or reader.user == user:
                self.offer_to(reader, frame)

    def beat(self, at: str) -> None:
        """Tell the readers in step that the relay lives."""
        frame = Frame(Heartbeat(seq=self.seq, at=at), self.epoch)
        for reader in tuple(self.readers):
            if not reader.lagging:
                self.offer_to(reader, frame)

    def catch_up(self, reader: Reader) -> None:
        """Send the merged latest to a reader that can take frames again."""
        missed = reader.take_missed()
        self._tally.conflated += missed.frames
        self._tally.dropped_events += missed.dropped
        if missed.hello is not None:
            self.offer_to(reader, Frame(missed.hello, self.epoch))
        if missed.everything:
            self._tell_everything(reader, missed)
        elif reader.seq != self.seq or missed.events or missed.lost_events:
            self.offer_to(reader, Frame(self._owed(reader.seq, missed), self.epoch, catch_up=True))
        for notification in missed.notifications:
            self.offer_to(reader, Frame(replace(notification, seq=self.seq), self.epoch))

    def _tell_everything(self, reader: Reader, missed: Missed) -> None:
        """Events first, at the place where the reader was: one that is cut off before the snapshot resumes from there,
        and has lost none. A reader that holds nothing yet is nowhere."""
        frames: list[Frame] = [self.snapshot()]
        if missed.events or missed.lost_events:
            seq = reader.seq if reader.holds else self.seq
            told = Delta(seq=seq, prev=seq, events=list(missed.events), missed_events=missed.lost_events)
            frames.insert(0 if reader.holds else 1, Frame(told, self.epoch, catch_up=True))
        for frame in frames:
            self.offer_to(reader, frame)

    def offer_to(self, reader: Reader, frame: Frame) -> None:
        """Offer a frame to one reader."""
        reader.offer(frame, self._slots())

    def _number(self, seq: int) -> int:
        return seq if self._filter.scope.sees_all else self.seq + 1

    def _slots(self) -> int:
        """With more slots than this, everything anew is cheaper: it is made once for all."""
        return max(SLOTS, len(self._image.downloads.current) // 2)

    def _offer(self, message: Delta | EventFrame) -> None:
        self.seq, self._snapshot = message.seq, None
        frame, slots = Frame(message, self.epoch), self._slots()
        self._ring.append(frame)
        for reader in tuple(self.readers):
            reader.offer(frame, slots)

    def _owed(self, prev: int, missed: Missed) -> Delta:
        image = self._image
        downloads = _latest(missed.downloads, image.downloads.told, self._filter.download)
        return Delta(
            seq=self.seq,
            prev=prev,
            broker=image.broker,
            set={key: fields for key, fields in downloads.items() if fields is not None},
            del_=[key for key, fields in downloads.items() if fields is None],
            clients=_latest(missed.clients, image.clients.told, self._filter.client),
            bridges=_latest(missed.bridges, image.bridges.told, self._filter.bridge),
            events=list(missed.events),
            missed_events=missed.lost_events,
        )


def event_frame(seq: int, event: DownloadEvent) -> EventFrame:
    """`event` with the relay's own `seq`."""
    return EventFrame(**{**asdict(event), "seq": seq})


Show = Callable[[Value], Value | None]


def _shown(values: Iterable[Value], show: Show[Value]) -> list[Value]:
    return [shown for value in values if (shown := show(value)) is not None]


def _narrow(changes: Iterable[Change[Value]], show: Show[Value]) -> dict[str, dict[str, Any] | None]:
    """For those who see only what `show` lets through: changed fields, whole values, and `None` for gone."""
    told: dict[str, dict[str, Any] | None] = {}
    for change in changes:
        before = None if change.before is None else show(change.before)
        after = None if change.after is None else show(change.after)
        if after is not None and before != after:
            told[change.key] = whole(after) if before is None else changed(before, after)
        elif after is None and before is not None:
            told[change.key] = None
    return told


def _latest(slots: Slots, told: Callable[[str], Value | None], show: Show[Value]) -> dict[str, dict[str, Any] | None]:
    latest: dict[str, dict[str, Any] | None] = {}
    for key in slots:
        value = told(key)
        shown = None if value is None else show(value)
        latest[key] = None if shown is None else whole(shown)
    return latest
