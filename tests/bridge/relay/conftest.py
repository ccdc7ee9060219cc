"""A relay on a free port of loopback, without a broker: tests say on its feed what the bus would."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import msgspec
import pytest

from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.mqtt.message import Incoming
from downloads2mqtt.relay.clock import utc as now
from downloads2mqtt.relay.hub.feed import Feed
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.server import Server
from downloads2mqtt.relay.settings import HttpSettings
from tests.bridge.relay.builders import health, info, status


class Relay:
    """A running relay."""

    def __init__(self, heartbeat: int, settings: dict[str, Any]) -> None:
        self.hub = Hub()
        self.feed = Feed(self.hub, Topics())
        self.server = Server(self.hub, self.feed, HttpSettings(**settings), heartbeat=heartbeat)

    @property
    def authority(self) -> str:
        host, port = self.server.address
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://{self.authority}{path}"

    def say(self, topic: str, payload: object) -> None:
        raw = payload if isinstance(payload, bytes) else msgspec.json.encode(payload)
        self.feed.on_message(Incoming(f"downloads2mqtt/{topic}", raw))

    async def until(self, condition: Callable[["Relay"], object]) -> None:
        """Until a condition holds."""
        end = time.monotonic() + 5
        while not condition(self):
            assert time.monotonic() < end, "not within 5 s"
            await asyncio.sleep(0.01)

    async def greet(self, *clients: str) -> None:
        """A broker and a bridge are there."""
        await self.feed.on_connect()
        self.say("bridge/main/info", info(*clients, started_at=now()))
        self.say("bridge/main/state", b"online")
        self.say("bridge/main/health", health(now()))
        for client in clients:
            self.say(f"client/{client}/status", status(client))


Start = Callable[..., Awaitable[Relay]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Starts relays, and ends them."""
    async with AsyncExitStack() as stack:

        async def start(*, heartbeat: int = 15, **settings: Any) -> Relay:
            relay = Relay(heartbeat, {"listen": "127.0.0.1:0", **settings})
            await relay.server.start()
            stack.push_async_callback(relay.server.aclose)
            return relay

        yield start


@pytest.fixture
async def relay(start: Start) -> Relay:
    """A relay that has a broker, a bridge and the client seedbox."""
    relay = await start()
    await relay.greet("seedbox")
    return relay
