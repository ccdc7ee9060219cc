"""The component comes where MQTT discovery showed the same: it waits for that to go, and gets its entity ids."""

import pytest
from custom_components.downloads2mqtt import succession
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from tests.home_assistant.house import DOMAIN, House, download, entity_id, info, set_up, value

DISCOVERED = {
    ("sensor", "downloads2mqtt_client_seedbox_status"): "seedbox_status",
    ("binary_sensor", "downloads2mqtt_bridge_main_connectivity"): "bridge_main_connectivity",
}


@pytest.fixture
def discovered(hass: HomeAssistant) -> list[str]:
    """What discovery has put into the registry; the ids of its entities."""
    registry = er.async_get(hass)
    return [
        registry.async_get_or_create(platform, "mqtt", unique_id, suggested_object_id=object_id).entity_id
        for (platform, unique_id), object_id in DISCOVERED.items()
    ]


async def say_all(house: House) -> None:
    house.bridge(clients=("seedbox",))
    house.client("seedbox", (download("a1"),))
    await house.settle()


def ours(hass: HomeAssistant) -> set[str]:
    """Our entities of clients and bridges."""
    every = [one for one in er.async_get(hass).entities.values() if one.platform == DOMAIN]
    return {one.entity_id for one in every if "_client_" in one.unique_id or "_bridge_" in one.unique_id}


async def test_it_waits_and_gets_the_same_ids(hass: HomeAssistant, house: House, discovered: list[str]) -> None:
    home = await set_up(hass, house)
    await say_all(house)
    assert ours(hass) == set()
    assert home.runtime_data.bus.clients["seedbox"].pulled, "what it knows does not wait"
    for one in discovered:
        er.async_get(hass).async_remove(one)
    await house.settle()
    assert ours(hass) >= set(discovered)
    assert not [one for one in ours(hass) if one.endswith("_2")]


async def test_one_that_stays_is_waited_for_only_so_long(
    hass: HomeAssistant, house: House, discovered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_up(hass, house)
    await say_all(house)
    assert ours(hass) == set()
    monkeypatch.setattr(succession, "PATIENCE", 0.0)
    await house.settle()
    assert entity_id(hass, "sensor", "client_seedbox", "status") == "sensor.seedbox_status_2"


async def test_a_bridge_that_is_away_is_waited_for(
    hass: HomeAssistant, house: House, discovered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(succession, "PATIENCE", 0.0)
    await set_up(hass, house)
    house.say("bridge/main/info", info(clients=("seedbox",)), retain=True)
    house.say("bridge/main/state", "offline", retain=True)
    house.client("seedbox", (download("a1"),))
    await house.settle()
    assert ours(hass) == set()
    house.say("bridge/main/state", "online")
    await house.settle()
    assert entity_id(hass, "sensor", "client_seedbox", "status") == "sensor.seedbox_status_2"


async def test_one_that_was_set_up_before_does_not_wait(hass: HomeAssistant, house: House) -> None:
    home = await set_up(hass, house)
    await say_all(house)
    before = ours(hass)
    assert await hass.config_entries.async_unload(home.entry_id)
    registry = er.async_get(hass)
    registry.async_get_or_create("sensor", "mqtt", "downloads2mqtt_client_seedbox_total")
    assert await hass.config_entries.async_setup(home.entry_id)
    await say_all(house)
    assert ours(hass) == before
    assert value(hass, "sensor", "client_seedbox", "status") == "online"


@pytest.mark.parametrize("unique_id", ["downloads2mqtt_other", "else_client_seedbox_status", "a-b_client_x"])
async def test_what_is_of_others_is_not_waited_for(hass: HomeAssistant, house: House, unique_id: str) -> None:
    er.async_get(hass).async_get_or_create("sensor", "mqtt", unique_id)
    await set_up(hass, house)
    await say_all(house)
    assert "sensor.seedbox_status" in ours(hass)
