"""What a person writes about access in the file or in variables, and what they are told when it makes no sense."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from downloads2mqtt.config import effective, load
from downloads2mqtt.errors import ConfigurationError
from downloads2mqtt.relay.access import hashing
from downloads2mqtt.relay.access.passwords import PasswordHash
from downloads2mqtt.relay.access.tokens import hash_token
from downloads2mqtt.relay.settings import HttpSettings
from downloads2mqtt.secrets import Secrets
from tests.bridge.relay.people import PASSWORD, user

BRIDGE = Path(__file__).parents[3] / "bridge"
HASH = user()["password"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "configuration.yaml"


def settings(file: Path, text: str, **environment: str) -> HttpSettings:
    file.write_text(text)
    return load(environment, Secrets(), str(file)).configuration.http


def refused(file: Path, text: str, **environment: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        settings(file, text, **environment)
    assert HASH not in str(caught.value)
    return str(caught.value).replace(str(file), "file")


def test_users_are_written_as_everything_else(file: Path) -> None:
    scope = "clients: a, b\n      categories: tv\n      control: OFF\n"
    text = f"http:\n  users:\n    Anna:\n      password: {HASH}\n      {scope}"
    anna = settings(file, text).users["Anna"]
    assert (anna.clients, anna.categories, anna.control) == (("a", "b"), ("tv",), "off")
    variables = {
        "DOWNLOADS2MQTT_HTTP__USERS__ANNA__CONTROL": "full",
        "DOWNLOADS2MQTT_HTTP__USERS__BERT": f"{{password: {HASH}, clients: [a]}}",
        "DOWNLOADS2MQTT_HTTP__TOKENS__WALL__HASH": hash_token("x"),
    }
    http = settings(file, text, **variables)
    assert http.users["Anna"].control == "full"
    assert http.users["bert"].clients == ("a",)
    assert list(http.tokens) == ["wall"]


def test_an_empty_list_shows_nothing_and_a_key_without_value_is_the_default(file: Path) -> None:
    bert = f"bert:\n      password: {HASH}\n      clients:\n"
    text = f"http:\n  users:\n    anna: {{password: {HASH}, clients: []}}\n    {bert}"
    users = settings(file, text).users
    assert (users["anna"].clients, users["bert"].clients) == ((), None)


def test_who_is_let_in_may_do_what_is_safe_unless_more_is_said(file: Path) -> None:
    people = f"users: {{anna: {{password: {HASH}}}}}\n  tokens: {{wall: {{hash: {hash_token('x')}}}}}"
    jwt = "jwt: {issuer: i, audience: a, jwks_url: 'http://h/', groups: {kids: {}}}"
    http = settings(file, f"http:\n  {people}\n  {jwt}\n")
    assert http.jwt is not None
    for scope in (http.users["anna"], http.tokens["wall"], http.jwt, http.jwt.groups["kids"]):
        assert scope.control == "safe"


def test_groups(file: Path) -> None:
    text = (
        "http:\n  jwt:\n    issuer: i\n    audience: a\n    jwks_url: http://login:8080/jwks\n    groups:\n"
        "      kids:\n        clients: box\n        control: Off\n"
    )
    jwt = settings(file, text).jwt
    assert jwt is not None
    assert (jwt.groups["kids"].clients, jwt.groups["kids"].control) == (("box",), "off")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "http:\n  listen: 0.0.0.0:8484\n",
            "file:2: http.listen: 0.0.0.0:8484 is reached from other machines, and nothing says who may see and do "
            "what: write http.users, http.tokens or http.jwt, or http.open: true to let everybody in",
        ),
        (
            f"http:\n  users:\n    anna:\n      pasword: {HASH}\n",
            "file:3: http.users.anna.password: is missing\n"
            "file:4: http.users.anna.pasword: unknown key (did you mean password?); "
            "allowed: categories, clients, control, password",
        ),
        (
            f"http:\n  users:\n    anna:\n      password: {PASSWORD}\n",
            "file:4: http.users.anna.password: must be what `downloads2mqtt hash` prints, not the password itself",
        ),
        ("http:\n  users: [anna]\n", "file:2: http.users: must be a mapping of names, not a list or text"),
        (
            "http:\n  users:\n    anna: x\n",
            "file:3: http.users.anna: must be a mapping with any of categories, clients, control, password",
        ),
        (
            f"http:\n  users:\n    a b: {{password: {HASH}}}\n",
            "file:3: http.users.a b: 'a b' cannot be a topic level: use 1 to 64 of A-Z a-z 0-9 _ -",
        ),
        (
            "http:\n  jwt: {issuer: i, audience: a}\n",
            "file:2: http.jwt.algorithm: RS256 needs public_key or jwks_url, and no other key",
        ),
        (
            "http:\n  jwt: {issuer: i, audience: a, jwks_url: 'http://h/', groups: {kids: {client: x}}}\n",
            "file:2: http.jwt.groups.kids.client: unknown key (did you mean clients?); "
            "allowed: categories, clients, control",
        ),
        ("http:\n  open: maybe\n", "file:2: http.open: must be true or false"),
    ],
)
def test_what_is_told(file: Path, text: str, told: str) -> None:
    assert refused(file, text) == told


def test_check_hides_what_is_secret(file: Path) -> None:
    file.write_text(
        f"http:\n  users: {{anna: {{password: {HASH}}}}}\n  tokens: {{wall: {{hash: {hash_token('x')}}}}}\n"
        f"  session_key: {'k' * 32}\n  jwt: {{issuer: i, audience: a, algorithm: HS256, secret: {'s' * 32}}}\n"
    )
    shown = effective(load({}, Secrets(), str(file)).configuration)
    assert "anna" in shown
    for secret in (HASH, hash_token("x"), "k" * 32, "s" * 32):
        assert secret not in shown


def hash_command(said: str, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "downloads2mqtt", "hash", *more],
        env={"PYTHONPATH": str(BRIDGE), "PYTHONUTF8": "1"},
        input=said,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_command_prints_lines_for_the_configuration(file: Path) -> None:
    done = hash_command("Pässword with spaces \n")
    assert done.returncode == 0
    anna = settings(file, f"http:\n  users:\n    anna:\n      {done.stdout}").users["anna"]
    assert PasswordHash.parse(anna.password.get_secret_value()).matches("Pässword with spaces ")
    done = hash_command("", "--token")
    token, line = done.stdout.splitlines()
    wall = settings(file, f"http:\n  tokens:\n    wall:\n      {line}\n").tokens["wall"]
    assert wall.hash.get_secret_value() == hash_token(token.split()[1])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "a password has 8 to 256 characters"),
        ("short\n", "a password has 8 to 256 characters"),
        ("x" * 257, "a password has 8 to 256 characters"),
    ],
)
def test_the_command_takes_no_bad_password(said: str, told: str) -> None:
    done = hash_command(said)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"downloads2mqtt: {told}\n")


@pytest.mark.parametrize(
    ("answers", "told"), [(["one password", "other one"], "two passwords"), ([], "nothing was hashed")]
)
def test_a_person_types_it_twice_unseen(monkeypatch: pytest.MonkeyPatch, answers: list[str], told: str) -> None:
    def ask(_: str) -> Any:
        if not answers:
            raise EOFError
        return answers.pop(0)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", ask)
    with pytest.raises(ConfigurationError, match=told):
        hashing.password_line()
