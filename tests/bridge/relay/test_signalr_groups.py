"""Who hears what on `/hubs/job-progress`: groups for jobs, clients and users, over all transports and after lagging."""

import asyncio
import random
import socket
from typing import Any

import msgspec
import pytest

from downloads2mqtt.contract.event import Notification
from downloads2mqtt.relay.hub.frame import PersonalNotification
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.reader import Reader
from downloads2mqtt.relay.signalr import downloads_audience
from downloads2mqtt.relay.signalr.sockets import Socket
from tests.bridge.relay.builders import AT, download, event
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.mirror import Tap
from tests.bridge.relay.people import TOKEN, token
from tests.bridge.relay.signalr_clients import Raw, official, raw
from tests.bridge.relay.test_signalr_downloads import Page


@pytest.fixture
async def house(start: Start) -> Relay:
    """Anna's token sees both clients, bert's one."""
    relay = await start(tokens={"anna": token(), "bert": token("berts-token", clients=("nas",))})
    await relay.greet("seedbox", "nas")
    relay.say("client/seedbox/download/a", download("a"))
    relay.say("client/nas/download/b", download("b", "nas"))
    await relay.until(lambda relay: not relay.hub._image.downloads._before)
    return relay


def targets(client: Raw) -> list[str]:
    return [message["target"] for message in client.told if message.get("type") == 1]


async def settled(client: Raw) -> None:
    """Until all that was said before is read."""
    await client.say({"type": 1, "target": "UnsubscribeFromJob", "arguments": ["none"], "invocationId": "settled"})
    await client.answer("settled")


async def test_what_is_said_to_one_user_and_to_all(house: Relay) -> None:
    async with (
        raw(house, "job-progress", f"?access_token={TOKEN}") as anna,
        raw(house, "job-progress", "?access_token=berts-token") as bert,
    ):
        for client in (anna, bert):
            await client.greet()
            await settled(client)
        house.say("notification/anna", {"type": "note", "message": "for anna", "data": {"n": 1}, "at": AT})
        house.say("notification", {"type": "note", "message": "of the nas", "data": {"client": "nas"}, "at": AT})
        house.say("notification", {"type": "note", "message": "of the box", "data": {"client": "seedbox"}, "at": AT})
        told = {"type": "note", "message": "for anna", "data": {"n": 1}, "timestamp": AT}
        assert await anna.until("UserNotification") == told
        assert (await anna.until("BroadcastNotification"))["message"] == "of the nas"
        assert (await anna.until("BroadcastNotification"))["message"] == "of the box"
        assert (await bert.until("BroadcastNotification"))["message"] == "of the nas"
        await settled(bert)
        assert targets(bert) == ["BroadcastNotification"]


@pytest.mark.parametrize("transport", ["WebSockets", "ServerSentEvents", "LongPolling"])
async def test_a_user_of_the_official_client(house: Relay, transport: str) -> None:
    async with official(house, "job-progress", transport, token=TOKEN) as client:
        await client.until(state="connected")
        await client.invoke("GetJobProgress", "none")
        house.say("notification/anna", {"type": "note", "message": "for anna", "data": None, "at": AT})
        house.say("notification", {"type": "note", "message": "for all", "data": None, "at": AT})
        assert (await client.event("UserNotification"))["message"] == "for anna"
        assert (await client.event("BroadcastNotification"))["message"] == "for all"


def test_one_that_lags_still_hears_that_it_was_meant_alone() -> None:
    hub = Hub("e")
    hub.broker(True)
    tap = Tap(hub, room=2)
    tap.reader.user = "anna"
    assert isinstance(tap.reader, Reader)
    hub.notify(Notification(type="note", message="for anna", at=AT), "anna")
    hub.notify(Notification(type="note", message="for all", at=AT))
    assert tap.reader.lagging
    tap.open()
    alone, everybody = (frame.message for frame in tap.sent[-2:])
    assert isinstance(alone, PersonalNotification)
    assert not isinstance(everybody, PersonalNotification)
    native = msgspec.json.decode(msgspec.json.encode(alone))
    assert (native["t"], native["message"]) == ("notification", "for anna")
    assert native.keys() == msgspec.json.decode(msgspec.json.encode(everybody)).keys()


