"""Where the relay listens and whom it serves."""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from downloads2mqtt.relay import guard

_LISTEN = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.%\w]+)\]|(?P<host>[^\[\]:/\s]+)):(?P<port>\d{1,5})")


class HttpSettings(BaseModel):
    """Where the relay listens and whom it serves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    listen: str = "127.0.0.1:8484"
    max_connections: Annotated[int, Field(ge=1)] = 500
    max_connections_per_address: Annotated[int, Field(ge=1)] = 100
    allowed_hosts: tuple[str, ...] = ()
    hook_token: Annotated[SecretStr, Field(min_length=8)] | None = None

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, listen: str) -> str:
        match = _LISTEN.fullmatch(listen)
        if match is None:
            raise ValueError(f"{listen!r} is not host:port, such as 127.0.0.1:8484, 0.0.0.0:8484 or [::1]:8484")
        if int(match["port"]) > 65535:
            raise ValueError(f"there is no port {match['port']}: the highest is 65535")
        return listen

    @property
    def address(self) -> tuple[str, int]:
        """Host and port; port 0 is any free one."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def checks_hosts(self) -> bool:
        """Whether only known names are served: on loopback no other is meant, elsewhere if names are given."""
        return bool(self.allowed_hosts) or guard.is_loopback(self.address[0])
