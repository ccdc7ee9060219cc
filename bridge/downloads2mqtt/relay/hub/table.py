"""Values by key, and what readers have not yet been told of them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

Value = TypeVar("Value", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Change(Generic[Value]):
    """One key's value as readers were last told, and as it is; `None` for absent."""

    key: str
    before: Value | None
    after: Value | None


class Table(Generic[Value]):
    """`current` holds what is; `told` what readers know. They differ in what waits for the next frame."""

    def __init__(self) -> None:
        self.current: dict[str, Value] = {}
        self._before: dict[str, Value | None] = {}
        self._urgent: dict[str, None] = {}

    def put(self, key: str, value: Value | None, *, urgent: bool) -> bool:
        """Set or, with `None`, remove; says whether that changed anything."""
        before = self.current.get(key)
        if before == value:
            return False
        self._before.setdefault(key, before)
        if value is None:
            del self.current[key]
        else:
            self.current[key] = value
        if urgent:
            self._urgent[key] = None
        return True

    def take(self, *, urgent_only: bool) -> list[Change[Value]]:
        """What waits, which readers count as told from here on."""
        keys: Iterable[str] = self._urgent if urgent_only else tuple(self._before)
        changes = [Change(key, self._before.pop(key), self.current.get(key)) for key in keys]
        self._urgent.clear()
        return [change for change in changes if change.before != change.after]

    def told(self, key: str) -> Value | None:
        """One value as readers know it."""
        return self._before[key] if key in self._before else self.current.get(key)

    def all_told(self) -> list[Value]:
        """All values as readers know them, in the order in which they came."""
        keys = dict.fromkeys((*self.current, *self._before))
        return [value for key in keys if (value := self.told(key)) is not None]


def whole(value: msgspec.Struct) -> dict[str, Any]:
    """Every field of `value` by name."""
    return msgspec.structs.asdict(value)


def changed(before: Value, after: Value) -> dict[str, Any]:
    """The fields in which `after` differs from `before`."""
    return {name: new for name in after.__struct_fields__ if (new := getattr(after, name)) != getattr(before, name)}
