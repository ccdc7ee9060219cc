import hashlib
import re
import time
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.matching import THRESHOLD, Match, find, read, score
from downloads2mqtt.matching.release import LONGEST, _read
from tests.bridge.samples import download

TABLE = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("release_names.tsv").read_text(encoding="utf-8").splitlines()[1:]
    if not line.startswith("#")
]
NAMES = sorted({name for _, *pair in TABLE for name in pair if any(map(str.isalnum, name))})
HASH = hashlib.sha1(b"sintel").hexdigest()


def named(*names: str) -> list[Download]:
    return [download(f"id-{at}", name=name) for at, name in enumerate(names)]


def well(name: str, other: str) -> float:
    return score(read(name), read(other))


def by_title(title: str, *names: str) -> list[str]:
    return [match.download.name for match in find(named(*names), id=None, title=title)]


def by_id(id: str, *downloads: Download) -> list[str]:
    matches = find(downloads, id=id, title=None)
    assert all(match.score == 1 for match in matches)
    return [match.download.id for match in matches]


def test_the_table_is_a_table() -> None:
    assert len(TABLE) > 450
    assert {wanted for wanted, *_ in TABLE} == {"yes", "no"}


@pytest.mark.parametrize(("wanted", "name", "other"), TABLE)
def test_pair(wanted: str, name: str, other: str) -> None:
    one, two = well(name, other), well(other, name)
    assert one == two
    assert (one > THRESHOLD) == (wanted == "yes")
    assert one == 0 or THRESHOLD < one <= 1
    assert [match.score for match in find(named(other), id=None, title=name)] == ([one] if wanted == "yes" else [])


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_its_own_whatever_its_case_and_ends(name: str) -> None:
    assert well(name, name) == 1
    assert well(name, name.upper()) == well(name, name.lower()) == well(name, f"  {name} ") == 1


def test_no_two_titles_of_the_table_are_taken_for_each_other() -> None:
    apart = ["pioneer", "debian", "usagi", "nosferatu", "desert", "frankenstein", "daily", "lesson"]
    latin = [name.lower() for name in NAMES if name.isascii()]
    for first in apart:
        ours = [name for name in latin if first in name]
        others = [name for name in latin if first not in name and first[::-1] not in name]
        assert not {name for title in ours for name in by_title(title, *others)}


def test_best_first_and_steady() -> None:
    whole = "Sintel.2010.1080p.BluRay.x264-GRP"
    less = "Sintel.2010.1080p"
    least = "Sintel"
    assert by_title(whole, least, "Spring.2019", less, whole, least) == [whole, less, least, least]
    ids = [match.download.id for match in find(named("Sintel", "SINTEL", "sintel"), id=None, title="Sintel")]
    assert ids == ["id-0", "id-1", "id-2"]


def test_what_only_one_side_says_lowers_the_score() -> None:
    whole = "Sintel.2010.1080p.BluRay.x264-GRP"
    scores = [well(whole, name) for name in (whole, whole.removesuffix("-GRP"), "Sintel.2010.1080p", "Sintel")]
    assert scores == sorted(set(scores), reverse=True)
    assert scores[0] == 1


def test_by_id_ours_or_the_clients_own() -> None:
    one, other = download("7", native_id="seven"), download("8")
    assert by_id("7", one, other) == by_id("seven", one, other) == ["7"]
    assert by_id("9", one, other) == by_id("", one, other) == by_id(" ", one, other) == []


def test_the_case_of_a_hash_does_not_matter_that_of_other_ids_does() -> None:
    assert by_id(HASH.upper(), download(HASH)) == [HASH]
    assert by_id(HASH, download("a", native_id=HASH.upper())) == ["a"]
    assert by_id("sabnzbd_nzo_ab", download("SABnzbd_nzo_ab")) == []


def test_an_info_hash_in_its_other_spellings() -> None:
    second = hashlib.sha256(b"sintel").hexdigest()
    assert by_id(second.upper(), download(second[:40])) == [second[:40]]
    assert by_id("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", download("0" * 40)) == ["0" * 40]


def test_an_id_that_cannot_stand_in_a_topic() -> None:
    native = "http://example.org/a b"
    hashed = download_id(native)
    one = download(hashed, native_id=native)
    assert by_id(native, one) == by_id(hashed, one) == by_id(hashed.upper(), one) == [hashed]
    assert by_id(native, download(hashed)) == [hashed]


