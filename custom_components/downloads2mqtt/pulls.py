"""Completes what the broker's retained messages leave out: every client is pulled from its bridge, page by page."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

from homeassistant.exceptions import HomeAssistantError

from . import contract
from .bus import Bus, Client
from .const import LOGGER
from .contract import Nonsense
from .feed import Feed
from .request import RequestRefused, Requests

PAGE: Final = 100
PATIENCE: Final = 5.0
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
AT_A_TIME: Final = 4
MISMATCH_PATIENCE: Final = 2.0
ATTEMPTS: Final = 3
"""For one page: while thousands of retained messages come in, a broker may drop it."""


class Pulls:
    """The pulls under way, a few at a time."""

    def __init__(self, bus: Bus, feed: Feed, requests: Requests, changed: Callable[[], None]) -> None:
        self._bus = bus
        self._feed = feed
        self._requests = requests
        self._changed = changed
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(AT_A_TIME)
        self._mismatches: dict[str, tuple[float, float]] = {}

    @property
    def complete(self) -> bool:
        """Whether every page of every client of the bridges that are there is in."""
        wanted = {name for bridge in self._bus.bridges.values() if bridge.online for name in bridge.clients}
        return all(client.pulled for name, client in self._bus.clients.items() if name in wanted)

    def due(self) -> list[Client]:
        """The clients to pull now."""
        return [
            client
            for client in self._bus.clients.values()
            if not client.pulled and client.name not in self._tasks and self._bus.reachable(client.name)
        ]

    def follow(self, client: Client, task: asyncio.Task[None]) -> None:
        """A pull of `client` is under way in `task`."""
        self._tasks[client.name] = task
        task.add_done_callback(lambda _: self._tasks.pop(client.name, None))

    def stop(self) -> None:
        """The broker is lost: what is under way is in vain, and what is held may be old."""
        for task in self._tasks.values():
            task.cancel()
        for client in self._bus.clients.values():
            client.pulled = False

    def look(self, now: float) -> None:
        """Want those again that have held another number of downloads than they say for a while, less often in vain."""
        wrong = [client for client in self._bus.clients.values() if client.pulled and not client.complete]
        self._mismatches = {one.name: self._mismatches.get(one.name, (now, MISMATCH_PATIENCE)) for one in wrong}
        for client in wrong:
            since, patience = self._mismatches[client.name]
            if now - since >= patience:
                self._mismatches[client.name] = (now, min(LONGEST_PAUSE, patience * 2))
                client.pulled = False

    async def pull(self, client: Client) -> None:
        """Pull a client until every page is in, its bridge is gone or it is."""
        pause = FIRST_PAUSE
        while self._bus.clients.get(client.name) is client and self._bus.reachable(client.name):
            try:
                async with self._places:
                    await self._pages(client)
            except (HomeAssistantError, Nonsense) as error:
                LOGGER.debug("%s: no page yet: %s", client.name, error)
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)
            else:
                return

    async def _pages(self, client: Client) -> None:
        client.touched = set()
        try:
            ids = await self._collect(client)
            self._feed.pull_done(client, ids)
        finally:
            client.touched = None
        self._changed()

    async def _collect(self, client: Client) -> set[str]:
        ids: set[str] = set()
        after: str | None = None
        while True:
            fields = {"client": client.name, "after": after, "limit": PAGE}
            page = contract.snapshot_page(await self._ask(client.status["bridge"], fields))
            found = {one["id"] for one in page["downloads"]}
            if any(one["client"] != client.name for one in page["downloads"]):
                raise Nonsense("a page of another client")
            self._feed.page(client, page["downloads"])
            self._changed()
            if page["next"] is None:
                return ids | found
            if not found - ids:
                raise Nonsense("the same page twice")
            ids |= found
            after = page["next"]

    async def _ask(self, bridge: str, fields: dict[str, Any]) -> Any:
        """One page; asked for again where no answer came, so that the pages before it are not."""
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._requests.ask("bridge", bridge, "snapshot", fields, PATIENCE)
            except RequestRefused as error:
                if error.code != "no_answer":
                    raise
        return await self._requests.ask("bridge", bridge, "snapshot", fields, PATIENCE)
