"""Flasharr's words, against a model of its page's store, and a running relay."""

import asyncio
import contextlib
import json
import re
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
import msgspec
import pytest
import websockets
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from websockets.asyncio.client import ClientConnection

from downloads2mqtt.contract.download import STATES
from downloads2mqtt.contract.frames import SnapshotFrame
from downloads2mqtt.mqtt.message import Outgoing
from downloads2mqtt.relay.dialect import Follower
from downloads2mqtt.relay.flasharr import messages, stats, task, websocket
from downloads2mqtt.relay.flasharr.messages import FEW, Speech
from downloads2mqtt.relay.hub import channel
from downloads2mqtt.relay.hub.channel import Filter
from downloads2mqtt.relay.hub.frame import Encoded
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.reader import Reader
from downloads2mqtt.relay.hub.scope import Scope
from tests.bridge.relay.builders import AT, download, info, status
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.people import bearer, token

TASK = re.findall(
    r"\w+",
    "id url original_url filename destination state progress size downloaded speed eta host category priority segments "
    "retry_count created_at started_at completed_at wait_until error_message url_metadata error_history fshare_code "
    "batch_id batch_name tmdb_id tmdb_title tmdb_season tmdb_episode quality resolution arr_series_id arr_movie_id "
    "arr_announced arr_announce_error",
)
COUNTS = {"all", "downloading", "queued", "paused", "completed", "failed", "cancelled"}
STATS = {"active_downloads", "queued", "completed", "failed", "paused", "cancelled", "total_speed", "db_counts"}
BATCH = re.findall(
    r"\w+",
    "batch_id batch_name total_items completed_items failed_items downloading_items paused_items queued_items "
    "total_size downloaded_size progress speed created_at state",
)
ABILITIES = ("add", "pause", "resume", "remove")


class Store:
    """What Flasharr's page makes of messages: rows by id, put or taken away, and nothing is ever all there is."""

    def __init__(self) -> None:
        self.tasks: dict[str, dict[str, Any]] = {}
        self.kinds: list[str] = []
        self.stats: dict[str, Any] = {}

    def apply(self, text: str | bytes) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(text)
        self.kinds.append(message["type"])
        match message["type"]:
            case "SYNC_ALL" | "TASK_BATCH_UPDATE":
                for row in message["tasks"]:
                    self._put(row)
            case "TASK_ADDED" | "TASK_UPDATED":
                self._put(message["task"])
            case "TASK_REMOVED":
                assert self.tasks.pop(message["task_id"], None) is not None, "removes what was never told"
            case "ENGINE_STATS":
                assert message["stats"] != self.stats, "the same again"
                self.stats = message["stats"]
            case other:
                raise AssertionError(other)
        return message

    def _put(self, row: dict[str, Any]) -> None:
        assert list(row) == TASK
        self.tasks[row["id"]] = row


def expected(hub: Hub, wanted: Filter) -> dict[str, dict[str, Any]]:
    snapshot = hub.channels.snapshot(wanted).message
    assert isinstance(snapshot, SnapshotFrame)
    rows = [json.loads(msgspec.json.encode(task.task(one))) for one in snapshot.downloads]
    return {row["id"]: row for row in rows}


class Page:
    """A reader at the end of a connection that takes `room` frames until it is opened again."""

    def __init__(self, hub: Hub, speech: Speech, wanted: Filter, room: float) -> None:
        self.store, self.hub, self.wanted, self.room, self.speech = Store(), hub, wanted, room, speech
        self.reader = Reader(Follower(hub.channels, wanted, self._send).send)
        hub.channels.join(self.reader, wanted, heartbeat=15, control="off")

    def open(self) -> None:
        self.room = float("inf")
        if self.reader.lagging:
            self.hub.channels.drained(self.reader)

    def _send(self, frame: Encoded[Any]) -> bool:
        self.room -= 1
        for text in frame.wire(self.speech):
            self.store.apply(text)
        return self.room > 0


IDS = st.sampled_from("abc")
CLIENTS = st.sampled_from(["seedbox", "usenet"])
WANTED = st.sampled_from([Filter(), Filter(scope=Scope(categories=frozenset({"tv"})))])


