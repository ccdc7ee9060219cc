"""What recorded cases cannot say of qBittorrent: the order of its numbers, sessions, attempts, and identity."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.qbittorrent import QBittorrent, Settings
from downloads2mqtt.clients.qbittorrent.torrents import ERRORS, STATES, Torrent, normalise
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized
from tests.bridge.clients.replay import URL

HASH = "b3d02b75eae1d5fa6c426e3030e62a19a87618be"
OTHER = "61bda497af6f635ddcca08d10bd3b640e5280e90"
TORRENT = {"name": "iso", "state": "downloading", "progress": 0.5, "size": 100, "total_size": 100, "completed": 50}
LOGIN = {"username": "admin", "password": "adminadmin"}


class Program:
    """A qBittorrent that holds torrents and answers as the real one does; every request is kept."""

    def __init__(self, **torrents: dict[str, Any]) -> None:
        self.torrents = torrents
        self.changes: dict[str, Any] = {}
        self.rid = 0
        self.received = 1000
        self.login = httpx.Response(200, text="Ok.", headers={"set-cookie": "SID=a/b+c==; HttpOnly; path=/"})
        self.session: str | None = "SID=a/b+c=="
        self.requests: list[httpx.Request] = []
        self.fault: Callable[[httpx.Request], httpx.Response] | None = None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path.removeprefix("/base/api/v2/")
        if path == "auth/login":
            return self.login
        if self.session is not None and request.headers.get("cookie") != self.session:
            return httpx.Response(403, text="Forbidden")
        if path == "app/version":
            return httpx.Response(200, text="v5.1.0")
        if self.fault is not None:
            fault, self.fault = self.fault, None
            return fault(request)
        return httpx.Response(200, json=self.maindata(int(request.url.params["rid"])))

    def maindata(self, rid: int) -> dict[str, Any]:
        full = rid == 0 or rid != self.rid
        self.rid += 1
        told = {"full_update": True, "torrents": self.torrents} if full else self.changes
        self.changes = {}
        return {"rid": self.rid, "server_state": {"dl_info_data": self.received}, **told}

    def asked(self, path: str) -> list[httpx.Request]:
        return [request for request in self.requests if request.url.path.endswith(path)]

    @property
    def rids(self) -> list[int]:
        return [int(request.url.params["rid"]) for request in self.asked("maindata")]


def client_of(program: Any, **settings: Any) -> QBittorrent:
    http = Http(URL, transport=httpx.MockTransport(program), timeout=10)
    return QBittorrent("box", Settings(url=URL, **settings), http)


def reset(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("reset", request=request)


def hang(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("hang", request=request)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock that holds refused credentials back."""
    offset = 0.0
    real = time.monotonic

    def forward(seconds: float) -> None:
        nonlocal offset
        offset += seconds

    monkeypatch.setattr(time, "monotonic", lambda: real() + offset)
    return forward


async def test_every_answer_is_acknowledged_and_a_complete_list_starts_anew() -> None:
    program = Program(**{HASH: TORRENT})
    client = client_of(program, **LOGIN)
    for complete in (True, False, False, True, False):
        await client.poll(complete=complete)
    assert program.rids == [0, 1, 2, 0, 4]
    assert len(program.asked("auth/login")) == 1
    assert len(program.asked("app/version")) == 1


@pytest.mark.parametrize(
    "fault",
    [
        hang,
        lambda _: httpx.Response(500),
        lambda _: httpx.Response(200, text="<html>"),
        lambda _: httpx.Response(200, text='{"rid":2,"torrents":{'),
        lambda _: httpx.Response(200, text='{"rid":2,"torrents":null}'),
        lambda _: httpx.Response(200, text='{"torrents":{}}'),
        lambda _: httpx.Response(401, text="Unauthorized"),
    ],
)
async def test_a_poll_that_failed_is_followed_by_a_full_one(fault: Callable[[httpx.Request], httpx.Response]) -> None:
    program = Program(**{HASH: TORRENT})
    client = client_of(program, **LOGIN)
    await client.poll(complete=True)
    program.fault = fault
    with pytest.raises(ClientError):
        await client.poll(complete=False)
    listing = await client.poll(complete=False)
    assert program.rids == [0, 1, 0]
    assert listing.complete
    assert listing.downloads.keys() == {HASH}
    assert not listing.restarted
    assert len(program.asked("app/version")) == 2


async def test_a_connection_that_was_reset_is_asked_again_at_once_but_not_under_the_same_number() -> None:
    program = Program(**{HASH: TORRENT})
    client = client_of(program, **LOGIN)
    await client.poll(complete=True)
    program.fault = reset
    assert (await client.poll(complete=False)).complete
    assert program.rids == [0, 1, 0]


