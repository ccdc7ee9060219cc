"""What a recorded case cannot say of NZBGet: what is asked when, and what happens between two polls."""

import asyncio
import base64
import json
from types import SimpleNamespace
from typing import Any

import httpx
import msgspec
import pytest

from downloads2mqtt.changes import Known, apply, diff
from downloads2mqtt.clients import _http
from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.nzbget import Nzbget, Settings
from downloads2mqtt.clients.nzbget.history import SENTENCES
from downloads2mqtt.clients.nzbget.nzb import STATES
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.topics import level
from downloads2mqtt.debounce import Debounce
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized

GIB = 2**30


class Nzb(httpx.AsyncBaseTransport):
    """An NZBGet with groups, a history, and whatever goes wrong."""

    def __init__(self) -> None:
        self.status: dict[str, Any] = {"UpTimeSec": 100, "DownloadRate": 1000, "PostJobCount": 0}
        self.groups: list[dict[str, Any]] = []
        self.history: list[dict[str, Any]] = []
        self.tags = True
        self.password = "adminadmin"
        self.asked: list[str] = []
        self.bodies: list[bytes] = []
        self.instead: dict[str, bytes] = {}
        self.hang: str | None = None
        self.now = 0.0
        self.history_seconds = 0.0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        method: str = json.loads(body)["method"] if body else request.url.path.rpartition("/")[2]
        self.asked.append(method)
        self.bodies.append(body)
        server = {"Server": "nzbget-21.0"}
        if self.hang == method:
            await asyncio.sleep(60)
        login = base64.b64encode(f"admin:{self.password}".encode()).decode()
        if self.password and request.headers.get("authorization") != f"Basic {login}":
            return httpx.Response(401, headers=server)
        if method in self.instead:
            return httpx.Response(200, content=self.instead[method])
        told = {"version": "21.0", "status": self.status, "listgroups": self.groups, "history": self.history}
        result = told[method]
        self.now += self.history_seconds if method == "history" else 0.0
        tag = f'"{hash(repr(result)):x}"'
        if self.tags and request.headers.get("if-none-match") == tag:
            return httpx.Response(304, headers=server)
        answer = {"version": "1.1", "result": result}
        return httpx.Response(200, json=answer, headers={**server, **({"ETag": tag} if self.tags else {})})

    def calls(self) -> list[str]:
        """The methods asked since the last time."""
        calls, self.asked = self.asked, []
        return calls


def group(id: int, status: str = "DOWNLOADING", **more: Any) -> dict[str, Any]:
    sizes = {"FileSizeLo": 1000, "FileSizeHi": 0, "RemainingSizeLo": 400, "RemainingSizeHi": 0}
    return {"NZBID": id, "NZBName": f"n{id}", "Status": status, "MinPostTime": 7, "ActiveDownloads": 4} | sizes | more


def past(id: int, status: str = "SUCCESS/ALL", **more: Any) -> dict[str, Any]:
    sizes = {"FileSizeLo": 1000, "FileSizeHi": 0, "DownloadedSizeLo": 500, "DownloadedSizeHi": 0}
    known = {"NZBID": id, "Name": f"n{id}", "Kind": "NZB", "Status": status, "HistoryTime": 1_795_224_700}
    return known | {"MinPostTime": 7} | sizes | more


def client(nzb: httpx.AsyncBaseTransport, password: str = "adminadmin") -> Nzbget:
    settings = Settings(url="http://nzb.example:6789", username="admin", password=password)
    return Nzbget("box", settings, Http(settings.url, transport=nzb, timeout=5))


class Bridge:
    """What the poller does with listings, without its clock."""

    def __init__(self, box: Nzbget) -> None:
        self.box = box
        self.now = 1000.0
        self.debounce = Debounce({}, -1000.0)
        self.known = Known()

    async def tick(self, *, baseline: bool = False) -> list[tuple[str, str]]:
        """Poll; the events that it makes."""
        self.now += 5
        settled = self.debounce.settle(await self.box.poll(complete=baseline), self.now)
        at, current = "2026-11-21T00:00:00Z", self.debounce.current
        changes = diff(
            self.known, current, at=at, touched=settled.touched, replaced=settled.replaced, baseline=baseline
        )
        self.known = apply(self.known, changes)
        return [(event.event, event.id) for event in changes.events]


