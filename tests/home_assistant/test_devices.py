"""Devices: which come, which go, and when."""

import pytest
from custom_components.downloads2mqtt import async_remove_config_entry_device, pulls
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.home_assistant.house import House, download, event, held, info, refuse, set_up, value


def devices(hass: HomeAssistant, home: MockConfigEntry) -> set[str]:
    """What devices stand for."""
    entries = dr.async_entries_for_config_entry(dr.async_get(hass), home.entry_id)
    return {next(iter(one.identifiers))[1].removeprefix(home.entry_id + "_") for one in entries}


async def test_a_client_that_is_gone(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    house.say("bridge/main/info", info(clients=("seedbox",)))
    house.say("client/usenet/status", "")
    house.say("client/usenet/stats", "")
    await house.settle()
    assert devices(hass, home) == {"all", "bridge_main", "client_seedbox"}
    assert not [one for one in er.async_get(hass).entities.values() if "_client_usenet_" in one.unique_id]
    house.say("bridge/main/info", info())
    house.client("usenet", retain=False)
    await house.settle()
    assert value(hass, "sensor", "client_usenet", "status") == "online"


async def test_devices_stay_until_all_is_in(
    hass: HomeAssistant, home: MockConfigEntry, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulls, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(pulls, "LONGEST_PAUSE", 0.01)
    await hass.config_entries.async_unload(home.entry_id)
    await hass.config_entries.async_setup(home.entry_id)
    await house.settle()
    every = {"all", "bridge_main", "client_seedbox", "client_usenet"}
    assert devices(hass, home) == every
    house.page_size = 1
    house.answers["snapshot"] = lambda page: refuse("failed", "not yet")(page) if page["after"] else house._page(page)
    house.bridge(clients=("seedbox",))
    house.client("seedbox", (download("a1"), download("b2")))
    await house.settle()
    assert list(held(home)) == ["a1"], "the first of two pages is in"
    assert devices(hass, home) == every
    del house.answers["snapshot"]
    await house.settle()
    assert devices(hass, home) == every - {"client_usenet"}


async def test_a_client_without_a_bridge_stays_until_one_is_there(
    hass: HomeAssistant, home: MockConfigEntry, house: House
) -> None:
    """A person removed the device of the bridge, and Home Assistant starts again."""
    registry = dr.async_get(hass)
    (bridge,) = (one for one in dr.async_entries_for_config_entry(registry, home.entry_id) if one.sw_version == "0.1.0")
    await hass.config_entries.async_unload(home.entry_id)
    registry.async_remove_device(bridge.id)
    await hass.config_entries.async_setup(home.entry_id)
    await house.settle()
    assert devices(hass, home) == {"all", "client_seedbox", "client_usenet"}
    house.bridge(clients=("seedbox",))
    house.client("seedbox")
    await house.settle()
    assert devices(hass, home) == {"all", "bridge_main", "client_seedbox"}


async def test_a_bridge_that_is_gone(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    for client in ("seedbox", "usenet"):
        house.say(f"client/{client}/status", "")
    house.say("bridge/main/info", "")
    await house.settle()
    assert devices(hass, home) == {"all"}


async def test_a_stale_client_that_is_still_retained(hass: HomeAssistant, house: House) -> None:
    home = await set_up(hass, house)
    house.client("old")
    house.bridge()
    house.client("seedbox")
    await house.settle()
    assert devices(hass, home) == {"all", "bridge_main", "client_seedbox"}


async def test_a_client_that_is_left_out(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    hass.config_entries.async_update_entry(home, options={"excluded_clients": ["usenet"], "event_types": ["failed"]})
    await hass.async_block_till_done()
    house.bridge()
    house.client("seedbox")
    house.client("usenet")
    house.say("client/usenet/event", event(1, client="usenet"))
    house.say("client/usenet/event", event(3, "failed", client="usenet"))
    house.say("client/seedbox/event", event(2))
    await house.settle()
    assert devices(hass, home) == {"all", "bridge_main", "client_seedbox"}
    assert value(hass, "event", "all", "event") == "unknown"


async def test_removing_a_device_by_hand(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    def removable() -> set[str]:
        return {
            next(iter(one.identifiers))[1].removeprefix(home.entry_id + "_")
            for one in dr.async_entries_for_config_entry(dr.async_get(hass), home.entry_id)
            if verdicts[one.id]
        }

    async def judge() -> dict[str, bool]:
        entries = dr.async_entries_for_config_entry(dr.async_get(hass), home.entry_id)
        return {one.id: await async_remove_config_entry_device(hass, home, one) for one in entries}

    verdicts = await judge()
    assert removable() == set()
    house.say("bridge/main/state", "offline")
    house.say("client/usenet/status", "")
    await house.settle()
    verdicts = await judge()
    assert removable() == {"bridge_main", "client_usenet"}
