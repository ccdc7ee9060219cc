"""Who may speak to the relay, and what a page of ours may do. Pure."""

import hmac
from collections.abc import Collection, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import SecretStr

_HOME = (".local", ".lan", ".home", ".internal", ".localdomain", ".home.arpa", ".fritz.box")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Server": "downloads2mqtt",
}


def knows_token(headers: Mapping[str, str], query: Mapping[str, str], token: SecretStr | None) -> bool:
    """Whether the request bears the token, as a bearer or, for programs that send no headers, as `token`."""
    said = headers.get("Authorization", "").removeprefix("Bearer ") or query.get("token", "")
    return token is not None and hmac.compare_digest(said.encode(), token.get_secret_value().encode())


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return _is_local_name(host)


def expected(host: str, allowed: Collection[str], *, home_names: bool = False) -> bool:
    """Whether a `Host` header is this machine's or `allowed`: a name that a stranger bound to 127.0.0.1 is neither.

    With `home_names` also one that nobody can register, so that no stranger has it to bind to an address of the house.
    """
    name = _name(host)
    try:
        ip_address(name)
    except ValueError:
        known = _is_local_name(name) or name in {allow.lower() for allow in allowed}
        return known or (home_names and _is_home_name(name))
    return True


def _is_local_name(name: str) -> bool:
    return name == "localhost" or name.endswith(".localhost")


def _is_home_name(name: str) -> bool:
    """Without a dot, or below a domain that routers give out: kept from the public (RFC 6762, 8375, ICANN's
    `internal`), never delegated, or its maker's own."""
    return bool(name) and ("." not in name or name.endswith(_HOME))


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