async def test_a_cancelled_poll_is_followed_by_a_full_one() -> None:
    program = Program(**{HASH: TORRENT})
    held = asyncio.Event()

    async def slow(request: httpx.Request) -> httpx.Response:
        answer = await program(request)
        if held.is_set() and "maindata" in request.url.path:
            await asyncio.sleep(60)
        return answer

    client = client_of(slow, **LOGIN)
    await client.poll(complete=True)
    held.set()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.poll(complete=False), 0.05)
    held.clear()
    assert (await client.poll(complete=False)).complete
    assert program.rids == [0, 1, 0]


async def test_what_did_not_change_is_the_same_object_and_not_told() -> None:
    program = Program(**{HASH: TORRENT, OTHER: TORRENT})
    client = client_of(program, **LOGIN)
    first = await client.poll(complete=True)
    program.changes = {"torrents": {HASH: {"time_active": 7, "tracker": "http://t/announce"}, OTHER: {"dlspeed": 9}}}
    second = await client.poll(complete=False)
    assert second.downloads.keys() == {OTHER}
    assert second.downloads[OTHER].download_rate == 9
    program.changes = {"torrents": {OTHER: {"dlspeed": 9, "progress": 0.50001}}}
    assert (await client.poll(complete=False)).downloads == {}
    program.torrents = {HASH: TORRENT, OTHER: {**TORRENT, "dlspeed": 9}}
    full = await client.poll(complete=True)
    assert full.downloads[HASH] is first.downloads[HASH]
    assert full.downloads[OTHER] is second.downloads[OTHER]


async def test_changes_are_merged_and_a_listing_once_given_stays_as_it_was() -> None:
    program = Program(**{HASH: {**TORRENT, "category": "linux", "tags": "a, b"}})
    client = client_of(program, **LOGIN)
    first = await client.poll(complete=True)
    program.changes = {"torrents": {HASH: {"category": "", "tags": "", "state": "stoppedDL"}}}
    changed = (await client.poll(complete=False)).downloads[HASH]
    assert (changed.name, changed.category, changed.tags, changed.state) == ("iso", None, (), "paused")
    assert first.downloads[HASH].category == "linux"


async def test_removed_wins_over_changed_and_new_ones_come_in() -> None:
    program = Program(**{HASH: TORRENT})
    client = client_of(program, **LOGIN)
    await client.poll(complete=True)
    program.changes = {"torrents": {HASH: {"dlspeed": 1}, OTHER: TORRENT}, "torrents_removed": [HASH]}
    listing = await client.poll(complete=False)
    assert listing.removed == {HASH}
    assert listing.downloads.keys() == {OTHER}
    program.torrents = {OTHER: TORRENT}
    assert (await client.poll(complete=True)).downloads.keys() == {OTHER}


async def test_the_cookie_goes_back_as_it_came_and_a_new_one_is_taken() -> None:
    program = Program(**{HASH: TORRENT})
    client = client_of(program, **LOGIN)
    await client.poll(complete=True)
    program.login = httpx.Response(204, headers={"set-cookie": "QBT_SID_8080=x/y+z; HttpOnly; SameSite=Lax; path=/"})
    program.session = "SID=a/b+c==; QBT_SID_8080=x/y+z"
    listing = await client.poll(complete=False)
    assert listing.complete
    assert listing.restarted
    assert program.rids == [0, 1, 0]
    assert not any("referer" in request.headers or "origin" in request.headers for request in program.requests)


async def test_a_restart_is_seen_by_a_session_lost_or_by_fewer_bytes() -> None:
    program = Program(**{HASH: TORRENT})
    client = client_of(program, **LOGIN)
    assert not (await client.poll(complete=True)).restarted
    program.received = 10
    assert (await client.poll(complete=False)).restarted
    assert not (await client.poll(complete=False)).restarted


async def test_refused_credentials_are_sent_twice_in_all(clock: Callable[[float], None]) -> None:
    program = Program()
    program.login = httpx.Response(200, text="Fails.")
    client = client_of(program, **LOGIN)
    for _ in range(5):
        with pytest.raises(ClientUnauthorized, match="tried once more in half an hour"):
            await client.poll(complete=True)
    assert len(program.requests) == 1
    clock(30 * 60 + 1)
    for _ in range(5):
        with pytest.raises(ClientUnauthorized, match="until the bridge is restarted"):
            await client.poll(complete=True)
        clock(24 * 3600)
    assert len(program.requests) == 2


