"""Configurations as Home Assistant's device discovery reads them. Pure.

https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from downloads2mqtt import __version__
from downloads2mqtt.contract.status import BridgeInfo, ClientStats, ClientStatus
from downloads2mqtt.mqtt.discovery.bridge_entities import BRIDGE_ENTITIES
from downloads2mqtt.mqtt.discovery.client_entities import CLIENT_ENTITIES
from downloads2mqtt.mqtt.discovery.entity import Entity, said
from downloads2mqtt.mqtt.discovery.places import Places, bridge_subject, client_subject

NAME = "downloads2mqtt"
ORIGIN = {
    "name": NAME,
    "sw_version": __version__,
    "support_url": "https://github.com/downloads2mqtt/downloads2mqtt",
}
_ANSWERS = said("'online' if value_json.state == 'online' else 'offline'")


class _Device(msgspec.Struct):
    identifiers: list[str]
    via_device: str | None = None


class _Origin(msgspec.Struct):
    name: str


class _Config(msgspec.Struct):
    device: _Device
    origin: _Origin


def is_of(bridge: str, payload: bytes, places: Places) -> bool:
    """Whether a configuration was published by `bridge`, now or in an earlier run."""
    try:
        config = msgspec.json.decode(payload, type=_Config)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
    own = places.identifier(bridge_subject(bridge))
    return config.origin.name == NAME and own in (*config.device.identifiers, config.device.via_device)


def bridge_config(info: BridgeInfo, places: Places) -> bytes:
    """The device of a bridge."""
    subject = bridge_subject(info.bridge)
    online = {"topic": places.topics.bridge(info.bridge, "state")}
    device = {
        "identifiers": [places.identifier(subject)],
        "name": f"Bridge {info.bridge}",
        "manufacturer": NAME,
        "sw_version": info.version,
    }
    components = {
        entity.key: _component(
            entity,
            places.identifier(subject),
            places.topics.bridge(info.bridge, entity.source) if entity.source else None,
            [online] if entity.needs == "bridge" else [],
        )
        for entity in BRIDGE_ENTITIES
    }
    return _encode(device, components)


def client_config(status: ClientStatus, stats: ClientStats | None, title: str, places: Places) -> bytes:
    """The device of a client; `title` is what its kind is called."""
    topics, subject = places.topics, client_subject(status.client)
    device = {
        "identifiers": [places.identifier(subject)],
        "name": status.name,
        "manufacturer": NAME,
        "model": title,
        "via_device": places.identifier(bridge_subject(status.bridge)),
        **({"sw_version": status.version} if status.version else {}),
    }
    online = {"topic": topics.bridge(status.bridge, "state")}
    answers = {"topic": topics.client(status.client, "status"), "value_template": _ANSWERS}
    available = {"nothing": [], "bridge": [online], "answer": [online, answers]}
    components = {}
    for entity in _able(status, stats):
        component = _component(
            entity, places.identifier(subject), _source(entity, status, places), available[entity.needs]
        )
        if entity.verb is not None:
            component |= {"command_topic": topics.client_request(status.client, entity.verb), "qos": 1}
        elif entity.platform == "switch":
            component |= {"command_topic": places.paused(status.client), "qos": 1}
        components[entity.key] = component
    return _encode(device, components)


def _able(status: ClientStatus, stats: ClientStats | None) -> Iterator[Entity]:
    """The entities for what the client declares that it can."""
    takes = {"poll", *status.abilities}
    for entity in CLIENT_ENTITIES:
        if entity.verb is not None and entity.verb not in takes:
            continue
        if entity.key == "paused" and not {"pause", "resume"} <= takes:
            continue
        if entity.key == "alternative_limits" and (stats is None or stats.alternative_limits is None):
            continue
        if entity.key == "upload_limit" and status.protocol != "torrent":
            continue
        yield entity


def _source(entity: Entity, status: ClientStatus, places: Places) -> str | None:
    if entity.source is None:
        return None
    if entity.source == "summary":
        return places.summary(status.client)
    return places.topics.client(status.client, entity.source)


def _component(entity: Entity, device: str, topic: str | None, available: list[dict[str, str]]) -> dict[str, Any]:
    named = {"name": entity.name, "icon": entity.icon, "value_template": entity.template, "state_topic": topic}
    return {
        "platform": entity.platform,
        "unique_id": f"{device}_{entity.key}",
        **{key: value for key, value in named.items() if value is not None},
        **({"availability": available, "availability_mode": "all"} if available else {}),
        **({} if entity.enabled else {"enabled_by_default": False}),
        **entity.more,
    }


def _encode(device: dict[str, Any], components: dict[str, dict[str, Any]]) -> bytes:
    return msgspec.json.encode({"device": device, "origin": ORIGIN, "components": components})
