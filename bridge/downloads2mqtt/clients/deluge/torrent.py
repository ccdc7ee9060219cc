"""A torrent as Deluge tells it, and as the contract has it. Pure."""

import sys
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from downloads2mqtt.clients._json import count, harmless, percent, ratio, seconds_left, when
from downloads2mqtt.contract.download import Download, State
from downloads2mqtt.contract.topics import download_id

STATES: Mapping[str, State] = MappingProxyType(
    {
        "Allocating": "checking",
        "Checking": "checking",
        "Downloading": "downloading",  # or metadata
        "Error": "failed",
        "Moving": "processing",
        "Paused": "paused",  # or completed, when it has everything
        "Queued": "queued",  # or seeding, when it has everything
        "Seeding": "seeding",
    }
)

Number = int | float | None


class Torrent(msgspec.Struct, frozen=True, gc=False):
    """What is asked of one torrent. `tracker` and `trackers` carry pass keys: never asked.

    `label` comes from the plugin of that name, `download_location`, `total_remaining` and `completed_time` are not
    there in 1.3. Numbers may be floats in 1.3.
    """

    hash: str
    name: str
    state: str
    message: str | None = None
    progress: Number = None
    is_finished: bool = False
    total_size: Number = None
    total_wanted: Number = None
    total_done: Number = None
    total_remaining: Number = None
    total_uploaded: Number = None
    download_payload_rate: Number = None
    upload_payload_rate: Number = None
    eta: Number = None
    ratio: Number = None
    num_seeds: Number = None
    num_peers: Number = None
    label: str | None = None
    save_path: str | None = None
    download_location: str | None = None
    queue: Number = None
    time_added: Number = None
    completed_time: Number = None
    tracker_status: str | None = None


KEYS = list(Torrent.__struct_fields__)


def normalise(client: str, torrent: Torrent) -> Download:
    """One torrent as the contract has it."""
    id = download_id(torrent.hash.lower())
    state = state_of(torrent)
    return Download(
        id=id,
        native_id=id if id == torrent.hash else torrent.hash,
        client=client,
        kind="deluge",
        protocol="torrent",
        name=torrent.name or torrent.hash,
        state=state,
        native_state=sys.intern(torrent.state),
        stage="moving" if torrent.state == "Moving" else None,
        progress=progress_of(torrent),
        size=count(torrent.total_wanted) if torrent.total_size else None,
        downloaded=done_of(torrent),
        uploaded=count(torrent.total_uploaded),
        download_rate=count(torrent.download_payload_rate),
        upload_rate=count(torrent.upload_payload_rate),
        # 0 is its word for "not known", and of a paused one it tells the last that it knew.
        eta=seconds_left(torrent.eta) or None if state == "downloading" else None,
        ratio=ratio(torrent.ratio),
        seeds=count(torrent.num_seeds),
        peers=count(torrent.num_peers),
        category=sys.intern(torrent.label) if torrent.label else None,
        path=path_of(torrent),
        queue_position=None if torrent.queue is None or torrent.queue < 0 else count(torrent.queue + 1),
        added_at=when(torrent.time_added),
        completed_at=when(torrent.completed_time),
        error=error_of(torrent) if state == "failed" else None,
        warning=warning_of(torrent),
    )


def state_of(torrent: Torrent) -> State:
    """The state of a torrent; one of which nothing is wanted counts as seeding, we call it paused."""
    state = STATES.get(torrent.state, "unknown")
    if state == "downloading" and torrent.total_size is not None and torrent.total_size <= 0:
        return "metadata"
    # A recheck takes back `is_finished` before it has begun.
    whole = bool(torrent.total_wanted) and (torrent.is_finished or torrent.total_remaining == 0)
    if state == "seeding":
        return "seeding" if whole else "paused"
    if whole and state == "queued":
        return "seeding"
    return "completed" if whole and state == "paused" else state


def done_of(torrent: Torrent) -> int | None:
    """How much of what is wanted is there; `progress` says 100 in an error, and of the work while moving."""
    if torrent.total_wanted is not None and torrent.total_remaining is not None:
        return count(torrent.total_wanted - torrent.total_remaining)
    return count(torrent.total_done)


def progress_of(torrent: Torrent) -> float | None:
    """Of what is wanted; while checking, of the check."""
    if torrent.state == "Checking":
        return percent(torrent.progress, 100)
    return percent(done_of(torrent), torrent.total_wanted) if torrent.total_size else None


def path_of(torrent: Torrent) -> str | None:
    """Where its contents are, or will be when finished."""
    folder = torrent.download_location or torrent.save_path
    return f"{folder.rstrip('/')}/{torrent.name}" if folder and torrent.total_size else folder or None


def error_of(torrent: Torrent) -> str:
    """What Deluge says is wrong."""
    message = harmless(torrent.message or "")
    return message if message not in ("", "OK") else "Deluge reports an error: see its log"


def warning_of(torrent: Torrent) -> str | None:
    """What the tracker says is wrong; 1.3 says even the first word of it in its own language."""
    status = torrent.tracker_status or ""
    wrong = status.startswith(("Error:", "Warning:"))
    return f"Tracker: {harmless(status.partition(':')[2])}" if wrong else None
