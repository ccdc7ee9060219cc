"""SABnzbd 3.7 to 5: the queue every time, the history when its counter moved.

A job goes from the queue to the history (post-processing first) under one `nzo_id`, so the queue is asked first:
a job on its way is then seen twice rather than not at all. Source: sabnzbd/{api,interface,postproc}.py of 3.7.1,
4.5.0 and 5.1.3.
"""

import math
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar
from urllib.parse import urljoin

import msgspec
from msgspec.structs import replace
from pydantic import SecretStr

from downloads2mqtt.clients._http import Credentials, Http, Reply
from downloads2mqtt.clients._json import decode, harmless, limit, percent, seconds_left, when
from downloads2mqtt.clients._rows import Rows, same
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.contract.download import Download, Protocol, Stage, State
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientUnauthorized
from downloads2mqtt.listing import Listing, Totals

EVERYTHING = 1_000_000  # without a limit the history ends after `history_limit` (10) jobs
PAGE = 100
WHOLE_SECONDS = 300.0
MIB = 2**20
GIB = 2**30

# The queue says "Downloading" of every job that waits for its turn; the history says "Queued" of one that waits for
# its post-processing, which is published as "PP Queued".
STATES: Mapping[str, tuple[State, Stage | None]] = MappingProxyType(
    {
        "Grabbing": ("metadata", None),
        "Queued": ("queued", None),
        "Propagating": ("queued", None),
        "Paused": ("paused", None),
        "Checking": ("checking", None),
        "Downloading": ("downloading", None),
        "Fetching": ("processing", "repairing"),
        "PP Queued": ("processing", "script"),
        "QuickCheck": ("processing", "verifying"),
        "Verifying": ("processing", "verifying"),
        "Repairing": ("processing", "repairing"),
        "Extracting": ("processing", "extracting"),
        "Moving": ("processing", "moving"),
        "Running": ("processing", "script"),
        "Completed": ("completed", None),
        "Failed": ("failed", None),
    }
)

Number = float | str | None
A = TypeVar("A", bound="_Answer")


class Settings(ClientSettings):
    """`api_key` is the full one from Config → General; the NZB key may not read the queue."""

    kind: Literal["sabnzbd"] = "sabnzbd"
    api_key: SecretStr = SecretStr("")


class _Answer(msgspec.Struct):
    error: str | None = None


class _Version(_Answer):
    version: str | None = None


class _Auth(_Answer):
    auth: str | None = None


class _Queue(msgspec.Struct):
    slots: list[msgspec.Raw]
    version: str | None = None
    paused: bool = False
    kbpersec: Number = None
    speedlimit_abs: Number = None
    diskspace1: Number = None
    diskspace2: Number = None


class _QueueAnswer(_Answer):
    queue: _Queue | None = None


class _History(msgspec.Struct):
    slots: list[msgspec.Raw]
    last_history_update: int
    noofslots: int

    @property
    def sound(self) -> bool:
        """Not so when its database cannot be read: no rows then, counted as -1 (5.1.3, fetch_history)."""
        return len(self.slots) <= self.noofslots and (bool(self.slots) or not self.noofslots)


class _HistoryAnswer(_Answer):
    history: _History | bool | None = None


class _QueueSlot(msgspec.Struct):
    nzo_id: str
    status: str
    filename: str | None = None
    index: Annotated[int, msgspec.Meta(ge=0, le=10**9)] | None = None
    mb: Number = None
    mbleft: Number = None
    cat: str | None = None
    priority: str | int | None = None
    labels: list[str] | None = None
    time_added: Number = None


class _HistorySlot(msgspec.Struct):
    nzo_id: str
    status: str
    name: str | None = None
    bytes: Number = None
    category: str | None = None
    storage: str | None = None
    completed: Number = None
    time_added: Number = None
    fail_message: str | None = None
    script_line: str | None = None


