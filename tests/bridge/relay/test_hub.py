"""The hub: what it holds, what it tells, and to whom."""

from itertools import permutations

import msgspec
import pytest
from msgspec.structs import replace

from downloads2mqtt.contract.event import Notification
from downloads2mqtt.contract.frames import Delta
from downloads2mqtt.relay.hub.channel import EVERYTHING, Filter
from downloads2mqtt.relay.hub.frame import Frame, Ring
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.reader import EVENT_TAIL, SLOTS
from downloads2mqtt.relay.hub.scope import Scope
from tests.bridge.relay.builders import AT, AT_SECONDS, download, event, health, info, stats, status
from tests.bridge.relay.mirror import Mirror, Tap

LATER = "2026-11-21T10:00:05Z"


@pytest.fixture
def hub() -> Hub:
    hub = Hub("k3f9")
    hub.broker(True)
    hub.bridge_info(info("seedbox"), AT_SECONDS, 0.0)
    hub.bridge_state("main", True, 0.0)
    hub.client_status(status())
    hub.flush(0.0)
    return hub


def available(tap: Tap) -> bool:
    return bool(tap.mirror.clients["seedbox"]["available"])


def test_a_reader_is_greeted_and_shown_everything(hub: Hub) -> None:
    hub.download(download("a"))
    hub.flush(1.0)
    tap = Tap(hub)
    assert tap.mirror.kinds == ["hello", "snapshot"]
    assert tap.mirror.epoch == "k3f9"
    assert list(tap.mirror.downloads) == ["seedbox:a"]
    assert tap.mirror.clients["seedbox"]["available"] is True
    assert tap.mirror.bridges["main"]["state"] == "online"
    assert tap.mirror.broker is True


def test_progress_is_gathered_for_half_a_second(hub: Hub) -> None:
    hub.download(download("a"))
    hub.flush(10.0)
    tap = Tap(hub)
    for step in range(4):
        hub.download(download("a", progress=20.0 + step))
        hub.flush(10.1 + step / 10)
    assert tap.mirror.kinds == ["hello", "snapshot"]
    hub.flush(10.5)
    assert tap.mirror.kinds == ["hello", "snapshot", "delta"]
    assert msgspec.json.decode(tap.sent[-1].payload)["set"] == {"seedbox:a": {"progress": 23.0}}


def test_what_is_urgent_goes_out_at_once_and_leaves_progress_waiting(hub: Hub) -> None:
    for id in "ab":
        hub.download(download(id))
    hub.flush(10.0)
    tap = Tap(hub)
    hub.download(download("a", progress=20.0))
    hub.download(download("b", state="paused"))
    hub.download(download("c"))
    hub.flush(10.1)
    told = msgspec.json.decode(tap.sent[-1].payload)
    assert told["set"].keys() == {"seedbox:b", "seedbox:c"}
    assert told["set"]["seedbox:b"] == {"state": "paused"}
    assert "native_id" in told["set"]["seedbox:c"]


def test_urgent_news_are_announced_and_progress_is_not(hub: Hub) -> None:
    calls: list[str] = []
    hub.download(download("a"))
    hub.on_urgent = lambda: calls.append("urgent")
    hub.download(download("a", progress=50.0))
    hub.client_stats("seedbox", stats(1))
    assert calls == []
    hub.download(download("a", state="seeding"))
    hub.event(event(1))
    hub.remove_download("seedbox", "a")
    assert calls == ["urgent"] * 3


def test_a_value_that_returns_before_anybody_was_told_makes_no_frame(hub: Hub) -> None:
    hub.download(download("a"))
    hub.flush(1.0)
    seq = hub.channels.seq
    hub.download(download("a", progress=11.0))
    tap = Tap(hub)
    hub.download(download("a"))
    hub.flush(2.0)
    assert hub.channels.seq == seq
    assert tap.mirror.downloads["seedbox:a"]["progress"] == 10.0


def test_null_clears(hub: Hub) -> None:
    hub.download(download("a", eta=60))
    hub.flush(1.0)
    tap = Tap(hub)
    hub.download(download("a", eta=None))
    hub.flush(2.0)
    assert msgspec.json.decode(tap.sent[-1].payload)["set"] == {"seedbox:a": {"eta": None}}


def test_a_frame_is_encoded_once_for_all_in_step(hub: Hub) -> None:
    taps = [Tap(hub) for _ in range(3)]
    hub.download(download("a"))
    hub.flush(1.0)
    assert taps[0].sent[-1] is taps[1].sent[-1] is taps[2].sent[-1]
    made: list[bytes] = []

    def encode(frame: Frame) -> bytes:
        made.append(frame.payload)
        return frame.payload

    assert taps[0].sent[-1].wire(encode) is taps[1].sent[-1].wire(encode)
    assert len(made) == 1


