"""The Home Assistant component says the same as the contract; read without Home Assistant."""

import importlib.util
import json
import re
import sys
import types
import typing
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from downloads2mqtt import contract
from downloads2mqtt.contract import topics
from downloads2mqtt.contract.download import ACTIVE, DONE, STATES, Download
from downloads2mqtt.contract.event import EVENT_TYPES, DownloadEvent
from downloads2mqtt.contract.request import (
    BRIDGE_REQUESTS,
    CLIENT_REQUESTS,
    AddRequest,
    FindRequest,
    FoundDownloads,
    LimitsRequest,
    RemoveRequest,
    SelectRequest,
    SetRequest,
    SnapshotPage,
)
from downloads2mqtt.contract.status import BridgeHealth, BridgeInfo, ClientEntry, ClientState, ClientStats, ClientStatus
from downloads2mqtt.contract.status import Control as ControlOf
from downloads2mqtt.errors import RequestCode
from downloads2mqtt.relay.hub import presence

ROOT = Path(__file__).parents[2]
COMPONENT = ROOT / "custom_components" / "downloads2mqtt"


def load(name: str) -> ModuleType:
    """A pure module of the component, on its own: its package would import Home Assistant."""
    spec = importlib.util.spec_from_file_location(f"component_{name}", COMPONENT / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


theirs = load("contract")
their_presence = load("presence")


def test_nothing_of_home_assistant_or_the_bridge_is_imported() -> None:
    assert "homeassistant" not in sys.modules
    for path in COMPONENT.glob("*.py"):
        assert not re.search(r"(from|import) (msgspec|pydantic|downloads2mqtt)", path.read_text()), path.name


def test_words() -> None:
    assert theirs.CONTRACT_VERSION == contract.CONTRACT_VERSION
    assert theirs.STATES == STATES
    assert theirs.ACTIVE == ACTIVE
    assert theirs.DONE == DONE
    assert theirs.EVENT_TYPES == EVENT_TYPES
    assert get_args(ClientState) == theirs.CLIENT_STATES
    assert get_args(ControlOf) == theirs.CONTROLS
    assert get_args(RequestCode) == theirs.ERROR_CODES
    assert tuple(CLIENT_REQUESTS) == theirs.CLIENT_VERBS
    assert tuple(BRIDGE_REQUESTS) == theirs.BRIDGE_VERBS


def test_topics() -> None:
    assert set(theirs.TOPICS) == {row.topic for row in topics.TABLE if not row.topic.startswith("notification")}


@pytest.mark.parametrize("text", ["a", "A-b_9", "x" * 64, "x" * 65, "", "a b", "a/b", "a+", "#", "a.b", "ä", "a\n"])
def test_levels(text: str) -> None:
    try:
        topics.level(text)
    except ValueError:
        assert not theirs.is_level(text)
    else:
        assert theirs.is_level(text)


def kinds(hint: Any) -> frozenset[type]:
    """The types of JSON that a field may be."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return frozenset().union(*(kinds(part) for part in get_args(hint)))
    if origin is typing.Literal:
        return frozenset({str})
    if origin in (tuple, list):
        return frozenset({list})
    if origin is dict or (isinstance(hint, type) and issubclass(hint, msgspec.Struct)):
        return frozenset({dict})
    return frozenset({int, float} if hint is float else {hint})


@pytest.mark.parametrize(
    ("shape", "model"),
    [
        ("DOWNLOAD", Download),
        ("CLIENT_STATUS", ClientStatus),
        ("CLIENT_STATS", ClientStats),
        ("BRIDGE_INFO", BridgeInfo),
        ("CLIENT_ENTRY", ClientEntry),
        ("BRIDGE_HEALTH", BridgeHealth),
        ("DOWNLOAD_EVENT", DownloadEvent),
        ("SNAPSHOT_PAGE", SnapshotPage),
        ("FOUND_DOWNLOADS", FoundDownloads),
    ],
)
def test_payloads(shape: str, model: type[msgspec.Struct]) -> None:
    hints = get_type_hints(model)
    encoded = {field.encode_name: kinds(hints[field.name]) for field in msgspec.structs.fields(model)}
    assert {key: frozenset(value) for key, value in getattr(theirs, shape).items()} == encoded


def test_what_the_bridge_encodes_is_read() -> None:
    said = Download(
        id="a", native_id="a", client="c", kind="k", protocol="torrent", name="n", state="paused", native_state="p"
    )
    read = theirs.download(json.loads(msgspec.json.encode(said)))
    assert read == json.loads(msgspec.json.encode(said))


STEPS = st.one_of(
    st.tuples(st.just("say"), st.booleans()),
    st.tuples(st.just("sign"), st.sampled_from(["started", "health"]), st.integers(-200, 20)),
    st.just(("reconnect",)),
)


@given(st.lists(st.tuples(st.integers(0, 120), STEPS), max_size=20), st.integers(-100_000, 100_000))
def test_both_find_the_same_bridges_there(story: list[tuple[int, Any]], wall: int) -> None:
    ours, component = presence.Presence(), their_presence.Presence()
    now = 0.0
    for pause, step in story:
        now += pause
        match step:
            case ("say", online):
                ours.say(online, now)
                component.say(online, now, live=False)
            case ("sign", kind, age):
                for each in (ours, component):
                    each.sign(kind, now + wall + age, now + wall, now)
            case _:
                ours.reconnect()
                component.reconnect()
        for later in (0, presence.SILENCE / 2, presence.SILENCE, presence.SILENCE + 1):
            assert ours.online(now + later) == component.online(now + later)


def test_fields_of_actions_are_fields_of_requests() -> None:
    actions = YAML(typ="safe").load(COMPONENT / "services.yaml")
    own = {"device_id", "entity_id"}
    for action, model in (
        ("add", AddRequest),
        ("pause", SelectRequest),
        ("resume", SelectRequest),
        ("recheck", SelectRequest),
        ("remove", RemoveRequest),
        ("set", SetRequest),
        ("limits", LimitsRequest),
        ("find", FindRequest),
    ):
        named = set(actions[action]["fields"]) - own
        assert named == set(model.model_fields) - {"transaction", "all"}, action


# -- the card, read without running it -----------------------------------------------------------------

FRONTEND = ROOT / "frontend" / "src"
SOURCE = (FRONTEND / "data" / "ha-source.ts").read_text()
TYPES = (FRONTEND / "data" / "contract.ts").read_text()


def words(text: str) -> list[str]:
    """The words in quotes."""
    return re.findall(r'"([^"]+)"', text)


def union(name: str, text: str = TYPES) -> list[str]:
    """The words of a union type."""
    return words(text.partition(f"export type {name} =")[2].partition(";")[0])


def interface(name: str) -> dict[str, str]:
    """The fields of an interface and their types."""
    body = re.search(rf"export interface {name} {{(.*?)\n}}", TYPES, re.DOTALL)
    assert body is not None, name
    return dict(re.findall(r"^  (\w+\??): (.+);$", body[1], re.MULTILINE))


def test_words_of_the_card() -> None:
    assert union("State") == list(STATES)
    assert union("ClientState") == list(get_args(ClientState))
    assert union("Control") == list(get_args(ControlOf))
    assert sorted(union("EventType")) == sorted(EVENT_TYPES)


def test_verbs_of_the_card() -> None:
    source = (FRONTEND / "data" / "source.ts").read_text()
    assert set(union("ClientVerb", source)) == set(CLIENT_REQUESTS) - {"find"}
    assert set(union("Verb", source)) <= set(BRIDGE_REQUESTS)


SHAPES: dict[str, type[msgspec.Struct]] = {
    "Download": Download,
    "ClientStats": ClientStats,
    "Client": ClientStatus,
    "DownloadEvent": DownloadEvent,
}
ADDED = {"Client": {"available", "stats"}}
"""What frames say beyond the payload."""


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_of_the_card(name: str) -> None:
    told = interface(name)
    hints = get_type_hints(SHAPES[name])
    nullable = {
        field.encode_name: type(None) in kinds(hints[field.name]) for field in msgspec.structs.fields(SHAPES[name])
    }
    own = {key: "null" in type for key, type in told.items() if key not in ADDED.get(name, set())}
    assert own == nullable


def test_commands_of_the_card() -> None:
    commands = dict(re.findall(r'export const (SUBSCRIBE|REQUEST) = "([^"]+)"', SOURCE))
    python = (COMPONENT / "websocket.py").read_text()
    for name, command in commands.items():
        assert command == f"downloads2mqtt/{name.lower()}"
        schema = re.search(rf'"type"\): f"{{DOMAIN}}/{name.lower()}",(.*?)\n    }}\n', python, re.DOTALL)
        assert schema is not None, name
        taken = set(re.findall(r'vol\.(?:Required|Optional)\("(\w+)"', schema[1]))
        sent = {"SUBSCRIBE": {"entry_id", "clients"}, "REQUEST": {"topic", "verb", "fields", "entry_id"}}
        assert sent[name] == taken
    assert "{ type: SUBSCRIBE, ...this.#entry, ...clients }" in SOURCE
    assert "{ type: REQUEST, topic, verb, fields, ...this.#entry }" in SOURCE


def test_options_of_the_card_are_told() -> None:
    """The table and the example of the documentation name exactly what a card takes."""
    config = (FRONTEND / "card" / "config.ts").read_text()
    page = (ROOT / "docs" / "home-assistant.md").read_text().partition("### The card\n")[2].partition("\n#")[0]
    body = re.search(r"export interface CardConfig {(.*?)\n}", config, re.DOTALL)
    assert body is not None
    options = set(re.findall(r"^  (\w+)\?:", body[1], re.MULTILINE))
    assert options
    named = re.findall(r"^\| (`.+?) \|", page, re.MULTILINE)
    assert {option for cell in named for option in re.findall(r"`(\w+)`", cell)} == options
    (text,) = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    example = YAML(typ="safe").load(text)
    assert example.pop("type") == "custom:downloads2mqtt-card"
    assert set(example) <= options
    assert set(example["states"]) <= set(STATES)
    assert example["view"] in words(config.partition("VIEWS = ")[2].partition(";")[0])
    assert example["sort"] in words((FRONTEND / "data" / "sort.ts").read_text())
    (most,) = re.findall(r"MOST_ROWS = (\d+)", config)
    assert f"1 to {most}" in page
    assert 1 <= example["max_rows"] <= int(most)
    (rows,) = re.findall(r"ROWS = \{ compact: (\d+), full: (\d+) \}", config)
    assert "{} (`compact`), {} (`full`)".format(*rows) in page
    for picture in re.findall(r"!\[.+\]\((.+)\)", page):
        assert (ROOT / "docs" / picture).stat().st_size < 200_000
    assert "images/card.png" in page


def test_frames_of_the_card() -> None:
    """Every frame and key that the component sends is one that the card knows."""
    live = (COMPONENT / "live.py").read_text()
    sent = set(re.findall(r'"t": "(\w+)"', live))
    frames = set(re.findall(r't: "(\w+)"', TYPES))
    assert sent == {"snapshot", "delta", "event", "error"}
    assert sent <= frames
    snapshot = set(re.findall(r'^ {16}"(\w+)": ', live, re.MULTILINE)) - {"t", "seq", "epoch"}
    assert snapshot == {key.rstrip("?") for key in interface("Snapshot")}
    delta = set(re.findall(r'frame\["(\w+)"\]', live)) | {"set", "del"}
    assert {"broker", "control"} <= delta
    assert {f"{key}?" for key in delta} <= set(interface("Delta"))
    assert set(re.findall(r'"code": "(\w+)"', live)) <= set(get_args(RequestCode))
