"""Requests in, responses out."""

import asyncio
import logging
import time
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from pydantic import ValidationError

from downloads2mqtt import matching
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.request import (
    BRIDGE_REQUESTS,
    CLIENT_REQUESTS,
    READING,
    AddRequest,
    FindRequest,
    FoundDownloads,
    HistoryRequest,
    PollRequest,
    Request,
    Response,
    ResponseError,
    SnapshotPage,
    SnapshotRequest,
)
from downloads2mqtt.contract.status import Control
from downloads2mqtt.contract.topics import ANY, Topics, level
from downloads2mqtt.errors import BrokerError, ClientError, ClientUnreached, RequestError, TopicError
from downloads2mqtt.history import History
from downloads2mqtt.mqtt.connection import Connection
from downloads2mqtt.mqtt.message import Incoming, Outgoing, Subscription
from downloads2mqtt.poller import Poller
from downloads2mqtt.secrets import Secrets
from downloads2mqtt.translate import translate

PAGE_BYTES = 48 * 1024
LARGEST_REQUEST = 16 * 1024 * 1024
AT_ONCE = 100
MOST_MATCHES = 20
REMEMBERED = 1000
REMEMBER_SECONDS = 600.0

log = logging.getLogger("downloads2mqtt.commands")


class Commands:
    """Answers what is asked of one bridge and of its clients.

    A request that acts, with the `transaction` of an earlier one, on the same topic and within ten minutes, gets the
    same answer and does nothing. Nothing is answered before `ready` is set: until then no client is known.
    """

    def __init__(
        self,
        topics: Topics,
        bridge: str,
        pollers: Mapping[str, Poller],
        history: History,
        control: Control,
        secrets: Secrets,
    ) -> None:
        self._topics = topics
        self._bridge = bridge
        self._pollers = pollers
        self._history = history
        self._control: Control = control
        self._secrets = secrets
        self.ready = asyncio.Event()
        self._pending: asyncio.Queue[tuple[Incoming, tuple[str, ...]]] = asyncio.Queue(AT_ONCE)
        self._cleared: set[str] = set()
        self._answered: OrderedDict[tuple[str, str], tuple[float, asyncio.Future[Response]]] = OrderedDict()

    def subscriptions(self, clients: Sequence[str]) -> list[Subscription]:
        """Requests of the bridge and of `clients`."""
        own = self._topics.bridge_request(self._bridge, ANY)
        return [Subscription(filter, 1) for filter in (own, *(self._topics.client_request(c, ANY) for c in clients))]

    def on_message(self, message: Incoming) -> None:
        """Take a request; the answer comes from `run`."""
        levels = self._topics.split(message.topic)
        if len(levels) != 4 or levels[2] != "request":
            return
        try:
            level(levels[3])
        except TopicError as error:
            log.warning("a request nobody can answer: %s", error)
            return
        if message.topic in self._cleared and not message.payload:
            self._cleared.discard(message.topic)
            return
        try:
            self._pending.put_nowait((message, levels))
        except asyncio.QueueFull:
            log.warning("%s: more than %d requests wait; this one is dropped", message.topic, AT_ONCE)

    async def run(self, connection: Connection) -> None:
        """Answer requests until cancelled; those of one client one after the other, as it takes turns with polling."""
        await self.ready.wait()
        room = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            while True:
                await room.acquire()
                message, levels = await self._pending.get()
                task = group.create_task(self._serve(connection, message, levels))
                task.add_done_callback(lambda _: room.release())

    async def _serve(self, connection: Connection, message: Incoming, levels: tuple[str, ...]) -> None:
        if levels[0] == "client" and levels[1] not in self._pollers:
            return  # another bridge serves a client of this name, and answers
        response = await self._answer(message, levels)
        try:
            await connection.publish(self._outgoing(message, levels, response))
        except BrokerError:
            log.warning("%s: the broker was lost before the answer was out", message.topic)

    async def _answer(self, message: Incoming, levels: tuple[str, ...]) -> Response:
        transaction = None
        try:
            fields = _fields(message)
            transaction = fields["transaction"] if isinstance(fields.get("transaction"), str) else None
            if transaction is not None and levels[3] not in READING:
                return await self._once(levels, fields, transaction)
            return Response(transaction=transaction, status="ok", data=await self._handle(levels, fields))
        except RequestError as error:
            return self._refusal(message.topic, transaction, error)

    async def _once(self, levels: tuple[str, ...], fields: dict[str, Any], transaction: str) -> Response:
        key, now = ("/".join(levels), transaction), time.monotonic()
        while self._answered and (len(self._answered) > REMEMBERED or _oldest(self._answered) < now - REMEMBER_SECONDS):
            self._answered.popitem(last=False)
        if key in self._answered:
            return await asyncio.shield(self._answered[key][1])
        answer: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self._answered[key] = (now, answer)
        try:
            response = Response(transaction=transaction, status="ok", data=await self._handle(levels, fields))
        except RequestError as error:
            response = self._refusal("/".join(levels), transaction, error)
        except BaseException:
            answer.cancel()
            raise
        answer.set_result(response)
        return response

    def _refusal(self, topic: str, transaction: str | None, error: RequestError) -> Response:
        message = self._secrets.redact_foreign(error.message)
        log.info("%s: refused: %s", topic, message)
        return Response(transaction=transaction, status="error", error=ResponseError(code=error.code, message=message))

    async def _handle(self, levels: tuple[str, ...], fields: dict[str, Any]) -> Any:
        whose, name, _, verb = levels
        models = BRIDGE_REQUESTS if whose == "bridge" else CLIENT_REQUESTS
        if verb not in models:
            raise RequestError("unsupported", f"{verb!r} is not known; there are {', '.join(models)}")
        request = _validated(models[verb], fields)
        if isinstance(request, FindRequest):
            return await self._find(request, [self._poller(name)] if whose == "client" else self._pollers.values())
        if whose == "client":
            return await self._ask_client(self._poller(name), verb, request)
        match request:
            case SnapshotRequest():
                return self._snapshot(request)
            case AddRequest():
                return await self._add_anywhere(request)
            case HistoryRequest():
                return self._history.page(request, time.time())
        raise RequestError("unsupported", f"this version does not take {verb!r} yet")

    async def _ask_client(self, poller: Poller, verb: str, request: Request) -> dict[str, Any]:
        if isinstance(request, PollRequest):
            await poller.poll_now()
            return {"state": poller.status.state}
        try:
            return await self._execute(poller, verb, request)
        except ClientError as error:
            raise RequestError("failed" if error.state == "error" else "offline", str(error)) from error

    async def _execute(self, poller: Poller, verb: str, request: Request) -> dict[str, Any]:
        if self._control == "off":
            raise RequestError("forbidden", "control is off: set control to safe or full to allow requests")
        if poller.status.state in ("offline", "unauthorized"):
            raise RequestError("offline", poller.status.error or f"{poller.client.id} does not answer")
        command = translate(verb, request, poller.client, poller.known.downloads, self._control)
        id = await poller.execute(command)
        return {"id": id} if verb == "add" else {}

    async def _add_anywhere(self, request: AddRequest) -> dict[str, Any]:
        """Add where it fits, the most preferred first; the next one is tried only if nothing reached the one before."""
        refusals = []
        for poller in self._candidates(request):
            try:
                answer = await self._execute(poller, "add", request)
            except ClientUnreached as error:
                refusals.append(f"{poller.client.id}: {error}")
            except ClientError as error:
                raise RequestError("failed", f"{poller.client.id}: {error}") from error
            except RequestError as error:
                if error.code not in ("unsupported", "offline", "forbidden"):
                    raise
                refusals.append(f"{poller.client.id}: {error.message}")
            else:
                return {"client": poller.client.id, **answer}
        raise RequestError(
            "failed" if refusals else "unsupported", "; ".join(refusals) or "no client online takes this"
        )

    def _candidates(self, request: AddRequest) -> Iterable[Poller]:
        fitting = [
            poller
            for poller in self._pollers.values()
            if poller.status.state == "online"
            and request.source in poller.client.adds
            and request.protocol in (None, poller.client.protocol)
        ]
        return sorted(fitting, key=lambda poller: (poller.client.settings.priority, poller.client.id))

    def _snapshot(self, request: SnapshotRequest) -> SnapshotPage:
        downloads = self._poller(request.client).known.downloads
        ids = sorted(downloads)
        start = 0 if request.after is None else bisect_right(ids, request.after)
        page = _fitting(downloads[id] for id in ids[start : start + request.limit])
        more = start + len(page) < len(ids)
        return SnapshotPage(downloads=page, next=ids[start + len(page) - 1] if more else None, total=len(ids))

    async def _find(self, request: FindRequest, pollers: Iterable[Poller]) -> FoundDownloads:
        """Look through what is known, online or not; beside the loop, for to read many names takes time."""
        every = [download for poller in pollers for download in poller.known.downloads.values()]
        matches = await asyncio.to_thread(matching.find, every, id=request.id, title=request.title)
        page = _fitting(match.download for match in matches[:MOST_MATCHES])
        return FoundDownloads(downloads=page, scores=[match.score for match in matches[: len(page)]])

    def _poller(self, client: str) -> Poller:
        poller = self._pollers.get(client)
        if poller is None:
            raise RequestError("not_found", f"this bridge has no client {client!r}")
        return poller

    def _outgoing(self, message: Incoming, levels: tuple[str, ...], response: Response) -> list[Outgoing]:
        whose, name, _, verb = levels
        build = self._topics.bridge_request if whose == "bridge" else self._topics.client_request
        topic = message.response_topic
        if topic is None or not self._may_answer_on(topic):
            topic = build(name, verb, "response")
        out = [Outgoing(topic, msgspec.json.encode(response), correlation=message.correlation)]
        if message.retain and message.payload:
            self._cleared.add(message.topic)
            out.append(Outgoing(message.topic, b"", retain=True))
        return out

    def _may_answer_on(self, topic: str) -> bool:
        """Not where it could be taken for a state, an event or a request of ours, nor where brokers keep their own."""
        inside = topic.startswith(self._topics.base + "/") and "/response/" not in topic
        return bool(topic) and not inside and not topic.startswith("$") and not set(topic) & set("+#\0")


def _fitting(downloads: Iterable[Download]) -> list[Any]:
    """Encoded, as many as an answer holds; the first one always."""
    page: list[Any] = []
    size = 0
    for download in downloads:
        encoded = msgspec.json.encode(download)
        size += len(encoded) + 1
        if page and size > PAGE_BYTES - 1024:
            break
        page.append(msgspec.Raw(encoded))
    return page


def _oldest(answered: OrderedDict[tuple[str, str], tuple[float, asyncio.Future[Response]]]) -> float:
    return next(iter(answered.values()))[0]


def _fields(message: Incoming) -> dict[str, Any]:
    if message.retain:
        raise RequestError("bad_request", "a request must not be retained")
    if len(message.payload) > LARGEST_REQUEST:
        raise RequestError("bad_request", f"a request must not be larger than {LARGEST_REQUEST // 2**20} MB")
    try:
        fields = msgspec.json.decode(message.payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise RequestError("bad_request", "a request must be a JSON object") from None
    if not isinstance(fields, dict):
        raise RequestError("bad_request", "a request must be a JSON object")
    return fields


def _validated(model: type[Request], fields: dict[str, Any]) -> Request:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RequestError("bad_request", f"{place + ': ' if place else ''}{first['msg']}") from None
