"""A subscriber that the broker keeps everything for, and that asks until it is answered."""

import asyncio
import json
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

BASE = "downloads2mqtt"
ASK_AGAIN = 10.0
PATIENCE = 120.0


@dataclass
class Asked:
    """A request under way."""

    answer: asyncio.Future[dict[str, Any]]
    times: int = 0


@dataclass
class Witness:
    """Sees every message since the first; its session outlives the broker's restarts."""

    port: int
    retained: dict[str, bytes] = field(default_factory=dict)
    events: dict[int, dict[str, Any]] = field(default_factory=dict)
    repeats: int = 0
    contradictions: list[str] = field(default_factory=list)
    messages: int = 0
    latencies: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    unanswered: list[str] = field(default_factory=list)
    asked_again: int = 0

    def start(self) -> None:
        """Connect, and come back by itself whenever the broker does."""
        self._loop = asyncio.get_running_loop()
        self._asked: dict[str, Asked] = {}
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, f"witness-{secrets.token_hex(4)}", clean_session=False)
        self._client.on_connect = self._subscribe
        self._client.on_message = self._receive
        self._client.reconnect_delay_set(1, 1)
        self._client.connect("127.0.0.1", self.port, 15)
        self._client.loop_start()

    def stop(self) -> None:
        """Leave."""
        self._client.disconnect()
        self._client.loop_stop()

    def downloads(self, client: str) -> dict[str, dict[str, Any]]:
        """The retained downloads of a client, by id."""
        prefix = f"{BASE}/client/{client}/download/"
        return {
            topic.removeprefix(prefix): json.loads(raw)
            for topic, raw in self.retained.items()
            if topic.startswith(prefix)
        }

    def said(self, topic: str) -> Any:
        """What was last said on a topic below the base."""
        raw = self.retained.get(f"{BASE}/{topic}")
        return json.loads(raw) if raw else None

    async def ask(self, target: str, verb: str, **fields: Any) -> dict[str, Any] | None:
        """Ask, with one transaction, until there is an answer; `None` and a note when there is none for long."""
        transaction = secrets.token_hex(6)
        asked = self._asked[transaction] = Asked(self._loop.create_future())
        payload = json.dumps({**fields, "transaction": transaction})
        begun = time.monotonic()
        try:
            while time.monotonic() - begun < PATIENCE:
                asked.times += 1
                self._client.publish(f"{BASE}/{target}/request/{verb}", payload, qos=1)
                try:
                    answer = await asyncio.wait_for(asyncio.shield(asked.answer), ASK_AGAIN)
                except TimeoutError:
                    self.asked_again += 1
                    continue
                self.answers[answer["status"] if answer["status"] == "ok" else answer["error"]["code"]] += 1
                if asked.times == 1:
                    self.latencies.append(time.monotonic() - begun)
                return answer
        finally:
            del self._asked[transaction]
        self.unanswered.append(f"{target} {verb} {fields}")
        return None

    def _subscribe(self, client: mqtt.Client, *_: Any) -> None:
        client.subscribe(f"{BASE}/#", 1)

    def _receive(self, _client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        self._loop.call_soon_threadsafe(self._see, message)

    def _see(self, message: mqtt.MQTTMessage) -> None:
        self.messages += 1
        levels = message.topic.split("/")[1:]
        if levels[2] == "response":
            answer = json.loads(message.payload)
            asked = self._asked.get(answer["transaction"] or "")
            if asked is not None and not asked.answer.done():
                asked.answer.set_result(answer)
        elif levels[2] == "event":
            self._see_event(json.loads(message.payload))
        elif levels[2] != "request":
            if message.payload:
                self.retained[message.topic] = bytes(message.payload)
                if levels[0] == "client" and levels[2] == "status":
                    self._see_status(json.loads(message.payload))
            else:
                self.retained.pop(message.topic, None)

    def _see_status(self, status: dict[str, Any]) -> None:
        if status["state"] == "unauthorized":
            self.contradictions.append(
                f"{status['client']} is {status['state']} with the right password: {status['error']}"
            )

    def _see_event(self, event: dict[str, Any]) -> None:
        known = self.events.setdefault(event["seq"], event)
        if known is event:
            return
        self.repeats += 1
        if known != event:
            self.contradictions.append(f"seq {event['seq']}: {known} is also {event}")
