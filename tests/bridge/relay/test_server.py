"""The server: routes, headers, who is let in, and how it ends."""

import asyncio
import gzip
import socket
import time

import aiohttp
import pytest
from pydantic import ValidationError

from downloads2mqtt.errors import ConfigurationError
from downloads2mqtt.relay import assets
from downloads2mqtt.relay.clock import utc
from downloads2mqtt.relay.server import Server
from downloads2mqtt.relay.settings import HttpSettings
from tests.bridge.relay.builders import download
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.mirror import Mirror


async def told(relay: Relay) -> None:
    """Until the hub has told all it has."""
    await relay.until(lambda relay: relay.hub.channels.seq)
    await asyncio.sleep(0.02)


async def test_the_page_and_its_files_are_served_with_strict_headers(relay: Relay) -> None:
    async with aiohttp.ClientSession() as session:
        for path in ("/", *(f"/assets/{name}" for name in assets.load())):
            async with session.get(relay.url(path)) as answer:
                assert answer.status == 200
                assert (await answer.read()) != b""
                policy = answer.headers["Content-Security-Policy"]
                assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
                assert "unsafe" not in policy
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                etag = answer.headers["ETag"]
            async with session.get(relay.url(path), headers={"If-None-Match": etag}) as answer:
                assert answer.status == 304


@pytest.mark.parametrize("path", ["/assets/nothing.js", "/assets/../server.py", "/assets/%2e%2e%2fserver.py", "/x"])
async def test_nothing_else_is_served(relay: Relay, path: str) -> None:
    reader, writer = await asyncio.open_connection(*relay.server.address)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {relay.authority}\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"nosniff" in answer


@pytest.mark.parametrize(("encoding", "zipped"), [("gzip", "gzip"), ("identity", None)])
async def test_what_lies_between_keeps_what_is_zipped_apart(relay: Relay, encoding: str, zipped: str | None) -> None:
    headers = {"Accept-Encoding": encoding}
    async with aiohttp.ClientSession() as http, http.get(relay.url("/"), headers=headers) as answer:
        assert (answer.headers.get("Content-Encoding"), answer.headers["Vary"]) == (zipped, "Accept-Encoding")


