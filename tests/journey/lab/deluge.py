"""Deluge: its daemon and its web interface, driven over the JSON-RPC of the latter."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import httpx

from .clients import PASSWORD, DownloadClient, Sight
from .programs import LOOPBACK, Program, free_port
from .suites import BOOKWORM, Suite

HOST = hashlib.md5(b"laboratory", usedforsecurity=False).hexdigest()
SALT = "c26ab3bbd8b137f99cd83c2c1c0963bcc1a35cad"
KEYS = ["state", "progress", "is_finished", "total_size"]


class Daemon(Program):
    """`deluged`, which has no interface of its own that a person would use."""

    binary = "deluged"
    stop_bound = 10.0

    def __init__(self, folder: Path, suite: Suite = BOOKWORM, *, rate: int = 0) -> None:
        super().__init__(folder, suite)
        self._rate = rate
        self._peer_port = free_port()

    def configure(self) -> None:
        self.write("auth", f"localclient:{PASSWORD}:10\n")
        self.write("core.conf", config(1, {
            "daemon_port": self.port, "allow_remote": False, "download_location": self.seen("downloads"),
            "torrentfiles_location": self.seen("downloads"), "listen_ports": [self._peer_port, self._peer_port],
            "listen_interface": LOOPBACK, "random_port": False, "dht": False, "lsd": False, "upnp": False,
            "natpmp": False, "utpex": False, "max_download_speed": self._rate / 1024 if self._rate else -1.0,
            "new_release_check": False, "send_info": False, "queue_new_to_top": False, "max_active_downloading": 5,
            "max_active_limit": 10, "enabled_plugins": ["Label"],
        }))  # fmt: skip

    def command(self) -> list[str]:
        return [
            self.binary, "-d", "-c", self.seen(), "-i", LOOPBACK, "-u", LOOPBACK, "-p", str(self.port), "-L", "info",
        ]  # fmt: skip

    async def answers(self) -> bool:
        return f":{self.port:04X} 00000000:0000 0A" in Path("/proc/net/tcp").read_text()


class Deluge(DownloadClient):
    """Deluge 2: the web interface, and with it its daemon."""

    binary = "deluge-web"
    kind = "deluge"
    stop_bound = 5.0

    def __init__(self, folder: Path, suite: Suite = BOOKWORM, *, rate: int = 0) -> None:
        super().__init__(folder, suite, rate=rate)
        self.daemon = Daemon(folder, suite, rate=rate)
        self._cookies = httpx.Cookies()

    def settings(self) -> dict[str, str]:
        return {"kind": self.kind, "url": self.url, "password": PASSWORD}

    def configure(self) -> None:
        host = [HOST, LOOPBACK, self.daemon.port, "localclient", PASSWORD]
        self.write("hostlist.conf", config(3, {"hosts": [host]}))
        self.write("web.conf", config(2, {
            "port": self.port, "interface": LOOPBACK, "https": False, "first_login": False, "default_daemon": HOST,
            "pwd_salt": SALT, "pwd_sha1": hashlib.sha1((SALT + PASSWORD).encode()).hexdigest(),
            "sessions": {}, "session_timeout": 3600, "base": "/",
        }))  # fmt: skip

    def command(self) -> list[str]:
        return [self.binary, "-d", "-c", self.seen(), "-i", LOOPBACK, "-p", str(self.port), "-L", "info"]

    async def stop(self) -> None:
        await self.daemon.stop()
        await super().stop()

    async def kill(self) -> None:
        await self.daemon.kill()
        await super().kill()

    async def close(self) -> None:
        await super().close()
        await self.daemon.close()

    async def answers(self) -> bool:
        await self.daemon.start()
        if not await self.call("web.connected"):
            await self.call("web.connect", HOST)
        return await self.call("core.get_session_state") is not None  # it is connected before it knows the methods

    async def add(self, content: bytes, *, name: str = "download", category: str = "") -> str:
        id: str = await self.call("core.add_torrent_file", f"{name}.torrent", base64.b64encode(content).decode(), {})
        if category:
            await self.call("label.add", category)
            await self.call("label.set_torrent", id, category)
        return id

    async def pause(self, id: str) -> None:
        await self.call("core.pause_torrent", [id])

    async def resume(self, id: str) -> None:
        await self.call("core.resume_torrent", [id])

    async def remove(self, id: str) -> None:
        await self.call("core.remove_torrent", id, True)

    async def limit(self, bytes_per_second: int) -> None:
        await self.call("core.set_config", {"max_download_speed": bytes_per_second / 1024 or -1})

    async def look(self, id: str) -> Sight | None:
        found = await self.call("core.get_torrents_status", {"id": [id]}, KEYS)
        return sight(found[id]) if found.get(id) else None

    async def call(self, method: str, *params: Any) -> Any:
        """One exchange, after a login when the web interface knows us no more."""
        async with self.http() as http:
            for _ in range(2):
                http.cookies = self._cookies
                reply = (await self._post(http, method, *params)).json()
                if not reply["error"] or reply["error"]["code"] != 1:
                    break
                self._cookies = (await self._post(http, "auth.login", PASSWORD)).cookies
        if reply["error"]:
            raise httpx.HTTPError(f"{method}: {reply['error']['message']}")
        return reply["result"]

    async def _post(self, http: httpx.AsyncClient, method: str, *params: Any) -> httpx.Response:
        return (await http.post("/json", json={"id": 1, "method": method, "params": params})).raise_for_status()


def config(file: int, values: dict[str, Any]) -> str:
    """Deluge's form of a configuration file: two objects, one after the other."""
    return json.dumps({"file": file, "format": 1}) + json.dumps(values)


def sight(torrent: dict[str, Any]) -> Sight:
    """What the window would say."""
    done = torrent["progress"] / 100
    match torrent["state"]:
        case "Error":
            return Sight("failed", 0.0)
        case "Seeding" | "Paused" | "Queued" if torrent["is_finished"]:
            return Sight("finished", done)
        case "Paused":
            return Sight("paused", done)
        case "Downloading":
            return Sight("downloading", done)
    return Sight("waiting", done)
