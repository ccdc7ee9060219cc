"""NZBGet 16 to 26: JSON-RPC, groups and status every time, the history when something may have come to it.

A group goes to the history under one `NZBID`, and may come back from there. Sources: daemon/remote/XmlRpc.cpp,
daemon/queue/HistoryCoordinator.cpp, and answers of 21.0.
"""

import dataclasses
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Literal, NamedTuple, TypeVar
from urllib.parse import urljoin

import msgspec
from msgspec.structs import replace
from pydantic import SecretStr

from downloads2mqtt.clients._http import Credentials, Http, Reply
from downloads2mqtt.clients._json import count, decode, harmless, limit, percent, seconds_left, when
from downloads2mqtt.clients._rows import Rows, same
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.contract.download import Download, Protocol, Stage, State
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import ClientAnswerError, ClientError
from downloads2mqtt.listing import Listing, Totals

# NZBGet holds its queue's lock while it writes a history, which may take it a second: rest a hundred times as long.
HISTORY_SECONDS = 60.0
HISTORY_REST = 100.0
FORCE = 900
ACCESS_DENIED = 401

# A group's Status, then the history's; of those that are not here the part before the "/" counts.
STATES: Mapping[str, tuple[State, Stage | None]] = MappingProxyType(
    {
        "QUEUED": ("queued", None),
        "PAUSED": ("paused", None),
        "FETCHING": ("metadata", None),
        "DOWNLOADING": ("downloading", None),
        "PP_QUEUED": ("processing", "script"),
        "QS_QUEUED": ("processing", "script"),
        "QS_EXECUTING": ("processing", "script"),
        "LOADING_PARS": ("processing", "verifying"),
        "VERIFYING_SOURCES": ("processing", "verifying"),
        "VERIFYING_REPAIRED": ("processing", "verifying"),
        "REPAIRING": ("processing", "repairing"),
        "RENAMING": ("processing", "script"),
        "UNPACKING": ("processing", "extracting"),
        "POST_UNPACK_RENAMING": ("processing", "script"),
        "MOVING": ("processing", "moving"),
        "EXECUTING_SCRIPT": ("processing", "script"),
        "PP_FINISHED": ("processing", "script"),
        **{f"SUCCESS/{why}": ("completed", None) for why in ("ALL", "UNPACK", "PAR", "HEALTH", "GOOD", "MARK")},
        **{f"WARNING/{why}": ("completed", None) for why in ("SCRIPT", "HEALTH")},
        **{f"WARNING/{why}": ("failed", None) for why in ("SPACE", "PASSWORD", "DAMAGED", "REPAIRABLE", "SKIPPED")},
        **{f"DELETED/{why}": ("failed", None) for why in ("DUPE", "COPY")},
        **{f"FAILURE/{why}": ("failed", None) for why in ("PAR", "UNPACK", "MOVE", "HEALTH", "BAD", "SCAN", "FETCH")},
        "FAILURE/INTERNAL_ERROR": ("failed", None),
    }
)
PREFIXES: Mapping[str, State] = {"SUCCESS": "completed", "WARNING": "completed", "FAILURE": "failed"}
GONE = "DELETED"
# Words that a group may have before all of its data is there: direct unpack, and scripts run for a new group.
EARLY = frozenset({"UNPACKING", "QS_QUEUED", "QS_EXECUTING"})

SENTENCES: Mapping[str, str] = {
    "WARNING/SCRIPT": "a post-processing script failed",
    "WARNING/HEALTH": "some articles are missing",
    "WARNING/SPACE": "there is not enough space on the disk",
    "WARNING/PASSWORD": "the archive wants a password",
    "WARNING/DAMAGED": "it is damaged, and whether to repair it is left to you",
    "WARNING/REPAIRABLE": "it is damaged and can be repaired",
    "WARNING/SKIPPED": "the URL did not lead to an NZB file",
    "DELETED/DUPE": "a duplicate of another download",
    "DELETED/COPY": "the same NZB file was added before",
    "FAILURE/PAR": "the repair failed",
    "FAILURE/UNPACK": "unpacking failed",
    "FAILURE/MOVE": "the files could not be moved to their folder",
    "FAILURE/HEALTH": "too many articles are missing",
    "FAILURE/BAD": "it was marked as bad",
    "FAILURE/SCAN": "the NZB file cannot be read",
    "FAILURE/FETCH": "the NZB file could not be fetched",
    "FAILURE/INTERNAL_ERROR": "an internal error of NZBGet",
}

