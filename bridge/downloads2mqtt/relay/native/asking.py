"""Requests of readers by POST: those of programs, and those too large for a WebSocket's frame."""

import asyncio
from collections.abc import Iterable
from typing import Any

import msgspec
from aiohttp import web

from downloads2mqtt.contract.request import Response, ResponseError
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.access import refusals
from downloads2mqtt.relay.permission import target_of
from downloads2mqtt.relay.replies import STATUS, reply, status_of
from downloads2mqtt.relay.requests import LARGEST, Busy, TooLarge
from downloads2mqtt.relay.services import Services

BODY_SECONDS = 60.0
LARGE = 256 * 1024
LARGE_AT_ONCE = 4
RETRY_SECONDS = "5"


class Asking:
    """`POST /api/v1/request/<client or bridge>/<name>/<verb>`; the body has the fields, or is empty."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return (web.post("/api/v1/request/{target:client|bridge}/{name}/{verb}", self._ask),)

    async def _ask(self, request: web.Request) -> web.Response:
        grant = await self._services.gate.admit(request)
        asked, held = request.match_info, False
        transaction = None
        try:
            _announced(request)
            body = bytearray()
            async with asyncio.timeout(BODY_SECONDS):
                async for part in request.content.iter_any():
                    body += part
                    if len(body) > LARGEST:
                        raise TooLarge
                    if len(body) > LARGE and not held:
                        held = await self._hold()
            fields = _fields(bytes(body))
            body.clear()
            transaction = fields["transaction"] if isinstance(fields.get("transaction"), str) else None
            response = await self._services.requests.ask(
                grant, target_of(asked["target"]), asked["name"], asked["verb"], fields
            )
        except TimeoutError:
            sentence = f"The request did not come whole within {BODY_SECONDS:.0f} s."
            raise web.HTTPRequestTimeout(
                text=refusals.body("bad_request", sentence), content_type="application/json"
            ) from None
        except RequestError as error:
            return _refusal(transaction, error)
        finally:
            if held:
                self._large.release()
        return reply(response, 200 if response.error is None else STATUS[response.error.code])

    async def _hold(self) -> bool:
        """What is large takes memory several times over on its way."""
        if self._large.locked():
            raise Busy(f"{LARGE_AT_ONCE} large requests are on their way already: try again soon")
        return await self._large.acquire()


def _announced(request: web.Request) -> None:
    if request.content_length is not None and request.content_length > LARGEST:
        raise TooLarge


def _fields(body: bytes) -> dict[str, Any]:
    try:
        fields = msgspec.json.decode(body) if body.strip() else {}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise RequestError("bad_request", "a request must be a JSON object")
    return fields


def _refusal(transaction: str | None, error: RequestError) -> web.Response:
    refused = ResponseError(code=error.code, message=error.message)
    response = reply(Response(transaction=transaction, status="error", error=refused), status_of(error))
    if isinstance(error, Busy):
        response.headers["Retry-After"] = RETRY_SECONDS
    if isinstance(error, TooLarge):
        response.force_close()
    return response
