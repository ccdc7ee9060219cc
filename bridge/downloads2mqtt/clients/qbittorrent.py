"""qBittorrent 4.1 to 5.3: the Web UI's API v2, polled for what changed since the last answer (`sync/maindata`)."""

import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, Literal

import msgspec
from pydantic import SecretStr, model_validator

from downloads2mqtt.clients._http import Credentials, Http, Reply, was_reset
from downloads2mqtt.clients._json import count, decode, limit, percent, ratio, seconds_left, when
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.contract.download import DONE, Download, Protocol, State
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized
from downloads2mqtt.listing import Listing, Totals

API = "api/v2/"

STATES: Mapping[str, State] = MappingProxyType(
    {
        "metaDL": "metadata",
        "forcedMetaDL": "metadata",  # 4.4
        "downloading": "downloading",
        "forcedDL": "downloading",
        "stalledDL": "downloading",  # the rate of one instant, it flaps; the bridge decides what is stalled
        "queuedDL": "queued",
        "pausedDL": "paused",  # until 4.6
        "stoppedDL": "paused",  # since 5.0
        "allocating": "checking",  # until 4.3
        "checkingDL": "checking",
        "checkingUP": "checking",
        "checkingResumeData": "checking",
        "queuedForChecking": "checking",  # 4.1
        "moving": "processing",
        "uploading": "seeding",
        "forcedUP": "seeding",
        "stalledUP": "seeding",
        "queuedUP": "seeding",
        "pausedUP": "completed",
        "stoppedUP": "completed",
        "error": "failed",
        "missingFiles": "failed",
    }
)
# The API has no text for an error (up to 5.3 at least).
ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "error": "qBittorrent reports an error (disk full, permissions or missing path): see its log",
        "missingFiles": "qBittorrent misses files of this torrent: put them back or force a recheck",
    }
)

Number = int | float | None


class Torrent(msgspec.Struct, gc=False):
    """What is kept of one torrent. A change holds only what changed, the rest is `None`; none of these is ever
    cleared with null. `tracker`, `magnet_uri` and `comment` carry pass keys: never read.
    """

    name: str | None = None
    state: str | None = None
    progress: Number = None
    size: Number = None
    total_size: Number = None
    completed: Number = None
    uploaded: Number = None
    dlspeed: Number = None
    upspeed: Number = None
    eta: Number = None
    ratio: Number = None
    num_seeds: Number = None
    num_leechs: Number = None
    category: str | None = None
    tags: str | None = None
    content_path: str | None = None
    save_path: str | None = None
    priority: Number = None
    added_on: Number = None
    completion_on: Number = None
    has_tracker_error: bool | None = None  # 5.2


class ServerState(msgspec.Struct):
    """What is kept of the program's totals; a change holds only what changed."""

    dl_info_speed: Number = None
    up_info_speed: Number = None
    dl_rate_limit: Number = None
    up_rate_limit: Number = None
    dl_info_data: Number = None
    alltime_dl: Number = None
    alltime_ul: Number = None
    free_space_on_disk: Number = None
    use_alt_speed_limits: bool | None = None


