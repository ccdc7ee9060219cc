"""Transmission 2.90 to 4.1: RPC in both its dialects, polled for what was recently active."""

import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Literal

import msgspec
from pydantic import SecretStr, model_validator

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients._json import convert, count, harmless, limit, percent, ratio, seconds_left, when
from downloads2mqtt.clients._transmission_rpc import SESSION_ID, Call, NewSession, Rpc, rpc_url, snake
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.contract.download import DONE, Download, Protocol, State
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.listing import Listing, Totals

# "Recently active" means within 60 s: after a longer silence it would miss something.
SILENCE_SECONDS = 45.0
REFRESH_SECONDS = 60.0
LOCAL_ERROR = 3

# By the number that Transmission says.
STATUS = ("stopped", "check-wait", "check", "download-wait", "download", "seed-wait", "seed")
STATES: Mapping[str, State] = MappingProxyType(
    {
        "stopped": "paused",  # or completed, when it has everything
        "check-wait": "checking",
        "check": "checking",
        "download-wait": "queued",
        "download": "downloading",  # or metadata
        "seed-wait": "seeding",
        "seed": "seeding",
    }
)

Number = int | float | None


class Torrent(msgspec.Struct, frozen=True, gc=False):
    """What is asked of one torrent; `id` is good for one run of the daemon only."""

    id: int
    hash_string: str
    name: str | None = None
    status: Number = None
    error: Number = None
    error_string: str | None = None
    size_when_done: Number = None
    left_until_done: Number = None
    metadata_percent_complete: Number = None
    recheck_progress: Number = None
    uploaded_ever: Number = None
    upload_ratio: Number = None
    rate_download: Number = None
    rate_upload: Number = None
    eta: Number = None
    peers_connected: Number = None
    labels: tuple[str, ...] | None = None
    download_dir: str | None = None
    queue_position: Number = None
    added_date: Number = None
    done_date: Number = None


class Torrents(msgspec.Struct):
    """The answer to `torrent_get`: a table, its first row the keys (since 3.00), or objects."""

    torrents: list[list[Any] | dict[str, Any]]
    removed: list[int] = []


class Units(msgspec.Struct):
    """`speed_bytes`: how many bytes per second a limit of 1 is."""

    speed_bytes: int = 1000


class Session(msgspec.Struct):
    """The answer to `session_get`; limits in kB/s."""

    version: str = ""
    download_dir: str | None = None
    alt_speed_enabled: bool = False
    alt_speed_down: Number = None
    alt_speed_up: Number = None
    speed_limit_down_enabled: bool = False
    speed_limit_down: Number = None
    speed_limit_up_enabled: bool = False
    speed_limit_up: Number = None
    units: Units = msgspec.field(default_factory=Units)


class Counters(msgspec.Struct):
    """Since the daemon began, or since it was installed."""

    seconds_active: Number = None
    session_count: Number = None
    downloaded_bytes: Number = None
    uploaded_bytes: Number = None


class Stats(msgspec.Struct):
    """The answer to `session_stats`."""

    download_speed: Number = None
    upload_speed: Number = None
    current_stats: Counters = msgspec.field(default_factory=Counters)
    cumulative_stats: Counters = msgspec.field(default_factory=Counters)


class Space(msgspec.Struct):
    """The answer to `free_space`."""

    size_bytes: Number = None


SESSION_GET = Call("session_get")
SESSION_STATS = Call("session_stats")
ALL = Call("torrent_get", {"fields": list(Torrent.__struct_fields__), "format": "table"})
RECENT = Call("torrent_get", {**ALL.params, "ids": "recently_active"})


class Settings(ClientSettings):
    """`url` may be the host alone, the web interface or the RPC address itself; that ends in `/rpc`."""

    kind: Literal["transmission"] = "transmission"
    username: str | None = None
    password: SecretStr | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> "Settings":
        if (self.username is None) != (self.password is None):
            raise ValueError("username and password belong together")
        return self


