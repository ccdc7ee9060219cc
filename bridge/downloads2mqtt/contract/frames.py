"""The relay's native protocol: one JSON object a frame, told apart by `t`."""

from typing import Any, Literal

import msgspec

from downloads2mqtt.contract.download import Download, State
from downloads2mqtt.contract.event import DownloadEvent, Notification
from downloads2mqtt.contract.status import BridgeHealth, BridgeInfo, ClientStats, ClientStatus, Control
from downloads2mqtt.errors import RequestCode

PROTOCOL_VERSION = 1


class BridgeView(msgspec.Struct, frozen=True, kw_only=True):
    """A bridge as readers see it: `online` when it says so and its health is not older than 90 s."""

    bridge: str
    state: Literal["online", "offline"]
    info: BridgeInfo | None = None
    health: BridgeHealth | None = None


class ClientView(ClientStatus, frozen=True, kw_only=True):
    """A client as readers see it: its status, whether it is available, and its stats."""

    available: bool = False
    stats: ClientStats | None = None


class Hello(msgspec.Struct, tag_field="t", tag="hello", kw_only=True):
    """First frame of every connection, and again after `subscribe`, which begins another series of `seq`.

    `heartbeat` in seconds, `recovered` when a resume succeeded; `control` is the most that this reader
    may ask of any bridge as of now: what one of them takes is in its `info`, where another `control` may come later.
    """

    v: int = PROTOCOL_VERSION
    epoch: str
    seq: int
    heartbeat: int
    recovered: bool
    control: Control


class SnapshotFrame(msgspec.Struct, tag_field="t", tag="snapshot", kw_only=True):
    """Everything, as of `seq`, in place of all the reader held; `broker` is false while the relay has lost it."""

    seq: int
    broker: bool
    bridges: list[BridgeView]
    clients: list[ClientView]
    downloads: list[Download]


class EventFrame(DownloadEvent, frozen=True, tag_field="t", tag="event", kw_only=True):
    """A `DownloadEvent`; here `seq` is the relay's own, not the bridge's."""


class NotificationFrame(Notification, frozen=True, tag_field="t", tag="notification", kw_only=True):
    """A `Notification` for everybody, or for this reader's user; `seq` is that of the frame before."""

    seq: int


class Delta(msgspec.Struct, tag_field="t", tag="delta", kw_only=True, omit_defaults=True):
    """What changed since `prev`. Keys of `set` and members of `del` are `<client>:<id>`.

    An absent key is unchanged and `null` is cleared; a download, client or bridge not seen before comes whole, and a
    client or bridge that is `null` is gone. A reader that lagged gets one delta in place of all it missed: then
    `events` are the last of the events among them, and `missed_events` counts those that could not be kept.
    """

    seq: int
    prev: int
    broker: bool | None = None
    set: dict[str, dict[str, Any]] = {}
    del_: list[str] = msgspec.field(default_factory=list, name="del")
    clients: dict[str, dict[str, Any] | None] = {}
    bridges: dict[str, dict[str, Any] | None] = {}
    events: list[EventFrame] = []
    missed_events: int = 0


class Heartbeat(msgspec.Struct, tag_field="t", tag="heartbeat", kw_only=True):
    """Sent every so often; a page without any frame for two and a half of them is stale. Also the answer to `ping`."""

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


class Ping(msgspec.Struct, tag_field="t", tag="ping"):
    """From the browser: answer with a heartbeat."""


class Subscribe(msgspec.Struct, tag_field="t", tag="subscribe", kw_only=True):
    """From the browser: only these from now on. An absent list does not narrow; `ids` are `<client>:<id>` or `<id>`."""

    clients: list[str] | None = None
    ids: list[str] | None = None
    states: list[State] | None = None
    categories: list[str] | None = None


class Unsubscribe(msgspec.Struct, tag_field="t", tag="unsubscribe"):
    """From the browser: everything again."""


class Get(msgspec.Struct, tag_field="t", tag="get", kw_only=True):
    """From the browser: one download, by `<client>:<id>`."""

    id: str
    transaction: str | None = None


class RequestFrame(msgspec.Struct, tag_field="t", tag="request", kw_only=True):
    """From the browser: a request of the bus; what else it carries depends on the verb."""

    topic: str
    verb: str
    transaction: str | None = None


ReaderFrame = Ping | Subscribe | Unsubscribe | Get | RequestFrame
