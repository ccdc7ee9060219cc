"""Tells Home Assistant of the bridge and its clients, for as long as nothing else shows them there."""

import asyncio
import logging
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.errors import BrokerError
from downloads2mqtt.mqtt.connection import Connection
from downloads2mqtt.mqtt.discovery.devices import bridge_config, client_config, is_of
from downloads2mqtt.mqtt.discovery.known import Known
from downloads2mqtt.mqtt.discovery.places import Places, bridge_subject, client_subject
from downloads2mqtt.mqtt.discovery.settings import HomeAssistantSettings
from downloads2mqtt.mqtt.discovery.summaries import Summaries
from downloads2mqtt.mqtt.message import Incoming, Outgoing, Subscription
from downloads2mqtt.mqtt.publisher import Publisher, State

QUIET_SECONDS = 0.4
LONGEST_SECONDS = 15.0
GATHER_SECONDS = 0.5
JITTER_SECONDS = 10.0
HANG_UPS = 3

log = logging.getLogger("downloads2mqtt.mqtt")


class Announcer:
    """Keeps the configurations on the broker as they shall be; what it holds there already is left alone.

    After each connect it first reads what the broker holds: whether the component shows the clients, and which
    configurations are ours, also of clients that were removed since. The broker being asked only then, a configuration
    that a person deletes in Home Assistant stays away until something about it changes or Home Assistant starts again.
    Nothing is told before `ready` is set: until then it is not known which clients other bridges serve.
    """

    def __init__(
        self,
        settings: HomeAssistantSettings,
        topics: Topics,
        bridge: str,
        titles: Mapping[str, str],
        publisher: Publisher,
    ) -> None:
        self._mode = settings.discovery
        self._places = Places(topics, settings.prefix)
        self._bridge = bridge
        self._titles = titles
        self._known = Known(topics)
        self._summaries = Summaries(self._known, self._places, publisher)
        self._connection: Connection | None = None
        self._held: dict[str, bytes] = {}
        self._reading = False
        self._heard = 0.0
        self._component = False
        self._again = False
        self._birth: asyncio.TimerHandle | None = None
        self._wake = asyncio.Event()
        self._orders: set[asyncio.Task[None]] = set()
        self._risking = False
        self._hang_ups = 0
        self.ready = asyncio.Event()

    def attach(self, connection: Connection) -> None:
        """The connection that this is a handler of."""
        self._connection = connection

    @property
    def shown(self) -> bool:
        """Whether Home Assistant shall be told."""
        return self._mode == "on" or (self._mode == "auto" and not self._component)

    def on_state(self, topic: str, state: State | None) -> None:
        """`state` shall be retained on `topic`, `None` for nothing: what the configurations are made of."""
        if self._mode != "off" and self._known.take(topic, state):
            self._wake.set()

    def withdraw(self, client: str) -> None:
        """Another bridge speaks for this client."""
        self._known.forget(client)
        self._summaries.withdraw(client)

    # -- what the broker says ----------------------------------------------------------------------

    def subscriptions(self) -> Sequence[Subscription]:
        """None: a broker that allows no one below Home Assistant's prefix must not lose the bridge."""
        return ()

    def on_message(self, message: Incoming) -> None:
        """A configuration that the broker holds, the component's word, Home Assistant's birth, or a switch."""
        places, topic = self._places, message.topic
        if topic == places.component:
            self._heed(message.payload == b"online")
        elif topic in places.births and message.payload == b"online":
            self._born()
        elif self._reading and message.payload and topic.startswith(places.configs.partition("+")[0]):
            self._held[topic] = message.payload
        elif topic.endswith("/paused") and not self._reading:
            self._obey(topic, message.payload)
            return
        else:
            return
        self._heard = time.monotonic()

    def on_disconnect(self) -> None:
        """Wait; a broker that hangs up whenever it is told of Home Assistant is told no more."""
        self.ready.clear()
        if self._birth is not None:
            self._birth.cancel()
            self._birth = None
        if not self._risking:
            return
        self._risking = False
        self._hang_ups += 1
        if self._hang_ups == HANG_UPS:
            log.error(
                "the broker hangs up when Home Assistant is told of our clients: allow this user to read and write "
                "%s/#, or set home_assistant.discovery to off",
                self._places.prefix,
            )

    async def on_connect(self) -> None:
        """Read, then keep what is there as it shall be, until the broker is lost."""
        if self._hang_ups >= HANG_UPS:
            return
        await self._read()
        await self.ready.wait()
        self._known.reshaped = True
        while True:
            self._wake.clear()
            await self._reconcile()
            await self._wake.wait()
            await asyncio.sleep(GATHER_SECONDS)

    async def _read(self) -> None:
        places, connection = self._places, self._live
        begun = self._heard = time.monotonic()
        self._held.clear()
        self._reading = True
        try:
            with self._risk():
                standing = () if self._mode == "off" else (places.component, places.orders, *places.births)
                await connection.subscribe([Subscription(filter, 1) for filter in (*standing, places.configs)])
                while (now := time.monotonic()) - self._heard < QUIET_SECONDS and now - begun < LONGEST_SECONDS:  # noqa: ASYNC110
                    await asyncio.sleep(QUIET_SECONDS / 4)
                await connection.unsubscribe([places.configs])
        finally:
            self._reading = False

    # -- what shall be -----------------------------------------------------------------------------

    async def _reconcile(self) -> None:
        gone: list[str] = []
        if self._known.reshaped or self._again:
            gone = await self._bring_up_to_date()
        served = set(self._known.served) if self.shown else set()
        self._summaries.clear(self._clients_of(gone) - served)
        self._summaries.tell(served)

    async def _bring_up_to_date(self) -> list[str]:
        """Tell what is another, clear what shall be no more; the topics cleared."""
        again, self._again, self._known.reshaped = self._again, False, False
        wanted = self._wanted() if self.shown else {}
        gone = [topic for topic, payload in self._held.items() if topic not in wanted and self._is_ours(payload)]
        news = [topic for topic, payload in wanted.items() if again or self._held.get(topic) != payload]
        if news or gone:
            with self._risk():
                await self._live.publish(
                    [Outgoing(topic, wanted.get(topic, b""), retain=True) for topic in (*gone, *news)]
                )
        for topic in gone:
            del self._held[topic]
        self._held.update((topic, wanted[topic]) for topic in news)
        return gone

    def _wanted(self) -> dict[str, bytes]:
        """Every configuration by its topic, the bridge's first. One that cannot be made yet stays as it is."""
        known, places = self._known, self._places
        if known.info is None:
            return {topic: payload for topic, payload in self._held.items() if self._is_ours(payload)}
        wanted = {places.config(bridge_subject(self._bridge)): bridge_config(known.info, places)}
        for client in known.served:
            topic = places.config(client_subject(client))
            status, held = known.statuses.get(client), self._held.get(topic)
            if held is not None and client not in known.answered and self._is_ours(held):
                wanted[topic] = held
            elif status is not None and status.state != "starting":
                title = self._titles.get(client, status.kind)
                wanted[topic] = client_config(status, known.stats.get(client), title, places)
        return wanted

    def _clients_of(self, configs: Sequence[str]) -> set[str]:
        before, _, after = self._places.config(client_subject("x")).rpartition("x")
        return {topic.removeprefix(before).removesuffix(after) for topic in configs if topic.startswith(before)}

    def _is_ours(self, payload: bytes) -> bool:
        return is_of(self._bridge, payload, self._places)

    # -- what Home Assistant does ------------------------------------------------------------------

    def _heed(self, component: bool) -> None:
        """The component is there, or no more."""
        if component != self._component and self._mode == "auto" and not self._reading:
            log.info("Home Assistant's component is %s", "there: no discovery" if component else "gone: discovery")
        self._component = component
        self._known.reshaped = True
        self._wake.set()

    def _born(self) -> None:
        """Home Assistant has just started and is busy; other programs tell it of theirs now, too."""
        if self._birth is None:
            delay = random.uniform(0, JITTER_SECONDS)
            self._birth = asyncio.get_running_loop().call_later(delay, self._say_again)

    def _say_again(self) -> None:
        self._birth = None
        self._again = True
        self._wake.set()

    def _obey(self, topic: str, payload: bytes) -> None:
        """One topic for both positions of a switch, as MQTT discovery wants it, becomes one of two requests."""
        verb = {b"ON": "pause", b"OFF": "resume"}.get(payload)
        if verb is None or not self.shown:
            return
        for client in self._known.served:
            if topic == self._places.paused(client):
                task = asyncio.create_task(self._ask(self._places.topics.client_request(client, verb)))
                self._orders.add(task)
                task.add_done_callback(self._orders.discard)

    async def _ask(self, request: str) -> None:
        try:
            await self._live.publish([Outgoing(request, b'{"all":true}')])
        except BrokerError as error:
            log.warning("%s: not asked: %s", request, error)

    @property
    def _live(self) -> Connection:
        if self._connection is None:
            raise BrokerError("not connected")
        return self._connection

    @contextmanager
    def _risk(self) -> Iterator[None]:
        """Noted until it is over: when the broker hangs up, it is not."""
        self._risking = True
        yield
        self._risking = False
        self._hang_ups = 0
