"""The relay's part: fan-out, transitions through a broker, and bytes, each beside its peers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import fan_out, traffic, transition
from .audience import why_not
from .fan_out import SHARED, Crowd


@dataclass(frozen=True, slots=True)
class RelayExtent:
    """How much of it is measured. `transitions` are as many alone and as many beside progress."""

    crowds: tuple[Crowd, ...] = (
        Crowd(1_000, deltas=6, rounds=2),
        Crowd(5_000, deltas=6, rounds=1, variants=SHARED),
        Crowd(10_000, deltas=4, rounds=1, variants=SHARED),
    )
    readers: int = 1_000
    transitions: int = 14
    transition_rounds: int = 2
    active_seconds: float = 20.0
    idle_seconds: float = 30.0


QUICK = RelayExtent((Crowd(20, deltas=1, rounds=1),), 20, 3, 1, 2.0, 2.0)

Say = Callable[[str], None]


async def measure_fan_out(extent: RelayExtent, say: Say) -> dict[str, Any]:
    """By readers; what this machine cannot hold is left out, and `left_out` says why."""
    results: dict[str, Any] = {"crowds": {}, "left_out": {}}
    for crowd in extent.crowds:
        reason = why_not(crowd.readers)
        if reason is None:
            say(f"fan-out to {crowd.readers:,} readers")
            told = {"deltas": crowd.deltas, "rounds": crowd.rounds}
            results["crowds"][str(crowd.readers)] = told | {"variants": await fan_out.measure(crowd)}
        else:
            say(f"not measured: {crowd.readers:,} readers: {reason}")
            results["left_out"][str(crowd.readers)] = reason
    return results


async def measure_with_broker(extent: RelayExtent, say: Say) -> dict[str, Any]:
    """What needs Mosquitto; raises `Missing` without it."""
    say("from MQTT publish to the reader's frame")
    rounds, transitions = extent.transition_rounds, extent.transitions
    figures = await transition.measure(extent.readers, transitions, rounds)
    say("bytes to a page")
    sent = await traffic.measure(extent.active_seconds, extent.idle_seconds)
    return {
        "transition": {
            "readers": extent.readers, "transitions": transitions, "rounds": rounds, "variants": figures,
        },
        "traffic": {"active_seconds": extent.active_seconds, "idle_seconds": extent.idle_seconds, "ways": sent},
    }  # fmt: skip