class Interleavings(RuleBasedStateMachine):
    """The bus, flushes, and pages that come, lag and drain, in any order; all rows anew when more than a few waited."""

    @initialize()
    def begin(self) -> None:
        self._few = patch.object(channel, "SLOTS", 1)
        self._few.start()
        self.hub, self.now, self.pages = Hub("e"), 0.0, list[Page]()
        self.speech = Speech(self.hub.get)
        self.hub.broker(True)

    @rule(id=IDS, client=CLIENTS, state=st.sampled_from(STATES), progress=st.integers(0, 3), tv=st.booleans())
    def say(self, id: str, client: str, state: str, progress: int, tv: bool) -> None:
        category = "tv" if tv else None
        self.hub.download(download(id, client, state=state, progress=float(progress), category=category))

    @rule(id=IDS, client=CLIENTS)
    def remove(self, id: str, client: str) -> None:
        self.hub.remove_download(client, id)

    @rule(seconds=st.sampled_from([0.0, 0.2, 0.6]))
    def flush(self, seconds: float) -> None:
        self.now += seconds
        self.hub.flush(self.now)

    @rule(wanted=WANTED, room=st.sampled_from([1, 2, 3, 5, float("inf")]))
    def join(self, wanted: Filter, room: float) -> None:
        self.pages.append(Page(self.hub, self.speech, wanted, room))

    @rule(which=st.integers(0, 5), room=st.sampled_from([1, 2, float("inf")]))
    def drain(self, which: int, room: float) -> None:
        for page in self.pages[which : which + 1]:
            page.room = room
            if page.reader.lagging:
                self.hub.channels.drained(page.reader)

    @invariant()
    def those_in_step_hold_what_was_told(self) -> None:
        for page in getattr(self, "pages", []):
            if not page.reader.lagging:
                assert page.store.tasks == expected(self.hub, page.wanted)

    def teardown(self) -> None:
        if hasattr(self, "hub"):
            self.hub.flush(self.now + 1)
            for page in self.pages:
                page.open()
                assert page.store.tasks == expected(self.hub, page.wanted)
            self._few.stop()


TestInterleavings = Interleavings.TestCase
TestInterleavings.settings = settings(max_examples=150, stateful_step_count=30)


# The words


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("queued", "QUEUED"),
        ("metadata", "STARTING"),
        ("checking", "STARTING"),
        ("downloading", "DOWNLOADING"),
        ("stalled", "DOWNLOADING"),
        ("paused", "PAUSED"),
        ("processing", "EXTRACTING"),
        ("seeding", "COMPLETED"),
        ("completed", "COMPLETED"),
        ("failed", "FAILED"),
        ("unknown", "WAITING"),
    ],
)
def test_states(state: str, told: str) -> None:
    assert task.task(download(state=state)).state == told


def test_a_task_whole() -> None:
    row = msgspec.to_builtins(
        task.task(
            download(
                "6f",
                progress=45.5,
                size=1000,
                downloaded=455,
                download_rate=100,
                eta=5,
                category="tv",
                path="/secret/folder/x.mkv",
                added_at=AT,
                error="no space",
            )
        )
    )
    assert list(row) == TASK
    assert "secret" not in json.dumps(row)
    told = {name: value for name, value in row.items() if value not in (None, "", [], ())}
    assert told == {
        "id": "seedbox:6f",
        "filename": "name of 6f",
        "state": "DOWNLOADING",
        "progress": 45.5,
        "size": 1000,
        "downloaded": 455,
        "speed": 100.0,
        "eta": 5.0,
        "host": "seedbox",
        "category": "tv",
        "priority": 0,
        "segments": 1,
        "retry_count": 0,
        "created_at": AT,
        "error_message": "no space",
        "batch_id": row["batch_id"],
        "batch_name": "tv · seedbox",
        "arr_announced": False,
    }
    assert [type(row[name]) for name in ("progress", "speed", "eta")] == [float, float, float]


@pytest.mark.parametrize(
    ("fields", "progress", "downloaded"),
    [
        ({"progress": None, "size": 200, "downloaded": 50}, 25.0, 50),
        ({"progress": 25.0, "size": 200}, 25.0, 50),
        ({"progress": None, "size": None}, 0.0, 0),
        ({"progress": None, "size": 0, "downloaded": 7}, 0.0, 7),
        ({"progress": None, "size": 200, "state": "completed"}, 100.0, 200),
    ],
)
def test_what_no_client_tells(fields: dict[str, Any], progress: float, downloaded: int) -> None:
    row = task.task(download(**fields))
    assert (row.progress, row.downloaded) == (progress, downloaded)


@pytest.mark.parametrize("category", ["tv", "tv/hd", "a?b#c%2F &", "дом", "x" * 200])
def test_a_batch_goes_into_an_address_as_it_is(category: str) -> None:
    one, other = (task.batch_id(download(client=client, category=category)) for client in ("a", "b"))
    assert one != other
    assert re.fullmatch(r"a:[A-Za-z0-9_-]+", one or "")


