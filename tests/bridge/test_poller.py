"""What a poller decides by itself; what it publishes is shown in test_app."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downloads2mqtt.changes import Known, apply, diff
from downloads2mqtt.command import Command, Pause
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.errors import ClientOffline
from downloads2mqtt.ledger import Ledger
from downloads2mqtt.listing import Listing
from downloads2mqtt.mqtt.publisher import Publisher
from downloads2mqtt.poller import HURRY_PAUSE, LONGEST_PAUSE, Poller, _count, _recount
from downloads2mqtt.secrets import Secrets
from tests.bridge.samples import download, views
from tests.bridge.scripted import Scripted


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    """Without a broker."""
    ledger = Ledger(tmp_path / "main.db")
    yield Publisher(Topics(), "main", ledger)
    ledger.close()


def poller_of(client: Scripted, publisher: Publisher, secrets: Secrets | None = None, **options: Any) -> Poller:
    return Poller(client, "main", publisher, secrets or Secrets(), None, **options)


@given(st.lists(views, max_size=6))
def test_counts_follow_the_changes(history: list[dict[str, Download]]) -> None:
    known, counts = Known(), _count([])
    for view in history:
        changes = diff(known, view, at="2026-11-21T12:00:00Z")
        counts = _recount(counts, known.downloads, changes)
        known = apply(known, changes)
        assert counts == _count(known.downloads.values())


async def test_why_a_client_fails_is_told_without_secrets_and_until_it_answers(publisher: Publisher) -> None:
    box, secrets = Scripted(), Secrets()
    secrets.add("hunter22")
    poller = poller_of(box, publisher, secrets)
    box.error = ClientOffline("https://box.example/api?apikey=abcdef123 says hunter22")
    await poller.poll()
    told = poller.status.error or ""
    assert "box.example" in told
    assert "abcdef123" not in told
    assert "hunter22" not in told
    box.error = None
    await poller.poll()
    assert (poller.status.state, poller.status.error) == ("online", None)


async def test_a_client_that_fails_is_asked_more_and_more_seldom(publisher: Publisher) -> None:
    box = Scripted(active=2.0, idle=15.0)
    box.error = ClientOffline("refuses the connection")
    poller = poller_of(box, publisher)
    pauses = []
    for _ in range(8):
        await poller.poll()
        pauses.append(poller._pace())
    assert pauses[:4] == [2.0, 4.0, 8.0, 16.0]
    assert all(one <= next for one, next in pairwise(pauses))
    assert pauses[-1] == LONGEST_PAUSE
    box.error = None
    await poller.poll()
    assert poller._pace() == 15.0


async def test_what_is_missing_after_an_outage_is_not_gone_at_once(publisher: Publisher) -> None:
    """A program that was started again answers while it still loads its list."""
    box = Scripted()
    box.set(download("a"))
    poller = poller_of(box, publisher, recovery_seconds=60.0)
    await poller.poll()
    box.error = ClientOffline("refuses the connection")
    await poller.poll()
    box.error = None
    box.set()
    for _ in range(4):
        await poller.poll()
    assert poller.known.downloads.keys() == {"a"}


class Slow(Scripted):
    """Takes its time for polls and for orders, and notes how many are under way."""

    def __init__(self) -> None:
        super().__init__(active=30.0, idle=30.0)
        self.under_way = self.most = 0

    async def _work(self) -> None:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        for _ in range(20):
            await asyncio.sleep(0)
        self.under_way -= 1

    async def poll(self, *, complete: bool) -> Listing:
        """Slowly."""
        await self._work()
        return await super().poll(complete=complete)

    async def execute(self, command: Command) -> str | None:
        """Slowly; refuses."""
        await self._work()
        raise ClientOffline("broke off")


async def test_polls_and_orders_take_turns(publisher: Publisher) -> None:
    box = Slow()
    poller = poller_of(box, publisher)
    answers = await asyncio.gather(
        poller.poll(), poller.execute(Pause(None)), poller.poll(), poller.execute(Pause(None)), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [type(None), ClientOffline, type(None), ClientOffline]
    assert box.polls == 2
    assert box.most == 1


async def test_an_order_that_failed_is_looked_after_at_once_too(publisher: Publisher) -> None:
    """It may have been carried out."""
    box = Slow()
    poller = poller_of(box, publisher)
    running = asyncio.create_task(poller.run())
    try:
        async with asyncio.timeout(10):
            while not box.polls:
                await asyncio.sleep(0)
            with pytest.raises(ClientOffline):
                await poller.execute(Pause(None))
            assert poller._pace() == HURRY_PAUSE
            while box.polls < 2:
                await asyncio.sleep(0)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_names_without_end_are_cut(publisher: Publisher) -> None:
    box = Scripted()
    box.set(download("a", name="n" * 5000, path="/" + "p" * 5000, error="e" * 5000))
    poller = poller_of(box, publisher)
    await poller.poll()
    told = poller.known.downloads["a"]
    assert (len(told.name), len(told.path or ""), len(told.error or "")) == (2000, 2000, 1000)
