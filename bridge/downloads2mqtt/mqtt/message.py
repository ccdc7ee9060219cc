"""What goes over the bus."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to publish; an empty retained payload clears the topic. `correlation` is MQTT 5 correlation data."""

    topic: str
    payload: bytes
    qos: int = 1
    retain: bool = False
    correlation: bytes | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message received. `retain` is unreliable: amqtt sets it on live messages too.

    `response_topic` and `correlation` are MQTT 5's, `None` where the requester gave none.
    """

    topic: str
    payload: bytes
    retain: bool = False
    response_topic: str | None = None
    correlation: bytes | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A topic filter and the highest QoS wanted."""

    filter: str
    qos: int = 0
