"""Connections that were negotiated: those that no transport has claimed yet, and those that one carries. Pure.

Seconds are monotonic and come as an argument.
"""

import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from downloads2mqtt.relay.hub.scope import Grant

UNCLAIMED_SECONDS = 15.0
MOST_UNCLAIMED = 1000
MOST_UNCLAIMED_PER_ADDRESS = 50

Carrier = TypeVar("Carrier")


@dataclass(eq=False, slots=True)
class Negotiated(Generic[Carrier]):
    """One connection. `id` may be known to others, `token` is what the transport has to bring.

    In version 0 of the negotiation both are the same. `carrier` is set once a transport claimed it; what the client
    sends before, as some do with the handshake, waits in `early`.
    """

    hub: str
    grant: Grant
    address: str
    version: int
    at: float
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    carrier: Carrier | None = None
    early: bytes = b""

    def __post_init__(self) -> None:
        if self.version == 0:
            self.token = self.id


class Negotiations(Generic[Carrier]):
    """All of a relay's, by token; those unclaimed are few, and expire."""

    def __init__(self) -> None:
        self._unclaimed: dict[str, Negotiated[Carrier]] = {}
        self._claimed: dict[str, Negotiated[Carrier]] = {}
        self._of: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._unclaimed) + len(self._claimed)

    def open(self, hub: str, grant: Grant, address: str, version: int, now: float) -> Negotiated[Carrier] | None:
        """Negotiate one, unless too many wait to be claimed, in all or from this address."""
        self._expire(now)
        if len(self._unclaimed) >= MOST_UNCLAIMED or self._of[address] >= MOST_UNCLAIMED_PER_ADDRESS:
            return None
        negotiated: Negotiated[Carrier] = Negotiated(hub, grant, address, version, now)
        self._unclaimed[negotiated.token] = negotiated
        self._of[address] += 1
        return negotiated

    def find(self, hub: str, token: str, now: float) -> Negotiated[Carrier] | None:
        """The one of this token, claimed or not."""
        self._expire(now)
        found = self._claimed.get(token) or self._unclaimed.get(token)
        return found if found is not None and found.hub == hub else None

    def claim(self, negotiated: Negotiated[Carrier], carrier: Carrier) -> None:
        """A transport carries it from here on."""
        self._forget_unclaimed(negotiated)
        negotiated.carrier = carrier
        self._claimed[negotiated.token] = negotiated

    def end(self, negotiated: Negotiated[Carrier]) -> None:
        """It is over."""
        self._claimed.pop(negotiated.token, None)

    def _expire(self, now: float) -> None:
        for negotiated in list(self._unclaimed.values()):
            if now - negotiated.at <= UNCLAIMED_SECONDS:
                break
            self._forget_unclaimed(negotiated)

    def _forget_unclaimed(self, negotiated: Negotiated[Carrier]) -> None:
        if self._unclaimed.pop(negotiated.token, None) is None:
            return
        self._of[negotiated.address] -= 1
        if not self._of[negotiated.address]:
            del self._of[negotiated.address]
