"""The words that releases are described with, and what each of them says."""

import re

# By attribute: groups of words that say the same, each led by the value. Strong ones end a title wherever they stand.
_STRONG = """
source: bluray bdrip brrip bdremux bdmv | webdl | webrip | hdtv pdtv sdtv dsr tvrip | dvdrip dvdr dvd5 dvd9 dvdscr
source: hdrip
codec: h264 x264 avc | h265 x265 hevc | av1 | xvid divx | mpeg2
audio: dts dtshd dtsx | ac3 ac3d ac3ld dd | eac3 ddp ddpa | truehd | aac | flac | mp3 | alac | m4b
format: epub | mobi azw3 | pdf | cbz cbr | audiobook
"""
# Weak ones are words of titles too: they count next to a strong one, after it, or after a year.
_WEAK = """
source: webdl web | webrip web | bluray bd | dvdrip dvd | cam camrip hdcam telesync ts | cd | vinyl lp
audio: opus | ogg vorbis
remux: remux
range: hdr hdr10 hdr10p | dv dovi | sdr
service: amzn | nf | dsnp | hmax | atvp | pcok | hulu
revision: proper | repack rerip | v2 | v3
edition: directorscut directorsedition | finalcut | extended extendedcut extendededition extendedversion | recut
edition: theatrical theatricalcut theatricalversion | unrated | uncut | remastered remaster | imax imaxedition | 3d hsbs
edition: specialedition | ultimateedition ultimatecut | deluxe deluxeedition | unabridged | abridged | assemblycut
language: arabic | bulgarian | chinese mandarin | croatian | czech | danish | dutch | english eng | estonian | finnish
language: flemish | french fre fra truefrench vostfr | german ger deu | greek | hebrew | hindi | hungarian | icelandic
language: italian ita | japanese jpn | korean | latvian | lithuanian | norwegian | polish | portuguese | romanian
language: russian rus | serbian | slovak | spanish | swedish | tamil | telugu | thai | turkish | ukrainian
noise: hd fhd uhd hq hybrid internal limited complete multi dual dl subbed dubbed subs audio 10bit 8bit 16bit 24bit
noise: atmos retail readnfo 320kbps 256kbps 192kbps kbps stereo hi10p hi10 ebook pal ntsc ld md ml ws anime mkv mp4
noise: korsub korsubs hc hardsub hardcoded big5 gb cht chs baha viutv bilibili
"""
EXTRAS = {"sample", "extras", "featurette", "featurettes", "trailer", "teaser", "making", "bonus", "ost", "soundtrack"}
"""Another thing than what the title names."""
SMALL = {"a", "an", "the", "and", "or", "of"}

YEAR = re.compile(r"1[89]\d\d|20[0-3]\d")
_HEIGHT = re.compile(r"(?:\d{3,4}x)?(360|480|540|576|720|1080|1440|2160|4320)[pi](?:\d\d)?")
_SIZE = re.compile(r"(\d{3,4})x\d{3,4}")
_BY_WIDTH = {"640": "480", "720": "480", "848": "480", "854": "480", "1280": "720", "1920": "1080", "3840": "2160"}
_ADDED = re.compile("(?:de)?obfuscated|scrambled|postbot|xpost|nzbgeek|buymore|asrequested|rarbg|rartv|ettv|eztv|cttv")

NUMBER, BREAK = "#", "|"  # words that no name has: where a number stood, and where nothing more of its title comes


def _vocabulary(table: str) -> dict[str, dict[str, frozenset[str]]]:
    """By word: the attribute it tells, and its values; `web` may be either of two."""
    words: dict[str, dict[str, frozenset[str]]] = {}
    for line in table.strip().splitlines():
        attribute, _, groups = line.partition(": ")
        for value, *others in map(str.split, groups.split(" | ")):
            for word in (value, *others):
                said = words.setdefault(word, {})
                said[attribute] = said.get(attribute, frozenset()) | {value}
    return words


_STRONG_WORDS = _vocabulary(_STRONG)
KNOWN = _vocabulary(_WEAK) | _STRONG_WORDS
_PICTURE = {word for word, said in _STRONG_WORDS.items() if said.keys() & {"source", "codec"}}
_SOUND = {"flac", "mp3", "alac", "m4b", "ogg", "audiobook"}


def resolution(word: str) -> str | None:
    """The lines of a picture that a word says, for 1920x804 those of the format it belongs to."""
    if not word[0].isdigit():
        return None
    if found := _HEIGHT.fullmatch(word):
        return found[1]
    found = _SIZE.fullmatch(word)
    return _BY_WIDTH.get(found[1]) if found else "2160" if word == "4k" else None


def is_strong(word: str) -> bool:
    """Whether no title goes on with this word."""
    return word in _STRONG_WORDS or word in (NUMBER, BREAK) or resolution(word) is not None


def is_known(word: str) -> bool:
    """Whether it is a word that releases are described with."""
    return word in KNOWN or is_strong(word) or YEAR.fullmatch(word) is not None


def is_added(word: str) -> bool:
    """Whether posters and trackers put this word behind a name."""
    return _ADDED.fullmatch(word) is not None


def is_picture(words: list[str]) -> bool:
    """Whether a film or an episode is described."""
    return any(word in _PICTURE or resolution(word) is not None for word in words)


def attributes(words: list[str]) -> dict[str, set[str]]:
    """What words say of a release, by attribute."""
    said: dict[str, set[str]] = {}
    for word in words:
        for attribute, values in KNOWN.get(word, {}).items():
            said.setdefault(attribute, set()).update(values)
        if lines := resolution(word):
            said.setdefault("resolution", set()).add(lines)
    said.pop("noise", None)
    sound = not _SOUND.isdisjoint({*said.get("audio", ()), *said.get("format", ())})
    other = "sound" if sound else "text" if "format" in said else ""
    return said | {"medium": {"video" if "resolution" in said or "codec" in said else other}}
