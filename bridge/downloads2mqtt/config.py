"""Configuration in YAML, in the habits of Home Assistant users, and what it means."""

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq, TaggedScalar
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from downloads2mqtt.clients import kinds
from downloads2mqtt.clients.base import ClientSettings
from downloads2mqtt.contract.status import Control
from downloads2mqtt.contract.topics import Topics, level
from downloads2mqtt.errors import ConfigurationError
from downloads2mqtt.mqtt.settings import MqttSettings
from downloads2mqtt.observe import LogLevel
from downloads2mqtt.relay.server import HttpSettings
from downloads2mqtt.secrets import Secrets

FILE_NAME = "configuration.yaml"
PREFIX = "DOWNLOADS2MQTT_"
_NOT_SETTINGS = {"DOWNLOADS2MQTT_CONFIG", "DOWNLOADS2MQTT_CACHE"}
_PATHS = {"data", "ca_file", "cert_file", "key_file"}

if TYPE_CHECKING:
    AnyClient = ClientSettings
else:
    AnyClient = Annotated[
        Union[tuple(client.Settings for client in kinds().values())],  # noqa: UP007
        Field(discriminator="kind"),
    ]

Name = Annotated[str, AfterValidator(level)]


class Configuration(BaseModel):
    """Everything a person can set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_topic: str = "downloads2mqtt"
    bridge: Name = "main"
    control: Control = "safe"
    data: Path = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "downloads2mqtt"
    log: LogLevel = "info"
    mqtt: MqttSettings = MqttSettings()
    http: HttpSettings = HttpSettings()
    clients: dict[Name, AnyClient] = {}

    @field_validator("base_topic")
    @classmethod
    def _levels(cls, base: str) -> str:
        return Topics(base).base

    @property
    def enabled_clients(self) -> dict[str, ClientSettings]:
        """The clients to serve, by name."""
        return {name: client for name, client in self.clients.items() if client.enabled}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration and where it came from; `path` is `None` when there is no file."""

    configuration: Configuration
    path: Path | None


def places(environment: Mapping[str, str], explicit: str | None = None) -> Iterator[Path]:
    """Where a configuration may lie, in order; only the named file when one was named."""
    if named := explicit or environment.get("DOWNLOADS2MQTT_CONFIG"):
        yield Path(named)
        return
    yield Path(FILE_NAME)
    home = environment.get("XDG_CONFIG_HOME") or "~/.config"
    for folder in (f"{home}/downloads2mqtt", "/config", "/etc/downloads2mqtt"):
        yield Path(folder).expanduser() / FILE_NAME


def load(environment: Mapping[str, str], secrets: Secrets, explicit: str | None = None) -> Loaded:
    """Read, resolve and validate; raises `ConfigurationError` with file, line and key of every mistake.

    Every secret found is made known to `secrets`.
    """
    path = next((place for place in places(environment, explicit) if place.is_file()), None)
    if path is None and (named := explicit or environment.get("DOWNLOADS2MQTT_CONFIG")):
        raise ConfigurationError(f"{named}: there is no such file")
    source = _Source(path, environment)
    tree = source.read()
    source.override(tree)
    try:
        configuration = Configuration.model_validate(tree)
    except ValidationError as error:
        raise ConfigurationError("\n".join(source.explain(error))) from None
    for secret in _secrets(configuration):
        secrets.add(secret)
    return Loaded(configuration, path)


def effective(configuration: Configuration) -> str:
    """The settings in effect as YAML, secrets hidden."""
    out = io.StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.dump(configuration.model_dump(mode="json"), out)
    return out.getvalue()


Location = tuple[str | int, ...]


