"""The codec by itself: whatever arrives becomes records or one error."""

import contextlib
import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.signalr import codec
from downloads2mqtt.relay.signalr.codec import LARGEST, Records

MESSAGES: list[dict[str, Any]] = [
    {"type": 1, "target": "Send", "arguments": [42, "ü\u2028", {"deep": [None]}]},
    {"type": 1, "target": "Send", "arguments": [], "invocationId": "7", "headers": {"a": "b"}, "streamIds": ["1"]},
    {"type": 2, "invocationId": "7", "item": 42},
    {"type": 3, "invocationId": "7", "result": None},
    {"type": 4, "target": "Stream", "arguments": [], "invocationId": "8"},
    {"type": 5, "invocationId": "8"},
    {"type": 6},
    {"type": 7, "error": "bye", "allowReconnect": True},
    {"type": 7},
    {"type": 9, "sequenceId": 3},
    {"type": 99, "target": 5},
]


def record(message: object) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode() + b"\x1e"


def cut(data: bytes, at: list[int]) -> list[bytes]:
    places = [0, *sorted(place % (len(data) + 1) for place in at), len(data)]
    return [data[start:end] for start, end in pairwise(places)]


@given(st.lists(st.sampled_from(MESSAGES), max_size=12), st.lists(st.integers(min_value=0, max_value=5000)))
def test_any_split_of_a_stream_gives_the_same_messages(messages: list[dict[str, Any]], at: list[int]) -> None:
    stream = b"".join(map(record, messages))
    records = Records()
    got = [codec.decode(one) for piece in cut(stream, at) for one in records.feed(piece)]
    assert got == [codec.decode(record(message)[:-1]) for message in messages]


@given(st.binary(max_size=4000), st.lists(st.integers(min_value=0, max_value=5000), max_size=5))
def test_any_bytes_give_messages_or_one_error(data: bytes, at: list[int]) -> None:
    records = Records()
    for piece in cut(data + b"\x1e", at):
        for one in records.feed(piece):
            for read in (codec.decode, codec.greeting):
                with contextlib.suppress(RequestError):
                    read(one)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)
)
fields = st.sampled_from(["target", "arguments", "invocationId", "error", "item", "protocol", "version"])


@given(st.dictionaries(fields, json_values, max_size=6), st.integers() | json_values)
def test_any_fields_of_any_type_give_a_message_or_one_error(message: dict[str, Any], kind: object) -> None:
    for read in (codec.decode, codec.greeting):
        with contextlib.suppress(RequestError):
            read(record({**message, "type": kind})[:-1])


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"[]",
        b"7",
        b"\xff\xfe",
        b"{}",
        b'{"type":"1"}',
        b'{"type":1}',
        b'{"type":1,"target":null,"arguments":[]}',
        b'{"type":1,"target":"a","arguments":{}}',
        b'{"type":1,"target":"a","arguments":[],"invocationId":7}',
        b'{"type":4,"target":"a","arguments":[]}',
        b'{"type":3}',
        b'{"type":6',
        b"[" * 30_000,
        b'{"type":1,"target":"a","arguments":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    ],
)
def test_hostile_records(bad: bytes) -> None:
    with pytest.raises(RequestError):
        codec.decode(bad)


def test_a_record_has_a_limit_whether_it_is_complete_or_not() -> None:
    assert Records().feed(b"x" * LARGEST + b"\x1e") == [b"x" * LARGEST]
    for large in (b"x" * (LARGEST + 1), b"x" * (LARGEST + 1) + b"\x1e", b"\x1e" * 3 + b"x" * (LARGEST + 1)):
        with pytest.raises(RequestError, match="32 KB"):
            Records().feed(large)


@pytest.mark.parametrize("version", [0, 1])
def test_versions_that_are_spoken(version: int) -> None:
    codec.greeting(b'{"protocol":"json","version":%d,"more":[]}' % version)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (b'{"protocol":"messagepack","version":1}', "json"),
        (b'{"protocol":"json","version":2}', "versions 0 and 1"),
        (b'{"protocol":"json"}', "handshake"),
        (b'{"type":6}', "handshake"),
        (b"GET / HTTP/1.1", "handshake"),
    ],
)
def test_handshakes_that_are_refused(asked: bytes, why: str) -> None:
    with pytest.raises(RequestError, match=why):
        codec.greeting(asked)


def test_what_is_said() -> None:
    said = {
        codec.GREETED: {},
        codec.PING: {"type": 6},
        codec.refused("no"): {"error": "no"},
        codec.invocation("T", 1, [2]): {"type": 1, "target": "T", "arguments": [1, [2]]},
        codec.completion("7"): {"type": 3, "invocationId": "7"},
        codec.completion("7", "no"): {"type": 3, "invocationId": "7", "error": "no"},
        codec.close(allow_reconnect=True): {"type": 7, "allowReconnect": True},
        codec.close("why"): {"type": 7, "error": "why"},
    }
    for told, meant in said.items():
        assert told.endswith(b"\x1e")
        assert told.count(b"\x1e") == 1
        assert json.loads(told[:-1]) == meant
