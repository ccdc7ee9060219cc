"""Messages per second into Mosquitto: our windows of messages against plain aiomqtt, one await after another."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from statistics import median

import aiomqtt

from downloads2mqtt.mqtt.connection import Connection
from downloads2mqtt.mqtt.message import Incoming, Outgoing, Subscription
from downloads2mqtt.mqtt.settings import MqttSettings

from .broker import mosquitto

BYTES = 600
Send = Callable[[list[Outgoing]], Awaitable[None]]


class Arrival:
    """A handler that only tells when the connection is there."""

    def __init__(self) -> None:
        self.connected = asyncio.Event()

    def subscriptions(self) -> Sequence[Subscription]:
        """None."""
        return ()

    async def on_connect(self) -> None:
        """Tell it."""
        self.connected.set()

    def on_message(self, message: Incoming) -> None:
        """There is none."""

    def on_disconnect(self) -> None:
        """Not expected."""


async def measure(messages: int, rounds: int) -> dict[str, dict[str, float]]:
    """Medians of messages per second and of CPU, retained at QoS 1, by way and broker; all of them take turns."""
    outgoing = [Outgoing(f"bench/{number}", bytes(BYTES), 1, retain=True) for number in range(messages)]
    async with (
        mosquitto() as shipped,
        mosquitto(shipped=False) as untuned,
        _ours(shipped.port) as ours,
        _one_by_one(shipped.port) as one_by_one,
        _ours(untuned.port) as ours_untuned,
        _one_by_one(untuned.port) as one_by_one_untuned,
    ):
        ways: dict[str, Send] = {
            "ours": ours,
            "one_by_one": one_by_one,
            "ours_untuned": ours_untuned,
            "one_by_one_untuned": one_by_one_untuned,
        }
        samples: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
        for _ in range(rounds):
            for way, send in ways.items():
                samples[way].append(await _timed(send, outgoing))
    return {way: _summary(some, messages) for way, some in samples.items()}


@asynccontextmanager
async def _ours(port: int) -> AsyncIterator[Send]:
    arrival = Arrival()
    connection = Connection(MqttSettings.model_validate({"url": f"mqtt://127.0.0.1:{port}"}), "bench", [arrival])
    task = asyncio.create_task(connection.run())
    try:
        await asyncio.wait_for(arrival.connected.wait(), 10)
        yield connection.publish
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def _one_by_one(port: int) -> AsyncIterator[Send]:
    async with aiomqtt.Client("127.0.0.1", port, protocol=aiomqtt.ProtocolVersion.V5) as client:

        async def send(messages: list[Outgoing]) -> None:
            for message in messages:
                await client.publish(message.topic, message.payload, message.qos, message.retain)

        yield send


async def _timed(send: Send, messages: list[Outgoing]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    await send(messages)
    return time.perf_counter() - wall, time.process_time() - cpu


def _summary(samples: list[tuple[float, float]], messages: int) -> dict[str, float]:
    seconds, cpu = (median(values) for values in zip(*samples, strict=True))
    return {"per_second": round(messages / seconds), "cpu_us": round(cpu / messages * 1e6, 1)}
