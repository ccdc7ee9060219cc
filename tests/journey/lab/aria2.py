"""aria2, driven over its JSON-RPC."""

import base64
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx

from .clients import PASSWORD, DownloadClient, Sight
from .programs import free_port
from .suites import BOOKWORM, Suite
from .waiting import until

KEYS = ["gid", "status", "infoHash", "totalLength", "completedLength", "errorCode"]
SAME_TORRENT = "12"


class Aria2(DownloadClient):
    """aria2 1.36 and later, which keeps what is unfinished from one start to the next."""

    binary = "aria2c"
    kind = "aria2"
    stop_bound = 10.0

    def __init__(self, folder: Path, suite: Suite = BOOKWORM, *, rate: int = 0, options: tuple[str, ...] = ()) -> None:
        """Its command is given `options` too."""
        super().__init__(folder, suite, rate=rate)
        self.peer_port = free_port()
        self._options = options

    def settings(self) -> dict[str, str]:
        return {"kind": self.kind, "url": f"{self.url}/jsonrpc", "secret": PASSWORD}

    def configure(self) -> None:
        self.write("session", "")
        # It keeps an uploaded torrent in there, without which it would forget the download at the next start.
        (self.home / "downloads").mkdir()

    def command(self) -> list[str]:
        return [
            self.binary, "--no-conf", "--enable-rpc", "--rpc-listen-all=false", f"--rpc-listen-port={self.port}",
            f"--rpc-secret={PASSWORD}", f"--dir={self.seen('downloads')}", f"--listen-port={self.peer_port}",
            "--enable-dht=false", "--bt-enable-lpd=false", "--enable-peer-exchange=false", "--disable-ipv6=true",
            f"--max-overall-download-limit={self._rate}", "--file-allocation=none", "--seed-ratio=0.0",
            "--summary-interval=0", "--show-console-readout=false", f"--input-file={self.seen('session')}",
            f"--save-session={self.seen('session')}", "--save-session-interval=1", *self._options,
        ]  # fmt: skip

    async def answers(self) -> bool:
        return "version" in await self.call("aria2.getVersion")

    async def add(self, content: bytes, *, name: str = "download", category: str = "") -> str:
        gid = await self.call("aria2.addTorrent", base64.b64encode(content).decode(), [], {})
        id: str = (await self.call("aria2.tellStatus", gid, KEYS))["infoHash"]
        return id

    async def pause(self, id: str) -> None:
        await self.call("aria2.pause", await self._gid(id))

    async def resume(self, id: str) -> None:
        await self.call("aria2.unpause", await self._gid(id))

    async def remove(self, id: str) -> None:
        gid = await self._gid(id)
        with suppress(httpx.HTTPError):
            await self.call("aria2.forceRemove", gid)

        async def forgotten() -> bool:
            with suppress(httpx.HTTPError):
                await self.call("aria2.removeDownloadResult", gid)
            return await self.look(id) is None

        await until(forgotten, 10.0, f"{self.name} has forgotten {id}")

    async def limit(self, bytes_per_second: int) -> None:
        await self.call("aria2.changeGlobalOption", {"max-overall-download-limit": str(bytes_per_second)})

    async def look(self, id: str) -> Sight | None:
        row = await self._row(id)
        return sight(row) if row else None

    async def call(self, method: str, *params: Any) -> Any:
        """One exchange."""
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": [f"token:{PASSWORD}", *params]}
        async with self.http() as http:
            reply = (await http.post("/jsonrpc", json=body)).json()
        if "error" in reply:
            raise httpx.HTTPError(f"{method}: {reply['error']['message']}")
        return reply["result"]

    async def _gid(self, id: str) -> str:
        row = await self._row(id)
        if row is None:
            raise httpx.HTTPError(f"{self.name} does not know {id}")
        gid: str = row["gid"]
        return gid

    async def _row(self, id: str) -> dict[str, str] | None:
        rows: list[dict[str, str]] = [
            *await self.call("aria2.tellStopped", 0, 1000, KEYS), *await self.call("aria2.tellWaiting", 0, 1000, KEYS),
            *await self.call("aria2.tellActive", KEYS),
        ]  # fmt: skip
        found = [
            row for row in rows if id in (row.get("infoHash"), row["gid"]) and row.get("errorCode") != SAME_TORRENT
        ]
        return found[-1] if found else None


def sight(row: dict[str, str]) -> Sight:
    """What a window would say, if aria2 had one."""
    size, done = int(row["totalLength"]), int(row["completedLength"])
    share = done / size if size else 0.0
    if row["status"] == "error":
        return Sight("failed", share)
    if row["status"] == "complete" or (size and done >= size):
        return Sight("finished", share)
    if row["status"] == "paused":
        return Sight("paused", share)
    return Sight("downloading" if row["status"] == "active" else "waiting", share)
