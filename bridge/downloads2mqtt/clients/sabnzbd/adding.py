"""How something is added to SABnzbd."""

import logging
import re
from typing import Any, Final

import msgspec

from downloads2mqtt.clients import _given
from downloads2mqtt.clients.sabnzbd.api import Answer, Api, plain
from downloads2mqtt.clients.sabnzbd.finding import find_past
from downloads2mqtt.command import Add
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import ClientError, RequestError

PAUSED: Final = -2  # is one of its priorities
NO_CATEGORY: Final = "*"
LAST_WARNINGS: Final = 10

log = logging.getLogger("downloads2mqtt.clients.sabnzbd")


class Added(Answer):
    """The answer to `addfile` and `addurl`."""

    nzo_ids: tuple[str | None, ...] = ()


class Categories(Answer):
    """The answer to `get_cats`."""

    categories: tuple[str, ...] = ()


class Warned(msgspec.Struct):
    """One of what its page shows as warnings; translated."""

    text: str = ""


class Warnings(Answer):
    """The answer to `warnings`."""

    warnings: tuple[Warned, ...] = ()


async def add_job(api: Api, add: Add) -> str:
    """Add it; its id, which what an address leads to keeps. Raises `RequestError` only when it was not added."""
    if add.tags or add.path is not None:
        raise RequestError(
            "unsupported", "SABnzbd has no tags and takes no path: its categories say where it puts things"
        )
    fields = await _fields(api, add)
    name = fields.get("nzbname", "")
    if add.content is not None:
        files: dict[str, Any] = {"name": (f"{name or 'added'}.nzb", add.content, "application/x-nzb")}
        told = await api.order(Added, "addfile", files=files, **fields)
    else:
        told = await api.order(Added, "addurl", **fields, name=_given.web_address(add.url or ""))
    id = next((id for id in told.nzo_ids if id), None)
    if id is None:
        raise RequestError("failed", await _reason(api, name))
    await _check(api, id)
    if add.paused and add.priority:
        await _put(api, id, add.priority)
    return download_id(id)


async def _fields(api: Api, add: Add) -> dict[str, str]:
    fields = {}
    priority = _given.priority(add.priority)
    if add.paused:
        fields["priority"] = str(PAUSED)
        if priority and add.content is None:
            raise RequestError("unsupported", "SABnzbd takes an address paused or with a priority, not both")
    elif priority is not None:
        fields["priority"] = str(priority)
    if add.category:
        fields["cat"] = await category(api, add.category)
    if name := _name(add.filename):
        fields["nzbname"] = name
    return fields


def _name(filename: str | None) -> str:
    """What the job shall be called; behind a slash SABnzbd looks for a password."""
    name = re.split(r"[/\\]", _given.one_line(filename or "", "filename"))[-1]
    return re.sub(r"\.nzb$", "", name, flags=re.IGNORECASE).strip()


async def category(api: Api, wanted: str) -> str:
    """The category as SABnzbd lists it; one that it does not know it would take for none without a word."""
    if wanted.strip().lower() in ("", NO_CATEGORY, "default", "none"):
        return NO_CATEGORY
    known = (await api.ask(Categories, "get_cats")).categories
    for name in known:
        if name.lower() == wanted.strip().lower():
            return name
    names = ", ".join(name for name in known if name != NO_CATEGORY)
    raise RequestError("bad_request", f"SABnzbd has no such category, but {names or 'none'} (Config → Categories)")


async def _reason(api: Api, name: str) -> str:
    """Why it took nothing, which only its warnings say, and not all of them when it is set to warn less."""
    try:
        warnings = (await api.ask(Warnings, "warnings")).warnings[-LAST_WARNINGS:]
    except ClientError:
        warnings = ()
    for warning in reversed(warnings):
        if name and name in warning.text:
            return f"SABnzbd did not take it: {plain(warning.text)}"
    return "SABnzbd did not take it, and does not say why: it is no NZB, empty, or a duplicate"


async def _check(api: Api, id: str) -> None:
    """Set to fail duplicates and unwanted files, it adds them to its history; they have not been added to the queue."""
    try:
        row = (await find_past(api, [id])).get(id)
    except ClientError as error:
        log.warning("what was added could not be looked for: %s", error)
        return
    if row is not None and row.fail_message:
        raise RequestError("failed", f"SABnzbd put it into its history as failed: {plain(row.fail_message)}")


async def _put(api: Api, id: str, priority: int) -> None:
    """A priority lets a paused job go on, and a forced one cannot be paused.

    It has been added: nothing that fails now makes it fail.
    """
    try:
        await api.order(Answer, "queue", name="priority", value=id, value2=str(min(priority, 1)))
        await api.order(Answer, "queue", name="pause", value=id)
    except (RequestError, ClientError) as error:
        log.warning("added, but not with all that was wanted: %s", error)
