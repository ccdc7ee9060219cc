"""qBittorrent without a window, driven over its WebUI API."""

import base64
import hashlib
import os
from pathlib import Path
from typing import Any

import httpx

from .clients import PASSWORD, USERNAME, DownloadClient, Sight, State
from .programs import free_port
from .suites import BOOKWORM, Suite
from .torrents import info_hash

CONFIGURATION = r"""
[LegalNotice]
Accepted=true

[BitTorrent]
Session\Port={peer_port}
Session\InterfaceAddress=127.0.0.1
Session\DHTEnabled=false
Session\LSDEnabled=false
Session\PeXEnabled=false
Session\MultiConnectionsPerIp=true
Session\GlobalDLSpeedLimit={kibibytes}
Session\IgnoreLimitsOnLAN=false
Session\QueueingSystemEnabled=false
Session\DefaultSavePath={downloads}
Session\RefreshInterval=500
Session\SSRFMitigation=false

[Network]
PortForwardingEnabled=false

[Preferences]
WebUI\Address=127.0.0.1
WebUI\Port={port}
WebUI\Username={username}
WebUI\Password_PBKDF2="{password}"
WebUI\LocalHostAuth=true
WebUI\UseUPnP=false
"""

PAUSED = ("paused", "stopped")
WAITING = ("queuedDL", "checkingDL", "checkingResumeData", "metaDL", "moving", "allocating")


class QBittorrent(DownloadClient):
    """qBittorrent 4.5 and 5: the names of pause and resume differ, and who answers what."""

    binary = "qbittorrent-nox"
    kind = "qbittorrent"

    def __init__(self, folder: Path, suite: Suite = BOOKWORM, *, rate: int = 0) -> None:
        super().__init__(folder, suite, rate=rate)
        self.peer_port = free_port()
        self._cookies = httpx.Cookies()

    def configure(self) -> None:
        self.write("qBittorrent/config/qBittorrent.conf", CONFIGURATION.format(
            port=self.port, peer_port=self.peer_port, kibibytes=self._rate // 1024,
            downloads=self.seen("downloads"), username=USERNAME, password=stored_password(PASSWORD),
        ))  # fmt: skip

    def command(self) -> list[str]:
        return [self.binary, f"--profile={self.seen()}"]

    async def answers(self) -> bool:
        async with self.http() as http:
            return (await http.get("/api/v2/app/version")).status_code in (200, 403)

    async def add(self, content: bytes, *, name: str = "download", category: str = "") -> str:
        file = {"torrents": (f"{name}.torrent", content, "application/x-bittorrent")}
        await self.call("torrents/add", {"category": category}, files=file)
        id = info_hash(content)
        await self.see(id)  # it is added in the background
        return id

    async def pause(self, id: str) -> None:
        await self._one_of(("torrents/stop", "torrents/pause"), {"hashes": id})

    async def resume(self, id: str) -> None:
        await self._one_of(("torrents/start", "torrents/resume"), {"hashes": id})

    async def remove(self, id: str) -> None:
        await self.call("torrents/delete", {"hashes": id, "deleteFiles": "true"})

    async def limit(self, bytes_per_second: int) -> None:
        await self.call("transfer/setDownloadLimit", {"limit": str(bytes_per_second)})

    async def look(self, id: str) -> Sight | None:
        found = (await self.call("torrents/info", {"hashes": id})).json()
        return sight(found[0]) if found else None

    async def call(self, path: str, form: dict[str, str], **more: Any) -> httpx.Response:
        """Post to an endpoint, logging in when there is no session: a restart forgets all of them."""
        for _ in range(2):
            async with self.http() as http:
                http.cookies = self._cookies
                response = await http.post(f"/api/v2/{path}", data=form, **more)
                if response.status_code != 403:
                    return response.raise_for_status()
                await http.post("/api/v2/auth/login", data={"username": USERNAME, "password": PASSWORD})
                self._cookies = http.cookies
        return response.raise_for_status()

    async def _one_of(self, paths: tuple[str, ...], form: dict[str, str]) -> None:
        for path in paths[:-1]:
            try:
                await self.call(path, form)
                return
            except httpx.HTTPStatusError as error:
                if error.response.status_code != 404:
                    raise
        await self.call(paths[-1], form)


def sight(torrent: dict[str, Any]) -> Sight:
    """What the window would say."""
    return Sight(_state(torrent["state"], torrent["progress"]), torrent["progress"])


def _state(state: str, progress: float) -> State:
    if state in ("error", "missingFiles"):
        return "failed"
    if state.startswith(PAUSED) and progress < 1:
        return "paused"
    if state in WAITING:
        return "waiting"
    return "finished" if progress >= 1 else "downloading"


def stored_password(password: str) -> str:
    """The password as qBittorrent stores it: salt and PBKDF2 with SHA-512."""
    salt = os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, 100_000)
    return f"@ByteArray({base64.b64encode(salt).decode()}:{base64.b64encode(key).decode()})"
