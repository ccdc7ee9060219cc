"""The listeners of `/hubs/job-progress`: each is told of its own jobs and clients, at the cost of what changed."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.frames import Delta, EventFrame, Heartbeat, NotificationFrame, SnapshotFrame
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.clock import utc
from downloads2mqtt.relay.dialect import by_key, touched
from downloads2mqtt.relay.hub.channel import Filter, key_of
from downloads2mqtt.relay.hub.frame import Encoded, Frame
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.hub.scope import Scope
from downloads2mqtt.relay.signalr import jobs
from downloads2mqtt.relay.signalr.audience import Audience, Listener
from downloads2mqtt.relay.signalr.codec import PING
from downloads2mqtt.relay.signalr.records import Record

MOST_JOBS = 1000
MOST_CLIENTS = 100
GROUP_SECONDS = 0.5
GROUP_ROWS_PER_SECOND = 2000
"""How many downloads of one client are added up in a second, so that a large client is told more seldom."""


@dataclass(eq=False, slots=True)
class Subscriptions:
    """One session's: jobs by key, each with the download as it was last seen, and clients."""

    jobs: dict[str, Download | None] = field(default_factory=dict)
    clients: set[str] = field(default_factory=set)


class Rows:
    """The downloads in a frame, and `JobProgressUpdate` of those that somebody wants, made once for all."""

    def __init__(self, rows: dict[str, Download]) -> None:
        self.rows = rows
        self._records: dict[str, bytes] = {}

    def record(self, key: str) -> bytes:
        """How far one is."""
        if key not in self._records:
            self._records[key] = jobs.progress(self.rows[key])
        return self._records[key]


@dataclass(frozen=True, slots=True)
class Group:
    """How far a client was when its downloads were last added up, and when that may be done again."""

    record: bytes
    again_at: float