class Transmission(Client):
    """One Transmission.

    A poll asks what was active in the last minute, which overlaps; everything when there was a silence. Removed
    torrents are told by number, and numbers are given out anew when the daemon starts; it then wants a new session
    id too. So every new session id is followed by the whole list.
    """

    kind: ClassVar[str] = "transmission"
    title: ClassVar[str] = "Transmission"
    protocol: ClassVar[Protocol] = "torrent"
    Settings: ClassVar[type[ClientSettings]] = Settings
    states: ClassVar[Mapping[str, State]] = STATES
    usual_urls: ClassVar[tuple[str, ...]] = ("http://127.0.0.1:9091/transmission/",)

    def __init__(self, id: str, settings: Any, http: Http) -> None:
        super().__init__(id, settings, http)
        password = settings.password and settings.password.get_secret_value()
        self._rpc = Rpc(http, settings.username, password)
        self._answered_at: float | None = None
        self._session = Session()
        self._session_at = self._space_at = 0.0
        self._stats = Stats()
        self._free_space: int | None = None
        self._torrents: dict[int, Torrent] = {}
        self._downloads: dict[str, Download] = {}

    async def poll(self, *, complete: bool) -> Listing:
        """What was recently active, or everything; raises `ClientError`."""
        try:
            return await self._poll(complete)
        except NewSession:
            return await self._poll(True)

    @classmethod
    async def identify(cls, http: Http) -> Literal["open", "locked"] | None:
        """Whether Transmission is there; raises `ClientError` where nothing answers."""
        reply = await http.post(rpc_url(http.url), content=b"{}", again=True)
        if reply.status == 409 and SESSION_ID in reply.headers:
            return "open"
        named = "Transmission" in reply.headers.get("WWW-Authenticate", "") + reply.headers.get("Server", "")
        return "locked" if named and reply.status in (401, 403, 421) else None

    async def _poll(self, complete: bool) -> Listing:
        now = time.monotonic()
        answered_at, self._answered_at = self._answered_at, None
        if answered_at is None:
            self._torrents = {}
            self._take_facts(await self._rpc.ask(SESSION_GET), now)
            self._space_at = now - REFRESH_SECONDS
        complete = complete or answered_at is None or now - answered_at > SILENCE_SECONDS
        answers = await self._rpc.ask(ALL if complete else RECENT, *self._more(now, connecting=answered_at is None))
        listing = self._take(answers, complete, now)
        self._answered_at = now
        return listing

    def _more(self, now: float, *, connecting: bool) -> list[Call]:
        """What to ask beside the torrents; of the old dialect, which has no batches, one thing at a time."""
        calls = []
        if now - self._session_at >= REFRESH_SECONDS:
            calls.append(SESSION_GET)
        if now - self._space_at >= REFRESH_SECONDS and self._session.download_dir:
            calls.append(Call("free_space", {"path": self._session.download_dir}, vital=False))
        calls.append(SESSION_STATS)
        return calls if self._rpc.modern or connecting else calls[:1]

    def _take(self, answers: Mapping[str, Any], complete: bool, now: float) -> Listing:
        told = convert(answers["torrent_get"], Torrents, self.http.place)
        torrents = read_torrents(told.torrents, self.http.place)
        restarted = self._take_facts(answers, now)
        removed = self._replaced(torrents) if complete else self._removed(told.removed)
        downloads = {download.id: download for download in map(self._download, torrents)}
        if complete:
            self._torrents, self._downloads = {}, {}
        self._torrents.update({torrent.id: torrent for torrent in torrents})
        self._downloads.update(downloads)
        totals = totals_of(self._session, self._stats, self._free_space)
        return Listing(downloads, complete, totals, removed, restarted)

    def _take_facts(self, answers: Mapping[str, Any], now: float) -> bool:
        """Keep what is told beside the torrents; whether the daemon was started anew."""
        if "session_get" in answers:
            self._session = convert(answers["session_get"], Session, self.http.place)
            self._session_at = now
            self.version = self._session.version.partition(" ")[0] or None
        if "free_space" in answers:
            self._free_space = count(convert(answers["free_space"], Space, self.http.place).size_bytes)
            self._space_at = now
        if "session_stats" not in answers:
            return False
        before, self._stats = self._stats, convert(answers["session_stats"], Stats, self.http.place)
        return began_anew(before, self._stats)

    def _removed(self, numbers: list[int]) -> frozenset[str]:
        """Forget the torrents that had these numbers; their ids."""
        return self._forget([self._torrents[number] for number in numbers if number in self._torrents])

    def _replaced(self, torrents: list[Torrent]) -> frozenset[str]:
        """Forget those that now have another number, so were removed and added once more; their ids."""
        numbers = {torrent.hash_string: torrent.id for torrent in torrents}
        return self._forget([t for t in self._torrents.values() if numbers.get(t.hash_string, t.id) != t.id])

    def _forget(self, torrents: list[Torrent]) -> frozenset[str]:
        for torrent in torrents:
            self._torrents.pop(torrent.id, None)
            self._downloads.pop(_id(torrent), None)
        return frozenset(map(_id, torrents))

    def _download(self, torrent: Torrent) -> Download:
        """The download for a torrent; the very same object as before when nothing of it changed."""
        before = self._downloads.get(_id(torrent))
        if before is not None and self._torrents.get(torrent.id) == torrent:
            return before
        download = normalise(self.id, torrent)
        return before if before is not None and before == download else download


