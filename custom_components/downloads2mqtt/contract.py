"""The contract as this component reads it: topics, states, events, payloads. Pure; knows nothing of Home Assistant."""

import re
from collections.abc import Mapping
from typing import Any, Final, TypedDict, cast

CONTRACT_VERSION: Final = 1

STATES: Final = (
    "queued",
    "metadata",
    "downloading",
    "stalled",
    "paused",
    "checking",
    "processing",
    "seeding",
    "completed",
    "failed",
    "unknown",
)
ACTIVE: Final = frozenset({"metadata", "downloading", "stalled", "checking", "processing"})
DONE: Final = frozenset({"seeding", "completed"})
EVENT_TYPES: Final = (
    "added",
    "started",
    "paused",
    "resumed",
    "stalled",
    "completed",
    "failed",
    "removed",
    "state_changed",
)
CLIENT_STATES: Final = ("online", "offline", "unauthorized", "error", "starting")
CONTROLS: Final = ("off", "safe", "full")
ERROR_CODES: Final = ("bad_request", "not_found", "unsupported", "forbidden", "offline", "failed")
CLIENT_VERBS: Final = ("add", "pause", "resume", "recheck", "reannounce", "remove", "set", "limits", "poll", "find")
BRIDGE_VERBS: Final = ("snapshot", "add", "find", "history")
TOPICS: Final = (
    "bridge/<bridge>/state",
    "bridge/<bridge>/info",
    "bridge/<bridge>/health",
    "bridge/<bridge>/request/<verb>",
    "bridge/<bridge>/response/<verb>",
    "client/<client>/status",
    "client/<client>/stats",
    "client/<client>/download/<id>",
    "client/<client>/event",
    "client/<client>/request/<verb>",
    "client/<client>/response/<verb>",
)

_LEVEL = re.compile(r"[A-Za-z0-9_-]{1,64}")

Kinds = tuple[type, ...]
NONE: Final = type(None)
TEXT: Final[Kinds] = (str,)
TEXT_OR_NONE: Final[Kinds] = (str, NONE)
WHOLE: Final[Kinds] = (int,)
WHOLE_OR_NONE: Final[Kinds] = (int, NONE)
NUMBER_OR_NONE: Final[Kinds] = (float, int, NONE)
BOOL_OR_NONE: Final[Kinds] = (bool, NONE)
LIST: Final[Kinds] = (list,)
OBJECT: Final[Kinds] = (dict,)

DOWNLOAD: Final[Mapping[str, Kinds]] = {
    "id": TEXT,
    "native_id": TEXT,
    "client": TEXT,
    "kind": TEXT,
    "protocol": TEXT,
    "name": TEXT,
    "state": TEXT,
    "native_state": TEXT,
    "stage": TEXT_OR_NONE,
    "progress": NUMBER_OR_NONE,
    "size": WHOLE_OR_NONE,
    "downloaded": WHOLE_OR_NONE,
    "uploaded": WHOLE_OR_NONE,
    "download_rate": WHOLE_OR_NONE,
    "upload_rate": WHOLE_OR_NONE,
    "eta": WHOLE_OR_NONE,
    "ratio": NUMBER_OR_NONE,
    "seeds": WHOLE_OR_NONE,
    "peers": WHOLE_OR_NONE,
    "category": TEXT_OR_NONE,
    "tags": LIST,
    "path": TEXT_OR_NONE,
    "queue_position": WHOLE_OR_NONE,
    "added_at": TEXT_OR_NONE,
    "completed_at": TEXT_OR_NONE,
    "error": TEXT_OR_NONE,
    "warning": TEXT_OR_NONE,
    "updated_at": TEXT,
}
CLIENT_STATUS: Final[Mapping[str, Kinds]] = {
    "client": TEXT,
    "bridge": TEXT,
    "kind": TEXT,
    "protocol": TEXT,
    "name": TEXT,
    "state": TEXT,
    "error": TEXT_OR_NONE,
    "version": TEXT_OR_NONE,
    "abilities": LIST,
    "last_ok": TEXT_OR_NONE,
    "since": TEXT,
}
CLIENT_STATS: Final[Mapping[str, Kinds]] = {
    "download_rate": WHOLE_OR_NONE,
    "upload_rate": WHOLE_OR_NONE,
    "download_limit": WHOLE_OR_NONE,
    "upload_limit": WHOLE_OR_NONE,
    "alternative_limits": BOOL_OR_NONE,
    "free_space": WHOLE_OR_NONE,
    "total": WHOLE,
    "counts": OBJECT,
    "downloaded_total": WHOLE_OR_NONE,
    "uploaded_total": WHOLE_OR_NONE,
    "poll_seconds": NUMBER_OR_NONE,
}
BRIDGE_INFO: Final[Mapping[str, Kinds]] = {
    "bridge": TEXT,
    "version": TEXT,
    "contract": WHOLE,
    "started_at": TEXT,
    "clients": LIST,
    "control": TEXT,
}
CLIENT_ENTRY: Final[Mapping[str, Kinds]] = {"client": TEXT, "kind": TEXT, "protocol": TEXT, "name": TEXT}
BRIDGE_HEALTH: Final[Mapping[str, Kinds]] = {
    "uptime": WHOLE,
    "published": WHOLE,
    "queue": WHOLE,
    "dropped_events": WHOLE,
    "mqtt_reconnects": WHOLE,
    "at": TEXT,
}
DOWNLOAD_EVENT: Final[Mapping[str, Kinds]] = {
    "seq": WHOLE,
    "event": TEXT,
    "client": TEXT,
    "id": TEXT,
    "name": TEXT,
    "from": TEXT_OR_NONE,
    "to": TEXT_OR_NONE,
    "at": TEXT,
    "download": OBJECT,
}
SNAPSHOT_PAGE: Final[Mapping[str, Kinds]] = {"downloads": LIST, "next": TEXT_OR_NONE, "total": WHOLE}
FOUND_DOWNLOADS: Final[Mapping[str, Kinds]] = {"downloads": LIST, "scores": LIST}


