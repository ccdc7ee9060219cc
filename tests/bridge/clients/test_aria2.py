"""What recorded cases cannot say of aria2: its secret, its notifications, what belongs together, what it is told."""

import asyncio
import base64
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.aria2 import GATHER_SECONDS, Aria2, Settings, control
from downloads2mqtt.clients.aria2.chains import Chains
from downloads2mqtt.clients.aria2.download import ERRORS, KEYS, STATES, Row, error_of, normalise
from downloads2mqtt.clients.aria2.rpc import rpc_url
from downloads2mqtt.command import Add, Command, Limits, Pause, Recheck, Remove, Resume, Set
from downloads2mqtt.errors import ClientAnswerError, ClientOffline, ClientUnauthorized, RequestError
from tests.bridge.clients.replay import URL
from tests.bridge.clients.test_websocket import Stream, frame
from tests.journey.lab.torrents import make_torrent

HASH = "b3d02b75eae1d5fa6c426e3030e62a19a87618be"
TORRENT = make_torrent("iso", 70_000, announce="http://127.0.0.1:1/announce")
ONE, TWO, THREE = "00000000000000a1", "00000000000000a2", "00000000000000a3"
NOTIFICATION = b'{"jsonrpc":"2.0","method":"aria2.onDownloadStart","params":[{"gid":"00000000000000a1"}]}'


def row(gid: str = ONE, status: str = "active", **more: Any) -> dict[str, Any]:
    files = [{"path": f"/dl/{gid}", "uris": [{"uri": "http://x.example/a?token=1", "status": "used"}]}]
    return {"gid": gid, "status": status, "totalLength": "10", "completedLength": "5", "files": files, **more}


def torrent(gid: str = ONE, status: str = "active", **more: Any) -> dict[str, Any]:
    return row(gid, status, infoHash=HASH, bittorrent={"info": {"name": "iso"}}, **more)


class Refusal(Exception):
    """A call that fails."""


class Engine:
    """Answers as aria2 does; every call is kept, without the secret."""

    def __init__(self, *rows: dict[str, Any], secret: str = "adminadmin") -> None:
        self.rows = {row["gid"]: row for row in rows}
        self.secret = secret
        self.session = "s1"
        self.calls: list[tuple[str, list[Any]]] = []
        self.requests: list[httpx.Request] = []
        self.fault: Callable[[httpx.Request], httpx.Response] | None = None
        self.added = iter([TWO, THREE])
        self.stream: Stream | None = None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return (
                httpx.Response(101, extensions={"network_stream": self.stream}) if self.stream else httpx.Response(400)
            )
        self.requests.append(request)
        if self.fault is not None:
            return self.fault(request)
        body = json.loads(request.content)
        assert body["method"] == "system.multicall"
        return httpx.Response(200, json={"id": 1, "jsonrpc": "2.0", "result": [self.one(c) for c in body["params"][0]]})

    def one(self, call: dict[str, Any]) -> Any:
        method, params = call["methodName"], call["params"]
        if self.secret and params[:1] != [f"token:{self.secret}"]:
            return {"code": 1, "message": "Unauthorized"}
        params = params[1:] if self.secret else params
        self.calls.append((method, params))
        try:
            return [self.answer(method.removeprefix("aria2."), params)]
        except Refusal as error:
            return {"code": 1, "message": str(error)}

    def answer(self, method: str, params: list[Any]) -> Any:
        match method:
            case "tellStopped" | "tellWaiting" | "tellActive":
                assert params[-1] == KEYS
                return [row for row in self.rows.values() if where(row) == method]
            case "getGlobalStat":
                return {"downloadSpeed": "5", "uploadSpeed": "0"}
            case "getSessionInfo":
                return {"sessionId": self.session}
            case "getGlobalOption":
                return {"max-overall-download-limit": "1024", "rpc-max-request-size": "10000"}
            case "getVersion":
                return {"version": "1.37.0"}
            case "addUri" | "addTorrent":
                return next(self.added)
            case "changeGlobalOption" | "pauseAll" | "unpauseAll":
                return "OK"
        if params[0] not in self.rows:
            raise Refusal(f"GID {params[0]} is not found")
        return self.on(method, params[0])

    def on(self, method: str, gid: str) -> Any:
        match method:
            case "tellStatus":
                return self.rows[gid]
            case "getOption":
                return {"dir": "/dl", "max-tries": "5"}
            case "remove" | "forceRemove":
                self.rows[gid]["status"] = "removed"
            case "removeDownloadResult":
                del self.rows[gid]
        return gid

    def told(self) -> list[tuple[str, list[Any]]]:
        """The calls that do something, since last asked."""
        told = [(method, params) for method, params in self.calls if not method.startswith(("aria2.tell", "aria2.get"))]
        self.calls.clear()
        return told