def test_counts_agree_with_the_filter() -> None:
    rows = [download(str(number), state=state, download_rate=3) for number, state in enumerate(STATES)]
    told = msgspec.to_builtins(stats.engine_stats(rows))
    assert told.keys() == STATS
    assert told["db_counts"].keys() == COUNTS
    assert told["db_counts"] == {
        "all": 11,
        "downloading": 5,
        "queued": 2,
        "paused": 1,
        "completed": 2,
        "failed": 1,
        "cancelled": 0,
    }
    assert told["total_speed"] == 33.0


# Over the socket


class Client:
    def __init__(self, connection: ClientConnection) -> None:
        self.connection, self.store = connection, Store()

    async def next(self, seconds: float = 5.0) -> dict[str, Any]:
        return self.store.apply(await asyncio.wait_for(self.connection.recv(), seconds))

    async def until(self, kind: str) -> dict[str, Any]:
        while (message := await self.next())["type"] != kind:
            pass
        return message


def connect(relay: Relay, path: str = "/api/ws", **options: Any) -> websockets.connect:
    return websockets.connect(relay.url(path, "ws"), max_size=None, proxy=None, **options)


async def test_a_life(relay: Relay) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    await relay.until(lambda relay: relay.hub.get("seedbox:a"))
    async with connect(relay) as connection:
        page = Client(connection)
        assert [row["id"] for row in (await page.until("SYNC_ALL"))["tasks"]] == ["seedbox:a"]
        assert (await page.until("ENGINE_STATS"))["stats"]["active_downloads"] == 1
        relay.say("client/seedbox/download/b", download("b", category="tv"))
        assert (await page.until("TASK_ADDED"))["task"]["id"] == "seedbox:b"
        relay.say("client/seedbox/download/b", download("b", category="tv", progress=50.0))
        assert [row["progress"] for row in (await page.until("TASK_BATCH_UPDATE"))["tasks"]] == [50.0]
        relay.say("client/seedbox/download/b", download("b", category="tv", state="failed", error="no space"))
        moved = (await page.until("TASK_UPDATED"))["task"]
        assert (moved["state"], moved["error_message"]) == ("FAILED", "no space")
        relay.say("client/seedbox/download/b", b"")
        assert (await page.until("TASK_REMOVED"))["task_id"] == "seedbox:b"
        await connection.send("nobody listens")
        await connection.send(b"\xff")
        relay.say("client/seedbox/download/a", download("a", state="paused"))
        assert (await page.until("TASK_UPDATED"))["task"]["state"] == "PAUSED"
        counts = (await page.until("ENGINE_STATS"))["stats"]["db_counts"]
        assert (counts["all"], counts["paused"]) == (1, 1)


@pytest.mark.parametrize(("said", "code"), [(["x" * 33_000], 1009), (["x"] * 30, 1008)])
async def test_a_page_that_says_too_much_is_let_go(relay: Relay, said: list[str], code: int) -> None:
    async with connect(relay, compression=None) as connection, connect(relay) as other:
        with contextlib.suppress(websockets.ConnectionClosed):
            for text in said:
                await connection.send(text)
        async with asyncio.timeout(5):
            await connection.wait_closed()
        assert connection.close_code == code
        relay.say("client/seedbox/download/a", download("a"))
        await Client(other).until("TASK_ADDED")
    await relay.until(lambda relay: len(relay.server.connections) == len(relay.hub.channels) == 0)


def test_totals_come_as_often_as_is_said() -> None:
    text = (Path(__file__).parents[3] / "docs" / "flasharr.md").read_text(encoding="utf-8")
    assert websocket.STATS_SECONDS == 2
    assert f"every {websocket.STATS_SECONDS:.0f} s" in text


@pytest.fixture
async def often(start: Start, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Relay, Client]]:
    """A relay that tells totals often, and a page that heard the first."""
    monkeypatch.setattr("downloads2mqtt.relay.flasharr.websocket.STATS_SECONDS", 0.05)
    relay = await start()
    await relay.greet("seedbox")
    async with connect(relay) as connection:
        page = Client(connection)
        await page.until("ENGINE_STATS")
        yield relay, page


async def test_totals_only_when_they_changed(often: tuple[Relay, Client]) -> None:
    relay, page = often
    with pytest.raises(TimeoutError):
        await page.next(0.4)
    relay.say("client/seedbox/download/a", download("a"))
    await page.until("ENGINE_STATS")
    assert page.store.kinds == ["SYNC_ALL", "ENGINE_STATS", "TASK_ADDED", "ENGINE_STATS"]


