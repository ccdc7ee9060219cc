"""What a person writes about the broker."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    FilePath,
    SecretStr,
    field_validator,
    model_validator,
)

_PORTS = {"mqtt": 1883, "mqtts": 8883, "ws": 80, "wss": 443}
_WITH_TLS = ("mqtts", "wss")
_FORMS = "must be mqtt://host, mqtts://host, ws://host/path or wss://host/path, with :port where needed"


@dataclass(frozen=True, slots=True)
class Address:
    """One broker address, taken apart; `text` is how it is named to people."""

    text: str
    host: str
    port: int
    tls: bool
    websocket: bool
    path: str


def address(url: str) -> Address:
    """Take `url` apart; raises `ValueError` with a sentence for a person that quotes nothing of it."""
    if "@" in url:
        raise ValueError("must hold no user name or password: use mqtt.username and mqtt.password")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(_FORMS) from None
    if parts.scheme not in _PORTS or not host or port == 0 or not url.isprintable() or " " in url:
        raise ValueError(_FORMS)
    websocket = parts.scheme in ("ws", "wss")
    if parts.fragment or (not websocket and (parts.path.strip("/") or parts.query)):
        raise ValueError("must end with host or port: only ws:// and wss:// have a path")
    path = (parts.path or "/mqtt") + (f"?{parts.query}" if parts.query else "")
    text = f"{parts.scheme}://{parts.netloc}{(parts.path or '/mqtt') if websocket else ''}"
    return Address(text, host, port or _PORTS[parts.scheme], parts.scheme in _WITH_TLS, websocket, path)


def _readable(url: str) -> str:
    url = url.strip()
    address(url)
    return url


class EmbeddedSettings(BaseModel):
    """The broker of our own, used when no `mqtt.url` is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    listen: str = "127.0.0.1:1883"

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, listen: str) -> str:
        host, _, port = listen.rpartition(":")
        is_port = port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65_536
        if not host.strip("[]") or not is_port or (":" in host and not host.startswith("[")) or "/" in host:
            raise ValueError("must be host:port, such as 127.0.0.1:1883, 0.0.0.0:1883 or [::1]:1883")
        return listen


class MqttSettings(BaseModel):
    """The broker; without `url` the embedded one."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    url: tuple[Annotated[str, AfterValidator(_readable)], ...] | None = None
    username: str | None = None
    password: SecretStr | None = None
    client_id: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    protocol: Literal["auto", "3.1.1", "5"] = "auto"
    keepalive: Annotated[int, Field(ge=5, le=3600)] = 30
    ca_file: FilePath | None = None
    verify: bool = True
    cert_file: FilePath | None = None
    key_file: FilePath | None = None
    embedded: EmbeddedSettings = EmbeddedSettings()

    @field_validator("url", mode="before")
    @classmethod
    def _one_or_many(cls, url: object) -> object:
        return [url] if isinstance(url, str) else url

    @field_validator("url")
    @classmethod
    def _one_at_least(cls, url: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if url == ():
            raise ValueError("must not be empty: leave it out for the embedded broker")
        return url

    @model_validator(mode="after")
    def _what_belongs_together(self) -> Self:
        if self.password is not None and self.username is None:
            raise ValueError("password: needs username too, as MQTT has it")
        if self.key_file is not None and self.cert_file is None:
            raise ValueError("key_file: needs cert_file too")
        return self

    @model_validator(mode="after")
    def _usable_certificates(self) -> Self:
        given = [key for key in ("ca_file", "cert_file") if getattr(self, key) is not None]
        if given and not any(one.tls for one in self.addresses):
            raise ValueError(f"{given[0]}: has a meaning with mqtts:// and wss:// only")
        if "ca_file" in given:
            _try(self._authority, "ca_file: must hold certificates in PEM")
        if "cert_file" in given:
            _try(
                self.tls_context,
                "cert_file: must hold a certificate and, here or in key_file, its key without a pass phrase",
            )
        return self

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where to connect, in order; the embedded broker's own address when no url is given."""
        if self.url is not None:
            return tuple(address(one) for one in self.url)
        host, _, port = self.embedded.listen.rpartition(":")
        host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)
        return (address(f"mqtt://{host}:{port}"),)

    def tls_context(self) -> ssl.SSLContext:
        """TLS as configured, with our certificate where the broker wants one."""
        context = self._authority()
        if not self.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if self.cert_file is not None:
            # Without a callback OpenSSL would ask for the pass phrase on the terminal.
            context.load_cert_chain(self.cert_file, self.key_file, lambda: "")
        return context

    def _authority(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)


def _try(load: Callable[[], object], sentence: str) -> None:
    """Read certificates now: a broken file must not wait for the first connection to be found."""
    try:
        load()
    except (OSError, ValueError):
        raise ValueError(sentence) from None
