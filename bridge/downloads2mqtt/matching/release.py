"""Reads what the name of a release says: its title, its numbers, and what it is described with."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from downloads2mqtt.matching.spelling import PART, ROMAN, Numbers, spell, take_numbers
from downloads2mqtt.matching.vocabulary import (
    BREAK,
    EXTRAS,
    KNOWN,
    NUMBER,
    SMALL,
    YEAR,
    attributes,
    is_added,
    is_known,
    is_picture,
    is_strong,
)
from downloads2mqtt.matching.words import alternatives, bare, fold, german, signed

LONGEST = 4096  # characters of a name that is read; a longer one is none of a release and only the same as itself
REMEMBERED = 16_384  # names; a bridge with more downloads reads some of them again

Attributes = Mapping[str, frozenset[str]]

_GROUP_BEFORE = re.compile(r"(?s)[\[【]([^\[\]【】]{1,40})[\]】](.+)")
_HASHED = re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{8,64}|crc[\da-f]{8}")
_COPIES = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a title: its letters and digits, its years, and words after the year that may belong to it."""

    title: str
    years: frozenset[str] = frozenset()
    rest: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Release:
    """What a name says. It has several readings: 1984 at the end of a title may be its year or a part of it."""

    readings: frozenset[Reading]
    numbers: Numbers = field(default_factory=dict)
    attributes: Attributes = field(default_factory=dict)


def read(name: str) -> Release:
    """What a name says, in time that grows with its length; for a name read lately at once."""
    if len(name) > LONGEST:
        return Release(frozenset([Reading(name.strip().casefold())]))
    return _read(name)


def _otherwise(name: str) -> list[str]:
    spelled = german(name)
    return alternatives(name) if spelled is None else [spelled, *alternatives(name)]


def title_words(name: str) -> list[list[str]]:
    """The words of its title, for each way to spell it."""
    return [_Parsed(one).title for one in (name, *_otherwise(name))]


@lru_cache(maxsize=REMEMBERED)
def _read(name: str) -> Release:
    parsed = _Parsed(name)
    readings = set(parsed.readings())
    for one in _otherwise(name):
        other = _Parsed(one)
        other.counted_on = other.counted_on or parsed.counted_on
        readings.update(other.readings())
    return Release(frozenset(readings), parsed.numbers, parsed.attributes())


@lru_cache(maxsize=2048)
def _shared(values: frozenset[str]) -> frozenset[str]:
    """These, kept once for all releases that say them."""
    return values


