"""What an action is about: clients and downloads, by device, entity or id."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceEntry

from .const import DOMAIN
from .coordinator import Coordinator
from .devices import subject
from .download_sensor import unique_id_prefix

ATTR_IDS = "ids"


@dataclass(slots=True)
class Target:
    """A client, and of its downloads those with `ids`; all of them where `ids` is None."""

    coordinator: Coordinator
    client: str
    ids: list[str] | None = field(default=None)

    @property
    def selection(self) -> dict[str, Any]:
        """The fields of a request that select these downloads."""
        return {"all": True} if self.ids is None else {"ids": self.ids}


def refusal(key: str, **placeholders: str) -> ServiceValidationError:
    """What is wrong with an action's data, in the user's language."""
    return ServiceValidationError(translation_domain=DOMAIN, translation_key=key, translation_placeholders=placeholders)


def coordinators(hass: HomeAssistant) -> list[Coordinator]:
    """Those that are set up; raises where there is none."""
    loaded = [one for one in hass.config_entries.async_entries(DOMAIN) if one.state is ConfigEntryState.LOADED]
    if not loaded:
        raise refusal("not_set_up")
    return [entry.runtime_data for entry in loaded]


def targets(hass: HomeAssistant, data: dict[str, Any]) -> list[Target]:
    """What devices, entities and ids name, one for each client; nothing where they name nothing."""
    found: dict[tuple[str, str], Target] = {}
    for target in _named(hass, data):
        _merge(found, target)
    if ids := data.get(ATTR_IDS):
        return list(_with_ids(coordinators(hass), list(found.values()), ids))
    return list(found.values())


def named_targets(hass: HomeAssistant, data: dict[str, Any]) -> list[Target]:
    """As `targets`; raises where nothing is named."""
    found = targets(hass, data)
    if not found:
        raise refusal("no_target")
    return found


def _named(hass: HomeAssistant, data: dict[str, Any]) -> Iterator[Target]:
    known = coordinators(hass)
    for device_id in data.get(ATTR_DEVICE_ID, ()):
        yield from _of_device(hass, known, device_id)
    for entity_id in data.get(ATTR_ENTITY_ID, ()):
        yield from _of_entity(hass, known, entity_id)


def _of_device(hass: HomeAssistant, known: list[Coordinator], device_id: str) -> Iterator[Target]:
    device = dr.async_get(hass).async_get(device_id)
    if isinstance(device, DeviceEntry):
        for coordinator in known:
            what = subject(device, coordinator.config_entry.entry_id)
            if what is not None:
                yield from (Target(coordinator, client) for client in _clients(coordinator, *what))
                return
    raise refusal("unknown_target", target=device_id)


def _clients(coordinator: Coordinator, kind: str, name: str) -> Iterable[str]:
    if kind == "client":
        return [name]
    held = coordinator.bus.clients.values()
    return [client.name for client in held if kind == "all" or client.status["bridge"] == name]


def _of_entity(hass: HomeAssistant, known: list[Coordinator], entity_id: str) -> Iterator[Target]:
    entity = er.async_get(hass).async_get(entity_id)
    if entity is None or entity.platform != DOMAIN or entity.device_id is None:
        raise refusal("unknown_target", target=entity_id)
    for coordinator in known:
        prefix = unique_id_prefix(coordinator.config_entry.entry_id)
        if entity.unique_id.startswith(prefix):
            client, _, id = entity.unique_id[len(prefix) :].partition(":")
            yield Target(coordinator, client, [id])
            return
    yield from _of_device(hass, known, entity.device_id)


def _merge(found: dict[tuple[str, str], Target], target: Target) -> None:
    place = target.coordinator.config_entry.entry_id, target.client
    before = found.setdefault(place, target)
    if before is target:
        return
    if before.ids is None or target.ids is None:
        before.ids = None
    else:
        before.ids = list(dict.fromkeys([*before.ids, *target.ids]))


def _with_ids(known: list[Coordinator], named: list[Target], ids: list[str]) -> Iterator[Target]:
    """The downloads with these ids, of the clients named, if any are; raises for one that is not there."""
    allowed = {(one.coordinator.base, one.client) for one in named}
    found: dict[tuple[str, str], Target] = {}
    for id in ids:
        places = [
            Target(coordinator, client, [bare])
            for coordinator in known
            for client, bare in coordinator.bus.find(id)
            if not named or (coordinator.base, client) in allowed
        ]
        if not places:
            raise refusal("unknown_download", id=id)
        for place in places:
            _merge(found, place)
    return iter(found.values())
