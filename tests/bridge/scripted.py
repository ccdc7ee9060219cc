"""A download client that says what a test tells it to: the seam below which real programs cannot make the fault."""

from typing import Any, ClassVar, Literal

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.base import Client, ClientSettings, Poll
from downloads2mqtt.contract.download import Download, Protocol
from downloads2mqtt.errors import ClientError
from downloads2mqtt.listing import Listing, Totals


class Scripted(Client):
    """Answers every poll with `downloads`, or raises `error`."""

    kind = "scripted"
    title = "Scripted"
    protocol: ClassVar[Protocol] = "torrent"
    Settings = ClientSettings
    usual_urls = ("http://127.0.0.1:1/",)
    states: ClassVar[dict[str, Any]] = {"downloading": "downloading"}

    def __init__(self, id: str = "box", *, active: float = 0.2, idle: float = 0.2) -> None:
        settings = ClientSettings(kind="scripted", url="http://127.0.0.1:1/", poll=Poll(active=active, idle=idle))
        super().__init__(id, settings, Http(settings.url))
        self.downloads: dict[str, Download] = {}
        self.error: ClientError | None = None
        self.totals = Totals()
        self.polls = 0
        self.asked_complete: list[bool] = []

    def set(self, *downloads: Download) -> None:
        """What it has from now on."""
        self.downloads = {one.id: one for one in downloads}

    async def poll(self, *, complete: bool) -> Listing:
        """What it was told to say."""
        self.polls += 1
        self.asked_complete.append(complete)
        if self.error is not None:
            raise self.error
        self.version = "1.0"
        return Listing(dict(self.downloads), complete=True, totals=self.totals)

    @classmethod
    async def identify(cls, http: Http) -> Literal["open", "locked"] | None:
        """Never found."""
        return None
