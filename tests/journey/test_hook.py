"""The ready lines of docs/clients, run by the real programs against the real relay."""

import json
import re
import stat
from functools import partial
from pathlib import Path

import pytest

from tests.bridge.listener import Listener

from .lab.clients import DownloadClient
from .lab.programs import free_port
from .lab.qbittorrent import QBittorrent
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .service import Service
from .test_run import completed, healthy

TOKEN = "hook-token-of-the-test"
PAGES = Path(__file__).parents[2] / "docs" / "clients"


def line(client: DownloadClient, page: int) -> str:
    """The page's own line, with our names in it."""
    found = re.search(r"^curl .*/hook/seedbox$", (PAGES / f"{client.kind}.md").read_text(), re.MULTILINE)
    assert found is not None
    return found[0].replace("TOKEN", TOKEN).replace("8484", str(page)).replace("seedbox", client.kind)


async def hook(client: DownloadClient, page: int, folder: Path) -> None:
    """Set the program up as its page says."""
    if isinstance(client, QBittorrent):
        preferences = {"autorun_enabled": True, "autorun_program": line(client, page)}
        await client.call("app/setPreferences", {"json": json.dumps(preferences)})
    if isinstance(client, Transmission):
        script = folder / "tell-downloads2mqtt"
        script.write_text(f"#!/bin/sh\n{line(client, page)}\n")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        done = {"script-torrent-done-enabled": True, "script-torrent-done-filename": str(script)}
        await client.call("session-set", **done)


@pytest.mark.parametrize("suite", ["bookworm"], indirect=True)
async def test_done_is_on_the_bus_long_before_the_next_poll(
    qbittorrent: QBittorrent, transmission: Transmission, swarm: Swarm, tmp_path: Path
) -> None:
    broker, page = free_port(), free_port()
    clients: list[DownloadClient] = [qbittorrent, transmission]
    configuration = {
        "mqtt": {"embedded": {"listen": f"127.0.0.1:{broker}"}},
        "http": {"listen": f"127.0.0.1:{page}", "hook_token": TOKEN},
        "clients": {c.kind: {**c.settings(), "poll": {"active": 600, "idle": 600}} for c in clients},
    }
    service = Service(tmp_path / "run", "run", configuration)
    await service.start()
    try:
        await healthy(page, 2)
        async with Listener(broker) as seen:
            for client in clients:
                await hook(client, page, tmp_path)
                share = swarm.share(f"Hooked {client.kind}", 4 << 20, rate=4 << 20)
                id = await client.add(share.torrent.content)
                await client.see(id, "finished", within=30)
                await seen.until(partial(completed, seen, client, id), 2.0)
    finally:
        await service.kill()
    assert TOKEN not in service.log.read_text()
