"""Who gets in over real HTTP, as whom, from which pages, and how that ends."""

import asyncio
import json
import logging
import re
import time
from typing import Any

import aiohttp
import pytest

from downloads2mqtt.relay.access import login as login_module
from downloads2mqtt.relay.access.gate import COOKIE
from downloads2mqtt.relay.access.passwords import PasswordHash
from tests.bridge.relay.builders import download, event
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.people import PASSWORD, TOKEN, bearer, token, user

ANNA = {"user": "anna", "password": PASSWORD}


def own(relay: Relay) -> dict[str, str]:
    return {"Origin": relay.url("")}


class Browser:
    """A browser at the relay's own page: keeps cookies, says its origin."""

    def __init__(self, relay: Relay, **options: Any) -> None:
        self.relay = relay
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), **options)

    async def __aenter__(self) -> "Browser":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.close()

    async def post(self, path: str, said: object = None, **headers: str) -> tuple[int, Any]:
        url = self.relay.url(f"/api/v1/{path}")
        async with self.http.post(url, json=said, headers={**own(self.relay), **headers}) as answer:
            return answer.status, await answer.json() if answer.content_length else None

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        async with self.http.get(self.relay.url(f"/api/v1/{path}"), headers=headers) as answer:
            return answer.status, await answer.json()

    async def log_in(self, said: object = ANNA) -> int:
        status, _ = await self.post("login", said)
        return status

    def connect(self, path: str = "/api/v1/ws", **headers: str) -> Any:
        return self.http.ws_connect(self.relay.url(path, "ws"), headers={**own(self.relay), **headers})


async def opened(relay: Relay) -> None:
    """A relay with downloads of two clients, one of them hidden from who may see seedbox only."""
    await relay.greet("seedbox", "hiddenbox")
    relay.say("client/seedbox/download/a", download("a", category="tv"))
    relay.say("client/seedbox/download/b", download("b", category="hidden-category", name="HIDDEN name"))
    relay.say("client/hiddenbox/download/h", download("h", "hiddenbox", name="HIDDEN name", category="tv"))
    await relay.until(lambda relay: relay.hub.counts()["downloads"] == 3 and not relay.hub._image.downloads._before)


# ------------------------------------------------------------------------------------------------------ who gets in


