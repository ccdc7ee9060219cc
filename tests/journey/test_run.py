"""`downloads2mqtt run` as a person runs it: no broker of their own, a page in a browser, Ctrl-C at the end."""

import asyncio
import json
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect

from tests.bridge.listener import Listener
from tests.browser import Shown

from .conftest import Offer
from .lab.clients import DownloadClient
from .lab.programs import free_port
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .lab.usenet import NewsServer
from .service import Service
from .test_bus import told

pytestmark = pytest.mark.timeout(180)


def configuration(clients: list[DownloadClient], broker: int, page: int) -> dict[str, Any]:
    return {
        "mqtt": {"embedded": {"listen": f"127.0.0.1:{broker}"}},
        "http": {"listen": f"127.0.0.1:{page}"},
        "clients": {client.kind: {**client.settings(), "poll": {"active": 0.5, "idle": 0.5}} for client in clients},
    }


def completed(seen: Listener, client: DownloadClient, id: str) -> bool:
    return "completed" in told(seen, client, id)


async def healthy(page: int, clients: int) -> None:
    """Wait for the page to know so many available clients."""
    async with httpx.AsyncClient(trust_env=False) as http, asyncio.timeout(30):
        while True:
            try:
                reply = await http.get(f"http://127.0.0.1:{page}/healthz")
                if reply.status_code == 200 and reply.json()["clients_available"] == clients:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("suite", ["trixie"], indirect=True)
async def test_one_command_from_four_programs_to_a_page(
    clients: list[DownloadClient],
    offer: Offer,
    shown: Shown,
    tmp_path: Path,
) -> None:
    broker, page = free_port(), free_port()
    service = Service(tmp_path / "run", "run", configuration(clients, broker, page))
    await service.start()
    try:
        await healthy(page, 4)
        async with Listener(broker) as seen:
            await shown.open(f"http://127.0.0.1:{page}/")
            ids = {client.kind: await offer(client, f"Page {client.kind}") for client in clients}
            wanted = sorted(f"Page {client.kind}" for client in clients)
            async with asyncio.timeout(30):
                while sorted(name.removesuffix(".bin") for name in await shown.names()) != wanted:
                    await asyncio.sleep(0.1)
            for client in clients:
                await seen.until(partial(completed, seen, client, ids[client.kind]), 90)
            await shown.shows(".percent", *["100 %"] * 4)
            assert shown.complaints == []
            status, seconds = await service.stop(signal.SIGINT)
            assert status == 0
            assert seconds < 3
            await shown.link("Connection lost")
    finally:
        await service.kill()
    log = service.log.read_text()
    assert "Traceback" not in log
    assert "adminadmin" not in log


@pytest.mark.parametrize("suite", ["bookworm"], indirect=True)
async def test_the_native_websocket(
    transmission: Transmission, swarm: Swarm, news_server: NewsServer, tmp_path: Path
) -> None:
    broker, page = free_port(), free_port()
    service = Service(tmp_path / "run", "run", configuration([transmission], broker, page))
    await service.start()
    try:
        await healthy(page, 1)
        async with connect(f"ws://127.0.0.1:{page}/api/v1/ws") as socket:
            hello, snapshot = json.loads(await socket.recv()), json.loads(await socket.recv())
            assert (hello["t"], hello["v"], snapshot["t"]) == ("hello", 1, "snapshot")
            assert [client["client"] for client in snapshot["clients"]] == ["transmission"]
            share = swarm.share("Over the socket", 8 << 20)
            await transmission.add(share.torrent.content)
            seq, key, progress, events = snapshot["seq"], f"transmission:{share.torrent.info_hash}", [], []
            async with asyncio.timeout(60):
                while "completed" not in events:
                    frame = json.loads(await socket.recv())
                    if frame["t"] == "heartbeat":
                        continue
                    assert frame["seq"] == seq + 1
                    seq = frame["seq"]
                    if frame["t"] == "event":
                        events.append(frame["event"])
                    progress += [one["progress"] for one in [frame.get("set", {}).get(key, {})] if "progress" in one]
            assert events[0] == "added"
            assert len(progress) >= 3
        async with httpx.AsyncClient(trust_env=False) as http:
            state = (await http.get(f"http://127.0.0.1:{page}/api/v1/state")).json()
        assert [download["progress"] for download in state["downloads"]] == [100.0]
    finally:
        await service.kill()


async def cli(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the command to its end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "downloads2mqtt", *arguments,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "bridge"), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        cwd=folder,
    )  # fmt: skip
    out, complaints = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    return process.returncode, out.decode(), complaints.decode()


@pytest.mark.parametrize("suite", ["bookworm"], indirect=True)
async def test_poll_and_check(clients: list[DownloadClient], offer: Offer, tmp_path: Path) -> None:
    settings = configuration(clients, free_port(), free_port())
    path = Service(tmp_path / "cli", "poll", settings).path
    for client in clients:
        id = await offer(client, f"Polled {client.kind}")
        await client.see(id)
        status, out, _ = await cli(path.parent, "poll", client.kind)
        assert status == 0
        assert f"Polled {client.kind}" in out
        status, out, _ = await cli(path.parent, "poll", client.kind, "--json")
        assert [download["id"].lower() for download in json.loads(out)] == [id.lower()]
    status, out, complaints = await cli(path.parent, "check")
    assert status == 0, complaints
    assert out.count(": online: ") == 4
    assert "adminadmin" not in out + complaints
    assert "0123456789abcdef" not in out + complaints
    assert "**********" in out
    await clients[1].stop()
    status, out, _ = await cli(path.parent, "check")
    assert status == 1
    assert "transmission: offline: " in out
    status, out, complaints = await cli(path.parent, "poll", "nobody")
    assert (status, out) == (2, "")
    assert "there is no client 'nobody'" in complaints
