"""qBittorrent 5.1: `sync/maindata` in full for rid 0, else what changed."""

from collections.abc import Iterable
from typing import Any

import msgspec

from .base import BEGIN, MIB, Answer, Program, Question, recorded

SIZE = 1400 * MIB
ACTIVE = 200


class QBittorrent(Program):
    """The first 200 torrents download, the others seed."""

    kind = "qbittorrent"

    def __init__(self, count: int) -> None:
        super().__init__(count)
        main = recorded("qbittorrent/5.1.0/05_downloading.maindata_full.json")
        (template,) = main["torrents"].values()
        self._server = main["server_state"]
        self._torrents = {row["infohash_v1"]: row for row in (self._row(template, n) for n in range(count))}
        self._hashes = list(self._torrents)
        self._told = {hash: msgspec.json.encode(row) for hash, row in self._torrents.items()}
        self._changes: dict[str, dict[str, Any]] = {}
        self._rid = 0
        self._turn = 0
        self._full: bytes | None = None

    def change(self, changed: int, finished: int) -> None:
        self._turn += 1
        for place in range(changed):
            self._move(self._hashes[place], place, ends=place < finished)
        if changed:
            self._full = None

    def prepare(self, *, whole: bool) -> Iterable[bytes]:
        return [self._whole()] if whole else [self._delta()]

    def answer(self, question: Question) -> Answer:
        if question.path == "/api/v2/app/version":
            return Answer(b"v5.1.0")
        if question.path != "/api/v2/sync/maindata":
            return Answer(b"Not Found", 404)
        body = self._whole() if question.query.get("rid", "0") == "0" else self._delta()
        self._rid += 1
        self._changes = {}
        return Answer(body, headers={"Content-Type": "application/json"})

    def _row(self, template: dict[str, Any], number: int) -> dict[str, Any]:
        hash, name = f"{self.random.getrandbits(160):040x}", self.name(number)
        row = {
            **template,
            "infohash_v1": hash,
            "name": name,
            "content_path": f"/srv/downloads/{name}",
            "magnet_uri": f"magnet:?xt=urn:btih:{hash}&dn={name}&tr=http%3A%2F%2F127.0.0.1%3A38091%2Fannounce",
            "added_on": BEGIN + number,
            "size": SIZE,
            "total_size": SIZE,
            "uploaded": self.random.randrange(SIZE),
        }
        return row | (_seeding(number) if number >= ACTIVE else _downloading(number % 90))

    def _move(self, hash: str, place: int, *, ends: bool) -> None:
        progress = (self._turn * 3 + place) % 90
        change = _seeding(self._turn) if ends else _downloading(progress, self._turn + place)
        self._torrents[hash].update(change)
        self._told[hash] = msgspec.json.encode(self._torrents[hash])
        self._changes.setdefault(hash, {}).update(change)

    def _whole(self) -> bytes:
        if self._full is None:
            torrents = b",".join(b'"%s":%s' % (hash.encode(), row) for hash, row in self._told.items())
            self._full = b'"server_state":%s,"torrents":{%s}}' % (msgspec.json.encode(self._server), torrents)
        return b'{"full_update":true,"rid":%d,%s' % (self._rid + 1, self._full)

    def _delta(self) -> bytes:
        told = {"rid": self._rid + 1, "server_state": {"dht_nodes": 300 + self._turn % 9}}
        return msgspec.json.encode(told | ({"torrents": self._changes} if self._changes else {}))


def _downloading(progress: int, beat: int = 0) -> dict[str, Any]:
    done = SIZE * progress // 100
    return {
        "state": "downloading",
        "progress": progress / 100,
        "completed": done,
        "downloaded": done,
        "amount_left": SIZE - done,
        "dlspeed": MIB * (1 + beat % 2),
        "eta": (SIZE - done) // (MIB * (1 + beat % 2)),
        "completion_on": -1,
        "last_activity": BEGIN + beat,
    }


def _seeding(number: int) -> dict[str, Any]:
    end = {"state": "stalledUP", "dlspeed": 0, "eta": 8_640_000, "completion_on": BEGIN + 100_000 + number}
    return {"progress": 1, "completed": SIZE, "downloaded": SIZE, "amount_left": 0, "priority": 0, **end}
