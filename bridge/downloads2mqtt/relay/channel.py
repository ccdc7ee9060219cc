"""The readers that want the same, and the frames that are made once for all of them. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import asdict

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.event import DownloadEvent
from downloads2mqtt.contract.frames import BridgeView, ClientView, Delta, EventFrame, SnapshotFrame, Subscribe
from downloads2mqtt.relay.frame import Frame
from downloads2mqtt.relay.reader import SLOTS, Missed, Reader, Slots
from downloads2mqtt.relay.table import Change, Table, Value, changed, whole


def key_of(client: str, id: str) -> str:
    """The key of a download among those of all clients."""
    return f"{client}:{id}"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader wants to see; `None` does not narrow. `ids` are `<client>:<id>` or `<id>`."""

    clients: frozenset[str] | None = None
    ids: frozenset[str] | None = None
    states: frozenset[str] | None = None
    categories: frozenset[str] | None = None

    def takes_client(self, client: ClientView) -> bool:
        """Whether a client is shown."""
        return self.clients is None or client.client in self.clients

    def takes(self, download: Download) -> bool:
        """Whether a download is shown."""
        return self._concerns(download) and (self.states is None or download.state in self.states)

    def takes_event(self, event: DownloadEvent) -> bool:
        """Whether an event is shown: one out of a wanted state is, as one into it."""
        return self._concerns(event.download) and (
            self.states is None or event.from_ in self.states or event.to in self.states
        )

    def _concerns(self, download: Download) -> bool:
        return (
            (self.clients is None or download.client in self.clients)
            and (self.categories is None or download.category in self.categories)
            and (self.ids is None or not self.ids.isdisjoint((download.id, key_of(download.client, download.id))))
        )


EVERYTHING = Filter()


def filter_of(wanted: Subscribe) -> Filter:
    """The filter that a reader asked for."""
    lists = (wanted.clients, wanted.ids, wanted.states, wanted.categories)
    return Filter(*(None if names is None else frozenset(names) for names in lists))


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
    """Readers with one filter. `seq` is that of the last frame they were offered."""

    def __init__(self, image: Image, wanted: Filter, seq: int) -> None:
        self._image, self._filter = image, wanted
        self.seq = seq
        self.readers: set[Reader] = set()
        self._snapshot: Frame | None = None

    def snapshot(self) -> Frame:
        """All that this channel's readers were told; made once for each `seq`."""
        if self._snapshot is None:
            image, wanted = self._image, self._filter
            message = SnapshotFrame(
                seq=self.seq,
                broker=image.broker,
                bridges=image.bridges.all_told(),
                clients=[client for client in image.clients.all_told() if wanted.takes_client(client)],
                downloads=[download for download in image.downloads.all_told() if wanted.takes(download)],
            )
            self._snapshot = Frame(message)
        return self._snapshot

    def tell(self, seq: int, batch: Batch) -> Frame | None:
        """Offer what of `batch` concerns these readers; the frame, when there was anything."""
        downloads = _narrow(batch.downloads, self._filter.takes)
        delta = Delta(
            seq=seq,
            prev=self.seq,
            broker=batch.broker,
            set={key: fields for key, fields in downloads.items() if fields is not None},
            del_=[key for key, fields in downloads.items() if fields is None],
            clients=_narrow(batch.clients, self._filter.takes_client),
            bridges=_narrow(batch.bridges, _any_bridge),
        )
        if not (downloads or delta.clients or delta.bridges or batch.broker is not None):
            return None
        return self._offer(delta)

    def tell_event(self, event: EventFrame) -> Frame | None:
        """Offer an event, when it concerns these readers."""
        return self._offer(event) if self._filter.takes_event(event) else None

    def catch_up(self, reader: Reader) -> None:
        """Send the merged latest to a reader that can take frames again."""
        missed = reader.take_missed()
        if missed.everything:
            self.offer_to(reader, self.snapshot())
        if reader.seq != self.seq or missed.events or missed.lost_events:
            self.offer_to(reader, Frame(self._owed(reader.seq, missed)))

    def offer_to(self, reader: Reader, frame: Frame) -> None:
        """Offer a frame to one reader."""
        reader.offer(frame, self._slots())

    def _slots(self) -> int:
        """With more slots than this, everything anew is cheaper: it is made once for all."""
        return max(SLOTS, len(self._image.downloads.current) // 2)

    def _offer(self, message: Delta | EventFrame) -> Frame:
        self.seq, self._snapshot = message.seq, None
        frame, slots = Frame(message), self._slots()
        for reader in tuple(self.readers):
            reader.offer(frame, slots)
        return frame

    def _owed(self, prev: int, missed: Missed) -> Delta:
        image = self._image
        downloads = _latest(missed.downloads, self._told)
        return Delta(
            seq=self.seq,
            prev=prev,
            broker=image.broker,
            set={key: fields for key, fields in downloads.items() if fields is not None},
            del_=[key for key, fields in downloads.items() if fields is None],
            clients=_latest(missed.clients, image.clients.told),
            bridges=_latest(missed.bridges, image.bridges.told),
            events=list(missed.events),
            missed_events=missed.lost_events,
        )

    def _told(self, key: str) -> Download | None:
        download = self._image.downloads.told(key)
        return download if download is not None and self._filter.takes(download) else None


def event_frame(seq: int, event: DownloadEvent) -> EventFrame:
    """`event` with the relay's own `seq`."""
    return EventFrame(**{**asdict(event), "seq": seq})


def _narrow(changes: Iterable[Change[Value]], takes: Callable[[Value], bool]) -> dict[str, dict[str, Any] | None]:
    """For those who see only what `takes` lets through: changed fields, whole values, and `None` for gone."""
    told: dict[str, dict[str, Any] | None] = {}
    for change in changes:
        before = change.before if change.before is not None and takes(change.before) else None
        after = change.after if change.after is not None and takes(change.after) else None
        if after is not None:
            told[change.key] = whole(after) if before is None else changed(before, after)
        elif before is not None:
            told[change.key] = None
    return told


def _latest(slots: Slots, told: Callable[[str], Value | None]) -> dict[str, dict[str, Any] | None]:
    return {key: None if (value := told(key)) is None else whole(value) for key in slots}


def _any_bridge(bridge: BridgeView) -> bool:
    return True
