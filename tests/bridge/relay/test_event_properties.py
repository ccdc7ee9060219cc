"""Whatever happens in whatever order, a reader gets each event that concerns it once, or it is counted as missed.

Readers come with filters, lag, drain, are cut off in the middle of catching up, and return to where they were.
"""

from collections import Counter
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from downloads2mqtt.contract.event import DownloadEvent
from downloads2mqtt.contract.frames import SnapshotFrame
from downloads2mqtt.relay.hub.channel import EVERYTHING, Filter
from downloads2mqtt.relay.hub.frame import Frame, Ring
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.reader import EVENT_TAIL, Reader
from tests.bridge.relay.builders import AT_SECONDS, download, event, info
from tests.bridge.relay.mirror import Mirror

FILTERS = [
    EVERYTHING,
    Filter(clients=frozenset({"seedbox"})),
    Filter(states=frozenset({"seeding"})),
    Filter(states=frozenset({"paused"})),
    Filter(ids=frozenset({"a", "usenet:b"})),
    Filter(categories=frozenset({"tv"})),
]
WHICH = st.integers(0, 4)


class Person:
    """Somebody with one filter who comes back with what they had. `owed` are the events since they first came."""

    def __init__(self, hub: Hub, wanted: Filter) -> None:
        self.hub, self.wanted = hub, wanted
        self.owed: list[str] = []
        self.mirror = Mirror()
        self.reader: Reader | None = None
        self.room = 0

    def come(self, room: int) -> None:
        """Connect, with what is held."""
        resume = (self.mirror.epoch, self.mirror.seq) if self.mirror.seq >= 0 else None
        returned, self.room = bool(resume), room
        self.reader = Reader(self._take)
        heartbeat, control = 15, self.hub.control()
        self.hub.channels.join(self.reader, self.wanted, heartbeat=heartbeat, control=control, resume=resume)
        if not returned or not self.mirror.recovered:
            # A snapshot tells of no event: what was before it is known to be unknown.
            self.owed, self.mirror.events, self.mirror.missed_events = [], [], 0

    def leave(self) -> None:
        """Without a word, whatever was on its way."""
        if self.reader is not None:
            self.hub.channels.leave(self.reader)
            self.reader = None

    def open(self, room: int) -> None:
        """Take frames again."""
        self.room = room
        if self.reader is not None and self.reader.lagging:
            self.hub.channels.drained(self.reader)

    def _take(self, frame: Frame) -> bool:
        self.room -= 1
        self.mirror.apply(frame.payload)
        return self.room > 0


class People(RuleBasedStateMachine):
    """Downloads and events, and people that come and go."""

    @initialize(
        filters=st.lists(st.sampled_from(FILTERS), min_size=5, max_size=5), count=st.sampled_from([3, 10, 1000])
    )
    def begin(self, filters: list[Filter], count: int) -> None:
        self.hub = Hub("e", Ring(count=count))
        self.now, self.said = 0.0, 0
        self.people = [Person(self.hub, wanted) for wanted in filters]
        self.hub.broker(True)
        self.hub.bridge_info(info("seedbox", "usenet"), AT_SECONDS, 0.0)

    @rule(
        id=st.sampled_from("abc"),
        client=st.sampled_from(["seedbox", "usenet"]),
        state=st.sampled_from(["paused", "seeding"]),
        category=st.sampled_from(["tv", None]),
    )
    def happen(self, id: str, client: str, state: Any, category: str | None) -> None:
        """A download changes, its event follows, and all is told."""
        self.said += 1
        last = download(id, client, state=state, category=category, progress=float(self.said % 100))
        self.hub.download(last)
        told = event(self.said, id, client, name=str(self.said), to=state, download=last)
        self.hub.event(told)
        self._owe(told)
        self.now += 0.6
        self.hub.flush(self.now)

    @rule(count=st.integers(EVENT_TAIL - 1, EVENT_TAIL + 20))
    def burst(self, count: int) -> None:
        """More events than a tail holds."""
        for _ in range(count):
            self.happen("a", "usenet", "seeding", "tv")

    @rule(which=WHICH, room=st.sampled_from([1, 2, 3, 1000]))
    def come(self, which: int, room: int) -> None:
        if self.people[which].reader is None:
            self.people[which].come(room)

    @rule(which=WHICH)
    def leave(self, which: int) -> None:
        self.people[which].leave()

    @rule(which=WHICH, room=st.sampled_from([1, 2, 1000]))
    def drain(self, which: int, room: int) -> None:
        self.people[which].open(room)

    def teardown(self) -> None:
        if not hasattr(self, "hub"):
            return
        for person in self.people:
            person.open(10_000)
            if person.reader is None:
                person.come(10_000)
            self._check(person)

    def _owe(self, told: DownloadEvent) -> None:
        for person in self.people:
            if person.wanted.takes_event(told) and (person.mirror.seq >= 0 or person.reader is not None):
                person.owed.append(told.name)

    def _check(self, person: Person) -> None:
        told, owed = Counter(row["name"] for row in person.mirror.events), Counter(person.owed)
        assert not told - owed, "twice, or what does not concern"
        assert (owed - told).total() == person.mirror.missed_events, "lost, and not counted"
        held = {key: row["state"] for key, row in person.mirror.downloads.items()}
        shown = self.hub.channels.snapshot(person.wanted).message
        assert isinstance(shown, SnapshotFrame)
        assert held == {f"{row.client}:{row.id}": row.state for row in shown.downloads}


People.TestCase.settings = settings(max_examples=150, stateful_step_count=30)
TestPeople = People.TestCase


def test_a_reader_cut_off_while_it_catches_up_loses_nothing_uncounted() -> None:
    """Everything is owed, the events fit, the snapshot does not: it comes back to where it was."""
    hub = Hub("e")
    hub.flush(0.0)
    person = Person(hub, EVERYTHING)
    person.come(2)
    for step in range(1500):
        hub.download(download(f"id{step}"))
    hub.event(event(1))
    hub.flush(1.0)
    before = person.mirror.seq
    person.open(1)
    assert len(person.mirror.events) == 1
    assert person.mirror.seq == before, "the snapshot is still to come"
    person.leave()
    person.come(1000)
    assert len(person.mirror.downloads) == 1500


def test_what_lagged_is_counted() -> None:
    hub = Hub("e")
    hub.flush(0.0)
    person = Person(hub, EVERYTHING)
    person.come(2)
    for number in range(EVENT_TAIL + 7):
        hub.event(event(number + 1))
        hub.flush(0.1)
    person.open(1000)
    tally = hub.channels.tally
    assert (tally.conflated, tally.dropped_events) == (EVENT_TAIL + 7, 7)
    assert person.mirror.missed_events == 7


def test_resumes_are_counted() -> None:
    hub = Hub("e")
    hub.flush(0.0)
    person = Person(hub, EVERYTHING)
    person.come(10)
    person.leave()
    person.come(10)
    person.mirror.epoch = "another"
    person.leave()
    person.come(10)
    assert (hub.channels.tally.resumed, hub.channels.tally.not_resumed) == (1, 1)