class _Job(NamedTuple):
    download: Download
    forced: bool
    left: int | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the last poll left behind; replaced as a whole, so that a cancelled poll leaves no half of it."""

    queue: Mapping[str, Download] = field(default_factory=dict)
    history: Mapping[str, Download] = field(default_factory=dict)
    token: int = 0
    whole_at: float = -math.inf


class Sabnzbd(Client):
    """One SABnzbd."""

    kind = "sabnzbd"
    title = "SABnzbd"
    protocol: ClassVar[Protocol] = "usenet"
    Settings = Settings
    states = MappingProxyType({word: state for word, (state, _) in STATES.items()})
    usual_urls = ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/sabnzbd/")
    clock = staticmethod(time.monotonic)

    def __init__(self, id: str, settings: Any, http: Http) -> None:
        super().__init__(id, settings, http)
        self._address: str | None = None
        self._credentials = Credentials()
        self._seen = _Seen()
        self._queue_rows: Rows[_Job | None, bool] = Rows(self._job)
        self._history_rows: Rows[Download | None, None] = Rows(self._past)

    async def poll(self, *, complete: bool) -> Listing:
        """Queue, then history; always every job SABnzbd has."""
        self._credentials.check()
        if complete:
            self._address = None  # it may have been moved while it was away
        queue = await self._ask_queue()
        before, version = self._seen, self.version
        jobs = same(before.queue, _in_turn(self._queue_rows.read(queue.slots, queue.paused), queue))
        whole = complete or queue.version != version or self.clock() - before.whole_at >= WHOLE_SECONDS
        history, restarted = await self._look_back(jobs, whole=whole)
        self._credentials.accepted()
        self._seen, self.version = history, queue.version
        # A history just read is newer than the queue; a held one may still hold a job that went back to fetch par2.
        downloads = {**history.history, **jobs} if history.history is before.history else {**jobs, **history.history}
        changed_version = version is not None and queue.version != version
        return Listing(downloads, True, _totals(queue), restarted=restarted or changed_version)

    async def _ask_queue(self) -> _Queue:
        answer = await self._ask(_QueueAnswer, "queue", start=0, limit=0)
        if answer.queue is None:
            raise ClientAnswerError(f"{self.http.place} answers without a queue: is it SABnzbd?")
        return answer.queue

    async def _look_back(self, jobs: Mapping[str, Download], *, whole: bool) -> tuple[_Seen, bool]:
        """The history as it now is, and whether its counter began anew, as it does with every start."""
        before = self._seen
        if not whole:
            token = 0 if _unsettled(before, jobs) else before.token
            page = await self._ask_history(PAGE, token)
            if page is None and token:
                return _Seen(jobs, before.history, before.token, before.whole_at), False
            if page is not None and (merged := self._merge(page)) is not None:
                return _Seen(jobs, merged, page.last_history_update, before.whole_at), False
        page = await self._ask_whole_history()
        restarted = page.last_history_update < before.token
        return _Seen(jobs, self._read(page, whole=True), page.last_history_update, self.clock()), restarted

    async def _ask_whole_history(self) -> _History:
        """All of it; asked again when a job came to it while SABnzbd was counting, or its database was locked."""
        for _ in range(2):
            page = await self._ask_history(EVERYTHING, 0)
            if page is not None and page.sound:
                return page
        raise ClientAnswerError(f"SABnzbd at {self.http.place} cannot read its history")

    async def _ask_history(self, limit: int, token: int) -> _History | None:
        """The newest jobs; `None` when the counter still is `token`, which it never is for 0."""
        answer = await self._ask(_HistoryAnswer, "history", start=0, limit=limit, last_history_update=token)
        if isinstance(answer.history, _History):
            return answer.history
        if answer.history is False:
            return None
        raise ClientAnswerError(f"{self.http.place} answers without a history: is it SABnzbd?")

    def _merge(self, page: _History) -> dict[str, Download] | None:
        """The newest jobs and the held older ones; `None` when those cannot be all there are."""
        if page.last_history_update < self._seen.token or not page.sound:
            return None
        if len(page.slots) == page.noofslots:
            return self._read(page, whole=True)
        fresh = self._read(page, whole=False)
        merged = fresh | {id: download for id, download in self._seen.history.items() if id not in fresh}
        return merged if len(merged) == page.noofslots else None

    def _read(self, page: _History, *, whole: bool) -> dict[str, Download]:
        # A job just finished may be there twice, still post-processing and in the end: the latter comes last.
        told = self._history_rows.read(page.slots, None, whole=whole)
        return same(self._seen.history, (download for download in told if download is not None))

    def _job(self, row: bytes, paused: bool) -> _Job | None:
        """A queue row; what waits for its turn is "queued" until `_in_turn` says whose turn it is."""
        slot = decode(row, _QueueSlot, self.http.place)
        if slot.status == "Deleted":
            return None
        state, stage = STATES.get(slot.status, ("unknown", None))
        forced = slot.priority == "Force"
        if slot.status in ("Downloading", "Queued"):
            state = "paused" if paused and not forced else "queued"
        size, left = _bytes(slot.mb, MIB), _bytes(slot.mbleft, MIB)
        done = None if size is None or left is None else max(0, size - left)
        download = self._download(
            slot.nzo_id,
            slot.filename,
            slot.status,
            state=state,
            stage=stage,
            progress=percent(done, size),
            size=size or None,
            downloaded=done,
            download_rate=0,
            category=_category(slot.cat),
            queue_position=None if slot.index is None else slot.index + 1,
            added_at=when(_number(slot.time_added)),
            warning=_warning(slot.labels),
        )
        return _Job(download, forced, left)

    def _past(self, row: bytes, _: None) -> Download | None:
        """A history row. While it is post-processed its `completed` is the time of asking."""
        slot = decode(row, _HistorySlot, self.http.place)
        if slot.status == "Deleted":
            return None
        native = "PP Queued" if slot.status == "Queued" else slot.status
        state, stage = STATES.get(native, ("unknown", None))
        done, failed = state == "completed", state == "failed"
        came = _bytes(slot.bytes)
        size = None if failed else came or None  # a failed job does not tell how much it should have been
        return self._download(
            slot.nzo_id,
            slot.name,
            native,
            state=state,
            stage=stage,
            progress=None if size is None else 100.0,
            size=size,
            downloaded=came,
            category=_category(slot.category),
            path=slot.storage or None,
            added_at=when(_number(slot.time_added)),
            completed_at=when(_number(slot.completed)) if done else None,
            error=_plain(slot.fail_message) or "SABnzbd does not say why it failed" if failed else None,
            warning=_plain(slot.script_line or slot.fail_message) or None if done else None,
        )

    def _download(self, native_id: str, name: str | None, native_state: str, **known: object) -> Download:
        return Download(
            id=download_id(native_id),
            native_id=native_id,
            client=self.id,
            kind=self.kind,
            protocol=self.protocol,
            name=name or native_id,
            native_state=native_state,
            **known,  # type: ignore[arg-type]
        )

    async def _ask(self, type: type[A], mode: str, **fields: str | int) -> A:
        """One call; the API key goes in the body, so that no log of an address holds it."""
        if self._address is None:
            self._address = await self._search()
        key = self.settings.api_key.get_secret_value()
        reply = await _call(self.http, self._address, mode, apikey=key, **fields)
        if reply.status == 403:
            raise await self._refused(reply.text)
        if reply.status != 200:
            raise _trouble(self.http, reply)
        answer = decode(reply.body, type, self.http.place)
        if answer.error:
            raise await self._refused(answer.error)
        return answer

    async def _search(self) -> str:
        address, reply = await _find(self.http)
        if address is not None:
            return address
        if reply is not None and reply.status == 403:
            raise await self._refused(reply.text)
        raise _trouble(self.http, reply)

    async def _refused(self, text: str) -> ClientError:
        """What a refusal means: 403 and one of five English texts, none when `api_warnings` is off, or JSON."""
        place, word = self.http.place, text.lower()
        if not text or "api key" in word:
            return self._credentials.refused(await self._about_key(word))
        if "hostname verification" in word:
            return ClientAnswerError(
                f"SABnzbd does not know itself as {place}: add that host name to host_whitelist (Config → Special)"
            )
        if "internet access denied" in word:
            return ClientAnswerError(
                f"SABnzbd at {place} takes us for somebody from the internet: "
                "see External internet access and local_ranges (Config → General, Special)"
            )
        return ClientAnswerError(f"SABnzbd at {place} refuses: {_plain(text)}")

    async def _about_key(self, word: str) -> str:
        place = self.http.place
        if not word:
            return (
                f"SABnzbd at {place} refuses us and does not say why: check api_key, then host_whitelist and "
                "External internet access"
            )
        if "required" in word:
            return f"SABnzbd at {place} wants an API key: set api_key to the one from Config → General"
        if await self._is_nzb_key():
            return f"the api_key for {place} is SABnzbd's NZB key, which may only add: use the API key beside it"
        return f"SABnzbd at {place} refuses the API key: copy it again from Config → General"

    async def _is_nzb_key(self) -> bool:
        """`mode=auth` tells what a key is good for and needs none itself."""
        key = self.settings.api_key.get_secret_value()
        try:
            reply = await _call(self.http, self._address or "api", "auth", key=key)
            return decode(reply.body, _Auth, self.http.place).auth == "nzbkey"
        except ClientError:
            return False

    @classmethod
    async def identify(cls, http: Http) -> Literal["open", "locked"] | None:
        """`mode=version` needs no key, the queue does."""
        address, _ = await _find(http)
        if address is None:
            return None
        reply = await _call(http, address, "queue", start=0, limit=1)
        if reply.status != 200:
            return "locked"
        return "open" if decode(reply.body, _QueueAnswer, http.place).queue else "locked"


async def _call(http: Http, address: str, mode: str, **fields: str | int) -> Reply:
    return await http.post(address, again=True, data={"mode": mode, "output": "json", **fields})


async def _find(http: Http) -> tuple[str | None, Reply | None]:
    """The API's address at, below or above the configured url (`url_base` is "" or "/sabnzbd"); else a bad answer."""
    worst = None
    for address in dict.fromkeys(urljoin(http.url, path) for path in ("api", "sabnzbd/api", "../api")):
        try:
            reply = await _call(http, address, "version")
            if reply.status == 200 and decode(reply.body, _Version, http.place).version:
                return address, None
        except ClientAnswerError:
            continue  # a redirect or a web page: not here
        if worst is None or reply.status == 403:
            worst = reply
    return None, worst


