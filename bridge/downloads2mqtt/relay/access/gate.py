"""Says who speaks, or why they may not."""

from aiohttp import web

from downloads2mqtt.relay import guard
from downloads2mqtt.relay.scope import Grant


class Gate:
    """Every route that shows or does anything asks here first."""

    async def admit(self, request: web.Request, *, query_token: bool = False) -> Grant:
        """Who speaks, and what they may see and do; `query_token` lets a token come in the address.

        Raises `web.HTTPForbidden` for a page of another origin.
        """
        if not guard.same_origin(request.headers.get("Origin"), request.host):
            raise web.HTTPForbidden(text="Only the relay's own page may connect.\n")
        return Grant()
