"""Programs found at their usual addresses; here at those of the laboratory."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from downloads2mqtt import finder
from downloads2mqtt.clients import kinds
from downloads2mqtt.config import Configuration
from tests.journey.lab.laboratory import Laboratory
from tests.journey.lab.programs import free_port
from tests.journey.lab.qbittorrent import QBittorrent
from tests.journey.lab.suites import Missing
from tests.journey.lab.transmission import Transmission


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program of this machine is asked."""
    for client in kinds().values():
        monkeypatch.setattr(client, "usual_urls", (f"http://127.0.0.1:{free_port()}/",))


@pytest.fixture
async def laboratory(tmp_path: Path) -> AsyncIterator[Laboratory]:
    async with Laboratory(tmp_path) as laboratory:
        yield laboratory


async def test_nothing_there() -> None:
    assert await finder.find() == []


async def test_what_wants_a_password_is_named_and_not_tried(
    laboratory: Laboratory, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        programs = [QBittorrent(laboratory.folder), Transmission(laboratory.folder)]
    except Missing as missing:
        pytest.skip(str(missing))
    for program in programs:
        await laboratory.start(program)
        monkeypatch.setattr(kinds()[program.kind], "usual_urls", ("http://127.0.0.1:1/", f"{program.url}/"))
    found = await finder.find()
    assert [(one.title, one.is_open) for one in found] == [("qBittorrent", False), ("Transmission", False)]
    assert "password: …" in finder.snippet(found)


async def test_what_is_open_can_be_served_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = (
            b"HTTP/1.1 409 Conflict\r\nX-Transmission-Session-Id: abc\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        writer.write(head)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setattr(kinds()["transmission"], "usual_urls", (f"http://127.0.0.1:{port}/transmission/",))
    (found,) = await finder.find()
    server.close()
    assert found == finder.Found("transmission", "Transmission", f"http://127.0.0.1:{port}/transmission/", True)
    assert finder.snippet([found]) == f"clients:\n  transmission:\n    kind: transmission\n    url: {found.url}"
    fields = {"kind": found.kind, "url": found.url}
    assert Configuration.model_validate({"clients": {found.kind: fields}}).enabled_clients.keys() == {"transmission"}
