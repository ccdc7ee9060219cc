"""Where the relay listens and whom it serves."""

import re
from ipaddress import ip_network
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from downloads2mqtt.relay import guard
from downloads2mqtt.relay.access.origins import origin
from downloads2mqtt.relay.access.settings import SHORTEST_KEY, JwtSettings, Name, TokenSettings, UserSettings
from downloads2mqtt.relay.prefix import prefix as sound_prefix

_LISTEN = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.%\w]+)\]|(?P<host>[^\[\]:/\s]+)):(?P<port>\d{1,5})")


def _network(text: str) -> str:
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        raise ValueError(f"{text!r} is no address or network, such as 172.18.0.2 or 172.18.0.0/16") from None


class HttpSettings(BaseModel):
    """Where the relay listens and whom it serves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    listen: str = "127.0.0.1:8484"
    max_connections: Annotated[int, Field(ge=1)] = 500
    max_connections_per_address: Annotated[int, Field(ge=1)] = 100
    allowed_hosts: tuple[str, ...] = ()
    hook_token: Annotated[SecretStr, Field(min_length=8)] | None = None
    open: bool = False
    prefix: Annotated[str, AfterValidator(sound_prefix)] = ""
    allowed_origins: tuple[Annotated[str, AfterValidator(origin)], ...] = ()
    trusted_proxies: tuple[Annotated[str, AfterValidator(_network)], ...] = ()
    users: dict[Name, UserSettings] = {}
    tokens: dict[Name, TokenSettings] = {}
    jwt: JwtSettings | None = None
    session_key: Annotated[SecretStr, Field(min_length=SHORTEST_KEY)] | None = None
    event_step: Annotated[float, Field(ge=0, le=100)] = 2.0

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, listen: str) -> str:
        match = _LISTEN.fullmatch(listen)
        if match is None:
            raise ValueError(f"{listen!r} is not host:port, such as 127.0.0.1:8484, 0.0.0.0:8484 or [::1]:8484")
        if int(match["port"]) > 65535:
            raise ValueError(f"there is no port {match['port']}: the highest is 65535")
        return listen

    @model_validator(mode="after")
    def _somebody_decided(self) -> Self:
        if both := self.users.keys() & self.tokens.keys():
            raise ValueError(f"tokens: {min(both)} is the name of a user, too: choose another")
        if self.open and self.authenticates:
            raise ValueError("open: lets everybody in, so that users, tokens and jwt mean nothing: remove one or other")
        if not (self.open or self.authenticates or guard.is_loopback(self.address[0])):
            raise ValueError(
                f"listen: {self.listen} is reached from other machines, and nothing says who may see and do what: "
                "write http.users, http.tokens or http.jwt, or http.open: true to let everybody in"
            )
        return self

    @property
    def authenticates(self) -> bool:
        """Whether one has to say who one is."""
        return bool(self.users or self.tokens or self.jwt)

    @property
    def address(self) -> tuple[str, int]:
        """Host and port; port 0 is any free one."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def caution(self) -> str | None:
        """What has to be said loudly, when everybody who reaches the relay may do everything."""
        if self.open:
            return f"http.open: everybody who reaches {self.listen} sees everything, and may do what `control` allows"
        if not self.authenticates and (self.allowed_hosts or self.trusted_proxies):
            return (
                "http: a proxy may let others in, and there are no users, tokens or jwt: everybody whom it lets in "
                "sees everything, and may do what `control` allows"
            )
        return None

    @property
    def checks_hosts(self) -> bool:
        """Whether only known names are served: if names are given, and where reaching the relay is all it takes."""
        return bool(self.allowed_hosts) or not self.authenticates or guard.is_loopback(self.address[0])

    @property
    def takes_home_names(self) -> bool:
        """Whether names that only a home network knows are served unasked."""
        return not self.allowed_hosts and not guard.is_loopback(self.address[0])
