"""A whole bridge against a real Mosquitto; only the download client is scripted."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from downloads2mqtt import app as app_module
from downloads2mqtt.app import Bridge
from downloads2mqtt.config import Configuration
from downloads2mqtt.errors import BrokerError, ClientOffline, ClientUnauthorized
from downloads2mqtt.ledger import Ledger
from downloads2mqtt.mqtt import connection as connection_module
from downloads2mqtt.mqtt.message import Incoming
from downloads2mqtt.mqtt.settings import Address
from downloads2mqtt.secrets import Secrets
from tests.bridge.listener import Listener
from tests.bridge.samples import download
from tests.bridge.scripted import Scripted
from tests.bridge.test_history import finish
from tests.journey.lab.mosquitto import Mosquitto

A, B = download("a"), download("b", state="paused", native_state="paused")


class Desk:
    """Starts bridges on one broker and one data folder."""

    def __init__(self, mosquitto: Mosquitto, data: Path) -> None:
        self.mosquitto = mosquitto
        self.data = data

    @asynccontextmanager
    async def bridge(self, *clients: Scripted, kill: bool = False, **settings: Any) -> AsyncIterator[Bridge]:
        """A running bridge; `kill` ends it without its last words, as SIGKILL would."""
        by_id = {client.id: client for client in clients}
        fields: dict[str, Any] = {"data": str(self.data), "mqtt": {"url": self.mosquitto.url}, **settings}
        known = {id: {"kind": "qbittorrent", "url": "http://127.0.0.1:1/"} for id in by_id}
        configuration = Configuration.model_validate({**fields, "clients": known})
        bridge = Bridge(configuration, Secrets(), build=lambda id, _: by_id[id], recovery_seconds=0.0)
        if kill:
            bridge._last_words = _silence  # type: ignore[method-assign]
        task = asyncio.create_task(bridge.run())
        try:
            yield bridge
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def listener(self, **options: Any) -> Listener:
        return Listener(self.mosquitto.port, **options)


async def _silence() -> None:
    return None


@pytest.fixture
def desk(mosquitto: Mosquitto, tmp_path: Path) -> Desk:
    return Desk(mosquitto, tmp_path / "data")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "_pause", lambda failures, short_lives: 0.1)


def _break(bridge: Bridge) -> None:
    client = bridge._connection._client
    assert client is not None
    client._client.socket().shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]


def ids(listener: Listener, client: str = "box") -> set[str]:
    return set(listener.downloads(client))


async def test_states_events_stats_and_the_last_word(desk: Desk) -> None:
    box = Scripted()
    box.set(A)
    async with desk.listener() as seen:
        async with desk.bridge(box):
            await seen.until(lambda: ids(seen) == {"a"})
            await seen.until(lambda: seen.topics.get("downloads2mqtt/bridge/main/state") == b"online")
            assert seen.json("bridge/main/info")["clients"] == [
                {"client": "box", "kind": "scripted", "protocol": "torrent", "name": "box"}
            ]
            status = await seen.until(lambda: (s := seen.json("client/box/status")) and s["state"] == "online" and s)
            assert (status["version"], status["error"], status["abilities"]) == ("1.0", None, ["poll"])
            assert seen.events == []
            box.set(replace(A, state="seeding", progress=100.0), B)
            await seen.until(lambda: len(seen.events) == 2)
            assert sorted(seen.told()) == ["added", "completed"]
            await seen.until(lambda: seen.json("client/box/stats")["total"] == 2)
            counts = seen.json("client/box/stats")["counts"]
            assert (counts["seeding"], counts["paused"], counts["failed"]) == (1, 1, 0)
            box.set(B)
            await seen.until(lambda: ids(seen) == {"b"})
            assert seen.topics["downloads2mqtt/client/box/download/a"] == b""
            await seen.until(lambda: seen.told()[-1] == "removed")
        await seen.until(lambda: seen.topics["downloads2mqtt/bridge/main/state"] == b"offline")
    async with desk.listener() as later:
        await later.until(lambda: ids(later) == {"b"})


async def test_nothing_on_the_wire_while_nothing_changes(desk: Desk) -> None:
    box = Scripted()
    box.set(A, B)
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: ids(seen) == {"a", "b"})
        polls = box.polls
        await seen.until(lambda: box.polls >= polls + 3)
        said = len(seen.log)
        await seen.until(lambda: box.polls >= polls + 10)
        assert len(seen.log) == said


async def test_an_outage_changes_nothing_but_the_status(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    box = Scripted()
    box.set(A, B)
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: ids(seen) == {"a", "b"})
        box.error = ClientOffline("127.0.0.1:1 refuses the connection: is the program running?")
        await seen.until(lambda: seen.json("client/box/status")["state"] == "offline")
        assert "is the program running" in seen.json("client/box/status")["error"]
        polls = box.polls
        await seen.until(lambda: box.polls >= polls + 2)
        box.error = None
        await seen.until(lambda: seen.json("client/box/status")["state"] == "online", within=20)
        assert box.asked_complete[-1] or box.asked_complete[-2]
        assert ids(seen) == {"a", "b"}
        assert seen.events == []
    warnings = [record for record in caplog.records if record.name == "downloads2mqtt.poller"]
    assert len([record for record in warnings if record.levelname == "WARNING"]) == 1


async def test_refused_credentials_are_a_state_of_their_own(desk: Desk) -> None:
    box = Scripted()
    box.error = ClientUnauthorized("refuses the password")
    async with desk.listener() as seen, desk.bridge(box):
        status = await seen.until(lambda: (s := seen.json("client/box/status")) and s["state"] == "unauthorized" and s)
        assert status["last_ok"] is None


async def test_a_pass_key_in_an_error_stays_off_the_bus(desk: Desk) -> None:
    box = Scripted()
    tracker = "https://tracker.example/announce/d41d8cd98f00b204e9800998ecf8427e"
    box.set(replace(A, warning=f"{tracker}: not registered", error="https://u:pw12@t.example/x?passkey=abcdef"))
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: ids(seen) == {"a"})
        told = seen.downloads("box")["a"]
        assert told["warning"] == "https://tracker.example/… not registered"
        everything = b"".join(payload for _, payload in seen.log)
        assert b"d41d8" not in everything
        assert b"pw12" not in everything
        assert b"abcdef" not in everything


@pytest.mark.parametrize("kill", [False, True], ids=["stopped", "killed"])
async def test_what_happened_while_the_bridge_was_down_is_told_once(desk: Desk, kill: bool) -> None:
    box = Scripted()
    box.set(A, B)
    async with desk.listener() as seen:
        async with desk.bridge(box, kill=kill):
            await seen.until(lambda: ids(seen) == {"a", "b"})
            await seen.until(lambda: "downloads2mqtt/bridge/main/health" in seen.topics)
        box.set(replace(A, state="completed", completed_at="2026-11-21T11:00:00Z"), download("c"))
        async with desk.bridge(box):
            await seen.until(lambda: ids(seen) == {"a", "c"})
            await seen.until(lambda: len(seen.events) == 3)
            assert sorted(seen.told("event", "id")) == [("added", "c"), ("completed", "a"), ("removed", "b")]
            (completed,) = [event for event in seen.events if event["event"] == "completed"]
            assert completed["at"] == "2026-11-21T11:00:00Z"
        async with desk.bridge(box):
            polls = box.polls
            await seen.until(lambda: box.polls > polls + 4)
    assert len(seen.events) == 3
    assert [event["seq"] for event in seen.events] == [1, 2, 3]


async def test_without_the_ledger_the_broker_remembers(desk: Desk) -> None:
    box = Scripted()
    box.set(A, B, download("done", state="seeding"))
    async with desk.listener() as seen:
        async with desk.bridge(box):
            await seen.until(lambda: len(ids(seen)) == 3)
        for file in desk.data.iterdir():
            file.unlink()
        box.set(replace(A, state="completed"), download("done", state="checking"), download("new"))
        async with desk.bridge(box):
            await seen.until(lambda: ids(seen) == {"a", "done", "new"})
            box.set(replace(A, state="completed"), download("done", state="seeding"), download("new"))
            await seen.until(lambda: len(seen.events) >= 4)
    assert sorted(seen.told("event", "id")) == [
        ("completed", "a"),
        ("removed", "b"),
        ("state_changed", "done"),
        ("state_changed", "done"),
    ]


async def test_without_ledger_and_broker_the_baseline_is_silent(desk: Desk) -> None:
    box = Scripted()
    box.set(A)
    async with desk.listener() as seen:
        async with desk.bridge(box):
            await seen.until(lambda: ids(seen) == {"a"})
        await seen.until(lambda: seen.topics["downloads2mqtt/bridge/main/state"] == b"offline")
    for file in desk.data.iterdir():
        file.unlink()
    await desk.mosquitto.restart()
    box.set(replace(A, state="seeding"), B)
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: ids(seen) == {"a", "b"})
        assert seen.events == []


async def test_a_broker_that_forgets_everything_gets_it_back(desk: Desk) -> None:
    box = Scripted()
    box.set(A, B)
    async with desk.bridge(box):
        async with desk.listener() as seen:
            await seen.until(lambda: ids(seen) == {"a", "b"})
        await desk.mosquitto.stop()
        box.set(replace(A, state="completed"), download("c"))
        polls = box.polls
        while box.polls < polls + 5:
            await asyncio.sleep(0.05)
        await desk.mosquitto.start()
        async with desk.listener() as seen:
            await seen.until(lambda: ids(seen) == {"a", "c"})
            await seen.until(lambda: seen.topics.get("downloads2mqtt/bridge/main/state") == b"online")
            await seen.until(lambda: seen.json("bridge/main/health"))
            assert seen.json("client/box/status")["state"] == "online"


async def test_events_wait_for_the_broker_in_order(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Scripted()
    monkeypatch.setattr(connection_module, "_pause", lambda failures, short_lives: 2.0)  # the listener comes first
    box.set(A)
    async with desk.bridge(box):
        async with desk.listener() as seen:
            await seen.until(lambda: ids(seen) == {"a"})
            port = desk.mosquitto.port
        await desk.mosquitto.stop()
        for state in ("paused", "downloading", "completed"):
            box.set(replace(A, state=state))
            polls = box.polls
            while box.polls < polls + 2:
                await asyncio.sleep(0.05)
        await desk.mosquitto.start()
        async with Listener(port) as seen:
            await seen.until(lambda: len(seen.events) == 3)
            assert seen.told("seq", "event") == [(1, "paused"), (2, "resumed"), (3, "completed")]


async def test_a_client_that_is_new_waits_for_the_broker_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is known starts without the broker; a new one as soon as that is there."""
    monkeypatch.setattr(app_module, "BROKER_PATIENCE", 0.1)
    box, new = Scripted(), Scripted("new")
    box.set(A)
    new.set(B)
    async with desk.bridge(box), desk.listener() as seen:
        await seen.until(lambda: ids(seen) == {"a"})
    await desk.mosquitto.stop()
    polls = box.polls
    async with desk.bridge(box, new):
        while box.polls < polls + 2:
            await asyncio.sleep(0.05)
        assert new.polls == 0
        await desk.mosquitto.start()
        async with desk.listener() as seen:
            await seen.until(lambda: ids(seen, "new") == {"b"})


