"""The parts of access by themselves: hashes, tickets, sessions, the throttle, proxies, and the settings."""

import base64
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from downloads2mqtt.relay.access import sessions, tokens
from downloads2mqtt.relay.access.origins import Origins, origin
from downloads2mqtt.relay.access.passwords import PasswordHash
from downloads2mqtt.relay.access.proxies import Peer, Proxies
from downloads2mqtt.relay.access.sessions import Sessions
from downloads2mqtt.relay.access.throttle import Throttle
from downloads2mqtt.relay.access.tickets import Tickets
from downloads2mqtt.relay.hub.scope import Grant
from downloads2mqtt.relay.settings import HttpSettings
from tests.bridge.relay.people import PASSWORD, token, user


@pytest.mark.parametrize("password", ["correct horse", "ä" * 8, "\udfff" * 8, "x" * 256, " spaces  "])
def test_a_password_matches_its_hash_and_no_other(password: str) -> None:
    hashed = PasswordHash.parse(str(PasswordHash.of(password, cost=10, passes=1)))
    assert hashed.matches(password)
    assert not hashed.matches(password + "x")
    assert not hashed.matches("")
    assert str(PasswordHash.of(password, cost=10, passes=1)) != str(hashed), "the salt is new each time"


def test_one_letter_may_be_written_in_two_ways() -> None:
    assert PasswordHash.of("Mu\u0308nchen", cost=10, passes=1).matches("M\u00fcnchen")


def test_what_passwords_cost_by_default() -> None:
    assert str(PasswordHash.of("x" * 8)).startswith("scrypt.14.8.5.")
    assert re.fullmatch(r"[\w.-]+", str(PasswordHash.of("x" * 8))), "needs no quotes anywhere"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hunter2",
        "$2b$12$abc",
        "scrypt.14.8.5.x.y",
        "scrypt.31.8.5.{salt}.{key}",
        "scrypt.2.8.5.{salt}.{key}",
        "scrypt.14.0.5.{salt}.{key}",
        "scrypt.14.8.0.{salt}.{key}",
        "scrypt.14.99.5.{salt}.{key}",
        "scrypt.14.8.5..{key}",
    ],
)
def test_what_is_no_hash_of_a_password_is_not_quoted(text: str) -> None:
    text = text.format(salt="A" * 22, key="A" * 43)
    with pytest.raises(ValueError, match="downloads2mqtt hash") as caught:
        PasswordHash.parse(text)
    assert not text or text not in str(caught.value)


def test_tokens_are_long_new_and_kept_as_hashes() -> None:
    one, other = tokens.new_token(), tokens.new_token()
    assert one != other
    assert len(base64.urlsafe_b64decode(one.removeprefix("d2m_") + "=")) == 32
    assert tokens.is_token_hash(tokens.hash_token(one))
    assert not tokens.is_token_hash(one)
    assert one.removeprefix("d2m_") not in tokens.hash_token(one)


def test_tickets_are_good_once_and_for_half_a_minute() -> None:
    tickets, grant = Tickets(), Grant("anna")
    first, second, third = (tickets.issue(grant, 0.0) for _ in range(3))
    assert tickets.take(first, 29.9) is grant
    assert tickets.take(first, 29.9) is None
    assert tickets.take(second, 30.0) is None
    assert tickets.take("", 0.0) is None
    assert len(tickets) == 1
    tickets.issue(grant, 31.0)
    assert tickets.take(third, 29.0) is None
    assert len(tickets) == 1, "old ones are let go"


def test_very_many_tickets_push_the_oldest_out() -> None:
    tickets = Tickets(most=3)
    issued = [tickets.issue(Grant(), 0.0) for _ in range(5)]
    assert len(tickets) == 3
    assert [tickets.take(ticket, 1.0) is not None for ticket in issued] == [False, False, True, True, True]


def test_the_throttle_lets_ten_through_then_one_every_twenty_seconds() -> None:
    throttle = Throttle()
    for _ in range(10):
        assert throttle.wait("192.0.2.1", 5.0) == 0
        throttle.count("192.0.2.1", 5.0)
    assert throttle.wait("192.0.2.1", 5.0) == 20.0
    assert throttle.wait("192.0.2.1", 24.9) > 0
    assert throttle.wait("192.0.2.1", 25.0) == 0
    assert throttle.wait("192.0.2.2", 5.0) == 0
    throttle.take_back("192.0.2.1")
    assert throttle.wait("192.0.2.1", 5.0) == 0
    assert throttle.wait("192.0.2.1", 1e9) == 0


