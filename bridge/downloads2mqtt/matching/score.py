"""Compares two names: how well what one says fits what the other says."""

from downloads2mqtt.matching.release import Attributes, Reading, Release
from downloads2mqtt.matching.spelling import Numbers

THRESHOLD = 0.5  # every match is above it; all else has 0
_TITLE = 4.0
_WEIGHTS = {"years": 2.0, "resolution": 2.0, "copy": 0.5, "hash": 0.5, "medium": 0.0}  # the others weigh 1


def score(one: Release, other: Release) -> float:
    """How well two names match: 0 for not at all, else above `THRESHOLD`; 1 when both say the same."""
    if not _same_number(one.numbers, other.numbers):
        return 0.0
    pairs = [(mine, yours) for mine in one.readings for yours in other.readings if mine.title == yours.title]
    if not pairs:
        return 0.0
    said = _compared(one.attributes, other.attributes)
    return max(_score(said, _compared(_of(mine), _of(yours))) for mine, yours in pairs) if said else 0.0


def _same_number(ours: Numbers, theirs: Numbers) -> bool:
    """Both without one, or the same of every kind that both say, where at most one says another kind, too."""
    common = ours.keys() & theirs.keys()
    if ours.keys() > common and theirs.keys() > common:
        return False  # A day and an episode is not the same day and a whole season.
    return all(ours[kind] == theirs[kind] for kind in common) and (bool(common) or not (ours or theirs))


def _of(reading: Reading) -> Attributes:
    return {
        "years": reading.years,
        "rest": frozenset([" ".join(sorted(reading.rest))]) if reading.rest else frozenset(),
    }


def _compared(ours: Attributes, theirs: Attributes) -> tuple[float, float] | None:
    """The weight of what both say, and of what only one says; `None` when they contradict each other."""
    agreed = missing = 0.0
    for name in ours.keys() | theirs.keys():
        mine, yours, weight = ours.get(name), theirs.get(name), _WEIGHTS.get(name, 1.0)
        if mine and yours and not mine.isdisjoint(yours):
            agreed += weight
        elif mine and yours and name != "episode":
            return None
        elif mine or yours:
            missing += weight
    return agreed, missing


def _score(*compared: tuple[float, float] | None) -> float:
    agreed, missing = _TITLE, 0.0
    for one in compared:
        if one is None:
            return 0.0
        agreed, missing = agreed + one[0], missing + one[1]
    return round(THRESHOLD + (1 - THRESHOLD) * agreed / (agreed + missing), 3)
