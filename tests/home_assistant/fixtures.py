"""Fixtures: Home Assistant with a fake MQTT client, our component, and a house of two download clients."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.home_assistant.house import House, download, entry


@pytest.fixture(autouse=True)
def expected_lingering_timers() -> bool:
    """The MQTT integration leaves one."""
    return True


@pytest.fixture(autouse=True)
def our_component(enable_custom_integrations: None) -> None:
    """Home Assistant finds what lies in custom_components."""


@pytest.fixture
def house(hass: HomeAssistant, mqtt_mock: Any) -> House:
    """The bus, with nothing on it."""
    return House(hass, mqtt_mock)


@pytest.fixture
async def home(hass: HomeAssistant, house: House) -> MockConfigEntry:
    """The component, set up, with a bridge and two clients; one downloads, one has nothing to do."""
    found = entry()
    found.add_to_hass(hass)
    assert await hass.config_entries.async_setup(found.entry_id)
    house.bridge()
    house.client("seedbox", (download("a1"), download("b2", state="paused", progress=10.0, download_rate=0, eta=None)))
    house.client("usenet", (), kind="sabnzbd", protocol="usenet")
    await house.settle()
    return found
