"""From a request on the bus to a command for one client. Pure: refuses what the client cannot or may not do."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Protocol

from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.request import (
    AddRequest,
    LimitsRequest,
    RemoveRequest,
    Request,
    SelectRequest,
    SetRequest,
)
from downloads2mqtt.contract.status import Control
from downloads2mqtt.errors import RequestError


class Settings(Protocol):
    """What of a client's settings bears on requests."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Folders, as the client sees them, below which a request may have it put data."""


class Able(Protocol):
    """What a client says it can do."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def abilities(self) -> tuple[str, ...]: ...
    @property
    def adds(self) -> frozenset[str]: ...
    @property
    def settable(self) -> frozenset[str]: ...
    @property
    def limitable(self) -> frozenset[str]: ...
    @property
    def settings(self) -> Settings: ...


Downloads = Mapping[str, Download]
_SELECTIONS: dict[str, type[Pause | Resume | Recheck | Reannounce]] = {
    "pause": Pause,
    "resume": Resume,
    "recheck": Recheck,
    "reannounce": Reannounce,
}


def translate(verb: str, request: Request, client: Able, downloads: Downloads, control: Control) -> Command:
    """The command that `request` means; raises `RequestError` without anything having been asked of the client."""
    if verb not in client.abilities:
        raise RequestError(
            "unsupported", f"{client.title} does not take {verb!r}; it takes {', '.join(client.abilities)}"
        )
    match request:
        case AddRequest():
            return _add(request, client)
        case SelectRequest():
            return _SELECTIONS[verb](None if request.ids is None else _native(request.ids, downloads, client))
        case RemoveRequest():
            return _remove(request, client, downloads, control)
        case SetRequest():
            return _set(request, client, downloads)
        case LimitsRequest():
            return _limits(request, client)
    raise RequestError("unsupported", f"{client.title} does not take {verb!r}")


def _add(request: AddRequest, client: Able) -> Add:
    if request.source not in client.adds:
        raise RequestError("unsupported", f"{client.title} does not add a {request.source}")
    if request.path is not None:
        _allowed(request.path, client)
    return Add(
        url=request.url,
        content=request.decoded(),
        filename=request.filename,
        category=request.category,
        tags=request.tags,
        paused=request.paused,
        path=request.path,
        priority=request.priority,
    )


def _remove(request: RemoveRequest, client: Able, downloads: Downloads, control: Control) -> Remove:
    if request.delete_data and control != "full":
        raise RequestError("forbidden", "control is safe: deleting data needs control: full")
    return Remove(_native(request.ids, downloads, client), request.delete_data)


def _set(request: SetRequest, client: Able, downloads: Downloads) -> Set:
    fields = request.model_dump(exclude={"transaction", "ids"}, exclude_none=True)
    _known(fields.keys() - client.settable, "set", client)
    if not fields:
        raise RequestError("bad_request", f"say what to set: {', '.join(sorted(client.settable))}")
    return Set(_native(request.ids, downloads, client), **fields)


def _limits(request: LimitsRequest, client: Able) -> Limits:
    fields = request.model_dump(exclude={"transaction"}, exclude_none=True)
    _known(fields.keys() - client.limitable, "limit", client)
    if not fields:
        raise RequestError("bad_request", f"say which limit: {', '.join(sorted(client.limitable))}")
    return Limits(**fields)


def _known(unknown: set[str], what: str, client: Able) -> None:
    if unknown:
        raise RequestError("unsupported", f"{client.title} cannot {what} {', '.join(sorted(unknown))}")


def _native(ids: tuple[str, ...], downloads: Downloads, client: Able) -> tuple[str, ...]:
    missing = [id for id in ids if id not in downloads]
    if missing:
        raise RequestError("not_found", f"{client.id} has no download {missing[0][:80]!r}")
    return tuple(dict.fromkeys(downloads[id].native_id for id in ids))


def _allowed(path: str, client: Able) -> None:
    """Only below a folder that the configuration names: the client may write where the requester must not."""
    wanted = PurePosixPath(path)
    inside = (wanted == PurePosixPath(one) or PurePosixPath(one) in wanted.parents for one in client.settings.paths)
    if ".." in wanted.parts or not wanted.is_absolute() or not any(inside):
        allowed = ", ".join(client.settings.paths) or f"none; set clients.{client.id}.paths to allow some"
        raise RequestError("forbidden", f"the path is not below one that {client.id} allows: {allowed}")
