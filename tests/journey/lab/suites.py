"""Where a program comes from: this machine's Debian 12, or the folder with Debian 13's that `script/programs` made."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

SEARCH_PATH = "/usr/bin:/bin:/usr/sbin:/sbin"


class Missing(Exception):
    """A program that is not installed; the message is one sentence for the person who runs the tests."""


def cache() -> Path:
    """The folder that `script/programs` unpacks into."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("DOWNLOADS2MQTT_CACHE") or Path(base) / "downloads2mqtt")


@dataclass(frozen=True)
class Suite:
    """Programs of one Debian release. With a root, they run in it by chroot; loopback is shared with the host."""

    name: str
    root: Path | None = None

    def __str__(self) -> str:
        return self.name

    def require(self, binary: str) -> None:
        """Raise Missing unless the program is there and may be run."""
        if self.root is not None and os.geteuid() != 0:
            raise Missing(f"{binary} of {self.name} needs root: it runs in a folder entered by chroot.")
        if not self._has(binary):
            raise Missing(f"{binary} of {self.name} is not installed: run script/programs.")

    def command(self, argv: list[str]) -> list[str]:
        """The command as the host starts it. It dies with the thread that started it, even if that one is killed."""
        enter = ["chroot", str(self.root)] if self.root else []
        return ["setpriv", "--pdeathsig", "KILL", "--", *enter, *argv]

    def make_home(self, link: Path) -> Path:
        """Make a folder that the program can see; with a root it lies in there and `link` leads to it."""
        if self.root is None:
            link.mkdir(parents=True)
            return link
        sweep(self.root / "srv")
        home = Path(mkdtemp(prefix=f"{os.getpid()}-{link.name}-", dir=self.root / "srv"))
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(home)
        return home

    def remove_home(self, home: Path) -> None:
        """Remove what lies in the root; what lies on the host is the temporary folder's business."""
        if self.root is not None:
            shutil.rmtree(home, ignore_errors=True)

    def seen(self, path: Path) -> str:
        """The path as the program sees it."""
        return str(path if self.root is None else "/" / path.relative_to(self.root))

    def _has(self, binary: str) -> bool:
        root = self.root or Path("/")
        return any(os.path.lexists(root / folder[1:] / binary) for folder in SEARCH_PATH.split(":"))


def sweep(homes: Path) -> None:
    """Remove the homes whose tests were killed before they could; each name begins with their process id."""
    for home in homes.iterdir():
        if not Path("/proc", home.name.partition("-")[0]).exists():
            shutil.rmtree(home, ignore_errors=True)


BOOKWORM = Suite("bookworm")
TRIXIE = Suite("trixie", cache() / "trixie")
SUITES = {suite.name: suite for suite in (BOOKWORM, TRIXIE)}
