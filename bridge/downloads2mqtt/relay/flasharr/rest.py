"""The requests of Flasharr's page."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from typing import Any

import msgspec
from aiohttp import hdrs, web

from downloads2mqtt import __version__
from downloads2mqtt.contract.download import Download
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.flasharr import listing
from downloads2mqtt.relay.flasharr.actions import PAUSABLE, RESUMABLE, Actions, AddBody
from downloads2mqtt.relay.flasharr.stats import engine_stats
from downloads2mqtt.relay.flasharr.task import STATES, batch_id, task
from downloads2mqtt.relay.replies import reply, status_of
from downloads2mqtt.relay.services import Services

BODY_SECONDS = 60.0

_KEPT = (hdrs.RETRY_AFTER, hdrs.WWW_AUTHENTICATE, hdrs.ALLOW)

Answer = Callable[[Actions, web.Request], Awaitable[object]]
Handler = Callable[[web.Request], Awaitable[web.Response]]


class FlasharrRest:
    """`/api/downloads` and what is below it, and two health checks that need no login and tell no figures."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        batch, one = "/api/downloads/batch/{batch}", "/api/downloads/{id}"
        return (
            web.get("/api/downloads", self._answering(_downloads)),
            web.post("/api/downloads", self._answering(_add)),
            web.get("/api/downloads/batches", self._answering(_batches)),
            web.get("/api/downloads/stats", self._answering(_stats)),
            web.post("/api/downloads/pause-all", self._answering(_pause_all)),
            web.post("/api/downloads/resume-all", self._answering(_resume_all)),
            web.get(f"{batch}/items", self._answering(_batch_items)),
            web.get(f"{batch}/progress", self._answering(_batch_progress)),
            web.post(f"{batch}/{{verb:pause|resume|redownload}}", self._answering(_batch_verb)),
            web.delete(batch, self._answering(_batch_delete)),
            web.get(one, self._answering(_download)),
            web.delete(one, self._answering(_delete)),
            web.post(f"{one}/{{verb:pause|resume|retry|redownload}}", self._answering(_verb)),
            web.get("/health", self._health),
            web.get("/api/health", self._health),
        )

    def _answering(self, answer: Answer) -> Handler:
        """`{success, message}` for whatever goes wrong; the page shows `error` or `message` of it."""

        async def handle(request: web.Request) -> web.Response:
            try:
                grant = await self._services.gate.admit(request)
                return reply(await answer(Actions(self._services, grant), request))
            except RequestError as error:
                return _refusal(status_of(error), error.message)
            except web.HTTPException as error:
                return _as_ours(error)

        return handle

    async def _health(self, request: web.Request) -> web.Response:
        broker = bool(self._services.hub.counts()["broker"])
        return reply({"status": "ok" if broker else "degraded", "version": __version__}, 200 if broker else 503)


async def _downloads(actions: Actions, request: web.Request) -> object:
    return listing.downloads_page(actions.snapshot().downloads, listing.wanted(request.query))


async def _batches(actions: Actions, request: web.Request) -> object:
    return listing.batches_page(actions.snapshot().downloads, listing.wanted(request.query))


async def _stats(actions: Actions, request: web.Request) -> object:
    return engine_stats(actions.snapshot().downloads)


async def _download(actions: Actions, request: web.Request) -> object:
    return task(actions.find(request.match_info["id"]))


async def _add(actions: Actions, request: web.Request) -> object:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = msgspec.json.decode(await request.read(), type=AddBody)
    except TimeoutError:
        raise RequestError("bad_request", f"the request did not come whole within {BODY_SECONDS:.0f} s") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise RequestError("bad_request", 'say JSON with "url", and "category" if you like') from None
    added = await actions.add(body)
    return {**msgspec.structs.asdict(added), "success": True, "task_id": added.id}


async def _verb(actions: Actions, request: web.Request) -> object:
    verb, id = request.match_info["verb"], request.match_info["id"]
    match verb:
        case "redownload":
            raise _not_again()
        case "retry":
            await actions.retry(id)
        case _:
            await actions.one(verb, id)
    return {"success": True}


async def _delete(actions: Actions, request: web.Request) -> object:
    await actions.one("remove", request.match_info["id"], delete_data=_deletes_data(request))
    return {"success": True}


async def _pause_all(actions: Actions, request: web.Request) -> object:
    return _affected(await actions.every("pause", PAUSABLE))


async def _resume_all(actions: Actions, request: web.Request) -> object:
    return _affected(await actions.every("resume", RESUMABLE))


async def _batch_items(actions: Actions, request: web.Request) -> object:
    return [task(item) for item in _items(actions, request)]


async def _batch_progress(actions: Actions, request: web.Request) -> object:
    return listing.batch_progress(_items(actions, request))


async def _batch_verb(actions: Actions, request: web.Request) -> object:
    verb = request.match_info["verb"]
    if verb == "redownload":
        raise _not_again()
    states = PAUSABLE if verb == "pause" else RESUMABLE
    items = [item for item in _items(actions, request) if STATES[item.state] in states]
    return _affected(await actions.several(verb, items))


async def _batch_delete(actions: Actions, request: web.Request) -> object:
    items = _items(actions, request)
    return _affected(await actions.several("remove", items, delete_data=_deletes_data(request)))


def _items(actions: Actions, request: web.Request) -> list[Download]:
    wanted = request.match_info["batch"]
    items = [one for one in actions.snapshot().downloads if batch_id(one) == wanted]
    if not items:
        raise RequestError("not_found", f"there is no batch {wanted[:80]!r}")
    return sorted(items, key=lambda item: (item.name, item.id))


def _not_again() -> RequestError:
    return RequestError("unsupported", "download clients do not load again what they have: delete it and add it anew")


def _deletes_data(request: web.Request) -> bool:
    return request.query.get("delete_data", "").lower() in ("true", "1")


def _affected(count: int) -> object:
    return {"success": True, "affected": count}


def _refusal(status: int, message: str) -> web.Response:
    return reply({"success": False, "message": message, "error": message}, status)


def _as_ours(error: web.HTTPException) -> web.Response:
    response = _refusal(error.status, _message(error.text or "") or HTTPStatus(error.status).phrase)
    response.headers.update({name: error.headers[name] for name in _KEPT if name in error.headers})
    return response


def _message(text: str) -> str:
    """The sentence of a refusal, whether that is JSON or a line."""
    try:
        told: Any = json.loads(text)
        return str(told["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return text.strip()
