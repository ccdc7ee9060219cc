"""What a synthetic program is, and the rows that it lists."""

import json
import random
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import msgspec

RECORDINGS = Path(__file__).parents[2] / "bridge" / "clients" / "recordings"
BEGIN = 1_795_222_000
MIB = 1 << 20

_WORDS = ("Northern", "Lights", "Harbour", "Signal", "Winter", "Garden", "Copper", "Valley", "Island", "Archive")


@dataclass(frozen=True, slots=True)
class Question:
    """A request; `headers` keys in lower case."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back, compressed when it is asked for and worth it."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Program(ABC):
    """One download client with `count` downloads, of which some are told to change between two polls."""

    kind: ClassVar[str]

    def __init__(self, count: int) -> None:
        self.count = count
        self.random = random.Random(7)

    @abstractmethod
    def change(self, changed: int, finished: int) -> None:
        """Let `changed` downloads make progress, and `finished` of them come to their end."""

    @abstractmethod
    def prepare(self, *, whole: bool) -> Iterable[bytes]:
        """The long answers to the next poll, or to a complete one, so that they need not be made while it waits."""

    @abstractmethod
    def answer(self, question: Question) -> Answer:
        """The answer to one request."""

    def name(self, number: int) -> str:
        """A name of usual length."""
        words = ".".join(self.random.sample(_WORDS, 3))
        return f"{words}.S{number % 30:02}E{number % 24:02}.1080p.WEB-DL.H264-{number:05}"


class Rows:
    """Rows in order, each kept as JSON, so that a row costs something only when it changes."""

    def __init__(self, separator: bytes = b",", *, spread: bool = False) -> None:
        self._separator = separator
        self._spread = spread
        self._rows: list[dict[str, Any]] = []
        self._told: list[bytes] = []
        self._all: bytes | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> dict[str, Any]:
        return self._rows[place]

    def add(self, row: dict[str, Any], place: int | None = None) -> None:
        """Put a row at the end, or before the one at `place`."""
        at = len(self._rows) if place is None else place
        self._rows.insert(at, row)
        self._told.insert(at, self._encode(row))
        self._all = None

    def take(self, place: int) -> dict[str, Any]:
        """Remove a row."""
        del self._told[place]
        self._all = None
        return self._rows.pop(place)

    def set(self, place: int, **values: Any) -> None:
        """Change a row."""
        self._rows[place].update(values)
        self._told[place] = self._encode(self._rows[place])
        self._all = None

    def joined(self, last: int | None = None) -> bytes:
        """The first `last` rows, or all of them."""
        if last is not None:
            return self._separator.join(self._told[:last])
        if self._all is None:
            self._all = self._separator.join(self._told)
        return self._all

    def _encode(self, row: dict[str, Any]) -> bytes:
        if self._spread:  # NZBGet writes a line for every value
            return json.dumps(row, indent=0, separators=(",", " : ")).encode()
        return msgspec.json.encode(row)


def recorded(path: str) -> Any:
    """What a real program answered."""
    return json.loads((RECORDINGS / path).read_bytes())
