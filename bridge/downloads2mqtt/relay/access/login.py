"""The login form's other side: a cookie for a password, and back."""

import asyncio
from collections.abc import Callable, Iterable

import msgspec
from aiohttp import hdrs, web

from downloads2mqtt.relay.access import refusals
from downloads2mqtt.relay.access.gate import COOKIE, Gate
from downloads2mqtt.relay.access.passwords import LONGEST_PASSWORD, PasswordHash
from downloads2mqtt.relay.access.sessions import LIFETIME
from downloads2mqtt.relay.access.throttle import Throttle
from downloads2mqtt.relay.connections import AUTHENTICATION_ENDED, Connections, Place
from downloads2mqtt.relay.settings import HttpSettings

AT_A_TIME = 2
MOST_WAITING = 16
LARGEST_BODY = 4096
BODY_SECONDS = 10.0

_STAND_IN = PasswordHash(salt=bytes(16), key=bytes(32))
"""For users that do not exist: they take as long as a wrong password."""


class Credentials(msgspec.Struct):
    """What the form sends."""

    user: str
    password: str


_decoder = msgspec.json.Decoder(Credentials)


class Login:
    """Logs people in and out."""

    def __init__(self, gate: Gate, connections: Connections, settings: HttpSettings) -> None:
        self._gate, self._connections, self._settings = gate, connections, settings
        self._throttle = Throttle()
        self._workers = asyncio.Semaphore(AT_A_TIME)
        self._waiting = 0

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return web.post("/api/v1/login", self._login), web.post("/api/v1/logout", self._logout)

    async def _login(self, request: web.Request) -> web.Response:
        self._gate.origins.check(request)
        if not self._settings.users:
            raise refusals.not_found("There are no users here: see http.users.")
        said = await _credentials(request)
        await self._verify(said, request.remote or "")
        password = self._settings.users[said.user].password.get_secret_value()
        response = web.Response(status=204, headers={hdrs.CACHE_CONTROL: "no-store"})
        cookie = self._gate.sessions.issue(said.user, password, self._gate.wall())
        set_cookie(request, response, cookie, self._settings.prefix)
        return response

    async def _verify(self, said: Credentials, address: str) -> None:
        """Raises for a wrong one, in the same time whatever is wrong, and for one too many."""
        now = self._gate.clock()
        wait = self._throttle.wait(address, now)
        if wait > 0 or self._waiting >= MOST_WAITING:
            raise refusals.too_many(wait or BODY_SECONDS)
        self._throttle.count(address, now)
        user = self._settings.users.get(said.user)
        stored = _STAND_IN if user is None else PasswordHash.parse(user.password.get_secret_value())
        self._waiting += 1
        try:
            async with self._workers:
                matches = await asyncio.to_thread(stored.matches, said.password)
        finally:
            self._waiting -= 1
        if user is None or not matches:
            raise refusals.unauthorized("This user and password do not belong together.", self._gate.login)
        self._throttle.take_back(address)

    async def _logout(self, request: web.Request) -> web.Response:
        """Ends the session, and what is connected by it."""
        self._gate.origins.check(request, by_cookie=COOKIE in request.cookies)
        session = self._gate.session(request)
        if session is not None:
            self._gate.sessions.revoke(session, self._gate.wall())
            self._connections.end(_of_session(session.id), AUTHENTICATION_ENDED, "logged out")
        response = web.Response(status=204, headers={hdrs.CACHE_CONTROL: "no-store"})
        path = f"{self._settings.prefix}/"
        response.del_cookie(COOKIE, path=path, httponly=True, samesite="Strict", secure=request.secure)
        return response


def set_cookie(request: web.Request, response: web.Response, cookie: str, prefix: str) -> None:
    """Keep a session in the browser, where no script reads it and no other site sends it."""
    path = f"{prefix}/"
    response.set_cookie(
        COOKIE, cookie, max_age=LIFETIME, path=path, httponly=True, samesite="Strict", secure=request.secure
    )


async def _credentials(request: web.Request) -> Credentials:
    """What the form sent; raises `web.HTTPBadRequest`. JSON only, which no form of another page can send."""
    if request.content_type != "application/json":
        raise refusals.bad_request("Send JSON, with Content-Type: application/json.")
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.content.iter_any():
                body += piece
                if len(body) > LARGEST_BODY:
                    raise refusals.bad_request("That is too long for a user and a password.")
        said = _decoder.decode(body)
    except (msgspec.DecodeError, RecursionError, TimeoutError):
        raise refusals.bad_request('Send {"user": "…", "password": "…"}.') from None
    if len(said.password) > LONGEST_PASSWORD:
        raise refusals.bad_request(f"A password has {LONGEST_PASSWORD} characters at most.")
    return said


def _of_session(id: str) -> Callable[[Place], bool]:
    return lambda place: place.grant.session == id
