"""rTorrent 0.9.8 to 0.16: JSON-RPC or XML-RPC, through a web server or directly by SCGI."""

import math
import time
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import msgspec
from pydantic import SecretStr, field_validator, model_validator

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients._json import convert, count, limit
from downloads2mqtt.clients._jsonrpc import Fault
from downloads2mqtt.clients._rows import Rows, same
from downloads2mqtt.clients._scgi import SCHEMES
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.clients.rtorrent import control, rows
from downloads2mqtt.clients.rtorrent.rpc import Call, Rpc
from downloads2mqtt.command import Command
from downloads2mqtt.contract.download import Download, Protocol, State
from downloads2mqtt.errors import ClientAnswerError, ClientUnauthorized
from downloads2mqtt.listing import Listing, Totals

# 5,000 torrents take rTorrent 160 ms (75 in JSON), and it does nothing else meanwhile; the active ones of them 1 ms.
LONG_LIST = 500
WHOLE_SECONDS = 30.0
SPACE_SECONDS = 60.0

Number = int | float | None


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """What is asked beside the downloads, in the order of `FACTS`."""

    pid: Number
    down_rate: Number
    up_rate: Number
    down_total: Number
    up_total: Number
    down_limit: Number
    up_limit: Number
    downloads: Number
    active: Number
    hashing: Number


FACTS = (
    Call("system.pid"),
    Call("throttle.global_down.rate"),
    Call("throttle.global_up.rate"),
    Call("throttle.global_down.total"),
    Call("throttle.global_up.total"),
    Call("throttle.global_down.max_rate"),
    Call("throttle.global_up.max_rate"),
    Call("view.size", ("", "main")),
    Call("view.size", ("", "active")),
    Call("view.size", ("", "hashing")),
)
ALL = Call("d.multicall2", ("", "main", *rows.COLUMNS))
ACTIVE = Call("d.multicall2", ("", "active", *rows.COLUMNS))