async def test_two_connections_and_two_groups(house: Relay) -> None:
    """Each hears of its own subscriptions, at both clients; who left a group hears no more of it."""
    query = f"?access_token={TOKEN}"
    async with raw(house, "job-progress", query) as one, raw(house, "job-progress", query) as two:
        for client, call, id in ((one, "SubscribeToJob", "a"), (two, "SubscribeToVideo", "nas")):
            await client.greet()
            await client.say({"type": 1, "target": call, "arguments": [id], "invocationId": "1"})
            assert "error" not in await client.answer("1")
        house.say("client/nas/event", event(1, "b", "nas"))
        house.say("client/seedbox/event", event(1, "a"))
        assert (await two.until("JobCompleted"))["jobId"] == "b"
        assert (await one.until("JobCompleted"))["jobId"] == "a"
        for client in (one, two):
            await settled(client)
            assert targets(client).count("JobCompleted") == 1
        await two.say({"type": 1, "target": "UnsubscribeFromVideo", "arguments": ["nas"], "invocationId": "2"})
        await two.answer("2")
        house.say("client/nas/event", event(2, "b", "nas"))
        house.say("client/nas/download/b", download("b", "nas", state="paused"))
        await house.until(lambda relay: not relay.hub._image.downloads._before)
        before = len(two.told)
        await settled(two)
        assert [message["type"] for message in two.told[before:]] == [3]


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_happens_a_page_ends_with_what_is(
    relay: Relay, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Two pages: one reads all the time, one now and then; a third comes in between."""
    for name, seconds in (("LIST_SECONDS", 0.7), ("REORDERED_SECONDS", 0.1), ("PROGRESS_SECONDS", 0.2)):
        monkeypatch.setattr(downloads_audience, name, seconds)
    chance = random.Random(seed)
    held: dict[str, dict[str, Any]] = {}

    def happen() -> None:
        for _ in range(chance.randint(1, 60)):
            id = f"id{chance.randint(0, 200)}"
            if chance.random() < 0.3:
                held.pop(f"seedbox:{id}", None)
                relay.say(f"client/seedbox/download/{id}", b"")
            else:
                state = chance.choice(["queued", "downloading", "paused", "seeding"])
                row = download(id, state=state, progress=float(chance.randint(0, 99)), name=f"{chance.random()}" * 90)
                held[f"seedbox:{id}"] = {"title": row.name, "progress": row.progress}
                relay.say(f"client/seedbox/download/{id}", row)

    async def until_same(page: Page) -> None:
        async with asyncio.timeout(20):
            while {id: {key: row[key] for key in ("title", "progress")} for id, row in page.rows.items()} != held:
                await page.take(await page.client.next(20))

    async def whatever_happens(slow: Raw) -> None:
        async with raw(relay, "downloads") as quick:
            pages = [Page(await quick.greet()), Page(await slow.greet())]
            reading = asyncio.create_task(pages[0].run())
            for turn in range(60):
                happen()
                await asyncio.sleep(chance.choice([0.0, 0.0, 0.01, 0.05]))
                if turn % 20 == 10:
                    for _ in range(chance.randint(0, 5)):
                        await pages[1].take(await slow.next())
            while not reading.done():  # wait_for of Python 3.11 may swallow one
                reading.cancel()
                await asyncio.wait([reading], timeout=0.1)
            assert any(reader.lagging for reader in relay.hub.channels)
            async with raw(relay, "downloads") as late:
                for page in (*pages, Page(await late.greet())):
                    await until_same(page)

    happen()
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.connect(relay.server.address)
    async with raw(relay, "downloads", max_queue=1, compression=None, sock=narrow) as slow:
        await relay.until(lambda relay: all(place.connection for place in relay.server.connections))
        (place,) = relay.server.connections
        assert isinstance(place.connection, Socket)
        assert place.connection._session is not None
        line = place.connection._session.outlet._transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        await whatever_happens(slow)
    await relay.until(lambda relay: len(relay.hub.channels) == 0)
