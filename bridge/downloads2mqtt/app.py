"""Puts everything together: which object knows which, and what runs beside what."""

import asyncio
import logging
import secrets as random_secrets
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

import msgspec

from downloads2mqtt import __version__
from downloads2mqtt.clients import kinds
from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.commands import Commands
from downloads2mqtt.config import Configuration
from downloads2mqtt.contract import CONTRACT_VERSION
from downloads2mqtt.contract.status import BridgeHealth, BridgeInfo, ClientEntry
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.ledger import Ledger
from downloads2mqtt.mqtt.connection import Connection
from downloads2mqtt.mqtt.discovery.announcer import Announcer
from downloads2mqtt.mqtt.embedded import EmbeddedBroker
from downloads2mqtt.mqtt.message import Incoming, Outgoing, Subscription
from downloads2mqtt.mqtt.publisher import Publisher
from downloads2mqtt.mqtt.restore import Restore
from downloads2mqtt.observe import now_iso
from downloads2mqtt.poller import Poller
from downloads2mqtt.relay.hub.feed import Feed
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.server import Server
from downloads2mqtt.secrets import Secrets
from downloads2mqtt.tasks import end

HEALTH_SECONDS = 30.0
BROKER_PATIENCE = 3.0
LAST_WORDS_SECONDS = 1.5

log = logging.getLogger("downloads2mqtt")


def build_client(id: str, settings: ClientSettings) -> Client:
    """The client that `settings` describe."""
    headers = {name: value.get_secret_value() for name, value in settings.headers.items()}
    http = Http(
        settings.url, verify=settings.verify, ca_file=settings.ca_file, headers=headers, timeout=settings.timeout
    )
    return kinds()[settings.kind](id, settings, http)


