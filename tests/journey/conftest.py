"""Real programs as fixtures. Each test gets its own; the swarm and the news server are shared, for they only give."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from .lab.clients import DownloadClient
from .lab.laboratory import Laboratory
from .lab.mosquitto import Mosquitto
from .lab.nzbget import Nzbget
from .lab.qbittorrent import QBittorrent
from .lab.sabnzbd import Sabnzbd
from .lab.suites import SUITES, Missing, Suite
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .lab.usenet import NewsServer


def outcome(missing: Missing) -> BaseException:
    """The test is skipped; or it fails, where everything has to be there."""
    if os.environ.get("REQUIRE_E2E") == "1":
        return pytest.fail.Exception(str(missing), pytrace=False)
    return pytest.skip.Exception(str(missing))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None, None, None]:
    """A program missing in a fixture."""
    try:
        yield
    except Missing as missing:
        raise outcome(missing) from None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    """A program missing in a test."""
    try:
        yield
    except Missing as missing:
        raise outcome(missing) from None


@pytest.fixture(scope="session", params=list(SUITES))
def suite(request: pytest.FixtureRequest) -> Suite:
    """Both releases; one of them with `@pytest.mark.parametrize("suite", ["trixie"], indirect=True)`."""
    return SUITES[request.param]


@pytest.fixture(scope="session")
def swarm() -> Iterator[Swarm]:
    """Tracker, seeder and web seed."""
    with Swarm() as swarm:
        yield swarm


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def news_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[NewsServer]:
    """A news server."""
    async with Laboratory(tmp_path_factory.mktemp("news")) as laboratory:
        yield await laboratory.start(NewsServer(laboratory.folder))


@pytest.fixture
async def laboratory(tmp_path: Path) -> AsyncIterator[Laboratory]:
    """Start what you like; all of it is ended after the test."""
    async with Laboratory(tmp_path) as laboratory:
        yield laboratory


@pytest.fixture
async def mosquitto(laboratory: Laboratory) -> Mosquitto:
    """A broker for everybody, with nothing retained yet."""
    return await laboratory.start(Mosquitto(laboratory.folder))


@pytest.fixture
async def qbittorrent(laboratory: Laboratory, suite: Suite) -> QBittorrent:
    """A running qBittorrent."""
    return await laboratory.start(QBittorrent(laboratory.folder, suite))


@pytest.fixture
async def transmission(laboratory: Laboratory, suite: Suite) -> Transmission:
    """A running Transmission."""
    return await laboratory.start(Transmission(laboratory.folder, suite))


@pytest.fixture
async def sabnzbd(laboratory: Laboratory, suite: Suite, news_server: NewsServer) -> Sabnzbd:
    """A running SABnzbd."""
    return await laboratory.start(Sabnzbd(laboratory.folder, suite, news=news_server))


@pytest.fixture
async def nzbget(laboratory: Laboratory, suite: Suite, news_server: NewsServer) -> Nzbget:
    """A running NZBGet."""
    return await laboratory.start(Nzbget(laboratory.folder, suite, news=news_server))


@pytest.fixture
async def clients(
    qbittorrent: QBittorrent, transmission: Transmission, sabnzbd: Sabnzbd, nzbget: Nzbget
) -> list[DownloadClient]:
    """One running client of each kind."""
    return [qbittorrent, transmission, sabnzbd, nzbget]


SIZE = 12 << 20
Offer = Callable[[DownloadClient, str], Awaitable[str]]


@pytest.fixture
def offer(swarm: Swarm, news_server: NewsServer) -> Offer:
    """Adds something new to a client, of the sort that it takes; gives the id under which the bus knows it."""

    async def add(client: DownloadClient, name: str) -> str:
        usenet = isinstance(client, Sabnzbd | Nzbget)
        content = news_server.post(name, SIZE) if usenet else swarm.share(name, SIZE, rate=1 << 20).torrent.content
        return (await client.add(content, name=name)).lower() if not usenet else await client.add(content, name=name)

    return add
