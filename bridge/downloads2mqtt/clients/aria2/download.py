"""A download as aria2 tells it, and as the contract has it. Pure."""

import sys
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

import msgspec

from downloads2mqtt.clients._json import count, harmless, percent, ratio, seconds_left
from downloads2mqtt.contract.download import Download, State

STATES: Mapping[str, State] = MappingProxyType(
    {
        "active": "downloading",  # or checking, metadata, seeding
        "waiting": "queued",  # or seeding
        "paused": "paused",  # or completed
        "complete": "completed",
        "error": "failed",
    }
)
LIVE = frozenset({"active", "waiting", "paused"})
REMOVED = "removed"
SAME_FILE, SAME_TORRENT = 11, 12

ERRORS: Mapping[int, str] = MappingProxyType(
    {
        2: "the server took too long",
        3: "the server does not have it",
        4: "the server did not have it, several times over",
        5: "it was slower than lowest-speed-limit allows",
        6: "the network failed",
        7: "aria2 was stopped before it was finished",
        8: "the server cannot go on where it was interrupted",
        9: "the disk is full",
        10: "its control file has another piece length",
        11: "aria2 downloads the same file already",
        12: "aria2 has the same torrent already",
        13: "the file exists already",
        14: "the file could not be renamed",
        15: "the file could not be opened",
        16: "the file could not be created",
        17: "reading or writing the file failed",
        18: "the folder could not be made",
        19: "the host name is not known",
        20: "the metalink cannot be read",
        21: "an FTP command failed",
        22: "the server's answer cannot be read",
        23: "the server redirects too often",
        24: "the server asks for a user name and password",
        25: "the torrent cannot be read",
        26: "the torrent is damaged",
        27: "the magnet is wrong",
        28: "an option is wrong",
        29: "the server is overloaded",
        30: "a request could not be read",
        32: "what was downloaded is damaged: its checksum is wrong",
    }
)
# Of what leads on to something else, before it is known to what.
_LEADS_ON = (".torrent", ".metalink", ".meta4")
_NOT_ON_DISK = ("[METADATA]", "[MEMORY]")

Number = int | float | None


class Uri(msgspec.Struct, frozen=True, gc=False):
    """Where a file comes from; may carry credentials."""

    uri: str = ""


class File(msgspec.Struct, frozen=True):
    """A file; its path is empty until the server gave it a name."""

    path: str = ""
    uris: list[Uri] = []


class Info(msgspec.Struct, frozen=True, gc=False):
    """What a torrent says of itself."""

    name: str = ""


class BitTorrent(msgspec.Struct, frozen=True):
    """`info` is missing while a magnet's contents are not known. `announceList` carries pass keys: never read."""

    info: Info | None = None


class Row(msgspec.Struct, frozen=True, rename="camel"):
    """What is asked of one download; all numbers come as texts, and what does not apply is left out."""

    gid: str
    status: str
    total_length: Number = None
    completed_length: Number = None
    upload_length: Number = None
    download_speed: Number = None
    upload_speed: Number = None
    connections: Number = None
    num_seeders: Number = None
    seeder: bool = False
    info_hash: str | None = None
    error_code: Number = None
    error_message: str | None = None
    followed_by: tuple[str, ...] = ()
    following: str | None = None
    belongs_to: str | None = None
    dir: str | None = None
    bittorrent: BitTorrent | None = None
    files: list[File] = []
    verified_length: Number = None
    verify_integrity_pending: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything of a torrent is there."""
        return self.info_hash is not None and 0 < (self.total_length or 0) <= (self.completed_length or 0)


KEYS = [field.encode_name for field in msgspec.structs.fields(Row)]


def normalise(client: str, id: str, row: Row, position: int | None) -> Download:
    """One download as the contract has it. aria2 tells no times."""
    torrent = row.info_hash is not None
    state = state_of(row)
    return Download(
        id=id,
        native_id=id if id == row.gid else row.gid,
        client=client,
        kind="aria2",
        protocol="torrent" if torrent else "http",
        name=name_of(row),
        state=state,
        native_state=sys.intern(row.status),
        progress=progress_of(row),
        size=count(row.total_length) or None,
        downloaded=count(row.completed_length),
        uploaded=count(row.upload_length) if torrent else None,
        download_rate=count(row.download_speed),
        upload_rate=count(row.upload_speed),
        eta=eta_of(row) if state == "downloading" else None,
        ratio=ratio_of(row) if torrent else None,
        seeds=count(row.num_seeders) if torrent else None,
        peers=peers_of(row) if torrent else None,
        path=path_of(row),
        queue_position=position,
        error=error_of(row) if state == "failed" else None,
    )


def state_of(row: Row) -> State:
    """The state of a download."""
    if row.status == "active":
        return _active(row)
    if row.whole and row.status == "waiting":
        return "seeding"
    if row.whole and row.status == "paused":
        return "completed"
    return STATES.get(row.status, "unknown")


def _active(row: Row) -> State:
    if row.verified_length is not None or row.verify_integrity_pending:
        return "checking"
    if row.info_hash is not None:
        known = row.bittorrent is not None and row.bittorrent.info is not None
        return "metadata" if not known else "seeding" if row.seeder or row.whole else "downloading"
    return "metadata" if _source(row).lower().endswith(_LEADS_ON) else "downloading"


def name_of(row: Row) -> str:
    """The torrent's name, or the file's, or the last part of the address that it comes from."""
    if row.bittorrent is not None and row.bittorrent.info is not None and row.bittorrent.info.name:
        return row.bittorrent.info.name
    path = row.files[0].path if row.files else ""
    for prefix in _NOT_ON_DISK:
        path = path.removeprefix(prefix)
    return path.rpartition("/")[2] or harmless(_source(row)) or row.gid


def _source(row: Row) -> str:
    """The last part of the address it comes from, without what may be secret in it."""
    uris = row.files[0].uris if row.files else []
    try:
        path = urlsplit(uris[0].uri).path if uris else ""
    except ValueError:
        return ""
    return unquote(path.rstrip("/").rpartition("/")[2])


def path_of(row: Row) -> str | None:
    """Where its contents are, or will be when finished."""
    path = row.files[0].path if row.files else ""
    if row.bittorrent is not None and row.bittorrent.info is not None and row.dir:
        return f"{row.dir.rstrip('/')}/{name_of(row)}"
    return path if path and not path.startswith(_NOT_ON_DISK) else row.dir or None


def progress_of(row: Row) -> float | None:
    """Of the whole; while checking, of the check."""
    if row.verified_length is not None:
        return percent(row.verified_length, row.total_length)
    return percent(row.completed_length, row.total_length)


def eta_of(row: Row) -> int | None:
    """Seconds left at the speed of this instant."""
    speed, left = count(row.download_speed), (row.total_length or 0) - (row.completed_length or 0)
    return seconds_left(left / speed) if speed and left > 0 else None


def ratio_of(row: Row) -> float | None:
    """Uploaded by downloaded."""
    uploaded, downloaded = count(row.upload_length), count(row.completed_length)
    return ratio(uploaded / downloaded) if uploaded is not None and downloaded else None


def peers_of(row: Row) -> int | None:
    """Connections to peers that are no seeds."""
    connections = count(row.connections)
    return None if connections is None else max(0, connections - (count(row.num_seeders) or 0))


def error_of(row: Row) -> str:
    """What aria2's number means, and what it says itself."""
    meaning = ERRORS.get(int(code)) if (code := count(row.error_code)) is not None else None
    message = harmless(row.error_message or "")
    if meaning and message:
        return f"{meaning} ({message})"
    return meaning or message or "aria2 reports an error: see its log"
