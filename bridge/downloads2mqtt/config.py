"""Configuration in YAML, in the habits of Home Assistant users, and what it means."""

import io
import os
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from ruamel.yaml import YAML

from downloads2mqtt.clients import kinds
from downloads2mqtt.clients.base import ClientSettings
from downloads2mqtt.contract.status import Control
from downloads2mqtt.contract.topics import Topics, level
from downloads2mqtt.document import Document, Location, nearest
from downloads2mqtt.errors import ConfigurationError
from downloads2mqtt.mqtt.discovery.settings import HomeAssistantSettings
from downloads2mqtt.mqtt.settings import MqttSettings
from downloads2mqtt.observe import LogLevel
from downloads2mqtt.relay.settings import HttpSettings
from downloads2mqtt.secrets import HIDDEN, Secrets

FILE_NAME = "configuration.yaml"
PREFIX = "DOWNLOADS2MQTT_"
_NOT_SETTINGS = {"DOWNLOADS2MQTT_CONFIG", "DOWNLOADS2MQTT_CACHE"}
# Kubernetes sets these in every pod beside a service that is called downloads2mqtt.
_KUBERNETES = re.compile(
    r"DOWNLOADS2MQTT_(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT(?:_\d+_[A-Z]+(?:_\w+)?)?)"
)
_HOST_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+: [\t\x20-\x7e]*")
_ONE_OF_KINDS = f"one of {', '.join(kinds())}"
# By a part of pydantic's name for the mistake.
_SENTENCES = {
    "missing": "is missing",
    "bool_": "must be true or false",
    "int_": "must be a whole number",
    "float_": "must be a number",
    "string_type": "must be a text; one with {{ }} or [ ] needs quotes",
    "literal_error": "must be one of {expected}",
    "greater_than_equal": "must be at least {ge:g}",
    "greater_than": "must be more than {gt:g}",
    "less_than_equal": "must be at most {le:g}",
    "tuple_type": "must be a list",
    "too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "path_not_file": "there is no such file: {input}",
}
_WITH_A_KEY = ("value_error", "union_tag_invalid", "union_tag_not_found")


def _reachable(client: ClientSettings) -> ClientSettings:
    """What would only come out when the client is built, and then as a traceback."""
    if client.url.startswith("http"):
        _check_url(client.url)
    for name, value in client.headers.items():
        if not _HEADER.fullmatch(f"{name}: {value.get_secret_value()}"):
            raise ValueError("headers: names and values of headers are one line of ASCII each")
    if client.ca_file is not None:
        try:
            ssl.create_default_context(cafile=str(client.ca_file))
        except OSError:
            raise ValueError("ca_file: must hold certificates in PEM") from None
    return client


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ("localhost" if parts.scheme == "scgi+unix" else "")
        sound = parts.port != 0 and bool(ip_address(host) if ":" in host else _HOST_NAME.fullmatch(host))
    except ValueError:
        sound = False
    if not sound or "@" in url or set(url) & set(" ?#\\") or not url.isprintable():
        raise ValueError("url: must be a web address such as http://127.0.0.1:8080/, without user name, ? or #")


if TYPE_CHECKING:
    AnyClient = ClientSettings
else:
    AnyClient = Annotated[
        Annotated[Union[tuple(client.Settings for client in kinds().values())], Field(discriminator="kind")],  # noqa: UP007
        AfterValidator(_reachable),
    ]


def _data_folder() -> Path:
    return Path(os.path.expanduser(os.environ.get("XDG_DATA_HOME") or "~/.local/share")) / "downloads2mqtt"


def _at_home(folder: Path) -> Path:
    if str(folder).startswith("~"):
        raise ValueError("there is no home folder to put it in: set a whole path")
    return folder


Name = Annotated[str, AfterValidator(level)]
Base = Annotated[str, AfterValidator(lambda base: Topics(base).base)]
Folder = Annotated[Path, Field(validate_default=True), AfterValidator(_at_home)]


