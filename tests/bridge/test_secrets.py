"""Nothing that leaves has a secret in it, and nothing else is taken from it."""

import json
import time
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downloads2mqtt.secrets import HIDDEN, Secrets

PASSWORD = "päss w&rd\"'\\/@+%"


@pytest.fixture
def secrets() -> Secrets:
    secrets = Secrets()
    secrets.add("hunter2", "hunter2-longer", PASSWORD)
    return secrets


@pytest.mark.parametrize(
    "text",
    [
        PASSWORD,
        repr(PASSWORD),
        repr({"x": PASSWORD}),
        json.dumps(PASSWORD),
        json.dumps(PASSWORD, ensure_ascii=False),
        quote(PASSWORD),
        quote(PASSWORD, safe=""),
        quote_plus(PASSWORD),
        urlencode({"x": PASSWORD}),
    ],
)
def test_a_known_secret_in_every_guise(secrets: Secrets, text: str) -> None:
    hidden = secrets.redact(f"before {text} after")
    assert HIDDEN in hidden
    assert hidden.startswith("before ")
    assert hidden.endswith(" after")
    assert "w&rd" not in hidden
    assert "rd%22" not in hidden
    assert "w%26rd" not in hidden


def test_the_longest_secret_first(secrets: Secrets) -> None:
    assert secrets.redact("hunter2-longer hunter2") == f"{HIDDEN} {HIDDEN}"


def test_every_line_of_a_secret_that_has_several() -> None:
    secrets = Secrets()
    secrets.add("first line\nsecond line\n}")
    assert secrets.redact("second line, first line }") == f"{HIDDEN}, {HIDDEN} }}"


def test_a_secret_that_would_hide_half_of_every_text_is_left_alone() -> None:
    secrets = Secrets()
    secrets.add("", "a", "abc")
    assert secrets.redact("a cab with abc") == "a cab with abc"


def test_a_secret_that_no_encoding_knows() -> None:
    secrets = Secrets()
    secrets.add("half \ud800 pair")
    assert secrets.redact("a half \ud800 pair") == f"a {HIDDEN}"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("GET http://h:1/api?apikey=abc&mode=queue", "GET http://h:1/api?apikey=***&mode=queue"),
        ("GET /api?mode=queue&api_key=abc HTTP/1.1", "GET /api?mode=queue&api_key=*** HTTP/1.1"),
        ("http://me:pw@host/x", "http://host/x"),
        ("mqtt://me:p@w@host:1883", "mqtt://host:1883"),
        ("a http://h/ and me@example.org", "a http://h/ and me@example.org"),
        ("add magnet:?xt=urn:btih:abc&tr=http://t/key now", "add magnet:*** now"),
        ("add MAGNET:?xt=abc, magnet%3A%3Fxt%3Dabc", "add magnet:*** magnet:***"),
        ("Authorization: Basic bWU6cHc=", "Authorization: ***"),
        ("Cookie: SID=abc; theme=dark", "Cookie: ***"),
        ("Set-Cookie: QBT_SID_8080=abc; HttpOnly", "Set-Cookie: ***"),
        ("X-Transmission-Session-Id: abc", "X-Transmission-Session-Id: ***"),
        ("X-Api-Key: abc", "X-Api-Key: ***"),
        ("{'Authorization': 'Basic a b', 'Accept': '*/*'}", "{'Authorization': '***', 'Accept': '*/*'}"),
        ("[(b'Authorization', b'Basic a b'), (b'A', b'c')]", "[(b'Authorization', b'***'), (b'A', b'c')]"),
        ('{"password": "my \\" pass word", "x": 1}', '{"password": "***", "x": 1}'),
        ("{'access_token': 'abc'}", "{'access_token': '***'}"),
        ("password=abc user=me", "password=*** user=me"),
        ("torrent_pass=abc&authkey=abc", "torrent_pass=***&authkey=***"),
        ("Bearer abcdefghijk", "Bearer ***"),
        ("Password=SecretStr('**********')", "Password=***'***')"),
    ],
)
def test_what_looks_like_a_secret(text: str, hidden: str) -> None:
    assert Secrets().redact(text) == hidden.replace("***", HIDDEN)


@pytest.mark.parametrize(
    "text",
    [
        "clients.box.password: is missing",
        "wrong user name or password: check mqtt.username and mqtt.password",
        "!secret token: there is no secrets.yaml",
        "SABnzbd refuses the api_key",
        "mqtt://broker:1883 refuses the connection",
        "the author=x of a compass: bearer of news",
        "clients.box.headers.X-Api-Key: must be a text",
        "",
    ],
)
def test_sentences_stay_as_they_are(text: str) -> None:
    assert Secrets().redact(text) == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("http://tracker.example:80/0123456789abcdef/announce says no", "http://tracker.example:80/… says no"),
        ("udp://t.example:1337/announce", "udp://t.example:1337/…"),
        ("http://t.example?passkey=abc", "http://t.example/…"),
        ("https://me:pw@[::1]:80/x", "https://[::1]:80/…"),
        ("http://me:p/w@host/x", "http://…"),
        ("see http://t.example/, or http://t.example", "see http://t.example/… or http://t.example"),
        ("login failed for bob, password: abc", "login failed for bob, password: ***"),
        ("magnet:?xt=abc&tr=http%3A%2F%2Ft%2Fkey", "magnet:***"),
    ],
)
def test_what_a_client_says(text: str, hidden: str) -> None:
    assert Secrets().redact_foreign(text) == hidden.replace("***", HIDDEN)


@given(st.text(max_size=200))
def test_redacting_twice_is_redacting_once(text: str) -> None:
    secrets = Secrets()
    secrets.add("hunter2")
    once = secrets.redact_foreign(text + "hunter2")
    assert "hunter2" not in once
    assert secrets.redact(once) == once


@pytest.mark.parametrize(
    "part", ["a", "x-", "a-", "http://", "password", "password='", "\"'", "magnet:", "://a", "x-key:", "password: \\"]
)
def test_no_text_takes_long(part: str) -> None:
    text = part * (200_000 // len(part))
    begun = time.perf_counter()
    Secrets().redact_foreign(text)
    assert time.perf_counter() - begun < 2
