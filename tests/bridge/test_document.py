from pathlib import Path

import pytest

from downloads2mqtt.document import Document, nearest, read_text
from downloads2mqtt.errors import ConfigurationError
from downloads2mqtt.secrets import Secrets


def test_nearest() -> None:
    assert nearest("usrename", ["username", "url"]) == " (did you mean username?)"
    assert nearest("zzz", ["username"]) == ""


def test_read_text_says_why_not(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"\xef\xbb\xbfhello\r\n")
    assert read_text(tmp_path / "text") == "hello\r\n"
    for path, why in ((tmp_path, "is a folder"), (tmp_path / "none", "No such file"), (Path("a\0b"), "null byte")):
        with pytest.raises(ConfigurationError, match=why):
            read_text(path)


def document(tmp_path: Path, text: str) -> Document:
    (tmp_path / "c.yaml").write_text(text)
    return Document(tmp_path / "c.yaml", {}, Secrets())


def test_a_document_knows_where_everything_stands(tmp_path: Path) -> None:
    one = document(tmp_path, "a:\n  - x\n  -\n    b: 1\n'c': {d: ~, e: '~'}\n")
    assert one.read() == {"a": ["x", {"b": "1"}], "c": {"d": None, "e": "~"}}
    assert one.lines == {
        ("a",): 1, ("a", 0): 2, ("a", 1): 4, ("a", 1, "b"): 4, ("c",): 5, ("c", "d"): 5, ("c", "e"): 5,
    }  # fmt: skip
    assert one.origin(("c", "d", "none")) == (None, 5)


def test_a_document_gathers_mistakes_and_goes_on(tmp_path: Path) -> None:
    one = document(tmp_path, "a: !secret x\nb: 1\nb: 2\nc: 3\n")
    assert one.read() == {"a": "", "b": "1", "c": "3"}
    assert [text.removeprefix(f"{tmp_path}/") for _, _, text in one.mistakes] == [
        f"c.yaml:1: a: !secret x: there is no {tmp_path}/secrets.yaml",
        "c.yaml:3: b: is given twice, first in line 2",
    ]
    assert one.broken == {("a",)}


def test_a_key_that_swallowed_its_value_is_not_shown(tmp_path: Path) -> None:
    one = document(tmp_path, "x: y")
    one.read()
    one.complain(("clients", "password:hunter2"), "unknown key")
    assert one.mistakes[0][2].endswith("c.yaml:1: clients.password: unknown key")


def test_a_document_without_a_file_is_empty() -> None:
    one = Document(None, {}, Secrets())
    assert one.read() == {}
    one.complain((), "is odd")
    assert one.mistakes == [(0, 1, "environment: configuration: is odd")]
