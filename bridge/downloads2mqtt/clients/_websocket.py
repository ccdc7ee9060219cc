"""Listens to a program over WebSocket (RFC 6455): its messages in, and no more than politeness out."""

import base64
import os
import struct
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import httpcore

from downloads2mqtt.clients._http import Http
from downloads2mqtt.errors import ClientAnswerError

LONGEST = 256 * 1024
CONTINUED, CLOSE, PING, PONG = 0, 8, 9, 10


async def messages(http: Http, path: str) -> AsyncIterator[bytes]:
    """Every message until the program closes the connection; raises `ClientError`."""
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
    }
    async with http.upgraded(path, headers) as stream, aclosing(_messages(_Frames(stream, http.place))) as told:
        async for message in told:
            yield message


async def _messages(frames: "_Frames") -> AsyncGenerator[bytes, None]:
    message = b""
    while True:
        code, last, payload = await frames.next()
        if code == CLOSE:
            return
        if code == PING:
            await frames.pong(payload)
        if code >= CLOSE:
            continue
        message = message + payload if code == CONTINUED else payload
        if len(message) > LONGEST:
            raise frames.nonsense()
        if last:
            yield message


class _Frames:
    """Reads frames, one after the other."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, place: str) -> None:
        self._stream = stream
        self._place = place
        self._read = b""

    async def next(self) -> tuple[int, bool, bytes]:
        """Its code, whether it is the last one of its message, and what it carries."""
        first, second = await self._take(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", await self._take(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", await self._take(8))
        if second & 0x80 or size > LONGEST:  # a server masks nothing
            raise self.nonsense()
        return first & 0x0F, bool(first & 0x80), await self._take(size)

    async def pong(self, payload: bytes) -> None:
        """Answer a ping; masked with zeros, as a client has to."""
        await self._stream.write(bytes([0x80 | PONG, 0x80 | len(payload[:125])]) + bytes(4) + payload[:125])

    def nonsense(self) -> ClientAnswerError:
        """The error to raise for what no server sends."""
        return ClientAnswerError(f"{self._place} sent what is no WebSocket message")

    async def _take(self, size: int) -> bytes:
        while len(self._read) < size:
            more = await self._stream.read(64 * 1024)
            if not more:
                raise httpcore.ReadError("closed")
            self._read += more
        taken, self._read = self._read[:size], self._read[size:]
        return taken
