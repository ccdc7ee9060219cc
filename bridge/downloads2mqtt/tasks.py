"""Tasks that end when they are told to: in Python 3.11 `asyncio.wait_for`, which libraries use, may forget it."""

import asyncio
from typing import Any

AGAIN_SECONDS = 0.2


def heed_cancellation() -> None:
    """To be called after what may have swallowed that this task was cancelled; raises `CancelledError` if it was."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def end(*tasks: asyncio.Task[Any]) -> None:
    """Cancel them until they have ended, whatever comes of them."""
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=AGAIN_SECONDS)
    for task in tasks:
        if not task.cancelled():
            task.exception()
