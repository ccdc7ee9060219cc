"""Publishes: states latest-wins by topic, events one by one in order, everything again at every connect."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from itertools import islice

import msgspec

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.status import BridgeHealth, BridgeInfo, ClientStats, ClientStatus
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.errors import BrokerError
from downloads2mqtt.ledger import Ledger, Letter
from downloads2mqtt.mqtt.connection import WINDOW, Connection
from downloads2mqtt.mqtt.message import Outgoing

State = Download | ClientStatus | ClientStats | BridgeHealth | BridgeInfo | msgspec.Raw

log = logging.getLogger("downloads2mqtt.mqtt")


class Publisher:
    """Holds what shall stand on the bus, and brings the bus there whenever the broker is there.

    What waits is a set of topics, not of messages, so a broker that is away for an hour costs no memory; the payload
    is encoded when it is sent. Events wait in the ledger's outbox, which is bounded. `on_state` is told of every state.
    """

    def __init__(self, topics: Topics, bridge: str, ledger: Ledger) -> None:
        self.topics = topics
        self.ledger = ledger
        self._bridge = bridge
        self._states: dict[str, State] = {}
        self._quiet: set[str] = set()
        self._dirty: dict[str, None] = {}
        self._ghosts: dict[str, tuple[str, str]] = {}
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._connected = False
        self.greeted = False
        self.on_state: Callable[[str, State | None], None] | None = None

    def state(self, topic: str, payload: State, *, qos: int = 1) -> None:
        """`payload` shall be retained on `topic`."""
        self._states[topic] = payload
        if qos == 0:
            self._quiet.add(topic)
        self._mark(topic)
        if self.on_state is not None:
            self.on_state(topic, payload)

    def clear(self, topic: str) -> None:
        """Nothing shall be retained on `topic`."""
        self._states.pop(topic, None)
        self._mark(topic)
        if self.on_state is not None:
            self.on_state(topic, None)

    def clear_download(self, client: str, id: str) -> None:
        """The download is gone; the ledger is told once the broker has cleared its topic."""
        topic = self.topics.download(client, id)
        self._ghosts[topic] = (client, id)
        self.clear(topic)

    def holds(self, topic: str) -> bool:
        """Whether something shall be retained on `topic`."""
        return topic in self._states

    def post(self) -> None:
        """The ledger's outbox has new events."""
        self._wake.set()
        self._idle.clear()

    @property
    def waiting(self) -> int:
        """Messages that wait for the broker."""
        return len(self._dirty) + len(self.ledger.outbox)

    async def drained(self) -> None:
        """Until nothing waits; for ever while the broker is away."""
        await self._idle.wait()

    def withdraw(self, topic: str) -> None:
        """Say nothing more on `topic` and below it: another bridge speaks there."""
        for table in (self._states, self._dirty, self._ghosts):
            for each in [each for each in table if each == topic or each.startswith(f"{topic}/")]:
                del table[each]

    def greet(self) -> None:
        """The broker may hold nothing, or things of old: say everything again, and only then `info` and `online`."""
        self._connected = self.greeted = True
        last = [self.topics.bridge(self._bridge, leaf) for leaf in ("info", "state")]
        everything = dict.fromkeys([*self._dirty, *self._states])
        for topic in last:
            if everything.pop(topic, 0) is None:
                everything[topic] = None
        self._dirty = everything
        self._wake.set()
        self._idle.clear()

    def lost(self) -> None:
        """The broker is gone: wait."""
        self._connected = False

    async def run(self, connection: Connection) -> None:
        """Bring the bus to what it shall be, until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._connected and self.waiting:
                try:
                    await self._send_states(connection)
                    await self._send_events(connection)
                except BrokerError as error:
                    log.debug("publishing stopped: %s", error)
                    break
            if not self.waiting:
                self._idle.set()

    async def _send_states(self, connection: Connection) -> None:
        batch = list(islice(self._dirty, WINDOW))
        for topic in batch:
            del self._dirty[topic]
        try:
            await connection.publish([self._message(topic) for topic in batch])
        except BrokerError:
            self._dirty.update(dict.fromkeys(batch))
            raise
        self._lay_ghosts(topic for topic in batch if topic not in self._states)

    async def _send_events(self, connection: Connection) -> None:
        letters = list(islice(self.ledger.outbox, WINDOW))
        if not letters:
            return
        await connection.publish([self._event(letter) for letter in letters])
        self.ledger.acknowledge(letters)

    def _message(self, topic: str) -> Outgoing:
        state = self._states.get(topic)
        payload = b"" if state is None else bytes(state) if isinstance(state, msgspec.Raw) else _encode(state)
        return Outgoing(topic, payload, 0 if topic in self._quiet else 1, retain=True)

    def _event(self, letter: Letter) -> Outgoing:
        return Outgoing(self.topics.client(letter.client, "event"), letter.payload)

    def _lay_ghosts(self, topics: Iterable[str]) -> None:
        ghosts = [self._ghosts.pop(topic) for topic in topics if topic in self._ghosts]
        if ghosts:
            self.ledger.laid(ghosts)

    def _mark(self, topic: str) -> None:
        self._dirty[topic] = None
        self._wake.set()
        self._idle.clear()


_encode: Callable[[State], bytes] = msgspec.json.Encoder().encode
