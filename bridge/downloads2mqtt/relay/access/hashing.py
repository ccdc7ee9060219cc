"""What `downloads2mqtt hash` prints: the lines of the configuration for a password or a new token."""

import getpass
import sys

from downloads2mqtt.errors import ConfigurationError
from downloads2mqtt.relay.access.passwords import LONGEST_PASSWORD, PasswordHash
from downloads2mqtt.relay.access.tokens import hash_token, new_token

SHORTEST_PASSWORD = 8


def token_lines() -> str:
    """A new token, which is stored nowhere, and its hash."""
    token = new_token()
    return f"token: {token}  # for the program, shown this once\nhash: {hash_token(token)}  # for http.tokens\n"


def password_line() -> str:
    """The hash of a password, asked for without echo or read from a pipe; raises `ConfigurationError`."""
    password = _asked() if sys.stdin.isatty() else _piped()
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise ConfigurationError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    return f"password: {PasswordHash.of(password)}\n"


def _asked() -> str:
    try:
        password, again = getpass.getpass("Password: "), getpass.getpass("Again: ")
    except (EOFError, KeyboardInterrupt):
        raise ConfigurationError("nothing was hashed") from None
    if password != again:
        raise ConfigurationError("these are two passwords: try again")
    return password


def _piped() -> str:
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        raise ConfigurationError("a password is text in UTF-8") from None
