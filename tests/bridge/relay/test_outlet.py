"""Writing to a connection: never more than it takes, and what ails one reader stays with it."""

import asyncio
import logging
from typing import Any

import pytest

from downloads2mqtt.contract.frames import Heartbeat
from downloads2mqtt.relay.hub.frame import Encoded, Frame
from downloads2mqtt.relay.hub.tally import Tally
from downloads2mqtt.relay.outlet import HIGH_WATER, Outlet


class Wire(asyncio.Transport):
    """A transport whose far end reads when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.held = 0
        self.written: list[bytes] = []
        self.drained = asyncio.Event()
        self.broken = self.aborted = False

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        assert high == HIGH_WATER

    def get_write_buffer_size(self) -> int:
        return self.held

    def is_closing(self) -> bool:
        return self.aborted

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self.broken:
            raise ZeroDivisionError
        self.held += len(data)
        self.written.append(bytes(data))

    def abort(self) -> None:
        self.aborted = True
        self.drained.set()

    async def drain(self) -> None:
        while self.held > HIGH_WATER and not self.aborted:
            self.drained.clear()
            await self.drained.wait()

    def read(self) -> None:
        """The far end takes all."""
        self.held = 0
        self.drained.set()


FRAME = Frame(Heartbeat(seq=1, at="x" * 30_000))


def halves(frame: Encoded[Any]) -> tuple[bytes, ...]:
    return frame.payload[:15_000], frame.payload[15_000:]


@pytest.fixture
async def wire() -> Wire:
    return Wire()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_reader_that_reads_takes_frame_after_frame(wire: Wire) -> None:
    outlet = Outlet(wire, halves, wire.drain)
    for _ in range(10):
        assert outlet.send(FRAME)
        wire.read()
    assert b"".join(wire.written) == FRAME.payload * 10


async def test_a_full_one_takes_no_more_until_it_has_taken_all(wire: Wire) -> None:
    outlet, ready = Outlet(wire, halves, wire.drain), []
    outlet.on_ready = lambda: ready.append(len(wire.written))
    assert outlet.send(FRAME)
    assert outlet.send(FRAME)
    assert not outlet.send(FRAME)
    assert not outlet.send(FRAME)
    assert wire.held < HIGH_WATER + 30_100
    await settle()
    assert ready == []
    wire.read()
    await settle()
    assert ready == [8]
    assert b"".join(wire.written) == FRAME.payload * 4
    wire.read()
    assert outlet.send(FRAME)


async def test_nothing_is_written_after_the_end(wire: Wire) -> None:
    outlet = Outlet(wire, halves, wire.drain)
    for _ in range(4):
        outlet.send(FRAME)
    outlet.close()
    wire.read()
    await settle()
    written = len(wire.written)
    assert not outlet.send(FRAME)
    assert len(wire.written) == written


async def test_what_goes_wrong_with_one_reader_is_logged_and_ends_that_one(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    outlet = Outlet(wire, halves, wire.drain)
    wire.broken = True
    assert not outlet.send(FRAME)
    assert wire.aborted
    assert "a reader is let go" in caplog.text


async def test_what_goes_wrong_while_it_empties_ends_that_one_too(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    outlet = Outlet(wire, halves, wire.drain)
    for _ in range(4):
        outlet.send(FRAME)
    wire.broken = True
    wire.read()
    await settle()
    assert wire.aborted
    assert "a reader is let go" in caplog.text


async def test_a_connection_that_is_cut_while_it_empties_is_no_accident(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    async def drain() -> None:
        await asyncio.sleep(0)
        raise ConnectionResetError

    outlet = Outlet(wire, halves, drain)
    for _ in range(4):
        outlet.send(FRAME)
    await settle()
    assert caplog.text == ""


async def test_what_is_still_being_made_keeps_its_place(wire: Wire) -> None:
    made: asyncio.Future[tuple[bytes, ...]] = asyncio.get_running_loop().create_future()
    later, ready = Frame(Heartbeat(seq=2, at="later")), []

    def encode(frame: Encoded[Any]) -> tuple[bytes, ...] | asyncio.Future[tuple[bytes, ...]]:
        return made if frame is later else halves(frame)

    one, other = Outlet(wire, encode, wire.drain), Outlet(wire, encode, wire.drain)
    one.on_ready = lambda: ready.append("one")
    assert not one.send(later)
    assert not one.send(FRAME)
    assert not other.send(later)
    await settle()
    assert wire.written == []
    other.close()
    await settle()
    assert not made.cancelled(), "others wait for it"
    made.set_result((b"a", b"b"))
    await settle()
    assert b"".join(wire.written) == b"ab" + FRAME.payload
    assert ready == ["one"]
    assert one.send(later)


async def test_one_that_takes_nothing_is_stuck_and_one_that_takes_a_little_is_not(wire: Wire) -> None:
    tally, stuck = Tally(), []
    outlet = Outlet(wire, halves, wire.drain, tally=tally, patience=0.2)
    outlet.on_stuck = lambda: stuck.append(True)
    for _ in range(12):
        outlet.send(FRAME)
    for _ in range(4):
        await asyncio.sleep(0.1)
        wire.read()
    for _ in range(3):
        await settle()
        wire.read()
    assert not stuck
    assert tally.frames == 12
    assert tally.bytes == sum(map(len, wire.written)) == 12 * len(FRAME.payload)
    for _ in range(4):
        outlet.send(FRAME)
    await asyncio.sleep(0.4)
    assert stuck == [True]
    assert tally.slow == 1


async def test_who_gives_up_waiting_does_not_end_it_for_the_others() -> None:
    """aiohttp gives all who wait the same future."""
    taken = asyncio.get_running_loop().create_future()

    async def drain() -> None:
        await taken

    outlet = Outlet(Wire(), halves, drain)
    one, other = asyncio.create_task(outlet.drain()), asyncio.create_task(outlet.drain())
    await settle()
    one.cancel()
    await settle()
    assert not other.done()
    taken.set_result(None)
    await other
