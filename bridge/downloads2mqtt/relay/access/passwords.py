"""Passwords as the configuration stores them: scrypt (RFC 7914) with a salt of their own."""

import hashlib
import hmac
import re
import secrets
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Self

LONGEST_PASSWORD = 256
COST, BLOCK, PASSES = 14, 8, 5
CHEAPEST = 10

_FORM = re.compile(r"scrypt\.(\d{1,2})\.(\d{1,2})\.(\d{1,2})\.([\w-]{22,86})\.([\w-]{43})", re.ASCII)
_LENGTH = 32
_MOST_MEMORY = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PasswordHash:
    """What is kept of a password. `cost` is the logarithm of scrypt's N; the defaults take 16 MB and some 0.3 s."""

    salt: bytes
    key: bytes
    cost: int = COST
    block: int = BLOCK
    passes: int = PASSES

    @classmethod
    def of(cls, password: str, cost: int = COST, passes: int = PASSES) -> Self:
        """Hash a password, with a new salt."""
        salt = secrets.token_bytes(16)
        return cls(salt, _derive(password, salt, cost, BLOCK, passes), cost, BLOCK, passes)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` wrote; raises `ValueError` with a sentence that quotes nothing of it."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError("must be what `downloads2mqtt hash` prints, not the password itself")
        cost, block, passes = (int(number) for number in match.groups()[:3])
        if cost < CHEAPEST or block < 1 or passes < 1 or 128 * block * 2**cost > _MOST_MEMORY:
            raise ValueError("names costs that are too low or too high: make it with `downloads2mqtt hash`")
        return cls(_bytes(match[4]), _bytes(match[5]), cost, block, passes)

    def __str__(self) -> str:
        return f"scrypt.{self.cost}.{self.block}.{self.passes}.{_text(self.salt)}.{_text(self.key)}"

    def matches(self, password: str) -> bool:
        """Whether this is the password's; works for some 0.3 s, so call it in a thread."""
        return hmac.compare_digest(self.key, _derive(password, self.salt, self.cost, self.block, self.passes))


def _derive(password: str, salt: bytes, cost: int, block: int, passes: int) -> bytes:
    # One keyboard writes ä as one code point and the next as two: they are the same password.
    said = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    # Python's limit must leave room beside the 128 * N * r bytes that scrypt itself works in.
    return hashlib.scrypt(said, salt=salt, n=2**cost, r=block, p=passes, maxmem=2 * _MOST_MEMORY, dklen=_LENGTH)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