def test_the_same_id_at_two_clients() -> None:
    assert by_id("1", download("1", client="one"), download("1", client="two")) == ["1", "1"]


def test_by_id_first_else_by_title() -> None:
    downloads = named("Sintel", "Spring")
    assert [m.download.name for m in find(downloads, id="id-1", title="Sintel")] == ["Spring"]
    assert [m.download.name for m in find(downloads, id="gone", title="Sintel")] == ["Sintel"]
    assert find(downloads, id="gone", title=None) == find(downloads, id=None, title=None) == []


TOKENS = [name for name in re.split(r"[ ._]", " ".join(NAMES)) if any(map(str.isalnum, name))]
words = st.one_of(
    st.text("abcdefghijklmnopqrstuvwxyzäöüßéøæñжщйёλσ千と尋", min_size=1, max_size=8),
    st.integers(0, 3000).map(str),
    st.sampled_from(TOKENS),
)
names = st.lists(words, min_size=1, max_size=8).map(".".join)


@given(st.one_of(names, st.text(max_size=60)))
def test_every_name_is_itself(name: str) -> None:
    assert well(name, name) == (1 if read(name).readings else 0)
    assert read(name).readings or not any(one.isascii() and one.isalnum() for one in name)


@given(names, names)
def test_it_does_not_matter_which_one_is_asked_for(one: str, other: str) -> None:
    assert well(one, other) == well(other, one)
    assert well(one, other) == 0 or THRESHOLD < well(one, other) <= 1


anything = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"]), max_size=40)  # lone surrogates too
strange = st.lists(st.one_of(anything, st.sampled_from([*TOKENS, *"[]()【】-_./|#+&'"])), max_size=8).map("".join)


@given(strange, strange)
def test_any_text_is_safe(one: str, other: str) -> None:
    assert well(one, other) == well(other, one)
    assert 0 <= well(one, other) <= 1
    find(named(one, other), id=one, title=other)


@given(st.lists(words, min_size=1, max_size=8), st.sampled_from("._ "))
def test_separators_and_case_do_not_matter(parts: list[str], separator: str) -> None:
    parts = [*parts, "end"]  # else `.xz` is an extension, which ` xz` is not
    assert well(".".join(parts), separator.join(parts)) == 1
    assert well(".".join(parts), separator.join(parts).upper()) == 1


@given(st.lists(names, max_size=12), names)
def test_only_matches_and_the_best_first(every: list[str], title: str) -> None:
    scores = [match.score for match in find(named(*every), id=None, title=title)]
    assert scores == sorted(scores, reverse=True)
    assert sorted(scores) == sorted(match for name in every if (match := well(title, name)))


@given(names, st.integers(1, 40), st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))
def test_another_episode_is_another_episode(title: str, season: int, episode: int, other: int, third: int) -> None:
    assume((season, episode) != (other, third))
    assume(not read(title).numbers)
    one, two = f"x {title} S{season:02}E{episode:02}", f"x {title} S{other:02}E{third:02}"
    assert well(one, two) == 0
    assert well(one, f"x {title} S{season:02}") == 0


@given(st.integers(1900, 2039), st.integers(1900, 2039), st.sampled_from(["", ".1080p", ".S01E01", " German", " x"]))
def test_another_year_is_another_film(year: int, other: int, rest: str) -> None:
    assert (well(f"Some Film {year}{rest}", f"Some Film ({other}){rest}") > 0) == (year == other)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=3), st.lists(st.integers(0, 40), min_size=1, max_size=3))
def test_another_version_is_another_version(one: list[int], other: list[int]) -> None:
    first, second = (f"rabbitos-x{'.'.join(map(str, version))}-live" for version in (one, other))
    assert (well(first, second) > 0) == (one == other)


