"""The committed schemas are those of the code, and say what is true of what is sent."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from downloads2mqtt.contract import CONTRACT_VERSION
from downloads2mqtt.contract.download import STATES
from downloads2mqtt.contract.event import DownloadEvent
from downloads2mqtt.contract.frames import Delta, EventFrame, Heartbeat, Hello
from downloads2mqtt.contract.request import BRIDGE_REQUESTS, CLIENT_REQUESTS
from downloads2mqtt.contract.schema import ACCEPTED, FRAMES_ACCEPTED, FRAMES_SENT, PUBLISHED, schemas, write_schemas
from downloads2mqtt.contract.topics import TABLE
from tests.bridge.samples import download

COMMITTED = Path(__file__).parents[3] / "docs" / "schema"
AT = "2026-01-01T00:00:00Z"


def test_the_committed_schemas_have_not_drifted(tmp_path: Path) -> None:
    written = {path.name: path.read_bytes() for path in write_schemas(tmp_path / "schema")}
    committed = {path.name: path.read_bytes() for path in COMMITTED.iterdir()}
    assert committed == written, "run: downloads2mqtt schema docs/schema, and remove files that it no longer writes"


def test_there_is_one_for_everything_that_is_said() -> None:
    found = schemas()
    assert {row.payload.__name__ for row in TABLE if isinstance(row.payload, type)} <= set(found)
    assert {f"client.request.{verb}" for verb in CLIENT_REQUESTS} <= set(found)
    assert {f"bridge.request.{verb}" for verb in BRIDGE_REQUESTS} <= set(found)
    everything = (*PUBLISHED, *ACCEPTED, *FRAMES_SENT, *FRAMES_ACCEPTED)
    assert len(found) == len(everything) + len(CLIENT_REQUESTS) + len(BRIDGE_REQUESTS)


@pytest.mark.parametrize("name", sorted(schemas()))
def test_each_is_whole(name: str) -> None:
    schema = schemas()[name]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["x-contract-version"] == CONTRACT_VERSION
    definitions = schema.get("$defs", {})
    for reference in references(schema):
        assert reference.removeprefix("#/$defs/") in definitions


def references(schema: Any) -> list[str]:
    if isinstance(schema, dict):
        own = [schema["$ref"]] if "$ref" in schema else []
        return own + [one for value in schema.values() for one in references(value)]
    return [one for value in schema for one in references(value)] if isinstance(schema, list) else []


def definition(name: str) -> dict[str, Any]:
    schema = schemas()[name]
    found: dict[str, Any] = schema["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    return found


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("Download", download("a")),
        (
            "DownloadEvent",
            DownloadEvent(
                seq=1,
                event="added",
                client="c",
                id="a",
                name="n",
                from_=None,
                to="queued",
                at=AT,
                download=download("a"),
            ),
        ),
        ("frame.hello", Hello(epoch="e", seq=1, heartbeat=15, recovered=False, control="safe")),
        ("frame.heartbeat", Heartbeat(seq=1, at=AT)),
        (
            "frame.event",
            EventFrame(
                seq=1,
                event="added",
                client="c",
                id="a",
                name="n",
                from_=None,
                to="queued",
                at=AT,
                download=download("a"),
            ),
        ),
    ],
)
def test_every_key_is_always_sent_and_the_schema_says_so(name: str, sent: msgspec.Struct) -> None:
    keys = set(msgspec.json.decode(msgspec.json.encode(sent)))
    assert set(definition(name)["required"]) == set(definition(name)["properties"]) == keys


def test_a_delta_holds_only_what_changed() -> None:
    assert definition("frame.delta")["required"] == ["t", "seq", "prev"]
    assert msgspec.json.encode(Delta(seq=2, prev=1)) == b'{"t":"delta","seq":2,"prev":1}'


def test_anybody_may_notify_with_the_least() -> None:
    assert "data" not in definition("Notification")["required"]


def test_words_are_those_of_the_contract() -> None:
    assert definition("Download")["properties"]["state"]["enum"] == sorted(STATES)
    assert schemas()["client.request.add"]["additionalProperties"] is False