def where(row: dict[str, Any]) -> str:
    return {"active": "tellActive", "waiting": "tellWaiting", "paused": "tellWaiting"}.get(row["status"], "tellStopped")


def client_of(engine: Any, url: str = URL, **settings: Any) -> Aria2:
    settings = {"secret": "adminadmin", **settings}
    return Aria2("box", Settings(url=url, **settings), Http(url, transport=httpx.MockTransport(engine), timeout=10))


async def polled(engine: Engine) -> Aria2:
    client = client_of(engine)
    await client.poll(complete=True)
    engine.calls.clear()
    return client


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


async def test_one_request_per_poll(clock: Callable[[float], None]) -> None:
    engine = Engine(row())
    client = client_of(engine)
    for seconds, asked in ((0, 7), (2, 5), (60, 7)):
        clock(seconds)
        engine.calls.clear()
        assert (await client.poll(complete=False)).complete
        assert len(engine.calls) == asked
    assert len(engine.requests) == 3
    assert client.version == "1.37.0"


async def test_what_did_not_change_is_the_very_same_object() -> None:
    engine = Engine(row(ONE), row(TWO), row(THREE, "waiting"))
    client = client_of(engine)
    first = await client.poll(complete=True)
    engine.rows[TWO]["completedLength"] = "6"
    engine.rows[ONE]["numPieces"] = "7"  # other bytes, the same said
    second = await client.poll(complete=False)
    assert second.downloads[ONE] is first.downloads[ONE]
    assert second.downloads[THREE] is first.downloads[THREE]
    assert second.downloads[TWO].downloaded == 6
    engine.rows = {THREE: engine.rows.pop(THREE), **engine.rows}
    engine.rows["00000000000000a0"] = row("00000000000000a0", "waiting")
    assert (await client.poll(complete=False)).downloads[THREE] is first.downloads[THREE]


async def test_a_poll_that_failed_or_was_cancelled_is_followed_by_a_right_one() -> None:
    engine = Engine(row())
    held = asyncio.Event()

    async def slow(request: httpx.Request) -> httpx.Response:
        if held.is_set():
            await asyncio.sleep(60)
        return await engine(request)

    client = client_of(slow)
    first = await client.poll(complete=True)
    held.set()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.poll(complete=False), 0.05)
    held.clear()
    for body in ("<html>", "", "[1]", '{"result":[[[{"gid":1}]],[[]],[[]],[{}],[{"sessionId":"s1"}]]}'):
        engine.fault = lambda _, body=body: httpx.Response(200, text=body)
        with pytest.raises(ClientAnswerError):
            await client.poll(complete=False)
    engine.fault = None
    assert (await client.poll(complete=False)).downloads[ONE] is first.downloads[ONE]


async def test_a_start_forgets_what_was_stopped() -> None:
    engine = Engine(row(ONE, "complete"), row(TWO))
    client = client_of(engine)
    assert not (await client.poll(complete=True)).restarted
    engine.session = "s2"
    del engine.rows[ONE]
    listing = await client.poll(complete=False)
    assert listing.restarted
    assert not listing.removed
    assert listing.downloads.keys() == {TWO}
    assert not (await client.poll(complete=False)).restarted


async def test_a_torrent_removed_and_added_once_more_between_two_polls_is_another_download() -> None:
    engine = Engine(torrent(ONE, "complete"))
    client = client_of(engine)
    await client.poll(complete=True)
    engine.rows = {TWO: torrent(TWO)}
    listing = await client.poll(complete=False)
    assert listing.downloads.keys() == listing.removed == {HASH}
    assert not (await client.poll(complete=False)).removed


async def test_a_wrong_secret_is_sent_twice_in_all(clock: Callable[[float], None]) -> None:
    engine = Engine()
    client = client_of(engine, secret="wrong")
    for _ in range(3):
        with pytest.raises(ClientUnauthorized, match="tried once more in half an hour"):
            await client.poll(complete=True)
    assert len(engine.requests) == 1
    clock(30 * 60 + 1)
    for _ in range(3):
        with pytest.raises(ClientUnauthorized, match="until the bridge is restarted"):
            await client.poll(complete=True)
        clock(24 * 3600)
    assert len(engine.requests) == 2


