"""What a reader may see and do. Pure."""

from dataclasses import dataclass

from msgspec.structs import replace

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.event import DownloadEvent, Notification
from downloads2mqtt.contract.frames import BridgeView, ClientView
from downloads2mqtt.contract.status import Control

CONTROLS: tuple[Control, ...] = ("off", "safe", "full")


@dataclass(frozen=True, slots=True)
class Scope:
    """`clients` and `categories` narrow what is visible, `None` does not; a download without category is in none."""

    clients: frozenset[str] | None = None
    categories: frozenset[str] | None = None

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden."""
        return self.clients is None and self.categories is None

    def sees_client(self, client: str) -> bool:
        """Whether a client of this name is visible."""
        return self.clients is None or client in self.clients

    def sees(self, download: Download) -> bool:
        """Whether a download is visible."""
        return self.sees_client(download.client) and (self.categories is None or download.category in self.categories)

    def sees_event(self, event: DownloadEvent) -> bool:
        """Whether an event is visible."""
        return self.sees_client(event.client) and self.sees(event.download)

    def sees_notification(self, notification: Notification) -> bool:
        """Whether what is said to everybody is visible: nobody knows what a text is about, unless its `data` names a
        `client` (and, to a reader of some categories, a `category`)."""
        if self.sees_all:
            return True
        about = notification.data or {}
        client, category = about.get("client"), about.get("category")
        seen = isinstance(client, str) and self.sees_client(client)
        return seen and (self.categories is None or (isinstance(category, str) and category in self.categories))

    def client(self, view: ClientView) -> ClientView | None:
        """A client as this reader sees it; its totals would count what is hidden."""
        if not self.sees_client(view.client):
            return None
        return view if self.categories is None else replace(view, stats=None)

    def bridge(self, view: BridgeView) -> BridgeView | None:
        """A bridge as this reader sees it: with its visible clients only, and without figures that count the others."""
        if self.sees_all:
            return view
        entries = () if view.info is None else tuple(one for one in view.info.clients if self.sees_client(one.client))
        if not entries or view.info is None:
            return None
        return replace(view, info=replace(view.info, clients=entries), health=None)


UNLIMITED = Scope()


@dataclass(frozen=True, slots=True)
class Grant:
    """Who speaks, and what they may see and do.

    `user` is `None` for somebody without a name; `control` is the most that they may ask for, as the bridge's is.
    It ends at `expires_at`, in wall seconds, and with the login `session`, where there are such.
    """

    user: str | None = None
    scope: Scope = UNLIMITED
    control: Control = "full"
    expires_at: float | None = None
    session: str | None = None

    def is_over(self, now: float) -> bool:
        """Whether it ended."""
        return self.expires_at is not None and self.expires_at <= now

    def within(self, control: Control) -> Control:
        """The stricter of this grant's control and another."""
        return min(self.control, control, key=CONTROLS.index)
