"""What was measured, in words: the aims, and the tables for the terminal and README.md."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .machine import sentence

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
METHOD = (
    "Every client is a synthetic program in a process of its own that answers in the real one's words and compresses "
    "as it does; what is compared takes turns within one run, and the figures are medians (of {rounds} rounds, with "
    "Mosquitto {broker_rounds}, of memory {memory_rounds}, of fan-out {reader_rounds}). CPU is the bridge's own, from "
    "the request to the ledger on disk, without the broker; fetched is what came over the wire, in brackets before "
    "compression."
)
TITLES = {"qbittorrent": "qBittorrent", "transmission": "Transmission", "sabnzbd": "SABnzbd", "nzbget": "NZBGet"}
CASES = {
    "first": "first listing",
    "unchanged": "nothing changed",
    "changed": "{changed} changed",
    "finished": "{changed} changed, one of them finished",
    "complete": "the same, full listing",
}


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure that was aimed at; it is met when `measured` is below `aim`."""

    what: str
    measured: float
    aim: float
    unit: str

    @property
    def met(self) -> bool:
        """Whether it is."""
        return self.measured < self.aim


def aims(results: dict[str, Any]) -> list[Aim]:
    """The aims of those measurements that were made."""
    count, changed, broker = f"{results['downloads']:,}", results["changed"], results.get("broker")
    poll = results["cycles"]["qbittorrent"]
    found = [
        Aim(f"CPU of an unchanged poll of {count} torrents (qBittorrent)", poll["unchanged"]["cpu_ms"], 2, "ms"),
        Aim(f"CPU of {changed} changes of {count} (qBittorrent)", poll["changed"]["cpu_ms"], 10, "ms"),
    ]
    told, readers = results["fan_out"]["deflated"], f"{results['readers']:,}"
    found += [
        Aim(
            f"what {readers} readers are told, ten times a second, is old when they have it, p99",
            told["p99_ms"],
            250,
            "ms",
        ),
        Aim(f"memory for each of {readers} readers", told["reader_kb"], 30, "KB"),
    ]
    if broker:
        seconds = broker["first_publish"]["shipped"]["acknowledged_s"]
        found += [
            Aim(f"{count} retained states out, acknowledged", seconds, 2, "s"),
            Aim(f"memory at {count} downloads, peak", broker["memory"]["many"]["peak_mb"], 150, "MB"),
        ]
    return found


def with_verdicts(results: dict[str, Any]) -> dict[str, Any]:
    """The results, and beside them what was aimed at."""
    return results | {"aims": [asdict(aim) | {"met": aim.met} for aim in aims(results)]}


def text(results: dict[str, Any]) -> str:
    """All of it as markdown."""
    broker = results.get("broker")
    parts = [
        f"Measured by `./script/bench` on {sentence(results['machine'])}.",
        _aims(aims(results)),
        METHOD.format_map(results),
        _cycles(results),
        _fan_out(results["fan_out"], results["readers"]),
        *(_broker(broker, results["downloads"]) if broker else ["Mosquitto is not installed: not measured with it."]),
    ]
    return "\n\n".join(parts) + "\n"


def write_section(path: Path, section: str) -> None:
    """Replace the marked section of `path`; put it at the end when there is none yet."""
    before = path.read_text(encoding="utf-8")
    marked = f"{BEGIN}\n{section}{END}"
    found = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    after = found.sub(lambda _: marked, before, count=1)
    if not found.search(before):
        after = f"{before.rstrip()}\n\n## Measured\n\n{marked}\n"
    path.write_text(after, encoding="utf-8")


def _aims(aims: Iterable[Aim]) -> str:
    return _table(("", "measured", "aim", " "), map(_aim, aims))


def _aim(aim: Aim) -> Sequence[str]:
    verdict = "met" if aim.met else "**not met**"
    return aim.what, f"{_short(aim.measured)} {aim.unit}", f"< {aim.aim:g} {aim.unit}", verdict