class Bridge:
    """One bridge process: its clients' pollers, its publisher, its requests."""

    def __init__(
        self,
        configuration: Configuration,
        secrets: Secrets,
        *,
        build: Callable[[str, ClientSettings], Client] = build_client,
        recovery_seconds: float = 60.0,
    ) -> None:
        self._configuration = configuration
        self._secrets = secrets
        self._recovery_seconds = recovery_seconds
        self._topics = Topics(configuration.base_topic)
        self._clients = {id: build(id, settings) for id, settings in configuration.enabled_clients.items()}
        self._ledger = Ledger(configuration.data.expanduser() / f"{configuration.bridge}.db")
        self._publisher = Publisher(self._topics, configuration.bridge, self._ledger)
        self._restore = Restore(self._topics, configuration.bridge, self._clients)
        titles = {id: client.title for id, client in self._clients.items()}
        self._discovery = Announcer(
            configuration.home_assistant, self._topics, configuration.bridge, titles, self._publisher
        )
        self._publisher.on_state = self._discovery.on_state
        self._pollers: dict[str, Poller] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._group: asyncio.TaskGroup | None = None
        self._ending = False
        self._commands = Commands(
            self._topics, configuration.bridge, self._pollers, self._ledger.history, configuration.control, secrets
        )
        self._started_at = now_iso()
        self._begun = asyncio.get_running_loop().time()
        self._connection = Connection(
            configuration.mqtt,
            configuration.mqtt.client_id or f"downloads2mqtt-{configuration.bridge}",
            [self, self._discovery],
            will=Outgoing(self._state_topic, b"offline", retain=True),
        )
        self._discovery.attach(self._connection)

    @property
    def _state_topic(self) -> str:
        return self._topics.bridge(self._configuration.bridge, "state")

    async def run(self) -> None:
        """Until cancelled; then the last events go out and the bridge says `offline`."""
        self._publish_info()
        self._publisher.state(self._state_topic, msgspec.Raw(b"online"))
        self._forget_unconfigured()
        connection = asyncio.create_task(self._connection.run())
        publisher = asyncio.create_task(self._publisher.run(self._connection))
        try:
            async with asyncio.TaskGroup() as self._group:
                self._group.create_task(_until_failed(connection))
                self._group.create_task(_until_failed(publisher))
                self._group.create_task(self._commands.run(self._connection))
                self._group.create_task(self._report_health())
                self._group.create_task(self._start_without_broker())
                await self._until_told_to_end()
        finally:
            await self._last_words()
            await end(connection, publisher)
            await asyncio.gather(*(client.aclose() for client in self._clients.values()))
            self._ledger.close()

    def subscriptions(self) -> Sequence[Subscription]:
        """Requests to this bridge and its clients."""
        return self._commands.subscriptions(list(self._clients))

    async def on_connect(self) -> None:
        """The first time read back what the broker holds before anything is said, later only who serves our clients."""
        if self._ending:
            self._publisher.greet()
            return
        first = not self._pollers
        if not first:
            await self._restore.read_claims(self._connection)
            self._withdraw_claimed()
            self._publisher.greet()
        await self._restore.read(self._connection)
        if not self._ending:
            self._start(self._clients)
            self._commands.ready.set()
            self._discovery.ready.set()
        if first:
            self._publisher.greet()
        self._restore.clear_ghosts(self._publisher, self._pollers)

    def on_message(self, message: Incoming) -> None:
        """To whom it concerns."""
        base = self._topics.base
        if message.topic.startswith((f"{base}/bridge/", f"{base}/client/")):
            self._restore.on_message(message)
            self._commands.on_message(message)

    def on_disconnect(self) -> None:
        """Wait."""
        self._publisher.lost()

    async def _until_told_to_end(self) -> None:
        """Notes the end before the group's tasks end: a group that ends takes no more of them."""
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            self._ending = True

    async def _start_without_broker(self) -> None:
        """Clients the ledger knows need not wait for a broker that is away."""
        await asyncio.sleep(BROKER_PATIENCE)
        if not self._connection.connected and not self._ending:
            self._start(self._ledger.clients() & self._clients.keys())

    def _start(self, ids: Iterable[str]) -> None:
        for id in ids:
            if id in self._pollers:
                continue
            if other := self._restore.claimed.get(id):
                log.error("%s: bridge %r already serves a client of this name; rename one of them", id, other)
                continue
            self._start_poller(id)
        self._publish_info()

    def _start_poller(self, id: str) -> None:
        assert self._group is not None
        remembered = self._ledger.load(id)
        poller = self._pollers[id] = Poller(
            self._clients[id],
            self._configuration.bridge,
            self._publisher,
            self._secrets,
            remembered or self._restore.found(id),
            baseline=remembered is None,
            recovery_seconds=self._recovery_seconds,
        )
        poller.remember()
        self._tasks[id] = self._group.create_task(poller.run())

    def _withdraw_claimed(self) -> None:
        for id in self._restore.claimed:
            if id in self._pollers:
                self._tasks.pop(id).cancel()
                del self._pollers[id]
                self._publisher.withdraw(self._topics.client(id))
                self._discovery.withdraw(id)
                self._publish_info()

    def _forget_unconfigured(self) -> None:
        for id in self._ledger.clients() - self._clients.keys():
            for download in self._ledger.forget(id):
                self._publisher.clear_download(id, download)
            for leaf in ("status", "stats"):
                self._publisher.clear(self._topics.client(id, leaf))

    def _publish_info(self) -> None:
        served = [client for id, client in self._clients.items() if id not in self._restore.claimed]
        info = BridgeInfo(
            bridge=self._configuration.bridge,
            version=__version__,
            contract=CONTRACT_VERSION,
            started_at=self._started_at,
            clients=tuple(_entry(client) for client in served),
            control=self._configuration.control,
        )
        self._publisher.state(self._topics.bridge(self._configuration.bridge, "info"), info)

    async def _report_health(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            health = BridgeHealth(
                uptime=int(loop.time() - self._begun),
                published=self._connection.published,
                queue=self._publisher.waiting,
                dropped_events=self._ledger.dropped_events,
                mqtt_reconnects=max(0, self._connection.reconnects),
                at=now_iso(),
            )
            self._publisher.state(self._topics.bridge(self._configuration.bridge, "health"), health, qos=0)
            self._ledger.flush()
            self._ledger.history.prune(time.time())
            await asyncio.sleep(HEALTH_SECONDS)

    async def _last_words(self) -> None:
        """What waits, then `offline`, as far as the broker takes it in time."""
        self._publisher.state(self._state_topic, msgspec.Raw(b"offline"))
        try:
            async with asyncio.timeout(LAST_WORDS_SECONDS if self._connection.connected else 0):
                await self._publisher.drained()
        except TimeoutError:
            log.info(
                "%d messages were not out when the bridge ended; they follow at the next start", self._publisher.waiting
            )


class Relay:
    """One relay: reads the bus, serves browsers."""

    def __init__(self, configuration: Configuration) -> None:
        topics = Topics(configuration.base_topic)
        self._hub = Hub()
        self._feed = Feed(self._hub, topics)
        client_id = f"downloads2mqtt-relay-{random_secrets.token_hex(4)}"
        self._connection = Connection(configuration.mqtt, client_id, [self._feed])
        self._server = Server(self._hub, self._feed, configuration.http)

    async def run(self) -> None:
        """Until cancelled; raises `ConfigurationError` when the address cannot be listened on."""
        self._feed.attach(self._connection)
        await self._server.start()
        host, port = self._server.address
        log.info("page on http://%s:%d/", f"[{host}]" if ":" in host else host, port)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._connection.run())
                group.create_task(self._feed.run())
                group.create_task(self._server.run())
        finally:
            await self._server.aclose()


@asynccontextmanager
async def broker(configuration: Configuration) -> AsyncIterator[None]:
    """The embedded broker, if no other is configured, while inside."""
    if configuration.mqtt.url is not None:
        yield
        return
    embedded = EmbeddedBroker(configuration.mqtt)
    await embedded.start()
    try:
        async with asyncio.TaskGroup() as group:
            watch = group.create_task(embedded.failed())
            yield
            watch.cancel()
    finally:
        await embedded.aclose()


def _entry(client: Client) -> ClientEntry:
    name = client.settings.name or client.id
    return ClientEntry(client=client.id, kind=client.kind, protocol=client.protocol, name=name)


async def _until_failed(task: asyncio.Task[None]) -> None:
    """Shares the fate of `task` without ending it: it must outlive the others for the last words."""
    await asyncio.shield(task)
