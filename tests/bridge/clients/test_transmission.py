"""What recorded cases cannot say of Transmission: dialects, sessions, numbers, attempts, and identity."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.transmission import Settings, Transmission
from downloads2mqtt.clients.transmission.rpc import rpc_url, snake
from downloads2mqtt.clients.transmission.torrents import STATES, STATUS, Torrent, normalise, state_of
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized
from tests.bridge.clients.replay import URL

HASH = "b3d02b75eae1d5fa6c426e3030e62a19a87618be"
OTHER = "61bda497af6f635ddcca08d10bd3b640e5280e90"
LOGIN = {"username": "admin", "password": "adminadmin"}


def torrent(id: int, hash: str = HASH, **more: Any) -> dict[str, Any]:
    return {"id": id, "hash_string": hash, "name": "iso", "status": 4, "download_dir": "/dl", **more}


def whole(**more: Any) -> dict[str, Any]:
    return {"size_when_done": 100, "left_until_done": 50, "metadata_percent_complete": 1, **more}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


class Daemon:
    """A Transmission that answers as the real one does, in one dialect; every request is kept."""

    def __init__(self, *torrents: dict[str, Any], rpc_version: str | None = None) -> None:
        self.torrents = list(torrents)
        self.recent: list[dict[str, Any]] = []
        self.removed: list[int] = []
        self.rpc_version = rpc_version
        self.session_id = "first"
        self.seconds_active = 100
        self.free_space: int | None = 5000
        self.requests: list[httpx.Request] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.fault: Callable[[httpx.Request], httpx.Response] | None = None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.fault is not None:
            fault, self.fault = self.fault, None
            return fault(request)
        if request.headers.get("x-transmission-session-id") != self.session_id:
            headers = {"X-Transmission-Session-Id": self.session_id}
            if self.rpc_version is not None:
                headers["X-Transmission-Rpc-Version"] = self.rpc_version
            return httpx.Response(409, headers=headers)
        body = json.loads(request.content)
        if self.rpc_version is not None:
            return httpx.Response(200, json=[self.modern(call) for call in body][::-1])
        return httpx.Response(200, json=self.legacy(body))

    def modern(self, call: dict[str, Any]) -> dict[str, Any]:
        assert call["jsonrpc"] == "2.0"
        self.calls.append((call["method"], call["params"]))
        if call["method"] == "free_space" and self.free_space is None:
            return {"jsonrpc": "2.0", "id": call["id"], "error": {"code": 4, "message": "No such file"}}
        return {"jsonrpc": "2.0", "id": call["id"], "result": self.answer(call["method"], call["params"])}

    def legacy(self, call: dict[str, Any]) -> dict[str, Any]:
        method, arguments = call["method"].replace("-", "_"), dict(call["arguments"])
        self.calls.append((method, arguments))
        if method == "free_space" and self.free_space is None:
            return {"result": "No such file", "arguments": {"path": arguments["path"], "size-bytes": -1}}
        answer = self.answer(method, arguments)
        if method == "torrent_get":
            assert all("_" not in field for field in arguments["fields"])
            answer["torrents"][0] = [_camel(name) for name in answer["torrents"][0]]
        return {"result": "success", "arguments": {key.replace("_", "-"): answer[key] for key in answer}}

    def answer(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "session_get":
                return {"version": "4.1.3 (abc)", "download_dir": "/dl", "speed_limit_down_enabled": False}
            case "session_stats":
                return {"current_stats": {"seconds_active": self.seconds_active}}
            case "free_space":
                return {"path": params["path"], "size_bytes": self.free_space}
        recent = "ids" in params
        names = list(Torrent.__struct_fields__)
        rows = [[row.get(name) for name in names] for row in (self.recent if recent else self.torrents)]
        return {"torrents": [names, *rows], **({"removed": self.removed} if recent else {})}

    def methods(self) -> list[str]:
        told = [f"{method} recent" if "ids" in params else method for method, params in self.calls]
        self.calls.clear()
        return told


def client_of(daemon: Any, url: str = URL, **settings: Any) -> Transmission:
    http = Http(url, transport=httpx.MockTransport(daemon), timeout=10)
    return Transmission("box", Settings(url=url, **settings), http)


@pytest.fixture(params=[None, "6.0.1"], ids=["legacy", "json-rpc"])
def daemon(request: pytest.FixtureRequest) -> Daemon:
    return Daemon(torrent(1, **whole()), torrent(2, OTHER, **whole()), rpc_version=request.param)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock of this module and that which holds refused credentials back."""
    offset = 0.0
    real = time.monotonic

    def forward(seconds: float) -> None:
        nonlocal offset
        offset += seconds

    monkeypatch.setattr(time, "monotonic", lambda: real() + offset)
    return forward


