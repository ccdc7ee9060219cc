"""Requests of readers, put on the bus for them, and their answers."""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec.structs import replace

from downloads2mqtt.contract.request import Request, Response
from downloads2mqtt.errors import BrokerError, RequestError
from downloads2mqtt.relay import permission
from downloads2mqtt.relay.hub.answers import Answer
from downloads2mqtt.relay.hub.feed import Feed
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.scope import Grant
from downloads2mqtt.relay.hub.tally import Tally
from downloads2mqtt.relay.permission import Target

MOST_WAITING = 200
ANSWER_SECONDS = 20.0
ADD_SECONDS = 60.0
"""A client may fetch what is at a URL before it answers."""

LARGEST = 16 * 1024 * 1024
"""What the bridge takes, and the Mosquitto that is set up as `mosquitto/mosquitto.conf` says."""

_LARGEST_CHECKED_HERE = 256 * 1024


class NoAnswer(RequestError):
    """Nobody answered in time."""

    def __init__(self, message: str) -> None:
        super().__init__("failed", message)


class Busy(RequestError):
    """More is asked than can wait."""

    def __init__(self, message: str) -> None:
        super().__init__("failed", message)


class TooLarge(RequestError):
    """More than the bus carries."""

    def __init__(self) -> None:
        super().__init__("bad_request", f"a request must not be larger than {LARGEST // 2**20} MB")


@dataclass(frozen=True, slots=True)
class _Asked:
    topic: tuple[str, str, str]
    answer: asyncio.Future[Response]


class Requests:
    """Asks on the bus in the name of readers, each time with a transaction of its own."""

    def __init__(self, hub: Hub, feed: Feed) -> None:
        self._hub, self._feed = hub, feed
        self._tally: Tally = hub.channels.tally
        self._asked: dict[str, _Asked] = {}
        feed.answers = self

    async def ask(self, grant: Grant, target: Target, name: str, verb: str, fields: Mapping[str, Any]) -> Response:
        """Ask, and wait for the answer, which carries the reader's own transaction.

        Raises `RequestError` for what this reader may not ask, when the bridge or the broker is not there, and as
        `NoAnswer`, `Busy` or `TooLarge`.
        """
        try:
            response = await self._ask(grant, target, name, verb, fields)
        except RequestError as error:
            self._tally.requests[error.code] += 1
            raise
        self._tally.requests["ok" if response.error is None else response.error.code] += 1
        return response

    def take(self, topic: tuple[str, str, str], answer: Answer) -> None:
        """An answer came on the bus: ours, another consumer's, or one that is too late."""
        asked = self._asked.get(answer.transaction or "")
        if asked is None or asked.topic != topic or asked.answer.done():
            return
        data = None if answer.data == b"null" else msgspec.Raw(bytes(answer.data))
        asked.answer.set_result(Response(status=answer.status, data=data, error=answer.error))

    def lost(self) -> None:
        """The broker is lost, and with it every answer."""
        for asked in self._asked.values():
            if not asked.answer.done():
                sentence = "the broker was lost before the answer came: what you asked may have been done"
                asked.answer.set_exception(RequestError("offline", sentence))

    async def _ask(self, grant: Grant, target: Target, name: str, verb: str, fields: Mapping[str, Any]) -> Response:
        request = await _checked(target, verb, fields)
        permission.allow(grant, self._hub, target, name, verb, request)
        self._require_bridge(target, name)
        if len(self._asked) >= MOST_WAITING:
            raise Busy(f"{MOST_WAITING} requests wait for their answers already: try again soon")
        transaction = secrets.token_hex(16)
        payload = msgspec.json.encode({**permission.told(request), "transaction": transaction})
        if len(payload) > LARGEST:
            raise TooLarge
        answer: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self._asked[transaction] = _Asked((target, name, verb), answer)
        try:
            return replace(await self._answer(target, name, verb, payload, answer), transaction=request.transaction)
        finally:
            del self._asked[transaction]

    async def _answer(
        self, target: Target, name: str, verb: str, payload: bytes, answer: asyncio.Future[Response]
    ) -> Response:
        seconds = ADD_SECONDS if verb == "add" else ANSWER_SECONDS
        try:
            async with asyncio.timeout(seconds):
                await self._feed.ask(target, name, verb, payload)
                return await answer
        except BrokerError as error:
            raise RequestError("offline", f"the broker is not there: {error}") from None
        except TimeoutError:
            raise NoAnswer(f"no answer within {seconds:.0f} s: what you asked may yet be done") from None
        finally:
            if answer.done() and not answer.cancelled():
                answer.exception()

    def _require_bridge(self, target: Target, name: str) -> None:
        """Nobody would answer, and the reader would wait."""
        if not self._hub.counts()["broker"]:
            raise RequestError("offline", "the broker is not there")
        bridge = name if target == "bridge" else permission.serves(self._hub, name)
        if bridge is not None and not self._hub.bridge_says_online(bridge):
            raise RequestError("offline", f"the bridge {bridge!r} is not there")


async def _checked(target: Target, verb: str, fields: Mapping[str, Any]) -> Request:
    """Beside the event loop when there is much to unpack."""
    content = fields.get("content")
    if isinstance(content, str) and len(content) > _LARGEST_CHECKED_HERE:
        return await asyncio.to_thread(permission.checked, target, verb, fields)
    return permission.checked(target, verb, fields)