def _cycles(results: dict[str, Any]) -> str:
    heads = ("one poll and diff", "", "CPU ms", "wall ms", "fetched KB", "states to publish", "CPU × full listing")
    rows: list[Sequence[str]] = []
    for kind, cases in results["cycles"].items():
        whole = cases["complete"]["cpu_ms"]
        for name, case in cases.items():
            rows.append(
                (
                    TITLES[kind] if name == "first" else "",
                    CASES[name].format(changed=results["changed"]),
                    _short(case["cpu_ms"]),
                    _short(case["wall_ms"]),
                    f"{_short(case['fetched'] / 1000)} ({_short(case['told'] / 1000)})",
                    f"{case['published']:,.0f}",
                    _short(case["cpu_ms"] / whole),
                )
            )
    return _table(heads, rows)


def _fan_out(figures: dict[str, Any], readers: int) -> str:
    titles = {
        "plain": "the relay, readers that take no compression",
        "deflated": "the relay, each frame compressed once for all",
        "aiohttp": "aiohttp's `send_str` for each, not compressed",
        "aiohttp_deflated": "aiohttp's `send_str` for each, compressed for each, its default",
    }
    rows = [
        (
            title,
            _short(figures[name]["cpu_us"]),
            _short(figures[name]["cpu_us"] / figures["aiohttp_deflated"]["cpu_us"]),
            f"{figures[name]['frame_bytes']:,.0f}",
            _short(figures[name]["reader_kb"]),
            f"{_short(figures[name]['p50_ms'])} / {_short(figures[name]['p99_ms'])}",
        )
        for name, title in titles.items()
    ]
    heads = (
        f"{readers:,} WebSocket readers, 8 rows ten times a second, all on this machine",
        "CPU µs a frame",
        "ratio",
    )
    return _table((*heads, "bytes a frame", "KB a reader", "p50 / p99 ms"), rows)


def _broker(broker: dict[str, Any], downloads: int) -> list[str]:
    return [_rates(broker["rate"]), _first_publish(broker["first_publish"], downloads), _memory(broker["memory"])]


def _rates(rate: dict[str, Any]) -> str:
    titles = {"": "as shipped (`mosquitto/mosquitto.conf`)", "_untuned": "without `set_tcp_nodelay`, its default"}
    rows = [
        (
            title,
            f"{rate['ours' + suffix]['per_second']:,} ({_short(rate['ours' + suffix]['cpu_us'])} µs)",
            f"{rate['one_by_one' + suffix]['per_second']:,} ({_short(rate['one_by_one' + suffix]['cpu_us'])} µs)",
            _short(rate["ours" + suffix]["per_second"] / rate["one_by_one" + suffix]["per_second"]),
        )
        for suffix, title in titles.items()
    ]
    heads = ("messages per second into Mosquitto (CPU each), QoS 1, retained, 600 bytes", "ours", "one by one", "ratio")
    return _table(heads, rows)


def _first_publish(first: dict[str, Any], downloads: int) -> str:
    heads = (f"first publish of {downloads:,}", "acknowledged", "seen by a subscriber", "since the start", "CPU")
    keys = ("acknowledged_s", "seen_s", "since_start_s", "cpu_s")
    titles = {"shipped": "Mosquitto as shipped", "untuned": "without `set_tcp_nodelay`"}
    return _table(heads, ((title, *(f"{first[name][key]:.2f} s" for key in keys)) for name, title in titles.items()))


def _memory(memory: dict[str, Any]) -> str:
    titles = {"none": "without downloads", "many": "with all of them"}
    rows = ((title, f"{memory[name]['mb']:.0f}", f"{memory[name]['peak_mb']:.0f}") for name, title in titles.items())
    return _table(("resident memory of `downloads2mqtt bridge`", "MB", "peak MB"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    ruler = ["---", *("---:" if head else "---" for head in heads[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, ruler, *rows))


def _short(number: float) -> str:
    """Three digits that matter."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2g}"
