"""People and programs that may see some of it, for tests; their passwords are quick to check."""

from typing import Any

from downloads2mqtt.relay.access.passwords import PasswordHash
from downloads2mqtt.relay.access.tokens import hash_token

PASSWORD = "correct horse battery"
TOKEN = "d2m_test-token-of-the-wall"


def user(password: str = PASSWORD, **scope: Any) -> dict[str, Any]:
    """A user of the configuration."""
    return {"password": str(PasswordHash.of(password, cost=10, passes=1)), **scope}


def token(text: str = TOKEN, **scope: Any) -> dict[str, Any]:
    """A token of the configuration."""
    return {"hash": hash_token(text), **scope}


def bearer(text: str = TOKEN) -> dict[str, str]:
    """The header that says a token."""
    return {"Authorization": f"Bearer {text}"}
