import itertools
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from downloads2mqtt.changes import Changes, Known, Latch, Step, apply, diff, first_latch
from downloads2mqtt.contract.download import DONE, STATES, Download, State
from tests.bridge.samples import download, views

AT = "2026-11-21T12:00:00Z"
View = dict[str, Download]


def facts(view: View | Known) -> View:
    """Without the time of publishing, which `diff` adds."""
    downloads = view.downloads if isinstance(view, Known) else view
    return {id: replace(one, updated_at="") for id, one in downloads.items()}


def events(changes: Changes) -> list[str]:
    return [transition.event for transition in changes.events]


@given(views, views)
def test_applying_the_difference_gives_the_new_view(before: View, now: View) -> None:
    known = Known(before)
    assert facts(apply(known, diff(known, now, at=AT))) == now


@given(views)
def test_no_difference_from_oneself(view: View) -> None:
    known = apply(Known(), diff(Known(), view, at=AT))
    assert not diff(known, view, at="2027-01-01T00:00:00Z")
    assert not diff(known, view, at=AT, step=Step())


@given(views, views)
def test_what_is_held_back_is_small(before: View, now: View) -> None:
    known = Known(before)
    held = apply(known, diff(known, now, at=AT, step=Step())).downloads
    assert held.keys() == now.keys()
    for id, one in now.items():
        told = held[id]
        assert (told.state, told.name, told.size, told.error) == (one.state, one.name, one.size, one.error)
        assert (told.progress is None) == (one.progress is None)
        assert abs((told.progress or 0) - (one.progress or 0)) < 0.5
        assert abs((told.download_rate or 0) - (one.download_rate or 0)) <= 0.1 * (told.download_rate or 0)


@given(views, views, st.data())
def test_untouched_downloads_are_not_looked_at(before: View, now: View, data: st.DataObject) -> None:
    known = Known(before)
    every = sorted(before.keys() | now.keys())
    touched = data.draw(st.sets(st.sampled_from(every))) if every else set()
    changes = diff(known, now, at=AT, touched=touched)
    assert changes.upserts.keys() | set(changes.removals) <= touched


@given(st.lists(views, max_size=12), st.sets(st.integers(0, 12)))
def test_completed_once_a_download_whatever_happens(history: list[View], restarts: set[int]) -> None:
    """Over any sequence of states; a restart keeps what the ledger keeps: downloads and latches."""
    known, completed = Known(), Counter[str]()
    for number, view in enumerate(history):
        if number in restarts:
            known = Known(dict(known.downloads), dict(known.latches))
        changes = diff(known, view, at=AT, baseline=number == 0)
        for transition in changes.events:
            if transition.event == "removed":
                completed[transition.id] = 0
            completed[transition.id] += transition.event == "completed"
            assert completed[transition.id] <= 1
        known = apply(known, changes)


@given(st.lists(st.sampled_from(STATES), min_size=2, max_size=10))
def test_a_download_that_comes_to_be_done_completes_exactly_once(states: list[State]) -> None:
    known, seen = Known(), 0
    for number, state in enumerate(states):
        changes = diff(known, {"a": download(state=state)}, at=AT, baseline=number == 0)
        seen += events(changes).count("completed")
        assert len(changes.events) <= 1
        known = apply(known, changes)
    assert seen == (states[0] not in DONE and any(state in DONE for state in states))


def follow(*states: State) -> list[list[str]]:
    known, told = Known({"a": download(state="unknown")}), []
    for state in states:
        changes = diff(known, {"a": download(state=state)}, at=AT)
        told.append(events(changes))
        known = apply(known, changes)
    return told


@pytest.mark.parametrize(
    ("states", "told"),
    [
        (["queued", "downloading", "seeding", "completed"], ["state_changed", "started", "completed", "state_changed"]),
        (["downloading", "paused", "downloading", "completed"], ["started", "paused", "resumed", "completed"]),
        (["paused", "downloading"], ["paused", "started"]),
        (["paused", "queued", "downloading"], ["paused", "resumed", "started"]),
        (["downloading", "stalled", "downloading"], ["started", "stalled", "state_changed"]),
        (["downloading", "processing", "failed", "processing", "completed"],
         ["started", "state_changed", "failed", "state_changed", "completed"]),
        (["seeding", "checking", "seeding", "paused", "completed"],
         ["completed", "state_changed", "state_changed", "paused", "state_changed"]),
    ],
)  # fmt: skip
def test_the_most_specific_event(states: list[State], told: list[str]) -> None:
    assert follow(*states) == [[event] for event in told]


