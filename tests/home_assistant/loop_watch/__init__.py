"""A custom component for Home Assistant: how long each turn of its event loop took, and how much of that was ours.

Ours is what runs while any function of `custom_components/downloads2mqtt` is on the stack, and so with what Home
Assistant does for it. `loop_watch.report` answers with the turns since it was last called, `loop_watch.collect` with
how long a full garbage collection takes now.
"""

import asyncio
import gc
import inspect
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from types import CodeType
from typing import Any, Final

DOMAIN: Final = "loop_watch"
OURS: Final = "custom_components/downloads2mqtt/"
SHORTEST: Final = 0.005
"""Turns that took less, in seconds of either clock, are not noted."""
MOST: Final = 20
TOOL: Final = sys.monitoring.PROFILER_ID


class Stopwatch:
    """CPU seconds of the main thread while something is under way, however deep."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._depth = 0
        self._begun = 0.0

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._depth > 0

    def enter(self) -> None:
        """It begins, or begins within itself."""
        if self._depth == 0:
            self._begun = time.thread_time()
        self._depth += 1

    def leave(self) -> None:
        """It ends, or ends within itself."""
        if self._depth > 0:
            self._depth -= 1
            if self._depth == 0:
                self.seconds += time.thread_time() - self._begun


class Watch:
    """The longest turns of the event loop.

    Only functions that were entered from elsewhere are timed: asking about each call of ours would take longer than
    most of them.
    """

    def __init__(self) -> None:
        self.ours = Stopwatch()
        self.collector = Stopwatch()
        self.turns: list[dict[str, Any]] = []
        self._main = threading.get_ident()
        self._entries: set[CodeType] = set()

    def start(self) -> None:
        """Watch from now on, as long as the process lives."""
        run, watch = asyncio.Handle._run, self

        def timed(handle: asyncio.Handle) -> None:
            watch.turn(handle, run)

        asyncio.Handle._run = timed  # type: ignore[method-assign, assignment]  # there is no public way
        gc.callbacks.append(self._on_collection)
        sys.monitoring.use_tool_id(TOOL, DOMAIN)
        events = sys.monitoring.events
        for event in (events.PY_START, events.PY_RESUME, events.PY_THROW):
            sys.monitoring.register_callback(TOOL, event, self._on_enter)
        for event in (events.PY_RETURN, events.PY_YIELD):
            sys.monitoring.register_callback(TOOL, event, self._on_leave)
        sys.monitoring.register_callback(TOOL, events.PY_UNWIND, self._on_unwind)
        every = events.PY_START | events.PY_RESUME | events.PY_THROW
        sys.monitoring.set_events(TOOL, every | events.PY_RETURN | events.PY_YIELD | events.PY_UNWIND)

    def turn(self, handle: asyncio.Handle, run: Callable[[asyncio.Handle], None]) -> None:
        """One callback of the loop."""
        name = handle._callback  # type: ignore[attr-defined]
        ours, collector = self.ours.seconds, self.collector.seconds
        wall, cpu = time.perf_counter(), time.thread_time()
        run(handle)
        cpu, wall = time.thread_time() - cpu, time.perf_counter() - wall
        if max(wall, cpu) >= SHORTEST:
            told = {"wall": wall, "cpu": cpu, "ours": self.ours.seconds - ours}
            self.turns.append({**told, "collector": self.collector.seconds - collector, "what": describe(name)})

    def report(self) -> dict[str, Any]:
        """The longest turns by CPU, those with most of ours, how many were noted; and begin again."""
        turns, self.turns = self.turns, []
        return {
            "turns": len(turns),
            "longest": sorted(turns, key=lambda one: -float(one["cpu"]))[:MOST],
            "ours": sorted(turns, key=lambda one: -float(one["ours"]))[:MOST],
        }

    # What is disabled is not asked about again; the two events of exceptions cannot be disabled.

    def _on_enter(self, code: CodeType, _offset: int, *exception: BaseException) -> Any:
        if code in self._entries:
            self.ours.enter()
        elif self._is_ours(code) and threading.get_ident() == self._main and self._is_entry(code):
            self._entries.add(code)
            self.ours.enter()
        return None if exception or code in self._entries else sys.monitoring.DISABLE

    def _is_ours(self, code: CodeType) -> bool:
        """Generators run within what goes through them."""
        return OURS in code.co_filename and not code.co_flags & inspect.CO_GENERATOR

    def _is_entry(self, code: CodeType) -> bool:
        """Whoever begins a coroutine, the loop goes on with it."""
        return not self.ours.running or bool(code.co_flags & inspect.CO_COROUTINE)

    def _on_leave(self, code: CodeType, _offset: int, _value: Any) -> Any:
        if code not in self._entries:
            # A coroutine that began before this watch will yet be an entry.
            return None if self._is_ours(code) and code.co_flags & inspect.CO_COROUTINE else sys.monitoring.DISABLE
        self.ours.leave()
        return None

    def _on_unwind(self, code: CodeType, _offset: int, _exception: BaseException) -> None:
        if code in self._entries:
            self.ours.leave()

    def _on_collection(self, phase: str, info: dict[str, int]) -> None:
        if threading.get_ident() == self._main:
            self.collector.enter() if phase == "start" else self.collector.leave()


def describe(callback: Any) -> str:
    """What a handle calls: for a task its coroutine."""
    while isinstance(callback, partial):
        callback = callback.func
    task = getattr(callback, "__self__", None)
    if isinstance(task, asyncio.Task):
        return f"task {task.get_name()}: {getattr(task.get_coro(), '__qualname__', '')}"[:160]
    return str(getattr(callback, "__qualname__", callback))[:160]


async def async_setup(hass: Any, config: dict[str, Any]) -> bool:
    """Begin, and register the action."""
    watch = Watch()
    watch.start()
    from homeassistant.core import SupportsResponse

    async def report(_call: Any) -> dict[str, Any]:
        return watch.report()

    async def collect(_call: Any) -> dict[str, Any]:
        gc.collect()
        begun = time.thread_time()
        gc.collect()
        return {"seconds": time.thread_time() - begun, "objects": len(gc.get_objects())}

    hass.services.async_register(DOMAIN, "report", report, supports_response=SupportsResponse.ONLY)
    hass.services.async_register(DOMAIN, "collect", collect, supports_response=SupportsResponse.ONLY)
    return True