class JobsAudience(Audience):
    """See the module."""

    calls = (
        "SubscribeToJob",
        "UnsubscribeFromJob",
        "GetJobProgress",
        "SubscribeToVideo",
        "UnsubscribeFromVideo",
        "GetVideoProgress",
    )
    events = (
        "JobProgressUpdate",
        "JobCompleted",
        "JobFailed",
        "VideoProgressUpdate",
        "UserNotification",
        "BroadcastNotification",
        "Error",
    )

    def __init__(self, hub: Hub, scope: Scope) -> None:
        super().__init__(hub, scope)
        self._clock = asyncio.get_running_loop()
        self._of: dict[Listener, Subscriptions] = {}
        self._clients: Counter[str] = Counter()
        self._noted: Frame | None = None
        self._due: dict[str, asyncio.TimerHandle] = {}
        self._told: dict[str, Group] = {}

    def narrowed(self, scope: Scope) -> Filter:
        """All of it; what a session is told of depends on its subscriptions."""
        return Filter(scope=scope)

    def enter(self, session: Listener) -> None:
        """One more."""
        super().enter(session)
        self._of[session] = Subscriptions()

    def leave(self, session: Listener) -> None:
        """One less."""
        super().leave(session)
        mine = self._of.pop(session, None)
        for client in () if mine is None else mine.clients:
            self._count_out(client)

    def say(self, frame: Encoded[Any]) -> bytes:
        """The records that all are told."""
        match frame.message:
            case Heartbeat():
                return PING
            case NotificationFrame() as told:
                return jobs.notification(told)
            case _:
                return b""

    def send(self, session: Listener, frame: Frame) -> bool:
        """Tell one what of a frame concerns its subscriptions."""
        mine = self._of.get(session)
        if mine is None or isinstance(frame.message, Heartbeat | NotificationFrame):
            return session.outlet.send(frame)
        more = session.outlet.send(Record(lambda: self._concerning(mine, frame)))
        if frame is not self._noted:
            self._noted = frame
            self._note(frame)
        return more

    def call(self, session: Listener, target: str, arguments: Sequence[Any]) -> None:
        """Subscribe, unsubscribe or tell; raises `RequestError`."""
        calls: dict[str, Callable[[Listener, str], None]] = {
            "SubscribeToJob": self._subscribe_job,
            "UnsubscribeFromJob": self._unsubscribe_job,
            "GetJobProgress": self._get_job,
            "SubscribeToVideo": self._subscribe_client,
            "UnsubscribeFromVideo": self._unsubscribe_client,
            "GetVideoProgress": self._get_client,
        }
        if target not in calls:
            super().call(session, target, arguments)
        if len(arguments) != 1 or not isinstance(arguments[0], str):
            raise RequestError("bad_request", f"{target} takes one argument, the id as text")
        calls[target](session, arguments[0])

    # Jobs

    def _subscribe_job(self, session: Listener, id: str) -> None:
        mine, found = self._of[session], self._found(session, id)
        if len(mine.jobs.keys() | found.keys()) > MOST_JOBS:
            raise RequestError("bad_request", f"a connection may subscribe to {MOST_JOBS} jobs")
        mine.jobs.update(found)

    def _unsubscribe_job(self, session: Listener, id: str) -> None:
        held = self._of[session].jobs
        for key in [key for key in held if id in (key, key.partition(":")[2])]:
            del held[key]

    def _get_job(self, session: Listener, id: str) -> None:
        self._found(session, id)

    def _found(self, session: Listener, id: str) -> dict[str, Download]:
        """The downloads of an id, or of `<client>:<id>`, of which the session is told at once."""
        rows = {key: row for key in self._keys(id) if (row := self._visible(key)) is not None}
        for row in rows.values():
            session.say(jobs.progress(row))
        if not rows:
            session.say(jobs.not_found("Job", id))
        return rows

    def _keys(self, id: str) -> Iterable[str]:
        clients = {entry.client for info in self.hub.infos() for entry in info.clients}
        return (id, *(key_of(client, id) for client in sorted(clients)))

    def _visible(self, key: str) -> Download | None:
        row = self.hub.get(key)
        return row if row is not None and self.wanted.takes(row) else None

    def _concerning(self, mine: Subscriptions, frame: Frame) -> bytes:
        message = frame.message
        match message:
            case EventFrame():
                return self._event(mine, message)
            case Delta():
                told = [self._cancelled(mine, key) for key in _common(mine.jobs, message.del_)]
                told += self._progress(mine, frame, message.set)
                return b"".join(told) + b"".join(self._event(mine, event) for event in message.events)
            case SnapshotFrame() if mine.jobs:
                rows = frame.wire(self._rows)
                gone = [key for key, row in mine.jobs.items() if row is not None and key not in rows.rows]
                told = [self._cancelled(mine, key) for key in gone]
                return b"".join(told + self._progress(mine, frame, rows.rows))
            case _:
                return b""

    def _progress(self, mine: Subscriptions, frame: Frame, changed: Collection[str]) -> list[bytes]:
        keys = _common(mine.jobs, changed)
        if not keys:
            return []
        rows = frame.wire(self._rows)
        known = [key for key in keys if key in rows.rows]
        mine.jobs.update((key, rows.rows[key]) for key in known)
        return [rows.record(key) for key in known]

    def _rows(self, frame: Encoded[Any]) -> Rows:
        if isinstance(frame.message, SnapshotFrame):
            return Rows(by_key(frame.message))
        return Rows(touched(frame.message, self.hub.get))

    def _cancelled(self, mine: Subscriptions, key: str) -> bytes:
        row, mine.jobs[key] = mine.jobs[key], None
        return b"" if row is None else jobs.progress(row, cancelled=True)

    def _event(self, mine: Subscriptions, event: EventFrame) -> bytes:
        wanted = event.client in mine.clients or key_of(event.client, event.id) in mine.jobs
        return jobs.event(event) if wanted else b""

    # Clients, which pages know as videos

    def _subscribe_client(self, session: Listener, client: str) -> None:
        mine = self._of[session].clients
        if len(mine | {client}) > MOST_CLIENTS:
            raise RequestError("bad_request", f"a connection may subscribe to {MOST_CLIENTS} videos")
        if self._tell_client(session, client) and client not in mine:
            mine.add(client)
            self._clients[client] += 1
            self._watch(client)

    def _unsubscribe_client(self, session: Listener, client: str) -> None:
        mine = self._of[session].clients
        if client in mine:
            mine.discard(client)
            self._count_out(client)

    def _get_client(self, session: Listener, client: str) -> None:
        self._tell_client(session, client)

    def _tell_client(self, session: Listener, client: str) -> bool:
        if not self.hub.knows(client) or not self.wanted.scope.sees_client(client):
            session.say(jobs.not_found("Video", client))
            return False
        session.say(self._group(client))
        return True

    def _group(self, client: str) -> bytes:
        """How far a client is, or was very lately: so many of its downloads are added up in a second."""
        now = self._clock.time()
        if client not in self._told or now >= self._told[client].again_at:
            rows = [row for id in self.hub.held(client) if (row := self._visible(key_of(client, id))) is not None]
            wait = max(GROUP_SECONDS, len(rows) / GROUP_ROWS_PER_SECOND)
            self._told[client] = Group(jobs.group(client, rows, utc()), now + wait)
        return self._told[client].record

    def _note(self, frame: Frame) -> None:
        """Remember which of the clients that somebody watches changed."""
        message = frame.message
        if not self._clients:
            return
        if isinstance(message, SnapshotFrame):
            changed: set[str] = set(self._clients)
        elif isinstance(message, Delta):
            changed = {key.partition(":")[0] for key in (*message.set, *message.del_)}
        else:
            return
        for client in changed & self._clients.keys():
            self._watch(client)

    def _watch(self, client: str) -> None:
        """Tell of a client once more, as soon as that may be."""
        if client not in self._due:
            told = self._told.get(client)
            at = self._clock.time() if told is None else told.again_at
            self._due[client] = self._clock.call_at(at, self._tell_group, client)

    def _tell_group(self, client: str) -> None:
        self._due.pop(client, None)
        if client not in self._clients:
            return
        record = Record(lambda: self._group(client))
        for session, mine in tuple(self._of.items()):
            if client in mine.clients and not session.reader.lagging:
                session.outlet.send(record)

    def _count_out(self, client: str) -> None:
        self._clients[client] -= 1
        if self._clients[client] <= 0:
            del self._clients[client]
            self._told.pop(client, None)
            timer = self._due.pop(client, None)
            if timer is not None:
                timer.cancel()


def _common(mine: Collection[str], changed: Collection[str]) -> list[str]:
    """What is in both, at the cost of the smaller."""
    few, many = (mine, changed) if len(mine) <= len(changed) else (changed, mine)
    held = many if isinstance(many, dict) else frozenset(many)
    return [key for key in few if key in held]