async def test_credentials_corrected_within_half_an_hour_are_accepted(clock: Callable[[float], None]) -> None:
    program = Program(**{HASH: TORRENT})
    good, program.login = program.login, httpx.Response(200, text="Fails.")
    client = client_of(program, **LOGIN)
    with pytest.raises(ClientUnauthorized):
        await client.poll(complete=True)
    program.login = good
    clock(30 * 60 + 1)
    assert (await client.poll(complete=True)).complete


async def test_a_ban_uses_up_no_attempt(clock: Callable[[float], None]) -> None:
    program = Program(**{HASH: TORRENT})
    good, program.login = program.login, httpx.Response(403, text="Your IP address has been banned")
    client = client_of(program, **LOGIN)
    for _ in range(4):
        with pytest.raises(ClientUnauthorized, match="bans this address"):
            await client.poll(complete=True)
        clock(30 * 60 + 1)
    program.login = good
    assert (await client.poll(complete=True)).complete


async def test_an_api_key_is_sent_with_everything_and_never_a_login() -> None:
    program = Program(**{HASH: TORRENT})
    program.session = None
    client = client_of(program, api_key="qbt_key")
    await client.poll(complete=True)
    assert {request.headers["authorization"] for request in program.requests} == {"Bearer qbt_key"}
    assert not program.asked("auth/login")


async def test_without_credentials_none_are_tried() -> None:
    program = Program(**{HASH: TORRENT})
    client = client_of(program)
    with pytest.raises(ClientUnauthorized, match="set username and password"):
        await client.poll(complete=True)
    assert not program.asked("auth/login")
    program.session = None
    assert (await client.poll(complete=True)).complete


async def test_ids_that_fit_no_topic_are_replaced_and_kept_as_native() -> None:
    program = Program(**{"ABC/+#": TORRENT, HASH.upper(): TORRENT})
    downloads = (await client_of(program, **LOGIN).poll(complete=True)).downloads
    assert {download.native_id for download in downloads.values()} == {"ABC/+#", HASH.upper()}
    assert HASH in downloads


async def test_changes_where_the_whole_list_was_asked_are_no_answer() -> None:
    program = Program()
    client = client_of(program, **LOGIN)
    program.fault = lambda _: httpx.Response(200, text='{"rid":1}')
    with pytest.raises(ClientAnswerError, match="where the whole list was asked for"):
        await client.poll(complete=True)


async def test_a_program_that_is_not_running_is_offline() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("All connection attempts failed", request=request)

    client = client_of(refuse, **LOGIN)
    with pytest.raises(ClientOffline, match="is the program running"):
        await client.poll(complete=True)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"app/webapiVersion": (200, "2.11.4")}, "open"),
        ({"app/webapiVersion": (403, "Forbidden"), "": (200, "<title>qBittorrent Web UI</title>")}, "locked"),
        ({"app/webapiVersion": (403, "Forbidden"), "": (200, "VueTorrent"), "auth/login": (405, "")}, "locked"),
        ({"app/webapiVersion": (403, "Forbidden"), "": (200, "nginx"), "auth/login": (404, "")}, None),
        ({"app/webapiVersion": (403, "<html>Forbidden"), "": (200, "")}, None),
        ({"app/webapiVersion": (200, "<html>")}, None),
        ({"app/webapiVersion": (404, "")}, None),
    ],
)
async def test_identify(answers: dict[str, tuple[int, str]], found: str | None) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        status, text = answers[request.url.path.removeprefix("/base/").removeprefix("api/v2/")]
        return httpx.Response(status, text=text)

    assert await QBittorrent.identify(Http(URL, transport=httpx.MockTransport(answer))) == found


@pytest.mark.parametrize(
    "settings",
    [{"username": "a"}, {"password": "b"}, {**LOGIN, "api_key": "k"}, {"kind": "transmission"}, {"unknown": 1}],
)
def test_settings_that_do_not_fit_together(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings(url=URL, **settings)


def test_every_native_state_gives_a_state_and_every_failure_a_sentence() -> None:
    for native, state in STATES.items():
        download = normalise("box", HASH, HASH, Torrent(state=native, size=1, total_size=1))
        assert download.state == state
        assert (download.error is not None) == (state == "failed") == (native in ERRORS)


def test_what_carries_pass_keys_is_not_even_read() -> None:
    assert not {"tracker", "magnet_uri", "comment"} & set(Torrent.__struct_fields__)
    recorded = Path(__file__).parent / "recordings/qbittorrent/4.5.2/05_downloading.maindata_full.json"
    assert {"tracker", "magnet_uri"} <= json.loads(recorded.read_bytes())["torrents"][HASH].keys()
