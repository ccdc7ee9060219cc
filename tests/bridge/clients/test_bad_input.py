"""Every kind of client against answers that are broken or hostile: a clear error or a right listing, then recovery."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from downloads2mqtt.clients import _http, kinds
from downloads2mqtt.clients.base import Client
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized
from downloads2mqtt.listing import Listing
from tests.bridge.clients.replay import Case, Recorder, build, cases

KINDS = list(kinds())
SENTENCE = re.compile(r"[^\n]{15,500}")
SECRET = re.compile(r"Traceback|adminadmin|passkey|magnet:|api_?key=|0x[0-9a-f]{6}|SID=|<html", re.IGNORECASE)
Fault = Callable[[httpx.Request, httpx.Response], httpx.Response]


class Faulty(httpx.AsyncBaseTransport):
    """Answers as recorded; a fault spoils the answers whose number (from 0) `hits` picks."""

    def __init__(self, folder: Path, answers: list[dict[str, Any]]) -> None:
        self._recorder = Recorder(folder)
        self._answers = answers
        self.fault: Fault = lambda _, reply: reply
        self.hits: Callable[[int], bool] = lambda _: False
        self.count = 0

    def start(self, fault: Fault, hits: Callable[[int], bool]) -> None:
        self.fault, self.hits, self.count = fault, hits, 0
        self._recorder.answers = list(self._answers)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        number, self.count = self.count, self.count + 1
        try:
            reply = await self._recorder.handle_async_request(request)
        except AssertionError:
            reply = httpx.Response(404, text="Not Found")
        return self.fault(request, reply) if self.hits(number) else reply


@dataclass
class Subject:
    """A client, what it is connected to, and what its first poll says when nothing is wrong."""

    client: Client
    wire: Faulty
    good: Listing
    requests: int


@cache
def first_good_case(kind: str) -> Case:
    """The first recorded case of a kind that lists a download at once."""
    return next(case for case in cases(kind) if case.data["polls"][0]["expect"].get("downloads"))


async def subject(kind: str) -> Subject:
    """A client that was never asked, beside the listing that another one gave."""
    case = first_good_case(kind)
    wire = Faulty(case.folder, case.data["polls"][0]["answers"])
    wire.start(wire.fault, wire.hits)
    probe = build(kind, case.data.get("settings", {}), wire)
    good = await probe.poll(complete=True)
    client = build(kind, case.data.get("settings", {}), wire)
    return Subject(client, wire, good, wire.count)


def replied(**reply: Any) -> Fault:
    """Another reply instead."""
    return lambda _, __: httpx.Response(**{"status_code": 200, **reply})


def raised(error: type[httpx.RequestError]) -> Fault:
    """No reply."""

    def fault(request: httpx.Request, _: httpx.Response) -> httpx.Response:
        raise error("fault", request=request)

    return fault


def edited(edit: Callable[[bytes], bytes]) -> Fault:
    """The reply with another body."""
    return lambda _, reply: httpx.Response(reply.status_code, headers=reply.headers, content=edit(reply.content))


def broken_off(request: httpx.Request, reply: httpx.Response) -> httpx.Response:
    """The connection is reset in the middle of the body."""

    class Stream(httpx.AsyncByteStream):
        async def __aiter__(self) -> Any:
            yield reply.content[: len(reply.content) // 2]
            raise httpx.ReadError("reset", request=request)

    return httpx.Response(200, stream=Stream())


# Whatever a program is asked, it answers so.
BROKEN: dict[str, tuple[Fault, type[ClientError]]] = {
    "a web page": (replied(text="<!DOCTYPE html><html><title>Sign in</title></html>"), ClientAnswerError),
    "nothing": (replied(content=b""), ClientAnswerError),
    "cut off": (edited(lambda body: b'{"a": [' + body[:-2]), ClientAnswerError),
    "a list": (replied(text="[1, 2]"), ClientAnswerError),
    "a number": (replied(text="5"), ClientAnswerError),
    "null": (replied(text="null"), ClientAnswerError),
    "an empty object": (replied(text="{}"), ClientAnswerError),
    "nested deep": (replied(text="[" * 50_000), ClientAnswerError),
    "random bytes": (replied(content=bytes(range(256))), ClientAnswerError),
    "500": (replied(status_code=500, text="Internal Server Error"), ClientAnswerError),
    "503": (replied(status_code=503), ClientOffline),
    "a redirect": (replied(status_code=302, headers={"location": "https://me:adminadmin@sso/?k=1"}), ClientAnswerError),
    "no gzip": (replied(content=b"\x1f\x8bgarbage", headers={"content-encoding": "gzip"}), ClientAnswerError),
    "a hang": (raised(httpx.ReadTimeout), ClientOffline),
    "refused": (raised(httpx.ConnectError), ClientOffline),
    "reset": (raised(httpx.ReadError), ClientOffline),
    "broken off": (broken_off, ClientOffline),
}


def is_clear(error: ClientError) -> None:
    """One sentence for a person, without a secret or a stack."""
    assert SENTENCE.fullmatch(str(error)), str(error)
    assert not SECRET.search(str(error)), str(error)


async def recovers(subject: Subject) -> None:
    """The next good poll is right and complete, whether that was asked or not."""
    subject.wire.start(subject.wire.fault, lambda _: False)
    listing = await subject.client.poll(complete=False)
    assert listing.complete
    assert listing.downloads == subject.good.downloads


async def fails_or_is_right(subject: Subject) -> None:
    """Poll: a clear error and then recovery, or what would have been said without the fault."""
    try:
        listing = await subject.client.poll(complete=True)
    except ClientError as error:
        is_clear(error)
        await recovers(subject)
    else:
        assert listing.downloads == subject.good.downloads


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("kind", KINDS)
async def test_a_broken_program_is_an_error_of_the_right_class(kind: str, broken: str) -> None:
    fault, error = BROKEN[broken]
    it = await subject(kind)
    it.wire.start(fault, lambda _: True)
    with pytest.raises(ClientError) as caught:
        await it.client.poll(complete=True)
    assert type(caught.value) is error or isinstance(caught.value, error), caught.value
    is_clear(caught.value)
    await recovers(it)


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("kind", KINDS)
async def test_one_broken_answer_among_good_ones(kind: str, broken: str) -> None:
    for number in range((await subject(kind)).requests):
        it = await subject(kind)
        it.wire.start(BROKEN[broken][0], lambda hit, number=number: hit == number)  # type: ignore[misc]
        await fails_or_is_right(it)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_body_over_the_cap(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    it = await subject(kind)
    with monkeypatch.context() as patch:
        patch.setattr(_http, "MAX_BODY", 100)
        it.wire.start(it.wire.fault, lambda _: False)
        with pytest.raises(ClientAnswerError, match="in one answer"):
            await it.client.poll(complete=True)
    await recovers(it)


def names(listing: Listing) -> Iterator[bytes]:
    """The names of the downloads as they stand in a JSON body."""
    for download in listing.downloads.values():
        yield json.dumps(download.name, ensure_ascii=False).strip('"').encode()


def renamed(listing: Listing, name: bytes) -> Fault:
    """Every download carries `name` instead."""

    def edit(body: bytes) -> bytes:
        for old in names(listing):
            body = body.replace(b'"' + old + b'"', b'"' + name + b'"')
        return body

    return edited(edit)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"caf\xe9", "caf\ufffd"),
        (b"x" * 10_000, "x" * 10_000),
        (b"tab\there \x01", "tab\there \x01"),
        (b"\\ud83d alone", "? alone"),
        (b"a/b+c#d", "a/b+c#d"),
    ],
    ids=["no UTF-8", "10,000 characters", "control characters", "half a pair", "wildcards"],
)
@pytest.mark.parametrize("kind", KINDS)
async def test_odd_names_are_shown(kind: str, name: bytes, shown: str) -> None:
    it = await subject(kind)
    it.wire.start(renamed(it.good, name), lambda _: True)
    listing = await it.client.poll(complete=True)
    assert {download.name for download in listing.downloads.values()} == {shown}
    assert listing.downloads.keys() == it.good.downloads.keys()
    for download in listing.downloads.values():
        assert msgspec.json.decode(msgspec.json.encode(download), type=type(download)) == download


NUMBER = re.compile(rb"(?<=[:,\[])\s*(-?\d+(?:\.\d+)?)(?=\s*[,}\]])")


@pytest.mark.parametrize("number", [b'"\\1"', b"NaN", b"1e999", b"9" * 30, b"-1", b"null", b'"many"', b"[]", b"{}"])
@pytest.mark.parametrize("kind", KINDS)
async def test_odd_numbers_are_read_or_refused(kind: str, number: bytes) -> None:
    it = await subject(kind)
    it.wire.start(edited(lambda body: NUMBER.sub(number, body)), lambda _: True)
    try:
        listing = await it.client.poll(complete=True)
    except ClientError as error:
        is_clear(error)
    else:
        if number == b'"\\1"':
            assert listing.downloads == it.good.downloads
        for download in listing.downloads.values():
            msgspec.json.encode(download)
    await recovers_in_the_end(it)


async def recovers_in_the_end(subject: Subject) -> None:
    """As `recovers`, for a client that took in odd but readable things."""
    subject.wire.start(subject.wire.fault, lambda _: False)
    listing = await subject.client.poll(complete=True)
    assert listing.complete
    assert listing.downloads == subject.good.downloads


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)


def mutate(draw: st.DrawFn, value: Any) -> Any:
    """`value` with something inside it replaced, dropped or repeated."""
    if draw(st.integers(0, 3)) == 0 or not isinstance(value, dict | list) or not value:
        return draw(JSON)
    if isinstance(value, list):
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], mutate(draw, value[at]), *value[at + draw(st.integers(0, 1)) :]]
    key = draw(st.sampled_from(sorted(value)))
    rest = {k: v for k, v in value.items() if k != key or draw(st.booleans())}
    return {**rest, key if draw(st.integers(0, 4)) else draw(st.text(max_size=8)): mutate(draw, value[key])}


@st.composite
def mutations(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A way to spoil a body: as JSON, or byte by byte."""
    if draw(st.booleans()):
        at, junk = draw(st.floats(0, 1)), draw(st.binary(max_size=8))
        return lambda body: body[: int(at * len(body))] + junk + body[int(at * len(body)) + len(junk) :]

    data = draw(st.integers(1, 3))

    def spoil(body: bytes) -> bytes:
        try:
            value = json.loads(body)
        except ValueError:
            return body
        for _ in range(data):
            value = mutate(draw, value)
        return json.dumps(value).encode()

    return spoil


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_whatever_comes_is_a_listing_or_a_client_error(kind: str, data: st.DataObject) -> None:
    it = await subject(kind)
    hit = data.draw(st.integers(0, it.requests - 1))
    it.wire.start(edited(data.draw(mutations())), lambda number: number == hit)
    try:
        listing = await it.client.poll(complete=True)
    except ClientError as error:
        is_clear(error)
        if isinstance(error, ClientUnauthorized):
            return  # one bit makes a refusal of Deluge's "true", and refused credentials are not tried again soon
    else:
        for download in listing.downloads.values():
            msgspec.json.encode(download)
    it.wire.start(it.wire.fault, lambda _: False)
    assert (await it.client.poll(complete=True)).downloads == it.good.downloads