def test_the_throttle_forgets_rather_than_grows() -> None:
    throttle = Throttle(most=100)
    for number in range(10_000):
        throttle.count(f"192.0.{number >> 8}.{number & 255}", 0.0)
        throttle.take_back("nobody")
    assert len(throttle) == 100


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("", "", True),
        ("@unix", "@unix", True),
    ],
)
def test_a_neighbourhood_of_ipv6_is_one_address(one: str, other: str, same: bool) -> None:
    throttle = Throttle(burst=1)
    throttle.count(one, 0.0)
    assert (throttle.wait(other, 0.0) > 0) is same


def test_a_session_is_read_until_it_ends() -> None:
    mine = Sessions("k" * 32)
    cookie = mine.issue("anna", "hash", 1000.0)
    session = mine.read(cookie, 2000.0)
    assert session is not None
    assert (session.user, session.issued, session.expires) == ("anna", 1000, 1000 + sessions.LIFETIME)
    assert mine.fits(session, "hash")
    assert not mine.fits(session, "other hash")
    assert mine.read(cookie, 1000.0 + sessions.LIFETIME) is None
    assert Sessions("k" * 32).read(cookie, 2000.0) == session
    assert Sessions("K" * 32).read(cookie, 2000.0) is None
    assert Sessions().read(cookie, 2000.0) is None
    mine.revoke(session, 2000.0)
    assert mine.read(cookie, 2000.0) is None
    assert mine.read(mine.issue("anna", "hash", 3000.0, session.id), 3000.0) is None, "nor its renewal"


def test_very_many_logouts_end_all_sessions_rather_than_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MOST_REVOKED", 3)
    mine = Sessions()
    cookies = [mine.issue("anna", "hash", 1000.0) for _ in range(5)]
    for cookie in cookies[:4]:
        session = mine.read(cookie, 1001.0)
        assert session is not None
        mine.revoke(session, 1001.0)
    assert [mine.read(cookie, 1001.0) for cookie in cookies] == [None] * 5
    assert mine.read(mine.issue("anna", "hash", 1002.0), 1002.0) is not None


@given(st.one_of(st.text(), st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode())))
def test_no_cookie_that_we_did_not_make_is_one(text: str) -> None:
    assert Sessions().read(text, 0.0) is None
    assert Sessions().read(f"{text}.{text}.{text}", 0.0) is None


def test_a_cookie_without_signature_is_none() -> None:
    mine = Sessions()
    head, body, _ = mine.issue("anna", "hash", 0.0).split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    for forged in (f"{none}.{body}.", f"{head}.{body}.", f"{head}.{body}.{body}"):
        assert mine.read(forged, 1.0) is None


# ------------------------------------------------------------------------------------------------------------ proxies


