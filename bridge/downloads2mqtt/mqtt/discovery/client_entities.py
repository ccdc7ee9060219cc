"""The entities of a client. Pure."""

from collections.abc import Mapping
from typing import Any, get_args

from downloads2mqtt.contract.download import ACTIVE, STATES
from downloads2mqtt.contract.event import EVENT_TYPES
from downloads2mqtt.contract.status import ClientState
from downloads2mqtt.mqtt.discovery.entity import Entity, Needs, Source, said, scaled

RARE_STATES = ("metadata", "checking", "unknown")
MEGA, GIGA, TERA = 10**6, 10**9, 10**12
_UNITS = {"MB/s": (MEGA, 2, "data_rate"), "GB": (GIGA, 2, "data_size"), "TB": (TERA, 3, "data_size")}
"""The factor, digits and device class of each."""


def _measured(key: str, name: str, icon: str, unit: str, *, source: Source = "stats", total: bool = False) -> Entity:
    factor, digits, device_class = _UNITS[unit]
    return Entity(
        platform="sensor",
        key=key,
        name=name,
        icon=icon,
        source=source,
        template=scaled(key, factor),
        more={
            "device_class": device_class,
            "unit_of_measurement": unit,
            "suggested_display_precision": digits,
            "state_class": "total_increasing" if total else "measurement",
        },
    )


def _number(key: str, name: str, icon: str, expression: str, *, enabled: bool = True) -> Entity:
    return Entity(
        platform="sensor",
        key=key,
        name=name,
        icon=icon,
        source="stats",
        template=said(expression),
        enabled=enabled,
        more={"unit_of_measurement": "downloads", "state_class": "measurement"},
    )


def _limit(key: str, name: str, icon: str) -> Entity:
    return Entity(
        platform="number",
        key=key,
        name=name,
        icon=icon,
        source="stats",
        template=said(f"((value_json.{key} or 0) / {MEGA}) | round(3)"),
        verb="limits",
        more={
            "command_template": f'{{"{key}": {{{{ (value * {MEGA}) | round | int }}}}}}',
            "device_class": "data_rate",
            "entity_category": "config",
            "unit_of_measurement": "MB/s",
            "min": 0,
            "max": 10_000,
            "step": 0.001,
            "mode": "box",
        },
    )


def _button(key: str, name: str, icon: str, payload: str, *, needs: Needs = "answer", **more: Any) -> Entity:
    more = {"payload_press": payload, **more}
    return Entity(platform="button", key=key, name=name, icon=icon, verb=key, needs=needs, more=more)


_COUNTS: Mapping[str, tuple[str, str]] = {
    "queued": ("Queued", "mdi:tray"),
    "metadata": ("Fetching metadata", "mdi:magnet"),
    "downloading": ("Downloading", "mdi:download"),
    "stalled": ("Stalled", "mdi:timer-sand"),
    "paused": ("Paused", "mdi:pause"),
    "checking": ("Checking", "mdi:file-search-outline"),
    "processing": ("Processing", "mdi:cog-outline"),
    "seeding": ("Seeding", "mdi:upload"),
    "completed": ("Completed", "mdi:check"),
    "failed": ("Failed", "mdi:alert-outline"),
    "unknown": ("Unknown state", "mdi:help"),
}
_UNDER_WAY = [f"value_json.counts.{state}" for state in sorted(ACTIVE)]
_EVENT_TEMPLATE = (
    "{% set one = value_json.download %}"
    "{{ {'event_type': value_json.event, 'id': value_json.id, 'name': value_json.name, 'client': value_json.client,"
    " 'from': value_json['from'], 'to': value_json['to'], 'at': value_json.at, 'kind': one.kind,"
    " 'protocol': one.protocol, 'category': one.category, 'tags': one.tags, 'path': one.path, 'size': one.size,"
    " 'error': one.error, 'duration': [0, (as_timestamp(one.completed_at) - as_timestamp(one.added_at)) | round | int]"
    " | max if one.added_at and one.completed_at else none} | to_json }}"
)

