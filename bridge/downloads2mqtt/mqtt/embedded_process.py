"""The process of the embedded broker: amqtt, as our configuration has it.

Its shipped one listens on every address without a password. Ours is on loopback where nothing else is said, with the
password of `mqtt.password` where one is set.
"""

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
from typing import Any

from amqtt.broker import Broker
from amqtt.errors import BrokerError as AmqttError
from amqtt.session import Session


class OwnRetained(Broker):  # type: ignore[misc]
    """amqtt 0.12 sends whoever connects the retained messages of everybody's subscriptions: here only of its own."""

    async def _publish_retained_messages_for_subscription(
        self, subscription: tuple[str, int], session: Session
    ) -> None:
        subscribers = self._subscriptions.get(subscription[0], ())
        if any(one.client_id == session.client_id for one, _ in subscribers):
            await super()._publish_retained_messages_for_subscription(subscription, session)


def _configuration(orders: dict[str, Any]) -> dict[str, Any]:
    if orders["password"] is None:
        door: dict[str, Any] = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
    else:
        door = {"downloads2mqtt.mqtt.password.PasswordPlugin": {k: orders[k] or "" for k in ("username", "password")}}
    listener = {"type": "tcp", "bind": orders["listen"], "max_connections": 500}
    return {"listeners": {"default": listener}, "plugins": door, "timeout_disconnect_delay": 2}


async def _serve(orders: dict[str, Any]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    broker = OwnRetained(_configuration(orders))
    try:
        await broker.start()
    except (AmqttError, OSError) as error:
        cause = error.__cause__ or error.__context__ or error
        _tell(str(getattr(cause, "strerror", None) or cause))
        return
    _tell("ready")
    parent = asyncio.create_task(_outlived(orders["parent"], stop))
    await stop.wait()
    parent.cancel()
    with contextlib.suppress(AmqttError):
        await broker.shutdown()


def _tell(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


async def _outlived(parent: int, stop: asyncio.Event) -> None:
    """A bridge that was killed must not leave its broker behind."""
    while os.getppid() == parent:  # noqa: ASYNC110
        await asyncio.sleep(1)
    stop.set()


def main() -> None:
    """The broker's process: orders come as one line of JSON on standard input, so no password is in an argument."""
    logging.basicConfig(level=logging.CRITICAL)  # amqtt calls every connection that is closed early an error
    asyncio.run(_serve(json.loads(sys.stdin.readline())))


if __name__ == "__main__":
    main()
