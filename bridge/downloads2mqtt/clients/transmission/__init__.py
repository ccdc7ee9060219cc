"""Transmission 2.90 to 4.1: RPC in both its dialects, polled for what was recently active."""

import time
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import SecretStr, model_validator

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients._json import convert, count
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.clients.transmission.control import execute
from downloads2mqtt.clients.transmission.rpc import SESSION_ID, Call, NewSession, Rpc, rpc_url
from downloads2mqtt.clients.transmission.torrents import (
    KIND,
    PROTOCOL,
    STATES,
    Session,
    Space,
    Stats,
    Torrent,
    Torrents,
    began_anew,
    id_of,
    normalise,
    read_torrents,
    totals_of,
)
from downloads2mqtt.command import Command, Remove
from downloads2mqtt.contract.download import Download, Protocol, State
from downloads2mqtt.listing import Listing

# "Recently active" means within 60 s: after a longer silence it would miss something.
SILENCE_SECONDS = 45.0
REFRESH_SECONDS = 60.0

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

    kind: ClassVar[str] = KIND
    title: ClassVar[str] = "Transmission"
    protocol: ClassVar[Protocol] = PROTOCOL
    Settings: ClassVar[type[ClientSettings]] = Settings
    states: ClassVar[Mapping[str, State]] = STATES
    usual_urls: ClassVar[tuple[str, ...]] = ("http://127.0.0.1:9091/transmission/",)
    abilities: ClassVar[tuple[str, ...]] = (
        "add", "pause", "resume", "remove", "recheck", "reannounce", "set", "limits", "poll",
    )  # fmt: skip
    adds: ClassVar[frozenset[str]] = frozenset({"magnet", "http", "torrent"})
    settable: ClassVar[frozenset[str]] = frozenset(
        {"category", "tags", "priority", "download_limit", "upload_limit", "queue_position"}
    )
    limitable: ClassVar[frozenset[str]] = frozenset({"download_limit", "upload_limit", "alternative_limits"})

    def __init__(self, id: str, settings: Any, http: Http) -> None:
        super().__init__(id, settings, http)
        password = settings.password and settings.password.get_secret_value()
        self._rpc = Rpc(http, settings.username, password)
        self._answered_at: float | None = None
        self._commanded = False
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

    async def execute(self, command: Command) -> str | None:
        """Do it, once; the id of what was added.

        The next poll lists everything, for not all that can be set makes a torrent recently active. Not so after a
        removal, which only the short list tells.
        """
        sessions = self._rpc.sessions
        try:
            return await execute(self._rpc, command, self._hashes())
        finally:
            if self._rpc.sessions != sessions:
                self._answered_at = None
            elif not isinstance(command, Remove):
                self._commanded = True

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
        if self._commanded:
            self._session_at = now - REFRESH_SECONDS
        complete = complete or self._commanded or answered_at is None or now - answered_at > SILENCE_SECONDS
        answers = await self._rpc.ask(ALL if complete else RECENT, *self._more(now, connecting=answered_at is None))
        listing = self._take(answers, complete, now)
        self._answered_at, self._commanded = now, False
        return listing

    def _hashes(self) -> list[str] | None:
        """Those of every torrent it had when it was polled, `None` when it was not."""
        if self._answered_at is None and not self._downloads:
            return None
        return [download.native_id.lower() for download in self._downloads.values()]

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
            self._downloads.pop(id_of(torrent), None)
        return frozenset(map(id_of, torrents))

    def _download(self, torrent: Torrent) -> Download:
        """The download for a torrent; the very same object as before when nothing of it changed."""
        before = self._downloads.get(id_of(torrent))
        if before is not None and self._torrents.get(torrent.id) == torrent:
            return before
        download = normalise(self.id, torrent)
        return before if before is not None and before == download else download
