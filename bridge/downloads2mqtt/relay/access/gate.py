"""Says who speaks, or why they may not."""

import time
from collections.abc import Callable

from aiohttp import hdrs, web

from downloads2mqtt.relay import guard
from downloads2mqtt.relay.access import refusals, tokens
from downloads2mqtt.relay.access.jwks import KeysUnavailable
from downloads2mqtt.relay.access.jwt import BadToken, JsonWebTokens
from downloads2mqtt.relay.access.origins import Origins
from downloads2mqtt.relay.access.sessions import Session, Sessions
from downloads2mqtt.relay.access.throttle import Throttle
from downloads2mqtt.relay.access.tickets import Tickets
from downloads2mqtt.relay.hub.scope import Grant
from downloads2mqtt.relay.settings import HttpSettings

COOKIE = "downloads2mqtt"
_RETRY_SECONDS = 10


class Gate:
    """Every route that shows or does anything asks here first.

    A ticket, a token (static or JSON Web Token) and a session's cookie grant, in this order; whoever brings a bad one
    is refused, whatever else they bring. `clock` gives monotonic, `wall` wall seconds.
    """

    def __init__(self, settings: HttpSettings) -> None:
        self.origins = Origins(settings.allowed_origins)
        key = settings.session_key
        self.sessions = Sessions(None if key is None else key.get_secret_value())
        self.tickets = Tickets()
        self.clock: Callable[[], float] = time.monotonic
        self.wall: Callable[[], float] = time.time
        self._settings = settings
        self._jwt = None if settings.jwt is None else JsonWebTokens(settings.jwt)
        self._throttle, self._hook_throttle = Throttle(), Throttle()

    @property
    def login(self) -> str:
        """How a person gets in: by the `form`, or `none` such way."""
        return "form" if self._settings.users else "none"

    async def aclose(self) -> None:
        """Let go of what is under way."""
        if self._jwt is not None:
            await self._jwt.aclose()

    async def admit(self, request: web.Request, *, query_token: bool = False) -> Grant:
        """Who speaks, and what they may see and do; `query_token` lets a token come in the address.

        Raises `web.HTTPForbidden` for a page of another origin, `web.HTTPUnauthorized` for who is not known,
        `web.HTTPTooManyRequests` for who guesses, and `web.HTTPServiceUnavailable` while nobody can tell.
        """
        grant = await self.recognise(request, query_token=query_token)
        if grant is None:
            raise refusals.unauthorized("Log in, or say a token: Authorization: Bearer …", self.login)
        return grant

    async def admit_unlimited(self, request: web.Request) -> Grant:
        """As `admit`, for what counts everything; raises `web.HTTPForbidden` for who may not see everything."""
        grant = await self.admit(request)
        if not grant.scope.sees_all:
            raise refusals.forbidden("Only those from whom nothing is hidden may see this.")
        return grant

    async def recognise(self, request: web.Request, *, query_token: bool = False) -> Grant | None:
        """As `admit`, but `None` for who brings nothing that says who they are."""
        ticket = request.query.get("ticket") if request.method == hdrs.METH_GET else None
        token = _bearer(request) or (request.query.get("access_token") if query_token else None)
        cookie = request.cookies.get(COOKIE)
        self.origins.check(request, by_cookie=ticket is None and token is None and cookie is not None)
        if not self._settings.authenticates:
            return Grant()
        if ticket is not None:
            return self._by_ticket(ticket, request.remote or "")
        if token is not None:
            return await self._by_token(token, request.remote or "")
        session = self.session(request)
        return None if session is None else self._of_session(session)

    def session(self, request: web.Request) -> Session | None:
        """The session of a request's cookie, while it is good."""
        session = self.sessions.read(request.cookies.get(COOKIE, ""), self.wall())
        user = None if session is None else self._settings.users.get(session.user)
        if session is None or user is None or not self.sessions.fits(session, user.password.get_secret_value()):
            return None
        return session

    def admit_hook(self, request: web.Request) -> None:
        """Let a program that says `http.hook_token` through; else raises `web.HTTPForbidden`, or
        `web.HTTPTooManyRequests`: that token may be a word, so that even the right one has to wait."""
        address, now = request.remote or "", self.clock()
        wait = self._hook_throttle.wait(address, now)
        if wait > 0:
            raise refusals.too_many(wait)
        if not guard.knows_token(request.headers, request.query, self._settings.hook_token):
            self._hook_throttle.count(address, now)
            raise refusals.forbidden("Say the token of http.hook_token: Authorization: Bearer …")

    def _of_session(self, session: Session) -> Grant:
        user = self._settings.users[session.user]
        return Grant(session.user, user.scope, user.control, session.expires, session.id)

    def _by_ticket(self, ticket: str, address: str) -> Grant:
        grant = self.tickets.take(ticket, self.clock())
        is_over = grant is not None and (
            (grant.session is not None and self.sessions.is_revoked(grant.session)) or grant.is_over(self.wall())
        )
        if grant is None or is_over:
            self._count_wrong(address)
            raise refusals.unauthorized("The ticket was used, or is older than 30 s: get another one.", self.login)
        return grant

    async def _by_token(self, token: str, address: str) -> Grant:
        grant = self._by_static_token(token)
        if grant is not None:
            return grant
        try:
            if self._jwt is None:
                raise BadToken("the token is not known")
            grant = await self._jwt.grant(token)
        except BadToken as error:
            if not error.is_old:
                self._count_wrong(address)
            raise refusals.unauthorized(f"Not let in: {error}.", self.login) from None
        except KeysUnavailable:
            sentence = "The login service's keys cannot be had now, so no token of it can be checked: try again soon."
            raise refusals.unavailable(sentence, _RETRY_SECONDS) from None
        return grant

    def _by_static_token(self, token: str) -> Grant | None:
        hashed = tokens.hash_token(token)
        known = None
        for name, settings in self._settings.tokens.items():
            if tokens.matches(settings.hash.get_secret_value(), hashed):
                known = Grant(name, settings.scope, settings.control)
        return known

    def _count_wrong(self, address: str) -> None:
        """Good tokens are always let in, so that nobody can lock others of their address out."""
        now = self.clock()
        wait = self._throttle.wait(address, now)
        if wait > 0:
            raise refusals.too_many(wait)
        self._throttle.count(address, now)


def _bearer(request: web.Request) -> str | None:
    """The token of a header; other schemes are a proxy's, and none of ours."""
    scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