async def test_without_a_secret_none_is_sent() -> None:
    engine = Engine(row(), secret="")
    assert (await client_of(engine, secret=None).poll(complete=True)).downloads.keys() == {ONE}
    assert not any(b"token" in request.content for request in engine.requests)


@pytest.mark.parametrize("written", ["http://h:6800/", "http://h:6800/jsonrpc", "http://h:6800/jsonrpc/"])
async def test_what_people_write_as_address(written: str) -> None:
    assert rpc_url(written) == "http://h:6800/jsonrpc"
    engine = Engine()
    await client_of(engine, written).poll(complete=True)
    assert {str(request.url) for request in engine.requests} == {"http://h:6800/jsonrpc"}


@pytest.mark.parametrize(
    ("methods", "version", "found"),
    [
        ('{"id":1,"result":["aria2.tellActive"]}', '{"id":1,"result":{"version":"1.37.0"}}', "open"),
        ('{"id":1,"result":["aria2.tellActive"]}', '{"id":1,"error":{"code":1,"message":"Unauthorized"}}', "locked"),
        ('{"id":1,"result":["other"]}', "", None),
        ('<html>"aria2.tellActive"', "", None),
        ("", "", None),
    ],
)
async def test_identify(methods: str, version: str, found: str | None) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        listing = b"system.listMethods" in request.content
        return httpx.Response(200 if listing else 400, text=methods if listing else version)

    assert await Aria2.identify(Http(URL, transport=httpx.MockTransport(answer))) == found


def test_every_state_and_every_error_has_its_words() -> None:
    for native in STATES:
        assert normalise("box", ONE, Row(gid=ONE, status=native), None).native_state == native
    for code, sentence in ERRORS.items():
        assert error_of(Row(gid=ONE, status="error", error_code=code)) == sentence
    assert error_of(Row(gid=ONE, status="error", error_code=3, error_message="Not Found")).endswith("(Not Found)")


# -- what belongs together -----------------------------------------------------------------------------------------


def told(*rows: Row) -> dict[str, str]:
    """What a bridge that has just started makes of rows: the gid shown, by id."""
    return {id: chain.row.gid for id, chain in Chains().merge(rows).items()}


def leads(gid: str, *followers: str, **more: Any) -> Row:
    return Row(gid=gid, status="complete", followed_by=followers, **more)


def test_a_magnet_and_its_torrent_are_one() -> None:
    metadata = leads(ONE, TWO, info_hash=HASH.upper())
    child = Row(gid=TWO, status="active", info_hash=HASH.upper(), following=ONE)
    assert told(Row(gid=ONE, status="active", info_hash=HASH.upper())) == {HASH: ONE}
    assert told(metadata, child) == told(child) == {HASH: TWO}
    assert told(metadata) == {}


def test_the_address_of_a_torrent_keeps_its_id() -> None:
    child = Row(gid=TWO, status="active", info_hash=HASH, following=ONE)
    chains = Chains()
    assert list(chains.merge([Row(gid=ONE, status="active")])) == [ONE]
    assert list(chains.merge([leads(ONE, TWO), child])) == [ONE]
    assert list(chains.merge([child])) == [ONE]
    assert chains.merge([leads(ONE, TWO), child])[ONE].gids == [ONE, TWO]


def test_of_a_metalink_the_first_keeps_the_id() -> None:
    first = Row(gid=TWO, status="active", following=ONE)
    second = Row(gid=THREE, status="waiting", following=ONE)
    chains = Chains()
    assert chains.merge([leads(ONE, TWO, THREE), second, first]).keys() == {ONE, THREE}
    assert chains.merge([second, first]).keys() == {ONE, THREE}
    assert told(first, second) == {TWO: TWO, THREE: THREE}


def test_three_in_a_row() -> None:
    last = Row(gid=THREE, status="active", info_hash=HASH, following=TWO)
    assert told(last, leads(ONE, TWO), leads(TWO, THREE, following=ONE)) == {ONE: THREE}


@pytest.mark.parametrize("other", ["removed", "error", "complete"])
def test_the_live_one_of_a_torrent_is_shown(other: str) -> None:
    live = Row(gid=TWO, status="waiting", info_hash=HASH)
    old = Row(gid=ONE, status=other, info_hash=HASH, error_code=12)
    assert told(old, live) == {HASH: TWO}
    assert told(old) == {HASH: ONE}