def test_snapshots_are_shared_until_something_changes(hub: Hub) -> None:
    first, second = Tap(hub), Tap(hub)
    assert first.sent[1] is second.sent[1]
    hub.download(download("a"))
    hub.flush(1.0)
    assert Tap(hub).sent[1] is not first.sent[1]


def test_events_go_to_readers_with_the_relays_own_number(hub: Hub) -> None:
    tap = Tap(hub)
    hub.event(event(1841))
    hub.flush(0.1)
    assert tap.mirror.kinds[-1] == "event"
    assert tap.mirror.events[0]["seq"] == hub.channels.seq
    assert tap.mirror.events[0]["from"] == "downloading"


def test_an_event_delivered_again_is_dropped(hub: Hub) -> None:
    tap = Tap(hub)
    for seq in (1, 2, 2, 1, 3):
        hub.event(event(seq))
    hub.flush(0.1)
    assert len(tap.mirror.events) == 3


def test_two_clients_of_one_bridge_do_not_hide_each_others_events(hub: Hub) -> None:
    tap = Tap(hub)
    hub.event(event(2, client="usenet"))
    hub.event(event(1))
    hub.flush(0.1)
    assert len(tap.mirror.events) == 2


def test_a_bridge_that_lost_its_ledger_counts_anew_and_is_heard(hub: Hub) -> None:
    tap = Tap(hub)
    hub.event(event(500))
    hub.event(event(1, at=LATER))
    hub.event(event(2, at=LATER))
    hub.event(event(1, at=LATER))
    hub.flush(0.1)
    assert len(tap.mirror.events) == 3


def test_an_event_whose_time_the_client_told_is_still_dropped_when_repeated(hub: Hub) -> None:
    tap = Tap(hub)
    hub.event(event(5, at=LATER))
    hub.event(event(6, at=AT))
    hub.event(event(5, at=LATER))
    hub.flush(0.1)
    assert len(tap.mirror.events) == 2


def test_a_page_does_not_overwrite_what_was_said_later(hub: Hub) -> None:
    hub.download(download("a", progress=50.0, updated_at=LATER))
    hub.paged(download("a", progress=10.0, updated_at=AT))
    held = hub.get("seedbox:a")
    assert held is not None
    assert held.progress == 50.0
    hub.paged(download("a", progress=60.0, updated_at="2026-11-21T10:00:05.5Z"))
    held = hub.get("seedbox:a")
    assert held is not None
    assert held.progress == 60.0


def test_a_client_is_available_while_it_and_its_bridge_are_online(hub: Hub) -> None:
    tap = Tap(hub)
    assert available(tap)
    hub.client_status(status(state="offline", error="refused"))
    hub.flush(1.0)
    assert not available(tap)
    assert tap.mirror.clients["seedbox"]["error"] == "refused"
    hub.client_status(status())
    hub.flush(2.0)
    assert available(tap)
    hub.bridge_state("main", False, 3.0)
    hub.flush(3.0)
    assert not available(tap)
    assert tap.mirror.bridges["main"]["state"] == "offline"


def test_a_bridge_whose_health_is_older_than_90_seconds_is_offline(hub: Hub) -> None:
    tap = Tap(hub)
    hub.bridge_health("main", health("2026-11-21T10:00:30Z"), AT_SECONDS + 30, 30.0)
    hub.flush(120.0)
    assert available(tap)
    hub.flush(120.1)
    assert not available(tap)
    hub.bridge_health("main", health("2026-11-21T10:02:01Z"), AT_SECONDS + 121, 121.0)
    hub.flush(121.0)
    assert available(tap)


def test_a_lost_broker_makes_clients_unavailable_and_hides_nothing(hub: Hub) -> None:
    hub.download(download("a"))
    hub.flush(1.0)
    tap = Tap(hub)
    hub.broker(False)
    hub.flush(1.1)
    assert not available(tap)
    assert tap.mirror.broker is False
    assert list(tap.mirror.downloads) == ["seedbox:a"]
    hub.broker(True)
    hub.flush(1.2)
    assert available(tap)
    assert tap.mirror.broker is True


def test_a_client_that_its_bridge_no_longer_lists_goes_with_its_downloads(hub: Hub) -> None:
    hub.client_status(status("usenet", bridge="other"))
    hub.download(download("a"))
    hub.download(download("b", client="usenet"))
    hub.flush(1.0)
    tap = Tap(hub)
    hub.bridge_info(info(), AT_SECONDS, 2.0)
    hub.flush(2.0)
    assert list(tap.mirror.clients) == ["usenet"]
    assert list(tap.mirror.downloads) == ["usenet:b"]


