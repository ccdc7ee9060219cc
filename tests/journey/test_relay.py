"""Mosquitto, a bridge, a relay and Transmission, all real: readers ask, the broker and the relay end and come back."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets
from websockets.asyncio.client import ClientConnection

from tests.bridge.relay.mirror import Mirror

from .lab.mosquitto import Mosquitto
from .lab.programs import free_port
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .lab.waiting import until
from .service import Service

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.parametrize("suite", ["bookworm"], indirect=True),
]


@dataclass
class House:
    """What runs, and where."""

    bridge: Service
    relay: Service
    port: int

    def url(self, path: str, scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}{path}"

    async def health(self) -> dict[str, Any]:
        """What the relay says of itself; nothing while it is not there."""
        try:
            async with httpx.AsyncClient(trust_env=False) as http:
                return dict((await http.get(self.url("/healthz"))).json())
        except (httpx.HTTPError, ValueError):
            return {}

    async def ready(self) -> None:
        async def there() -> bool:
            return (await self.health()).get("clients_available") == 1

        await until(there, 30, "the relay shows the client")

    async def ask(self, verb: str, **fields: Any) -> httpx.Response:
        async with httpx.AsyncClient(trust_env=False, timeout=70) as http:
            return await http.post(self.url(f"/api/v1/request/client/box/{verb}"), json=fields)


@dataclass
class Reader:
    """A page's connection."""

    connection: ClientConnection
    mirror: Mirror = field(default_factory=Mirror)

    async def until(self, kind: str, **fields: Any) -> dict[str, Any]:
        """The next frame of a kind that says this."""
        async with asyncio.timeout(30):
            while True:
                frame = self.mirror.apply(await self.connection.recv())
                if frame["t"] == kind and fields.items() <= frame.items():
                    return frame

    async def sees(self, id: str, *states: str) -> None:
        """Until a download is in one of these states; without any, until it is gone."""
        try:
            async with asyncio.timeout(30):
                while self.mirror.downloads.get(f"box:{id}", {}).get("state") not in (states or (None,)):
                    self.mirror.apply(await self.connection.recv())
        except TimeoutError:
            raise TimeoutError(f"not {states} within 30 s: {self.mirror.downloads.get(f'box:{id}')}") from None

    async def ask(self, verb: str, **fields: Any) -> dict[str, Any]:
        frame = {"t": "request", "topic": "client/box", "verb": verb, "transaction": verb, **fields}
        await self.connection.send(json.dumps(frame))
        return await self.until("response", transaction=verb)


@pytest.fixture
async def house(mosquitto: Mosquitto, transmission: Transmission, tmp_path: Path) -> AsyncIterator[House]:
    port = free_port()
    mqtt = {"url": mosquitto.url}
    client = {**transmission.settings(), "poll": {"active": 0.5, "idle": 0.5}}
    bridge = Service(tmp_path / "bridge", "bridge", {"mqtt": mqtt, "control": "full", "clients": {"box": client}})
    relay = Service(tmp_path / "relay", "relay", {"mqtt": mqtt, "http": {"listen": f"127.0.0.1:{port}"}})
    try:
        await bridge.start()
        await relay.start()
        house = House(bridge, relay, port)
        await house.ready()
        yield house
    finally:
        await relay.kill()
        await bridge.kill()


@asynccontextmanager
async def reading(house: House, back: Mirror | None = None) -> AsyncIterator[Reader]:
    path = "/api/v1/ws" if back is None else f"/api/v1/ws?epoch={back.epoch}&seq={back.seq}"
    async with websockets.connect(house.url(path, "ws"), max_size=None) as connection:
        yield Reader(connection, back or Mirror())


async def test_readers_ask_and_transmission_does(house: House, transmission: Transmission, swarm: Swarm) -> None:
    share = swarm.share("Asked for", 8 << 20, rate=1 << 20)
    content = base64.b64encode(share.torrent.content).decode()
    async with reading(house) as reader:
        await reader.until("snapshot")
        answer = await house.ask("add", content=content, filename="x.torrent", transaction="mine")
        assert (answer.status_code, answer.json()["transaction"]) == (200, "mine")
        id = answer.json()["data"]["id"]
        await reader.sees(id, "downloading")
        assert (await reader.ask("pause", ids=[id]))["status"] == "ok"
        await reader.sees(id, "paused")
        await transmission.see(id, "paused", within=5)
        assert (await house.ask("resume", ids=[id])).status_code == 200
        await reader.until("event", event="completed", id=id)
        missing = await reader.ask("pause", ids=["0" * 40])
        assert (missing["status"], missing["error"]["code"]) == ("error", "not_found")
        assert (await house.ask("pause", ids=["0" * 40])).status_code == 404
        assert (await reader.ask("remove", ids=[id], delete_data=True))["status"] == "ok"
        await reader.sees(id)
        assert [event["event"] for event in reader.mirror.events].count("completed") == 1


async def test_a_reader_that_was_away_is_caught_up(house: House, swarm: Swarm) -> None:
    share = swarm.share("While away", 4 << 20, rate=4 << 20)
    async with reading(house) as reader:
        await reader.until("snapshot")
    content = base64.b64encode(share.torrent.content).decode()
    id = (await house.ask("add", content=content, filename="x.torrent")).json()["data"]["id"]

    async def done() -> bool:
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.get(house.url(f"/api/v1/downloads/box/{id}"))
        return answer.status_code == 200 and answer.json()["state"] in ("seeding", "completed")

    await until(done, 30, "it is done")
    async with reading(house, reader.mirror) as back:
        await back.until("event", event="completed", id=id)
        assert back.mirror.recovered
        assert "snapshot" not in back.mirror.kinds[2:]


async def test_the_broker_ends_and_comes_back(house: House, mosquitto: Mosquitto, swarm: Swarm) -> None:
    async with reading(house) as reader:
        await reader.until("snapshot")
        await mosquitto.kill()
        while reader.mirror.broker:
            await reader.until("delta")
        assert (await house.health())["broker"] is False
        refused = await reader.ask("poll")
        assert refused["error"]["code"] == "offline"
        assert (await house.ask("poll")).status_code == 503
        await mosquitto.start()
        await house.ready()
        while not reader.mirror.broker or not reader.mirror.clients["box"]["available"]:
            await reader.until("delta")

        async def answered() -> bool:
            return (await house.ask("poll")).status_code == 200

        await until(answered, 30, "requests are answered again")


async def test_the_relay_ends_and_comes_back(house: House, swarm: Swarm) -> None:
    share = swarm.share("Still there", 4 << 20, rate=4 << 20)
    content = base64.b64encode(share.torrent.content).decode()
    id = (await house.ask("add", content=content, filename="x.torrent")).json()["data"]["id"]
    async with reading(house) as reader:
        await reader.sees(id, "seeding", "completed")
        status, seconds = await house.relay.stop()
        assert (status, seconds < 3) == (0, True)
        with pytest.raises(websockets.ConnectionClosed):
            await reader.until("nothing")
        assert reader.connection.close_code == 1001
    await house.relay.start()
    await house.ready()
    async with reading(house, reader.mirror) as back:
        await back.until("snapshot")
        assert not back.mirror.recovered, "another relay's life, another series"
        await back.sees(id, "seeding", "completed")


async def test_a_relay_that_is_killed_leaves_nothing_on_the_bus(house: House, mosquitto: Mosquitto) -> None:
    async with reading(house) as reader:
        await reader.until("snapshot")
        await house.relay.kill()
    await house.relay.start()
    await house.ready()
    assert (await house.ask("poll")).json()["data"] == {"state": "online"}
