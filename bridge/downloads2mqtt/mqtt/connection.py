"""One connection to the broker that comes back by itself. The only importer of aiomqtt."""

import asyncio
import logging
import random
import socket
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

import aiomqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from downloads2mqtt.errors import BrokerError
from downloads2mqtt.mqtt.message import Incoming, Outgoing, Subscription
from downloads2mqtt.mqtt.settings import Address, MqttSettings
from downloads2mqtt.observe import Once
from downloads2mqtt.tasks import end, heed_cancellation

WINDOW = 200
REACH_SECONDS = 5.0
CONNECT_SECONDS = 10.0
ACKNOWLEDGE_SECONDS = 20.0
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 10.0
TAKEN_OVER_AFTER = 3
TAKEN_OVER_PAUSE = 60.0

_UNSUPPORTED_PROTOCOL = {1, 132}
_BAD_CREDENTIALS = {4, 5, 134, 135}

_QUICK: int | None = getattr(socket, "TCP_QUICKACK", None)

log = logging.getLogger("downloads2mqtt.mqtt")
_paho_log = logging.getLogger("downloads2mqtt.mqtt.paho")
_paho_log.setLevel(logging.CRITICAL)  # a lost connection is an error to it, of which ours tells what it means


class Handler(Protocol):
    """What a connection serves. None of these may raise but `on_connect`, which may raise `BrokerError`."""

    def subscriptions(self) -> Sequence[Subscription]:
        """What to subscribe to at every connect, before `on_connect`."""

    async def on_connect(self) -> None:
        """Connected and subscribed; runs beside the arrival of messages and is cancelled when the broker is lost."""

    def on_message(self, message: Incoming) -> None:
        """One message; must be quick."""

    def on_disconnect(self) -> None:
        """The broker is lost."""


class _Batch:
    """Messages on their way whose acknowledgement somebody awaits."""

    def __init__(self) -> None:
        self.waiting: set[int] = set()
        self.done = asyncio.Event()

    def acknowledge(self, mid: int) -> None:
        self.waiting.discard(mid)
        if not self.waiting:
            self.done.set()


class _OlderProtocol(BrokerError):
    """The broker speaks MQTT 3.1.1 only."""


