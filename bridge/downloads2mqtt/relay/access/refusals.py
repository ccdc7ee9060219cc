"""What those are told who are not let in: one sentence, in the form of every other answer."""

import json
import math
from typing import Any

from aiohttp import web

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def body(code: str, message: str, **more: Any) -> str:
    """The JSON of a refusal."""
    return json.dumps({"status": "error", "error": {"code": code, "message": message}, **more})


def forbidden(message: str) -> web.HTTPForbidden:
    """They may not, whoever they are."""
    return web.HTTPForbidden(text=body("forbidden", message), content_type="application/json")


def bad_request(message: str) -> web.HTTPBadRequest:
    """They said what makes no sense."""
    return web.HTTPBadRequest(text=body("bad_request", message), content_type="application/json")


def not_found(message: str) -> web.HTTPNotFound:
    """There is no such thing."""
    return web.HTTPNotFound(text=body("not_found", message), content_type="application/json")


def unauthorized(message: str, login: str) -> web.HTTPUnauthorized:
    """They have to say who they are; `login` is how: `form` or `none`."""
    return web.HTTPUnauthorized(
        text=body("unauthorized", message, login=login),
        content_type="application/json",
        headers={"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"},
    )


def too_many(wait: float) -> web.HTTPTooManyRequests:
    """They were wrong too often; `wait` in seconds."""
    seconds = max(1, math.ceil(wait))
    return web.HTTPTooManyRequests(
        text=body("too_many", f"Too many wrong tries from this address: try again in {seconds} s."),
        content_type="application/json",
        headers={"Retry-After": str(seconds)},
    )


def unavailable(message: str, wait: int) -> web.HTTPServiceUnavailable:
    """Nobody can say now; `wait` in seconds."""
    return web.HTTPServiceUnavailable(
        text=body("offline", message), content_type="application/json", headers={"Retry-After": str(wait)}
    )
