"""The channels of all readers: who is in which, and what one that comes or returns is sent. Pure."""

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import astuple

from downloads2mqtt.contract.event import DownloadEvent, Notification
from downloads2mqtt.contract.frames import Hello
from downloads2mqtt.contract.status import Control
from downloads2mqtt.relay.hub.channel import EVERYTHING, Batch, Channel, Filter, Image, event_frame
from downloads2mqtt.relay.hub.frame import Frame, Ring, Snapshot
from downloads2mqtt.relay.hub.reader import Reader
from downloads2mqtt.relay.hub.tally import Tally

IDLE_SECONDS = 60.0
"""How long a channel that all readers left is kept for those that return."""

MOST_IDLE = 50


class Channels:
    """Offers frames to readers, in one series of `seq` for each filter."""

    def __init__(self, image: Image, epoch: str, ring: Ring | None = None) -> None:
        self.epoch = epoch
        self.seq = 0
        self.tally = Tally()
        self._image = image
        ring = Ring() if ring is None else ring
        self._channels = {EVERYTHING: Channel(image, EVERYTHING, 0, epoch, ring, self.tally)}
        self._channel_of: dict[Reader, Channel] = {}
        self._series = itertools.count(1)

    def __len__(self) -> int:
        return len(self._channel_of)

    def __iter__(self) -> Iterator[Reader]:
        return iter(tuple(self._channel_of))

    def tell(self, batch: Batch) -> None:
        """Tell all channels what changed."""
        self.seq += 1
        for channel in tuple(self._channels.values()):
            channel.tell(self.seq, batch)

    def tell_event(self, event: DownloadEvent) -> None:
        """Tell all channels an event."""
        self.seq += 1
        told = event_frame(self.seq, event)
        for channel in tuple(self._channels.values()):
            channel.tell_event(told)

    def notify(self, notification: Notification, user: str | None) -> None:
        """Pass on a notification, to all readers or to those of one user."""
        for channel in tuple(self._channels.values()):
            channel.notify(notification, user)

    def heartbeat(self, at: str) -> None:
        """Tell readers in step that the relay lives; `at` is now, in ISO 8601."""
        for channel in tuple(self._channels.values()):
            channel.beat(at)

    def join(
        self,
        reader: Reader,
        wanted: Filter,
        *,
        heartbeat: int,
        control: Control,
        resume: tuple[str, int] | None = None,
    ) -> None:
        """Greet a reader and send all it lacks: from here on nothing is missed and nothing comes twice.

        `resume` is the epoch and seq that a returning reader has seen.
        """
        self.leave(reader)
        channel = self._channel(wanted)
        frames = None if resume is None else channel.missed(*resume)
        self.tally.resumed += frames is not None
        self.tally.not_resumed += resume is not None and frames is None
        reader.holds = frames is not None
        hello = Hello(
            epoch=channel.epoch,
            seq=channel.seq,
            heartbeat=heartbeat,
            recovered=frames is not None,
            control=control,
        )
        channel.offer_to(reader, Frame(hello, channel.epoch))
        if resume is not None and frames is not None:
            reader.seq = resume[1]
        for frame in [channel.snapshot()] if frames is None else frames:
            channel.offer_to(reader, frame)
        channel.readers.add(reader)
        channel.idle_since = None
        self._channel_of[reader] = channel

    def resend(self, reader: Reader) -> None:
        """Send a reader everything again, when it can take that."""
        channel = self._channel_of.get(reader)
        if channel is not None and not reader.lagging:
            channel.offer_to(reader, channel.snapshot())

    def snapshot(self, wanted: Filter = EVERYTHING) -> Snapshot:
        """Everything of `wanted`, as its readers were last told."""
        return self._channel(wanted).snapshot()

    def drained(self, reader: Reader) -> None:
        """A reader that could take no more can again."""
        if reader in self._channel_of:
            self._channel_of[reader].catch_up(reader)

    def leave(self, reader: Reader) -> None:
        """Forget a reader."""
        channel = self._channel_of.pop(reader, None)
        if channel is not None:
            channel.readers.discard(reader)

    def prune(self, now: float) -> None:
        """Let go of channels that nobody came back to, and of the longest idle when there are many."""
        idle = [(wanted, channel) for wanted, channel in self._channels.items() if not channel.readers]
        for _, channel in idle:
            channel.idle_since = now if channel.idle_since is None else channel.idle_since
        idle.sort(key=lambda pair: -(pair[1].idle_since or now))
        for place, (wanted, channel) in enumerate(idle):
            late = channel.idle_since is not None and now - channel.idle_since > IDLE_SECONDS
            if wanted != EVERYTHING and (late or place >= MOST_IDLE):
                del self._channels[wanted]

    def _channel(self, wanted: Filter) -> Channel:
        if wanted not in self._channels:
            seq = self.seq if wanted.scope.sees_all else 0
            ring = Ring(seq, count=200, size=250_000)
            self._channels[wanted] = Channel(self._image, wanted, seq, self._epoch(wanted), ring, self.tally)
        return self._channels[wanted]

    def _epoch(self, wanted: Filter) -> str:
        """A reader that returns with another filter, or another scope, needs a snapshot."""
        if wanted == EVERYTHING:
            return self.epoch
        said = repr([sorted(part) if isinstance(part, frozenset) else part for part in _parts(wanted)])
        epoch = f"{self.epoch}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
        # Numbers of their own begin anew with the channel, and so does the epoch.
        return epoch if wanted.scope.sees_all else f"{epoch}-{next(self._series)}"


def _parts(wanted: Filter) -> Iterator[object]:
    for part in astuple(wanted):
        yield from part if isinstance(part, tuple) else (part,)
