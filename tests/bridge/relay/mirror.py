"""What a browser makes of frames: written from the contract alone, and strict about it."""

from typing import Any

import msgspec

from downloads2mqtt.relay.hub.channel import EVERYTHING, Filter
from downloads2mqtt.relay.hub.frame import Frame
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.reader import Reader


class Mirror:
    """Applies frames; fails where one does not follow from the one before."""

    def __init__(self) -> None:
        self.seq = -1
        self.epoch = ""
        self.broker = False
        self.recovered = False
        self.kinds: list[str] = []
        self.downloads: dict[str, dict[str, Any]] = {}
        self.clients: dict[str, dict[str, Any]] = {}
        self.bridges: dict[str, dict[str, Any]] = {}
        self.events: list[dict[str, Any]] = []
        self.missed_events = 0

    def apply(self, payload: bytes | str) -> dict[str, Any]:
        """Take one frame."""
        frame: dict[str, Any] = msgspec.json.decode(payload)
        self.kinds.append(frame["t"])
        take = getattr(self, f"_take_{frame['t']}", None)
        if take is not None:
            take(frame)
        return frame

    def _take_hello(self, frame: dict[str, Any]) -> None:
        self.epoch, self.recovered = frame["epoch"], frame["recovered"]

    def _take_snapshot(self, frame: dict[str, Any]) -> None:
        self.seq, self.broker = frame["seq"], frame["broker"]
        self.downloads = {f"{row['client']}:{row['id']}": row for row in frame["downloads"]}
        self.clients = {row["client"]: row for row in frame["clients"]}
        self.bridges = {row["bridge"]: row for row in frame["bridges"]}

    def _take_delta(self, frame: dict[str, Any]) -> None:
        assert frame["prev"] == self.seq, "a gap"
        assert frame["seq"] >= self.seq
        self.seq, self.broker = frame["seq"], frame.get("broker", self.broker)
        _merge(self.downloads, frame.get("set", {}))
        for key in frame.get("del", []):
            del self.downloads[key]
        _merge(self.clients, frame.get("clients", {}))
        _merge(self.bridges, frame.get("bridges", {}))
        self.events += frame.get("events", [])
        self.missed_events += frame.get("missed_events", 0)

    def _take_event(self, frame: dict[str, Any]) -> None:
        assert frame["seq"] > self.seq
        self.seq = frame["seq"]
        self.events.append(frame)

    def _take_heartbeat(self, frame: dict[str, Any]) -> None:
        assert frame["seq"] == self.seq


def _merge(held: dict[str, dict[str, Any]], told: dict[str, dict[str, Any] | None]) -> None:
    for key, fields in told.items():
        if fields is None:
            del held[key]
        elif key in held:
            held[key] = {**held[key], **fields}
        else:
            assert {"name", "state"} <= fields.keys() or "bridge" in fields, "not seen before, and not whole"
            held[key] = fields


class Tap:
    """A reader at the end of a connection that takes `room` frames until it is opened again.

    One that returns brings the mirror of when it left.
    """

    def __init__(
        self, hub: Hub, room: float = float("inf"), back: Mirror | None = None, wanted: Filter = EVERYTHING
    ) -> None:
        self.mirror = Mirror() if back is None else back
        self.hub = hub
        self.room = room
        self.sent: list[Frame] = []
        self.reader = Reader(self._send)
        self.want(wanted, None if back is None else (back.epoch, back.seq))

    def want(self, wanted: Filter, resume: tuple[str, int] | None = None) -> None:
        """See only what is wanted from here on."""
        self.hub.channels.join(self.reader, wanted, heartbeat=15, control=self.hub.control(), resume=resume)

    def open(self, room: float = float("inf")) -> None:
        """The connection takes frames again."""
        self.room = room
        if self.reader.lagging and room > 0:
            self.hub.channels.drained(self.reader)

    def _send(self, frame: Frame) -> bool:
        self.room -= 1
        self.sent.append(frame)
        self.mirror.apply(frame.payload)
        return self.room > 0
