"""The official client in Node over every transport."""

import asyncio
import time
from typing import Any

import pytest

from downloads2mqtt.relay.server import Server
from downloads2mqtt.relay.settings import HttpSettings
from tests.bridge.relay.builders import download, event, stats
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.signalr_clients import official

WAYS: list[Any] = [
    pytest.param({"transport": "WebSockets"}, id="websockets"),
    pytest.param({"transport": "WebSockets", "skipNegotiation": True}, id="websockets-raw"),
    pytest.param({"transport": "WebSockets", "stateful": True}, id="websockets-stateful-asked"),
    pytest.param({"transport": "ServerSentEvents"}, id="sse"),
    pytest.param({"transport": "LongPolling"}, id="long-polling"),
]


@pytest.mark.parametrize("way", WAYS)
async def test_downloads(relay: Relay, way: dict[str, Any]) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    async with official(relay, "downloads", **way) as client:
        await client.until(state="connected")
        assert [row["id"] for row in await client.event("DownloadsList")] == ["seedbox:a"]
        assert [row["id"] for row in await client.event("QueueUpdate")] == ["seedbox:a"]
        relay.say("client/seedbox/download/a", download("a", progress=55.0))
        assert (await client.event("DownloadUpdate"))[0]["progress"] == 55.0
        relay.say("client/seedbox/download/a", download("a", state="seeding", progress=100.0))
        relay.say("client/seedbox/event", event(1))
        assert (await client.event("DownloadCompleted"))["status"] == "Completed"
        assert (await client.event("Notification"))["message"] == "name of a"
        assert await client.invoke("RequestDownloadsUpdate") == {"result": None}
        assert "PushDownloadUpdate" not in str(await client.invoke("PushDownloadUpdate", {"id": "x"}))
        assert "no method 'Nothing'" in (await client.invoke("Nothing"))["error"]
        await client.do("stream", "Nothing")
        assert "streams nothing" in (await client.until(error="this hub streams nothing: use invoke"))["error"]
        await client.do("stop")
        await client.until(state="stopped")
    await relay.until(lambda relay: len(relay.server.connections) == 0)
    await relay.until(lambda relay: len(relay.hub.channels) == 0)


@pytest.mark.parametrize("way", WAYS)
async def test_jobs(relay: Relay, way: dict[str, Any]) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    async with official(relay, "job-progress", **way) as client:
        await client.until(state="connected")
        assert await client.invoke("SubscribeToJob", "a") == {"result": None}
        assert client.told[-2]["arguments"][0]["status"] == "Running"
        assert await client.invoke("SubscribeToJob", "nothing") == {"result": None}
        assert client.told[-2] == {
            "event": "Error",
            "arguments": [{"code": "NOT_FOUND", "message": "Job nothing not found"}],
        }
        await client.event("JobProgressUpdate")
        relay.say("client/seedbox/download/a", download("a", progress=55.5))
        assert (await client.event("JobProgressUpdate"))["progress"] == 55
        relay.say("client/seedbox/event", event(1))
        assert (await client.event("JobCompleted"))["jobId"] == "a"
        assert "one argument" in (await client.invoke("SubscribeToJob", 7))["error"]


@pytest.mark.parametrize("transport", ["WebSockets", "ServerSentEvents", "LongPolling"])
async def test_a_client_returns_after_the_relay_was_started_again(relay: Relay, transport: str) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    async with official(relay, "downloads", transport, reconnect=[0, 200, 500, 1000, 2000]) as client:
        await client.until(state="connected")
        await client.event("QueueUpdate")
        host, port = relay.server.address
        await relay.server.aclose()
        await client.until(state="reconnecting")
        again = Server(relay.hub, relay.feed, HttpSettings(listen=f"{host}:{port}"))
        await again.start()
        try:
            await client.until(state="reconnected")
            assert [row["id"] for row in await client.event("QueueUpdate")] == ["seedbox:a"]
        finally:
            await again.aclose()


@pytest.mark.parametrize("transport", ["WebSockets", "ServerSentEvents", "LongPolling"])
async def test_an_idle_client_stays_beyond_its_own_timeout(start: Start, transport: str) -> None:
    relay = await start(heartbeat=1)
    await relay.greet("seedbox")
    async with official(relay, "job-progress", transport, serverTimeout=2500) as client:
        await client.until(state="connected")
        with pytest.raises(TimeoutError):
            await client.until(seconds=5, state="closed")
        assert await client.invoke("GetJobProgress", "x") == {"result": None}


@pytest.mark.parametrize("transport", ["WebSockets", "ServerSentEvents", "LongPolling"])
async def test_a_long_list_arrives_whole(relay: Relay, transport: str) -> None:
    for number in range(3000):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name="n" * 100))
    relay.say("client/seedbox/stats", stats(3000))
    await relay.until(lambda relay: len(relay.hub.channels.snapshot().message.downloads) == 3000)
    started = time.monotonic()
    async with official(relay, "downloads", transport) as client:
        assert len(await client.event("DownloadsList")) == 3000
        assert len(await client.event("QueueUpdate")) == 3000
        assert time.monotonic() - started < 10
        await asyncio.gather(client.invoke("RequestDownloadsUpdate"))
