"""What the figures were measured on."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.journey.lab.suites import SEARCH_PATH

PACKAGES = ("httpx", "msgspec", "aiomqtt", "paho-mqtt", "aiohttp", "websockets")


def describe() -> dict[str, Any]:
    """CPU, cores, memory, system, versions, and the load before anything was measured."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": _system(),
        "python": platform.python_version(),
        "mosquitto": _mosquitto(),
        **{package: version(package) for package in PACKAGES},
        "load": round(os.getloadavg()[0], 2),
    }


def sentence(machine: dict[str, Any]) -> str:
    """The machine in one line."""
    programs = ", ".join(f"{name} {machine[name]}" for name in ("mosquitto", *PACKAGES) if machine[name])
    return (
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, {machine['system']}, "
        f"Python {machine['python']}, {programs}; load average at the start {machine['load']}"
    )


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = platform.system()
    return f"{name}, kernel {platform.release()}"


def _mosquitto() -> str | None:
    program = shutil.which("mosquitto", path=SEARCH_PATH)
    if program is None:
        return None
    told = subprocess.run([program, "-h"], capture_output=True, text=True, check=False).stdout.split()
    return told[2] if len(told) > 2 else None
