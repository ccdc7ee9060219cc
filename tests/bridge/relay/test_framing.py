"""A message as a WebSocket's frames, read by another implementation: plain, and deflated once for everybody."""

import asyncio
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame as Parsed
from websockets.frames import Opcode
from websockets.streams import StreamReader

from downloads2mqtt.contract.frames import Heartbeat
from downloads2mqtt.relay.framing import LARGEST_DEFLATED_HERE, SMALLEST_DEFLATED, compressed, deflated, framed
from downloads2mqtt.relay.hub.frame import Encoded, Frame

LENGTHS = st.sampled_from([0, 1, 125, 126, 127, 32767, 32768, 32769, 65535, 65536, 100_000]) | st.integers(0, 200_000)


def read(raw: bytes, *extensions: PerMessageDeflate) -> list[Parsed]:
    """Frames as another implementation reads them."""
    reader = StreamReader()
    reader.feed_data(raw)
    reader.feed_eof()
    frames = []
    while reader.buffer:
        parsing = Parsed.parse(reader.read_exact, mask=False, extensions=extensions)
        try:
            while True:
                next(parsing)
        except StopIteration as done:
            frames.append(done.value)
    return frames


def text(length: int) -> bytes:
    """Neither all the same nor without any pattern, as rows are."""
    words = random.Random(length).choices(
        [b'"state":"downloading"', b'"progress":', b"12.5,", b"debian-12.iso"], k=length
    )
    return b"".join(words)[:length]


@given(LENGTHS)
def test_plain(length: int) -> None:
    payload = text(length)
    frames = read(b"".join(framed(payload)))
    assert b"".join(frame.data for frame in frames) == payload
    assert [frame.opcode for frame in frames] == [Opcode.TEXT] + [Opcode.CONT] * (len(frames) - 1)
    assert [frame.fin for frame in frames] == [False] * (len(frames) - 1) + [True]


@given(st.lists(LENGTHS, min_size=1, max_size=5), st.integers(9, 15), st.booleans())
def test_deflated_reads_whatever_went_before(lengths: list[int], bits: int, takeover: bool) -> None:
    """The same bytes for a reader that keeps its window and for one that does not."""
    extension = PerMessageDeflate(not takeover, True, bits, 15)
    for length in lengths:
        frames = read(b"".join(deflated(text(length), bits)), extension)
        assert b"".join(frame.data for frame in frames) == text(length)
        assert [frame.opcode for frame in frames] == [Opcode.TEXT] + [Opcode.CONT] * (len(frames) - 1)


@given(st.binary(max_size=500), st.integers(9, 15))
def test_deflated_is_never_longer(payload: bytes, bits: int) -> None:
    pieces = deflated(payload, bits)
    assert sum(map(len, pieces)) <= sum(map(len, framed(payload)))
    assert b"".join(frame.data for frame in read(b"".join(pieces), PerMessageDeflate(True, True, bits, 15))) == payload


def test_short_ones_stay_as_they_are() -> None:
    assert deflated(b"x" * (SMALLEST_DEFLATED - 1), 15) == framed(b"x" * (SMALLEST_DEFLATED - 1))
    assert len(deflated(b"x" * SMALLEST_DEFLATED, 15)[0]) < 30


async def test_all_readers_of_a_frame_get_the_same_bytes() -> None:
    frame = Frame(Heartbeat(seq=1, at="x" * 1000))
    assert frame.wire(compressed(15)) is frame.wire(compressed(15))
    assert frame.wire(compressed(12)) is not frame.wire(compressed(15))


async def test_a_long_one_is_deflated_beside_the_event_loop() -> None:
    payload = Encoded(Heartbeat(seq=1, at=text(24_000_000).decode()))
    started, latest, worst = time.monotonic(), time.monotonic(), 0.0
    pieces = compressed(15)(payload)
    assert isinstance(pieces, asyncio.Future)
    while not pieces.done():
        await asyncio.sleep(0.001)
        worst, latest = max(worst, time.monotonic() - latest), time.monotonic()
    assert read(b"".join(pieces.result()), PerMessageDeflate(True, True, 15, 15))
    assert worst < (time.monotonic() - started) / 2


def test_what_is_deflated_in_the_event_loop_does_not_hold_it() -> None:
    payload, spent = text(LARGEST_DEFLATED_HERE), []
    for _ in range(5):
        started = time.process_time()
        deflated(payload, 15)
        spent.append(time.process_time() - started)
    assert min(spent) < 0.02


@pytest.mark.parametrize("bits", range(9, 16))
def test_windows_are_no_larger_than_asked_for(bits: int) -> None:
    """A reader with a small window cannot look further back: 40 KB of noise, repeated."""
    noise = random.Random(1).randbytes(40_000).hex().encode()
    frames = read(b"".join(deflated(noise + noise, bits)), PerMessageDeflate(True, True, bits, 15))
    assert b"".join(frame.data for frame in frames) == noise + noise
