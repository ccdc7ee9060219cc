"""The blueprints, run: told once, paused while, guarded."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from tests.home_assistant.house import House, entity_id, event, stats

BLUEPRINTS = Path(__file__).parents[2] / "blueprints" / "automation" / "downloads2mqtt"


@pytest.fixture
def blueprints(hass: HomeAssistant, tmp_path: Path) -> None:
    """Home Assistant has ours."""
    hass.config.config_dir = str(tmp_path)
    place = tmp_path / "blueprints" / "automation" / "downloads2mqtt"
    place.mkdir(parents=True)
    for one in BLUEPRINTS.glob("*.yaml"):
        (place / one.name).write_text(one.read_text())


async def automate(hass: HomeAssistant, name: str, **inputs: Any) -> None:
    """An automation from a blueprint."""
    use = {"path": f"downloads2mqtt/{name}.yaml", "input": inputs}
    assert await async_setup_component(hass, "automation", {"automation": {"use_blueprint": use}})
    await hass.async_block_till_done()
    states = hass.states.async_all("automation")
    assert [one.state for one in states] == ["on"]


def texts(calls: list[ServiceCall]) -> list[str]:
    """The messages told."""
    return [str(call.data["message"]) for call in calls]


async def test_tell_when_done(hass: HomeAssistant, home: MockConfigEntry, house: House, blueprints: None) -> None:
    calls = async_mock_service(hass, "persistent_notification", "create")
    await automate(hass, "tell_when_done", event=entity_id(hass, "event", "all", "event"))
    house.say("client/seedbox/event", event(1, "added"))
    for _ in range(2):
        house.say("client/seedbox/event", event(2))
    house.say("client/seedbox/event", event(3, name="another"))
    await asyncio.sleep(0.02)
    await hass.async_block_till_done()
    assert texts(calls) == ["name of a1 is complete.", "another is complete."]


async def test_tell_of_one_category(hass: HomeAssistant, home: MockConfigEntry, house: House, blueprints: None) -> None:
    calls = async_mock_service(hass, "persistent_notification", "create")
    await automate(hass, "tell_when_done", event=entity_id(hass, "event", "all", "event"), category="films")
    house.say("client/seedbox/event", event(2))
    await house.settle()
    assert calls == []


async def test_pause_while(hass: HomeAssistant, home: MockConfigEntry, house: House, blueprints: None) -> None:
    hass.states.async_set("schedule.peak", "off")
    switch = entity_id(hass, "switch", "all", "paused")
    await automate(hass, "pause_while", switch=switch, while_entity="schedule.peak")
    hass.states.async_set("schedule.peak", "on")
    await hass.async_block_till_done()
    assert house.asked("pause") == [{"all": True}] * 2
    hass.states.async_set("schedule.peak", "off")
    await hass.async_block_till_done()
    assert house.asked("resume") == [{"all": True}] * 2


async def test_free_space_guard(hass: HomeAssistant, home: MockConfigEntry, house: House, blueprints: None) -> None:
    space = entity_id(hass, "sensor", "client_seedbox", "free_space")
    switch = entity_id(hass, "switch", "client_seedbox", "paused")
    await automate(hass, "free_space_guard", free_space=space, switch=switch, minutes=0)
    house.say("client/seedbox/stats", stats(2, free_space=5 * 10**9))
    await house.settle()
    assert house.asked("pause") == [{"all": True}]
    house.say("client/seedbox/stats", stats(2, free_space=50 * 10**9))
    await house.settle()
    assert house.asked("resume") == [{"all": True}]
