"""The words of a name, folded so that one thing is written in one way only."""

import re
import unicodedata
from collections.abc import Callable

# What others added to a name: extensions, the site that posted it, the mark of a second copy.
_TYPES = (
    "mkv|mp4|avi|m4v|mov|wmv|mpe?g|webm|m2?ts|vob|iso|img|nzb|torrent|par2|rar|zip|7z|tar|gz|xz|bz2|exe|dmg|deb|apk|nfo"
    "|srt|txt"
)
_EXTENSION = re.compile(rf"(?i)\.(?:part\d\d\.|vol\d{{1,4}}\+\d{{1,4}}\.)?(?:{_TYPES})(?:\.(?:{_TYPES})){{0,2}}$")
_LONGEST_EXTENSION = 40
_SITE = r"(?:www\.[\w-]{1,40}\.[a-z]{2,6}|[\w-]{1,40}\.(?:com|net|org|info|site|tv|to|io|me|cc|se|mx|re|ws|ag))"
_SITE_AFTER = re.compile(rf"(?i)[ ._-]{{0,3}}[\[(] ?{_SITE} ?[\])]$")
_SITE_BEFORE = re.compile(rf"(?i)^(?:\[ ?{_SITE} ?\][ ._-]*|{_SITE}[ _]+-[ _]+)(?=\w)")
_COPY = re.compile(r"(?<=[^\s(])[ ._]?\(([1-9])\)$")
_REVERSED = re.compile(r"(?i)(?:^|[-._ ])p(?:027|0801|0612)[-._ ]")

_YEAR_BEFORE = re.compile(r"(?s)[\[(]((?:19|20)\d\d)[\])][ ._-]*(.+)")
_TWO_SCRIPTS = re.compile(
    r"(?<=[^\x00-\u024f])[^\w/|]{0,8}[/|] ?(?=[A-Za-z])|(?<=[A-Za-z])[ !?.]{0,4}[/|] ?(?=[^\x00-\u024f])"
)

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_LETTERS = str.maketrans(
    dict(zip("øłđðıё", "olddiе", strict=True))
    | {"æ": "ae", "œ": "oe", "þ": "th", "&": " and ", "%": " percent "}
    | dict.fromkeys("'’‘`ʼ\ufe0e\ufe0f", "")
)
_ASCII_LETTERS = str.maketrans({"&": " and ", "%": " percent ", "'": "", "`": ""})
_ASCII_WORD = re.compile("[a-z0-9]+")
_MARKS = re.compile("([\u0000-\u03ff])[\u0300-\u036f]+")  # accents in Latin and Greek; elsewhere they make letters


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![^\W_])(?:{pattern})(?![^\W_])")


_YEAR = re.compile(r"1[89]\d\d|20[0-3]\d")


def _running(found: re.Match[str]) -> str:
    """An episode counted through all seasons, and its version; what may be a year stays as it is."""
    first = found[1].partition("-")[0]
    return found[0] if _YEAR.fullmatch(first) else f" nr{found[1].replace('-', 'to')} {found[2] or ''} "


def _range(found: re.Match[str]) -> str:
    """The first to the last; numbers that do not rise are no range."""
    before, last = found[1], found[2]
    return f"{before}to{last} " if int(last) > int(re.findall(r"\d+", before)[-1]) else found[0]


# Signs that say something: what to look for first, since that costs nothing, the pattern, and words instead of it.
_SIGNS: list[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    ("+", _whole(r"dd\+(\d?)"), r"ddp\1"),
    ("+", _whole(r"([a-z]{1,20})\+\+"), r"\1 plus plus"),
    ("#", _whole(r"([a-z])#"), r"\1 sharp"),
    (
        "-",
        _whole(
            r"(s\d{1,4}[ .]?ep?\d{1,5}|ep?\d{2,5}|\d{1,2}x\d{1,3}|s\d{1,2}|(?:seasons?|episodes?)[ .]\d{1,3})"
            r" ?-(?:\d{1,3}-){0,30}(\d{1,3})"
        ),
        _range,
    ),
    ("-", re.compile(r"(?i)(?<=[\s._])-[\s._]{1,3}#?(\d{2,4}(?:-\d{2,3})?)(v\d)?(?=[\s._(\[{]|$)"), _running),
    ("#", re.compile(r"(?i)(?<=[\s._])#(\d{2,4})(v\d)?(?=[\s._(\[{]|$)"), _running),
    ("]", re.compile(r"(?i)\[第?(\d{2,4})(v\d)?(?:[ ._-]?end|[话話集完])?\]"), _running),
    ("】", re.compile(r"(?i)【第?(\d{2,4})(v\d)?(?:[ ._-]?end|[话話集完])?】"), _running),
    ("]", re.compile(r"(?i)\[([\da-f]{8})\]"), r" crc\1 "),
    (")", re.compile(r"(?i)\((?=[a-f]{0,7}\d)([\da-f]{8})\)"), r" crc\1 "),
]


def bare(name: str) -> tuple[str, str]:
    """A name without what others added to it, and the number of the copy."""
    name, copy = name.strip(), ""
    for _ in range(2):
        if found := _EXTENSION.search(name, max(0, len(name) - _LONGEST_EXTENSION)):
            name = name[: found.start()] or name
        if name.endswith((")", "]")):
            name = _SITE_AFTER.sub("", name) or name
            if found := _COPY.search(name):
                name, copy = name[: found.start()], found[1]
    if _REVERSED.search(name):
        name = name[::-1]  # some posters of Usenet write them so
    name = _SITE_BEFORE.sub("", name)
    if found := _YEAR_BEFORE.match(name):
        name = f"{found[2]} {found[1]}"
    return name, copy


def alternatives(name: str) -> list[str]:
    """The halves of a name that tells its title in two scripts, as trackers of the east do: `千と千尋 / Chihiro`."""
    if name.isascii() or not (found := _TWO_SCRIPTS.search(name)):
        return []
    return [name[: found.start()], name[found.end() :]]


def german(name: str) -> str | None:
    """A name with its umlauts written as two letters; `None` when it has none."""
    if name.isascii():
        return None
    folded = unicodedata.normalize("NFC", name).casefold()
    spelled = folded.translate(_UMLAUTS)
    return spelled if spelled != folded else None


def signed(name: str) -> str:
    """A name whose signs are written as words: `C++`, `S01E01-02`, `- 12 -`, `[12]`."""
    for sign, pattern, by in _SIGNS:
        if sign in name:
            name = pattern.sub(by, name)
    return name


def fold(text: str) -> list[str]:
    """The words of a text in lower case, without accents and apostrophes."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower().translate(_ASCII_LETTERS))
    text = text.replace("™", " ").replace("´", "'")  # NFKD would make letters of the one and a space of the other
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    folded = unicodedata.normalize("NFC", _MARKS.sub(r"\1", folded)).translate(_LETTERS)
    if folded.isascii():
        return _ASCII_WORD.findall(folded)
    folded = "".join(one if one.isalnum() or unicodedata.category(one)[0] == "M" else " " for one in folded)
    return [word for word in folded.split() if any(map(str.isalnum, word))]
