"""What qBittorrent and Transmission are told, per version and dialect; what is refused before; and nothing twice."""

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from downloads2mqtt.clients._given import LARGEST_TORRENT
from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.base import Client
from downloads2mqtt.clients.qbittorrent import QBittorrent, adding
from downloads2mqtt.clients.qbittorrent import Settings as QSettings
from downloads2mqtt.clients.transmission import Settings as TSettings
from downloads2mqtt.clients.transmission import Transmission
from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized, RequestError
from tests.bridge.clients.replay import URL

ONE, TWO = "1" * 40, "2" * 40
IDS = (ONE, TWO)
INFO = b"d6:lengthi1e4:name1:a12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae"
CONTENT = b"d8:announce10:http://t/a4:info" + INFO + b"e"
HASH = hashlib.sha1(INFO).hexdigest()
TREE = b"9:file treed1:ad0:d6:lengthi1eeee6:lengthi1e12:meta versioni2e4:name1:a12:piece lengthi16384e"
HYBRID_INFO = b"d" + TREE + b"6:pieces20:aaaaaaaaaaaaaaaaaaaae"
HYBRID = b"d4:info" + HYBRID_INFO + b"e"
SECOND_INFO = b"d" + TREE + b"e"
SECOND = b"d4:info" + SECOND_INFO + b"e"
V2 = hashlib.sha256(HYBRID_INFO).hexdigest()[:40]
MAGNET = f"magnet:?xt=urn:btih:{ONE}&dn=a%20b&tr=http%3A%2F%2Ft%2Fa"
WEB = "https://me:pass@h.test/get?id=1;2,3|4&k=ü%20x"
TORRENT: dict[str, Any] = {"content": CONTENT, "filename": 'ü"\r\n.torrent'}

Fault = Callable[[httpx.Request], httpx.Response | None]


