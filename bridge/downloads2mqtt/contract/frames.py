"""The relay's native protocol: one JSON object a frame, told apart by `t`."""

from typing import Any, Literal

import msgspec

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.event import DownloadEvent
from downloads2mqtt.contract.status import BridgeHealth, BridgeInfo, ClientStats, ClientStatus, Control
from downloads2mqtt.errors import RequestCode

PROTOCOL_VERSION = 1


class BridgeView(msgspec.Struct, kw_only=True):
    """A bridge as readers see it."""

    bridge: str
    state: Literal["online", "offline"]
    info: BridgeInfo | None = None
    health: BridgeHealth | None = None


class ClientView(ClientStatus, frozen=True, kw_only=True):
    """A client as readers see it: its status, whether it is available, and its stats."""

    available: bool = False
    stats: ClientStats | None = None


class Hello(msgspec.Struct, tag_field="t", tag="hello", kw_only=True):
    """First frame of every connection; `heartbeat` in seconds, `recovered` when a resume succeeded."""

    v: int = PROTOCOL_VERSION
    epoch: str
    seq: int
    heartbeat: int
    recovered: bool
    control: Control


class SnapshotFrame(msgspec.Struct, tag_field="t", tag="snapshot", kw_only=True):
    """Everything, as of `seq`."""

    seq: int
    bridges: list[BridgeView]
    clients: list[ClientView]
    downloads: list[Download]


class Delta(msgspec.Struct, tag_field="t", tag="delta", kw_only=True, omit_defaults=True):
    """What changed since `prev`. Keys of `set` and members of `del` are `<client>:<id>`.

    An absent key is unchanged and `null` is cleared; a download not seen before comes whole.
    """

    seq: int
    prev: int
    set: dict[str, dict[str, Any]] = {}
    del_: list[str] = msgspec.field(default_factory=list, name="del")
    clients: dict[str, dict[str, Any] | None] = {}
    bridges: dict[str, dict[str, Any] | None] = {}


class EventFrame(DownloadEvent, frozen=True, tag_field="t", tag="event", kw_only=True):
    """A `DownloadEvent`; here `seq` is the relay's own, not the bridge's."""


class Heartbeat(msgspec.Struct, tag_field="t", tag="heartbeat", kw_only=True):
    """Sent when nothing else was; a page without a frame for two and a half of them is stale."""

    seq: int
    at: str


class ResponseFrame(msgspec.Struct, tag_field="t", tag="response", kw_only=True):
    """The answer to a reader's request."""

    transaction: str | None = None
    status: Literal["ok", "error"]
    data: Any = None
    error: dict[str, str] | None = None


class ErrorFrame(msgspec.Struct, tag_field="t", tag="error", kw_only=True):
    """What a reader sent makes no sense."""

    code: RequestCode
    message: str
