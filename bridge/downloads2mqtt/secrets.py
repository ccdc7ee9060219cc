"""Every secret this process was given, and the one door through which none leaves."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

HIDDEN = "**********"

_SHORTEST = 4
# Bounded at the front, so that a long run of letters costs no more than its length times forty.
_NAME = (
    r"(?<![\w-])[\w-]{0,40}?(?:pass(?:word|wd|phrase|key)?|pwd|(?:api|auth|rss|private)[-_]?key|token|ticket|secret|auth"
    r"|authorization|cookie|sid|session[-_]?id)"
)
_QUERY = re.compile(rf"(?i)({_NAME}=)(?![\"'*])[^\s&;,\"'<>)}}\]]+")
_QUOTED = re.compile(rf"(?i)({_NAME}[\"']?\s*[=:,]\s*b?)([\"'])(?:\\.|(?!\2).)+\2")
_HEADER = re.compile(
    r"(?i)(?<![.\w-])((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,40}(?:key|token|session-id))(\s*:\s*)(?=[^\s\"'])[^\r\n\"']+"
)
_FOREIGN = re.compile(rf"(?i)({_NAME}\s*[:=]\s*)(?![\"'*])\S+")
_BEARER = re.compile(r"(?i)\b(bearer\s+)[\w.~+/=-]{8,}")
_MAGNET = re.compile(r"(?i)\bmagnet(?::|%3a)(?:\?|%3f)[^\s\"'<>]+")
_USER_INFO = re.compile(r"(?<=://)[^/\s\"'<>]*@")
_URL = re.compile(r"(?i)\b([a-z][a-z0-9+.-]{0,30})://([^\s\"'<>/?#]*)([^\s\"'<>]*)")
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.%]+\]|[\w.-]+)(?::\d+)?")


class Secrets:
    """Every secret this process was given, and a `redact` that hides them, and what looks like one, in any text."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def add(self, *secrets: str) -> None:
        """Remember `secrets` as they are and as they look in URLs, JSON and tracebacks.

        Those under four characters would hide half of every text and are left alone.
        """
        for secret in secrets:
            if len(secret) >= _SHORTEST:
                self._known.update(_guises(secret))
        longest_first = sorted(self._known, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def redact(self, text: str) -> str:
        """`text` for a log or the bus: without known secrets, user information in URLs, keys, tokens and magnets."""
        if self._pattern is not None:
            text = self._pattern.sub(HIDDEN, text)
        text = _USER_INFO.sub("", _MAGNET.sub("magnet:" + HIDDEN, text))
        text = _QUOTED.sub(rf"\1\2{HIDDEN}\2", text)
        text = _HEADER.sub(rf"\1\2{HIDDEN}", text)
        return _BEARER.sub(rf"\1{HIDDEN}", _QUERY.sub(rf"\1{HIDDEN}", text))

    def redact_foreign(self, text: str) -> str:
        """`text` that a download client wrote: as `redact`, and of any URL only scheme and host are left.

        Tracker messages carry pass keys in the path, where no pattern finds them.
        """
        return _FOREIGN.sub(rf"\1{HIDDEN}", self.redact(_URL.sub(_bare, text)))


def _guises(secret: str) -> Iterator[str]:
    yield from (secret, quote(secret, "", errors="replace"), quote(secret, errors="replace"))
    yield quote_plus(secret, errors="replace")
    yield from (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1])
    yield from (line for line in secret.splitlines() if len(line.strip()) >= _SHORTEST)


def _bare(match: re.Match[str]) -> str:
    scheme, place, rest = match.groups()
    host = place.rpartition("@")[2]
    if not _HOST.fullmatch(host):
        return f"{scheme}://…"
    return f"{scheme}://{host}" + ("/…" if rest.strip("/") else "")
