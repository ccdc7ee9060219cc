"""The feed: what it takes from the bus, and how it completes itself."""

import asyncio
import itertools
import logging
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.errors import BrokerError
from downloads2mqtt.mqtt.message import Incoming, Outgoing
from downloads2mqtt.relay.hub.feed import Feed
from downloads2mqtt.relay.hub.hub import Hub
from tests.bridge.relay.builders import AT, AT_SECONDS, download, event, health, info, stats, status
from tests.bridge.relay.mirror import Tap

TOPICS = Topics()
LATER = "2026-11-21T10:00:05Z"


class Bus:
    """A broker with one bridge behind it, which answers pages of three when told to."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.lost = False

    async def publish(self, messages: Sequence[Outgoing]) -> None:
        if self.lost:
            raise BrokerError("lost")
        for message in messages:
            assert message.topic == "downloads2mqtt/bridge/main/request/snapshot"
            assert not message.retain
            self.asked.append(msgspec.json.decode(message.payload))


class House:
    """Hub, feed, bus, and a clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.hub = Hub("e")
        self.bus = Bus()
        self.feed = Feed(self.hub, TOPICS, clock=lambda: self.now, wall=lambda: AT_SECONDS + self.now)
        self.feed.attach(self.bus)
        self.model: dict[str, dict[str, Download]] = {}

    def say(self, topic: str, payload: object, *, retain: bool = False) -> None:
        raw = payload if isinstance(payload, bytes) else msgspec.json.encode(payload)
        self.feed.on_message(Incoming(f"downloads2mqtt/{topic}", raw, retain))

    def hold(self, *rows: Download) -> None:
        """Set what the bridge would answer."""
        self.model = {}
        for row in rows:
            self.model.setdefault(row.client, {})[row.id] = row

    async def greet(self, *clients: str) -> None:
        await self.feed.on_connect()
        self.say("bridge/main/info", info(*clients))
        self.say("bridge/main/state", b"online")

    async def ask(self, seconds: float = 0.0) -> list[dict[str, Any]]:
        """Let time pass; what was asked."""
        self.now += seconds
        await self.feed._ask(self.now)
        asked, self.bus.asked = self.bus.asked, []
        return asked

    def answer(self, asked: dict[str, Any], size: int = 3) -> None:
        """Answer as a bridge does."""
        rows = sorted(self.model.get(asked["client"], {}).values(), key=lambda row: row.id)
        rest = [row for row in rows if asked["after"] is None or row.id > asked["after"]]
        page = rest[:size]
        data = {"downloads": page, "next": page[-1].id if len(rest) > size else None, "total": len(rows)}
        self.say("bridge/main/response/snapshot", {"transaction": asked["transaction"], "status": "ok", "data": data})

    async def settle(self) -> int:
        """Answer until nothing is asked; how many pages that took."""
        pages = 0
        while asked := await self.ask():
            for question in asked:
                pages += 1
                self.answer(question)
        return pages

    def held(self, client: str = "seedbox") -> list[str]:
        return sorted(self.hub.held(client))


@pytest.fixture
def house() -> House:
    return House()


def test_subscriptions() -> None:
    subscriptions = Feed(Hub(), Topics("home/d2m")).subscriptions()
    wanted = {subscription.filter: subscription.qos for subscription in subscriptions}
    assert "download" in subscriptions[-1].filter, "or their retained messages displace those of the others"
    assert wanted == {
        "home/d2m/bridge/+/info": 0,
        "home/d2m/bridge/+/health": 0,
        "home/d2m/client/+/status": 0,
        "home/d2m/client/+/stats": 0,
        "home/d2m/client/+/download/+": 0,
        "home/d2m/bridge/+/state": 1,
        "home/d2m/client/+/event": 1,
        "home/d2m/bridge/+/response/+": 1,
        "home/d2m/client/+/response/+": 1,
        "home/d2m/notification": 1,
        "home/d2m/notification/+": 1,
    }


@pytest.mark.parametrize("retain", [True, False])
def test_live_messages_reach_the_hub_whatever_the_retain_flag_says(house: House, retain: bool) -> None:
    house.say("bridge/main/state", b"online", retain=retain)
    house.say("client/seedbox/status", status(), retain=retain)
    house.say("client/seedbox/stats", stats(1), retain=retain)
    house.say("client/seedbox/download/a", download("a"), retain=retain)
    house.say("client/seedbox/event", event(1), retain=retain)
    house.say("bridge/main/health", health(), retain=retain)
    house.hub.broker(True)
    tap = Tap(house.hub)
    house.hub.flush(0.0)
    assert tap.mirror.downloads.keys() == {"seedbox:a"}
    assert tap.mirror.clients["seedbox"]["available"] is True
    assert tap.mirror.clients["seedbox"]["stats"]["total"] == 1
    assert len(tap.mirror.events) == 1


