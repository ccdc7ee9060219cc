"""Addresses that say what a reader wants, and where it was."""

import pytest
from multidict import MultiDict

from downloads2mqtt.contract.frames import Subscribe
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.query import last_event, position, subscription


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ([], Subscribe()),
        ([("clients", "a,b")], Subscribe(clients=["a", "b"])),
        ([("clients", "a"), ("clients", "b")], Subscribe(clients=["a", "b"])),
        ([("clients", "a,,")], Subscribe(clients=["a"])),
        ([("clients", "")], Subscribe(clients=[])),
        (
            [("ids", "seedbox:a"), ("states", "paused,seeding")],
            Subscribe(ids=["seedbox:a"], states=["paused", "seeding"]),
        ),
        ([("categories", "tv"), ("ticket", "x"), ("epoch", "e")], Subscribe(categories=["tv"])),
    ],
)
def test_subscriptions(query: list[tuple[str, str]], wanted: Subscribe) -> None:
    assert subscription(MultiDict(query)) == wanted


def test_a_state_that_is_none() -> None:
    with pytest.raises(RequestError, match="upwards"):
        subscription(MultiDict(states="upwards"))


@pytest.mark.parametrize(
    ("epoch", "seq", "found"),
    [
        ("e", "7", ("e", 7)),
        ("e-1:2", "0", ("e-1:2", 0)),
        ("", "7", None),
        ("e", "", None),
        ("e", "-1", None),
        ("e", "1.5", None),
        ("e", "9" * 19, None),
        ("e", "٧x", None),
    ],
)
def test_positions(epoch: str, seq: str, found: tuple[str, int] | None) -> None:
    assert position({"epoch": epoch, "seq": seq}) == found
    assert last_event({"Last-Event-ID": f"{epoch}:{seq}"}, {}) == found
    assert last_event({}, {"last_event_id": f"{epoch}:{seq}"}) == found


def test_the_header_is_newer_than_the_address() -> None:
    """A browser that reconnects by itself keeps the address and sends the header."""
    assert last_event({"Last-Event-ID": "e:9"}, {"last_event_id": "e:1"}) == ("e", 9)
    assert last_event({}, {}) is None
