"""NZBGet 13 to 26: JSON-RPC, groups and status every time, the history when something may have come to it.

A group goes to the history under one `NZBID`, and may come back from there. Sources: daemon/remote/XmlRpc.cpp,
daemon/queue/HistoryCoordinator.cpp, and answers of 21.0.
"""

import dataclasses
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Literal

import msgspec
from pydantic import SecretStr

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients._json import decode
from downloads2mqtt.clients._rows import Rows, same
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.clients.nzbget.control import execute
from downloads2mqtt.clients.nzbget.groups import Group, Status, in_order, row_of_group, totals_of
from downloads2mqtt.clients.nzbget.history import Past, row_of_past
from downloads2mqtt.clients.nzbget.nzb import KIND, PROTOCOL, STATES, Row
from downloads2mqtt.clients.nzbget.rpc import Answer, Rpc, rpc_url
from downloads2mqtt.command import Command
from downloads2mqtt.contract.download import Download, Protocol, State
from downloads2mqtt.errors import ClientAnswerError
from downloads2mqtt.listing import Listing

# NZBGet holds its queue's lock while it writes a history, which may take it a second: rest a hundred times as long.
HISTORY_SECONDS = 60.0
HISTORY_REST = 100.0


class Settings(ClientSettings):
    """`username` and `password` of the control user (or the restricted one); empty where NZBGet wants none."""

    kind: Literal["nzbget"] = "nzbget"
    username: str = ""
    password: SecretStr = SecretStr("")


