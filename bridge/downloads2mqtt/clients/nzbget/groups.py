"""The queue: groups, their order and their share of the one rate, and the totals. Source: daemon/remote/XmlRpc.cpp."""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from downloads2mqtt.clients._json import count, limit, percent, seconds_left
from downloads2mqtt.clients.nzbget.nzb import STATES, Nzb, Row, describe, long
from downloads2mqtt.contract.download import Download, Stage, State
from downloads2mqtt.listing import Totals

FORCE = 900
# Words that a group may have before all of its data is there: direct unpack, and scripts run for a new group.
EARLY = frozenset({"UNPACKING", "QS_QUEUED", "QS_EXECUTING"})


class Status(msgspec.Struct):
    """What is kept of the answer to `status`; rates and limit in bytes per second."""

    UpTimeSec: int
    DownloadedSizeLo: int = 0
    DownloadedSizeHi: int = 0
    DownloadRate: int = 0
    DownloadRateLo: int | None = None
    DownloadRateHi: int = 0
    DownloadLimit: int = 0
    DownloadPaused: bool = False
    PostJobCount: int = 0
    FreeDiskSpaceLo: int | None = None
    FreeDiskSpaceHi: int = 0

    @property
    def downloaded(self) -> int:
        """Bytes since it was started."""
        return long(self.DownloadedSizeHi, self.DownloadedSizeLo)

    @property
    def rate(self) -> int:
        """Bytes per second; `DownloadRate` is deprecated since 24.2."""
        if self.DownloadRateLo is None:
            return count(self.DownloadRate) or 0
        return long(self.DownloadRateHi, self.DownloadRateLo)


class Group(Nzb):
    """What is kept of an entry of `listgroups`."""

    RemainingSizeLo: int = 0
    RemainingSizeHi: int = 0
    PausedSizeLo: int = 0
    PausedSizeHi: int = 0
    RemainingParCount: int = 0
    MaxPriority: int = 0
    ActiveDownloads: int = 0

    @property
    def remaining(self) -> int:
        """Bytes not there yet, also those of `unwanted`."""
        return long(self.RemainingSizeHi, self.RemainingSizeLo)

    @property
    def paused(self) -> bool:
        """Whether none of what remains is to be downloaded; its word may still be DOWNLOADING."""
        return 0 < self.remaining <= long(self.PausedSizeHi, self.PausedSizeLo)

    @property
    def unwanted(self) -> int:
        """Bytes of par2 files that are downloaded only when a repair needs them; none when all of it is paused."""
        paused = long(self.PausedSizeHi, self.PausedSizeLo)
        return paused if paused < self.remaining else 0

    @property
    def processed(self) -> bool:
        """Whether all of its data is there, and work left."""
        return group_state(self, paused=False)[0] == "processing"


def group_state(group: Group, *, paused: bool) -> tuple[State, Stage | None]:
    """Its state, where the whole of NZBGet is `paused` or not."""
    state, stage = STATES.get(group.Status, ("unknown", None))
    if group.Status in EARLY and group.remaining > group.unwanted:
        state, stage = "downloading" if group.ActiveDownloads > 0 else "queued", None
    if state == "queued" and paused and group.MaxPriority < FORCE:
        state = "paused"
    return state, stage


def row_of_group(client: str, group: Group, *, paused: bool) -> Row:
    """What it comes to; its rate is known only beside the others."""
    state, stage = group_state(group, paused=paused)
    done, wanted = max(0, group.size - group.remaining), group.size - group.unwanted
    processed = state == "processing"
    download = describe(
        client,
        group,
        group.NZBName,
        state=state,
        stage=stage,
        progress=100.0 if processed else percent(done, wanted),
        downloaded=group.size if processed else done,
    )
    return Row(
        download.id, download, group.MinPostTime, group.remaining - group.unwanted, max(0, group.ActiveDownloads)
    )


def in_order(rows: list[Row], rate: int) -> Iterator[Download]:
    """The queue's downloads with position, rate and eta; the one common rate is shared out by connections."""
    connections = sum(row.connections for row in rows)
    for position, row in enumerate(rows, 1):
        download = row.download
        if download is None:
            continue
        if download.state != "downloading":
            yield replace(download, queue_position=position, download_rate=0)
            continue
        own = rate * row.connections // connections if connections else 0
        eta = seconds_left(row.left / own) if own else None
        yield replace(download, queue_position=position, download_rate=own, eta=eta)


def totals_of(status: Status) -> Totals:
    """The totals as the contract has them."""
    unknown = status.FreeDiskSpaceLo is None or status.FreeDiskSpaceHi & 0x80000000  # -1 before the folder exists
    free = None if unknown else long(status.FreeDiskSpaceHi, status.FreeDiskSpaceLo or 0)
    return Totals(download_rate=status.rate, download_limit=limit(status.DownloadLimit), free_space=free)
