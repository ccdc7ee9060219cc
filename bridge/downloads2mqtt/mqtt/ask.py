"""One request and its response, for the command line."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from downloads2mqtt.contract.request import Response
from downloads2mqtt.errors import BrokerError, RequestError
from downloads2mqtt.mqtt.connection import Connection
from downloads2mqtt.mqtt.message import Incoming, Outgoing, Subscription
from downloads2mqtt.mqtt.settings import MqttSettings
from downloads2mqtt.tasks import end

PATIENCE_SECONDS = 40.0


async def ask(settings: MqttSettings, topics: tuple[str, str], fields: Mapping[str, Any]) -> Any:
    """Publish on the first of `topics`, wait on the second, return the response's `data`.

    Raises `RequestError` when the bridge refuses, `BrokerError` when nothing answers in time.
    """
    question = _Question(topics, fields)
    connection = Connection(settings, f"downloads2mqtt-ask-{secrets.token_hex(4)}", [question])
    question.connection = connection
    task = asyncio.create_task(connection.run())
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            response = await question.answer
    except TimeoutError:
        raise BrokerError(f"no answer on {topics[1]} within {PATIENCE_SECONDS:g} s: does the bridge run?") from None
    finally:
        await end(task)
    if response.error is not None:
        raise RequestError(response.error.code, response.error.message)
    return response.data


class _Question:
    """Asks at the first connect, once, and hears the answer."""

    def __init__(self, topics: tuple[str, str], fields: Mapping[str, Any]) -> None:
        self._request, self._response = topics
        self._transaction = secrets.token_hex(8)
        self._payload = msgspec.json.encode({**fields, "transaction": self._transaction})
        self.answer: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self.connection: Connection | None = None

    def subscriptions(self) -> Sequence[Subscription]:
        """Where the answer comes."""
        return [Subscription(self._response, 1)]

    async def on_connect(self) -> None:
        """Ask; after a reconnect again, which the transaction makes harmless."""
        assert self.connection is not None
        await self.connection.publish([Outgoing(self._request, self._payload)])

    def on_message(self, message: Incoming) -> None:
        """Somebody's answer; ours bears our transaction."""
        try:
            response = msgspec.json.decode(message.payload, type=Response)
        except msgspec.MsgspecError:
            return
        if response.transaction == self._transaction and not self.answer.done():
            self.answer.set_result(response)

    def on_disconnect(self) -> None:
        """The connection comes back by itself."""
