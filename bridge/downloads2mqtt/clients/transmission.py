"""Transmission 2.80 to 4.1: RPC in both its dialects, polled for what was recently active."""

import json
import re
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, Literal, TypeVar

import msgspec
from pydantic import SecretStr, model_validator

from downloads2mqtt.clients._http import Credentials, Http, Reply
from downloads2mqtt.clients._json import convert, count, decode, harmless, limit, percent, ratio, seconds_left, when
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.contract.download import DONE, Download, Protocol, State
from downloads2mqtt.contract.topics import download_id
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientUnauthorized
from downloads2mqtt.listing import Listing, Totals

# "Recently active" means within 60 s: after a longer silence it would miss something.
SILENCE_SECONDS = 45.0
REFRESH_SECONDS = 60.0
SESSION_ID = "X-Transmission-Session-Id"
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
T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Call:
    """One method, in the words of JSON-RPC; `vital` unless it may fail."""

    method: str
    params: Mapping[str, Any] = field(default_factory=dict)
    vital: bool = True


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


class NewSession(ClientAnswerError):
    """The session id is no longer good: an hour has passed, or the daemon was started anew."""


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
        self._url = rpc_url(http.url)
        self._credentials = Credentials()
        self._headers = {"Content-Type": "application/json"}
        if settings.password is not None:
            self._headers["Authorization"] = _basic(settings.username, settings.password.get_secret_value())
        self._modern = False
        self._answered_at: float | None = None
        self._session = Session()
        self._session_at = self._space_at = 0.0
        self._stats = Stats()
        self._free_space: int | None = None
        self._torrents: dict[int, Torrent] = {}
        self._downloads: dict[str, Download] = {}

    async def poll(self, *, complete: bool) -> Listing:
        """What was recently active, or everything; raises `ClientError`."""
        self._credentials.check()
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
        connecting = answered_at is None
        if connecting:
            self._take_session((await self._ask(SESSION_GET))["session_get"], now)
            self._space_at = now - REFRESH_SECONDS
        complete = complete or answered_at is None or now - answered_at > SILENCE_SECONDS
        answers = await self._ask(ALL if complete else RECENT, *self._more(now, connecting))
        listing = self._take(answers, complete, connecting, now)
        self._answered_at = now
        return listing

    def _more(self, now: float, connecting: bool) -> list[Call]:
        """What to ask beside the torrents; of the old dialect, which has no batches, one thing at a time."""
        calls = []
        if now - self._session_at >= REFRESH_SECONDS:
            calls.append(SESSION_GET)
        if now - self._space_at >= REFRESH_SECONDS and self._session.download_dir:
            calls.append(Call("free_space", {"path": self._session.download_dir}, vital=False))
        calls.append(SESSION_STATS)
        return calls if self._modern or connecting else calls[:1]

    async def _ask(self, *calls: Call) -> dict[str, dict[str, Any]]:
        """The answers by method; those to calls that are not vital may be missing."""
        if self._modern:
            return results(await self._post(batch(calls)), calls, self.http.place)
        answers = {}
        for call in calls:
            answers.update(legacy_result(await self._post(legacy(call)), call, self.http.place))
        return answers

    async def _post(self, body: Any) -> bytes:
        reply = await self.http.post(self._url, content=json.dumps(body), headers=self._headers, again=True)
        if reply.status == 409 and SESSION_ID in reply.headers:
            self._renew(reply)
        if reply.status != 200:
            raise self._refusal(reply)
        self._credentials.accepted()
        return reply.body

    def _renew(self, reply: Reply) -> None:
        self._credentials.accepted()
        self._headers[SESSION_ID] = reply.headers[SESSION_ID]
        version = reply.headers.get("X-Transmission-Rpc-Version", "")
        self._modern = version.partition(".")[0].isdecimal() and int(version.partition(".")[0]) >= 6
        raise NewSession(self._says("wants another session id for every request"))

    def _refusal(self, reply: Reply) -> ClientError:
        match reply.status:
            case 401 if "Authorization" in self._headers:
                sentence = "refuses username or password: correct them in the configuration"
                return self._credentials.refused(self._says(sentence))
            case 401:
                return ClientUnauthorized(self._says("asks for a login: set username and password"))
            case 403 if "unsuccessful login" in reply.text:
                sentence = "lets nobody in after too many failed logins: restart it"
                return self._credentials.locked_out(self._says(sentence))
            case 403:
                return ClientUnauthorized(self._says("refuses this address: add it to its rpc-whitelist"))
            case 421:
                sentence = "does not know the host name it is asked under: add it to its rpc-host-whitelist"
                return ClientAnswerError(self._says(sentence))
            case _:
                return self.http.unexpected(reply)

    def _says(self, sentence: str) -> str:
        return f"Transmission at {self.http.place} {sentence}"