def lost(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("lost", request=request)


def hang(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("hang", request=request)


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "ARRIVAL_SECONDS", 0.05)


# -- qBittorrent -------------------------------------------------------------------------------------------------------


class Program:
    """A qBittorrent of one version of the Web API; every order is kept, as path and form."""

    def __init__(self, version: str = "2.8.19") -> None:
        self.version = version
        self.orders: list[tuple[str, dict[str, str]]] = []
        self.requests: list[httpx.Request] = []
        self.rows: list[dict[str, Any]] = []
        self.categories = {"tv"}
        self.queueing = True
        self.alternative = False
        self.added = httpx.Response(200, text="Ok.")
        self.session: str | None = None
        self.fault: Fault = lambda _: None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/base/api/v2/")
        if path == "auth/login":
            return httpx.Response(200, text="Ok.", headers={"set-cookie": f"{self.session}; path=/"})
        if self.session is not None and request.headers.get("cookie") != self.session:
            return httpx.Response(403, text="Forbidden")
        if request.method == "GET":
            return self.read(path, request)
        self.requests.append(request)
        fault = self.fault(request)
        return fault if fault is not None else self.order(path, fields(request))

    def read(self, path: str, request: httpx.Request) -> httpx.Response:
        match path:
            case "app/webapiVersion":
                return httpx.Response(200, text=self.version)
            case "transfer/speedLimitsMode":
                return httpx.Response(200, text=str(int(self.alternative)))
            case "torrents/info":
                hashes = request.url.params.get("hashes")
                rows = [row for row in self.rows if hashes is None or row["hash"] in hashes.split("|")]
                return httpx.Response(200, json=rows)
            case "app/version":
                return httpx.Response(200, text="v5.1.0")
        return httpx.Response(200, json={"rid": 1, "full_update": True, "torrents": {}, "server_state": {}})

    def order(self, path: str, form: dict[str, str]) -> httpx.Response:
        if path == "torrents/setCategory" and form["category"] not in self.categories | {""}:
            return httpx.Response(409, text="Incorrect category name")
        if path.endswith("Prio") and not self.queueing:
            return httpx.Response(409, text="Torrent queueing must be enabled")
        self.orders.append((path, form))
        if path == "torrents/createCategory":
            self.categories.add(form["category"])
        if path == "torrents/add":
            return self.added
        return httpx.Response(200 if self.version < "2.15" else 204)


def fields(request: httpx.Request) -> dict[str, str]:
    """The form that was sent; of a file, name and content."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(request.content.decode("ascii"), keep_blank_values=True, strict_parsing=True))
    boundary = kind.partition("boundary=")[2].encode()
    found = {}
    for part in request.content.split(b"--" + boundary)[1:-1]:
        head, _, body = part[2:-2].partition(b"\r\n\r\n")
        words = head.decode().split("\r\n")[0].split('"')
        found[words[1]] = f"{words[3]}: {len(body)}" if len(words) > 3 else body.decode()
    return found


def qbittorrent(program: Any, **settings: Any) -> QBittorrent:
    http = Http(URL, transport=httpx.MockTransport(program), timeout=10)
    return QBittorrent("box", QSettings(url=URL, **settings), http)


BOTH = {"hashes": f"{ONE}|{TWO}"}


@pytest.mark.parametrize(
    ("version", "command", "orders"),
    [
        ("2.9.3", Pause(IDS), [("torrents/pause", BOTH)]),
        ("2.9.3", Resume(None), [("torrents/resume", {"hashes": "all"})]),
        ("2.11.0", Pause(None), [("torrents/stop", {"hashes": "all"})]),
        ("2.15.1", Resume(IDS), [("torrents/start", BOTH)]),
        ("2.15.1", Recheck(IDS), [("torrents/recheck", BOTH)]),
        ("2.8.19", Reannounce(None), [("torrents/reannounce", {"hashes": "all"})]),
        ("2.8.19", Remove(IDS), [("torrents/delete", {**BOTH, "deleteFiles": "false"})]),
        ("2.16.2", Remove(IDS, delete_data=True), [("torrents/delete", {**BOTH, "deleteFiles": "true"})]),
        ("2.8.19", Set(IDS, category="tv"), [("torrents/setCategory", {**BOTH, "category": "tv"})]),
        ("2.8.19", Set(IDS, category=""), [("torrents/setCategory", {**BOTH, "category": ""})]),
        (
            "2.16.2",
            Set(IDS, category="ü & more/+x"),
            [
                ("torrents/createCategory", {"category": "ü & more/+x"}),
                ("torrents/setCategory", {**BOTH, "category": "ü & more/+x"}),
            ],
        ),
        ("2.11.4", Set(IDS, tags=("b", "a ", "b")), [("torrents/setTags", {**BOTH, "tags": "b,a"})]),
        ("2.11.4", Set(IDS, tags=()), [("torrents/setTags", {**BOTH, "tags": ""})]),
        (
            "2.11.2",
            Set(IDS, tags=("a", "d")),
            [("torrents/addTags", {**BOTH, "tags": "a,d"}), ("torrents/removeTags", {**BOTH, "tags": "b,c"})],
        ),
        ("2.8.19", Set(IDS, tags=("a", "b", "c")), [("torrents/addTags", {**BOTH, "tags": "a,b,c"})]),
        ("2.8.19", Set(IDS, tags=()), [("torrents/removeTags", {**BOTH, "tags": "a,b,c"})]),
        (
            "2.8.19",
            Set(IDS, download_limit=0, upload_limit=2**40),
            [
                ("torrents/setDownloadLimit", {**BOTH, "limit": "0"}),
                ("torrents/setUploadLimit", {**BOTH, "limit": "2147482624"}),
            ],
        ),
        ("2.8.19", Set(IDS, priority=2), [("torrents/setForceStart", {**BOTH, "value": "true"})]),
        ("2.8.19", Set(IDS, priority=0), [("torrents/setForceStart", {"hashes": TWO, "value": "false"})]),
        ("2.8.19", Set((ONE,), priority=0), []),
        ("2.8.19", Set((ONE,), priority=1), [("torrents/topPrio", {"hashes": ONE})]),
        ("2.8.19", Set((ONE,), priority=-1), [("torrents/bottomPrio", {"hashes": ONE})]),
        ("2.8.19", Set((ONE,), queue_position=1), [("torrents/topPrio", {"hashes": ONE})]),
        (
            "2.8.19",
            Set((ONE, TWO), queue_position=3),
            [("torrents/topPrio", BOTH), ("torrents/decreasePrio", {"hashes": f"{ONE}|{ONE}|{TWO}|{TWO}"})],
        ),
        (
            "2.8.19",
            Set((ONE,), queue_position=10**9),
            [("torrents/topPrio", {"hashes": ONE}), ("torrents/decreasePrio", {"hashes": "|".join([ONE] * 2)})],
        ),
        ("2.8.19", Limits(), []),
        ("2.8.19", Limits(download_limit=1), [("transfer/setDownloadLimit", {"limit": "1024"})]),
        ("2.8.19", Limits(download_limit=2**40), [("transfer/setDownloadLimit", {"limit": "2147482624"})]),
        (
            "2.15.1",
            Limits(0, 2048, True),
            [
                ("transfer/setSpeedLimitsMode", {"mode": "1"}),
                ("transfer/setDownloadLimit", {"limit": "0"}),
                ("transfer/setUploadLimit", {"limit": "2048"}),
            ],
        ),
        ("2.8.14", Limits(alternative_limits=False), [("transfer/setSpeedLimitsMode", {"mode": "0"})]),
        ("2.8.13", Limits(alternative_limits=True), [("transfer/toggleSpeedLimitsMode", {})]),
        ("2.8.13", Limits(alternative_limits=False), []),
    ],
)
async def test_orders_to_qbittorrent(version: str, command: Command, orders: list[Any]) -> None:
    program = Program(version)
    program.rows = [
        {"hash": ONE, "tags": "a, b", "priority": 1, "force_start": False, "name": None},
        {"hash": TWO, "tags": " b,c", "priority": 2, "force_start": True},
        {"hash": "3" * 40, "tags": "z", "priority": 3, "force_start": True},
    ]
    assert await qbittorrent(program).execute(command) is None
    assert program.orders == orders


async def test_many_torrents_are_not_named_in_an_address() -> None:
    program = Program()
    ids = tuple(f"{number:040x}" for number in range(300))
    program.rows = [*({"hash": hash, "tags": "x"} for hash in ids), {"hash": ONE, "tags": "another's"}]
    await qbittorrent(program).execute(Set(ids, tags=()))
    assert program.orders == [("torrents/removeTags", {"hashes": "|".join(ids), "tags": "x"})]
    program.rows = [{"hash": hash, "priority": 1} for hash in ids]
    with pytest.raises(RequestError, match="one step at a time") as caught:
        await qbittorrent(program).execute(Set(ids, queue_position=200))
    assert caught.value.code == "unsupported"
    assert len(program.orders) == 1


PLAIN = {"stopped": "false", "paused": "false"}


@pytest.mark.parametrize(
    ("version", "add", "form"),
    [
        ("2.8.19", Add(url=MAGNET), {**PLAIN, "urls": MAGNET}),
        ("2.16.2", Add(url=WEB, paused=True), {"stopped": "true", "paused": "true", "urls": WEB}),
        ("2.16.2", Add(**TORRENT), {**PLAIN, "torrents": f"added.torrent: {len(CONTENT)}"}),
        (
            "2.16.2",
            Add(**TORRENT, category="ü/x", tags=("a", " b "), path="/dl/ü & x"),
            {
                **PLAIN, "torrents": f"added.torrent: {len(CONTENT)}", "category": "ü/x", "tags": "a,b",
                "savepath": "/dl/ü & x", "autoTMM": "false",
            },
        ),
        ("2.16.2", Add(url=WEB, priority=2), {**PLAIN, "urls": WEB, "addToTopOfQueue": "true", "forced": "true"}),
        ("2.16.2", Add(url=WEB, priority=-1), {**PLAIN, "urls": WEB, "addToTopOfQueue": "false", "forced": "false"}),
    ],
)  # fmt: skip
async def test_additions_to_qbittorrent(version: str, add: Add, form: dict[str, str]) -> None:
    program = Program(version)
    await qbittorrent(program).execute(add)
    assert program.orders == [("torrents/add", form)]


@pytest.mark.parametrize(
    ("version", "add", "later"),
    [
        ("2.9.2", Add(url=MAGNET, priority=1), []),
        ("2.9.2", Add(url=MAGNET, priority=2), [("torrents/setForceStart", {"hashes": ONE, "value": "true"})]),
        ("2.9.2", Add(url=MAGNET, priority=2, paused=True), []),
        (
            "2.8.19",
            Add(url=MAGNET, priority=2),
            [("torrents/topPrio", {"hashes": ONE}), ("torrents/setForceStart", {"hashes": ONE, "value": "true"})],
        ),
        ("2.6.1", Add(url=MAGNET, tags=("a", "b")), [("torrents/addTags", {"hashes": ONE, "tags": "a,b"})]),
    ],
)
async def test_what_older_ones_do_not_take_along_is_told_afterwards(version: str, add: Add, later: list[Any]) -> None:
    program = Program(version)
    program.rows = [{"hash": ONE}]
    assert await qbittorrent(program).execute(add) == ONE
    assert program.orders[1:] == later


async def test_what_has_been_added_does_not_fail_any_more() -> None:
    program = Program("2.8.19")
    program.queueing = False
    program.rows = [{"hash": ONE}]
    assert await qbittorrent(program).execute(Add(url=MAGNET, priority=1)) == ONE
    program.fault = lambda request: lost(request) if "setForceStart" in request.url.path else None
    assert await qbittorrent(program).execute(Add(url=MAGNET, priority=2)) == ONE


@pytest.mark.parametrize(
    ("add", "reply", "there", "id"),
    [
        (Add(**TORRENT), httpx.Response(200, text="Ok."), [HASH], HASH),
        (Add(**TORRENT), httpx.Response(200, text="Ok."), [], HASH),
        (Add(url=MAGNET), httpx.Response(200, text="Ok."), [], ONE),
        (Add(url=WEB), httpx.Response(200, text="Ok."), [], None),
        (Add(url=WEB), httpx.Response(202, json={"pending_count": 1, "added_torrent_ids": []}), [], None),
        (Add(**TORRENT), httpx.Response(200, json={"success_count": 1, "added_torrent_ids": [TWO.upper()]}), [], TWO),
        (Add(content=HYBRID, filename="x"), httpx.Response(200, text="Ok."), [V2], V2),
        (
            Add(content=HYBRID, filename="x"),
            httpx.Response(200, text="Ok."),
            [hashlib.sha1(HYBRID_INFO).hexdigest()],
            hashlib.sha1(HYBRID_INFO).hexdigest(),
        ),
        (Add(content=HYBRID, filename="x"), httpx.Response(200, text="Ok."), [], V2),
        (
            Add(content=SECOND, filename="x"),
            httpx.Response(200, text="Ok."),
            [],
            hashlib.sha256(SECOND_INFO).hexdigest()[:40],
        ),
    ],
)
async def test_the_id_that_qbittorrent_gives(add: Add, reply: httpx.Response, there: list[str], id: str | None) -> None:
    program = Program("2.16.2")
    program.added = reply
    program.rows = [{"hash": hash} for hash in there]
    assert await qbittorrent(program).execute(add) == id


@pytest.mark.parametrize(
    ("reply", "there", "code", "sentence"),
    [
        (httpx.Response(200, text="Fails."), [HASH], "failed", "already has this download"),
        (httpx.Response(409, text="Conflict"), [HASH], "failed", "already has this download"),
        (httpx.Response(200, text="Fails."), [], "failed", "did not take it"),
        (httpx.Response(409, text="Conflict"), [], "failed", "did not take it"),
        (httpx.Response(415, text="Error: 'x' is not a valid torrent file."), [], "bad_request", "no valid .torrent"),
        (httpx.Response(400, text="no http://t/?passkey=a"), [], "failed", "refuses torrents/add: no http://t$"),
        (httpx.Response(400, text="<html>"), [], "failed", "refuses torrents/add: HTTP status 400$"),
    ],
)
async def test_what_qbittorrent_does_not_take(
    reply: httpx.Response, there: list[str], code: str, sentence: str
) -> None:
    program = Program("2.16.2")
    program.added = reply
    program.rows = [{"hash": hash} for hash in there]
    with pytest.raises(RequestError, match=sentence) as caught:
        await qbittorrent(program).execute(Add(**TORRENT))
    assert caught.value.code == code
    assert len(program.orders) == 1


@pytest.mark.parametrize("command", [Set((ONE,), priority=1), Set((ONE,), queue_position=1)])
async def test_without_a_queue_there_are_no_places(command: Command) -> None:
    program = Program()
    program.queueing = False
    with pytest.raises(RequestError, match="has no queue: enable") as caught:
        await qbittorrent(program).execute(command)
    assert caught.value.code == "failed"


async def test_what_a_version_does_not_know() -> None:
    program = Program("2.0.0")
    program.fault = lambda _: httpx.Response(404, text="Not Found")
    with pytest.raises(RequestError, match="does not know torrents/addTags") as caught:
        await qbittorrent(program).execute(Set((ONE,), tags=("a",)))
    assert caught.value.code == "unsupported"
    with pytest.raises(RequestError, match="no priority for a web address"):
        await qbittorrent(program).execute(Add(url=WEB, priority=1))


async def test_an_expired_session_is_renewed_and_the_order_sent_once_more() -> None:
    program = Program("2.11.4")
    program.session = "SID=one"
    client = qbittorrent(program, username="a", password="b")
    await client.poll(complete=True)
    assert not (await client.poll(complete=False)).restarted
    program.session = "SID=two"
    refused: list[str] = []
    inner = program.__call__

    def counting(request: httpx.Request) -> httpx.Response:
        reply = inner(request)
        if reply.status_code == 403 and request.method == "POST":
            refused.append(request.url.path)
        return reply

    client._session.http = Http(URL, transport=httpx.MockTransport(counting))
    await client.execute(Remove((ONE,)))
    assert program.orders == [("torrents/delete", {"hashes": ONE, "deleteFiles": "false"})]
    assert refused == ["/base/api/v2/torrents/delete"]
    assert (await client.poll(complete=False)).restarted


async def test_credentials_that_are_refused_meanwhile_are_said() -> None:
    program = Program()
    client = qbittorrent(program, api_key="qbt_key")
    program.session = "none"
    with pytest.raises(ClientUnauthorized, match="refuses the api_key"):
        await client.execute(Pause(None))
    assert not program.orders


@pytest.mark.parametrize(
    ("status", "error"), [(500, ClientAnswerError), (502, ClientOffline), (401, ClientAnswerError)]
)
async def test_a_server_that_does_not_work_is_no_refusal(status: int, error: type[ClientError]) -> None:
    program = Program()
    program.fault = lambda _: httpx.Response(status, text="x")
    with pytest.raises(error):
        await qbittorrent(program).execute(Recheck((ONE,)))


# -- Transmission ------------------------------------------------------------------------------------------------------


class Daemon:
    """A Transmission in one dialect; every call but those that read is kept as it was sent."""

    def __init__(self, rpc_version: str | None) -> None:
        self.rpc_version = rpc_version
        self.session_id = "first"
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.requests: list[httpx.Request] = []
        self.session: dict[str, Any] = {"version": "x", "rpc_version": 17, "download_dir": "/dl"}
        self.labels: dict[str, list[str]] = {ONE: ["tv", "a"], TWO: []}
        self.results: dict[str, Any] = {}
        self.fault: Fault = lambda _: None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("x-transmission-session-id") != self.session_id:
            headers = {"X-Transmission-Session-Id": self.session_id}
            return httpx.Response(
                409, headers=headers | ({"X-Transmission-Rpc-Version": self.rpc_version} if self.rpc_version else {})
            )
        body = json.loads(request.content)
        calls = body if isinstance(body, list) else [body]
        replies = [self.answer(request, call) for call in calls]
        if isinstance(replies[0], httpx.Response):
            return replies[0]
        return httpx.Response(200, json=replies if isinstance(body, list) else replies[0])

    def answer(self, request: httpx.Request, call: dict[str, Any]) -> Any:
        method, params = call["method"], call["arguments" if self.rpc_version is None else "params"]
        known = method.replace("-", "_")
        if known in ("session_get", "session_stats", "free_space", "torrent_get"):
            return self.reply(call, self.read(known, params))
        self.requests.append(request)
        if (fault := self.fault(request)) is not None:
            return fault
        self.calls.append((method, params))
        return self.reply(call, self.results.get(known, {}))

    def read(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        if method != "torrent_get":
            return {"session_get": self.session, "free_space": {"size_bytes": 1}}.get(method, {})
        assert self.rpc_version or not any("_" in field for field in params["fields"])
        rows = [{"id": n, "hash_string": hash, "labels": self.labels[hash]} for n, hash in enumerate(self.labels)]
        ids = params.get("ids")
        return {"torrents": [row for row in rows if not isinstance(ids, list) or row["hash_string"] in ids]}

    def reply(self, call: dict[str, Any], result: Any) -> dict[str, Any]:
        if self.rpc_version is None:
            if isinstance(result, str):
                return {"result": result, "arguments": {}}
            return {"result": "success", "arguments": {key.replace("_", "-"): value for key, value in result.items()}}
        assert call["jsonrpc"] == "2.0"
        if isinstance(result, str):
            return {"jsonrpc": "2.0", "id": call["id"], "error": {"code": 1, "message": result}}
        return {"jsonrpc": "2.0", "id": call["id"], "result": result}


def transmission(daemon: Any) -> Transmission:
    return Transmission("box", TSettings(url=URL), Http(URL, transport=httpx.MockTransport(daemon), timeout=10))


@pytest.fixture(params=[None, "6.0.1"], ids=["legacy", "json-rpc"])
def daemon(request: pytest.FixtureRequest) -> Daemon:
    return Daemon(request.param)


LEGACY = {
    "torrent_set": {
        "bandwidth_priority": "bandwidthPriority", "download_limit": "downloadLimit",
        "download_limited": "downloadLimited", "upload_limit": "uploadLimit", "upload_limited": "uploadLimited",
        "queue_position": "queuePosition",
    },
    "torrent_add": {"bandwidth_priority": "bandwidthPriority", "download_dir": "download-dir"},
    "torrent_remove": {"delete_local_data": "delete-local-data"},
    "session_set": {
        f"{name}{more}": f"{name}{more}".replace("_", "-")
        for name in ("speed_limit_down", "speed_limit_up", "alt_speed_down", "alt_speed_up", "alt_speed")
        for more in ("", "_enabled")
    },
}  # fmt: skip


def as_sent(daemon: Daemon, *calls: tuple[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Calls of JSON-RPC in the dialect of this daemon."""
    if daemon.rpc_version is not None:
        return list(calls)
    return [
        (method.replace("_", "-"), {LEGACY.get(method, {}).get(key, key): value for key, value in params.items()})
        for method, params in calls
    ]


EVERY = {"ids": [ONE, TWO]}


@pytest.mark.parametrize(
    ("command", "calls"),
    [
        (Pause((ONE.upper(), TWO)), [("torrent_stop", EVERY)]),
        (Pause(None), [("torrent_stop", EVERY)]),
        (Resume(IDS), [("torrent_start", EVERY)]),
        (Recheck(None), [("torrent_verify", EVERY)]),
        (Reannounce(IDS), [("torrent_reannounce", EVERY)]),
        (Remove((ONE,)), [("torrent_remove", {"ids": [ONE], "delete_local_data": False})]),
        (Remove(IDS, delete_data=True), [("torrent_remove", {**EVERY, "delete_local_data": True})]),
        (Set(IDS, category="ü/x", tags=("a", "ü/x")), [("torrent_set", {**EVERY, "labels": ["ü/x", "a"]})]),
        (Set(IDS, category="", tags=()), [("torrent_set", {**EVERY, "labels": []})]),
        (
            Set(IDS, category="films"),
            [
                ("torrent_set", {"ids": [ONE], "labels": ["films", "a"]}),
                ("torrent_set", {"ids": [TWO], "labels": ["films"]}),
            ],
        ),
        (Set((ONE,), tags=("b", "c ")), [("torrent_set", {"ids": [ONE], "labels": ["tv", "b", "c"]})]),
        (Set((ONE,), tags=()), [("torrent_set", {"ids": [ONE], "labels": ["tv"]})]),
        (Set((TWO,), category=""), [("torrent_set", {"ids": [TWO], "labels": []})]),
        (
            Set(IDS, priority=-1, download_limit=1, upload_limit=0),
            [
                (
                    "torrent_set",
                    {
                        **EVERY, "bandwidth_priority": -1, "download_limited": True, "download_limit": 1,
                        "upload_limited": False,
                    },
                )
            ],
        ),
        (
            Set((ONE,), download_limit=1001, upload_limit=2**50),
            [
                (
                    "torrent_set",
                    {
                        "ids": [ONE], "download_limited": True, "download_limit": 2, "upload_limited": True,
                        "upload_limit": 2_000_000,
                    },
                )
            ],
        ),
        (
            Set(IDS, priority=2),
            [("torrent_set", {**EVERY, "bandwidth_priority": 1}), ("torrent_start_now", EVERY)],
        ),
        (Set((ONE,), queue_position=1), [("torrent_set", {"ids": [ONE], "queue_position": 0})]),
        (
            Set(IDS, queue_position=3),
            [("queue_move_top", EVERY), ("torrent_set", {**EVERY, "queue_position": 3})],
        ),
        (Limits(), []),
        (
            Limits(500, 0),
            [
                (
                    "session_set",
                    {"speed_limit_down_enabled": True, "speed_limit_down": 1, "speed_limit_up_enabled": False},
                )
            ],
        ),
        (
            Limits(download_limit=512_000, alternative_limits=True),
            [("session_set", {"alt_speed_enabled": True, "alt_speed_down": 512})],
        ),
        (Limits(alternative_limits=False), [("session_set", {"alt_speed_enabled": False})]),
    ],
)  # fmt: skip
async def test_calls_of_transmission(daemon: Daemon, command: Command, calls: list[Any]) -> None:
    client = transmission(daemon)
    await client.poll(complete=True)
    assert await client.execute(command) is None
    assert daemon.calls == as_sent(daemon, *calls)


async def test_limits_are_those_of_the_mode_that_it_is_in(daemon: Daemon) -> None:
    daemon.session["alt_speed_enabled"] = True
    client = transmission(daemon)
    await client.execute(Limits(upload_limit=7000))
    assert daemon.calls == as_sent(daemon, ("session_set", {"alt_speed_up": 7}))
    with pytest.raises(RequestError, match="turn them off") as caught:
        await client.execute(Limits(download_limit=0))
    assert caught.value.code == "unsupported"
    await client.execute(Limits(download_limit=0, alternative_limits=False))
    assert daemon.calls[1:] == as_sent(
        daemon, ("session_set", {"alt_speed_enabled": False, "speed_limit_down_enabled": False})
    )


async def test_all_is_a_list_and_never_left_out(daemon: Daemon) -> None:
    client = transmission(daemon)
    with pytest.raises(RequestError, match="try again after a poll") as caught:
        await client.execute(Pause(None))
    assert caught.value.code == "failed"
    daemon.labels = {}
    await client.poll(complete=True)
    await client.execute(Pause(None))
    assert not daemon.calls


ADDED = {"torrent_added": {"id": 1, "name": "a", "hash_string": HASH}}


@pytest.mark.parametrize(
    ("add", "params"),
    [
        (Add(url=MAGNET), {"paused": False, "filename": MAGNET}),
        (Add(url=WEB, paused=True), {"paused": True, "filename": WEB}),
        (
            Add(**TORRENT, path="/dl/ü", priority=1),
            {
                "paused": False, "metainfo": base64.b64encode(CONTENT).decode(), "download_dir": "/dl/ü",
                "bandwidth_priority": 1,
            },
        ),
        (Add(url=WEB, priority=2, paused=True), {"paused": True, "filename": WEB, "bandwidth_priority": 1}),
    ],
)  # fmt: skip
async def test_additions_to_transmission(daemon: Daemon, add: Add, params: dict[str, Any]) -> None:
    daemon.results["torrent_add"] = ADDED
    assert await transmission(daemon).execute(add) == HASH
    assert daemon.calls == as_sent(daemon, ("torrent_add", params))


async def test_labels_of_what_is_added_are_set_again_where_they_are_not_taken_along(daemon: Daemon) -> None:
    daemon.results["torrent_add"] = ADDED
    add = Add(url=MAGNET, category="tv", tags=("a",), priority=2)
    assert await transmission(daemon).execute(add) == HASH
    calls: list[Any] = [
        ("torrent_add", {"paused": False, "filename": MAGNET, "bandwidth_priority": 1, "labels": ["tv", "a"]}),
        ("torrent_set", {"ids": [HASH], "labels": ["tv", "a"]}),
        ("torrent_start_now", {"ids": [HASH]}),
    ]
    if daemon.rpc_version:
        del calls[1]
    assert daemon.calls == as_sent(daemon, *calls)


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        ({"torrent_duplicate": {"id": 1, "name": "a", "hash_string": HASH}}, "already has this download"),
        ("invalid or corrupt torrent file", "refuses torrent_add: invalid or corrupt torrent file"),
        ("no http://t/a?passkey=0123", "refuses torrent_add: no http://t$"),
    ],
)
async def test_what_transmission_does_not_take(daemon: Daemon, result: Any, sentence: str) -> None:
    daemon.results["torrent_add"] = result
    with pytest.raises(RequestError, match=sentence) as caught:
        await transmission(daemon).execute(Add(**TORRENT, category="tv"))
    assert caught.value.code == "failed"
    assert len(daemon.calls) == 1


