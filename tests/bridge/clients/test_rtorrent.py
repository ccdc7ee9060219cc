"""What recorded cases cannot say of rTorrent: dialects, long lists, states, identity, and broken XML."""

import asyncio
import base64
import json
import time
import xmlrpc.client
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import convert
from msgspec.structs import replace

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients._jsonrpc import Fault
from downloads2mqtt.clients.rtorrent import RTorrent, Settings, began_anew
from downloads2mqtt.clients.rtorrent import xmlrpc as codec
from downloads2mqtt.clients.rtorrent.rows import COLUMNS, STATES, Torrent, native_state, normalise, state_of
from downloads2mqtt.clients.rtorrent.rpc import rpc_url
from downloads2mqtt.contract.download import Download
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline
from downloads2mqtt.listing import Listing
from tests.bridge.clients.replay import URL, Case, build, cases
from tests.bridge.clients.test_bad_input import BROKEN, Faulty, Subject, edited, fails_or_is_right, is_clear

HASH = "B3D02B75EAE1D5FA6C426E3030E62A19A87618BE"
OTHER = "61BDA497AF6F635DDCCA08D10BD3B640E5280E90"
FAULT = "Could not find info-hash."
BLANK: dict[str, Any] = dict.fromkeys(COLUMNS, 0) | {
    "d.name=": "iso",
    "d.message=": "",
    "d.custom1=": "",
    "d.base_path=": "/dl/iso",
    "d.directory=": "/dl",
    "d.custom=addtime": "1795225431",
}


def torrent(hash: str = HASH, **more: Any) -> dict[str, Any]:
    """A row of the table by its columns; `down_rate=5` is `d.down.rate=`."""
    named = {f"d.{name}=": value for name, value in more.items()}
    rates = {"d.down_rate=": "d.down.rate=", "d.up_rate=": "d.up.rate="}
    return BLANK | {"d.hash=": hash, "d.size_bytes=": 100} | {rates.get(name, name): named[name] for name in named}


def leeching(hash: str = HASH, **more: Any) -> dict[str, Any]:
    return torrent(hash, state=1, is_active=1, completed_bytes=50, **more)


class Program:
    """An rTorrent that answers as the real one does; every call is kept."""

    def __init__(self, *torrents: dict[str, Any], version: str = "0.9.8") -> None:
        self.torrents = {row["d.hash="]: row for row in torrents}
        self.version = version
        self.speaks_json = version.startswith("0.16")
        self.pid = 77
        self.down_total = 1000
        self.size_limit = 512 * 1024
        self.calls: list[tuple[Any, ...]] = []
        self.kinds: list[str] = []
        self.fault: Callable[[httpx.Request], httpx.Response | None] | None = None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.fault is not None and (reply := self.fault(request)) is not None:
            return reply
        kind = request.headers["content-type"]
        self.kinds.append(kind)
        if kind == "application/json":
            return self.json(request.content) if self.speaks_json else self.xml_fault("not well-formed")
        params, method = xmlrpc.client.loads(request.content)
        if method == "system.multicall":
            calls: Any = params[0]
            return self.xml([self.one(call["methodName"], call["params"]) for call in calls])
        try:
            return self.xml(self.answer(str(method), list(params)))
        except KeyError as error:
            return self.xml_fault(str(error.args[0]))

    def json(self, content: bytes) -> httpx.Response:
        replies: list[Any] = []
        for call in json.loads(content):
            try:
                replies.append({"id": call["id"], "result": self.answer(call["method"], call["params"])})
            except KeyError as error:
                replies.append({"id": call["id"], "error": {"code": -32602, "message": error.args[0]}})
        return httpx.Response(200, json=replies[::-1])

    def one(self, method: str, params: list[Any]) -> Any:
        try:
            return [self.answer(method, params)]
        except KeyError as error:
            return {"faultCode": -501, "faultString": error.args[0]}

    def xml(self, value: Any) -> httpx.Response:
        return httpx.Response(200, content=xmlrpc.client.dumps((wide(value),), methodresponse=True).encode())

    def xml_fault(self, text: str) -> httpx.Response:
        return httpx.Response(200, content=xmlrpc.client.dumps(xmlrpc.client.Fault(-503, text)).encode())

    def answer(self, method: str, params: list[Any]) -> Any:
        params = [one.data if isinstance(one, xmlrpc.client.Binary) else one for one in params]
        self.calls.append((method, *params))
        rows = list(self.torrents.values())
        active = [row for row in rows if row["d.is_active="]]
        match method, params:
            case "d.multicall2", [_, view, *columns]:
                return [[row[column] for column in columns] for row in (active if view == "active" else rows)]
            case "view.size", [_, view]:
                hashing = sum(bool(row["d.hashing="]) for row in rows)
                return {"main": len(rows), "active": len(active), "hashing": hashing}[view]
            case "download_list", _:
                return list(self.torrents)
        if method.startswith("d."):
            return self.of_download(method, *params)
        facts = {
            "system.client_version": self.version,
            "system.pid": self.pid,
            "throttle.global_down.total": self.down_total,
            "network.xmlrpc.size_limit": self.size_limit,
        }
        return facts.get(method, 0)

    def of_download(self, method: str, hash: str, *params: Any) -> Any:
        if hash not in self.torrents:
            raise KeyError(FAULT)
        return self.torrents[hash].get(f"{method}=", 0)

    def asked(self) -> list[str]:
        """The tables that were asked for since last time."""
        views = [call[2] for call in self.calls if call[0] == "d.multicall2"]
        self.calls.clear()
        return views


