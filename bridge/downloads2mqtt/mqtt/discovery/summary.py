"""What no single message of the bus says: how much is left of a client, and whether it has a problem. Pure."""

from collections.abc import Iterable

import msgspec

from downloads2mqtt.contract.download import DONE, Download
from downloads2mqtt.contract.status import ClientStats, ClientStatus


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """`remaining_size` in bytes, `remaining_time` in seconds: the longest; `last_completed` in ISO 8601."""

    remaining_size: int
    remaining_time: int | None
    last_completed: str | None
    problem: bool | None


def summarize(
    status: ClientStatus, stats: ClientStats | None, downloads: Iterable[Download], last_completed: str | None
) -> Summary:
    """`last_completed` is what was so when this was done last; it never goes back."""
    size, longest = 0, None
    for download in downloads:
        if download.completed_at is not None and (last_completed is None or download.completed_at > last_completed):
            last_completed = download.completed_at
        if download.state in DONE or download.state == "failed":
            continue
        size += _left(download)
        if download.eta is not None and (longest is None or download.eta > longest):
            longest = download.eta
    refused = status.state in ("unauthorized", "error")
    failed = None if stats is None else stats.counts["failed"] > 0
    return Summary(
        remaining_size=size,
        remaining_time=longest,
        last_completed=last_completed,
        problem=True if refused else failed,
    )


def _left(download: Download) -> int:
    if download.size is None:
        return 0
    if download.downloaded is not None and download.downloaded <= download.size:
        return download.size - download.downloaded
    return round(download.size * (1 - (download.progress or 0) / 100))
