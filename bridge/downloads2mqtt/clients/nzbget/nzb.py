"""What a group of the queue and an entry of the history have in common, and the words for the states of both."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec

from downloads2mqtt.contract.download import Download, Protocol, Stage, State
from downloads2mqtt.contract.topics import download_id

KIND: Final = "nzbget"
PROTOCOL: Final[Protocol] = "usenet"

# A group's Status, then the history's; of those that are not here the part before the "/" counts.
STATES: Final[Mapping[str, tuple[State, Stage | None]]] = MappingProxyType(
    {
        "QUEUED": ("queued", None),
        "PAUSED": ("paused", None),
        "FETCHING": ("metadata", None),
        "DOWNLOADING": ("downloading", None),
        "PP_QUEUED": ("processing", "script"),
        "QS_QUEUED": ("processing", "script"),
        "QS_EXECUTING": ("processing", "script"),
        "LOADING_PARS": ("processing", "verifying"),
        "VERIFYING_SOURCES": ("processing", "verifying"),
        "VERIFYING_REPAIRED": ("processing", "verifying"),
        "REPAIRING": ("processing", "repairing"),
        "RENAMING": ("processing", "script"),
        "UNPACKING": ("processing", "extracting"),
        "POST_UNPACK_RENAMING": ("processing", "script"),
        "MOVING": ("processing", "moving"),
        "EXECUTING_SCRIPT": ("processing", "script"),
        "PP_FINISHED": ("processing", "script"),
        **{f"SUCCESS/{why}": ("completed", None) for why in ("ALL", "UNPACK", "PAR", "HEALTH", "GOOD", "MARK")},
        **{f"WARNING/{why}": ("completed", None) for why in ("SCRIPT", "HEALTH")},
        **{f"WARNING/{why}": ("failed", None) for why in ("SPACE", "PASSWORD", "DAMAGED", "REPAIRABLE", "SKIPPED")},
        **{f"DELETED/{why}": ("failed", None) for why in ("DUPE", "COPY")},
        **{f"FAILURE/{why}": ("failed", None) for why in ("PAR", "UNPACK", "MOVE", "HEALTH", "BAD", "SCAN", "FETCH")},
        "FAILURE/INTERNAL_ERROR": ("failed", None),
    }
)


class Nzb(msgspec.Struct):
    """What both have. `Kind` is `URL` until the NZB file is fetched, which keeps the id."""

    NZBID: int
    Status: str
    Kind: str = "NZB"
    NZBName: str | None = None
    Category: str | None = None
    FinalDir: str | None = None
    DestDir: str | None = None
    MinPostTime: int = 0
    FileSizeLo: int = 0
    FileSizeHi: int = 0

    @property
    def size(self) -> int:
        """Bytes; 0 while it is only a URL."""
        return long(self.FileSizeHi, self.FileSizeLo)


class Row(NamedTuple):
    """What a group or a history entry comes to; without a download it is told of, but is none any more."""

    id: str
    download: Download | None
    posted: int
    left: int = 0
    connections: int = 0


def long(high: int, low: int) -> int:
    """64 bits that come in two halves, each of which may have been told as a signed number; 0 for "unknown" (-1)."""
    number = (high & 0xFFFFFFFF) << 32 | low & 0xFFFFFFFF
    return number if number < 2**63 else 0


def describe(client: str, nzb: Nzb, name: str | None, **known: Any) -> Download:
    """A download, from what both have and what is `known` of this one."""
    native_id = str(nzb.NZBID)
    return Download(
        id=download_id(native_id),
        native_id=native_id,
        client=client,
        kind=KIND,
        protocol=PROTOCOL,
        name=name or native_id,
        native_state=nzb.Status,
        size=nzb.size or None,
        category=nzb.Category or None,
        path=nzb.FinalDir or nzb.DestDir or None,
        **known,
    )