# -- notifications -------------------------------------------------------------------------------------------------


async def test_a_burst_of_notifications_is_one_hint() -> None:
    engine = Engine(row())
    engine.stream = Stream(frame(b'{"id":1,"result":"other"}') + frame(NOTIFICATION) * 50 + frame(b"", 8))
    hints = []
    client = client_of(engine)
    client.on_hint = lambda: hints.append(1)
    await client.poll(complete=True)
    await asyncio.sleep(GATHER_SECONDS + 0.1)
    assert len(hints) == 1
    await client.aclose()


async def test_nobody_is_listened_to_for_nobody() -> None:
    engine = Engine(row())
    engine.stream = Stream(frame(NOTIFICATION))
    client = client_of(engine)
    await client.poll(complete=True)
    await asyncio.sleep(0)
    assert engine.stream.said
    await client.aclose()


async def test_polls_do_without_notifications(clock: Callable[[float], None]) -> None:
    engine = Engine(row())
    client = client_of(engine)
    client.on_hint = lambda: None
    for _ in range(3):
        assert (await client.poll(complete=False)).downloads.keys() == {ONE}
        await asyncio.sleep(0.01)
        clock(31)
    await client.aclose()


# -- control -------------------------------------------------------------------------------------------------------


COMMANDS: list[tuple[Command, list[dict[str, Any]], list[tuple[str, list[Any]]]]] = [
    (Pause((ONE,)), [row()], [("aria2.pause", [ONE])]),
    (Pause((ONE, TWO)), [row(ONE, "paused"), row(TWO, "waiting")], [("aria2.pause", [TWO])]),
    (Pause((ONE,)), [row(ONE, "complete")], []),
    (Pause(None), [], [("aria2.pauseAll", [])]),
    (Resume((ONE, TWO)), [row(ONE, "paused"), row(TWO)], [("aria2.unpause", [ONE])]),
    (Resume(None), [], [("aria2.unpauseAll", [])]),
    (
        Resume((ONE,)),
        [row(ONE, "error")],
        [
            ("aria2.removeDownloadResult", [ONE]),
            ("aria2.addUri", [["http://x.example/a?token=1"], {"dir": "/dl", "max-tries": "5", "gid": ONE}]),
        ],
    ),
    (Recheck((ONE, TWO)), [torrent(), row(TWO)], [("aria2.changeOption", [ONE, {"check-integrity": "true"}])]),
    (Remove((ONE,)), [row()], [("aria2.remove", [ONE]), ("aria2.removeDownloadResult", [ONE])]),
    (Remove((ONE,)), [row(ONE, "complete")], [("aria2.removeDownloadResult", [ONE])]),
    (
        Set((ONE,), download_limit=2000, upload_limit=0),
        [row()],
        [("aria2.changeOption", [ONE, {"max-download-limit": "2000", "max-upload-limit": "0"}])],
    ),
    (
        Set((ONE, TWO), queue_position=3),
        [row(ONE, "paused"), row(TWO, "waiting")],
        [("aria2.changePosition", [ONE, 2, "POS_SET"]), ("aria2.changePosition", [TWO, 3, "POS_SET"])],
    ),
    (
        Limits(download_limit=0, upload_limit=5),
        [],
        [("aria2.changeGlobalOption", [{"max-overall-download-limit": "0", "max-overall-upload-limit": "5"}])],
    ),
]


@pytest.mark.parametrize(("command", "rows", "said"), COMMANDS, ids=lambda value: str(value)[:50])
async def test_what_it_is_told(command: Command, rows: list[dict[str, Any]], said: list[Any]) -> None:
    engine = Engine(*(dict(row) for row in rows))
    client = await polled(engine)
    assert await client.execute(command) is None
    assert engine.told() == said


async def test_a_torrent_is_removed_with_the_magnet_it_came_from() -> None:
    metadata = torrent(ONE, "complete", followedBy=[TWO])
    engine = Engine(metadata, torrent(TWO, following=ONE), torrent(THREE, "error", errorCode="12"))
    client = await polled(engine)
    await client.execute(Remove((TWO,)))
    assert not engine.rows
    assert engine.told()[0] == ("aria2.remove", [TWO])


