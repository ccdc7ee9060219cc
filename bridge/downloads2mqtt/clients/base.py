"""What every download client module offers, and what it is given."""

import abc
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, FilePath, SecretStr, field_validator

from downloads2mqtt.clients._http import Http
from downloads2mqtt.command import Command
from downloads2mqtt.contract.download import Protocol, State
from downloads2mqtt.errors import RequestError
from downloads2mqtt.listing import Listing


class Poll(BaseModel):
    """Seconds between two polls: `active` while something downloads, `idle` otherwise."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    active: Annotated[float, Field(ge=0.2, le=3600)] = 2.0
    idle: Annotated[float, Field(ge=0.2, le=3600)] = 15.0


class ClientSettings(BaseModel):
    """What every client can be told; each module adds its own `kind` and credentials."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    name: str | None = None
    enabled: bool = True
    priority: Annotated[int, Field(ge=1)] = 1
    paths: tuple[str, ...] = ()
    url: str
    verify: bool = True
    ca_file: FilePath | None = None
    headers: dict[str, SecretStr] = {}
    timeout: Annotated[float, Field(gt=0, le=300)] = 30.0
    poll: Poll = Poll()

    @field_validator("url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")) or not url.split("://", 1)[1].strip("/"):
            raise ValueError("must be a web address such as http://127.0.0.1:8080/")
        if "@" in url.split("://", 1)[1].split("/", 1)[0]:
            raise ValueError("must hold no user name or password: use the keys for them")
        return url.rstrip("/") + "/"


class Client(abc.ABC):
    """One configured download client.

    A module in this folder that defines a subclass is a kind of client; nothing else needs to know of it.
    `poll` and `identify` raise only `ClientError`s. A client is polled by one task at a time. `states` maps every
    native state, by the word published as `native_state`, to ours; one that is not in it becomes `unknown`.

    `abilities` are the verbs it takes, `adds` the sources it can add (`magnet`, `http`, `torrent`, `nzb`), `settable`
    and `limitable` the fields of `Set` and `Limits` it knows. Only what is declared is ever asked of `execute`.

    Who polls may set `on_hint`, to be called when the program itself says that something happened, so that a poll is
    due at once. A kind that can listen does so in the background, from its first good poll to `aclose`, and tells
    bursts as one hint. No hint is ever relied on.
    """

    kind: ClassVar[str]
    title: ClassVar[str]
    protocol: ClassVar[Protocol]
    Settings: ClassVar[type[ClientSettings]]
    states: ClassVar[Mapping[str, State]]
    usual_urls: ClassVar[tuple[str, ...]]
    abilities: ClassVar[tuple[str, ...]] = ("poll",)
    adds: ClassVar[frozenset[str]] = frozenset()
    settable: ClassVar[frozenset[str]] = frozenset()
    limitable: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, id: str, settings: Any, http: Http) -> None:
        self.id = id
        self.settings = settings
        self.http = http
        self.version: str | None = None
        self.on_hint: Callable[[], None] | None = None

    @abc.abstractmethod
    async def poll(self, *, complete: bool) -> Listing:
        """What the client says now; raises `ClientError`.

        `complete` asks for the whole list; it is always set on the first poll and on the first after a failure.
        Without it a client that can tell changes only should do so.
        """

    async def execute(self, command: Command) -> str | None:
        """Do it, once; the id (`Download.id`) of an added download where the client tells.

        Raises `RequestError` when the client refuses, `ClientError` when it cannot be asked. Never runs beside `poll`.
        Never sent again when the answer is lost.
        """
        raise RequestError("unsupported", f"{self.title} takes no commands")

    @classmethod
    @abc.abstractmethod
    async def identify(cls, http: Http) -> Literal["open", "locked"] | None:
        """Whether the program at `http` is of this kind, and if so, whether it lets us in without credentials."""

    async def aclose(self) -> None:
        """Log out where that matters and close the connection."""
        await self.http.aclose()
