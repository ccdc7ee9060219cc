"""The SignalR clients of PyPI."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from pysignalr.client import SignalRClient
from pysignalr.messages import CompletionMessage
from signalrcore.hub_connection_builder import HubConnectionBuilder  # type: ignore[import-untyped]
from signalrcore.types import HttpTransportType  # type: ignore[import-untyped]

from tests.bridge.relay.builders import download, event
from tests.bridge.relay.conftest import Relay, Start


async def test_pysignalr(relay: Relay) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    client = SignalRClient(relay.url("/hubs/job-progress"))
    told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    answers: asyncio.Queue[CompletionMessage] = asyncio.Queue()
    opened = asyncio.Event()

    async def tell(arguments: list[dict[str, Any]]) -> None:
        await told.put(*arguments)

    async def error(message: Any) -> None:
        await answers.put(message)

    async def open_() -> None:
        opened.set()

    client.on("JobProgressUpdate", tell)
    client.on("JobCompleted", tell)
    client.on_open(open_)
    client.on_error(error)
    running = asyncio.create_task(client.run())
    try:
        async with asyncio.timeout(10):
            await opened.wait()
            await client.send("SubscribeToJob", ["a"])  # type: ignore[list-item]  # declared as objects only
            assert (await told.get())["status"] == "Running"
            relay.say("client/seedbox/download/a", download("a", progress=99.0))
            assert (await told.get())["progress"] == 99
            relay.say("client/seedbox/event", event(1))
            assert (await told.get())["message"] == "name of a completed"
            await client.send("Nothing", [], error)
            assert "no method" in str((await answers.get()).error)
    finally:
        running.cancel()
        await asyncio.wait([running])
    await relay.until(lambda relay: len(relay.server.connections) == 0)


@pytest.mark.parametrize("transport", HttpTransportType)
async def test_signalrcore(start: Start, transport: HttpTransportType) -> None:
    # Over long polling it reads one message a poll, whatever came; pings end the polls that follow.
    relay = await start(heartbeat=1)
    await relay.greet("seedbox")
    relay.say("client/seedbox/download/a", download("a"))
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()

    def put(name: str) -> Callable[..., object]:
        return lambda *given: loop.call_soon_threadsafe(told.put_nowait, (name, given))

    connection = HubConnectionBuilder().with_url(
        relay.url("/hubs/downloads"), options={"verify_ssl": False, "transport": transport}
    ).build()  # fmt: skip
    for name in ("DownloadsList", "DownloadUpdate"):
        connection.on(name, put(name))
    connection.on_open(put("open"))

    async def until(name: str) -> Any:
        async with asyncio.timeout(10):
            while (got := await told.get())[0] != name:
                pass
        return got[1]

    await asyncio.to_thread(connection.start)
    try:
        assert (await until("DownloadsList"))[0][0][0]["id"] == "seedbox:a"
        relay.say("client/seedbox/download/a", download("a", progress=99.0))
        assert (await until("DownloadUpdate"))[0][0][0]["progress"] == 99.0
        await asyncio.to_thread(connection.send, "RequestDownloadsUpdate", [], put("answer"))
        assert (await until("answer"))[0].error is None
    finally:
        await asyncio.to_thread(connection.stop)
    await relay.until(lambda relay: len(relay.server.connections) == 0)
