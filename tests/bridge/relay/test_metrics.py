"""What Prometheus reads, with its own parser."""

import asyncio
import time

import httpx
import websockets
from prometheus_client.parser import text_string_to_metric_families

from tests.bridge.relay.answering import AnsweringBus
from tests.bridge.relay.builders import download, event, health
from tests.bridge.relay.conftest import Relay, Start

Samples = dict[tuple[str, str], float]


async def read(relay: Relay) -> Samples:
    """Samples by name and the value of their one label."""
    async with httpx.AsyncClient() as http:
        answer = await http.get(relay.url("/metrics"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    return {
        (sample.name.removeprefix("downloads2mqtt_relay_"), next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_metrics(relay: Relay) -> None:
    bus = AnsweringBus(relay)
    relay.say("client/seedbox/download/a", download("a"))
    relay.say("client/seedbox/download/b", b"garbage")
    await relay.until(lambda relay: relay.hub.knows("seedbox"))
    before = await read(relay)
    assert before["readers", "websocket"] == 0
    assert before["requests_total", "ok"] == 0
    async with websockets.connect(relay.url("/api/v1/ws?epoch=old&seq=3", "ws")) as connection:
        while '"t":"snapshot"' not in str(await connection.recv()):
            pass
        async with httpx.AsyncClient() as http:
            assert (await http.post(relay.url("/api/v1/request/client/seedbox/poll"))).status_code == 200
            assert (await http.post(relay.url("/api/v1/request/client/nobody/poll"))).status_code == 404
        await asyncio.sleep(1.1)
        after = await read(relay)
    assert len(bus.asked) == 1
    expected = {
        ("readers", "websocket"): 1,
        ("readers", "sse"): 0,
        ("resumes_total", "ok"): 0,
        ("resumes_total", "snapshot"): 1,
        ("requests_total", "ok"): 1,
        ("requests_total", "not_found"): 1,
        ("bad_messages_total", "download"): 1,
        ("mqtt_connected", ""): 1,
        ("downloads", ""): 1,
        ("clients", ""): 1,
        ("clients_available", ""): 1,
        ("conflated_frames_total", ""): 0,
        ("dropped_events_total", ""): 0,
    }
    assert {key: after[key] for key in expected} == expected
    assert after["frames_total", ""] >= 2
    assert after["sent_bytes_total", ""] > 400
    assert after["loop_lag_seconds_count", ""] >= 1
    assert 0 <= after["mqtt_age_seconds", ""] < 10
    assert ("mqtt_lag_seconds", "") not in after, "what was retained tells of no lag"


async def test_nobody_keeps_them(relay: Relay) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(relay.url("/metrics"))).headers["Cache-Control"] == "no-store"


async def test_each_figure_is_its_own(relay: Relay) -> None:
    tally = relay.hub.channels.tally
    tally.frames, tally.bytes, tally.conflated, tally.dropped_events, tally.slow = 11, 22, 33, 44, 55
    tally.resumed, tally.not_resumed = 66, 77
    relay.feed.lag, relay.feed.said_at = 1.5, time.time() - 60
    told = await read(relay)
    names = ("frames", "sent_bytes", "conflated_frames", "dropped_events", "slow_readers")
    assert [told[f"{name}_total", ""] for name in names] == [11, 22, 33, 44, 55]
    assert (told["resumes_total", "ok"], told["resumes_total", "snapshot"]) == (66, 77)
    assert told["mqtt_lag_seconds", ""] == 1.5
    assert 60 <= told["mqtt_age_seconds", ""] < 70


async def test_lag(relay: Relay) -> None:
    relay.say("bridge/main/health", health("2999-01-01T00:00:00Z"))
    relay.say("client/seedbox/event", event(1))
    told = await read(relay)
    assert (told["mqtt_lag_seconds", ""], told["mqtt_age_seconds", ""]) == (0, 0), "a clock that is ahead is no lag"


async def test_each_relay_has_its_own(start: Start) -> None:
    one, other = await start(), await start()
    await one.greet("seedbox")
    assert (await read(one))["mqtt_connected", ""] == 1
    assert (await read(other))["mqtt_connected", ""] == 0
