"""What a card shows, live: a snapshot, then deltas and events, in the frames of the relay's native protocol."""

import secrets
from collections.abc import Callable
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.event import async_call_later

from .bus import Bridge, Client, Key
from .coordinator import Coordinator

CHUNK: Final = 250
"""Downloads a frame: more would hold up the event loop while it is encoded."""
PAUSE: Final = 0.05
MISSING: Final = object()


class Live:
    """One subscription. It holds what it sent, so a change is only what differs, and one that lags costs no memory.

    `control` says what the user may ask for at most, of any bridge. With its entry the subscription ends.
    """

    def __init__(
        self,
        coordinator: Coordinator,
        wanted: Callable[[str], bool],
        control: Callable[[], str],
        send: Callable[[dict[str, Any]], None],
    ) -> None:
        self._coordinator = coordinator
        self._wanted = wanted
        self._control = control
        self._send = send
        self._stops: list[CALLBACK_TYPE] = []
        self._sent_broker = False
        self._sent_control = ""
        self._seq = 0
        self._waiting: dict[Key, None] = {}
        self._sent: dict[Key, Any] = {}
        self._sent_clients: dict[str, dict[str, Any]] = {}
        self._sent_bridges: dict[str, dict[str, Any]] = {}
        self._more: CALLBACK_TYPE | None = None

    @callback
    def start(self) -> CALLBACK_TYPE:
        """Send all there is, then what changes, until the callback returned is called."""
        self._snapshot()
        self._stops = [
            self._coordinator.async_add_listener(self._on_changes),
            self._coordinator.async_listen_events(self._on_event),
            self._coordinator.async_listen_end(self._on_end),
        ]
        return self._stop

    @callback
    def _stop(self) -> None:
        while self._stops:
            self._stops.pop()()
        if self._more is not None:
            self._more()
            self._more = None

    @callback
    def _on_end(self) -> None:
        self._stop()
        self._send({"t": "error", "code": "offline", "message": "downloads2mqtt was stopped in Home Assistant"})

    def _clients(self) -> dict[str, Client]:
        return {name: one for name, one in self._coordinator.bus.clients.items() if self._wanted(name)}

    def _snapshot(self) -> None:
        clients = self._clients()
        self._waiting = {(name, id): None for name, client in clients.items() for id in client.downloads}
        first = self._take()
        self._sent_clients = {name: _client(one) for name, one in clients.items()}
        self._sent_bridges = {name: _bridge(one) for name, one in self._coordinator.bus.bridges.items()}
        self._sent_broker, self._sent_control = self._coordinator.connected, self._control()
        self._send(
            {
                "t": "snapshot",
                "seq": self._seq,
                "epoch": secrets.token_hex(2),
                "control": self._sent_control,
                "broker": self._sent_broker,
                "bridges": list(self._sent_bridges.values()),
                "clients": list(self._sent_clients.values()),
                "downloads": [self._held(key) for key in first],
            }
        )
        self._sent = {key: self._held(key) for key in first}
        self._continue()

    def _take(self) -> list[Key]:
        some = list(self._waiting)[:CHUNK]
        for key in some:
            del self._waiting[key]
        return some

    def _held(self, key: Key) -> Any:
        client = self._coordinator.bus.clients.get(key[0])
        return client.downloads.get(key[1]) if client else None

    @callback
    def _on_changes(self) -> None:
        wanted = self._clients()
        told = (key for key in self._coordinator.changes.downloads if key[0] in wanted or key in self._sent)
        self._waiting.update(dict.fromkeys(told))
        self._delta()

    @callback
    def _on_event(self, event: dict[str, Any]) -> None:
        if self._wanted(event["client"]):
            self._seq += 1
            self._send({"t": "event", **event, "seq": self._seq})

    @callback
    def _delta(self, _now: Any = None) -> None:
        self._more = None
        frame: dict[str, Any] = {}
        broker, control = self._coordinator.connected, self._control()
        if broker != self._sent_broker:
            frame["broker"] = self._sent_broker = broker
        if control != self._sent_control:
            frame["control"] = self._sent_control = control
        clients = {name: _client(one) for name, one in self._clients().items()}
        bridges = {name: _bridge(one) for name, one in self._coordinator.bus.bridges.items()}
        if told := _differences(self._sent_clients, clients):
            frame["clients"] = told
        if told := _differences(self._sent_bridges, bridges):
            frame["bridges"] = told
        self._sent_clients, self._sent_bridges = clients, bridges
        frame |= self._downloads()
        if frame:
            self._seq += 1
            self._send({"t": "delta", "seq": self._seq, "prev": self._seq - 1, **frame})
        self._continue()

    def _downloads(self) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        gone: list[str] = []
        for key in self._take():
            name, now = ":".join(key), self._held(key)
            before = self._sent.pop(key, None)
            if now is None and before is not None:
                gone.append(name)
            elif now is not None:
                self._sent[key] = now
                if differs := _difference(before or {}, now):
                    changed[name] = differs
        return {**({"set": changed} if changed else {}), **({"del": gone} if gone else {})}

    def _continue(self) -> None:
        if self._waiting and self._more is None:
            self._more = async_call_later(self._coordinator.hass, PAUSE, self._delta)


def _client(client: Client) -> dict[str, Any]:
    return {**client.status, "available": client.available, "stats": client.stats}


def _bridge(bridge: Bridge) -> dict[str, Any]:
    state = "online" if bridge.online else "offline"
    return {"bridge": bridge.name, "state": state, "info": bridge.info, "health": bridge.health}


def _difference(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in now.items() if before.get(key, MISSING) != value}


def _differences(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What differs of each, None for those that are gone."""
    told: dict[str, Any] = dict.fromkeys(before.keys() - now.keys())
    for name, one in now.items():
        if differs := _difference(before.get(name, {}), one):
            told[name] = differs
    return told