async def test_groups_and_status_every_time_and_a_dear_history_when_needed() -> None:
    nzb = Nzb()
    nzb.groups, nzb.status["PostJobCount"] = [group(1), group(2, "UNPACKING", RemainingSizeLo=0)], 1
    nzb.history_seconds = 0.3
    box = client(nzb)
    box.clock = lambda: nzb.now
    await box.poll(complete=True)
    assert nzb.calls() == ["version", "listgroups", "status", "history"]
    await box.poll(complete=False)
    assert nzb.calls() == ["listgroups", "status"]
    nzb.status["PostJobCount"] = 0
    await box.poll(complete=False)
    assert nzb.calls() == ["listgroups", "status", "history"]
    del nzb.groups[0]
    nzb.history = [past(1)]
    await box.poll(complete=False)
    assert nzb.calls() == ["listgroups", "status", "history"]
    nzb.now += 29.0
    await box.poll(complete=False)
    assert nzb.calls() == ["listgroups", "status"]
    nzb.now += 1.1
    await box.poll(complete=False)
    assert nzb.calls() == ["listgroups", "status", "history"]


async def test_what_came_and_ended_between_two_polls_is_looked_for() -> None:
    nzb = Nzb()
    nzb.history_seconds, nzb.status["DownloadedSizeLo"] = 0.3, 5000
    box = client(nzb)
    box.clock = lambda: nzb.now
    await box.poll(complete=True)
    nzb.calls()
    nzb.history, nzb.status["DownloadedSizeLo"] = [past(1)], 6000
    assert (await box.poll(complete=False)).downloads.keys() == {"1"}
    assert nzb.calls() == ["listgroups", "status", "history"]
    nzb.groups, nzb.status["DownloadedSizeLo"] = [group(2)], 7000
    for _ in range(2):
        await box.poll(complete=False)
        nzb.status["DownloadedSizeLo"] += 1000
        assert nzb.calls() == ["listgroups", "status"]


async def test_a_cheap_history_is_asked_every_time() -> None:
    nzb = Nzb()
    nzb.history_seconds = 0.002
    box = client(nzb)
    box.clock = lambda: nzb.now
    for _ in range(3):
        await box.poll(complete=False)
        nzb.now += 0.5
    assert nzb.asked.count("history") == 3


async def test_params_come_last_in_every_request() -> None:
    nzb = Nzb()
    await client(nzb).poll(complete=True)
    assert nzb.bodies[1] == b'{"version":"1.1","id":1,"method":"listgroups","params":[0]}'
    assert nzb.bodies[3] == b'{"version":"1.1","id":1,"method":"history","params":[false]}'


@pytest.mark.parametrize("tags", [True, False])
async def test_an_unchanged_download_stays_the_very_same_object(tags: bool) -> None:
    nzb = Nzb()
    nzb.tags = tags
    nzb.groups, nzb.history = [group(1, "PAUSED"), group(2)], [past(3), past(4, "FAILURE/PAR")]
    box = client(nzb)
    first = (await box.poll(complete=True)).downloads
    nzb.groups[0]["Health"], nzb.history[0]["Log"] = 999, ["more"]
    second = (await box.poll(complete=True)).downloads
    assert first.keys() == second.keys() == {"1", "2", "3", "4"}
    assert all(first[id] is second[id] for id in first)


async def test_sizes_above_4_gib_and_halves_that_came_as_signed_numbers() -> None:
    nzb = Nzb()
    five: dict[str, Any] = {"FileSizeHi": 1, "FileSizeLo": GIB, "RemainingSizeHi": 0, "RemainingSizeLo": -(2**31)}
    nzb.groups = [group(1, **five), group(2, FileSizeHi="1", FileSizeLo="0", RemainingSizeLo="0")]
    nzb.status |= {"FreeDiskSpaceHi": 16, "FreeDiskSpaceLo": -1, "DownloadRateHi": 1, "DownloadRateLo": 0}
    listing = await client(nzb).poll(complete=True)
    one, two = listing.downloads.values()
    assert (one.size, one.downloaded, one.progress, one.eta) == (5 * GIB, 3 * GIB, 60.0, 1)
    assert (two.size, two.progress) == (4 * GIB, 100.0)
    assert listing.totals.free_space == 16 * 2**32 + 2**32 - 1
    assert listing.totals.download_rate == 2**32
    nzb.status |= {"FreeDiskSpaceHi": -1}
    assert (await client(nzb).poll(complete=True)).totals.free_space is None


