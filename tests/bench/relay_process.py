"""The relay, and a bridge, as the processes that people run."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import msgspec

from tests.journey.lab.programs import free_port

from .child import PATIENCE, child

BASE = "bench"
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Running:
    """A server of readers."""

    port: int
    pid: int


@asynccontextmanager
async def relay(folder: Path, broker: str, downloads: int) -> AsyncIterator[Running]:
    """`downloads2mqtt relay`, once it shows so many downloads."""
    port = free_port()
    http = {"listen": f"127.0.0.1:{port}", "max_connections": MOST, "max_connections_per_address": MOST}
    async with command("relay", folder, {"mqtt": {"url": broker}, "http": http}) as pid:
        await _shows(port, downloads)
        yield Running(port, pid)


@asynccontextmanager
async def command(name: str, folder: Path, settings: dict[str, Any]) -> AsyncIterator[int]:
    """`downloads2mqtt <name>` while inside; its process id."""
    path = folder / f"{name}.yaml"
    path.write_bytes(msgspec.json.encode({"base_topic": BASE, "data": str(folder / name), **settings}))
    arguments = ("-m", "downloads2mqtt", name, "--config", str(path))
    async with child(*arguments, errors=subprocess.DEVNULL) as process:
        yield process.pid


async def _shows(port: int, downloads: int) -> None:
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient(trust_env=False) as http:
        while True:
            try:
                told = (await http.get(f"http://127.0.0.1:{port}/healthz")).json()
            except (httpx.HTTPError, ValueError):
                told = {}
            if told.get("downloads", 0) >= downloads:
                return
            await asyncio.sleep(0.1)
