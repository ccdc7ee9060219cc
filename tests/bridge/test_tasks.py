"""Tasks that were told to end do."""

import asyncio

import pytest

from downloads2mqtt.tasks import end, heed_cancellation


async def forgetful(times: int) -> None:
    """Swallows that it is cancelled, so many times."""
    for _ in range(times):
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            continue
    await asyncio.sleep(60)


async def test_a_task_that_forgets_is_told_again() -> None:
    task = asyncio.create_task(forgetful(3))
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await end(task)
    assert task.cancelled()


async def test_what_failed_on_its_way_out_is_no_matter(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            raise ValueError

    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await end(task)
    assert isinstance(task.exception(), ValueError)


async def test_what_was_swallowed_is_raised() -> None:
    async def work() -> None:
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                heed_cancellation()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)


async def test_a_task_that_nobody_cancelled_goes_on() -> None:
    heed_cancellation()
