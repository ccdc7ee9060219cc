"""The one map of all bridges, clients and downloads, and when readers are told what changes in it.

Pure: no I/O, no clock. Seconds are monotonic and come as an argument.
"""

import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import asdict, replace

from downloads2mqtt.contract.download import Download, State
from downloads2mqtt.contract.event import DownloadEvent, Notification
from downloads2mqtt.contract.frames import BridgeView, ClientView
from downloads2mqtt.contract.status import BridgeHealth, BridgeInfo, ClientStats, ClientStatus, Control
from downloads2mqtt.relay.hub.channel import Batch, Image, key_of
from downloads2mqtt.relay.hub.channels import Channels
from downloads2mqtt.relay.hub.frame import Ring
from downloads2mqtt.relay.hub.presence import Presence, instant
from downloads2mqtt.relay.hub.scope import CONTROLS

GATHER = 0.5
"""Seconds over which progress is gathered into one delta."""


class Hub:
    """Takes in what the bus says and tells it to the readers of `channels`.

    `flush` tells: transitions, events, clients and bridges whenever it is called, progress every half second.
    `on_urgent` is called when something should not wait for the next half second. `epoch` names this hub's life,
    random unless given; `ring` holds what readers of everything may have missed.
    """

    def __init__(self, epoch: str | None = None, ring: Ring | None = None) -> None:
        self.on_urgent: Callable[[], None] = _nothing
        self._image = Image()
        self.channels = Channels(self._image, epoch or secrets.token_hex(4), ring)
        self._connected = False
        self._presence: defaultdict[str, Presence] = defaultdict(Presence)
        self._infos: dict[str, BridgeInfo] = {}
        self._healths: dict[str, BridgeHealth] = {}
        self._statuses: dict[str, ClientStatus] = {}
        self._stats: dict[str, ClientStats] = {}
        self._held: defaultdict[str, dict[str, State]] = defaultdict(dict)
        self._last_event: dict[str, tuple[int, float]] = {}
        self._events: list[DownloadEvent] = []
        self._gathered_at = float("-inf")

    # From the bus

    def broker(self, connected: bool) -> None:
        """The broker was reached, or lost. What is known stays; without a broker no client is available."""
        self._connected = connected
        if connected:
            for presence in self._presence.values():
                presence.reconnect()
        self.on_urgent()

    def bridge_state(self, bridge: str, online: bool, now: float) -> None:
        """A bridge, or its last will, says whether it is there."""
        self._presence[bridge].say(online, now)
        self.on_urgent()

    def bridge_info(self, info: BridgeInfo, wall: float, now: float) -> None:
        """What a bridge is; a client that it no longer lists is gone. Raises `ValueError` for a bad time."""
        self._presence[info.bridge].sign("started", instant(info.started_at), wall, now)
        self._infos[info.bridge] = info
        listed = {entry.client for entry in info.clients}
        for status in list(self._statuses.values()):
            if status.bridge == info.bridge and status.client not in listed:
                self.remove_client(status.client)
        self.on_urgent()

    def bridge_health(self, bridge: str, health: BridgeHealth, wall: float, now: float) -> None:
        """How a bridge fares. Raises `ValueError` for a bad time."""
        self._presence[bridge].sign("health", instant(health.at), wall, now)
        self._healths[bridge] = health

    def remove_bridge(self, bridge: str) -> None:
        """A bridge's info was cleared: nobody is to look for it any more."""
        for table in (self._infos, self._healths, self._presence):
            table.pop(bridge, None)
        self.on_urgent()

    def client_status(self, status: ClientStatus) -> None:
        """Whether a client answers."""
        self._statuses[status.client] = status
        self.on_urgent()

    def client_stats(self, client: str, stats: ClientStats) -> None:
        """A client's totals."""
        self._stats[client] = stats

    def remove_client(self, client: str) -> None:
        """A client was taken out of the configuration; its downloads go with it."""
        self._statuses.pop(client, None)
        self._stats.pop(client, None)
        for id in tuple(self._held[client]):
            self.remove_download(client, id)
        del self._held[client]
        self.on_urgent()

    def download(self, download: Download) -> None:
        """A download, said live."""
        key = key_of(download.client, download.id)
        before = self._image.downloads.current.get(key)
        urgent = before is None or before.state != download.state
        self._held[download.client][download.id] = download.state
        if self._image.downloads.put(key, download, urgent=urgent) and urgent:
            self.on_urgent()

    def paged(self, download: Download) -> None:
        """A download from a page of a snapshot, which what was said live later wins over."""
        held = self.get(key_of(download.client, download.id))
        if held is None or _instant(held.updated_at) <= _instant(download.updated_at):
            self.download(download)

    def remove_download(self, client: str, id: str) -> None:
        """A download is gone."""
        self._held[client].pop(id, None)
        if self._image.downloads.put(key_of(client, id), None, urgent=True):
            self.on_urgent()

    def event(self, event: DownloadEvent) -> None:
        """An event; one that was delivered before is dropped.

        A number that went back is a repeat, unless the event is newer than all before: then the bridge lost its ledger.
        """
        at = _instant(event.at)
        last, latest = self._last_event.get(event.client, (0, float("-inf")))
        if event.seq <= last and at <= latest:
            return
        self._last_event[event.client] = event.seq, max(at, latest)
        self._events.append(event)
        self.on_urgent()

    def notify(self, notification: Notification, user: str | None = None) -> None:
        """A message for all readers, or for those of one user; it is passed on at once."""
        self.channels.notify(notification, user)

    # What is known

    def get(self, key: str) -> Download | None:
        """A download by `<client>:<id>`."""
        return self._image.downloads.current.get(key)

    def held(self, client: str) -> frozenset[str]:
        """The ids held of a client."""
        return frozenset(self._held.get(client, ()))

    def infos(self) -> Iterable[BridgeInfo]:
        """The bridges that told what they are."""
        return self._infos.values()

    def bridge_says_online(self, bridge: str) -> bool:
        """Whether a bridge says that it is there."""
        return bridge in self._presence and self._presence[bridge].says_online

    def mismatched(self) -> set[str]:
        """Clients whose own total, or count of a state, is not that of what is held: something was lost on the way."""
        return {client for client, stats in self._stats.items() if not _agrees(stats, self._held.get(client, {}))}

    def knows(self, client: str) -> bool:
        """Whether there is a client of this name."""
        return client in self._image.clients.current

    def counts(self) -> dict[str, int | bool]:
        """The figures of a health check."""
        image = self._image
        bridges, clients = image.bridges.current.values(), image.clients.current.values()
        return {
            "broker": self._connected,
            "bridges": len(bridges),
            "bridges_online": sum(bridge.state == "online" for bridge in bridges),
            "clients": len(clients),
            "clients_available": sum(client.available for client in clients),
            "downloads": len(image.downloads.current),
            "readers": len(self.channels),
        }

    # To the readers

    def flush(self, now: float) -> None:
        """Tell readers what is due: what is urgent, and every half second all that changed."""
        self._review(now)
        gather = now - self._gathered_at >= GATHER
        if gather:
            self._gathered_at = now
            self.channels.prune(now)
        self._tell(urgent_only=not gather)
        events, self._events = self._events, []
        for event in events:
            self.channels.tell_event(event)

    def until_due(self, now: float) -> float:
        """Seconds until what is gathered should be told."""
        return max(0.0, self._gathered_at + GATHER - now)

    def control(self) -> Control:
        """The most that any bridge allows: each refuses by itself what it does not."""
        told = [info.control for info in self._infos.values()]
        return max(told, key=CONTROLS.index, default="off")

    def _review(self, now: float) -> None:
        """Set bridges and clients to what follows from what each said, and from the time."""
        image = self._image
        for bridge in image.bridges.current.keys() | self._presence.keys():
            view = self._bridge_view(bridge, now) if bridge in self._presence else None
            before = image.bridges.current.get(bridge)
            steady = view is not None and before is not None and replace(before, health=view.health) == view
            image.bridges.put(bridge, view, urgent=not steady)
        for client in image.clients.current.keys() | self._statuses.keys():
            shown = self._client_view(self._statuses[client]) if client in self._statuses else None
            known = image.clients.current.get(client)
            steady = shown is not None and known is not None and replace(known, stats=shown.stats) == shown
            image.clients.put(client, shown, urgent=not steady)

    def _bridge_view(self, bridge: str, now: float) -> BridgeView:
        return BridgeView(
            bridge=bridge,
            state="online" if self._presence[bridge].online(now) else "offline",
            info=self._infos.get(bridge),
            health=self._healths.get(bridge),
        )

    def _client_view(self, status: ClientStatus) -> ClientView:
        bridge = self._image.bridges.current.get(status.bridge)
        there = self._connected and bridge is not None and bridge.state == "online"
        stats = self._stats.get(status.client)
        return ClientView(**asdict(status), available=there and status.state == "online", stats=stats)

    def _tell(self, *, urgent_only: bool) -> None:
        image = self._image
        batch = Batch(
            image.downloads.take(urgent_only=urgent_only),
            image.clients.take(urgent_only=urgent_only),
            image.bridges.take(urgent_only=urgent_only),
            self._connected if self._connected != image.broker else None,
        )
        image.broker = self._connected
        if batch:
            self.channels.tell(batch)


def _agrees(stats: ClientStats, held: Mapping[str, State]) -> bool:
    if stats.total != len(held) or sum(stats.counts.values()) != stats.total:
        return stats.total == len(held)
    counts = Counter(held.values())
    return all(count == counts[state] for state, count in stats.counts.items())


def _instant(text: str) -> float:
    try:
        return instant(text)
    except ValueError:
        return float("-inf")


def _nothing() -> None:
    return None
