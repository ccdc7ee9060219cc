"""Payloads of the contract for tests, short to write."""

from typing import Any

from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.event import DownloadEvent
from downloads2mqtt.contract.status import BridgeHealth, BridgeInfo, ClientEntry, ClientStats, ClientStatus, no_counts

AT = "2026-11-21T10:00:00Z"
AT_SECONDS = 1_795_255_200.0


def download(id: str = "a", client: str = "seedbox", **fields: Any) -> Download:
    """A download that is under way unless told otherwise."""
    told: dict[str, Any] = {"native_id": id, "kind": "qbittorrent", "protocol": "torrent", "name": f"name of {id}"}
    told |= {"state": "downloading", "native_state": "downloading", "progress": 10.0, "size": 1000, "updated_at": AT}
    return Download(id=id, client=client, **{**told, **fields})


def event(seq: int, id: str = "a", client: str = "seedbox", *, at: str = AT, **fields: Any) -> DownloadEvent:
    """A transition from downloading to seeding unless told otherwise."""
    told: dict[str, Any] = {"event": "completed", "from_": "downloading", "to": "seeding"}
    last = download(id, client, state="seeding")
    return DownloadEvent(
        **{"seq": seq, "client": client, "id": id, "name": last.name, "at": at, "download": last, **told, **fields}
    )


def status(client: str = "seedbox", bridge: str = "main", **fields: Any) -> ClientStatus:
    """A client that answers."""
    told = {"kind": "qbittorrent", "protocol": "torrent", "name": client.title(), "state": "online", "since": AT}
    return ClientStatus(client=client, bridge=bridge, **{**told, **fields})


def stats(total: int, **fields: Any) -> ClientStats:
    """A client's totals."""
    return ClientStats(total=total, counts={**no_counts(), "downloading": total}, **fields)


def info(*clients: str, bridge: str = "main", started_at: str = AT, contract: int = 1) -> BridgeInfo:
    """A bridge that serves `clients`."""
    entries = tuple(ClientEntry(client=c, kind="qbittorrent", protocol="torrent", name=c.title()) for c in clients)
    return BridgeInfo(
        bridge=bridge, version="0.1.0", contract=contract, started_at=started_at, clients=entries, control="safe"
    )


def health(at: str = AT) -> BridgeHealth:
    """A bridge that fares well."""
    return BridgeHealth(uptime=60, published=1, queue=0, dropped_events=0, mqtt_reconnects=0, at=at)
