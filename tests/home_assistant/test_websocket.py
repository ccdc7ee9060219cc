"""WebSocket commands: every user, what that user may do, what is sent."""

from typing import Any

import pytest
from custom_components.downloads2mqtt import live
from homeassistant.auth.const import GROUP_ID_READ_ONLY, GROUP_ID_USER
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import CLIENT_ID, MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.home_assistant.house import House, download, entity_id, event, refuse, status


async def token(hass: HomeAssistant, group: str) -> str:
    """The access token of a new user in a group."""
    found = await hass.auth.async_get_group(group)
    assert found is not None
    user = MockUser(groups=[found]).add_to_hass(hass)
    refresh = await hass.auth.async_create_refresh_token(user, CLIENT_ID)
    return hass.auth.async_create_access_token(refresh)


@pytest.fixture
async def person(hass: HomeAssistant, home: MockConfigEntry, hass_ws_client: WebSocketGenerator) -> Any:
    """A connection of somebody who is no administrator."""
    return await hass_ws_client(hass, await token(hass, GROUP_ID_USER))


@pytest.fixture
async def reader(hass: HomeAssistant, home: MockConfigEntry, hass_ws_client: WebSocketGenerator) -> Any:
    """A connection of somebody who may only look."""
    return await hass_ws_client(hass, await token(hass, GROUP_ID_READ_ONLY))


async def subscribe(socket: Any, **fields: Any) -> dict[str, Any]:
    """Subscribe; returns the snapshot."""
    await socket.send_json_auto_id({"type": "downloads2mqtt/subscribe", **fields})
    answer = await socket.receive_json()
    assert answer["success"], answer
    return await frame(socket)


async def frame(socket: Any) -> dict[str, Any]:
    """The next frame."""
    message = await socket.receive_json()
    assert message["type"] == "event"
    found: dict[str, Any] = message["event"]
    return found


async def ask(socket: Any, topic: str, verb: str, **fields: Any) -> dict[str, Any]:
    """Make a request; returns the whole answer."""
    said = {"type": "downloads2mqtt/request", "topic": topic, "verb": verb, "fields": fields}
    await socket.send_json_auto_id(said)
    found: dict[str, Any] = await socket.receive_json()
    return found


async def test_a_person_sees_everything_live(person: Any, house: House) -> None:
    first = await subscribe(person)
    assert first["t"] == "snapshot"
    assert [one["id"] for one in first["downloads"]] == ["a1", "b2"]
    assert {one["client"]: one["available"] for one in first["clients"]} == {"seedbox": True, "usenet": True}
    assert first["bridges"][0]["state"] == "online"

    house.say("client/seedbox/download/a1", download("a1", progress=46.0, eta=None))
    house.say("client/seedbox/download/b2", "")
    house.say("client/seedbox/download/c3", download("c3"))
    house.say("client/usenet/status", status("usenet", kind="sabnzbd", protocol="usenet", state="offline"))
    await house.settle()
    change = await frame(person)
    assert (change["t"], change["prev"], change["seq"]) == ("delta", 0, 1)
    assert change["set"]["seedbox:a1"] == {"progress": 46.0, "eta": None}
    assert change["set"]["seedbox:c3"] == download("c3")
    assert change["del"] == ["seedbox:b2"]
    assert change["clients"]["usenet"]["available"] is False

    house.say("client/seedbox/event", event(3))
    told = await frame(person)
    assert (told["t"], told["event"], told["seq"]) == ("event", "completed", 2)


async def test_the_broker_goes_and_comes(person: Any, house: House, home: MockConfigEntry) -> None:
    assert (await subscribe(person))["broker"] is True
    for connected in (False, True):
        home.runtime_data._on_connection(connected)
        await house.settle()
        change = await frame(person)
        assert (change["t"], change["broker"]) == ("delta", connected)
    house.say("client/seedbox/download/a1", download("a1", progress=46.0))
    await house.settle()
    change = await frame(person)
    while "set" not in change:
        assert "broker" not in change
        change = await frame(person)
    assert "broker" not in change


async def test_the_end_is_told_and_nothing_after_it(hass: HomeAssistant, person: Any, house: House) -> None:
    await subscribe(person)
    await subscribe(person)
    (home,) = hass.config_entries.async_entries("downloads2mqtt")
    before = home.runtime_data
    assert await hass.config_entries.async_reload(home.entry_id)
    for _ in range(2):
        ending = await frame(person)
        assert (ending["t"], ending["code"]) == ("error", "offline")
        assert ending["message"] == "downloads2mqtt was stopped in Home Assistant"
    assert before._end_listeners == before._event_listeners == []
    await person.send_json_auto_id({"type": "unsubscribe_events", "subscription": 1})
    assert (await person.receive_json())["success"]
    house.bridge()
    house.client("seedbox", (download("a1"),))
    await house.settle()
    assert (await subscribe(person))["t"] == "snapshot"


async def test_unloading_tells_nobody_who_left(hass: HomeAssistant, person: Any, home: MockConfigEntry) -> None:
    await subscribe(person)
    await person.send_json_auto_id({"type": "unsubscribe_events", "subscription": 1})
    assert (await person.receive_json())["success"]
    assert await hass.config_entries.async_unload(home.entry_id)
    await person.send_json_auto_id({"type": "downloads2mqtt/subscribe"})
    assert (await person.receive_json())["error"]["code"] == "not_found"


