"""Whether a bridge is there, by what it said and when. Pure: seconds come as an argument."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

SILENCE: Final = 90.0
"""Seconds without a sign of life after which a bridge counts as offline, whatever it said last."""


def instant(text: str | None) -> float | None:
    """An ISO 8601 time as seconds since 1970; None where there is none."""
    try:
        return datetime.fromisoformat(text).timestamp() if text else None
    except ValueError:
        return None


@dataclass(slots=True)
class Presence:
    """What a bridge, or its last will, said last, and its last sign of life.

    The broker repeats retained signs, so the first of a kind counts from when it was made; a later one was made now.
    """

    says_online: bool = False
    since: float = 0.0
    seen: float | None = None
    _made: dict[str, float] = field(default_factory=dict)

    def say(self, online: bool, now: float, *, live: bool) -> None:
        """It said that it is there, or not; `live` when it said so just now."""
        if online and not self.says_online:
            self.since = now
        if online and live:
            self.seen = now
        self.says_online = online

    def sign(self, kind: str, made: float, wall: float, now: float) -> None:
        """A sign of life, made at `made` by its own clock while ours says `wall`."""
        before = self._made.get(kind)
        self._made[kind] = made
        if before == made:
            return
        moment = now if before is not None and made > before else now - max(0.0, wall - made)
        self.seen = moment if self.seen is None else max(self.seen, moment)

    def reconnect(self) -> None:
        """The broker was away: what it repeats next may be old."""
        self._made.clear()

    def online(self, now: float) -> bool:
        """Whether it is there."""
        last = self.since if self.seen is None else self.seen
        return self.says_online and now - last <= SILENCE