async def test_who_asks_a_bridge_that_begins_is_answered_when_it_has_begun(desk: Desk) -> None:
    box = Scripted()
    async with desk.listener() as seen:
        answer = "downloads2mqtt/client/box/response/poll"
        async with desk.bridge(box) as bridge:
            bridge.on_message(Incoming("downloads2mqtt/client/box/request/poll", b"{}"))
            await seen.until(lambda: answer in seen.topics)
            assert seen.json("client/box/response/poll")["status"] == "ok"


async def test_ghosts_are_cleared_from_what_the_broker_holds(desk: Desk) -> None:
    box, other = Scripted(), Scripted("other")
    box.set(A)
    other.set(B)
    async with desk.listener() as seen:
        async with desk.bridge(box, other):
            await seen.until(lambda: ids(seen) == {"a"} and ids(seen, "other") == {"b"})
        await seen.publish("client/box/download/ghost", b'{"id": "ghost"}', retain=True)
        await seen.publish("client/foreign/download/x", b"{}", retain=True)
        async with desk.bridge(box):
            await seen.until(lambda: ids(seen) == {"a"})
            await seen.until(lambda: not ids(seen, "other"))
            await seen.until(lambda: seen.json("client/other/status") is None)
            assert seen.json("client/other/stats") is None
            assert ids(seen, "foreign") == {"x"}


