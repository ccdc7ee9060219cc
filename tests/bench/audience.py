"""Many readers in a process of their own, and how many a machine can hold."""

import json
import os
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from .child import Child, child

SPARE = 200
READER_KB = 300
"""What the most wasteful server keeps for a reader, with a good half as much for the reader itself."""


class Audience:
    """The readers."""

    def __init__(self, process: Child) -> None:
        self._process = process

    async def count(self, what: str, wanted: int) -> dict[str, float]:
        """Wait for so many `frames` or `ages`; what came since last counted, as `readers.Count` says it."""
        await self._process.say(f"{what} {wanted}")
        return dict(json.loads(await self._process.line()))


@asynccontextmanager
async def audience(port: int, readers: int, compression: str) -> AsyncIterator[Audience]:
    """Readers that are connected."""
    async with child("-m", "tests.bench.programs.readers", str(port), str(readers), compression) as process:
        await process.line()
        yield Audience(process)


def why_not(readers: int) -> str | None:
    """Why this machine cannot hold so many; allows this process and its children as many open files as may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        if hard < readers + SPARE:
            return f"a process may have {hard:,} files open"
    elif soft < readers + SPARE:
        resource.setrlimit(resource.RLIMIT_NOFILE, (readers + SPARE, hard))
    first, last = map(int, Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    if last - first < readers + SPARE:
        return f"there are {last - first:,} ports to connect from"
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    if free < readers * READER_KB * 1024:
        return f"{free / 2**30:.1f} GB of memory are free"
    return None
