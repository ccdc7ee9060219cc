"""NZBGet, driven over JSON-RPC."""

import base64
from pathlib import Path
from typing import Any

import httpx

from .clients import PASSWORD, USERNAME, DownloadClient, Sight, State
from .programs import RATE
from .suites import BOOKWORM, Suite
from .usenet import NewsServer

CONFIGURATION = """MainDir={home}
DestDir={home}/complete
InterDir={home}/inter
NzbDir={home}/nzb
QueueDir={home}/queue
TempDir={home}/tmp
ScriptDir={home}/scripts
LogFile={home}/nzbget.log
WebDir=
LockFile={home}/nzbget.lock
OutputMode=log
ControlIP=127.0.0.1
ControlPort={port}
ControlUsername={username}
ControlPassword={password}
SecureControl=no
Server1.Active=yes
Server1.Name=news
Server1.Host=127.0.0.1
Server1.Port={news_port}
Server1.Encryption=no
Server1.Connections=4
DownloadRate={kibibytes}
DirectWrite=yes
ArticleCache=0
ParCheck=auto
ParRepair=yes
HealthCheck=delete
Unpack=yes
KeepHistory=30
NzbDirInterval=0
"""


class Nzbget(DownloadClient):
    """NZBGet 21."""

    binary = "nzbget"
    kind = "nzbget"

    def __init__(self, folder: Path, suite: Suite = BOOKWORM, *, news: NewsServer, rate: int = RATE) -> None:
        super().__init__(folder, suite, rate=rate)
        self._news = news

    def configure(self) -> None:
        self.write("nzbget.conf", CONFIGURATION.format(
            home=self.seen(), port=self.port, username=USERNAME, password=PASSWORD,
            news_port=self._news.port, kibibytes=self._rate // 1024,
        ))  # fmt: skip

    def command(self) -> list[str]:
        return [self.binary, "-s", "-c", self.seen("nzbget.conf")]

    async def answers(self) -> bool:
        return bool(await self.call("version"))

    async def add(self, content: bytes, *, name: str = "download", category: str = "") -> str:
        encoded = base64.b64encode(content).decode()
        id = await self.call("append", f"{name}.nzb", encoded, category, 0, False, False, "", 0, "FORCE", [])
        if id <= 0:
            raise httpx.HTTPError(f"append: NZBGet did not take {name}")
        return str(id)

    async def pause(self, id: str) -> None:
        await self.call("editqueue", "GroupPause", "", [int(id)])

    async def resume(self, id: str) -> None:
        await self.call("editqueue", "GroupResume", "", [int(id)])

    async def remove(self, id: str) -> None:
        for command in ("GroupFinalDelete", "HistoryFinalDelete"):
            await self.call("editqueue", command, "", [int(id)])

    async def limit(self, bytes_per_second: int) -> None:
        await self.call("rate", bytes_per_second // 1024)

    async def look(self, id: str) -> Sight | None:
        queued = find(await self.call("listgroups", 0), id)
        if queued:
            whole, left = queued["FileSizeMB"], queued["RemainingSizeMB"]
            return Sight(_queue_state(queued["Status"]), 1 - left / whole if whole else 0.0)
        ended = find(await self.call("history", False), id)
        return Sight(_history_state(ended["Status"]), 1.0) if ended else None

    async def call(self, method: str, *parameters: Any) -> Any:
        """One exchange; the parameters must come last, NZBGet reads on behind them."""
        body = {"version": "1.1", "id": 1, "method": method, "params": list(parameters)}
        async with self.http() as http:
            response = await http.post("/jsonrpc", json=body, auth=(USERNAME, PASSWORD))
        reply = response.raise_for_status().json()
        if reply.get("error"):
            raise httpx.HTTPError(f"{method}: {reply['error']}")
        return reply["result"]


def find(entries: list[dict[str, Any]], id: str) -> dict[str, Any] | None:
    """The entry with the id."""
    return next((entry for entry in entries if str(entry["NZBID"]) == id), None)


def _queue_state(status: str) -> State:
    known: dict[str, State] = {"DOWNLOADING": "downloading", "PAUSED": "paused"}
    return known.get(status, "waiting")


def _history_state(status: str) -> State:
    return "finished" if status.startswith("SUCCESS") else "failed"