def wide(value: Any) -> Any:
    """What xmlrpc.client does not write as a number: above 32 bits."""
    if isinstance(value, list):
        return [wide(one) for one in value]
    return str(value) if isinstance(value, int) and value > 2**31 - 1 else value


def client_of(program: Any, url: str = URL, **more: Any) -> RTorrent:
    http = Http(url, transport=httpx.MockTransport(program), timeout=10)
    return RTorrent("box", Settings(url=url, **more), http)


@pytest.fixture(params=["0.9.8", "0.16.17"])
def program(request: pytest.FixtureRequest) -> Program:
    return Program(leeching(), torrent(OTHER), version=request.param)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock."""
    offset = 0.0
    real = time.monotonic

    def forward(seconds: float) -> None:
        nonlocal offset
        offset += seconds

    monkeypatch.setattr(time, "monotonic", lambda: real() + offset)
    return forward


@pytest.fixture
def long_list(monkeypatch: pytest.MonkeyPatch) -> Program:
    """Three resting downloads and an active one count as many."""
    monkeypatch.setattr("downloads2mqtt.clients.rtorrent.LONG_LIST", 4)
    rest = [torrent(f"{number:040X}") for number in range(3)]
    return Program(leeching(), *rest, version="0.16.17")


# -- dialects ----------------------------------------------------------------------------------------------------------


async def test_a_version_with_json_is_asked_in_json() -> None:
    program = Program(leeching(), version="0.16.17")
    client = client_of(program)
    await client.poll(complete=True)
    await client.poll(complete=False)
    assert set(program.kinds) == {"application/json"}
    assert len(program.kinds) == 6  # version, facts, table, free space; facts, table


async def test_a_version_without_json_is_tried_once() -> None:
    program = Program(leeching())
    client = client_of(program)
    await client.poll(complete=True)
    await client.poll(complete=False)
    assert program.kinds == ["application/json"] + ["text/xml"] * 6


@pytest.mark.parametrize("status", [400, 404, 405, 415, 500])
async def test_a_web_server_that_refuses_json(status: int) -> None:
    program = Program(leeching())
    program.fault = lambda request: httpx.Response(status) if b"jsonrpc" in request.content else None
    assert (await client_of(program).poll(complete=True)).downloads


async def test_a_name_that_is_no_utf_8_is_asked_in_xml_from_then_on() -> None:
    program = Program(leeching(), version="0.16.17")
    refusal = {"error": {"code": -32700, "message": "invalid UTF-8 byte at index 4"}, "id": None, "jsonrpc": "2.0"}

    def refuse(request: httpx.Request) -> httpx.Response | None:
        json_table = request.headers["content-type"] == "application/json" and b"multicall2" in request.content
        return httpx.Response(200, json=refusal) if json_table else None

    program.fault = refuse
    client = client_of(program)
    assert (await client.poll(complete=True)).downloads
    program.kinds.clear()
    assert (await client.poll(complete=True)).downloads
    assert set(program.kinds) == {"text/xml"}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("http://h:8000/", "http://h:8000/RPC2"),
        ("http://h:8000/RPC2/", "http://h:8000/RPC2"),
        ("https://h/rutorrent/plugins/httprpc/action.php/", "https://h/rutorrent/plugins/httprpc/action.php"),
        ("scgi://127.0.0.1:5000/", ""),
        ("scgi+unix:///run/rtorrent.sock/", ""),
    ],
)
def test_what_people_write_as_address(written: str, asked: str) -> None:
    assert rpc_url(written) == asked


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("scgi://127.0.0.1:5000", "scgi://127.0.0.1:5000/"),
        ("scgi+unix:///run/rtorrent/rpc.socket", "scgi+unix:///run/rtorrent/rpc.socket/"),
        ("http://h/RPC2", "http://h/RPC2/"),
    ],
)
def test_addresses(url: str, kept: str) -> None:
    assert Settings(url=url).url == kept


@pytest.mark.parametrize(
    "more",
    [
        {"url": "scgi://127.0.0.1"},
        {"url": "scgi://"},
        {"url": "scgi+unix://rpc.socket"},
        {"url": "ftp://h/"},
        {"url": "http://me:secret@h/"},
        {"url": "scgi://127.0.0.1:5000", "username": "a", "password": "b"},
        {"url": "http://h/", "username": "a"},
    ],
)
def test_settings_that_cannot_be(more: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"must|belong|login"):
        Settings(**more)


async def test_a_login_goes_to_the_web_server() -> None:
    seen = []

    async def server(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return await Program()(request)

    await client_of(server, username="admin", password="adminadmin").poll(complete=True)
    assert set(seen) == {"Basic YWRtaW46YWRtaW5hZG1pbg=="}


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (None, "open"),
        (httpx.Response(401), None),
        (httpx.Response(200, text="<html>"), None),
        (httpx.Response(200, json={"jsonrpc": "2.0", "error": {"code": -32601, "message": "?"}, "id": None}), None),
        (httpx.Response(404), None),
    ],
)
async def test_identify(program: Program, reply: httpx.Response | None, found: str | None) -> None:
    program.fault = lambda _: reply
    assert await RTorrent.identify(Http(URL, transport=httpx.MockTransport(program))) == found


# -- polls -------------------------------------------------------------------------------------------------------------


async def test_what_did_not_change_is_the_same_object(program: Program) -> None:
    client = client_of(program)
    first = await client.poll(complete=True)
    program.torrents[HASH] = leeching(down_rate=7)
    second = await client.poll(complete=False)
    assert second.downloads[OTHER.lower()] is first.downloads[OTHER.lower()]
    assert second.downloads[HASH.lower()].download_rate == 7
    program.torrents[OTHER]["d.load_date="] = 5  # nothing of the download depends on it
    third = await client.poll(complete=True)
    assert all(third.downloads[id] is second.downloads[id] for id in second.downloads)


async def test_a_short_list_is_always_whole(program: Program) -> None:
    client = client_of(program)
    assert (await client.poll(complete=True)).complete
    assert (await client.poll(complete=False)).complete
    assert program.asked() == ["main", "main"]


async def test_of_a_long_list_the_active_ones_are_asked(long_list: Program, clock: Callable[[float], None]) -> None:
    client = client_of(long_list)
    await client.poll(complete=True)
    long_list.torrents[HASH] = leeching(down_rate=9)
    listing = await client.poll(complete=False)
    assert (listing.complete, list(listing.downloads)) == (False, [HASH.lower()])
    assert listing.downloads[HASH.lower()].download_rate == 9
    assert (await client.poll(complete=False)).downloads[HASH.lower()] is listing.downloads[HASH.lower()]
    assert (await client.poll(complete=True)).complete
    assert long_list.asked() == ["main", "active", "active", "main"]
    clock(31)
    assert (await client.poll(complete=False)).complete


def _add(program: Program) -> None:
    program.torrents[OTHER] = torrent(OTHER)


def _remove(program: Program) -> None:
    del program.torrents[f"{1:040X}"]


def _stop(program: Program) -> None:
    program.torrents[HASH]["d.is_active="] = 0


def _swap(program: Program) -> None:
    _stop(program)
    program.torrents[f"{1:040X}"]["d.is_active="] = 1


def _check(program: Program) -> None:
    program.torrents[f"{2:040X}"]["d.hashing="] = 3


def _restart(program: Program) -> None:
    program.pid += 1


@pytest.mark.parametrize("change", [_add, _remove, _stop, _swap, _check, _restart])
async def test_what_another_than_the_active_ones_did_makes_it_whole(
    long_list: Program, change: Callable[[Program], None]
) -> None:
    client = client_of(long_list)
    await client.poll(complete=True)
    change(long_list)
    listing = await client.poll(complete=False)
    assert listing.complete
    assert listing.downloads.keys() == {hash.lower() for hash in long_list.torrents}


async def test_while_one_is_checked_the_list_is_whole(long_list: Program) -> None:
    long_list.torrents[OTHER] = torrent(OTHER, hashing=3)
    client = client_of(long_list)
    await client.poll(complete=True)
    assert (await client.poll(complete=False)).complete


async def test_a_list_that_is_mostly_active_is_whole(long_list: Program) -> None:
    for number in range(3):
        long_list.torrents[f"{number:040X}"] = leeching(f"{number:040X}")
    client = client_of(long_list)
    await client.poll(complete=True)
    assert (await client.poll(complete=False)).complete


async def test_a_restart_is_told_by_process_or_by_what_went_through(program: Program) -> None:
    client = client_of(program)
    assert not (await client.poll(complete=True)).restarted
    program.pid += 1
    assert (await client.poll(complete=False)).restarted
    program.down_total = 3
    assert (await client.poll(complete=False)).restarted
    assert not (await client.poll(complete=False)).restarted


async def test_a_restart_is_also_told_after_an_outage(program: Program) -> None:
    client = client_of(program)
    await client.poll(complete=True)
    program.fault = lambda _: httpx.Response(502)
    with pytest.raises(ClientOffline):
        await client.poll(complete=False)
    program.fault, program.pid = None, 1
    listing = await client.poll(complete=False)
    assert (listing.complete, listing.restarted) == (True, True)


async def test_a_cancelled_poll_is_followed_by_a_complete_one(long_list: Program) -> None:
    held = asyncio.Event()

    async def slow(request: httpx.Request) -> httpx.Response:
        if held.is_set():
            await asyncio.sleep(60)
        return await long_list(request)

    client = client_of(slow)
    await client.poll(complete=True)
    held.set()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.poll(complete=False), 0.05)
    held.clear()
    assert (await client.poll(complete=False)).complete


async def test_the_swap_of_a_magnet_keeps_its_id(program: Program) -> None:
    client = client_of(program)
    program.torrents[HASH] = leeching(name=f"{HASH}.meta", is_meta=1, size_bytes=1)
    first = (await client.poll(complete=True)).downloads[HASH.lower()]
    program.torrents[HASH] = leeching()
    second = await client.poll(complete=False)
    assert (first.state, first.size, first.path) == ("metadata", None, None)
    assert second.downloads[HASH.lower()].state == "downloading"
    assert not second.removed


async def test_facts_it_cannot_tell(program: Program) -> None:
    def without(request: httpx.Request) -> httpx.Response | None:
        request.stream = httpx.ByteStream(request.content.replace(b"throttle.global_down.max_rate", b"d.gone"))
        request._content = request.content.replace(b"throttle.global_down.max_rate", b"d.gone")
        return None

    program.fault = without
    assert (await client_of(program).poll(complete=True)).totals.download_limit is None


# -- meaning -----------------------------------------------------------------------------------------------------------

DONE = convert(list(torrent(complete=1, is_partially_done=1, completed_bytes=100).values()), Torrent, strict=False)
DONE = replace(DONE, state=1, is_active=1, added="")
PART = replace(DONE, complete=0, is_partially_done=0, completed_bytes=50, down_rate=5)


@pytest.mark.parametrize(
    ("told", "native", "state"),
    [
        (DONE, "seeding", "seeding"),
        (replace(DONE, state=0, is_active=0), "stopped", "completed"),
        (replace(DONE, is_active=0), "paused", "completed"),
        (replace(DONE, hashing=3, is_active=0), "hashing", "checking"),
        (replace(DONE, complete=0, completed_bytes=60), "seeding", "seeding"),
        (PART, "leeching", "downloading"),
        (replace(PART, down_rate=0), "leeching", "downloading"),
        (replace(PART, is_active=0), "paused", "paused"),
        (replace(PART, state=0, is_active=0), "stopped", "paused"),
        (replace(PART, hashing=1, is_active=0), "hashing", "checking"),
        (replace(PART, hashing_failed=1, is_active=0), "failed", "failed"),
        (replace(PART, is_active=0, message="Storage error"), "failed", "failed"),
        (replace(PART, message="Storage error"), "leeching", "downloading"),
        (replace(PART, is_active=0, message="Tracker: [no]"), "paused", "paused"),
        (replace(PART, is_meta=1), "metadata", "metadata"),
        (replace(PART, is_meta=1, state=0, is_active=0), "stopped", "paused"),
        (replace(PART, state=7), "state 7", "unknown"),
        (replace(PART, state=None), "state None", "unknown"),
    ],
)
def test_states(told: Torrent, native: str, state: str) -> None:
    assert (native_state(told), state_of(told, native)) == (native, state)
    assert normalise("box", told).state == state
    assert STATES.get(native, "unknown") == state or state == "completed"


@pytest.mark.parametrize(
    ("more", "key", "value"),
    [
        ({"ratio": 1500}, "ratio", 1.5),
        ({"ratio": 1500, "hashing": 3}, "ratio", None),
        ({"down_rate": 10}, "eta", 5),
        ({"down_rate": 0}, "eta", None),
        ({"completed_bytes": 99.99}, "progress", 99.9),
        ({"is_partially_done": 1}, "progress", 100.0),
        ({"size_bytes": 0}, "progress", None),
        ({"custom1": "tv%20sonarr%2Fa+b"}, "category", "tv sonarr/a+b"),
        ({"custom1": "%ff%zz"}, "category", "\ufffd%zz"),
        ({"custom1": "100%"}, "category", "100%"),
        ({"custom1": None}, "category", None),
        ({"base_path": ""}, "path", "/dl/iso"),
        ({"base_path": "", "is_multi_file": 1, "directory": "/dl/iso"}, "path", "/dl/iso"),
        ({"base_path": None, "directory": None}, "path", None),
        ({"added": "1795225431\n"}, "added_at", "2026-11-21T01:43:51Z"),
        ({"added": "soon", "load_date": 1795225431}, "added_at", "2026-11-21T01:43:51Z"),
        ({"load_date": 1795225439, "timestamp_started": 1795225431}, "added_at", "2026-11-21T01:43:51Z"),
        ({"timestamp_finished": 1795225431}, "completed_at", None),
        ({"peers_connected": 5, "peers_complete": 2}, "peers", 3),
        ({"peers_connected": 1, "peers_complete": 2}, "peers", 0),
        ({"name": None}, "name", HASH),
        ({"message": "Tracker: [Bad http://t.example/announce?passkey=0123456789abcdef]"}, "error", None),
    ],
)
def test_what_the_columns_mean(more: dict[str, Any], key: str, value: Any) -> None:
    assert getattr(normalise("box", replace(PART, **more)), key) == value


def test_messages_carry_no_secrets() -> None:
    url = "http://u:p@t.example/0123456789abcdef0123456789abcdef/announce?passkey=1"
    told = normalise("box", replace(PART, message=f"Tracker: [{url}]"))
    assert told.warning == "Tracker: [http://t.example"
    told = normalise("box", replace(PART, is_active=0, message=f"Storage {url}"))
    assert told.error == "Storage http://t.example"


def test_a_failure_without_a_message_has_a_sentence() -> None:
    assert "see its log" in (normalise("box", replace(PART, hashing_failed=1)).error or "")


def test_restarts() -> None:
    from downloads2mqtt.clients.rtorrent import Facts

    facts = Facts(77, 0, 0, 1000, 0, 0, 0, 1, 1, 0)
    assert not began_anew(facts, replace(facts, down_total=1001))
    assert began_anew(facts, replace(facts, pid=78))
    assert began_anew(facts, replace(facts, down_total=999))


# -- broken XML --------------------------------------------------------------------------------------------------------


async def xml_subject() -> Subject:
    """A client of 0.9.8 that was never asked, beside the listing that another one gave."""
    case: Case = next(case for case in cases("rtorrent") if (case.folder.name, case.name) == ("0.9.8", "mixed"))
    wire = Faulty(case.folder, case.data["polls"][0]["answers"])
    wire.start(wire.fault, wire.hits)
    good = await build("rtorrent", {}, wire).poll(complete=True)
    return Subject(build("rtorrent", {}, wire), wire, good, wire.count)


@pytest.mark.parametrize("broken", BROKEN)
async def test_one_broken_answer_among_good_ones_in_xml(broken: str) -> None:
    for number in range((await xml_subject()).requests):
        it = await xml_subject()
        it.wire.start(BROKEN[broken][0], lambda hit, number=number: hit == number)  # type: ignore[misc]
        await fails_or_is_right(it)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<methodResponse><params><param><value><string>&b;</string></value></param></params></methodResponse>"""