def _trouble(http: Http, reply: Reply | None) -> ClientError:
    if reply is None or reply.status in (200, 404):
        return ClientAnswerError(f"{http.place} does not answer as SABnzbd does: the url or its base path is wrong")
    if reply.status == 401:
        return ClientUnauthorized(f"{http.place} wants a login that is not SABnzbd's: a proxy stands before it")
    return http.unexpected(reply)


def _unsettled(seen: _Seen, jobs: Mapping[str, Download]) -> bool:
    """Whether the history may have changed since, whatever its counter says.

    A retry takes a job out of the history without moving the counter (3.7.1, 4.5.0), and before 5.0 the counter is
    read after the rows, so that a change in between is never told of.
    """
    moved = seen.queue.keys() != jobs.keys()
    return moved or any(download.state == "processing" for download in seen.history.values())


def _in_turn(jobs: list[_Job | None], queue: _Queue) -> Iterator[Download]:
    """The queue's downloads; SABnzbd works on forced jobs and the first one that may go on, at one common rate."""
    rate = _bytes(queue.kbpersec, 1024)
    first = True
    for job in jobs:
        if job is None:
            continue
        waits = job.download.native_state == "Downloading" and job.download.state == "queued"
        if not waits or not (first or job.forced):
            yield job.download
        elif first:
            first = False
            eta = seconds_left(job.left / rate) if rate and job.left is not None else None
            yield replace(job.download, state="downloading", download_rate=rate, eta=eta)
        else:
            yield replace(job.download, state="downloading", download_rate=None)


