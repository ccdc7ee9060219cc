"""What a person writes about who may see and do what."""

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from downloads2mqtt.contract.status import Control
from downloads2mqtt.contract.topics import level
from downloads2mqtt.relay.access.passwords import PasswordHash
from downloads2mqtt.relay.access.tokens import is_token_hash
from downloads2mqtt.relay.hub.scope import Scope

Name = Annotated[str, AfterValidator(level)]
SHORTEST_KEY = 32
_SMALLEST_RSA = 2048


def _password_hash(text: SecretStr) -> SecretStr:
    PasswordHash.parse(text.get_secret_value())
    return text


def _token_hash(text: SecretStr) -> SecretStr:
    if not is_token_hash(text.get_secret_value()):
        raise ValueError("must be the hash that `downloads2mqtt hash --token` prints, not the token itself")
    return text


def _rsa_key(text: str) -> str:
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, RSAPublicKey) or key.key_size < _SMALLEST_RSA:
        raise ValueError(f"must be an RSA public key in PEM of {_SMALLEST_RSA} bits or more")
    return text


def _web_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or "@" in url or " " in url or not url.isprintable():
        raise ValueError("must be a web address such as https://login.example/jwks.json, without user name")
    return url


class ScopeSettings(BaseModel):
    """What somebody may see and do; without `clients` or `categories` these do not narrow."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clients: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    control: Control = "safe"

    @property
    def scope(self) -> Scope:
        """What is visible."""
        clients, categories = (None if names is None else frozenset(names) for names in (self.clients, self.categories))
        return Scope(clients, categories)


class UserSettings(ScopeSettings):
    """Somebody who logs in with a password."""

    password: Annotated[SecretStr, AfterValidator(_password_hash)]


class TokenSettings(ScopeSettings):
    """A program that says a token."""

    hash: Annotated[SecretStr, AfterValidator(_token_hash)]


class JwtSettings(ScopeSettings):
    """Tokens that a login service signs. With `groups` these say what its bearers may, in place of the scope here."""

    issuer: Annotated[str, Field(min_length=1)]
    audience: Annotated[str, Field(min_length=1)]
    algorithm: Literal["HS256", "RS256"] = "RS256"
    secret: Annotated[SecretStr, Field(min_length=SHORTEST_KEY)] | None = None
    public_key: Annotated[str, AfterValidator(_rsa_key)] | None = None
    jwks_url: Annotated[str, AfterValidator(_web_address)] | None = None
    user_claim: str = "sub"
    groups_claim: str = "groups"
    groups: dict[str, ScopeSettings] = {}

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        given = {key for key in ("secret", "public_key", "jwks_url") if getattr(self, key) is not None}
        fitting = ("secret",) if self.algorithm == "HS256" else ("public_key", "jwks_url")
        if len(given) != 1 or not given <= set(fitting):
            raise ValueError(f"algorithm: {self.algorithm} needs {' or '.join(fitting)}, and no other key")
        return self
