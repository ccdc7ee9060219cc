"""SignalR clients for tests: a raw one written from the protocol alone, and the official one in Node."""

import asyncio
import json
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect

from tests.bridge.relay.conftest import Relay
from tests.browser import missing

CLIENTS = Path(__file__).parents[2] / "clients" / "signalr"
BUNDLE = CLIENTS / "node_modules" / "@microsoft" / "signalr" / "dist" / "browser" / "signalr.min.js"
EVENTS = [
    "DownloadsList",
    "DownloadUpdate",
    "QueueUpdate",
    "DownloadAdded",
    "DownloadCompleted",
    "DownloadFailed",
    "Notification",
    "JobProgressUpdate",
    "JobCompleted",
    "JobFailed",
    "VideoProgressUpdate",
    "UserNotification",
    "BroadcastNotification",
    "Error",
]


class Raw:
    """A WebSocket opened without negotiating, as Listenarr's page does; each message holds whole records."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.told: list[dict[str, Any]] = []
        self.read = 0

    async def say(self, *messages: object) -> None:
        await self.connection.send("".join(json.dumps(message) + "\x1e" for message in messages))

    async def greet(self, version: int = 1) -> Self:
        await self.say({"protocol": "json", "version": version})
        assert await self.next() == {}
        return self

    async def next(self, seconds: float = 5.0) -> dict[str, Any]:
        """The next record."""
        while self.read == len(self.told):
            message = await asyncio.wait_for(self.connection.recv(), seconds)
            assert isinstance(message, str)
            assert message.endswith("\x1e"), "half a record in a message"
            self.told += [json.loads(record) for record in message.split("\x1e")[:-1]]
        self.read += 1
        return self.told[self.read - 1]

    async def until(self, target: str, seconds: float = 5.0) -> Any:
        """The arguments of the next call of `target`; the only one, when there is one."""
        async with asyncio.timeout(seconds):
            while (message := await self.next(seconds)).get("target") != target:
                pass
        (argument,) = message["arguments"]
        return argument

    async def answer(self, id: str) -> dict[str, Any]:
        """The completion of a call."""
        while (message := await self.next()).get("invocationId") != id or message["type"] != 3:
            pass
        return message


@asynccontextmanager
async def raw(relay: Relay, hub: str, query: str = "", **options: Any) -> AsyncIterator[Raw]:
    async with connect(relay.url(f"/hubs/{hub}{query}", "ws"), max_size=None, **options) as connection:
        yield Raw(connection)


class Official:
    """The npm package @microsoft/signalr."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.told: list[dict[str, Any]] = []
        self._unasked: list[dict[str, Any]] = []

    async def next(self, seconds: float = 10.0) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), seconds)
        assert line, f"the client ended; it told {self.told[-5:]}"
        self.told.append(json.loads(line))
        return self.told[-1]

    async def until(self, seconds: float = 10.0, **wanted: Any) -> dict[str, Any]:
        """The first line with these values that was not asked for before."""
        async with asyncio.timeout(seconds):
            while not (found := [line for line in self._unasked if wanted.items() <= line.items()]):
                self._unasked.append(await self.next(seconds))
        self._unasked.remove(found[0])
        return found[0]

    async def event(self, name: str) -> Any:
        (argument,) = (await self.until(event=name))["arguments"]
        return argument

    async def do(self, how: str, *given: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([how, *given]).encode() + b"\n")
        await self._process.stdin.drain()

    async def invoke(self, target: str, *given: Any) -> dict[str, Any]:
        """Call, and wait for the answer."""
        await self.do("invoke", target, *given)
        while not {"result", "error"} & (line := await self.next()).keys():
            self._unasked.append(line)
        return line


@asynccontextmanager
async def official(
    relay: Relay, hub: str, transport: str = "WebSockets", *, prefix: str = "", **options: Any
) -> AsyncIterator[Official]:
    node = shutil.which("node")
    if node is None or not BUNDLE.exists():
        missing("node with tests/clients/signalr (npm ci)")
    told = {"url": relay.url(f"{prefix}/hubs/{hub}"), "transport": transport, "events": EVENTS, **options}
    process = await asyncio.create_subprocess_exec(
        str(node),
        "client.mjs",
        json.dumps(told),
        cwd=CLIENTS,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=64 * 1024 * 1024,
        start_new_session=True,
    )
    try:
        yield Official(process)
    finally:
        await end(process)


async def end(process: asyncio.subprocess.Process) -> None:
    """End it and its whole session: what is called `node` may be a program that starts it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
