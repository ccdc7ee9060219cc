"""Which bridges are there. Pure; seconds are monotonic and come as an argument."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

SILENCE = 90.0
"""Seconds after which a bridge without a sign of life counts as offline, whatever it said last."""

Sign = Literal["started", "health"]


def instant(text: str) -> float:
    """An ISO 8601 time as seconds since 1970; raises `ValueError`."""
    return datetime.fromisoformat(text).timestamp()


@dataclass(slots=True)
class Presence:
    """One bridge: what it said of itself, and when it last gave a sign of life.

    The broker repeats retained signs to whoever subscribes, so a sign counts from when it was made; one that is newer
    than another of its kind was made now. That keeps a bridge whose clock is wrong from being offline for ever.
    """

    says_online: bool = False
    since: float = 0.0
    seen: float | None = None
    _signs: dict[Sign, float] = field(default_factory=dict)

    def say(self, online: bool, now: float) -> None:
        """It, or its last will, said so."""
        if online and not self.says_online:
            self.since = now
        self.says_online = online

    def sign(self, kind: Sign, made: float, wall: float, now: float) -> None:
        """A sign of life, by its own clock made at `made` when ours, the wall's, says `wall`."""
        if self._signs.get(kind) == made:
            return
        moment = now if made > self._signs.get(kind, made) else now - max(0.0, wall - made)
        self._signs[kind] = made
        self.seen = moment if self.seen is None else max(self.seen, moment)

    def reconnect(self) -> None:
        """The broker was away: what it tells next may be as old as it likes."""
        self._signs.clear()

    def online(self, now: float) -> bool:
        """Whether it is there."""
        return self.says_online and now - (self.since if self.seen is None else self.seen) <= SILENCE
