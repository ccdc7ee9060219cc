"""What Flasharr's page asks to be done, as requests to clients and bridges."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.frames import ClientView, SnapshotFrame
from downloads2mqtt.contract.request import AddRequest, Response
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay import permission
from downloads2mqtt.relay.flasharr.task import STATES, Task, task
from downloads2mqtt.relay.hub.channel import Filter, key_of
from downloads2mqtt.relay.hub.scope import Grant
from downloads2mqtt.relay.services import Services

PAUSABLE = frozenset({"QUEUED", "STARTING", "DOWNLOADING", "WAITING"})
RESUMABLE = frozenset({"PAUSED"})
AT_ONCE = 500
"""Ids in one request: with more, it might not go over every broker."""


class AddBody(msgspec.Struct, kw_only=True):
    """What is asked to be added. The page also says where its own server should sort it in: that is the clients' matter
    here, so that only the category counts."""

    url: str
    filename: str | None = None
    category: str | None = None


class Actions:
    """Asks in the name of one reader; all raise `RequestError`."""

    def __init__(self, services: Services, grant: Grant) -> None:
        self._services, self._grant = services, grant

    def snapshot(self) -> SnapshotFrame:
        """All that this reader sees."""
        return self._services.hub.channels.snapshot(Filter(scope=self._grant.scope)).message

    def find(self, key: str) -> Download:
        """One that it sees."""
        download = self._services.hub.get(key)
        if download is None or not self._grant.scope.sees(download):
            raise RequestError("not_found", f"there is no download {key[:80]!r}")
        return download

    async def one(self, verb: str, key: str, **fields: Any) -> None:
        """Do something with one download."""
        download = self.find(key)
        await self._ask(download.client, verb, [download], fields)

    async def retry(self, key: str) -> None:
        """Resume one that failed."""
        if self.find(key).state != "failed":
            raise RequestError("bad_request", "only what failed can be tried again")
        await self.one("resume", key)

    async def every(self, verb: str, states: frozenset[str], **fields: Any) -> int:
        """Do something with all in some states, at every client that is there and can; says with how many."""
        snapshot = self.snapshot()
        able = {view.client for view in snapshot.clients if view.available and verb in view.abilities}
        rows = (one for one in snapshot.downloads if one.client in able and STATES[one.state] in states)
        return await self.several(verb, rows, **fields)

    async def several(self, verb: str, downloads: Iterable[Download], **fields: Any) -> int:
        """Do something with some, client by client; says with how many, and raises only when with none."""
        by_client: defaultdict[str, list[Download]] = defaultdict(list)
        for download in downloads:
            by_client[download.client].append(download)
        done, refused = 0, None
        for client, rows in by_client.items():
            for start in range(0, len(rows), AT_ONCE):
                some = rows[start : start + AT_ONCE]
                try:
                    await self._ask(client, verb, some, fields)
                    done += len(some)
                except RequestError as error:
                    refused = error
                    break
        if refused is not None and not done:
            raise refused
        return done

    async def add(self, body: AddBody) -> Task:
        """Add what is at an address; the task that it becomes."""
        fields = {"url": body.url} | ({"category": body.category} if body.category else {})
        request = permission.checked("bridge", "add", fields)
        protocol = request.protocol if isinstance(request, AddRequest) else None
        able = [
            view
            for view in self.snapshot().clients
            if view.available and "add" in view.abilities and protocol in (None, view.protocol)
        ]
        response = await self._add(able, fields)
        data = response.data
        added = msgspec.json.decode(data) if isinstance(data, msgspec.Raw) else data
        return self._added(added if isinstance(added, dict) else {}, body, able)

    async def _add(self, able: Sequence[ClientView], fields: dict[str, Any]) -> Response:
        """A bridge picks among its clients for those who may see them all."""
        if not able:
            raise RequestError("offline", "no client that takes this is there")
        first = min(able, key=lambda view: view.client)
        if self._grant.scope.sees_all:
            return _good(await self._services.requests.ask(self._grant, "bridge", first.bridge, "add", fields))
        return _good(await self._services.requests.ask(self._grant, "client", first.client, "add", fields))

    def _added(self, added: dict[str, Any], body: AddBody, able: Sequence[ClientView]) -> Task:
        client = str(added.get("client") or min(view.client for view in able))
        id = str(added.get("id") or "")
        known = self._services.hub.get(key_of(client, id))
        if known is not None and self._grant.scope.sees(known):
            return task(known)
        view = next((view for view in able if view.client == client), able[0])
        return task(
            Download(
                id=id,
                native_id=id,
                client=client,
                kind=view.kind,
                protocol=view.protocol,
                name=body.filename or _name(body.url),
                state="queued",
                native_state="",
                category=body.category or None,
            )
        )

    async def _ask(self, client: str, verb: str, downloads: Sequence[Download], fields: dict[str, Any]) -> None:
        asked = {"ids": [download.id for download in downloads], **fields}
        _good(await self._services.requests.ask(self._grant, "client", client, verb, asked))


def _good(response: Response) -> Response:
    if response.error is not None:
        raise RequestError(response.error.code, response.error.message)
    return response


def _name(url: str) -> str:
    """The last part of an address, which is no secret to who said it; nothing of a magnet link's."""
    return unquote(urlsplit(url).path.rpartition("/")[2]) or "download"
