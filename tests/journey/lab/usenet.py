"""A news server on loopback, and the NZBs of what it holds."""

import asyncio
import os
import re
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from .programs import LOOPBACK, Program
from .suites import BOOKWORM, Suite

ARTICLE = 100_000
"""Bytes per article: small enough for a progress that moves."""

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nzb PUBLIC "-//newzBin//DTD NZB 1.1//EN" "http://www.newzbin.com/DTD/nzb/nzb-1.1.dtd">
<nzb xmlns="http://www.newzbin.com/DTD/2003/nzb">
"""


class NewsServer(Program):
    """NZBGet's test server: every file in its folder is an article, named by file, number and place."""

    binary = "nzbget"

    def __init__(self, folder: Path, suite: Suite = BOOKWORM) -> None:
        super().__init__(folder, suite)
        self._posted = 0

    def configure(self) -> None:
        (self.home / "articles").mkdir()

    def command(self) -> list[str]:
        data = self.seen("articles")
        return [self.binary, "--nserv", "-d", data, "-b", LOOPBACK, "-p", str(self.port), "-v", "1"]

    async def answers(self) -> bool:
        return await greeting(self.port)

    def post(self, name: str, size: int = 4 << 20) -> bytes:
        """Post a file of so many random bytes and give its NZB."""
        self._posted += 1
        file = f"{re.sub(r'[^A-Za-z0-9.-]', '_', name)}.{self._posted}.bin"
        (self.home / "articles" / file).write_bytes(os.urandom(size))
        return make_nzb(file, size)


async def greeting(port: int) -> bool:
    """Does a news server greet at the port?"""
    reader, writer = await asyncio.wait_for(asyncio.open_connection(LOOPBACK, port), 2)
    try:
        return (await asyncio.wait_for(reader.readline(), 2)).startswith(b"200")
    finally:
        writer.close()


def make_nzb(file: str, size: int, article: int = ARTICLE) -> bytes:
    """The NZB of one file, in articles as NZBGet's test server names them: file?number=offset:size."""
    starts = range(0, size, article)
    segments = "".join(
        f'<segment bytes="{min(article, size - start)}" number="{number}">'
        f"{escape(file)}?{number}={start}:{min(article, size - start)}</segment>\n"
        for number, start in enumerate(starts, 1)
    )
    subject = quoteattr(f'"{file}" yEnc (1/{len(starts)})')
    return (
        f'{HEAD}<file poster="lab@example.invalid" date="1735689600" subject={subject}>\n'
        f"<groups><group>alt.binaries.test</group></groups>\n<segments>\n{segments}</segments>\n</file>\n</nzb>\n"
    ).encode()


def broken(nzb: bytes, share: float = 1.0) -> bytes:
    """The NZB with that share of its articles nowhere to be found, so that its job fails.

    Without half of 8 MiB both programs fail it; without half of 1 MiB SABnzbd calls it completed.
    """
    missing = 0.0

    def rename(segment: re.Match[bytes]) -> bytes:
        nonlocal missing
        missing += share
        if missing < 1:
            return segment[0]
        missing -= 1
        return segment[1] + b"gone-" + segment[2]

    return re.sub(rb"(<segment [^>]*>)([^<]*)", rename, nzb)
