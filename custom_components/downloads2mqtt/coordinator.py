"""The coordinator: subscribes to everything below a base topic, kept complete by pulling, told to entities."""

import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from homeassistant.components import mqtt
from homeassistant.components.mqtt import ReceiveMessage
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryNotReady, HomeAssistantError
from homeassistant.helpers.event import async_call_later, async_track_time_interval
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util.json import json_loads

from .bus import Bus
from .const import CONF_BASE_TOPIC, CONF_EVENT_TYPES, CONF_EXCLUDED_CLIENTS, DOMAIN, LOGGER
from .contract import EVENT_TYPES, Nonsense, is_level
from .feed import Changes, Feed
from .pulls import Pulls
from .request import Requests
from .succession import Succession

GATHER: Final = 0.25
"""Seconds for which changes are gathered before entities and cards are told."""
SLICE: Final = 0.01
"""Seconds for which listeners are told at a stretch; all of them at once would hold up the event loop."""
LOOK: Final = timedelta(seconds=2)
FIRST: Final = ("bridge/+/state", "bridge/+/info", "client/+/status")
"""Retained topics that are subscribed to before everything is: of what many messages push out, these must be in."""

Downloads2mqttConfigEntry: TypeAlias = "ConfigEntry[Coordinator]"
EventListener = Callable[[dict[str, Any]], None]
Registrar = Callable[["Coordinator"], None]
"""Brings one of Home Assistant's registries in line with what is known."""


