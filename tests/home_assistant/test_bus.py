"""The bus: pages, what is live, nonsense, what goes, what stays; setting up and letting go."""

import gc
import time
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from custom_components.downloads2mqtt import (
    contract,
    coordinator,
    diagnostics,
    pulls,
    todo,
)
from homeassistant.components import mqtt
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, get_system_health_info
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.home_assistant.house import (
    DOMAIN,
    House,
    at,
    download,
    entity_id,
    entry,
    event,
    health,
    held,
    info,
    refuse,
    set_up,
    stats,
    status,
    value,
)


async def test_what_must_be_in_is_subscribed_to_first_and_nothing_is_asked_without_bridges(
    hass: HomeAssistant, house: House
) -> None:
    with patch.object(coordinator.mqtt, "async_subscribe", wraps=mqtt.async_subscribe) as subscribe:
        await set_up(hass, house)
    topics = [call.args[1].removeprefix("downloads2mqtt/") for call in subscribe.call_args_list]
    assert topics == ["bridge/+/state", "bridge/+/info", "client/+/status", "#"]
    assert house.requests == []


async def test_pages(hass: HomeAssistant, house: House) -> None:
    home = await set_up(hass, house)
    house.page_size = 2
    house.bridge()
    house.client("seedbox", tuple(download(f"d{n}") for n in range(5)))
    await house.settle()
    assert sorted(held(home)) == ["d0", "d1", "d2", "d3", "d4"]
    assert [fields["after"] for fields in house.asked("snapshot")] == [None, "d1", "d3"]
    assert home.runtime_data.pulls.complete


async def test_live_wins_over_a_page(hass: HomeAssistant, house: House) -> None:
    home = await set_up(hass, house)

    def before(topic: str, fields: dict[str, Any]) -> None:
        house.say("client/seedbox/download/newer", download("newer", state="seeding", updated_at=at()))
        house.say("client/seedbox/download/gone", "")
        house.say("client/seedbox/download/extra", download("extra"))

    house.before_answer = before
    house.bridge()
    house.client("seedbox", (download("newer"), download("gone"), download("plain")))
    await house.settle()
    assert held(home) == {"newer": "seeding", "extra": "downloading", "plain": "downloading"}


async def test_a_retained_answer_answers_nothing(hass: HomeAssistant, house: House) -> None:
    home = await set_up(hass, house)

    def before(topic: str, fields: dict[str, Any]) -> None:
        page: dict[str, Any] = {"downloads": [], "next": None, "total": 0}
        old = {"transaction": fields["transaction"], "status": "ok", "data": page}
        house.say(topic.replace("/request/", "/response/"), old, retain=True)

    house.before_answer = before
    house.bridge()
    house.client("seedbox", (download("a1"),))
    await house.settle()
    assert held(home) == {"a1": "downloading"}
    assert len(house.asked("snapshot")) == 1


