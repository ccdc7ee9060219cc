"""A row is read once for as long as its bytes and what it depends on stay the same."""

import msgspec
import pytest

from downloads2mqtt.clients._rows import Rows, same
from downloads2mqtt.contract.download import Download


def raws(*texts: str) -> list[msgspec.Raw]:
    return msgspec.json.decode(f"[{','.join(texts)}]", type=list[msgspec.Raw])


def download(id: str, name: str) -> Download:
    return Download(
        id=id, native_id=id, client="box", kind="nzbget", protocol="usenet", name=name, state="queued", native_state="Q"
    )


def counting() -> tuple[Rows[tuple[bytes, bool], bool], list[bytes]]:
    made: list[bytes] = []

    def make(row: bytes, context: bool) -> tuple[bytes, bool]:
        made.append(row)
        return row, context

    return Rows(make), made


def test_only_a_row_that_changed_is_made_again() -> None:
    rows, made = counting()
    first = rows.read(raws("1", "2"), False)
    second = rows.read(raws("2", "3", "1"), False)
    assert made == [b"1", b"2", b"3"]
    assert second[0] is first[1]
    assert second[2] is first[0]


def test_a_row_in_another_context_is_another_row() -> None:
    rows, made = counting()
    assert rows.read(raws("1"), False) != rows.read(raws("1"), True)
    assert made == [b"1", b"1"]


def test_rows_of_a_whole_list_that_are_gone_are_forgotten() -> None:
    rows, made = counting()
    rows.read(raws("1"), False)
    rows.read(raws("2"), False)
    rows.read(raws("1"), False)
    assert made == [b"1", b"2", b"1"]


def test_rows_beyond_a_part_of_the_list_are_kept() -> None:
    rows, made = counting()
    rows.read(raws("1", "2"), False)
    rows.read(raws("3"), False, whole=False)
    rows.read(raws("3", "1", "2"), False)
    assert made == [b"1", b"2", b"3"]


def test_a_row_that_cannot_be_read_leaves_what_was_known() -> None:
    refuse = False
    made = []

    def make(row: bytes, _: None) -> bytes:
        if refuse:
            raise ValueError
        made.append(row)
        return row

    rows: Rows[bytes, None] = Rows(make)
    rows.read(raws("1"), None)
    refuse = True
    with pytest.raises(ValueError):
        rows.read(raws("2"), None)
    assert rows.read(raws("1"), None) == [b"1"]
    assert made == [b"1"]


def test_the_very_object_stays_where_nothing_changed() -> None:
    before = {"a": download("a", "one"), "b": download("b", "two")}
    now = same(before, [download("b", "two"), download("a", "other"), download("c", "three")])
    assert list(now) == ["b", "a", "c"]
    assert now["b"] is before["b"]
    assert now["a"].name == "other"
