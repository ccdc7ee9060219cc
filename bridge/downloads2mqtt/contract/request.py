"""Requests (people and programs write them: pydantic) and their responses (we write them: msgspec)."""

import base64
import binascii
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import msgspec
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from downloads2mqtt.contract.download import Download, Protocol
from downloads2mqtt.contract.event import DownloadEvent
from downloads2mqtt.errors import RequestCode

Transaction = Annotated[str, Field(max_length=256)]
Ids = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=1024)], ...], Field(min_length=1, max_length=10_000)
]
Limit = Annotated[int, Field(ge=0)]
Page = Annotated[int, Field(ge=1, le=1000)]


class Request(BaseModel):
    """What every request may carry: `transaction`, any string, comes back in the response."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    transaction: Transaction | None = None


class AddRequest(Request):
    """Add a download: one of `url` (http, magnet) or `content` (base64 of a .torrent or .nzb) with `filename`."""

    url: Annotated[str, Field(min_length=1, max_length=65_536)] | None = None
    content: str | None = None
    filename: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    paused: bool = False
    path: str | None = None
    priority: int | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.url is None) == (self.content is None):
            raise ValueError("give exactly one of url and content")
        if self.content is not None and not (self.filename or "").lower().endswith((".torrent", ".nzb")):
            raise ValueError("content needs a filename that ends in .torrent or .nzb")
        if self.url is not None and not self.url.lower().startswith(("http://", "https://", "magnet:?")):
            raise ValueError("url must begin with http://, https:// or magnet:?")
        if self.url is not None and not self.url.isprintable():
            raise ValueError("url must be one line")
        if self.url is not None:
            urlsplit(self.url)
        self.decoded()
        return self

    @property
    def source(self) -> Literal["magnet", "http", "torrent", "nzb"]:
        """What it is that shall be added."""
        if self.url is not None:
            return "magnet" if self.url.lower().startswith("magnet:") else "http"
        return "nzb" if (self.filename or "").lower().endswith(".nzb") else "torrent"

    @property
    def protocol(self) -> Protocol | None:
        """What kind of client it is for, as far as its name tells; `None` when it does not."""
        name = urlsplit(self.url).path if self.source == "http" and self.url else (self.filename or "")
        if self.source == "nzb" or name.lower().endswith(".nzb"):
            return "usenet"
        return "torrent" if self.source in ("magnet", "torrent") or name.lower().endswith(".torrent") else None

    def decoded(self) -> bytes | None:
        """`content` as bytes; raises `ValueError` when it is no base64."""
        if self.content is None:
            return None
        try:
            return base64.b64decode(self.content, validate=True)
        except binascii.Error as error:
            raise ValueError("content is not base64") from error


class SelectRequest(Request):
    """`pause`, `resume`, `recheck`, `reannounce`: some downloads, or all of a client."""

    ids: Ids | None = None
    all: bool = False

    @model_validator(mode="after")
    def _some_or_all(self) -> Self:
        if (self.ids is None) == (not self.all):
            raise ValueError('give either ids or "all": true')
        return self


class RemoveRequest(Request):
    """Remove downloads; `delete_data` deletes what was downloaded too."""

    ids: Ids
    delete_data: bool = False


class SetRequest(Request):
    """Change settings of single downloads; limits in bytes per second, 0 for none."""

    ids: Ids
    category: str | None = None
    tags: tuple[str, ...] | None = None
    priority: int | None = None
    download_limit: Limit | None = None
    upload_limit: Limit | None = None
    queue_position: Annotated[int, Field(ge=1)] | None = None


class LimitsRequest(Request):
    """Change limits of a whole client in bytes per second, 0 for none."""

    download_limit: Limit | None = None
    upload_limit: Limit | None = None
    alternative_limits: bool | None = None


class PollRequest(Request):
    """Poll now."""


class SnapshotRequest(Request):
    """A page of a bridge's downloads: those of `client` that sort after the id `after`."""

    client: str
    after: str | None = None
    limit: Page = 50


class FindRequest(Request):
    """Downloads with this id, or whose name matches this release title."""

    id: str | None = None
    title: str | None = None

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        if (self.id is None) == (self.title is None):
            raise ValueError("give exactly one of id and title")
        return self


class HistoryRequest(Request):
    """Finished downloads, newest first, and rates; `before` is the `next` of the page before this one.

    Times are ISO 8601 with their offset. Rates are of the last day unless `since` says otherwise, of all clients
    together unless `client` names one, and only on the first page.
    """

    client: str | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    limit: Page = 50
    before: Annotated[str, Field(pattern=r"^\d{1,18}$")] | None = None


CLIENT_REQUESTS: dict[str, type[Request]] = {
    "add": AddRequest,
    "pause": SelectRequest,
    "resume": SelectRequest,
    "recheck": SelectRequest,
    "reannounce": SelectRequest,
    "remove": RemoveRequest,
    "set": SetRequest,
    "limits": LimitsRequest,
    "poll": PollRequest,
    "find": FindRequest,
}
BRIDGE_REQUESTS: dict[str, type[Request]] = {
    "snapshot": SnapshotRequest,
    "add": AddRequest,
    "find": FindRequest,
    "history": HistoryRequest,
}
READING = frozenset({"poll", "snapshot", "find", "history"})
"""The verbs that change nothing."""


class SnapshotPage(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `snapshot`, at most 48 KB; `next` is the id to ask after, null on the last page."""

    downloads: list[Download]
    next: str | None
    total: int


class RateSample(msgspec.Struct, frozen=True, kw_only=True):
    """Mean rates in bytes per second, over the time from `at` to the next sample or at least a minute."""

    at: str
    download_rate: int
    upload_rate: int


class HistoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `history`, at most 48 KB; `next` is what to ask `before` for more, null on the last page."""

    finished: list[DownloadEvent]
    rates: list[RateSample]
    next: str | None


class FoundDownloads(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `find`, best first: at most 20 downloads and 48 KB, and for each a score of at most 1."""

    downloads: list[Download]
    scores: list[float]


class ResponseError(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request was refused or failed."""

    code: RequestCode
    message: str


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a request, on the matching `response` topic."""

    transaction: str | None = None
    status: Literal["ok", "error"]
    data: Any = None
    error: ResponseError | None = None