def read_torrents(rows: list[list[Any] | dict[str, Any]], place: str) -> list[Torrent]:
    """The torrents of a table, its first row the keys, or of objects."""
    table = bool(rows) and isinstance(rows[0], list)
    keys = [snake(str(key)) for key in rows[0]] if table else []
    named = [
        dict(zip(keys, row, strict=False)) if isinstance(row, list) else {snake(key): row[key] for key in row}
        for row in rows[table:]
    ]
    return convert(named, list[Torrent], place)


def normalise(client: str, torrent: Torrent) -> Download:
    """One torrent as the contract has it. Transmission does not tell which of its peers are seeds."""
    id, native = _id(torrent), native_state(torrent)
    state = state_of(torrent, native)
    text = harmless(torrent.error_string or "")
    return Download(
        id=id,
        native_id=id if id == torrent.hash_string else torrent.hash_string,
        client=client,
        kind=Transmission.kind,
        protocol=Transmission.protocol,
        name=torrent.name or torrent.hash_string,
        state=state,
        native_state=native,
        progress=progress_of(torrent, native),
        size=count(torrent.size_when_done) if has_metadata(torrent) else None,
        downloaded=_done(torrent),
        uploaded=count(torrent.uploaded_ever),
        download_rate=count(torrent.rate_download),
        upload_rate=count(torrent.rate_upload),
        eta=None if state in DONE else seconds_left(torrent.eta),
        ratio=ratio(torrent.upload_ratio),
        peers=count(torrent.peers_connected),
        tags=torrent.labels or (),
        path=path_of(torrent),
        queue_position=None if torrent.queue_position is None else count(torrent.queue_position + 1),
        added_at=when(torrent.added_date),
        completed_at=when(torrent.done_date),
        error=(text or "Transmission reports a local error: see its log") if state == "failed" else None,
        warning=(text or None) if state != "failed" else None,
    )


def native_state(torrent: Torrent) -> str:
    """A word for Transmission's number."""
    number = torrent.status
    if number is None:
        return "unknown"
    return STATUS[int(number)] if 0 <= number < len(STATUS) else str(number)[:20]


def state_of(torrent: Torrent, native: str) -> State:
    """The state of a torrent; one of which nothing is wanted counts as seeding or finished, we call it paused."""
    state = STATES.get(native, "unknown")
    if state in ("checking", "unknown"):
        return state
    if torrent.error == LOCAL_ERROR:
        return "failed"
    if state == "downloading" and not has_metadata(torrent):
        return "metadata"
    whole = torrent.left_until_done == 0 and bool(torrent.size_when_done) and has_metadata(torrent)
    if state == "seeding":
        return "seeding" if whole else "paused"
    return "completed" if state == "paused" and whole else state


def has_metadata(torrent: Torrent) -> bool:
    """Whether the contents of a magnet are known."""
    return torrent.metadata_percent_complete is None or torrent.metadata_percent_complete >= 1


def progress_of(torrent: Torrent, native: str) -> float | None:
    """Of what is wanted; while checking, of the check."""
    if native == "check":
        return percent(torrent.recheck_progress)
    return percent(_done(torrent), torrent.size_when_done) if has_metadata(torrent) else None


def path_of(torrent: Torrent) -> str | None:
    """Where its contents are, or will be when finished."""
    if not torrent.download_dir or not torrent.name or not has_metadata(torrent):
        return torrent.download_dir or None
    return f"{torrent.download_dir.rstrip('/')}/{torrent.name}"


def totals_of(session: Session, stats: Stats, free_space: int | None) -> Totals:
    """The daemon's totals as the contract has them."""
    slow, kilo = session.alt_speed_enabled, session.units.speed_bytes
    down = session.alt_speed_down if slow else session.speed_limit_down if session.speed_limit_down_enabled else None
    up = session.alt_speed_up if slow else session.speed_limit_up if session.speed_limit_up_enabled else None
    return Totals(
        download_rate=count(stats.download_speed),
        upload_rate=count(stats.upload_speed),
        download_limit=limit(down and down * kilo),
        upload_limit=limit(up and up * kilo),
        alternative_limits=slow,
        free_space=free_space,
        downloaded_total=count(stats.cumulative_stats.downloaded_bytes),
        uploaded_total=count(stats.cumulative_stats.uploaded_bytes),
    )


def began_anew(before: Stats, now: Stats) -> bool:
    """Whether the daemon was started between two answers."""
    shorter = (now.current_stats.seconds_active or 0) < (before.current_stats.seconds_active or 0)
    sessions = before.cumulative_stats.session_count
    return shorter or (sessions is not None and (now.cumulative_stats.session_count or 0) > sessions)


def _id(torrent: Torrent) -> str:
    return download_id(torrent.hash_string.lower())


def _done(torrent: Torrent) -> int | None:
    if torrent.size_when_done is None or torrent.left_until_done is None:
        return None
    return count(torrent.size_when_done - torrent.left_until_done)
