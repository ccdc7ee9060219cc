"""One task per client: polls at a pace that fits, and turns every answer into what the bus shall show."""

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from downloads2mqtt.changes import Changes, Known, Step, apply, diff
from downloads2mqtt.clients.base import Client
from downloads2mqtt.command import Command
from downloads2mqtt.contract.download import ACTIVE, Download, State
from downloads2mqtt.contract.status import ClientStats, ClientStatus, no_counts
from downloads2mqtt.debounce import Debounce
from downloads2mqtt.errors import ClientError
from downloads2mqtt.listing import Listing, Totals
from downloads2mqtt.mqtt.publisher import Publisher
from downloads2mqtt.observe import Once, now_iso
from downloads2mqtt.secrets import Secrets
from downloads2mqtt.tasks import heed_cancellation

COMPLETE_SECONDS = 600.0
REFRESH_SECONDS = 30.0
LONGEST_PAUSE = 60.0
SHORTEST_PAUSE = 0.2
HURRY_SECONDS = 3.0
HURRY_PAUSE = 0.4
COST_FACTOR = 10.0
LONGEST_TEXT = 2000
LONGEST_ERROR = 1000

log = logging.getLogger("downloads2mqtt.poller")


class Poller:
    """Polls one client, and owns what is known and published of it.

    `known` is what was published when this bridge last ran, `None` for a client never seen: then the first listing
    is the state of the world and makes no events. `baseline` says the same of downloads missing in `known` (it was
    read back from a broker, which need not have kept everything).
    """

    def __init__(
        self,
        client: Client,
        bridge: str,
        publisher: Publisher,
        secrets: Secrets,
        known: Known | None,
        *,
        baseline: bool = False,
        recovery_seconds: float = 60.0,
    ) -> None:
        self.client = client
        self.known = known or Known()
        self._baseline = baseline or known is None
        self._publisher = publisher
        self._secrets = secrets
        self._debounce = Debounce(self.known.downloads, time.monotonic(), recovery_seconds=recovery_seconds)
        self._failures = 0
        self._complete_at = -COMPLETE_SECONDS
        self._refresh_at = 0.0
        self._poll_seconds = 0.0
        self._totals = Totals()
        self._counts = _count(self.known.downloads.values())
        self._stats: ClientStats | None = None
        self._unknown_states: set[str] = set()
        self._once = Once(log)
        self._asked = asyncio.Event()
        self._polled = asyncio.Event()
        self._turn = asyncio.Lock()
        self._hurry_until = 0.0
        client.on_hint = self._asked.set
        self.status = ClientStatus(
            client=client.id,
            bridge=bridge,
            kind=client.kind,
            protocol=client.protocol,
            name=client.settings.name or client.id,
            state="starting",
            abilities=client.abilities,
            since=now_iso(),
        )

    def remember(self) -> None:
        """Put what is known of old onto the bus again."""
        self._publish_status()
        for download in self.known.downloads.values():
            self._publisher.state(self._publisher.topics.download(self.client.id, download.id), download)
        for id in self._publisher.ledger.ghosts(self.client.id):
            self._publisher.clear_download(self.client.id, id)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.poll()
            heed_cancellation()
            await self._pause()

    async def poll_now(self) -> None:
        """Poll at once and return when that poll is over."""
        self._polled.clear()
        self._asked.set()
        await self._polled.wait()

    async def execute(self, command: Command) -> str | None:
        """Have the client do it, between two polls; polls follow at once, for its answer proves no effect."""
        async with self._turn:
            try:
                return await self.client.execute(command)
            finally:
                self._hurry_until = time.monotonic() + HURRY_SECONDS
                self._asked.set()

    async def poll(self) -> None:
        """One poll; a failure becomes the client's status and changes nothing else."""
        async with self._turn:
            await self._poll()

    async def _poll(self) -> None:
        begun = time.monotonic()
        complete = (
            self._failures > 0 or begun - self._complete_at >= COMPLETE_SECONDS or self._debounce.wants_complete(begun)
        )
        try:
            listing = await self.client.poll(complete=complete)
        except ClientError as error:
            self._failed(error)
        else:
            self._poll_seconds = time.monotonic() - begun
            self._take(listing, time.monotonic())
        finally:
            self._polled.set()

    def _take(self, listing: Listing, now: float) -> None:
        if listing.complete:
            self._complete_at = now
        settled = self._debounce.settle(listing, now)
        self._clean(settled.touched)
        changes = diff(
            self.known,
            self._debounce.current,
            at=now_iso(),
            touched=settled.touched,
            replaced=settled.replaced,
            baseline=self._baseline,
            step=_STEP,
        )
        first = self._failures > 0 or self.status.state != "online"
        if changes or first:
            self._counts = _recount(self._counts, self.known.downloads, changes)
            self.known = apply(self.known, changes)
            self._publisher.ledger.commit(self.client.id, changes, self.known)
            self._publish(changes)
        self._baseline = self._baseline and not listing.complete
        self._failures = 0
        self._totals = listing.totals
        self._succeeded(now, first)
        self._publish_stats(now)

    def _publish(self, changes: Changes) -> None:
        client, topics = self.client.id, self._publisher.topics
        for id, download in changes.upserts.items():
            self._publisher.state(topics.download(client, id), download)
        for id in changes.removals:
            self._publisher.clear_download(client, id)
        if changes.events:
            self._publisher.post()

    def _clean(self, touched: Iterable[str]) -> None:
        """The one door for a client's words: no pass key in an error, no endless name; unknown states get logged."""
        current = self._debounce.current
        for id in touched:
            download = current.get(id)
            if download is None:
                continue
            if download.error or download.warning:
                download = current[id] = replace(
                    download, error=self._foreign(download.error), warning=self._foreign(download.warning)
                )
            if len(download.name) > LONGEST_TEXT or len(download.path or "") > LONGEST_TEXT:
                current[id] = replace(
                    download, name=download.name[:LONGEST_TEXT], path=download.path and download.path[:LONGEST_TEXT]
                )
            if download.state == "unknown" and download.native_state not in self._unknown_states:
                self._unknown_states.add(download.native_state)
                log.warning("%s: unknown state %r; please report it", self.client.id, download.native_state)

    def _foreign(self, text: str | None) -> str | None:
        return self._secrets.redact_foreign(text)[:LONGEST_ERROR] if text else None

    def _succeeded(self, now: float, first: bool) -> None:
        self._once.up(self.client.id, f"{self.client.title} answers again")
        changed = first or self.status.version != self.client.version
        if changed or now >= self._refresh_at:
            self.status = replace(
                self.status,
                state="online",
                error=None,
                version=self.client.version,
                last_ok=now_iso(),
                since=now_iso() if self.status.state != "online" else self.status.since,
            )
            self._publish_status()

    def _failed(self, error: ClientError) -> None:
        self._failures += 1
        self._debounce.interrupt(time.monotonic())
        message = self._secrets.redact_foreign(str(error))
        self._once.down(self.client.id, message)
        if (error.state, message) != (self.status.state, self.status.error):
            since = now_iso() if error.state != self.status.state else self.status.since
            self.status = replace(self.status, state=error.state, error=message, since=since)
            self._publish_status()

    def _publish_status(self) -> None:
        self._publisher.state(self._publisher.topics.client(self.client.id, "status"), self.status)

    def _publish_stats(self, now: float) -> None:
        stats = ClientStats(
            download_rate=self._totals.download_rate,
            upload_rate=self._totals.upload_rate,
            download_limit=self._totals.download_limit,
            upload_limit=self._totals.upload_limit,
            alternative_limits=self._totals.alternative_limits,
            free_space=self._totals.free_space,
            total=len(self.known.downloads),
            counts=self._counts,
            downloaded_total=self._totals.downloaded_total,
            uploaded_total=self._totals.uploaded_total,
            poll_seconds=round(self._poll_seconds, 3),
        )
        history = self._publisher.ledger.history
        history.sample(self.client.id, stats.download_rate, stats.upload_rate, time.time())
        if self._stats is not None and now < self._refresh_at and not _tells_more(self._stats, stats):
            return
        self._stats = stats
        self._refresh_at = now + REFRESH_SECONDS
        self._publisher.state(self._publisher.topics.client(self.client.id, "stats"), stats, qos=0)

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._pace() * random.uniform(0.9, 1.1)):
                await self._asked.wait()
        except TimeoutError:
            return
        self._asked.clear()

    def _pace(self) -> float:
        poll = self.client.settings.poll
        if time.monotonic() < self._hurry_until:
            return HURRY_PAUSE
        if self._failures:
            return float(min(LONGEST_PAUSE, poll.active * 2 ** min(self._failures - 1, 10)))
        active = self._debounce.unsettled or any(self._counts[state] for state in ACTIVE)
        return float(max(poll.active if active else poll.idle, SHORTEST_PAUSE, self._poll_seconds * COST_FACTOR))


_STEP = Step()


def _count(downloads: Iterable[Download]) -> dict[State, int]:
    return no_counts() | Counter(download.state for download in downloads)


def _recount(counts: dict[State, int], before: Mapping[str, Download], changes: Changes) -> dict[State, int]:
    """The counts after `changes`; counting ten thousand anew would be a sixth of a poll."""
    after = dict(counts)
    for id in (*changes.upserts, *changes.removals):
        if id in before:
            after[before[id].state] -= 1
    for download in changes.upserts.values():
        after[download.state] += 1
    return after


def _tells_more(before: ClientStats, now: ClientStats) -> bool:
    """Whether more changed than what flickers with every poll."""
    part = _STEP.rate
    for field in ("download_rate", "upload_rate", "free_space"):
        old, new = getattr(before, field), getattr(now, field)
        if (old is None) != (new is None) or abs((new or 0) - (old or 0)) > part * (old or 0):
            return True
    flicker = {"poll_seconds": None, "download_rate": None, "upload_rate": None, "free_space": None}
    totals = {"downloaded_total": None, "uploaded_total": None}
    return bool(replace(before, **flicker, **totals) != replace(now, **flicker, **totals))
