"""What a person writes about the broker."""

import ssl
from dataclasses import dataclass
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, FilePath, SecretStr, field_validator, model_validator

_PORTS = {"mqtt": 1883, "mqtts": 8883, "ws": 80, "wss": 443}


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
    """Take `url` apart; raises `ValueError` with a sentence for a person."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(
            "must be mqtt://host, mqtts://host, ws://host/path or wss://host/path, with :port where needed"
        )
    if "@" in parts.netloc:
        raise ValueError("must hold no user name or password: use mqtt.username and mqtt.password")
    port = parts.port or _PORTS[parts.scheme]
    websocket = parts.scheme in ("ws", "wss")
    path = parts.path or "/mqtt"
    text = f"{parts.scheme}://{parts.netloc}{path if websocket else ''}"
    return Address(text, parts.hostname, port, parts.scheme in ("mqtts", "wss"), websocket, path)


class EmbeddedSettings(BaseModel):
    """The broker of our own, used when no `mqtt.url` is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    listen: str = "127.0.0.1:1883"

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, listen: str) -> str:
        host, colon, port = listen.rpartition(":")
        if not (colon and host.strip("[]") and port.isdigit() and int(port) < 65_536):
            raise ValueError("must be host:port, such as 127.0.0.1:1883")
        return listen


class MqttSettings(BaseModel):
    """The broker; without `url` the embedded one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
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
    def _readable(cls, url: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for one in url or ():
            address(one)
        return url

    @model_validator(mode="after")
    def _key_with_certificate(self) -> Self:
        if self.key_file is not None and self.cert_file is None:
            raise ValueError("key_file needs cert_file")
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
        context = ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)
        if not self.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if self.cert_file is not None:
            context.load_cert_chain(self.cert_file, self.key_file)
        return context
