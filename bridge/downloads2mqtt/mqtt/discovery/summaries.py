"""Keeps the summaries of the clients on the bus."""

from collections.abc import Iterable, Set

import msgspec

from downloads2mqtt.mqtt.discovery.known import Known
from downloads2mqtt.mqtt.discovery.places import Places
from downloads2mqtt.mqtt.discovery.summary import Summary, summarize
from downloads2mqtt.mqtt.publisher import Publisher


class Summaries:
    """Told while Home Assistant is told of the clients; the broker holds none of others."""

    def __init__(self, known: Known, places: Places, publisher: Publisher) -> None:
        self._known = known
        self._places = places
        self._publisher = publisher
        self._told: dict[str, Summary] = {}

    def tell(self, clients: Set[str]) -> None:
        """What changed of these clients, and nothing of others any more."""
        known = self._known
        for client in known.stale & clients & known.statuses.keys():
            before = self._told.get(client)
            summary = summarize(
                known.statuses[client],
                known.stats.get(client),
                known.downloads.get(client, {}).values(),
                before.last_completed if before else None,
            )
            if summary != before:
                self._told[client] = summary
                raw = msgspec.Raw(msgspec.json.encode(summary))
                self._publisher.state(self._places.summary(client), raw, qos=0)
            known.stale.discard(client)
        self.clear(self._told.keys() - clients)

    def withdraw(self, client: str) -> None:
        """Another bridge tells of this client."""
        self._told.pop(client, None)
        self._publisher.withdraw(self._places.summary(client))

    def clear(self, clients: Iterable[str]) -> None:
        """Nothing shall be retained of these clients, who may be of an earlier run."""
        for client in clients:
            self._told.pop(client, None)
            self._known.stale.add(client)
            self._publisher.clear(self._places.summary(client))
