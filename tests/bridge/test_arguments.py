"""What the command line asks of a bridge or client."""

import base64
from pathlib import Path
from typing import Any

import pytest

from downloads2mqtt.arguments import parser, request_fields
from downloads2mqtt.errors import ConfigurationError

ADDED = {"tags": [], "paused": False, "url": "magnet:?x"}


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("pause box a b", {"ids": ["a", "b"]}),
        ("pause box --all", {"all": True}),
        ("resume box a", {"ids": ["a"]}),
        ("remove box a", {"ids": ["a"], "delete_data": False}),
        ("remove box a --delete-data", {"ids": ["a"], "delete_data": True}),
        ("find Sintel", {"title": "Sintel"}),
        ("find --id a", {"id": "a"}),
        ("poll-now box", {}),
        ("add magnet:?x", ADDED),
        ("add magnet:?x --priority 0 --category tv --path /x", ADDED | {"priority": 0, "category": "tv", "path": "/x"}),
        ("add magnet:?x --tag a --tag b --paused", ADDED | {"tags": ["a", "b"], "paused": True}),
    ],
)
def test_fields(line: str, fields: dict[str, Any]) -> None:
    assert request_fields(parser().parse_args(line.split())) == fields


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x.torrent"
    with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
        request_fields(parser().parse_args(["add", str(path)]))
    path.write_bytes(b"d4:infode")
    fields = request_fields(parser().parse_args(["add", str(path)]))
    assert (fields["filename"], base64.b64decode(fields["content"])) == ("x.torrent", b"d4:infode")
