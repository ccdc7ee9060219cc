"""Synthetic download clients with thousands of downloads: just enough of each API, answered by a process of its own."""

from .base import Program
from .nzbget import Nzbget
from .qbittorrent import QBittorrent
from .sabnzbd import Sabnzbd
from .transmission import Transmission

PROGRAMS: dict[str, type[Program]] = {program.kind: program for program in (QBittorrent, Transmission, Sabnzbd, Nzbget)}
