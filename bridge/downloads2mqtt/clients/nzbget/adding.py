"""How something is added to NZBGet."""

import base64
import logging
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from downloads2mqtt.clients import _given
from downloads2mqtt.clients.nzbget.choice import category_of, edit, past_entries, queue_of
from downloads2mqtt.clients.nzbget.history import Past
from downloads2mqtt.clients.nzbget.rpc import Rpc
from downloads2mqtt.command import Add
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import ClientError, RequestCode, RequestError

PRIORITIES: Final[Mapping[int, int]] = {-1: -50, 0: 0, 1: 50, 2: 900}

# By the `DeleteStatus` with which NZBGet puts what it does not want into its history at once.
REFUSALS: Final[Mapping[str, tuple[RequestCode, str]]] = {
    "COPY": ("failed", "NZBGet already has this download, in its queue or its history"),
    "DUPE": ("failed", "NZBGet already has a download of this name, in its queue or its history"),
    "GOOD": ("failed", "NZBGet already has a download of this name, which is marked as good"),
    "SCAN": ("bad_request", "NZBGet finds that this is no valid .nzb"),
}

LONGEST_NAME: Final = 200  # bytes, of the 255 that most file systems have

_FORBIDDEN = re.compile(r'["\\/]')

log = logging.getLogger("downloads2mqtt.clients.nzbget")


async def add(rpc: Rpc, command: Add) -> str:
    """Add it; its id, which that of an address keeps when its NZB file is fetched."""
    if command.tags:
        raise RequestError("unsupported", "NZBGet has no tags: give a category alone")
    if command.path is not None:
        raise RequestError("unsupported", "NZBGet's categories say where data goes: give a category, no path")
    priority = PRIORITIES[_given.priority(command.priority) or 0]
    category = category_of(command.category or "")
    name, content = _source(command)
    # 13 has no parameters after these; 25.3 reads a truth value and pairs of text, if there are any.
    terms = (category, priority, False, command.paused, "", 0, "SCORE")
    id = await rpc.order(int, "append", name, content, *terms)
    if id <= 0:
        raise RequestError("failed", "NZBGet did not take it, and does not say why: its log may")
    await _check(rpc, id)
    return download_id(str(id))


def _source(add: Add) -> tuple[str, str]:
    """The name of the NZB file, empty where its server shall say, and its address or content."""
    if add.source not in ("http", "nzb"):
        raise RequestError("unsupported", f"NZBGet does not add a {add.source}")
    name = _file_name(add.filename or "")
    if add.url is not None:
        _given.web_address(add.url)
        return name, "".join(quote(letter) if letter in '"\\' else letter for letter in add.url)
    if not _is_nzb(add.content or b""):
        raise RequestError("bad_request", "the content is no .nzb")
    return name, base64.b64encode(add.content or b"").decode()


def _file_name(name: str) -> str:
    """A name that NZBGet takes as it is; it puts an underscore for what no file may be called, too.

    Of a long one the end is left out: NZBGet's own files and folders of this name have longer ones.
    """
    name = _FORBIDDEN.sub("_", _given.one_line(name, "filename"))
    stem = name[:-4] if name.lower().endswith(".nzb") else name
    stem = stem.encode()[:LONGEST_NAME].decode(errors="ignore")
    return f"{stem}.nzb" if stem else ""


def _is_nzb(content: bytes) -> bool:
    """Whether that can be one, in any encoding."""
    return b"<nzb" in content.replace(b"\0", b"").lower()


async def _check(rpc: Rpc, id: int) -> None:
    """Whether it was put into the history at once, as a duplicate is; raises `RequestError` with the reason.

    It has been added: nothing else that fails now makes it fail.
    """
    try:
        if id in {group.NZBID for group in await queue_of(rpc)}:
            return
        past = {past.NZBID: past for past in await past_entries(rpc)}.get(id)
    except ClientError as error:
        log.warning("what was added could not be looked for: %s", error)
        return
    if past is not None and past.DeleteStatus in REFUSALS:
        await _forget(rpc, past)
        raise RequestError(*REFUSALS[past.DeleteStatus])


async def _forget(rpc: Rpc, past: Past) -> None:
    """Leave nothing of what was refused; its folder goes too, so only if that is its own, as below InterDir."""
    if not (past.DestDir or "").endswith(f".#{past.NZBID}"):
        return
    try:
        await edit(rpc, "HistoryFinalDelete", "", [past.NZBID])
    except (RequestError, ClientError) as error:
        log.warning("what NZBGet refused stays in its history: %s", error)