async def test_an_answer_without_a_hash_leaves_that_of_the_torrent(daemon: Daemon) -> None:
    assert (
        await transmission(daemon).execute(Add(content=HYBRID, filename="x")) == hashlib.sha1(HYBRID_INFO).hexdigest()
    )
    assert await transmission(daemon).execute(Add(url=WEB)) is None


async def test_what_was_added_does_not_fail_any_more(daemon: Daemon) -> None:
    daemon.results = {"torrent_add": ADDED, "torrent_start_now": "no"}
    assert await transmission(daemon).execute(Add(url=MAGNET, priority=2)) == HASH


@pytest.mark.parametrize("command", [Set((TWO,), tags=("a",)), Set((ONE,), category=""), Add(url=MAGNET, tags=("a",))])
async def test_tags_need_a_category_before_them(daemon: Daemon, command: Command) -> None:
    with pytest.raises(RequestError, match="the first is the category") as caught:
        await transmission(daemon).execute(command)
    assert caught.value.code == "unsupported"
    assert not daemon.calls


async def test_old_ones_have_no_labels() -> None:
    daemon = Daemon(None)
    daemon.session["rpc_version"] = 15
    for command in (Set((ONE,), category="a"), Add(url=MAGNET, category="a")):
        with pytest.raises(RequestError, match=r"no labels.*3\.00") as caught:
            await transmission(daemon).execute(command)
        assert caught.value.code == "unsupported"
    assert not daemon.calls