T = TypeVar("T")


class Settings(ClientSettings):
    """`username` and `password` of the control user (or the restricted one); empty where NZBGet wants none."""

    kind: Literal["nzbget"] = "nzbget"
    username: str = ""
    password: SecretStr = SecretStr("")


class _Error(msgspec.Struct):
    code: int = 0
    message: str = ""


class _Answer(msgspec.Struct, Generic[T]):
    result: T | None = None
    error: _Error | None = None


class _Status(msgspec.Struct):
    UpTimeSec: int
    DownloadRate: int = 0
    DownloadRateLo: int | None = None
    DownloadRateHi: int = 0
    DownloadLimit: int = 0
    DownloadPaused: bool = False
    PostJobCount: int = 0
    FreeDiskSpaceLo: int | None = None
    FreeDiskSpaceHi: int = 0

    @property
    def rate(self) -> int:
        """Bytes per second; `DownloadRate` is deprecated since 24.2."""
        if self.DownloadRateLo is None:
            return count(self.DownloadRate) or 0
        return _long(self.DownloadRateHi, self.DownloadRateLo)


class _Nzb(msgspec.Struct):
    NZBID: int
    Status: str
    NZBName: str | None = None
    Category: str | None = None
    FinalDir: str | None = None
    DestDir: str | None = None
    MinPostTime: int = 0
    FileSizeLo: int = 0
    FileSizeHi: int = 0

    @property
    def size(self) -> int:
        """Bytes; 0 while it is only a URL."""
        return _long(self.FileSizeHi, self.FileSizeLo)


class _Group(_Nzb):
    RemainingSizeLo: int = 0
    RemainingSizeHi: int = 0
    PausedSizeLo: int = 0
    PausedSizeHi: int = 0
    MaxPriority: int = 0
    ActiveDownloads: int = 0

    @property
    def remaining(self) -> int:
        """Bytes not there yet, also those of `unwanted`."""
        return _long(self.RemainingSizeHi, self.RemainingSizeLo)

    @property
    def unwanted(self) -> int:
        """Bytes of par2 files that are downloaded only when a repair needs them; none when all of it is paused."""
        paused = _long(self.PausedSizeHi, self.PausedSizeLo)
        return paused if paused < self.remaining else 0


class _Past(_Nzb):
    Name: str | None = None
    Kind: str = "NZB"
    HistoryTime: int = 0
    DownloadedSizeLo: int = 0
    DownloadedSizeHi: int = 0
    Health: int = 1000
    ParStatus: str = "NONE"
    UnpackStatus: str = "NONE"
    MoveStatus: str = "NONE"
    ScriptStatus: str = "NONE"
    DeleteStatus: str = "NONE"
    MarkStatus: str = "NONE"
    UrlStatus: str = "NONE"


class _Row(NamedTuple):
    """What a group or a history entry comes to; without a download it is told of, but is none any more."""

    id: str
    download: Download | None
    posted: int
    left: int = 0
    connections: int = 0


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


