"""Secrets from the moment they are read, and the one door through which no text leaves with one in it."""

import re
from urllib.parse import urlsplit

_SHORTEST = 4
_IN_URL = re.compile(r"\b([a-z][a-z0-9+.-]*)://[^\s\"'<>]+", re.IGNORECASE)
_USER_INFO = re.compile(r"(?<=://)[^/\s@]+@")
_PAIR = re.compile(
    r"(?i)\b(pass(?:word|key|wd)?|api_?key|apikey|token|access_token|auth|secret|cookie|sid|authorization)"
    r"([\"']?\s*[=:]\s*[\"']?)(?:(basic|bearer)\s+)?[^\s&\"',;}]+"
)
_MAGNET = re.compile(r"magnet:\?\S+")

HIDDEN = "**********"


class Secrets:
    """Every secret this process was given, and a `redact` that hides them, and what looks like one, in any text."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def add(self, secret: str) -> None:
        """Remember `secret`; those under four characters would hide half of every text and are left alone."""
        if len(secret) >= _SHORTEST:
            self._known.add(secret)

    def redact(self, text: str) -> str:
        """`text` for a log or the bus: without known secrets, user information in URLs, keys, tokens and magnets."""
        for secret in sorted(self._known, key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        text = _MAGNET.sub("magnet:" + HIDDEN, text)
        return _PAIR.sub(_hidden_value, _USER_INFO.sub("", text))

    def redact_foreign(self, text: str) -> str:
        """`text` that a download client wrote: as `redact`, and of any URL only scheme and host are left.

        Tracker messages carry pass keys in the path, where no pattern finds them.
        """
        return self.redact(_IN_URL.sub(_bare, text))


def _hidden_value(match: re.Match[str]) -> str:
    return f"{match.group(1)}{match.group(2)}{HIDDEN}"


def _bare(match: re.Match[str]) -> str:
    parts = urlsplit(match.group(0).split("?", 1)[0].replace("[", "").replace("]", ""))
    host = parts.netloc.rpartition("@")[2]
    return f"{match.group(1)}://{host}/…" if parts.path.strip("/") else f"{match.group(1)}://{host}"
