"""What the bus has said so far: bridges, clients, downloads, and what follows from them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from .contract import CONTRACT_VERSION, DONE, STATES, Download
from .presence import Presence, instant

Key = tuple[str, str]
"""A download anywhere: client and id."""


@dataclass(slots=True)
class Bridge:
    """One bridge: what it is, how it fares, whether it is there."""

    name: str
    info: dict[str, Any] | None = None
    health: dict[str, Any] | None = None
    presence: Presence = field(default_factory=Presence)
    online: bool = False

    @property
    def compatible(self) -> bool:
        """Whether it speaks our version of the contract."""
        return self.info is not None and self.info["contract"] == CONTRACT_VERSION

    @property
    def clients(self) -> tuple[str, ...]:
        """The clients that it serves."""
        return tuple(entry["client"] for entry in self.info["clients"]) if self.info else ()

    @property
    def control(self) -> str | None:
        """What it lets others do."""
        return str(self.info["control"]) if self.info else None


@dataclass(frozen=True, slots=True)
class Tally:
    """What is left of some downloads, in bytes and seconds, and when the last one was completed."""

    remaining_size: int = 0
    remaining_time: int | None = None
    last_completed: datetime | None = None


class View(Protocol):
    """What entities show: one client, or all of them."""

    @property
    def available(self) -> bool:
        """Whether what is shown is current."""

    @property
    def status(self) -> dict[str, Any]:
        """A `ClientStatus`, or the same of all."""

    @property
    def stats(self) -> dict[str, Any] | None:
        """A `ClientStats`, or the sum of all."""

    @property
    def tally(self) -> Tally:
        """What is left."""

    def every(self) -> Iterator[Download]:
        """The downloads."""


class Client:
    """One download client: its status, stats and downloads.

    `pulled` once every page of it is in; while it is being pulled, `touched` are the ids said live since.
    """

    def __init__(self, name: str, status: dict[str, Any]) -> None:
        self.name = name
        self.status = status
        self.stats: dict[str, Any] | None = None
        self.downloads: dict[str, Download] = {}
        self.available = False
        self.pulled = False
        self.touched: set[str] | None = None
        self._tally: Tally | None = None
        self._stale = True

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.status["name"] or self.name

    @property
    def complete(self) -> bool:
        """Whether it has as many downloads as it says."""
        return self.stats is None or self.stats["total"] == len(self.downloads)

    @property
    def tally(self) -> Tally:
        """What is left; `last_completed` never goes back."""
        if self._tally is None or self._stale:
            self._tally = tally(self.downloads.values(), self._tally)
            self._stale = False
        return self._tally

    def every(self) -> Iterator[Download]:
        """The downloads."""
        return iter(self.downloads.values())

    def put(self, download: Download) -> None:
        """Hold a download as it now is."""
        self.downloads[download["id"]] = download
        self._stale = True

    def drop(self, id: str) -> bool:
        """Forget a download; whether it was held."""
        self._stale = True
        return self.downloads.pop(id, None) is not None


class Everything:
    """All clients as one."""

    def __init__(self, bus: "Bus") -> None:
        self._bus = bus

    @property
    def available(self) -> bool:
        """Whether any client is."""
        return any(client.available for client in self._bus.clients.values())

    @property
    def status(self) -> dict[str, Any]:
        """What any client is able to do."""
        abilities = {verb for client in self._bus.clients.values() for verb in client.status["abilities"]}
        return {"abilities": sorted(abilities)}

    @property
    def stats(self) -> dict[str, Any] | None:
        """Sums; rates of those that answer, and the least free space."""
        known = [client for client in self._bus.clients.values() if client.stats]
        if not known:
            return None
        every = [client.stats for client in known if client.stats]
        now = [client.stats for client in known if client.stats and client.available]
        spaces = [stats["free_space"] for stats in every if stats["free_space"] is not None]
        return {
            **{rate: _sum(stats[rate] for stats in now) for rate in ("download_rate", "upload_rate")},
            **{key: _sum(stats[key] for stats in every) for key in ("total", "downloaded_total", "uploaded_total")},
            "free_space": min(spaces, default=None),
            "counts": {state: sum(stats["counts"][state] for stats in every) for state in STATES},
        }

    @property
    def tally(self) -> Tally:
        """What is left of all."""
        every = [client.tally for client in self._bus.clients.values()]
        return Tally(
            sum(one.remaining_size for one in every),
            max((one.remaining_time for one in every if one.remaining_time is not None), default=None),
            max((one.last_completed for one in every if one.last_completed), default=None),
        )

    def every(self) -> Iterator[Download]:
        """The downloads of all clients."""
        return (download for client in self._bus.clients.values() for download in client.downloads.values())


class Bus:
    """Everything known; `gone` are the bridges that said that they are no more."""

    def __init__(self) -> None:
        self.bridges: dict[str, Bridge] = {}
        self.clients: dict[str, Client] = {}
        self.gone: set[str] = set()
        self.all = Everything(self)

    def view(self, client: str | None) -> View | None:
        """One client, or all of them."""
        return self.all if client is None else self.clients.get(client)

    def bridge(self, name: str) -> Bridge:
        """A bridge, new or known."""
        return self.bridges.setdefault(name, Bridge(name))

    def owner(self, client: str) -> Bridge | None:
        """The bridge that serves a client, by the client's own word."""
        known = self.clients.get(client)
        return self.bridges.get(known.status["bridge"]) if known else None

    def claims(self, client: str) -> list[str]:
        """The bridges that are there and say that they serve a client."""
        return sorted(bridge.name for bridge in self.bridges.values() if bridge.online and client in bridge.clients)

    def find(self, id: str) -> list[Key]:
        """Where a download is held; `id` may be `<client>:<id>`."""
        client, _, rest = id.rpartition(":")
        return [(name, rest) for name, held in self.clients.items() if rest in held.downloads and client in ("", name)]

    def gaps(self) -> set[str]:
        """Topics below the base that a broker should have retained, and of which nothing came."""
        nameless = [bridge.name for bridge in self.bridges.values() if bridge.info is None]
        listed = {name for bridge in self.bridges.values() for name in bridge.clients}
        mute = {name for name in listed if name not in self.clients}
        return {
            *(f"bridge/{name}/info" for name in nameless),
            *(f"client/{name}/status" for name in mute),
            *(f"client/{name}/stats" for name in listed if name in mute or self.clients[name].stats is None),
        }

    def judge(self, connected: bool, now: float) -> tuple[set[str], set[str]]:
        """Decide again who is there; returns the bridges and the clients for which that changed."""
        bridges, clients = set(), set()
        for bridge in self.bridges.values():
            online = connected and bridge.presence.online(now)
            if online != bridge.online:
                bridge.online = online
                bridges.add(bridge.name)
        for client in self.clients.values():
            available = client.status["state"] == "online" and self.reachable(client.name)
            if available != client.available:
                client.available = available
                clients.add(client.name)
        return bridges, clients

    def reachable(self, client: str) -> bool:
        """Whether a client's bridge is there and speaks our version of the contract."""
        owner = self.owner(client)
        return owner is not None and owner.online and (owner.info is None or owner.compatible)


def tally(downloads: Iterable[Download], before: Tally | None = None) -> Tally:
    """What is left of these downloads."""
    size, longest = 0, None
    completed = before.last_completed.timestamp() if before and before.last_completed else None
    latest = None
    for one in downloads:
        if one["completed_at"] and (latest is None or one["completed_at"] > latest):
            latest = one["completed_at"]
        if one["state"] in DONE or one["state"] == "failed":
            continue
        size += remaining(one)
        if one["eta"] is not None and (longest is None or one["eta"] > longest):
            longest = one["eta"]
    seen = instant(latest)
    if seen is not None and (completed is None or seen > completed):
        completed = seen
    return Tally(size, longest, _utc(completed))


def remaining(download: Download) -> int:
    """Bytes that are yet to come."""
    size = download["size"]
    if size is None:
        return 0
    if download["downloaded"] is not None and download["downloaded"] <= size:
        return size - download["downloaded"]
    return round(size * (1 - (download["progress"] or 0) / 100))


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _utc(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
