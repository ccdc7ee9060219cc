"""How figures are written: aims, tables, and three digits that matter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure that was aimed at; it is met when `measured` is below `aim`. `reason` is why, where it is not."""

    what: str
    measured: float
    aim: float
    unit: str
    reason: str = ""

    @property
    def met(self) -> bool:
        """Whether it is."""
        return self.measured < self.aim


def aims_table(aims: Iterable[Aim]) -> str:
    """What was aimed at, and what became of it."""
    return table(("", "measured", "aim", " "), map(_aim, aims))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """As markdown."""
    ruler = ["---", *("---:" if head else "---" for head in heads[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, ruler, *rows))


def short(number: float) -> str:
    """Three digits that matter."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2g}"


def _aim(aim: Aim) -> Sequence[str]:
    reason = f": {aim.reason}" if aim.reason else ""
    verdict = "met" if aim.met else f"**not met**{reason}"
    return aim.what, f"{short(aim.measured)} {aim.unit}", f"< {aim.aim:g} {aim.unit}", verdict