async def test_a_client_that_another_live_bridge_serves_is_refused(
    desk: Desk, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    box, same, own = Scripted(), Scripted(), Scripted("own")
    box.set(A)
    same.set(B)
    second = Desk(desk.mosquitto, tmp_path / "second")
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: ids(seen) == {"a"})
        async with second.bridge(same, own, bridge="second"):
            await seen.until(lambda: seen.json("client/own/status"))
            await asyncio.sleep(0.5)
            assert ids(seen) == {"a"}
            assert seen.json("client/box/status")["bridge"] == "main"
            clients = seen.json("bridge/second/info")["clients"]
            assert [entry["client"] for entry in clients] == ["own"]
            for client in ("box", "own"):
                answer = await seen.request(f"client/{client}:poll", {})
                assert answer["status"] == "ok"
            answers = [topic for topic, _ in seen.log if topic.endswith("client/box/response/poll")]
            assert len(answers) == 1, "only who serves it answers"
    assert "already serves a client of this name" in caplog.text


async def test_what_is_no_longer_configured_goes_without_the_ledger_too(desk: Desk, tmp_path: Path) -> None:
    box, other = Scripted(), Scripted("other")
    other.set(B)
    async with desk.listener() as seen:
        async with desk.bridge(box, other):
            await seen.until(lambda: ids(seen, "other") == {"b"} and seen.json("client/other/stats"))
        async with Desk(desk.mosquitto, tmp_path / "anew").bridge(box):
            await seen.until(lambda: not ids(seen, "other"))
            await seen.until(lambda: seen.json("client/other/status") is None)
            await seen.until(lambda: seen.json("client/other/stats") is None)


