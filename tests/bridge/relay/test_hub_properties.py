"""Whatever happens in whatever order, a reader that drains ends with exactly what the hub holds of what it may see."""

from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from downloads2mqtt.contract.event import Notification
from downloads2mqtt.relay.hub.channel import EVERYTHING, Filter
from downloads2mqtt.relay.hub.frame import Frame
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.reader import EVENT_TAIL, SLOTS
from downloads2mqtt.relay.hub.scope import Scope
from tests.bridge.relay.builders import AT, AT_SECONDS, download, event, health, info, stats, status
from tests.bridge.relay.mirror import Mirror, Tap

IDS = st.sampled_from("abcdef")
CLIENTS = st.sampled_from(["seedbox", "usenet"])
BOXES = st.sampled_from(["seedbox", "hiddenbox"])
CATEGORIES = st.sampled_from(["tv", "hidden-category", None])
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
            missed = tap.reader.missed
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
TestReaders.settings = settings(max_examples=150, stateful_step_count=50)


SEEDBOX = frozenset({"seedbox"})
TV = frozenset({"tv"})
SCOPES = st.sampled_from(
    [
        Filter(scope=Scope(clients=SEEDBOX)),
        Filter(scope=Scope(categories=TV)),
        Filter(scope=Scope(SEEDBOX, TV)),
        Filter(scope=Scope(clients=frozenset())),
        Filter(clients=frozenset({"hiddenbox"}), scope=Scope(clients=SEEDBOX)),
        Filter(ids=frozenset({"a", "hiddenbox:b"}), scope=Scope(SEEDBOX, TV)),
        Filter(states=frozenset({"downloading"}), scope=Scope(categories=TV)),
        EVERYTHING,
    ]
)
FIGURE = 987_654_321
"""In whatever counts downloads, seen and hidden ones alike."""


class ScopedTap(Tap):
    """A reader that looks at every byte for what it may not see."""

    def __init__(self, hub: Hub, room: float, wanted: Filter, user: str, back: Mirror | None = None) -> None:
        self.scope, self.wanted, self.user = wanted.scope, wanted, user
        super().__init__(hub, room, back, wanted)
        self.reader.user = user

    def _send(self, frame: Frame) -> bool:
        takes_more = super()._send(frame)
        for secret in self.secrets():
            assert secret not in frame.payload, f"{self.scope} was sent {secret!r}"
        for row in self.mirror.downloads.values():
            assert self.wanted.scope.sees_client(row["client"])
            assert self.scope.categories is None or row["category"] in self.scope.categories
        if not self.scope.sees_all:
            assert all(bridge["health"] is None for bridge in self.mirror.bridges.values())
        if self.scope.categories is not None:
            assert all(client["stats"] is None for client in self.mirror.clients.values())
        return takes_more

    def secrets(self) -> list[bytes]:
        secrets = [f"for={user}".encode() for user in ("anna", "bert") if user != self.user]
        if self.scope.clients is not None:
            secrets += [b"hiddenbox", b"Hiddenbox"]
            secrets += [] if "seedbox" in self.scope.clients else [b"seedbox", b"Seedbox"]
        if self.scope.categories is not None:
            secrets += [b"hidden-category", b"category=None", str(FIGURE).encode()]
        return secrets


