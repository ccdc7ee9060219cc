"""Setting up: found by Home Assistant, or by base topic; reconfiguring; options."""

import asyncio
from typing import Any, Final

import voluptuous as vol
from homeassistant.components import mqtt
from homeassistant.components.mqtt import ReceiveMessage
from homeassistant.config_entries import ConfigEntry, ConfigFlow, ConfigFlowResult, OptionsFlow
from homeassistant.core import callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import selector
from homeassistant.helpers.service_info.mqtt import MqttServiceInfo
from homeassistant.util.json import json_loads

from . import contract
from .const import (
    CONF_BASE_TOPIC,
    CONF_DOWNLOAD_SENSORS,
    CONF_DOWNLOAD_SENSORS_LIMIT,
    CONF_EVENT_TYPES,
    CONF_EXCLUDED_CLIENTS,
    DEFAULT_BASE_TOPIC,
    DEFAULT_DOWNLOAD_SENSORS_LIMIT,
    DOMAIN,
    MOST_DOWNLOAD_SENSORS,
    NAME,
)
from .contract import Nonsense

PROBE_SECONDS: Final = 5.0


class Downloads2mqttConfigFlow(ConfigFlow, domain=DOMAIN):
    """The ways to an entry."""

    VERSION = 1

    def __init__(self) -> None:
        """Start with the usual base topic."""
        self._base = DEFAULT_BASE_TOPIC

    @staticmethod
    @callback
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """The options of an entry."""
        return Downloads2mqttOptionsFlow()

    async def async_step_mqtt(self, discovery_info: MqttServiceInfo) -> ConfigFlowResult:
        """A bridge told what it is."""
        base, found, bridge = discovery_info.topic.removesuffix("/info").rpartition("/bridge/")
        try:
            info = contract.bridge_info(json_loads(str(discovery_info.payload)))
        except (Nonsense, ValueError):
            return self.async_abort(reason="invalid_discovery_info")
        if not found or info["bridge"] != bridge:
            return self.async_abort(reason="invalid_discovery_info")
        await self.async_set_unique_id(base)
        self._abort_if_unique_id_configured()
        self._base = base
        self.context["title_placeholders"] = {"name": _title(base)}
        return await self.async_step_discovery_confirm()

    async def async_step_discovery_confirm(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask whether what was found is to be set up."""
        if user_input is not None:
            self._abort_if_unique_id_configured()
            return self._create()
        return self.async_show_form(step_id="discovery_confirm", description_placeholders={CONF_BASE_TOPIC: self._base})

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the base topic and look there."""
        if not await mqtt.async_wait_for_mqtt_client(self.hass):
            return self.async_abort(reason="mqtt_unavailable")
        errors: dict[str, str] = {}
        if user_input is not None:
            self._base = _tidy(user_input[CONF_BASE_TOPIC])
            if not (errors := await self._errors()):
                # What was found by itself meanwhile stands no one in the way: it goes when this is done.
                await self.async_set_unique_id(self._base, raise_on_progress=False)
                self._abort_if_unique_id_configured()
                return self._create()
        return self._ask("user", errors)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for another base topic and look there."""
        if not await mqtt.async_wait_for_mqtt_client(self.hass):
            return self.async_abort(reason="mqtt_unavailable")
        entry = self._get_reconfigure_entry()
        errors: dict[str, str] = {}
        if user_input is None:
            self._base = entry.data[CONF_BASE_TOPIC]
        else:
            self._base = _tidy(user_input[CONF_BASE_TOPIC])
            if not (errors := await self._errors()):
                return await self._move(entry)
        return self._ask("reconfigure", errors)

    async def _move(self, entry: ConfigEntry) -> ConfigFlowResult:
        """The entry's own listener reloads it."""
        if self._base != entry.unique_id:
            # As by hand: what was found by itself there stands no one in the way.
            await self.async_set_unique_id(self._base, raise_on_progress=False)
            self._abort_if_unique_id_configured()
        self.hass.config_entries.async_update_entry(
            entry, unique_id=self._base, title=_title(self._base), data={CONF_BASE_TOPIC: self._base}
        )
        return self.async_abort(reason="reconfigure_successful")

    def _ask(self, step_id: str, errors: dict[str, str]) -> ConfigFlowResult:
        schema = vol.Schema({vol.Required(CONF_BASE_TOPIC, default=self._base): selector.TextSelector()})
        return self.async_show_form(step_id=step_id, data_schema=schema, errors=errors)

    def _create(self) -> ConfigFlowResult:
        return self.async_create_entry(title=_title(self._base), data={CONF_BASE_TOPIC: self._base})

    async def _errors(self) -> dict[str, str]:
        if not contract.is_base(self._base):
            return {CONF_BASE_TOPIC: "invalid_base_topic"}
        try:
            seen = await self._probe()
        except HomeAssistantError:
            return {"base": "cannot_connect"}
        return {} if seen else {"base": "no_bridge"}

    async def _probe(self) -> bool:
        """Whether a bridge tells of itself below the base topic."""
        seen = asyncio.Event()

        @callback
        def on_message(message: ReceiveMessage) -> None:
            try:
                contract.bridge_info(json_loads(str(message.payload)))
            except (Nonsense, ValueError):
                return
            seen.set()

        stop = await mqtt.async_subscribe(self.hass, f"{self._base}/bridge/+/info", on_message, qos=1)
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                await seen.wait()
        except TimeoutError:
            return False
        finally:
            stop()
        return True


class Downloads2mqttOptionsFlow(OptionsFlow):
    """Which clients, which events, and sensors of single downloads."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask; the entry's own listener reloads it."""
        if user_input is not None:
            limit = int(user_input[CONF_DOWNLOAD_SENSORS_LIMIT])
            return self.async_create_entry(data={**user_input, CONF_DOWNLOAD_SENSORS_LIMIT: limit})
        schema = self.add_suggested_values_to_schema(_options(self._clients()), self.config_entry.options)
        return self.async_show_form(step_id="init", data_schema=schema)

    def _clients(self) -> list[selector.SelectOptionDict]:
        """The clients that are known, and those left out."""
        coordinator = getattr(self.config_entry, "runtime_data", None)
        known = {name: one.title for name, one in coordinator.bus.clients.items()} if coordinator else {}
        left_out = dict.fromkeys(self.config_entry.options.get(CONF_EXCLUDED_CLIENTS, ()))
        titles = {**{name: name for name in left_out}, **known}
        return [selector.SelectOptionDict(value=name, label=title) for name, title in sorted(titles.items())]


def _options(clients: list[selector.SelectOptionDict]) -> vol.Schema:
    select, number = selector.SelectSelectorConfig, selector.NumberSelectorConfig
    return vol.Schema(
        {
            vol.Optional(CONF_EXCLUDED_CLIENTS, default=list): selector.SelectSelector(
                select(options=clients, multiple=True)
            ),
            vol.Required(CONF_EVENT_TYPES, default=list(contract.EVENT_TYPES)): selector.SelectSelector(
                select(options=list(contract.EVENT_TYPES), multiple=True, translation_key="event_type")
            ),
            vol.Required(CONF_DOWNLOAD_SENSORS, default=False): selector.BooleanSelector(),
            vol.Required(CONF_DOWNLOAD_SENSORS_LIMIT, default=DEFAULT_DOWNLOAD_SENSORS_LIMIT): selector.NumberSelector(
                number(min=1, max=MOST_DOWNLOAD_SENSORS, mode=selector.NumberSelectorMode.BOX)
            ),
        }
    )


def _tidy(base: str) -> str:
    return base.strip().strip("/")


def _title(base: str) -> str:
    return NAME if base == DEFAULT_BASE_TOPIC else f"{NAME} ({base})"