class Coordinator(DataUpdateCoordinator[Bus]):
    """Everything known of one base topic; entities read `bus`, and `changes` while they are told.

    `refused` are the bridges that refused an action because they allow no control.

    A page that comes proves that the broker has acknowledged the subscription it comes by, so pages are asked for
    once the subscription has brought a bridge, and devices are pruned once all pages are in.
    """

    config_entry: Downloads2mqttConfigEntry

    def __init__(
        self, hass: HomeAssistant, entry: Downloads2mqttConfigEntry, devices: Registrar, issues: Registrar
    ) -> None:
        """Start with nothing known; `devices` and `issues` are told before entities are."""
        super().__init__(hass, LOGGER, config_entry=entry, name=DOMAIN)
        self.settings = entry.data, entry.options
        self.base: str = entry.data[CONF_BASE_TOPIC]
        self.bus = self.data = Bus()
        self.connected = False
        self.changes = Changes()
        self.refused: set[str] = set()
        self.nonsense: dict[str, int] = {}
        self.event_types = frozenset(entry.options.get(CONF_EVENT_TYPES, EVENT_TYPES))
        self.excluded = frozenset(entry.options.get(CONF_EXCLUDED_CLIENTS, ()))
        self.requests = Requests(hass, self.base)
        self.feed = Feed(self.bus, self.excluded)
        self.pulls = Pulls(self.bus, self.feed, self.requests, self._gather)
        self._update_devices = devices
        self._update_issues = issues
        self._succession = Succession(hass, entry.entry_id, self.base)
        self._followers: list[Callable[[str], None]] = []
        self._due: deque[tuple[Callable[[str], None], str]] = deque()
        self._untold: deque[Any] = deque()
        self._event_listeners: list[EventListener] = []
        self._end_listeners: list[CALLBACK_TYPE] = []
        self._gathering: CALLBACK_TYPE | None = None
        self._looks: dict[str, CALLBACK_TYPE] = {}
        self._gaps: set[str] = set()

    async def _async_update_data(self) -> Bus:
        """Everything is pushed: what is known is the answer."""
        return self.bus

    async def async_start(self) -> None:
        """Subscribe; raises `ConfigEntryNotReady` when there is no MQTT."""
        if not await mqtt.async_wait_for_mqtt_client(self.hass):
            raise ConfigEntryNotReady(translation_domain=DOMAIN, translation_key="mqtt_unavailable")
        keep = self.config_entry.async_on_unload
        keep(self._stop)
        keep(mqtt.async_subscribe_connection_status(self.hass, self._on_connection))
        for topic in FIRST:
            keep(await mqtt.async_subscribe(self.hass, f"{self.base}/{topic}", self._on_retained, qos=1))
        keep(await mqtt.async_subscribe(self.hass, f"{self.base}/#", self._on_message, qos=1))
        keep(async_track_time_interval(self.hass, self._look, LOOK, cancel_on_shutdown=True))
        self._on_connection(mqtt.is_connected(self.hass))

    @property
    def early(self) -> bool:
        """Whether entities of bridges and clients have to wait; those who follow them are told later."""
        return self._succession.waits(self._is_served(), time.monotonic())

    def _is_served(self) -> bool:
        return any(bridge.online for bridge in self.bus.bridges.values())

    @callback
    def async_follow_clients(self, follower: Callable[[str], None]) -> CALLBACK_TYPE:
        """Call `follower` with the name of every client, now and whenever one comes, goes or learns to do more."""
        self._followers.append(follower)
        for name in () if self.early else list(self.bus.clients):
            follower(name)
        return lambda: self._followers.remove(follower)

    @callback
    def async_listen_events(self, listener: EventListener) -> CALLBACK_TYPE:
        """Call `listener` with every event that is news."""
        self._event_listeners.append(listener)
        return lambda: self._event_listeners.remove(listener)

    @callback
    def async_listen_end(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call `listener` once, when this coordinator ends."""
        self._end_listeners.append(listener)
        return lambda: self._end_listeners.remove(listener)

    @callback
    def async_update_listeners(self) -> None:
        """Tell all who listen, a slice of time after another."""
        telling = bool(self._untold)
        self._untold.extend(self._listeners)
        if not telling:
            self._tell_listeners()

    @callback
    def async_refused(self, bridge: str) -> None:
        """A bridge refused an action; noted where that is because it allows no control."""
        self.refused.add(bridge)
        self._forget_refusals()
        self._update_issues(self)

    def _forget_refusals(self) -> None:
        """One that allows something, or is gone, refuses no more; what it refuses later is told anew."""
        none = {bridge.name for bridge in self.bus.bridges.values() if bridge.control == "off"}
        self.refused &= none

    @callback
    def _on_connection(self, connected: bool) -> None:
        if connected and not self.connected:
            self.config_entry.async_create_background_task(
                self.hass, announce(self.hass, self.base, "online"), "announce"
            )
        if not connected:
            self.pulls.stop()
            for bridge in self.bus.bridges.values():
                bridge.presence.reconnect()
        self.connected = connected
        self.feed.changes.bridges |= self.bus.bridges.keys()
        self.feed.changes.clients |= self.bus.clients.keys()
        self._gather()

    @callback
    def _on_retained(self, message: ReceiveMessage) -> None:
        if message.retain:
            self._on_message(message)

    @callback
    def _on_message(self, message: ReceiveMessage) -> None:
        levels = message.topic[len(self.base) + 1 :].split("/")
        if len(levels) < 3 or not is_level(levels[1]):
            return
        try:
            self._take(levels, str(message.payload), message.retain)
        except (Nonsense, ValueError) as error:
            self._count_nonsense(levels[2], message.topic, error)
        if self.feed.changes:
            self._gather()

    def _take(self, levels: list[str], payload: str, retained: bool) -> None:
        match levels:
            case ["client", client, "download", id] if client in self.bus.clients:
                self.feed.download_said(client, id, json_loads(payload) if payload else None)
            case ["client", client, "status" | "stats" as leaf]:
                self.feed.client_said(client, leaf, json_loads(payload) if payload else None)
            case ["client", client, "event"] if payload and not retained:
                self._tell_event(self.feed.event_said(client, json_loads(payload)))
            case ["client" | "bridge", _, "response", _] if not retained and self.requests.mine(payload):
                self.requests.answered(json_loads(payload))
            case ["bridge", bridge, "state" | "info" | "health" as leaf]:
                self._take_bridge(bridge, leaf, payload, retained)

    def _take_bridge(self, bridge: str, leaf: str, payload: str, retained: bool) -> None:
        said = payload if leaf == "state" else json_loads(payload) if payload else None
        self.feed.bridge_said(bridge, leaf, said, live=not retained, now=time.monotonic(), wall=time.time())

    def _tell_event(self, event: dict[str, Any] | None) -> None:
        if event is not None and event["event"] in self.event_types:
            for listener in list(self._event_listeners):
                listener(event)

    def _count_nonsense(self, kind: str, topic: str, error: Exception) -> None:
        self.nonsense[kind] = self.nonsense.get(kind, 0) + 1
        if self.nonsense[kind] == 1:
            LOGGER.warning(
                "%s: a message that makes no sense is ignored, and so are more of its kind: %s", topic, error
            )

    @callback
    def _gather(self) -> None:
        if self._gathering is None:
            self._gathering = async_call_later(self.hass, GATHER, self._tell)

    @callback
    def _tell(self, _now: datetime | None = None) -> None:
        self._gathering = None
        if self._untold:
            self._gather()
            return
        self._judge()
        self._pull()
        if self.early:
            if self._is_served():
                self._gather()
            return
        self.changes, self.feed.changes = self.feed.changes, Changes()
        if self.changes.bridges or self.changes.shapes:
            self._update_devices(self)
            self._due.extend((each, name) for name in sorted(self.changes.shapes) for each in self._followers)
            self._follow()
        if self.changes.bridges or self.changes.clients:
            self._forget_refusals()
            self._update_issues(self)
        self.async_update_listeners()
        if self.feed.changes:
            self._gather()

    @callback
    def _tell_listeners(self) -> None:
        end = time.monotonic() + SLICE
        while self._untold and time.monotonic() < end:
            told, _ = self._listeners.get(self._untold.popleft(), (None, None))
            try:
                if told is not None:
                    told()
            except Exception:
                LOGGER.exception("%s could not be told of changes", told)
        if self._untold:
            self.hass.loop.call_soon(self._tell_listeners)

    @callback
    def _follow(self) -> None:
        """One follower at a time: many entities at once would hold up the event loop."""
        if self._due:
            follower, name = self._due.popleft()
            if follower in self._followers:
                follower(name)
            self.hass.loop.call_soon(self._follow)

    def _judge(self) -> None:
        bridges, clients = self.bus.judge(self.connected, time.monotonic())
        self.feed.changes.bridges |= bridges
        self.feed.changes.clients |= clients
        self.feed.changes.clients |= {one.name for one in self.bus.clients.values() if one.status["bridge"] in bridges}
        for name in bridges:
            LOGGER.info("bridge %s is %s", name, "online" if self.bus.bridges[name].online else "offline")
        for name in clients:
            client = self.bus.clients[name]
            LOGGER.info("client %s is %s", name, "available" if client.available else "unavailable")

    def _pull(self) -> None:
        for client in self.pulls.due():
            task = self.config_entry.async_create_background_task(
                self.hass, self.pulls.pull(client), f"{DOMAIN} pull {client.name}", eager_start=False
            )
            self.pulls.follow(client, task)

    @callback
    def _look(self, _now: datetime) -> None:
        """What time alone changes: a silent bridge, a count that stays wrong, retained messages that never came."""
        self.pulls.look(time.monotonic())
        self._judge()
        if self.feed.changes or self.pulls.due():
            self._gather()
        gaps = {topic for topic in self.bus.gaps() if topic.split("/")[1] not in self.excluded}
        lasting, self._gaps = gaps & self._gaps, gaps
        self.config_entry.async_create_background_task(self.hass, self._fill(lasting), "fill")

    async def _fill(self, gaps: set[str]) -> None:
        """Brokers may keep retained messages from wildcard subscribers, never from those who name the topic."""
        for topic in self._looks.keys() - gaps:
            self._looks.pop(topic)()
        for topic in gaps - self._looks.keys() if self.connected else ():
            self._looks[topic] = await mqtt.async_subscribe(self.hass, f"{self.base}/{topic}", self._on_message, qos=1)

    @callback
    def _stop(self) -> None:
        for listener in list(self._end_listeners):
            listener()
        self.pulls.stop()
        if self._gathering is not None:
            self._gathering()
            self._gathering = None
        self._untold.clear()
        for topic in list(self._looks):
            self._looks.pop(topic)()


async def announce(hass: HomeAssistant, base: str, word: str) -> None:
    """Tell bridges whether this component shows their clients, so that nothing appears twice."""
    try:
        await mqtt.async_publish(hass, f"{base}/home_assistant/state", word, 1, True)
    except HomeAssistantError as error:
        LOGGER.debug("%s/home_assistant/state: %s", base, error)
