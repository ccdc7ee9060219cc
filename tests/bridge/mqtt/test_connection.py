"""The connection against real brokers, in every way a broker may be locked."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme

from downloads2mqtt.errors import BrokerError
from downloads2mqtt.mqtt import connection as connection_module
from downloads2mqtt.mqtt.connection import Connection
from downloads2mqtt.mqtt.message import Incoming, Outgoing, Subscription
from downloads2mqtt.mqtt.settings import MqttSettings
from tests.journey.lab.laboratory import Laboratory
from tests.journey.lab.mosquitto import Mosquitto
from tests.journey.lab.programs import free_port


class Ear:
    """A handler that hears everything."""

    def __init__(self, *filters: str) -> None:
        self.filters = filters
        self.heard: list[Incoming] = []
        self.connects = 0
        self.lost = 0
        self.connected = asyncio.Event()

    def subscriptions(self) -> Sequence[Subscription]:
        return [Subscription(filter, 1) for filter in self.filters]

    async def on_connect(self) -> None:
        self.connects += 1
        self.connected.set()

    def on_message(self, message: Incoming) -> None:
        self.heard.append(message)

    def on_disconnect(self) -> None:
        self.lost += 1
        self.connected.clear()

    async def hears(self, number: int = 1) -> list[Incoming]:
        async with asyncio.timeout(10):
            while len(self.heard) < number:
                await asyncio.sleep(0.02)
        return self.heard


@asynccontextmanager
async def connected(ear: Ear, settings: MqttSettings, *, wait: bool = True, **more: Any) -> AsyncIterator[Connection]:
    connection = Connection(settings, more.pop("client_id", "tester"), [ear], **more)
    task = asyncio.create_task(connection.run())
    try:
        if wait:
            async with asyncio.timeout(10):
                await ear.connected.wait()
        yield connection
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def echo(settings: MqttSettings) -> Incoming:
    """Send something to ourselves."""
    ear = Ear("downloads2mqtt/#")
    async with connected(ear, settings) as connection:
        await connection.publish([Outgoing("downloads2mqtt/bridge/main/state", b"online")])
        return (await ear.hears())[0]


def settings(url: str | list[str], **more: Any) -> MqttSettings:
    return MqttSettings.model_validate({"url": url, **more})


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "_pause", lambda failures, short_lives: 0.1)


@pytest.fixture
async def laboratory(tmp_path: Path) -> AsyncIterator[Laboratory]:
    async with Laboratory(tmp_path) as laboratory:
        yield laboratory


@pytest.mark.parametrize("protocol", ["auto", "5", "3.1.1"])
async def test_plain(mosquitto: Mosquitto, protocol: str) -> None:
    assert (await echo(settings(mosquitto.url, protocol=protocol))).payload == b"online"


async def test_more_than_the_window_is_acknowledged_in_order(mosquitto: Mosquitto) -> None:
    ear = Ear("t/#")
    async with connected(ear, settings(mosquitto.url)) as connection:
        await connection.publish([Outgoing(f"t/{number}", b"x") for number in range(1000)])
        heard = await ear.hears(1000)
    assert [int(message.topic[2:]) for message in heard] == list(range(1000))


async def test_comes_back_to_a_restarted_broker_and_says_so_once(
    mosquitto: Mosquitto, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    ear = Ear("t")
    async with connected(ear, settings(mosquitto.url)) as connection:
        await mosquitto.stop()
        async with asyncio.timeout(10):
            while ear.connected.is_set():
                await asyncio.sleep(0.02)
        with pytest.raises(BrokerError):
            await connection.publish([Outgoing("t", b"")])
        await asyncio.sleep(0.5)
        await mosquitto.start()
        async with asyncio.timeout(10):
            await ear.connected.wait()
        await connection.publish([Outgoing("t", b"again")])
        assert (await ear.hears())[-1].payload == b"again"
        assert (ear.connects, ear.lost, connection.reconnects) == (2, 1, 1)
    said = [record.getMessage() for record in caplog.records if record.name == "downloads2mqtt.mqtt"]
    assert len([line for line in said if "connected again" in line]) == 1
    assert len([line for line in said if "trying again" in line]) <= 2  # lost, then refused


async def test_the_next_address_is_tried(mosquitto: Mosquitto) -> None:
    dead = f"mqtt://127.0.0.1:{free_port()}"
    assert (await echo(settings([dead, mosquitto.url]))).payload == b"online"


async def test_a_broker_that_dies_while_publishing_raises(mosquitto: Mosquitto) -> None:
    ear = Ear()
    async with connected(ear, settings(mosquitto.url)) as connection:
        work = asyncio.create_task(connection.publish([Outgoing("t", b"x" * 1000) for _ in range(50_000)]))  # noqa: RUF006
        await asyncio.sleep(0.1)
        await mosquitto.kill()
        with pytest.raises(BrokerError):
            await asyncio.wait_for(work, 10)


async def test_what_was_under_way_when_the_broker_died_counts_as_lost(
    mosquitto: Mosquitto, caplog: pytest.LogCaptureFixture
) -> None:
    ear = Ear()
    async with connected(ear, settings(mosquitto.url)) as connection:
        assert mosquitto.pid is not None
        os.kill(mosquitto.pid, signal.SIGSTOP)  # it takes the message and acknowledges nothing
        work = asyncio.create_task(connection.publish([Outgoing("t", b"x")]))
        async with asyncio.timeout(5):
            while not connection._batches:
                await asyncio.sleep(0)
        await mosquitto.kill()
        with pytest.raises(BrokerError, match="lost"):
            await asyncio.wait_for(work, 10)
    assert connection.published == 0
    assert [record.name for record in caplog.records] == ["downloads2mqtt.mqtt"], "in one sentence, not in paho's, too"


@pytest.mark.parametrize("code", [128, 135], ids=["MQTT 3.1.1", "MQTT 5"])
async def test_a_refused_subscription_is_said(code: int, caplog: pytest.LogCaptureFixture) -> None:
    class Broker:
        async def subscribe(self, wanted: list[tuple[str, int]]) -> list[int]:
            return [qos if filter == "mine" else code for filter, qos in wanted]

    connection = Connection(settings("mqtt://127.0.0.1:1883"), "tester", [])
    await connection._subscribe(Broker(), [Subscription("mine", 1), Subscription("other/#", 1)])  # type: ignore[arg-type]
    assert [record.getMessage() for record in caplog.records] == [
        "broker: refuses the subscription to other/#: is the user allowed to read (acl)?"
    ]


def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes every connection and says nothing."""


