"""What was last published, kept on disk so that a restart neither repeats nor misses an event (SQLite)."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from downloads2mqtt.changes import Changes, Known, Latch, Transition
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.event import DownloadEvent
from downloads2mqtt.database import connect
from downloads2mqtt.history import SCHEMA, History

OUTBOX_LIMIT = 10_000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS client (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS download (client TEXT, id TEXT, latch INTEGER, payload BLOB, PRIMARY KEY (client, id))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY, client TEXT, payload BLOB);
CREATE TABLE IF NOT EXISTS ghost (client TEXT, id TEXT, PRIMARY KEY (client, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """An event that waits to be published and acknowledged."""

    seq: int
    client: str
    payload: bytes


class Ledger:
    """The memory of one bridge.

    `commit` writes what changed and the events it makes in one transaction before any of it is published; an event
    leaves the outbox when the broker has acknowledged it. So after a kill every event is published, and one only
    twice, under the same `seq`, when the kill fell between the broker's acknowledgement and our note of it.
    """

    def __init__(self, path: Path, *, outbox_limit: int = OUTBOX_LIMIT) -> None:
        self._db = connect(path, _SCHEMA + SCHEMA)
        self.history = History(self._db)
        self._limit = outbox_limit
        self._unwritten: dict[tuple[str, str], Download] = {}
        self._seq = self._counter("seq")
        self.dropped_events = 0
        self.outbox: deque[Letter] = deque(
            Letter(*row) for row in self._db.execute("SELECT seq, client, payload FROM outbox ORDER BY seq")
        )

    def clients(self) -> set[str]:
        """The clients this ledger remembers."""
        return {name for (name,) in self._db.execute("SELECT name FROM client")}

    def load(self, client: str) -> Known | None:
        """What was last published of `client`; `None` when it was never seen."""
        if client not in self.clients():
            return None
        downloads: dict[str, Download] = {}
        latches: dict[str, Latch] = {}
        for id, latch, payload in self._db.execute(
            "SELECT id, latch, payload FROM download WHERE client = ?", (client,)
        ):
            try:
                downloads[id] = msgspec.json.decode(payload, type=Download)
            except msgspec.MsgspecError:
                continue  # written by another version; the next poll brings it back
            latches[id] = Latch(latch)
        return Known(downloads, latches)

    def commit(self, client: str, changes: Changes, known: Known) -> None:
        """Note `changes` that lead to `known`, and put their events into the outbox.

        Mere progress is kept back and written by `flush`: a disk must not be written to for every percent.
        """
        events = [self._event(client, transition) for transition in changes.events]
        at_once = {event.id for event in events} | changes.latches.keys()
        rows = [
            (client, id, known.latches.get(id, Latch.NONE), msgspec.json.encode(download))
            for id, download in changes.upserts.items()
            if id in at_once
        ]
        gone = [(client, id) for id in changes.removals]
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO client VALUES (?)", (client,))
            self._db.executemany("INSERT OR REPLACE INTO download VALUES (?, ?, ?, ?)", rows)
            self._db.executemany("DELETE FROM download WHERE client = ? AND id = ?", gone)
            self._db.executemany("INSERT OR IGNORE INTO ghost VALUES (?, ?)", gone)
            self._db.executemany("DELETE FROM ghost WHERE client = ? AND id = ?", [row[:2] for row in rows])
            self._post(client, events)
            self.history.note(events)
        for id, download in changes.upserts.items():
            if id not in at_once:
                self._unwritten[client, id] = download
        for key in gone:
            self._unwritten.pop(key, None)

    def flush(self) -> None:
        """Write the progress kept back."""
        rows = [(msgspec.json.encode(download), *key) for key, download in self._unwritten.items()]
        with self._db:
            self._db.executemany("UPDATE download SET payload = ? WHERE client = ? AND id = ?", rows)
        self._unwritten.clear()

    def acknowledge(self, letters: Iterable[Letter]) -> None:
        """The broker has these events."""
        seqs = [(letter.seq,) for letter in letters]
        with self._db:
            self._db.executemany("DELETE FROM outbox WHERE seq = ?", seqs)
        done = {seq for (seq,) in seqs}
        while self.outbox and self.outbox[0].seq in done:
            self.outbox.popleft()

    def ghosts(self, client: str) -> list[str]:
        """Ids of downloads that are gone, whose retained topic the broker may still hold."""
        return [id for (id,) in self._db.execute("SELECT id FROM ghost WHERE client = ?", (client,))]

    def laid(self, ghosts: Iterable[tuple[str, str]]) -> None:
        """The broker has cleared the topics of these `(client, id)`."""
        with self._db:
            self._db.executemany("DELETE FROM ghost WHERE client = ? AND id = ?", list(ghosts))

    def forget(self, client: str) -> list[str]:
        """Drop a client that is no longer configured; its downloads become ghosts, and their ids are returned."""
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO ghost SELECT client, id FROM download WHERE client = ?", (client,))
            for table, column in (("download", "client"), ("client", "name"), ("outbox", "client")):
                self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (client,))
        self.outbox = deque(letter for letter in self.outbox if letter.client != client)
        return self.ghosts(client)

    def close(self) -> None:
        """Write what was kept back and close the file."""
        self.flush()
        self.history.write()
        self._db.close()

    def _event(self, client: str, transition: Transition) -> DownloadEvent:
        self._seq += 1
        return DownloadEvent(
            seq=self._seq,
            event=transition.event,
            client=client,
            id=transition.id,
            name=transition.download.name,
            from_=transition.from_,
            to=transition.to,
            at=transition.at,
            download=transition.download,
        )

    def _post(self, client: str, events: list[DownloadEvent]) -> None:
        letters = [Letter(event.seq, client, msgspec.json.encode(event)) for event in events]
        if not letters:
            return
        self.outbox.extend(letters)
        rows = [(letter.seq, letter.client, letter.payload) for letter in letters]
        self._db.executemany("INSERT INTO outbox VALUES (?, ?, ?)", rows)
        self._db.execute("INSERT OR REPLACE INTO counter VALUES ('seq', ?)", (self._seq,))
        while len(self.outbox) > self._limit:
            self._db.execute("DELETE FROM outbox WHERE seq = ?", (self.outbox.popleft().seq,))
            self.dropped_events += 1

    def _counter(self, name: str) -> int:
        row = self._db.execute("SELECT value FROM counter WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0
