"""What download clients call JSON."""

import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from downloads2mqtt.clients._json import (
    convert,
    count,
    decode,
    harmless,
    limit,
    percent,
    ratio,
    seconds_left,
    when,
)
from downloads2mqtt.errors import ClientAnswerError


class Thing(msgspec.Struct):
    """A torrent, say."""

    name: str | None = None
    size: int | float | None = None
    inner: "Thing | None" = None


@pytest.mark.parametrize(
    ("body", "thing"),
    [
        (b'{"name":"a","size":1,"more":[1]}', Thing("a", 1)),
        (b'{"size":"12"}', Thing(size=12)),
        (b'\xef\xbb\xbf {"name":"a"}', Thing("a")),
        (b'{"name":"caf\xe9"}', Thing("caf\ufffd")),
        (b'{"name":"a\x01b\nc"}', Thing("a\x01b\nc")),
        (b'{"name":"half \\ud800 pair"}', Thing("half ? pair")),
        (b'{"name":"\\ud83d\\ude00"}', Thing("\U0001f600")),
        (b'{"size":NaN,"name":"a"}', Thing("a")),
        (b'{"size":-Infinity,"more":1e999}', Thing()),
        (b'{"size":1e999}', Thing()),
        (b'{"name":"a"} and then some', Thing("a")),
        (b'{"name":"a","name":"b"}', Thing("b")),
        (b'{"inner":{"size":null}}', Thing(inner=Thing())),
    ],
)
def test_odd_but_readable(body: bytes, thing: Thing) -> None:
    assert decode(body, Thing, "box:1") == thing


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty answer"),
        (b" \n", "empty answer"),
        (b"\n <!DOCTYPE html><html>", "web page instead of data"),
        (b"Forbidden", "not, or not whole, JSON"),
        (b'{"name":"a', "not, or not whole, JSON"),
        (b"[" * 100_000, "not, or not whole, JSON"),
        (b'{"more":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not, or not whole, JSON"),
        (b'{"size":' + b"9" * 5000 + b"}", "not, or not whole, JSON"),
        (b"\xff\xfe\x00", "not, or not whole, JSON"),
        (b"[]", "makes no sense"),
        (b"null", "makes no sense"),
        (b"5", "makes no sense"),
        (b'{"name":5}', "makes no sense"),
        (b'{"size":"big"}', "makes no sense"),
        (b'{"inner":[]}', "makes no sense"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(body: bytes, says: str) -> None:
    with pytest.raises(ClientAnswerError) as caught:
        decode(body, Thing, "box:1")
    assert says in str(caught.value)
    assert str(caught.value).startswith("box:1 sent ")
    assert "\n" not in str(caught.value)


@given(st.binary())
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        thing = decode(body, dict[str, Any], "box:1")
    except ClientAnswerError:
        return
    msgspec.json.encode(thing)


def test_plain_values_become_models() -> None:
    assert convert({"name": "a", "size": "3"}, Thing, "box:1") == Thing("a", 3)
    with pytest.raises(ClientAnswerError, match="box:1 sent an answer that makes no sense"):
        convert({"name": []}, Thing, "box:1")


@pytest.mark.parametrize(
    ("seconds", "iso"),
    [
        (1795222864, "2026-11-21T01:01:04Z"),
        (1795222864.9, "2026-11-21T01:01:04Z"),
        *[(never, None) for never in (None, 0, -1, 99_999_999, 2**32 - 1, 2**63, 1e300, math.nan, math.inf)],
    ],
)
def test_when(seconds: float | None, iso: str | None) -> None:
    assert when(seconds) == iso


@pytest.mark.parametrize(
    ("eta", "seconds"),
    [(0, 0), (69, 69), (69.7, 69), *[(never, None) for never in (None, -1, -2, 8_640_000, 2**63, math.nan, math.inf)]],
)
def test_seconds_left(eta: float | None, seconds: int | None) -> None:
    assert seconds_left(eta) == seconds


@pytest.mark.parametrize(
    ("done", "whole", "shown"),
    [
        (0.455, 1.0, 45.5),
        (0.99999, 1.0, 99.9),
        (1, 1.0, 100.0),
        (1.2, 1.0, 100.0),
        (-1, 1.0, 0.0),
        (301, 661, 45.5),
        *[(*odd, None) for odd in ((None, 1), (1, None), (1, 0), (1, -1), (math.nan, 1), (1, math.nan), (10**400, 1))],
        (1, 10**400, None),
    ],
)
def test_percent(done: float | None, whole: float | None, shown: float | None) -> None:
    assert percent(done, whole) == shown


@pytest.mark.parametrize("read", [count, limit, ratio, when, seconds_left, percent])
@given(number=st.none() | st.integers() | st.floats())
def test_no_number_is_too_odd(read: Any, number: float | None) -> None:
    told = read(number)
    assert told is None or isinstance(told, str) or told >= 0
    msgspec.json.encode(told)


def test_counts_limits_and_ratios() -> None:
    assert [count(n) for n in (5, 0, -1, 2.0, None)] == [5, 0, None, 2, None]
    assert [limit(n) for n in (5, 0, -1, None)] == [5, None, None, None]
    assert [ratio(n) for n in (0, 1.23456, -1, -2, None)] == [0, 1.235, None, None, None]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("No space left on device (/srv/dl/a.bin)", "No space left on device (/srv/dl/a.bin)"),
        ("see https://me:pw@t.example:8080/abc123/announce?passkey=1 now", "see https://t.example:8080 now"),
        ("'udp://t.example/a'", "'udp://t.example'"),
        ("bad magnet:?xt=urn:btih:00", "bad magnet:…"),
        ("t.example/announce?passkey=abc&x=1", "t.example/announce?…&x=1"),
        ("t.example/0123456789ABCDEF0123456789abcdef/announce", "t.example/…/announce"),
        ("two\n lines", "two lines"),
        ("", ""),
    ],
)
def test_a_message_without_keys(said: str, shown: str) -> None:
    assert harmless(said) == shown


def test_a_message_has_an_end() -> None:
    assert len(harmless("long " * 1000)) == 500