async def test_a_modern_daemon_is_asked_once_per_poll(clock: Callable[[float], None]) -> None:
    daemon = Daemon(torrent(1, **whole()), rpc_version="6.0.1")
    client = client_of(daemon)
    assert (await client.poll(complete=True)).complete
    assert daemon.methods() == ["session_get", "torrent_get", "free_space", "session_stats"]
    assert len(daemon.requests) == 3  # one of them to get a session id
    assert not (await client.poll(complete=False)).complete
    assert daemon.methods() == ["torrent_get recent", "session_stats"]
    assert len(daemon.requests) == 4
    clock(40)
    await client.poll(complete=False)
    daemon.methods()
    clock(30)
    await client.poll(complete=False)
    assert daemon.methods() == ["torrent_get recent", "session_get", "free_space", "session_stats"]
    assert len(daemon.requests) == 6


async def test_an_old_daemon_is_asked_twice_per_poll(clock: Callable[[float], None]) -> None:
    daemon = Daemon(torrent(1, **whole()))
    client = client_of(daemon)
    await client.poll(complete=True)
    assert daemon.methods() == ["session_get", "torrent_get", "free_space", "session_stats"]
    asked = []
    for _ in range(4):
        clock(31)
        assert not (await client.poll(complete=False)).complete
        asked.append(daemon.methods())
    first = "torrent_get recent"
    assert asked == [[first, "session_stats"], [first, "session_get"], [first, "free_space"], [first, "session_get"]]


async def test_after_a_silence_the_whole_list_is_asked(daemon: Daemon, clock: Callable[[float], None]) -> None:
    client = client_of(daemon)
    await client.poll(complete=True)
    clock(44)
    assert not (await client.poll(complete=False)).complete
    clock(46)
    assert (await client.poll(complete=False)).complete


async def test_what_did_not_change_is_the_same_object(daemon: Daemon) -> None:
    client = client_of(daemon)
    first = await client.poll(complete=True)
    daemon.recent = [torrent(1, **whole()), torrent(2, OTHER, **whole(rate_download=7))]
    second = await client.poll(complete=False)
    assert second.downloads[HASH] is first.downloads[HASH]
    assert second.downloads[OTHER].download_rate == 7
    third = await client.poll(complete=False)
    assert third.downloads[OTHER] is second.downloads[OTHER]
    daemon.torrents = daemon.recent
    full = await client.poll(complete=True)
    assert all(full.downloads[id] is second.downloads[id] for id in (HASH, OTHER))
    assert first.downloads.keys() == {HASH, OTHER}


async def test_removed_ones_are_told_once_by_their_hash(daemon: Daemon) -> None:
    client = client_of(daemon)
    await client.poll(complete=True)
    daemon.removed = [1, 77, 1]
    assert (await client.poll(complete=False)).removed == {HASH}
    assert (await client.poll(complete=False)).removed == set()


async def test_removed_and_added_once_more_is_another_download(daemon: Daemon) -> None:
    client = client_of(daemon)
    first = await client.poll(complete=True)
    daemon.removed, daemon.recent = [1], [torrent(3, **whole())]
    listing = await client.poll(complete=False)
    assert listing.removed == {HASH} == listing.downloads.keys()
    assert listing.downloads[HASH] is not first.downloads[HASH]
    again = await client.poll(complete=False)
    assert again.removed == set()
    assert again.downloads[HASH] is listing.downloads[HASH]
    daemon.torrents = [torrent(4, **whole()), torrent(2, OTHER, **whole())]
    assert (await client.poll(complete=True)).removed == {HASH}


