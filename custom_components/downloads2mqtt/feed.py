"""Reads messages into what is known, and notes what they changed. Pure: payloads come decoded, seconds as arguments."""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from . import contract
from .bus import Bridge, Bus, Client, Key
from .contract import Download, Nonsense
from .presence import instant

REMEMBERED_EVENTS: Final = 1000


@dataclass(slots=True)
class Changes:
    """What changed since this was last looked at; `shapes` are the clients that came, went or learnt to do more."""

    bridges: set[str] = field(default_factory=set)
    clients: set[str] = field(default_factory=set)
    shapes: set[str] = field(default_factory=set)
    downloads: dict[Key, None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.bridges or self.clients or self.shapes)


class Feed:
    """The way from messages to a `Bus`; messages about clients in `excluded` are passed over."""

    def __init__(self, bus: Bus, excluded: Collection[str] = ()) -> None:
        self.changes = Changes()
        self._bus = bus
        self._excluded = excluded
        self._early_stats: dict[str, dict[str, Any]] = {}
        self._heard: dict[str, OrderedDict[int, None]] = {}

    def bridge_said(self, name: str, leaf: str, payload: Any, *, live: bool, now: float, wall: float) -> None:
        """`bridge/<bridge>/<leaf>`; None as payload means that it was cleared."""
        bridge = self._bus.bridge(name)
        self.changes.bridges.add(name)
        if leaf == "state":
            bridge.presence.say(payload == "online", now, live=live)
            if live and payload == "online":
                self.pull_again(bridge)
        elif leaf == "info":
            self._info(bridge, payload, now, wall)
        elif payload is not None:
            bridge.health = contract.shaped(payload, contract.BRIDGE_HEALTH)
            made = instant(bridge.health["at"])
            if made is not None:
                bridge.presence.sign("health", made, wall, now)

    def pull_again(self, bridge: Bridge) -> None:
        """What is held of a bridge's clients may be old."""
        for client in self._bus.clients.values():
            if client.status["bridge"] == bridge.name:
                client.pulled = False

    def client_said(self, name: str, leaf: str, payload: Any) -> None:
        """`client/<client>/status` or `stats`; None as payload means that it was cleared."""
        if name in self._excluded:
            return
        if leaf == "status":
            self._status(name, payload)
        elif payload is not None:
            self._stats(name, contract.client_stats(payload))

    def download_said(self, client: str, id: str, payload: Any) -> None:
        """`client/<client>/download/<id>`; None means gone. A client that has no status yet is pulled once it has."""
        held = self._bus.clients.get(client)
        if held is None:
            return
        if held.touched is not None:
            held.touched.add(id)
        if payload is None:
            self._drop(held, (id,))
            return
        said = contract.download(payload)
        if (said["client"], said["id"]) != (client, id):
            raise Nonsense("payload and topic are not about the same download")
        self._put(held, said)

    def event_said(self, client: str, payload: Any) -> dict[str, Any] | None:
        """`client/<client>/event`; the event, if it is news."""
        event = contract.download_event(payload)
        if event["client"] != client:
            raise Nonsense("payload and topic are not about the same client")
        if event["event"] not in contract.EVENT_TYPES or client in self._excluded:
            return None
        owner = self._bus.owner(client)
        heard = self._heard.setdefault(owner.name if owner else "", OrderedDict())
        if event["seq"] in heard:
            return None
        heard[event["seq"]] = None
        if len(heard) > REMEMBERED_EVENTS:
            heard.popitem(last=False)
        return event

    def page(self, client: Client, downloads: Iterable[Download]) -> None:
        """A page of a pull: what was said live since the pull began, or is newer, wins."""
        for said in downloads:
            held = client.downloads.get(said["id"])
            if held is None and client.touched is not None and said["id"] in client.touched:
                continue
            if held is None or _instant(held) <= _instant(said):
                self._put(client, said)

    def pull_done(self, client: Client, ids: Collection[str]) -> None:
        """Every page of a client is in: it has these, and what was said live."""
        kept = {*ids, *(client.touched or ())}
        self._drop(client, [id for id in client.downloads if id not in kept])
        client.pulled = True
        self.changes.shapes.add(client.name)

    def forget_client(self, name: str) -> None:
        """A client is gone, with its downloads."""
        client = self._bus.clients.pop(name, None)
        self._early_stats.pop(name, None)
        if client is not None:
            self._note(name, client.downloads)
            self.changes.shapes.add(name)

    def _info(self, bridge: Bridge, payload: Any, now: float, wall: float) -> None:
        if payload is None:
            del self._bus.bridges[bridge.name]
            self._bus.gone.add(bridge.name)
            return
        info = contract.bridge_info(payload)
        if info["bridge"] != bridge.name:
            raise Nonsense("payload and topic are not about the same bridge")
        self._bus.gone.discard(bridge.name)
        if bridge.info is not None and bridge.info["started_at"] != info["started_at"]:
            self._heard.pop(bridge.name, None)
        bridge.info = info
        made = instant(info["started_at"])
        if made is not None:
            bridge.presence.sign("started", made, wall, now)

    def _status(self, name: str, payload: Any) -> None:
        if payload is None:
            self.forget_client(name)
            return
        status = contract.client_status(payload)
        if status["client"] != name:
            raise Nonsense("payload and topic are not about the same client")
        client = self._bus.clients.get(name)
        if client is None:
            client = self._bus.clients[name] = Client(name, status)
            client.stats = self._early_stats.pop(name, None)
            self.changes.shapes.add(name)
        elif _shape(client.status) != _shape(status):
            self.changes.shapes.add(name)
        client.status = status
        self.changes.clients.add(name)

    def _stats(self, name: str, stats: dict[str, Any]) -> None:
        client = self._bus.clients.get(name)
        if client is None:
            self._early_stats[name] = stats
            return
        if (client.stats or {}).get("alternative_limits") is None and stats["alternative_limits"] is not None:
            self.changes.shapes.add(name)
        client.stats = stats
        self.changes.clients.add(name)

    def _put(self, client: Client, download: Download) -> None:
        client.put(download)
        self._note(client.name, (download["id"],))

    def _drop(self, client: Client, ids: Iterable[str]) -> None:
        self._note(client.name, [id for id in ids if client.drop(id)])

    def _note(self, client: str, ids: Iterable[str]) -> None:
        self.changes.clients.add(client)
        for id in ids:
            self.changes.downloads[(client, id)] = None


def _shape(status: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(status["abilities"]), status["name"], status["bridge"], status["version"], status["kind"]


def _instant(download: Download) -> float:
    return instant(download["updated_at"]) or 0.0
