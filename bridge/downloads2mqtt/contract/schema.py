"""JSON Schemas of every payload, for those who build on the bus in other languages."""

from pathlib import Path
from typing import Any

import msgspec

from downloads2mqtt.contract import CONTRACT_VERSION
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.event import DownloadEvent, Notification
from downloads2mqtt.contract.request import BRIDGE_REQUESTS, CLIENT_REQUESTS, Response, SnapshotPage
from downloads2mqtt.contract.status import BridgeHealth, BridgeInfo, ClientStats, ClientStatus

PAYLOADS: tuple[type[msgspec.Struct], ...] = (
    BridgeInfo,
    BridgeHealth,
    ClientStatus,
    ClientStats,
    Download,
    DownloadEvent,
    Notification,
    Response,
    SnapshotPage,
)


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by its file name without `.json`."""
    found = {model.__name__: msgspec.json.schema(model) for model in PAYLOADS}
    for whose, requests in (("client", CLIENT_REQUESTS), ("bridge", BRIDGE_REQUESTS)):
        for verb, request in requests.items():
            found[f"{whose}.request.{verb}"] = request.model_json_schema()
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "x-contract-version": CONTRACT_VERSION,
            **schema,
        }
        for name, schema in found.items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into `folder`; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n")
        written.append(path)
    return written