async def test_a_page_that_lags_is_told_totals_when_it_reads_again(often: tuple[Relay, Client]) -> None:
    relay, page = often
    (reader,) = relay.hub.channels
    reader.lagging = True
    relay.say("client/seedbox/download/a", download("a"))
    await relay.until(lambda relay: expected(relay.hub, Filter()))
    with pytest.raises(TimeoutError):
        await page.next(0.4)
    relay.hub.channels.drained(reader)
    assert (await page.next())["type"] == "TASK_ADDED"
    assert (await page.until("ENGINE_STATS"))["stats"]["active_downloads"] == 1


async def test_many_that_change_at_once_are_told_in_one_message(relay: Relay) -> None:
    ids = [f"n{number}" for number in range(FEW + 1)]
    for id in ids:
        relay.hub.download(download(id))
    relay.hub.flush(time.monotonic())
    async with connect(relay) as connection:
        page = Client(connection)
        await page.until("SYNC_ALL")
        for some in (ids, ids[1:]):
            state = "paused" if some is ids else "downloading"
            for id in some:
                relay.hub.download(download(id, state=state))
            relay.hub.flush(time.monotonic() + 1)
            while page.store.tasks != expected(relay.hub, Filter()):
                await page.next()
        kinds = [kind for kind in page.store.kinds if kind.startswith("TASK")]
        assert kinds == ["TASK_BATCH_UPDATE", *["TASK_UPDATED"] * FEW]


async def test_many_at_once_make_the_page_ask_once(relay: Relay) -> None:
    async with connect(relay) as connection:
        page = Client(connection)
        await page.until("SYNC_ALL")
        for number in range(FEW * 5):
            relay.say(f"client/seedbox/download/n{number}", download(f"n{number}", category="tv"))
        while len(page.store.tasks) < FEW * 5:
            await page.next()
        assert page.store.kinds.count("TASK_ADDED") <= FEW
        assert page.store.tasks == expected(relay.hub, Filter())


@pytest.mark.parametrize("compression", [None, "deflate"])
async def test_ten_thousand(relay: Relay, compression: str | None) -> None:
    for number in range(10_000):
        id = f"{number:040x}"
        relay.hub.download(download(id, name=f"Some.Release.S01E{number}.1080p", category="tv", added_at=AT))
    relay.hub.flush(time.monotonic())
    began = time.monotonic()
    async with connect(relay, compression=compression) as connection:
        page = Client(connection)
        await page.until("SYNC_ALL")
        assert len(page.store.tasks) == 10_000
    assert time.monotonic() - began < 5


async def test_a_page_that_lags_ends_with_what_is(relay: Relay) -> None:
    for number in range(3000):
        relay.hub.download(download(f"{number}", name="x" * 4000))
    async with connect(relay, max_queue=1, compression=None) as connection:
        page = Client(connection)
        await relay.until(lambda relay: any(reader.lagging for reader in relay.hub.channels))
        for number in range(2000):
            relay.hub.remove_download("seedbox", f"{number}")
        relay.hub.download(download("new", state="paused"))
        relay.hub.flush(time.monotonic())
        while len(page.store.tasks) != 1001 or "seedbox:new" not in page.store.tasks:
            await page.next()
        assert page.store.tasks == expected(relay.hub, Filter())


async def test_sees_only_its_scope(start: Start) -> None:
    relay = await start(tokens={"wall": token(clients=["seedbox"], categories=["tv"])})
    await relay.greet("seedbox", "hidden")
    for client, category in (("seedbox", "tv"), ("seedbox", "private"), ("hidden", "tv")):
        relay.say(f"client/{client}/download/{category}", download(category, client, category=category))
    with pytest.raises(websockets.InvalidStatus, match="401"):
        await connect(relay).__aenter__()
    async with connect(relay, additional_headers=bearer()) as connection:
        page = Client(connection)
        await page.until("ENGINE_STATS")
        assert (list(page.store.tasks), page.store.stats["db_counts"]["all"]) == (["seedbox:tv"], 1)
    async with httpx.AsyncClient(trust_env=False, headers=bearer(), base_url=relay.url()) as http:
        assert (await http.get("api/downloads")).json()["status_counts"]["all"] == 1
        for hidden, missing in (("hidden:tv", "hodden:tv"), ("seedbox:private", "seedbox:privite")):
            for method, after in (("GET", ""), ("DELETE", ""), ("POST", "/pause"), ("POST", "/retry")):
                answers = [await http.request(method, f"api/downloads/{id}{after}") for id in (hidden, missing)]
                assert [answer.status_code for answer in answers] == [404, 404]
                assert answers[0].text.replace(hidden, missing) == answers[1].text, "as what is not there"