class Connection:
    """Connects, subscribes, serves its handlers, and does so again whenever the broker is lost.

    With several addresses the next one is tried when one is lost. MQTT 5 where the broker speaks it, else 3.1.1.
    """

    def __init__(
        self, settings: MqttSettings, client_id: str, handlers: Sequence[Handler], will: Outgoing | None = None
    ) -> None:
        self._settings = settings
        self._client_id = client_id
        self._handlers = handlers
        self._will = will
        self._client: aiomqtt.Client | None = None
        self._batches: dict[int, _Batch] = {}
        self._fault: BaseException | None = None
        self._once = Once(log)
        self._protocol = _protocol(settings)
        self._connected_at: float | None = None
        self.connected = False
        self.reconnects = -1
        self.published = 0

    async def run(self) -> None:
        """Until cancelled."""
        addresses = self._settings.addresses
        failures = short_lives = 0
        while True:
            address = addresses[failures % len(addresses)]
            self._connected_at = None
            try:
                await self._session(address)
            except _OlderProtocol:
                self._protocol = aiomqtt.ProtocolVersion.V311
                continue
            except BrokerError as error:
                lived = self._connected_at is not None and time.monotonic() - self._connected_at
                failures = 0 if lived and lived >= STEADY_SECONDS else failures + 1
                short_lives = short_lives + 1 if lived and lived < STEADY_SECONDS else 0
                if self._connected_at is None:
                    self._protocol = _protocol(self._settings)
                self._once.down(address.text, f"{self._told(error, short_lives)}; trying again")
            await asyncio.sleep(_pause(failures, short_lives))

    async def publish(self, messages: Sequence[Outgoing]) -> None:
        """Publish and wait until the broker has acknowledged them all; raises `BrokerError` when it is lost.

        In chunks of the in-flight window: the paho client below keeps everything beyond it in a list that it
        searches, which is quadratic.
        """
        for start in range(0, len(messages), WINDOW):
            await self._publish_window(messages[start : start + WINDOW])

    async def subscribe(self, subscriptions: Sequence[Subscription]) -> None:
        """Receive for a while what matches; forgotten when the broker is lost. Raises `BrokerError`."""
        await self._subscribe(self._live(), subscriptions)

    async def unsubscribe(self, filters: Sequence[str]) -> None:
        """Stop receiving what matches `filters`; raises `BrokerError`."""
        try:
            await self._live().unsubscribe(list(filters))
            heed_cancellation()
        except aiomqtt.MqttError as error:
            raise BrokerError(_lost(error)) from error

    def _live(self) -> aiomqtt.Client:
        if self._client is None or not self.connected:
            raise BrokerError("not connected")
        return self._client

    async def _publish_window(self, messages: Sequence[Outgoing]) -> None:
        # aiomqtt waits for each message in a task of its own; at thousands of messages that is most of the time.
        paho = self._live()._client
        batch = _Batch()
        for message in messages:
            info = paho.publish(message.topic, message.payload, message.qos, message.retain, _properties(message))
            if info.rc != 0:
                raise BrokerError("lost while publishing")
            if not info.is_published():
                batch.waiting.add(info.mid)
                self._batches[info.mid] = batch
        if batch.waiting:
            await self._acknowledged(batch)
        self.published += len(messages)

    async def _acknowledged(self, batch: _Batch) -> None:
        try:
            async with asyncio.timeout(ACKNOWLEDGE_SECONDS):
                await batch.done.wait()
        except TimeoutError:
            raise BrokerError(f"did not acknowledge within {ACKNOWLEDGE_SECONDS:g} s") from None
        finally:
            for mid in batch.waiting:
                self._batches.pop(mid, None)
        if not self.connected:
            raise BrokerError("lost while publishing")

    async def _session(self, address: Address) -> None:
        await _reach(address)
        async with self._open(address) as client:
            await self._subscribe(client, [s for handler in self._handlers for s in handler.subscriptions()])
            self.connected = True
            self._connected_at = time.monotonic()
            self.reconnects += 1
            self._once.up(address.text, "connected again")
            if self.reconnects == 0:
                log.info("%s: connected, MQTT %s", address.text, _name(self._protocol))
            try:
                await self._serve(client)
            finally:
                self.connected = False
                self._release()
                for handler in self._handlers:
                    handler.on_disconnect()

    async def _serve(self, client: aiomqtt.Client) -> None:
        greetings = [asyncio.create_task(handler.on_connect()) for handler in self._handlers]
        lost = asyncio.create_task(_until_lost(client))
        try:
            pending = {lost, *greetings}
            while lost in pending:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
        finally:
            await end(lost, *greetings)
            if self._fault is not None:
                raise self._fault

    @asynccontextmanager
    async def _open(self, address: Address) -> AsyncIterator[aiomqtt.Client]:
        client = self._build(address)
        try:
            await self._enter(client)
            try:
                self._client = client
                yield client
            finally:
                self._client = None
                await client.__aexit__(None, None, None)
        except aiomqtt.MqttError as error:
            raise BrokerError(_lost(error)) from error

    async def _enter(self, client: aiomqtt.Client) -> None:
        try:
            await client.__aenter__()
            heed_cancellation()
        except aiomqtt.exceptions.MqttConnectError as error:
            raise self._refusal(error) from error
        except aiomqtt.MqttError as error:
            # amqtt 0.12 waits for ever for the rest of an MQTT 5 CONNECT that has a will.
            if self._protocol is aiomqtt.ProtocolVersion.V5 and self._settings.protocol == "auto":
                raise _OlderProtocol from error
            raise BrokerError(f"does not answer as a broker ({error})") from error
        except (OSError, ValueError) as error:
            raise BrokerError(f"cannot be reached: {error}") from error
        except asyncio.CancelledError:
            _hang_up(client)
            raise

    def _build(self, address: Address) -> aiomqtt.Client:
        settings = self._settings
        client = aiomqtt.Client(
            address.host,
            address.port,
            logger=_paho_log,
            username=settings.username,
            password=settings.password.get_secret_value() if settings.password else None,
            identifier=self._client_id,
            protocol=self._protocol,
            clean_session=True if self._protocol is aiomqtt.ProtocolVersion.V311 else None,
            transport="websockets" if address.websocket else "tcp",
            websocket_path=address.path if address.websocket else None,
            timeout=CONNECT_SECONDS,
            keepalive=settings.keepalive,
            max_inflight_messages=WINDOW,
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],  # else every answer waits 40 ms for an ack
            tls_context=settings.tls_context() if address.tls else None,
            will=None if self._will is None else aiomqtt.Will(self._will.topic, self._will.payload, 1, True),
        )
        self._hook(client)
        return client

    def _hook(self, client: aiomqtt.Client) -> None:
        """Take messages and acknowledgements where they arrive: a queue between would have no bound."""
        paho = client._client
        theirs: Any = paho.on_publish

        def on_publish(paho: Any, data: Any, mid: int, reason: Any, properties: Any) -> None:
            if (batch := self._batches.pop(mid, None)) is not None:
                batch.acknowledge(mid)
            if getattr(reason, "value", 0) == 135:
                self._once.down("broker", "refuses what we publish: is the user allowed to write (acl)?")
            if theirs is not None:
                theirs(paho, data, mid, reason, properties)
            _acknowledge_now(paho.socket())

        def on_message(paho: Any, _data: Any, message: Any) -> None:
            self._deliver(_incoming(message))
            _acknowledge_now(paho.socket())

        paho.on_publish = on_publish
        paho.on_message = on_message

    def _deliver(self, message: Incoming) -> None:
        try:
            for handler in self._handlers:
                handler.on_message(message)
        except BaseException as error:
            # paho and aiomqtt would take it for a broken connection and say nothing of it.
            self._fault = error
            raise

    async def _subscribe(self, client: aiomqtt.Client, subscriptions: Sequence[Subscription]) -> None:
        """In the order given: a broker that hands over retained messages does so filter by filter, and may drop."""
        wanted = list(dict.fromkeys((s.filter, s.qos) for s in subscriptions))
        if not wanted:
            return
        try:
            codes: Sequence[Any] = await client.subscribe(wanted)
            heed_cancellation()
        except aiomqtt.MqttError as error:
            raise BrokerError(_lost(error)) from error
        for (filter, _), code in zip(wanted, codes, strict=False):
            if getattr(code, "value", code) >= 128:
                self._once.down("broker", f"refuses the subscription to {filter}: is the user allowed to read (acl)?")

    def _release(self) -> None:
        for batch in set(self._batches.values()):
            batch.done.set()
        self._batches.clear()

    def _refusal(self, error: aiomqtt.exceptions.MqttConnectError) -> BrokerError:
        code = getattr(error.rc, "value", error.rc)
        if code in _UNSUPPORTED_PROTOCOL and self._protocol is aiomqtt.ProtocolVersion.V5:
            return _OlderProtocol() if self._settings.protocol == "auto" else BrokerError("does not speak MQTT 5")
        if code in _BAD_CREDENTIALS:
            return BrokerError("refuses user name or password: check mqtt.username and mqtt.password")
        return BrokerError(f"refuses the connection ({error})")

    def _told(self, error: BrokerError, short_lives: int) -> str:
        if short_lives < TAKEN_OVER_AFTER:
            return str(error)
        return f"cuts us off again and again: does another program use the client id {self._client_id!r}?"