async def test_the_rate_is_shared_out_by_connections_and_paused_par2_files_are_not_waited_for() -> None:
    nzb = Nzb()
    nzb.groups = [group(1, ActiveDownloads=3, PausedSizeLo=100), group(2, ActiveDownloads=1)]
    nzb.groups.append(group(3, "QUEUED", ActiveDownloads=0))
    one, two, three = (await client(nzb).poll(complete=True)).downloads.values()
    assert (one.download_rate, one.eta, one.progress) == (750, 0, 66.6)
    assert (two.download_rate, two.eta, two.progress) == (250, 1, 60.0)
    assert (three.download_rate, three.eta, three.queue_position) == (0, None, 3)


async def test_a_paused_queue_pauses_what_waits_but_for_forced_groups() -> None:
    nzb = Nzb()
    nzb.groups = [group(1, "QUEUED"), group(2, "QUEUED", MaxPriority=900)]
    box = client(nzb)
    assert [download.state for download in (await box.poll(complete=True)).downloads.values()] == ["queued"] * 2
    nzb.status["DownloadPaused"] = True
    assert [download.state for download in (await box.poll(complete=False)).downloads.values()] == ["paused", "queued"]


async def test_direct_unpack_is_still_downloading() -> None:
    nzb = Nzb()
    nzb.groups = [group(1, "UNPACKING"), group(2, "UNPACKING", RemainingSizeLo=100, PausedSizeLo=100)]
    nzb.groups += [group(3, "QS_EXECUTING", ActiveDownloads=0), group(4, "PP_QUEUED", RemainingSizeLo=0)]
    told = (await client(nzb).poll(complete=True)).downloads
    assert [(told[id].state, told[id].stage) for id in "1234"] == [
        ("downloading", None), ("downloading", None), ("queued", None), ("processing", "script"),
    ]  # fmt: skip
    nzb.groups[1]["ActiveDownloads"] = 0
    nzb.groups[1]["RemainingSizeLo"] = 0
    told = (await client(nzb).poll(complete=True)).downloads
    assert (told["2"].state, told["2"].stage) == ("processing", "extracting")


async def test_a_url_becomes_an_nzb_under_the_same_id() -> None:
    nzb = Nzb()
    nzb.groups = [group(1, "FETCHING", Kind="URL", FileSizeLo=0, RemainingSizeLo=0, MinPostTime=0, NZBName="x.nzb")]
    bridge = Bridge(client(nzb))
    await bridge.tick(baseline=True)
    assert bridge.known.downloads["1"].state == "metadata"
    assert bridge.known.downloads["1"].progress is None
    nzb.groups, nzb.status["UpTimeSec"] = [group(1)], 5  # and a restart in between
    assert await bridge.tick() == [("started", "1")]


async def test_an_id_given_again_after_a_restart_is_another_download() -> None:
    nzb = Nzb()
    nzb.groups, nzb.history = [group(8)], [past(9)]
    box = client(nzb)
    bridge = Bridge(box)
    await bridge.tick(baseline=True)
    nzb.history, nzb.groups, nzb.status["UpTimeSec"] = [], [group(8, NZBName="renamed")], 3
    assert await bridge.tick() == []
    nzb.groups, nzb.status["UpTimeSec"] = [group(8), group(9, NZBName="other", MinPostTime=8)], 8
    assert await bridge.tick() == [("removed", "9"), ("added", "9")]
    nzb.groups, nzb.history, nzb.status["UpTimeSec"] = [group(8)], [past(9, MinPostTime=8)], 13
    assert await bridge.tick() == [("completed", "9")]
    listing = await box.poll(complete=True)
    assert (listing.removed, listing.restarted) == (frozenset(), False)


async def test_a_redownload_goes_back_to_the_queue_under_its_id() -> None:
    nzb = Nzb()
    nzb.history = [past(1, "FAILURE/UNPACK")]
    bridge = Bridge(client(nzb))
    await bridge.tick(baseline=True)
    nzb.history, nzb.groups = [], [group(1, "QUEUED")]
    assert await bridge.tick() == [("state_changed", "1")]
    nzb.history, nzb.groups = [past(1)], []
    assert await bridge.tick() == [("completed", "1")]