async def test_other_pages_do_not_get_in(relay: Relay) -> None:
    with pytest.raises(websockets.InvalidStatus, match="403"):
        await connect(relay, origin="https://evil.example").__aenter__()


# Requests


class Bridge:
    """Answers requests, as a bridge on the bus does."""

    def __init__(self, relay: Relay, answers: Mapping[str, dict[str, Any]] | None = None) -> None:
        self.relay, self.answers = relay, answers or {}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        relay.feed.attach(self)

    async def publish(self, outgoing: Sequence[Outgoing]) -> None:
        for message in outgoing:
            place, verb = message.topic.removeprefix("downloads2mqtt/").split("/request/")
            fields = json.loads(message.payload)
            if verb == "snapshot":
                continue
            transaction = fields.pop("transaction")
            self.asked.append((f"{place}/{verb}", fields))
            answer = self.answers.get(f"{place}/{verb}", {"status": "ok"})
            self.relay.say(f"{place}/response/{verb}", {"transaction": transaction, **answer})


@pytest.fixture
async def http(relay: Relay) -> Any:
    for client in ("seedbox", "usenet"):
        protocol = "usenet" if client == "usenet" else "torrent"
        relay.say(f"client/{client}/status", status(client, abilities=ABILITIES, protocol=protocol))
    relay.say("bridge/main/info", info("seedbox", "usenet"))
    rows = [
        download("a", category="tv/hd", added_at="2026-11-01T00:00:00Z", size=100, progress=50.0, download_rate=10),
        download("b", category="tv/hd", added_at="2026-11-02T00:00:00Z", state="failed", size=300, progress=0.0),
        download("c", state="paused", added_at="2026-11-03T00:00:00Z", size=None, progress=None),
        download("d", "usenet", state="seeding", name="Zed", added_at="2026-11-04T00:00:00Z", size=5),
        download("e", "usenet", state="metadata", name="alpha", size=7, progress=1.0),
    ]
    for row in rows:
        relay.say(f"client/{row.client}/download/{row.id}", row)
    relay.hub.flush(time.monotonic() + 1)
    async with httpx.AsyncClient(trust_env=False, base_url=relay.url()) as http:
        yield http


