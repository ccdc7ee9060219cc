"""One connection's protocol, whatever carries it: the handshake, then calls and their answers."""

import time

from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.budget import Budget
from downloads2mqtt.relay.hub.frame import Frame
from downloads2mqtt.relay.hub.reader import Reader
from downloads2mqtt.relay.hub.scope import Grant
from downloads2mqtt.relay.outlet import Outlet
from downloads2mqtt.relay.services import Services
from downloads2mqtt.relay.signalr import codec
from downloads2mqtt.relay.signalr.audience import Audience
from downloads2mqtt.relay.signalr.records import Record

HANDSHAKE_SECONDS = 15.0
RECORDS, RECORDS_SECONDS = 1000, 10.0
"""A page may subscribe to all it shows at once."""

MOST_UNREAD = 4 * 1024 * 1024
"""So many bytes of answers may wait for a client that asks and does not read."""

STAY_AWAY = frozenset({1008, 1009})
"""WebSocket close codes after which a client would only be refused again."""


class Session:
    """One client. `established` after the handshake, `over` once nothing more is to be said or heard."""

    def __init__(self, services: Services, grant: Grant, audience: Audience, outlet: Outlet) -> None:
        self.outlet, self.audience = outlet, audience
        self.reader = Reader(self._send, grant.user)
        self.established = self.over = False
        self.heard = time.monotonic()
        self._services, self._grant = services, grant
        self._records = codec.Records()
        self._budget = Budget(RECORDS, RECORDS_SECONDS)
        self._unread = 0
        outlet.on_ready = self._read

    def take(self, data: bytes) -> None:
        """What the client sends; raises `RequestError` for what ends the connection, after it was told."""
        if self.over:
            return
        self.heard = time.monotonic()
        try:
            for record in self._records.feed(data):
                if not self._budget.spend(self.heard):
                    raise RequestError("bad_request", f"more than {RECORDS} messages in {RECORDS_SECONDS:.0f} s")
                self._take(record)
        except RequestError as error:
            self.say(codec.close(error.message) if self.established else codec.refused(error.message))
            self.end()
            raise

    def say(self, records: bytes) -> None:
        """Tell this client alone."""
        takes_more = self.outlet.send(Record(lambda: records))
        self._unread = 0 if takes_more else self._unread + len(records)

    def farewell(self, code: int, reason: str) -> None:
        """Say that the connection ends, and whether to come again."""
        if self.established and not self.over:
            self.say(codec.close(None if code == 1001 else reason, allow_reconnect=code not in STAY_AWAY))
        self.end()

    def end(self) -> None:
        """Take no further part."""
        if not self.over:
            self.over = True
            self._services.hub.channels.leave(self.reader)
            self.audience.leave(self)
            self.outlet.close()

    def _send(self, frame: Frame) -> bool:
        return self.audience.send(self, frame)

    def _read(self) -> None:
        self._unread = 0
        self._services.hub.channels.drained(self.reader)

    def _take(self, record: bytes) -> None:
        if self.over:
            return
        if not self.established:
            codec.greeting(record)
            self._join()
            return
        match codec.decode(record):
            case codec.Invocation() as call:
                self._call(call)
            case codec.StreamInvocation(invocation_id=id):
                self.say(codec.completion(id, "this hub streams nothing: use invoke"))
            case codec.Close():
                self.end()
            case _:
                # A ping is not answered: pages that answer pings with pings would never stop.
                return

    def _join(self) -> None:
        self.established = True
        self.say(codec.GREETED)
        self.audience.enter(self)
        self._services.hub.channels.join(
            self.reader,
            self.audience.wanted,
            heartbeat=self._services.heartbeat,
            control=self._grant.within(self._services.hub.control()),
        )

    def _call(self, call: codec.Invocation) -> None:
        if self._unread > MOST_UNREAD:
            raise RequestError("bad_request", f"more than {MOST_UNREAD // 1024**2} MB of answers wait to be read")
        error = None
        try:
            self.audience.call(self, call.target, call.arguments)
        except RequestError as refusal:
            error = refusal.message
        if call.invocation_id is not None:
            self.say(codec.completion(call.invocation_id, error))
