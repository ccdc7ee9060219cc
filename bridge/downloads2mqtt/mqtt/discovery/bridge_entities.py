"""The entities of a bridge. Pure."""

from typing import get_args

from downloads2mqtt.contract.status import Control
from downloads2mqtt.mqtt.discovery.entity import Entity, said


def _counter(key: str, name: str, icon: str, unit: str, *, total: bool = True) -> Entity:
    return Entity(
        platform="sensor",
        key=key,
        name=name,
        icon=icon,
        source="health",
        template=said(f"value_json.{key}"),
        needs="bridge",
        enabled=False,
        more={
            "unit_of_measurement": unit,
            "state_class": "total_increasing" if total else "measurement",
            "entity_category": "diagnostic",
        },
    )


BRIDGE_ENTITIES: tuple[Entity, ...] = (
    Entity(
        platform="binary_sensor",
        key="connectivity",
        source="state",
        needs="nothing",
        more={
            "payload_on": "online",
            "payload_off": "offline",
            "device_class": "connectivity",
            "entity_category": "diagnostic",
        },
    ),
    Entity(
        platform="sensor",
        key="control",
        name="Allowed control",
        icon="mdi:shield-check-outline",
        source="info",
        template=said("value_json.control"),
        needs="bridge",
        more={"device_class": "enum", "options": list(get_args(Control)), "entity_category": "diagnostic"},
    ),
    Entity(
        platform="sensor",
        key="started",
        name="Started",
        icon="mdi:clock-start",
        source="info",
        template=said("value_json.started_at"),
        needs="bridge",
        enabled=False,
        more={"device_class": "timestamp", "entity_category": "diagnostic"},
    ),
    _counter("published", "Published messages", "mdi:send", "messages"),
    _counter("queue", "Waiting messages", "mdi:tray-full", "messages", total=False),
    _counter("dropped_events", "Dropped events", "mdi:delete-alert-outline", "events"),
    _counter("mqtt_reconnects", "Reconnects", "mdi:connection", "reconnects"),
)
