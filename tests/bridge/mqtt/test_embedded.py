"""The broker of our own, in its process."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiomqtt
import pytest

from downloads2mqtt.errors import BrokerError
from downloads2mqtt.mqtt.embedded import EmbeddedBroker
from downloads2mqtt.mqtt.settings import MqttSettings
from tests.bridge.listener import Listener
from tests.journey.lab.programs import free_port

BRIDGE = str(Path(__file__).parents[3] / "bridge")


def settings(port: int, **more: Any) -> MqttSettings:
    return MqttSettings.model_validate({"embedded": {"listen": f"127.0.0.1:{port}"}, **more})


@asynccontextmanager
async def running(settings: MqttSettings) -> AsyncIterator[EmbeddedBroker]:
    broker = EmbeddedBroker(settings)
    await broker.start()
    try:
        yield broker
    finally:
        await broker.aclose()


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", BRIDGE)


async def test_retains_and_hands_over() -> None:
    port = free_port()
    async with running(settings(port)):
        async with Listener(port) as first:
            await first.publish("bridge/main/state", b"online", retain=True)
            await first.until(lambda: first.topics.get("downloads2mqtt/bridge/main/state") == b"online")
        async with Listener(port) as second:
            await second.until(lambda: second.topics.get("downloads2mqtt/bridge/main/state") == b"online")


async def test_each_is_sent_only_what_it_asked_for_and_once() -> None:
    port = free_port()
    async with running(settings(port)), Listener(port) as everything:
        for topic in ("a", "b"):
            await everything.publish(topic, topic.encode(), retain=True)
        await everything.until(lambda: len(everything.topics) == 2)
        async with aiomqtt.Client("127.0.0.1", port) as client:
            await client.subscribe("downloads2mqtt/b", 1)
            await everything.publish("b", b"last")
            told = []
            async for message in client.messages:
                told.append((str(message.topic), message.payload))
                if message.payload == b"last":
                    break
        assert told == [("downloads2mqtt/b", b"b"), ("downloads2mqtt/b", b"last")]


async def test_with_a_password_nobody_else_comes_in() -> None:
    port = free_port()
    async with running(settings(port, username="me", password="right-one")):
        async with Listener(port, username="me", password="right-one"):
            pass
        for wrong in ({}, {"username": "me", "password": "wrong"}, {"username": "you", "password": "right-one"}):
            with pytest.raises(aiomqtt.MqttError):
                async with Listener(port, **wrong):
                    pass


async def test_the_password_is_in_no_argument() -> None:
    port = free_port()
    async with running(settings(port, username="me", password="right-one")) as broker:
        assert broker._process is not None
        process = Path(f"/proc/{broker._process.pid}")
        assert b"right-one" not in process.joinpath("cmdline").read_bytes()
        assert b"right-one" not in process.joinpath("environ").read_bytes()


@pytest.mark.parametrize(
    ("listen", "password", "warns"),
    [
        ("127.0.0.1:1883", None, False),
        ("localhost:1883", None, False),
        ("[::1]:1883", None, False),
        ("0.0.0.0:1883", None, True),
        ("nas.local:1883", None, True),
        ("0.0.0.0:1883", "right-one", False),
    ],
)
def test_an_open_door_is_warned_of(
    caplog: pytest.LogCaptureFixture, listen: str, password: str | None, warns: bool
) -> None:
    who = {"username": "me", "password": password} if password else {}
    EmbeddedBroker(MqttSettings.model_validate({"embedded": {"listen": listen}, **who}))._say()
    assert ("lets anybody in" in caplog.text) is warns


async def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    port = free_port()
    async with running(settings(port)):
        with pytest.raises(BrokerError, match=rf"cannot listen on 127\.0\.0\.1:{port}: .*address already in use"):
            await EmbeddedBroker(settings(port)).start()


async def test_its_end_is_noticed() -> None:
    async with running(settings(free_port())) as broker:
        assert broker._process is not None
        broker._process.kill()
        with pytest.raises(BrokerError, match="ended by itself"):
            await asyncio.wait_for(broker.failed(), 10)


async def test_it_does_not_outlive_a_bridge_that_was_killed() -> None:
    script = (
        "import asyncio\n"
        "from downloads2mqtt.mqtt.embedded import EmbeddedBroker\n"
        "from downloads2mqtt.mqtt.settings import MqttSettings\n"
        "async def main():\n"
        f"    broker = EmbeddedBroker(MqttSettings(embedded={{'listen': '127.0.0.1:{free_port()}'}}))\n"
        "    await broker.start()\n"
        "    print(broker._process.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(await asyncio.wait_for(parent.stdout.readline(), 20))
    parent.kill()
    await parent.wait()
    async with asyncio.timeout(10):
        while _runs(pid):
            await asyncio.sleep(0.1)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


async def test_terminated_it_ends_within_two_seconds() -> None:
    async with running(settings(free_port())) as broker:
        assert broker._process is not None
        broker._process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(broker._process.wait(), 3) == 0
