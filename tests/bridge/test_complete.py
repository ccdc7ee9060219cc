"""Ten thousand downloads on a Mosquitto as it comes, which hands a subscriber about a thousand of them."""

import asyncio
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from downloads2mqtt.app import Relay
from downloads2mqtt.config import Configuration
from tests.bridge.samples import download
from tests.bridge.scripted import Scripted
from tests.bridge.test_app import Desk
from tests.journey.lab.mosquitto import Mosquitto
from tests.journey.lab.programs import free_port

TOTAL = 10_000


@pytest.mark.timeout(180)
async def test_a_relay_misses_none_of_ten_thousand(mosquitto: Mosquitto, tmp_path: Path) -> None:
    desk, box = Desk(mosquitto, tmp_path / "data"), Scripted(active=1.0, idle=1.0)
    every = [download(f"{number:05}", name=f"name {number} " + "x" * 200) for number in range(TOTAL)]
    box.set(*every)
    page = free_port()
    settings = {"mqtt": {"url": mosquitto.url}, "http": {"listen": f"127.0.0.1:{page}"}}
    async with desk.bridge(box) as bridge:
        async with asyncio.timeout(60):
            while not bridge._publisher.greeted or bridge._publisher.waiting:
                await asyncio.sleep(0.1)
        relay = asyncio.create_task(Relay(Configuration.model_validate(settings)).run())
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{page}", trust_env=False) as http:
                assert await held(http, TOTAL) == {one.id for one in every}
                box.set(*[replace(one, state="completed") for one in every[100:]])
                async with asyncio.timeout(60):
                    while {one["state"] for one in await downloads(http)} != {"completed"}:
                        await asyncio.sleep(0.5)
                assert await held(http, TOTAL - 100) == {one.id for one in every[100:]}
        finally:
            relay.cancel()
            await asyncio.gather(relay, return_exceptions=True)


async def downloads(http: httpx.AsyncClient) -> list[dict[str, str]]:
    found: list[dict[str, str]] = (await http.get("/api/v1/state")).json()["downloads"]
    return found


async def held(http: httpx.AsyncClient, number: int) -> set[str]:
    """The ids of the downloads that the relay shows, once there are so many."""
    async with asyncio.timeout(60):
        while True:
            try:
                counts = (await http.get("/healthz")).json()
            except httpx.HTTPError:
                counts = {}
            if counts.get("downloads") == number:
                return {one["id"] for one in await downloads(http)}
            await asyncio.sleep(0.2)