async def test_a_browser_is_told_over_its_socket_to_log_in(start: Start) -> None:
    relay = await start(users={"anna": user()})
    async with aiohttp.ClientSession() as http, http.ws_connect(relay.url("/api/v1/ws")) as socket:
        assert (await socket.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == 4401


@pytest.mark.parametrize("path", ["/api/v1/state", "/api/v1/session", "/api/v1/ws"])
async def test_without_anything_one_is_asked_who_one_is(start: Start, path: str) -> None:
    relay = await start(users={"anna": user()})
    async with aiohttp.ClientSession() as http, http.get(relay.url(path)) as answer:
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        said = await answer.json()
        assert (said["status"], said["error"]["code"], said["login"]) == ("error", "unauthorized", "form")


async def test_the_page_itself_needs_nothing(start: Start) -> None:
    relay = await start(tokens={"wall": token()})
    async with aiohttp.ClientSession() as http:
        async with http.get(relay.url("/")) as answer:
            assert answer.status == 200
        async with http.get(relay.url("/api/v1/session")) as answer:
            assert (await answer.json())["login"] == "none"


async def test_an_open_relay_asks_nobody(relay: Relay) -> None:
    async with Browser(relay) as browser:
        assert await browser.get("session") == (
            200,
            {"user": None, "login": "none", "control": "safe", "clients": None, "categories": None},
        )
        assert (await browser.post("ticket"))[0] == 200
        assert await browser.log_in() == 404
        status, _ = await browser.get("state", Authorization="Bearer something-else")
        assert status == 200


async def test_login_gives_a_cookie_that_no_script_reads_and_no_other_site_sends(start: Start) -> None:
    relay = await start(users={"anna": user(clients=("seedbox",), control="off")})
    async with Browser(relay) as browser:
        url = relay.url("/api/v1/login")
        async with browser.http.post(url, json=ANNA, headers=own(relay)) as answer:
            assert answer.status == 204
            (cookie,) = answer.headers.getall("Set-Cookie")
            assert re.search(r"; HttpOnly", cookie)
            assert re.search(r"; SameSite=Strict", cookie)
            assert "; Secure" not in cookie
            assert PASSWORD not in cookie
        assert await browser.get("session") == (
            200,
            {"user": "anna", "login": "form", "control": "off", "clients": ["seedbox"], "categories": None},
        )
        assert (await browser.post("logout"))[0] == 204
        assert (await browser.get("session"))[0] == 401


async def test_below_a_path_the_cookie_stays_there(start: Start) -> None:
    relay = await start(users={"anna": user()}, prefix="/downloads")
    async with Browser(relay) as browser:
        url = relay.url("/downloads/api/v1/")
        async with browser.http.post(f"{url}login", json=ANNA, headers=own(relay)) as answer:
            assert "; Path=/downloads/;" in answer.headers["Set-Cookie"]
        async with browser.http.get(f"{url}session") as answer:
            assert answer.status == 200
        async with browser.http.post(f"{url}logout", headers=own(relay)) as answer:
            assert answer.status == 204
        assert not list(browser.http.cookie_jar)


async def test_a_cookie_over_tls_goes_over_tls_only(start: Start) -> None:
    relay = await start(users={"anna": user()}, trusted_proxies=("127.0.0.0/8",), allowed_hosts=("home.example",))
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "home.example", "Origin": "https://home.example"}
    async with aiohttp.ClientSession() as http:
        async with http.post(relay.url("/api/v1/login"), json=ANNA, headers=forwarded) as answer:
            assert answer.status == 204
            assert "; Secure" in answer.headers["Set-Cookie"]
        plain = {**forwarded, "Origin": "http://home.example"}
        async with http.post(relay.url("/api/v1/login"), json=ANNA, headers=plain) as answer:
            assert answer.status == 403


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"user": "anna", "password": PASSWORD + "!"}, 401),
        ({"user": "anna", "password": ""}, 401),
        ({"user": "Anna", "password": PASSWORD}, 401),
        ({"user": "nobody", "password": PASSWORD}, 401),
        ({"user": "", "password": ""}, 401),
        ({"user": "anna", "password": "x" * 257}, 400),
        ({"user": "anna", "password": "x" * 5000}, 400),
        ({"user": "anna"}, 400),
        ({"user": ["anna"], "password": PASSWORD}, 400),
        ([], 400),
        ("\udfff", 400),
    ],
)
async def test_a_wrong_login(start: Start, said: object, status: int) -> None:
    relay = await start(users={"anna": user()})
    async with Browser(relay) as browser:
        got, answer = await browser.post("login", said)
        assert got == status
        assert set(answer) >= {"status", "error"}
        assert not list(browser.http.cookie_jar)


async def test_a_form_of_another_page_cannot_log_anybody_in(start: Start) -> None:
    relay = await start(users={"anna": user()})
    async with aiohttp.ClientSession() as http:
        text = json.dumps(ANNA)
        async with http.post(relay.url("/api/v1/login"), data=text, headers={"Content-Type": "text/plain"}) as answer:
            assert answer.status == 400
        async with http.post(relay.url("/api/v1/login"), json=ANNA, headers={"Origin": "https://evil.example"}) as no:
            assert no.status == 403


