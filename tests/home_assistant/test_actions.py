"""Actions: targets, fields, answers, refusals."""

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import voluptuous as vol
from custom_components.downloads2mqtt import todo as todo_platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.home_assistant.house import DOMAIN, House, download, entity_id, refuse, stats, status


async def act(hass: HomeAssistant, action: str, **data: Any) -> Any:
    """Call an action and return its response."""
    return await hass.services.async_call(DOMAIN, action, data, blocking=True, return_response=True)


def device(hass: HomeAssistant, home: MockConfigEntry, subject: str) -> str:
    """The id of a device."""
    entries = dr.async_entries_for_config_entry(dr.async_get(hass), home.entry_id)
    return next(one.id for one in entries if (DOMAIN, f"{home.entry_id}_{subject}") in one.identifiers)


async def test_pause_by_id(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.answers["pause"] = lambda fields: {"paused": len(fields["ids"])}
    assert await act(hass, "pause", ids=["a1", "seedbox:b2"]) == {"clients": {"seedbox": {"paused": 2}}}
    assert house.asked("pause") == [{"ids": ["a1", "b2"]}]


async def test_resume_a_client(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    await act(hass, "resume", device_id=device(hass, home, "client_seedbox"))
    assert house.requests[-1] == ("client/seedbox/request/resume", {"all": True})
    await act(hass, "resume", entity_id=entity_id(hass, "sensor", "client_usenet", "status"))
    assert house.requests[-1] == ("client/usenet/request/resume", {"all": True})


@pytest.mark.parametrize("subject", ["all", "bridge_main"])
async def test_recheck_everything(hass: HomeAssistant, home: MockConfigEntry, house: House, subject: str) -> None:
    await act(hass, "recheck", device_id=[device(hass, home, subject)])
    assert house.asked("recheck") == [{"all": True}, {"all": True}]


async def test_ids_of_one_client_only(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, "pause", ids=["a1"], device_id=device(hass, home, "client_usenet"))
    assert error.value.translation_key == "unknown_download"
    await act(hass, "pause", ids=["a1"], device_id=device(hass, home, "client_seedbox"))
    assert house.asked("pause") == [{"ids": ["a1"]}]


async def test_by_the_sensor_of_a_download(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    hass.config_entries.async_update_entry(home, options={"download_sensors": True})
    await hass.async_block_till_done()
    house.bridge()
    house.client("seedbox", (download("a1"), download("b2")))
    await house.settle()
    await act(hass, "pause", entity_id=["sensor.seedbox_name_of_a1", "sensor.seedbox_name_of_b2"])
    assert sorted(house.asked("pause")[0]["ids"]) == ["a1", "b2"]
    await act(hass, "remove", entity_id="sensor.seedbox_name_of_a1")
    assert house.asked("remove") == [{"ids": ["a1"], "delete_data": False}]
    whole = [entity_id(hass, "sensor", "client_seedbox", "status"), "sensor.seedbox_name_of_a1"]
    await act(hass, "pause", entity_id=whole)
    assert house.asked("pause")[-1] == {"all": True}


async def test_remove_set_and_limits(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    await act(hass, "remove", ids="a1", delete_data=True)
    assert house.asked("remove") == [{"ids": ["a1"], "delete_data": True}]
    await act(hass, "set", ids="a1", category="iso", tags="x", queue_position=1)
    assert house.asked("set") == [{"ids": ["a1"], "category": "iso", "tags": ["x"], "queue_position": 1}]
    await act(hass, "limits", device_id=device(hass, home, "client_seedbox"), download_limit=0)
    assert house.asked("limits") == [{"download_limit": 0}]


async def test_add(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.answers["add"] = lambda fields: {"id": "new"}
    seedbox = device(hass, home, "client_seedbox")
    link = "magnet:?xt=urn:btih:1"
    assert await act(hass, "add", url=link, device_id=seedbox) == {"client": "seedbox", "id": "new"}
    assert house.requests[-1] == ("client/seedbox/request/add", {"url": link})
    house.answers["add"] = lambda fields: {"client": "usenet", "id": "new"}
    response = await act(hass, "add", content="YQ==", filename="a.nzb", paused=True)
    assert response == {"client": "usenet", "id": "new"}
    said = {"content": "YQ==", "filename": "a.nzb", "paused": True}
    assert house.requests[-1] == ("bridge/main/request/add", said)


async def test_get_downloads(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    async def ids(**data: Any) -> list[str]:
        return [one["id"] for one in (await act(hass, "get_downloads", **data))["downloads"]]

    assert await ids() == ["a1", "b2"]
    assert await ids(states="paused") == ["b2"]
    assert await ids(categories=["other"]) == []
    assert await ids(tags=["iso"], name="OF A") == ["a1"]
    assert await ids(ids=["b2"]) == ["b2"]
    assert await ids(device_id=device(hass, home, "client_usenet")) == []
    limited = await act(hass, "get_downloads", limit=1)
    assert (len(limited["downloads"]), limited["total"]) == (1, 2)


async def test_find(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.answers["find"] = lambda fields: {"downloads": [download("a1"), download("b2")], "scores": [0.7, 1]}
    found = await act(hass, "find", title="Some.Release")
    assert [one["id"] for one in found["downloads"]] == ["b2", "a1"]
    assert found["scores"] == [1, 0.7]
    assert house.asked("find") == [{"title": "Some.Release"}]


async def test_find_nothing(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.answers["find"] = lambda fields: {"downloads": [], "scores": []}
    assert await act(hass, "find", id="a1") == {"downloads": [], "scores": []}


@pytest.mark.parametrize(
    "answer",
    [
        [download("a1")],
        {"downloads": [download("a1")]},
        {"downloads": [download("a1")], "scores": []},
        {"downloads": [download("a1")], "scores": ["high"]},
        {"downloads": [{"id": "a1"}], "scores": [1.0]},
    ],
)
async def test_find_gets_nonsense(hass: HomeAssistant, home: MockConfigEntry, house: House, answer: Any) -> None:
    house.answers["find"] = lambda fields: answer
    with pytest.raises(HomeAssistantError, match="makes no sense"):
        await act(hass, "find", title="Some.Release")


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("pause", {}, "no_target"),
        ("pause", {"ids": ["nowhere"]}, "unknown_download"),
        ("pause", {"device_id": "nothing"}, "unknown_target"),
        ("pause", {"entity_id": "sensor.nothing"}, "unknown_target"),
        ("set", {"ids": ["a1"]}, "nothing_to_change"),
        ("limits", {"entity_id": "sensor.seedbox_status"}, "nothing_to_change"),
        ("remove", {"entity_id": "sensor.seedbox_status"}, "no_downloads"),
        ("add", {}, "no_source"),
        ("add", {"content": "YQ=="}, "no_source"),
        ("add", {"url": "http://x", "entity_id": ["sensor.seedbox_status", "sensor.usenet_status"]}, "one_client_only"),
        ("find", {}, "no_key"),
    ],
)
async def test_what_makes_no_sense(
    hass: HomeAssistant, home: MockConfigEntry, house: House, action: str, data: dict[str, Any], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, action, **data)
    assert error.value.translation_key == key


async def test_two_sources(hass: HomeAssistant, home: MockConfigEntry) -> None:
    with pytest.raises(vol.Invalid):
        await act(hass, "add", url="http://x", content="YQ==")


@pytest.mark.parametrize(
    "code", ["bad_request", "not_found", "unsupported", "forbidden", "offline", "failed", "some new one"]
)
async def test_refusals(hass: HomeAssistant, home: MockConfigEntry, house: House, code: str) -> None:
    for verb in ("pause", "find"):
        house.answers[verb] = refuse(code, "because of this")
    with pytest.raises(HomeAssistantError, match="because of this") as error:
        await act(hass, "pause", ids=["a1"])
    expected = "failed" if code == "some new one" else code
    assert error.value.translation_key == f"request_{expected}"
    assert error.value.translation_placeholders == {"message": "because of this", "target": "seedbox"}
    with pytest.raises(HomeAssistantError, match="because of this"):
        await act(hass, "find", id="a1")


async def test_no_answer(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.answers["pause"] = lambda fields: None
    home.runtime_data.requests.ask.__func__.__defaults__ = (None, 0.01)
    try:
        with pytest.raises(HomeAssistantError) as error:
            await act(hass, "pause", ids=["a1"])
    finally:
        home.runtime_data.requests.ask.__func__.__defaults__ = (None, 30.0)
    assert error.value.translation_key == "request_no_answer"
    assert home.runtime_data.requests.waiting == 0


async def test_nobody_is_there(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.say("bridge/main/state", "offline")
    await house.settle()
    before = len(house.requests)
    for action, data in (("pause", {"ids": "a1"}), ("find", {"id": "a1"}), ("add", {"url": "http://x"})):
        with pytest.raises(HomeAssistantError) as error:
            await act(hass, action, **data)
        assert error.value.translation_key == "request_offline"
    assert len(house.requests) == before


async def test_not_set_up(hass: HomeAssistant, home: MockConfigEntry) -> None:
    await hass.config_entries.async_unload(home.entry_id)
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, "get_downloads")
    assert error.value.translation_key == "not_set_up"


async def todo(hass: HomeAssistant, action: str, list: str, **data: Any) -> Any:
    """Call an action of a to-do list."""
    response = action == "get_items"
    return await hass.services.async_call(
        "todo", action, {"entity_id": list, **data}, blocking=True, return_response=response
    )


async def items(hass: HomeAssistant, list: str) -> dict[str, dict[str, Any]]:
    """The items of a list, by uid."""
    done = {"status": ["needs_action", "completed"]}
    return {one["uid"]: one for one in (await todo(hass, "get_items", list, **done))[list]["items"]}


async def test_todo_list(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    everything = entity_id(hass, "todo", "all", "downloads")
    found = await items(hass, everything)
    assert list(found) == ["seedbox:a1", "seedbox:b2"]
    assert (found["seedbox:a1"]["summary"], found["seedbox:a1"]["description"]) == (
        "name of a1",
        "45 % · 3 MB/s · 12 min",
    )
    assert found["seedbox:a1"]["status"] == "needs_action"
    due = datetime.fromisoformat(found["seedbox:a1"]["due"])
    assert timedelta(minutes=11) <= due - dt_util.now() <= timedelta(minutes=12)
    assert "due" not in found["seedbox:b2"]
    assert found["seedbox:b2"]["status"] == "completed"
    assert found["seedbox:b2"]["description"] == "10 %"
    state = hass.states.get(everything)
    assert state is not None
    assert state.state == "1"


async def test_todo_lists_are_read_where_a_download_changed(
    hass: HomeAssistant, home: MockConfigEntry, house: House
) -> None:
    with patch.object(todo_platform, "_first", wraps=todo_platform._first) as first:
        house.say("client/seedbox/stats", stats(2, download_rate=1))
        await house.settle()
        assert first.call_count == 0
        house.say("client/seedbox/download/a1", download("a1", progress=50.0))
        await house.settle()
        assert first.call_count == 2, "that of its client and that of all"


async def test_todo_check_and_delete(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    box = entity_id(hass, "todo", "client_seedbox", "downloads")
    await todo(hass, "update_item", box, item="seedbox:a1", status="completed")
    await todo(hass, "update_item", box, item="seedbox:b2", status="needs_action")
    await todo(hass, "update_item", box, item="seedbox:b2", status="completed")
    await todo(hass, "remove_item", box, item=["name of a1", "seedbox:b2"])
    assert house.asked("pause") == [{"ids": ["a1"]}]
    assert house.asked("resume") == [{"ids": ["b2"]}]
    assert house.asked("remove") == [{"ids": ["a1", "b2"]}]


async def test_todo_add(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    await todo(hass, "add_item", entity_id(hass, "todo", "client_seedbox", "downloads"), item="https://x/a.torrent")
    await todo(hass, "add_item", entity_id(hass, "todo", "all", "downloads"), item="magnet:?xt=1")
    assert house.requests[-2:] == [
        ("client/seedbox/request/add", {"url": "https://x/a.torrent"}),
        ("bridge/main/request/add", {"url": "magnet:?xt=1"}),
    ]


async def test_todo_refusals(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    box = entity_id(hass, "todo", "client_seedbox", "downloads")
    house.say("client/seedbox/download/d4", download("d4", state="seeding", completed_at="2026-01-01T10:00:00Z"))
    house.say("client/seedbox/download/e5", download("e5", state="failed", error="no space", eta=None))
    house.say("client/seedbox/download/f6", download("f6", download_rate=5000, eta=9000))
    house.say("client/seedbox/download/g7", download("g7", eta=10**9, progress=None))
    house.say("client/seedbox/download/h8", download("h8", eta=20))
    await house.settle()
    found = await items(hass, box)
    assert found["seedbox:e5"]["description"] == "no space"
    assert found["seedbox:f6"]["description"] == "45 % · 5 kB/s · 2 h 30 min"
    assert "due" not in found["seedbox:g7"]
    assert found["seedbox:h8"]["description"].endswith("20 s")
    for data, key in (
        ({"item": "seedbox:d4", "status": "needs_action"}, "todo_already_done"),
        ({"item": "seedbox:a1", "rename": "other"}, "todo_name_is_fixed"),
    ):
        with pytest.raises(ServiceValidationError) as error:
            await todo(hass, "update_item", box, **data)
        assert error.value.translation_key == key
    with pytest.raises(ServiceValidationError) as error:
        await todo(hass, "add_item", box, item="a wish")
    assert error.value.translation_key == "todo_not_a_link"
    home.runtime_data.bus.clients["seedbox"].drop("a1")
    with pytest.raises(ServiceValidationError) as error:
        await todo(hass, "update_item", box, item="seedbox:a1", status="completed")
    assert error.value.translation_key == "unknown_download"


async def test_a_client_of_an_incompatible_bridge(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.say("client/seedbox/status", status(bridge="nowhere"))
    await house.settle()
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, "pause", ids="a1")
    assert error.value.translation_key == "request_offline"