def test_a_bridge_that_is_removed_is_gone(hub: Hub) -> None:
    tap = Tap(hub)
    hub.remove_bridge("main")
    hub.flush(1.0)
    assert tap.mirror.bridges == {}
    assert not available(tap)


def test_mismatched_compares_totals_with_what_is_held(hub: Hub) -> None:
    hub.client_stats("seedbox", stats(1))
    assert hub.mismatched() == {"seedbox"}
    hub.download(download("a"))
    assert hub.mismatched() == set()
    hub.remove_download("seedbox", "a")
    assert hub.mismatched() == {"seedbox"}


def test_a_transition_that_was_lost_shows_in_the_counts(hub: Hub) -> None:
    hub.download(download("a", state="paused"))
    hub.client_stats("seedbox", stats(1))
    assert hub.mismatched() == {"seedbox"}
    hub.download(download("a"))
    assert hub.mismatched() == set()
    hub.client_stats("seedbox", replace(stats(1), counts={"paused": 9}))
    assert hub.mismatched() == set(), "counts that do not add up tell nothing"


def test_hello_tells_the_most_that_any_bridge_allows(hub: Hub) -> None:
    assert msgspec.json.decode(Tap(hub).sent[0].payload)["control"] == "safe"
    for control, most in (("off", "safe"), ("full", "full")):
        hub.bridge_info(replace(info("nas", bridge="other"), control=control), wall=AT_SECONDS, now=0.0)
        assert msgspec.json.decode(Tap(hub).sent[0].payload)["control"] == most
    hub.remove_bridge("other")
    assert msgspec.json.decode(Tap(hub).sent[0].payload)["control"] == "safe"
    assert msgspec.json.decode(Tap(Hub()).sent[0].payload)["control"] == "off"


# Readers that lag


def test_a_reader_that_lags_gets_the_merged_latest(hub: Hub) -> None:
    for id in "abc":
        hub.download(download(id))
    hub.flush(1.0)
    slow, quick = Tap(hub, room=2), Tap(hub)
    for step in range(50):
        hub.download(download("a", progress=float(step)))
        hub.flush(2.0 + step)
    hub.remove_download("seedbox", "b")
    hub.download(download("d"))
    hub.flush(60.0)
    assert slow.mirror.kinds == ["hello", "snapshot"]
    slow.open()
    assert slow.mirror.kinds == ["hello", "snapshot", "delta"]
    assert slow.mirror.downloads == quick.mirror.downloads
    assert slow.mirror.seq == hub.channels.seq
    hub.download(download("a", progress=99.0))
    hub.flush(70.0)
    assert slow.sent[-1] is quick.sent[-1]


def test_events_missed_are_kept_to_a_tail_and_the_rest_is_counted(hub: Hub) -> None:
    slow = Tap(hub, room=2)
    for seq in range(1, EVENT_TAIL + 31):
        hub.event(event(seq))
    hub.flush(1.0)
    slow.open()
    assert slow.mirror.missed_events == 30
    assert len(slow.mirror.events) == EVENT_TAIL
    assert slow.mirror.events[-1]["seq"] == hub.channels.seq


def test_what_came_and_went_unseen_leaves_no_slot(hub: Hub) -> None:
    slow = Tap(hub, room=2)
    for step in range(5000):
        hub.download(download(f"id{step}"))
        hub.flush(float(step))
        hub.remove_download("seedbox", f"id{step}")
        hub.flush(step + 0.6)
    missed = slow.reader.missed
    assert len(missed.downloads) == 0
    assert not missed.everything
    slow.open()
    assert slow.mirror.downloads == {}
    assert slow.mirror.seq == hub.channels.seq


def test_a_reader_that_missed_most_is_shown_everything_anew(hub: Hub) -> None:
    slow = Tap(hub, room=2)
    for step in range(SLOTS + 1):
        hub.download(download(f"id{step}"))
    hub.event(event(1))
    hub.flush(1.0)
    assert len(slow.reader.missed.downloads) == 0
    slow.open()
    assert slow.mirror.kinds == ["hello", "snapshot", "delta", "snapshot"]
    assert len(slow.mirror.downloads) == SLOTS + 1
    assert len(slow.mirror.events) == 1
    assert slow.sent[3] is hub.channels.snapshot()