@pytest.mark.parametrize(
    "edit",
    [
        lambda body: BOMB,
        lambda body: body.replace(b"<methodResponse>", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><methodResponse>'),
        lambda body: body.replace(b"<params>", b"<params><!-- x -->"),
        lambda body: body[:-40],
        lambda body: body[: len(body) // 2] + b"</methodResponse>",
        lambda body: body.replace(b"</data>", b"", 1),
        lambda body: b"<methodResponse>" + b"<value><array><data>" * 100_000 + b"</methodResponse>",
        lambda body: b"<methodResponse><params><param>" + b"<value>" * 200_000 + b"</param></params></methodResponse>",
        lambda body: body.replace(b"<i8>1</i8>", b"<i8>" + b"9" * 5000 + b"</i8>"),
        lambda body: body.replace(b"<i8>", b"<i9>").replace(b"</i8>", b"</i9>"),
        lambda body: body.replace(b"<i8>1</i8>", b"<i8>one</i8>"),
        lambda body: body.replace(b"<i8>1</i8>", b"<struct></struct>"),
        lambda body: b"<methodResponse></methodResponse>",
        lambda body: b"<methodResponse><fault></fault></methodResponse>",
        lambda body: b"<methodResponse><fault><value><i4>1</i4></value></fault></methodResponse>",
    ],
)
async def test_hostile_xml(edit: Callable[[bytes], bytes]) -> None:
    for number in range(1, 5):
        it = await xml_subject()
        it.wire.start(edited(edit), lambda hit, number=number: hit == number)  # type: ignore[misc]
        await fails_or_is_right(it)
    it.wire.start(edited(edit), lambda _: True)
    begun = time.process_time()
    with pytest.raises(ClientAnswerError):
        await it.client.poll(complete=True)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"caf\xe9", "caf\ufffd"),
        (b"x" * 10_000, "x" * 10_000),
        (b"tab\there \x01\x00", "tab\there \x01\x00"),
        (b"&#1;&#x1F600;&#xD800;&lt;&amp;lt;&nbsp;&", "\x01\U0001f600\ufffd<&lt;&nbsp;&"),
        (b"]]&gt; </data", None),
    ],
)
async def test_odd_names_in_xml(name: bytes, shown: str | None) -> None:
    it = await xml_subject()
    it.wire.start(edited(lambda body: body.replace(b">refused.bin<", b">" + name + b"<")), lambda _: True)
    if shown is None:
        with pytest.raises(ClientAnswerError):
            await it.client.poll(complete=True)
        return
    listing = await it.client.poll(complete=True)
    assert shown in {download.name for download in listing.downloads.values()}


