"""What a recorded case cannot say of SABnzbd: what is asked when, and what happens between two polls."""

import asyncio
import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import msgspec
import pytest

from downloads2mqtt.changes import Changes, Known, apply, diff
from downloads2mqtt.clients import _http
from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.sabnzbd import Sabnzbd
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.topics import level
from downloads2mqtt.debounce import Debounce
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized

KEY = "a-key-of-sabnzbd"
NOW = 1_795_224_700
WHOLE = 1_000_000


class Sab(httpx.AsyncBaseTransport):
    """A SABnzbd with a queue and a history, its counter, and whatever goes wrong."""

    def __init__(self, base: str = "/") -> None:
        self.base = base
        self.version = "4.5.0"
        self.header: dict[str, Any] = {"paused": False, "kbpersec": "1000.00"}
        self.queue: list[dict[str, Any]] = []
        self.history: list[dict[str, Any]] = []
        self.counter = 1
        self.calls: list[dict[str, str]] = []
        self.urls: list[str] = []
        self.key = KEY
        self.instead: dict[str, bytes] = {}
        self.hang: str | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        asked = dict(parse_qsl((await request.aread()).decode()))
        self.urls.append(str(request.url))
        if request.url.path != f"{self.base}api":
            return httpx.Response(200, text=" \n<html></html>")
        self.calls.append(asked)
        mode = asked["mode"]
        if self.hang == mode:
            await asyncio.sleep(60)
        if mode in self.instead:
            return httpx.Response(200, content=self.instead[mode])
        if mode not in ("version", "auth") and asked.get("apikey") != self.key:
            return httpx.Response(403, text="API Key Incorrect" if asked.get("apikey") else "API Key Required")
        return httpx.Response(200, json=getattr(self, f"_{mode}")(asked))

    def _version(self, _: dict[str, str]) -> Any:
        return {"version": self.version}

    def _auth(self, asked: dict[str, str]) -> Any:
        return {"auth": "nzbkey" if asked["key"] == "the-nzb-key" else "badkey"}

    def _queue(self, _: dict[str, str]) -> Any:
        slots = [{"index": index, **slot} for index, slot in enumerate(self.queue)]
        return {"queue": {"version": self.version, **self.header, "slots": slots}}

    def _history(self, asked: dict[str, str]) -> Any:
        if int(asked["last_history_update"]) == self.counter:
            return {"history": False}
        slots = self.history[: int(asked["limit"])]
        return {"history": {"slots": slots, "noofslots": len(self.history), "last_history_update": self.counter}}

    def asked(self) -> Iterator[tuple[str, ...]]:
        """Mode, and of the history counter and limit, of every call since the last time."""
        for call in self.calls:
            past = call["mode"] == "history"
            yield (call["mode"], call["last_history_update"], call["limit"]) if past else (call["mode"],)
        self.calls.clear()


def job(id: str, status: str = "Downloading", **more: Any) -> dict[str, Any]:
    return {"nzo_id": id, "filename": id, "status": status, "mb": "100.00", "mbleft": "50.00", "cat": "*", **more}


def past(id: str, status: str = "Completed", **more: Any) -> dict[str, Any]:
    return {"nzo_id": id, "name": id, "status": status, "bytes": 5, "completed": NOW, "category": "*", **more}


def client(sab: httpx.AsyncBaseTransport, url: str = "http://sab.example:8080/", key: str = KEY) -> Sabnzbd:
    settings = Sabnzbd.Settings.model_validate({"url": url, "api_key": key})
    return Sabnzbd("box", settings, Http(settings.url, transport=sab, timeout=5))


class Bridge:
    """What the poller does with listings, without its clock."""

    def __init__(self, box: Sabnzbd) -> None:
        self.box = box
        self.now = 1000.0
        self.debounce = Debounce({}, -1000.0)
        self.known = Known()

    async def tick(self, *, baseline: bool = False, complete: bool = False) -> list[tuple[str, str]]:
        """Poll; the events that it makes."""
        self.now += 5
        listing = await self.box.poll(complete=complete or baseline)
        settled = self.debounce.settle(listing, self.now)
        changes: Changes = diff(
            self.known,
            self.debounce.current,
            at="2026-11-21T00:00:00Z",
            touched=settled.touched,
            replaced=settled.replaced,
            baseline=baseline,
        )
        self.known = apply(self.known, changes)
        return [(event.event, event.id) for event in changes.events]