def _pause(failures: int, short_lives: int) -> float:
    if short_lives >= TAKEN_OVER_AFTER:
        return TAKEN_OVER_PAUSE
    return float(min(LONGEST_PAUSE, 0.5 * 2 ** min(failures, 10))) * random.uniform(0.8, 1.2)


def _hang_up(client: aiomqtt.Client) -> None:
    """aiomqtt goes on listening to a connection whose opening was cancelled, and stumbles over what it hears."""
    connection = client._client.socket()
    if connection is not None:
        asyncio.get_running_loop().remove_reader(connection.fileno())
        connection.close()


def _acknowledge_now(connection: Any) -> None:
    """Tell the broker's kernel at once that the packet came.

    A broker with Nagle's algorithm, which Mosquitto uses unless told otherwise, sends its next packet only then, and
    Linux would wait 40 ms: twice for every request. The wish holds for one packet only.
    """
    if _QUICK is not None and connection is not None and hasattr(connection, "setsockopt"):
        connection.setsockopt(socket.IPPROTO_TCP, _QUICK, 1)


async def _until_lost(client: aiomqtt.Client) -> None:
    async for _ in client.messages:
        pass


async def _reach(address: Address) -> None:
    """Open and close a plain connection: unlike paho's own, it can be cancelled and tells what is wrong."""
    try:
        async with asyncio.timeout(REACH_SECONDS):
            _, writer = await asyncio.open_connection(address.host, address.port)
    except TimeoutError:
        raise BrokerError(f"does not accept a connection within {REACH_SECONDS:g} s") from None
    except ConnectionRefusedError:
        raise BrokerError("refuses the connection: is the broker running?") from None
    except OSError as error:
        raise BrokerError(f"cannot be reached: {error.strerror or error}") from None
    writer.close()


def _incoming(message: Any) -> Incoming:
    properties = getattr(message, "properties", None)
    return Incoming(
        message.topic,
        message.payload,
        message.retain,
        getattr(properties, "ResponseTopic", None),
        getattr(properties, "CorrelationData", None),
    )


def _properties(message: Outgoing) -> Properties | None:
    if message.correlation is None:
        return None
    properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
    properties.CorrelationData = message.correlation
    return properties


def _protocol(settings: MqttSettings) -> aiomqtt.ProtocolVersion:
    older = settings.protocol == "3.1.1" or settings.url is None  # the embedded broker speaks 3.1.1 only
    return aiomqtt.ProtocolVersion.V311 if older else aiomqtt.ProtocolVersion.V5


def _name(protocol: aiomqtt.ProtocolVersion) -> str:
    return "5" if protocol is aiomqtt.ProtocolVersion.V5 else "3.1.1"


def _lost(error: aiomqtt.MqttError) -> str:
    return f"the connection was lost ({error.__cause__ or error})"
