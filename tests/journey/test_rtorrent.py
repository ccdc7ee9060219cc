"""The real rTorrent, old and new, over a port and over a socket: what the bridge's client tells it, it does."""

import asyncio
import hashlib
import xmlrpc.client
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from aiohttp import web

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.rtorrent import RTorrent, Settings
from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.contract.download import Download
from downloads2mqtt.errors import ClientError, RequestError

from .lab.laboratory import Laboratory
from .lab.programs import LOOPBACK, free_port
from .lab.rtorrent import VERSIONS, Rtorrent
from .lab.suites import Suite
from .lab.swarm import Swarm
from .lab.torrents import Value, encode, make_torrent
from .lab.waiting import until

pytestmark = pytest.mark.timeout(90)

MEBIBYTE = 1 << 20


@pytest.fixture(params=list(VERSIONS))
def suite(request: pytest.FixtureRequest) -> Suite:
    """Debian 12 has 0.9.8, which speaks XML-RPC; the next Debian one that speaks JSON-RPC."""
    return VERSIONS[request.param]


@pytest.fixture(params=[False, True], ids=["port", "socket"])
async def program(request: pytest.FixtureRequest, laboratory: Laboratory, suite: Suite) -> Rtorrent:
    """A running rTorrent."""
    return await laboratory.start(Rtorrent(laboratory.folder, suite, local=request.param))


@pytest.fixture
async def client(program: Rtorrent) -> AsyncIterator[RTorrent]:
    """The bridge's client for it."""
    client = client_of(program)
    yield client
    await client.aclose()


def client_of(program: Rtorrent, timeout: float = 10.0) -> RTorrent:
    settings = Settings(url=program.url)
    return RTorrent("box", settings, Http(settings.url, timeout=timeout))


async def shown(client: RTorrent, id: str) -> Download | None:
    return (await client.poll(complete=True)).downloads.get(id)


async def see(client: RTorrent, id: str, *states: str, within: float = 20.0) -> Download:
    """Wait until the client shows the download in one of the states."""
    found: Download | None = None

    async def seen() -> bool:
        nonlocal found
        found = await shown(client, id)
        return found is not None and found.state in states

    await until(seen, within, f"{id} is {' or '.join(states)}")
    assert found is not None
    return found


async def test_it_does_what_it_is_told(program: Rtorrent, client: RTorrent, swarm: Swarm) -> None:
    share = swarm.share("Told, twice", 6 * MEBIBYTE, rate=MEBIBYTE)
    folder = program.seen("downloads", "sub, (folder) ü")
    add = Add(content=share.torrent.content, filename="x.torrent", category="tv, ü & more", path=folder, priority=1)
    id = await client.execute(add)
    assert id == share.torrent.info_hash
    running = await see(client, id, "downloading")
    assert (running.category, running.path) == ("tv, ü & more", f"{folder}/Told, twice")
    await client.execute(Pause((id,)))
    paused = await see(client, id, "paused", within=1)
    await client.execute(Limits(download_limit=3 * MEBIBYTE, upload_limit=500))
    totals = (await client.poll(complete=False)).totals
    assert (totals.download_limit, totals.upload_limit) == (3 * MEBIBYTE, 1024)
    await client.execute(Set((id,), category="films", priority=-1))
    assert (await see(client, id, "paused")).category == "films"
    assert await program.call("d.priority", id.upper()) == 1
    announced = len(share.announces)
    await client.execute(Resume((id,)))
    await see(client, id, "downloading", within=2)
    await until(_announced(share.announces, announced), 10, "it announced itself again")
    announced = len(share.announces)
    await client.execute(Reannounce((id,)))
    await until(_announced(share.announces, announced), 10, "it announced itself at once")
    share.rate = 0
    await client.execute(Limits(0, 0))
    done = await see(client, id, "seeding")
    assert (done.progress, done.completed_at is not None) == (100.0, True)
    assert (paused.progress or 0) < 100
    await client.execute(Pause(None))
    await see(client, id, "completed", within=1)
    await client.execute(Resume(None))
    await see(client, id, "seeding", within=2)
    await client.execute(Remove((id,)))
    assert await shown(client, id) is None
    assert Path(program.home / "downloads" / "sub, (folder) ü" / "Told, twice").stat().st_size == 6 * MEBIBYTE


def _announced(announces: list[str], before: int) -> Callable[[], Awaitable[bool]]:
    async def more() -> bool:
        return len(announces) > before

    return more


