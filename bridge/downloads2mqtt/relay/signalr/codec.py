"""SignalR's JSON hub protocol (versions 0 and 1): records that end with 0x1E, and the messages in them. Pure.

Source: aspnetcore, src/SignalR/docs/specs/HubProtocol.md. All that is raised here is `RequestError`.
"""

from typing import Any

import msgspec

from downloads2mqtt.errors import RequestError

SEPARATOR = b"\x1e"
LARGEST = 32 * 1024
"""The most bytes of one record from a client; SignalR's own default."""

VERSIONS = (0, 1)


class Handshake(msgspec.Struct):
    """The first record of a client."""

    protocol: str
    version: int


class Invocation(msgspec.Struct, tag_field="type", tag=1, rename="camel"):
    """A call; one without `invocation_id` must not be answered."""

    target: str
    arguments: list[Any]
    invocation_id: str | None = None


class StreamItem(msgspec.Struct, tag_field="type", tag=2, rename="camel"):
    """An item of a stream that the client sends."""

    invocation_id: str


class Completion(msgspec.Struct, tag_field="type", tag=3, rename="camel"):
    """The client's answer to a call."""

    invocation_id: str


class StreamInvocation(msgspec.Struct, tag_field="type", tag=4, rename="camel"):
    """A call for a stream of answers."""

    target: str
    arguments: list[Any]
    invocation_id: str


class CancelInvocation(msgspec.Struct, tag_field="type", tag=5, rename="camel"):
    """The client wants no more of a stream."""

    invocation_id: str


class Ping(msgspec.Struct, tag_field="type", tag=6):
    """The client is there."""


class Close(msgspec.Struct, tag_field="type", tag=7):
    """The client leaves."""

    error: str | None = None


class _Kind(msgspec.Struct):
    type: int


Message = Invocation | StreamItem | Completion | StreamInvocation | CancelInvocation | Ping | Close

_handshake: msgspec.json.Decoder[Handshake] = msgspec.json.Decoder(Handshake)
_kind: msgspec.json.Decoder[_Kind] = msgspec.json.Decoder(_Kind)
_message: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


class Records:
    """Cuts what a client sends, however it arrives, into records."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The records that `data` completes; raises `RequestError` when one is too large."""
        searched = len(self._rest)
        self._rest += data
        records: list[bytes] = []
        start = 0
        while (end := self._rest.find(SEPARATOR, max(start, searched))) >= 0:
            records.append(bytes(self._rest[start:end]))
            start = end + 1
        del self._rest[:start]
        if len(self._rest) > LARGEST or any(len(record) > LARGEST for record in records):
            raise RequestError("bad_request", f"a message must not be larger than {LARGEST // 1024} KB")
        return records


def greeting(record: bytes) -> None:
    """Read the first record; raises `RequestError` when this hub does not speak what it asks for."""
    try:
        asked = _handshake.decode(record)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RequestError("bad_request", f"the first message has to be a handshake: {error}") from None
    if asked.protocol != "json":
        raise RequestError("unsupported", "this hub speaks the protocol 'json' only")
    if asked.version not in VERSIONS:
        raise RequestError("unsupported", "this hub speaks versions 0 and 1 of the protocol")


def decode(record: bytes) -> Message | None:
    """A client's message, `None` for a kind that this version does not know; raises `RequestError`."""
    try:
        if not 1 <= _kind.decode(record).type <= 7:
            return None
        return _message.decode(record)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RequestError("bad_request", str(error)) from None


GREETED = b"{}" + SEPARATOR
PING = b'{"type":6}' + SEPARATOR


def refused(error: str) -> bytes:
    """The answer to a handshake that cannot be."""
    return _record({"error": error})


def invocation(target: str, *arguments: object) -> bytes:
    """A call of the client's `target`, which is not to answer."""
    return _record({"type": 1, "target": target, "arguments": arguments})


def completion(invocation_id: str, error: str | None = None) -> bytes:
    """The answer to a call: done, without a result, or why not."""
    return _record({"type": 3, "invocationId": invocation_id} | ({} if error is None else {"error": error}))


def close(error: str | None = None, *, allow_reconnect: bool = False) -> bytes:
    """The last record; without `allow_reconnect` clients stay away."""
    told: dict[str, Any] = {"type": 7} | ({} if error is None else {"error": error})
    return _record(told | ({"allowReconnect": True} if allow_reconnect else {}))


def _record(message: object) -> bytes:
    return msgspec.json.encode(message) + SEPARATOR
