"""A plain subscriber: what anybody sees on the bus."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any, Self

import aiomqtt
import msgspec


class Listener(AbstractAsyncContextManager["Listener"]):
    """Subscribes to everything and keeps what is retained now, and every event in order."""

    def __init__(self, port: int, base: str = "downloads2mqtt", **options: Any) -> None:
        self.base = base
        self._client = aiomqtt.Client("127.0.0.1", port, **options)
        self.topics: dict[str, bytes] = {}
        self.log: list[tuple[str, bytes]] = []
        self.events: list[dict[str, Any]] = []
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        await self._client.subscribe("#", 1)
        self._task = asyncio.create_task(self._listen())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._client.__aexit__(kind, error, trace)

    async def publish(self, topic: str, payload: Any = b"", **options: Any) -> None:
        """Publish below the base; anything but bytes as JSON."""
        raw = payload if isinstance(payload, bytes) else msgspec.json.encode(payload)
        await self._client.publish(f"{self.base}/{topic}", raw, qos=1, **options)

    def json(self, topic: str) -> Any:
        """What was last said on a topic below the base; `None` when nothing, or when it was cleared."""
        payload = self.topics.get(f"{self.base}/{topic}")
        return msgspec.json.decode(payload) if payload else None

    def downloads(self, client: str) -> dict[str, dict[str, Any]]:
        """The retained downloads of a client, by id."""
        prefix = f"{self.base}/client/{client}/download/"
        return {
            topic.removeprefix(prefix): msgspec.json.decode(payload)
            for topic, payload in self.topics.items()
            if topic.startswith(prefix) and payload
        }

    def told(self, *keys: str) -> list[Any]:
        """The events so far, by `event` or by these keys."""
        return [event["event"] if not keys else tuple(event[key] for key in keys) for event in self.events]

    async def until(self, condition: Callable[[], Any], within: float = 10.0) -> Any:
        """Wait for `condition` to hold; fails with the last topics when it does not."""
        end = time.monotonic() + within
        while not (value := condition()):
            if time.monotonic() > end:
                raise AssertionError(f"not within {within} s; last: {[t for t, _ in self.log[-20:]]}")
            await asyncio.sleep(0.02)
        return value

    async def request(self, topic: str, payload: Any, within: float = 10.0, **options: Any) -> Any:
        """Send a request to `<topic>/request/<verb>` written `topic:verb` and return the response."""
        place, _, verb = topic.partition(":")
        response = f"{self.base}/{place}/response/{verb}"
        self.topics.pop(response, None)
        await self.publish(f"{place}/request/{verb}", payload, **options)
        await self.until(lambda: response in self.topics, within)
        return msgspec.json.decode(self.topics[response])

    async def _listen(self) -> None:
        async for message in self._client.messages:
            topic, payload = str(message.topic), bytes(message.payload or b"")
            self.topics[topic] = payload
            self.log.append((topic, payload))
            if topic.endswith("/event"):
                self.events.append(msgspec.json.decode(payload))
