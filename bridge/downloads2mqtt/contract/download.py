"""`Download`: the retained state of one download."""

from typing import Literal, get_args

import msgspec

State = Literal[
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
]
Stage = Literal["verifying", "repairing", "extracting", "moving", "script"]
Protocol = Literal["torrent", "usenet", "http"]

STATES: tuple[State, ...] = get_args(State)
ACTIVE: frozenset[State] = frozenset({"metadata", "downloading", "stalled", "checking", "processing"})
DONE: frozenset[State] = frozenset({"seeding", "completed"})


class Download(msgspec.Struct, frozen=True, kw_only=True):
    """One download as a client tells it. Every key is always present; `null` is "unknown" or "does not apply".

    Units: bytes, bytes per second, seconds, percent 0-100 with one decimal, ISO 8601 in UTC with `Z`.
    `id` is the topic level, `native_id` the client's own word for it.
    """

    id: str
    native_id: str
    client: str
    kind: str
    protocol: Protocol
    name: str
    state: State
    native_state: str
    stage: Stage | None = None
    progress: float | None = None
    size: int | None = None
    downloaded: int | None = None
    uploaded: int | None = None
    download_rate: int | None = None
    upload_rate: int | None = None
    eta: int | None = None
    ratio: float | None = None
    seeds: int | None = None
    peers: int | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    path: str | None = None
    queue_position: int | None = None
    added_at: str | None = None
    completed_at: str | None = None
    error: str | None = None
    warning: str | None = None
    updated_at: str = ""