async def test_a_group_deleted_by_a_person_is_removed_at_once_and_only_once() -> None:
    nzb = Nzb()
    nzb.groups = [group(1)]
    bridge = Bridge(client(nzb))
    await bridge.tick(baseline=True)
    nzb.groups, nzb.history = [], [past(1, "DELETED/MANUAL")]
    assert await bridge.tick() == [("removed", "1")]
    assert await bridge.tick() == []


async def test_a_download_in_neither_list_for_one_tick_is_not_removed() -> None:
    nzb = Nzb()
    nzb.groups = [group(1)]
    bridge = Bridge(client(nzb))
    await bridge.tick(baseline=True)
    nzb.groups = []
    assert await bridge.tick() == []
    nzb.asked.clear()
    nzb.history = [past(1)]
    assert await bridge.tick() == [("completed", "1")]
    assert "history" in nzb.asked
    nzb.history = []
    assert await bridge.tick() + await bridge.tick() == []


async def test_a_cancelled_poll_leaves_nothing_behind() -> None:
    nzb = Nzb()
    nzb.groups, nzb.history = [group(1)], [past(2)]
    box = client(nzb)
    await box.poll(complete=True)
    nzb.groups, nzb.history = [], [past(1), past(2)]
    for method in ("listgroups", "status", "history"):
        nzb.hang = method
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(box.poll(complete=False), 0.01)
    nzb.hang = None
    listing = await box.poll(complete=False)
    assert {id: download.state for id, download in listing.downloads.items()} == {"1": "completed", "2": "completed"}


async def test_refused_credentials_are_tried_at_most_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(_http, "time", SimpleNamespace(monotonic=lambda: clock.now))
    nzb = Nzb()
    box = client(nzb, password="wrong")
    for clock.now in (0, 1, 60, 1799, 1801, 1802, 4000, 100_000):
        with pytest.raises(ClientUnauthorized, match="refuses the user name or password"):
            await box.poll(complete=True)
    assert nzb.asked == ["version", "version"]


async def test_identify_knows_nzbget_by_its_name() -> None:
    nzb = Nzb()
    assert await Nzbget.identify(client(nzb).http) == "locked"
    nzb.password = ""
    assert await Nzbget.identify(client(nzb).http) == "open"
    for other in (
        httpx.Response(401, headers={"server": "nginx"}),
        httpx.Response(404),
        httpx.Response(200, text="<html>"),
        httpx.Response(302, headers={"location": "/login"}),
        httpx.Response(200, json={"result": None}),
    ):
        assert await Nzbget.identify(client(httpx.MockTransport(lambda _, other=other: other)).http) is None


@pytest.mark.parametrize(
    ("status", "state", "text"),
    [
        ("WARNING/SCRIPT", "completed", "WARNING/SCRIPT: a post-processing script failed"),
        ("WARNING/HEALTH", "completed", "WARNING/HEALTH: some articles are missing (health 61.2 %)"),
        ("WARNING/SPACE", "failed", "WARNING/SPACE: there is not enough space on the disk"),
        ("WARNING/PASSWORD", "failed", "WARNING/PASSWORD: the archive wants a password"),
        ("WARNING/NEW", "completed", "WARNING/NEW: unpack failure, script success"),
        ("DELETED/DUPE", "failed", "DELETED/DUPE: a duplicate of another download"),
        ("FAILURE/HEALTH", "failed", "FAILURE/HEALTH: too many articles are missing (health 61.2 %)"),
        ("FAILURE/NEW", "failed", "FAILURE/NEW: unpack failure, script success"),
        ("SUCCESS/NEW", "completed", None),
        ("NEW/NEW", "unknown", None),
    ],
)
async def test_every_end_has_a_state_and_a_sentence(status: str, state: str, text: str | None) -> None:
    nzb = Nzb()
    nzb.history = [past(1, status, UnpackStatus="FAILURE", ScriptStatus="SUCCESS", Health=612)]
    download = (await client(nzb).poll(complete=True)).downloads["1"]
    assert (download.state, download.native_state) == (state, status)
    assert (download.error if state == "failed" else download.warning) == text
    assert (download.completed_at is not None) == (state == "completed")


