from types import SimpleNamespace
from typing import Any

import pytest

from downloads2mqtt.command import Add, Limits, Pause, Remove, Resume, Set
from downloads2mqtt.contract.request import CLIENT_REQUESTS
from downloads2mqtt.contract.status import Control
from downloads2mqtt.errors import RequestError
from downloads2mqtt.translate import translate
from tests.bridge.samples import download

CLIENT = SimpleNamespace(
    id="box",
    title="Box",
    abilities=("poll", "add", "pause", "resume", "remove", "set", "limits"),
    adds=frozenset({"magnet", "torrent"}),
    settable=frozenset({"category", "tags"}),
    limitable=frozenset({"download_limit"}),
    settings=SimpleNamespace(paths=("/data/torrents",)),
)
DOWNLOADS = {"a": download("a", native_id="A/1"), "b": download("b")}
MAGNET = "magnet:?xt=urn:btih:" + "a" * 40


def command(verb: str, control: Control = "safe", **fields: Any) -> object:
    return translate(verb, CLIENT_REQUESTS[verb].model_validate(fields), CLIENT, DOWNLOADS, control)


def refusal(verb: str, control: Control = "safe", **fields: Any) -> RequestError:
    with pytest.raises(RequestError) as caught:
        command(verb, control, **fields)
    return caught.value


def test_ids_become_the_clients_own_and_each_once() -> None:
    assert command("pause", ids=["a", "b", "a"]) == Pause(("A/1", "b"))
    assert command("resume", all=True) == Resume(None)


def test_only_what_was_said_is_set() -> None:
    assert command("set", ids=["b"], tags=[]) == Set(("b",), tags=())
    assert command("limits", download_limit=0) == Limits(download_limit=0)


def test_add() -> None:
    assert command("add", url=MAGNET, path="/data/torrents/tv", tags=["x"]) == Add(
        url=MAGNET, path="/data/torrents/tv", tags=("x",)
    )
    assert command("add", content="ZDQ6aW5mb2RlZQ==", filename="x.torrent") == Add(
        content=b"d4:infodee", filename="x.torrent"
    )


@pytest.mark.parametrize(
    ("verb", "fields", "code"),
    [
        ("recheck", {"all": True}, "unsupported"),
        ("add", {"url": "https://example.org/x.torrent"}, "unsupported"),
        ("add", {"content": "", "filename": "x.nzb"}, "unsupported"),
        ("pause", {"ids": ["a", "c"]}, "not_found"),
        ("remove", {"ids": ["A/1"]}, "not_found"),
        ("set", {"ids": ["a"], "priority": 1}, "unsupported"),
        ("set", {"ids": ["a"]}, "bad_request"),
        ("limits", {"alternative_limits": True}, "unsupported"),
        ("limits", {}, "bad_request"),
    ],
)
def test_what_the_client_cannot_is_refused(verb: str, fields: dict[str, Any], code: str) -> None:
    assert refusal(verb, **fields).code == code


def test_deleting_data_needs_full_control() -> None:
    assert refusal("remove", ids=["a"], delete_data=True).code == "forbidden"
    assert command("remove", "full", ids=["a"], delete_data=True) == Remove(("A/1",), True)
    assert command("remove", ids=["a"]) == Remove(("A/1",), False)


@pytest.mark.parametrize(
    "path",
    ["/etc", "/data", "/data/torrents/../../etc", "data/torrents", "", "/data/torrents2", "C:\\x", "/data/torrents/.."],
)
def test_a_path_outside_is_forbidden(path: str) -> None:
    assert refusal("add", url=MAGNET, path=path).code == "forbidden"
