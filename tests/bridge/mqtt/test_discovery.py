"""Discovery by a whole bridge on a real Mosquitto: what is told, when it is told again, and when it goes."""

import asyncio
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from downloads2mqtt.app import Bridge
from downloads2mqtt.contract.status import BridgeInfo
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.errors import ClientOffline
from downloads2mqtt.ledger import Ledger
from downloads2mqtt.listing import Totals
from downloads2mqtt.mqtt import connection as connection_module
from downloads2mqtt.mqtt.connection import Connection
from downloads2mqtt.mqtt.discovery import announcer as announcer_module
from downloads2mqtt.mqtt.discovery.announcer import Announcer
from downloads2mqtt.mqtt.discovery.settings import HomeAssistantSettings
from downloads2mqtt.mqtt.message import Outgoing, Subscription
from downloads2mqtt.mqtt.publisher import Publisher
from downloads2mqtt.mqtt.settings import MqttSettings
from tests.bridge.listener import Listener
from tests.bridge.samples import download
from tests.bridge.scripted import Scripted
from tests.bridge.test_app import Desk
from tests.journey.lab.mosquitto import Mosquitto

JITTER_SECONDS = announcer_module.JITTER_SECONDS
PLACE = "homeassistant/device/downloads2mqtt/"
COMPONENT = "home_assistant/state"


class Able(Scripted):
    """A client that takes the verbs that entities need."""

    abilities: ClassVar[tuple[str, ...]] = ("pause", "resume", "limits", "poll")


@pytest.fixture
def desk(mosquitto: Mosquitto, tmp_path: Path) -> Desk:
    return Desk(mosquitto, tmp_path / "data")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "_pause", lambda failures, short_lives: 0.1)
    monkeypatch.setattr(announcer_module, "JITTER_SECONDS", 0.2)
    monkeypatch.setattr(announcer_module, "GATHER_SECONDS", 0.1)


def held(seen: Listener) -> dict[str, Any]:
    """The configurations on the broker, by subject."""
    return {
        topic.split("/")[-2]: json.loads(payload)
        for topic, payload in seen.topics.items()
        if topic.startswith(PLACE) and payload
    }


def told(seen: Listener) -> list[str]:
    """Every message about a configuration so far, by subject; `-` before what was cleared."""
    return [("" if payload else "-") + topic.split("/")[-2] for topic, payload in seen.log if topic.startswith(PLACE)]


async def settled(box: Scripted) -> None:
    """Several polls and gatherings later: what would have been told has been."""
    polls = box.polls
    async with asyncio.timeout(10):
        while box.polls < polls + 5:
            await asyncio.sleep(0.05)


async def quiet(bridge: Bridge) -> None:
    """What the broker holds has been read."""
    async with asyncio.timeout(10):
        while bridge._discovery._reading or not bridge._connection.connected:
            await asyncio.sleep(0.05)


async def test_what_is_told(desk: Desk) -> None:
    box = Able()
    box.set(download("a"))
    box.totals = Totals(alternative_limits=False)
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: held(seen).keys() == {"bridge_main", "client_box"})
        await settled(box)
        assert told(seen) == ["bridge_main", "client_box"]
        bridge, client = held(seen)["bridge_main"], held(seen)["client_box"]
        assert client["device"] == {
            "identifiers": ["downloads2mqtt_client_box"],
            "name": "box",
            "manufacturer": "downloads2mqtt",
            "model": "Scripted",
            "via_device": "downloads2mqtt_bridge_main",
            "sw_version": "1.0",
        }
        assert bridge["device"]["identifiers"] == [client["device"]["via_device"]]
        assert bridge["origin"]["name"] == client["origin"]["name"] == "downloads2mqtt"
        assert {"paused", "alternative_limits", "download_limit", "pause"} <= client["components"].keys()
        summary = await seen.until(lambda: seen.json("home_assistant/client/box"))
        assert summary == {"remaining_size": 900, "remaining_time": 18, "last_completed": None, "problem": False}


async def test_what_is_removed_is_left_no_more(desk: Desk) -> None:
    box = Able()
    box.set(download("a"), download("b"))
    summary = "home_assistant/client/box"
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: (seen.json(summary) or {}).get("remaining_size") == 1800)
        box.set(download("a"))
        await seen.until(lambda: seen.json(summary)["remaining_size"] == 900)


