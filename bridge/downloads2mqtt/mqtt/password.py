"""The embedded broker's lock."""

import hmac
from dataclasses import dataclass
from typing import Any

from amqtt.plugins.base import BaseAuthPlugin


class PasswordPlugin(BaseAuthPlugin):  # type: ignore[misc]
    """Lets in who knows the one user name and password; amqtt's own plugin wants a file of hashes."""

    @dataclass
    class Config:
        """What the plugin is told."""

        username: str = ""
        password: str = ""

    async def authenticate(self, *, session: Any) -> bool:
        """Whether the credentials are right."""
        given = f"{session.username or ''}\n{session.password or ''}"
        wanted = f"{self.config.username}\n{self.config.password}"
        return hmac.compare_digest(given.encode(), wanted.encode())
