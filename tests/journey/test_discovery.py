"""Home Assistant as it comes, a broker, a bridge and a download client: everything appears, works and goes."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.bridge.listener import Listener

from .lab.home_assistant import COMPONENT, OLDEST, RELEASES, HomeAssistant, Release
from .lab.laboratory import Laboratory
from .lab.mosquitto import Mosquitto
from .lab.programs import free_port
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .lab.waiting import until
from .service import Service

pytestmark = pytest.mark.timeout(240)

CONFIGS = "homeassistant/device/downloads2mqtt/"
COMPLETED = {
    "alias": "Completed",
    "mode": "queued",
    "trigger": {"platform": "state", "entity_id": "event.seedbox_download"},
    "action": {
        "event": "told",
        "event_data": {"what": "{{ trigger.to_state.attributes.event_type if trigger.to_state else none }}"},
    },
}


def configuration(mosquitto: Mosquitto, transmission: Transmission, **settings: Any) -> dict[str, Any]:
    seedbox = {**transmission.settings(), "name": "Seedbox", "poll": {"active": 0.5, "idle": 0.5}}
    attic = {"kind": "qbittorrent", "url": f"http://127.0.0.1:{free_port()}", "name": "Attic"}
    return {"mqtt": {"url": mosquitto.url}, "clients": {"seedbox": seedbox, "attic": attic}, **settings}


@asynccontextmanager
async def bridge(folder: Path, configuration: dict[str, Any]) -> AsyncIterator[Service]:
    """A bridge that ends as it does when a machine shuts down; what it logged is looked at."""
    service = Service(folder, "bridge", configuration)
    await service.start()
    try:
        yield service
        await service.stop()
    finally:
        await service.kill()
    log = service.log.read_text()
    assert "Traceback" not in log
    assert "adminadmin" not in log


def configs(seen: Listener) -> dict[str, Any]:
    """The configurations that the broker holds, by the last level but one."""
    held = {topic: payload for topic, payload in seen.topics.items() if topic.startswith(CONFIGS) and payload}
    assert not any(b"adminadmin" in payload or len(payload) > 48 << 10 for payload in held.values())
    return {topic.split("/")[-2]: json.loads(payload) for topic, payload in held.items()}


async def own(home: HomeAssistant, platform: str = "mqtt") -> set[str]:
    """The entities in the registry that came by one integration."""
    return {one["entity_id"] for one in await home.entities() if one["platform"] == platform}


async def gone(home: HomeAssistant, *, client: str = "") -> None:
    """Wait until nothing of discovery is left in Home Assistant, or nothing of one client."""

    async def none() -> bool:
        states = [id for id in await home.states() if client in id.split(".")[1] and "backup" not in id]
        left = [id for id in await own(home) if client in id]
        return not left and (not client or not states)

    await until(none, 20, f"nothing of {client or 'anything'} is left", every=0.3)


async def becomes(ask: Callable[[], Awaitable[Any]], wanted: Any, within: float = 20.0) -> None:
    """Wait for an answer."""
    answer: Any = None

    async def equal() -> bool:
        nonlocal answer
        answer = await ask()
        return bool(answer == wanted)

    try:
        await until(equal, within)
    except TimeoutError:
        raise TimeoutError(f"was {answer!r} and not {wanted!r}") from None


@pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES)
async def test_a_house_that_installs_nothing(
    laboratory: Laboratory, release: Release, mosquitto: Mosquitto, swarm: Swarm, tmp_path: Path
) -> None:
    transmission = Transmission(laboratory.folder)
    (transmission.home / "downloads").mkdir()  # else it tells of no free space at first
    await laboratory.start(transmission)
    home = await laboratory.start(HomeAssistant(laboratory.folder, release, broker=mosquitto, automations=[COMPLETED]))
    settings = configuration(mosquitto, transmission)
    async with Listener(mosquitto.port) as seen, home.websocket() as socket:
        told = await socket.events("told")
        async with bridge(tmp_path / "bridge", settings):
            await home.shows("sensor.seedbox_status", "online")
            await home.shows("sensor.attic_status", "offline")
            await home.shows("binary_sensor.bridge_main_connectivity", "on")
            await looks_right(home)
            id = await a_download(home, transmission, swarm)
            events = []
            while "completed" not in events:
                events.append((await asyncio.wait_for(told.get(), 30))["data"]["what"])
            await obeys(home, transmission, swarm)
            await transmission.remove(id)
            event = (await home.states("event.seedbox_download"))["event.seedbox_download"]["attributes"]
            assert event["client"] == "seedbox"
            while not told.empty():
                events.append(told.get_nowait()["data"]["what"])
            assert events.count("completed") == 1
            assert {"added", "paused", "resumed", "removed"} <= set(events)
        await home.shows("sensor.seedbox_status", "unavailable")
        await home.shows("binary_sensor.bridge_main_connectivity", "off")
        said = len([topic for topic, _ in seen.log if topic.startswith(CONFIGS)])
        async with bridge(tmp_path / "again", settings | {"data": str(tmp_path / "bridge" / "data")}):
            await home.shows("sensor.seedbox_status", "online")
            await home.shows("sensor.seedbox_download_rate", "0.0")
            again = [topic for topic, _ in seen.log if topic.startswith(CONFIGS)]
            assert len(again) == said, "nothing about the configurations changed"
    async with Listener(mosquitto.port) as seen:
        async with bridge(tmp_path / "third", settings | {"data": str(tmp_path / "bridge" / "data")}):
            before = await own(home)
            await home.shows("sensor.seedbox_status", "online")
            await seen.until(lambda: len(configs(seen)) == 3)
            said = len([topic for topic, _ in seen.log if topic.startswith(CONFIGS)])
            await home.restart()
            await home.shows("sensor.seedbox_status", "online")
            assert await own(home) == before
            await seen.until(lambda: len([t for t, _ in seen.log if t.startswith(CONFIGS)]) >= said + 3, 15)
            await looks_right(home)
        del settings["clients"]["attic"]
        async with bridge(tmp_path / "fourth", settings | {"data": str(tmp_path / "bridge" / "data")}):
            await gone(home, client="attic")
            await home.shows("sensor.seedbox_status", "online")
            await seen.publish("home_assistant/state", b"online", retain=True)
            await gone(home)
            assert configs(seen) == {}
        async with bridge(tmp_path / "fifth", settings | {"data": str(tmp_path / "bridge" / "data")}):
            await seen.until(lambda: seen.topics.get("downloads2mqtt/bridge/main/state") == b"online")
            await seen.until(lambda: (seen.json("client/seedbox/status") or {}).get("state") == "online")
            assert not await own(home)
            await seen.publish("home_assistant/state", b"offline", retain=True)
            await home.shows("sensor.seedbox_status", "online")
        off = settings | {"data": str(tmp_path / "bridge" / "data"), "home_assistant": {"discovery": "off"}}
        async with bridge(tmp_path / "sixth", off):
            await gone(home)
    assert complaints(home) == []


async def number(home: HomeAssistant, entity_id: str) -> float:
    """The state of an entity as a number; 0 where it is none."""
    state = await home.state(entity_id)
    return 0.0 if state in (None, "unknown", "unavailable") else float(state or 0)


async def known(home: HomeAssistant, entity_id: str) -> bool:
    """Whether the state of an entity says something."""
    return await home.state(entity_id) not in (None, "unknown", "unavailable")


def complaints(home: HomeAssistant) -> list[str]:
    """What it did not like. The oldest clears, once for each disabled entity, what has just been cleared."""
    return home.complaints(lambda line: home.release is not OLDEST or "No device components to cleanup" not in line)


async def looks_right(home: HomeAssistant) -> None:
    """Devices, and what cannot be seen from states."""
    devices = {one["name"]: one for one in await home.devices()}
    assert devices["Seedbox"]["via_device_id"] == devices["Bridge main"]["id"]
    assert (devices["Seedbox"]["model"], devices["Seedbox"]["manufacturer"]) == ("Transmission", "downloads2mqtt")
    assert devices["Seedbox"]["sw_version"]
    entities = {one["entity_id"]: one for one in await home.entities()}
    assert entities["sensor.seedbox_last_answer"]["disabled_by"] == "integration"
    assert entities["number.seedbox_download_limit"]["entity_category"] == "config"
    states = await home.states()
    assert {id for id, one in entities.items() if one["platform"] == "mqtt" and not one["disabled_by"]} <= set(states)
    units = {id: states[id]["attributes"].get("unit_of_measurement") for id in states}
    assert units["sensor.seedbox_download_rate"] == "MB/s"
    assert units["sensor.seedbox_free_space"] == "GB"
    assert states["sensor.attic_download_rate"]["state"] == "unavailable"
    assert states["binary_sensor.seedbox_connectivity"]["attributes"]["device_class"] == "connectivity"
    assert "number.attic_download_limit" in states
    await home.shows("sensor.bridge_main_allowed_control", "safe")


async def a_download(home: HomeAssistant, transmission: Transmission, swarm: Swarm) -> str:
    """Add one and see it come."""
    await home.shows("binary_sensor.seedbox_problem", "off")
    await transmission.limit(2 << 20)
    id = await transmission.add(swarm.share("Discovered", 10 << 20).torrent.content)
    await home.shows("sensor.seedbox_downloading", "1")
    await until(lambda: number(home, "sensor.seedbox_download_rate"), 20, "the rate")
    await until(lambda: number(home, "sensor.seedbox_remaining_size"), 5, "what is left")
    await transmission.see(id, "finished", within=60)
    await home.shows("sensor.seedbox_downloading", "0")
    await home.shows("sensor.seedbox_downloads", "1")
    await home.shows("sensor.seedbox_remaining_size", "0.0")
    await until(lambda: number(home, "sensor.seedbox_free_space"), 20, "the free space")
    await until(lambda: known(home, "sensor.seedbox_last_completed"), 10, "when it was completed")
    return id


async def obeys(home: HomeAssistant, transmission: Transmission, swarm: Swarm) -> None:
    """Every control reaches the client."""

    async def session(key: str) -> Any:
        return (await transmission.call("session-get"))[key]

    await home.call_service("number", "set_value", entity_id="number.seedbox_download_limit", value=0.3)
    await becomes(lambda: session("speed-limit-down"), 300)
    await home.shows("number.seedbox_download_limit", "0.3")
    await home.call_service("switch", "turn_on", entity_id="switch.seedbox_alternative_limits")
    await becomes(lambda: session("alt-speed-enabled"), True)
    await home.shows("switch.seedbox_alternative_limits", "on")
    await home.call_service("switch", "turn_off", entity_id="switch.seedbox_alternative_limits")
    await becomes(lambda: session("alt-speed-enabled"), False)
    id = await transmission.add(swarm.share("Paused and resumed", 16 << 20).torrent.content)
    # Transmission 3.00 calls what it paused before it wrote a first piece "No data found" when it is resumed.
    await transmission.see(id, "downloading", done=0.01)
    await home.shows("sensor.seedbox_downloading", "1")
    for on, off in (
        (("switch", "turn_on", "switch.seedbox_all_paused"), ("switch", "turn_off", "switch.seedbox_all_paused")),
        (("button", "press", "button.seedbox_pause_all"), ("button", "press", "button.seedbox_resume_all")),
    ):
        await home.call_service(on[0], on[1], entity_id=on[2])
        await transmission.see(id, "paused")
        await home.shows("switch.seedbox_all_paused", "on")
        await home.call_service(off[0], off[1], entity_id=off[2])
        await transmission.see(id, "downloading")
        await home.shows("switch.seedbox_all_paused", "off")
    await home.call_service("button", "press", entity_id="button.seedbox_look_now")
    await transmission.remove(id)
    await home.shows("sensor.seedbox_downloads", "1")


@pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES)
async def test_nothing_appears_twice_when_the_component_comes(
    laboratory: Laboratory, release: Release, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    transmission = await laboratory.start(Transmission(laboratory.folder))
    home = await laboratory.start(HomeAssistant(laboratory.folder, release, broker=mosquitto, components=[COMPONENT]))
    async with bridge(tmp_path / "bridge", configuration(mosquitto, transmission)):
        await home.shows("sensor.seedbox_status", "online")
        discovered = await own(home)
        entry = await home.confirm("downloads2mqtt")
        await becomes(lambda: own(home), set())
        await home.shows("sensor.seedbox_status", "online")
        await home.shows("binary_sensor.bridge_main_connectivity", "on")
        component = await own(home, "downloads2mqtt")
        assert discovered <= component, "the same names, and none with a number behind it"
        assert {id.split(".")[1] for id in component - discovered} >= {"all_downloads_active"}
        await home.restart()
        await home.shows("sensor.seedbox_status", "online")
        assert await own(home) == set()
        await home.remove_entry(entry["entry_id"])
        await becomes(lambda: own(home), discovered)
        await home.shows("sensor.seedbox_status", "online")
        assert await own(home, "downloads2mqtt") == set()
    assert complaints(home) == []


async def test_a_house_that_is_there_before_and_after_its_broker(
    laboratory: Laboratory, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    transmission = await laboratory.start(Transmission(laboratory.folder))
    async with bridge(tmp_path / "bridge", configuration(mosquitto, transmission)):
        async with Listener(mosquitto.port) as seen:
            await seen.until(lambda: len(configs(seen)) == 3, 20)
        home = await laboratory.start(HomeAssistant(laboratory.folder, OLDEST, broker=mosquitto))
        await home.shows("sensor.seedbox_status", "online")
        before = await own(home)
        await mosquitto.kill()
        await home.shows("sensor.seedbox_status", "unavailable", within=30)
        await mosquitto.start()
        await home.shows("sensor.seedbox_status", "online", within=60)
        assert await own(home) == before