async def test_what_is_no_longer_configured_goes_though_the_broker_does_not_tell_of_it(desk: Desk) -> None:
    box, other = Scripted(), Scripted("other")
    other.set(B)
    async with desk.listener() as seen:
        async with desk.bridge(box, other):
            await seen.until(lambda: ids(seen, "other") == {"b"} and seen.json("client/other/stats"))
        await seen.publish("client/other/status", b"", retain=True)
        async with desk.bridge(box):
            await seen.until(lambda: not ids(seen, "other") and seen.json("client/other/stats") is None)


async def test_a_kill_loses_no_progress_older_than_a_health(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "HEALTH_SECONDS", 0.1)
    box = Scripted()
    box.set(A)
    async with desk.listener() as seen, desk.bridge(box) as bridge:
        await seen.until(lambda: ids(seen) == {"a"})
        box.set(replace(A, progress=50.0))

        def written() -> float | None:
            known = bridge._ledger.load("box")
            return known.downloads["a"].progress if known else None

        await seen.until(lambda: written() == 50.0)


async def test_history_that_is_too_old_goes_at_the_start(desk: Desk) -> None:
    desk.data.mkdir(parents=True)
    ledger = Ledger(desk.data / "main.db")
    now = datetime.now(UTC)
    finish(ledger, "old", now - timedelta(days=500))
    finish(ledger, "new", now - timedelta(days=300))
    ledger.close()
    box = Scripted()
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: seen.topics.get("downloads2mqtt/bridge/main/state") == b"online")
        answer = await seen.request("bridge/main:history", {"since": "2020-01-01T00:00:00Z"})
        assert [event["id"] for event in answer["data"]["finished"]] == ["new"]


async def test_what_other_bridges_serve_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    box, own = Scripted(), Scripted("own")
    box.set(A)
    second = Desk(desk.mosquitto, tmp_path / "second")
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: ids(seen) == {"a"} and seen.json("client/box/stats"))
        async with second.bridge(own, bridge="second"):
            await seen.until(lambda: seen.json("client/own/status"))
        await seen.until(lambda: seen.topics.get("downloads2mqtt/bridge/second/state") == b"offline")
        assert [topic for topic, payload in seen.log if "/client/box/" in topic and not payload] == []


async def test_a_client_of_a_bridge_that_is_gone_is_taken_over(desk: Desk, tmp_path: Path) -> None:
    box = Scripted()
    box.set(A)
    async with desk.listener() as seen:
        async with desk.bridge(box):
            await seen.until(lambda: ids(seen) == {"a"} and seen.json("client/box/status")["state"] == "online")
        async with Desk(desk.mosquitto, tmp_path / "second").bridge(box, bridge="second"):
            await seen.until(lambda: seen.json("client/box/status")["bridge"] == "second")
            assert ids(seen) == {"a"}


async def test_a_connection_that_breaks_leaves_the_will_and_comes_back(desk: Desk) -> None:
    box = Scripted()
    async with desk.listener() as seen, desk.bridge(box) as bridge:
        await seen.until(lambda: seen.topics.get("downloads2mqtt/bridge/main/state") == b"online")
        _break(bridge)
        await seen.until(lambda: (b"offline") in [p for t, p in seen.log if t.endswith("main/state")])
        await seen.until(lambda: seen.topics["downloads2mqtt/bridge/main/state"] == b"online")


