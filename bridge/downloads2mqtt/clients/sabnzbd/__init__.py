"""SABnzbd 3.7 to 5: the queue every time, the history when its counter moved.

A job goes from the queue to the history (post-processing first) under one `nzo_id`, so the queue is asked first:
a job on its way is then seen twice rather than not at all. Source: sabnzbd/{api,interface,postproc}.py of 3.7.1,
4.5.0 and 5.1.3.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Literal

from pydantic import SecretStr

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients._json import decode
from downloads2mqtt.clients._rows import Rows, same
from downloads2mqtt.clients.base import Client, ClientSettings
from downloads2mqtt.clients.sabnzbd.api import Api, find, without_key
from downloads2mqtt.clients.sabnzbd.asking import ask_history, ask_queue, ask_sound_history
from downloads2mqtt.clients.sabnzbd.control import execute
from downloads2mqtt.clients.sabnzbd.jobs import (
    KIND,
    PROTOCOL,
    STATES,
    History,
    HistorySlot,
    Job,
    QueueAnswer,
    QueueSlot,
    in_turn,
    past,
    queued,
    totals,
)
from downloads2mqtt.command import Command
from downloads2mqtt.contract.download import Download, Protocol, State
from downloads2mqtt.listing import Listing

EVERYTHING = 1_000_000  # without a limit the history ends after `history_limit` (10) jobs
PAGE = 100
WHOLE_SECONDS = 300.0


class Settings(ClientSettings):
    """`api_key` is the full one from Config → General; the NZB key may not read the queue."""

    kind: Literal["sabnzbd"] = "sabnzbd"
    api_key: SecretStr = SecretStr("")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the last poll left behind; replaced as a whole, so that a cancelled poll leaves no half of it."""

    queue: Mapping[str, Download] = field(default_factory=dict)
    history: Mapping[str, Download] = field(default_factory=dict)
    token: int = 0
    whole_at: float = -math.inf


class Sabnzbd(Client):
    """One SABnzbd."""

    kind: ClassVar[str] = KIND
    title: ClassVar[str] = "SABnzbd"
    protocol: ClassVar[Protocol] = PROTOCOL
    Settings: ClassVar[type[ClientSettings]] = Settings
    states: ClassVar[Mapping[str, State]] = MappingProxyType({word: state for word, (state, _) in STATES.items()})
    usual_urls: ClassVar[tuple[str, ...]] = ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/sabnzbd/")
    abilities: ClassVar[tuple[str, ...]] = ("add", "pause", "resume", "remove", "set", "limits", "poll")
    adds: ClassVar[frozenset[str]] = frozenset({"http", "nzb"})
    settable: ClassVar[frozenset[str]] = frozenset({"category", "priority", "queue_position"})
    limitable: ClassVar[frozenset[str]] = frozenset({"download_limit"})
    clock = staticmethod(time.monotonic)

    def __init__(self, id: str, settings: Any, http: Http) -> None:
        super().__init__(id, settings, http)
        self._api = Api(http, settings.api_key.get_secret_value())
        self._seen = _Seen()
        self._commanded = False
        self._queue_rows: Rows[Job | None, bool] = Rows(self._job)
        self._history_rows: Rows[Download | None, None] = Rows(self._past)

    async def poll(self, *, complete: bool) -> Listing:
        """Queue, then history; always every job SABnzbd has."""
        if complete:
            self._api.look_anew()
        queue = await ask_queue(self._api)
        before, version = self._seen, self.version
        jobs = same(before.queue, in_turn(self._queue_rows.read(queue.slots, queue.paused), queue))
        whole = complete or queue.version != version or self.clock() - before.whole_at >= WHOLE_SECONDS
        history, restarted = await self._look_back(jobs, whole=whole)
        self._api.credentials.accepted()
        self._seen, self.version, self._commanded = history, queue.version, False
        # A history just read is newer than the queue; a held one may still hold a job that went back to fetch par2.
        downloads = {**history.history, **jobs} if history.history is before.history else {**jobs, **history.history}
        changed_version = version is not None and queue.version != version
        return Listing(downloads, True, totals(queue), restarted=restarted or changed_version)

    async def execute(self, command: Command) -> str | None:
        """Do it, once; the id of what was added, also of an address whose NZB is still to be fetched.

        The next poll reads the history, whatever its counter says.
        """
        try:
            return await execute(self._api, command)
        finally:
            self._commanded = True

    @classmethod
    async def identify(cls, http: Http) -> Literal["open", "locked"] | None:
        """`mode=version` needs no key, the queue does."""
        address, _ = await find(http)
        if address is None:
            return None
        reply = await without_key(http, address, "queue", start=0, limit=1)
        if reply.status != 200:
            return "locked"
        return "open" if decode(reply.body, QueueAnswer, http.place).queue else "locked"

    async def _look_back(self, jobs: Mapping[str, Download], *, whole: bool) -> tuple[_Seen, bool]:
        """The history as it now is, and whether its counter began anew, as it does with every start."""
        before = self._seen
        if not whole:
            token = 0 if self._commanded or _unsettled(before, jobs) else before.token
            page = await ask_history(self._api, PAGE, token)
            if page is None and token:
                return _Seen(jobs, before.history, before.token, before.whole_at), False
            if page is not None and (merged := self._merge(page)) is not None:
                return _Seen(jobs, merged, page.last_history_update, before.whole_at), False
        page = await ask_sound_history(self._api, EVERYTHING)
        restarted = page.last_history_update < before.token
        return _Seen(jobs, self._read(page, whole=True), page.last_history_update, self.clock()), restarted

    def _merge(self, page: History) -> dict[str, Download] | None:
        """The newest jobs and the held older ones; `None` when those cannot be all there are."""
        if page.last_history_update < self._seen.token or not page.sound:
            return None
        if len(page.slots) == page.noofslots:
            return self._read(page, whole=True)
        fresh = self._read(page, whole=False)
        merged = fresh | {id: download for id, download in self._seen.history.items() if id not in fresh}
        return merged if len(merged) == page.noofslots else None

    def _read(self, page: History, *, whole: bool) -> dict[str, Download]:
        # A job just finished may be there twice, still post-processing and in the end: the latter comes last.
        told = self._history_rows.read(page.slots, None, whole=whole)
        return same(self._seen.history, (download for download in told if download is not None))

    def _job(self, row: bytes, paused: bool) -> Job | None:
        return queued(self.id, decode(row, QueueSlot, self.http.place), paused)

    def _past(self, row: bytes, _: None) -> Download | None:
        return past(self.id, decode(row, HistorySlot, self.http.place))


def _unsettled(seen: _Seen, jobs: Mapping[str, Download]) -> bool:
    """Whether the history may have changed since, whatever its counter says.

    A retry takes a job out of the history without moving the counter (3.7.1, 4.5.0), and before 5.0 the counter is
    read after the rows, so that a change in between is never told of.
    """
    moved = seen.queue.keys() != jobs.keys()
    return moved or any(download.state == "processing" for download in seen.history.values())
