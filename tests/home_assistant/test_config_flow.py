"""Every way to set up, reconfigure and set options."""

import json
from typing import Any
from unittest.mock import patch

import pytest
from custom_components.downloads2mqtt import config_flow
from homeassistant import config_entries
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.service_info.mqtt import MqttServiceInfo
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.home_assistant.house import DOMAIN, House, entry, info


def found(topic: str = "downloads2mqtt/bridge/main/info", payload: Any = None) -> MqttServiceInfo:
    """What Home Assistant hands over when it finds a bridge."""
    text = json.dumps(info()) if payload is None else payload
    return MqttServiceInfo(
        topic=topic, payload=text, qos=1, retain=True, subscribed_topic="downloads2mqtt/bridge/+/info", timestamp=0.0
    )


async def begin(hass: HomeAssistant, source: str, data: Any = None) -> Any:
    """Start a flow."""
    return await hass.config_entries.flow.async_init(DOMAIN, context={"source": source}, data=data)


@pytest.fixture(autouse=True)
def probing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Probes that find nothing do not take five seconds."""
    monkeypatch.setattr(config_flow, "PROBE_SECONDS", 0.05)


async def test_found(hass: HomeAssistant, house: House) -> None:
    asked = await begin(hass, config_entries.SOURCE_MQTT, found())
    assert (asked["type"], asked["step_id"]) == (FlowResultType.FORM, "discovery_confirm")
    made = await hass.config_entries.flow.async_configure(asked["flow_id"], {})
    assert made["type"] is FlowResultType.CREATE_ENTRY
    assert made["title"] == "downloads2mqtt"
    assert made["data"] == {"base_topic": "downloads2mqtt"}
    assert made["result"].unique_id == "downloads2mqtt"


async def test_found_by_a_message(hass: HomeAssistant, house: House) -> None:
    house.say("bridge/main/info", info(), retain=True)
    await hass.async_block_till_done()
    assert [one["context"]["source"] for one in hass.config_entries.flow.async_progress()] == ["mqtt"]


async def test_two_bridges_are_found_once(hass: HomeAssistant, house: House) -> None:
    await begin(hass, config_entries.SOURCE_MQTT, found())
    again = await begin(
        hass, config_entries.SOURCE_MQTT, found("downloads2mqtt/bridge/nas/info", json.dumps(info("nas")))
    )
    assert again["reason"] == "already_in_progress"


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("downloads2mqtt/bridge/main/info", ""),
        ("downloads2mqtt/bridge/main/info", "{"),
        ("downloads2mqtt/bridge/main/info", "[]"),
        ("downloads2mqtt/bridge/main/info", "{}"),
        ("downloads2mqtt/bridge/other/info", None),
        ("downloads2mqtt/main/info", None),
    ],
)
async def test_found_nonsense(hass: HomeAssistant, house: House, topic: str, payload: str | None) -> None:
    ended = await begin(hass, config_entries.SOURCE_MQTT, found(topic, payload))
    assert (ended["type"], ended["reason"]) == (FlowResultType.ABORT, "invalid_discovery_info")


async def test_found_what_is_there(hass: HomeAssistant, home: MockConfigEntry) -> None:
    ended = await begin(hass, config_entries.SOURCE_MQTT, found())
    assert ended["reason"] == "already_configured"


async def test_by_base_topic_what_is_found_meanwhile(hass: HomeAssistant, house: House) -> None:
    await begin(hass, config_entries.SOURCE_MQTT, found())
    asked = await begin(hass, config_entries.SOURCE_USER)
    with patch.object(config_flow.Downloads2mqttConfigFlow, "_probe", return_value=True):
        made = await hass.config_entries.flow.async_configure(asked["flow_id"], {"base_topic": "downloads2mqtt"})
    assert made["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert hass.config_entries.flow.async_progress() == []


async def test_by_base_topic(hass: HomeAssistant, house: House) -> None:
    asked = await begin(hass, config_entries.SOURCE_USER)
    assert (asked["step_id"], asked["errors"]) == ("user", {})

    async def configure(base: str) -> Any:
        return await hass.config_entries.flow.async_configure(asked["flow_id"], {"base_topic": base})

    assert (await configure("a b"))["errors"] == {"base_topic": "invalid_base_topic"}
    assert (await configure("house/media"))["errors"] == {"base": "no_bridge"}
    with patch.object(config_flow.mqtt, "async_subscribe", side_effect=HomeAssistantError):
        assert (await configure("house/media"))["errors"] == {"base": "cannot_connect"}

    probe = config_flow.mqtt.async_subscribe

    async def answered(hass: HomeAssistant, topic: str, callback: Any, qos: int = 0) -> Any:
        stop = await probe(hass, topic, callback, qos)
        if topic.endswith("/bridge/+/info"):
            house.say("bridge/main/info", "nonsense", base="house/media")
            house.say("bridge/main/info", info(), base="house/media")
        return stop

    with patch.object(config_flow.mqtt, "async_subscribe", answered):
        made = await configure(" /house/media/ ")
    assert made["type"] is FlowResultType.CREATE_ENTRY
    assert made["title"] == "downloads2mqtt (house/media)"
    assert made["result"].unique_id == "house/media"


async def test_by_a_base_topic_that_is_there(hass: HomeAssistant, home: MockConfigEntry) -> None:
    asked = await begin(hass, config_entries.SOURCE_USER)
    with patch.object(config_flow.Downloads2mqttConfigFlow, "_probe", return_value=True):
        ended = await hass.config_entries.flow.async_configure(asked["flow_id"], {"base_topic": "downloads2mqtt"})
    assert ended["reason"] == "already_configured"


@pytest.mark.parametrize("source", [config_entries.SOURCE_USER, config_entries.SOURCE_RECONFIGURE])
async def test_without_mqtt(hass: HomeAssistant, home: MockConfigEntry, source: str) -> None:
    context = config_entries.ConfigFlowContext(source=source, entry_id=home.entry_id)
    with patch.object(config_flow.mqtt, "async_wait_for_mqtt_client", return_value=False):
        ended = await hass.config_entries.flow.async_init(DOMAIN, context=context)
    assert (ended["type"], ended["reason"]) == (FlowResultType.ABORT, "mqtt_unavailable")


async def test_reconfigure(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    asked = await home.start_reconfigure_flow(hass)
    assert asked["step_id"] == "reconfigure"
    wrong = await hass.config_entries.flow.async_configure(asked["flow_id"], {"base_topic": "elsewhere"})
    assert wrong["errors"] == {"base": "no_bridge"}
    with patch.object(config_flow.Downloads2mqttConfigFlow, "_probe", return_value=True):
        ended = await hass.config_entries.flow.async_configure(asked["flow_id"], {"base_topic": "elsewhere"})
    await hass.async_block_till_done()
    assert ended["reason"] == "reconfigure_successful"
    assert (home.unique_id, home.data) == ("elsewhere", {"base_topic": "elsewhere"})
    assert home.runtime_data.base == "elsewhere"


async def test_reconfigure_to_the_same(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    asked = await home.start_reconfigure_flow(hass)
    with patch.object(config_flow.Downloads2mqttConfigFlow, "_probe", return_value=True):
        ended = await hass.config_entries.flow.async_configure(asked["flow_id"], {"base_topic": "downloads2mqtt"})
    assert ended["reason"] == "reconfigure_successful"


async def test_reconfigure_to_another_entrys(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    entry("elsewhere").add_to_hass(hass)
    asked = await home.start_reconfigure_flow(hass)
    with patch.object(config_flow.Downloads2mqttConfigFlow, "_probe", return_value=True):
        ended = await hass.config_entries.flow.async_configure(asked["flow_id"], {"base_topic": "elsewhere"})
    assert ended["reason"] == "already_configured"
    assert home.unique_id == "downloads2mqtt"


async def test_reconfigure_to_what_is_found_there(hass: HomeAssistant, house: House) -> None:
    moved = entry("house")
    moved.add_to_hass(hass)
    assert await hass.config_entries.async_setup(moved.entry_id)
    offered = await begin(hass, config_entries.SOURCE_MQTT, found())
    asked = await moved.start_reconfigure_flow(hass)
    with patch.object(config_flow.Downloads2mqttConfigFlow, "_probe", return_value=True):
        ended = await hass.config_entries.flow.async_configure(asked["flow_id"], {"base_topic": "downloads2mqtt"})
    await hass.async_block_till_done()
    assert (ended["reason"], moved.unique_id) == ("reconfigure_successful", "downloads2mqtt")
    late = await hass.config_entries.flow.async_configure(offered["flow_id"], {})
    assert (late["type"], late["reason"]) == (FlowResultType.ABORT, "already_configured")
    assert hass.config_entries.async_entries(DOMAIN) == [moved]


async def test_options_while_it_is_not_loaded(hass: HomeAssistant, house: House) -> None:
    away = entry(excluded_clients=["usenet"])
    away.add_to_hass(hass)
    asked = await hass.config_entries.options.async_init(away.entry_id)
    assert asked["data_schema"] is not None
    field = next(key for key in asked["data_schema"].schema if key == "excluded_clients")
    assert [one["value"] for one in asked["data_schema"].schema[field].config["options"]] == ["usenet"]


async def test_options(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    before = home.runtime_data
    asked = await hass.config_entries.options.async_init(home.entry_id)
    assert asked["step_id"] == "init"
    given = {
        "excluded_clients": ["usenet"],
        "event_types": ["completed"],
        "download_sensors": True,
        "download_sensors_limit": 5.0,
    }
    made = await hass.config_entries.options.async_configure(asked["flow_id"], given)
    await hass.async_block_till_done()
    assert made["data"] == {**given, "download_sensors_limit": 5}
    assert home.runtime_data is not before
    assert home.runtime_data.excluded == {"usenet"}

    asked = await hass.config_entries.options.async_init(home.entry_id)
    assert asked["data_schema"] is not None
    field = next(key for key in asked["data_schema"].schema if key == "excluded_clients")
    options = asked["data_schema"].schema[field].config["options"]
    assert [one["value"] for one in options] == ["usenet"]