async def test_the_state_is_zipped_and_sent_again_only_when_it_changed(relay: Relay) -> None:
    for number in range(200):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}"))
    await told(relay)
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        url = relay.url("/api/v1/state")
        async with session.get(url, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            etag, zipped = answer.headers["ETag"], await answer.read()
        async with session.get(url, headers={"Accept-Encoding": "identity"}) as answer:
            assert "Content-Encoding" not in answer.headers
            assert gzip.decompress(zipped) == await answer.read()
        mirror = Mirror()
        mirror.apply(gzip.decompress(zipped))
        assert len(mirror.downloads) == 200
        async with session.get(url, headers={"If-None-Match": etag}) as answer:
            assert answer.status == 304
            assert await answer.read() == b""
        relay.say("client/seedbox/download/id1", b"")
        await asyncio.sleep(0.1)
        async with session.get(url, headers={"If-None-Match": etag}) as answer:
            assert answer.status == 200
            assert answer.headers["ETag"] != etag


async def test_health(start: Start) -> None:
    relay = await start()
    async with aiohttp.ClientSession() as session:
        async with session.get(relay.url("/healthz")) as answer:
            assert answer.status == 503
            assert (await answer.json())["broker"] is False
        await relay.greet("seedbox")
        relay.say("client/seedbox/download/a", download("a"))
        relay.say("client/seedbox/download/b", b"garbage")
        await told(relay)
        async with session.get(relay.url("/healthz")) as answer:
            assert answer.status == 200
            assert await answer.json() == {
                "broker": True,
                "bridges": 1,
                "bridges_online": 1,
                "clients": 1,
                "clients_available": 1,
                "downloads": 1,
                "readers": 0,
                "bad_messages": 1,
            }
        relay.feed.on_disconnect()
        async with session.get(relay.url("/healthz")) as answer:
            assert (answer.status, (await answer.json())["broker"]) == (503, False)


@pytest.mark.parametrize(
    ("settings", "host", "status"),
    [
        ({}, "localhost:8484", 200),
        ({}, "127.0.0.1", 200),
        ({}, "[::1]:8484", 200),
        ({}, "evil.example", 403),
        ({}, "127.0.0.1.evil.example:8484", 403),
        ({"allowed_hosts": ("downloads.example",)}, "Downloads.example", 200),
        ({"allowed_hosts": ("downloads.example",)}, "evil.example", 403),
        ({"listen": "0.0.0.0:0", "open": True}, "nas.local:8484", 200),
        ({"listen": "0.0.0.0:0", "open": True}, "nas", 200),
        ({"listen": "0.0.0.0:0", "open": True}, "evil.example", 403),
        ({"listen": "0.0.0.0:0", "open": True}, "local.evil.example", 403),
        ({"listen": "0.0.0.0:0", "open": True}, "", 403),
        ({"listen": "0.0.0.0:0", "open": True, "allowed_hosts": ("nas.local",)}, "evil.example", 403),
        ({"listen": "0.0.0.0:0", "open": True, "allowed_hosts": ("nas.local",)}, "other.local", 403),
    ],
)
async def test_names_that_strangers_bound_to_this_machine_are_refused(
    start: Start, settings: dict[str, object], host: str, status: int
) -> None:
    relay = await start(**settings)
    url = f"http://127.0.0.1:{relay.server.address[1]}/"
    async with aiohttp.ClientSession() as session, session.get(url, headers={"Host": host}) as answer:
        assert answer.status == status


async def test_a_port_that_is_taken_is_said_in_a_sentence(relay: Relay) -> None:
    taken = f"127.0.0.1:{relay.server.address[1]}"
    server = Server(relay.hub, relay.feed, HttpSettings(listen=taken))
    with pytest.raises(ConfigurationError, match=f"another program listens on {taken} already"):
        await server.start()


async def test_a_host_that_is_not_ours_is_said_in_a_sentence(relay: Relay) -> None:
    server = Server(relay.hub, relay.feed, HttpSettings(listen="192.0.2.1:0", open=True))
    with pytest.raises(ConfigurationError, match=r"cannot listen on 192\.0\.2\.1:0"):
        await server.start()


async def test_ipv6(start: Start) -> None:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    relay = await start(listen="[::1]:0")
    async with aiohttp.ClientSession() as session, session.get(relay.url("/")) as answer:
        assert answer.status == 200


async def test_what_goes_wrong_in_telling_is_raised_by_run(start: Start) -> None:
    relay = await start()

    def fail(now: float) -> None:
        raise ZeroDivisionError

    relay.hub.flush = fail  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        async with asyncio.timeout(5):
            await relay.server.run()


async def test_it_ends_within_a_second_even_with_a_reader_that_does_not_listen(start: Start) -> None:
    relay = await start()
    host, port = relay.server.address
    for number in range(3000):
        relay.say(f"client/seedbox/download/id{number}", download(f"id{number}", name="x" * 500))
    stuck = socket.create_connection((host, port))
    stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stuck.sendall(
        f"GET /api/v1/ws HTTP/1.1\r\nHost: {relay.authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    async with aiohttp.ClientSession() as session, session.ws_connect(relay.url("/api/v1/ws", "ws")) as polite:
        await polite.receive()
        await asyncio.sleep(0.2)
        started = time.monotonic()
        closing = asyncio.create_task(relay.server.aclose())
        while not polite.closed:
            message = await polite.receive()
            if message.type is aiohttp.WSMsgType.CLOSE:
                break
        await closing
        assert time.monotonic() - started < 1.1
        assert polite.close_code == 1001
    stuck.close()


@pytest.mark.parametrize(
    ("listen", "address"),
    [
        ("127.0.0.1:8484", ("127.0.0.1", 8484)),
        ("[::1]:0", ("::1", 0)),
        ("[::]:80", ("::", 80)),
        ("nas.local:65535", ("nas.local", 65535)),
    ],
)
def test_addresses(listen: str, address: tuple[str, int]) -> None:
    assert HttpSettings(listen=listen, open=True).address == address


@pytest.mark.parametrize(
    "listen", ["", "8484", ":8484", "127.0.0.1", "::1:8484", "[::1]", "a:b", "h:99999", "http://h:1"]
)
def test_addresses_that_are_none(listen: str) -> None:
    with pytest.raises(ValidationError, match=r"is not host:port, such as|there is no port"):
        HttpSettings(listen=listen)


def test_settings_are_strict() -> None:
    with pytest.raises(ValidationError):
        HttpSettings(port=1)  # type: ignore[call-arg]
    with pytest.raises(ValidationError):
        HttpSettings(max_connections=0)


def test_times_are_written_as_the_contract_has_them() -> None:
    assert len(utc()) == len("2026-11-21T10:00:00Z")
    assert utc().endswith("Z")
