"""NZBGet 21: groups, status, and the history, which is sent again only when its tag is another."""

from collections.abc import Iterable
from typing import Any

import msgspec

from .base import BEGIN, MIB, Answer, Program, Question, Rows, recorded

SIZE = 1400 * MIB
QUEUED = 10
CONNECTIONS = 4


class Nzbget(Program):
    """One download in ten is a group in the queue, the others are in the history, newest first."""

    kind = "nzbget"

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self._status = recorded("nzbget/21.0/05_downloading.status.json")["result"]
        group = recorded("nzbget/21.0/05_downloading.listgroups.json")["result"][0]
        self._past = recorded("nzbget/21.0/05_downloading.history.json")["result"][1]
        self._groups, self._history = Rows(b",\n", spread=True), Rows(b",\n", spread=True)
        self._turn = 0
        self._tag = 1
        for number in range(count // QUEUED):
            self._groups.add({**group, **self._named(number), **_left(number % 90, working=number < CONNECTIONS)})
        for number in range(count // QUEUED, count):
            self._history.add(self._ended(number, self._named(number)))

    def change(self, changed: int, finished: int) -> None:
        self._turn += 1
        for _ in range(finished):
            self._tag += 1
            self._history.add(self._ended(self._turn, self._groups.take(0)), 0)
        for place in range(min(changed - finished, len(self._groups))):
            self._groups.set(place, **_left((self._turn * 3 + place) % 90, working=place < CONNECTIONS))

    def prepare(self, *, whole: bool) -> Iterable[bytes]:
        return [_result(self._groups), _result(self._history)]

    def answer(self, question: Question) -> Answer:
        json = {"Content-Type": "application/json"}
        match msgspec.json.decode(question.body)["method"]:
            case "version":
                return Answer(b'{"version":"1.1","result":"21.0"}', headers=json)
            case "status":
                return Answer(msgspec.json.encode({"version": "1.1", "result": self._status}), headers=json)
            case "listgroups":
                return Answer(_result(self._groups), headers=json)
            case "history" if question.headers.get("if-none-match") == self._etag:
                return Answer(status=304, headers={"ETag": self._etag})
            case "history":
                return Answer(_result(self._history), headers={**json, "ETag": self._etag})
        return Answer(b"Not Found", 404)

    @property
    def _etag(self) -> str:
        return f'"{self._tag:032X}"'

    def _named(self, number: int) -> dict[str, Any]:
        name = self.name(number)
        names = {"NZBName": name, "NZBNicename": name, "NZBFilename": f"{name}.nzb"}
        return {"NZBID": number + 1, **names, "DestDir": f"/srv/downloads/{name}", "FileSizeLo": SIZE}

    def _ended(self, number: int, named: dict[str, Any]) -> dict[str, Any]:
        known = {key: named[key] for key in ("NZBID", "NZBName", "NZBNicename", "NZBFilename", "DestDir", "FileSizeLo")}
        came = {"HistoryTime": BEGIN + number, "DownloadedSizeLo": SIZE, "Status": "SUCCESS/ALL"}
        return {**self._past, **known, **came, "ID": named["NZBID"], "Name": named["NZBName"]}


def _result(rows: Rows) -> bytes:
    return b'{\n"version" : "1.1",\n"id" : 1,\n"result" : [\n%s\n]\n}' % rows.joined()


def _left(progress: int, *, working: bool) -> dict[str, Any]:
    left = SIZE * (100 - progress) // 100
    status = {"Status": "DOWNLOADING" if working else "QUEUED", "ActiveDownloads": int(working)}
    return {"RemainingSizeLo": left, "RemainingSizeMB": left // MIB, "DownloadedSizeLo": SIZE - left, **status}
