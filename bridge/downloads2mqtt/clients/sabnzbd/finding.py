"""Where jobs are at this moment: in the queue, or past it. SABnzbd says "true" of orders to jobs it does not have."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from downloads2mqtt.clients._json import decode
from downloads2mqtt.clients.sabnzbd.api import Api
from downloads2mqtt.clients.sabnzbd.asking import ask_queue, ask_sound_history
from downloads2mqtt.clients.sabnzbd.jobs import Queue, QueueSlot
from downloads2mqtt.errors import RequestError

EVERY = 100_000
AT_ONCE = 500  # its database takes no more than about a thousand conditions in one question

_ID = re.compile(r"[A-Za-z0-9_-]+")
_WORDS = frozenset({"all", "failed", "completed"})


class PastRow(msgspec.Struct):
    """What of a row of the history, or of one on its way there, matters for orders; `loaded` while it is worked on."""

    nzo_id: str
    status: str
    retry: bool | int | str | None = None
    loaded: bool = False
    fail_message: str | None = None

    @property
    def failed(self) -> bool:
        """Whether it can be tried again, which it can be from the history alone."""
        return self.status == "Failed" and not self.loaded

    @property
    def removable(self) -> bool:
        """Whether it is done or has not begun; it cannot be removed in the middle of its post-processing."""
        return self.status in ("Completed", "Failed", "Queued")


@dataclass(frozen=True, slots=True)
class Found:
    """The jobs that were looked for and are there, in the order of the queue; `paused` is the queue as a whole."""

    queue: Mapping[str, QueueSlot]
    past: Mapping[str, PastRow]
    paused: bool


async def find_jobs(api: Api, ids: Sequence[str]) -> Found:
    """Where these are, the queue being asked first; raises `RequestError` when none of them is anywhere."""
    wanted = set(ids_of(ids))
    queue = await ask_queue(api, joined(wanted))
    slots = {slot.nzo_id: slot for slot in _slots(api, queue) if slot.nzo_id in wanted}
    past = await find_past(api, sorted(wanted - slots.keys()))
    if not slots and not past:
        raise RequestError("not_found", "SABnzbd does not have it any more")
    return Found(slots, past, queue.paused)


async def find_queued(api: Api) -> list[QueueSlot]:
    """All of the queue."""
    return list(_slots(api, await ask_queue(api)))


async def find_past(api: Api, ids: Sequence[str]) -> dict[str, PastRow]:
    """Those of these that are in the history or on their way to it."""
    found: dict[str, PastRow] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        page = await ask_sound_history(api, EVERY, joined(some))
        rows = (decode(bytes(row), PastRow, api.place) for row in page.slots)
        # A job just finished may be there twice, still post-processing and in the end: the latter comes last.
        found |= {row.nzo_id: row for row in rows if row.nzo_id in some and row.status != "Deleted"}
    return found


def ids_of(ids: Iterable[str]) -> list[str]:
    """Each once, if they are ids and no word such as `all`."""
    found = list(dict.fromkeys(ids))
    if not found or not all(_ID.fullmatch(id) and id.lower() not in _WORDS for id in found):
        raise RequestError("not_found", "jobs are named by their nzo_id here, and one of these ids is none")
    return found


def joined(ids: Iterable[str]) -> str:
    """The ids as SABnzbd takes them, to be sent only when it is not empty."""
    return ",".join(ids)


def _slots(api: Api, queue: Queue) -> Iterator[QueueSlot]:
    slots = (decode(bytes(row), QueueSlot, api.place) for row in queue.slots)
    return (slot for slot in slots if slot.status != "Deleted")