def test_an_empty_payload_removes(house: House) -> None:
    house.say("client/seedbox/download/a", download("a"))
    house.say("client/seedbox/download/a", b"")
    assert house.held() == []
    house.say("client/seedbox/status", status())
    house.say("client/seedbox/download/b", download("b"))
    house.say("client/seedbox/status", b"")
    assert house.held() == []
    assert house.feed.bad.total() == 0


async def test_a_client_is_pulled_page_by_page(house: House) -> None:
    house.hold(*(download(id) for id in "abcdefgh"))
    await house.greet("seedbox")
    first = await house.ask()
    assert [(question["after"], question["limit"]) for question in first] == [(None, 100)]
    assert await house.ask() == [], "the next page is asked for when this one came"
    house.answer(first[0])
    second = await house.ask()
    assert second[0]["after"] == "c"
    assert second[0]["transaction"] != first[0]["transaction"]
    house.answer(second[0])
    assert await house.settle() == 1
    assert house.held() == list("abcdefgh")


async def test_nothing_is_asked_of_a_bridge_that_is_not_online(house: House) -> None:
    await house.feed.on_connect()
    house.say("bridge/main/info", info("seedbox"))
    assert await house.ask() == []
    house.say("bridge/main/state", b"online")
    assert len(await house.ask()) == 1


async def test_a_few_clients_are_pulled_at_a_time(house: House) -> None:
    clients = [f"c{number}" for number in range(10)]
    house.hold(*(download("a", client) for client in clients))
    await house.greet(*clients)
    asked = await house.ask()
    assert len(asked) == 4
    for question in asked:
        house.answer(question)
    assert await house.settle() == 6
    assert all(house.held(client) == ["a"] for client in clients)


async def test_an_answer_that_does_not_come_is_asked_for_again_and_later_each_time(house: House) -> None:
    await house.greet("seedbox")
    times, asked = [], []
    for step in range(3000):
        if question := await house.ask(0.5):
            times.append(step / 2)
            asked += question
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert gaps[:4] == [4.0, 5.0, 7.0, 11.0]
    assert max(gaps) <= 63.5
    assert len(asked) == 10, "and in the end given up"
    assert len({question["transaction"] for question in asked}) == 10


async def test_an_answer_that_comes_too_late_is_another_ones(house: House) -> None:
    house.hold(download("a"))
    await house.greet("seedbox")
    (late,) = await house.ask()
    (again,) = await house.ask(5.0) or await house.ask(1.0)
    house.answer(late)
    assert house.held() == []
    house.answer(again)
    assert house.held() == ["a"]


async def test_a_refusal_is_asked_again(house: House) -> None:
    house.hold(download("a"))
    await house.greet("seedbox")
    (question,) = await house.ask()
    error = {"code": "not_found", "message": "this bridge has no client 'seedbox'"}
    refusal = {"transaction": question["transaction"], "status": "error", "error": error}
    house.say("bridge/main/response/snapshot", refusal)
    assert await house.ask() == []
    assert await house.settle() == 0
    house.now += 1.0
    assert await house.settle() == 1
    assert house.held() == ["a"]


async def test_other_consumers_answers_are_left_alone(house: House) -> None:
    await house.greet("seedbox")
    await house.ask()
    for transaction in (None, "someone-1"):
        answer = {"transaction": transaction, "status": "ok", "data": {"downloads": "not even a page"}}
        house.say("bridge/main/response/snapshot", answer)
    assert house.feed.bad.total() == 0


async def test_what_was_said_live_wins_over_an_older_page(house: House) -> None:
    house.hold(download("a", progress=10.0), download("b"), download("c"))
    await house.greet("seedbox")
    (question,) = await house.ask()
    house.say("client/seedbox/download/a", download("a", progress=90.0, updated_at=LATER))
    house.say("client/seedbox/download/b", b"")
    house.answer(question)
    held = house.hub.get("seedbox:a")
    assert held is not None
    assert held.progress == 90.0
    assert house.held() == ["a", "c"]


async def test_what_a_whole_pull_lacks_is_dropped_unless_said_live_since(house: House) -> None:
    house.hold(*(download(id) for id in "abcde"))
    for id in "xy":
        house.say(f"client/seedbox/download/{id}", download(id))
    await house.greet("seedbox")
    (question,) = await house.ask()
    house.answer(question)
    assert house.held() == list("abcxy"), "nothing goes before the last page"
    house.say("client/seedbox/download/y", download("y", progress=20.0))
    await house.settle()
    assert house.held() == list("abcdey")


