"""What is asked once: downloads, the health check, and what of it is whose business."""

from typing import Any

import httpx
import pytest

from downloads2mqtt.relay.access.tokens import hash_token
from tests.bridge.relay.builders import download
from tests.bridge.relay.conftest import Relay, Start

TOKEN = "token-of-the-test-" + "x" * 40


async def get(relay: Relay, path: str, **options: Any) -> httpx.Response:
    async with httpx.AsyncClient() as http:
        return await http.get(relay.url(path), **options)


async def fill(relay: Relay) -> None:
    relay.say("client/seedbox/download/a", download("a", category="tv"))
    relay.say("client/seedbox/download/b", download("b", state="paused"))
    relay.say("client/usenet/download/c", download("c", "usenet", state="paused", category="tv"))
    await relay.until(lambda relay: len(relay.hub.channels.snapshot().message.downloads) == 3)


@pytest.fixture
async def full(start: Start) -> Relay:
    relay = await start()
    await relay.greet("seedbox", "usenet")
    await fill(relay)
    return relay


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("downloads", "abc"),
        ("downloads?states=paused", "bc"),
        ("downloads?clients=usenet", "c"),
        ("downloads?categories=tv&states=paused,downloading", "ac"),
        ("downloads?ids=seedbox:a,c", "ac"),
        ("downloads?clients=nothing", ""),
        ("downloads/seedbox", "ab"),
        ("downloads/seedbox?states=paused", "b"),
    ],
)
async def test_downloads(full: Relay, path: str, ids: str) -> None:
    answer = await get(full, f"/api/v1/{path}")
    assert answer.status_code == 200
    told = answer.json()
    assert sorted(row["id"] for row in told["downloads"]) == list(ids)
    assert told["total"] == len(ids)
    again = await get(full, f"/api/v1/{path}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


async def test_one_download(full: Relay) -> None:
    answer = await get(full, "/api/v1/downloads/seedbox/a")
    assert (answer.status_code, answer.json()["name"]) == (200, "name of a")


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("downloads/seedbox/z", 404, "seedbox has no download 'z'."),
        ("downloads/usenet/a", 404, "usenet has no download 'a'."),
        ("downloads/sonar", 404, "There is no client 'sonar'."),
        ("downloads/sonar/a", 404, "There is no client 'sonar'."),
        ("downloads?states=up", 400, "Invalid enum value 'up'"),
    ],
)
async def test_what_is_not_there(full: Relay, path: str, status: int, sentence: str) -> None:
    answer = await get(full, f"/api/v1/{path}")
    assert answer.status_code == status
    assert sentence in answer.json()["error"]["message"]


async def test_only_what_one_may_see(start: Start) -> None:
    relay = await start(tokens={"tv": {"hash": hash_token(TOKEN), "clients": ["seedbox"], "categories": ["tv"]}})
    await relay.greet("seedbox", "usenet")
    await fill(relay)
    said = {"headers": {"Authorization": f"Bearer {TOKEN}"}}
    assert (await get(relay, "/api/v1/downloads")).status_code == 401
    assert [row["id"] for row in (await get(relay, "/api/v1/downloads", **said)).json()["downloads"]] == ["a"]
    hidden, missing = [await get(relay, f"/api/v1/downloads/seedbox/{id}", **said) for id in "bz"]
    assert hidden.status_code == 404
    assert hidden.text.replace("'b'", "'z'") == missing.text
    hidden, missing = [await get(relay, f"/api/v1/downloads/{client}", **said) for client in ("usenet", "usenot")]
    assert hidden.status_code == 404
    assert hidden.text.replace("usenet", "usenot") == missing.text
    assert (await get(relay, "/metrics", **said)).status_code == 403
    assert (await get(relay, "/metrics")).status_code == 401


async def test_health_is_for_everybody_and_its_figures_are_not(start: Start) -> None:
    relay = await start(tokens={"all": {"hash": hash_token(TOKEN)}})
    assert (await get(relay, "/healthz")).status_code == 503
    await relay.greet("seedbox")
    answer = await get(relay, "/healthz")
    assert (answer.status_code, answer.json()) == (200, {"broker": True})
    assert (await get(relay, "/healthz", headers={"Authorization": "Bearer wrong"})).json() == {"broker": True}
    told = (await get(relay, "/healthz", headers={"Authorization": f"Bearer {TOKEN}"})).json()
    assert told["bad_messages"] == 0
