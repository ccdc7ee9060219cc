"""`curl -N`, as people type it."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from tests.bridge.relay.builders import download, event
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.people import TOKEN, token
from tests.browser import missing


class Curl:
    """What it prints."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def line(self) -> str:
        assert self.process.stdout is not None
        return (await asyncio.wait_for(self.process.stdout.readline(), 10)).decode()

    async def until(self, **wanted: Any) -> dict[str, Any]:
        """The next event with these values."""
        while line := await self.line():
            if line.startswith("data: "):
                told: dict[str, Any] = json.loads(line.removeprefix("data: ").rstrip("\x1e\r\n"))
                if wanted.items() <= told.items():
                    return told
        pytest.fail(f"it ended without {wanted}")


@asynccontextmanager
async def curl(relay: Relay, path: str, *options: str) -> AsyncIterator[Curl]:
    program = shutil.which("curl")
    if program is None:
        missing("curl")
    process = await asyncio.create_subprocess_exec(
        str(program), "-sN", *options, relay.url(path), stdout=asyncio.subprocess.PIPE, limit=16 * 1024 * 1024
    )
    try:
        yield Curl(process)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def test_frames(relay: Relay) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    async with curl(relay, "/api/v1/events") as stream:
        hello = await stream.until(t="hello")
        assert len((await stream.until(t="snapshot"))["downloads"]) == 1
        relay.say("client/seedbox/download/a", download("a", progress=55.5))
        delta = await stream.until(t="delta")
        assert delta["set"]["seedbox:a"]["progress"] == 55.5
        relay.say("client/seedbox/event", event(1))
        told = await stream.until(t="event")
    relay.say("client/seedbox/event", event(2))
    place = f"Last-Event-ID: {hello['epoch']}:{told['seq']}"
    async with curl(relay, "/api/v1/events", "-H", place) as again:
        assert (await again.until(t="hello"))["recovered"] is True
        assert (await again.until(t="event"))["seq"] == told["seq"] + 1


async def test_plain_events(relay: Relay) -> None:
    async with curl(relay, "/events?clients=seedbox") as stream:
        await stream.until(type="connected")
        relay.say("client/seedbox/download/a", download("a"))
        created = await stream.until(type="request_created")
        assert (created["request_id"], created["new_state"]) == ("seedbox:a", "downloading")
        relay.say("client/seedbox/download/a", b"")
        await stream.until(type="request_deleted")


async def test_a_hub(relay: Relay) -> None:
    relay.say("client/seedbox/download/a", download("a"))
    async with httpx.AsyncClient(base_url=relay.url("")) as http:
        id = (await http.post("/hubs/job-progress/negotiate?negotiateVersion=1")).json()["connectionToken"]
        async with curl(relay, f"/hubs/job-progress?id={id}", "-H", "Accept: text/event-stream") as stream:
            assert (await stream.line()).startswith(":")
            call = '{"type":1,"target":"SubscribeToJob","arguments":["a"]}\x1e'
            records = '{"protocol":"json","version":1}\x1e'
            assert (await http.post(f"/hubs/job-progress?id={id}", content=records)).status_code == 200
            assert await stream.until() == {}
            assert (await http.post(f"/hubs/job-progress?id={id}", content=call)).status_code == 200
            told = await stream.until(type=1)
            assert (told["target"], told["arguments"][0]["jobId"]) == ("JobProgressUpdate", "a")


@pytest.mark.parametrize("path", ["/api/v1/events", "/events"])
async def test_with_and_without_a_token(start: Start, path: str) -> None:
    relay = await start(tokens={"wall": token(clients=("seedbox",))})
    await relay.greet("seedbox", "nas")
    async with curl(relay, path, "-H", f"Authorization: Bearer {TOKEN}") as stream:
        first = await stream.until()
        assert "connected" in first.values() or first["t"] == "hello"
        relay.say("client/nas/download/h", download("h", "nas", name="hidden"))
        relay.say("client/seedbox/download/a", download("a"))
        while ":a" not in (line := await stream.line()):
            assert line, "it ended"
            assert "hidden" not in line
            assert "nas" not in line
    async with curl(relay, path, "-w", "%{http_code}") as refused:
        assert refused.process.stdout is not None
        assert (await asyncio.wait_for(refused.process.stdout.read(), 10)).endswith(b"401")