def _totals(queue: _Queue) -> Totals:
    free = [space for space in (_bytes(queue.diskspace1, GIB), _bytes(queue.diskspace2, GIB)) if space is not None]
    return Totals(
        download_rate=_bytes(queue.kbpersec, 1024),
        download_limit=limit(_bytes(queue.speedlimit_abs)),
        free_space=min(free, default=None),
    )


def _number(value: Number) -> float | None:
    """Numbers come as numbers, as decimals in a string, as "" and as "None"."""
    try:
        number = float(value or 0) if value != "" else math.nan
    except ValueError:
        return None
    return number if value is not None and math.isfinite(number) else None


def _bytes(value: Number, unit: int = 1) -> int | None:
    number = _number(value)
    return None if number is None or not 0 <= number * unit < 2**63 else int(number * unit)


def _category(name: str | None) -> str | None:
    return None if name in (None, "", "*", "None") else name


def _warning(labels: list[str] | None) -> str | None:
    """The labels, but for those that count minutes ("WAIT 23 sec", "PROPAGATING 4 min"); they are translated."""
    return ", ".join(label for label in labels or () if not any(map(str.isdigit, label))) or None


def _plain(text: str | None) -> str:
    """A message without the markup that SABnzbd puts into some."""
    return harmless(re.sub(r"<[^>]*>", " ", text or ""))