async def test_it_is_told_what_one_may(person: Any, reader: Any) -> None:
    for socket, control in ((person, "full"), (reader, "off")):
        assert (await subscribe(socket))["control"] == control
        assert (await subscribe(socket, clients=["usenet"]))["control"] == control


async def test_who_may_control_one_client(
    hass: HomeAssistant, house: House, home: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    user = MockUser().add_to_hass(hass)
    todo = entity_id(hass, "todo", "client_seedbox", "downloads")
    user.mock_policy({"entities": {"entity_ids": {todo: True}, "all": {"read": True}}})
    refresh = await hass.auth.async_create_refresh_token(user, CLIENT_ID)
    socket = await hass_ws_client(hass, hass.auth.async_create_access_token(refresh))
    assert (await subscribe(socket))["control"] == "full"
    assert (await subscribe(socket, clients=["usenet"]))["control"] == "off"
    assert (await ask(socket, "client/usenet", "pause", all=True))["error"]["code"] == "unauthorized"


async def test_another_group_is_told(hass: HomeAssistant, reader: Any, house: House) -> None:
    assert (await subscribe(reader))["control"] == "off"
    people = [one for one in await hass.auth.async_get_users() if not one.system_generated]
    (user,) = (one for one in people if one.groups[0].id == GROUP_ID_READ_ONLY)
    await hass.auth.async_update_user(user, group_ids=[GROUP_ID_USER])
    house.say("client/seedbox/download/a1", download("a1", progress=46.0))
    await house.settle()
    assert (await frame(reader))["control"] == "full"


async def test_what_goes(person: Any, house: House) -> None:
    await subscribe(person)
    house.say("client/seedbox/status", "")
    house.say("bridge/main/info", "")
    house.say("client/usenet/status", "")
    await house.settle()
    change = await frame(person)
    assert change["clients"] == {"seedbox": None, "usenet": None}
    assert change["bridges"] == {"main": None}
    assert sorted(change["del"]) == ["seedbox:a1", "seedbox:b2"]


async def test_some_clients_only(person: Any, house: House) -> None:
    first = await subscribe(person, clients=["usenet"])
    assert (len(first["clients"]), first["downloads"]) == (1, [])
    house.say("client/seedbox/event", event(3))
    house.say("client/seedbox/download/a1", download("a1", progress=46.0))
    house.say("client/usenet/download/u1", download("u1", "usenet"))
    await house.settle()
    assert list((await frame(person))["set"]) == ["usenet:u1"]


async def test_many_come_in_pieces(person: Any, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "CHUNK", 1)
    first = await subscribe(person)
    assert len(first["downloads"]) == 1
    await house.settle()
    assert list((await frame(person))["set"]) == ["seedbox:b2"]


async def test_unsubscribing(hass: HomeAssistant, person: Any, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "CHUNK", 1)
    await subscribe(person)
    await person.send_json_auto_id({"type": "unsubscribe_events", "subscription": 1})
    assert (await person.receive_json())["success"]
    house.say("client/seedbox/event", event(3))
    await house.settle()
    assert (await ask(person, "client/seedbox", "poll"))["success"]


async def test_a_person_may_control(person: Any, house: House) -> None:
    house.answers["pause"] = lambda fields: {"paused": 1}
    assert (await ask(person, "client/seedbox", "pause", ids=["a1"]))["result"] == {"paused": 1}
    house.answers["add"] = lambda fields: {"client": "seedbox", "id": "x"}
    assert (await ask(person, "bridge/main", "add", url="http://x"))["result"]["id"] == "x"
    house.answers["remove"] = refuse("forbidden", "no data is deleted here")
    answer = await ask(person, "client/seedbox", "remove", ids=["a1"], delete_data=True)
    assert answer["error"]["code"] == "forbidden"
    assert answer["error"]["message"] == "no data is deleted here"
    house.answers["find"] = refuse("forbidden", "no")
    assert (await ask(person, "bridge/main", "find", id="a1"))["error"]["code"] == "forbidden"


async def test_a_reader_may_look(reader: Any, house: House) -> None:
    assert len((await subscribe(reader))["downloads"]) == 2
    assert (await ask(reader, "client/seedbox", "pause", ids=["a1"]))["error"]["code"] == "unauthorized"
    assert (await ask(reader, "bridge/main", "add", url="http://x"))["error"]["code"] == "unauthorized"
    assert house.asked("pause") == house.asked("add") == []
    house.answers["find"] = lambda fields: {"downloads": [], "scores": []}
    for topic in ("bridge/main", "client/seedbox"):
        assert (await ask(reader, topic, "find", id="a1"))["result"] == {"downloads": [], "scores": []}


@pytest.mark.parametrize("topic", ["client/nobody", "planet/main", "client/a b", "client"])
async def test_nobody_to_ask(person: Any, topic: str) -> None:
    assert (await ask(person, topic, "pause"))["error"]["code"] == "not_found"


async def test_an_unknown_verb(person: Any) -> None:
    assert (await ask(person, "client/seedbox", "dance"))["error"]["code"] == "invalid_format"


async def test_not_set_up(hass: HomeAssistant, person: Any, home: MockConfigEntry) -> None:
    await hass.config_entries.async_unload(home.entry_id)
    await person.send_json_auto_id({"type": "downloads2mqtt/subscribe"})
    assert (await person.receive_json())["error"]["code"] == "not_found"
    assert (await ask(person, "client/seedbox", "pause"))["error"]["code"] == "not_found"
