"""Reads the bus into the hub, and pulls what the bus did not hand over."""

import asyncio
import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Literal, Protocol, TypeVar

import msgspec

from downloads2mqtt.contract import CONTRACT_VERSION
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.event import DownloadEvent, Notification
from downloads2mqtt.contract.request import SnapshotPage
from downloads2mqtt.contract.status import BridgeHealth, BridgeInfo, ClientStats, ClientStatus
from downloads2mqtt.contract.topics import ANY, Topics
from downloads2mqtt.errors import BrokerError, TopicError
from downloads2mqtt.mqtt.message import Incoming, Outgoing, Subscription
from downloads2mqtt.relay.hub.answers import Answer, Answers
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.presence import instant
from downloads2mqtt.relay.hub.pulls import Mismatches, Pull, Pulls

PAGE = 100
LOOK_SECONDS = 0.5
PUBLISH_SECONDS = 10.0
LARGEST_NOTIFICATION = 32 * 1024

log = logging.getLogger(__name__)

Model = TypeVar("Model")


class Bus(Protocol):
    """The way out to the broker."""

    async def publish(self, messages: Sequence[Outgoing]) -> None:
        """Hand over; raises `BrokerError` when the broker is lost."""


class _Nonsense(Exception):
    """A payload that does not say what its topic promises."""


