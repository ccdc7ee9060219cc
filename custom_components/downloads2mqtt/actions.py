"""Actions: what automations and people ask of clients."""

from typing import Any

import voluptuous as vol
from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv

from .const import DOMAIN
from .contract import STATES, Download, Nonsense, found_downloads
from .control import ask_any, ask_client, ask_each
from .request import RequestRefused
from .target import ATTR_IDS, Target, coordinators, named_targets, refusal, targets

LIMIT = vol.All(vol.Coerce(int), vol.Range(min=0))
TEXTS = vol.All(cv.ensure_list, [cv.string])
TARGET: dict[Any, Any] = {
    vol.Optional(ATTR_DEVICE_ID): TEXTS,
    vol.Optional(ATTR_ENTITY_ID): TEXTS,
    vol.Optional(ATTR_IDS): TEXTS,
}
LIMITS: dict[Any, Any] = {vol.Optional("download_limit"): LIMIT, vol.Optional("upload_limit"): LIMIT}
SETTINGS: dict[Any, Any] = {
    vol.Optional("category"): cv.string,
    vol.Optional("tags"): TEXTS,
    vol.Optional("priority"): vol.Coerce(int),
}

ADD = vol.Schema(
    {
        vol.Optional(ATTR_DEVICE_ID): TEXTS,
        vol.Optional(ATTR_ENTITY_ID): TEXTS,
        vol.Exclusive("url", "source"): cv.string,
        vol.Exclusive("content", "source"): cv.string,
        vol.Optional("filename"): cv.string,
        vol.Optional("paused"): cv.boolean,
        vol.Optional("path"): cv.string,
        **SETTINGS,
    }
)
SELECT = vol.Schema(TARGET)
REMOVE = vol.Schema({**TARGET, vol.Optional("delete_data", default=False): cv.boolean})
SET = vol.Schema(
    {
        **TARGET,
        **SETTINGS,
        **LIMITS,
        vol.Optional("queue_position"): vol.All(vol.Coerce(int), vol.Range(min=1)),
    }
)
SET_LIMITS = vol.Schema(
    {
        vol.Optional(ATTR_DEVICE_ID): TEXTS,
        vol.Optional(ATTR_ENTITY_ID): TEXTS,
        **LIMITS,
        vol.Optional("alternative_limits"): cv.boolean,
    }
)
GET_DOWNLOADS = vol.Schema(
    {
        **TARGET,
        vol.Optional("states"): vol.All(cv.ensure_list, [vol.In(STATES)]),
        vol.Optional("categories"): TEXTS,
        vol.Optional("tags"): TEXTS,
        vol.Optional("name"): cv.string,
        vol.Optional("limit"): vol.All(vol.Coerce(int), vol.Range(min=1)),
    }
)
FIND = vol.Schema({vol.Exclusive("id", "key"): cv.string, vol.Exclusive("title", "key"): cv.string})


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions; they say so when nothing is set up."""
    for name, handler, schema, response in (
        ("add", _add, ADD, SupportsResponse.OPTIONAL),
        ("pause", _select, SELECT, SupportsResponse.OPTIONAL),
        ("resume", _select, SELECT, SupportsResponse.OPTIONAL),
        ("recheck", _select, SELECT, SupportsResponse.OPTIONAL),
        ("remove", _remove, REMOVE, SupportsResponse.OPTIONAL),
        ("set", _set, SET, SupportsResponse.OPTIONAL),
        ("limits", _limits, SET_LIMITS, SupportsResponse.OPTIONAL),
        ("get_downloads", _get_downloads, GET_DOWNLOADS, SupportsResponse.ONLY),
        ("find", _find, FIND, SupportsResponse.ONLY),
    ):
        hass.services.async_register(DOMAIN, name, handler, schema, response)


async def _add(call: ServiceCall) -> ServiceResponse:
    fields = _fields(call)
    if "url" not in fields and not {"content", "filename"} <= fields.keys():
        raise refusal("no_source")
    some = targets(call.hass, dict(call.data))
    if len(some) > 1:
        raise refusal("one_client_only")
    if some:
        data = await ask_client(some[0].coordinator, some[0].client, "add", fields)
        return {"client": some[0].client, **_object(data)}
    return _object(await ask_any(coordinators(call.hass)[0], "add", fields))


async def _select(call: ServiceCall) -> ServiceResponse:
    return await _each(call.service, [(one, one.selection) for one in named_targets(call.hass, dict(call.data))])


async def _remove(call: ServiceCall) -> ServiceResponse:
    fields = {"delete_data": call.data["delete_data"]}
    return await _each("remove", [(one, {"ids": one.ids, **fields}) for one in _downloads(call)])


async def _set(call: ServiceCall) -> ServiceResponse:
    fields = _fields(call)
    if not fields:
        raise refusal("nothing_to_change")
    return await _each("set", [(one, {"ids": one.ids, **fields}) for one in _downloads(call)])


async def _limits(call: ServiceCall) -> ServiceResponse:
    fields = _fields(call)
    if not fields:
        raise refusal("nothing_to_change")
    return await _each("limits", [(one, fields) for one in named_targets(call.hass, dict(call.data))])


async def _get_downloads(call: ServiceCall) -> ServiceResponse:
    some = targets(call.hass, dict(call.data))
    if not some:
        some = [Target(one, client) for one in coordinators(call.hass) for client in one.bus.clients]
    found = [one for target in some for one in _held(target) if _matches(one, call.data)]
    shown: list[Any] = [dict(one) for one in found[: call.data.get("limit")]]
    return {"downloads": shown, "total": len(found)}


async def _find(call: ServiceCall) -> ServiceResponse:
    if not call.data:
        raise refusal("no_key")
    answers = [one for each in coordinators(call.hass) for one in await ask_each(each, "find", dict(call.data))]
    try:
        found = [one for answer in answers for one in found_downloads(answer)]
    except Nonsense as error:
        raise RequestRefused("failed", f"an answer that makes no sense: {error}", "find") from None
    found.sort(key=lambda one: -one[0])
    shown: list[Any] = [dict(one) for _, one in found]
    return {"downloads": shown, "scores": [score for score, _ in found]}


async def _each(verb: str, asked: list[tuple[Target, dict[str, Any]]]) -> ServiceResponse:
    """Ask one client after the other; the first that refuses ends it."""
    answers: dict[str, Any] = {}
    for target, fields in asked:
        answers[target.client] = await ask_client(target.coordinator, target.client, verb, fields)
    return {"clients": answers}


def _downloads(call: ServiceCall) -> list[Target]:
    """Single downloads: a whole client is never removed or changed by an action without ids."""
    found = named_targets(call.hass, dict(call.data))
    if any(target.ids is None for target in found):
        raise refusal("no_downloads")
    return found


def _fields(call: ServiceCall) -> dict[str, Any]:
    return {key: value for key, value in call.data.items() if key not in (ATTR_DEVICE_ID, ATTR_ENTITY_ID, ATTR_IDS)}


def _held(target: Target) -> list[Download]:
    client = target.coordinator.bus.clients.get(target.client)
    if client is None:
        return []
    return [one for id, one in client.downloads.items() if target.ids is None or id in target.ids]


def _matches(download: Download, wanted: Any) -> bool:
    return (
        download["state"] in wanted.get("states", (download["state"],))
        and download["category"] in wanted.get("categories", (download["category"],))
        and set(download["tags"]) >= set(wanted.get("tags", ()))
        and wanted.get("name", "").casefold() in download["name"].casefold()
    )


def _object(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}
