"""Static tokens: random enough that a plain SHA-256 keeps them."""

import hashlib
import hmac
import re
import secrets

_FORM = re.compile(r"sha256\.[0-9a-f]{64}")


def new_token() -> str:
    """A token of 256 random bits, with a beginning that tells people and scanners what it is."""
    return f"d2m_{secrets.token_urlsafe(32)}"


def hash_token(token: str) -> str:
    """What the configuration stores of a token."""
    return "sha256." + hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_token_hash(text: str) -> bool:
    """Whether this is what `hash_token` makes."""
    return _FORM.fullmatch(text) is not None


def matches(hashed: str, other: str) -> bool:
    """Whether two hashes are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(hashed, other)
