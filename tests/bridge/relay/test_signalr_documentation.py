"""What docs/signalr.md shows is run, and its messages are those that come."""

import asyncio
import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from downloads2mqtt.contract.download import STATES
from downloads2mqtt.relay.server import HEARTBEAT
from downloads2mqtt.relay.signalr import (
    downloads,
    downloads_audience,
    jobs,
    jobs_audience,
    negotiations,
    polling,
    session,
    streams,
    wire,
)
from downloads2mqtt.relay.signalr.downloads_audience import DownloadsAudience
from downloads2mqtt.relay.signalr.jobs_audience import JobsAudience
from tests.bridge.relay.builders import AT, download, event
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.people import TOKEN, token
from tests.bridge.relay.signalr_clients import BUNDLE, CLIENTS, Raw, end, raw
from tests.browser import missing

TEXT = (Path(__file__).parents[3] / "docs" / "signalr.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def adapted(code: str, relay: Relay) -> str:
    assert "127.0.0.1:8484" in code
    assert "d2m_…" in code
    return code.replace("127.0.0.1:8484", relay.authority).replace("d2m_…", TOKEN)


async def printed(relay: Relay, *command: str, wanted: list[str], happen: Callable[[], None]) -> None:
    """Runs a program until it printed what is wanted; `happen` after the first of it."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=CLIENTS, stdout=asyncio.subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            for number, part in enumerate(wanted):
                while part not in (line := (await process.stdout.readline()).decode()):
                    assert line, f"it ended without {part!r}"
                if number == 0:
                    happen()
    finally:
        await end(process)


@pytest.fixture
async def house(start: Start) -> Relay:
    relay = await start(tokens={"wall": token()})
    await relay.greet("seedbox")
    relay.say("client/seedbox/download/a", download("a", progress=40.0))
    await relay.until(lambda relay: not relay.hub._image.downloads._before)
    return relay


async def test_the_example_in_javascript(house: Relay) -> None:
    node = shutil.which("node")
    if node is None or not BUNDLE.exists():
        missing("node with tests/clients/signalr (npm ci)")

    def happen() -> None:
        house.say("client/seedbox/download/a", download("a", progress=55.5))
        house.say("client/seedbox/event", event(1))

    (code,) = blocks("js")
    command = str(node), "--input-type=module", "-e", adapted(code, house)
    await printed(house, *command, wanted=["1 downloads", "done: name of a"], happen=happen)
    house.say("client/seedbox/download/a", download("a", progress=10.0))

    def progress() -> None:
        house.say("client/seedbox/download/a", download("a", progress=66.5))

    await printed(house, *command, wanted=["1 downloads", "seedbox:a Downloading 66.5"], happen=progress)


async def test_the_example_in_python(house: Relay) -> None:
    (code,) = blocks("python")

    def happen() -> None:
        house.say("client/seedbox/event", event(1))

    command = sys.executable, "-u", "-c", adapted(code, house)
    await printed(house, *command, wanted=["seedbox Running 40 %", "name of a completed"], happen=happen)


async def test_the_commands(house: Relay) -> None:
    shell, curl = shutil.which("bash"), shutil.which("curl")
    if shell is None or curl is None:
        missing("bash and curl")
    (commands,) = blocks("console")
    script = adapted("".join(line.removeprefix("$ ") + "\n" for line in commands.splitlines()), house)
    *first, last = script.splitlines()
    script = "\n".join((*first, "trap 'kill $!' EXIT; sleep 0.5", last, "sleep 2"))
    process = await asyncio.create_subprocess_exec(str(shell), "-c", script, stdout=asyncio.subprocess.PIPE)
    said, _ = await asyncio.wait_for(process.communicate(), 20)
    assert b"data: {}\x1e" in said
    assert b'"DownloadsList"' in said


async def test_the_messages(house: Relay) -> None:
    """Those that are shown, with the keys and kinds that come."""
    shown = {message["target"]: message for block in blocks("json") for message in map(json.loads, block.splitlines())}
    query = f"?access_token={TOKEN}"
    calls = (("SubscribeToJob", "a"), ("SubscribeToVideo", "seedbox"), ("GetJobProgress", "none"))
    async with raw(house, "downloads", query) as list_, raw(house, "job-progress", query) as jobs_:
        await list_.greet()
        await list_.until("QueueUpdate")
        await (await jobs_.greet()).say(*({"type": 1, "target": name, "arguments": [id]} for name, id in calls))
        await jobs_.until("Error")
        house.say("client/seedbox/download/a", download("a", progress=55.5))
        house.say("client/seedbox/event", event(1))
        house.say("client/seedbox/event", event(2, event="failed", download=download("a", state="failed", error="no")))
        house.say("notification", {"type": "note", "message": "for all", "data": None, "at": AT})
        heard: dict[str, Any] = {}

        async def hear(client: Raw) -> None:
            while not shown.keys() <= heard.keys():
                message = await client.next()
                heard.update({one["target"]: one for one in (message, *client.told) if one.get("type") == 1})

        async with asyncio.timeout(10):
            await asyncio.gather(*map(hear, (list_, jobs_)), return_exceptions=True)
    assert len(shown) == 9
    for target, message in shown.items():
        assert _keys(message) == _keys(heard[target]), target


def _keys(told: Any) -> Any:
    """Names all the way down, without those of free data."""
    if isinstance(told, dict):
        return {key: _keys(value) for key, value in told.items()}
    return [_keys(one) for one in told[:1]] if isinstance(told, list) else None


@pytest.mark.parametrize(
    "name", [*DownloadsAudience.calls, *DownloadsAudience.events, *JobsAudience.calls, *JobsAudience.events]
)
def test_every_name_is_explained(name: str) -> None:
    assert f"`{name}" in TEXT


def test_states_and_limits() -> None:
    table = TEXT.partition("| state here |")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]
    told = {
        state.strip(): (one.strip("`"), other.strip("`")) for states, one, other in rows for state in states.split(",")
    }
    assert told == {state: downloads.STATUS[state] for state in STATES}
    assert (session.HANDSHAKE_SECONDS, negotiations.UNCLAIMED_SECONDS, wire.BODY_SECONDS) == (15, 15, 15)
    assert (negotiations.MOST_UNCLAIMED_PER_ADDRESS, negotiations.MOST_UNCLAIMED) == (50, 1000)
    assert (session.RECORDS, session.RECORDS_SECONDS, session.MOST_UNREAD) == (1000, 10, 4 * 1024**2)
    assert (jobs_audience.MOST_JOBS, jobs_audience.MOST_CLIENTS, jobs.MOST_STAGES) == (1000, 100, 100)
    assert (polling.ABSENT_SECONDS, streams.SILENCE_SECONDS) == (30, 150)
    assert (downloads_audience.LIST_SECONDS, HEARTBEAT) == (30, 15)
    assert "on connect, and every 30 s" in TEXT
    assert "its own every 15 s" in TEXT
