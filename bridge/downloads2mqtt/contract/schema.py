"""JSON Schemas of every payload, for those who build on the bus in other languages."""

import inspect
from pathlib import Path
from typing import Any

import msgspec

from downloads2mqtt.contract import CONTRACT_VERSION
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.event import DownloadEvent, Notification
from downloads2mqtt.contract.frames import (
    Delta,
    ErrorFrame,
    EventFrame,
    Get,
    Heartbeat,
    Hello,
    NotificationFrame,
    Ping,
    RequestFrame,
    ResponseFrame,
    SnapshotFrame,
    Subscribe,
    Unsubscribe,
)
from downloads2mqtt.contract.request import BRIDGE_REQUESTS, CLIENT_REQUESTS, FoundDownloads, Response, SnapshotPage
from downloads2mqtt.contract.status import BridgeHealth, BridgeInfo, ClientStats, ClientStatus

PUBLISHED: tuple[type[msgspec.Struct], ...] = (
    BridgeInfo,
    BridgeHealth,
    ClientStatus,
    ClientStats,
    Download,
    DownloadEvent,
    Response,
    SnapshotPage,
    FoundDownloads,
)
ACCEPTED: tuple[type[msgspec.Struct], ...] = (Notification,)
FRAMES_SENT: tuple[type[msgspec.Struct], ...] = (
    Hello,
    SnapshotFrame,
    Delta,
    EventFrame,
    NotificationFrame,
    Heartbeat,
    ResponseFrame,
    ErrorFrame,
)
FRAMES_ACCEPTED: tuple[type[msgspec.Struct], ...] = (Subscribe, Unsubscribe, Get, RequestFrame, Ping)


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by its file name without `.json`."""
    found = {model.__name__: _of_ours(model) for model in PUBLISHED}
    found |= {model.__name__: _of_struct(model) for model in ACCEPTED}
    found |= {_frame(model): _of_ours(model) for model in FRAMES_SENT}
    found |= {_frame(model): _of_struct(model) for model in FRAMES_ACCEPTED}
    for whose, requests in (("client", CLIENT_REQUESTS), ("bridge", BRIDGE_REQUESTS)):
        found |= {f"{whose}.request.{verb}": request.model_json_schema() for verb, request in requests.items()}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "x-contract-version": CONTRACT_VERSION}
    return {name: {**head, **schema} for name, schema in found.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into `folder`; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n")
        written.append(path)
    return written


def _frame(model: type[msgspec.Struct]) -> str:
    return f"frame.{model.__struct_config__.tag}"


def _of_struct(model: type[msgspec.Struct]) -> dict[str, Any]:
    schema = msgspec.json.schema(model)
    for definition in schema["$defs"].values():
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
    return schema


def _of_ours(model: type[msgspec.Struct]) -> dict[str, Any]:
    """What we write ourselves: every key is always present, but in a delta, where an absent one is unchanged."""
    schema = _of_struct(model)
    for name, definition in schema["$defs"].items():
        if "properties" in definition and not (name == model.__name__ and model.__struct_config__.omit_defaults):
            definition["required"] = list(definition["properties"])
    return schema
