"""The history: what became of a download, in a state and a sentence. Source: daemon/queue/DownloadInfo.cpp."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from downloads2mqtt.clients._json import percent, when
from downloads2mqtt.clients.nzbget.nzb import STATES, Nzb, Row, describe, long
from downloads2mqtt.contract.download import State
from downloads2mqtt.contract.topics import download_id

PREFIXES: Final[Mapping[str, State]] = MappingProxyType(
    {"SUCCESS": "completed", "WARNING": "completed", "FAILURE": "failed"}
)
GONE = "DELETED"

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "WARNING/SCRIPT": "a post-processing script failed",
        "WARNING/HEALTH": "some articles are missing",
        "WARNING/SPACE": "there is not enough space on the disk",
        "WARNING/PASSWORD": "the archive wants a password",
        "WARNING/DAMAGED": "it is damaged, and whether to repair it is left to you",
        "WARNING/REPAIRABLE": "it is damaged and can be repaired",
        "WARNING/SKIPPED": "the URL did not lead to an NZB file",
        "DELETED/DUPE": "a duplicate of another download",
        "DELETED/COPY": "the same NZB file was added before",
        "FAILURE/PAR": "the repair failed",
        "FAILURE/UNPACK": "unpacking failed",
        "FAILURE/MOVE": "the files could not be moved to their folder",
        "FAILURE/HEALTH": "too many articles are missing",
        "FAILURE/BAD": "it was marked as bad",
        "FAILURE/SCAN": "the NZB file cannot be read",
        "FAILURE/FETCH": "the NZB file could not be fetched",
        "FAILURE/INTERNAL_ERROR": "an internal error of NZBGet",
    }
)


class Past(Nzb):
    """What is kept of an entry of `history`; `RemainingFileCount` are files that were never downloaded."""

    Name: str | None = None
    HistoryTime: int = 0
    RemainingFileCount: int = 0
    RetryData: bool = False
    FailedArticles: int = 0
    DownloadedSizeLo: int = 0
    DownloadedSizeHi: int = 0
    Health: int = 1000
    ParStatus: str = "NONE"
    UnpackStatus: str = "NONE"
    MoveStatus: str = "NONE"
    ScriptStatus: str = "NONE"
    DeleteStatus: str = "NONE"
    MarkStatus: str = "NONE"
    UrlStatus: str = "NONE"

    @property
    def came(self) -> int:
        """Bytes that were downloaded."""
        return long(self.DownloadedSizeHi, self.DownloadedSizeLo)


def past_state(past: Past) -> State | None:
    """`None` for what a person deleted, or NZBGet because a better one is there, and for hidden duplicates."""
    known = STATES.get(past.Status)
    if known is not None:
        return known[0]
    prefix = past.Status.partition("/")[0]
    return None if prefix == GONE or past.Kind == "DUP" else PREFIXES.get(prefix, "unknown")


def row_of_past(client: str, past: Past) -> Row:
    """What it comes to."""
    state = past_state(past)
    if state is None:
        return Row(download_id(str(past.NZBID)), None, past.MinPostTime)
    done, came = state == "completed", min(past.came, past.size)
    download = describe(
        client,
        past,
        past.Name or past.NZBName,
        state=state,
        progress=100.0 if done else percent(came, past.size),
        downloaded=past.size if done else came,
        completed_at=when(past.HistoryTime) if done else None,
        error=sentence(past) if state == "failed" else None,
        warning=sentence(past) if done and not past.Status.startswith("SUCCESS") else None,
    )
    return Row(download.id, download, past.MinPostTime)


def sentence(past: Past) -> str:
    """Why, for a person: from the detail where it is known, else from the sub-statuses."""
    text = SENTENCES.get(past.Status)
    if text is None:
        names = ("Par", "Unpack", "Move", "Script", "Delete", "Mark", "Url")
        parts = ((name.lower(), getattr(past, f"{name}Status")) for name in names)
        text = ", ".join(f"{name} {word.lower()}" for name, word in parts if word != "NONE")
    health = f" (health {past.Health / 10:.1f} %)" if past.Status.endswith("/HEALTH") else ""
    return f"{past.Status}: {text}{health}" if text else past.Status
