"""What was measured, in words: the aims, and the tables for the terminal and README.md."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import relay_report
from .machine import sentence
from .table import Aim, aims_table, short, table

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
METHOD = (
    "Every client is a synthetic program in a process of its own that answers in the real one's words and compresses "
    "as it does; what is compared takes turns within one run, and the figures are medians (of {rounds} rounds, with "
    "Mosquitto {broker_rounds}, of memory {memory_rounds}). CPU is the bridge's own, from "
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


def aims(results: dict[str, Any]) -> list[Aim]:
    """The aims of those measurements that were made."""
    count, changed, broker = f"{results['downloads']:,}", results["changed"], results.get("broker")
    poll = results["cycles"]["qbittorrent"]
    found = [
        Aim(f"CPU of an unchanged poll of {count} torrents (qBittorrent)", poll["unchanged"]["cpu_ms"], 2, "ms"),
        Aim(f"CPU of {changed} changes of {count} (qBittorrent)", poll["changed"]["cpu_ms"], 10, "ms"),
    ]
    if broker:
        seconds = broker["first_publish"]["shipped"]["acknowledged_s"]
        found += [
            Aim(f"{count} retained states out, acknowledged", seconds, 2, "s"),
            Aim(f"memory at {count} downloads, peak", broker["memory"]["many"]["peak_mb"], 150, "MB"),
        ]
    return found + relay_report.aims(results["relay"])


def with_verdicts(results: dict[str, Any]) -> dict[str, Any]:
    """The results, and beside them what was aimed at."""
    return results | {"aims": [asdict(aim) | {"met": aim.met} for aim in aims(results)]}


def text(results: dict[str, Any]) -> str:
    """All of it as markdown."""
    broker = results.get("broker")
    parts = [
        f"Measured by `./script/bench` on {sentence(results['machine'])}.",
        aims_table(aims(results)),
        METHOD.format_map(results),
        _cycles(results),
        *(_broker(broker, results["downloads"]) if broker else ["Mosquitto is not installed: not measured with it."]),
        *relay_report.text(results["relay"]),
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
                    short(case["cpu_ms"]),
                    short(case["wall_ms"]),
                    f"{short(case['fetched'] / 1000)} ({short(case['told'] / 1000)})",
                    f"{case['published']:,.0f}",
                    short(case["cpu_ms"] / whole),
                )
            )
    return table(heads, rows)


def _broker(broker: dict[str, Any], downloads: int) -> list[str]:
    return [_rates(broker["rate"]), _first_publish(broker["first_publish"], downloads), _memory(broker["memory"])]


def _rates(rate: dict[str, Any]) -> str:
    titles = {"": "as shipped (`mosquitto/mosquitto.conf`)", "_untuned": "without `set_tcp_nodelay`, its default"}
    rows = [
        (
            title,
            f"{rate['ours' + suffix]['per_second']:,} ({short(rate['ours' + suffix]['cpu_us'])} µs)",
            f"{rate['one_by_one' + suffix]['per_second']:,} ({short(rate['one_by_one' + suffix]['cpu_us'])} µs)",
            short(rate["ours" + suffix]["per_second"] / rate["one_by_one" + suffix]["per_second"]),
        )
        for suffix, title in titles.items()
    ]
    heads = ("messages per second into Mosquitto (CPU each), QoS 1, retained, 600 bytes", "ours", "one by one", "ratio")
    return table(heads, rows)


def _first_publish(first: dict[str, Any], downloads: int) -> str:
    heads = (f"first publish of {downloads:,}", "acknowledged", "seen by a subscriber", "since the start", "CPU")
    keys = ("acknowledged_s", "seen_s", "since_start_s", "cpu_s")
    titles = {"shipped": "Mosquitto as shipped", "untuned": "without `set_tcp_nodelay`"}
    return table(heads, ((title, *(f"{first[name][key]:.2f} s" for key in keys)) for name, title in titles.items()))


def _memory(memory: dict[str, Any]) -> str:
    titles = {"none": "without downloads", "many": "with all of them"}
    rows = ((title, f"{memory[name]['mb']:.0f}", f"{memory[name]['peak_mb']:.0f}") for name, title in titles.items())
    return table(("resident memory of `downloads2mqtt bridge`", "MB", "peak MB"), rows)
