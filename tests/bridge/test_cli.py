"""The command, as a process: what it prints, where, and with which status it ends."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from downloads2mqtt import __version__
from downloads2mqtt.contract.schema import schemas
from downloads2mqtt.secrets import HIDDEN
from tests.journey.lab.programs import free_port

BRIDGE = Path(__file__).parents[2] / "bridge"
SECRETS = ("hunter2-password", "hunter3-header", "hunter4-broker", "hunter5-user", "hunter6-variable")


class Command:
    """Runs `python -m downloads2mqtt` in a folder of its own, where nothing else is configured."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(BRIDGE),
            "PYTHONUNBUFFERED": "1",
        }

    def write(self, text: str, name: str = "configuration.yaml") -> None:
        (self.folder / name).write_text(text)

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "downloads2mqtt", *arguments],
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def command(tmp_path: Path) -> Command:
    if any(Path(place, "configuration.yaml").exists() for place in ("/config", "/etc/downloads2mqtt")):
        pytest.skip("this machine has a configuration of its own")
    return Command(tmp_path)


def unreachable(port: int) -> str:
    """A configuration with secrets of every kind, whose client does not answer."""
    return f"""
mqtt:
  url: mqtt://127.0.0.1:{port}
  username: !secret user
  password: !secret broker
clients:
  box:
    kind: qbittorrent
    url: http://127.0.0.1:{port}
    username: me
    password: {SECRETS[0]}
    headers: {{X-Door: {SECRETS[1]}, X-Other: !env_var DOOR}}
"""


def assert_no_secret(done: subprocess.CompletedProcess[str]) -> None:
    for secret in SECRETS:
        assert secret not in done.stdout
        assert secret not in done.stderr


def test_version(command: Command) -> None:
    done = command("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"downloads2mqtt {__version__}\n", "")


def test_without_a_command_there_is_help(command: Command) -> None:
    done = command()
    assert done.returncode == 2
    for name in ("run", "bridge", "relay", "poll", "check", "schema"):
        assert name in done.stdout


def test_a_command_that_is_not_known(command: Command) -> None:
    done = command("fly")
    assert (done.returncode, done.stdout) == (2, "")
    assert "invalid choice: 'fly'" in done.stderr


@pytest.mark.parametrize("name", ["run", "bridge", "relay", "check", "poll box"])
def test_a_bad_configuration_starts_nothing(command: Command, name: str) -> None:
    command.write("mqtt:\n  usrl: mqtt://h\ncontrol: of\n")
    done = command(*name.split())
    assert (done.returncode, done.stdout) == (2, "")
    first, second = done.stderr.splitlines()
    assert first.startswith(
        "downloads2mqtt: configuration.yaml:2: mqtt.usrl: unknown key (did you mean url?); allowed: "
    )
    assert second == "configuration.yaml:3: control: must be one of 'off', 'safe' or 'full'"


def test_a_file_that_is_not_there(command: Command) -> None:
    for done in (command("check", "--config", "none.yaml"), command("check", DOWNLOADS2MQTT_CONFIG="none.yaml")):
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "downloads2mqtt: none.yaml: there is no such file\n"


def test_a_bad_variable(command: Command) -> None:
    done = command("check", DOWNLOADS2MQTT_BRIDGE="a b")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("downloads2mqtt: DOWNLOADS2MQTT_BRIDGE: bridge: 'a b' cannot be a topic level")


def test_check_shows_the_settings_and_tries_every_client(command: Command) -> None:
    command.write(unreachable(free_port()))
    command.write(f"user: {SECRETS[3]}\nbroker: {SECRETS[2]}\n", "secrets.yaml")
    done = command("check", DOOR=SECRETS[4], DOWNLOADS2MQTT_BRIDGE="attic")
    assert done.returncode == 1
    assert_no_secret(done)
    first, *settings, last = done.stdout.rstrip().splitlines()
    assert first == "# configuration.yaml"
    assert last.startswith("box: offline: 127.0.0.1:")
    shown = YAML(typ="safe").load("\n".join(settings))
    assert shown["bridge"] == "attic"
    assert shown["mqtt"]["username"] == shown["mqtt"]["password"] == HIDDEN
    assert shown["clients"]["box"]["username"] == "me"
    assert shown["clients"]["box"]["headers"] == {"X-Door": HIDDEN, "X-Other": HIDDEN}


def test_check_passes_over_clients_that_are_switched_off(command: Command) -> None:
    command.write(f"clients: {{box: {{kind: sabnzbd, url: 'http://127.0.0.1:{free_port()}', enabled: no}}}}")
    done = command("check")
    assert done.returncode == 0
    assert "box: offline" not in done.stdout


def test_poll_a_client_that_is_not_configured_or_not_there(command: Command) -> None:
    command.write(f"clients: {{box: {{kind: sabnzbd, url: 'http://127.0.0.1:{free_port()}'}}}}")
    done = command("poll", "bix")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "downloads2mqtt: there is no client 'bix'; clients: box\n"
    done = command("poll", "box")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("box: offline: ")


@pytest.mark.parametrize("arguments", [[], ["Sintel", "--id", "a"]])
def test_find_wants_a_title_or_an_id(command: Command, arguments: list[str]) -> None:
    done = command("find", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "title" in done.stderr
    assert "--id" in done.stderr


def test_schema(command: Command) -> None:
    done = command("schema", "out")
    assert done.returncode == 0
    assert {path.stem for path in (command.folder / "out").iterdir()} == set(schemas())
    assert len(json.loads(done.stdout)) == len(schemas())


def test_schema_needs_no_configuration(command: Command) -> None:
    command.write("nonsense: 1")
    assert command("schema", "out").returncode == 0


def test_a_taken_port_is_said_in_one_sentence(command: Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = command(
            "relay", DOWNLOADS2MQTT_HTTP__LISTEN=f"127.0.0.1:{port}", DOWNLOADS2MQTT_MQTT__URL="mqtt://127.0.0.1:1"
        )
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert str(port) in done.stderr


def test_no_secret_in_the_log_of_a_bridge_that_reaches_nothing(command: Command) -> None:
    port = free_port()
    command.write(unreachable(port))
    command.write(f"user: {SECRETS[3]}\nbroker: {SECRETS[2]}\n", "secrets.yaml")
    process = subprocess.Popen(
        [sys.executable, "-m", "downloads2mqtt", "bridge", "--log", "debug"],
        cwd=command.folder,
        env=command.environment | {"DOOR": SECRETS[4], "PYTHONASYNCIODEBUG": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            process.communicate(timeout=6)
        process.terminate()
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0
    assert f"mqtt://127.0.0.1:{port}" in err
    assert "Traceback" not in err
    assert_no_secret(subprocess.CompletedProcess([], 0, out, err))
