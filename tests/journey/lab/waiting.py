"""Waiting for something to become true, never longer than allowed."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

Value = TypeVar("Value")


async def until(
    ask: Callable[[], Awaitable[Value]], within: float = 20.0, what: str = "what was waited for", every: float = 0.1
) -> Value:
    """Ask until the answer is true and give it back; TimeoutError after so many seconds."""
    end = time.monotonic() + within
    while not (answer := await ask()):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {within:g} s: {what}")
        await asyncio.sleep(every)
    return answer
