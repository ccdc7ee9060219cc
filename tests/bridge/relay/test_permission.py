"""What readers may ask: one table."""

from typing import Any

import pytest

from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.scope import UNLIMITED, Grant, Scope
from downloads2mqtt.relay.permission import Target, allow, checked, target_of, told
from tests.bridge.relay.builders import AT_SECONDS, download, info, status

SEEDBOX = Scope(clients=frozenset({"seedbox"}))
LINUX = Scope(categories=frozenset({"linux"}))
BOTH = Scope(frozenset({"seedbox"}), frozenset({"linux"}))
ADD = {"url": "http://a.example/x.torrent"}


def permit(grant: Grant, hub: Hub, target: Target, name: str, verb: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields to ask with, as for every request of a reader."""
    request = checked(target, verb, fields)
    allow(grant, hub, target, name, verb, request)
    return told(request)


@pytest.fixture
def hub() -> Hub:
    """Two bridges: main with seedbox and usenet, other with nas. Downloads a (linux) and b (films), c without."""
    hub = Hub("e")
    hub.broker(True)
    for bridge, clients in (("main", ("seedbox", "usenet")), ("other", ("nas",))):
        hub.bridge_info(info(*clients, bridge=bridge), AT_SECONDS, 0.0)
        hub.bridge_state(bridge, True, 0.0)
        for client in clients:
            hub.client_status(status(client, bridge))
    hub.download(download("a", category="linux"))
    hub.download(download("b", category="films"))
    hub.download(download("c"))
    hub.download(download("d", "usenet", category="linux"))
    hub.flush(0.0)
    return hub


CLIENT, BRIDGE = "client", "bridge"
ALLOWED: list[tuple[Scope, str, str, str, str, dict[str, Any]]] = [
    (UNLIMITED, "safe", CLIENT, "seedbox", "pause", {"all": True}),
    (UNLIMITED, "safe", CLIENT, "seedbox", "pause", {"ids": ["who-knows"]}),
    (UNLIMITED, "safe", CLIENT, "seedbox", "limits", {"download_limit": 5}),
    (UNLIMITED, "safe", CLIENT, "seedbox", "remove", {"ids": ["a"]}),
    (UNLIMITED, "safe", CLIENT, "seedbox", "remove", {"ids": ["a"], "delete_data": False}),
    (UNLIMITED, "full", CLIENT, "seedbox", "remove", {"ids": ["a"], "delete_data": True}),
    (UNLIMITED, "off", CLIENT, "seedbox", "poll", {}),
    (UNLIMITED, "off", CLIENT, "seedbox", "find", {"id": "a"}),
    (UNLIMITED, "off", BRIDGE, "main", "find", {"title": "debian"}),
    (UNLIMITED, "off", BRIDGE, "main", "history", {}),
    (UNLIMITED, "off", BRIDGE, "main", "snapshot", {"client": "seedbox"}),
    (UNLIMITED, "safe", BRIDGE, "main", "add", ADD),
    (SEEDBOX, "safe", CLIENT, "seedbox", "pause", {"all": True}),
    (SEEDBOX, "safe", CLIENT, "seedbox", "limits", {"download_limit": 5}),
    (SEEDBOX, "safe", CLIENT, "seedbox", "add", ADD),
    (SEEDBOX, "safe", CLIENT, "seedbox", "find", {"title": "debian"}),
    (SEEDBOX, "safe", BRIDGE, "main", "history", {"client": "seedbox"}),
    (SEEDBOX, "safe", BRIDGE, "main", "snapshot", {"client": "seedbox"}),
    (LINUX, "safe", CLIENT, "seedbox", "pause", {"ids": ["a"]}),
    (LINUX, "safe", CLIENT, "usenet", "resume", {"ids": ["d"]}),
    (LINUX, "safe", CLIENT, "seedbox", "remove", {"ids": ["a"]}),
    (LINUX, "full", CLIENT, "seedbox", "remove", {"ids": ["a"], "delete_data": True}),
    (LINUX, "safe", CLIENT, "seedbox", "set", {"ids": ["a"], "tags": ["new"]}),
    (LINUX, "safe", CLIENT, "seedbox", "set", {"ids": ["a"], "category": "linux"}),
    (LINUX, "safe", CLIENT, "seedbox", "add", {**ADD, "category": "linux"}),
    (LINUX, "safe", CLIENT, "seedbox", "poll", {}),
    (BOTH, "safe", CLIENT, "seedbox", "recheck", {"ids": ["a"]}),
]
REFUSED: list[tuple[Scope, str, str, str, str, dict[str, Any], str]] = [
    (UNLIMITED, "off", CLIENT, "seedbox", "pause", {"all": True}, "forbidden"),
    (UNLIMITED, "off", CLIENT, "seedbox", "add", ADD, "forbidden"),
    (UNLIMITED, "off", BRIDGE, "main", "add", ADD, "forbidden"),
    (UNLIMITED, "off", CLIENT, "nothing", "pause", {"all": True}, "forbidden"),
    (UNLIMITED, "safe", CLIENT, "seedbox", "remove", {"ids": ["a"], "delete_data": True}, "forbidden"),
    (UNLIMITED, "safe", CLIENT, "seedbox", "remove", {"ids": ["a"], "delete_data": "yes"}, "forbidden"),
    (UNLIMITED, "safe", CLIENT, "seedbox", "remove", {"ids": ["a"], "delete_data": 1}, "forbidden"),
    (UNLIMITED, "full", CLIENT, "nothing", "poll", {}, "not_found"),
    (UNLIMITED, "full", BRIDGE, "nothing", "history", {}, "not_found"),
    (UNLIMITED, "full", CLIENT, "seedbox", "dance", {}, "unsupported"),
    (UNLIMITED, "full", CLIENT, "seedbox", "snapshot", {"client": "seedbox"}, "unsupported"),
    (UNLIMITED, "full", BRIDGE, "main", "pause", {"all": True}, "unsupported"),
    (UNLIMITED, "full", CLIENT, "seedbox", "pause", {}, "bad_request"),
    (UNLIMITED, "full", CLIENT, "seedbox", "pause", {"ids": ["a"], "all": True}, "bad_request"),
    (UNLIMITED, "full", CLIENT, "seedbox", "pause", {"ids": "a"}, "bad_request"),
    (UNLIMITED, "full", CLIENT, "seedbox", "poll", {"surprise": 1}, "bad_request"),
    (SEEDBOX, "full", CLIENT, "usenet", "poll", {}, "not_found"),
    (SEEDBOX, "full", CLIENT, "usenet", "pause", {"ids": ["d"]}, "not_found"),
    (SEEDBOX, "full", BRIDGE, "other", "history", {"client": "nas"}, "not_found"),
    (SEEDBOX, "full", BRIDGE, "main", "history", {"client": "usenet"}, "not_found"),
    (SEEDBOX, "full", BRIDGE, "main", "snapshot", {"client": "usenet"}, "not_found"),
    (SEEDBOX, "full", BRIDGE, "main", "history", {}, "forbidden"),
    (SEEDBOX, "full", BRIDGE, "main", "add", ADD, "forbidden"),
    (SEEDBOX, "full", BRIDGE, "main", "find", {"id": "a"}, "forbidden"),
    (LINUX, "full", CLIENT, "seedbox", "pause", {"all": True}, "forbidden"),
    (LINUX, "full", CLIENT, "seedbox", "pause", {"all": "true"}, "forbidden"),
    (LINUX, "full", CLIENT, "seedbox", "limits", {"download_limit": 1}, "forbidden"),
    (LINUX, "full", CLIENT, "seedbox", "pause", {"ids": ["b"]}, "not_found"),
    (LINUX, "full", CLIENT, "seedbox", "pause", {"ids": ["c"]}, "not_found"),
    (LINUX, "full", CLIENT, "seedbox", "pause", {"ids": ["a", "b"]}, "not_found"),
    (LINUX, "full", CLIENT, "seedbox", "resume", {"ids": ["d"]}, "not_found"),
    (LINUX, "full", CLIENT, "seedbox", "remove", {"ids": ["b"]}, "not_found"),
    (LINUX, "full", CLIENT, "seedbox", "set", {"ids": ["b"], "category": "linux"}, "not_found"),
    (LINUX, "full", CLIENT, "seedbox", "set", {"ids": ["a"], "category": "films"}, "forbidden"),
    (LINUX, "full", CLIENT, "seedbox", "set", {"ids": ["a"], "category": ""}, "forbidden"),
    (LINUX, "full", CLIENT, "seedbox", "set", {"ids": ["a"], "category": None}, "forbidden"),
    (LINUX, "full", CLIENT, "seedbox", "add", ADD, "forbidden"),
    (LINUX, "full", CLIENT, "seedbox", "add", {**ADD, "category": "films"}, "forbidden"),
    (LINUX, "full", CLIENT, "seedbox", "find", {"id": "b"}, "forbidden"),
    (LINUX, "full", BRIDGE, "main", "add", {**ADD, "category": "linux"}, "forbidden"),
    (LINUX, "full", BRIDGE, "main", "snapshot", {"client": "seedbox"}, "forbidden"),
    (LINUX, "full", BRIDGE, "main", "history", {"client": "seedbox"}, "forbidden"),
    (BOTH, "full", CLIENT, "usenet", "pause", {"ids": ["d"]}, "not_found"),
    (BOTH, "full", CLIENT, "seedbox", "pause", {"all": True}, "forbidden"),
]


@pytest.mark.parametrize(("scope", "control", "target", "name", "verb", "fields"), ALLOWED)
def test_allowed(
    hub: Hub, scope: Scope, control: Any, target: Any, name: str, verb: str, fields: dict[str, Any]
) -> None:
    permitted = permit(Grant("anna", scope, control), hub, target, name, verb, {**fields, "transaction": "7"})
    assert permitted == fields


@pytest.mark.parametrize(("scope", "control", "target", "name", "verb", "fields", "code"), REFUSED)
def test_refused(
    hub: Hub, scope: Scope, control: Any, target: Any, name: str, verb: str, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(RequestError) as refused:
        permit(Grant("anna", scope, control), hub, target, name, verb, fields)
    assert refused.value.code == code
    assert refused.value.message


@pytest.mark.parametrize(
    ("scope", "target", "hidden", "missing", "verb", "fields"),
    [
        (SEEDBOX, CLIENT, "usenet", "usenot", "pause", {"all": True}),
        (SEEDBOX, BRIDGE, "other", "otter", "history", {"client": "nas"}),
        (BOTH, CLIENT, "usenet", "usenot", "add", {**ADD, "category": "linux"}),
    ],
)
def test_what_is_hidden_answers_as_what_does_not_exist(
    hub: Hub, scope: Scope, target: Any, hidden: str, missing: str, verb: str, fields: dict[str, Any]
) -> None:
    said = []
    for name in (hidden, missing):
        with pytest.raises(RequestError) as refused:
            permit(Grant(scope=scope), hub, target, name, verb, fields)
        said.append((refused.value.code, refused.value.message.replace(name, "…")))
    assert said[0] == said[1]


def test_a_hidden_download_answers_as_one_that_does_not_exist(hub: Hub) -> None:
    said = []
    for id in ("b", "z"):
        with pytest.raises(RequestError) as refused:
            permit(Grant(scope=LINUX), hub, "client", "seedbox", "pause", {"ids": [id]})
        said.append((refused.value.code, refused.value.message.replace(repr(id), "…")))
    assert said[0] == said[1]


def test_what_is_asked_is_what_was_checked(hub: Hub) -> None:
    """`all` as a word is understood as the bridge does, and goes on as what it was understood to be."""
    assert permit(Grant(), hub, "client", "seedbox", "pause", {"all": "true"}) == {"all": True}


@pytest.mark.parametrize("text", ["", "clients", "Client", "client/x", "bridge "])
def test_targets(text: str) -> None:
    assert target_of("client") == "client"
    with pytest.raises(RequestError):
        target_of(text)