async def test_the_queue_is_asked_before_the_history_and_the_counter_is_sent_back() -> None:
    sab = Sab()
    sab.history = [past("a")]
    box = client(sab)
    await box.poll(complete=True)
    assert list(sab.asked()) == [("version",), ("queue",), ("history", "0", str(WHOLE))]
    await box.poll(complete=False)
    assert list(sab.asked()) == [("queue",), ("history", "1", "100")]


async def test_the_key_goes_in_the_body_and_never_in_an_address() -> None:
    sab = Sab()
    await client(sab).poll(complete=True)
    assert all(KEY not in url and "?" not in url for url in sab.urls)
    assert [call.get("apikey") for call in sab.calls] == [None, KEY, KEY]


async def test_an_unchanged_job_stays_the_very_same_object() -> None:
    sab = Sab()
    sab.queue, sab.history = [job("a"), job("b", avg_age="40m")], [past("c"), past("d", "Moving")]
    box = client(sab)
    first = (await box.poll(complete=True)).downloads
    sab.queue[1]["avg_age"], sab.history[1]["completed"], sab.counter = "41m", NOW + 2, 2
    second = (await box.poll(complete=False)).downloads
    third = (await box.poll(complete=True)).downloads
    assert first.keys() == second.keys() == third.keys() == {"a", "b", "c", "d"}
    assert all(first[id] is second[id] is third[id] for id in first)


async def test_a_row_depends_on_more_than_its_bytes() -> None:
    sab = Sab()
    sab.queue = [job("a"), job("b"), job("c", priority="Force")]
    box = client(sab)

    async def states() -> list[tuple[str, int | None]]:
        listing = await box.poll(complete=False)
        return [(download.state, download.download_rate) for download in listing.downloads.values()]

    assert await states() == [("downloading", 1_024_000), ("queued", 0), ("downloading", None)]
    sab.header["kbpersec"] = "500"
    assert await states() == [("downloading", 512_000), ("queued", 0), ("downloading", None)]
    sab.header["paused"] = True
    assert await states() == [("paused", 0), ("paused", 0), ("downloading", 512_000)]


async def test_a_change_in_a_long_history_costs_one_page() -> None:
    sab = Sab()
    sab.history = [past(f"old{number}") for number in range(250)]
    box = client(sab)
    first = await box.poll(complete=True)
    sab.calls.clear()
    sab.history.insert(0, past("new"))
    sab.counter += 1
    second = await box.poll(complete=False)
    assert list(sab.asked()) == [("queue",), ("history", "1", "100")]
    assert second.complete
    assert second.downloads.keys() == first.downloads.keys() | {"new"}
    assert all(second.downloads[id] is first.downloads[id] for id in first.downloads)


async def test_a_job_deleted_beyond_the_page_is_noticed_by_the_number_of_jobs() -> None:
    sab = Sab()
    sab.history = [past(f"old{number}") for number in range(250)]
    box = client(sab)
    await box.poll(complete=True)
    sab.calls.clear()
    del sab.history[200]
    sab.counter += 1
    listing = await box.poll(complete=False)
    assert list(sab.asked()) == [("queue",), ("history", "1", "100"), ("history", "0", str(WHOLE))]
    assert len(listing.downloads) == 249
    assert "old200" not in listing.downloads


async def test_the_counter_is_not_trusted_while_a_job_is_post_processed_or_the_queue_changed() -> None:
    sab = Sab()
    sab.queue, sab.history = [job("b")], [past("a", "Moving"), past("r", "Failed")]
    box = client(sab)
    await box.poll(complete=True)
    sab.calls.clear()
    await box.poll(complete=False)
    assert list(sab.asked())[-1] == ("history", "0", "100")
    sab.history[0] = past("a")
    assert (await box.poll(complete=False)).downloads["a"].state == "completed"
    await box.poll(complete=False)
    assert list(sab.asked())[-1] == ("history", "1", "100")
    del sab.history[1]
    sab.queue.append(job("retried"))  # the counter stays as it was
    assert (await box.poll(complete=False)).downloads.keys() == {"a", "b", "retried"}
    assert list(sab.asked())[-1] == ("history", "0", "100")