async def test_an_unknown_user_takes_as_long_as_a_wrong_password(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[PasswordHash] = []
    real = PasswordHash.matches

    def matches(self: PasswordHash, password: str) -> bool:
        asked.append(self)
        return real(self, password)

    monkeypatch.setattr(PasswordHash, "matches", matches)
    relay = await start(users={"anna": {"password": str(PasswordHash.of(PASSWORD))}})
    async with Browser(relay) as browser:
        for name in ("anna", "nobody"):
            assert await browser.log_in({"user": name, "password": "wrong"}) == 401
    assert [(one.cost, one.block, one.passes) for one in asked] == [(14, 8, 5)] * 2


async def test_whoever_guesses_has_to_wait_and_others_do_not(start: Start) -> None:
    relay = await start(users={"anna": user()}, trusted_proxies=("127.0.0.1",))
    async with Browser(relay) as browser:
        wrong = {"user": "anna", "password": "wrong"}
        statuses = [(await browser.post("login", wrong, **{"X-Forwarded-For": "192.0.2.1"}))[0] for _ in range(12)]
        assert statuses == [401] * 10 + [429] * 2
        url, there = relay.url("/api/v1/login"), {**own(relay), "X-Forwarded-For": "192.0.2.1"}
        async with browser.http.post(url, json=ANNA, headers=there) as answer:
            assert answer.status == 429
            assert 0 < int(answer.headers["Retry-After"]) <= 20
        assert (await browser.post("login", ANNA, **{"X-Forwarded-For": "192.0.2.2"}))[0] == 204


async def test_guesses_at_the_same_time_count_each(start: Start) -> None:
    relay = await start(users={"anna": user()})
    async with Browser(relay) as browser:
        wrong = {"user": "anna", "password": "wrong"}
        statuses = await asyncio.gather(*(browser.log_in(wrong) for _ in range(40)))
        assert statuses.count(401) == 10
        assert statuses.count(429) == 30


async def test_who_logs_in_often_is_no_guesser(start: Start) -> None:
    relay = await start(users={"anna": user()})
    async with Browser(relay) as browser:
        assert {await browser.log_in() for _ in range(15)} == {204}


async def test_passwords_are_checked_beside_the_loop(start: Start) -> None:
    relay = await start(users={"anna": {"password": str(PasswordHash.of(PASSWORD))}})
    async with Browser(relay) as browser:
        trying = asyncio.gather(*(browser.log_in({"user": "anna", "password": "wrong"}) for _ in range(4)))
        longest = 0.0
        while not trying.done():
            started = time.monotonic()
            await asyncio.sleep(0.005)
            longest = max(longest, time.monotonic() - started)
        assert set(await trying) == {401}
        assert longest < 0.3


async def test_tokens(start: Start) -> None:
    relay = await start(tokens={"wall": token(control="off"), "desk": token("d2m_other", clients=("seedbox",))})
    async with Browser(relay) as browser:
        status, said = await browser.get("session", **bearer())
        assert (status, said["user"], said["control"], said["clients"]) == (200, "wall", "off", None)
        status, said = await browser.get("session", Authorization="bearer  d2m_other ")
        assert (status, said["user"], said["clients"]) == (200, "desk", ["seedbox"])
        for wrong in ("d2m_", "d2m_test-token-of-the-walL", "x" * 7000, "ü"):
            status, said = await browser.get("session", **bearer(wrong))
            assert status == 401
        assert (await browser.get("session", Authorization="Basic d2FsbDpk"))[0] == 401
        assert (await browser.get(f"session?access_token={TOKEN}"))[0] == 401, "only hubs take it in the address"


async def test_wrong_tokens_are_slowed_and_right_ones_are_not(start: Start) -> None:
    relay = await start(tokens={"wall": token()})
    async with Browser(relay) as browser:
        statuses = [(await browser.get("session", **bearer(f"wrong{n}")))[0] for n in range(12)]
        assert statuses == [401] * 10 + [429] * 2
        assert (await browser.get("session", **bearer()))[0] == 200


async def test_a_proxys_own_login_does_not_get_in_the_way(start: Start) -> None:
    relay = await start(users={"anna": user()})
    async with Browser(relay) as browser:
        assert await browser.log_in() == 204
        assert (await browser.get("session", Authorization="Basic cHJveHk6cHJveHk="))[0] == 200


async def test_a_ticket_lets_in_once(start: Start) -> None:
    relay = await start(tokens={"wall": token(clients=("seedbox",))})
    await opened(relay)
    async with Browser(relay) as browser:
        status, said = await browser.post("ticket", **bearer())
        assert (status, said["expires_in"]) == (200, 30)
        path = f"/api/v1/ws?ticket={said['ticket']}"
        async with browser.connect(path) as socket:
            await socket.receive_json()
            snapshot = await socket.receive_json()
            assert [row["client"] for row in snapshot["downloads"]] == ["seedbox", "seedbox"]
        assert (await browser.get(f"state?ticket={said['ticket']}"))[0] == 401
        _, said = await browser.post("ticket", **bearer())
        assert (await browser.post(f"ticket?ticket={said['ticket']}"))[0] == 401, "it reads, it does not write"
        for stream in ("/api/v1/events", "/events"):
            _, said = await browser.post("ticket", **bearer())
            for status in (200, 401):
                async with browser.http.get(relay.url(f"{stream}?ticket={said['ticket']}")) as answer:
                    assert answer.status == status


# ------------------------------------------------------------------------------------------------------- which pages


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("http://127.0.0.1:{port}", 200),
        ("https://127.0.0.1:{port}", 200),
        ("https://home.example", 200),
        ("HTTPS://HOME.example:443", 200),
        ("https://home.example:444", 403),
        ("http://home.example", 403),
        ("https://evil.example", 403),
        ("https://home.example.evil.example", 403),
        ("null", 403),
        ("", 403),
        ("http://[", 403),
        ("http://127.0.0.1:1", 403),
    ],
)
@pytest.mark.parametrize("path", ["state", "ws"])
async def test_origins(start: Start, origin: str | None, status: int, path: str) -> None:
    relay = await start(tokens={"wall": token()}, allowed_origins=("https://home.example",))
    headers = bearer()
    if origin is not None:
        headers["Origin"] = origin.format(port=relay.server.address[1])
    async with Browser(relay) as browser:
        if path == "state":
            assert (await browser.get("state", **headers))[0] == status
        else:
            try:
                async with browser.http.ws_connect(relay.url("/api/v1/ws", "ws"), headers=headers):
                    got = 200
            except aiohttp.WSServerHandshakeError as error:
                got = error.status
            assert got == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "own"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://home.example"}, 200),
        ({"Origin": "null"}, 403),
    ],
)
async def test_what_changes_something_by_cookie_comes_from_our_page(
    start: Start, headers: dict[str, str], status: int
) -> None:
    relay = await start(users={"anna": user()}, allowed_origins=("https://home.example",))
    async with Browser(relay) as browser:
        assert await browser.log_in() == 204
        said = own(relay) if headers.get("Origin") == "own" else headers
        async with browser.http.post(relay.url("/api/v1/ticket"), headers=said) as answer:
            assert answer.status == status
        async with browser.http.post(relay.url("/api/v1/logout"), headers=said) as answer:
            assert answer.status == {200: 204}.get(status, status)
        assert (await browser.get("session"))[0] == (401 if status == 200 else 200)


