"""What each program itself says it has."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.journey.lab.clients import DownloadClient, State

FINISHED = {"seeding", "completed"}
UNDER_WAY = {
    *("queued", "metadata", "checking", "allocating", "downloading", "stalled", "retry-wait"),
    *("verifying", "repairing", "extracting", "moving"),
}
SHOWN_AS: dict[State, set[str]] = {
    "finished": FINISHED,
    "failed": {"failed", "warning"},
    "paused": {"paused"},
    "downloading": UNDER_WAY,
    "waiting": UNDER_WAY,
}


async def own_list(client: DownloadClient) -> dict[str, State]:
    """State by id, as the program's own interface lists its downloads."""
    ids = await _IDS[client.kind](client)
    sights = {id: await client.look(id) for id in ids}
    return {id.lower() if _is_hash(id) else id: sight.state for id, sight in sights.items() if sight is not None}


def agrees(listed: dict[str, State], retained: dict[str, dict[str, Any]]) -> bool:
    """Whether the bus shows the same downloads, each as its program does."""
    return listed.keys() == {id.lower() if _is_hash(id) else id for id in retained} and all(
        download["state"] in SHOWN_AS[listed[id.lower() if _is_hash(id) else id]] for id, download in retained.items()
    )


def _is_hash(id: str) -> bool:
    return len(id) == 40


async def _qbittorrent(client: Any) -> list[str]:
    return [torrent["hash"] for torrent in (await client.call("torrents/info", {})).json()]


async def _transmission(client: Any) -> list[str]:
    return [torrent["hashString"] for torrent in (await client.call("torrent-get", fields=["hashString"]))["torrents"]]


async def _deluge(client: Any) -> list[str]:
    return list(await client.call("core.get_session_state"))


async def _aria2(client: Any) -> list[str]:
    rows = [
        *await client.call("aria2.tellStopped", 0, 1000, ["gid", "infoHash"]),
        *await client.call("aria2.tellWaiting", 0, 1000, ["gid", "infoHash"]),
        *await client.call("aria2.tellActive", ["gid", "infoHash"]),
    ]
    return [row.get("infoHash") or row["gid"] for row in rows]


async def _rtorrent(client: Any) -> list[str]:
    return list(await client.call("download_list", ""))


async def _sabnzbd(client: Any) -> list[str]:
    queue, history = await client.call("queue"), await client.call("history")
    return [slot["nzo_id"] for slot in (*queue["queue"]["slots"], *history["history"]["slots"])]


async def _nzbget(client: Any) -> list[str]:
    entries = [*await client.call("listgroups", 0), *await client.call("history", False)]
    return [str(entry["NZBID"]) for entry in entries]


_IDS: dict[str, Callable[[Any], Awaitable[list[str]]]] = {
    "qbittorrent": _qbittorrent,
    "transmission": _transmission,
    "deluge": _deluge,
    "aria2": _aria2,
    "rtorrent": _rtorrent,
    "sabnzbd": _sabnzbd,
    "nzbget": _nzbget,
}