async def test_the_whole_history_is_read_every_five_minutes() -> None:
    sab = Sab()
    box = client(sab)
    clock = SimpleNamespace(now=0.0)
    box.clock = lambda: clock.now
    await box.poll(complete=True)
    for clock.now, limit in ((299.0, "100"), (301.0, str(WHOLE)), (600.0, "100"), (602.0, str(WHOLE))):
        await box.poll(complete=False)
        assert list(sab.asked())[-1][-1] == limit


async def test_a_counter_that_begins_anew_or_another_version_is_a_restart() -> None:
    sab = Sab()
    sab.counter, sab.history = 50, [past("a"), past("b")]
    box = client(sab)
    assert not (await box.poll(complete=True)).restarted
    sab.counter, sab.history = 3, [past("b")]
    sab.calls.clear()
    listing = await box.poll(complete=False)
    assert listing.restarted
    assert listing.downloads.keys() == {"b"}
    assert list(sab.asked())[-1] == ("history", "0", str(WHOLE))
    assert not (await box.poll(complete=False)).restarted
    sab.version = "4.5.1"
    assert (await box.poll(complete=False)).restarted
    assert box.version == "4.5.1"


@pytest.mark.parametrize(("rows", "count", "waiting"), [([], -1, 0), ([], 2, 0), ([past("p", "Queued")], 0, 1)])
async def test_a_history_that_cannot_be_read_is_not_an_empty_one(rows: list[Any], count: int, waiting: int) -> None:
    sab = Sab()
    sab.history = [past("a"), past("b")]
    box = client(sab)
    await box.poll(complete=True)
    told = {"slots": rows, "noofslots": count, "ppslots": waiting, "last_history_update": 2}
    sab.instead["history"] = json.dumps({"history": told}).encode()
    for complete in (False, True):
        with pytest.raises(ClientAnswerError, match="cannot read its history"):
            await box.poll(complete=complete)
    sab.instead.clear()
    assert (await box.poll(complete=True)).downloads.keys() == {"a", "b"}


async def test_a_job_that_goes_back_to_fetch_par2_is_believed_to_the_queue() -> None:
    sab = Sab()
    sab.history = [past("a", "Verifying")]
    box = client(sab)
    await box.poll(complete=True)
    sab.queue, sab.history = [job("a", "Fetching")], []
    listing = await box.poll(complete=False)
    assert (listing.downloads["a"].state, listing.downloads["a"].stage) == ("processing", "repairing")
    sab.history, sab.counter = [past("a", "Repairing")], 2
    assert (await box.poll(complete=False)).downloads["a"].native_state == "Repairing"


async def test_a_job_in_neither_list_for_one_tick_is_not_removed() -> None:
    sab = Sab()
    sab.queue = [job("a")]
    bridge = Bridge(client(sab))
    await bridge.tick(baseline=True)
    sab.queue = []
    assert await bridge.tick() == []
    sab.history, sab.counter = [past("a", "Queued")], 2
    assert await bridge.tick() == [("state_changed", "a")]
    sab.history, sab.counter = [past("a")], 3
    assert await bridge.tick() == [("completed", "a")]


async def test_a_deleted_job_is_removed_after_two_listings() -> None:
    sab = Sab()
    sab.queue = [job("a")]
    bridge = Bridge(client(sab))
    await bridge.tick(baseline=True)
    sab.queue = []
    assert await bridge.tick() == []
    assert await bridge.tick() == [("removed", "a")]


async def test_a_retry_removes_the_old_job_and_completes_the_new_one_once() -> None:
    sab = Sab()
    sab.history = [past("old", "Failed", fail_message="no")]
    bridge = Bridge(client(sab))
    await bridge.tick(baseline=True)
    sab.history, sab.queue = [], [job("new")]
    events = await bridge.tick() + await bridge.tick()
    assert sorted(events) == [("added", "new"), ("removed", "old")]
    sab.history, sab.queue, sab.counter = [past("new")], [], 2
    events = [event for _ in range(4) for event in await bridge.tick()]
    assert events == [("completed", "new")]


async def test_a_job_is_completed_only_when_its_post_processing_is_over() -> None:
    sab = Sab()
    sab.history = [past("a", "Extracting"), past("a")]  # SABnzbd shows it twice for a moment
    box = client(sab)
    assert (await box.poll(complete=True)).downloads["a"].completed_at == "2026-11-21T01:31:40Z"
    sab.history, sab.counter = [past("a", "Extracting"), past("f", "Failed")], 2
    downloads = (await box.poll(complete=False)).downloads
    assert downloads["a"].completed_at is None
    assert downloads["f"].completed_at is None


