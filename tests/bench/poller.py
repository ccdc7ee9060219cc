"""A page that asks every so often, and what that costs on the wire."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
ETAG = re.compile(r"(?i)\r\netag: *(\S+)")


class Poller:
    """Asks for one path on one connection. `bytes` is all that came back for `asked` requests."""

    def __init__(self, port: int, path: str, *, gzip: bool = False, etag: bool = False) -> None:
        self.bytes = self.asked = 0
        self._port, self._path, self._etag = port, path, etag
        self._headers = {"Host": f"127.0.0.1:{port}"} | ({"Accept-Encoding": "gzip"} if gzip else {})

    async def run(self, seconds: float) -> None:
        """Until cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            while True:
                writer.write(self._request())
                await self._answer(reader)
                await asyncio.sleep(seconds)
        finally:
            writer.close()

    def _request(self) -> bytes:
        headers = "".join(f"{name}: {value}\r\n" for name, value in self._headers.items())
        return f"GET {self._path} HTTP/1.1\r\n{headers}\r\n".encode()

    async def _answer(self, reader: asyncio.StreamReader) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        status, length = int(head.split(maxsplit=2)[1]), LENGTH.search(head)
        if status not in (200, 304):
            raise RuntimeError(f"{self._path} was answered with {status}")
        body = await reader.readexactly(int(length[1])) if length and status == 200 else b""
        self.bytes += len(head) + len(body)
        self.asked += 1
        tag = ETAG.search(head.decode())
        if self._etag and tag:
            self._headers["If-None-Match"] = tag[1]


@asynccontextmanager
async def polling(poller: Poller, seconds: float) -> AsyncIterator[None]:
    """While inside; raises what went wrong, at its end."""
    task = asyncio.create_task(poller.run(seconds))
    try:
        yield
    finally:
        if task.done():
            task.result()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
