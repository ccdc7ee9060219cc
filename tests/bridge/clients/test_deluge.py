"""What recorded cases cannot say of Deluge: its session, its daemon, and what it is told to do."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients._jsonrpc import Fault
from downloads2mqtt.clients.deluge import Deluge, Settings
from downloads2mqtt.clients.deluge.rpc import reason
from downloads2mqtt.clients.deluge.torrent import KEYS, STATES, Torrent, normalise
from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized, RequestError
from tests.bridge.clients.replay import URL
from tests.journey.lab.torrents import make_torrent

HASH = "b3d02b75eae1d5fa6c426e3030e62a19a87618be"
OTHER = "61bda497af6f635ddcca08d10bd3b640e5280e90"
TORRENT = make_torrent("iso", 70_000, announce="http://127.0.0.1:1/announce")
MAGNET = f"magnet:?xt=urn:btih:{HASH}"
SESSION = "5e55" * 16


def torrent(hash: str = HASH, **more: Any) -> dict[str, Any]:
    return {"hash": hash, "name": "iso", "state": "Downloading", "total_size": 9, "total_wanted": 9, **more}


class WebInterface:
    """Answers as the real one does; every call is kept, and whether it came with the cookie."""

    def __init__(self, *torrents: dict[str, Any]) -> None:
        self.torrents = {torrent["hash"]: torrent for torrent in torrents}
        self.session = SESSION
        self.connected = True
        self.labels: list[str] | None = ["tv"]
        self.calls: list[tuple[str, list[Any]]] = []
        self.requests: list[httpx.Request] = []
        self.answers: dict[str, Any] = {}
        self.faults: dict[str, Callable[[httpx.Request], httpx.Response]] = {}

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        method, params = body["method"], body["params"]
        self.requests.append(request)
        self.calls.append((method, params))
        assert request.headers["content-type"] == "application/json"
        if method in self.faults:
            return self.faults[method](request)
        if method == "auth.login":
            return self.log_in(params)
        if request.headers.get("cookie") != f"_session_id={self.session}" and method != "system.listMethods":
            return fails(1, "Not authenticated")
        if method.startswith("label.") and self.labels is None:
            return fails(2, "Unknown method")
        return succeeds(self.answer(method, params))

    def log_in(self, params: list[Any]) -> httpx.Response:
        if params != ["adminadmin"]:
            return succeeds(False)
        cookie = f"_session_id={self.session}; Expires=Sat, 21 Nov 2026 02:46:08 GMT; Path=/json"
        return succeeds(True, {"Set-Cookie": cookie})

    def answer(self, method: str, params: list[Any]) -> Any:
        match method:
            case "web.update_ui":
                assert params == [[], {"id": []}]
                return {
                    "connected": self.connected,
                    "torrents": {},
                    "stats": {"download_rate": 5.0, "max_download": 10},
                }
            case "web.get_hosts":
                return [["h1", "127.0.0.1", 58846, "localclient"]]
            case "web.connect":
                self.connected = True
            case "system.listMethods":
                return ["daemon.get_version", "web.update_ui"]
            case "daemon.get_version":
                return "2.2.0"
            case "core.get_torrents_status":
                assert params == [{}, KEYS]
                return self.torrents
            case "core.get_session_state":
                return list(self.torrents)
            case "label.get_labels":
                return self.labels
        return self.answers.get(method)

    def told(self) -> list[tuple[str, list[Any]]]:
        """The calls that do something, since last asked."""
        reads = ("web.", "auth.", "system.", "daemon.", "core.get_", "label.get_")
        told = [call for call in self.calls if not call[0].startswith(reads)]
        self.calls.clear()
        return told


def succeeds(result: Any, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(200, json={"id": 1, "result": result, "error": None}, headers=headers)


def fails(code: int, message: str) -> httpx.Response:
    return httpx.Response(200, json={"id": 1, "result": None, "error": {"code": code, "message": message}})


def client_of(web: Any, url: str = URL, **settings: Any) -> Deluge:
    settings = {"password": "adminadmin", **settings}
    return Deluge("box", Settings(url=url, **settings), Http(url, transport=httpx.MockTransport(web), timeout=10))


@pytest.fixture
def web() -> WebInterface:
    return WebInterface(torrent(), torrent(OTHER))


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


async def test_two_calls_per_poll_after_the_first(web: WebInterface) -> None:
    client = client_of(web)
    await client.poll(complete=True)
    assert [method for method, _ in web.calls[:2]] == ["auth.login", "web.update_ui"]
    web.calls.clear()
    assert (await client.poll(complete=False)).complete
    assert [method for method, _ in web.calls] == ["web.update_ui", "core.get_torrents_status"]
    assert client.version == "2.2.0"


async def test_the_password_goes_into_the_login_alone(web: WebInterface) -> None:
    client = client_of(web)
    await client.poll(complete=True)
    await client.execute(Limits(download_limit=0))
    with_password = [request for request in web.requests if b"adminadmin" in request.content]
    assert [json.loads(request.content)["method"] for request in with_password] == ["auth.login"]
    assert not any("adminadmin" in str(request.headers) + str(request.url) for request in web.requests)


async def test_the_cookie_is_sent_whatever_its_path(web: WebInterface) -> None:
    client = client_of(web, "http://proxy.example/some/deluge/")
    await client.poll(complete=True)
    assert {str(request.url) for request in web.requests} == {"http://proxy.example/some/deluge/json"}
    assert web.requests[-1].headers["cookie"] == f"_session_id={SESSION}"


async def test_what_did_not_change_is_the_very_same_object(web: WebInterface) -> None:
    client = client_of(web)
    first = await client.poll(complete=True)
    web.torrents[OTHER]["progress"] = 50.0
    web.torrents[OTHER]["total_done"] = 4
    second = await client.poll(complete=False)
    assert second.downloads[HASH] is first.downloads[HASH]
    assert second.downloads[OTHER].downloaded == 4
    web.torrents[HASH] = {**torrent(), "total_size": 9.0}  # other bytes, the same said
    assert (await client.poll(complete=False)).downloads[HASH] is first.downloads[HASH]


async def test_a_daemon_that_was_restarted_is_connected_again(web: WebInterface) -> None:
    client = client_of(web)
    assert not (await client.poll(complete=True)).restarted
    web.connected = False
    listing = await client.poll(complete=False)
    assert listing.restarted
    assert listing.downloads.keys() == {HASH, OTHER}
    assert not (await client.poll(complete=False)).restarted


async def test_a_cancelled_poll_is_followed_by_a_right_one(web: WebInterface) -> None:
    held = asyncio.Event()

    async def slow(request: httpx.Request) -> httpx.Response:
        if held.is_set():
            await asyncio.sleep(60)
        return await web(request)

    client = client_of(slow)
    await client.poll(complete=True)
    held.set()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.poll(complete=False), 0.05)
    held.clear()
    assert (await client.poll(complete=False)).downloads.keys() == {HASH, OTHER}


async def test_a_wrong_password_is_sent_twice_in_all(clock: Callable[[float], None], web: WebInterface) -> None:
    client = client_of(web, password="wrong")
    for _ in range(3):
        with pytest.raises(ClientUnauthorized, match="tried once more in half an hour"):
            await client.poll(complete=True)
    assert len(web.requests) == 1
    clock(30 * 60 + 1)
    for _ in range(3):
        with pytest.raises(ClientUnauthorized, match="until the bridge is restarted"):
            await client.poll(complete=True)
        clock(24 * 3600)
    assert len(web.requests) == 2


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (succeeds(["web.update_ui", "core.x"]), "locked"),
        (succeeds(["web.other"]), None),
        (succeeds({"methods": "web.update_ui"}), None),
        (httpx.Response(200, text='<html>"web.update_ui"'), None),
        (httpx.Response(404), None),
        (httpx.Response(409, headers={"X-Transmission-Session-Id": "x"}), None),
    ],
)
async def test_identify(reply: httpx.Response, found: str | None) -> None:
    assert await Deluge.identify(Http(URL, transport=httpx.MockTransport(lambda _: reply))) == found


def test_every_state_has_a_word() -> None:
    for native in STATES:
        assert normalise("box", Torrent(hash=HASH, name="x", state=native, total_size=1)).native_state == native


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Failure: [Failure instance: Traceback: <class 'deluge.error.AddTorrentError'>: Not\nTraceback\n]", "Not"),
        ("KeyError: 'x'", "KeyError: 'x'"),
        ("", "no reason given"),
        (" \n ", "no reason given"),
        ("<class 'a.b'>: see https://t.example/0123/announce?passkey=1\n", "see https://t.example"),
    ],
)
def test_of_a_failure_only_its_reason(message: str, said: str) -> None:
    assert reason(Fault(4, message)) == said


# -- control -------------------------------------------------------------------------------------------------------


COMMANDS: list[tuple[Command, list[tuple[str, list[Any]]]]] = [
    (Pause((HASH,)), [("core.pause_torrent", [[HASH]])]),
    (Pause((HASH.upper(), "0" * 40)), [("core.pause_torrent", [[HASH]])]),
    (Pause(None), [("core.pause_torrent", [[HASH, OTHER]])]),
    (Resume((OTHER, HASH)), [("core.resume_torrent", [[OTHER, HASH]])]),
    (Recheck((HASH,)), [("core.force_recheck", [[HASH]])]),
    (Reannounce((HASH,)), [("core.force_reannounce", [[HASH]])]),
    (Remove((HASH,)), [("core.remove_torrent", [HASH, False])]),
    (
        Remove((HASH, OTHER), True),
        [("core.remove_torrent", [OTHER, True]), ("core.remove_torrent", [HASH, True])],
    ),
    (Set((HASH,), category="TV"), [("label.set_torrent", [HASH, "tv"])]),
    (Set((HASH,), category="new"), [("label.add", ["new"]), ("label.set_torrent", [HASH, "new"])]),
    (Set((HASH,), category=""), [("label.set_torrent", [HASH, ""])]),
    (
        Set((HASH,), download_limit=2048, upload_limit=0),
        [("core.set_torrent_options", [[HASH], {"max_download_speed": 2.0, "max_upload_speed": -1.0}])],
    ),
    (Set((HASH,), queue_position=1), [("core.queue_top", [[HASH]])]),
    (Set((HASH,), queue_position=99), [("core.queue_top", [[HASH]]), ("core.queue_down", [[HASH]])]),
    (Limits(download_limit=512), [("core.set_config", [{"max_download_speed": 0.5}])]),
    (Limits(upload_limit=0), [("core.set_config", [{"max_upload_speed": -1.0}])]),
]


@pytest.mark.parametrize(("command", "told"), COMMANDS, ids=lambda value: str(value)[:60])
async def test_what_it_is_told(web: WebInterface, command: Command, told: list[Any]) -> None:
    assert await client_of(web).execute(command) is None
    assert web.told() == told


async def test_add(web: WebInterface) -> None:
    web.answers = {
        "core.add_torrent_magnet": HASH.upper(),
        "core.add_torrent_url": OTHER,
        "core.add_torrent_file": OTHER,
    }
    client = client_of(web)
    assert await client.execute(Add(url=MAGNET, paused=True, path="/dl", category="tv", priority=1)) == HASH
    assert web.told() == [
        ("core.add_torrent_magnet", [MAGNET, {"add_paused": True, "download_location": "/dl"}]),
        ("label.set_torrent", [HASH.upper(), "tv"]),
        ("core.queue_top", [[HASH.upper()]]),
    ]
    assert await client.execute(Add(url="http://x.example/a.torrent")) == OTHER
    assert await client.execute(Add(content=TORRENT.content, filename="a.torrent", priority=-1)) == OTHER
    told = web.told()
    assert told[0] == ("core.add_torrent_url", ["http://x.example/a.torrent", {"add_paused": False}])
    assert told[1][1][0] == "a.torrent"
    assert told[2][0] == "core.queue_bottom"


REFUSED = (
    "Failure: [Failure instance: Traceback: <class 'deluge.error.AddTorrentError'>: Torrent already in session.\n]"
)


@pytest.mark.parametrize(
    ("command", "fault", "code", "says"),
    [
        (Add(url=MAGNET), fails(4, REFUSED), "failed", "^Deluge refuses: Torrent already in session.$"),
        (Add(url=MAGNET), succeeds(None), "failed", "did not take it"),
        (Add(url=MAGNET), httpx.Response(500), "failed", "its log tells why"),
        (Add(content=b"<html>", filename="a.torrent"), succeeds(HASH), "bad_request", "no .torrent"),
        (Add(url=MAGNET, category="Ä b"), succeeds(HASH), "bad_request", "a-z, 0-9"),
        (Add(url=MAGNET, tags=("iso",)), succeeds(HASH), "unsupported", "no tags"),
        (Pause(("0" * 40,)), succeeds(None), "not_found", "any more"),
        (Remove(("all",)), succeeds(None), "not_found", "any more"),
    ],
)
async def test_refusals(command: Command, fault: httpx.Response, code: str, says: str) -> None:
    web = WebInterface(torrent())
    web.faults["core.add_torrent_magnet"] = lambda _: fault
    with pytest.raises(RequestError, match=says) as caught:
        await client_of(web).execute(command)
    assert caught.value.code == code


@pytest.mark.parametrize("command", [Set((HASH,), category="tv"), Add(url=MAGNET, category="tv")])
async def test_no_categories_without_the_label_plugin(web: WebInterface, command: Command) -> None:
    web.labels = None
    with pytest.raises(RequestError, match="Label plugin") as caught:
        await client_of(web).execute(command)
    assert caught.value.code == "unsupported"
    assert web.told() == []


@pytest.mark.parametrize("command", [Pause(None), Resume(None), Recheck(None)])
async def test_of_nothing_nothing_is_asked(command: Command) -> None:
    """An empty list means everything to Deluge 2."""
    web = WebInterface()
    await client_of(web).execute(command)
    assert web.told() == []


async def test_a_command_whose_answer_is_lost_is_not_sent_again(web: WebInterface) -> None:
    def lost(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("reset", request=request)

    web.faults["core.pause_torrent"] = lost
    with pytest.raises(ClientOffline):
        await client_of(web).execute(Pause((HASH,)))
    assert web.told() == [("core.pause_torrent", [[HASH]])]


async def test_a_command_refused_for_want_of_a_login_is_sent_after_it(web: WebInterface) -> None:
    client = client_of(web)
    await client.poll(complete=True)
    web.session = "ab" * 32
    await client.execute(Limits(download_limit=0))
    assert [method for method, _ in web.calls[-3:]] == ["core.set_config", "auth.login", "core.set_config"]


async def test_a_daemon_that_is_not_connected_is_no_refusal(web: WebInterface) -> None:
    web.faults["core.set_config"] = lambda _: fails(2, "Unknown method")
    with pytest.raises(ClientOffline, match="not connected to its daemon"):
        await client_of(web).execute(Limits(download_limit=0))


@pytest.mark.parametrize("body", ["<html>", "", "[1]", "null", "{}"])
async def test_commands_get_clear_errors(web: WebInterface, body: str) -> None:
    web.faults["core.set_config"] = lambda _: httpx.Response(200, text=body)
    with pytest.raises(ClientAnswerError):
        await client_of(web).execute(Limits(download_limit=0))
    with pytest.raises(ClientError):
        await client_of(lambda _: httpx.Response(302, headers={"location": "/login"})).execute(Pause(None))
