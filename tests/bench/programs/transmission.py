"""Transmission 4.1: JSON-RPC in batches, torrents as a table; "recently active" is a minute, so longer than a poll."""

from collections.abc import Iterable
from typing import Any

import msgspec

from .base import BEGIN, MIB, Answer, Program, Question

SIZE = 1400 * MIB
ACTIVE = 100
SESSION = {"X-Transmission-Session-Id": "one", "X-Transmission-Rpc-Version": "6.0.0"}


class Transmission(Program):
    """The first 100 torrents download, the others seed without peers."""

    kind = "transmission"

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self._torrents = [self._row(number) for number in range(count)]
        self._turn = 0
        self._fields: list[str] = []
        self._table: list[bytes] = []
        self._joined: bytes | None = None

    def change(self, changed: int, finished: int) -> None:
        self._turn += 1
        for place in range(changed):
            progress = (self._turn * 3 + place) % 90
            row = self._torrents[place]
            row.update(_seeding(self._turn) if place < finished else _downloading(progress, self._turn + place))
            if self._fields:
                self._table[place] = self._told(row)
        if changed:
            self._joined = None

    def prepare(self, *, whole: bool) -> Iterable[bytes]:
        return [self._torrent_get(whole=whole)] if self._fields else []

    def answer(self, question: Question) -> Answer:
        if question.headers.get("x-transmission-session-id") != "one":
            return Answer(b"409: Conflict", 409, SESSION)
        calls = msgspec.json.decode(question.body)
        results = [b'{"jsonrpc":"2.0","id":"%s","result":%s}' % (c["id"].encode(), self._result(c)) for c in calls]
        return Answer(b"[%s]" % b",".join(results), headers={"Content-Type": "application/json", **SESSION})

    def _result(self, call: dict[str, Any]) -> bytes:
        match call["method"]:
            case "torrent_get":
                self._ask_for(call["params"]["fields"])
                return self._torrent_get(whole="ids" not in call["params"])
            case "session_get":
                return b'{"version":"4.1.0 (1)","download_dir":"/srv/downloads","units":{"speed_bytes":1000}}'
            case "session_stats":
                counters = {"seconds_active": 1000 + self._turn, "session_count": 1, "downloaded_bytes": MIB}
                stats = {"current_stats": counters, "cumulative_stats": counters, "download_speed": MIB}
                return msgspec.json.encode(stats)
            case _:
                return b'{"size_bytes":68238651392}'

    def _ask_for(self, fields: list[str]) -> None:
        if fields != self._fields:
            self._fields, self._joined = fields, None
            self._table = [self._told(row) for row in self._torrents]

    def _told(self, row: dict[str, Any]) -> bytes:
        return msgspec.json.encode([row[name] for name in self._fields])

    def _torrent_get(self, *, whole: bool) -> bytes:
        keys = msgspec.json.encode(self._fields)
        if not whole:
            return b'{"torrents":[%s],"removed":[]}' % b",".join([keys, *self._table[:ACTIVE]])
        if self._joined is None:
            self._joined = b",".join(self._table)
        return b'{"torrents":[%s,%s]}' % (keys, self._joined)

    def _row(self, number: int) -> dict[str, Any]:
        row = {
            "id": number + 1,
            "hash_string": f"{self.random.getrandbits(160):040x}",
            "name": self.name(number),
            "error": 0,
            "error_string": "",
            "size_when_done": SIZE,
            "metadata_percent_complete": 1.0,
            "recheck_progress": 0.0,
            "uploaded_ever": self.random.randrange(SIZE),
            "upload_ratio": 0.5,
            "rate_upload": 0,
            "peers_connected": 1,
            "labels": ["tv-sonarr", "été"],
            "download_dir": "/srv/downloads",
            "queue_position": number,
            "added_date": BEGIN + number,
        }
        return row | (_seeding(number) if number >= ACTIVE else _downloading(number % 90))


def _downloading(progress: int, beat: int = 0) -> dict[str, Any]:
    left, rate = SIZE - SIZE * progress // 100, MIB * (1 + beat % 2)
    return {"status": 4, "left_until_done": left, "rate_download": rate, "eta": left // rate, "done_date": 0}


def _seeding(number: int) -> dict[str, Any]:
    end = BEGIN + 100_000 + number
    return {"status": 6, "left_until_done": 0, "rate_download": 0, "eta": -1, "done_date": end}