async def test_numbers_given_out_anew_by_a_restart_remove_nothing(daemon: Daemon) -> None:
    client = client_of(daemon)
    first = await client.poll(complete=True)
    daemon.session_id, daemon.seconds_active, daemon.removed = "second", 2, [1, 2]
    daemon.torrents = [torrent(2, **whole()), torrent(1, OTHER, **whole())]
    listing = await client.poll(complete=False)
    assert (listing.complete, listing.restarted) == (True, True)
    assert not listing.removed
    assert all(listing.downloads[id] is first.downloads[id] for id in (HASH, OTHER))
    daemon.removed = [1]
    assert (await client.poll(complete=False)).removed == {OTHER}


async def test_a_new_session_id_alone_is_no_restart(daemon: Daemon) -> None:
    client = client_of(daemon)
    await client.poll(complete=True)
    daemon.session_id = "after an hour"
    listing = await client.poll(complete=False)
    assert (listing.complete, listing.restarted) == (True, False)


async def test_another_dialect_after_an_upgrade() -> None:
    daemon = Daemon(torrent(1, **whole()))
    client = client_of(daemon)
    await client.poll(complete=True)
    daemon.rpc_version, daemon.session_id = "6.0.0", "second"
    assert (await client.poll(complete=False)).complete
    daemon.rpc_version, daemon.session_id = None, "third"
    assert (await client.poll(complete=False)).complete


@pytest.mark.parametrize("body", ["<html>", "", "[1]", "null", '{"result":"success","arguments":{"torrents":[1]}}'])
async def test_a_poll_that_failed_is_followed_by_a_complete_one(daemon: Daemon, body: str) -> None:
    client = client_of(daemon)
    first = await client.poll(complete=True)
    daemon.fault = lambda _: httpx.Response(200, text=body)
    with pytest.raises(ClientAnswerError):
        await client.poll(complete=False)
    listing = await client.poll(complete=False)
    assert listing.complete
    assert listing.downloads[HASH] is first.downloads[HASH]


async def test_a_cancelled_poll_is_followed_by_a_complete_one(daemon: Daemon) -> None:
    held = asyncio.Event()

    async def slow(request: httpx.Request) -> httpx.Response:
        if held.is_set():
            await asyncio.sleep(60)
        return await daemon(request)

    client = client_of(slow)
    await client.poll(complete=True)
    held.set()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.poll(complete=False), 0.05)
    held.clear()
    assert (await client.poll(complete=False)).complete


async def test_a_connection_that_was_reset_is_asked_again_at_once(daemon: Daemon) -> None:
    def reset(request: httpx.Request) -> httpx.Response:
        raise httpx.RemoteProtocolError("server disconnected", request=request)

    client = client_of(daemon)
    await client.poll(complete=True)
    daemon.fault = reset
    assert not (await client.poll(complete=False)).complete


