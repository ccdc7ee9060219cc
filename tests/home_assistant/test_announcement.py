"""What the component tells the bridges of itself: retained, and never that it is gone when Home Assistant stops."""

from typing import Any
from unittest.mock import patch

from custom_components.downloads2mqtt import config_flow
from homeassistant.core import HomeAssistant
from homeassistant.helpers.dispatcher import async_dispatcher_send
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.home_assistant.house import House, set_up

TOPIC = "downloads2mqtt/home_assistant/state"


def announced(house: House, topic: str = TOPIC) -> list[tuple[Any, ...]]:
    """Payload, QoS and whether retained, of each."""
    calls = [call.args for call in house.mqtt.async_publish.call_args_list]
    return [tuple(args[1:4]) for args in calls if args[0] == topic]


async def test_it_is_retained(hass: HomeAssistant, house: House) -> None:
    found = await set_up(hass, house)
    await house.settle()
    assert announced(house) == [("online", 1, True)]
    await hass.config_entries.async_remove(found.entry_id)
    assert announced(house) == [("online", 1, True), ("offline", 1, True)]


async def test_it_is_said_again_to_a_broker_that_may_have_forgotten(
    hass: HomeAssistant, home: MockConfigEntry, house: House
) -> None:
    async_dispatcher_send(hass, "mqtt_connection_state", False)
    async_dispatcher_send(hass, "mqtt_connection_state", True)
    await house.settle()
    assert announced(house) == [("online", 1, True)] * 2


async def test_home_assistant_stops(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    await hass.async_stop(force=True)
    assert announced(house) == [("online", 1, True)]


async def test_another_base_topic(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    asked = await home.start_reconfigure_flow(hass)
    with patch.object(config_flow.Downloads2mqttConfigFlow, "_probe", return_value=True):
        await hass.config_entries.flow.async_configure(asked["flow_id"], {"base_topic": "elsewhere"})
    await house.settle()
    assert announced(house) == [("online", 1, True), ("offline", 1, True)]
    assert announced(house, "elsewhere/home_assistant/state") == [("online", 1, True)]
