"""Memory: the bridge as the process that people run, without downloads and with many."""

import asyncio
import subprocess
import tempfile
from pathlib import Path
from statistics import median

import msgspec

from downloads2mqtt.contract.topics import ANY, Topics

from .broker import ear, mosquitto
from .child import child, synthetic
from .cycle import CHANGED

POLL_SECONDS = 0.5


async def measure(downloads: int, rounds: int, polls: int) -> dict[str, dict[str, float]]:
    """Median MB resident after `polls` polls with changes, and the peak; with none and with many taking turns."""
    samples: dict[str, list[dict[str, float]]] = {"none": [], "many": []}
    for _ in range(rounds):
        samples["none"].append(await _bridge(0, polls))
        samples["many"].append(await _bridge(downloads, polls))
    return {
        name: {key: round(median(one[key] for one in some), 3) for key in some[0]} for name, some in samples.items()
    }


async def _bridge(downloads: int, polls: int) -> dict[str, float]:
    topics = Topics("bench")
    filter = topics.download(ANY, ANY) if downloads else topics.client(ANY, "stats")
    with tempfile.TemporaryDirectory() as folder:
        async with synthetic("qbittorrent", downloads) as program, mosquitto() as broker:
            path = _configuration(Path(folder), program.url, broker.url)
            arguments = ("-m", "downloads2mqtt", "bridge", "--config", str(path))
            async with (
                ear(broker.port, filter, max(1, downloads)) as subscriber,
                child(*arguments, errors=subprocess.DEVNULL) as process,
            ):
                first, last = await subscriber.heard()
                for _ in range(polls):
                    await program.change(min(CHANGED, downloads))
                    await asyncio.sleep(POLL_SECONDS)
                return {"first_to_last_s": last - first, **resident(process.pid)}


def _configuration(folder: Path, client: str, broker: str) -> Path:
    poll = {"active": POLL_SECONDS, "idle": POLL_SECONDS}
    settings = {
        "base_topic": "bench",
        "data": str(folder / "data"),
        "mqtt": {"url": broker},
        "clients": {"box": {"kind": "qbittorrent", "url": client, "poll": poll}},
    }
    path = folder / "configuration.yaml"
    path.write_bytes(msgspec.json.encode(settings))
    return path


def resident(pid: int) -> dict[str, float]:
    """MB that a process holds now and held at most."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    return {name: int(status[key].split()[0]) / 1024 for name, key in (("mb", "VmRSS"), ("peak_mb", "VmHWM"))}
