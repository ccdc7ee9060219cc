"""What the bridge has said on the bus, as far as Home Assistant is told of it."""

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.status import BridgeInfo, ClientStats, ClientStatus
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.mqtt.publisher import State


class Known:
    """The last word on the bridge, its clients and their downloads.

    `answered` are the clients that did so in this run, `stale` those whose summary may be another now, and `reshaped`
    says whether a configuration may be.
    """

    def __init__(self, topics: Topics) -> None:
        self._topics = topics
        self.info: BridgeInfo | None = None
        self.statuses: dict[str, ClientStatus] = {}
        self.stats: dict[str, ClientStats] = {}
        self.downloads: dict[str, dict[str, Download]] = {}
        self.answered: set[str] = set()
        self.stale: set[str] = set()
        self.reshaped = False

    @property
    def served(self) -> tuple[str, ...]:
        """The clients that the bridge serves."""
        return tuple(entry.client for entry in self.info.clients) if self.info else ()

    def take(self, topic: str, state: State | None) -> bool:
        """`state` shall be retained on `topic`, `None` for nothing; whether that matters here."""
        match state:
            case BridgeInfo():
                self.reshaped = self.reshaped or self.info != state
                self.info = state
            case ClientStatus(client=client):
                self._take_status(client, state)
            case ClientStats():
                self._take_stats(self._topics.split(topic)[1], state)
            case Download(client=client, id=id):
                self.downloads.setdefault(client, {})[id] = state
                self.stale.add(client)
            case None:
                return self._take_nothing(topic)
            case _:
                return False
        return True

    def forget(self, client: str) -> None:
        """Another bridge speaks for this client."""
        for table in (self.statuses, self.stats, self.downloads):
            table.pop(client, None)

    def _take_status(self, client: str, status: ClientStatus) -> None:
        self.statuses[client] = status
        self.stale.add(client)
        self.reshaped = True
        if status.state == "online":
            self.answered.add(client)

    def _take_stats(self, client: str, stats: ClientStats) -> None:
        before = self.stats.get(client)
        self.stats[client] = stats
        self.stale.add(client)
        if before is None or (before.alternative_limits is None) != (stats.alternative_limits is None):
            self.reshaped = True

    def _take_nothing(self, topic: str) -> bool:
        match self._topics.split(topic):
            case ("client", client, "download", id):
                self.downloads.get(client, {}).pop(id, None)
                self.stale.add(client)
                return True
        return False