class Nzbget(Client):
    """One NZBGet."""

    kind = "nzbget"
    title = "NZBGet"
    protocol: ClassVar[Protocol] = "usenet"
    Settings = Settings
    states = MappingProxyType({word: state for word, (state, _) in STATES.items()})
    usual_urls = ("http://127.0.0.1:6789/",)
    clock = staticmethod(time.monotonic)

    def __init__(self, id: str, settings: Any, http: Http) -> None:
        super().__init__(id, settings, http)
        self._credentials = Credentials()
        self._seen = _Seen()
        self._groups: Rows[_Row, bool] = Rows(self._group)
        self._pasts: Rows[_Row, None] = Rows(self._past)

    async def poll(self, *, complete: bool) -> Listing:
        """Groups, then status, then maybe the history; always every download NZBGet has."""
        self._credentials.check()
        version = await self._ask(str, "version") if complete or not self.version else self.version
        groups = await self._ask(list[msgspec.Raw], "listgroups", 0)
        status = await self._ask(_Status, "status")
        rows = self._groups.read(groups, status.DownloadPaused)
        queue = same(self._seen.queue, _in_order(rows, status.rate))
        due = complete or self._seen.missing or _may_have_ended(self._seen, queue, status, self.clock())
        history = await self._look_back() if due else self._seen.history
        self._credentials.accepted()
        self.version = version
        return self._take(queue, history, {row.id: row.posted for row in rows}, status)

    async def _look_back(self) -> _History:
        """The history; NZBGet sends nothing but its tag when it did not change, POST or GET."""
        held, now = self._seen.history, self.clock()
        reply = await self._call("history", False, headers={"If-None-Match": held.etag} if held.etag else {})
        if reply.status == 304:
            return dataclasses.replace(held, asked_at=now, cost=self.clock() - now)
        rows = self._pasts.read(self._result(reply, list[msgspec.Raw], "history"), None)
        return _History(
            same(held.downloads, (row.download for row in rows if row.download is not None)),
            frozenset(row.id for row in rows if row.download is None),
            {row.id: row.posted for row in rows},
            reply.headers.get("etag", ""),
            now,
            self.clock() - now,
        )

    def _take(
        self, queue: Mapping[str, Download], history: _History, posted: Mapping[str, int], status: _Status
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
        )
        return Listing(downloads, True, _totals(status), frozenset(deleted | replaced), restarted)

    def _group(self, row: bytes, paused: bool) -> _Row:
        """A group; its rate is known only beside the others."""
        group = decode(row, _Group, self.http.place)
        state, stage = _group_state(group, paused)
        done, wanted = max(0, group.size - group.remaining), group.size - group.unwanted
        processed = state == "processing"
        download = self._download(
            group,
            group.NZBName,
            state=state,
            stage=stage,
            progress=100.0 if processed else percent(done, wanted),
            downloaded=group.size if processed else done,
        )
        return _Row(
            download.id, download, group.MinPostTime, group.remaining - group.unwanted, max(0, group.ActiveDownloads)
        )

    def _past(self, row: bytes, _: None) -> _Row:
        past = decode(row, _Past, self.http.place)
        state = _past_state(past)
        if state is None:
            return _Row(download_id(str(past.NZBID)), None, past.MinPostTime)
        done = state == "completed"
        came = _long(past.DownloadedSizeHi, past.DownloadedSizeLo)
        download = self._download(
            past,
            past.Name or past.NZBName,
            state=state,
            progress=100.0 if done else percent(min(came, past.size), past.size),
            downloaded=past.size if done else min(came, past.size),
            completed_at=when(past.HistoryTime) if done else None,
            error=_sentence(past) if state == "failed" else None,
            warning=_sentence(past) if done and not past.Status.startswith("SUCCESS") else None,
        )
        return _Row(download.id, download, past.MinPostTime)

    def _download(self, nzb: _Nzb, name: str | None, **known: Any) -> Download:
        native_id = str(nzb.NZBID)
        return Download(
            id=download_id(native_id),
            native_id=native_id,
            client=self.id,
            kind=self.kind,
            protocol=self.protocol,
            name=name or native_id,
            native_state=nzb.Status,
            size=nzb.size or None,
            category=nzb.Category or None,
            path=nzb.FinalDir or nzb.DestDir or None,
            **known,
        )

    async def _ask(self, type: type[T], method: str, *params: Any) -> T:
        return self._result(await self._call(method, *params), type, method)

    async def _call(self, method: str, *params: Any, headers: Mapping[str, str] | None = None) -> Reply:
        """`params` come last: what follows them is read as more of them (nzbgetcom/nzbget#828)."""
        name, password = self.settings.username, self.settings.password.get_secret_value()
        envelope = {"version": "1.1", "id": 1, "method": method, "params": params}
        reply = await self.http.post(
            _address(self.http),
            again=True,
            content=msgspec.json.encode(envelope),
            headers={"Content-Type": "application/json", **(headers or {})},
            auth=(name, password) if name or password else None,
        )
        if reply.status == 401:
            raise self._credentials.refused(_refusal(self.http, bool(name or password)))
        if reply.status != 200 and not (reply.status == 304 and headers):
            raise self.http.unexpected(reply)
        return reply

    def _result(self, reply: Reply, type: type[T], method: str) -> T:
        """An error comes with HTTP 200 as well."""
        answer = decode(reply.body, _Answer[type], self.http.place)  # type: ignore[valid-type]
        if answer.error is not None:
            raise self._fault(answer.error, method)
        if answer.result is None:
            raise ClientAnswerError(f"{self.http.place} answers {method} with nothing: is it NZBGet?")
        result: T = answer.result
        return result

    def _fault(self, error: _Error, method: str) -> ClientError:
        if error.code == ACCESS_DENIED:
            return self._credentials.refused(
                f"NZBGet at {self.http.place} does not let this user ask for {method}: "
                "use ControlUsername or RestrictedUsername, not AddUsername"
            )
        return ClientAnswerError(f"NZBGet at {self.http.place} refuses {method}: {harmless(error.message)}")

    @classmethod
    async def identify(cls, http: Http) -> Literal["open", "locked"] | None:
        """`version` wants a login like every other call, and its refusal bears NZBGet's name."""
        try:
            reply = await http.get(f"{_address(http)}/version")
            if reply.status == 401:
                named = reply.headers.get("server", "") + reply.headers.get("www-authenticate", "")
                return "locked" if "nzbget" in named.lower() else None
            return "open" if reply.status == 200 and decode(reply.body, _Answer[str], http.place).result else None
        except ClientAnswerError:
            return None


