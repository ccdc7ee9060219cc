"""What belongs together: a magnet and the torrent it leads to, the address of a torrent and the torrent. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from downloads2mqtt.clients.aria2.download import LIVE, REMOVED, SAME_FILE, SAME_TORRENT, Row
from downloads2mqtt.contract.topics import download_id


class Origin(NamedTuple):
    """The id of what was added, and the gid it had then."""

    id: str
    root: str


@dataclass(slots=True)
class Chain:
    """One download for a person: `row` is what is to be shown of it, `gids` are all that it was and is."""

    origin: Origin
    row: Row
    gids: list[str] = field(default_factory=list)


class Chains:
    """Puts rows together, and keeps an id for as long as aria2 runs.

    The id is the info-hash of a torrent or magnet, else the gid of what was added, and stays when that leads on to a
    torrent. When it leads on to several downloads, as a metalink may, it stays with the first of them. aria2 saves
    the first gid with its session, so a restart does not change it.
    """

    def __init__(self) -> None:
        self._origins: dict[str, Origin] = {}

    def merge(self, rows: Iterable[Row]) -> dict[str, Chain]:
        """The chains by id, of all rows: stopped ones first, the oldest first, then waiting and active ones."""
        by_gid = {row.gid: row for row in rows if row.belongs_to is None}
        self._remember(by_gid)
        chains: dict[str, Chain] = {}
        hidden: dict[str, list[str]] = {}
        for row in by_gid.values():
            origin = self._origins[row.gid]
            if row.followed_by:
                hidden.setdefault(origin.id, []).append(row.gid)
                continue
            chain = chains.get(origin.id)
            if chain is None:
                chain = chains[origin.id] = Chain(origin, row)
            elif _rank(row) >= _rank(chain.row):
                chain.origin, chain.row = origin, row
            chain.gids.append(row.gid)
        for id, gids in hidden.items():
            if id in chains:
                chains[id].gids[:0] = gids
        return chains

    def forget(self) -> None:
        """aria2 was started anew."""
        self._origins.clear()

    def _remember(self, by_gid: Mapping[str, Row]) -> None:
        siblings = Counter(row.following for row in by_gid.values() if row.following is not None)
        now: dict[str, Origin] = {}
        for row in by_gid.values():
            for each in reversed(_line(row, by_gid)):
                if each.gid not in now:
                    now[each.gid] = self._origin(each, by_gid, siblings, now)
        self._origins = now

    def _origin(
        self, row: Row, by_gid: Mapping[str, Row], siblings: Mapping[str, int], now: Mapping[str, Origin]
    ) -> Origin:
        own = Origin(download_id((row.info_hash or row.gid).lower()), row.gid)
        if row.following is None:
            return own
        if (parent := by_gid.get(row.following)) is not None:
            return now.get(row.following, own) if parent.followed_by[:1] == (row.gid,) else own
        if row.gid in self._origins or siblings[row.following] > 1:
            return self._origins.get(row.gid, own)
        # What it follows was purged before we came: most likely it was a magnet, which has the torrent's id.
        return Origin(download_id((row.info_hash or row.following).lower()), row.following)


def _line(row: Row, by_gid: Mapping[str, Row]) -> list[Row]:
    """A row and what it follows, as far as it is still listed."""
    line = [row]
    while (parent := by_gid.get(line[-1].following or "")) is not None and parent not in line:
        line.append(parent)
    return line


def _rank(row: Row) -> int:
    """Which of several rows of one torrent is to be shown; of equals the later one."""
    if row.status in LIVE:
        return 3
    if row.status == REMOVED:
        return 0
    return 1 if row.error_code in (SAME_FILE, SAME_TORRENT) else 2
