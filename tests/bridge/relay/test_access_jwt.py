"""JSON Web Tokens with real keys, and a real login service that has them."""

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from downloads2mqtt.relay.access import jwks
from downloads2mqtt.relay.access.jwks import KeySet, KeysUnavailable
from downloads2mqtt.relay.access.jwt import BadToken, JsonWebTokens
from downloads2mqtt.relay.access.settings import JwtSettings
from tests.bridge.relay.builders import download
from tests.bridge.relay.conftest import Relay, Start
from tests.bridge.relay.people import bearer

KEY = rsa.generate_private_key(65537, 2048)
OTHER_KEY = rsa.generate_private_key(65537, 2048)
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
SECRET = "a secret of thirty-two characters or more"
SERVICE = {"issuer": "https://login.example", "audience": "downloads"}
RS256 = {**SERVICE, "algorithm": "RS256", "public_key": PEM}
HS256 = {**SERVICE, "algorithm": "HS256", "secret": SECRET}


def claims(**other: Any) -> dict[str, Any]:
    told = {"iss": "https://login.example", "aud": "downloads", "sub": "anna", "exp": int(time.time()) + 60, **other}
    return {key: value for key, value in told.items() if value is not None}


def signed(key: Any = KEY, algorithm: str = "RS256", id: str | None = None, **other: Any) -> str:
    return jwt.encode(claims(**other), key, algorithm, headers=None if id is None else {"kid": id})


def forged(header: dict[str, Any], signature: bytes = b"") -> str:
    parts = json.dumps(header).encode(), json.dumps(claims()).encode(), signature
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def hmac_with_the_public_key() -> str:
    """The old trick: the public key, which everybody has, taken for the secret of HS256."""
    text = forged({"alg": "HS256", "typ": "JWT"}).removesuffix(".")
    mac = hmac.new(PEM.encode(), text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


@pytest.mark.parametrize("settings", [RS256, HS256])
async def test_a_good_token(settings: dict[str, Any]) -> None:
    key = {"RS256": KEY, "HS256": SECRET}[settings["algorithm"]]
    tokens = JsonWebTokens(JwtSettings(**settings, clients=("seedbox",), control="off"))
    end = int(time.time()) + 60
    grant = await tokens.grant(signed(key, settings["algorithm"], exp=end, aud=["x", "downloads"]))
    assert (grant.user, grant.scope.clients, grant.control) == ("anna", frozenset({"seedbox"}), "off")
    assert grant.expires_at == end + 30
    assert (await tokens.grant(signed(key, settings["algorithm"], exp=int(time.time()) - 20))).user == "anna"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: signed(exp=int(time.time()) - 40), "the token has expired"),
        (lambda: signed(iss="https://evil.example"), "it is another issuer's"),
        (lambda: signed(aud="other"), "it is for another audience"),
        (lambda: signed(nbf=int(time.time()) + 90), "it is not good yet"),
        (lambda: signed(exp=None), "it lacks one of exp, iss and aud"),
        (lambda: signed(iss=None), "it lacks one of|another issuer"),
        (lambda: signed(aud=None), "it lacks one of|another audience"),
        (lambda: signed(sub=None), "no usable claim 'sub'"),
        (lambda: signed(sub=""), "no usable claim 'sub'"),
        (lambda: signed(sub="a" * 200), "no usable claim 'sub'"),
        (lambda: signed(sub="a\nb"), "no usable claim 'sub'"),
        (lambda: signed(exp="soon"), "it cannot be read"),
        (lambda: signed(exp=[]), "it cannot be read"),
        (lambda: signed(exp=float("inf")), "it cannot be read"),
        (lambda: signed(exp=float("nan")), "it cannot be read"),
        (lambda: signed(OTHER_KEY), "the signature is wrong"),
        (lambda: signed(SECRET, "HS256"), "another algorithm signed it"),
        (lambda: signed(algorithm="RS512"), "another algorithm signed it"),
        (lambda: signed(algorithm="PS256"), "another algorithm signed it"),
        (lambda: signed(ec.generate_private_key(ec.SECP256R1()), "ES256"), "another algorithm signed it"),
        (hmac_with_the_public_key, "another algorithm signed it"),
        (lambda: forged({"alg": "none"}), "another algorithm signed it"),
        (lambda: forged({"alg": "None"}), "another algorithm signed it"),
        (lambda: forged({"alg": "RS256"}), "the signature is wrong"),
        (lambda: forged({"alg": ["RS256"]}), "another algorithm signed it|cannot be read"),
        (lambda: forged({"alg": "RS256", "kid": 7}), "cannot be read"),
        (lambda: forged({"alg": "RS256", "crit": ["b64"], "b64": False}), "cannot be read"),
        (lambda: signed()[:-3] + "AAA", "the signature is wrong"),
        (lambda: "", "it cannot be read"),
        (lambda: "a.b.c", "it cannot be read"),
        (lambda: "." * 5000, "it cannot be read"),
        (lambda: base64.urlsafe_b64encode(b"[" * 4000).decode() + ".e30.e30", "it cannot be read"),
    ],
)
async def test_tokens_that_grant_nothing(make: Callable[[], str], reason: str) -> None:
    with pytest.raises(BadToken, match=reason) as caught:
        await JsonWebTokens(JwtSettings(**RS256)).grant(make())
    assert caught.value.is_old is ("expired" in reason)
    assert caught.value.__cause__ is None


