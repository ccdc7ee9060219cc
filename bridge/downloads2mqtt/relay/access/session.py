"""Who one is here, and tickets for what cannot send headers."""

from collections.abc import Iterable

from aiohttp import hdrs, web

from downloads2mqtt.relay.access.gate import Gate
from downloads2mqtt.relay.access.login import set_cookie
from downloads2mqtt.relay.access.sessions import LIFETIME
from downloads2mqtt.relay.access.tickets import LIFETIME as TICKET_SECONDS
from downloads2mqtt.relay.hub.hub import Hub
from downloads2mqtt.relay.settings import HttpSettings

RENEW_AFTER = LIFETIME // 30
"""Seconds after which a cookie that is used is made anew, so that only who stays away has to log in again."""

_FRESH = {hdrs.CACHE_CONTROL: "no-store"}


class SessionRoutes:
    """What the page asks before anything else."""

    def __init__(self, gate: Gate, hub: Hub, settings: HttpSettings) -> None:
        self._gate, self._hub, self._settings = gate, hub, settings

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return web.get("/api/v1/session", self._session), web.post("/api/v1/ticket", self._ticket)

    async def _session(self, request: web.Request) -> web.Response:
        grant = await self._gate.admit(request)
        scope = grant.scope
        said = {
            "user": grant.user,
            "login": self._gate.login,
            "control": grant.within(self._hub.control()),
            "clients": None if scope.clients is None else sorted(scope.clients),
            "categories": None if scope.categories is None else sorted(scope.categories),
        }
        response = web.json_response(said, headers=_FRESH)
        self._renew(request, response)
        return response

    async def _ticket(self, request: web.Request) -> web.Response:
        grant = await self._gate.admit(request)
        ticket = self._gate.tickets.issue(grant, self._gate.clock())
        return web.json_response({"ticket": ticket, "expires_in": TICKET_SECONDS}, headers=_FRESH)

    def _renew(self, request: web.Request, response: web.Response) -> None:
        session, now = self._gate.session(request), self._gate.wall()
        if session is not None and now - session.issued > RENEW_AFTER:
            password = self._settings.users[session.user].password.get_secret_value()
            cookie = self._gate.sessions.issue(session.user, password, now, session.id)
            set_cookie(request, response, cookie, self._settings.prefix)