def ids(rows: list[dict[str, Any]]) -> str:
    return "".join(row["id"].partition(":")[2] for row in rows)


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", "dcbae"),
        ("sort_dir=asc", "eabcd"),
        ("sort_by=size", "baedc"),
        ("sort_by=size&sort_dir=asc", "cdeab"),
        ("sort_by=filename&sort_dir=asc", "eabcd"),
        ("sort_by=progress", "adebc"),
        ("sort_by=status&sort_dir=asc", "aecbd"),
        ("sort_by=nonsense&sort_dir=nonsense", "dcbae"),
        ("status=DOWNLOADING", "ae"),
        ("status=completed", "d"),
        ("status=STARTING", "e"),
        ("status=CANCELLED", ""),
        ("status=ALL", "dcbae"),
        ("page=2&limit=2", "ba"),
        ("page=99", ""),
        ("page=0&limit=0", "d"),
    ],
)
async def test_lists(http: httpx.AsyncClient, query: str, listed: str) -> None:
    page = (await http.get(f"api/downloads?{query}")).json()
    assert ids(page["downloads"]) == listed
    assert list(page) == ["downloads", "stats", "status_counts", "total", "page", "limit", "total_pages"]
    assert all(list(row) == TASK for row in page["downloads"])
    assert page["stats"].keys() == STATS
    assert page["status_counts"] == {
        "all": 5,
        "downloading": 2,
        "queued": 0,
        "paused": 1,
        "completed": 1,
        "failed": 1,
        "cancelled": 0,
    }
    assert page["total_pages"] == -(-page["total"] // page["limit"])


@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_equals_keep_their_order(relay: Relay, http: httpx.AsyncClient, order: str) -> None:
    """Else one would be on two pages, and another on none."""
    for id in "zxy":
        relay.say(f"client/seedbox/download/{id}", download(id, added_at="2026-12-01T00:00:00Z"))
    relay.hub.flush(time.monotonic() + 2)
    page = (await http.get("api/downloads", params={"sort_dir": order})).json()
    assert "xyz" in ids(page["downloads"])


async def test_a_body_that_does_not_come_whole(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("downloads2mqtt.relay.flasharr.rest.BODY_SECONDS", 0.3)
    reader, writer = await asyncio.open_connection(*relay.server.address)
    head = f"POST /api/downloads HTTP/1.1\r\nHost: {relay.authority}\r\nContent-Length: 100\r\n\r\n"
    writer.write(head.encode() + b'{"url":')
    assert b"400" in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


@pytest.mark.parametrize("path", ["", "/batches"])
async def test_a_page_lists_a_hundred_at_most(relay: Relay, http: httpx.AsyncClient, path: str) -> None:
    for number in range(101):
        relay.say(f"client/seedbox/download/x{number}", download(f"x{number}"))
    relay.hub.flush(time.monotonic() + 2)
    listed = (await http.get(f"api/downloads{path}", params={"limit": "5000"})).json()
    assert (listed["limit"], listed["total_pages"]) == (100, 2)
    assert len([*listed.get("downloads", ()), *listed.get("batches", ()), *listed.get("standalone", ())]) == 100


async def test_batches(http: httpx.AsyncClient) -> None:
    first = (await http.get("api/downloads/batches?limit=2&page=1")).json()
    assert (len(first["batches"]), ids(first["standalone"])) == (1, "d")
    assert (first["total"], first["total_pages"]) == (4, 2)
    assert ids((await http.get("api/downloads/batches?limit=2&page=2")).json()["standalone"]) == "ce"
    assert (await http.get("api/downloads/batches?status=PAUSED")).json()["batches"] == []
    batch = first["batches"][0]
    assert list(batch) == BATCH
    assert {name: value for name, value in batch.items() if name != "batch_id"} == {
        "batch_name": "tv/hd · seedbox",
        "total_items": 2,
        "completed_items": 0,
        "failed_items": 1,
        "downloading_items": 1,
        "paused_items": 0,
        "queued_items": 0,
        "total_size": 400,
        "downloaded_size": 50,
        "progress": 12.5,
        "speed": 10.0,
        "created_at": "2026-11-01T00:00:00Z",
        "state": "FAILED",
    }
    items = (await http.get(f"api/downloads/batch/{batch['batch_id']}/items")).json()
    assert (ids(items), items[0]["batch_id"]) == ("ab", batch["batch_id"])
    progress = (await http.get(f"api/downloads/batch/{batch['batch_id']}/progress")).json()
    assert (progress["overall_progress"], progress["estimated_time_remaining"]) == (12.5, 35.0)


async def test_one_and_totals(http: httpx.AsyncClient) -> None:
    assert list((await http.get("api/downloads/seedbox:a")).json()) == TASK
    assert (await http.get("api/downloads/seedbox%3Aa")).json()["id"] == "seedbox:a"
    assert (await http.get("api/downloads/stats")).json()["db_counts"]["all"] == 5
    for path in ("health", "api/health"):
        assert (await http.get(path)).json()["status"] == "ok"


async def test_nobody_keeps_an_answer(http: httpx.AsyncClient) -> None:
    for path in ("", "/batches", "/stats", "/nothing"):
        assert (await http.get(f"api/downloads{path}")).headers["Cache-Control"] == "no-store"


TV = task.batch_id(download(category="tv/hd"))


@pytest.mark.parametrize(
    ("method", "path", "asked", "answer"),
    [
        ("POST", "seedbox:a/pause", [("client/seedbox/pause", {"ids": ["a"]})], {"success": True}),
        ("POST", "seedbox:c/resume", [("client/seedbox/resume", {"ids": ["c"]})], {"success": True}),
        ("POST", "seedbox:b/retry", [("client/seedbox/resume", {"ids": ["b"]})], {"success": True}),
        (
            "DELETE",
            "usenet:d",
            [("client/usenet/remove", {"ids": ["d"], "delete_data": False})],
            {"success": True},
        ),
        (
            "DELETE",
            "usenet:d?delete_data=true",
            [("client/usenet/remove", {"ids": ["d"], "delete_data": True})],
            {"success": True},
        ),
        (
            "POST",
            "pause-all",
            [("client/seedbox/pause", {"ids": ["a"]}), ("client/usenet/pause", {"ids": ["e"]})],
            {"success": True, "affected": 2},
        ),
        ("POST", "resume-all", [("client/seedbox/resume", {"ids": ["c"]})], {"success": True, "affected": 1}),
        (
            "POST",
            f"batch/{TV}/pause",
            [("client/seedbox/pause", {"ids": ["a"]})],
            {"success": True, "affected": 1},
        ),
        ("POST", f"batch/{TV}/resume", [], {"success": True, "affected": 0}),
        (
            "DELETE",
            f"batch/{TV}",
            [("client/seedbox/remove", {"ids": ["a", "b"], "delete_data": False})],
            {"success": True, "affected": 2},
        ),
    ],
)
async def test_actions(
    relay: Relay,
    http: httpx.AsyncClient,
    method: str,
    path: str,
    asked: list[tuple[str, dict[str, Any]]],
    answer: dict[str, Any],
) -> None:
    bridge = Bridge(relay)
    reply = await http.request(method, f"api/downloads/{path}")
    assert (reply.status_code, reply.json()) == (200, answer)
    assert sorted(bridge.asked, key=str) == asked


@pytest.mark.parametrize("usenet", [{"abilities": ("add", "remove")}, {"state": "offline", "abilities": ABILITIES}])
async def test_all_are_paused_where_that_can_be(relay: Relay, http: httpx.AsyncClient, usenet: dict[str, Any]) -> None:
    relay.say("client/usenet/status", status("usenet", protocol="usenet", **usenet))
    relay.hub.flush(time.monotonic() + 2)
    bridge = Bridge(relay)
    reply = await http.post("api/downloads/pause-all")
    assert (reply.status_code, reply.json()) == (200, {"success": True, "affected": 1})
    assert bridge.asked == [("client/seedbox/pause", {"ids": ["a"]})]


@pytest.mark.parametrize("refuses", ["seedbox", "usenet"])
async def test_what_some_did_counts_where_others_refused(relay: Relay, http: httpx.AsyncClient, refuses: str) -> None:
    failed = {"status": "error", "error": {"code": "failed", "message": "the client said no"}}
    bridge = Bridge(relay, {f"client/{refuses}/pause": failed})
    reply = await http.post("api/downloads/pause-all")
    assert (reply.status_code, reply.json()) == (200, {"success": True, "affected": 1})
    assert len(bridge.asked) == 2


async def test_very_many_are_asked_for_in_several_requests(relay: Relay, http: httpx.AsyncClient) -> None:
    for number in range(500):
        relay.say(f"client/seedbox/download/x{number}", download(f"x{number}"))
    relay.hub.flush(time.monotonic() + 2)
    bridge = Bridge(relay)
    reply = await http.post("api/downloads/pause-all")
    assert reply.json() == {"success": True, "affected": 502}
    asked = [fields["ids"] for topic, fields in bridge.asked if topic == "client/seedbox/pause"]
    assert [len(ids) for ids in asked] == [500, 1]
    assert len({id for ids in asked for id in ids}) == 501


async def test_adds(relay: Relay, http: httpx.AsyncClient) -> None:
    bridge = Bridge(relay, {"bridge/main/add": {"status": "ok", "data": {"client": "usenet", "id": "n1"}}})
    body = {"url": "https://x.example/get/A%20B.nzb?apikey=s3cret", "category": "tv", "priority": "HIGH", "tmdb": {}}
    reply = (await http.post("api/downloads", json=body)).json()
    assert bridge.asked == [("bridge/main/add", {"url": body["url"], "category": "tv"})]
    assert [*TASK, "success", "task_id"] == list(reply)
    assert (reply["task_id"], reply["filename"], reply["state"]) == ("usenet:n1", "A B.nzb", "QUEUED")
    assert "s3cret" not in json.dumps(reply)


async def test_those_who_see_some_add_at_a_client_of_theirs(start: Start) -> None:
    relay = await start(tokens={"wall": token(clients=["seedbox"], control="safe")})
    await relay.greet("seedbox", "aaa")
    for client in ("seedbox", "aaa"):
        relay.say(f"client/{client}/status", status(client, abilities=ABILITIES))
    relay.hub.flush(time.monotonic() + 1)
    bridge = Bridge(relay)
    async with httpx.AsyncClient(trust_env=False, headers=bearer(), base_url=relay.url()) as http:
        reply = await http.post("api/downloads", json={"url": "magnet:?xt=urn:btih:" + "a" * 40})
        assert (reply.status_code, [topic for topic, _ in bridge.asked]) == (200, ["client/seedbox/add"])
        refused = await http.delete("api/downloads/seedbox:x")
        assert refused.status_code == 404


MAGNET = "magnet:?xt=urn:btih:" + "a" * 40


@pytest.mark.parametrize(("clients", "asked"), [(("aaa", "seedbox"), ["client/seedbox/add"]), (("aaa",), [])])
async def test_those_who_see_some_add_where_that_is_taken(
    start: Start, clients: Sequence[str], asked: list[str]
) -> None:
    relay = await start(tokens={"wall": token(clients=clients, control="safe")})
    await relay.greet("seedbox", "aaa", "bbb")
    relay.say("client/aaa/status", status("aaa", abilities=ABILITIES, protocol="usenet"))
    relay.say("client/seedbox/status", status("seedbox", abilities=ABILITIES))
    relay.hub.flush(time.monotonic() + 1)
    bridge = Bridge(relay)
    async with httpx.AsyncClient(trust_env=False, headers=bearer(), base_url=relay.url()) as http:
        reply = await http.post("api/downloads", json={"url": MAGNET})
        assert ([topic for topic, _ in bridge.asked], reply.status_code) == (asked, 200 if asked else 503)


async def test_what_was_there_and_is_hidden_is_not_told_to_who_adds_it(start: Start) -> None:
    relay = await start(tokens={"wall": token(categories=["films"], control="safe")})
    await relay.greet("seedbox")
    relay.say("client/seedbox/status", status("seedbox", abilities=ABILITIES))
    relay.say("client/seedbox/download/x", download("x", category="private", name="Hidden", state="paused"))
    relay.hub.flush(time.monotonic() + 1)
    Bridge(relay, {"client/seedbox/add": {"status": "ok", "data": {"client": "seedbox", "id": "x"}}})
    async with httpx.AsyncClient(trust_env=False, headers=bearer(), base_url=relay.url()) as http:
        told = (await http.post("api/downloads", json={"url": MAGNET, "category": "films"})).json()
        assert (told["id"], told["category"], told["state"]) == ("seedbox:x", "films", "QUEUED")
        assert "Hidden" not in json.dumps(told)


@pytest.mark.parametrize(
    ("method", "path", "options", "code"),
    [
        ("GET", "", {"params": {"page": "x"}}, 400),
        ("GET", "", {"params": {"limit": "-1"}}, 400),
        ("GET", "", {"params": {"page": "9" * 40}}, 400),
        ("GET", "/nothing", {}, 404),
        ("GET", "/seedbox:zz", {}, 404),
        ("POST", "/seedbox:zz/pause", {}, 404),
        ("POST", "/seedbox:a/retry", {}, 400),
        ("POST", "/seedbox:a/redownload", {}, 501),
        ("GET", "/batch/none/items", {}, 404),
        ("POST", "/batch/none/pause", {}, 404),
        ("DELETE", "/batch/none", {}, 404),
        ("POST", "", {"content": b""}, 400),
        ("POST", "", {"content": b"\xff\x00"}, 400),
        ("POST", "", {"content": b"[" * 100_000}, 400),
        ("POST", "", {"json": {"url": 7}}, 400),
        ("POST", "", {"json": {"url": "ftp://x"}}, 400),
        ("POST", "", {"json": {"url": "http://[/"}}, 400),
        ("POST", "", {"content": b" " * 500_000}, 413),
        ("POST", "/pause-all", {"headers": {"Origin": "https://evil.example"}}, 403),
        ("POST", "/seedbox:c/resume", {}, 502),
        ("POST", "/resume-all", {}, 502),
    ],
)
async def test_what_goes_wrong_is_said(
    relay: Relay, http: httpx.AsyncClient, method: str, path: str, options: dict[str, Any], code: int
) -> None:
    failed = {"status": "error", "error": {"code": "failed", "message": "the client said no"}}
    Bridge(relay, {"client/seedbox/resume": failed})
    reply = await http.request(method, f"api/downloads{path}", **options)
    assert reply.status_code == code
    told = reply.json()
    assert told["success"] is False
    assert told["message"] == told["error"]
    assert len(told["message"]) > 5


async def test_without_a_broker(relay: Relay, http: httpx.AsyncClient) -> None:
    relay.feed.on_disconnect()
    relay.hub.flush(time.monotonic() + 2)
    assert (await http.post("api/downloads/seedbox:a/pause")).status_code == 503
    assert (await http.post("api/downloads", json={"url": "magnet:?xt=urn:btih:" + "a" * 40})).status_code == 503
    assert (await http.post("api/downloads/pause-all")).json() == {"success": True, "affected": 0}
    assert (await http.get("api/health")).status_code == 503


async def test_who_is_not_known_is_told_so(start: Start) -> None:
    relay = await start(tokens={"wall": token()})
    async with httpx.AsyncClient(trust_env=False, base_url=relay.url()) as http:
        reply = await http.get("api/downloads")
        assert (reply.status_code, reply.json()["success"]) == (401, False)
        assert reply.headers["WWW-Authenticate"] == "Bearer"
        assert (await http.get("health")).status_code == 503


def test_messages_are_made_once_for_all() -> None:
    hub = Hub("e")
    hub.download(download("a"))
    hub.flush(0.0)
    frame = hub.channels.snapshot()
    assert frame.wire(Speech(hub.get)) is frame.wire(Speech(hub.get))
    assert frame.wire(messages.stats) is frame.wire(messages.stats)