async def test_a_new_session_id_is_taken_and_the_call_sent_once_more(daemon: Daemon) -> None:
    client = transmission(daemon)
    await client.poll(complete=True)
    daemon.session_id = "second"
    await client.execute(Set((ONE,), category="a", tags=(), priority=2))
    assert [method.replace("-", "_") for method, _ in daemon.calls] == [
        "torrent_set",
        "torrent_set",
        "torrent_start_now",
    ]
    assert (await client.poll(complete=False)).complete


async def test_a_daemon_that_became_another_version_is_spoken_to_in_its_dialect() -> None:
    daemon = Daemon(None)
    client = transmission(daemon)
    await client.poll(complete=True)
    daemon.rpc_version, daemon.session_id = "6.0.1", "second"
    await client.execute(Remove((ONE,)))
    assert daemon.calls == [("torrent_remove", {"ids": [ONE], "delete_local_data": False})]


async def test_the_poll_after_a_command_is_whole_but_for_a_removal(daemon: Daemon) -> None:
    client = transmission(daemon)
    await client.poll(complete=True)
    assert not (await client.poll(complete=False)).complete
    await client.execute(Pause((ONE,)))
    assert (await client.poll(complete=False)).complete
    assert not (await client.poll(complete=False)).complete
    await client.execute(Remove((ONE,)))
    assert not (await client.poll(complete=False)).complete


