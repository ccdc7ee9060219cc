"""The hub of downloads, as a page of Listenarr's uses it: a raw WebSocket, and a store that believes every list."""

import asyncio
import json
from contextlib import AsyncExitStack
from typing import Any

import msgspec
import pytest
from msgspec import structs

from downloads2mqtt.contract.download import STATES, Download
from downloads2mqtt.contract.event import Notification
from downloads2mqtt.contract.frames import ClientView, Delta, SnapshotFrame
from downloads2mqtt.relay.hub.channel import event_frame
from downloads2mqtt.relay.hub.scope import Grant, Scope
from downloads2mqtt.relay.signalr import downloads, downloads_audience
from tests.bridge.relay.builders import AT, download, event, stats, status
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.signalr_clients import Raw, raw


class Page:
    """What Listenarr's store makes of what it is told: a list replaces, an update upserts, and what is not in the
    queue is deleted. It answers every ping with one, and sends its own only while it is visible."""

    def __init__(self, client: Raw, *, visible: bool = True) -> None:
        self.client, self.visible = client, visible
        self.rows: dict[str, dict[str, Any]] = {}
        self.sizes: list[int] = []
        self.pings = 0

    async def run(self) -> None:
        while True:
            await self.take(await self.client.next(60))

    async def take(self, message: dict[str, Any]) -> None:
        match message:
            case {"type": 1, "target": "DownloadsList", "arguments": [list() as rows]}:
                self.rows = {row["id"]: row for row in rows}
            case {"type": 1, "target": "DownloadUpdate", "arguments": [list() as rows]}:
                self.rows |= {row["id"]: row for row in rows}
            case {"type": 1, "target": "QueueUpdate", "arguments": [list() as rows]}:
                listed = {row["id"] for row in rows}
                self.rows = {id: row for id, row in self.rows.items() if id in listed}
            case {"type": 6}:
                self.pings += 1
                await self.client.say({"type": 6})
        self.sizes.append(len(self.rows))

    async def until(self, *ids: str, **fields: Any) -> None:
        async with asyncio.timeout(8):
            while set(self.rows) != set(ids) or any(not fields.items() <= row.items() for row in self.rows.values()):
                await self.take(await self.client.next(8))


async def told(relay: Relay, *ids: str, client: str = "seedbox", **fields: Any) -> None:
    """These downloads are there, and readers were told."""
    for id in ids:
        relay.say(f"client/{client}/download/{id}", download(id, client, **fields))
    await relay.until(lambda relay: set(ids) <= {row.id for row in listed(relay)})


def listed(relay: Relay) -> list[Download]:
    snapshot = relay.hub.channels.snapshot().message
    assert isinstance(snapshot, SnapshotFrame)
    return snapshot.downloads


async def test_a_page_follows_additions_progress_and_removals(relay: Relay) -> None:
    await told(relay, "a", "b")
    async with raw(relay, "downloads") as client:
        page = Page(await client.greet())
        await page.until("seedbox:a", "seedbox:b", status="Downloading")
        relay.say("client/seedbox/download/c", download("c", progress=55.5))
        await page.until("seedbox:a", "seedbox:b", "seedbox:c")
        for id in "ab":
            relay.say(f"client/seedbox/download/{id}", b"")
        await page.until("seedbox:c", progress=55.5)
        relay.say("client/seedbox/download/c", b"")
        await page.until()


async def test_progress_reaches_the_queue_within_its_rhythm(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads_audience, "PROGRESS_SECONDS", 0.2)
    await told(relay, "a")
    async with raw(relay, "downloads") as client:
        await client.greet()
        await client.until("QueueUpdate")
        relay.say("client/seedbox/download/a", download("a", progress=77.0, download_rate=5))
        queue = await client.until("QueueUpdate")
        assert (queue[0]["progress"], queue[0]["downloadSpeed"], queue[0]["status"]) == (77.0, 5, "downloading")


