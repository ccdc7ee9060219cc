"""rTorrent without a window, driven by XML-RPC over SCGI, which every version speaks."""

import asyncio
import shutil
import xmlrpc.client
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx

from .clients import DownloadClient, Sight
from .programs import LOOPBACK, free_port
from .suites import BOOKWORM, Suite, cache
from .torrents import info_hash
from .waiting import until

# Debian 12 and 13 both have 0.9.8; only the next Debian has a version that speaks JSON-RPC (0.16).
FORKY = Suite("forky", cache() / "forky")
VERSIONS = {suite.name: suite for suite in (BOOKWORM, FORKY)}

# 0.16 only connects to a plain-text peer with encryption off; 0.9.8 hangs on an erase while it hashes.
CONFIGURATION = """
directory.default.set = {downloads}
session.path.set = {session}
{interface}
network.port_range.set = {peer_port}-{peer_port}
network.port_random.set = no
network.bind_address.set = 127.0.0.1
network.local_address.set = 127.0.0.1
dht.mode.set = disable
protocol.pex.set = no
protocol.encryption.set = none
trackers.use_udp.set = no
pieces.hash.on_completion.set = no
network.xmlrpc.size_limit.set = 1M
throttle.global_down.max_rate.set_kb = {kibibytes}
system.daemon.set = true
{more}
"""
FIELDS = ("d.state", "d.is_active", "d.complete", "d.hashing", "d.hashing_failed", "d.completed_bytes", "d.size_bytes")


class Rtorrent(DownloadClient):
    """rTorrent 0.9.8 and 0.16."""

    binary = "rtorrent"
    kind = "rtorrent"

    def __init__(
        self, folder: Path, suite: Suite = BOOKWORM, *, rate: int = 0, local: bool = False, more: str = ""
    ) -> None:
        """With `local` it listens on a unix socket, else on a port: never both. `more` are lines of rtorrent.rc."""
        super().__init__(folder, suite, rate=rate)
        self.peer_port = free_port()
        self._local = local
        self._more = more

    @property
    def socket(self) -> Path:
        """Its unix socket, as the host sees it."""
        return self.home / "rpc.socket"

    @property
    def url(self) -> str:
        return f"scgi+unix://{self.socket}" if self._local else f"scgi://{LOOPBACK}:{self.port}"

    def settings(self) -> dict[str, str]:
        return {"kind": self.kind, "url": self.url}

    def configure(self) -> None:
        for folder in ("downloads", "session"):
            (self.home / folder).mkdir()
        self.write("rtorrent.rc", CONFIGURATION.format(
            interface=self._interface(), downloads=self.seen("downloads"), session=self.seen("session"),
            peer_port=self.peer_port, kibibytes=self._rate // 1024, more=self._more,
        ))  # fmt: skip

    def _interface(self) -> str:
        if self._local:
            return f"network.scgi.open_local = {self.seen('rpc.socket')}"
        return f"network.scgi.open_port = {LOOPBACK}:{self.port}"

    def command(self) -> list[str]:
        # A killed one leaves its lock behind, which keeps the next one from loading its session.
        (self.home / "session" / "rtorrent.lock").unlink(missing_ok=True)
        return [self.binary, "-n", "-o", f"import={self.seen('rtorrent.rc')}"]

    async def answers(self) -> bool:
        return bool(await self.call("system.client_version", ""))

    async def add(self, content: bytes, *, name: str = "download", category: str = "") -> str:
        commands = [f"d.custom1.set={category}"] if category else []
        await self.call("load.raw_start", "", xmlrpc.client.Binary(content), *commands)
        return info_hash(content)

    async def pause(self, id: str) -> None:
        await self.call("d.stop", id)

    async def resume(self, id: str) -> None:
        await self.call("d.start", id)

    async def remove(self, id: str) -> None:
        async def rests() -> bool:
            return not await self.call("d.hashing", id)

        await until(rests, 10.0, f"{self.name} has hashed {id}")
        where = Path(str(await self.call("d.base_path", id)))
        await self.call("d.erase", id)
        if where.name:
            shutil.rmtree(self.home / "downloads" / where.name, ignore_errors=True)
            with suppress(OSError):
                (self.home / "downloads" / where.name).unlink()

    async def limit(self, bytes_per_second: int) -> None:
        await self.call("throttle.global_down.max_rate.set_kb", "", bytes_per_second // 1024)

    async def look(self, id: str) -> Sight | None:
        try:
            told = [await self.call(field, id) for field in FIELDS]
        except xmlrpc.client.Fault:
            return None
        return sight(*map(int, told))

    async def call(self, method: str, *arguments: Any) -> Any:
        """One exchange; a refusal is an xmlrpc.client.Fault."""
        body = xmlrpc.client.dumps(arguments, method, encoding="utf-8").encode()
        header = b"CONTENT_LENGTH\0%d\0SCGI\x001\0" % len(body)
        reader, writer = await self._connect()
        try:
            writer.write(b"%d:%s,%s" % (len(header), header, body))
            answer = await asyncio.wait_for(reader.read(), 20)
        finally:
            writer.close()
        if not answer:
            raise httpx.ReadError("no answer")
        (result,), _ = xmlrpc.client.loads(answer.partition(b"\r\n\r\n")[2])
        return result

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._local:
            return await asyncio.open_unix_connection(self.socket)
        return await asyncio.open_connection(LOOPBACK, self.port)


def sight(state: int, active: int, complete: int, hashing: int, failed: int, done: int, size: int) -> Sight:
    """What its window would say."""
    part = done / size if size else 0.0
    if failed:
        return Sight("failed", part)
    if complete:
        return Sight("finished", part)
    if not state:
        return Sight("paused", part)
    return Sight("downloading" if active and not hashing else "waiting", part)
