"""`DownloadEvent`, one for each transition, and `Notification`, which anyone may publish."""

from typing import Any, Literal, get_args

import msgspec

from downloads2mqtt.contract.download import Download, State

EventType = Literal[
    "added", "started", "paused", "resumed", "stalled", "completed", "failed", "removed", "state_changed"
]
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)


class DownloadEvent(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One transition. `seq` rises by one per event of a bridge, so a consumer can tell a repeat or a gap.

    `from` is null for `added`, `to` for `removed`; `download` is the download as it now is, or last was.
    """

    seq: int
    event: EventType
    client: str
    id: str
    name: str
    from_: State | None
    to: State | None
    at: str
    download: Download


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """A message for people, passed on by the relay."""

    type: str
    message: str
    data: dict[str, Any] | None = None
    at: str