class Download(TypedDict):
    """One download; bytes, bytes per second, seconds, percent, ISO 8601; None is "unknown" or "does not apply"."""

    id: str
    native_id: str
    client: str
    kind: str
    protocol: str
    name: str
    state: str
    native_state: str
    stage: str | None
    progress: float | None
    size: int | None
    downloaded: int | None
    uploaded: int | None
    download_rate: int | None
    upload_rate: int | None
    eta: int | None
    ratio: float | None
    seeds: int | None
    peers: int | None
    category: str | None
    tags: list[str]
    path: str | None
    queue_position: int | None
    added_at: str | None
    completed_at: str | None
    error: str | None
    warning: str | None
    updated_at: str


class Nonsense(ValueError):
    """A payload does not say what its topic promises."""


def is_level(text: str) -> bool:
    """Whether `text` can be one level of a topic."""
    return _LEVEL.fullmatch(text) is not None


def is_base(text: str) -> bool:
    """Whether `text` can be a base topic: one or several levels."""
    return all(is_level(part) for part in text.split("/"))


def shaped(payload: object, shape: Mapping[str, Kinds]) -> dict[str, Any]:
    """`payload`, an object with the keys of `shape` in their kinds; those that may be null need not be there."""
    if type(payload) is not dict:
        raise Nonsense("not a JSON object")
    for key, kinds in shape.items():
        value = payload.setdefault(key)
        if type(value) not in kinds:
            raise Nonsense(f"{key} is {type(value).__name__}, not {kinds[0].__name__}")
    return payload


def download(payload: object) -> Download:
    """A `Download`; a state that this version does not know becomes `unknown`."""
    found = shaped(payload, DOWNLOAD)
    if found["state"] not in STATES:
        found["state"] = "unknown"
    if not is_level(found["id"]):
        raise Nonsense("id is no topic level")
    _texts(found["tags"], "tags")
    return cast(Download, found)


def client_status(payload: object) -> dict[str, Any]:
    """A `ClientStatus`; a state that this version does not know becomes `error`."""
    found = shaped(payload, CLIENT_STATUS)
    if found["state"] not in CLIENT_STATES:
        found["state"] = "error"
    _texts(found["abilities"], "abilities")
    return found


def client_stats(payload: object) -> dict[str, Any]:
    """A `ClientStats`, with a count for every state."""
    found = shaped(payload, CLIENT_STATS)
    if any(type(count) is not int for count in found["counts"].values()):
        raise Nonsense("counts are not numbers")
    found["counts"] = {state: found["counts"].get(state, 0) for state in STATES}
    return found


def bridge_info(payload: object) -> dict[str, Any]:
    """A `BridgeInfo`."""
    found = shaped(payload, BRIDGE_INFO)
    for entry in found["clients"]:
        if not is_level(shaped(entry, CLIENT_ENTRY)["client"]):
            raise Nonsense("client is no topic level")
    return found


def download_event(payload: object) -> dict[str, Any]:
    """A `DownloadEvent`."""
    found = shaped(payload, DOWNLOAD_EVENT)
    found["download"] = download(found["download"])
    return found


def snapshot_page(payload: object) -> dict[str, Any]:
    """A `SnapshotPage`."""
    found = shaped(payload, SNAPSHOT_PAGE)
    found["downloads"] = [download(one) for one in found["downloads"]]
    return found


def found_downloads(payload: object) -> list[tuple[float, Download]]:
    """A `FoundDownloads`: each download with how well it fits, 1 at most."""
    found = shaped(payload, FOUND_DOWNLOADS)
    scores = found["scores"]
    if len(scores) != len(found["downloads"]) or any(type(score) not in (float, int) for score in scores):
        raise Nonsense("scores are not one number for each download")
    return [(score, download(one)) for score, one in zip(scores, found["downloads"], strict=True)]


def _texts(values: list[Any], what: str) -> None:
    if any(type(value) is not str for value in values):
        raise Nonsense(f"{what} are not texts")
