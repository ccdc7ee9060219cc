"""Deluge 1.3.15 to 2.2: the JSON-RPC of its web interface, polled for every torrent."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from pydantic import Field, SecretStr

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients._json import count, decode, limit
from downloads2mqtt.clients._jsonrpc import encode_call, read_answer
from downloads2mqtt.clients._rows import Rows, same
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.clients.deluge.control import execute
from downloads2mqtt.clients.deluge.rpc import Rpc
from downloads2mqtt.clients.deluge.torrent import KEYS, STATES, Number, Torrent, normalise
from downloads2mqtt.command import Command
from downloads2mqtt.contract.download import Download, Protocol, State
from downloads2mqtt.errors import ClientAnswerError, ClientOffline
from downloads2mqtt.listing import Listing, Totals

# With this filter `web.update_ui` tells of no torrent. Those come from the daemon itself: what the web interface
# remembers is up to 1.5 s old, and a change of state makes it take the old state for new (up to 2.2 at least).
NO_TORRENTS: Mapping[str, Any] = {"id": []}
KIB = 1024


class Stats(msgspec.Struct):
    """What is kept of the totals; limits in KiB/s."""

    download_rate: Number = None
    upload_rate: Number = None
    max_download: Number = None
    max_upload: Number = None
    free_space: Number = None


class Overview(msgspec.Struct):
    """The answer to `web.update_ui`; without a daemon it holds nothing."""

    connected: bool
    stats: Stats = msgspec.field(default_factory=Stats)


class Settings(ClientSettings):
    """`password` is that of the web interface. `daemon` picks one, as `host:port`, where that knows several."""

    kind: Literal["deluge"] = "deluge"
    # When its daemon dies, the web interface does not answer at all.
    timeout: Annotated[float, Field(gt=0, le=300)] = 15.0
    password: SecretStr | None = None
    daemon: str | None = None


class Deluge(Client):
    """One Deluge, by its web interface.

    That interface does not go back to a daemon which was restarted: we connect it again. Every poll lists every
    torrent, never asked with `diff`, since the differences belong to the one session that all users of it share.
    """

    kind: ClassVar[str] = "deluge"
    title: ClassVar[str] = "Deluge"
    protocol: ClassVar[Protocol] = "torrent"
    Settings: ClassVar[type[ClientSettings]] = Settings
    states: ClassVar[Mapping[str, State]] = STATES
    usual_urls: ClassVar[tuple[str, ...]] = ("http://127.0.0.1:8112/",)
    abilities: ClassVar[tuple[str, ...]] = (
        "add", "pause", "resume", "remove", "recheck", "reannounce", "set", "limits", "poll",
    )  # fmt: skip
    adds: ClassVar[frozenset[str]] = frozenset({"magnet", "http", "torrent"})
    settable: ClassVar[frozenset[str]] = frozenset({"category", "download_limit", "upload_limit", "queue_position"})
    limitable: ClassVar[frozenset[str]] = frozenset({"download_limit", "upload_limit"})

    def __init__(self, id: str, settings: Any, http: Http) -> None:
        super().__init__(id, settings, http)
        self._rpc = Rpc(http, settings.password and settings.password.get_secret_value())
        self._connected = False
        self._downloads: dict[str, Download] = {}
        self._rows: Rows[Download, None] = Rows(self._download)

    async def poll(self, *, complete: bool) -> Listing:
        """Every torrent, whatever is asked; raises `ClientError`."""
        overview = await self._overview()
        reconnected = not overview.connected
        if reconnected:
            overview = await self._connect()
        if reconnected or self.version is None:
            self.version = await self._ask_version()
        torrents = await self._rpc.ask(dict[str, msgspec.Raw], "core.get_torrents_status", {}, KEYS)
        restarted, self._connected = reconnected and self._connected, True
        self._downloads = same(self._downloads, self._rows.read(torrents.values(), None))
        return Listing(self._downloads, complete=True, totals=totals_of(overview.stats), restarted=restarted)

    async def execute(self, command: Command) -> str | None:
        """Do it, once; the info-hash of what was added."""
        return await execute(self._rpc, command)

    @classmethod
    async def identify(cls, http: Http) -> Literal["open", "locked"] | None:
        """Whether Deluge is there, which always has a password; raises `ClientError` where nothing answers."""
        headers = {"Content-Type": "application/json"}
        reply = await http.post("json", content=encode_call("system.listMethods", []), headers=headers, again=True)
        if reply.status != 200 or b'"web.update_ui"' not in reply.body:
            return None
        try:
            methods = decode(bytes(read_answer(reply.body, http.place).result), list[str], http.place)
        except ClientAnswerError:
            return None
        return "locked" if "web.update_ui" in methods else None

    async def _overview(self) -> Overview:
        return await self._rpc.ask(Overview, "web.update_ui", [], NO_TORRENTS)

    async def _connect(self) -> Overview:
        await self._rpc.connect(self.settings.daemon)
        overview = await self._overview()
        if not overview.connected:
            raise ClientOffline(self._rpc.says("cannot reach its daemon: is deluged running?"))
        return overview

    async def _ask_version(self) -> str | None:
        methods = await self._rpc.ask(list[str], "system.listMethods")
        # `daemon.get_version` is new in 2.0; in 1.3 `daemon.info` tells it.
        method = "daemon.get_version" if "daemon.get_version" in methods else "daemon.info"
        version = await self._rpc.ask(object, method)
        return version[:40] if isinstance(version, str) else None

    def _download(self, row: bytes, _: None) -> Download:
        return normalise(self.id, decode(row, Torrent, self.http.place))


def totals_of(stats: Stats) -> Totals:
    """The daemon's totals as the contract has them."""
    return Totals(
        download_rate=count(stats.download_rate),
        upload_rate=count(stats.upload_rate),
        download_limit=limit(stats.max_download and stats.max_download * KIB),
        upload_limit=limit(stats.max_upload and stats.max_upload * KIB),
        free_space=count(stats.free_space),
    )