class Feed:
    """Consumes the contract's topics for a hub. `run` must run beside the connection that calls the rest.

    `said_at` is when the newest of what bridges date was said, by their clock in wall seconds, and `lag` the seconds
    that took to get here.
    """

    def __init__(
        self,
        hub: Hub,
        topics: Topics,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.bad: Counter[str] = Counter()
        self.answers: Answers | None = None
        self.said_at: float | None = None
        self.lag: float | None = None
        self._hub, self._topics = hub, topics
        self._clock, self._wall = clock, wall
        self._bus: Bus | None = None
        self._pulls = Pulls(secrets.token_hex(4))
        self._mismatches = Mismatches()
        self._connected = False
        self._wake = asyncio.Event()
        self._decoders: dict[type[Any], msgspec.json.Decoder[Any]] = {}

    def attach(self, bus: Bus) -> None:
        """Publish on `bus` from here on."""
        self._bus = bus

    def subscriptions(self) -> list[Subscription]:
        """States at QoS 0, as pulling completes them; what is said only once at QoS 1.

        Downloads come last: a broker whose queue their retained messages overflow drops what follows them.
        """
        topics = self._topics
        once = [topics.bridge(ANY, "state"), topics.client(ANY, "event")]
        once += [topics.bridge_request(ANY, ANY, "response"), topics.client_request(ANY, ANY, "response")]
        once += [topics.notification(), topics.notification(ANY)]
        states = [topics.bridge(ANY, "info"), topics.bridge(ANY, "health"), topics.client(ANY, "status")]
        states += [topics.client(ANY, "stats"), topics.download(ANY, ANY)]
        return [Subscription(filter, 1) for filter in once] + [Subscription(filter, 0) for filter in states]

    async def on_connect(self) -> None:
        """Connected and subscribed: what is held may be old, so everything is pulled again."""
        self._connected = True
        self._hub.broker(True)
        self._pulls.restart()
        for info in self._hub.infos():
            self._want_all(info)

    def on_disconnect(self) -> None:
        """The broker is lost; what is held stays shown."""
        self._connected = False
        self._hub.broker(False)
        self._pulls.restart()
        if self.answers is not None:
            self.answers.lost()

    def on_message(self, message: Incoming) -> None:
        """Take in one message; one that makes no sense is counted, and logged once for its kind."""
        kind = "topic"
        try:
            levels = self._topics.split(message.topic)
            kind = levels[2] if len(levels) > 2 else levels[0]
            self._take(levels, message.payload)
        except (_Nonsense, TopicError, ValueError, RecursionError) as error:
            self.bad[kind] += 1
            if self.bad[kind] == 1:
                log.warning("%s: a message that makes no sense is ignored, and more of its kind are: %s", kind, error)

    async def run(self) -> None:
        """Ask for what is missing, until cancelled."""
        while True:
            if self._connected:
                await self._ask(self._clock())
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                continue
            self._wake.clear()

    async def poll(self, client: str) -> None:
        """Have the bridge poll `client` now; raises `BrokerError` when the broker is lost."""
        if self._bus is None or not self._connected:
            raise BrokerError("the broker is lost")
        await self._bus.publish([Outgoing(self._topics.client_request(client, "poll"), b"{}")])

    async def ask(self, target: Literal["client", "bridge"], name: str, verb: str, payload: bytes) -> None:
        """Put a request on the bus; raises `BrokerError` when the broker is lost."""
        if self._bus is None or not self._connected:
            raise BrokerError("not connected")
        build = self._topics.bridge_request if target == "bridge" else self._topics.client_request
        await self._bus.publish([Outgoing(build(name, verb), payload)])

    def _take(self, levels: tuple[str, ...], payload: bytes) -> None:
        match levels:
            case ("client", client, "download", id):
                self._take_download(client, id, payload)
            case ("client", client, leaf):
                self._take_client(client, leaf, payload)
            case ("bridge" | "client" as whose, name, "response", verb):
                self._take_answer((whose, name, verb), payload)
            case ("bridge", bridge, leaf):
                self._take_bridge(bridge, leaf, payload)
            case ("notification", *users) if payload:
                self._take_notification(users, payload)

    def _take_download(self, client: str, id: str, payload: bytes) -> None:
        self._pulls.touch(client, id)
        if not payload:
            self._hub.remove_download(client, id)
            return
        download = self._decode(payload, Download)
        _same((client, id), (download.client, download.id))
        self._hub.download(download)

    def _take_client(self, client: str, leaf: str, payload: bytes) -> None:
        if leaf == "status" and not payload:
            self._pulls.done(client)
            self._hub.remove_client(client)
        elif leaf == "status":
            status = self._decode(payload, ClientStatus)
            _same(client, status.client)
            self._hub.client_status(status)
        elif leaf == "stats" and payload:
            self._hub.client_stats(client, self._decode(payload, ClientStats))
        elif leaf == "event":
            event = self._decode(payload, DownloadEvent)
            _same((client, event.id), (event.client, event.download.id))
            self._hub.event(event)
            self._hear(event.at)

    def _take_notification(self, users: list[str], payload: bytes) -> None:
        if len(users) > 1 or len(payload) > LARGEST_NOTIFICATION:
            raise _Nonsense("a notification is for everybody or for one user, and not long")
        self._hub.notify(self._decode(payload, Notification), *users)

    def _hear(self, at: str) -> None:
        """Something was said live; what the broker repeats was said long ago, and tells of no lag."""
        said = instant(at)
        if self.said_at is None or said > self.said_at:
            self.lag = None if self.said_at is None else max(0.0, self._wall() - said)
            self.said_at = said

    def _take_bridge(self, bridge: str, leaf: str, payload: bytes) -> None:
        if leaf == "state":
            self._take_state(bridge, payload)
        elif leaf == "info" and not payload:
            self._hub.remove_bridge(bridge)
        elif leaf == "info":
            self._take_info(bridge, payload)
        elif leaf == "health" and payload:
            health = self._decode(payload, BridgeHealth)
            self._hub.bridge_health(bridge, health, self._wall(), self._clock())
            self._hear(health.at)

    def _take_state(self, bridge: str, payload: bytes) -> None:
        if payload not in (b"online", b"offline", b""):
            raise _Nonsense(f"{payload[:20]!r} is neither online nor offline")
        came = payload == b"online" and not self._hub.bridge_says_online(bridge)
        self._hub.bridge_state(bridge, payload == b"online", self._clock())
        for info in self._hub.infos():
            if came and info.bridge == bridge:
                self._want_all(info)

    def _take_info(self, bridge: str, payload: bytes) -> None:
        info = self._decode(payload, BridgeInfo)
        _same(bridge, info.bridge)
        if info.contract != CONTRACT_VERSION:
            raise _Nonsense(f"bridge {bridge} speaks version {info.contract} of the contract, we {CONTRACT_VERSION}")
        self._hub.bridge_info(info, self._wall(), self._clock())
        self._want_all(info)

    def _take_answer(self, topic: tuple[str, str, str], payload: bytes) -> None:
        answer = self._decode(payload, Answer)
        pull = self._pulls.answered(answer.transaction)
        if pull is not None and topic == ("bridge", pull.bridge, "snapshot"):
            self._take_page_or_refusal(pull, answer)
        elif self.answers is not None:
            self.answers.take(topic, answer)

    def _take_page_or_refusal(self, pull: Pull, answer: Answer) -> None:
        self._wake.set()
        if answer.status == "error":
            log.info("%s: bridge %s gives no page yet: %s", pull.client, pull.bridge, answer.error)
            pull.fail(self._clock())
        else:
            self._take_page(pull, self._decode(answer.data, SnapshotPage))

    def _take_page(self, pull: Pull, page: SnapshotPage) -> None:
        for download in page.downloads:
            _same(pull.client, download.client)
        held = self._hub.held(pull.client)
        for download in page.downloads:
            if download.id in held or download.id not in pull.touched:
                self._hub.paged(download)
        led_on = pull.advance((download.id for download in page.downloads), page.next, self._clock())
        if page.next is None:
            self._finish(pull)
        elif not led_on:
            self._pulls.done(pull.client)
            raise _Nonsense(f"bridge {pull.bridge} gave a page of {pull.client} twice")

    def _finish(self, pull: Pull) -> None:
        for id in self._hub.held(pull.client) - pull.ids - pull.touched:
            self._hub.remove_download(pull.client, id)
        self._pulls.done(pull.client)

    def _want_all(self, info: BridgeInfo) -> None:
        if self._hub.bridge_says_online(info.bridge):
            for entry in info.clients:
                self._pulls.want(entry.client, info.bridge, self._clock())
            self._wake.set()

    async def _ask(self, now: float) -> None:
        mismatched = set(self._mismatches.ripe(self._hub.mismatched(), now))
        for info in self._hub.infos():
            for entry in info.clients:
                if entry.client in mismatched and self._hub.bridge_says_online(info.bridge):
                    self._pulls.want(entry.client, info.bridge, now)
        questions = [self._question(pull) for pull in self._pulls.due(now)]
        if not questions or self._bus is None:
            return
        try:
            async with asyncio.timeout(PUBLISH_SECONDS):
                await self._bus.publish(questions)
        except (BrokerError, TimeoutError) as error:
            log.info("pages could not be asked for, and are again: %s", error or "the broker takes no more")

    def _question(self, pull: Pull) -> Outgoing:
        """Without acknowledgement: Mosquitto 2.0.11 drops those, too, while it floods us with what it retains."""
        fields = {"transaction": pull.transaction, "client": pull.client, "after": pull.after, "limit": PAGE}
        return Outgoing(self._topics.bridge_request(pull.bridge, "snapshot"), msgspec.json.encode(fields), qos=0)

    def _decode(self, payload: bytes | msgspec.Raw, model: type[Model]) -> Model:
        if model not in self._decoders:
            self._decoders[model] = msgspec.json.Decoder(model)
        decoded: Model = self._decoders[model].decode(payload)
        return decoded


def _same(topic: object, payload: object) -> None:
    if topic != payload:
        raise _Nonsense(f"the topic says {topic!r}, the payload {payload!r}")
