"""Discovery beside other bridges, and on brokers that do not let everybody do everything."""

import asyncio
from pathlib import Path

import pytest

from downloads2mqtt.app import Bridge
from downloads2mqtt.config import Configuration
from downloads2mqtt.mqtt.embedded import EmbeddedBroker
from downloads2mqtt.mqtt.settings import MqttSettings
from downloads2mqtt.secrets import Secrets
from tests.bridge.listener import Listener
from tests.bridge.mqtt.test_connection import laboratory as laboratory
from tests.bridge.mqtt.test_connection import production as production
from tests.bridge.mqtt.test_discovery import COMPONENT, Able, held, settled, told
from tests.bridge.samples import download
from tests.bridge.test_app import Desk
from tests.journey.lab.laboratory import Laboratory
from tests.journey.lab.mosquitto import Mosquitto
from tests.journey.lab.programs import free_port


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3] / "bridge"))


async def test_a_client_of_another_bridge_is_left_to_it(mosquitto: Mosquitto, tmp_path: Path) -> None:
    one, two = Desk(mosquitto, tmp_path / "one"), Desk(mosquitto, tmp_path / "two")
    async with one.listener() as seen, one.bridge(Able()):
        await seen.until(lambda: len(held(seen)) == 2)
        attic = Able("attic")
        async with two.bridge(Able(), attic, bridge="two"):
            await seen.until(lambda: {"bridge_two", "client_attic"} <= held(seen).keys())
            await settled(attic)
            assert held(seen)["client_box"]["device"]["via_device"] == "downloads2mqtt_bridge_main"
            assert held(seen)["client_attic"]["device"]["via_device"] == "downloads2mqtt_bridge_two"
        async with two.bridge(Able("shed"), bridge="two"):
            await seen.until(lambda: "client_shed" in held(seen) and "client_attic" not in held(seen))
        assert held(seen).keys() == {"bridge_main", "client_box", "bridge_two", "client_shed"}
        assert "-client_box" not in told(seen)


async def test_a_client_that_moved_to_another_bridge(mosquitto: Mosquitto, tmp_path: Path) -> None:
    one, two = Desk(mosquitto, tmp_path / "one"), Desk(mosquitto, tmp_path / "two")
    async with one.listener() as seen:
        async with one.bridge(Able()):
            await seen.until(lambda: len(held(seen)) == 2)
        async with two.bridge(Able(), bridge="two"):
            await seen.until(lambda: held(seen)["client_box"]["device"]["via_device"] == "downloads2mqtt_bridge_two")
            shed = Able("shed")
            async with one.bridge(shed):
                await seen.until(lambda: "client_shed" in held(seen))
                await settled(shed)
            assert "client_box" in held(seen)


async def test_the_access_rights_that_we_ship(
    production: Mosquitto, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mqtt = {"url": production.url, "username": "bridge", "password": "bridge-secret"}
    house = Listener(production.port, username="homeassistant", password="homeassistant-secret")
    async with house as seen, Desk(production, tmp_path / "data").bridge(Able(), mqtt=mqtt):
        await seen.until(lambda: len(held(seen)) == 2)
        await seen.publish("home_assistant/client/box/paused", b"ON")
        await seen.until(lambda: "downloads2mqtt/client/box/request/pause" in seen.topics)
        said = len(told(seen))
        await seen._client.publish("homeassistant/status", b"online", 1)
        await seen.until(lambda: len(told(seen)) == said + 2, 15)
        await seen.publish(COMPONENT, b"online", retain=True)
        await seen.until(lambda: not held(seen))
    assert "acl" not in caplog.text


async def test_access_rights_that_know_nothing_of_home_assistant(
    laboratory: Laboratory, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    rights, configuration = tmp_path / "acl", tmp_path / "locked.conf"
    rights.write_text("topic readwrite downloads2mqtt/#\n")
    configuration.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\nuser root\nacl_file {rights}\npersistence false\n"
    )
    broker = await laboratory.start(Mosquitto(tmp_path, configuration=configuration, port=port))
    box = Able()
    box.set(download("a"))
    async with Listener(port) as seen, Desk(broker, tmp_path / "data").bridge(box):
        await seen.until(lambda: seen.downloads("box").keys() == {"a"})
        await settled(box)
        box.set(download("a"), download("b"))
        await seen.until(lambda: seen.downloads("box").keys() == {"a", "b"})
    assert caplog.text.count("is the user allowed to write (acl)?") == 1


async def test_the_embedded_broker(tmp_path: Path) -> None:
    port, box = free_port(), Able()
    embedded = EmbeddedBroker(MqttSettings.model_validate({"embedded": {"listen": f"127.0.0.1:{port}"}}))
    configuration = Configuration.model_validate(
        {
            "mqtt": {"url": f"mqtt://127.0.0.1:{port}", "protocol": "3.1.1"},
            "data": str(tmp_path),
            "clients": {"box": {"kind": "qbittorrent", "url": "http://127.0.0.1:1/"}},
        }
    )
    await embedded.start()
    try:
        async with Listener(port) as seen:
            bridge = asyncio.create_task(Bridge(configuration, Secrets(), build=lambda id, _: box).run())
            try:
                await seen.until(lambda: len(held(seen)) == 2)
                await seen.publish("home_assistant/client/box/paused", b"ON")
                await seen.until(lambda: "downloads2mqtt/client/box/request/pause" in seen.topics)
                await seen.publish(COMPONENT, b"online", retain=True)
                await seen.until(lambda: not held(seen))
            finally:
                bridge.cancel()
                await asyncio.gather(bridge, return_exceptions=True)
    finally:
        await embedded.aclose()
