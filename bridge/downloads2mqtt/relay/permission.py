"""What a reader may ask of clients and bridges. Pure.

The bridge has its own `control` and applies it itself; here it is what this reader was granted. What a reader may not
see answers exactly as what does not exist.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import ValidationError

from downloads2mqtt.contract.request import (
    BRIDGE_REQUESTS,
    CLIENT_REQUESTS,
    READING,
    AddRequest,
    HistoryRequest,
    LimitsRequest,
    PollRequest,
    RemoveRequest,
    Request,
    SelectRequest,
    SetRequest,
    SnapshotRequest,
)
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.hub.channel import key_of
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.scope import Grant, Scope

Target = Literal["client", "bridge"]


def target_of(text: str) -> Target:
    """`client` or `bridge`; raises `RequestError`."""
    match text:
        case "client":
            return "client"
        case "bridge":
            return "bridge"
    raise RequestError("bad_request", "a request is for client/<name> or bridge/<name>")


def checked(target: Target, verb: str, fields: Mapping[str, Any]) -> Request:
    """The request that `fields` make; raises `RequestError`."""
    models = BRIDGE_REQUESTS if target == "bridge" else CLIENT_REQUESTS
    if verb not in models:
        raise RequestError("unsupported", f"{verb[:80]!r} is not known; there are {', '.join(models)}")
    try:
        return models[verb].model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:200]
        raise RequestError("bad_request", f"{place + ': ' if place else ''}{first['msg']}") from None


def allow(grant: Grant, hub: Hub, target: Target, name: str, verb: str, request: Request) -> None:
    """Raises `RequestError` when this reader may not ask that."""
    if grant.control == "off" and verb not in READING:
        raise _forbidden("you may see, but not change anything here")
    if isinstance(request, RemoveRequest) and request.delete_data and grant.control != "full":
        raise _forbidden("you may not delete data")
    if target == "client":
        _require_client(grant.scope, hub, name)
        if grant.scope.categories is not None:
            _within_categories(grant.scope, grant.scope.categories, hub, name, request)
    else:
        _require_bridge(grant.scope, hub, name)
        if not grant.scope.sees_all:
            _within_bridge(grant.scope, hub, name, request)


def told(request: Request) -> dict[str, Any]:
    """The fields that a request was made of, but for its transaction."""
    return request.model_dump(mode="json", exclude_unset=True, exclude={"transaction"})


def serves(hub: Hub, client: str) -> str | None:
    """The bridge that serves a client."""
    listing = (info.bridge for info in hub.infos() for entry in info.clients if entry.client == client)
    return next(listing, None)


def _require_client(scope: Scope, hub: Hub, client: str) -> None:
    if not scope.sees_client(client) or not hub.knows(client):
        raise RequestError("not_found", f"there is no client {client[:80]!r}")


def _require_bridge(scope: Scope, hub: Hub, bridge: str) -> None:
    info = next((info for info in hub.infos() if info.bridge == bridge), None)
    if info is None or not (scope.sees_all or any(scope.sees_client(entry.client) for entry in info.clients)):
        raise RequestError("not_found", f"there is no bridge {bridge[:80]!r}")


def _within_bridge(scope: Scope, hub: Hub, bridge: str, request: Request) -> None:
    """Only what concerns one client, all of which is visible: a bridge knows no readers."""
    if not isinstance(request, SnapshotRequest | HistoryRequest):
        raise _forbidden("not all clients are yours: ask one of them")
    if scope.categories is not None:
        raise _forbidden("not all downloads are yours: only those who see all may ask this")
    if request.client is None:
        raise _forbidden("not all clients are yours: name one as client")
    if not scope.sees_client(request.client) or serves(hub, request.client) != bridge:
        raise RequestError("not_found", f"this bridge has no client {request.client[:80]!r}")


def _within_categories(scope: Scope, categories: frozenset[str], hub: Hub, client: str, request: Request) -> None:
    match request:
        case PollRequest():
            return
        case AddRequest():
            _own(categories, request.category, "add only with one of your categories")
        case SetRequest():
            _visible(scope, hub, client, request.ids)
            if "category" in request.model_fields_set:
                _own(categories, request.category, "set only one of your categories")
        case RemoveRequest():
            _visible(scope, hub, client, request.ids)
        case SelectRequest(ids=tuple() as ids):
            _visible(scope, hub, client, ids)
        case SelectRequest() | LimitsRequest():
            raise _forbidden("not all downloads of this client are yours: name them by ids")
        case _:
            raise _forbidden("not all downloads of this client are yours: only those who see all may ask this")


def _own(categories: frozenset[str], category: str | None, sentence: str) -> None:
    if category not in categories:
        raise _forbidden(f"{sentence}: {', '.join(sorted(categories))}")


def _visible(scope: Scope, hub: Hub, client: str, ids: Iterable[str]) -> None:
    for id in ids:
        download = hub.get(key_of(client, id))
        if download is None or not scope.sees(download):
            raise RequestError("not_found", f"{client} has no download {id[:80]!r}")


def _forbidden(message: str) -> RequestError:
    return RequestError("forbidden", message)
