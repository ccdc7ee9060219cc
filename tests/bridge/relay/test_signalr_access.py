"""Who may connect to the hubs, through the real gate: tokens as SignalR's clients bring them, and scopes."""

import httpx
import pytest
import websockets

from downloads2mqtt.contract.event import Notification
from tests.bridge.relay.builders import AT, download
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.people import TOKEN, token
from tests.bridge.relay.signalr_clients import official, raw

BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
async def guarded(start: Start) -> Relay:
    """A relay whose one token sees the client seedbox."""
    relay = await start(tokens={"wall": token(clients=("seedbox",))})
    await relay.greet("seedbox", "nas")
    relay.say("client/seedbox/download/a", download("a"))
    relay.say("client/nas/download/b", download("b", "nas"))
    return relay


@pytest.mark.parametrize("transport", ["WebSockets", "ServerSentEvents", "LongPolling"])
async def test_the_official_client_with_a_token(guarded: Relay, transport: str) -> None:
    async with official(guarded, "downloads", transport, token=TOKEN) as client:
        assert [row["id"] for row in await client.event("DownloadsList")] == ["seedbox:a"]
        assert [row["id"] for row in await client.event("QueueUpdate")] == ["seedbox:a"]
    async with official(guarded, "downloads", transport, token="wrong") as client:
        assert "401" in (await client.until(state="failed"))["error"]
    async with official(guarded, "downloads", transport) as client:
        assert "401" in (await client.until(state="failed"))["error"]


async def test_a_raw_socket_brings_its_token_in_the_address(guarded: Relay) -> None:
    async with raw(guarded, "downloads", f"?access_token={TOKEN}") as client:
        await client.greet()
        assert [row["id"] for row in await client.until("DownloadsList")] == ["seedbox:a"]
    for query in ("", "?access_token=wrong", f"?token={TOKEN}"):
        with pytest.raises(websockets.InvalidStatus, match="401"):
            async with raw(guarded, "downloads", query):
                pass


async def test_every_door_of_the_hubs_asks(guarded: Relay) -> None:
    async with httpx.AsyncClient(base_url=guarded.url("")) as http:
        answer = await http.post("/hubs/downloads/negotiate?negotiateVersion=1", headers=BEARER)
        id = answer.json()["connectionToken"]
        for method, path in (
            ("POST", "/hubs/downloads/negotiate"),
            ("GET", f"/hubs/downloads?id={id}"),
            ("POST", f"/hubs/downloads?id={id}"),
            ("DELETE", f"/hubs/downloads?id={id}"),
            ("GET", "/api/v1/signalr/connection-info"),
        ):
            assert (await http.request(method, path)).status_code == 401, (method, path)
        assert (await http.get("/api/v1/signalr/connection-info", headers=BEARER)).json()["userId"] == "wall"
        assert TOKEN not in answer.text


async def test_a_login_that_ends_closes_the_connection(guarded: Relay) -> None:
    async with raw(guarded, "job-progress", f"?access_token={TOKEN}") as client:
        await client.greet()
        (place,) = guarded.server.connections
        guarded.server.connections.end(lambda one: one is place, 4401, "the authentication has expired")
        while (message := await client.next())["type"] != 7:
            pass
        assert message == {"type": 7, "error": "the authentication has expired", "allowReconnect": True}
        with pytest.raises(websockets.ConnectionClosed, match="4401"):
            await client.next()


async def test_a_message_for_one_user_reaches_nobody_else(guarded: Relay) -> None:
    async with raw(guarded, "downloads", f"?access_token={TOKEN}") as client:
        await client.greet()
        await client.until("QueueUpdate")
        for user in ("anna", "wall"):
            guarded.hub.notify(Notification(type="greeting", message=f"hello {user}", at=AT), user)
        assert (await client.until("Notification"))["message"] == "hello wall"


async def test_below_a_path(start: Start) -> None:
    relay = await start(prefix="/downloads")
    await relay.greet("seedbox")
    relay.say("client/seedbox/download/a", download("a"))
    for transport in ("WebSockets", "ServerSentEvents", "LongPolling"):
        async with official(relay, "downloads", transport, prefix="/downloads") as client:
            assert [row["id"] for row in await client.event("QueueUpdate")] == ["seedbox:a"]
    async with httpx.AsyncClient() as http:
        told = (await http.get(relay.url("/downloads/api/v1/signalr/connection-info"))).json()
    assert told["hubUrl"] == "/downloads/hubs/job-progress"
    assert {hub["url"] for hub in told["hubs"]} == {"/downloads/hubs/downloads", "/downloads/hubs/job-progress"}