async def test_it_is_added_paused_and_held(program: Rtorrent, client: RTorrent, swarm: Swarm) -> None:
    share = swarm.share("Held", MEBIBYTE)
    id = await client.execute(Add(content=share.torrent.content, filename="x.torrent", paused=True))
    assert id is not None
    assert (await see(client, id, "paused", within=1)).native_state == "stopped"
    assert not share.announces
    await program.call("d.start", id)
    await program.call("d.pause", id)
    assert (await see(client, id, "paused", "completed", within=1)).native_state == "paused"
    await client.execute(Resume((id,)))
    await see(client, id, "seeding", "downloading", within=1)
    assert await client.execute(Add(content=share.torrent.content, filename="x.torrent")) == id


async def test_a_check_is_seen_and_not_disturbed(program: Rtorrent, client: RTorrent) -> None:
    torrent = make_torrent("Checked", 150 * MEBIBYTE, announce="http://127.0.0.1:1/announce", piece_length=1 << 19)
    (program.home / "downloads" / "Checked").write_bytes(torrent.data)
    id = await client.execute(Add(content=torrent.content, filename="x.torrent"))
    assert id == torrent.info_hash
    await see(client, id, "seeding", within=30)

    async def caught() -> Download | None:
        """While it is checked, which on a busy machine may be over before a poll falls into it."""
        await client.execute(Recheck((id,)))
        with suppress(TimeoutError):
            return await see(client, id, "checking", within=0.5)
        return None

    checking = await until(caught, what="a check is seen")
    assert checking is not None
    assert checking.completed_at is None or checking.native_state == "hashing"
    await client.execute(Remove((id,)))
    assert await shown(client, id) is None


async def test_data_that_vanished_is_a_failure(program: Rtorrent, client: RTorrent, swarm: Swarm) -> None:
    share = swarm.share("Vanished", MEBIBYTE, rate=0)
    id = await client.execute(Add(content=share.torrent.content, filename="x.torrent"))
    assert id is not None
    await see(client, id, "seeding")
    await until(lambda: program.call("d.timestamp.finished", id))  # it has checked what it downloaded
    share.stalled = True
    (program.home / "downloads" / "Vanished").unlink()
    await client.execute(Recheck((id,)))
    failed = await see(client, id, "failed")
    assert "unfinished chunks" in (failed.error or "")
    share.stalled = False
    await client.execute(Resume((id,)))
    await see(client, id, "seeding")


async def test_a_restart_is_told(program: Rtorrent, client: RTorrent, swarm: Swarm) -> None:
    share = swarm.share("Restarted", MEBIBYTE, rate=0)
    id = await client.execute(Add(content=share.torrent.content, filename="x.torrent", category="tv"))
    assert id is not None
    before = await see(client, id, "seeding")
    await program.stop()
    with pytest.raises(ClientError):
        await client.poll(complete=False)
    await program.start()
    listing = await client.poll(complete=False)
    assert (listing.complete, listing.restarted) == (True, True)
    after = await see(client, id, "seeding")
    assert (after.added_at, after.completed_at, after.category) == (before.added_at, before.completed_at, "tv")
    assert not (await client.poll(complete=False)).restarted


async def test_what_is_too_large_is_told_in_a_sentence(client: RTorrent) -> None:
    torrent = make_torrent("Large", 1000, announce="http://127.0.0.1:1/" + "x" * 900_000)
    with pytest.raises(RequestError, match=r"takes 1024 KB at once and this .torrent needs 1176 KB: raise network"):
        await client.execute(Add(content=torrent.content, filename="x.torrent"))
    assert not (await client.poll(complete=True)).downloads


async def test_what_is_no_torrent_for_it_is_told(client: RTorrent) -> None:
    content = encode({"announce": "http://127.0.0.1:1/", "info": {"name": "x"}})
    with pytest.raises(RequestError, match="did not add it"):
        await client.execute(Add(content=content, filename="x.torrent"))


async def test_a_name_that_is_no_utf_8(program: Rtorrent, client: RTorrent) -> None:
    info: dict[str, Value] = {"name": b"caf\xe9\x01", "length": 1000, "piece length": 65536, "pieces": bytes(20)}
    content = encode({"announce": "http://127.0.0.1:1/", "info": info})
    id = await client.execute(Add(content=content, filename="x.torrent", paused=True))
    assert id is not None
    for _ in range(2):
        download = await shown(client, id)
        assert download is not None
        assert download.name.startswith("caf")


TRICKS = [
    "$execute2=touch,{file}",
    '";execute2=touch,{file};"',
    '";execute2=touch,{file}',
    ";execute2=touch,{file}",
    "\nexecute2=touch,{file}\n",
    "(execute2,touch,{file})",
    "((execute2,touch,{file}))",
    "{{(execute2,touch,{file})}}",
    "\\\";execute2=touch,{file}",
    "a,$execute2=touch,{file}",
]  # fmt: skip


