"""Everything below a path."""

import httpx
import pytest
import websockets
from pydantic import ValidationError

from downloads2mqtt.relay.prefix import prefix
from downloads2mqtt.relay.settings import HttpSettings
from tests.bridge.relay.conftest import Start


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", ""),
        ("/", ""),
        ("/downloads", "/downloads"),
        ("/downloads/", "/downloads"),
        ("/a/b-c_d.e~f", "/a/b-c_d.e~f"),
    ],
)
def test_paths(text: str, path: str) -> None:
    assert prefix(text) == path


@pytest.mark.parametrize("text", ["downloads", "/a//b", "/a/../b", "/a/./b", "/{x}", "/a b", "//evil.example", "/a?b"])
def test_what_is_no_path(text: str) -> None:
    with pytest.raises(ValidationError, match="is no path such as /downloads"):
        HttpSettings(prefix=text)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/downloads/", 200),
        ("/downloads/api/v1/state", 200),
        ("/downloads/api/v1/session", 200),
        ("/downloads/metrics", 200),
        ("/downloads/healthz", 503),
        ("/healthz", 503),
        ("/api/v1/state", 404),
        ("/downloadsapi/v1/state", 404),
        ("/downloads//api/v1/state", 404),
    ],
)
async def test_all_is_below_it(start: Start, path: str, status: int) -> None:
    relay = await start(prefix="/downloads")
    async with httpx.AsyncClient() as http:
        assert (await http.get(relay.url(path))).status_code == status


@pytest.mark.parametrize("path", ["/", "/downloads", "/downloads?state=paused"])
async def test_the_way_to_the_page(start: Start, path: str) -> None:
    relay = await start(prefix="/downloads")
    async with httpx.AsyncClient() as http:
        answer = await http.get(relay.url(path))
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/downloads/" + path.partition("?")[1] + path.partition("?")[2]


async def test_sockets_are_below_it(start: Start) -> None:
    relay = await start(prefix="/downloads")
    async with websockets.connect(relay.url("/downloads/api/v1/ws", "ws")) as connection:
        assert "hello" in str(await connection.recv())