async def test_a_page_wins_over_what_is_older(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.pages["seedbox"] = [download("a1", state="completed", updated_at="2026-01-01T11:00:00Z")]
    house.say("bridge/main/state", "online")
    await house.settle()
    assert held(home) == {"a1": "completed"}


async def test_a_wrong_count_is_pulled_again(
    hass: HomeAssistant, home: MockConfigEntry, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulls, "MISMATCH_PATIENCE", 0.0)
    house.pages["seedbox"].append(download("c3"))
    house.say("client/seedbox/stats", stats(3))
    asked = len(house.asked("snapshot"))
    await house.settle(2.1)
    assert sorted(held(home)) == ["a1", "b2", "c3"]
    assert len(house.asked("snapshot")) == asked + 1


async def test_a_page_that_fails_is_asked_for_again(
    hass: HomeAssistant, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulls, "FIRST_PAUSE", 0.0)
    answers = [
        refuse("failed", "not yet")({}),
        {"nonsense": True},
        {"downloads": [download("a1", "usenet")], "next": None, "total": 1},
        {"downloads": [download("a1")], "next": "a1", "total": 1},
        {"downloads": [download("a1")], "next": "a1", "total": 1},
    ]
    house.answers["snapshot"] = lambda fields: answers.pop(0) if answers else house._page(fields)
    home = await set_up(hass, house)
    house.bridge()
    house.client("seedbox", (download("b2"),))
    for _ in range(10):
        await house.settle()
    assert held(home) == {"b2": "downloading"}


NONSENSE = [
    ("client/seedbox/status", "{"),
    ("client/seedbox/status", "[1]"),
    ("client/seedbox/status", status("other")),
    ("client/seedbox/status", {**status(), "abilities": [1]}),
    ("client/seedbox/stats", {"total": "3"}),
    ("client/seedbox/stats", {**stats(), "counts": {"paused": "1"}}),
    ("client/seedbox/download/a1", {**download("a1"), "size": "big"}),
    ("client/seedbox/download/a1", download("b2")),
    ("client/seedbox/download/a1", download("a/1")),
    ("client/seedbox/event", {"seq": 1}),
    ("client/seedbox/event", event(1, client="usenet")),
    ("bridge/main/info", info("other")),
    ("bridge/main/info", info(clients=("a/b",))),
    ("bridge/main/health", {**health(), "uptime": None}),
]


async def test_a_page_that_is_lost_is_asked_for_again_and_not_those_before(
    hass: HomeAssistant, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulls, "PATIENCE", 0.05)
    home = await set_up(hass, house)
    house.page_size, lost = 2, ["d1", "d1", "d3"]

    def answer(fields: dict[str, Any]) -> dict[str, Any] | None:
        if fields["after"] in lost:
            lost.remove(fields["after"])
            return None
        return house._page(fields)

    house.answers["snapshot"] = answer
    house.bridge()
    house.client("seedbox", tuple(download(f"d{n}") for n in range(5)))
    while lost:
        await house.settle()
    await house.settle()
    assert sorted(held(home)) == ["d0", "d1", "d2", "d3", "d4"]
    assert [fields["after"] for fields in house.asked("snapshot")] == [None, "d1", "d1", "d1", "d3", "d3"]


@pytest.mark.parametrize(("topic", "payload"), NONSENSE)
async def test_nonsense_is_ignored_and_logged_once(
    hass: HomeAssistant,
    home: MockConfigEntry,
    house: House,
    caplog: pytest.LogCaptureFixture,
    topic: str,
    payload: Any,
) -> None:
    before = held(home)
    for _ in range(3):
        house.say(topic, payload)
    await house.settle()
    assert caplog.text.count("a message that makes no sense") == 1
    assert "ERROR" not in caplog.text
    assert held(home) == before
    assert value(hass, "sensor", "client_seedbox", "status") == "online"


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("notification", "x"),
        ("client/sp ace/status", status()),
        ("client/seedbox/what", "x"),
        ("client/seedbox/event", ""),
        ("client/seedbox/event", event(9, "a new type")),
        ("client/seedbox/stats", ""),
        ("client/nobody/download/a", download("a", "nobody")),
        ("bridge/main/response/snapshot", "x"),
        ("bridge/main/health", health(at="yesterday")),
        ("client/seedbox/download/a1", {**download("a1"), "a_new_key": 1, "stage": None}),
    ],
)
async def test_what_is_not_for_us(
    hass: HomeAssistant,
    home: MockConfigEntry,
    house: House,
    caplog: pytest.LogCaptureFixture,
    topic: str,
    payload: Any,
) -> None:
    house.say(topic, payload)
    await house.settle()
    assert "makes no sense" not in caplog.text
    assert sorted(held(home)) == ["a1", "b2"]


