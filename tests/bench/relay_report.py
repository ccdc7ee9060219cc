"""What was measured of the relay, in words: its aims and tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from .table import Aim, short, table
from .traffic import ACTIVE, ACTIVE_HOURS, DOWNLOADS
from .transition import SPACE

FAN_OUT = {
    "deflated": "the relay, each frame compressed once for all",
    "plain": "the relay, readers that take no compression",
    "websockets": "`websockets.broadcast`, not compressed",
    "websockets_deflated": "`websockets.broadcast`, compressed for each, its default",
    "aiohttp": "aiohttp's `send_str` for each, not compressed",
    "aiohttp_deflated": "aiohttp's `send_str`, compressed for each, its default",
    "bare_deflated": "asyncio's transport alone, each frame compressed once for all: the floor",
}
TRANSITION = {
    "deflated": "the relay, compressed once for all, as browsers get it",
    "websockets": "aiomqtt and `websockets.broadcast`, not compressed",
    "aiohttp": "aiomqtt and aiohttp's `send_str`, not compressed",
}
TRAFFIC = {
    "list": "polls the client's own list, all of it, not compressed",
    "list_gzip": "the same with gzip, as the client and all browsers do: a page without a relay",
    "state": "polls the relay's `GET /api/v1/state`, not compressed",
    "state_gzip": "the same with gzip",
    "state_etag": "the same with gzip, and 304 where nothing changed",
    "naive": "naive push: each changed download whole, not compressed",
    "naive_deflated": "naive push, compressed for each reader",
    "plain": "the relay, not compressed",
    "deflated": "the relay, compressed once for all, as browsers get it",
}
METHOD = (
    "Servers and readers are processes of their own on this machine, all readers of a server in one; what is compared "
    "takes turns within one run, and figures are medians. CPU is the server's own; memory is what its process holds "
    "more, after a collection of its garbage, with the system's socket buffers not counted; readers offer compression "
    "as browsers do."
)
COUNTED = (
    "All ways ran at the same time over the same downloads: a real bridge that polls as often as it does unasked "
    "({active_seconds:g} s with {active} downloading, then {idle_seconds:g} s with none). Counted is what comes back, "
    "with the headers of answers and frames. The day is made of {hours} hours of the former and {rest} of the latter, "
    "and of the first picture of what is pushed. A naive push tells nothing of clients and bridges, and no events."
)
CASES = ("alone", "beside")
REASONS = {
    "cpu_us": "giving as many bytes to asyncio's transport takes {floor:.2f} s here, nearly all of it the system's",
    "reader_kb": "an aiohttp WebSocket that only listens holds {floor:.0f} KB: parser, request, headers, task",
    "p99_ms": "broker, relay and all readers share the cores, and a change waits for the frames before it",
    "active": "what changes in {active} downloads has to be said, and takes more than that compressed",
    "gzip": "gzip takes nine tenths of a list whose rows are alike, and what changes compresses less",
}


def aims(relay: dict[str, Any]) -> list[Aim]:
    """The aims of those measurements that were made."""
    found: list[Aim] = []
    for readers, crowd in relay["fan_out"]["crowds"].items():
        figures, who = crowd["variants"]["deflated"], f"{int(readers):,} readers"
        reason = REASONS["cpu_us"].format(floor=crowd["variants"]["bare_deflated"]["cpu_us"] / 10)
        found.append(Aim(f"CPU for 100,000 frames to {who}", figures["cpu_us"] / 10, 1, "s", reason))
        reason = REASONS["reader_kb"].format(floor=crowd["variants"]["aiohttp"]["reader_kb"])
        found.append(Aim(f"memory for each of {who}", figures["reader_kb"], 8, "KB", reason))
    if "transition" in relay:
        readers, figures = relay["transition"]["readers"], relay["transition"]["variants"]["deflated"]
        for case, words in (("alone", ""), ("beside", f", while {ACTIVE} others make progress")):
            what = f"MQTT publish of a state change to the frame of {readers:,} readers, p99{words}"
            found.append(Aim(what, figures[case]["p99_ms"], 50, "ms", REASONS["p99_ms"]))
    if "traffic" in relay:
        found += _traffic_aims(relay["traffic"]["ways"])
    return found


def _traffic_aims(ways: dict[str, Any]) -> Iterable[Aim]:
    polled = {"list": "the client's list", "list_gzip": "the client's list with gzip"}
    for base, words in polled.items():
        for case, when in (("day", "in a day"), ("active", f"while {ACTIVE} of {DOWNLOADS} download")):
            left = 100 * ways["deflated"][case] / ways[base][case]
            reason = REASONS["gzip" if case == "day" else "active"].format(active=ACTIVE)
            yield Aim(f"bytes to a page, of those of polling {words}, {when}", left, 0.5, "%", reason)


def text(relay: dict[str, Any]) -> list[str]:
    """Its paragraphs as markdown."""
    parts = [METHOD]
    parts += [_fan_out(int(readers), crowd) for readers, crowd in relay["fan_out"]["crowds"].items()]
    left_out = relay["fan_out"]["left_out"].items()
    parts += [f"{int(readers):,} readers were not measured: {reason}." for readers, reason in left_out]
    if "transition" in relay:
        parts.append(_transition(relay["transition"]))
    if "traffic" in relay:
        said = relay["traffic"] | {"active": ACTIVE, "hours": ACTIVE_HOURS, "rest": 24 - ACTIVE_HOURS}
        parts += [COUNTED.format_map(said), _traffic(relay["traffic"]["ways"])]
    return parts


def _fan_out(readers: int, crowd: dict[str, Any]) -> str:
    figures = crowd["variants"]
    heads = (
        f"{readers:,} WebSocket readers, 8 rows twice a second, {crowd['deltas']} deltas, rounds: {crowd['rounds']}",
        "CPU s for 100,000 frames",
        "ratio",
        "bytes a frame",
        "ratio",
        "KB a reader",
        "ratio",
        "p50 / p99 ms",
    )
    return table(heads, (_fan_out_row(FAN_OUT[name], figures[name], figures["deflated"]) for name in _known(figures)))


def _known(figures: dict[str, Any]) -> list[str]:
    return [name for name in FAN_OUT if name in figures]


def _fan_out_row(title: str, one: dict[str, float], ours: dict[str, float]) -> Sequence[str]:
    missed = "" if one["delivered"] > 0.995 else f" (some deltas told in one: {one['delivered']:.0%} as many frames)"
    return (
        title + missed,
        f"{one['cpu_us'] / 10:.2f}",
        short(one["cpu_us"] / ours["cpu_us"]),
        f"{one['frame_bytes']:,.0f}",
        short(one["frame_bytes"] / ours["frame_bytes"]),
        short(one["reader_kb"]),
        short(one["reader_kb"] / ours["reader_kb"]),
        f"{short(one['p50_ms'])} / {short(one['p99_ms'])}",
    )


def _transition(measured: dict[str, Any]) -> str:
    figures, readers = measured["variants"], measured["readers"]
    heads = (
        f"MQTT publish (QoS 1) of a state change, every {SPACE} s, to the frame of {readers:,} readers; "
        f"{measured['transitions']} of each, rounds: {measured['rounds']}",
        "p50 / p99 ms",
        f"beside {ACTIVE} rows of progress a second: p50 / p99 ms",
        "CPU ratio",
        "bytes ratio",
    )
    ours = figures["deflated"]["beside"]
    return table(
        heads,
        (
            (
                title,
                *(f"{short(figures[name][case]['p50_ms'])} / {short(figures[name][case]['p99_ms'])}" for case in CASES),
                short(figures[name]["beside"]["cpu_us"] / max(ours["cpu_us"], 0.01)),
                short(figures[name]["beside"]["bytes"] / max(ours["bytes"], 0.01)),
            )
            for name, title in TRANSITION.items()
        ),
    )


def _traffic(ways: dict[str, Any]) -> str:
    heads = (
        f"one page, {DOWNLOADS} downloads, polled every 2 s",
        f"bytes a second, {ACTIVE} downloading",
        "none",
        "MB a day",
        "fewer than the list",
        "than the list with gzip",
    )
    return table(
        heads,
        (
            (
                title,
                f"{ways[name]['active']:,.0f}",
                f"{ways[name]['idle']:,.1f}",
                short(ways[name]["day"] / 1e6),
                *(_fewer(ways[name]["day"], ways[base]["day"]) for base in ("list", "list_gzip")),
            )
            for name, title in TRAFFIC.items()
        ),
    )


def _fewer(size: float, polled: float) -> str:
    return f"{100 * (1 - size / polled):.2f} %" if size < polled else ""
