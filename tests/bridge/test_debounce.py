import pytest
from msgspec.structs import replace

from downloads2mqtt.contract.download import Download, State
from downloads2mqtt.debounce import Debounce
from downloads2mqtt.listing import Listing
from tests.bridge.samples import download

LATER = 1000.0


def whole(*downloads: Download, restarted: bool = False) -> Listing:
    return Listing({one.id: one for one in downloads}, complete=True, restarted=restarted)


def part(*downloads: Download, removed: frozenset[str] = frozenset()) -> Listing:
    return Listing({one.id: one for one in downloads}, complete=False, removed=removed)


def state(debounce: Debounce) -> str:
    return debounce.current["a"].state


A, B = download("a"), download("b")


@pytest.fixture
def calm() -> Debounce:
    """Knows a and b, and nothing was interrupted lately."""
    debounce = Debounce({}, now=0.0)
    debounce.settle(whole(A, B), LATER)
    return debounce


def test_one_listing_without_it_is_not_gone_two_are(calm: Debounce) -> None:
    assert calm.settle(whole(A), LATER + 2).touched == frozenset()
    assert calm.unsettled
    assert calm.wants_complete(LATER + 2)
    assert calm.settle(whole(A), LATER + 4).touched == {"b"}
    assert calm.current == {"a": A}
    assert not calm.unsettled


def test_back_in_between_starts_anew(calm: Debounce) -> None:
    calm.settle(whole(A), LATER + 2)
    calm.settle(whole(A, B), LATER + 4)
    calm.settle(whole(A), LATER + 6)
    assert calm.current.keys() == {"a", "b"}


def test_back_in_a_partial_listing_starts_anew_too(calm: Debounce) -> None:
    calm.settle(whole(A), LATER + 2)
    calm.settle(part(download("b", progress=20.0)), LATER + 4)
    assert not calm.unsettled
    calm.settle(whole(A), LATER + 6)
    assert calm.current.keys() == {"a", "b"}


def test_a_partial_listing_says_nothing_of_those_it_lacks(calm: Debounce) -> None:
    for second in range(5):
        calm.settle(part(), LATER + second)
    assert calm.current.keys() == {"a", "b"}


def test_the_clients_own_word_is_enough(calm: Debounce) -> None:
    assert calm.settle(part(removed=frozenset({"b"})), LATER + 2).touched == {"b"}
    assert calm.current.keys() == {"a"}


def test_removed_and_there_again_is_replaced(calm: Debounce) -> None:
    other = download("b", name="other")
    settled = calm.settle(part(other, removed=frozenset({"b"})), LATER + 2)
    assert settled.replaced == {"b"}
    assert calm.current["b"] is other


@pytest.mark.parametrize("how", ["failure", "restart"])
def test_after_a_comeback_two_listings_must_lie_a_minute_apart(calm: Debounce, how: str) -> None:
    if how == "failure":
        calm.interrupt(LATER + 1)
    calm.settle(whole(restarted=how == "restart"), LATER + 2)
    calm.settle(whole(), LATER + 4)
    assert not calm.wants_complete(LATER + 30)
    calm.settle(whole(), LATER + 30)
    assert calm.current.keys() == {"a", "b"}
    assert calm.wants_complete(LATER + 62)
    calm.settle(whole(A), LATER + 62)
    assert calm.current.keys() == {"a"}


def test_what_was_seen_after_the_comeback_needs_no_minute(calm: Debounce) -> None:
    calm.interrupt(LATER + 1)
    calm.settle(whole(A), LATER + 2)
    calm.settle(whole(), LATER + 4)
    calm.settle(whole(), LATER + 6)
    assert calm.current.keys() == {"b"}


def test_our_own_start_counts_as_a_comeback() -> None:
    debounce = Debounce({"a": A}, now=0.0)
    debounce.settle(whole(), 1.0)
    debounce.settle(whole(), 3.0)
    assert debounce.current == {"a": A}
    debounce.settle(whole(), 61.0)
    assert debounce.current == {}


IDLE = replace(A, download_rate=0)


def test_stalled_needs_a_minute_and_three_samples(calm: Debounce) -> None:
    calm.settle(part(IDLE), LATER + 10)
    calm.settle(part(), LATER + 40)
    assert state(calm) == "downloading"
    assert calm.settle(part(), LATER + 70).touched == {"a"}
    assert state(calm) == "stalled"


def test_a_minute_with_two_samples_is_not_stalled(calm: Debounce) -> None:
    calm.settle(part(IDLE), LATER + 10)
    calm.settle(part(), LATER + 71)
    assert state(calm) == "downloading"


def test_three_samples_within_a_minute_are_not_stalled(calm: Debounce) -> None:
    for second in (10, 12, 14, 69):
        calm.settle(part(IDLE), LATER + second)
    assert state(calm) == "downloading"


def test_stalled_stays_until_something_flows(calm: Debounce) -> None:
    for second in (10, 40, 70):
        calm.settle(part(IDLE), LATER + second)
    calm.settle(part(replace(IDLE, peers=3)), LATER + 72)
    assert state(calm) == "stalled"
    calm.settle(part(replace(IDLE, downloaded=500)), LATER + 74)
    assert state(calm) == "downloading"


def test_a_flow_in_between_starts_anew(calm: Debounce) -> None:
    calm.settle(part(IDLE), LATER + 10)
    calm.settle(part(A), LATER + 40)
    for second in (42, 60, 80):
        calm.settle(part(IDLE), LATER + second)
    assert state(calm) == "downloading"


@pytest.mark.parametrize("other", ["paused", "queued", "seeding", "metadata"])
def test_only_what_wants_data_stalls(calm: Debounce, other: State) -> None:
    for second in (10, 40, 70, 100):
        calm.settle(part(replace(IDLE, state=other)), LATER + second)
    assert state(calm) == other


def test_stalled_before_our_restart_is_still_stalled() -> None:
    debounce = Debounce({"a": replace(IDLE, state="stalled")}, now=0.0)
    debounce.settle(whole(IDLE), 1.0)
    assert state(debounce) == "stalled"


def test_the_same_object_is_not_touched_again(calm: Debounce) -> None:
    assert calm.settle(whole(A, B), LATER + 2).touched == frozenset()
    assert calm.settle(whole(A, replace(B, progress=20.0)), LATER + 4).touched == {"b"}
