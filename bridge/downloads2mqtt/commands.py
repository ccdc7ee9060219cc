"""Requests in, responses out."""

import asyncio
import logging
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from pydantic import ValidationError

from downloads2mqtt.contract.request import (
    BRIDGE_REQUESTS,
    CLIENT_REQUESTS,
    Request,
    Response,
    ResponseError,
    SnapshotPage,
    SnapshotRequest,
)
from downloads2mqtt.contract.topics import ANY, Topics, level
from downloads2mqtt.errors import BrokerError, RequestError, TopicError
from downloads2mqtt.mqtt.connection import Connection
from downloads2mqtt.mqtt.message import Incoming, Outgoing, Subscription
from downloads2mqtt.poller import Poller

PAGE_BYTES = 48 * 1024
LARGEST_REQUEST = 16 * 1024 * 1024
PENDING_LIMIT = 1000

log = logging.getLogger("downloads2mqtt.commands")


class Commands:
    """Answers what is asked of one bridge and of its clients."""

    def __init__(self, topics: Topics, bridge: str, pollers: Mapping[str, Poller]) -> None:
        self._topics = topics
        self._bridge = bridge
        self._pollers = pollers
        self._pending: asyncio.Queue[tuple[Incoming, tuple[str, ...]]] = asyncio.Queue(PENDING_LIMIT)
        self._cleared: set[str] = set()

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
            log.warning("%s: more than %d requests wait; this one is dropped", message.topic, PENDING_LIMIT)

    async def run(self, connection: Connection) -> None:
        """Answer one request after the other, until cancelled."""
        while True:
            message, levels = await self._pending.get()
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
            data = await self._handle(levels, fields)
        except RequestError as error:
            log.info("%s: refused: %s", message.topic, error.message)
            refusal = ResponseError(code=error.code, message=error.message)
            return Response(transaction=transaction, status="error", error=refusal)
        return Response(transaction=transaction, status="ok", data=data)

    async def _handle(self, levels: tuple[str, ...], fields: dict[str, Any]) -> Any:
        whose, name, _, verb = levels
        models = BRIDGE_REQUESTS if whose == "bridge" else CLIENT_REQUESTS
        if verb not in models:
            raise RequestError("unsupported", f"{verb!r} is not known; there are {', '.join(models)}")
        request = _validated(models[verb], fields)
        if isinstance(request, SnapshotRequest):
            return self._snapshot(request)
        if whose == "client" and verb == "poll":
            return await self._poll(name)
        raise RequestError("unsupported", f"this version does not take {verb!r} yet")

    async def _poll(self, client: str) -> dict[str, Any]:
        poller = self._poller(client)
        await poller.poll_now()
        return {"state": poller.status.state}

    def _snapshot(self, request: SnapshotRequest) -> SnapshotPage:
        downloads = self._poller(request.client).known.downloads
        ids = sorted(downloads)
        start = 0 if request.after is None else bisect_right(ids, request.after)
        page: list[Any] = []
        size = 0
        for id in ids[start : start + request.limit]:
            encoded = msgspec.json.encode(downloads[id])
            size += len(encoded) + 1
            if page and size > PAGE_BYTES - 1024:
                break
            page.append(msgspec.Raw(encoded))
        more = start + len(page) < len(ids)
        return SnapshotPage(downloads=page, next=ids[start + len(page) - 1] if more else None, total=len(ids))

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
        """Not where it could be taken for a state, an event or a request of ours."""
        return "+" not in topic and "#" not in topic and not topic.startswith(self._topics.base + "/")


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