class Settings(ClientSettings):
    """`url` is that of a web server that passes on to rTorrent, or `scgi://host:port`, or `scgi+unix:///path`.

    `username` and `password` are the web server's; rTorrent itself knows none.
    """

    kind: Literal["rtorrent"] = "rtorrent"
    username: str | None = None
    password: SecretStr | None = None

    @field_validator("url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        scheme, _, rest = url.partition("://")
        if scheme not in SCHEMES:
            return ClientSettings._web_address(url)
        if scheme == SCHEMES[1] and not rest.startswith("/"):
            raise ValueError("must name a socket by its whole path, such as scgi+unix:///run/rtorrent/rpc.socket")
        if scheme == SCHEMES[0] and not rest.rstrip("/").rpartition(":")[2].isdecimal():
            raise ValueError("must name host and port, such as scgi://127.0.0.1:5000")
        return url.rstrip("/") + "/"

    @model_validator(mode="after")
    def _login_of_a_web_server(self) -> "Settings":
        if (self.username is None) != (self.password is None):
            raise ValueError("username and password belong together")
        if self.username is not None and self.url.startswith(SCHEMES):
            raise ValueError("username and password are a web server's: SCGI itself knows no login")
        return self


class RTorrent(Client):
    """One rTorrent.

    It cannot tell what changed. A short list is asked whole. Of a long one the active downloads are asked, and the
    whole as soon as the sizes of its views or the active ones themselves say that another one changed, and every half
    minute, for what they cannot say: the label or the message of one that rests.
    """

    kind: ClassVar[str] = rows.KIND
    title: ClassVar[str] = "rTorrent"
    protocol: ClassVar[Protocol] = "torrent"
    Settings: ClassVar[type[ClientSettings]] = Settings
    states: ClassVar[Mapping[str, State]] = rows.STATES
    usual_urls: ClassVar[tuple[str, ...]] = ("scgi://127.0.0.1:5000", "http://127.0.0.1/RPC2")
    abilities: ClassVar[tuple[str, ...]] = (
        "add",
        "pause",
        "resume",
        "remove",
        "recheck",
        "reannounce",
        "set",
        "limits",
        "poll",
    )
    adds: ClassVar[frozenset[str]] = frozenset({"magnet", "http", "torrent"})
    settable: ClassVar[frozenset[str]] = frozenset({"category", "priority"})
    limitable: ClassVar[frozenset[str]] = frozenset({"download_limit", "upload_limit"})

    def __init__(self, id: str, settings: Any, http: Http) -> None:
        super().__init__(id, settings, http)
        password = settings.password and settings.password.get_secret_value()
        self._rpc = Rpc(http, settings.username, password)
        self._rows = Rows(self._entry)
        self._entries: dict[str, rows.Entry] = {}
        self._facts: Facts | None = None
        self._is_current = False
        self._whole_at = self._space_at = -math.inf
        self._free_space: int | None = None

    async def poll(self, *, complete: bool) -> Listing:
        """What is active, or everything; raises `ClientError`."""
        now = time.monotonic()
        was_current, self._is_current = self._is_current, False
        if not was_current:
            await self._connect()
        before, facts = self._facts, await self._ask_facts()
        restarted = before is not None and began_anew(before, facts)
        downloads = None
        if was_current and not (complete or restarted or self._is_whole_better(facts, now)):
            downloads = await self._poll_active()
        listed = downloads is None
        if downloads is None:
            downloads, self._whole_at = await self._poll_whole(), now
        await self._ask_space(now)
        self._facts, self._is_current = facts, True
        return Listing(downloads, listed, totals_of(facts, self._free_space), restarted=restarted)

    async def execute(self, command: Command) -> str | None:
        """Do it, once; raises `RequestError` or `ClientError`."""
        was_current, self._is_current = self._is_current, False
        if not was_current:
            await self._connect()
        return await control.execute(self._rpc, command)

    @classmethod
    async def identify(cls, http: Http) -> Literal["open", "locked"] | None:
        """Whether rTorrent is there; raises `ClientError` where nothing answers. Others' login pages are not told."""
        try:
            await Rpc(http).connect()
        except (ClientAnswerError, ClientUnauthorized):
            return None
        return "open"

    async def _connect(self) -> None:
        self.version = await self._rpc.connect()

    async def _ask_facts(self) -> Facts:
        told = await self._rpc.ask(*FACTS)
        return convert([None if isinstance(one, Fault) else one for one in told], Facts, self.http.place)

    async def _ask_space(self, now: float) -> None:
        """The free space where the newest download lies: rTorrent knows none of its own folder's."""
        if now - self._space_at < SPACE_SECONDS:
            return
        newest = max((e for e in self._entries.values() if e.was_opened), key=_age, default=None)
        if newest is None:
            return
        told = await self._rpc.ask(Call("d.free_diskspace", (newest.hash,)))
        self._free_space, self._space_at = count(told[0]) if isinstance(told[0], int) else None, now

    def _is_whole_better(self, facts: Facts, now: float) -> bool:
        """Whether the list is short, or another than the active downloads changed, or might have."""
        entries = self._entries.values()
        active = sum(entry.is_active for entry in entries)
        return (
            len(entries) < LONG_LIST
            or active * 2 > len(entries)
            or now - self._whole_at >= WHOLE_SECONDS
            or (facts.downloads, facts.active, facts.hashing) != (len(entries), active, 0)
            or any(entry.download.state == "checking" for entry in entries)
        )

    async def _poll_active(self) -> dict[str, Download] | None:
        """The active downloads; `None` when they are not those that were active before."""
        entries = await self._table(ACTIVE, whole=False)
        if entries.keys() != {id for id, entry in self._entries.items() if entry.is_active}:
            return None
        if not all(entry.is_active for entry in entries.values()):
            return None
        self._entries.update(entries)
        return {id: entry.download for id, entry in entries.items()}

    async def _poll_whole(self) -> dict[str, Download]:
        self._entries = await self._table(ALL, whole=True)
        return {id: entry.download for id, entry in self._entries.items()}

    async def _table(self, call: Call, *, whole: bool) -> dict[str, rows.Entry]:
        """The downloads by id, with the very objects of before where nothing of them changed."""
        entries = {e.download.id: e for e in self._rows.read(await self._rpc.table(call), None, whole=whole)}
        known = {id: entry.download for id, entry in self._entries.items()}
        downloads = same(known, [entry.download for entry in entries.values()])
        return {id: entry._replace(download=downloads[id]) for id, entry in entries.items()}

    def _entry(self, row: bytes, _: None) -> rows.Entry:
        return rows.entry(self.id, rows.read_row(row, self.http.place))


def totals_of(facts: Facts, free_space: int | None) -> Totals:
    """rTorrent's totals as the contract has them; what went through since it was started."""
    return Totals(
        download_rate=count(facts.down_rate),
        upload_rate=count(facts.up_rate),
        download_limit=limit(facts.down_limit),
        upload_limit=limit(facts.up_limit),
        free_space=free_space,
        downloaded_total=count(facts.down_total),
        uploaded_total=count(facts.up_total),
    )


def began_anew(before: Facts, now: Facts) -> bool:
    """Whether it was started between two answers; in a container its process id is always the same."""
    return before.pid != now.pid or (now.down_total or 0) < (before.down_total or 0)


def _age(entry: rows.Entry) -> str:
    return entry.download.added_at or ""
