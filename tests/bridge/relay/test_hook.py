"""The hook of programs that say when they are done."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from downloads2mqtt.errors import BrokerError
from downloads2mqtt.mqtt.message import Outgoing
from downloads2mqtt.relay.access.throttle import BURST
from tests.bridge.relay.conftest import Relay, Start

TOKEN = "a-long-token"


class Bus:
    """Remembers what is published."""

    def __init__(self) -> None:
        self.topics: list[str] = []
        self.lost = False

    async def publish(self, messages: Sequence[Outgoing]) -> None:
        if self.lost:
            raise BrokerError("lost while publishing")
        self.topics += [message.topic for message in messages if message.topic.endswith("/poll")]


async def call(relay: Relay, client: str = "seedbox", **options: Any) -> int:
    async with httpx.AsyncClient(trust_env=False) as http:
        reply = await http.post(relay.url(f"/api/v1/hook/{client}"), **options)
    assert TOKEN not in reply.text
    return reply.status_code


@pytest.fixture
async def bus() -> Bus:
    return Bus()


@pytest.fixture
async def hooked(start: Start, bus: Bus) -> Relay:
    relay = await start(hook_token=TOKEN)
    relay.feed.attach(bus)
    await relay.greet("seedbox")
    return relay


@pytest.mark.parametrize(
    "options",
    [
        {"headers": {"Authorization": f"Bearer {TOKEN}"}},
        {"params": {"token": TOKEN}},
        {"params": {"token": TOKEN}, "content": b"\xff whatever the program says"},
    ],
)
async def test_polls_now(hooked: Relay, bus: Bus, options: dict[str, Any]) -> None:
    assert await call(hooked, **options) == 202
    assert bus.topics == ["downloads2mqtt/client/seedbox/request/poll"]


@pytest.mark.parametrize("options", [{}, {"params": {"token": "wrong"}}, {"headers": {"Authorization": "Bearer x"}}])
async def test_not_without_the_token(hooked: Relay, bus: Bus, options: dict[str, Any]) -> None:
    assert await call(hooked, **options) == 403
    assert bus.topics == []


async def test_who_guessed_too_often_waits_even_with_the_right_one(hooked: Relay, bus: Bus) -> None:
    """It may be a word that people can guess."""
    assert {await call(hooked, params={"token": f"guess {number}"}) for number in range(BURST)} == {403}
    assert await call(hooked, params={"token": TOKEN}) == 429
    assert bus.topics == []


async def test_never_where_no_token_is_configured(relay: Relay) -> None:
    assert await call(relay) == 403
    assert await call(relay, params={"token": ""}) == 403


async def test_an_unknown_client_and_a_lost_broker(hooked: Relay, bus: Bus) -> None:
    assert await call(hooked, "nobody", params={"token": TOKEN}) == 404
    bus.lost = True
    assert await call(hooked, params={"token": TOKEN}) == 503
    hooked.feed.on_disconnect()
    assert await call(hooked, params={"token": TOKEN}) == 503
    await asyncio.sleep(0)
