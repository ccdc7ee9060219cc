"""The soak itself."""

import asyncio
import base64
import logging
import random
import signal
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx

from tests.journey.lab.aria2 import Aria2
from tests.journey.lab.clients import DownloadClient
from tests.journey.lab.deluge import Deluge
from tests.journey.lab.laboratory import Laboratory
from tests.journey.lab.mosquitto import Mosquitto
from tests.journey.lab.nzbget import Nzbget
from tests.journey.lab.programs import free_port
from tests.journey.lab.qbittorrent import QBittorrent
from tests.journey.lab.rtorrent import VERSIONS, Rtorrent
from tests.journey.lab.sabnzbd import Sabnzbd
from tests.journey.lab.suites import BOOKWORM, SUITES
from tests.journey.lab.swarm import Swarm
from tests.journey.lab.transmission import Transmission
from tests.journey.lab.usenet import NewsServer
from tests.journey.service import Service

from .listing import agrees, own_list
from .witness import Witness

MOST = 10
"""Downloads that a program is given at a time."""

STEADY = 0.4
"""The last part of the time, in which the bridge is not restarted, so that its memory can be watched."""

SETTLE_SECONDS = 120.0
BROKER = """listener {port} 127.0.0.1
allow_anonymous true
persistence true
persistence_location {folder}/
user root
max_queued_messages 0
log_dest stderr
"""
EXPECTED_REFUSALS = {"not_found", "offline", "failed"}

log = logging.getLogger("soak")


@dataclass
class Report:
    """What happened, and what should not have."""

    seconds: float = 0.0
    requests: Counter[str] = field(default_factory=Counter)
    restarts: Counter[str] = field(default_factory=Counter)
    figures: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


