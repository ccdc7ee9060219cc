"""What a client can be told to do. Ids are the client's own (`Download.native_id`) and known to exist."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Add:
    """Add one download: `url` (http or magnet), or `content`, the bytes of a .torrent or .nzb called `filename`.

    `priority`: -1 low, 0 normal, 1 high, 2 before everything else. `path` is where the data shall lie, as the client
    sees it, and allowed.
    """

    url: str | None = None
    content: bytes | None = None
    filename: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    paused: bool = False
    path: str | None = None
    priority: int | None = None

    @property
    def source(self) -> str:
        """`magnet`, `http`, `torrent` or `nzb`: what it is that shall be added."""
        if self.url is not None:
            return "magnet" if self.url.startswith("magnet:") else "http"
        return "nzb" if (self.filename or "").lower().endswith(".nzb") else "torrent"


@dataclass(frozen=True, slots=True)
class _Selection:
    """`ids`, never empty; `None` is all of the client's downloads."""

    ids: tuple[str, ...] | None


class Pause(_Selection):
    """Stop before it is complete, or stop seeding."""


class Resume(_Selection):
    """Go on; try a failed one again."""


class Recheck(_Selection):
    """Verify what is on disk."""


class Reannounce(_Selection):
    """Ask the trackers for peers now."""


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove downloads, with `delete_data` also what was downloaded."""

    ids: tuple[str, ...]
    delete_data: bool = False


@dataclass(frozen=True, slots=True)
class Set:
    """Change what is not `None`. Limits in bytes per second, 0 for none; `queue_position` counts from 1."""

    ids: tuple[str, ...]
    category: str | None = None
    tags: tuple[str, ...] | None = None
    priority: int | None = None
    download_limit: int | None = None
    upload_limit: int | None = None
    queue_position: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Change what is not `None` of the whole client's limits, in bytes per second, 0 for none."""

    download_limit: int | None = None
    upload_limit: int | None = None
    alternative_limits: bool | None = None


Command = Add | Pause | Resume | Recheck | Reannounce | Remove | Set | Limits