# -- both --------------------------------------------------------------------------------------------------------------


Wire = Program | Daemon


@pytest.fixture(params=["qbittorrent-4.5", "qbittorrent-5.3", "transmission-3", "transmission-4.1"])
def wire(request: pytest.FixtureRequest) -> Wire:
    match request.param:
        case "qbittorrent-4.5":
            return Program("2.8.19")
        case "qbittorrent-5.3":
            return Program("2.16.2")
        case "transmission-3":
            return Daemon(None)
        case _:
            return Daemon("6.0.1")


async def client_of(wire: Wire) -> Client:
    client = qbittorrent(wire) if isinstance(wire, Program) else transmission(wire)
    await client.poll(complete=True)
    return client


def deep(levels: int) -> bytes:
    return b"d4:infod1:a" + b"l" * levels + b"e" * levels + b"ee"


@pytest.mark.parametrize(
    ("command", "code", "sentence"),
    [
        (Add(content=b"", filename="x.torrent"), "bad_request", "no .torrent"),
        (Add(content=b"<html>", filename="x.torrent"), "bad_request", "no .torrent"),
        (Add(content=CONTENT[:-40], filename="x.torrent"), "bad_request", "no .torrent"),
        (Add(content=b"d4:info" + b"i1ee", filename="x.torrent"), "bad_request", "no .torrent"),
        (Add(content=deep(200), filename="x.torrent"), "bad_request", "no .torrent"),
        (Add(content=b"d" + b"1:ai1e" * 1001 + CONTENT[1:], filename="x.torrent"), "bad_request", "no .torrent"),
        (Add(content=b"d4:infod1:al" + b"0:" * 3_000_001 + b"eee", filename="x.torrent"), "bad_request", "no .torrent"),
        (Add(content=deep(500_000), filename="x.torrent"), "bad_request", "no .torrent"),
        (Add(content=CONTENT + bytes(LARGEST_TORRENT), filename="x.torrent"), "bad_request", "larger than 16 MB"),
        (Add(url="magnet:?dn=a"), "bad_request", "no info-hash"),
        (Add(url=f"magnet:?xt=urn:btih:{ONE[:-1]}"), "bad_request", "no info-hash"),
        (Add(url=f"{MAGNET}\n{WEB}"), "bad_request", "one line"),
        (Add(url=f"{MAGNET} {WEB}"), "bad_request", "no info-hash, or a space"),
        (Add(url="/etc/passwd"), "bad_request", "must be a magnet or"),
        (Add(url="file:///etc/passwd"), "bad_request", "must be a magnet or"),
        (Add(url=ONE), "bad_request", "must be a magnet or"),
        (Add(url="http://h/\nhttp://i/"), "bad_request", "one line"),
        (Add(url="http://h/a b"), "bad_request", "must be a magnet or"),
        (Add(url="http://h/\ud83d"), "bad_request", "one line"),
        (Add(url="http://"), "bad_request", "must be a magnet or"),
        (Add(url=WEB, category="a\nb"), "bad_request", "category must be one line"),
        (Add(url=WEB, category="\ud83d"), "bad_request", "category must be one line"),
        (Add(url=WEB, path="/dl\x00"), "bad_request", "path must be one line"),
        (Add(url=WEB, category="c", tags=("a,b",)), "bad_request", "comma"),
        (Add(url=WEB, category="c", tags=(" ",)), "bad_request", "empty"),
        (Add(url=WEB, category="c", tags=("a\r\nb",)), "bad_request", "tags must be one line"),
        (Add(url=WEB, priority=3), "bad_request", "priority must be"),
        (Set(IDS, category="\u2028"), "bad_request", "category must be one line"),
        (Set(IDS, category="c", tags=("a,b",)), "bad_request", "comma"),
        (Set(IDS, priority=-2), "bad_request", "priority must be"),
        (Pause(("all",)), "not_found", "info-hash"),
        (Pause(()), "not_found", "info-hash"),
        (Resume((f"{ONE}|all",)), "not_found", "info-hash"),
        (Remove(("all",), delete_data=True), "not_found", "info-hash"),
        (Set(("recently_active",), priority=1), "not_found", "info-hash"),
    ],
)
async def test_what_is_refused_before_anything_is_sent(wire: Wire, command: Command, code: str, sentence: str) -> None:
    client = await client_of(wire)
    with pytest.raises(RequestError, match=sentence) as caught:
        await client.execute(command)
    assert caught.value.code == code
    assert not wire.requests


