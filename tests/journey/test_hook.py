"""The ready lines of docs/clients, run by the real programs against the real relay."""

import asyncio
import json
import re
from functools import partial
from pathlib import Path

import pytest

from tests.bridge.listener import Listener

from .lab.aria2 import Aria2
from .lab.clients import DownloadClient
from .lab.deluge import Deluge
from .lab.laboratory import Laboratory
from .lab.programs import free_port
from .lab.qbittorrent import QBittorrent
from .lab.rtorrent import VERSIONS, Rtorrent
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .service import Service
from .test_run import completed, healthy

pytestmark = pytest.mark.timeout(180)

TOKEN = "hook-token-of-the-test"
PAGES = Path(__file__).parents[2] / "docs" / "clients"
LINE = re.compile(r"^(?:curl|method\.set_key) .*/hook/\w+.*$", re.MULTILINE)


def line(kind: str, page: int) -> str:
    """The page's own line, with our names in it."""
    found = LINE.search((PAGES / f"{kind}.md").read_text())
    assert found is not None
    ours = found[0].replace("TOKEN", TOKEN).replace("127.0.0.1:8484", f"127.0.0.1:{page}")
    return re.sub(r"/hook/\w+", f"/hook/{kind}", ours)


def script(kind: str, page: int, folder: Path) -> str:
    """The line in a file that can be run; its path."""
    path = folder / f"tell-of-{kind}"
    path.write_text(f"#!/bin/sh\n{line(kind, page)}\n")
    path.chmod(0o755)
    return str(path)


async def start(laboratory: Laboratory, page: int, folder: Path) -> list[DownloadClient]:
    """The torrent programs of the machine (the other suite's folder has no curl), set up as their pages say."""
    done = f"--on-bt-download-complete={script('aria2', page, folder)}"
    lab, more = laboratory.folder, line("rtorrent", page)
    qbittorrent, transmission, deluge = QBittorrent(lab), Transmission(lab), Deluge(lab)
    aria2, rtorrent = Aria2(lab, options=(done,)), Rtorrent(lab, VERSIONS["bookworm"], more=more)
    programs: list[DownloadClient] = [qbittorrent, transmission, deluge, aria2, rtorrent]
    await asyncio.gather(*(laboratory.start(program) for program in programs))
    preferences = {"autorun_enabled": True, "autorun_program": line("qbittorrent", page)}
    await qbittorrent.call("app/setPreferences", {"json": json.dumps(preferences)})
    enabled = {
        "script-torrent-done-enabled": True,
        "script-torrent-done-filename": script("transmission", page, folder),
    }
    await transmission.call("session-set", **enabled)
    await deluge.call("core.enable_plugin", "Execute")
    await deluge.call("execute.add_command", "complete", script("deluge", page, folder))
    await deluge.restart()
    return programs


async def test_done_is_on_the_bus_long_before_the_next_poll(
    laboratory: Laboratory, swarm: Swarm, tmp_path: Path
) -> None:
    broker, page = free_port(), free_port()
    clients = await start(laboratory, page, tmp_path)
    configuration = {
        "mqtt": {"embedded": {"listen": f"127.0.0.1:{broker}"}},
        "http": {"listen": f"127.0.0.1:{page}", "hook_token": TOKEN},
        "clients": {c.kind: {**c.settings(), "poll": {"active": 600, "idle": 600}} for c in clients},
    }
    service = Service(tmp_path / "run", "run", configuration)
    await service.start()
    try:
        await healthy(page, len(clients))
        async with Listener(broker) as seen:
            for client in clients:
                share = swarm.share(f"Hooked {client.kind}", 4 << 20, rate=4 << 20)
                id = await client.add(share.torrent.content)
                await client.see(id, "finished", within=30)
                await seen.until(partial(completed, seen, client, id.lower()), 2.0)
                assert f"downloads2mqtt/client/{client.kind}/request/poll" in dict(seen.log)
    finally:
        await service.kill()
    assert TOKEN not in service.log.read_text()
