"""Every topic of the contract, in one table, and the only place that builds one."""

import enum
import hashlib
import re
from dataclasses import dataclass
from typing import Any, Final

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.event import DownloadEvent, Notification
from downloads2mqtt.contract.status import BridgeHealth, BridgeInfo, ClientStats, ClientStatus
from downloads2mqtt.errors import TopicError

_LEVEL = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the topic table; `payload` is a model, or a text for what is none."""

    topic: str
    retained: bool
    qos: int
    payload: type[Any] | str
    meaning: str


TABLE: tuple[Row, ...] = (
    Row(
        "bridge/<bridge>/state",
        True,
        1,
        "`online` or `offline`, bare; also the last will",
        "is the bridge there",
    ),
    Row("bridge/<bridge>/info", True, 1, BridgeInfo, "what the bridge is, and its clients"),
    Row("bridge/<bridge>/health", True, 0, BridgeHealth, "how it fares, at most every 30 s"),
    Row("bridge/<bridge>/request/<verb>", False, 1, "request", "ask the bridge: snapshot, add, find, history"),
    Row("bridge/<bridge>/response/<verb>", False, 1, "response", "its answer"),
    Row("client/<client>/status", True, 1, ClientStatus, "does the client answer, and if not, why"),
    Row("client/<client>/stats", True, 0, ClientStats, "its rates, limits, free space and counts"),
    Row("client/<client>/download/<id>", True, 1, Download, "one download; an empty payload means gone"),
    Row("client/<client>/event", False, 1, DownloadEvent, "one transition of one download"),
    Row("client/<client>/request/<verb>", False, 1, "request", "ask the client: add, pause, resume, remove, …"),
    Row("client/<client>/response/<verb>", False, 1, "response", "its answer"),
    Row("notification", False, 1, Notification, "a message for everybody; anyone may publish one"),
    Row("notification/<user>", False, 1, Notification, "a message for one user"),
)


def level(text: str) -> str:
    """`text`, if it can be a topic level; raises `TopicError`."""
    if not _LEVEL.fullmatch(text):
        raise TopicError(f"{text!r} cannot be a topic level: use 1 to 64 of A-Z a-z 0-9 _ -")
    return text


def download_id(native_id: str) -> str:
    """The topic level for a client's own id: the id itself, else `x` and 40 hex digits of its SHA-256."""
    if _LEVEL.fullmatch(native_id):
        return native_id
    return "x" + hashlib.sha256(native_id.encode("utf-8", "surrogatepass")).hexdigest()[:40]


class Wildcard(enum.Enum):
    """Stands for "any level" where a subscription is built; no text can be mistaken for it."""

    ANY = "+"


ANY: Final = Wildcard.ANY
Level = str | Wildcard


class Topics:
    """Builds the topics below one base, of one or several levels; `ANY` in place of a level makes a filter."""

    def __init__(self, base: str = "downloads2mqtt") -> None:
        self.base = "/".join(level(part) for part in base.split("/"))
        self._client = f"{self.base}/client/"
        self._bridge = f"{self.base}/bridge/"

    def bridge(self, bridge: Level, leaf: str) -> str:
        """`<base>/bridge/<bridge>/<leaf>`, leaf one of state, info, health."""
        return f"{self._bridge}{_checked(bridge)}/{level(leaf)}"

    def bridge_request(self, bridge: Level, verb: Level, kind: str = "request") -> str:
        """`<base>/bridge/<bridge>/request/<verb>`; `kind` may be `response`."""
        return f"{self._bridge}{_checked(bridge)}/{level(kind)}/{_checked(verb)}"

    def client(self, client: Level, leaf: str | None = None) -> str:
        """`<base>/client/<client>/<leaf>`, leaf one of status, stats, event; or what all its topics are below."""
        return f"{self._client}{_checked(client)}" + ("" if leaf is None else f"/{level(leaf)}")

    def client_request(self, client: Level, verb: Level, kind: str = "request") -> str:
        """`<base>/client/<client>/request/<verb>`; `kind` may be `response`."""
        return f"{self._client}{_checked(client)}/{level(kind)}/{_checked(verb)}"

    def download(self, client: Level, id: Level) -> str:
        """`<base>/client/<client>/download/<id>`."""
        return f"{self._client}{_checked(client)}/download/{_checked(id)}"

    def notification(self, user: Level | None = None) -> str:
        """`<base>/notification` or `<base>/notification/<user>`."""
        return f"{self.base}/notification" if user is None else f"{self.base}/notification/{_checked(user)}"

    def split(self, topic: str) -> tuple[str, ...]:
        """The levels of `topic` below the base, such as `("client", "seedbox", "status")`; raises `TopicError`."""
        prefix = self.base + "/"
        if not topic.startswith(prefix):
            raise TopicError(f"{topic!r} is not below {self.base}")
        return tuple(topic[len(prefix) :].split("/"))


def _checked(part: Level) -> str:
    return part.value if isinstance(part, Wildcard) else level(part)