@pytest.mark.parametrize(("status", "kind"), [("DELETED/GOOD", "NZB"), ("DELETED/NEW", "NZB"), ("HIDDEN/NEW", "DUP")])
async def test_what_is_gone_is_not_listed(status: str, kind: str) -> None:
    nzb = Nzb()
    nzb.history = [past(1, status, Kind=kind)]
    assert (await client(nzb).poll(complete=True)).downloads == {}


def test_every_failed_end_has_a_sentence() -> None:
    failed = {word for word, (state, _) in STATES.items() if state == "failed"}
    assert failed <= SENTENCES.keys()


@pytest.mark.parametrize(
    ("answer", "error", "says"),
    [
        (httpx.Response(304), ClientAnswerError, "304"),
        (httpx.Response(503), ClientOffline, "503"),
        (httpx.Response(404), ClientAnswerError, "base path"),
        (httpx.Response(200, json={"result": None}), ClientAnswerError, "is it NZBGet"),
        (httpx.Response(200, json={"error": {"code": 1, "message": "no"}}), ClientAnswerError, "refuses version: no"),
        (httpx.Response(200, json={"error": {"code": 401}}), ClientUnauthorized, "not AddUsername"),
    ],
)
async def test_every_refusal_has_its_sentence(answer: httpx.Response, error: type[ClientError], says: str) -> None:
    with pytest.raises(error, match=says):
        await client(httpx.MockTransport(lambda _: answer)).poll(complete=True)


HOSTILE = (
    b"", b"<html>", b"null", b"[]", b"{}", b"true", b"\xff\xfe", b'{"result":', b'{"result":null}', b'{"result":{}}',
    b'{"result":[]}', b'{"result":[null]}', b'{"result":[[]]}', b'{"result":[{}]}', b'{"result":false}',
    b'{"result":{"UpTimeSec":"soon"}}', b'{"result":{"UpTimeSec":NaN}}', b'{"result":{"UpTimeSec":1e400}}',
    b'{"error":"no"}', b'{"error":{}}', b'{"error":{"code":"x","message":7}}', b"[" * 100_000,
    b'{"result":' + b"[" * 5000 + b"]" * 5000 + b"}", b'{"result":"\xff"}', b'{"result":7}',
)  # fmt: skip
ODD = (
    "null", "-1", "1e400", "NaN", "9" * 30, "9" * 400, '""', '"None"', '"12"', "1.5", "[]", "{}", "true",
    '"\\ud800"', '"\xff\x00"', '"' + "x" * 10_000 + '"', '"a/b+c#"',
)  # fmt: skip


@pytest.mark.parametrize("method", ["version", "listgroups", "status", "history"])
@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: repr(body[:40]))
async def test_a_broken_answer_is_a_client_error(method: str, body: bytes) -> None:
    nzb = Nzb()
    nzb.instead[method] = body
    await _listing_or_error(client(nzb))


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
@pytest.mark.parametrize(("method", "row"), [("listgroups", group(1)), ("history", past(1, "FAILURE/X", Health=1))])
async def test_a_row_with_an_odd_value_is_read_or_refused(method: str, row: dict[str, Any], odd: str) -> None:
    for key in (*row, "Category", "FinalDir", "PausedSizeLo", "ParStatus"):
        text = json.dumps({**row, key: "@"}).replace('"@"', odd)
        nzb = Nzb()
        nzb.instead[method] = b'{"result":[%s]}' % text.encode("latin-1")
        await _listing_or_error(client(nzb))


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
async def test_a_status_with_an_odd_value_is_read_or_refused(odd: str) -> None:
    for key in ("UpTimeSec", "DownloadRate", "DownloadRateLo", "DownloadLimit", "FreeDiskSpaceLo", "DownloadPaused"):
        nzb = Nzb()
        nzb.groups = [group(1)]
        text = json.dumps({**nzb.status, key: "@"}).replace('"@"', odd)
        nzb.instead["status"] = b'{"result":%s}' % text.encode("latin-1")
        await _listing_or_error(client(nzb))


async def _listing_or_error(box: Nzbget) -> None:
    try:
        listing = await box.poll(complete=True)
    except ClientError:
        return
    for id, download in listing.downloads.items():
        assert msgspec.json.decode(msgspec.json.encode(download), type=Download) == download
        assert level(id) == download.id
    msgspec.json.encode(vars_of(listing.totals))


def vars_of(totals: Any) -> dict[str, Any]:
    return {name: getattr(totals, name) for name in totals.__slots__}