async def test_a_name_in_base64() -> None:
    it = await xml_subject()
    coded = b"<base64>" + base64.b64encode(b"caf\xe9") + b"</base64>"
    it.wire.start(edited(lambda body: body.replace(b"<string>refused.bin</string>", coded)), lambda _: True)
    listing = await it.client.poll(complete=True)
    assert "caf\ufffd" in {download.name for download in listing.downloads.values()}


SPOILS = [b"", b"<", b">", b"</data>", b"<data>", b"<value>", b"&", b"\xff", b"<!", b"-1", b"<i8/>", b"<string/>"]


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_whatever_xml_comes_is_a_listing_or_a_client_error(data: st.DataObject) -> None:
    it = await xml_subject()
    hit, at = data.draw(st.integers(0, it.requests - 1)), data.draw(st.floats(0, 1))
    junk = data.draw(st.sampled_from(SPOILS) | st.binary(max_size=8))
    gone = data.draw(st.integers(0, 40))

    def spoil(body: bytes) -> bytes:
        start = int(at * len(body))
        return body[:start] + junk + body[start + gone :]

    it.wire.start(edited(spoil), lambda number: number == hit)
    try:
        listing: Listing | None = await it.client.poll(complete=True)
    except ClientError as error:
        is_clear(error)
        listing = None
    assert listing is None or all(isinstance(one, Download) for one in listing.downloads.values())
    await it.client.poll(complete=True)


@given(
    value=st.recursive(
        st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(exclude_categories=["Cs", "Cc"])),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2),
        max_leaves=6,
    )
)
def test_what_is_written_is_what_is_read(value: Any) -> None:
    call = codec.encode("d.name", (value,))
    (read,), method = xmlrpc.client.loads(call)
    assert (read, method) == (value, "d.name")
    answer = call.replace(b"<methodCall><methodName>d.name</methodName>", b"<methodResponse>")
    assert codec.decode(answer.replace(b"</methodCall>", b"</methodResponse>")) == value


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "recordings/rtorrent").glob("*/*.facts.xml")))
def test_recorded_facts_are_read_as_the_standard_library_does(path: Path) -> None:
    (expected,), _ = xmlrpc.client.loads(path.read_bytes())
    assert codec.decode(path.read_bytes()) == expected


def test_a_recorded_fault() -> None:
    body = (Path(__file__).parent / "recordings/rtorrent/0.9.8/probe.xml").read_bytes()
    fault = codec.decode(body)
    assert isinstance(fault, Fault)
    assert fault.code == -503
    assert codec.rows(body) == fault
