"""Tickets: a grant that goes into an address once, for what cannot send headers. Pure; seconds are monotonic."""

import secrets
from collections import OrderedDict

from downloads2mqtt.relay.hub.scope import Grant

LIFETIME = 30
MOST = 1000


class Tickets:
    """Those that were given out and not yet used, so many at most: then the oldest are no longer good."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._grants: OrderedDict[str, tuple[Grant, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._grants)

    def issue(self, grant: Grant, now: float) -> str:
        """A new ticket for `grant`."""
        while self._grants and (len(self._grants) >= self._most or self._oldest() <= now):
            self._grants.popitem(last=False)
        ticket = secrets.token_urlsafe(24)
        self._grants[ticket] = grant, now + LIFETIME
        return ticket

    def take(self, ticket: str, now: float) -> Grant | None:
        """The grant of a ticket, which is used up; `None` when there is none, or it is too old."""
        grant, end = self._grants.pop(ticket, (None, now))
        return grant if now < end else None

    def _oldest(self) -> float:
        return next(iter(self._grants.values()))[1]
