"""What a person does with any download client, whatever its name."""

from abc import abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from .programs import RATE, Program
from .suites import BOOKWORM, Suite
from .waiting import until

USERNAME = "admin"
PASSWORD = "adminadmin"

State = Literal["waiting", "downloading", "paused", "finished", "failed"]


@dataclass(frozen=True)
class Sight:
    """What the client's own window would show of one download: its state, and how much is done (0 to 1)."""

    state: State
    done: float


class DownloadClient(Program):
    """A real download client, driven over its own interface."""

    kind: ClassVar[str]

    def __init__(self, folder: Path, suite: Suite = BOOKWORM, *, rate: int = RATE) -> None:
        """It takes at most so many bytes per second; 0 is no limit."""
        super().__init__(folder, suite)
        self._rate = rate

    def settings(self) -> dict[str, str]:
        """The client as our configuration names it."""
        return {"kind": self.kind, "url": self.url, "username": USERNAME, "password": PASSWORD}

    @abstractmethod
    async def add(self, content: bytes, *, name: str = "download", category: str = "") -> str:
        """Add a .torrent's or an .nzb's bytes and give the client's id; an NZB's job is called `name`."""

    @abstractmethod
    async def pause(self, id: str) -> None:
        """Pause one download."""

    @abstractmethod
    async def resume(self, id: str) -> None:
        """Let one download go on."""

    @abstractmethod
    async def remove(self, id: str) -> None:
        """Remove one download and its files, wherever the client shows it: queue or history."""

    @abstractmethod
    async def limit(self, bytes_per_second: int) -> None:
        """Limit what the client takes in all; 0 is no limit."""

    @abstractmethod
    async def look(self, id: str) -> Sight | None:
        """What the client shows of one download; None when it does not know it."""

    async def see(self, id: str, *states: State, done: float = 0.0, within: float = 30.0) -> Sight:
        """Wait until the download is in one of the states, or in any, with at least so much done."""

        sight: Sight | None = None

        async def seen() -> bool:
            nonlocal sight
            sight = await self.look(id)
            return sight is not None and (not states or sight.state in states) and sight.done >= done

        with suppress(TimeoutError):
            await until(seen, within)
            assert sight is not None
            return sight
        wanted = f"{' or '.join(states) or 'at all'}, {done:.0%} done"
        raise TimeoutError(f"{self.name} did not show {id} {wanted} within {within:g} s, but: {sight}")

    async def see_gone(self, id: str, within: float = 10.0) -> None:
        """Wait until the client does not know the download any more."""

        async def gone() -> bool:
            return await self.look(id) is None

        await until(gone, within, f"{self.name} has removed {id}")
