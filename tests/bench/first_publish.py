"""The first publish: a real bridge and a real Mosquitto, from the first message until all are acknowledged."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from statistics import median
from typing import Any

from downloads2mqtt.app import Bridge
from downloads2mqtt.config import Configuration
from downloads2mqtt.contract.topics import ANY, Topics
from downloads2mqtt.mqtt.connection import Connection
from downloads2mqtt.mqtt.message import Outgoing
from downloads2mqtt.secrets import Secrets
from tests.journey.lab.mosquitto import Mosquitto

from .broker import ear, mosquitto
from .child import PATIENCE, synthetic


class Watch:
    """Stands before a connection's `publish`, and notes when the downloads begin to go out and when all are out."""

    def __init__(self, connection: Connection, downloads: int) -> None:
        self._publish = connection.publish
        self._missing = downloads
        self.begun = self.ended = self.cpu = 0.0
        self.done = asyncio.Event()
        connection.publish = self.publish  # type: ignore[method-assign]

    async def publish(self, messages: Sequence[Outgoing]) -> None:
        """Publish as ever."""
        downloads = sum("/download/" in message.topic for message in messages)
        if downloads and not self.begun:
            self.begun, self.cpu = time.monotonic(), time.process_time()
        await self._publish(messages)
        self._missing -= downloads
        if self._missing <= 0 and not self.done.is_set():
            self.ended, self.cpu = time.monotonic(), time.process_time() - self.cpu
            self.done.set()


async def measure(downloads: int, rounds: int) -> dict[str, dict[str, float]]:
    """Medians by broker, which take turns: seconds until acknowledged, seen by a subscriber, since start, of CPU."""
    samples: dict[str, list[dict[str, float]]] = {"shipped": [], "untuned": []}
    async with (
        synthetic("qbittorrent", downloads) as program,
        mosquitto() as shipped,
        mosquitto(shipped=False) as untuned,
    ):
        for turn in range(rounds):
            for name, broker in (("shipped", shipped), ("untuned", untuned)):
                samples[name].append(await _sample(Topics(f"bench{turn}"), program.url, broker, downloads))
    return {
        name: {key: round(median(one[key] for one in some), 3) for key in some[0]} for name, some in samples.items()
    }


async def _sample(topics: Topics, client: str, broker: Mosquitto, downloads: int) -> dict[str, float]:
    async with ear(broker.port, topics.download(ANY, ANY), downloads) as subscriber:
        watch, begun = await _publish(topics.base, client, broker.url, downloads)
        _, seen = await subscriber.heard()
    return {
        "acknowledged_s": watch.ended - watch.begun,
        "seen_s": seen - watch.begun,
        "since_start_s": watch.ended - begun,
        "cpu_s": watch.cpu,
    }


async def _publish(base: str, client: str, broker: str, downloads: int) -> tuple[Watch, float]:
    with tempfile.TemporaryDirectory() as folder:
        settings: dict[str, Any] = {
            "base_topic": base,
            "data": folder,
            "mqtt": {"url": broker},
            "clients": {"box": {"kind": "qbittorrent", "url": client}},
        }
        begun = time.monotonic()
        bridge = Bridge(Configuration.model_validate(settings), Secrets())
        watch = Watch(bridge._connection, downloads)
        task = asyncio.create_task(bridge.run())
        try:
            await asyncio.wait_for(watch.done.wait(), PATIENCE)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    return watch, begun