async def test_a_page_elsewhere_cannot_even_draw_what_an_open_relay_says(relay: Relay) -> None:
    async with Browser(relay) as browser:
        assert (await browser.get("state", **{"Sec-Fetch-Site": "cross-site"}))[0] == 403
        assert (await browser.get("state", **{"Sec-Fetch-Site": "none"}))[0] == 200


async def test_only_allowed_pages_may_read_the_answers(start: Start) -> None:
    relay = await start(tokens={"wall": token()}, allowed_origins=("https://home.example/",))
    async with aiohttp.ClientSession() as http:
        asked = {
            "Origin": "https://home.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,x-requested-with",
        }
        async with http.options(relay.url("/api/v1/ticket"), headers=asked) as answer:
            assert answer.status == 204
            assert answer.headers["Access-Control-Allow-Origin"] == "https://home.example"
            assert answer.headers["Access-Control-Allow-Credentials"] == "true"
            assert answer.headers["Access-Control-Allow-Headers"] == "authorization,x-requested-with"
            assert "POST" in answer.headers["Access-Control-Allow-Methods"]
        async with http.options(relay.url("/x"), headers={**asked, "Origin": "https://evil.example"}) as answer:
            assert answer.status == 403
            assert not [name for name in answer.headers if name.startswith("Access-Control")]
        for path, status in (("/api/v1/state", 401), ("/nothing", 404), ("/", 200)):
            async with http.get(relay.url(path), headers={"Origin": "https://home.example"}) as answer:
                assert answer.status == status
                assert answer.headers["Access-Control-Allow-Origin"] == "https://home.example"
                assert "Origin" in answer.headers["Vary"]
            async with http.get(relay.url(path), headers={"Origin": "https://evil.example"}) as answer:
                assert "Access-Control-Allow-Origin" not in answer.headers
                assert "Origin" in answer.headers["Vary"]


# --------------------------------------------------------------------------------------------------------- its end


async def ending(socket: aiohttp.ClientWebSocketResponse) -> object:
    """The code with which the relay ends a connection."""
    while (message := await asyncio.wait_for(socket.receive(), 10)).type is aiohttp.WSMsgType.TEXT:
        pass
    return message.data