async def test_one_that_lags_is_told_the_queue_when_it_reads_again(
    relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads_audience, "PROGRESS_SECONDS", 0.1)
    await told(relay, "a")
    async with raw(relay, "downloads") as client, raw(relay, "downloads") as other:
        await client.greet()
        (reader,) = relay.hub.channels
        await other.greet()
        for each in (client, other):
            await each.until("QueueUpdate")
        reader.lagging = True
        relay.say("client/seedbox/download/a", download("a", progress=77.0))
        while (await other.until("QueueUpdate"))[0]["progress"] != 77.0:
            pass
        with pytest.raises(TimeoutError):
            await client.next(0.3)
        relay.hub.channels.drained(reader)
        assert (await client.until("QueueUpdate"))[0]["progress"] == 77.0


async def test_when_all_have_left_nothing_is_due(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads_audience, "LIST_SECONDS", 0.1)
    monkeypatch.setattr(downloads_audience, "REORDERED_SECONDS", 0.1)
    told_all: list[str] = []
    for name in ("_tell_all", "_tell_queue"):
        monkeypatch.setattr(downloads_audience.DownloadsAudience, name, lambda self, name=name: told_all.append(name))
    await told(relay, "a")
    async with raw(relay, "downloads") as client:
        await client.greet()
        await client.until("DownloadsList")
        relay.say("client/seedbox/download/b", download("b"))
        await client.until("DownloadUpdate")
    await relay.until(lambda relay: not len(relay.server.connections))
    before = len(told_all)
    await asyncio.sleep(0.4)
    assert len(told_all) == before


async def test_a_broker_that_went_away_empties_no_page(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads_audience, "LIST_SECONDS", 0.2)
    await told(relay, "a")
    async with raw(relay, "downloads") as client:
        page = Page(await client.greet())
        await page.until("seedbox:a")
        relay.feed.on_disconnect()
        for _ in range(6):
            await page.take(await client.next())
        assert set(page.sizes[page.sizes.index(1) :]) == {1}