def test_a_reader_that_lags_gets_no_heartbeat_and_others_do(hub: Hub) -> None:
    slow, quick = Tap(hub, room=2), Tap(hub)
    hub.channels.heartbeat(AT)
    assert slow.mirror.kinds == ["hello", "snapshot"]
    assert quick.mirror.kinds[-1] == "heartbeat"


def test_a_reader_that_lags_from_its_first_frame_gets_its_snapshot_when_it_can(hub: Hub) -> None:
    hub.download(download("a"))
    hub.flush(1.0)
    slow = Tap(hub, room=1)
    assert slow.mirror.kinds == ["hello"]
    hub.download(download("b"))
    hub.flush(2.0)
    slow.open()
    assert slow.mirror.downloads.keys() == {"seedbox:a", "seedbox:b"}


def test_a_reader_that_left_is_told_nothing(hub: Hub) -> None:
    tap = Tap(hub)
    hub.channels.leave(tap.reader)
    hub.channels.leave(tap.reader)
    hub.download(download("a"))
    hub.flush(1.0)
    hub.channels.drained(tap.reader)
    assert tap.mirror.kinds == ["hello", "snapshot"]


# Readers that return


def test_a_reader_that_returns_is_caught_up_from_the_ring(hub: Hub) -> None:
    gone = Tap(hub)
    hub.channels.leave(gone.reader)
    for id in "ab":
        hub.download(download(id))
        hub.event(event(ord(id), id))
        hub.flush(float(ord(id)))
    back = Tap(hub, back=gone.mirror)
    assert back.mirror.recovered
    assert back.mirror.kinds[2:] == ["hello", "delta", "event", "delta", "event"]
    assert back.mirror.downloads == Tap(hub).mirror.downloads


def test_a_reader_that_missed_nothing_returns_to_nothing(hub: Hub) -> None:
    assert Tap(hub, back=Tap(hub).mirror).mirror.kinds == ["hello", "snapshot", "hello"]


@pytest.mark.parametrize("resume", [("other", 0), ("k3f9", -1), ("k3f9", 10_000)])
def test_a_reader_from_elsewhere_gets_a_snapshot(hub: Hub, resume: tuple[str, int]) -> None:
    stranger = Mirror()
    stranger.epoch, stranger.seq = resume
    hub.download(download("a"))
    hub.flush(1.0)
    assert Tap(hub, back=stranger).mirror.kinds == ["hello", "snapshot"]
    assert not stranger.recovered


def test_a_reader_that_returns_with_another_filter_or_scope_gets_a_snapshot(hub: Hub) -> None:
    seedbox = frozenset({"seedbox"})
    wishes = [EVERYTHING, Filter(clients=seedbox), Filter(scope=Scope(clients=seedbox)), Filter(states=seedbox)]
    for before, after in permutations(wishes, 2):
        gone = Tap(hub, wanted=before)
        assert Tap(hub, back=gone.mirror, wanted=after).mirror.kinds[2:] == ["hello", "snapshot"]


def test_a_reader_with_a_filter_is_told_what_it_missed(hub: Hub) -> None:
    gone = Tap(hub, wanted=Filter(clients=frozenset({"seedbox"})))
    hub.channels.leave(gone.reader)
    hub.download(download("a"))
    hub.download(download("a", client="usenet"))
    hub.flush(1.0)
    back = Tap(hub, back=gone.mirror, wanted=Filter(clients=frozenset({"seedbox"})))
    assert back.mirror.kinds[2:] == ["hello", "delta"]
    assert back.mirror.downloads.keys() == {"seedbox:a"}


def test_a_series_that_was_let_go_is_nothing_to_resume_from(hub: Hub) -> None:
    """Its numbers begin anew."""
    wanted = Filter(scope=Scope(clients=frozenset({"seedbox"})))
    gone = Tap(hub, wanted=wanted)
    hub.channels.leave(gone.reader)
    for now in (100.0, 200.0):
        hub.channels.prune(now)
    hub.download(download("a"))
    hub.flush(201.0)
    back = Tap(hub, back=gone.mirror, wanted=wanted)
    assert back.mirror.kinds[2:] == ["hello", "snapshot"]
    assert back.mirror.downloads.keys() == {"seedbox:a"}


def test_one_that_lagged_is_told_what_was_said_to_people(hub: Hub) -> None:
    tap = Tap(hub, room=2)
    hub.notify(Notification(type="note", message="a word", at=AT))
    assert tap.mirror.kinds == ["hello", "snapshot"]
    tap.open()
    assert tap.mirror.kinds == ["hello", "snapshot", "notification"]