async def test_a_client_that_another_bridge_took_over_meanwhile_is_given_up(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is known of it is not said again on topics that are the other's now, Home Assistant's neither."""
    box, own, same = Scripted(), Scripted("own"), Scripted()
    box.set(A)
    same.set(replace(B, size=7, downloaded=0))
    away, reach = asyncio.Event(), connection_module._reach

    async def reach_unless_away(address: Address) -> None:
        if away.is_set() and address.host == "127.0.0.1":
            raise BrokerError("away")
        await reach(address)

    monkeypatch.setattr(connection_module, "_reach", reach_unless_away)
    mqtt = {"url": desk.mosquitto.url.replace("127.0.0.1", "localhost")}
    async with desk.listener() as seen, desk.bridge(box, own) as bridge:
        await seen.until(lambda: ids(seen) == {"a"} and seen.json("home_assistant/client/box"))
        away.set()
        _break(bridge)
        await seen.until(lambda: seen.topics["downloads2mqtt/bridge/main/state"] == b"offline")
        async with Desk(desk.mosquitto, tmp_path / "other").bridge(same, bridge="other", mqtt=mqtt):
            await seen.until(lambda: ids(seen) == {"b"} and seen.told() == ["removed"])
            await seen.until(lambda: seen.json("home_assistant/client/box")["remaining_size"] == 7)
            said = len(seen.log)
            away.clear()
            await seen.until(lambda: "already serves a client of this name" in caplog.text)
            await seen.until(lambda: len(seen.json("bridge/main/info")["clients"]) == 1)
            box.set(A, B)
            await seen.request("client/own:poll", {})
            await seen.until(lambda: "downloads2mqtt/home_assistant/client/own" in [t for t, _ in seen.log[said:]])
            assert not [topic for topic, _ in seen.log[said:] if "client/box" in topic]
            assert [one["client"] for one in seen.json("bridge/main/info")["clients"]] == ["own"]


class TestRequests:
    """`request/snapshot`, and what nobody should send."""

    @pytest.fixture
    async def seen(self, desk: Desk) -> AsyncIterator[Listener]:
        box = Scripted()
        box.set(*(download(f"{number:03}", name="x" * 900) for number in range(120)))
        async with desk.listener() as seen, desk.bridge(box):
            await seen.until(lambda: len(ids(seen)) == 120)
            yield seen

    async def test_snapshot_in_pages(self, seen: Listener) -> None:
        after, pages, found = None, 0, []
        while True:
            answer = await seen.request("bridge/main:snapshot", {"client": "box", "after": after, "transaction": "t"})
            assert answer["transaction"] == "t"
            assert len(seen.topics["downloads2mqtt/bridge/main/response/snapshot"]) <= 48 * 1024
            found += [one["id"] for one in answer["data"]["downloads"]]
            assert answer["data"]["total"] == 120
            pages += 1
            after = answer["data"]["next"]
            if after is None:
                break
        assert found == sorted(ids(seen))
        assert pages > 2

    @pytest.mark.parametrize(
        ("topic", "payload", "code"),
        [
            ("bridge/main:snapshot", {"client": "nobody"}, "not_found"),
            ("bridge/main:snapshot", {}, "bad_request"),
            ("bridge/main:snapshot", {"client": "box", "limit": 0}, "bad_request"),
            ("bridge/main:snapshot", {"client": "box", "extra": 1}, "bad_request"),
            ("bridge/main:snapshot", b"not json", "bad_request"),
            ("bridge/main:snapshot", b"", "bad_request"),
            ("bridge/main:snapshot", b"[" * 100_000, "bad_request"),
            ("bridge/main:snapshot", [1], "bad_request"),
            ("bridge/main:explode", {}, "unsupported"),
            ("client/box:pause", {"ids": ["000"]}, "unsupported"),
            ("client/box:pause", {"ids": [], "all": False}, "bad_request"),
        ],
    )
    async def test_refusals(self, seen: Listener, topic: str, payload: Any, code: str) -> None:
        answer = await seen.request(topic, payload)
        assert answer["status"] == "error"
        assert answer["error"]["code"] == code
        assert answer["error"]["message"]

    async def test_a_retained_request_is_refused_and_cleared(self, desk: Desk) -> None:
        box = Scripted()
        async with desk.listener() as seen:
            await seen.publish("client/box/request/poll", {}, retain=True)
            async with desk.bridge(box):
                await seen.until(lambda: "downloads2mqtt/client/box/response/poll" in seen.topics)
                assert seen.json("client/box/response/poll")["error"]["code"] == "bad_request"
                await seen.until(lambda: seen.topics["downloads2mqtt/client/box/request/poll"] == b"")
        async with desk.listener() as later:
            await asyncio.sleep(0.3)
            assert "downloads2mqtt/client/box/request/poll" not in later.topics

    async def test_poll_now(self, desk: Desk) -> None:
        box = Scripted(idle=30.0)
        async with desk.listener() as seen, desk.bridge(box):
            await seen.until(lambda: box.polls == 1)
            box.set(A)
            assert (await seen.request("client/box:poll", {}))["data"] == {"state": "online"}
            await seen.until(lambda: ids(seen) == {"a"}, within=1.0)
