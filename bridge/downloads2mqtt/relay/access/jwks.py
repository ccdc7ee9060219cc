"""The public keys of a login service, fetched when they are needed and kept."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

FRESH = 600.0
"""Seconds after which the keys are fetched again, while those that are there serve on."""

OLDEST = 3600.0
"""Seconds after which keys that could not be fetched again are trusted no more."""

BETWEEN_FETCHES = 60.0
AFTER_FAILURE = 10.0
SECONDS = 5.0
LARGEST = 256 * 1024

_FAILURES = (
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    ValueError,
    RecursionError,
    msgspec.MsgspecError,
    jwt.PyJWTError,
)

log = logging.getLogger(__name__)


class KeysUnavailable(Exception):
    """The keys cannot be had, so nobody can say whether a token is good."""


class KeySet:
    """The keys behind one address. An unknown key is looked for there once a minute at most."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url, self._clock = url, clock
        self._keys: Mapping[str | None, RSAPublicKey] = {}
        self._fetched_at = self._tried_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        self._failed = False

    async def key(self, id: str | None) -> RSAPublicKey | None:
        """The key of this id, or the only one there is when a token names none; raises `KeysUnavailable`."""
        found = self._find(id)
        now = self._clock()
        since = now - self._tried_at
        if since >= (AFTER_FAILURE if self._failed else BETWEEN_FETCHES) and (
            found is None or now - self._fetched_at >= FRESH
        ):
            self._start(now)
        if found is None and self._fetching is not None:
            await asyncio.shield(self._fetching)
            found = self._find(id)
        if found is None and (self._failed or not self._keys):
            raise KeysUnavailable
        return found

    async def aclose(self) -> None:
        """Let go of a fetch that is under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait([self._fetching])

    def _find(self, id: str | None) -> RSAPublicKey | None:
        if self._clock() - self._fetched_at >= OLDEST:
            return None
        if id is None and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(id)

    def _start(self, now: float) -> None:
        if self._fetching is None:
            self._tried_at = now
            self._fetching = asyncio.create_task(self._fetch())

    async def _fetch(self) -> None:
        try:
            self._keys = _usable(await self._read())
            self._fetched_at, self._failed = self._clock(), False
        except _FAILURES as error:
            if not self._failed:
                log.warning("http.jwt.jwks_url: no keys from %s: %s", self._url, str(error) or type(error).__name__)
            self._failed = True
        finally:
            self._fetching = None

    async def _read(self) -> bytes:
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.get(self._url, allow_redirects=False, headers={"Accept": "application/json"}) as answer,
        ):
            if answer.status != 200:
                raise ValueError(f"the answer is {answer.status} in place of 200")
            body = bytearray()
            async for piece in answer.content.iter_any():
                body += piece
                if len(body) > LARGEST:
                    raise ValueError("the answer is larger than 256 KB")
            return bytes(body)


class _Document(msgspec.Struct):
    keys: list[dict[str, Any]]


def _usable(document: bytes) -> dict[str | None, RSAPublicKey]:
    """The RSA keys that are for signatures; what else a set holds is passed over."""
    keys = jwt.PyJWKSet(msgspec.json.decode(document, type=_Document).keys).keys
    return {
        key.key_id: key.key
        for key in keys
        if isinstance(key.key, RSAPublicKey)
        and key.algorithm_name == "RS256"
        and key.public_key_use in (None, "sig")
        and key.key.key_size >= 2048
    }
