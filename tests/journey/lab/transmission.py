"""Transmission's daemon, driven over the older of its two RPC dialects, which every version speaks."""

import base64
import json
from pathlib import Path
from typing import Any

import httpx

from .clients import PASSWORD, USERNAME, DownloadClient, Sight
from .programs import LOOPBACK, free_port
from .suites import BOOKWORM, Suite

SESSION_HEADER = "X-Transmission-Session-Id"
FIELDS = ["hashString", "status", "percentDone", "leftUntilDone", "error"]
STOPPED, DOWNLOADING, LOCAL_ERROR = 0, 4, 3


class Transmission(DownloadClient):
    """Transmission 3 and 4."""

    binary = "transmission-daemon"
    kind = "transmission"
    # Version 4.1 has saved everything at once, but waits 15 s for a web seed's answer that a pause interrupted.
    stop_bound = 3.0

    def __init__(self, folder: Path, suite: Suite = BOOKWORM, *, rate: int = 0) -> None:
        super().__init__(folder, suite, rate=rate)
        self.peer_port = free_port()
        self._session = ""

    def configure(self) -> None:
        self.write("settings.json", json.dumps({
            "rpc-enabled": True, "rpc-bind-address": LOOPBACK, "rpc-port": self.port,
            "rpc-authentication-required": True, "rpc-username": USERNAME, "rpc-password": PASSWORD,
            "rpc-whitelist-enabled": False, "rpc-host-whitelist-enabled": False,
            "bind-address-ipv4": LOOPBACK, "bind-address-ipv6": "::1", "peer-port": self.peer_port,
            "port-forwarding-enabled": False, "dht-enabled": False, "lpd-enabled": False,
            "pex-enabled": False, "utp-enabled": False, "download-queue-enabled": False,
            "speed-limit-down": self._rate // 1024, "speed-limit-down-enabled": self._rate > 0,
            "download-dir": self.seen("downloads"), "incomplete-dir-enabled": False, "message-level": 2,
        }))  # fmt: skip

    def command(self) -> list[str]:
        return [self.binary, "-f", "-g", self.seen()]

    async def answers(self) -> bool:
        return "version" in await self.call("session-get")

    async def add(self, content: bytes, *, name: str = "download", category: str = "") -> str:
        reply = await self.call("torrent-add", metainfo=base64.b64encode(content).decode())
        id: str = (reply.get("torrent-added") or reply["torrent-duplicate"])["hashString"]
        if category:  # version 3 takes no labels while adding
            await self.call("torrent-set", ids=[id], labels=[category])
        return id

    async def pause(self, id: str) -> None:
        await self.call("torrent-stop", ids=[id])

    async def resume(self, id: str) -> None:
        await self.call("torrent-start", ids=[id])

    async def remove(self, id: str) -> None:
        await self.call("torrent-remove", **{"ids": [id], "delete-local-data": True})

    async def limit(self, bytes_per_second: int) -> None:
        await self.call("session-set", **{
            "speed-limit-down": bytes_per_second // 1024, "speed-limit-down-enabled": bytes_per_second > 0,
        })  # fmt: skip

    async def look(self, id: str) -> Sight | None:
        found = (await self.call("torrent-get", ids=[id], fields=FIELDS))["torrents"]
        return sight(found[0]) if found else None

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """One exchange; the session id it wants is in its refusal, and a restart changes it."""
        body = {"method": method, "arguments": arguments}
        async with self.http() as http:
            for _ in range(2):
                response = await http.post(
                    "/transmission/rpc", json=body, auth=(USERNAME, PASSWORD),
                    headers={SESSION_HEADER: self._session},
                )  # fmt: skip
                if response.status_code != 409:
                    break
                self._session = response.headers[SESSION_HEADER]
        reply = response.raise_for_status().json()
        if reply["result"] != "success":
            raise httpx.HTTPError(f"{method}: {reply['result']}")
        result: dict[str, Any] = reply["arguments"]
        return result


def sight(torrent: dict[str, Any]) -> Sight:
    """What the window would say."""
    done = torrent["percentDone"]
    if torrent["error"] == LOCAL_ERROR:
        return Sight("failed", done)
    if torrent["percentDone"] >= 1:
        return Sight("finished", done)
    if torrent["status"] == STOPPED:
        return Sight("paused", done)
    return Sight("downloading" if torrent["status"] == DOWNLOADING else "waiting", done)
