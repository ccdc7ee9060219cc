"""A bus with a bridge behind it that answers as told."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from downloads2mqtt.errors import BrokerError
from downloads2mqtt.mqtt.message import Outgoing
from tests.bridge.relay.conftest import Relay

Answer = Callable[[dict[str, Any]], dict[str, Any] | None]


def done(asked: dict[str, Any]) -> dict[str, Any]:
    """The bridge has done it."""
    return {"status": "ok", "data": {}}


def silence(asked: dict[str, Any]) -> None:
    """The bridge says nothing."""


class AnsweringBus:
    """Keeps the requests that come, by topic and fields, and answers each as `answer` says."""

    def __init__(self, relay: Relay, answer: Answer = done) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.lost = False
        self._relay = relay
        relay.feed.attach(self)

    async def publish(self, messages: Sequence[Outgoing]) -> None:
        if self.lost:
            raise BrokerError("lost while publishing")
        for message in messages:
            topic, fields = message.topic.removeprefix("downloads2mqtt/"), msgspec.json.decode(message.payload)
            self.asked.append((topic, fields))
            answer = self.answer(fields)
            if answer is not None:
                said = {"transaction": fields["transaction"], **answer}
                self._relay.say(topic.replace("/request/", "/response/"), said)
