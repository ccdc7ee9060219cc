"""A real nginx before a relay, with the configuration that we ship: all that the relay does, below a path."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import websockets

from tests.bridge.relay.answering import AnsweringBus
from tests.bridge.relay.builders import download
from tests.bridge.relay.conftest import Relay
from tests.browser import Shown

from .lab.laboratory import Laboratory
from .lab.nginx import Nginx

STRIPPING = """
map $http_upgrade $downloads_connection { default upgrade; "" close; }
server {
    listen 80;
    location = /downloads { return 302 /downloads/; }
    location /downloads/ {
        proxy_pass http://127.0.0.1:8484/;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $downloads_connection;
        proxy_set_header Host $http_host;
    }
}
"""


@asynccontextmanager
async def behind(laboratory: Laboratory, site: str = "", **settings: Any) -> AsyncIterator[tuple[Relay, Nginx]]:
    relay = Relay(1, {"listen": "127.0.0.1:0", "trusted_proxies": ["127.0.0.1"], **settings})
    await relay.server.start()
    try:
        await relay.greet("seedbox")
        yield relay, await laboratory.start(Nginx(laboratory.folder, relay.server.address[1], site))
    finally:
        await relay.server.aclose()


@pytest.fixture(params=["kept", "stripped"])
async def both(request: pytest.FixtureRequest, laboratory: Laboratory) -> AsyncIterator[tuple[Relay, Nginx]]:
    """The path is kept, as our configuration does, or taken off."""
    site, settings = ("", {"prefix": "/downloads"}) if request.param == "kept" else (STRIPPING, {})
    async with behind(laboratory, site, **settings) as found:
        yield found


async def test_the_page_lives_behind_it(both: tuple[Relay, Nginx], shown: Shown) -> None:
    relay, nginx = both
    relay.say("client/seedbox/download/a", download("a", name="debian.iso"))
    await shown.open(nginx.address("/downloads"))
    await shown.shows(".name", "debian.iso")
    relay.say("client/seedbox/download/a", download("a", name="debian.iso", progress=45.6))
    await shown.shows(".percent", "45.6 %")
    assert shown.complaints == []


async def test_sockets_pass(both: tuple[Relay, Nginx]) -> None:
    relay, nginx = both
    url = nginx.address("/downloads/api/v1/ws", "ws")
    async with websockets.connect(url, origin=nginx.address("")) as connection:  # type: ignore[arg-type]
        assert "permessage-deflate" in str(connection.response.headers.get("Sec-WebSocket-Extensions"))  # type: ignore[union-attr]
        await asyncio.sleep(2.5)
        kinds = [json.loads(await asyncio.wait_for(connection.recv(), 5))["t"] for _ in range(3)]
        assert kinds[:2] == ["hello", "snapshot"]
        relay.say("client/seedbox/download/a", download("a"))
        while "seedbox:a" not in str(await asyncio.wait_for(connection.recv(), 5)):
            pass
    with pytest.raises(websockets.InvalidStatus):
        await websockets.connect(url, origin="http://evil.example")  # type: ignore[arg-type]


async def test_events_are_not_held_back(both: tuple[Relay, Nginx]) -> None:
    relay, nginx = both
    async with httpx.AsyncClient(trust_env=False) as http:
        async with http.stream("GET", nginx.address("/downloads/api/v1/events")) as answer:
            lines = answer.aiter_lines()
            for number in range(3):
                told, started = f"hello {number}", time.monotonic()
                relay.say("notification", {"type": "a", "message": told, "at": "2026-11-21T10:00:00Z"})
                async with asyncio.timeout(5):
                    while told not in await anext(lines):
                        pass
                assert number == 0 or time.monotonic() - started < 0.5
    async with asyncio.timeout(8):
        while len(relay.server.connections):
            await asyncio.sleep(0.05)


async def test_requests_pass_and_large_ones_too(laboratory: Laboratory) -> None:
    async with behind(laboratory, prefix="/downloads") as (relay, nginx):
        bus = AnsweringBus(relay)
        await relay.until(lambda relay: relay.hub.knows("seedbox"))
        content = base64.b64encode(b"x" * 9_000_000).decode()
        async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
            url = nginx.address("/downloads/api/v1/request/client/seedbox/add")
            answer = await http.post(url, json={"content": content, "filename": "x.nzb"})
            assert answer.status_code == 200
            assert bus.asked[0][1]["content"] == content
            answer = await http.post(url, content=b"x" * 17 * 2**20)
            assert (answer.status_code, answer.json()["error"]["code"]) == (413, "bad_request")


async def test_no_token_reaches_its_logs(laboratory: Laboratory) -> None:
    """Also when the relay is away, which is when clients come back with theirs."""
    async with behind(laboratory, prefix="/downloads") as (relay, nginx):
        url = nginx.address("/downloads/hubs/downloads?access_token=SECRET-token", "ws")
        async with websockets.connect(url) as connection:
            await connection.send('{"protocol":"json","version":1}\x1e')
            await connection.recv()
        await relay.server.aclose()
        with pytest.raises(websockets.InvalidStatus, match="502"):
            await websockets.connect(url)
        logs = [log for log in laboratory.folder.rglob("*.log*") if log.is_file()]
        told = "".join(log.read_text() for log in logs)
        assert '"GET /downloads/hubs/downloads" 502' in told
        assert "SECRET-token" not in told


async def test_the_relay_knows_who_asks(laboratory: Laboratory) -> None:
    """One address cannot fill what others need, though all come from the proxy."""
    async with behind(laboratory, prefix="/downloads") as (relay, nginx):
        url = nginx.address("/downloads/api/v1/ws", "ws")
        forged = {"X-Forwarded-For": "192.0.2.1"}
        async with websockets.connect(url, local_addr=("127.0.0.2", 0), additional_headers=forged) as connection:
            await connection.recv()
            (place,) = relay.server.connections
            assert place.address == "127.0.0.2"