LONG = [
    *("a", "a.", "s01e01", "S01E01 ", "S01E01E", "e01 ", "[", "[a", "[a]", "1x01", "1x01x", "2019.", "2026.11.21"),
    *("part 1 ", ".", " ", "-", " - ", "().", "(1)", ".mkv", "é", "e\u0301", "\u0301", "の", "が", "\ufdfa", "1", "1 "),
    *(
        "www.a-",
        "a-",
        "[ www.",
        "1080p",
        "1080p ",
        "deadbee1 ",
        "+",
        "c++",
        "c#",
        "ii ",
        "the ",
        "of ",
        "web dl ",
        "dd 5 1",
    ),
    *(
        "S01-",
        "S01E01-02",
        "1-",
        "01-02-",
        " - 12",
        "[12]",
        "[12",
        "【第12話】",
        "の / a",
        "/",
        "#1",
        "season ",
        "s1 e",
        "ep1to",
    ),
    *(
        "nr1",
        "to1",
        "x1",
        "12of",
        "2019 extended ",
        "(2019)",
        "[2019]",
        ".part01",
        ".vol001+01",
        "p0801.",
        "ac3",
        "v2",
        "&",
    ),
]


@pytest.mark.parametrize("size", [LONGEST, 10_000, 1_000_000])
@pytest.mark.parametrize("piece", LONG)
def test_a_hostile_name_costs_little_time(piece: str, size: int) -> None:
    name = (piece * (size // len(piece) + 1))[: size - 20]
    started = time.process_time()
    for one in (name, name + "!", "S01E01 " + name, "[a] " + name, name + "[a.com]"):
        assert well(one, one) in (0, 1)
        find(named("Sintel"), id=None, title=one)
    assert time.process_time() - started < 2  # 50 ms; what grows with the square takes minutes


def test_a_long_name_is_told_from_another() -> None:
    assert by_title("a" * 10_000, "a" * 9_999, "a" * 10_000) == ["a" * 10_000]


def films(number: int) -> list[Download]:
    """Films and episodes, no two of the same name."""
    rest = ("S{0:02}E{1:02}.1080p.WEB-DL.DDP5.1.H.264-GRP", "{2}.1080p.BluRay.x264-GRP", "{2}.German.DL.2160p.HEVC-GRP")
    titles = [f"{one}.{other}" for one in ADJECTIVES for other in NOUNS]
    numbered = (f"{titles[at % 100]}.{at // 100 + 2}." for at in range(number))
    return named(*(one + rest[at % 3].format(at % 11, at % 29, 1950 + at % 75) for at, one in enumerate(numbered)))


ADJECTIVES = ("Silent", "Bright", "Hidden", "Broken", "Golden", "Frozen", "Wooden", "Distant", "Hollow", "Gentle")
NOUNS = ("Rabbit", "River", "Mountain", "Lantern", "Kitchen", "Harbour", "Letter", "Garden", "Winter", "Machine")


@pytest.mark.parametrize(
    "title", ["Silent Rabbit 2", "It", "M 1931", "Ёлки 2010", "Für Elise", "1917", "x" * 1_000_000]
)
def test_ten_thousand_downloads(title: str) -> None:
    many = films(10_000)
    find(many, id=None, title=title)
    started = time.process_time()
    find([*many, download("last", name=title)], id=None, title=title)
    assert time.process_time() - started < 0.5  # 10 to 40 ms, for each name that could be it was read before


def test_ten_thousand_downloads_never_read_before() -> None:
    many = films(10_000)
    _read.cache_clear()
    started = time.process_time()
    found = find(many, id=None, title=many[4711].name)
    assert time.process_time() - started < 0.5  # 20 ms, for only names with the longest word of the title are read
    assert found[0] == Match(many[4711], 1.0)
    assert _read.cache_info().currsize < 1500


def test_what_is_remembered_has_an_end() -> None:
    limit = _read.cache_info().maxsize
    assert limit is not None
    assert 10_000 <= limit <= 20_000


@given(st.lists(names, max_size=20), names)
def test_the_quick_look_passes_over_nothing_that_matches(every: list[str], title: str) -> None:
    kept = [match.download.name for match in find(named(*every), id=None, title=title)]
    assert sorted(kept) == sorted(name for name in every if well(title, name))


@pytest.mark.parametrize("title", NAMES)
def test_the_quick_look_passes_over_nothing_in_the_table(title: str) -> None:
    assert sorted(by_title(title, *NAMES)) == sorted(name for name in NAMES if well(title, name))


def test_the_page_says_what_is_so() -> None:
    page = Path(__file__).parents[2] / "docs" / "matching.md"
    rows = re.findall(r"\| `(.+)` \| `(.+)` \| ([\d.]+) \|", page.read_text(encoding="utf-8"))
    assert len(rows) == 4
    assert [well(asked, found) for asked, found, _ in rows] == [float(told) for *_, told in rows]
