"""aria2 1.34 to 1.37: JSON-RPC over HTTP, polled for everything; its notifications say when a poll is due."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, ClassVar, Literal

import msgspec
from pydantic import SecretStr

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients._json import count, decode, limit
from downloads2mqtt.clients._jsonrpc import encode_call, read_answer
from downloads2mqtt.clients._rows import Rows
from downloads2mqtt.clients._websocket import messages
from downloads2mqtt.clients.aria2.chains import Chain, Chains
from downloads2mqtt.clients.aria2.control import execute
from downloads2mqtt.clients.aria2.download import KEYS, REMOVED, STATES, Number, Row, normalise
from downloads2mqtt.clients.aria2.rpc import LARGEST_REQUEST, Call, Rpc, rpc_url
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.command import Command, Limits
from downloads2mqtt.contract.download import Download, Protocol, State
from downloads2mqtt.errors import ClientAnswerError, ClientError
from downloads2mqtt.listing import Listing, Totals

ALL = 1_000_000
OPTIONS_SECONDS = 60.0
# A burst of notifications is one hint; who cannot be listened to is tried again so much later.
GATHER_SECONDS = 0.2
LISTEN_SECONDS = 30.0

STOPPED = Call("aria2.tellStopped", (0, ALL, KEYS))
WAITING = Call("aria2.tellWaiting", (0, ALL, KEYS))
ACTIVE = Call("aria2.tellActive", (KEYS,))
STAT = Call("aria2.getGlobalStat")
SESSION = Call("aria2.getSessionInfo")
OPTIONS = Call("aria2.getGlobalOption")
VERSION = Call("aria2.getVersion")


class Stat(msgspec.Struct, rename="camel"):
    """The answer to `getGlobalStat`."""

    download_speed: Number = None
    upload_speed: Number = None


class Session(msgspec.Struct, rename="camel"):
    """The answer to `getSessionInfo`: another one after every start."""

    session_id: str


class Options(msgspec.Struct, rename="kebab"):
    """What is kept of `getGlobalOption`, which also holds passwords for servers; limits in bytes, 0 for none."""

    max_overall_download_limit: Number = None
    max_overall_upload_limit: Number = None
    rpc_max_request_size: Number = None


class Version(msgspec.Struct):
    """The answer to `getVersion`."""

    version: str = ""


class Settings(ClientSettings):
    """`secret` is its `rpc-secret`. `url` may be the host alone, or the address of its JSON-RPC."""

    kind: Literal["aria2"] = "aria2"
    secret: SecretStr | None = None


class Aria2(Client):
    """One aria2.

    What it has finished it lists until it is stopped; after a start it knows nothing of that any more, and so it is
    gone, a minute later (`restarted`), when what was saved with the session has come back.
    """

    kind: ClassVar[str] = "aria2"
    title: ClassVar[str] = "aria2"
    protocol: ClassVar[Protocol] = "http"
    Settings: ClassVar[type[ClientSettings]] = Settings
    states: ClassVar[Mapping[str, State]] = STATES
    usual_urls: ClassVar[tuple[str, ...]] = ("http://127.0.0.1:6800/jsonrpc",)
    abilities: ClassVar[tuple[str, ...]] = ("add", "pause", "resume", "remove", "recheck", "set", "limits", "poll")
    adds: ClassVar[frozenset[str]] = frozenset({"magnet", "http", "torrent"})
    settable: ClassVar[frozenset[str]] = frozenset({"download_limit", "upload_limit", "queue_position"})
    limitable: ClassVar[frozenset[str]] = frozenset({"download_limit", "upload_limit"})

    def __init__(self, id: str, settings: Any, http: Http) -> None:
        super().__init__(id, settings, http)
        self._rpc = Rpc(http, settings.secret and settings.secret.get_secret_value())
        self._session: str | None = None
        self._options = Options()
        self._options_at = -OPTIONS_SECONDS
        self._rows: Rows[Row, None] = Rows(self._row)
        self._merger = Chains()
        self._chains: dict[str, Chain] = {}
        self._downloads: dict[str, Download] = {}
        self._listener: asyncio.Task[None] | None = None
        self._listened_at = -LISTEN_SECONDS
        self._hint: asyncio.TimerHandle | None = None

    async def poll(self, *, complete: bool) -> Listing:
        """Everything, whatever is asked; raises `ClientError`."""
        now = time.monotonic()
        more = [OPTIONS, VERSION] if now - self._options_at >= OPTIONS_SECONDS else []
        answers = await self._rpc.ask([STOPPED, WAITING, ACTIVE, STAT, SESSION, *more])
        stopped, waiting, active = (self._rpc.read(answer, list[msgspec.Raw]) for answer in answers[:3])
        stat, session = self._rpc.read(answers[3], Stat), self._rpc.read(answers[4], Session)
        rows = self._rows.read([*stopped, *waiting, *active], None)
        if more:
            self._take_options(self._rpc.read(answers[5], Options), self._rpc.read(answers[6], Version), now)
        listing = self._take(rows, len(stopped), len(waiting), session.session_id, stat)
        self._listen(now)
        return listing

    async def execute(self, command: Command) -> str | None:
        """Do it, once; the id of what was added."""
        if isinstance(command, Limits):
            self._options_at = -OPTIONS_SECONDS
        return await execute(self._rpc, command, self._chains)

    @classmethod
    async def identify(cls, http: Http) -> Literal["open", "locked"] | None:
        """Whether aria2 is there, and asks for a secret; raises `ClientError` where nothing answers."""
        if b'"aria2.tellActive"' not in await _ask(http, "system.listMethods"):
            return None
        return "locked" if b'"Unauthorized"' in await _ask(http, "aria2.getVersion") else "open"

    async def aclose(self) -> None:
        """Stop listening and close the connections."""
        if self._hint is not None:
            self._hint.cancel()
        if self._listener is not None:
            self._listener.cancel()
            with suppress(asyncio.CancelledError):
                await self._listener
        await super().aclose()

    def _row(self, row: bytes, _: None) -> Row:
        return decode(row, Row, self.http.place)

    def _take_options(self, options: Options, version: Version, now: float) -> None:
        self._options, self._options_at = options, now
        self._rpc.largest_request = count(options.rpc_max_request_size) or LARGEST_REQUEST
        self.version = version.version[:40] or None

    def _take(self, rows: list[Row], stopped: int, waiting: int, session: str, stat: Stat) -> Listing:
        restarted = self._session is not None and session != self._session
        if restarted:
            self._merger.forget()
            self._chains = {}
        before, self._session = self._chains, session
        positions = {row.gid: place for place, row in enumerate(rows[stopped : stopped + waiting], 1)}
        chains = self._chains = self._merger.merge(rows)
        gone = {id for id, chain in chains.items() if chain.row.status == REMOVED}
        replaced = {id for id, chain in chains.items() if id in before and before[id].origin != chain.origin}
        self._downloads = {
            id: self._download(id, chain.row, positions.get(chain.row.gid), before.get(id))
            for id, chain in chains.items()
            if id not in gone
        }
        totals = totals_of(stat, self._options)
        return Listing(
            self._downloads, complete=True, totals=totals, removed=frozenset(gone | replaced), restarted=restarted
        )

    def _download(self, id: str, row: Row, position: int | None, before: Chain | None) -> Download:
        """The download for a row; the very same object as before when nothing of it changed."""
        known = self._downloads.get(id)
        if known is not None and before is not None and before.row is row and known.queue_position == position:
            return known
        download = normalise(self.id, id, row, position)
        return known if known is not None and known == download else download

    def _listen(self, now: float) -> None:
        """Listen for notifications, unless that is done already or nobody wants to know."""
        listening = self._listener is not None and not self._listener.done()
        if self.on_hint is not None and not listening and now - self._listened_at >= LISTEN_SECONDS:
            self._listened_at = now
            self._listener = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        """Until the connection ends; polls do without."""
        with suppress(ClientError):
            async for message in messages(self.http, self._rpc.url):
                if b'"aria2.on' in message and self._hint is None:
                    self._hint = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._tell)

    def _tell(self) -> None:
        self._hint = None
        if self.on_hint is not None:
            self.on_hint()


def totals_of(stat: Stat, options: Options) -> Totals:
    """The program's totals as the contract has them; it tells of no free space."""
    return Totals(
        download_rate=count(stat.download_speed),
        upload_rate=count(stat.upload_speed),
        download_limit=limit(options.max_overall_download_limit),
        upload_limit=limit(options.max_overall_upload_limit),
    )


async def _ask(http: Http, method: str) -> bytes:
    """The body of an answer, if it is one of JSON-RPC; without the secret."""
    headers = {"Content-Type": "application/json"}
    reply = await http.post(rpc_url(http.url), content=encode_call(method, []), headers=headers, again=True)
    try:
        read_answer(reply.body, http.place)
    except ClientAnswerError:
        return b""
    return reply.body