async def test_a_page_that_stays_open_over_a_restart_is_not_emptied(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The relay starts with nothing, and learns bit by bit."""
    monkeypatch.setattr(downloads_audience, "REORDERED_SECONDS", 0.2)
    relay = await start()
    async with raw(relay, "downloads") as client:
        page = Page(await client.greet())
        page.rows = {f"seedbox:{id}": {"id": f"seedbox:{id}"} for id in "abcz"}
        await relay.greet("seedbox")
        relay.say("client/seedbox/stats", stats(3))
        for id in "abc":
            relay.say(f"client/seedbox/download/{id}", download(id))
            await asyncio.sleep(0.3)
        await page.until("seedbox:a", "seedbox:b", "seedbox:c", status="Downloading")
        assert min(page.sizes) == 3, "z was removed while nobody looked, and nothing else"


async def test_a_list_that_never_becomes_whole_is_told_in_the_end(
    relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REORDERED_SECONDS", "PATIENCE"):
        monkeypatch.setattr(downloads_audience, name, 0.3)
    await told(relay, "a")
    relay.say("client/seedbox/stats", stats(7))
    await relay.until(lambda relay: relay.hub.mismatched())
    relay.hub.flush(1e12)
    async with raw(relay, "downloads") as client:
        await client.greet()
        assert [row["id"] for row in await client.until("DownloadUpdate")] == ["seedbox:a"]
        assert [row["id"] for row in await client.until("DownloadsList")] == ["seedbox:a"]
        assert [row["id"] for row in await client.until("QueueUpdate")] == ["seedbox:a"]
    async with raw(relay, "downloads") as late:
        await late.greet()
        await late.until("DownloadsList")


async def test_the_list_comes_again_and_is_made_once_for_all(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads_audience, "LIST_SECONDS", 0.3)
    made: list[SnapshotFrame] = []
    make = downloads.everything

    def everything(snapshot: SnapshotFrame) -> bytes:
        made.append(snapshot)
        return make(snapshot)

    monkeypatch.setattr(downloads, "everything", everything)
    await told(relay, "a")
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(raw(relay, "downloads")) for _ in range(5)]
        for client in clients:
            await client.greet()
        for _ in range(3):
            for client in clients:
                await client.until("DownloadsList")
        assert len(made) <= 2, "nothing changed in between"


async def test_a_queue_is_told_more_seldom_the_larger_it_is(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads_audience, "REORDERED_SECONDS", 0.0)
    monkeypatch.setattr(downloads_audience, "QUEUE_BYTES_PER_SECOND", 50_000)
    await told(relay, *(f"id{number}" for number in range(100)))
    async with raw(relay, "downloads") as client:
        await client.greet()
        await client.until("QueueUpdate")
        clock = asyncio.get_running_loop()
        at = []
        for number in range(3):
            relay.say("client/seedbox/download/more", download("more", state=("paused", "queued")[number % 2]))
            size = len(json.dumps(await client.until("QueueUpdate")))
            at.append(clock.time())
        assert at[2] - at[1] > 0.5 * size / 50_000


@pytest.mark.parametrize(
    ("happened", "target"),
    [("added", "DownloadAdded"), ("failed", "DownloadFailed"), ("completed", "DownloadCompleted")],
)
async def test_events(relay: Relay, happened: str, target: str) -> None:
    async with raw(relay, "downloads") as client:
        await client.greet()
        failed = download("a", state="failed", error="no peers") if happened == "failed" else download("a")
        relay.say("client/seedbox/event", event(1, event=happened, download=failed))
        assert (await client.until(target))["id"] == "seedbox:a"
        if happened != "added":
            assert "name of a" in (await client.until("Notification"))["message"]


async def test_notifications_of_the_bus(relay: Relay) -> None:
    async with raw(relay, "downloads") as client:
        await client.greet()
        await relay.until(lambda relay: len(relay.hub.channels))
        relay.hub.notify(Notification(type="greeting", message="hello", at=AT))
        shown = await client.until("Notification")
        assert (shown["title"], shown["message"], shown["timestamp"]) == ("greeting", "hello", AT)
        assert shown["id"]
        assert shown["dismissed"] is False


async def test_calls(relay: Relay) -> None:
    await told(relay, "a")
    async with raw(relay, "downloads") as client:
        await client.greet()
        await client.until("QueueUpdate")
        await client.say(
            {"type": 1, "target": "RequestDownloadsUpdate", "arguments": []},
            {"type": 1, "target": "PushDownloadUpdate", "arguments": [{}]},
            {"type": 1, "target": "RequestDownloadsUpdate", "arguments": [], "invocationId": "1"},
            {"type": 1, "target": "PushDownloadUpdate", "arguments": [{}], "invocationId": "2"},
            {"type": 1, "target": "requestdownloadsupdate", "arguments": [], "invocationId": "3"},
            {"type": 5, "invocationId": "3"},
            {"type": 6},
            {"type": 77},
        )
        assert await client.answer("1") == {"type": 3, "invocationId": "1"}
        assert "not from pages" in (await client.answer("2"))["error"]
        assert "no method" in (await client.answer("3"))["error"]
        assert [message.get("target") for message in client.told[1:]].count("DownloadsList") == 3
        assert not [message for message in client.told if message.get("type") == 6], "a ping is not answered"


@pytest.mark.parametrize("visible", [True, False])
async def test_pings_keep_a_page_and_never_multiply(start: Start, visible: bool) -> None:
    relay = await start(heartbeat=1)
    await relay.greet("seedbox")
    async with raw(relay, "downloads") as client, raw(relay, "settings") as settings:
        page, other = Page(await client.greet(), visible=visible), Page(await settings.greet())
        running = [asyncio.create_task(one.run()) for one in (page, other)]
        for _ in range(7):
            if visible:
                await client.say({"type": 6})
            await asyncio.sleep(0.5)
        for one in running:
            one.cancel()
        assert 2 <= page.pings <= 5
        assert 2 <= other.pings <= 5


async def test_the_hub_of_settings_says_nothing_else(relay: Relay) -> None:
    async with raw(relay, "settings") as client:
        await client.greet()
        await told(relay, "a")
        relay.hub.notify(Notification(type="t", message="m", at=AT))
        relay.say("client/seedbox/event", event(1))
        await client.say({"type": 1, "target": "Anything", "arguments": [], "invocationId": "1"})
        assert "no method" in (await client.next())["error"]
        assert len(client.told) == 2


async def test_a_reader_that_lags_is_caught_up_and_not_sent_lists_meanwhile(relay: Relay) -> None:
    await told(relay, *(f"id{number}" for number in range(400)))
    async with raw(relay, "downloads", max_queue=1, compression=None) as slow:
        await slow.greet()
        for burst in range(30):
            for number in range(400):
                long = download(f"id{number}", state=("paused", "downloading")[burst % 2], name=f"{burst}" * 400)
                relay.say(f"client/seedbox/download/id{number}", long)
            relay.hub.flush(float(burst))
            await asyncio.sleep(0)
        (reader,) = relay.hub.channels
        assert reader.lagging
        for number in range(399):
            relay.say(f"client/seedbox/download/id{number}", b"")
        page = Page(slow)
        async with asyncio.timeout(20):
            await page.until("seedbox:id399", title="29" * 400)


async def test_what_is_hidden_is_nowhere(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads_audience, "LIST_SECONDS", 0.3)

    async def admit(request: object, *, query_token: bool = False) -> Grant:
        assert query_token
        return Grant("anna", Scope(categories=frozenset({"films"})))

    monkeypatch.setattr(relay.server._services.gate, "admit", admit)
    await told(relay, "shown", category="films")
    await told(relay, "secret", category="private")
    async with raw(relay, "downloads") as client:
        page = Page(await client.greet())
        await page.until("seedbox:shown")
        relay.say("client/seedbox/download/secret", download("secret", category="private", progress=99.0))
        relay.say("client/seedbox/event", event(1, "secret", download=download("secret", category="private")))
        relay.say("client/seedbox/download/late", download("late", category="films"))
        await page.until("seedbox:shown", "seedbox:late")
        relay.say("client/seedbox/download/shown", download("shown", category="private"))
        await page.until("seedbox:late")
        await client.until("DownloadsList")
        assert "secret" not in json.dumps(client.told)


def snapshot(*rows: Download, broker: bool = True, **total: int) -> SnapshotFrame:
    clients = [
        ClientView(**structs.asdict(status(client)), stats=stats(count) if count >= 0 else None)
        for client, count in total.items()
    ]
    return SnapshotFrame(seq=1, broker=broker, bridges=[], clients=clients, downloads=list(rows))


@pytest.mark.parametrize(
    ("given", "is_whole"),
    [
        (snapshot(), False),
        (snapshot(broker=False, seedbox=0), False),
        (snapshot(seedbox=0), True),
        (snapshot(seedbox=-1), True),
        (snapshot(seedbox=1), False),
        (snapshot(download("a"), seedbox=2), False),
        (snapshot(download("a"), seedbox=1), True),
        (snapshot(download("a"), broker=False, seedbox=1), True),
        (snapshot(download("a"), seedbox=1, other=1), False),
    ],
)
def test_when_a_list_is_whole(given: SnapshotFrame, is_whole: bool) -> None:
    assert downloads.whole(given) is is_whole


def test_every_state_has_its_words() -> None:
    assert set(downloads.STATUS) == set(STATES)
    assert {words[0] for words in downloads.STATUS.values()} <= {
        "Queued", "Downloading", "Paused", "Completed", "Failed", "Processing", "Ready", "Moved"
    }  # fmt: skip


def test_rows_are_what_the_pages_declare_and_hide_paths_and_addresses() -> None:
    row = download("a", path="/secret/path", error="bad", seeds=3, eta=None, progress=None, size=None)
    listed = json.loads(msgspec.json.encode(downloads.listed(row)))
    queued = json.loads(msgspec.json.encode(downloads.queued(row)))
    assert " ".join(listed) == (
        "id audiobookId title artist album originalUrl status progress totalSize downloadedSize finalPath startedAt "
        "completedAt errorMessage downloadClientId metadata"
    )
    assert " ".join(queued) == (
        "id title audiobookId author series seriesNumber quality language status progress size downloaded "
        "downloadSpeed eta indexer downloadClient downloadClientId downloadClientType addedAt errorMessage canPause "
        "canRemove seeders leechers ratio remotePath localPath contentPath"
    )
    assert listed["id"] == queued["id"] == "seedbox:a", "the store tells by it what left the queue"
    assert "/secret" not in json.dumps([listed, queued])


def test_a_partial_row_of_what_is_gone_is_not_told() -> None:
    delta = Delta(seq=2, prev=1, set={"seedbox:a": {"progress": 4.0}}, events=[event_frame(2, event(1))])
    records = downloads.said(delta, lambda key: None)
    assert b"DownloadUpdate" not in records
    assert b"DownloadCompleted" in records
    assert downloads.said(event_frame(3, event(2, event="paused")), lambda key: None) == b""
