"""qBittorrent 5.1: `sync/maindata` in full for rid 0, else what changed; and the plain list that pages poll."""

from collections.abc import Iterable
from typing import Any

import msgspec

from .base import BEGIN, MIB, Answer, Program, Question, recorded

SIZE = 1400 * MIB
ACTIVE = 200
SECONDS = 2
"""What a download makes of its rate from one change to the next."""


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
            self._move(self._hashes[place], ends=place < finished)
        if changed:
            self._full = None

    def prepare(self, *, whole: bool) -> Iterable[bytes]:
        return [self._whole()] if whole else [self._delta()]

    def answer(self, question: Question) -> Answer:
        if question.path == "/api/v2/app/version":
            return Answer(b"v5.1.0")
        if question.path == "/api/v2/torrents/info":
            return Answer(self._listing(), headers={"Content-Type": "application/json"})
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
        return row | (_seeding(number) if number >= ACTIVE else _downloading(SIZE * (number % 90) // 100))

    def _move(self, hash: str, *, ends: bool) -> None:
        # Now slow, now quick: by more than what a bridge thinks too little to tell.
        slow = self._torrents[hash]["dlspeed"] >= 2 * MIB
        rate = (1 if slow else 2) * MIB + self.random.randrange(MIB // 2)
        done = (self._torrents[hash]["completed"] + rate * SECONDS) % SIZE
        change = _seeding(self._turn) if ends else _downloading(done, rate, self._turn)
        self._torrents[hash].update(change)
        self._told[hash] = msgspec.json.encode(self._torrents[hash])
        self._changes.setdefault(hash, {}).update(change)

    def _whole(self) -> bytes:
        if self._full is None:
            torrents = b",".join(b'"%s":%s' % (hash.encode(), row) for hash, row in self._told.items())
            self._full = b'"server_state":%s,"torrents":{%s}}' % (msgspec.json.encode(self._server), torrents)
        return b'{"full_update":true,"rid":%d,%s' % (self._rid + 1, self._full)

    def _listing(self) -> bytes:
        return b"[" + b",".join(self._told.values()) + b"]"

    def _delta(self) -> bytes:
        rate = sum(change["dlspeed"] for change in self._changes.values())
        told = {"rid": self._rid + 1, "server_state": {"dht_nodes": 300 + self._turn % 9, "dl_info_speed": rate}}
        return msgspec.json.encode(told | ({"torrents": self._changes} if self._changes else {}))


def _downloading(done: int, rate: int = MIB, beat: int = 0) -> dict[str, Any]:
    return {
        "state": "downloading",
        "progress": round(done / SIZE, 6),
        "completed": done,
        "downloaded": done,
        "amount_left": SIZE - done,
        "dlspeed": rate,
        "eta": (SIZE - done) // rate,
        "completion_on": -1,
        "last_activity": BEGIN + beat,
    }


def _seeding(number: int) -> dict[str, Any]:
    end = {"state": "stalledUP", "dlspeed": 0, "eta": 8_640_000, "completion_on": BEGIN + 100_000 + number}
    return {"progress": 1, "completed": SIZE, "downloaded": SIZE, "amount_left": 0, "priority": 0, **end}