class ScopedReaders(RuleBasedStateMachine):
    """As `Readers`, for readers from whom clients and categories are hidden; every text says what it is about."""

    @initialize()
    def begin(self) -> None:
        self.hub = Hub("e")
        self.now = 0.0
        self.events = 0
        self.taps: list[ScopedTap] = []
        self.left: list[ScopedTap] = []
        self.hub.broker(True)
        self.hub.bridge_info(info("seedbox", "hiddenbox"), AT_SECONDS, 0.0)

    def _download(self, id: str, client: str, category: str | None, state: str, progress: int = 0) -> Any:
        about = f"client={client} category={category}"
        return download(
            id, client, category=category, state=state, progress=float(progress), name=about, error=about, path=about
        )

    @rule(id=IDS, client=BOXES, category=CATEGORIES, state=STATES, progress=st.integers(0, 3))
    def say(self, id: str, client: str, category: str | None, state: str, progress: int) -> None:
        self.hub.download(self._download(id, client, category, state, progress))

    @rule(id=IDS, client=BOXES)
    def remove(self, id: str, client: str) -> None:
        self.hub.remove_download(client, id)

    @rule(client=BOXES, state=st.sampled_from(["online", "error"]), figure=st.integers(0, 1))
    def client(self, client: str, state: str, figure: int) -> None:
        self.hub.client_status(status(client, state=state, error=f"client={client}"))
        self.hub.client_stats(client, stats(2, downloaded_total=FIGURE, uploaded_total=figure))

    @rule(client=BOXES)
    def remove_client(self, client: str) -> None:
        self.hub.remove_client(client)

    @rule(online=st.booleans(), broker=st.booleans(), both=st.booleans())
    def bridge(self, online: bool, broker: bool, both: bool) -> None:
        self.hub.broker(broker)
        self.hub.bridge_state("main", online, self.now)
        self.hub.bridge_health("main", replace(health(), published=FIGURE), AT_SECONDS, self.now)
        self.hub.bridge_info(info(*("seedbox", "hiddenbox")[: 1 + both]), AT_SECONDS, self.now)

    @rule(client=BOXES, id=IDS, category=CATEGORIES)
    def event(self, client: str, id: str, category: str | None) -> None:
        self.events += 1
        last = self._download(id, client, category, "seeding")
        self.hub.event(event(self.events, id, client, name=last.name, download=last))

    @rule(client=BOXES, category=CATEGORIES, user=st.sampled_from([None, "anna", "bert"]))
    def notify(self, client: str, category: str | None, user: str | None) -> None:
        about = {"client": client, "category": category}
        text = f"client={client} category={category}" if user is None else f"for={user}"
        self.hub.notify(Notification(type="note", message=text, data=about if user is None else None, at=AT), user)

    @rule(client=BOXES, category=CATEGORIES, data=st.sampled_from([None, {}, {"client": 1}, {"client": ["seedbox"]}]))
    def notify_in_words(self, client: str, category: str | None, data: Any) -> None:
        text = f"client={client} category=hidden-category"
        self.hub.notify(Notification(type="note", message=text, data=data, at=AT))

    @rule(seconds=st.sampled_from([0.0, 0.2, 0.6, 100.0]))
    def flush(self, seconds: float) -> None:
        self.now += seconds
        self.hub.flush(self.now)

    @rule()
    def heartbeat(self) -> None:
        self.hub.channels.heartbeat("now")

    @rule(room=st.sampled_from([1, 2, 3, 5, 1000]), wanted=SCOPES, user=st.sampled_from(["anna", "bert"]))
    def join(self, room: int, wanted: Filter, user: str) -> None:
        if len(self.taps) < 6:
            self.taps.append(ScopedTap(self.hub, room, wanted, user))

    @rule(which=st.integers(0, 5), room=st.sampled_from([1, 2, 1000]))
    def drain(self, which: int, room: int) -> None:
        if which < len(self.taps):
            self.taps[which].open(room)

    @rule(which=st.integers(0, 5))
    def leave(self, which: int) -> None:
        if which < len(self.taps):
            tap = self.taps.pop(which)
            self.hub.channels.leave(tap.reader)
            if not tap.reader.lagging:
                self.left = [*self.left[-3:], tap]

    @rule()
    def come_back(self) -> None:
        """What a reader has after resuming is what a new one is shown, and no more is said on the way."""
        for left in self.left:
            back = ScopedTap(self.hub, 1000, left.wanted, left.user, left.mirror)
            fresh = ScopedTap(self.hub, 1000, left.wanted, left.user)
            assert shown(back) == shown(fresh)
            self.hub.channels.leave(back.reader)
            self.hub.channels.leave(fresh.reader)

    @rule(mine=SCOPES, wanted=SCOPES)
    def come_back_as_another(self, mine: Filter, wanted: Filter) -> None:
        """What another reader saw is nothing to resume from."""
        if self.left and mine == self.left[-1].wanted and wanted != mine:
            theirs, place = self.left[-1].mirror, Mirror()
            place.epoch, place.seq = theirs.epoch, theirs.seq
            back = ScopedTap(self.hub, 1000, wanted, "anna", place)
            assert not back.mirror.recovered
            self.hub.channels.leave(back.reader)
            self.left.pop()

    def teardown(self) -> None:
        if not hasattr(self, "hub"):
            return
        self.hub.flush(self.now + 1.0)
        for tap in self.taps:
            tap.open()
            assert tap.mirror.downloads == held(self.hub, tap.wanted)
            assert shown(tap) == shown(ScopedTap(self.hub, 1000, tap.wanted, tap.user))
            if not tap.scope.sees_all:
                assert tap.mirror.clients.keys() <= (tap.scope.clients or {"seedbox", "hiddenbox"})


def test_numbers_do_not_count_what_is_hidden() -> None:
    def said(*, busy: bool) -> list[bytes]:
        hub = Hub("e")
        hub.broker(True)
        hub.bridge_info(info("seedbox", "hiddenbox"), AT_SECONDS, 0.0)
        tap = ScopedTap(hub, 1000, Filter(scope=Scope(clients=SEEDBOX)), "anna")
        for number in range(8):
            if busy:
                hub.download(download(f"id{number}", "hiddenbox"))
                hub.event(event(number + 1, "a", "hiddenbox"))
            hub.flush(number + 1.0)
        hub.download(download("a"))
        hub.flush(1000.0)
        hub.channels.heartbeat("now")
        return [frame.payload for frame in tap.sent]

    assert said(busy=True) == said(busy=False)


TestScopedReaders = ScopedReaders.TestCase
TestScopedReaders.settings = settings(max_examples=150, stateful_step_count=50)
