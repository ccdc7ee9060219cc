"""A real program in the foreground: its own home folder, ports, log file and process group."""

import os
import random
import signal
import socket
import subprocess
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Self

import httpx

from .suites import BOOKWORM, SEARCH_PATH, Suite
from .waiting import until

LOOPBACK = "127.0.0.1"
RATE = 2 << 20
"""Bytes per second of a download unless a test wants it otherwise: 16 MB last about 8 seconds."""
_given: set[int] = set()


class StartFailed(Exception):
    """The program ended, or did not answer in time; the message ends with what it logged last."""


def free_port() -> int:
    """A port nobody listens on, below those that outgoing connections are given, so that it stays free."""
    for port in random.sample(range(20000, 32000), 200):
        with socket.socket() as probe, suppress(OSError):
            probe.bind((LOOPBACK, port))
            if port not in _given:
                _given.add(port)
                return port
    raise OSError("no free port found")


class Program(ABC):
    """One program of one suite. Stopped or killed, it can be started again with all it has stored."""

    binary: ClassVar[str]
    start_bound: ClassVar[float] = 30.0
    stop_bound: ClassVar[float] = 15.0

    def __init__(self, folder: Path, suite: Suite = BOOKWORM) -> None:
        suite.require(self.binary)
        self.suite = suite
        self.port = free_port()
        self.name = f"{type(self).__name__.lower()}-{suite}-{self.port}"
        self.home = suite.make_home(folder / self.name)
        self.log = folder / f"{self.name}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._configured = False

    # -- what each program says about itself -------------------------------------------------------

    @abstractmethod
    def configure(self) -> None:
        """Write the configuration; once, before the first start."""

    @abstractmethod
    def command(self) -> list[str]:
        """The command that runs it in the foreground."""

    @abstractmethod
    async def answers(self) -> bool:
        """Does its interface answer? Called until it does; httpx.HTTPError and OSError mean no."""

    # -- life --------------------------------------------------------------------------------------

    async def start(self) -> Self:
        """Start it and wait until its port listens and its interface answers."""
        if self.running:
            return self
        await self.kill()  # what ended by itself may have left children
        if not self._configured:
            self.configure()
            self._configured = True
        self._process = self._spawn()
        try:
            await until(self._ready, self.start_bound, f"{self.name} answers", every=0.05)
        except TimeoutError as error:
            await self.kill()
            raise StartFailed(f"{error}\n{self.last_words()}") from error
        return self

    async def stop(self) -> None:
        """Ask it to end (SIGTERM) and wait; end it by force when it takes too long."""
        if self._process is None:
            return
        os.kill(self._process.pid, signal.SIGTERM)
        with suppress(TimeoutError):
            await until(self._ended, self.stop_bound, every=0.02)
        await self.kill()

    async def kill(self) -> None:
        """End it and all of its children at once (SIGKILL)."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await until(self._ended, 10.0, f"{self.name} is gone", every=0.02)
        self._process.wait()
        self._process = None

    async def restart(self) -> None:
        """Stop and start."""
        await self.stop()
        await self.start()

    async def close(self) -> None:
        """Kill it and remove what it left outside the tests' temporary folder."""
        await self.kill()
        self.suite.remove_home(self.home)

    @property
    def running(self) -> bool:
        """Is the process there?"""
        return self._process is not None and not self._has_ended(self._process.pid)

    @property
    def pid(self) -> int | None:
        """The process id, while there is one."""
        return self._process.pid if self._process else None

    @property
    def url(self) -> str:
        """Where its interface is."""
        return f"http://{LOOPBACK}:{self.port}"

    def last_words(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    # -- for the programs --------------------------------------------------------------------------

    def seen(self, *parts: str) -> str:
        """A path in its home, as the program sees it."""
        return self.suite.seen(self.home.joinpath(*parts))

    def write(self, name: str, text: str) -> None:
        """Write a file in its home."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def http(self) -> httpx.AsyncClient:
        """A connection for one exchange; none is kept, so that any event loop may talk to the program."""
        return httpx.AsyncClient(base_url=self.url, timeout=10.0, verify=False, trust_env=False)

    def _spawn(self) -> subprocess.Popen[bytes]:
        environment = {"HOME": self.seen(), "PATH": SEARCH_PATH, "LC_ALL": "C.UTF-8", "TERM": "dumb"}
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.suite.command(self.command()), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=environment, cwd="/", start_new_session=True,
            )  # fmt: skip

    async def _ready(self) -> bool:
        if not self.running:
            raise StartFailed(f"{self.name} ended at once\n{self.last_words()}")
        try:
            return await self.answers()
        except (httpx.HTTPError, OSError):
            return False

    async def _ended(self) -> bool:
        return self._process is None or self._has_ended(self._process.pid)

    @staticmethod
    def _has_ended(pid: int) -> bool:
        # It is not reaped yet: until its children are ended too, the number of its group must remain its own.
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
