"""What people write about the broker."""

import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from pydantic import ValidationError

from downloads2mqtt.mqtt.settings import Address, EmbeddedSettings, MqttSettings, address


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    """A folder with an authority, a certificate and keys of it, one locked, and of another."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    one, other = authority.issue_cert("bridge"), authority.issue_cert("other")
    one.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    one.private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    one.private_key_pem.write_to_path(tmp_path / "key.pem")
    other.private_key_pem.write_to_path(tmp_path / "other.key")
    key = load_pem_private_key(one.private_key_pem.bytes(), None)
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"phrase"))
    (tmp_path / "locked.key").write_bytes(locked)
    (tmp_path / "text").write_text("no certificate")
    return tmp_path


def settings(**fields: Any) -> MqttSettings:
    return MqttSettings.model_validate(fields)


def refused(**fields: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        settings(**fields)
    (mistake,) = caught.value.errors()
    return str(mistake["msg"]).removeprefix("Value error, ")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("mqtt://h", Address("mqtt://h", "h", 1883, False, False, "/mqtt")),
        ("mqtt://h/", Address("mqtt://h", "h", 1883, False, False, "/")),
        ("mqtts://h", Address("mqtts://h", "h", 8883, True, False, "/mqtt")),
        ("MQTTS://H.example:1", Address("mqtts://H.example:1", "h.example", 1, True, False, "/mqtt")),
        ("mqtt://[::1]:1884", Address("mqtt://[::1]:1884", "::1", 1884, False, False, "/mqtt")),
        ("ws://h", Address("ws://h/mqtt", "h", 80, False, True, "/mqtt")),
        ("wss://h/", Address("wss://h/", "h", 443, True, True, "/")),
        ("wss://h:9/a/b?token=x", Address("wss://h:9/a/b", "h", 9, True, True, "/a/b?token=x")),
    ],
)
def test_addresses(url: str, expected: Address) -> None:
    assert address(url) == expected


@pytest.mark.parametrize(
    "url",
    ["", "h", "h:1883", "http://h", "tcp://h", "mqtt://", "mqtt://:1883", "mqtt://h:x", "mqtt://h:0", "mqtt://h:65536",
     "mqtt://[::1", "mqtt:/h", "mqtt://h h", "mqtt://h\n"],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(ValueError, match=r"^must be mqtt://host, mqtts://host, ws://host/path or wss://host/path"):
        address(url)


@pytest.mark.parametrize("url", ["mqtt://me:hunter2@h", "mqtt://me:hun/ter2@h", "mqtt://me@h", "ws://me:hunter2:1@h/x"])
def test_no_password_in_an_address_nor_in_what_is_said_about_it(url: str) -> None:
    with pytest.raises(ValueError, match="must hold no user name or password") as caught:
        address(url)
    assert "ter2" not in str(caught.value)


@pytest.mark.parametrize("url", ["mqtt://h/topic", "mqtts://h?x=y", "ws://h/#x"])
def test_only_web_sockets_have_a_path(url: str) -> None:
    with pytest.raises(ValueError, match="only ws:// and wss:// have a path"):
        address(url)


def test_one_url_or_several() -> None:
    assert settings(url=" mqtt://a ").url == ("mqtt://a",)
    assert [one.host for one in settings(url=["mqtt://a", "mqtts://b"]).addresses] == ["a", "b"]
    assert refused(url=[]) == "must not be empty: leave it out for the embedded broker"


@pytest.mark.parametrize(
    ("listen", "expected"),
    [
        ("127.0.0.1:1883", "mqtt://127.0.0.1:1883"),
        ("0.0.0.0:2000", "mqtt://127.0.0.1:2000"),
        ("[::]:2000", "mqtt://[::1]:2000"),
        ("nas.local:1", "mqtt://nas.local:1"),
    ],
)
def test_the_embedded_broker_is_reached_where_it_listens(listen: str, expected: str) -> None:
    (only,) = settings(embedded={"listen": listen}).addresses
    assert only.text == expected


@pytest.mark.parametrize(
    "listen", ["", "1883", ":1883", "h:", "h:x", "h:0", "h:65536", "::1:1883", "http://h:1", "h:١"]
)
def test_where_no_broker_can_listen(listen: str) -> None:
    with pytest.raises(ValidationError, match="must be host:port"):
        EmbeddedSettings(listen=listen)


def test_what_belongs_together() -> None:
    assert refused(password="x") == "password: needs username too, as MQTT has it"
    assert refused(url="mqtts://h", key_file=__file__) == "key_file: needs cert_file too"
    assert settings(username="x").password is None


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("keepalive", 5, 4),
        ("keepalive", 3600, 3601),
        ("client_id", "x", ""),
        ("client_id", "x" * 128, "x" * 129),
    ],
)
def test_what_brokers_can_do_with(field: str, good: object, bad: object) -> None:
    assert getattr(settings(**{field: good}), field) == good
    with pytest.raises(ValidationError, match=field):
        settings(**{field: bad})


@pytest.mark.parametrize("field", ["keepalive", "client_id", "protocol", "password", "username"])
def test_bad_values_are_not_repeated(field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        settings(**{field: ["hunter2"]})
    assert "hunter2" not in str(caught.value)


def test_tls_as_it_comes() -> None:
    context = settings(url="mqtts://h").tls_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert settings(url="mqtts://h", verify=False).tls_context().verify_mode is ssl.CERT_NONE


def test_tls_with_files_of_ones_own(pem: Path) -> None:
    one = settings(url="wss://h", ca_file=pem / "ca.pem", cert_file=pem / "cert.pem", key_file=pem / "key.pem")
    assert len(one.tls_context().get_ca_certs()) == 1
    settings(url=["mqtt://a", "mqtts://b"], cert_file=pem / "both.pem").tls_context()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"ca_file": "text"}, "ca_file: must hold certificates in PEM"),
        ({"cert_file": "text"}, "cert_file: must hold a certificate and"),
        ({"cert_file": "cert.pem"}, "cert_file: must hold a certificate and, here or in key_file, its key"),
        ({"cert_file": "cert.pem", "key_file": "other.key"}, "cert_file: must hold"),
        ({"cert_file": "cert.pem", "key_file": "locked.key"}, "cert_file: must hold"),
        ({"ca_file": "none.pem"}, "Path does not point to a file"),
    ],
)
def test_files_that_cannot_be_used_are_found_at_once(pem: Path, files: dict[str, str], told: str) -> None:
    assert refused(url="mqtts://h", **{key: pem / name for key, name in files.items()}).startswith(told)


@pytest.mark.parametrize("url", ["mqtt://h", "ws://h", None])
def test_files_for_tls_without_tls_are_a_mistake(pem: Path, url: str | None) -> None:
    assert refused(url=url, ca_file=pem / "ca.pem") == "ca_file: has a meaning with mqtts:// and wss:// only"