async def test_a_state_of_tomorrow(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.say("client/seedbox/download/a1", download("a1", state="dreaming"))
    assert held(home)["a1"] == "unknown"


async def test_retained_messages_that_a_wildcard_did_not_get(
    hass: HomeAssistant, home: MockConfigEntry, house: House
) -> None:
    house.say("bridge/nas/state", "online")
    house.say("bridge/main/info", info(clients=("seedbox", "usenet", "third")))
    with patch.object(coordinator.mqtt, "async_subscribe", wraps=mqtt.async_subscribe) as subscribe:
        await house.settle(2.1)
    asked = {call.args[1].removeprefix("downloads2mqtt/") for call in subscribe.call_args_list}
    assert asked == {"bridge/nas/info", "client/third/status", "client/third/stats"}
    house.say("bridge/nas/info", info("nas", clients=()))
    house.say("client/third/stats", stats(0), retain=True)
    house.client("third")
    await house.settle(2.1)
    assert value(hass, "sensor", "client_third", "total") == "0"
    assert home.runtime_data._looks == {}
    house.say("bridge/other/state", "online")
    await house.settle(2.1)
    assert await hass.config_entries.async_unload(home.entry_id)


async def test_the_broker_goes_and_comes(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    async_dispatcher_send(hass, "mqtt_connection_state", False)
    await house.settle()
    assert value(hass, "sensor", "client_seedbox", "total") == "unavailable"
    assert value(hass, "binary_sensor", "bridge_main", "connectivity") == "unavailable"
    house.pages["seedbox"] = [download("z9")]
    async_dispatcher_send(hass, "mqtt_connection_state", True)
    await house.settle()
    assert sorted(held(home)) == ["z9"]
    assert value(hass, "sensor", "client_seedbox", "total") == "2"
    assert house.announced == ["online", "online"]


async def test_a_bridge_that_went_while_the_broker_was_away(
    hass: HomeAssistant, home: MockConfigEntry, house: House
) -> None:
    """Its last health is newer than the one known, and yet old."""
    async_dispatcher_send(hass, "mqtt_connection_state", False)
    await house.settle()
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + 600, time=lambda: time.time() + 600)
    with patch.object(coordinator, "time", later):
        async_dispatcher_send(hass, "mqtt_connection_state", True)
        house.say("bridge/main/health", health(at=at(30)))
        await house.settle()
        assert value(hass, "binary_sensor", "bridge_main", "connectivity") == "off"
        house.say("bridge/main/health", health(at=at(600)))
        await house.settle()
        assert value(hass, "binary_sensor", "bridge_main", "connectivity") == "on"


async def test_without_mqtt(hass: HomeAssistant, house: House) -> None:
    found = entry()
    found.add_to_hass(hass)
    with patch.object(coordinator.mqtt, "async_wait_for_mqtt_client", return_value=False):
        assert not await hass.config_entries.async_setup(found.entry_id)
    assert found.state is ConfigEntryState.SETUP_RETRY


async def test_unload_reload_remove(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    assert await hass.config_entries.async_reload(home.entry_id)
    house.bridge()
    house.client("seedbox", (download("a1"),))
    await house.settle()
    assert value(hass, "sensor", "client_seedbox", "total") == "1"
    assert await hass.config_entries.async_unload(home.entry_id)
    assert value(hass, "sensor", "client_seedbox", "total") == "unavailable"
    assert "offline" not in house.announced
    house.say("client/seedbox/event", event(1))
    await house.settle()
    await hass.config_entries.async_setup(home.entry_id)
    await hass.config_entries.async_set_disabled_by(home.entry_id, ConfigEntryDisabler.USER)
    assert house.announced[-1] == "offline"
    await hass.config_entries.async_set_disabled_by(home.entry_id, None)
    assert house.announced[-1] == "online"
    await hass.config_entries.async_remove(home.entry_id)
    assert house.announced[-1] == "offline"


async def test_a_broker_that_is_lost_while_announcing(hass: HomeAssistant, house: House) -> None:
    house.mqtt.async_publish.side_effect = HomeAssistantError("no connection")
    home = await set_up(hass, house)
    await house.settle()
    assert home.state is ConfigEntryState.LOADED


async def test_what_is_not_read_is_refreshed_as_it_is(hass: HomeAssistant, home: MockConfigEntry) -> None:
    await home.runtime_data.async_refresh()
    assert home.runtime_data.data is home.runtime_data.bus


async def test_diagnostics(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.say("client/seedbox/status", status(error="http://secret"))
    house.say("client/seedbox/download/a1", download("a1", tags=["my tag"], error="my error", warning="my warning"))
    told = await diagnostics.async_get_config_entry_diagnostics(hass, home)
    text = str(told)
    assert told["clients"]["seedbox"]["held"] == 2
    assert told["bridges"]["main"]["online"]
    for private in ("name of a1", "/downloads/x", "linux", "http://secret", "'a1'", "my tag", "my error", "my warning"):
        assert private not in text


async def test_system_health(hass: HomeAssistant, home: MockConfigEntry) -> None:
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()
    assert await get_system_health_info(hass, DOMAIN) == {
        "contract": 1,
        "broker": True,
        "bridges": "1 / 1",
        "clients": "2 / 2",
        "downloads": 2,
        "ignored_messages": 0,
    }


@pytest.mark.unmeasured
async def test_thousands(hass: HomeAssistant, house: House, request: pytest.FixtureRequest) -> None:
    """10,000 downloads: by message and by page, and no step of ours takes 50 ms.

    Neither coverage nor a collection of the garbage of other tests is in that.
    """
    home = await set_up(hass, house)
    steps: list[tuple[float, str]] = []

    def timed(owner: Any, name: str) -> Any:
        inner = getattr(owner, name)

        def step(*args: Any) -> Any:
            begin = time.thread_time()
            found = inner(*args)
            steps.append((time.thread_time() - begin, name))
            return found

        return patch.object(owner, name, callback(step))

    many = tuple(download(f"d{n:05}", download_rate=0) for n in range(10_000))
    house.bridge()
    told = home.runtime_data
    gc.freeze()
    request.addfinalizer(gc.unfreeze)
    with timed(told, "_tell"), timed(told, "_tell_listeners"), timed(told.feed, "page"), timed(told.feed, "pull_done"):
        house.client("seedbox", many)
        for _ in range(30):
            await house.settle()
        for n in range(0, 10_000, 10):
            house.say(f"client/seedbox/download/d{n:05}", download(f"d{n:05}", progress=50.0))
        await house.settle()
    assert len(held(home)) == 10_000
    assert value(hass, "sensor", "client_seedbox", "total") == "10000"
    shown = hass.states.get(entity_id(hass, "todo", "client_seedbox", "downloads"))
    assert shown is not None
    assert shown.state == "500"
    print("longest steps", sorted(steps)[-6:])
    assert max(steps)[0] < 0.05


async def test_listeners_are_told_in_slices(
    hass: HomeAssistant, home: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    """The event loop turns between them; one that left meanwhile is not told, one that fails keeps none back."""
    told: list[str] = []
    known = home.runtime_data

    def listen(name: str, *, fails: bool = False) -> Any:
        def listener() -> None:
            told.append(name)
            end = time.monotonic() + coordinator.SLICE
            while time.monotonic() < end:
                pass
            if fails:
                raise RuntimeError("broken")

        return known.async_add_listener(listener)

    listen("first", fails=True)
    leave = listen("left")
    listen("last")
    hass.loop.call_soon(told.append, "turn")
    known.async_update_listeners()
    assert told == ["first"]
    leave()
    await hass.async_block_till_done()
    assert told == ["first", "turn", "last"]
    assert "could not be told of changes" in caplog.text


async def test_who_is_told_in_a_later_slice_is_not_told_after_the_end(
    hass: HomeAssistant, home: MockConfigEntry
) -> None:
    told: list[str] = []
    known = home.runtime_data

    def listener(name: str) -> None:
        told.append(name)
        time.sleep(coordinator.SLICE)

    for name in ("first", "last"):
        known.async_add_listener(lambda name=name: listener(name))
    known.async_update_listeners()
    assert told == ["first"]
    known._stop()
    await hass.async_block_till_done()
    assert told == ["first"]


def test_what_a_list_holds_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits, by its place and age, then what is done, the newest first; as much as it holds."""
    some = [
        download("old", state="completed", completed_at="2026-01-01T00:00:00Z"),
        download("new", state="seeding", completed_at="2026-01-02T00:00:00Z"),
        download("third", queue_position=None),
        download("second", queue_position=2),
        download("first", queue_position=1),
    ]
    for room in (5, 4, 2):
        monkeypatch.setattr(todo, "MOST_ITEMS", room)
        assert [one["id"] for one in todo._first([contract.download(one) for one in some])] == [
            "first",
            "second",
            "third",
            "new",
            "old",
        ][:room]


async def test_what_changes_while_listeners_are_told_comes_after(
    hass: HomeAssistant, home: MockConfigEntry, house: House
) -> None:
    """What they are told of stays as it is until all of them were told."""
    seen: list[tuple[str, set[str]]] = []
    told = home.runtime_data

    def listener(name: str) -> None:
        if changed := {id for _, id in told.changes.downloads}:
            seen.append((name, changed))
        if len(seen) == 1:
            house.say("client/seedbox/download/b2", download("b2"))
            told._tell()
        time.sleep(coordinator.SLICE)

    for name in ("one", "two"):
        told.async_add_listener(lambda name=name: listener(name))
    house.say("client/seedbox/download/a1", download("a1", progress=46.0))
    await house.settle()
    await house.settle()
    assert seen == [("one", {"a1"}), ("two", {"a1"}), ("one", {"b2"}), ("two", {"b2"})]


async def test_the_component_is_shown_to_a_person(
    hass: HomeAssistant, home: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "diagnostics", {})
    client = await hass_client()
    answer = await client.get(f"/api/diagnostics/config_entry/{home.entry_id}")
    assert answer.status == 200
