"""What the broker still holds of ours: a memory when the ledger is lost, ghosts to clear, and claims of others."""

import asyncio
import logging
import time
from collections.abc import Container, Iterable, Sequence

import msgspec

from downloads2mqtt.changes import Known, first_latch
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.status import ClientStatus
from downloads2mqtt.contract.topics import ANY, Topics
from downloads2mqtt.errors import TopicError
from downloads2mqtt.mqtt.connection import Connection
from downloads2mqtt.mqtt.message import Incoming, Subscription
from downloads2mqtt.mqtt.publisher import Publisher

QUIET_SECONDS = 0.4
LONGEST_SECONDS = 15.0

log = logging.getLogger("downloads2mqtt.mqtt")


class Restore:
    """Reads our own retained messages back after a connect.

    `claimed` are clients of ours that another live bridge serves, `found` what is retained of ours, by client.
    """

    def __init__(self, topics: Topics, bridge: str, clients: Iterable[str]) -> None:
        self._topics = topics
        self._bridge = bridge
        self._clients = frozenset(clients)
        self._online: set[str] = set()
        self._statuses: dict[str, ClientStatus] = {}
        self._retained: dict[tuple[str, str], Download | None] = {}
        self._heard = 0.0
        self._reading = False

    async def read(self, connection: Connection) -> None:
        """Read all of it, until nothing more comes; raises `BrokerError`."""
        self._retained.clear()
        await self.read_claims(connection, *(self._topics.download(client, ANY) for client in sorted(self._clients)))
        if leftovers := self._leftovers():
            await self._read(connection, [self._topics.download(client, ANY) for client in leftovers])

    async def read_claims(self, connection: Connection, *besides: str) -> None:
        """Read who serves which clients, and what matches `besides`, until nothing more comes; raises `BrokerError`."""
        self._online.clear()
        self._statuses.clear()
        await self._read(connection, [self._topics.bridge(ANY, "state"), self._topics.client(ANY, "status"), *besides])

    @property
    def claimed(self) -> dict[str, str]:
        """Clients of ours that another live bridge serves, and which."""
        return {
            client: status.bridge
            for client, status in self._statuses.items()
            if client in self._clients and status.bridge != self._bridge and status.bridge in self._online
        }

    def found(self, client: str) -> Known | None:
        """What is retained of `client`, if anything."""
        downloads = {id: d for (name, id), d in self._retained.items() if name == client and d is not None}
        if not downloads and client not in self._statuses:
            return None
        return Known(downloads, {id: first_latch(download) for id, download in downloads.items()})

    def clear_ghosts(self, publisher: Publisher, served: Container[str]) -> None:
        """Clear what is retained of `served` clients but not in `publisher`, and of clients no longer configured."""
        leftovers = self._leftovers()
        for client in leftovers:
            log.info("%s is no longer configured: clearing it from the broker", client)
            for leaf in ("status", "stats"):
                publisher.clear(self._topics.client(client, leaf))
        for client, id in self._retained:
            topic = self._topics.download(client, id)
            if (client in served or client in leftovers) and not publisher.holds(topic):
                publisher.clear(topic)

    def on_message(self, message: Incoming) -> None:
        """Note what is retained."""
        if not self._reading:
            return
        self._heard = time.monotonic()
        try:
            match self._topics.split(message.topic):
                case ("bridge", bridge, "state"):
                    (self._online.add if message.payload == b"online" else self._online.discard)(bridge)
                case ("client", client, "status") if message.payload:
                    self._statuses[client] = msgspec.json.decode(message.payload, type=ClientStatus)
                case ("client", client, "download", id) if message.payload:
                    self._retained[client, id] = _download(message.payload)
        except (TopicError, msgspec.MsgspecError):
            log.debug("%s holds something that is not ours", message.topic)

    async def _read(self, connection: Connection, filters: Sequence[str]) -> None:
        begun = self._heard = time.monotonic()
        self._reading = True
        await connection.subscribe([Subscription(filter, 0) for filter in filters])
        while (now := time.monotonic()) - self._heard < QUIET_SECONDS and now - begun < LONGEST_SECONDS:  # noqa: ASYNC110
            await asyncio.sleep(QUIET_SECONDS / 4)
        self._reading = False
        await connection.unsubscribe(filters)

    def _leftovers(self) -> list[str]:
        return [
            client
            for client, status in self._statuses.items()
            if status.bridge == self._bridge and client not in self._clients
        ]


def _download(payload: bytes) -> Download | None:
    try:
        return msgspec.json.decode(payload, type=Download)
    except msgspec.MsgspecError:
        return None
