"""Processes beside the one that measures, so that their CPU is not ours; they end with it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
SOURCES = os.pathsep.join([str(ROOT), str(ROOT / "bridge")])
PATIENCE = 120.0


class Child:
    """A Python process and the lines that it prints."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    async def say(self, text: str) -> None:
        """Give it a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{text}\n".encode())
        await self._process.stdin.drain()

    async def line(self) -> str:
        """The next line; raises `RuntimeError` when it ends without one."""
        assert self._process.stdout is not None
        told = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
        if not told:
            raise RuntimeError("a process that the benchmark needs has ended")
        return told.decode().strip()


@asynccontextmanager
async def child(*arguments: str, errors: int | None = None) -> AsyncIterator[Child]:
    """`python <arguments>` while inside."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DOWNLOADS2MQTT_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env={**environment, "PYTHONPATH": SOURCES}, stderr=errors,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Child(process)
    finally:
        # asyncio's own kill() would reap one that has just ended, and wait() would then not know of it.
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        await process.wait()


class Synthetic:
    """A synthetic download client in a process of its own."""

    def __init__(self, url: str, control: httpx.AsyncClient) -> None:
        self.url = url
        self._control = control

    async def change(self, changed: int, *, finished: int = 0, whole: bool = False) -> None:
        """Let downloads change, and have the answers ready that the next poll asks for."""
        params = {"changed": changed, "finished": finished, "whole": int(whole)}
        (await self._control.post("/-/change", params=params)).raise_for_status()

    async def sent(self) -> dict[str, Any]:
        """Bytes `sent`, and `told` before compression, since last asked."""
        return dict((await self._control.get("/-/sent")).json())


@asynccontextmanager
async def synthetic(kind: str, downloads: int) -> AsyncIterator[Synthetic]:
    """A running synthetic program."""
    async with child("-m", "tests.bench.programs.server", kind, str(downloads)) as process:
        url = f"http://127.0.0.1:{await process.line()}"
        async with httpx.AsyncClient(base_url=url, timeout=PATIENCE, trust_env=False) as control:
            yield Synthetic(url, control)
