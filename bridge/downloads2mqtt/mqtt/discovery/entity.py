"""What an entity in Home Assistant is, as data. Pure.

Names, units, icons and classes are those of the component, so that a person who installs it later finds the same.
MQTT knows no suggested unit: what the component has Home Assistant convert is converted by the template here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Platform = Literal["binary_sensor", "button", "event", "number", "sensor", "switch"]
Source = Literal["status", "stats", "event", "summary", "state", "info", "health"]
Needs = Literal["answer", "bridge", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One entity. `needs` says what must be there for it: the client's answer, its bridge, or nothing.

    Without a `name` Home Assistant takes the one of the device class. `verb` is the request that it sends.
    """

    platform: Platform
    key: str
    name: str | None = None
    source: Source | None = None
    template: str | None = None
    icon: str | None = None
    verb: str | None = None
    needs: Needs = "answer"
    enabled: bool = True
    more: Mapping[str, Any] = field(default_factory=dict)


def said(expression: str) -> str:
    """A template for what a JSON message says; an empty one says that nothing is known."""
    return f"{{{{ ({expression}) if value_json is defined else none }}}}"


def scaled(key: str, factor: int) -> str:
    """A number of the message in a larger unit; unknown stays unknown."""
    return said(f"value_json.{key} / {factor} if value_json.{key} is not none else none")