async def test_a_pull_whose_bridge_falls_silent_drops_nothing(house: House) -> None:
    house.hold(*(download(id) for id in "abcde"))
    house.say("client/seedbox/download/x", download("x"))
    await house.greet("seedbox")
    (question,) = await house.ask()
    house.answer(question)
    for _ in range(2000):
        await house.ask(1.0)
    assert "x" in house.held()


async def test_a_client_whose_total_differs_for_2_seconds_is_pulled_again(house: House) -> None:
    house.hold(download("a"))
    await house.greet("seedbox")
    await house.settle()
    house.hold(download("a"), download("b"))
    house.say("client/seedbox/stats", stats(2))
    assert await house.ask(1.0) == []
    assert await house.ask(1.9) == []
    house.say("client/seedbox/download/b", download("b"))
    assert await house.ask(1.0) == [], "it came by itself"
    house.say("client/seedbox/download/b", b"")
    await house.ask(0.5)
    assert len(await house.ask(2.0)) == 1


async def test_a_mismatch_that_stays_is_pulled_less_and_less_often(house: House) -> None:
    await house.greet("seedbox")
    await house.settle()
    house.say("client/seedbox/stats", stats(7))
    times: list[int] = []
    for second in range(400):
        if asked := await house.ask(1.0):
            times.append(second)
            house.answer(asked[0])
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert gaps[:5] == [4, 8, 16, 32, 60]


async def test_a_reconnect_pulls_everything_again_and_blanks_nothing(house: House) -> None:
    house.hold(download("a"), download("b"))
    await house.greet("seedbox")
    await house.settle()
    house.hub.flush(1.0)
    tap = Tap(house.hub)
    house.feed.on_disconnect()
    house.hub.flush(2.0)
    assert await house.ask(10.0) == []
    assert tap.mirror.downloads.keys() == {"seedbox:a", "seedbox:b"}
    house.hold(download("b"))
    await house.feed.on_connect()
    house.hub.flush(3.0)
    assert tap.mirror.downloads.keys() == {"seedbox:a", "seedbox:b"}
    await house.settle()
    house.hub.flush(4.0)
    assert tap.mirror.downloads.keys() == {"seedbox:b"}


async def test_a_bridge_that_returns_is_pulled_again(house: House) -> None:
    await house.greet("seedbox")
    await house.settle()
    house.say("bridge/main/state", b"offline")
    house.say("bridge/main/state", b"online")
    assert len(await house.ask()) == 1


async def test_a_lost_broker_while_asking_is_no_accident(house: House) -> None:
    house.hold(download("a"))
    await house.greet("seedbox")
    house.bus.lost = True
    assert await house.ask() == []
    house.bus.lost = False
    house.now += 5.0
    await house.settle()
    house.now += 1.0
    await house.settle()
    assert house.held() == ["a"]


async def test_a_bridge_that_gives_the_same_page_for_ever_is_left(house: House) -> None:
    await house.greet("seedbox")
    for _ in range(3):
        for question in await house.ask():
            page = {"downloads": [download("a")], "next": "a", "total": 9}
            answer = {"transaction": question["transaction"], "status": "ok", "data": page}
            house.say("bridge/main/response/snapshot", answer)
    assert await house.ask() == []
    assert house.feed.bad["response"] == 1


async def test_health_that_was_retained_by_a_dead_bridge_does_not_revive_it(house: House) -> None:
    house.now = 1000.0
    await house.greet("seedbox")
    house.say("client/seedbox/status", status())
    house.say("bridge/main/health", health(AT), retain=True)
    house.hub.flush(house.now)
    assert house.hub.counts()["clients_available"] == 0
    house.say("bridge/main/health", health(LATER))
    house.hub.flush(house.now)
    assert house.hub.counts()["clients_available"] == 1, "newer than the one before: its clock is wrong, but it lives"
    house.hub.flush(house.now + 91)
    assert house.hub.counts()["clients_available"] == 0


BAD = [
    ("client/seedbox/download/a", b"no json"),
    ("client/seedbox/download/a", b"\xff\xfe"),
    ("client/seedbox/download/a", b"[]"),
    ("client/seedbox/download/a", b'{"z":' + b"[" * 100_000),
    ("client/seedbox/download/a", msgspec.json.encode(download("b"))),
    ("client/usenet/download/a", msgspec.json.encode(download("a"))),
    ("client/seedbox/download/a", msgspec.json.encode({**msgspec.to_builtins(download("a")), "state": "new"})),
    ("client/seedbox/download/a", msgspec.json.encode({**msgspec.to_builtins(download("a")), "size": "big"})),
    ("client/seedbox/status", b"{}"),
    ("client/seedbox/status", msgspec.json.encode(status("usenet"))),
    ("client/seedbox/stats", b"1"),
    ("client/seedbox/event", msgspec.json.encode(event(1, client="usenet"))),
    ("client/seedbox/event", b""),
    ("bridge/main/state", b"maybe"),
    ("bridge/main/info", msgspec.json.encode(info("seedbox", contract=2))),
    ("bridge/main/info", msgspec.json.encode(info(bridge="other"))),
    ("bridge/main/info", msgspec.json.encode(info(started_at="yesterday"))),
    ("bridge/main/health", msgspec.json.encode(health("yesterday"))),
    ("bridge/main/response/snapshot", b"{"),
]


