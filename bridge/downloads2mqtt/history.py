"""What finished, and how fast it went: kept on disk for those who were away, and for charts (SQLite)."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from downloads2mqtt.contract.event import DownloadEvent
from downloads2mqtt.contract.request import HistoryPage, HistoryRequest, RateSample

SCHEMA = """
CREATE TABLE IF NOT EXISTS finished (seq INTEGER PRIMARY KEY, client TEXT, at INTEGER, payload BLOB);
CREATE INDEX IF NOT EXISTS finished_at ON finished (at);
CREATE TABLE IF NOT EXISTS rate (at INTEGER, client TEXT, download INTEGER, upload INTEGER, PRIMARY KEY (at, client))
  WITHOUT ROWID;
"""
SAMPLE_SECONDS = 60
SAMPLES_KEPT = 31 * 86_400
FINISHED_KEPT = 400 * 86_400
MOST_FINISHED = 100_000
POINTS = 200
DAY = 86_400
PAGE_BYTES = 44 * 1024


@dataclass(slots=True)
class _Mean:
    download: int = 0
    upload: int = 0
    count: int = 0


class History:
    """The history of one bridge, in the ledger's database. Seconds are since 1970."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._minute = 0
        self._means: defaultdict[str, _Mean] = defaultdict(_Mean)
        self._pruned_at = 0.0

    def note(self, events: Iterable[DownloadEvent]) -> None:
        """Keep those that say that a download finished; inside the caller's transaction."""
        finished = [event for event in events if event.event in ("completed", "failed")]
        rows = [(event.seq, event.client, _seconds(event.at), msgspec.json.encode(event)) for event in finished]
        self._db.executemany("INSERT OR REPLACE INTO finished VALUES (?, ?, ?, ?)", rows)

    def sample(self, client: str, download_rate: int | None, upload_rate: int | None, now: float) -> None:
        """Rates in bytes per second; their mean over a minute is kept."""
        minute = int(now) // SAMPLE_SECONDS * SAMPLE_SECONDS
        if minute != self._minute:
            self.write()
            self._minute = minute
        mean = self._means[client]
        mean.download += download_rate or 0
        mean.upload += upload_rate or 0
        mean.count += 1

    def prune(self, now: float) -> None:
        """Once an hour let go of what is too old."""
        if now - self._pruned_at < 3600:
            return
        self._pruned_at = now
        with self._db:
            self._db.execute("DELETE FROM rate WHERE at < ?", (int(now) - SAMPLES_KEPT,))
            self._db.execute("DELETE FROM finished WHERE at < ?", (int(now) - FINISHED_KEPT,))
            self._db.execute(
                "DELETE FROM finished WHERE seq <= (SELECT seq FROM finished ORDER BY seq DESC LIMIT 1 OFFSET ?)",
                (MOST_FINISHED,),
            )

    def page(self, asked: HistoryRequest, now: float) -> HistoryPage:
        """What `asked` asks for: finished downloads newest first, and the rates of one client, or of all together."""
        since = None if asked.since is None else int(asked.since.timestamp())
        until = int(now) if asked.until is None else int(asked.until.timestamp())
        first = until - DAY if since is None else since
        rates = [] if asked.before is not None else self._rates(asked.client, first, until)
        room = PAGE_BYTES - len(msgspec.json.encode(rates))
        finished, more = self._finished(asked, since or 0, until, room)
        return HistoryPage(finished=finished, rates=rates, next=str(finished[-1].seq) if more else None)

    def _finished(self, asked: HistoryRequest, since: int, until: int, room: int) -> tuple[list[DownloadEvent], bool]:
        before = None if asked.before is None else int(asked.before)
        rows = self._db.execute(
            "SELECT payload FROM finished WHERE at BETWEEN ? AND ? AND (? IS NULL OR client = ?)"
            " AND (? IS NULL OR seq < ?) ORDER BY seq DESC LIMIT ?",
            (since, until, asked.client, asked.client, before, before, asked.limit + 1),
        ).fetchall()
        page: list[DownloadEvent] = []
        for (payload,) in rows[: asked.limit]:
            room -= len(payload) + 1
            if page and room < 0:
                return page, True
            page.append(msgspec.json.decode(payload, type=DownloadEvent))
        return page, len(rows) > asked.limit

    def _rates(self, client: str | None, since: int, until: int) -> list[RateSample]:
        """At most `POINTS` of them, each the mean of a step in which something was measured."""
        step = max(SAMPLE_SECONDS, -(-max(0, until - since) // POINTS // SAMPLE_SECONDS) * SAMPLE_SECONDS)
        rows = self._db.execute(
            "SELECT at / ? * ?, SUM(download) / COUNT(DISTINCT at), SUM(upload) / COUNT(DISTINCT at) FROM rate"
            " WHERE at BETWEEN ? AND ? AND (? IS NULL OR client = ?) GROUP BY 1 ORDER BY 1 DESC LIMIT ?",
            (step, step, since, until, client, client, POINTS),
        )
        return [RateSample(at=_iso(at), download_rate=down, upload_rate=up) for at, down, up in rows][::-1]

    def write(self) -> None:
        """Write the samples of the minute that is under way, which ends with that."""
        rows = [
            (self._minute, client, mean.download // mean.count, mean.upload // mean.count)
            for client, mean in self._means.items()
        ]
        self._means.clear()
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO rate VALUES (?, ?, ?, ?)", rows)


def _seconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