async def test_an_end_that_is_not_in_the_history_yet_is_no_end() -> None:
    sab = Sab()
    sab.queue = [job("a"), job("b")]
    bridge = Bridge(client(sab))
    await bridge.tick(baseline=True)
    sab.queue = []
    sab.history = [past("a", storage="", loaded=True), past("b", "Failed", loaded=True)]
    assert set(await bridge.tick()) == {("state_changed", "a"), ("state_changed", "b")}
    sab.history += [past("a", storage="/done/a"), past("b", "Failed")]  # still there twice for a moment
    assert set(await bridge.tick()) == {("completed", "a"), ("failed", "b")}
    assert bridge.known.downloads["a"].path == "/done/a"
    sab.history = sab.history[2:]
    assert await bridge.tick() == []


async def test_a_cancelled_poll_leaves_nothing_behind() -> None:
    sab = Sab()
    sab.queue, sab.history = [job("a")], [past("b")]
    box = client(sab)
    await box.poll(complete=True)
    sab.queue, sab.history, sab.counter = [], [past("a"), past("b")], 2
    for mode in ("queue", "history"):
        sab.hang = mode
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(box.poll(complete=False), 0.01)
    sab.hang = None
    listing = await box.poll(complete=False)
    assert {id: download.state for id, download in listing.downloads.items()} == {"a": "completed", "b": "completed"}


async def test_without_a_key_one_is_asked_for() -> None:
    with pytest.raises(ClientUnauthorized, match="wants an API key: set api_key to the one from Config"):
        await client(Sab(), key="").poll(complete=True)


async def test_refused_keys_are_tried_at_most_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(_http, "time", SimpleNamespace(monotonic=lambda: clock.now))
    sab = Sab()
    box = client(sab, key="wrong")
    for clock.now in (0, 1, 60, 1799, 1801, 1802, 4000, 100_000):
        with pytest.raises(ClientUnauthorized, match="refuses the API key"):
            await box.poll(complete=True)
    assert sum(call.get("apikey") == "wrong" for call in sab.calls) == 2


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("/", "http://h:8080/"),
        ("/", "http://h:8080/api"),
        ("/", "http://h:8080/sabnzbd/"),
        ("/sabnzbd/", "http://h:8080"),
        ("/sabnzbd/", "http://h:8080/sabnzbd"),
        ("/sabnzbd/", "http://h:8080/sabnzbd/api"),
        ("/my/sab/", "http://h/my/sab"),
    ],
)
async def test_the_api_is_found_below_and_above_the_url_and_remembered(base: str, url: str) -> None:
    sab = Sab(base)
    box = client(sab, url)
    await box.poll(complete=True)
    sab.urls.clear()
    await box.poll(complete=False)
    assert [urlsplit(address).path for address in sab.urls] == [f"{base}api"] * 2
    assert await Sabnzbd.identify(box.http) == "locked"


async def test_identify_tells_an_open_one_and_others_apart() -> None:
    sab = Sab()
    sab.key = None  # type: ignore[assignment]
    assert await Sabnzbd.identify(client(sab).http) == "open"
    assert await Sabnzbd.identify(client(Sab("/elsewhere/")).http) is None
    dead = httpx.MockTransport(lambda request: httpx.Response(302, headers={"location": "/login"}))
    assert await Sabnzbd.identify(client(dead).http) is None


async def test_what_is_secret_or_noise_is_left_out() -> None:
    sab = Sab()
    sab.queue = [
        job("a", "Paused", password="hunter2", labels=["ENCRYPTED", "PROPAGATING 4 min"], cat="None"),
        job("b/+#", "Grabbing", mb="0.00", mbleft="0.00", labels=["WAIT 23 sec"]),
        job("c", "Sleeping"),
    ]
    link = "https://user:hunter2@indexer.example/get?apikey=hunter2"
    sab.history = [
        past("d", "Failed", fail_message=f'<a href="{link}">URL Fetching failed</a>; {link}', password="hunter2"),
        past("e", script_line="Exit(1): no space"),
        past("f", "Deleted"),
    ]
    listing = await client(sab).poll(complete=True)
    assert "hunter2" not in repr(listing)
    told = {download.native_id: download for download in listing.downloads.values()}
    assert told.keys() == {"a", "b/+#", "c", "d", "e"}
    assert (told["a"].warning, told["a"].category) == ("ENCRYPTED", None)
    assert (told["b/+#"].state, told["b/+#"].size, told["b/+#"].progress) == ("metadata", None, None)
    assert told["b/+#"].id.startswith("x")
    assert (told["b/+#"].warning, told["c"].state, told["c"].native_state) == (None, "unknown", "Sleeping")
    assert told["d"].error == "URL Fetching failed ; https://indexer.example"
    assert told["e"].warning == "Exit(1): no space"


