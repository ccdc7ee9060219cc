"""What is retained about bridges and clients: `BridgeInfo`, `BridgeHealth`, `ClientStatus`, `ClientStats`."""

from typing import Literal

import msgspec

from downloads2mqtt.contract.download import STATES, Protocol, State

ClientState = Literal["online", "offline", "unauthorized", "error", "starting"]
Control = Literal["off", "safe", "full"]


class ClientEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `BridgeInfo.clients`."""

    client: str
    kind: str
    protocol: Protocol
    name: str


class BridgeInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What a bridge is and which clients it serves; consumers find bridges by it."""

    bridge: str
    version: str
    contract: int
    started_at: str
    clients: tuple[ClientEntry, ...]
    control: Control


class BridgeHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How a bridge fares, at most every 30 s; one older than 90 s means the bridge is offline.

    `uptime` in seconds, `published` messages since start, `queue` messages that wait for the broker.
    """

    uptime: int
    published: int
    queue: int
    dropped_events: int
    mqtt_reconnects: int
    at: str


class ClientStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a client answers. `since` is when it entered `state`; `abilities` are the verbs it takes."""

    client: str
    bridge: str
    kind: str
    protocol: Protocol
    name: str
    state: ClientState
    error: str | None = None
    version: str | None = None
    abilities: tuple[str, ...] = ()
    last_ok: str | None = None
    since: str


class ClientStats(msgspec.Struct, frozen=True, kw_only=True):
    """A client's totals: rates and limits in bytes per second, sizes in bytes, `poll_seconds` of the last poll."""

    download_rate: int | None = None
    upload_rate: int | None = None
    download_limit: int | None = None
    upload_limit: int | None = None
    alternative_limits: bool | None = None
    free_space: int | None = None
    total: int
    counts: dict[State, int]
    downloaded_total: int | None = None
    uploaded_total: int | None = None
    poll_seconds: float | None = None


def no_counts() -> dict[State, int]:
    """A count of zero for every state."""
    return dict.fromkeys(STATES, 0)
