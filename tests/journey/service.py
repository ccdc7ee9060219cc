"""downloads2mqtt itself as a process, as a person runs it."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

import msgspec

from .lab.waiting import until


class Service:
    """`downloads2mqtt <command>` with a configuration file of its own; it can be stopped, killed and started again."""

    def __init__(self, folder: Path, command: str, configuration: dict[str, Any]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.command = command
        self.path = folder / "configuration.yaml"
        self.path.write_bytes(msgspec.json.encode({"data": str(folder / "data"), **configuration}))
        self.log = folder / "log.txt"
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return None if self._process is None else self._process.pid

    async def start(self) -> None:
        """Start it; it says nothing of being ready."""
        source = str(Path(__file__).parents[2] / "bridge")
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "downloads2mqtt", self.command, "--config", str(self.path), "--log", "debug",
                stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env={**os.environ, "PYTHONPATH": source},
            )  # fmt: skip

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Ask it to end; its exit status and how many seconds that took."""
        assert self._process is not None
        begun = asyncio.get_running_loop().time()
        self._process.send_signal(number)
        status = await asyncio.wait_for(self._process.wait(), 20)
        self._process = None
        return status, asyncio.get_running_loop().time() - begun

    async def kill(self) -> None:
        """End it at once."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        self._process = None

    async def said(self, text: str, within: float = 20.0) -> str:
        """Wait until its log holds `text`; the whole log."""

        async def has() -> str:
            log = self.log.read_text()
            return log if text in log else ""

        return await until(has, within, f"the log says {text!r}")