async def test_what_transmission_does_not_have_it_passes_over_but_we_do_not(daemon: Daemon) -> None:
    client = transmission(daemon)
    daemon.labels["ab" * 20] = []
    await client.poll(complete=True)
    await client.execute(Pause(("AB" * 20,)))
    assert len(daemon.requests) == 1
    daemon.requests.clear()
    daemon.labels.clear()  # as for a moment after its start
    for command in (Pause((ONE,)), Resume((ONE,)), Recheck((ONE,)), Remove((ONE,)), Set((ONE,), priority=1)):
        with pytest.raises(RequestError, match="Transmission does not have it") as caught:
            await client.execute(command)
        assert caught.value.code == "not_found"
    with pytest.raises(RequestError, match="none of its downloads"):
        await client.execute(Pause(None))
    assert not daemon.requests


@pytest.mark.parametrize("name", ["a\\b", "/a", "a/", "a//b", "/"])
async def test_categories_that_qbittorrent_would_leave_out_without_a_word(name: str) -> None:
    program = Program()
    for command in (Add(url=WEB, category=name), Set((ONE,), category=name)):
        with pytest.raises(RequestError, match="category must hold no") as caught:
            await qbittorrent(program).execute(command)
        assert caught.value.code == "bad_request"
    assert not program.requests


