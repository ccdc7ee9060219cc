"""A plain subscriber in a process of its own: `python -m tests.bench.subscriber <port> <filter> <topics>`.

Says "ready" once it is subscribed and, when it has seen that many topics, when the first and the last of them came
(seconds, monotonic, which all processes of a machine share).
"""

import sys
import time
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion


class Subscriber:
    """Counts topics; the callbacks are paho's, since an iterator on top would be slower than the bridge."""

    def __init__(self, filter: str, wanted: int) -> None:
        self._filter = filter
        self._wanted = wanted
        self._topics: set[str] = set()
        self._first = 0.0

    def run(self, port: int) -> None:
        """Until all have been seen."""
        client = Client(CallbackAPIVersion.VERSION2)
        client.on_connect = self._subscribe
        client.on_subscribe = lambda *_: print("ready", flush=True)
        client.on_message = self._take
        client.connect("127.0.0.1", port)
        client.loop_forever()

    def _subscribe(self, client: Client, *_: Any) -> None:
        client.subscribe(self._filter, 1)

    def _take(self, client: Client, _: Any, message: MQTTMessage) -> None:
        self._first = self._first or time.monotonic()
        self._topics.add(message.topic)
        if len(self._topics) == self._wanted:
            print(self._first, time.monotonic(), flush=True)
            client.disconnect()


if __name__ == "__main__":
    Subscriber(sys.argv[2], int(sys.argv[3])).run(int(sys.argv[1]))