async def test_what_listens_but_is_no_broker(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "CONNECT_SECONDS", 0.5)
    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with connected(Ear(), settings(f"mqtt://127.0.0.1:{port}"), wait=False):
        async with asyncio.timeout(10):
            while "does not answer as a broker" not in caplog.text:
                await asyncio.sleep(0.05)
    server.close()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [("mqtt://127.0.0.1:{port}", "is the broker running?"), ("mqtt://no-such-host.invalid", "cannot be reached")],
)
async def test_a_broker_that_is_not_there(url: str, sentence: str, caplog: pytest.LogCaptureFixture) -> None:
    async with connected(Ear(), settings(url.format(port=free_port())), wait=False):
        async with asyncio.timeout(10):
            while sentence not in caplog.text:
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
    assert caplog.text.count(sentence) == 1


async def test_a_handler_that_fails_ends_the_connection_loudly(mosquitto: Mosquitto) -> None:
    class Clumsy(Ear):
        def on_message(self, message: Incoming) -> None:
            raise ZeroDivisionError("clumsy")

    connection = Connection(settings(mosquitto.url), "clumsy", [ear := Clumsy("t")])
    task = asyncio.create_task(connection.run())
    await ear.connected.wait()
    await connection.publish([Outgoing("t", b"", qos=0)])
    with pytest.raises(ZeroDivisionError):
        await asyncio.wait_for(task, 10)


