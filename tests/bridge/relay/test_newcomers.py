"""Connections without a word."""

import asyncio
import contextlib

import httpx
import pytest

from downloads2mqtt.relay import newcomers
from downloads2mqtt.relay.newcomers import Newcomers
from tests.bridge.relay.conftest import Start


class Silent:
    def __init__(self) -> None:
        self.closed = False

    def force_close(self) -> None:
        self.closed = True


def test_only_so_long() -> None:
    looking, one, late = Newcomers(), Silent(), Silent()
    looking.sweep([one], 100.0)
    looking.sweep([one, late], 110.0)
    assert not one.closed
    looking.sweep([one, late], 116.0)
    assert one.closed
    assert not late.closed
    looking.sweep([], 200.0)
    assert not looking._since


async def test_who_asked_may_stay_and_who_dribbles_may_not(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newcomers, "SECONDS", 0.5)
    relay = await start()
    reader, writer = await asyncio.open_connection(*relay.server.address)
    async with httpx.AsyncClient() as http, http.stream("GET", relay.url("/api/v1/events")) as answer:
        lines = answer.aiter_lines()
        assert (await anext(lines)).startswith("retry: ")
        ended = asyncio.create_task(reader.read())
        async with asyncio.timeout(5):
            while not ended.done():
                writer.write(b"G")
                await asyncio.sleep(0.1)
        relay.say("notification", {"type": "a", "message": "still here", "at": "2026-11-21T10:00:00Z"})
        async with asyncio.timeout(5):
            while "still here" not in await anext(lines):
                pass
    with contextlib.suppress(ConnectionError):
        await ended
    writer.close()