CLIENT_ENTITIES: tuple[Entity, ...] = (
    Entity(
        platform="sensor",
        key="status",
        name="Status",
        icon="mdi:lan-connect",
        source="status",
        template=said("value_json.state"),
        needs="bridge",
        more={"device_class": "enum", "options": list(get_args(ClientState))},
    ),
    _measured("download_rate", "Download rate", "mdi:download-network-outline", "MB/s"),
    _measured("upload_rate", "Upload rate", "mdi:upload-network-outline", "MB/s"),
    _number("total", "Downloads", "mdi:tray-full", "value_json.total"),
    _number("active", "Active", "mdi:progress-download", " + ".join(_UNDER_WAY)),
    *(
        _number(f"count_{state}", *_COUNTS[state], f"value_json.counts.{state}", enabled=state not in RARE_STATES)
        for state in STATES
    ),
    _measured("remaining_size", "Remaining size", "mdi:tray-arrow-down", "GB", source="summary"),
    _measured("free_space", "Free space", "mdi:harddisk", "GB"),
    _measured("downloaded_total", "Downloaded in total", "mdi:download-multiple", "TB", total=True),
    _measured("uploaded_total", "Uploaded in total", "mdi:upload-multiple", "TB", total=True),
    Entity(
        platform="sensor",
        key="remaining_time",
        name="Remaining time",
        icon="mdi:timer-outline",
        source="summary",
        template=scaled("remaining_time", 60),
        more={
            "device_class": "duration",
            "unit_of_measurement": "min",
            "suggested_display_precision": 0,
            "state_class": "measurement",
        },
    ),
    Entity(
        platform="sensor",
        key="last_completed",
        name="Last completed",
        icon="mdi:clock-check-outline",
        source="summary",
        template=said("value_json.last_completed"),
        more={"device_class": "timestamp"},
    ),
    Entity(
        platform="sensor",
        key="last_answer",
        name="Last answer",
        icon="mdi:clock-outline",
        source="status",
        template=said("value_json.last_ok"),
        enabled=False,
        more={"device_class": "timestamp", "entity_category": "diagnostic"},
    ),
    Entity(
        platform="sensor",
        key="poll_duration",
        name="Poll duration",
        icon="mdi:timer-sync-outline",
        source="stats",
        template=said("value_json.poll_seconds"),
        enabled=False,
        more={
            "device_class": "duration",
            "unit_of_measurement": "s",
            "suggested_display_precision": 3,
            "state_class": "measurement",
            "entity_category": "diagnostic",
        },
    ),
    Entity(
        platform="binary_sensor",
        key="connectivity",
        source="status",
        template=said("'ON' if value_json.state == 'online' else 'OFF'"),
        needs="bridge",
        more={"device_class": "connectivity", "entity_category": "diagnostic"},
    ),
    Entity(
        platform="binary_sensor",
        key="problem",
        source="summary",
        template=said("none if value_json.problem is none else 'ON' if value_json.problem else 'OFF'"),
        needs="bridge",
        more={"device_class": "problem"},
    ),
    Entity(
        platform="switch",
        key="paused",
        name="All paused",
        icon="mdi:pause-circle-outline",
        source="stats",
        template=said(
            "'ON' if value_json.counts.paused > 0 and "
            f"{' + '.join(['value_json.counts.queued', *_UNDER_WAY])} == 0 else 'OFF'"
        ),
    ),
    Entity(
        platform="switch",
        key="alternative_limits",
        name="Alternative limits",
        icon="mdi:turtle",
        source="stats",
        template=said(
            "none if value_json.alternative_limits is none else 'ON' if value_json.alternative_limits else 'OFF'"
        ),
        verb="limits",
        more={
            "payload_on": '{"alternative_limits": true}',
            "payload_off": '{"alternative_limits": false}',
            "state_on": "ON",
            "state_off": "OFF",
            "entity_category": "config",
        },
    ),
    _limit("download_limit", "Download limit", "mdi:download-lock-outline"),
    _limit("upload_limit", "Upload limit", "mdi:upload-lock-outline"),
    _button("pause", "Pause all", "mdi:pause", '{"all": true}'),
    _button("resume", "Resume all", "mdi:play", '{"all": true}'),
    _button("poll", "Look now", "mdi:refresh", "{}", needs="bridge", entity_category="diagnostic"),
    Entity(
        platform="event",
        key="event",
        name="Download",
        icon="mdi:download-circle-outline",
        source="event",
        template=_EVENT_TEMPLATE,
        needs="nothing",
        more={"event_types": list(EVENT_TYPES), "qos": 1},
    ),
)