class Configuration(BaseModel):
    """Everything a person can set."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    base_topic: Base = "downloads2mqtt"
    bridge: Name = "main"
    control: Control = "safe"
    data: Folder = Field(default_factory=_data_folder)
    log: LogLevel = "info"
    mqtt: MqttSettings = MqttSettings()
    http: HttpSettings = HttpSettings()
    home_assistant: HomeAssistantSettings = HomeAssistantSettings()
    clients: dict[Name, AnyClient] = {}

    _confidential: frozenset[Location] = frozenset()

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
    """Where a configuration may lie, in order; only the named file when one was named, or the one in a named folder."""
    if named := explicit or environment.get("DOWNLOADS2MQTT_CONFIG"):
        path = Path(os.path.expanduser(named))
        yield path / FILE_NAME if os.path.isdir(path) else path
        return
    yield Path(FILE_NAME)
    home = environment.get("XDG_CONFIG_HOME") or "~/.config"
    for folder in (f"{home}/downloads2mqtt", "/config", "/etc/downloads2mqtt"):
        yield Path(os.path.expanduser(folder)) / FILE_NAME


def load(environment: Mapping[str, str], secrets: Secrets, explicit: str | None = None) -> Loaded:
    """Read, resolve and validate; raises `ConfigurationError` with file, line and key of every mistake.

    Every secret found is made known to `secrets`.
    """
    first, *others = places(environment, explicit)
    path = next((place for place in (first, *others) if os.path.lexists(place)), None)
    if path is None and not others:
        raise ConfigurationError(f"{first}: there is no such file")
    document = Document(path, environment, secrets)
    tree = document.read()
    if {"homeassistant", "default_config"} & tree.keys():
        raise ConfigurationError(f"{path}:1: is Home Assistant's own configuration; name another with --config")
    _override(tree, document)
    _tidy(tree, (), tree, document)
    configuration = _validate(tree, document)
    secrets.add(*_secrets(configuration))
    return Loaded(configuration, path)


def effective(configuration: Configuration) -> str:
    """The settings in effect as YAML, secrets hidden."""
    tree: Any = configuration.model_dump(mode="json")
    for *above, key in configuration._confidential:
        with suppress(LookupError, TypeError):  # a variable or an anchor's user may have put another value there
            part = reduce(lambda part, one: part[one], above, tree)
            part[key] = part[key] and HIDDEN
    out = io.StringIO()
    YAML().dump(tree, out)
    return Secrets().redact(out.getvalue()).encode("utf-8", "backslashreplace").decode()


def _validate(tree: dict[str, Any], document: Document) -> Configuration:
    configuration = None
    try:
        configuration = Configuration.model_validate(tree)
    except ValidationError as error:
        for mistake in error.errors(include_url=False):
            _explain(mistake, tree, document)
    if configuration is None or document.mistakes:
        raise ConfigurationError("\n".join(dict.fromkeys(text for *_, text in sorted(document.mistakes))))
    configuration._confidential = frozenset(document.confidential)
    return configuration


def _override(tree: dict[str, Any], document: Document) -> None:
    """Put settings from `DOWNLOADS2MQTT_…` variables over the file's; `__` separates levels; an empty one is none."""
    for variable, text in sorted(document.environment.items()):
        foreign = variable in _NOT_SETTINGS or ("__" not in variable and _KUBERNETES.fullmatch(variable))
        if variable.startswith(PREFIX) and variable != PREFIX and text and not foreign:
            _set(tree, variable, text, document)


def _set(tree: dict[str, Any], variable: str, text: str, document: Document) -> None:
    place: Any = tree
    location: Location = ()
    rest = _flat(variable.removeprefix(PREFIX))
    while True:
        key, rest = _step(place, rest, variable)
        location = (*location, key)
        if not rest:
            break
        place[key] = {} if place.get(key) is None else place[key]
        place = place[key]
        if not isinstance(place, dict):
            document.complain(location, f"holds no further keys for {variable}")
            return
    document.variables[location] = variable
    many = text[0] in "[{" and _takes_many(location, tree)
    place[key] = document.parse(text, location, variable) if many else text


def _step(place: dict[str, Any], rest: str, variable: str) -> tuple[str, str]:
    """The next key that `rest` names, and what is left: one that is there, in any case and with `-` as `_`, or new."""
    known = [key for key in place if rest == _flat(key) or rest.startswith(_flat(key) + "__")]
    if not known:
        key, _, rest = rest.partition("__")
        return key, rest
    longest = max(map(len, known))
    key, *others = (key for key in known if len(key) == longest)
    if others:
        raise ConfigurationError(f"{variable}: means {key} as well as {', '.join(others)}: rename one")
    return key, rest[longest + 2 :]


def _flat(key: str) -> str:
    return key.lower().replace("-", "_")


def _tidy(place: dict[str, Any], location: Location, tree: dict[str, Any], document: Document) -> None:
    """Make what was written what was meant: an empty key is not there, a relative path lies beside the file."""
    model = _model(location, tree)
    for key, value in list(place.items()):
        here = (*location, key)
        setting = model.model_fields.get(key) if model else None
        if location == ("clients",) and value is None:
            place[key] = {}
        elif setting is not None and value is None:
            del place[key]
        elif isinstance(value, dict):
            _tidy(value, here, tree, document)
        elif setting is not None and isinstance(value, str):
            place[key] = _meant(value, setting.annotation, here, document)


