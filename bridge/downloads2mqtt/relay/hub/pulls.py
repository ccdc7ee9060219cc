"""Which page of which client to ask for, and when. Pure; seconds are monotonic and come as an argument.

Retained messages alone never make a consumer complete (contract.md §4.4), so each client is pulled page by page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

AT_A_TIME = 4
PATIENCE = 3.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
ATTEMPTS = 10
MISMATCH_PATIENCE = 2.0


@dataclass(slots=True)
class Pull:
    """One client's downloads, being asked for page by page.

    `ids` were on a page; `touched` were said, or said to be gone, live since the pull began: for those, a page is old.
    """

    client: str
    bridge: str
    after: str | None = None
    transaction: str | None = None
    due: float = 0.0
    attempts: int = 0
    ids: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)

    def advance(self, ids: Iterable[str], after: str | None, now: float) -> bool:
        """A page came; whether it led on."""
        found = set(ids) - self.ids
        self.ids |= found
        self.after, self.transaction, self.due, self.attempts = after, None, now, 0
        return bool(found)

    def fail(self, now: float) -> None:
        """No page came: ask again, later each time."""
        self.transaction = None
        self.due = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2**self.attempts)
        self.attempts += 1


class Pulls:
    """The pulls that are wanted or under way, a few at a time. `name` begins every transaction."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0
        self._pulls: dict[str, Pull] = {}

    def __contains__(self, client: str) -> bool:
        return client in self._pulls

    def want(self, client: str, bridge: str, now: float) -> None:
        """Pull a client, unless that is under way."""
        if client not in self._pulls or self._pulls[client].bridge != bridge:
            self._pulls[client] = Pull(client, bridge, due=now)

    def restart(self) -> None:
        """Forget all that is under way."""
        self._pulls.clear()

    def done(self, client: str) -> None:
        """Forget one."""
        self._pulls.pop(client, None)

    def touch(self, client: str, id: str) -> None:
        """A download was said live."""
        if client in self._pulls:
            self._pulls[client].touched.add(id)

    def answered(self, transaction: str | None) -> Pull | None:
        """The pull that waits for this answer."""
        if transaction is None:
            return None
        return next((pull for pull in self._pulls.values() if pull.transaction == transaction), None)

    def due(self, now: float) -> Iterator[Pull]:
        """The pulls to ask a page for now, each with a new transaction; those that never get one are given up."""
        self._expire(now)
        asking = sum(pull.transaction is not None for pull in self._pulls.values())
        for pull in self._pulls.values():
            if asking < AT_A_TIME and pull.transaction is None and pull.due <= now:
                asking += 1
                self._count += 1
                pull.transaction = f"{self._name}-{self._count}"
                pull.due = now + PATIENCE
                yield pull

    def _expire(self, now: float) -> None:
        for pull in list(self._pulls.values()):
            if pull.transaction is not None and pull.due <= now:
                pull.fail(now)
            if pull.attempts >= ATTEMPTS:
                self.done(pull.client)


@dataclass(slots=True)
class _Mismatch:
    since: float
    patience: float = MISMATCH_PATIENCE


class Mismatches:
    """Clients whose own total differs from what is held: worth a pull after 2 s, and later each time it was in vain."""

    def __init__(self) -> None:
        self._seen: dict[str, _Mismatch] = {}

    def ripe(self, mismatched: Iterable[str], now: float) -> list[str]:
        """Those to pull now, of those that differ now."""
        self._seen = {client: self._seen.get(client) or _Mismatch(now) for client in mismatched}
        ripe = [client for client, seen in self._seen.items() if now - seen.since >= seen.patience]
        for client in ripe:
            seen = self._seen[client]
            seen.since, seen.patience = now, min(LONGEST_PAUSE, seen.patience * 2)
        return ripe