async def test_a_magnet_that_became_a_torrent_since_the_last_poll() -> None:
    engine = Engine(torrent(ONE))
    client = await polled(engine)
    engine.rows = {ONE: torrent(ONE, "complete", followedBy=[TWO]), TWO: torrent(TWO, following=ONE)}
    await client.execute(Pause((ONE,)))
    assert engine.told() == [("aria2.pause", [TWO])]
    await client.execute(Remove((ONE,)))
    assert not engine.rows


async def test_one_that_does_not_stop_is_stopped_by_force(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stubborn(Engine):
        def on(self, method: str, gid: str) -> Any:
            return gid if method == "remove" else super().on(method, gid)

    monkeypatch.setattr(control, "FAREWELL_SECONDS", 0.2)
    engine = Stubborn(row())
    client = await polled(engine)
    await client.execute(Remove((ONE,)))
    assert [method for method, _ in engine.told()] == [
        "aria2.remove",
        "aria2.forceRemove",
        "aria2.removeDownloadResult",
    ]


async def test_add() -> None:
    engine = Engine()
    client = await polled(engine)
    magnet = f"magnet:?xt=urn:btih:{base64.b32encode(bytes.fromhex(HASH)).decode()}"
    assert await client.execute(Add(url=magnet, paused=True, path="/dl", priority=2)) == HASH
    assert await client.execute(Add(content=TORRENT.content, filename="a.torrent")) == TORRENT.info_hash
    assert engine.told() == [
        ("aria2.addUri", [[magnet], {"pause": "true", "dir": "/dl"}, 0]),
        ("aria2.addTorrent", [base64.b64encode(TORRENT.content).decode(), [], {}]),
    ]
    engine.added = iter([THREE])
    assert await client.execute(Add(url="http://x.example/a")) == THREE


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        (Add(content=b"<html>", filename="a.torrent"), "bad_request", "no .torrent"),
        (Add(url=f"magnet:?xt=urn:btih:{HASH}"), "failed", "has this torrent already"),
        (Add(url="http://x.example/" + "a" * 20_000), "failed", "rpc-max-request-size"),
        (Add(url="http://x.example/a", category="tv"), "unsupported", "no categories"),
        (Add(url="file:///etc/passwd"), "bad_request", "http://"),
        (Add(url="http://x.example/a", path="/dl\nx"), "bad_request", "one line"),
        (Pause((THREE,)), "not_found", "any more"),
        (Remove((ONE,), True), "unsupported", "deletes no files"),
        (Recheck((TWO,)), "failed", "checks torrents only"),
        (Set((TWO,), download_limit=1), "failed", "it has stopped"),
        (Resume(("00000000000000a4",)), "failed", "add it once more"),
    ],
)
async def test_refusals(command: Command, code: str, says: str) -> None:
    rows = [torrent(ONE), row(TWO, "complete"), row("00000000000000a4", "error", infoHash="1" * 40)]
    engine = Engine(*rows)
    client = await polled(engine)
    with pytest.raises(RequestError, match=says) as caught:
        await client.execute(command)
    assert caught.value.code == code
    assert engine.told() == []


async def test_what_aria2_refuses_is_said() -> None:
    class Refusing(Engine):
        def on(self, method: str, gid: str) -> Any:
            if method == "pause":
                raise Refusal(f"GID#{gid} cannot be paused now, see http://x.example/a?token=1")
            return super().on(method, gid)

    client = await polled(Refusing(row()))
    with pytest.raises(RequestError, match=r"^aria2 refuses: GID#00000000000000a1 .* see http://x.example$"):
        await client.execute(Pause((ONE,)))


async def test_a_command_whose_answer_is_lost_is_not_sent_again() -> None:
    def lost(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("reset", request=request)

    engine = Engine()
    client = await polled(engine)
    engine.fault = lost
    engine.requests.clear()
    with pytest.raises(ClientOffline):
        await client.execute(Limits(download_limit=0))
    assert len(engine.requests) == 1


async def test_the_size_of_requests_limits_no_poll() -> None:
    engine = Engine(row())
    client = await polled(engine)
    client._rpc.largest_request = 1
    assert (await client.poll(complete=False)).downloads.keys() == {ONE}


async def test_limits_are_read_again_after_they_were_set() -> None:
    engine = Engine()
    client = await polled(engine)
    await client.execute(Limits(download_limit=1024))
    engine.calls.clear()
    await client.poll(complete=False)
    assert "aria2.getGlobalOption" in [method for method, _ in engine.calls]
