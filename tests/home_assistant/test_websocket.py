"""WebSocket commands: every user, what that user may do, what is sent."""

from typing import Any

import pytest
from custom_components.downloads2mqtt import live
from homeassistant.auth.const import GROUP_ID_READ_ONLY, GROUP_ID_USER
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import CLIENT_ID, MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.home_assistant.house import House, download, event, refuse, status


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
