"""What may be asked, and what is refused with a sentence."""

import base64
from typing import Any

import msgspec
import pytest
from pydantic import ValidationError

from downloads2mqtt.contract.request import (
    BRIDGE_REQUESTS,
    CLIENT_REQUESTS,
    AddRequest,
    Request,
    Response,
    ResponseError,
    SnapshotPage,
)
from tests.bridge.samples import download

TORRENT = base64.b64encode(b"d4:infoe").decode()
GOOD: list[tuple[str, str, dict[str, Any]]] = [
    ("client", "add", {"url": "magnet:?xt=urn:btih:abc", "category": "linux", "tags": ["iso"], "paused": True}),
    ("client", "add", {"content": TORRENT, "filename": "a.torrent", "path": "/downloads", "priority": 1}),
    ("client", "pause", {"ids": ["a", "b"]}),
    ("client", "resume", {"all": True}),
    ("client", "recheck", {"ids": ["a"]}),
    ("client", "reannounce", {"ids": ["a"], "all": False}),
    ("client", "remove", {"ids": ["a"], "delete_data": True}),
    ("client", "set", {"ids": ["a"], "category": "x", "tags": [], "download_limit": 0, "queue_position": 1}),
    ("client", "limits", {"download_limit": 1000, "upload_limit": 0, "alternative_limits": True}),
    ("client", "poll", {}),
    ("client", "find", {"id": "a"}),
    ("bridge", "snapshot", {"client": "box", "after": "a", "limit": 10}),
    ("bridge", "add", {"url": "http://h/a.nzb"}),
    ("bridge", "find", {"title": "Debian 12"}),
    ("bridge", "history", {"client": "box", "since": "2026-01-01T00:00:00Z", "limit": 1000}),
]
BAD: list[tuple[str, str, dict[str, Any]]] = [
    ("client", "add", {}),
    ("client", "add", {"url": ""}),
    ("client", "add", {"url": "x", "content": TORRENT, "filename": "a.nzb"}),
    ("client", "add", {"content": TORRENT}),
    ("client", "add", {"content": "%%%", "filename": "a.nzb"}),
    ("client", "add", {"url": "x" * 65_537}),
    ("client", "pause", {}),
    ("client", "pause", {"ids": []}),
    ("client", "pause", {"ids": [""]}),
    ("client", "pause", {"ids": "a"}),
    ("client", "pause", {"ids": ["a"], "all": True}),
    ("client", "remove", {}),
    ("client", "remove", {"all": True}),
    ("client", "remove", {"ids": ["a"], "delete_date": True}),
    ("client", "set", {"category": "x"}),
    ("client", "set", {"ids": ["a"], "download_limit": -1}),
    ("client", "set", {"ids": ["a"], "queue_position": 0}),
    ("client", "limits", {"download_limit": "fast"}),
    ("client", "poll", {"now": True}),
    ("client", "find", {}),
    ("bridge", "snapshot", {}),
    ("bridge", "snapshot", {"client": "box", "limit": 0}),
    ("bridge", "snapshot", {"client": "box", "limit": 1001}),
    ("bridge", "find", {}),
    ("bridge", "find", {"id": "a", "title": "b"}),
    ("bridge", "history", {"limit": "many"}),
]


def model(whose: str, verb: str) -> type[Request]:
    return (CLIENT_REQUESTS if whose == "client" else BRIDGE_REQUESTS)[verb]


@pytest.mark.parametrize(("whose", "verb", "fields"), GOOD)
def test_what_may_be_asked(whose: str, verb: str, fields: dict[str, Any]) -> None:
    request = model(whose, verb).model_validate({**fields, "transaction": "t-1"})
    assert request.transaction == "t-1"
    assert model(whose, verb).model_validate(fields).transaction is None


@pytest.mark.parametrize(("whose", "verb", "fields"), BAD)
def test_what_may_not(whose: str, verb: str, fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        model(whose, verb).model_validate(fields)


def test_every_verb_is_tried() -> None:
    every = {("client", verb) for verb in CLIENT_REQUESTS} | {("bridge", verb) for verb in BRIDGE_REQUESTS}
    assert {(whose, verb) for whose, verb, _ in GOOD} == every


@pytest.mark.parametrize("request_model", dict.fromkeys((*CLIENT_REQUESTS.values(), *BRIDGE_REQUESTS.values())))
def test_a_key_that_is_not_known_is_refused(request_model: type[Request]) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        request_model.model_validate({"nonsense": 1})


def test_content_comes_decoded() -> None:
    assert AddRequest(content=TORRENT, filename="a.torrent").decoded() == b"d4:infoe"
    assert AddRequest(url="http://h").decoded() is None


def test_answers_always_have_every_key() -> None:
    encode = msgspec.json.encode
    assert encode(Response(status="ok")) == b'{"transaction":null,"status":"ok","data":null,"error":null}'
    error = Response(transaction="t", status="error", error=ResponseError(code="not_found", message="no such download"))
    assert msgspec.json.decode(encode(error))["error"] == {"code": "not_found", "message": "no such download"}


def test_a_page_survives_the_bus() -> None:
    page = SnapshotPage(downloads=[download("a")], next="a", total=2)
    assert msgspec.json.decode(msgspec.json.encode(page), type=SnapshotPage) == page