async def test_no_trick_runs_a_command(program: Rtorrent, client: RTorrent, swarm: Swarm) -> None:
    """`touch` would leave a file. (In the newer version's folder there is no touch, but rTorrent would say so.)"""
    mark = program.home / "mark"
    kept = await client.execute(Add(content=swarm.share("Kept", MEBIBYTE).torrent.content, filename="x.torrent"))
    assert kept is not None
    for number, trick in enumerate(TRICKS):
        contents = [swarm.share(f"Trick {number}{which}", MEBIBYTE).torrent.content for which in "ab"]
        for command in tricked(kept, trick.format(file=program.seen("mark")), *contents):
            with suppress(RequestError):
                await client.execute(command)
    await asyncio.sleep(0.3)
    assert not mark.exists()
    labels = {download.category for download in (await client.poll(complete=True)).downloads.values()}
    assert labels >= {trick.format(file=program.seen("mark")) for trick in TRICKS}
    # The test would notice: the same trick unquoted does leave the file, where there is a touch.
    raw = xmlrpc.client.Binary(swarm.share("Open", MEBIBYTE).torrent.content)
    await program.call("load.raw", "", raw, f"d.custom1.set=a;execute.nothrow=touch,{program.seen('mark')}")
    if program.suite.root is None:
        await until(_exists(mark), 5, "a command is run")


def _exists(path: Path) -> Callable[[], Awaitable[bool]]:
    async def exists() -> bool:
        return path.exists()

    return exists


def tricked(id: str, text: str, one: bytes, other: bytes) -> list[Command]:
    magnet = f"magnet:?xt=urn:btih:{'ab' * 20}&tr=http://127.0.0.1:1/{text}"
    return [
        Set((id,), category=text),
        Pause((text,)),
        Add(url=text),
        Add(url=f"http://127.0.0.1:1/{text}"),
        Add(content=one, filename="x.torrent", path=f"/{text}", paused=True),
        Add(content=other, filename=text, category=text, paused=True),
        Add(url=magnet, category=text, paused=True),
    ]


@asynccontextmanager
async def tracker(port: int) -> AsyncIterator[str]:
    """A tracker that knows one peer."""

    async def announce(_: web.Request) -> web.Response:
        peers = bytes([127, 0, 0, 1]) + port.to_bytes(2, "big")
        return web.Response(body=encode({"interval": 60, "min interval": 5, "peers": peers}))

    application = web.Application()
    application.router.add_get("/announce", announce)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    own = free_port()
    await web.TCPSite(runner, LOOPBACK, own).start()
    try:
        yield f"http://{LOOPBACK}:{own}/announce"
    finally:
        await runner.cleanup()


def public_torrent(name: str, data: bytes, announce: str) -> bytes:
    """One whose contents a magnet may tell."""
    pieces = b"".join(hashlib.sha1(data[at : at + 65536]).digest() for at in range(0, len(data), 65536))
    info: dict[str, Value] = {"name": name, "length": len(data), "piece length": 65536, "pieces": pieces}
    return encode({"announce": announce, "info": info})


@pytest.mark.parametrize("program", [False], indirect=True, ids=["port"])
async def test_a_magnet_becomes_its_contents(program: Rtorrent, client: RTorrent, laboratory: Laboratory) -> None:
    seeder = await laboratory.start(Rtorrent(laboratory.folder, program.suite))
    async with tracker(seeder.peer_port) as url:
        (seeder.home / "downloads" / "From a magnet").write_bytes(bytes(MEBIBYTE))
        hash = await seeder.add(public_torrent("From a magnet", bytes(MEBIBYTE), url))
        await seeder.see(hash, "finished")
        folder = program.seen("downloads", "magnets, all")
        id = await client.execute(
            Add(url=f"magnet:?xt=urn:btih:{hash}&tr={url}", category="m, n", path=folder, priority=2)
        )
        assert id == hash
        states = set()

        async def whole() -> bool:
            listing = await client.poll(complete=True)
            if download := listing.downloads.get(id):
                states.add(download.state)
            return download is not None and download.state == "seeding"

        await until(whole, 30, "the magnet's contents are there", every=0.02)
        download = await shown(client, id)
        assert download is not None
        assert (download.category, download.path) == ("m, n", f"{folder}/From a magnet")
        assert await program.call("d.priority", hash.upper()) == 3
        assert "metadata" in states <= {"metadata", "checking", "downloading", "seeding"}