async def test_logging_out_ends_what_is_connected_by_it(start: Start) -> None:
    relay = await start(users={"anna": user()})
    async with Browser(relay) as browser, Browser(relay) as other:
        assert (await browser.log_in(), await other.log_in()) == (204, 204)
        _, said = await browser.post("ticket")
        _, spare = await browser.post("ticket")
        async with (
            browser.connect() as one,
            browser.http.ws_connect(relay.url(f"/api/v1/ws?ticket={said['ticket']}", "ws")) as two,
            other.connect() as untouched,
        ):
            assert (await browser.post("logout"))[0] == 204
            assert [await ending(one), await ending(two)] == [4401, 4401]
            await untouched.send_json({"t": "ping"})
            while (await asyncio.wait_for(untouched.receive_json(), 5))["t"] != "heartbeat":
                pass
        async with aiohttp.ClientSession() as http:
            async with http.get(relay.url(f"/api/v1/state?ticket={spare['ticket']}")) as answer:
                assert answer.status == 401


async def test_a_copied_cookie_is_worth_nothing_after_logging_out(start: Start) -> None:
    relay = await start(users={"anna": user()})
    async with Browser(relay) as browser:
        await browser.log_in()
        (cookie,) = (one.value for one in browser.http.cookie_jar if one.key == COOKIE)
        await browser.post("logout")
    async with aiohttp.ClientSession(cookies={COOKIE: cookie}, cookie_jar=aiohttp.CookieJar(unsafe=True)) as thief:
        async with thief.get(relay.url("/api/v1/session"), cookies={COOKIE: cookie}) as answer:
            assert answer.status == 401


async def test_a_connection_ends_soon_after_its_grant(start: Start) -> None:
    relay = await start(users={"anna": user()})
    gate = relay.server._gate
    async with Browser(relay) as browser:
        gate.wall = lambda: time.time() - 30 * 86400 + 2
        assert await browser.log_in() == 204
        async with browser.connect() as socket:
            started = time.monotonic()
            assert await ending(socket) == 4401
            assert 0.5 < time.monotonic() - started < 6
        gate.wall = time.time
        assert (await browser.get("session"))[0] == 401


async def test_a_session_that_is_used_is_renewed(start: Start) -> None:
    relay = await start(users={"anna": user()})
    gate = relay.server._gate
    async with Browser(relay) as browser:
        await browser.log_in()
        first = [one.value for one in browser.http.cookie_jar]
        assert (await browser.get("session"))[0] == 200
        assert [one.value for one in browser.http.cookie_jar] == first
        gate.wall = lambda: time.time() + 20 * 86400
        assert (await browser.get("session"))[0] == 200
        assert [one.value for one in browser.http.cookie_jar] != first
        gate.wall = lambda: time.time() + 45 * 86400
        assert (await browser.get("session"))[0] == 200
        assert (await browser.post("logout"))[0] == 204


async def test_logging_out_of_a_renewed_session_ends_its_first_cookie_too(start: Start) -> None:
    relay = await start(users={"anna": user()})
    gate = relay.server._gate
    async with Browser(relay) as browser:
        await browser.log_in()
        first = {one.key: one.value for one in browser.http.cookie_jar}
        gate.wall = lambda: time.time() + 20 * 86400
        async with aiohttp.ClientSession() as http:
            for log_out, status in ((False, 200), (True, 401)):
                assert (await browser.get("session"))[0] == 200
                assert {one.key: one.value for one in browser.http.cookie_jar} != first
                if log_out:
                    assert (await browser.post("logout"))[0] == 204
                async with http.get(relay.url("/api/v1/session"), cookies=first) as answer:
                    assert answer.status == status


async def test_sessions_outlive_the_relay_when_it_has_a_key_and_end_with_the_password(start: Start) -> None:
    anna, key = user(), "k" * 32
    first = await start(users={"anna": anna}, session_key=key)
    async with Browser(first) as browser:
        await browser.log_in()
        cookies = {COOKIE: next(one.value for one in browser.http.cookie_jar)}
    for settings, status in (
        ({"users": {"anna": anna}, "session_key": key}, 200),
        ({"users": {"anna": user()}, "session_key": key}, 401),
        ({"users": {"bert": anna}, "session_key": key}, 401),
        ({"users": {"anna": anna}}, 401),
    ):
        relay = await start(**settings)
        async with aiohttp.ClientSession() as http:
            async with http.get(relay.url("/api/v1/session"), cookies=cookies) as answer:
                assert answer.status == status


# ------------------------------------------------------------------------------------------------------- what is seen