async def test_refused_credentials_are_sent_twice_in_all(clock: Callable[[float], None]) -> None:
    requests = []

    def refuse(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(401, headers={"WWW-Authenticate": 'Basic realm="Transmission"'})

    client = client_of(refuse, **LOGIN)
    for _ in range(3):
        with pytest.raises(ClientUnauthorized, match="tried once more in half an hour"):
            await client.poll(complete=True)
    assert len(requests) == 1
    clock(30 * 60 + 1)
    for _ in range(3):
        with pytest.raises(ClientUnauthorized, match="until the bridge is restarted"):
            await client.poll(complete=True)
        clock(24 * 3600)
    assert len(requests) == 2
    assert {request.headers["authorization"] for request in requests} == {"Basic YWRtaW46YWRtaW5hZG1pbg=="}


@pytest.mark.parametrize("version", ["", "6", "x.1", "9" * 5000, "99999.1", "\u0666.0", "5.9.9"])
async def test_a_version_that_is_none_is_the_old_dialect(version: str) -> None:
    daemon = Daemon(torrent(1, **whole()))
    client = client_of(daemon)
    headers = [(b"X-Transmission-Session-Id", b"first"), (b"X-Transmission-Rpc-Version", version.encode())]
    daemon.fault = lambda _: httpx.Response(409, headers=headers)
    assert (await client.poll(complete=True)).complete


async def test_a_session_id_that_cannot_be_sent_back() -> None:
    answer = httpx.Response(409, headers=[(b"X-Transmission-Session-Id", b"\xff\xe9")])
    with pytest.raises(ClientAnswerError, match="answered with HTTP status 409"):
        await client_of(lambda _: answer).poll(complete=True)


async def test_free_space_that_cannot_be_told(daemon: Daemon, clock: Callable[[float], None]) -> None:
    client = client_of(daemon)
    daemon.free_space = None
    assert (await client.poll(complete=True)).totals.free_space is None
    daemon.free_space = 7
    for _ in range(3):
        clock(31)
        listing = await client.poll(complete=False)
    assert listing.totals.free_space == 7


async def test_a_daemon_that_is_not_running_is_offline() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("All connection attempts failed", request=request)

    with pytest.raises(ClientOffline, match="is the program running"):
        await client_of(refuse).poll(complete=True)


@pytest.mark.parametrize("status", [302, 404, 405, 500, 503])
async def test_other_statuses_are_errors_of_one_sentence(status: int) -> None:
    with pytest.raises(ClientError, match=r"^client\.example:1234 [^\n]*$"):
        await client_of(lambda _: httpx.Response(status)).poll(complete=True)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("http://h:9091/", "http://h:9091/transmission/rpc"),
        ("http://h:9091/transmission/", "http://h:9091/transmission/rpc"),
        ("http://h:9091/transmission/web/", "http://h:9091/transmission/rpc"),
        ("http://h:9091/transmission/rpc/", "http://h:9091/transmission/rpc"),
        ("https://h/box/", "https://h/box/transmission/rpc"),
        ("https://h/other/rpc/", "https://h/other/rpc"),
    ],
)
async def test_what_people_write_as_address(written: str, asked: str) -> None:
    assert rpc_url(written) == asked
    daemon = Daemon()
    await client_of(daemon, written).poll(complete=True)
    assert {str(request.url) for request in daemon.requests} == {asked}


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (httpx.Response(409, headers={"X-Transmission-Session-Id": "x"}), "open"),
        (httpx.Response(401, headers={"WWW-Authenticate": 'Basic realm="Transmission"'}), "locked"),
        (httpx.Response(403, headers={"Server": "Transmission"}), "locked"),
        (httpx.Response(401, headers={"WWW-Authenticate": 'Basic realm="nginx"'}), None),
        (httpx.Response(409), None),
        (httpx.Response(200, text="<html>"), None),
        (httpx.Response(404), None),
    ],
)
async def test_identify(reply: httpx.Response, found: str | None) -> None:
    assert await Transmission.identify(Http(URL, transport=httpx.MockTransport(lambda _: reply))) == found


def test_every_number_has_a_word_and_every_word_a_state() -> None:
    assert set(STATUS) == set(STATES)
    for number, native in enumerate(STATUS):
        told = Torrent(id=1, hash_string=HASH, status=number, size_when_done=1, left_until_done=1)
        assert normalise("box", told).native_state == native


def test_a_local_error_is_a_failure_unless_it_is_being_checked() -> None:
    broken = Torrent(id=1, hash_string=HASH, error=3)
    assert [state_of(broken, native) for native in ("stopped", "download", "seed")] == ["failed"] * 3
    assert [state_of(broken, native) for native in ("check", "check-wait")] == ["checking"] * 2
    assert (normalise("box", replace(broken, status=0)).error or "").startswith("Transmission reports")


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("hashString", "hash_string"),
        ("speed-limit-down", "speed_limit_down"),
        ("id", "id"),
        ("size_bytes", "size_bytes"),
    ],
)
def test_both_dialects_in_one_word(key: str, word: str) -> None:
    assert snake(key) == word