@pytest.mark.parametrize(("topic", "payload"), BAD)
def test_garbage_is_counted_and_changes_nothing(house: House, topic: str, payload: bytes) -> None:
    tap = Tap(house.hub)
    house.say(topic, payload)
    house.hub.flush(0.0)
    assert house.feed.bad.total() == 1
    assert tap.mirror.downloads == tap.mirror.clients == {}
    assert tap.mirror.events == []


def test_garbage_is_logged_once_for_each_kind_of_topic(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    for id in range(50):
        house.say(f"client/seedbox/download/{id}", b"garbage")
        house.say(f"client/c{id}/stats", b"garbage")
    assert len(caplog.records) == 2
    assert house.feed.bad == {"download": 50, "stats": 50}


def test_topics_of_others_are_nothing_to_us(house: House) -> None:
    house.say("client/seedbox/request/pause", b"{}")
    house.say("client/seedbox/download/a/b", b"{}")
    assert house.feed.bad.total() == 0
    house.feed.on_message(Incoming("elsewhere/x", b""))
    assert house.feed.bad.total() == 1


LEVELS = st.sampled_from(["client", "bridge", "main", "seedbox", "download", "status", "stats", "event", "info", "a"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
GOOD = [download("a"), status("a"), stats(1), event(1, "a"), info("a", bridge="a"), health()]
BENT = st.builds(
    lambda good, bend: {**msgspec.to_builtins(good), **bend},
    st.sampled_from(GOOD),
    st.dictionaries(st.sampled_from(Download.__struct_fields__), VALUES, max_size=3),
)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.lists(LEVELS, min_size=1, max_size=5), st.binary() | VALUES | BENT), max_size=5))
def test_nothing_on_the_bus_brings_the_feed_down(messages: list[tuple[list[str], object]]) -> None:
    house = House()
    tap = Tap(house.hub)
    for levels, payload in messages:
        try:
            house.say("/".join(levels), payload)
        except OverflowError:  # msgspec does not write what was to be said
            continue
        house.hub.flush(house.now)
    assert not tap.reader.lagging


async def test_run_asks_by_itself_and_wakes_for_the_next_page(house: House) -> None:
    house.hold(*(download(str(number)) for number in range(9)))
    task = asyncio.create_task(house.feed.run())
    await house.greet("seedbox")
    async with asyncio.timeout(5):
        while len(house.held()) < 9:
            await asyncio.sleep(0)
            for question in house.bus.asked:
                house.answer(question)
            house.bus.asked = []
    task.cancel()


@pytest.mark.parametrize(("topic", "heard"), [("notification", "ab"), ("notification/anna", "a")])
def test_notifications_reach_those_whom_they_are_for(house: House, topic: str, heard: str) -> None:
    taps = {name: Tap(house.hub) for name in "ab"}
    taps["a"].reader.user = "anna"
    house.say(topic, {"type": "info", "message": "The disk is full.", "at": AT})
    house.say(topic, b"")
    assert "".join(name for name, tap in taps.items() if "notification" in tap.mirror.kinds) == heard
    assert house.feed.bad.total() == 0


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("notification", b"hello"),
        ("notification", {"type": "info"}),
        ("notification/anna/x", {"type": "info", "message": "x", "at": AT}),
        ("notification", {"type": "info", "message": "x" * 40_000, "at": AT}),
    ],
)
def test_notifications_that_make_no_sense(house: House, topic: str, payload: object) -> None:
    tap = Tap(house.hub)
    house.say(topic, payload)
    assert house.feed.bad["notification" if "/" not in topic else "x"] <= 1
    assert house.feed.bad.total() == 1
    assert "notification" not in tap.mirror.kinds


def test_lag_is_that_of_what_is_said_live(house: House) -> None:
    house.now = 40.0
    house.say("bridge/main/health", health(AT))
    assert (house.feed.said_at, house.feed.lag) == (AT_SECONDS, None), "retained: it may be as old as it likes"
    house.now = 33.0
    house.say("bridge/main/health", health("2026-11-21T10:00:30Z"))
    assert (house.feed.said_at, house.feed.lag) == (AT_SECONDS + 30, 3.0)
    house.say("client/seedbox/event", event(1))
    assert house.feed.lag == 3.0
