"""Everything below a path, for a relay that shares its name with others."""

import re
from collections.abc import Iterable

from aiohttp import web

_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")
_HEALTH = "/healthz"


def prefix(text: str) -> str:
    """A path without its last slash, such as /downloads; raises `ValueError` with a sentence."""
    path = text.rstrip("/")
    if not _PATH.fullmatch(path) or {".", ".."} & set(path.split("/")):
        raise ValueError(f"{text!r} is no path such as /downloads")
    return path


def below(path: str, routes: Iterable[web.RouteDef]) -> list[web.RouteDef]:
    """The routes, below `path`. The health check stays where it always is, too: what asks it stands before no proxy."""
    every = list(routes)
    if not path:
        return every
    moved = [web.RouteDef(one.method, path + one.path, one.handler, one.kwargs) for one in every]
    return moved + [one for one in every if one.path == _HEALTH]


def signposts(path: str) -> list[web.RouteDef]:
    """From where people look for the page, to where it is."""

    async def to_page(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(request.rel_url.with_path(f"{path}/", keep_query=True))

    return [web.get(path, to_page), web.get("/", to_page)] if path else []
