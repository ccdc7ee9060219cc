"""JSON Web Tokens (RFC 7519) of a login service, and what they grant."""

import math
from collections.abc import Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from downloads2mqtt.relay.access.jwks import KeySet
from downloads2mqtt.relay.access.settings import JwtSettings, ScopeSettings
from downloads2mqtt.relay.hub.scope import Grant

LEEWAY = 30
LONGEST_NAME = 128


class BadToken(Exception):
    """A token that grants nothing; the text says why, without quoting it. `is_old`: it was good once."""

    def __init__(self, message: str, *, is_old: bool = False) -> None:
        super().__init__(message)
        self.is_old = is_old


class JsonWebTokens:
    """Takes tokens of one issuer, for one audience, signed with the one configured algorithm."""

    def __init__(self, settings: JwtSettings) -> None:
        self._settings = settings
        self._key_set = None if settings.jwks_url is None else KeySet(settings.jwks_url)

    async def grant(self, token: str) -> Grant:
        """What a token grants; raises `BadToken`, or `KeysUnavailable` when nobody can say now."""
        try:
            claims = await self._claims(token)
        except jwt.ExpiredSignatureError:
            raise BadToken("the token has expired", is_old=True) from None
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise BadToken(f"the token is not good: {_reason(error)}") from None
        settings = self._scope(claims)
        return Grant(self._user(claims), settings.scope, settings.control, expires_at=_end(claims) + LEEWAY)

    async def aclose(self) -> None:
        """Let go of the keys' address."""
        if self._key_set is not None:
            await self._key_set.aclose()

    async def _claims(self, token: str) -> Mapping[str, Any]:
        settings = self._settings
        header = jwt.get_unverified_header(token)
        if header.get("alg") != settings.algorithm:
            raise jwt.InvalidAlgorithmError
        key = await self._key(header.get("kid"))
        if key is None:
            raise jwt.InvalidKeyError
        return jwt.decode(
            token,
            key,
            algorithms=[settings.algorithm],
            options={"require": ["exp", "iss", "aud"]},
            audience=settings.audience,
            issuer=settings.issuer,
            leeway=LEEWAY,
        )

    async def _key(self, id: str | None) -> RSAPublicKey | str | None:
        settings = self._settings
        if self._key_set is not None:
            return await self._key_set.key(id)
        return settings.public_key if settings.secret is None else settings.secret.get_secret_value()

    def _user(self, claims: Mapping[str, Any]) -> str:
        user = claims.get(self._settings.user_claim)
        if not isinstance(user, str) or not user.isprintable() or not 0 < len(user) <= LONGEST_NAME:
            raise BadToken(f"the token has no usable claim {self._settings.user_claim!r}")
        return user

    def _scope(self, claims: Mapping[str, Any]) -> ScopeSettings:
        settings = self._settings
        if not settings.groups:
            return settings
        said = claims.get(settings.groups_claim)
        named = [said] if isinstance(said, str) else said if isinstance(said, list) else []
        for group, scope in settings.groups.items():
            if group in named:
                return scope
        raise BadToken(f"the token is in none of the groups of http.jwt.groups (claim {settings.groups_claim!r})")


def _end(claims: Mapping[str, Any]) -> float:
    end = float(claims["exp"])
    if not math.isfinite(end):
        raise BadToken("the token has no usable claim 'exp'")
    return end


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (jwt.InvalidAlgorithmError, "another algorithm signed it than http.jwt.algorithm"),
    (jwt.InvalidKeyError, "none of the known keys signed it"),
    (jwt.InvalidSignatureError, "the signature is wrong"),
    (jwt.InvalidAudienceError, "it is for another audience"),
    (jwt.InvalidIssuerError, "it is another issuer's"),
    (jwt.ImmatureSignatureError, "it is not good yet; check the clocks"),
    (jwt.MissingRequiredClaimError, "it lacks one of exp, iss and aud"),
)


def _reason(error: Exception) -> str:
    return next((text for kind, text in _REASONS if isinstance(error, kind)), "it cannot be read")
