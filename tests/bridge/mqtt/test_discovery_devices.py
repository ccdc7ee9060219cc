"""The configurations themselves: complete, the component's words, and nothing that does not belong there."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from downloads2mqtt.clients import kinds
from downloads2mqtt.config import Configuration
from downloads2mqtt.contract.download import STATES
from downloads2mqtt.contract.status import BridgeInfo, ClientStats, ClientStatus, no_counts
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.mqtt.discovery.devices import bridge_config, client_config, is_of
from downloads2mqtt.mqtt.discovery.places import Places, bridge_subject, client_subject
from downloads2mqtt.mqtt.discovery.summary import summarize
from tests.bridge.samples import download, downloads

COMPONENT = Path(__file__).parents[3] / "custom_components" / "downloads2mqtt"
WORDS = json.loads((COMPONENT / "translations" / "en.json").read_text())["entity"]
ICONS = json.loads((COMPONENT / "icons.json").read_text())["entity"]
# By the component alone: an entity for each download, and lists, which MQTT discovery does not know.
NOT_HERE = {("sensor", "download"), ("todo", "downloads")}
TRANSLATED = {("event", "event"): "download"}

PLACES = Places(Topics())
STATUS = ClientStatus(
    client="box",
    bridge="main",
    kind="qbittorrent",
    protocol="torrent",
    name="Box",
    state="online",
    version="5.1",
    abilities=("add", "pause", "resume", "remove", "limits", "poll"),
    since="2026-01-01T00:00:00Z",
)
STATS = ClientStats(total=0, counts=no_counts(), alternative_limits=False)
INFO = BridgeInfo(
    bridge="main", version="1.2", contract=1, started_at="2026-01-01T00:00:00Z", clients=(), control="safe"
)


def client(status: ClientStatus = STATUS, stats: ClientStats | None = STATS, places: Places = PLACES) -> Any:
    return json.loads(client_config(status, stats, "qBittorrent", places))


def components() -> dict[tuple[str, str], dict[str, Any]]:
    """Every entity of a client that can do everything, and of a bridge."""
    both = [*client()["components"].items(), *json.loads(bridge_config(INFO, PLACES))["components"].items()]
    return {(one["platform"], key): one for key, one in both}


def translated(table: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(platform, key) for platform, entities in table.items() for key in entities}


def test_every_entity_of_the_component_is_here() -> None:
    named = {(platform, TRANSLATED.get((platform, key), key)) for platform, key in components()}
    by_class = {key for key in named if key[0] == "binary_sensor"}
    assert named - by_class == translated(WORDS) - NOT_HERE


@pytest.mark.parametrize("key", components(), ids=".".join)
def test_the_words_are_those_of_the_component(key: tuple[str, str]) -> None:
    entity = components()[key]
    platform, name = key[0], TRANSLATED.get(key, key[1])
    words = WORDS.get(platform, {}).get(name, {})
    assert entity.get("name") == words.get("name")
    assert entity.get("icon") == ICONS.get(platform, {}).get(name, {}).get("default")
    if "unit_of_measurement" in words:
        assert entity["unit_of_measurement"] == words["unit_of_measurement"]
    if "state" in words:
        assert set(entity["options"]) == set(words["state"])


def test_unique_ids_are_unique_and_begin_with_their_device() -> None:
    ids = [one["unique_id"] for one in components().values()]
    assert len(set(ids)) == len(ids)
    assert all(id.startswith(("downloads2mqtt_client_box_", "downloads2mqtt_bridge_main_")) for id in ids)


def test_topics_are_those_of_the_contract() -> None:
    topics = {one[key] for one in components().values() for key in ("state_topic", "command_topic") if key in one}
    assert topics == {
        *(f"downloads2mqtt/client/box/{leaf}" for leaf in ("status", "stats", "event")),
        *(f"downloads2mqtt/client/box/request/{verb}" for verb in ("pause", "resume", "limits", "poll")),
        *(f"downloads2mqtt/bridge/main/{leaf}" for leaf in ("state", "info", "health")),
        "downloads2mqtt/home_assistant/client/box",
        "downloads2mqtt/home_assistant/client/box/paused",
    }


CONTROLS = {"pause", "resume", "paused", "download_limit", "upload_limit", "alternative_limits", "poll"}


@pytest.mark.parametrize(
    ("status", "stats", "controls"),
    [
        (STATUS, STATS, CONTROLS),
        (STATUS, None, CONTROLS - {"alternative_limits"}),
        (STATUS, replace(STATS, alternative_limits=None), CONTROLS - {"alternative_limits"}),
        (replace(STATUS, protocol="usenet"), STATS, CONTROLS - {"upload_limit"}),
        (replace(STATUS, abilities=("pause",)), STATS, {"pause", "poll"}),
        (replace(STATUS, abilities=("limits",)), STATS, CONTROLS - {"pause", "resume", "paused"}),
        (replace(STATUS, abilities=()), STATS, {"poll"}),
    ],
)
def test_only_what_the_client_can(status: ClientStatus, stats: ClientStats | None, controls: set[str]) -> None:
    assert {key for key, one in client(status, stats)["components"].items() if "command_topic" in one} == controls


def test_the_largest_fits_and_keeps_secrets() -> None:
    name = "n" * 64
    base = "/".join(["b" * 64] * 3)
    status = replace(STATUS, client=name, bridge=name, name="ä" * 500, version=None)
    payload = client_config(status, STATS, "qBittorrent", Places(Topics(base)))
    assert len(payload) < 60 << 10
    assert "sw_version" not in json.loads(payload)["device"]
    settings = {"kind": "qbittorrent", "url": "http://box.example:1/", "username": "me-me", "password": "hush-hush"}
    configured = Configuration.model_validate({"clients": {"box": settings}}).clients["box"]
    told = client_config(replace(STATUS, name=configured.name or "box"), STATS, "qBittorrent", PLACES)
    assert not any(word in told for word in (b"hush-hush", b"me-me", b"box.example"))


def test_states_and_kinds() -> None:
    assert {f"count_{state}" for state in STATES} <= client()["components"].keys()
    assert all(kind.title for kind in kinds().values())


@pytest.mark.parametrize(
    ("payload", "ours"),
    [
        (bridge_config(INFO, PLACES), True),
        (client_config(STATUS, STATS, "x", PLACES), True),
        (client_config(replace(STATUS, bridge="two"), STATS, "x", PLACES), False),
        (bridge_config(replace(INFO, bridge="two"), PLACES), False),
        (client_config(STATUS, STATS, "x", Places(Topics("other"))), False),
        (b"", False),
        (b"\xff\xfe", False),
        (b"[]", False),
        (b'{"device": {"identifiers": "downloads2mqtt_bridge_main"}, "origin": {"name": "downloads2mqtt"}}', False),
        (b'{"device": {"identifiers": ["downloads2mqtt_bridge_main"]}, "origin": {"name": "somebody"}}', False),
        (b'{"device": {"identifiers": ["downloads2mqtt_bridge_main"]}}', False),
        (b"[" * 100_000, False),
    ],
)
def test_which_are_ours(payload: bytes, ours: bool) -> None:
    assert is_of("main", payload, PLACES) is ours


def test_subjects() -> None:
    assert PLACES.config(client_subject("box")) == "homeassistant/device/downloads2mqtt/client_box/config"
    deep = Places(Topics("home/downloads"), "ha")
    assert deep.config(bridge_subject("main")) == "ha/device/home-downloads/bridge_main/config"
    assert deep.births == ("homeassistant/status", "ha/status")
    assert PLACES.births == ("homeassistant/status",)


@pytest.mark.parametrize(
    ("some", "size", "time", "last"),
    [
        ([], 0, None, None),
        ([{"state": "downloading", "size": 1000, "downloaded": 100, "eta": 5}, {"eta": 9}], 1800, 9, None),
        ([{"size": None}], 0, 18, None),
        ([{"size": 100, "downloaded": None, "progress": 25.0, "eta": None}], 75, None, None),
        ([{"size": 100, "downloaded": 200, "progress": 50.0, "eta": None}], 50, None, None),
        ([{"state": "failed"}, {"state": "seeding", "completed_at": "2026-01-02T00:00:00Z"}], 0, None, "2026-01-02"),
    ],
)
def test_what_is_left(some: list[dict[str, Any]], size: int, time: int | None, last: str | None) -> None:
    every = [download(str(number), **fields) for number, fields in enumerate(some)]
    found = summarize(STATUS, STATS, every, None)
    assert (found.remaining_size, found.remaining_time) == (size, time)
    assert (found.last_completed or "")[:10] == (last or "")


def test_the_last_completion_never_goes_back() -> None:
    older = download("a", state="seeding", completed_at="2026-01-01T00:00:00Z")
    assert summarize(STATUS, STATS, [older], "2026-02-01T00:00:00Z").last_completed == "2026-02-01T00:00:00Z"


@pytest.mark.parametrize(
    ("state", "failed", "problem"),
    [("online", 0, False), ("online", 1, True), ("offline", 0, False), ("unauthorized", 0, True), ("error", 0, True)],
)
def test_problem(state: Any, failed: int, problem: bool) -> None:
    stats = replace(STATS, counts=no_counts() | {"failed": failed})
    assert summarize(replace(STATUS, state=state), stats, [], None).problem is problem
    assert summarize(replace(STATUS, state="online"), None, [], None).problem is None


@given(st.lists(downloads, max_size=5))
def test_any_downloads_can_be_summarized(every: list[Any]) -> None:
    found = summarize(STATUS, STATS, every, None)
    assert found.remaining_size >= 0
