"""SABnzbd, driven over its API."""

from pathlib import Path
from typing import Any

import httpx

from .clients import DownloadClient, Sight, State
from .programs import LOOPBACK, RATE
from .suites import BOOKWORM, Suite
from .usenet import NewsServer

API_KEY = "0123456789abcdef0123456789abcdef"

CONFIGURATION = """__version__ = 19
__encoding__ = utf-8
[misc]
host = 127.0.0.1
port = {port}
api_key = {api_key}
nzb_key = fedcba9876543210fedcba9876543210
download_dir = {home}/incomplete
complete_dir = {home}/complete
dirscan_dir = ""
bandwidth_max = {kibibytes}K
bandwidth_perc = 100
check_new_rel = 0
auto_browser = 0
enable_https = 0
helpful_warnings = 0
ipv6_hosting = 0
local_ranges = 127.0.0.1
fail_hopeless_jobs = 1
propagation_delay = 0
[servers]
[[news]]
name = news
displayname = news
host = 127.0.0.1
port = {news_port}
timeout = 10
username = ""
password = ""
connections = 4
ssl = 0
ssl_verify = 0
enable = 1
required = 0
optional = 0
retention = 0
priority = 0
"""

STATES: dict[str, State] = {
    "Downloading": "downloading", "Paused": "paused", "Completed": "finished", "Failed": "failed",
}  # fmt: skip


class Sabnzbd(DownloadClient):
    """SABnzbd 3 to 5."""

    binary = "sabnzbdplus"
    kind = "sabnzbd"

    def __init__(self, folder: Path, suite: Suite = BOOKWORM, *, news: NewsServer, rate: int = RATE) -> None:
        super().__init__(folder, suite, rate=rate)
        self._news = news

    def settings(self) -> dict[str, str]:
        return {"kind": self.kind, "url": self.url, "api_key": API_KEY}

    def configure(self) -> None:
        self.write("sabnzbd.ini", CONFIGURATION.format(
            port=self.port, api_key=API_KEY, home=self.seen(), kibibytes=self._rate // 1024,
            news_port=self._news.port,
        ))  # fmt: skip

    def command(self) -> list[str]:
        server = f"{LOOPBACK}:{self.port}"
        quiet = ["-b", "0", "-l", "1", "--disable-file-log", "--console"]
        return [self.binary, "-f", self.seen("sabnzbd.ini"), "-s", server, *quiet]

    async def answers(self) -> bool:
        return "queue" in await self.call("queue")

    async def add(self, content: bytes, *, name: str = "download", category: str = "") -> str:
        file = {"name": (f"{name}.nzb", content, "application/x-nzb")}
        reply = await self.call("addfile", files=file, nzbname=name, cat=category or "*")
        id: str = reply["nzo_ids"][0]
        return id

    async def pause(self, id: str) -> None:
        await self.call("queue", name="pause", value=id)

    async def resume(self, id: str) -> None:
        await self.call("queue", name="resume", value=id)

    async def remove(self, id: str) -> None:
        await self.call("queue", name="delete", value=id, del_files="1")
        await self.call("history", name="delete", value=id, del_files="1", archive="0")

    async def limit(self, bytes_per_second: int) -> None:
        # Version 3.7 takes "0K" literally and stands still; an empty value is what the configuration says.
        value = f"{bytes_per_second // 1024}K" if bytes_per_second else "1000M"
        await self.call("config", name="speedlimit", value=value)

    async def look(self, id: str) -> Sight | None:
        queued = find((await self.call("queue"))["queue"]["slots"], id)
        if queued:
            left, whole = float(queued["mbleft"]), float(queued["mb"])
            return Sight(STATES.get(queued["status"], "waiting"), 1 - left / whole if whole else 0.0)
        ended = find((await self.call("history"))["history"]["slots"], id)
        return Sight(STATES.get(ended["status"], "waiting"), 1.0) if ended else None

    async def call(self, mode: str, files: Any = None, **parameters: str) -> dict[str, Any]:
        """One exchange; its errors come as success with a sentence."""
        form = {"mode": mode, "output": "json", "apikey": API_KEY, **parameters}
        async with self.http() as http:
            response = await http.post("/api", data=form, files=files)
        reply: dict[str, Any] = response.raise_for_status().json()
        if "error" in reply:
            raise httpx.HTTPError(f"{mode}: {reply['error']}")
        return reply


def find(slots: list[dict[str, Any]], id: str) -> dict[str, Any] | None:
    """The slot with the id."""
    return next((slot for slot in slots if slot["nzo_id"] == id), None)
