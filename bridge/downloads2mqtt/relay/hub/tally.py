"""What one relay counts of what it does for its readers. Pure."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Since the start. `conflated` are frames that lagging readers got merged, `dropped_events` those they never got.

    `resumed` and `not_resumed` are readers that returned and were caught up, or got a snapshot; `slow` were let go
    because they took nothing. `requests` are counted by `ok`, or the code of what went wrong.
    """

    frames: int = 0
    bytes: int = 0
    conflated: int = 0
    dropped_events: int = 0
    resumed: int = 0
    not_resumed: int = 0
    slow: int = 0
    requests: Counter[str] = field(default_factory=Counter)
