"""Serves the dashboard page."""

from collections.abc import Iterable

from aiohttp import web

from downloads2mqtt.relay import assets


class Page:
    """The page and its files."""

    def __init__(self) -> None:
        self._assets = assets.load()

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return web.get("/", self._page), web.get("/assets/{name}", self._asset)

    async def _page(self, request: web.Request) -> web.Response:
        return self._assets["index.html"].response(request)

    async def _asset(self, request: web.Request) -> web.Response:
        asset = self._assets.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        return asset.response(request)