def _meant(text: str, annotation: Any, location: Location, document: Document) -> Any:
    parts = list(_parts(annotation))
    if Path in parts:
        return os.path.expanduser(text) if document.origin(location)[0] else document.beside(text)
    if any(get_origin(part) is tuple for part in parts):
        return [one.strip() for one in text.split(",")]
    words = [word for part in parts if get_origin(part) is Literal for word in get_args(part)]
    return text.lower() if text.lower() in words else text


def _model(location: Location, tree: dict[str, Any]) -> type[BaseModel] | None:
    """The settings that the mapping at `location` holds; `None` where it has names of a person's own."""
    model: type[BaseModel] | None = Configuration
    if location[:1] == ("clients",):
        client = tree["clients"].get(location[1]) if len(location) > 1 else None
        kind = kinds().get(str(client.get("kind")).lower()) if isinstance(client, dict) else None
        model = (kind.Settings if kind else ClientSettings) if len(location) > 1 else None
        location = location[2:]
    named: type[BaseModel] | None = None
    for key in location:
        setting = model.model_fields.get(str(key)) if model else None
        inner = list(_parts(setting.annotation)) if setting else []
        below = next((part for part in inner if isinstance(part, type) and issubclass(part, BaseModel)), None)
        by_name = any(get_origin(part) is dict for part in inner)
        model, named = (None, below) if by_name else (below or named, None)
    return model


def _takes_many(location: Location, tree: dict[str, Any]) -> bool:
    model = _model(location[:-1], tree)
    setting = model.model_fields.get(str(location[-1])) if model else None
    many = setting is not None and any(get_origin(part) in (dict, tuple) for part in _parts(setting.annotation))
    return many or _model(location, tree) is not None


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _explain(mistake: Any, tree: dict[str, Any], document: Document) -> None:
    location = _in_file(mistake["loc"], document)
    sentence = _sentence(mistake, location, tree)
    key, colon, rest = sentence.partition(": ")
    if mistake["type"] in _WITH_A_KEY and colon and key.isidentifier():
        location, sentence = (*location, key), rest
    above = [location[:end] for end in range(1, len(location) + 1)]
    if not document.broken.isdisjoint(above):
        return
    if mistake["type"] in ("value_error", "path_not_file"):  # these quote what is wrong
        for text in (text for one in above for text in document.filled.get(one, ()) if text):
            sentence = sentence.replace(text, HIDDEN)
    if mistake["type"] == "extra_forbidden" and location in document.variables:
        sentence += "; two underscores separate levels"
    document.complain(location, sentence)


def _in_file(loc: tuple[str | int, ...], document: Document) -> Location:
    """Where in the file: without the words pydantic adds, for the kind of client, a key or the only one of a list."""
    location = tuple(part for part in loc if part != "[key]")
    if location[:1] == ("clients",) and len(location) > 2 and location[2] in kinds():
        location = location[:2] + location[3:]
    is_whole = not location or isinstance(location[-1], str) or location in document.lines
    return location if is_whole else location[:-1]


def _sentence(mistake: Any, location: Location, tree: dict[str, Any]) -> str:
    match mistake["type"]:
        case "extra_forbidden":
            allowed = _allowed(location[:-1], tree)
            return f"unknown key{nearest(str(location[-1]), allowed)}; allowed: {', '.join(allowed)}"
        case "union_tag_invalid":
            return f"kind: must be {_ONE_OF_KINDS}{nearest(str(mistake['input'].get('kind')), kinds())}"
        case "union_tag_not_found":
            wrong = get_close_matches("kind", mistake["input"], 1)
            return f"{wrong[0]}: unknown key (did you mean kind?)" if wrong else f"kind is missing, {_ONE_OF_KINDS}"
        case "dict_type" | "model_type" | "model_attributes_type":
            allowed = _allowed(location, tree)
            whole = f"with any of {', '.join(allowed)}" if allowed else "of names, not a list or text"
            return f"must be a mapping {whole}"
    for part, sentence in _SENTENCES.items():
        if part in mistake["type"]:
            return sentence.format(**mistake.get("ctx", {}), input=mistake["input"])
    text = str(mistake["msg"]).removeprefix("Value error, ")
    return text[:1].lower() + text[1:]


def _allowed(location: Location, tree: dict[str, Any]) -> list[str]:
    return sorted(getattr(_model(location, tree), "model_fields", ()))


def _secrets(value: Any) -> Iterator[str]:
    if isinstance(value, SecretStr):
        yield value.get_secret_value()
    elif isinstance(value, BaseModel | dict):
        for _, inner in value.items() if isinstance(value, dict) else value:
            yield from _secrets(inner)