@dataclass(slots=True)
class _Source:
    """Remembers which line or variable every key came from."""

    path: Path | None
    environment: Mapping[str, str]
    lines: dict[Location, int] = field(default_factory=dict)
    variables: dict[Location, str] = field(default_factory=dict)
    named_secrets: dict[str, Any] | None = None

    def read(self) -> dict[str, Any]:
        if self.path is None:
            return {}
        tree = self._plain(_parse(self.path), ())
        if tree is None:
            return {}
        if not isinstance(tree, dict):
            raise ConfigurationError(f"{self.path}:1: must be a mapping of keys, such as `clients:`")
        return tree

    def override(self, tree: dict[str, Any]) -> None:
        """Put settings from `DOWNLOADS2MQTT_…` variables over the file's; `__` separates levels."""
        for variable, text in sorted(self.environment.items()):
            if variable.startswith(PREFIX) and variable not in _NOT_SETTINGS:
                self._set(tree, variable, text)

    def explain(self, error: ValidationError) -> Iterator[str]:
        """One line for each mistake: place, key, what is wrong, what is allowed."""
        for mistake in error.errors(include_url=False, include_input=False):
            location = _in_file(mistake["loc"])
            key = ".".join(str(part) for part in location) or "configuration"
            yield f"{self._place(location)}: {key}: {_sentence(mistake, location)}"

    def _place(self, location: Location) -> str:
        for end in range(len(location), 0, -1):
            if location[:end] in self.variables:
                return self.variables[location[:end]]
            if location[:end] in self.lines:
                return f"{self.path}:{self.lines[location[:end]]}"
        return f"{self.path}:1" if self.path else "environment"

    def _set(self, tree: dict[str, Any], variable: str, text: str) -> None:
        keys = variable.removeprefix(PREFIX).lower().split("__")
        location: Location = ()
        place: Any = tree
        for key in keys[:-1]:
            key = _same(place, key)
            location += (key,)
            place = place.setdefault(key, {})
            if not isinstance(place, dict):
                raise ConfigurationError(f"{variable}: {'.'.join(map(str, location))} holds no further keys")
        last = _same(place, keys[-1])
        place[last] = YAML(typ="safe").load(text) if text[:1] in "[{" else text
        self.variables[(*location, last)] = variable

    def _plain(self, node: Any, location: Location) -> Any:
        if isinstance(node, CommentedMap):
            for key in node:
                self.lines[(*location, key)] = node.lc.key(key)[0] + 1
            return {key: self._plain(value, (*location, key)) for key, value in node.items()}
        if isinstance(node, CommentedSeq):
            for index in range(len(node)):
                self.lines[(*location, index)] = node.lc.item(index)[0] + 1
            return [self._plain(value, (*location, index)) for index, value in enumerate(node)]
        if isinstance(node, TaggedScalar):
            return self._resolve(str(node.tag.value), str(node.value), location)
        if location and location[-1] in _PATHS and isinstance(node, str):
            return self._beside(node)
        return node

    def _resolve(self, tag: str, text: str, location: Location) -> Any:
        match tag:
            case "!secret":
                return self._secret(text, location)
            case "!env_var":
                return self._variable(text, location)
            case "!file":
                return self._file(text, location)
        raise ConfigurationError(f"{self._place(location)}: {tag} is not known; there are !secret, !env_var and !file")

    def _secret(self, name: str, location: Location) -> Any:
        path = self._beside("secrets.yaml")
        if self.named_secrets is None:
            if not path.is_file():
                raise ConfigurationError(f"{self._place(location)}: !secret {name}: there is no {path}")
            self.named_secrets = dict(_parse(path) or {})
        if name not in self.named_secrets:
            raise ConfigurationError(f"{self._place(location)}: !secret {name}: {path} has no such key")
        return self.named_secrets[name]

    def _variable(self, text: str, location: Location) -> str:
        name, _, default = text.partition(" ")
        value = self.environment.get(name, default.strip() or None)
        if value is None:
            raise ConfigurationError(f"{self._place(location)}: !env_var {name}: that variable is not set")
        return value

    def _file(self, text: str, location: Location) -> str:
        path = self._beside(text)
        try:
            return path.read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not text"
            raise ConfigurationError(f"{self._place(location)}: !file {path} cannot be read: {reason}") from None

    def _beside(self, text: str) -> Path:
        folder = self.path.parent if self.path else Path()
        return folder / Path(text).expanduser()


def _parse(path: Path) -> Any:
    try:
        return YAML().load(path.read_text("utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigurationError(f"{path}:{line}: {error.problem or 'is not YAML'}") from None
    except (YAMLError, UnicodeDecodeError):
        raise ConfigurationError(f"{path}:1: is not YAML in UTF-8") from None
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from None


def _same(place: Mapping[str, Any], key: str) -> str:
    """The key of `place` that `key` means, case aside."""
    return next((known for known in place if isinstance(known, str) and known.lower() == key), key)


def _in_file(location: Sequence[str | int]) -> Location:
    """Where in the file: without the words pydantic adds for the kind of client."""
    if location[:1] == ("clients",):
        return tuple(part for index, part in enumerate(location) if index != 2 or part not in kinds())
    return tuple(location)


def _sentence(mistake: Any, location: Location) -> str:
    match mistake["type"]:
        case "extra_forbidden":
            return f"unknown key; allowed: {', '.join(sorted(_fields(mistake['loc'])))}"
        case "missing":
            return "is missing"
        case "union_tag_invalid" | "union_tag_not_found":
            return f"kind must be one of {', '.join(kinds())}"
    text = str(mistake["msg"]).removeprefix("Value error, ")
    return text[:1].lower() + text[1:]


def _fields(location: Sequence[str | int]) -> Iterator[str]:
    """The keys allowed where `location`'s last one is not."""
    model: Any = Configuration
    for part in location[:-1]:
        if part in kinds():
            model = kinds()[str(part)].Settings
        elif part in getattr(model, "model_fields", {}):
            annotation = model.model_fields[part].annotation
            model = annotation if isinstance(annotation, type) else model
    yield from model.model_fields


def _secrets(value: Any) -> Iterator[str]:
    if isinstance(value, SecretStr):
        yield value.get_secret_value()
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from _secrets(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _secrets(inner)