async def test_two_with_one_client_id_are_named_and_back_off(
    mosquitto: Mosquitto, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    paused: list[int] = []

    def pause(failures: int, short_lives: int) -> float:
        paused.append(short_lives)
        return 60.0 if short_lives >= connection_module.TAKEN_OVER_AFTER else 0.05

    monkeypatch.setattr(connection_module, "_pause", pause)
    async with (
        connected(Ear(), settings(mosquitto.url), client_id="same"),
        connected(Ear(), settings(mosquitto.url), client_id="same"),
    ):
        async with asyncio.timeout(10):
            while "does another program use the client id 'same'" not in caplog.text:
                await asyncio.sleep(0.05)
    assert connection_module.TAKEN_OVER_AFTER in paused


# -- locked brokers ---------------------------------------------------------------------------------------------

HOME = Path(__file__).parents[3]


@pytest.fixture
async def production(laboratory: Laboratory, tmp_path: Path) -> Mosquitto:
    """The very configuration of `mosquitto/`, with this test's folders and port."""
    users = tmp_path / "passwd"
    for user in ("bridge", "relay", "homeassistant", "reader"):
        create = ["-c"] if user == "bridge" else []
        command = ["mosquitto_passwd", "-b", *create, str(users), user, f"{user}-secret"]
        subprocess.run(command, check=True, capture_output=True)
    port = free_port()
    text = (HOME / "mosquitto" / "mosquitto.conf").read_text()
    for place, here in (
        ("/etc/mosquitto/downloads2mqtt.passwd", str(users)),
        ("/etc/mosquitto/downloads2mqtt.acl", str(HOME / "mosquitto" / "acl")),
        ("/var/lib/mosquitto/", f"{tmp_path}/"),
        ("listener 1883\n", f"listener {port} 127.0.0.1\n"),
    ):
        assert place in text
        text = text.replace(place, here)
    configuration = tmp_path / "production.conf"
    configuration.write_text(text + "user root\n")
    return await laboratory.start(Mosquitto(tmp_path, configuration=configuration, port=port))


def as_user(broker: Mosquitto, name: str) -> MqttSettings:
    return settings(broker.url, username=name, password=f"{name}-secret")


async def test_the_production_configuration_lets_the_bridge_in(production: Mosquitto) -> None:
    assert (await echo(as_user(production, "bridge"))).payload == b"online"


async def test_wrong_password_is_said_plainly(production: Mosquitto, caplog: pytest.LogCaptureFixture) -> None:
    wrong = settings(production.url, username="bridge", password="not-the-secret")
    async with connected(Ear(), wrong, wait=False):
        async with asyncio.timeout(10):
            while "refuses user name or password" not in caplog.text:
                await asyncio.sleep(0.05)
    assert "not-the-secret" not in caplog.text


@pytest.mark.parametrize(
    ("user", "topic", "allowed"),
    [
        ("reader", "client/box/request/pause", False),
        ("reader", "client/box/download/a", False),
        ("reader", "bridge/main/request/snapshot", False),
        ("relay", "bridge/main/request/snapshot", True),
        ("relay", "client/box/request/pause", False),
        ("relay", "client/box/download/a", False),
        ("homeassistant", "client/box/request/pause", True),
        ("homeassistant", "bridge/main/request/add", True),
        ("homeassistant", "client/box/download/a", False),
    ],
)
async def test_who_may_write_what(production: Mosquitto, user: str, topic: str, allowed: bool) -> None:
    ear = Ear("downloads2mqtt/#")
    async with connected(ear, as_user(production, "bridge")) as bridge:
        async with connected(Ear(), as_user(production, user), client_id="other") as connection:
            await connection.publish([Outgoing(f"downloads2mqtt/{topic}", b"{}")])
            await bridge.publish([Outgoing("downloads2mqtt/bridge/main/state", b"online")])
            await ear.hears()
            await asyncio.sleep(0.1)
    heard = [message.topic.removeprefix("downloads2mqtt/") for message in ear.heard]
    assert (topic in heard) is allowed


async def test_readers_read(production: Mosquitto) -> None:
    ear = Ear("downloads2mqtt/#")
    async with connected(ear, as_user(production, "reader"), client_id="reader"):
        async with connected(Ear(), as_user(production, "bridge")) as bridge:
            await bridge.publish([Outgoing("downloads2mqtt/client/box/event", b"{}")])
            await ear.hears()


async def test_a_refused_write_is_said(production: Mosquitto, caplog: pytest.LogCaptureFixture) -> None:
    async with connected(Ear(), as_user(production, "reader")) as connection:
        await connection.publish([Outgoing("downloads2mqtt/bridge/main/state", b"online")])
    assert "is the user allowed to write (acl)?" in caplog.text


@pytest.fixture
def authority(tmp_path: Path) -> trustme.CA:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    server = authority.issue_cert("127.0.0.1", "localhost")
    server.private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "server.pem"))
    client = authority.issue_cert("bridge.example", common_name="bridge")
    client.private_key_pem.write_to_path(str(tmp_path / "client.key"))
    client.cert_chain_pems[0].write_to_path(str(tmp_path / "client.pem"))
    return authority


