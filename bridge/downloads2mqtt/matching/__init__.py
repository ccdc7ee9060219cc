"""Finds downloads by id, or by release title as the *arr applications read one. Pure: no I/O, no clock.

A name says a title, numbers (season and episodes, or a date) and attributes (year, resolution, source, group, …). Two
names match when title and numbers are the same and nothing differs that both say; what only one says lowers the score.
"""

import re
from base64 import b32decode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.matching.release import LONGEST, read, title_words
from downloads2mqtt.matching.score import THRESHOLD, score
from downloads2mqtt.matching.spelling import ROMAN

__all__ = ["THRESHOLD", "Match", "find", "read", "score"]


@dataclass(frozen=True, slots=True)
class Match:
    """A download that was looked for; `score` is 1 for its id or for all that its name says, else between 0.5 and 1."""

    download: Download
    score: float


def find(downloads: Iterable[Download], *, id: str | None, title: str | None) -> list[Match]:
    """The downloads with this id (ours or the client's own), else those whose name matches `title`, best first."""
    every = list(downloads)
    found = _with_id(every, id) if id else []
    return found if found or title is None else _with_title(every, title)


def _with_id(downloads: list[Download], id: str) -> list[Match]:
    wanted = set(_spellings(id))
    return [Match(one, 1.0) for one in downloads if _caseless(one.id) in wanted or _caseless(one.native_id) in wanted]


_HASH = re.compile(r"[0-9a-f]{32}|x?[0-9a-f]{40}|[0-9a-f]{64}", re.IGNORECASE)


def _caseless(id: str) -> str:
    return id.lower() if _HASH.fullmatch(id) else id


def _spellings(id: str) -> Iterator[str]:
    """The forms in which a client may know an id."""
    yield from (_caseless(id), download_id(id))
    if len(id) == 64 and _HASH.fullmatch(id):
        yield id[:40].lower()  # as libtorrent shortens an info-hash of version 2
    if re.fullmatch(r"(?i)[a-z2-7]{32}", id):
        yield b32decode(id.upper()).hex()


def _with_title(downloads: list[Download], title: str) -> list[Match]:
    wanted, could_be = read(title), _filter(title)
    scored = (Match(one, score(wanted, read(one.name))) for one in downloads if could_be(one.name))
    return sorted((match for match in scored if match.score), key=lambda match: -match.score)


_TELLING = re.compile(r"[a-z]{2,}|1[6-9]|[2-9]\d|[1-9]\d{2,3}")  # 11 and 15 may be written as XI and XV
_WRITTEN_OTHERWISE = {"the", "and", "or", "of", "an", "plus", "sharp", "percent", *ROMAN}
_SIGNS = bytes(sign for sign in range(128) if not chr(sign).isalnum())


def _filter(title: str) -> Callable[[str], bool]:
    """A quick look that keeps every name which can match: the longest words of the title begin somewhere in it.

    To read ten thousand names takes half a second, this a fiftieth of it. Names in other letters are always kept.
    """
    if len(title) > LONGEST:
        return lambda name: len(name) > LONGEST
    looked_for: list[list[bytes]] = []
    for words in title_words(title):
        telling = [word for word in words if _TELLING.fullmatch(word) and word not in _WRITTEN_OTHERWISE]
        beginnings = [word[:4].encode() for word in sorted(telling, key=len, reverse=True)[:3]]
        if beginnings:
            looked_for += [beginnings, [one[::-1] for one in beginnings]]
        elif all(map(str.isascii, words)):
            return lambda name: True

    def could_be(name: str) -> bool:
        if not name.isascii():
            return True
        squeezed = name.lower().encode().translate(None, _SIGNS)
        return any(all(one in squeezed for one in beginnings) for beginnings in looked_for)

    return could_be