def test_a_filter_that_nobody_returns_to_is_let_go(hub: Hub) -> None:
    gone = Tap(hub, wanted=Filter(clients=frozenset({"seedbox"})))
    hub.channels.leave(gone.reader)
    for second in range(1, 63):
        assert (len(hub.channels._channels) == 2) is (second <= 62)
        hub.flush(float(second))
    assert len(hub.channels._channels) == 1
    hub.download(download("a"))
    hub.flush(63.0)
    assert not Tap(hub, back=gone.mirror, wanted=Filter(clients=frozenset({"seedbox"}))).mirror.recovered


def test_those_that_many_left_are_let_go_at_once(hub: Hub) -> None:
    for number in range(200):
        hub.channels.leave(Tap(hub, wanted=Filter(ids=frozenset({str(number)}))).reader)
    hub.flush(1.0)
    assert len(hub.channels._channels) <= 51


def test_a_reader_that_returns_slowly_lags_amid_the_ring(hub: Hub) -> None:
    gone = Tap(hub)
    hub.channels.leave(gone.reader)
    for id in "abc":
        hub.download(download(id))
        hub.flush(float(ord(id)))
    back = Tap(hub, room=2, back=gone.mirror)
    assert back.mirror.kinds[2:] == ["hello", "delta"]
    back.open()
    assert back.mirror.downloads.keys() == {"seedbox:a", "seedbox:b", "seedbox:c"}


def test_the_ring_is_bounded_in_count_and_bytes() -> None:
    ring = Ring(count=5, size=2000)
    hub = Hub("e", ring)
    for step in range(50):
        hub.download(download(f"id{step}"))
        hub.flush(float(step))
    assert len(ring) <= 5
    assert ring.bytes <= 2000
    assert ring.since(hub.channels.seq - 1) is not None
    assert ring.since(hub.channels.seq - 20) is None


# Readers that want less


def test_a_reader_that_wants_less_is_shown_only_that(hub: Hub) -> None:
    hub.client_status(status("usenet"))
    for id, state in (("a", "downloading"), ("b", "paused"), ("c", "seeding")):
        hub.download(download(id, state=state))
    hub.download(download("a", client="usenet"))
    hub.flush(1.0)
    tap = Tap(hub)
    tap.want(Filter(clients=frozenset({"seedbox"}), states=frozenset({"downloading", "paused"})))
    assert tap.mirror.downloads.keys() == {"seedbox:a", "seedbox:b"}
    assert tap.mirror.clients.keys() == {"seedbox"}
    hub.download(download("b", state="seeding"))
    hub.download(download("c", state="paused"))
    hub.flush(2.0)
    assert tap.mirror.downloads.keys() == {"seedbox:a", "seedbox:c"}
    sent = len(tap.sent)
    hub.download(download("a", client="usenet", progress=70.0))
    hub.flush(3.0)
    assert len(tap.sent) == sent
    tap.want(EVERYTHING)
    assert len(tap.mirror.downloads) == 4


def test_events_out_of_a_wanted_state_are_shown_too(hub: Hub) -> None:
    tap = Tap(hub)
    tap.want(Filter(states=frozenset({"downloading"})))
    hub.event(event(1, from_="downloading", to="seeding"))
    hub.event(event(2, from_="paused", to="queued"))
    hub.flush(1.0)
    assert len(tap.mirror.events) == 1


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (Filter(ids=frozenset({"a"})), True),
        (Filter(ids=frozenset({"seedbox:a"})), True),
        (Filter(ids=frozenset({"usenet:a"})), False),
        (Filter(categories=frozenset({"linux"})), True),
        (Filter(categories=frozenset({"tv"})), False),
        (Filter(ids=frozenset()), False),
        (EVERYTHING, True),
    ],
)
def test_filters(wanted: Filter, taken: bool) -> None:
    assert wanted.takes(download("a", category="linux")) is taken


def test_readers_of_one_filter_share_their_frames(hub: Hub) -> None:
    one, two = Tap(hub), Tap(hub)
    for tap in (one, two):
        tap.want(Filter(clients=frozenset({"seedbox"})))
    hub.download(download("a"))
    hub.flush(1.0)
    assert one.sent[-1] is two.sent[-1]


def test_a_delta_names_only_what_it_holds() -> None:
    assert msgspec.json.encode(Delta(seq=2, prev=1, del_=["a:b"])) == b'{"t":"delta","seq":2,"prev":1,"del":["a:b"]}'


def test_counts_for_a_health_check(hub: Hub) -> None:
    hub.download(download("a"))
    Tap(hub)
    assert hub.counts() == {
        "broker": True,
        "bridges": 1,
        "bridges_online": 1,
        "clients": 1,
        "clients_available": 1,
        "downloads": 1,
        "readers": 1,
    }
