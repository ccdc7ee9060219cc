"""Finds downloads by id or by release title, as the *arr applications read one. Pure: no I/O, no clock.

A name is read into a title, a year, a number (season and episodes, or a date) and attributes (resolution, source,
codec, group, …). Two names match when title and number are the same and nothing that both say differs; what only one
of them says lowers the score.
"""

import re
import unicodedata
from base64 import b32decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.topics import download_id

THRESHOLD = 0.5  # every match is above it: what contradicts has 0
LONGEST = 1024  # a longer name is none of a release: compared as a whole, and not kept
KEPT = 16_384

Number = tuple[str | int, ...]  # ("episode", season, first, last), ("season", first, last) or ("date", y, m, d)


@dataclass(frozen=True, slots=True)
class Match:
    """A download that was looked for; `score` is 1 for the id or the whole title, else between 0.5 and 1."""

    download: Download
    score: float


@dataclass(frozen=True, slots=True)
class Release:
    """What a name says. A title can be read in several ways (is 1984 its end or its year?): pairs of title and year."""

    readings: frozenset[tuple[str, int | None]]
    number: Number | None = None
    attributes: Mapping[str, frozenset[str]] | None = None


def find(downloads: Iterable[Download], *, id: str | None, title: str | None) -> list[Match]:
    """The downloads with this id (ours or the client's own), else those whose name matches `title`, best first."""
    every = list(downloads)
    by_id = [] if id is None else _find_id(every, id)
    return by_id if by_id or title is None else _find_title(every, title)


def score(name: str, other: str) -> float:
    """How well two names match: 0 for not at all, else above `THRESHOLD`; 1 when both say the same."""
    return _score(read(name), read(other))


def read(name: str) -> Release:
    """What a release name says; the same name is read once."""
    return _read_long(name) if len(name) > LONGEST else _read(name)


def _find_id(downloads: list[Download], id: str) -> list[Match]:
    wanted = set(_spellings(id))
    return [Match(one, 1.0) for one in downloads if not wanted.isdisjoint({*_forms(one.id), *_forms(one.native_id)})]


_HASH = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")
_HASHED_ID = re.compile(r"[xX][0-9a-fA-F]{40}")
_BASE32 = re.compile(r"[A-Za-z2-7]{32}")


def _forms(id: str) -> Iterator[str]:
    """An id in the case it is compared in: only that of a hash does not matter."""
    yield id.lower() if _HASH.fullmatch(id) or _HASHED_ID.fullmatch(id) else id


def _spellings(id: str) -> Iterator[str]:
    """An id in every form a client may know it by; nothing for an empty one."""
    id = id.strip()
    if not id:
        return
    yield from _forms(id)
    yield download_id(id)
    if _HASH.fullmatch(id) and len(id) == 64:
        yield id[:40].lower()  # libtorrent shortens a version 2 info-hash
    if _BASE32.fullmatch(id):
        yield b32decode(id.upper()).hex()


def _find_title(downloads: list[Download], title: str) -> list[Match]:
    wanted = read(title)
    scored = (Match(one, _score(wanted, read(one.name))) for one in downloads)
    return sorted((match for match in scored if match.score > THRESHOLD), key=lambda match: -match.score)


# How much an attribute weighs that one side does not say, against the title; those not named here weigh 1.
TITLE_WEIGHT = 4
_WEIGHTS = {"year": 2.0, "resolution": 2.0, "copy": 0.5, "hash": 0.5, "medium": 0.0}


def _score(one: Release, other: Release) -> float:
    if one.number != other.number:
        return 0.0
    years = _common_years(one, other)
    return max((_score_attributes(one, other, *pair) for pair in years), default=0.0)


def _common_years(one: Release, other: Release) -> set[tuple[int | None, int | None]]:
    """The years of both where their titles are the same."""
    return {(year, other_year) for key, year in one.readings for other_key, other_year in other.readings
            if key == other_key}  # fmt: skip


def _score_attributes(one: Release, other: Release, year: int | None, other_year: int | None) -> float:
    ours, theirs = dict(one.attributes or {}), dict(other.attributes or {})
    ours["year"], theirs["year"] = ({str(said)} if said else set() for said in (year, other_year))  # type: ignore
    agreed, missing = float(TITLE_WEIGHT), 0.0
    for name in ours.keys() | theirs.keys():
        mine, yours = ours.get(name, frozenset()), theirs.get(name, frozenset())
        same = not mine.isdisjoint(yours) or not (mine or yours)
        if mine and yours and not same and not (name == "about" and one.number and one.number[0] != "date"):
            return 0.0
        weight = _WEIGHTS.get(name, 1.0)
        agreed, missing = (agreed + weight, missing) if same else (agreed, missing + weight)
    return 1.0 if not missing else round(THRESHOLD + (1 - THRESHOLD) * agreed / (agreed + missing), 3)
