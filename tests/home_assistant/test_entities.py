"""Entities: what they show and what they ask for."""

from datetime import timedelta

import pytest
from custom_components.downloads2mqtt import presence
from custom_components.downloads2mqtt.contract import EVENT_TYPES, STATES
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.home_assistant.house import (
    DOMAIN,
    House,
    at,
    download,
    entity_id,
    event,
    health,
    info,
    refuse,
    stats,
    status,
    value,
)


async def test_what_a_client_shows(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    shown = {
        "status": "online",
        "download_rate": "5.0",
        "total": "2",
        "active": "1",
        "count_paused": "1",
        "remaining_size": "0.0011",
        "remaining_time": "12.0",
        "free_space": "1000.0",
        "downloaded_total": "10.0",
        "last_completed": "unknown",
    }
    assert {key: value(hass, "sensor", "client_seedbox", key) for key in shown} == shown
    assert value(hass, "sensor", "all", "download_rate") == "10.0"
    assert value(hass, "sensor", "bridge_main", "control") == "safe"
    assert value(hass, "binary_sensor", "client_seedbox", "problem") == "off"
    assert value(hass, "binary_sensor", "client_seedbox", "connectivity") == "on"
    assert value(hass, "number", "client_seedbox", "upload_limit") == "0.25"
    assert value(hass, "switch", "client_seedbox", "paused") == "off"
    assert house.announced == ["online"]


async def test_no_entity_lacks_a_name_or_has_a_heavy_attribute(hass: HomeAssistant, home: MockConfigEntry) -> None:
    entities = er.async_entries_for_config_entry(er.async_get(hass), home.entry_id)
    assert len(entities) > 70
    for entity in entities:
        assert entity.translation_key or entity.original_device_class, entity.entity_id
        state = hass.states.get(entity.entity_id)
        assert state is None or len(str(state.attributes)) < 1000


RATE = ("data_rate", "MB/s", "measurement", None, True)
SIZE = ("data_size", "GB", "measurement", None, True)
TOTAL = ("data_size", "TB", "total_increasing", None, True)
COUNT = (None, "downloads", "measurement", None, True)
RARE = (None, "downloads", "measurement", None, False)
LIMIT = ("data_rate", "MB/s", None, "config", True)
PLAIN = (None, None, None, None, True)
CLIENT: dict[str, dict[str, object]] = {
    "sensor": {
        "status": ("enum", None, None, None, True),
        "download_rate": RATE,
        "upload_rate": RATE,
        "total": COUNT,
        "active": COUNT,
        **{f"count_{state}": RARE if state in ("metadata", "checking", "unknown") else COUNT for state in STATES},
        "remaining_size": SIZE,
        "free_space": SIZE,
        "downloaded_total": TOTAL,
        "uploaded_total": TOTAL,
        "remaining_time": ("duration", "min", "measurement", None, True),
        "last_completed": ("timestamp", None, None, None, True),
        "last_answer": ("timestamp", None, None, "diagnostic", False),
        "poll_duration": ("duration", "s", "measurement", "diagnostic", False),
    },
    "binary_sensor": {
        "connectivity": ("connectivity", None, None, "diagnostic", True),
        "problem": ("problem", None, None, None, True),
    },
    "number": {"download_limit": LIMIT, "upload_limit": LIMIT},
    "switch": {"paused": PLAIN, "alternative_limits": (None, None, None, "config", True)},
    "button": {"pause": PLAIN, "resume": PLAIN, "poll": (None, None, None, "diagnostic", True)},
    "event": {"event": PLAIN},
    "todo": {"downloads": PLAIN},
}
BRIDGE: dict[str, dict[str, object]] = {
    "binary_sensor": {"connectivity": ("connectivity", None, None, "diagnostic", True)},
    "sensor": {
        "control": ("enum", None, None, "diagnostic", True),
        "started": ("timestamp", None, None, "diagnostic", False),
        "queue": (None, "messages", "measurement", "diagnostic", False),
        "published": (None, "messages", "total_increasing", "diagnostic", False),
        "dropped_events": (None, "events", "total_increasing", "diagnostic", False),
        "mqtt_reconnects": (None, "reconnects", "total_increasing", "diagnostic", False),
    },
}
ONE_CLIENT = {"status", "last_answer", "poll_duration", "connectivity", "download_limit", "upload_limit"}
ALL = {
    platform: {key: one for key, one in keys.items() if key not in ONE_CLIENT | {"alternative_limits"}}
    for platform, keys in CLIENT.items()
    if platform != "number"
}


@pytest.mark.parametrize(("subject", "wanted"), [("client_seedbox", CLIENT), ("bridge_main", BRIDGE), ("all", ALL)])
async def test_classes_units_and_categories(
    hass: HomeAssistant, home: MockConfigEntry, house: House, subject: str, wanted: dict[str, dict[str, object]]
) -> None:
    """Also those that are disabled at first; Home Assistant itself says what it made of the descriptions."""
    registry = er.async_get(hass)
    begin = f"{home.entry_id}_{subject}_"
    every = er.async_entries_for_config_entry(registry, home.entry_id)
    mine = [one for one in every if one.unique_id.startswith(begin)]
    enabled = {one.entity_id: not one.disabled for one in mine}
    for one in mine:
        registry.async_update_entity(one.entity_id, disabled_by=None)
    assert await hass.config_entries.async_reload(home.entry_id)
    house.bridge()
    house.client("seedbox", (download("a1"),))
    await house.settle()
    found: dict[str, dict[str, object]] = {}
    for one in mine:
        state = hass.states.get(one.entity_id)
        assert state is not None, one.entity_id
        unit, kind = state.attributes.get("unit_of_measurement"), state.attributes.get("state_class")
        told = (one.original_device_class, unit, kind, one.entity_category, enabled[one.entity_id])
        found.setdefault(one.domain, {})[one.unique_id.removeprefix(begin)] = told
    assert found == wanted


async def test_devices(hass: HomeAssistant, home: MockConfigEntry) -> None:
    devices = {
        next(iter(one.identifiers))[1].removeprefix(home.entry_id): one
        for one in dr.async_entries_for_config_entry(dr.async_get(hass), home.entry_id)
    }
    assert set(devices) == {"_all", "_bridge_main", "_client_seedbox", "_client_usenet"}
    assert devices["_client_seedbox"].via_device_id == devices["_bridge_main"].id
    assert (devices["_client_seedbox"].name, devices["_client_seedbox"].model) == ("Seedbox", "qBittorrent")
    assert devices["_all"].name == "All downloads"


async def test_a_client_that_does_not_answer(
    hass: HomeAssistant, home: MockConfigEntry, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        house.say("client/seedbox/status", status(state="offline", error="timed out", last_ok=at()))
        await house.settle()
    assert caplog.text.count("client seedbox is unavailable") == 1
    assert value(hass, "sensor", "client_seedbox", "status") == "offline"
    assert value(hass, "sensor", "client_seedbox", "total") == "unavailable"
    assert value(hass, "binary_sensor", "client_seedbox", "connectivity") == "off"
    assert value(hass, "button", "client_seedbox", "pause") == "unavailable"
    assert value(hass, "button", "client_seedbox", "poll") != "unavailable"
    assert value(hass, "sensor", "all", "download_rate") == "5.0"
    house.say("client/seedbox/status", status(state="something new"))
    await house.settle()
    assert value(hass, "sensor", "client_seedbox", "status") == "error"
    assert value(hass, "binary_sensor", "client_seedbox", "problem") == "on"
    house.say("client/seedbox/status", status())
    await house.settle()
    assert caplog.text.count("client seedbox is available") == 1


async def test_a_bridge_that_goes(
    hass: HomeAssistant, home: MockConfigEntry, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.say("bridge/main/state", "offline")
    await house.settle()
    assert value(hass, "sensor", "client_seedbox", "status") == "unavailable"
    assert value(hass, "binary_sensor", "bridge_main", "connectivity") == "off"
    await house.settle()
    assert caplog.text.count("bridge main is offline") == 1
    house.say("bridge/main/state", "online")
    await house.settle()
    assert caplog.text.count("bridge main is online") == 1
    assert value(hass, "sensor", "client_seedbox", "status") == "online"


async def test_a_bridge_that_is_silent(
    hass: HomeAssistant, home: MockConfigEntry, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "SILENCE", -1.0)
    await house.settle(2.1)
    assert value(hass, "binary_sensor", "bridge_main", "connectivity") == "off"
    monkeypatch.setattr(presence, "SILENCE", 90.0)
    house.say("bridge/main/health", health(at=at(1)))
    await house.settle()
    assert value(hass, "binary_sensor", "bridge_main", "connectivity") == "on"


async def test_last_completed_does_not_go_back(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    done = download("a1", state="completed", progress=100.0, completed_at="2026-01-01T10:10:00Z", eta=None)
    house.say("client/seedbox/download/a1", done)
    await house.settle()
    assert value(hass, "sensor", "client_seedbox", "last_completed") == "2026-01-01T10:10:00+00:00"
    house.say("client/seedbox/download/a1", "")
    await house.settle()
    assert value(hass, "sensor", "client_seedbox", "last_completed") == "2026-01-01T10:10:00+00:00"


async def test_remaining_where_little_is_known(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.say("client/seedbox/download/a1", download("a1", size=None, downloaded=None, eta=None))
    house.say("client/seedbox/download/b2", download("b2", downloaded=None, progress=None, eta=None))
    await house.settle()
    assert value(hass, "sensor", "client_seedbox", "remaining_size") == "0.001"
    assert value(hass, "sensor", "client_seedbox", "remaining_time") == "unknown"


async def press(hass: HomeAssistant, platform: str, action: str, entity: str, **data: object) -> None:
    """Call an entity's action."""
    await hass.services.async_call(platform, action, {"entity_id": entity, **data}, blocking=True)


async def test_limits(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    number = entity_id(hass, "number", "client_seedbox", "download_limit")
    await press(hass, "number", "set_value", number, value=2.5)
    assert house.asked("limits") == [{"download_limit": 2_500_000}]


async def test_switches(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    alternative = entity_id(hass, "switch", "client_seedbox", "alternative_limits")
    await press(hass, "switch", "turn_on", alternative)
    await press(hass, "switch", "turn_off", alternative)
    assert house.asked("limits") == [{"alternative_limits": True}, {"alternative_limits": False}]
    everything = entity_id(hass, "switch", "all", "paused")
    await press(hass, "switch", "turn_on", everything)
    await press(hass, "switch", "turn_off", everything)
    assert house.asked("pause") == [{"all": True}] * 2
    assert house.asked("resume") == [{"all": True}] * 2
    house.say("client/seedbox/stats", stats(2, {"paused": 2}, alternative_limits=True))
    await house.settle()
    assert value(hass, "switch", "client_seedbox", "paused") == "on"
    assert value(hass, "switch", "client_seedbox", "alternative_limits") == "on"


async def test_buttons(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    await press(hass, "button", "press", entity_id(hass, "button", "client_seedbox", "pause"))
    await press(hass, "button", "press", entity_id(hass, "button", "client_seedbox", "resume"))
    await press(hass, "button", "press", entity_id(hass, "button", "client_seedbox", "poll"))
    assert [topic for topic, _ in house.requests[-3:]] == [
        "client/seedbox/request/pause",
        "client/seedbox/request/resume",
        "client/seedbox/request/poll",
    ]


async def test_a_refusal_is_told(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.answers["pause"] = refuse("failed", "the disk is on fire")
    with pytest.raises(HomeAssistantError, match="the disk is on fire") as error:
        await press(hass, "button", "press", entity_id(hass, "button", "client_seedbox", "pause"))
    assert error.value.translation_key == "request_failed"


async def test_what_a_client_learns_to_do_appears(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.say("bridge/main/info", info(clients=("seedbox", "usenet", "plain")))
    house.client("plain", (), abilities=[])
    await house.settle()
    with pytest.raises(AssertionError):
        entity_id(hass, "button", "client_plain", "pause")
    house.say("client/plain/status", status("plain", abilities=["pause", "resume", "limits"]))
    await house.settle()
    assert value(hass, "button", "client_plain", "pause") == "unknown"
    assert value(hass, "switch", "client_plain", "alternative_limits") == "off"


async def test_events_fire_once(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    fired: list[str] = []
    entities = [entity_id(hass, "event", subject, "event") for subject in ("client_seedbox", "client_usenet", "all")]
    hass.bus.async_listen("state_changed", lambda one: fired.append(one.data["entity_id"]))
    house.say("client/seedbox/event", event(7), retain=True)
    await hass.async_block_till_done()
    assert [one for one in fired if one in entities] == []
    for _ in range(3):
        house.say("client/seedbox/event", event(7))
    await hass.async_block_till_done()
    assert sorted(one for one in fired if one in entities) == sorted([entities[0], entities[2]])
    told = hass.states.get(entities[0])
    assert told is not None
    assert told.attributes["event_types"] == list(EVENT_TYPES)
    assert told.attributes["event_type"] == "completed"
    assert {key: told.attributes[key] for key in ("id", "name", "category", "tags", "path", "size", "duration")} == {
        "id": "a1",
        "name": "name of a1",
        "category": "linux",
        "tags": ["iso"],
        "path": "/downloads/x",
        "size": 1_000_000,
        "duration": 600,
    }
    assert (told.attributes["from"], told.attributes["to"], told.attributes["error"]) == (
        "downloading",
        "completed",
        None,
    )


async def test_a_ledger_that_starts_again_does_not_silence_events(
    hass: HomeAssistant, home: MockConfigEntry, house: House
) -> None:
    house.say("client/seedbox/event", event(1))
    house.say("bridge/main/info", info(started_at=at()))
    house.say("client/seedbox/event", event(1, "failed"))
    await house.settle()
    told = hass.states.get(entity_id(hass, "event", "all", "event"))
    assert told is not None
    assert told.attributes["event_type"] == "failed"


async def test_download_sensors(hass: HomeAssistant, house: House, home: MockConfigEntry) -> None:
    def names() -> set[str]:
        entities = er.async_entries_for_config_entry(er.async_get(hass), home.entry_id)
        return {str(one.original_name) for one in entities if "_download_seedbox" in one.unique_id}

    assert names() == set()
    hass.config_entries.async_update_entry(home, options={"download_sensors": True, "download_sensors_limit": 2})
    await hass.async_block_till_done()
    house.bridge()
    done = download("c3", state="completed", completed_at="2026-01-01T10:00:00Z")
    house.client("seedbox", (download("a1"), download("b2"), done))
    await house.settle()
    assert names() == {"name of a1", "name of b2"}
    shown = hass.states.get("sensor.seedbox_name_of_a1")
    assert shown is not None
    assert (shown.state, shown.attributes["state"]) == ("45.0", "downloading")
    house.say("client/seedbox/download/a1", download("a1", name="renamed", progress=50.0))
    await house.settle()
    shown = hass.states.get("sensor.seedbox_name_of_a1")
    assert shown is not None
    assert (shown.state, shown.name) == ("50.0", "Seedbox renamed")
    house.say("client/seedbox/download/a1", "")
    await house.settle()
    assert hass.states.get("sensor.seedbox_name_of_a1") is None
    assert names() == {"name of b2", "name of c3"}
    hass.config_entries.async_update_entry(home, options={})
    await hass.async_block_till_done()
    assert names() == set()


async def test_repairs(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    def issues() -> set[str | None]:
        return {one.translation_key for (domain, _), one in ir.async_get(hass).issues.items() if domain == DOMAIN}

    assert issues() == set()
    house.say("client/seedbox/status", status(state="unauthorized", error="403"))
    house.say("bridge/nas/info", info("nas", clients=("seedbox",)))
    house.say("bridge/nas/state", "online")
    house.say("bridge/old/info", info("old", clients=(), contract=0))
    house.say("bridge/new/info", info("new", clients=(), contract=2))
    await house.settle()
    assert issues() == {"unauthorized", "claimed_twice", "bridge_too_old", "bridge_too_new"}
    house.say("client/seedbox/status", status())
    house.say("bridge/nas/state", "offline")
    for bridge in ("old", "new"):
        house.say(f"bridge/{bridge}/info", "")
    await house.settle()
    assert issues() == set()
    house.say("bridge/main/info", info(control="off"))
    house.answers["pause"] = refuse("forbidden", "control is off")
    await house.settle()
    assert issues() == set()
    with pytest.raises(HomeAssistantError):
        await press(hass, "button", "press", entity_id(hass, "button", "client_seedbox", "pause"))
    assert issues() == {"control_off"}
    house.say("bridge/main/info", info(control="safe"))
    await house.settle()
    assert issues() == set()
    with pytest.raises(HomeAssistantError):
        await press(hass, "button", "press", entity_id(hass, "button", "client_seedbox", "pause"))
    assert issues() == set()
    house.say("bridge/main/info", info(control="off"))
    await house.settle()
    assert issues() == set(), "nothing was refused since"
    with pytest.raises(HomeAssistantError):
        await press(hass, "button", "press", entity_id(hass, "button", "client_seedbox", "pause"))
    assert issues() == {"control_off"}
    await hass.config_entries.async_unload(home.entry_id)
    assert issues() == set()


def test_intervals() -> None:
    """A bridge may miss two healths before it counts as gone."""
    assert timedelta(seconds=presence.SILENCE) == timedelta(seconds=90)