def _address(http: Http) -> str:
    return urljoin(http.url, "../jsonrpc" if http.url.endswith("/jsonrpc/") else "jsonrpc")


def _refusal(http: Http, tried: bool) -> str:
    if tried:
        return f"NZBGet at {http.place} refuses the user name or password (ControlUsername, ControlPassword)"
    return f"NZBGet at {http.place} wants a login: set username and password (its ControlUsername, ControlPassword)"


def _long(high: int, low: int) -> int:
    """64 bits that come in two halves, each of which may have been told as a signed number; 0 for "unknown" (-1)."""
    number = (high & 0xFFFFFFFF) << 32 | low & 0xFFFFFFFF
    return number if number < 2**63 else 0


def _group_state(group: _Group, paused: bool) -> tuple[State, Stage | None]:
    state, stage = STATES.get(group.Status, ("unknown", None))
    if group.Status in EARLY and group.remaining > group.unwanted:
        state, stage = "downloading" if group.ActiveDownloads > 0 else "queued", None
    if state == "queued" and paused and group.MaxPriority < FORCE:
        state = "paused"
    return state, stage


def _past_state(past: _Past) -> State | None:
    """`None` for what a person deleted, or NZBGet because a better one is there, and for hidden duplicates."""
    known = STATES.get(past.Status)
    if known is not None:
        return known[0]
    prefix = past.Status.partition("/")[0]
    return None if prefix == GONE or past.Kind == "DUP" else PREFIXES.get(prefix, "unknown")


def _sentence(past: _Past) -> str:
    """Why, for a person: from the detail where it is known, else from the sub-statuses."""
    text = SENTENCES.get(past.Status)
    if text is None:
        names = ("Par", "Unpack", "Move", "Script", "Delete", "Mark", "Url")
        parts = ((name.lower(), getattr(past, f"{name}Status")) for name in names)
        text = ", ".join(f"{name} {word.lower()}" for name, word in parts if word != "NONE")
    health = f" (health {past.Health / 10:.1f} %)" if past.Status.endswith("/HEALTH") else ""
    return f"{past.Status}: {text}{health}" if text else past.Status


def _may_have_ended(seen: _Seen, queue: Mapping[str, Download], status: _Status, now: float) -> bool:
    """Whether a download may have come to the history since it was asked."""
    return (
        bool(seen.queue.keys() - queue.keys())
        or status.PostJobCount < seen.post_jobs
        or status.UpTimeSec < seen.uptime
        or now - seen.history.asked_at >= min(HISTORY_SECONDS, seen.history.cost * HISTORY_REST)
    )


def _in_order(rows: list[_Row], rate: int) -> Iterator[Download]:
    """The queue's downloads with position, rate and eta; the one common rate is shared out by connections."""
    connections = sum(row.connections for row in rows)
    for position, row in enumerate(rows, 1):
        download = row.download
        if download is None:
            continue
        if download.state != "downloading":
            yield replace(download, queue_position=position, download_rate=0)
            continue
        own = rate * row.connections // connections if connections else 0
        eta = seconds_left(row.left / own) if own else None
        yield replace(download, queue_position=position, download_rate=own, eta=eta)


def _totals(status: _Status) -> Totals:
    unknown = status.FreeDiskSpaceLo is None or status.FreeDiskSpaceHi & 0x80000000  # -1 before the folder exists
    free = None if unknown else _long(status.FreeDiskSpaceHi, status.FreeDiskSpaceLo or 0)
    return Totals(download_rate=status.rate, download_limit=limit(status.DownloadLimit), free_space=free)