class MainData(msgspec.Struct):
    """An answer of `sync/maindata`; what is empty is left out."""

    rid: int
    full_update: bool = False
    torrents: dict[str, Torrent] = {}
    torrents_removed: list[str] = []
    server_state: ServerState = msgspec.field(default_factory=ServerState)


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

    kind: ClassVar[str] = "qbittorrent"
    title: ClassVar[str] = "qBittorrent"
    protocol: ClassVar[Protocol] = "torrent"
    Settings: ClassVar[type[ClientSettings]] = Settings
    states: ClassVar[Mapping[str, State]] = STATES
    usual_urls: ClassVar[tuple[str, ...]] = ("http://127.0.0.1:8080/",)

    def __init__(self, id: str, settings: Any, http: Http) -> None:
        super().__init__(id, settings, http)
        key = settings.api_key
        self._headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
        self._credentials = Credentials()
        self._logged_in = False
        self._rid = 0
        self._torrents: dict[str, Torrent] = {}
        self._downloads: dict[str, Download] = {}
        self._server = ServerState()

    async def poll(self, *, complete: bool) -> Listing:
        """What changed, or everything; raises `ClientError`."""
        self._credentials.check()
        connecting = self._rid == 0
        rid, self._rid = 0 if complete else self._rid, 0
        reply, renewed = await self._maindata(rid)
        main = decode(reply.body, MainData, self.http.place)
        if not (main.full_update or rid):
            raise ClientAnswerError(f"{self.http.place} sent changes where the whole list was asked for")
        if connecting or renewed:
            self.version = await self._ask_version()
        listing = self._take(main, renewed)
        self._rid = main.rid
        return listing

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

    async def _maindata(self, rid: int) -> tuple[Reply, bool]:
        """The answer, and whether a session that had been good was not known any more."""
        entered = self.settings.password is not None and not self._logged_in
        if entered:
            await self._log_in()
        reply = await self._ask_maindata(rid)
        lost = reply.status == 403 and not entered
        if lost:
            await self._log_in()
            reply = await self._ask_maindata(0)
        if reply.status != 200:
            raise self._unexpected(reply)
        self._credentials.accepted()
        return reply, lost

    async def _ask_maindata(self, rid: int) -> Reply:
        try:
            return await self._get("sync/maindata", rid=rid)
        except ClientOffline as error:
            if not was_reset(error):
                raise
            return await self._get("sync/maindata", rid=0)

    async def _ask_version(self) -> str | None:
        reply = await self._get("app/version")
        found = re.fullmatch(r"v?(\d[\w.+-]{0,40})", reply.text)
        return found[1] if found and reply.status == 200 else None

    async def _get(self, path: str, **params: int) -> Reply:
        return await self.http.get(API + path, params=params, headers=self._headers, again="rid" not in params)

    async def _log_in(self) -> None:
        self._logged_in = False
        if self.settings.api_key is not None:
            raise self._credentials.refused(self._says("refuses the api_key: set its current one (5.2 or later)"))
        if self.settings.password is None:
            raise ClientUnauthorized(
                self._says("asks for a login: set username and password, or api_key (from 5.2 on)")
            )
        login = {"username": self.settings.username, "password": self.settings.password.get_secret_value()}
        reply = await self.http.post(API + "auth/login", data=login)
        if reply.status != 204 and not (reply.status == 200 and reply.text in ("Ok.", "")):
            raise await self._login_failure(reply)
        self._logged_in = True

    async def _login_failure(self, reply: Reply) -> ClientError:
        if reply.status == 403:
            return self._credentials.locked_out(
                self._says("bans this address after too many failed logins: wait an hour or restart it")
            )
        fails = reply.status == 200 and reply.text == "Fails."  # until 5.1
        # Since 5.2 wrong credentials are a 401, as a refused Host header always was; the latter is refused everywhere.
        if fails or (reply.status == 401 and (await self._get("app/webapiVersion")).status != 401):
            return self._credentials.refused(
                self._says("refuses username or password: correct them in the configuration")
            )
        return self._unexpected(reply)

    def _unexpected(self, reply: Reply) -> ClientError:
        match reply.status:
            case 200:
                sentence = "does not answer a login as qBittorrent does: is the url right?"
            case 401:
                sentence = (
                    "refuses the Host header (401): write the port of its own Web UI into the url, "
                    "or turn off its host header validation"
                )
            case 403:
                sentence = "accepts the login but then not its cookie: does a proxy remove cookies?"
            case 404:
                sentence = "has no Web API 2: it is older than 4.1, or the url is wrong"
            case _:
                return self.http.unexpected(reply)
        return ClientAnswerError(self._says(sentence))

    def _says(self, sentence: str) -> str:
        return f"qBittorrent at {self.http.place} {sentence}"

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


def normalise(client: str, id: str, hash: str, torrent: Torrent) -> Download:
    """One torrent as the contract has it."""
    native = sys.intern(torrent.state or "unknown")
    state = state_of(torrent)
    return Download(
        id=id,
        native_id=id if id == hash else hash,
        client=client,
        kind=QBittorrent.kind,
        protocol=QBittorrent.protocol,
        name=torrent.name or hash,
        state=state,
        native_state=native,
        stage="moving" if native == "moving" else None,
        progress=percent(torrent.progress) if _wanted(torrent) else None,
        size=_wanted(torrent),
        downloaded=count(torrent.completed),
        uploaded=count(torrent.uploaded),
        download_rate=count(torrent.dlspeed),
        upload_rate=count(torrent.upspeed),
        eta=None if state in DONE else seconds_left(torrent.eta),
        ratio=ratio(torrent.ratio),
        seeds=count(torrent.num_seeds),
        peers=count(torrent.num_leechs),
        category=sys.intern(torrent.category) if torrent.category else None,
        tags=_tags(torrent.tags or ""),
        path=torrent.content_path or torrent.save_path or None,
        queue_position=count(torrent.priority) or None,
        added_at=when(torrent.added_on),
        completed_at=when(torrent.completion_on),
        error=ERRORS.get(native),
        warning="A tracker reports an error: see the trackers of this torrent" if torrent.has_tracker_error else None,
    )


def state_of(torrent: Torrent) -> State:
    """The state of a torrent; libtorrent calls one of which no file is wanted finished, we call it paused."""
    state = STATES.get(torrent.state or "", "unknown")
    return "paused" if state in DONE and not _wanted(torrent) else state


def totals(server: ServerState) -> Totals:
    """The program's totals as the contract has them."""
    return Totals(
        download_rate=count(server.dl_info_speed),
        upload_rate=count(server.up_info_speed),
        download_limit=limit(server.dl_rate_limit),
        upload_limit=limit(server.up_rate_limit),
        alternative_limits=server.use_alt_speed_limits,
        free_space=count(server.free_space_on_disk),
        downloaded_total=count(server.alltime_dl),
        uploaded_total=count(server.alltime_ul),
    )


def merge(known: msgspec.Struct, change: msgspec.Struct) -> bool:
    """Take what `change` holds into `known`, of the same type; whether that made a difference."""
    different = False
    for name in known.__struct_fields__:
        value = getattr(change, name)
        if value is not None and value != getattr(known, name):
            setattr(known, name, value)
            different = True
    return different


def _wanted(torrent: Torrent) -> int | None:
    """Bytes wanted; `None` while a magnet's contents are not known (size 0 or -1, total_size -1)."""
    known = torrent.total_size is None or torrent.total_size > 0
    return count(torrent.size) if known else None


@lru_cache(maxsize=1024)
def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag for part in text.split(",") if (tag := part.strip()))