class _Parsed:
    """The words of a name, sorted into those of its title, those after it, and its numbers."""

    def __init__(self, name: str) -> None:
        name, self.copy = bare(name)
        text, self.numbers, self.counted_on = take_numbers(_text(name))
        words = text.split()
        self.hashes = {word for word in words[1:] if _HASHED.fullmatch(word)}
        if self.hashes:
            words = [word for at, word in enumerate(words) if not at or word not in self.hashes]
        self._cut(words)
        self._sort_tail()

    def _cut(self, words: list[str]) -> None:
        """Part the words: the title, weak words at its end, its year, what comes after it, all from a strong one on."""
        end = next((at for at, word in enumerate(words) if at and is_strong(word)), len(words))
        head, self.tail = words[:end], [word for word in words[end:] if not is_added(word)]
        self.film = self.tail[:1] != [NUMBER] and is_picture(self.tail)
        self.year, self.after, self.described, self.weak = "", [], [], []
        years = [at for at, word in enumerate(head) if at and YEAR.fullmatch(word)]
        if years:
            at = years[-1]
            head, self.year, after = head[:at], head[at], head[at + 1 :]
            self.described = [*_weak_end(after, 0), *(word for word in after if self.film and word in KNOWN)]
            self.after = [word for word in after if not self.film or word not in KNOWN]
        if years or self.tail:
            self.weak = _weak_end(head, 1, "edition" if years else None)
        self.title = head

    def _sort_tail(self) -> None:
        tail = self.tail
        about = list(takewhile(_is_unknown, tail[tail.index(NUMBER) + 1 :])) if NUMBER in tail else []
        free = set(about) if "episode" in self.numbers or self.counted_on else set()
        late = [*self.after, *tail] if self.film else tail
        self.more = [
            word for word in late if word == "sample" or (word not in free and (word in EXTRAS or PART.fullmatch(word)))
        ]
        apart = {*self.more}
        self.after = [word for word in self.after if not self.film or word not in apart]
        self.about = [word for word in about if word not in apart]
        self.tail = [word for word in tail if word not in apart]

    def readings(self) -> Iterator[Reading]:
        """Each way to read the title."""
        head, more = self.title, [*self.counted_on, *self.more]
        late = frozenset(word for word in self.tail if YEAR.fullmatch(word))
        rest = frozenset(self.after) if self.film else frozenset()
        after = [] if self.film else self.after
        if self.year:
            yield Reading(_key([*head, *after, *more]), frozenset([self.year]), rest)
            yield Reading(_key([*head, self.year, *after, *more]), late, rest)
            if rest:
                yield Reading(_key([*head, *self.after, *more]), frozenset([self.year]))
        elif head:
            yield Reading(_key([*head, *more]), late)
        if self.weak:
            years = frozenset([self.year]) if self.year else late
            yield Reading(_key([*head, *self.weak, *after, *more]), years, rest)

    def attributes(self) -> Attributes:
        """What it is described with."""
        said = attributes([*self.weak, *self.described, *self.tail]) | self._ending() | {"hash": self.hashes}
        said["episode" if "episode" in self.numbers or "season" in self.numbers else "guest"] = {*self.about}
        if said.get("guest"):
            said["guest"] = {" ".join(self.about)}
        return {name: _shared(frozenset(values)) for name, values in said.items() if values - {""}}

    def _ending(self) -> dict[str, set[str]]:
        """The group, which comes after all that is known, and the number of the copy, which comes after it."""
        tail, copy = self.tail, self.copy
        ending = list(takewhile(_is_unknown, reversed(tail)))[::-1]
        if ending == tail[1:] and tail[:1] == [NUMBER]:
            return {"copy": {copy}}  # the words after the number are the episode's title
        if len(ending) > 1 and _COPIES.fullmatch(ending[-1]) and not ending[-2].isdigit():
            copy = copy or ending[-1]
        group = [word for word in ending if not word.isdigit()]
        return {"group": {"".join(group) if len(group) <= 3 else ""}, "copy": {copy}}


def _weak_end(words: list[str], first: int, only: str | None = None) -> list[str]:
    """Take the weak words (of one attribute) from the end of these, but leave the first ones."""
    end = len(words)
    while end > first and (said := KNOWN.get(words[end - 1])) and (only is None or only in said):
        end -= 1
    taken = words[end:]
    del words[end:]
    return taken


def _text(name: str) -> str:
    """The words of a name, each thing spelled in one way only; a group that stands before it comes last."""
    name = signed(name)
    found = _GROUP_BEFORE.match(name)
    rest = fold(found[2]) if found else []
    if found and rest and _may_begin(rest[0]):
        return spell([*rest, BREAK, *fold(found[1])])
    return spell(fold(name))


def _may_begin(word: str) -> bool:
    """Whether a title may begin so, after the name of a group."""
    return (word.isalpha() and not is_strong(word)) or (word.isdecimal() and not YEAR.fullmatch(word))


def _is_unknown(word: str) -> bool:
    return not is_known(word)


def _key(words: list[str]) -> str:
    """A title as the *arr applications clean it; a dot stands between numbers, or 12.5 would be 125."""
    if words[-1:] == ["the"]:
        words = ["the", *words[:-1]]
    key, last = "", len(words) - 1
    for at, word in enumerate(words):
        if word in SMALL and 0 < at < last and len(words[at - 1]) > 1 and len(words[at + 1]) > 1:
            continue
        word = ROMAN.get(word, word) if at else word
        dot = "." if key[-1:].isdigit() and word[0].isdigit() else ""
        key += dot + (word if dot or not word.isdecimal() else word.lstrip("0") or "0")
    return key
