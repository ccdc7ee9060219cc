"""Who may speak to the relay, and what a page of ours may do. Pure."""

import hmac
from collections.abc import Collection, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import SecretStr

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Server": "downloads2mqtt",
}


def same_origin(origin: str | None, host: str) -> bool:
    """Whether a page of `origin` was served by `host`; programs that are no browsers send no origin."""
    return origin is None or origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")


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


def expected(host: str, allowed: Collection[str]) -> bool:
    """Whether a `Host` header is this machine's or `allowed`: a name that a stranger bound to 127.0.0.1 is neither."""
    name = _name(host)
    try:
        ip_address(name)
    except ValueError:
        return _is_local_name(name) or name in {allow.lower() for allow in allowed}
    return True


def _is_local_name(name: str) -> bool:
    return name == "localhost" or name.endswith(".localhost")


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
