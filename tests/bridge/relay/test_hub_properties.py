"""Whatever happens in whatever order, a reader that drains ends with exactly what the hub holds."""

from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from downloads2mqtt.relay.channel import EVERYTHING, Filter
from downloads2mqtt.relay.hub import Hub
from downloads2mqtt.relay.reader import EVENT_TAIL, SLOTS
from tests.bridge.relay.builders import AT_SECONDS, download, event, health, info, stats, status
from tests.bridge.relay.mirror import Tap

IDS = st.sampled_from("abcdef")
CLIENTS = st.sampled_from(["seedbox", "usenet"])
STATES = st.sampled_from(["queued", "downloading", "paused", "seeding"])
FILTERS = st.sampled_from(
    [
        EVERYTHING,
        Filter(clients=frozenset({"seedbox"})),
        Filter(states=frozenset({"downloading", "paused"})),
        Filter(ids=frozenset({"a", "usenet:b"})),
    ]
)


class Readers(RuleBasedStateMachine):
    """Bus messages, flushes, and readers that come, lag, narrow, drain, leave and return, in any order."""

    @initialize()
    def begin(self) -> None:
        self.hub = Hub("e")
        self.now = 0.0
        self.events = 0
        self.taps: list[tuple[Tap, Filter]] = []
        self.left: list[Tap] = []
        self.hub.broker(True)
        self.hub.bridge_info(info("seedbox", "usenet"), AT_SECONDS, 0.0)

    @rule(id=IDS, client=CLIENTS, state=STATES, progress=st.integers(0, 3))
    def say(self, id: str, client: str, state: str, progress: int) -> None:
        self.hub.download(download(id, client, state=state, progress=float(progress)))

    @rule(id=IDS, client=CLIENTS)
    def remove(self, id: str, client: str) -> None:
        self.hub.remove_download(client, id)

    @rule(client=CLIENTS, total=st.integers(0, 3), state=st.sampled_from(["online", "offline"]))
    def client(self, client: str, total: int, state: str) -> None:
        self.hub.client_status(status(client, state=state))
        self.hub.client_stats(client, stats(total))

    @rule(client=CLIENTS)
    def remove_client(self, client: str) -> None:
        self.hub.remove_client(client)

    @rule(online=st.booleans(), broker=st.booleans())
    def bridge(self, online: bool, broker: bool) -> None:
        self.hub.broker(broker)
        self.hub.bridge_state("main", online, self.now)
        self.hub.bridge_health("main", health(), AT_SECONDS, self.now)

    @rule(client=CLIENTS, id=IDS)
    def event(self, client: str, id: str) -> None:
        self.events += 1
        self.hub.event(event(self.events, id, client))

    @rule(seconds=st.sampled_from([0.0, 0.2, 0.6, 100.0]))
    def flush(self, seconds: float) -> None:
        self.now += seconds
        self.hub.flush(self.now)

    @rule()
    def heartbeat(self) -> None:
        self.hub.channels.heartbeat("now")

    @rule(room=st.sampled_from([1, 2, 3, 5, 1000]))
    def join(self, room: int) -> None:
        if len(self.taps) < 6:
            self.taps.append((Tap(self.hub, room), EVERYTHING))

    @rule(which=st.integers(0, 5), room=st.sampled_from([1, 2, 1000]))
    def drain(self, which: int, room: int) -> None:
        if which < len(self.taps):
            self.taps[which][0].open(room)

    @rule(which=st.integers(0, 5), wanted=FILTERS)
    def subscribe(self, which: int, wanted: Filter) -> None:
        if which < len(self.taps):
            tap, _ = self.taps[which]
            self.taps[which] = tap, wanted
            tap.want(wanted)

    @rule(which=st.integers(0, 5))
    def leave(self, which: int) -> None:
        if which < len(self.taps):
            tap, wanted = self.taps.pop(which)
            self.hub.channels.leave(tap.reader)
            if wanted == EVERYTHING and not tap.reader.lagging:
                self.left = [tap]

    @rule()
    def come_back(self) -> None:
        """What a reader has after resuming is what a new one is shown."""
        for left in self.left:
            back, fresh = Tap(self.hub, back=left.mirror), Tap(self.hub)
            assert back.mirror.recovered
            assert shown(back) == shown(fresh)
            self.hub.channels.leave(back.reader)
            self.hub.channels.leave(fresh.reader)

    @invariant()
    def memory_is_bounded(self) -> None:
        for tap, _ in getattr(self, "taps", []):
            missed = tap.reader._missed
            assert len(missed.downloads) <= SLOTS
            assert len(missed.events) <= EVENT_TAIL

    def teardown(self) -> None:
        if not hasattr(self, "hub"):
            return
        self.hub.flush(self.now + 1.0)
        for tap, wanted in self.taps:
            tap.open()
            assert not tap.reader.lagging
            assert tap.mirror.downloads == held(self.hub, wanted)
            fresh = Tap(self.hub)
            fresh.want(wanted)
            assert shown(tap) == shown(fresh)
            if wanted == EVERYTHING:
                assert tap.mirror.seq == self.hub.channels.seq


def shown(tap: Tap) -> Any:
    """All that a reader has of the state."""
    mirror = tap.mirror
    return mirror.downloads, mirror.clients, mirror.bridges, mirror.broker


def held(hub: Hub, wanted: Filter) -> dict[str, Any]:
    """All downloads of the hub that a filter takes, as JSON has them."""
    current = hub._image.downloads.current
    told = {key: download for key, download in current.items() if wanted.takes(download)}
    return dict(msgspec.json.decode(msgspec.json.encode(told)))


TestReaders = Readers.TestCase
TestReaders.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