@pytest.mark.parametrize(
    ("seen", "headers", "real"),
    [
        ("10.0.0.1", {}, ("10.0.0.1", "http", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-For": "192.0.2.9"}, ("192.0.2.9", "http", "relay:8484")),
        ("192.0.2.1", {"X-Forwarded-For": "192.0.2.9"}, ("192.0.2.1", "http", "relay:8484")),
        ("192.0.2.1", {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "x"}, ("192.0.2.1", "http", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-For": "1.1.1.1, 192.0.2.9"}, ("192.0.2.9", "http", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-For": "1.1.1.1, 192.0.2.9, 10.0.0.7"}, ("192.0.2.9", "http", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-For": "10.0.0.9"}, ("10.0.0.9", "http", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-For": "192.0.2.9:4711"}, ("192.0.2.9", "http", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-For": '"[2001:db8::1]:4711"'}, ("2001:db8::1", "http", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-For": "192.0.2.9, unknown"}, ("10.0.0.1", "http", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-For": "<script>, 192.0.2.9"}, ("192.0.2.9", "http", "relay:8484")),
        ("::ffff:10.0.0.1", {"X-Forwarded-For": "192.0.2.9"}, ("192.0.2.9", "http", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-Proto": "https"}, ("10.0.0.1", "https", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-Proto": "https, http"}, ("10.0.0.1", "http", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-Proto": "gopher"}, ("10.0.0.1", "http", "relay:8484")),
        ("10.0.0.1", {"X-Forwarded-Host": "home.example"}, ("10.0.0.1", "http", "home.example")),
        ("fd00::1", {"X-Forwarded-For": "192.0.2.9"}, ("192.0.2.9", "http", "relay:8484")),
        ("", {"X-Forwarded-For": "192.0.2.9"}, ("", "http", "relay:8484")),
    ],
)
def test_who_really_asks(seen: str, headers: dict[str, str], real: tuple[str, str, str]) -> None:
    proxies = Proxies(["10.0.0.0/8", "fd00::/8"])
    assert proxies.real(Peer(seen, "http", "relay:8484"), headers) == Peer(*real)
    assert Proxies([]).real(Peer(seen, "http", "relay:8484"), headers) == Peer(seen, "http", "relay:8484")


# ------------------------------------------------------------------------------------------------------------ origins


@pytest.mark.parametrize(
    ("said", "scheme", "host", "same"),
    [
        ("http://a:1", "http", "a:1", True),
        ("https://A.example", "http", "a.example", True),
        ("https://a.example", "https", "a.example:443", True),
        ("http://a.example", "http", "a.example:80", True),
        ("http://a.example", "https", "a.example", False),
        ("http://[::1]:1", "http", "[::1]:1", True),
        ("http://a:2", "http", "a:1", False),
        ("http://evil.example", "http", "a:1", False),
        ("http://a:1.evil.example", "http", "a:1", False),
        ("http://a:1@evil.example", "http", "a:1", False),
        ("http://evil.example/a:1", "http", "a:1", False),
        ("null", "http", "a:1", False),
        ("http://[", "http", "a:1", False),
        ("http://a:1", "http", "", False),
        ("file://", "http", "", False),
    ],
)
def test_own_origins(said: str, scheme: str, host: str, same: bool) -> None:
    assert Origins(()).takes(said, scheme, host) is same


@pytest.mark.parametrize(
    "text", ["*", "home.example", "https://*.example", "https://a/b", "ftp://a", "https://a:b", "null", ""]
)
def test_what_is_no_origin_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="is no origin: write scheme, host and port"):
        origin(text)


# ----------------------------------------------------------------------------------------------------------- settings


@pytest.mark.parametrize("listen", ["0.0.0.0:8484", "[::]:8484", "192.168.1.2:80", "nas.local:8484"])
def test_nobody_listens_beyond_this_machine_by_accident(listen: str) -> None:
    with pytest.raises(
        ValidationError, match=r"listen: .* write http.users, http.tokens or http.jwt, or http.open: true"
    ):
        HttpSettings(listen=listen)
    with pytest.raises(ValidationError, match=r"write http.users"):
        HttpSettings(listen=listen, hook_token=SecretStr("x" * 8))
    assert HttpSettings.model_validate({"listen": listen, "tokens": {"wall": token()}}).caution is None
    assert HttpSettings(listen=listen, open=True).caution


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"open": True, "tokens": {"wall": token()}}, "open: lets everybody in"),
        ({"users": {"wall": user()}, "tokens": {"wall": token()}}, "tokens: wall is the name of a user, too"),
        ({"users": {"anna b": user()}}, "cannot be a topic level"),
        ({"users": {"anna": {"password": PASSWORD}}}, "must be what `downloads2mqtt hash` prints"),
        ({"users": {"anna": {}}}, "Field required"),
        ({"tokens": {"wall": {"hash": "d2m_abc"}}}, "must be the hash that `downloads2mqtt hash --token` prints"),
        ({"tokens": {"wall": token(control="everything")}}, "'off', 'safe' or 'full'"),
        ({"tokens": {"wall": token(client="x")}}, "Extra inputs"),
        ({"allowed_origins": ("*",)}, "is no origin"),
        ({"trusted_proxies": ("nginx",)}, "is no address or network"),
        ({"session_key": "short"}, "at least 32"),
        ({"jwt": {"issuer": "i", "audience": "a"}}, "algorithm: RS256 needs public_key or jwks_url"),
        ({"jwt": {"issuer": "i", "audience": "a", "algorithm": "none"}}, "'HS256' or 'RS256'"),
        ({"jwt": {"issuer": "i", "audience": "a", "secret": "s" * 32}}, "algorithm: RS256 needs"),
        ({"jwt": {"issuer": "i", "audience": "a", "algorithm": "HS256", "secret": "short"}}, "at least 32"),
        ({"jwt": {"issuer": "i", "audience": "a", "public_key": "s" * 32}}, "must be an RSA public key in PEM"),
        ({"jwt": {"issuer": "i", "audience": "a", "jwks_url": "file:///etc"}}, "must be a web address"),
        ({"jwt": {"issuer": "", "audience": "a", "jwks_url": "https://l.example/"}}, "at least 1"),
        ({"jwt": {"audience": "a", "jwks_url": "https://l.example/"}}, "Field required"),
    ],
)
def test_settings_that_make_no_sense(settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        HttpSettings.model_validate(settings)
    said = " ".join(mistake["msg"] for mistake in caught.value.errors())
    assert sentence in said
    assert PASSWORD not in said


def test_hashes_are_secrets() -> None:
    settings = HttpSettings.model_validate({"users": {"anna": user()}, "tokens": {"wall": token()}})
    assert "scrypt" not in repr(settings)
    assert "sha256" not in repr(settings)
    assert "scrypt" not in settings.model_dump_json()