async def test_categories_that_transmission_cannot_have(daemon: Daemon) -> None:
    for command in (Add(url=WEB, category="a,b"), Set((ONE,), category=" ")):
        with pytest.raises(RequestError, match="category must not") as caught:
            await transmission(daemon).execute(command)
        assert caught.value.code == "bad_request"
    assert not daemon.requests


@pytest.mark.parametrize("fault", [lost, hang], ids=["lost", "hang"])
@pytest.mark.parametrize(
    "command",
    [
        Pause((ONE,)),
        Resume(None),
        Recheck((ONE,)),
        Reannounce((ONE,)),
        Remove((ONE,), delete_data=True),
        Set((ONE,), category="tv", tags=("a",), priority=2),
        Set((ONE,), download_limit=1),
        Limits(download_limit=1),
        Limits(alternative_limits=True),
        Add(**TORRENT, category="tv", priority=2),
        Add(url=WEB),
    ],
    ids=repr,
)
async def test_nothing_is_sent_again_when_the_answer_is_lost(wire: Wire, command: Command, fault: Fault) -> None:
    client = await client_of(wire)
    wire.fault = fault
    with pytest.raises(ClientOffline):
        await client.execute(command)
    assert len(wire.requests) == 1


def test_both_declare_the_same() -> None:
    for kind in (QBittorrent, Transmission):
        assert set(kind.abilities) == {
            "poll", "add", "pause", "resume", "remove", "recheck", "reannounce", "set", "limits",
        }  # fmt: skip
        assert kind.adds == {"magnet", "http", "torrent"}
        assert kind.settable == {"category", "tags", "priority", "download_limit", "upload_limit", "queue_position"}
        assert kind.limitable == {"download_limit", "upload_limit", "alternative_limits"}