SCOPES = [
    ({"clients": ("seedbox",)}, {"a", "b"}),
    ({"categories": ("tv",)}, {"a", "h"}),
    ({"clients": ("seedbox",), "categories": ("tv",)}, {"a"}),
    ({"clients": ()}, set()),
    ({"clients": ("nothing",)}, set()),
    ({}, {"a", "b", "h"}),
]


@pytest.mark.parametrize(("scope", "seen"), SCOPES)
async def test_a_reader_sees_its_scope_and_no_more(start: Start, scope: dict[str, Any], seen: set[str]) -> None:
    relay = await start(tokens={"wall": token(**scope)})
    await opened(relay)
    async with Browser(relay) as browser:
        _, state = await browser.get("state", **bearer())
        assert {row["id"] for row in state["downloads"]} == seen
        async with browser.connect(**bearer()) as socket:
            said = [await socket.receive_str(), await socket.receive_str()]
            assert {row["id"] for row in json.loads(said[1])["downloads"]} == seen
            relay.say("client/hiddenbox/event", event(1, "h", "hiddenbox", name="HIDDEN name"))
            relay.say("client/hiddenbox/status", b"")
            for key in ("hiddenbox:h", "hiddenbox:nothing"):
                await socket.send_json({"t": "get", "id": key})
            await socket.send_json({"t": "ping"})
            while json.loads(said[-1])["t"] != "heartbeat":
                said.append(await asyncio.wait_for(socket.receive_str(), 5))
            if scope.get("clients") is not None:
                shown = [text.replace("hiddenbox:h", "").replace("hiddenbox:nothing", "") for text in said]
                assert "hiddenbox" not in "".join(shown)
                responses = [text for text in shown if '"response"' in text]
                assert len(set(responses)) == 1, "what is hidden and what is not there are told the same"


async def test_the_hook_has_a_token_of_its_own(start: Start) -> None:
    relay = await start(tokens={"wall": token()}, hook_token="hook-token")
    async with aiohttp.ClientSession() as http:
        for said, status in (("hook-token", 404), (TOKEN, 403)):
            async with http.post(relay.url("/api/v1/hook/nothing"), headers=bearer(said)) as answer:
                assert answer.status == status


# ------------------------------------------------------------------------------------------------------------- secrets


async def test_no_token_reaches_a_log(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    relay = await start(tokens={"wall": token()}, users={"anna": user()})
    secrets = ("SECRET-in-query", "SECRET-ticket", "SECRET-bearer", "SECRET-cookie", "SECRET-password")
    path = "/api/v1/session?access_token=SECRET-in-query&ticket=SECRET-ticket&token=SECRET-in-query"

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    async with Browser(relay) as browser:
        headers = {"Cookie": f"{COOKIE}=SECRET-cookie", **bearer("SECRET-bearer")}
        said = []
        for way in (path, "/api/v1/state?access_token=SECRET-in-query", "/nothing?ticket=SECRET-ticket"):
            async with browser.http.get(relay.url(way), headers=headers) as answer:
                said.append(await answer.text())
        said.append(json.dumps(await browser.post("login", {"user": "anna", "password": "SECRET-password"})))
        relay.server._gate.sessions.read = fail  # type: ignore[assignment]
        async with browser.http.get(relay.url(path.replace("ticket=", "x=")), headers=headers) as answer:
            said.append(await answer.text())
        async with browser.http.get(relay.url("/api/v1/session?x=SECRET-in-query")) as answer:
            assert answer.status == 500
            said.append(await answer.text())
        for line in (f"GET {path} HTTP/9.9\r\n\r\n", f"GET {path}\r\n\r\n", f"G@T {path} HTTP/1.1\r\n\r\n"):
            reader, writer = await asyncio.open_connection(*relay.server.address)
            writer.write(line.encode())
            await asyncio.wait_for(reader.read(), 5)
            writer.close()
    assert any(record.exc_info for record in caplog.records)
    text = "".join(said) + caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert not [secret for secret in secrets if secret in text]


def test_a_waiting_line_has_an_end() -> None:
    assert login_module.MOST_WAITING <= 32


async def test_an_open_relay_says_so_loudly(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    await start(listen="0.0.0.0:0", open=True)
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert record.message.startswith("http.open: everybody who reaches 0.0.0.0:0 sees everything")
    caplog.clear()
    await start(listen="0.0.0.0:0", tokens={"wall": token()})
    await start()
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    await start(allowed_hosts=("home.example",))
    assert "a proxy may let others in" in caplog.text
