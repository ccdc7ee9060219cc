"""What of what is not a download a reader may see: one table for each."""

from typing import Any

import pytest

from downloads2mqtt.contract.event import Notification
from downloads2mqtt.contract.frames import BridgeView
from downloads2mqtt.relay.hub.scope import UNLIMITED, Scope
from tests.bridge.relay.builders import AT, health, info

SEEDBOX = Scope(clients=frozenset({"seedbox"}))
LINUX = Scope(categories=frozenset({"linux"}))
BOTH = Scope(frozenset({"seedbox"}), frozenset({"linux"}))


@pytest.mark.parametrize(
    ("scope", "data", "seen"),
    [
        (UNLIMITED, None, True),
        (SEEDBOX, None, False),
        (SEEDBOX, {"client": "seedbox"}, True),
        (SEEDBOX, {"client": "box2"}, False),
        (LINUX, {"client": "seedbox"}, False),
        (LINUX, {"client": "seedbox", "category": "films"}, False),
        (LINUX, {"client": "seedbox", "category": "linux"}, True),
        (LINUX, {"client": "seedbox", "category": ["linux"]}, False),
        (LINUX, {"category": "linux"}, False),
        (BOTH, {"client": "box2", "category": "linux"}, False),
        (BOTH, {"client": "seedbox", "category": "linux"}, True),
    ],
)
def test_what_is_said_to_everybody(scope: Scope, data: dict[str, Any] | None, seen: bool) -> None:
    told = Notification(type="note", message="a word", data=data, at=AT)
    assert scope.sees_notification(told) is seen


@pytest.mark.parametrize("scope", [SEEDBOX, LINUX, BOTH])
def test_a_bridge_says_no_figures_that_count_what_is_hidden(scope: Scope) -> None:
    view = BridgeView(bridge="main", state="online", info=info("seedbox", "box2"), health=health())
    shown = scope.bridge(view)
    assert shown is not None
    assert shown.health is None
    assert shown.info is not None
    assert [entry.client for entry in shown.info.clients] == [
        client for client in ("seedbox", "box2") if scope.sees_client(client)
    ]
    assert UNLIMITED.bridge(view) == view


def test_a_bridge_without_a_visible_client_is_not_there() -> None:
    view = BridgeView(bridge="main", state="online", info=info("box2"), health=health())
    assert SEEDBOX.bridge(view) is None
    assert SEEDBOX.bridge(BridgeView(bridge="main", state="online", info=None, health=None)) is None
