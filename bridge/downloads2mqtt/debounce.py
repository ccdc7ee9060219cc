"""Two words are ours and never a client's first one: "gone" and "stalled". Pure; the clock comes as an argument."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from downloads2mqtt.contract.download import Download
from downloads2mqtt.listing import Listing

STALL_SECONDS = 60.0
STALL_SAMPLES = 3
ABSENT_LISTINGS = 2
RECOVERY_SECONDS = 60.0


@dataclass(slots=True)
class _Observation:
    since: float
    count: int = 1


@dataclass(frozen=True, slots=True)
class Settled:
    """Ids whose download may differ from before, and those under whose id another download now stands."""

    touched: frozenset[str]
    replaced: frozenset[str]


class Debounce:
    """Holds what a client's listings add up to: `current`, by id.

    A download is gone on the client's explicit word, or when two complete listings lack it. In the minute after the
    client, or we, came back, those two must lie a minute apart for what was not seen since: programs answer while
    they still load their list (qBittorrent restores torrents one by one; Transmission 3.00 was seen to answer an
    empty "success").
    """

    def __init__(
        self, known: Mapping[str, Download], now: float, *, recovery_seconds: float = RECOVERY_SECONDS
    ) -> None:
        self.current: dict[str, Download] = dict(known)
        self._raw: dict[str, Download] = {}
        self._absent: dict[str, _Observation] = {}
        self._idle: dict[str, _Observation] = {}
        self._recovery_seconds = recovery_seconds
        self.interrupt(now)

    def interrupt(self, now: float) -> None:
        """The client failed to answer or was restarted."""
        self._interrupted_at = now
        self._unseen = set(self.current)

    def wants_complete(self, now: float) -> bool:
        """Whether a complete listing now could settle that a download is gone."""
        return any(seen.count < ABSENT_LISTINGS or self._ripe(id, seen, now) for id, seen in self._absent.items())

    @property
    def unsettled(self) -> bool:
        """Whether a download may be gone, which the next listings will tell."""
        return bool(self._absent)

    def settle(self, listing: Listing, now: float) -> Settled:
        """Take in one listing at `now` (seconds, monotonic)."""
        if listing.restarted:
            self.interrupt(now)
        if self._unseen:
            self._unseen -= listing.downloads.keys()
        gone = self._remove(listing.removed)
        if listing.complete:
            gone |= self._remove(self._confirmed_absent(listing.downloads, now))
        changed = {id for id, download in listing.downloads.items() if self._raw.get(id) is not download}
        for id in changed:
            self._take(id, listing.downloads[id], now)
        touched = gone | changed | self._newly_stalled(now)
        return Settled(frozenset(touched), listing.removed & listing.downloads.keys())

    def _remove(self, ids: Iterable[str]) -> set[str]:
        gone = set(ids)
        for id in gone:
            for table in (self.current, self._raw, self._absent, self._idle):
                table.pop(id, None)
        return gone

    def _confirmed_absent(self, downloads: Mapping[str, Download], now: float) -> list[str]:
        absent = self.current.keys() - downloads.keys()
        self._absent = {id: seen for id, seen in self._absent.items() if id in absent}
        for id in absent:
            if id in self._absent:
                self._absent[id].count += 1
            else:
                self._absent[id] = _Observation(now)
        return [id for id, seen in self._absent.items() if seen.count >= ABSENT_LISTINGS and self._ripe(id, seen, now)]

    def _ripe(self, id: str, seen: _Observation, now: float) -> bool:
        recovering = id in self._unseen and seen.since - self._interrupted_at < self._recovery_seconds
        return not recovering or now - seen.since >= self._recovery_seconds

    def _take(self, id: str, download: Download, now: float) -> None:
        before, raw_before = self.current.get(id), self._raw.get(id)
        self._raw[id] = download
        self._absent.pop(id, None)
        if download.state != "downloading" or _flows(raw_before, download):
            self._idle.pop(id, None)
            self.current[id] = download
        elif before is not None and before.state == "stalled":
            self.current[id] = replace(download, state="stalled")
        else:
            self._idle.setdefault(id, _Observation(now, 0))
            self.current[id] = download

    def _newly_stalled(self, now: float) -> set[str]:
        stalled = set()
        for id, seen in self._idle.items():
            seen.count += 1
            if seen.count >= STALL_SAMPLES and now - seen.since >= STALL_SECONDS:
                stalled.add(id)
        for id in stalled:
            del self._idle[id]
            self.current[id] = replace(self.current[id], state="stalled")
        return stalled


def _flows(before: Download | None, now: Download) -> bool:
    if now.download_rate:
        return True
    return before is not None and (now.downloaded or 0) > (before.downloaded or 0)