async def tls_broker(laboratory: Laboratory, *more: str) -> Mosquitto:
    folder, port = laboratory.folder, free_port()
    lines = [
        f"listener {port} 127.0.0.1",
        "allow_anonymous true",
        "user root",
        f"cafile {folder}/ca.pem",
        f"certfile {folder}/server.pem",
        f"keyfile {folder}/server.pem",
        *more,
    ]
    configuration = folder / "tls.conf"
    configuration.write_text("\n".join(lines) + "\n")
    broker = Mosquitto(folder, configuration=configuration, port=port)
    broker.answers = _listens(port)  # type: ignore[method-assign]
    return await laboratory.start(broker)


def _listens(port: int) -> Any:
    async def answers() -> bool:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        return True

    return answers


async def test_tls_with_an_authority_of_its_own(laboratory: Laboratory, authority: trustme.CA) -> None:
    broker = await tls_broker(laboratory)
    url = broker.url.replace("mqtt:", "mqtts:")
    assert (await echo(settings(url, ca_file=laboratory.folder / "ca.pem"))).payload == b"online"
    assert (await echo(settings(url, verify=False))).payload == b"online"


async def test_tls_that_cannot_be_trusted(
    laboratory: Laboratory, authority: trustme.CA, caplog: pytest.LogCaptureFixture
) -> None:
    broker = await tls_broker(laboratory)
    async with connected(Ear(), settings(broker.url.replace("mqtt:", "mqtts:")), wait=False):
        async with asyncio.timeout(10):
            while "certificate" not in caplog.text:
                await asyncio.sleep(0.05)


async def test_a_client_certificate(laboratory: Laboratory, authority: trustme.CA) -> None:
    broker = await tls_broker(laboratory, "require_certificate true", "use_identity_as_username true")
    folder = laboratory.folder
    ours = {"cert_file": folder / "client.pem", "key_file": folder / "client.key", "ca_file": folder / "ca.pem"}
    assert (await echo(settings(broker.url.replace("mqtt:", "mqtts:"), **ours))).payload == b"online"


async def test_over_websocket(laboratory: Laboratory) -> None:
    port = free_port()
    configuration = laboratory.folder / "ws.conf"
    # Mosquitto 2.0.11 does not count WebSocket listeners and refuses to start without another one.
    plain = f"listener {free_port()} 127.0.0.1\n"
    configuration.write_text(
        f"{plain}listener {port} 127.0.0.1\nprotocol websockets\nallow_anonymous true\nuser root\n"
    )
    broker = Mosquitto(laboratory.folder, configuration=configuration, port=port)
    broker.answers = _listens(port)  # type: ignore[method-assign]
    await laboratory.start(broker)
    assert (await echo(settings(f"ws://127.0.0.1:{port}/mqtt"))).payload == b"online"
