"""Seasons, episodes, dates and parts of a name, and pairs of words that are one thing, each written in one way."""

import re
from collections.abc import Callable, Mapping

from downloads2mqtt.matching.vocabulary import NUMBER

Numbers = Mapping[str, frozenset[tuple[int, ...]]]
"""By kind: "episode" (season, first, last), "season" (first, last), "date" (year, month, day)."""
MOST_AT_ONCE = 50  # episodes in one file; what counts further is no range of them

_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv", "one two three four five six seven eight nine ten"
_COUNTING = {word: str(at) for line in _NUMERALS for at, word in enumerate(line.split(), 1)}
ROMAN = {word: number for word, number in _COUNTING.items() if len(word) > 1 and word in _NUMERALS[0].split()}
_COUNTED = {"episode": "ep", "pt": "part", "teil": "part", "vol": "volume", "disk": "disc", "cd": "disc"}
PART = re.compile(r"(?:part|volume|disc|book|chapter)\d+")

_SPELLED = r"""
(web|dvd|bd|br|tv|hd|blu) (dl|rip|ray) => \1\2
(h|x) (26[45]) => \1\2
(8|10|16|24) bit => \1bit
hi10 p => hi10p
dts hd(?: ma| hra)?(?: ?[1-9] [0-4])? => dtshd
(dtshd|dts|ddpa?|dd|e?ac3|aac|truehd|flac|opus)(?: ma)?(?: ?[1-9] [0-4]|51|20|71) => \1
(directors|final|special|ultimate|deluxe|extended|theatrical|assembly|imax) (cut|edition|version) => \1\2
(s\d{1,4}e\d{1,5}|ep?\d{1,5}|\d{1,4})(v[2-4]) => \1 \2
v(\d{1,9} \d{1,9}) => \1
s(\d{1,4}) e (\d{1,5}) => s\1e\2
s(\d{1,2}) (?!(?:1[89]\d\d|20\d\d|480|576|720|1080|2160)\b)(\d{2,4}) => s\1e\2
(?:seasons?|saison|staffel|temporada|stagione) ?(\d{1,4}(?:to\d{1,4})?) => s\1
(\d)(?:st|nd|rd|th) season => s\1
(?:episodes?|ep|folge) (\d{1,5}(?:to\d{1,5})?) => ep\1
cap (\d{1,2})(\d\d) => s\1e\2
(\d{1,2})x(\d{1,3})((?:(?:x|to)\d{1,3}){0,30}) => s\1e\2\3
(0[1-9]|[12]\d|3[01]) (0[1-9]|1[0-2]) ((?:19|20)\d\d) => \3 \2 \1
(0[1-9]|1[0-2]) (1[3-9]|2\d|3[01]) ((?:19|20)\d\d) => \3 \1 \2
((?:19|20)\d\d) (1[3-9]|2\d|3[01]) (0[1-9]|1[0-2]) => \1 \3 \2
(\d{1,2})of\d{1,2} => part\1
"""
_COUNTS = (
    rf"(?:(part|pt|teil|episode|volume|vol|disc|disk|cd) ?(\d{{1,3}}|{'|'.join(_COUNTING)})|(book|chapter) "
    rf"(\d{{1,3}}|{'|'.join(_COUNTING)}))(?: of \d{{1,2}})?"
)


def _counted(found: re.Match[str]) -> str:
    word, number = found[1] or found[3], found[2] or found[4]
    return _COUNTED.get(word, word) + (_COUNTING.get(number) or number.lstrip("0") or "0")


def _rules() -> dict[str, tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]]:
    lines = [line.split(" => ") for line in _SPELLED.strip().splitlines()]
    rules = {f"rule{at}": (re.compile(rf"{pattern}\Z"), by) for at, (pattern, by) in enumerate(lines)}
    return {**rules, "counts": (re.compile(rf"{_COUNTS}\Z"), _counted)}


_RULES = _rules()
_EACH = "|".join(f"(?P<{name}>{rule.pattern[:-2]})" for name, (rule, _) in _RULES.items())
_ANY_RULE = re.compile(rf"\b(?:{_EACH})\b")

_EPISODES = re.compile(r"(?<= )s(\d{1,4}) ?(?:ep?|nr)(\d{1,5})([a-d]?)((?: ?(?:s\d{1,4})?(?:ep?|to|x)\d{1,5}){0,30})\b")
_DATES = re.compile(r"(?<= )((?:19|20)\d\d) ?(0[1-9]|1[0-2]) ?(0[1-9]|[12]\d|3[01])\b")
_SEASONS = re.compile(r"(?<= )s(\d{1,4})(?: ?(?:s|to)(\d{1,4}))?\b")
_COUNTED_ON = re.compile(r"(?<= )(?:(?:ep|nr)(\d{1,5})|e(\d{2,5}))((?: ?(?:ep?|to)\d{1,5}){0,30})\b")
_DIGITS = re.compile(r"\d+")


def spell(words: list[str]) -> str:
    """The words with each thing written in one way: `web dl` as `webdl`, `season 1 episode 2` as `s1 ep2`."""
    return _ANY_RULE.sub(_respelled, " ".join(words))


def _respelled(found: re.Match[str]) -> str:
    pattern, by = _RULES[found.lastgroup or ""]
    return pattern.sub(by, found[0])


def take_numbers(text: str) -> tuple[str, Numbers, list[str]]:
    """The text with `NUMBER` in place of numbers, these by kind, and episodes counted through all seasons.

    No name begins with a number of these.
    """
    if not _DIGITS.search(text):
        return text, {}, []
    taken = _Numbers()
    for pattern, take in (
        (_EPISODES, taken.episode),
        (_DATES, taken.date),
        (_SEASONS, taken.season),
        (_COUNTED_ON, taken.counted_on),
    ):
        text = pattern.sub(take, text)
    return text, *taken.said()


class _Numbers:
    """Gathers the numbers of one name."""

    def __init__(self) -> None:
        self._episodes: set[tuple[int, ...]] = set()
        self._dates: set[tuple[int, ...]] = set()
        self._seasons: set[tuple[int, ...]] = set()
        self._counted_on: list[str] = []

    def episode(self, found: re.Match[str]) -> str:
        season, first, half, more = found.groups()
        self._episodes.add((int(season), *_span(first, more), *(map(ord, half))))
        return NUMBER

    def date(self, found: re.Match[str]) -> str:
        self._dates.add(tuple(map(int, found.groups())))
        return NUMBER

    def season(self, found: re.Match[str]) -> str:
        self._seasons.add(tuple(int(one) for one in (found[1], found[2] or found[1])))
        return NUMBER

    def counted_on(self, found: re.Match[str]) -> str:
        if not self._counted_on:
            first, last = _span(found[1] or found[2], found[3])
            self._counted_on = [str(first)] if first == last else [str(first), str(last)]
        return NUMBER

    def said(self) -> tuple[Numbers, list[str]]:
        """What counts: an episode more than its season, a date and an episode of a season more than a running one."""
        seasons = set() if self._episodes else self._seasons
        kinds = {"episode": self._episodes, "date": self._dates, "season": seasons}
        exact = self._episodes or self._dates
        return {kind: frozenset(said) for kind, said in kinds.items() if said}, [] if exact else self._counted_on


def _span(first: str, more: str) -> tuple[int, int]:
    """The first and the last of some episodes."""
    begin = int(first)
    ends = [int(one) for one in _DIGITS.findall(re.sub(r"s\d+", "", more))] if more else []
    return begin, max((end for end in ends if begin < end <= begin + MOST_AT_ONCE), default=begin)