@pytest.mark.parametrize("mode", ["auto", "on"])
async def test_the_component_is_there_before(desk: Desk, mode: str) -> None:
    box = Able()
    async with desk.listener() as seen:
        await seen.publish(COMPONENT, b"online", retain=True)
        async with desk.bridge(box, home_assistant={"discovery": mode}) as bridge:
            await settled(box)
            await quiet(bridge)
            await settled(box)
            assert told(seen) == ([] if mode == "auto" else ["bridge_main", "client_box"])
            if mode == "auto":
                assert not seen.topics.get("downloads2mqtt/home_assistant/client/box")


@pytest.mark.parametrize("farewell", [b"offline", b"", b"nonsense"])
async def test_the_component_comes_and_goes(desk: Desk, farewell: bytes) -> None:
    box = Able()
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: len(held(seen)) == 2)
        await seen.until(lambda: seen.json("home_assistant/client/box"))
        for _ in range(2):
            await seen.publish(COMPONENT, b"online", retain=True)
            await seen.until(lambda: not held(seen))
            await seen.until(lambda: not seen.topics["downloads2mqtt/home_assistant/client/box"])
            await seen.publish(COMPONENT, farewell, retain=True)
            await seen.until(lambda: len(held(seen)) == 2)
            await seen.until(lambda: seen.json("home_assistant/client/box"))


async def test_the_component_came_while_the_bridge_was_away(desk: Desk) -> None:
    box = Able()
    async with desk.listener() as seen:
        async with desk.bridge(box):
            await seen.until(lambda: len(held(seen)) == 2)
        await seen.publish(COMPONENT, b"online", retain=True)
        async with desk.bridge(Able()):
            await seen.until(lambda: not held(seen))
            assert told(seen) == ["bridge_main", "client_box", "-bridge_main", "-client_box"]


async def test_a_lost_broker_that_forgot_everything(desk: Desk) -> None:
    box = Able()
    async with desk.bridge(box):
        async with desk.listener() as seen:
            await seen.until(lambda: len(held(seen)) == 2)
        await desk.mosquitto.restart()
        async with desk.listener() as seen:
            await seen.until(lambda: len(held(seen)) == 2)
            await seen.publish(COMPONENT, b"online", retain=True)
            await seen.until(lambda: not held(seen))
        await desk.mosquitto.restart()
        async with desk.listener() as seen:
            await seen.until(lambda: seen.topics.get("downloads2mqtt/bridge/main/state") == b"online")
            await settled(box)
            assert told(seen) == [], "the component did not say that it is gone"


async def test_a_restart_tells_only_what_changed(desk: Desk) -> None:
    box, attic = Able(), Able("attic")
    async with desk.listener() as seen:
        async with desk.bridge(box, attic):
            await seen.until(lambda: len(held(seen)) == 3)
        said = told(seen)
        box, attic = Able(), Able("attic")
        attic.abilities = ("poll",)  # type: ignore[misc]
        async with desk.bridge(box, attic):
            await seen.until(lambda: len(told(seen)) > len(said))
            await settled(box)
        assert told(seen)[len(said) :] == ["client_attic"]
        assert "pause" not in held(seen)["client_attic"]["components"]


async def test_a_client_that_does_not_answer_keeps_what_was_known(desk: Desk) -> None:
    async with desk.listener() as seen:
        async with desk.bridge(Able()):
            await seen.until(lambda: len(held(seen)) == 2)
        box = Able()
        box.error = ClientOffline("nobody there")
        async with desk.bridge(box, Able("late")):
            await seen.until(lambda: "client_late" in held(seen))
            await seen.until(lambda: seen.json("client/box/status")["state"] == "offline")
            await settled(box)
        assert told(seen) == ["bridge_main", "client_box", "client_late"]
        assert held(seen)["client_box"]["device"]["sw_version"] == "1.0"


async def test_a_new_client_that_never_answered_is_told_of(desk: Desk) -> None:
    box = Able()
    box.error = ClientOffline("nobody there")
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: "client_box" in held(seen))
        assert "sw_version" not in held(seen)["client_box"]["device"]


