"""What a request over HTTP is answered with: JSON that nobody keeps, and the status that says what went wrong."""

import msgspec
from aiohttp import hdrs, web

from downloads2mqtt.errors import RequestCode, RequestError
from downloads2mqtt.relay.requests import Busy, NoAnswer, TooLarge

STATUS: dict[RequestCode, int] = {
    "bad_request": 400,
    "forbidden": 403,
    "not_found": 404,
    "unsupported": 501,
    "failed": 502,
    "offline": 503,
}
_SPECIAL: dict[type[RequestError], int] = {NoAnswer: 504, Busy: 503, TooLarge: 413}


def status_of(error: RequestError) -> int:
    """The HTTP status that says it."""
    return _SPECIAL.get(type(error), STATUS[error.code])


def reply(told: object, status: int = 200) -> web.Response:
    """`told` as JSON."""
    return web.Response(
        body=msgspec.json.encode(told),
        status=status,
        content_type="application/json",
        headers={hdrs.CACHE_CONTROL: "no-store"},
    )