HOSTILE = (
    b"", b"<html>", b"null", b"[]", b"{}", b"true", b'"x"', b"\xff\xfe", b'{"queue":', b'{"queue":null,"history":null}',
    b'{"queue":{},"history":{}}', b'{"queue":[],"history":[]}', b'{"queue":{"slots":null},"history":true}',
    b'{"queue":{"slots":{}},"history":{"slots":{},"noofslots":1,"last_history_update":1}}',
    b'{"history":{"slots":[],"noofslots":NaN,"last_history_update":"x"},"queue":{"slots":[],"paused":"maybe"}}',
    b'{"queue":{"slots":[null]},"history":{"slots":[null],"noofslots":1,"last_history_update":1}}',
    b'{"queue":{"slots":[[]]},"history":{"slots":[{}],"noofslots":1,"last_history_update":1}}',
    b'{"status":false,"error":"\xff"}', b'{"status":false,"error":7}', b'{"history":false}', b"[" * 100_000,
    b'{"queue":{"slots":' + b"[" * 5000 + b"]" * 5000 + b"}}",
)  # fmt: skip
ODD = (
    "null", "-1", "1e400", "NaN", "Infinity", "9" * 400, '""', '"None"', '"12,5"', '"nan"', "[]", "{}", "true",
    '"\\ud800"', '"\xff\x00"', '"' + "x" * 10_000 + '"', '"a/b+c#"',
)  # fmt: skip


@pytest.mark.parametrize("mode", ["version", "queue", "history", "auth"])
@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: repr(body[:40]))
async def test_a_broken_answer_is_a_client_error(mode: str, body: bytes) -> None:
    sab = Sab()
    sab.instead[mode] = body
    await _listing_or_error(client(sab, key="wrong" if mode == "auth" else KEY))


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
@pytest.mark.parametrize("row", [job("a"), past("a"), past("a", "Failed", fail_message="", storage="", script_line="")])
async def test_a_row_with_an_odd_value_is_read_or_refused(row: dict[str, Any], odd: str) -> None:
    for key in (*row, "labels", "priority", "index", "time_added"):
        text = json.dumps({**row, key: "@"}).replace('"@"', odd)
        sab = Sab()
        sab.instead = {
            "queue": b'{"queue":{"version":"4","kbpersec":%s,"diskspace1":%s,"slots":[%s]}}'
            % (odd.encode("latin-1"), odd.encode("latin-1"), text.encode("latin-1")),
            "history": b'{"history":{"noofslots":1,"last_history_update":1,"slots":[%s]}}' % text.encode("latin-1"),
        }
        await _listing_or_error(client(sab))


async def _listing_or_error(box: Sabnzbd) -> None:
    try:
        listing = await box.poll(complete=True)
    except ClientError:
        return
    for id, download in listing.downloads.items():
        assert msgspec.json.decode(msgspec.json.encode(download), type=Download) == download
        assert level(id) == download.id


@pytest.mark.parametrize(
    ("status", "text", "error", "says"),
    [
        (401, "", ClientUnauthorized, "a proxy stands before it"),
        (404, "", ClientAnswerError, "base path is wrong"),
        (500, "", ClientAnswerError, "500"),
        (502, "", ClientOffline, "502"),
        (403, "Access denied - Configuration locked", ClientAnswerError, "Configuration locked"),
        (200, '{"status":false,"error":"API Key Incorrect"}', ClientUnauthorized, "refuses the API key"),
    ],
)
async def test_every_refusal_has_its_sentence(status: int, text: str, error: type[ClientError], says: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if b"mode=version" in request.content and status == 200:
            return httpx.Response(200, json={"version": "2.3.9"})
        return httpx.Response(status, text=text)

    with pytest.raises(error, match=says):
        await client(httpx.MockTransport(answer)).poll(complete=True)