@given(st.text(), st.text(), st.binary(), st.booleans())
def test_no_text_makes_it_stumble(one: str, two: str, raw: bytes, is_json: bool) -> None:
    head = base64.urlsafe_b64encode(json.dumps({"alg": one, "kid": two}).encode() if is_json else raw).decode()
    tokens = JsonWebTokens(JwtSettings(**RS256))
    for text in (one, f"{one}.{two}.{one}", f"{head}.{head}.{head}", head):
        with pytest.raises(BadToken):
            asyncio.run(tokens.grant(text))


@pytest.mark.parametrize(
    ("groups", "seen"),
    [
        (["kids"], {"kids-box"}),
        ("kids", {"kids-box"}),
        (["other", "parents", "kids"], None),
        (["other"], "refused"),
        (None, "refused"),
        ({"kids": 1}, "refused"),
        ([["kids"]], "refused"),
        (7, "refused"),
    ],
)
async def test_groups_say_what_their_members_see(groups: Any, seen: Any) -> None:
    scopes = {"parents": {"control": "full"}, "kids": {"clients": ("kids-box",), "control": "off"}}
    tokens = JsonWebTokens(JwtSettings.model_validate({**RS256, "groups_claim": "roles", "groups": scopes}))
    if seen == "refused":
        with pytest.raises(BadToken, match=r"in none of the groups of http\.jwt\.groups \(claim 'roles'\)"):
            await tokens.grant(signed(roles=groups))
    else:
        grant = await tokens.grant(signed(roles=groups))
        assert grant.scope.clients == seen


async def test_another_claim_may_name_the_user() -> None:
    tokens = JsonWebTokens(JwtSettings(**RS256, user_claim="preferred_username"))
    assert (await tokens.grant(signed(preferred_username="bert"))).user == "bert"


# --------------------------------------------------------------------------------------------------- the keys' address


class Service:
    """A login service that tells its keys over HTTP."""

    def __init__(self) -> None:
        self.keys: list[dict[str, Any]] = [public(KEY, "one")]
        self.asked = 0
        self.answer: Callable[[], web.StreamResponse] | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.url = ""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        await self.gate.wait()
        return self.answer() if self.answer else web.json_response({"keys": self.keys})


