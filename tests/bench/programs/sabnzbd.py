"""SABnzbd 4.5: the queue, and the history as the whole, its newest page or "did not change"."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

import msgspec

from .base import BEGIN, Answer, Program, Question, Rows, recorded

MEGABYTES = 1400
QUEUED = 10


class Sabnzbd(Program):
    """One job in ten is in the queue, the others are in the history, newest first."""

    kind = "sabnzbd"

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self._queue_head = recorded("sabnzbd/4.5.0/05_downloading.queue.json")["queue"]
        self._history_head = recorded("sabnzbd/4.5.0/10_completed.history.json")["history"]
        slot, past = self._queue_head.pop("slots")[0], self._history_head.pop("slots")[1]
        self._past = past
        self._queue, self._history = Rows(), Rows()
        self._turn = 0
        self._token = 1
        for number in range(count // QUEUED):
            self._queue.add({**slot, **self._named(number, "filename"), "index": number, **_left(number % 90)})
        for number in range(count // QUEUED, count):
            self._history.add(self._ended(number, **self._named(number, "name")))

    def change(self, changed: int, finished: int) -> None:
        self._turn += 1
        for _ in range(finished):
            self._end(self._queue.take(0))
        if finished:
            self._token += 1
            for place in range(len(self._queue)):
                self._queue.set(place, index=place)
        for place in range(min(changed - finished, len(self._queue))):
            self._queue.set(place, **_left((self._turn * 3 + place) % 90))

    def prepare(self, *, whole: bool) -> Iterable[bytes]:
        return [self._tell_queue(), self._tell_history(None if whole else 100)]

    def answer(self, question: Question) -> Answer:
        fields = {key: values[0] for key, values in parse_qs(question.body.decode()).items()}
        json = {"Content-Type": "application/json"}
        match fields.get("mode"):
            case "version":
                return Answer(b'{"version":"4.5.0"}', headers=json)
            case "queue":
                return Answer(self._tell_queue(), headers=json)
            case "history" if int(fields["last_history_update"]) == self._token:
                return Answer(b'{"history":false}', headers=json)
            case "history":
                limit = int(fields["limit"])
                return Answer(self._tell_history(limit if limit < len(self._history) else None), headers=json)
        return Answer(b"Not Found", 404)

    def _named(self, number: int, key: str) -> dict[str, Any]:
        return {"nzo_id": f"SABnzbd_nzo_{self.random.getrandbits(48):012x}", key: self.name(number)}

    def _ended(self, number: int, **values: Any) -> dict[str, Any]:
        folder = f"/srv/downloads/complete/{values['name']}"
        size = MEGABYTES << 20
        end = {"completed": BEGIN + number, "storage": folder, "path": folder, "bytes": size, "downloaded": size}
        return {**self._past, **values, **end, "md5sum": f"{self.random.getrandbits(128):032x}"}

    def _end(self, job: dict[str, Any]) -> None:
        self._history.add(self._ended(self._turn, nzo_id=job["nzo_id"], name=job["filename"]), 0)

    def _tell_queue(self) -> bytes:
        head = {**self._queue_head, "noofslots": len(self._queue)}
        return b'{"queue":%s,"slots":[%s]}}' % (msgspec.json.encode(head)[:-1], self._queue.joined())

    def _tell_history(self, limit: int | None) -> bytes:
        head = {**self._history_head, "noofslots": len(self._history), "last_history_update": self._token}
        return b'{"history":%s,"slots":[%s]}}' % (msgspec.json.encode(head)[:-1], self._history.joined(limit))


def _left(progress: int) -> dict[str, Any]:
    left = f"{MEGABYTES * (100 - progress) / 100:.2f}"
    return {"mb": f"{MEGABYTES:.2f}", "mbleft": left, "sizeleft": f"{left} MB", "percentage": str(progress)}
