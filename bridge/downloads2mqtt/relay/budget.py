"""How often somebody may do something. Pure."""


class Budget:
    """So many in so many seconds."""

    __slots__ = ("_count", "_seconds", "_spent")

    def __init__(self, count: int, seconds: float) -> None:
        self._count, self._seconds = count, seconds
        self._spent: list[float] = []

    def spend(self, now: float) -> bool:
        """Take one; says whether there are more."""
        self._spent.append(now)
        del self._spent[: -self._count]
        return len(self._spent) < self._count or now - self._spent[0] > self._seconds