def test_a_client_never_seen_makes_no_events_and_remembers_what_is_done() -> None:
    view = {
        "a": download("a", state="seeding"),
        "b": download("b"),
        "c": download("c", state="checking", completed_at="2020-01-01T00:00:00Z"),
    }
    changes = diff(Known(), view, at=AT, baseline=True)
    assert facts(dict(changes.upserts)) == view
    assert changes.events == ()
    known = apply(Known(), changes)
    again = {id: replace(one, state="checking") for id, one in view.items()}
    known = apply(known, diff(known, again, at=AT))
    done = {id: replace(one, state="seeding") for id, one in view.items()}
    assert [t.id for t in diff(known, done, at=AT).events if t.event == "completed"] == ["b"]


def test_a_small_download_that_was_added_and_finished_between_two_polls() -> None:
    one = download(state="completed", added_at="2026-01-01T00:00:00Z", completed_at="2026-01-01T00:00:05Z")
    added, completed = diff(Known(), {"a": one}, at=AT).events
    assert (added.event, added.from_, added.to, added.at) == ("added", None, "completed", one.added_at)
    assert (completed.event, completed.from_, completed.to, completed.at) == (
        "completed",
        None,
        "completed",
        one.completed_at,
    )


def test_removed_carries_the_download_as_it_last_was() -> None:
    known = Known({"a": download(state="paused")}, {"a": Latch.STARTED})
    changes = diff(known, {}, at=AT)
    (removed,) = changes.events
    assert (removed.event, removed.from_, removed.to, removed.download.name) == ("removed", "paused", None, "name of a")
    assert apply(known, changes) == Known({}, {})


def test_another_download_under_the_same_id() -> None:
    known = Known({"7": download("7", state="completed")}, {"7": Latch.COMPLETED})
    changes = diff(known, {"7": download("7", name="other", state="downloading")}, at=AT, replaced=frozenset({"7"}))
    assert events(changes) == ["removed", "added"]
    known = apply(known, changes)
    assert known.latches["7"] == Latch.STARTED
    done = diff(known, {"7": download("7", name="other", state="completed")}, at=AT)
    assert events(done) == ["completed"]


def test_another_download_that_has_not_begun_completes_later() -> None:
    known = Known({"7": download("7", state="completed")}, {"7": Latch.STARTED | Latch.COMPLETED})
    for state, told in (("queued", ["removed", "added"]), ("downloading", ["started"]), ("completed", ["completed"])):
        replaced = frozenset({"7"}) if state == "queued" else frozenset()
        changes = diff(known, {"7": download("7", name="other", state=state)}, at=AT, replaced=replaced)
        assert events(changes) == told
        known = apply(known, changes)


@pytest.mark.parametrize(
    ("before", "now", "worth"),
    [
        ({"progress": 10.0}, {"progress": 10.4}, False),
        ({"progress": 10.0}, {"progress": 10.5}, True),
        ({"progress": 99.8}, {"progress": 100.0}, True),
        ({"progress": None}, {"progress": 0.0}, True),
        ({"download_rate": 1000}, {"download_rate": 1100}, False),
        ({"download_rate": 1000}, {"download_rate": 1101}, True),
        ({"download_rate": 1000}, {"download_rate": 899}, True),
        ({"download_rate": 0}, {"download_rate": 1}, True),
        ({"eta": 100}, {"eta": 89}, True),
        ({"eta": 100}, {"eta": None}, True),
        ({"seeds": 1}, {"seeds": 50}, False),
        ({"uploaded": 1}, {"uploaded": 50}, False),
        ({"tags": ()}, {"tags": ("x",)}, True),
        ({"path": None}, {"path": "/x"}, True),
        ({"warning": None}, {"warning": "tracker"}, True),
        ({"category": None}, {"category": "tv"}, True),
    ],
)
def test_what_is_worth_a_message(before: dict[str, Any], now: dict[str, Any], worth: bool) -> None:
    known = Known({"a": download(**before)})
    assert bool(diff(known, {"a": download(**now)}, at=AT, step=Step()).upserts) is worth


def test_the_latch_of_a_download_read_back_from_the_broker() -> None:
    every = [first_latch(download(state=state)) for state in STATES]
    assert [state for state, latch in zip(STATES, every, strict=True) if latch & Latch.COMPLETED] == [
        "seeding",
        "completed",
    ]
    assert len(list(itertools.chain(every))) == len(STATES)
