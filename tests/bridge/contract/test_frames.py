"""The frames between relay and browser, as bytes."""

from typing import Any

import msgspec
import pytest

from downloads2mqtt.contract.frames import (
    Delta,
    ErrorFrame,
    EventFrame,
    Get,
    Heartbeat,
    Ping,
    ReaderFrame,
    RequestFrame,
    ResponseFrame,
    Subscribe,
    Unsubscribe,
)
from tests.bridge.samples import download


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ('{"t":"ping"}', Ping()),
        ('{"t":"unsubscribe"}', Unsubscribe()),
        ('{"t":"subscribe"}', Subscribe()),
        ('{"t":"subscribe","clients":["box"],"states":["failed"]}', Subscribe(clients=["box"], states=["failed"])),
        ('{"t":"get","id":"box:a"}', Get(id="box:a")),
        (
            '{"t":"request","topic":"client/box","verb":"pause","transaction":"1","ids":["a"]}',
            RequestFrame(topic="client/box", verb="pause", transaction="1"),
        ),
    ],
)
def test_what_a_browser_says(sent: str, meant: ReaderFrame) -> None:
    assert msgspec.json.decode(sent, type=ReaderFrame) == meant


@pytest.mark.parametrize(
    "sent",
    ["", "{}", "[]", "null", '{"t":"hello"}', '{"t":1}', '{"t":"get"}', '{"t":"subscribe","states":["asleep"]}', "{"],
)
def test_what_makes_no_sense(sent: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(sent, type=ReaderFrame)


def said(frame: msgspec.Struct) -> Any:
    return msgspec.json.decode(msgspec.json.encode(frame))


def test_a_delta_with_the_names_of_the_contract() -> None:
    delta = Delta(seq=2, prev=1, set={"box:a": {"eta": None}}, del_=["box:b"], clients={"box": None}, missed_events=3)
    assert said(delta) == {
        "t": "delta",
        "seq": 2,
        "prev": 1,
        "set": {"box:a": {"eta": None}},
        "del": ["box:b"],
        "clients": {"box": None},
        "missed_events": 3,
    }


def test_an_event_with_the_names_of_the_contract() -> None:
    event = EventFrame(
        seq=7,
        event="completed",
        client="box",
        id="a",
        name="n",
        from_="downloading",
        to="seeding",
        at="2026-01-01T00:00:00Z",
        download=download("a"),
    )
    assert list(said(event)) == ["t", "seq", "event", "client", "id", "name", "from", "to", "at", "download"]


def test_the_short_ones() -> None:
    assert said(Heartbeat(seq=1, at="x")) == {"t": "heartbeat", "seq": 1, "at": "x"}
    assert said(ErrorFrame(code="bad_request", message="m")) == {"t": "error", "code": "bad_request", "message": "m"}
    assert said(ResponseFrame(status="ok")) == {
        "t": "response",
        "transaction": None,
        "status": "ok",
        "data": None,
        "error": None,
    }
