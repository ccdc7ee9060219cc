"""The page's files: found, named, typed, zipped and kept for as long as their names allow."""

import gzip
import re
from pathlib import Path

import aiohttp
import pytest

from downloads2mqtt.relay import assets
from tests.bridge.relay.conftest import Relay

HASHED = re.compile(r"\.[0-9a-f]{12}\.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page with one file of each sort."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "notes.py").write_text("x = 1")
    for name in ("main.0123456789ab.js", "app.webmanifest", "en.json", "icon-192.png", "secret.key"):
        (tmp_path / "assets" / name).write_bytes(name.encode() * 100)
    return tmp_path


def test_only_files_of_a_page_are_served(folder: Path) -> None:
    loaded = assets.load(folder)
    assert sorted(loaded) == ["app.webmanifest", "en.json", "icon-192.png", "index.html", "main.0123456789ab.js"]
    assert {name: asset.content_type for name, asset in loaded.items()} == {
        "app.webmanifest": "application/manifest+json",
        "en.json": "application/json",
        "icon-192.png": "image/png",
        "index.html": "text/html",
        "main.0123456789ab.js": "text/javascript",
    }


def test_pictures_are_not_zipped_and_texts_are(folder: Path) -> None:
    loaded = assets.load(folder)
    assert loaded["icon-192.png"].zipped == b""
    assert gzip.decompress(loaded["en.json"].zipped) == loaded["en.json"].body


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("main.0123456789ab.js", True),
        ("index.html", False),
        ("icon-192.png", False),
        ("app.webmanifest", False),
    ],
)
def test_only_what_has_a_hash_in_its_name_is_kept(folder: Path, name: str, kept: bool) -> None:
    assert ("immutable" in assets.load(folder)[name].cache) is kept


async def test_browsers_may_keep_everything_but_the_page_itself(relay: Relay) -> None:
    names = set(assets.load()) - {"index.html"}
    assert {Path(name).suffix for name in names} >= {".js", ".css", ".svg"}
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        for path in ("/", *(f"/assets/{name}" for name in names)):
            async with session.get(relay.url(path), headers={"Accept-Encoding": "gzip"}) as answer:
                wanted = assets.KEEP if HASHED.search(path) else "no-cache"
                assert answer.headers["Cache-Control"] == wanted
                body = await answer.read()
                if answer.headers.get("Content-Encoding") == "gzip":
                    assert gzip.decompress(body)
                assert ("charset" in answer.headers["Content-Type"]) is (
                    Path(path).suffix in (".js", ".css", ".webmanifest", "")
                )


def test_the_page_has_nothing_inline_and_nothing_from_elsewhere() -> None:
    loaded = assets.load()
    page = loaded["index.html"].body.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert re.findall(r"<script(?![^>]* src=)", page) == []
    assert re.findall(r"(?:src|href)=\"(?!\./)", page) == []
    linked = re.findall(r"(?:src|href)=\"\./assets/([^\"]+)\"", page)
    assert linked
    assert set(linked) <= set(loaded)
