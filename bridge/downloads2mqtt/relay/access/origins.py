"""Which pages may speak to the relay: its own, and those of `http.allowed_origins`."""

from collections.abc import Collection
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from downloads2mqtt.relay.access import refusals

_PORTS = {"http": 80, "https": 443}


def origin(text: str) -> str:
    """An origin as a person writes it, as browsers do; raises `ValueError` with a sentence."""
    sentence = f"{text!r} is no origin: write scheme, host and port, such as https://home.example or http://nas:8123"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError(sentence) from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(sentence)
    if "@" in text or "*" in text or not text.isprintable() or " " in text:
        raise ValueError(sentence)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, _PORTS[parts.scheme]) else "")


class Origins:
    """Checks where a request comes from, and lets allowed pages read the answers (CORS)."""

    def __init__(self, allowed: Collection[str]) -> None:
        self._allowed = frozenset(allowed)

    def check(self, request: web.Request, *, by_cookie: bool = False) -> None:
        """Raises `web.HTTPForbidden` for a page of another origin.

        A program that is no browser says no origin. A browser says it with all but plain reads of its own page; so
        a cookie that comes without one has to come with the browser's word that the page is ours.
        """
        said, site = request.headers.get(hdrs.ORIGIN), request.headers.get("Sec-Fetch-Site")
        if said is not None:
            fine = self.takes(said, request.scheme, request.host)
        elif by_cookie and _changes(request):
            fine = site == "same-origin"
        else:
            fine = site in (None, "same-origin", "none")
        if not fine:
            raise refusals.forbidden("Only the relay's own page may connect, and those of http.allowed_origins.")

    def takes(self, said: str, scheme: str, host: str) -> bool:
        """Whether a page of this origin may speak. Behind a proxy that is not trusted, https looks like http."""
        try:
            text = origin(said)
            schemes = ("https",) if scheme == "https" else ("http", "https")
            return text in self._allowed or text in {origin(f"{one}://{host}") for one in schemes}
        except ValueError:
            return False

    def preflight(self, request: web.Request) -> web.Response | None:
        """What tells a browser, before it asks, what an allowed page may ask; `None` unless it wants to know."""
        wanted = request.headers.get(hdrs.ACCESS_CONTROL_REQUEST_METHOD)
        if request.method != hdrs.METH_OPTIONS or wanted is None:
            return None
        self.check(request)
        headers = {
            hdrs.ACCESS_CONTROL_ALLOW_METHODS: "GET, POST, PUT, PATCH, DELETE",
            hdrs.ACCESS_CONTROL_ALLOW_HEADERS: request.headers.get(hdrs.ACCESS_CONTROL_REQUEST_HEADERS, ""),
            hdrs.ACCESS_CONTROL_MAX_AGE: "600",
        }
        return web.Response(status=204, headers=headers)

    async def add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """Let an allowed page read the answer."""
        if not self._allowed:
            return
        vary = response.headers.get(hdrs.VARY)
        response.headers[hdrs.VARY] = f"{vary}, Origin" if vary else "Origin"
        said = request.headers.get(hdrs.ORIGIN)
        if said in self._allowed:
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = said
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_CREDENTIALS] = "true"
            response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = "ETag, Retry-After"


def _changes(request: web.Request) -> bool:
    return request.method not in refusals.SAFE_METHODS or request.headers.get(hdrs.UPGRADE, "").lower() == "websocket"