@dataclass(frozen=True, slots=True)
class _History:
    """The history as last told; `asked_at` in seconds, monotonic, `cost` in seconds it took to answer."""

    downloads: Mapping[str, Download] = field(default_factory=dict)
    deleted: frozenset[str] = frozenset()
    posted: Mapping[str, int] = field(default_factory=dict)
    etag: str = ""
    asked_at: float = -math.inf
    cost: float = math.inf


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the last poll left behind; replaced as a whole, so that a cancelled poll leaves no half of it.

    `posted` tells one download from another under the same id: after a restart NZBGet gives the highest ids again
    when their downloads were deleted. `suspects` are those from before a restart that were not seen since.
    """

    queue: Mapping[str, Download] = field(default_factory=dict)
    history: _History = _History()
    downloads: Mapping[str, Download] = field(default_factory=dict)
    missing: bool = False
    posted: Mapping[str, int] = field(default_factory=dict)
    suspects: Mapping[str, int] = field(default_factory=dict)
    uptime: int = 0
    post_jobs: int = 0
    downloaded: int = 0


class Nzbget(Client):
    """One NZBGet."""

    kind: ClassVar[str] = KIND
    title: ClassVar[str] = "NZBGet"
    protocol: ClassVar[Protocol] = PROTOCOL
    Settings: ClassVar[type[ClientSettings]] = Settings
    states: ClassVar[Mapping[str, State]] = MappingProxyType({word: state for word, (state, _) in STATES.items()})
    usual_urls: ClassVar[tuple[str, ...]] = ("http://127.0.0.1:6789/",)
    abilities: ClassVar[tuple[str, ...]] = ("add", "pause", "resume", "remove", "recheck", "set", "limits", "poll")
    adds: ClassVar[frozenset[str]] = frozenset({"http", "nzb"})
    settable: ClassVar[frozenset[str]] = frozenset({"category", "priority", "queue_position"})
    limitable: ClassVar[frozenset[str]] = frozenset({"download_limit"})
    clock = staticmethod(time.monotonic)

    def __init__(self, id: str, settings: Any, http: Http) -> None:
        super().__init__(id, settings, http)
        self._rpc = Rpc(http, settings.username, settings.password.get_secret_value())
        self._seen = _Seen()
        self._commanded = False
        self._groups: Rows[Row, bool] = Rows(self._group)
        self._pasts: Rows[Row, None] = Rows(self._past)

    async def poll(self, *, complete: bool) -> Listing:
        """Groups, then status, then maybe the history; always every download NZBGet has."""
        self._rpc.credentials.check()
        version = await self._rpc.ask(str, "version") if complete or not self.version else self.version
        groups = await self._rpc.ask(list[msgspec.Raw], "listgroups", 0)
        status = await self._rpc.ask(Status, "status")
        rows = self._groups.read(groups, status.DownloadPaused)
        queue = same(self._seen.queue, in_order(rows, status.rate))
        due = complete or self._commanded or _may_have_ended(self._seen, queue, status, self.clock())
        history = await self._look_back() if due else self._seen.history
        self._rpc.credentials.accepted()
        self.version = self._rpc.version = version
        self._commanded = False
        return self._take(queue, history, {row.id: row.posted for row in rows}, status)

    async def execute(self, command: Command) -> str | None:
        """Do it, once; the id of what was added. The next poll looks into the history too."""
        self._rpc.credentials.check()
        self._commanded = True
        return await execute(self._rpc, command)

    async def _look_back(self) -> _History:
        """The history; NZBGet sends nothing but its tag when it did not change, POST or GET."""
        held, now = self._seen.history, self.clock()
        tag = {"If-None-Match": held.etag} if held.etag else {}
        reply = await self._rpc.call("history", False, again=True, headers=tag)
        if reply.status == 304:
            return dataclasses.replace(held, asked_at=now, cost=self.clock() - now)
        rows = self._pasts.read(self._rpc.result(reply, list[msgspec.Raw], "history"), None)
        return _History(
            same(held.downloads, (row.download for row in rows if row.download is not None)),
            frozenset(row.id for row in rows if row.download is None),
            {row.id: row.posted for row in rows},
            reply.headers.get("etag", ""),
            now,
            self.clock() - now,
        )

    def _take(
        self, queue: Mapping[str, Download], history: _History, posted: Mapping[str, int], status: Status
    ) -> Listing:
        """The listing, and what it leaves behind."""
        seen = self._seen
        # A history just asked is newer than the groups, a held one older.
        held = history is seen.history
        downloads = {**history.downloads, **queue} if held else {**queue, **history.downloads}
        deleted = history.deleted & seen.downloads.keys() - downloads.keys()
        restarted = status.UpTimeSec < seen.uptime
        suspects = {**seen.suspects, **seen.history.posted, **seen.posted} if restarted else seen.suspects
        proven = {id: posted.get(id, history.posted.get(id, 0)) for id in suspects.keys() & downloads.keys()}
        replaced = {id for id, now in proven.items() if suspects[id] not in (0, now)}
        self._seen = _Seen(
            queue,
            history,
            downloads,
            missing=bool(seen.downloads.keys() - downloads.keys() - deleted),
            posted=posted,
            suspects={id: before for id, before in suspects.items() if id not in proven},
            uptime=status.UpTimeSec,
            post_jobs=status.PostJobCount,
            downloaded=status.downloaded,
        )
        return Listing(downloads, True, totals_of(status), frozenset(deleted | replaced), restarted)

    def _group(self, row: bytes, paused: bool) -> Row:
        return row_of_group(self.id, decode(row, Group, self.http.place), paused=paused)

    def _past(self, row: bytes, _: None) -> Row:
        return row_of_past(self.id, decode(row, Past, self.http.place))

    @classmethod
    async def identify(cls, http: Http) -> Literal["open", "locked"] | None:
        """`version` wants a login like every other call, and its refusal bears NZBGet's name."""
        try:
            reply = await http.get(f"{rpc_url(http.url)}/version")
            if reply.status == 401:
                named = reply.headers.get("server", "") + reply.headers.get("www-authenticate", "")
                return "locked" if "nzbget" in named.lower() else None
            return "open" if reply.status == 200 and decode(reply.body, Answer[str], http.place).result else None
        except ClientAnswerError:
            return None


def _may_have_ended(seen: _Seen, queue: Mapping[str, Download], status: Status, now: float) -> bool:
    """Whether a download may have come to the history since it was asked."""
    return (
        seen.missing
        or bool(seen.queue.keys() - queue.keys())
        or status.PostJobCount < seen.post_jobs
        or status.UpTimeSec < seen.uptime
        or (status.downloaded != seen.downloaded and not _downloads(seen.queue) and not _downloads(queue))
        or now - seen.history.asked_at >= min(HISTORY_SECONDS, seen.history.cost * HISTORY_REST)
    )


def _downloads(queue: Mapping[str, Download]) -> bool:
    """Whether bytes that came since may have been those of a download that is known."""
    return any(download.state == "downloading" for download in queue.values())