def public(key: rsa.RSAPrivateKey, id: str | None, **more: Any) -> dict[str, Any]:
    told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return {"kty": "RSA", "n": told["n"], "e": told["e"], **({} if id is None else {"kid": id}), **more}


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    service = Service()
    app = web.Application()
    app.router.add_get("/jwks.json", service.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    service.url = f"http://{host}:{port}/jwks.json"
    yield service
    service.gate.set()
    await runner.cleanup()


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_keys_are_fetched_once_and_an_unknown_one_once_a_minute(service: Service) -> None:
    clock = Clock()
    keys = KeySet(service.url, clock)
    found = await asyncio.gather(*(keys.key("one") for _ in range(20)))
    assert None not in found
    assert service.asked == 1
    service.keys.append(public(OTHER_KEY, "two"))
    for _ in range(20):
        assert await keys.key("two") is None
    assert service.asked == 1
    clock.now += 60
    assert None not in await asyncio.gather(*(keys.key("two") for _ in range(20)))
    assert service.asked == 2
    assert await keys.key("three") is None
    assert await keys.key(None) is None, "there are two"


async def test_a_known_key_never_waits_for_the_service(service: Service) -> None:
    clock = Clock()
    keys = KeySet(service.url, clock)
    assert await keys.key("one")
    service.gate.clear()
    clock.now += jwks.FRESH + 1
    async with asyncio.timeout(1):
        assert await keys.key("one")
    unknown = asyncio.create_task(keys.key("two"))
    await asyncio.sleep(0.05)
    async with asyncio.timeout(1):
        assert await keys.key("one")
    assert not unknown.done()
    service.gate.set()
    assert await unknown is None
    assert service.asked == 2


async def test_keys_that_were_withdrawn_are_trusted_no_more(service: Service) -> None:
    clock = Clock()
    keys = KeySet(service.url, clock)
    assert await keys.key("one")
    service.keys = [public(OTHER_KEY, "two")]
    clock.now += jwks.FRESH + 1
    await keys.key("one")
    while service.asked < 2 or keys._fetching:
        await asyncio.sleep(0.01)
    assert await keys.key("one") is None


async def test_an_outage_is_said_once_and_keys_serve_on_for_an_hour(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    keys = KeySet(service.url, clock)
    assert await keys.key("one")
    service.answer = lambda: web.Response(status=500)
    for _ in range(5):
        clock.now += 700
        assert await keys.key("one")
        while keys._fetching:
            await asyncio.sleep(0.01)
    clock.now += 700
    with pytest.raises(KeysUnavailable):
        await keys.key("one")
    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert warnings == [f"http.jwt.jwks_url: no keys from {service.url}: the answer is 500 in place of 200"]
    asked, service.answer = service.asked, None
    with pytest.raises(KeysUnavailable):
        await keys.key("one")
    assert service.asked == asked, "not again at once"
    clock.now += jwks.AFTER_FAILURE
    assert await keys.key("one")


@pytest.mark.parametrize(
    "answer",
    [
        lambda: web.Response(text="not json"),
        lambda: web.Response(text="[]"),
        lambda: web.Response(text="{}"),
        lambda: web.Response(text='{"keys": []}'),
        lambda: web.Response(text='{"keys": [7]}'),
        lambda: web.Response(text='{"keys": [{"kty": "RSA", "n": "!", "e": "AQAB"}]}'),
        lambda: web.Response(text="[" * 100_000),
        lambda: web.Response(body=b"\xff\xfe\xfd"),
        lambda: web.Response(text=" " * 300_000),
        lambda: web.Response(status=302, headers={"Location": "/jwks.json"}),
        lambda: web.json_response({"keys": [public(KEY, "one", use="enc")]}),
        lambda: web.json_response({"keys": [public(KEY, "one", alg="RS512")]}),
        lambda: web.json_response({"keys": [public(rsa.generate_private_key(65537, 1024), "one")]}),
        lambda: web.json_response({"keys": [{"kty": "oct", "kid": "one", "k": "c2VjcmV0"}]}),
    ],
)
async def test_what_is_no_key_is_none(service: Service, answer: Callable[[], web.StreamResponse]) -> None:
    service.answer = answer
    with pytest.raises(KeysUnavailable):
        await KeySet(service.url).key("one")


async def test_a_redirect_is_not_followed(service: Service) -> None:
    """Whoever answers where it leads could sign every token."""
    away = {"Location": "/jwks.json"}
    keys = {"keys": service.keys}
    service.answer = lambda: web.Response(status=302, headers=away) if service.asked == 1 else web.json_response(keys)
    with pytest.raises(KeysUnavailable):
        await KeySet(service.url).key("one")
    assert service.asked == 1


async def test_a_token_that_names_no_key_may_have_the_only_one(service: Service) -> None:
    service.keys = [public(KEY, None), {"kty": "EC", "crv": "P-256", "kid": "x", "x": "AA", "y": "AA"}]
    assert await KeySet(service.url).key(None) is not None


def relay_settings(service: Service, **more: Any) -> dict[str, Any]:
    return {"jwt": {**SERVICE, "jwks_url": service.url, **more}}


async def session(relay: Relay, token: str) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession() as http:
        async with http.get(relay.url("/api/v1/session"), headers=bearer(token)) as answer:
            return answer.status, await answer.json()


async def test_over_http(start: Start, service: Service) -> None:
    relay = await start(**relay_settings(service, clients=("seedbox",)))
    status, said = await session(relay, signed(id="one"))
    assert (status, said["user"], said["clients"]) == (200, "anna", ["seedbox"])
    for wrong in (signed(OTHER_KEY, id="one"), signed(OTHER_KEY, id="two"), signed(SECRET, "HS256", id="one")):
        status, said = await session(relay, wrong)
        assert status == 401
        assert said["error"]["message"].startswith("Not let in: the token is not good: ")
    for _ in range(15):
        status, said = await session(relay, signed(id="one", exp=int(time.time()) - 60))
        assert (status, said["error"]["message"]) == (401, "Not let in: the token has expired.")


async def test_without_the_keys_nobody_is_let_in_and_told_why(start: Start, service: Service) -> None:
    service.answer = lambda: web.Response(status=503)
    relay = await start(**relay_settings(service))
    status, said = await session(relay, signed(id="one"))
    assert status == 503
    assert "The login service's keys cannot be had now" in said["error"]["message"]


async def test_a_ticket_ends_with_the_token_that_it_was_got_with(start: Start, service: Service) -> None:
    relay = await start(**relay_settings(service))
    async with aiohttp.ClientSession() as http:
        tickets = []
        for _ in range(2):
            async with http.post(relay.url("/api/v1/ticket"), headers=bearer(signed(id="one"))) as answer:
                tickets.append((await answer.json())["ticket"])
        async with http.get(relay.url(f"/api/v1/state?ticket={tickets[0]}")) as answer:
            assert answer.status == 200
        relay.server._gate.wall = lambda: time.time() + 30 * 86400
        async with http.get(relay.url(f"/api/v1/state?ticket={tickets[1]}")) as answer:
            assert answer.status == 401


async def test_a_connection_ends_with_its_token(start: Start, service: Service) -> None:
    relay = await start(**relay_settings(service))
    await relay.greet("seedbox")
    relay.say("client/seedbox/download/a", download("a"))
    token = signed(id="one", exp=int(time.time()) - 27)  # within the leeway for three more seconds
    async with aiohttp.ClientSession() as http:
        async with http.ws_connect(relay.url("/api/v1/ws", "ws"), headers=bearer(token)) as socket:
            started = time.monotonic()
            while (message := await asyncio.wait_for(socket.receive(), 10)).type is aiohttp.WSMsgType.TEXT:
                pass
            assert message.data == 4401
            assert 1 < time.monotonic() - started < 6