class Soak:
    """One run. Everything random follows from `seed`, but for the programs' own pace."""

    def __init__(self, folder: Path, minutes: float, seed: int) -> None:
        self._folder, self._seconds, self._random = folder, minutes * 60, random.Random(seed)
        self._laboratory = Laboratory(folder)
        self._swarm = Swarm()
        self._report = Report()
        self._memory: list[tuple[float, int]] = []
        self._added: defaultdict[str, set[str]] = defaultdict(set)
        self._count = 0
        self._clients: dict[str, DownloadClient] = {}

    async def run(self) -> Report:
        """Start everything, make trouble, look at what is left."""
        with self._swarm:
            async with self._laboratory:
                await self._start()
                try:
                    await self._make_trouble()
                    await self._settle()
                    self._judge()
                finally:
                    self._witness.stop()
                    await self._service.kill()
        return self._report

    async def _start(self) -> None:
        port = free_port()
        folder = self._folder / "broker"
        folder.mkdir(parents=True)
        configuration = folder / "soak.conf"
        configuration.write_text(BROKER.format(port=port, folder=folder))
        self._broker = await self._laboratory.start(Mosquitto(self._folder, configuration=configuration, port=port))
        self._news = await self._laboratory.start(NewsServer(self._folder))
        clients = await asyncio.gather(*(self._laboratory.start(client) for client in self._choose()))
        self._clients = {client.kind: client for client in clients}
        by_kind = {client.kind: {**client.settings(), "poll": {"active": 1, "idle": 2}} for client in clients}
        self._service = Service(
            self._folder / "bridge",
            "run",
            {
                "mqtt": {"url": self._broker.url},
                "control": "full",
                "http": {"listen": f"127.0.0.1:{free_port()}"},
                "clients": by_kind,
            },
        )
        self._witness = Witness(port)
        self._witness.start()
        await self._service.start()

    def _choose(self) -> list[DownloadClient]:
        """Every program, as old or as new as chance has it."""

        def suite() -> Any:
            return self._random.choice(list(SUITES.values()))

        folder = self._folder
        return [
            QBittorrent(folder, suite()),
            Transmission(folder, suite()),
            Deluge(folder, suite()),
            Aria2(folder, suite()),
            Rtorrent(folder, VERSIONS[self._random.choice(["bookworm", "forky"])]),
            Sabnzbd(folder, suite(), news=self._news),
            Nzbget(folder, BOOKWORM, news=self._news),
        ]

    async def _make_trouble(self) -> None:
        self._begun = time.monotonic()
        end = self._begun + self._seconds
        async with asyncio.TaskGroup() as group:
            for client in self._clients.values():
                group.create_task(self._use(client, end))
            group.create_task(self._disturb(end))
            group.create_task(self._watch_memory(end))
        self._report.seconds = time.monotonic() - self._begun

    async def _use(self, client: DownloadClient, end: float) -> None:
        """A person who cannot make up their mind."""
        while time.monotonic() < end:
            await asyncio.sleep(self._random.uniform(0.2, 3.0))
            status = self._witness.said(f"client/{client.kind}/status")
            if status is None:
                continue
            verb = self._random.choice([*status["abilities"], "add", "add", "add", "remove"])
            fields = self._fields(client, verb)
            if fields is None:
                continue
            answer = await self._witness.ask(f"client/{client.kind}", verb, **fields)
            self._report.requests[f"{client.kind} {verb}"] += 1
            self._take(client, verb, fields, answer)

    def _fields(self, client: DownloadClient, verb: str) -> dict[str, Any] | None:
        held = self._witness.downloads(client.kind)
        if verb == "add":
            return self._new(client) if len(held) < MOST else None
        if verb == "limits":
            return {"download_limit": self._random.choice([0, 2 << 20, 8 << 20])}
        if verb in ("poll", "find"):
            return {} if verb == "poll" else {"title": f"Soak {client.kind} {self._count}"}
        if not held:
            return None
        ids = self._random.sample(sorted(held), min(len(held), self._random.choice([1, 1, 1, 2])))
        if verb == "set":
            return {"ids": ids, "priority": self._random.choice([-1, 0, 1, 2])} if client.kind != "aria2" else None
        if verb == "remove":
            # Some refuse to delete what they finished: always asked for it, they would soon have no room for more.
            return {"ids": ids, "delete_data": self._random.random() < 0.5}
        if verb in ("pause", "resume") and self._random.random() < 0.1:
            return {"all": True}
        return {"ids": ids}

    def _new(self, client: DownloadClient) -> dict[str, Any]:
        self._count += 1
        name = f"Soak {client.kind} {self._count} Ünïcødé"
        size = self._random.choice([300_000, 1 << 20, 4 << 20])
        if client.kind in ("sabnzbd", "nzbget"):
            content, suffix = self._news.post(name, size), "nzb"
        else:
            share = self._swarm.share(name, size, rate=self._random.choice([300_000, 1 << 20, 8 << 20]))
            content, suffix = share.torrent.content, "torrent"
        return {"content": base64.b64encode(content).decode(), "filename": f"{name}.{suffix}"}

    def _take(self, client: DownloadClient, verb: str, fields: dict[str, Any], answer: dict[str, Any] | None) -> None:
        if answer is None:
            return
        if answer["status"] == "ok" and verb == "add":
            self._added[client.kind].add(answer["data"]["id"])
        if answer["status"] == "error" and answer["error"]["code"] not in EXPECTED_REFUSALS | {"unsupported"}:
            self._report.faults.append(f"{client.kind} {verb} {str(fields)[:200]}: {answer['error']}")
        if answer["status"] == "error":
            log.info("%s %s: %s", client.kind, verb, answer["error"]["message"])

    async def _disturb(self, end: float) -> None:
        """Restart one thing after the other."""
        while (left := end - time.monotonic()) > 30:
            await asyncio.sleep(self._random.uniform(5, 15))
            steady = left < self._seconds * STEADY
            what = self._random.choice(
                [*self._clients, "broker", *(() if steady else ("bridge", "bridge", "bridge killed"))]
            )
            log.info("restart: %s", what)
            self._report.restarts[what] += 1
            if what in self._clients:
                await self._clients[what].restart()
            elif what == "broker":
                await self._broker.restart()
            elif what == "bridge killed":
                await self._service.kill()
                await self._service.start()
            else:
                status, seconds = await self._service.stop(signal.SIGTERM)
                if status != 0 or seconds > 5:
                    self._report.faults.append(f"the bridge ended with {status} after {seconds:.1f} s")
                await self._service.start()

    async def _watch_memory(self, end: float) -> None:
        while time.monotonic() < end:
            await asyncio.sleep(2)
            with suppress(OSError, StopIteration):
                if self._service.pid is not None and end - time.monotonic() < self._seconds * STEADY:
                    self._memory.append((time.monotonic(), _resident(self._service.pid)))

    async def _settle(self) -> None:
        """No more limits and pauses; then everything comes to rest, and what is retained is what there is."""
        for share in list(self._swarm.shares.values()):
            share.rate = 0
        for kind in self._clients:
            await self._witness.ask(f"client/{kind}", "limits", download_limit=0)
            await self._witness.ask(f"client/{kind}", "resume", all=True)
        end = time.monotonic() + SETTLE_SECONDS
        differing = dict(self._clients)
        while differing and time.monotonic() < end:
            await asyncio.sleep(2)
            for kind, client in list(differing.items()):
                with suppress(httpx.HTTPError, OSError):
                    if agrees(await own_list(client), self._witness.downloads(kind)):
                        del differing[kind]
        for kind, client in differing.items():
            shown = {id: one["state"] for id, one in self._witness.downloads(kind).items()}
            self._report.faults.append(f"{kind} lists {await own_list(client)}, the bus {shown}")
        await asyncio.sleep(3)

    def _judge(self) -> None:
        witness, faults = self._witness, self._report.faults
        faults += [f"no answer: {request}" for request in witness.unanswered]
        faults += witness.contradictions
        seqs = sorted(witness.events)
        if seqs != list(range(1, len(seqs) + 1)):
            missing = sorted(set(range(1, (seqs or [0])[-1] + 1)) - set(seqs))
            faults.append(f"{len(missing)} events were never seen, such as {missing[:5]}")
        # By name, too: an NZBGet that has forgotten its last download gives the next one the same id after a restart.
        completed = Counter(
            (event["client"], event["id"], event["name"])
            for event in witness.events.values()
            if event["event"] == "completed"
        )
        faults += [f"{key} completed {times} times" for key, times in completed.items() if times > 1]
        finished = Counter(client for client, *_ in completed)
        faults += [f"{kind} completed nothing" for kind in self._clients if not finished[kind]]
        for kind in self._clients:
            for id, download in witness.downloads(kind).items():
                if download["state"] in ("seeding", "completed") and not completed[kind, id, download["name"]]:
                    faults.append(f"{kind} {id} is {download['state']}, but never completed")
        self._judge_memory()
        times = quantiles(witness.latencies, n=100) if len(witness.latencies) > 1 else [0.0] * 99
        self._report.figures |= {
            "requests": sum(self._report.requests.values()),
            "answers": dict(witness.answers),
            "asked again": witness.asked_again,
            "seconds to an answer, median and 99 of 100": (round(times[49], 3), round(times[98], 3)),
            "messages": witness.messages,
            "events": len(witness.events),
            "events that came twice": witness.repeats,
            "completed": dict(sorted(finished.items())),
            "added": {kind: len(ids) for kind, ids in sorted(self._added.items())},
        }

    def _judge_memory(self) -> None:
        quarter = len(self._memory) // 4
        if quarter < 3:
            return
        first, last = (
            median(size for _, size in part) / 2**20
            for part in (self._memory[quarter : 2 * quarter], self._memory[-quarter:])
        )
        self._report.figures["memory in MB, early and late"] = (round(first, 1), round(last, 1))
        if last > first * 1.1 + 3:
            self._report.faults.append(f"memory grew from {first:.1f} to {last:.1f} MB")


def _resident(pid: int) -> int:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024