async def test_what_is_ours_goes_and_what_is_not_stays(desk: Desk) -> None:
    async with desk.listener() as seen:
        async with desk.bridge(Able(), Able("attic")):
            await seen.until(lambda: len(held(seen)) == 3)
            await seen.until(lambda: seen.json("home_assistant/client/attic"))
        stranger = held(seen)["client_attic"]
        stranger["device"] |= {"identifiers": ["downloads2mqtt_client_far"], "via_device": "downloads2mqtt_bridge_two"}
        others = {
            f"{PLACE}client_far/config": json.dumps(stranger).encode(),
            f"{PLACE}client_odd/config": b"\xff no JSON",
            "homeassistant/device/other/client_attic/config": json.dumps(stranger).encode(),
            "homeassistant/sensor/downloads2mqtt/x/config": b"{}",
        }
        for topic, payload in others.items():
            await seen._client.publish(topic, payload, 1, retain=True)
        async with desk.bridge(Able()):
            await seen.until(lambda: "-client_attic" in told(seen))
            await seen.until(lambda: seen.topics["downloads2mqtt/home_assistant/client/attic"] == b"")
        async with desk.bridge(Able(), home_assistant={"discovery": "off"}):
            await seen.until(lambda: {"-client_box", "-bridge_main"} <= set(told(seen)))
        assert {topic: seen.topics[topic] for topic in others} == others


async def test_another_prefix(desk: Desk) -> None:
    async with desk.listener() as seen:
        async with desk.bridge(Able(), home_assistant={"prefix": "ha/found"}):
            await seen.until(lambda: seen.topics.get("ha/found/device/downloads2mqtt/client_box/config"))
            said = len(seen.log)
            await seen._client.publish("ha/found/status", b"online")
            await seen.until(lambda: "ha/found/device/downloads2mqtt/client_box/config" in dict(seen.log[said:]))
        assert held(seen) == {}


async def test_a_birth_is_answered_after_a_while_that_is_another_each_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcer_module, "JITTER_SECONDS", 1.0)
    monkeypatch.setattr("random.uniform", lambda least, most: most)
    box = Able()
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: len(held(seen)) == 2)
        await settled(box)
        said, begun = len(told(seen)), asyncio.get_running_loop().time()
        await seen._client.publish("homeassistant/status", b"online")
        await seen.until(lambda: len(told(seen)) > said)
        assert asyncio.get_running_loop().time() - begun >= 0.95


def test_the_while_is_that_of_the_documentation() -> None:
    assert JITTER_SECONDS == 10.0


async def test_after_births_all_is_told_once(desk: Desk) -> None:
    box = Able()
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: len(held(seen)) == 2)
        await settled(box)
        said = len(told(seen))
        for word in [b"online"] * 20 + [b"offline", b"", b"\xff"]:
            await seen._client.publish("homeassistant/status", word)
        await seen.until(lambda: len(told(seen)) >= said + 2)
        await settled(box)
        assert told(seen)[said:] == ["bridge_main", "client_box"]


async def test_a_device_that_a_person_deletes_stays_away_until_the_next_birth(desk: Desk) -> None:
    box = Able()
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: len(held(seen)) == 2)
        await seen._client.publish(f"{PLACE}client_box/config", b"", 1, retain=True)
        await seen.until(lambda: "client_box" not in held(seen))
        box.set(download("a"))
        await settled(box)
        assert "client_box" not in held(seen)
        await seen._client.publish("homeassistant/status", b"online")
        await seen.until(lambda: "client_box" in held(seen))


@pytest.mark.parametrize(
    ("payload", "verbs"), [(b"ON", ["pause"]), (b"OFF", ["resume"]), (b"", []), (b"on", []), (b"{}", [])]
)
async def test_one_switch_two_requests(desk: Desk, payload: bytes, verbs: list[str]) -> None:
    box = Able()
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: len(held(seen)) == 2)
        await seen.publish("home_assistant/client/box/paused", payload)
        await seen.publish("home_assistant/client/nobody/paused", payload)
        await seen.request("client/box:poll", {})
        await settled(box)
        asked = [topic for topic, _ in seen.log if "/request/p" in topic or "/request/r" in topic]
        assert [topic.rpartition("/")[2] for topic in asked if not topic.endswith("/poll")] == verbs
        if verbs:
            assert seen.json(f"client/box/request/{verbs[0]}") == {"all": True}


