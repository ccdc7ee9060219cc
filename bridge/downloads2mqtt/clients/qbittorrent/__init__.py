"""qBittorrent 4.1 to 5.3: the Web UI's API v2, polled for what changed since the last answer (`sync/maindata`)."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import SecretStr, model_validator

from downloads2mqtt.clients._http import Http, Reply, was_reset
from downloads2mqtt.clients._json import decode
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.clients.qbittorrent.control import execute
from downloads2mqtt.clients.qbittorrent.session import API, Session
from downloads2mqtt.clients.qbittorrent.torrents import (
    KIND,
    PROTOCOL,
    STATES,
    MainData,
    ServerState,
    Torrent,
    merge,
    normalise,
    totals,
)
from downloads2mqtt.command import Command
from downloads2mqtt.contract.download import Download, Protocol, State
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import ClientAnswerError, ClientOffline
from downloads2mqtt.listing import Listing


class Settings(ClientSettings):
    """`username` and `password` of the Web UI, or an `api_key` (5.2 and later), or none where it asks for none."""

    kind: Literal["qbittorrent"] = "qbittorrent"
    username: str | None = None
    password: SecretStr | None = None
    api_key: SecretStr | None = None

    @model_validator(mode="after")
    def _one_way_in(self) -> "Settings":
        if (self.username is None) != (self.password is None):
            raise ValueError("username and password belong together")
        if self.api_key is not None and self.password is not None:
            raise ValueError("set either api_key or username and password")
        return self


class QBittorrent(Client):
    """One qBittorrent.

    `sync/maindata` answers what changed since the answer numbered `rid`. Up to 5.2 a change is lost for good when an
    answer is (qbittorrent#24845), so whatever a poll did not take in whole is followed by a full one, with rid 0.
    """

    kind: ClassVar[str] = KIND
    title: ClassVar[str] = "qBittorrent"
    protocol: ClassVar[Protocol] = PROTOCOL
    Settings: ClassVar[type[ClientSettings]] = Settings
    states: ClassVar[Mapping[str, State]] = STATES
    usual_urls: ClassVar[tuple[str, ...]] = ("http://127.0.0.1:8080/",)
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
        key = settings.api_key and settings.api_key.get_secret_value()
        self._session = Session(http, settings.username, password, key)
        self._rid = 0
        self._torrents: dict[str, Torrent] = {}
        self._downloads: dict[str, Download] = {}
        self._server = ServerState()

    async def poll(self, *, complete: bool) -> Listing:
        """What changed, or everything; raises `ClientError`."""
        connecting = self._rid == 0
        rid, self._rid = 0 if complete or self._session.lost else self._rid, 0
        reply = await self._session.answer(lambda new: self._ask(0 if new else rid))
        if reply.status != 200:
            raise self._session.unexpected(reply)
        main = decode(reply.body, MainData, self.http.place)
        if not (main.full_update or rid):
            raise ClientAnswerError(f"{self.http.place} sent changes where the whole list was asked for")
        if connecting or self._session.lost:
            self.version = await self._ask_version()
        listing = self._take(main, self._session.lost)
        self._session.lost = False
        self._rid = main.rid
        return listing

    async def execute(self, command: Command) -> str | None:
        """Do it, once; the id of what was added, unless that was an http address."""
        return await execute(self._session, command)

    @classmethod
    async def identify(cls, http: Http) -> Literal["open", "locked"] | None:
        """Whether qBittorrent is there; raises `ClientError` where nothing answers. Counts as no login attempt."""
        reply = await http.get(API + "app/webapiVersion")
        if reply.status == 200 and re.fullmatch(r"\d+(\.\d+)+", reply.text):
            return "open"
        if reply.status != 403 or reply.text != "Forbidden":
            return None
        page = await http.get("")
        if "qbittorrent" in page.text.lower():
            return "locked"
        # Another page than its own may be installed; its login refuses GET (since 4.4).
        return "locked" if (await http.get(API + "auth/login")).status == 405 else None

    async def _ask(self, rid: int) -> Reply:
        try:
            return await self._session.get("sync/maindata", {"rid": str(rid)}, again=False)
        except ClientOffline as error:
            if not was_reset(error):
                raise
            return await self._session.get("sync/maindata", {"rid": "0"}, again=False)

    async def _ask_version(self) -> str | None:
        reply = await self._session.get("app/version")
        found = re.fullmatch(r"v?(\d[\w.+-]{0,40})", reply.text)
        return found[1] if found and reply.status == 200 else None

    def _take(self, main: MainData, session_lost: bool) -> Listing:
        received = self._server.dl_info_data or 0
        if main.full_update:
            self._server = main.server_state
            downloads = self._take_all(main.torrents)
        else:
            merge(self._server, main.server_state)
            downloads = self._take_changes(main.torrents)
        removed = self._remove(main.torrents_removed)
        return Listing(
            {id: download for id, download in downloads.items() if id not in removed},
            complete=main.full_update,
            totals=totals(self._server),
            removed=removed,
            restarted=session_lost or (self._server.dl_info_data or 0) < received,
        )

    def _take_all(self, torrents: dict[str, Torrent]) -> dict[str, Download]:
        before, self._torrents = self._torrents, torrents
        downloads = {}
        for hash, torrent in torrents.items():
            id = download_id(hash.lower())
            known = self._downloads.get(id) if before.get(hash) == torrent else None
            downloads[id] = known or self._normalise(id, hash, torrent)
        self._downloads = downloads
        return downloads

    def _take_changes(self, changes: dict[str, Torrent]) -> dict[str, Download]:
        changed = {}
        for hash, change in changes.items():
            id = download_id(hash.lower())
            torrent = self._torrents.setdefault(hash, change)
            if torrent is not change and not merge(torrent, change):
                continue
            download = self._normalise(id, hash, torrent)
            if download is not self._downloads.get(id):
                changed[id] = self._downloads[id] = download
        return changed

    def _remove(self, hashes: list[str]) -> frozenset[str]:
        removed = frozenset(download_id(hash.lower()) for hash in hashes)
        for hash in hashes:
            self._torrents.pop(hash, None)
        for id in removed:
            self._downloads.pop(id, None)
        return removed

    def _normalise(self, id: str, hash: str, torrent: Torrent) -> Download:
        """The download for a torrent; the very same object as before when nothing of it changed."""
        before = self._downloads.get(id)
        download = normalise(self.id, id, hash, torrent)
        return before if before == download and before is not None else download