async def test_the_switch_of_a_client_that_is_called_request(desk: Desk) -> None:
    async with desk.listener() as seen, desk.bridge(Able("request")):
        await seen.until(lambda: len(held(seen)) == 2)
        await seen.publish("home_assistant/client/request/paused", b"ON")
        answer = await seen.until(lambda: seen.json("client/request/response/pause"))
        assert answer["status"] == "error", "this client refuses to pause, but it was asked"
        assert not [topic for topic, _ in seen.log if "home_assistant" in topic and "response" in topic]


async def test_a_switch_does_nothing_while_the_component_is_there(desk: Desk) -> None:
    box = Able()
    switch, pause = "home_assistant/client/box/paused", "downloads2mqtt/client/box/request/pause"
    async with desk.listener() as seen:
        await seen.publish(COMPONENT, b"online", retain=True)
        async with desk.bridge(box) as bridge:
            await settled(box)
            await quiet(bridge)
            await seen.publish(switch, b"ON")
            await seen.request("client/box:poll", {})
            await settled(box)
            assert pause not in seen.topics
            await seen.publish(COMPONENT, b"offline", retain=True)
            await seen.until(lambda: len(held(seen)) == 2)
            await seen.publish(switch, b"ON")
            await seen.until(lambda: pause in seen.topics)


async def test_a_retained_switch_pauses_nothing(desk: Desk) -> None:
    box = Able()
    async with desk.listener() as seen:
        await seen.publish("home_assistant/client/box/paused", b"ON", retain=True)
        async with desk.bridge(box):
            await seen.until(lambda: len(held(seen)) == 2)
            await settled(box)
            assert not [topic for topic, _ in seen.log if topic.endswith("/request/pause")]


# ------------------------------------------------------------------------------- a broker that does not want it


class Sullen(Connection):
    """A connection on which every subscription waits until the broker is lost."""

    def __init__(self) -> None:
        super().__init__(MqttSettings(), "x", [])
        self.asked = 0

    async def subscribe(self, subscriptions: Sequence[Subscription]) -> None:
        self.asked += 1
        await asyncio.get_running_loop().create_future()


async def test_a_broker_that_hangs_up_is_told_no_more(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    topics, sullen = Topics(), Sullen()
    publisher = Publisher(topics, "main", Ledger(tmp_path / "x.db"))
    announcer = Announcer(HomeAssistantSettings(), topics, "main", {}, publisher)
    announcer.attach(sullen)
    with caplog.at_level(logging.ERROR):
        for _ in range(5):
            greeting = asyncio.create_task(announcer.on_connect())
            await asyncio.sleep(0)
            greeting.cancel()
            await asyncio.gather(greeting, return_exceptions=True)
            announcer.on_disconnect()
    assert sullen.asked == 3
    assert len(caplog.records) == 1
    assert "home_assistant.discovery to off" in caplog.text
    publisher.ledger.close()


class Willing(Connection):
    """A connection that notes what is published."""

    def __init__(self) -> None:
        super().__init__(MqttSettings(), "x", [])
        self.sent: list[str] = []

    async def subscribe(self, subscriptions: Sequence[Subscription]) -> None:
        """As you like."""

    async def unsubscribe(self, filters: Sequence[str]) -> None:
        """As you like."""

    async def publish(self, messages: Sequence[Outgoing]) -> None:
        self.sent += [message.topic for message in messages]


async def test_nothing_is_told_before_the_claims_of_others_are_known(tmp_path: Path) -> None:
    topics, willing = Topics(), Willing()
    publisher = Publisher(topics, "main", Ledger(tmp_path / "x.db"))
    announcer = Announcer(HomeAssistantSettings(), topics, "main", {}, publisher)
    announcer.attach(willing)
    info = BridgeInfo(bridge="main", version="1", contract=1, started_at="", clients=(), control="safe")
    announcer.on_state(topics.bridge("main", "info"), info)
    greeting = asyncio.create_task(announcer.on_connect())
    try:
        await asyncio.sleep(announcer_module.QUIET_SECONDS * 2)
        assert willing.sent == []
        announcer.ready.set()
        async with asyncio.timeout(5):
            while not willing.sent:
                await asyncio.sleep(0.01)
        assert willing.sent == [f"{PLACE}bridge_main/config"]
        announcer.on_disconnect()
        assert not announcer.ready.is_set()
    finally:
        greeting.cancel()
        await asyncio.gather(greeting, return_exceptions=True)
        publisher.ledger.close()
