"""What people write, what they meant, and what they are told when nothing can be made of it."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import trustme
from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML

from downloads2mqtt.app import build_client
from downloads2mqtt.clients import kinds
from downloads2mqtt.clients.base import ClientSettings
from downloads2mqtt.config import Configuration, Loaded, effective, load, places
from downloads2mqtt.errors import ConfigurationError
from downloads2mqtt.mqtt.settings import MqttSettings
from downloads2mqtt.secrets import HIDDEN, Secrets

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "bridge" / "config.example.yaml"
TABLES = ROOT / "docs" / "configuration.md"
BOX = "clients:\n  box:\n    kind: qbittorrent\n    url: http://h:1/\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, where `configuration.yaml` and `secrets.yaml` lie."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    return tmp_path


class Desk:
    """Writes the files and loads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secrets = Secrets()

    def load(self, text: str | bytes, secrets: str | None = None, **environment: str) -> Loaded:
        content = text if isinstance(text, bytes) else text.encode()
        (self.folder / "configuration.yaml").write_bytes(content)
        if secrets is not None:
            (self.folder / "secrets.yaml").write_text(secrets)
        return load(environment, self.secrets)

    def configuration(self, text: str | bytes, secrets: str | None = None, **environment: str) -> Configuration:
        return self.load(text, secrets, **environment).configuration

    def box(self, lines: str, secrets: str | None = None, **environment: str) -> Any:
        """The client of `BOX` with further lines."""
        return self.configuration(BOX + lines, secrets, **environment).clients["box"]

    def refused(self, text: str | bytes, secrets: str | None = None, **environment: str) -> list[str]:
        """The lines that the person is told."""
        with pytest.raises(ConfigurationError) as caught:
            self.load(text, secrets, **environment)
        told = str(caught.value)
        assert self.secrets.redact(told) == told, "the last door must not garble what there is to say"
        assert caught.value.__context__ is None or caught.value.__suppress_context__
        return told.split("\n")


@pytest.fixture
def desk(folder: Path) -> Desk:
    return Desk(folder)


# ---------------------------------------------------------------------------------------------- what people meant


@pytest.mark.parametrize("text", ["", "# only\n  # comments\n", "---\n", "mqtt:\nhttp:\nclients:\nbridge:\n", "\n\n"])
def test_nothing_written_means_the_defaults(desk: Desk, text: str) -> None:
    configuration = desk.configuration(text)
    assert configuration == Configuration()
    assert not configuration.model_fields_set


def test_byte_order_mark_and_windows_line_ends(desk: Desk) -> None:
    assert desk.configuration(b"\xef\xbb\xbfbridge: attic\r\nlog: debug\r\n").bridge == "attic"


def test_names_that_look_like_numbers_and_words(desk: Desk) -> None:
    text = "clients: {1: {kind: sabnzbd, url: 'http://h'}, yes: {kind: sabnzbd, url: 'http://h', name: 2024}}"
    clients = desk.configuration(text).clients
    assert list(clients) == ["1", "yes"]
    assert clients["yes"].name == "2024"


@pytest.mark.parametrize(
    ("word", "meant"), [("yes", True), ("On", True), ("TRUE", True), ("no", False), ("off", False)]
)
def test_booleans_as_home_assistant_people_write_them(desk: Desk, word: str, meant: bool) -> None:
    assert desk.box(f"    verify: {word}\n").verify is meant


def test_a_word_for_control_that_yaml_would_take_for_a_boolean(desk: Desk) -> None:
    assert desk.configuration("control: off").control == "off"


def test_case_of_words_and_kinds_does_not_matter(desk: Desk) -> None:
    text = "control: Full\nlog: INFO\nclients: {box: {kind: qBittorrent, url: 'http://h'}}"
    configuration = desk.configuration(text)
    assert (configuration.control, configuration.log) == ("full", "info")
    assert configuration.clients["box"].kind == "qbittorrent"


@pytest.mark.parametrize(
    "password", ["0123", "1e5", "0x1F", "1_000", "12:30", "3.1.1", "2024-01-01", "no", "Null word"]
)
def test_a_password_is_the_text_that_was_written(desk: Desk, password: str) -> None:
    box = desk.box(f"    username: me\n    password: {password}\n")
    assert box.password.get_secret_value() == password


def test_several_clients_of_one_kind_with_everything(desk: Desk, folder: Path) -> None:
    trustme.CA().cert_pem.write_to_path(folder / "ca.pem")
    text = """
clients:
  one:
    kind: qbittorrent
    name: First
    url: https://host/base/path
    verify: false
    ca_file: ca.pem
    headers: {X-Door: open sesame}
    poll: {active: 0.5, idle: 60}
    timeout: 5
    priority: 2
    enabled: no
  two:
    kind: qbittorrent
    url: http://[::1]:8080
"""
    configuration = desk.configuration(text)
    one: Any = configuration.clients["one"]
    assert (one.url, one.name, one.verify, one.priority) == ("https://host/base/path/", "First", False, 2)
    assert (one.poll.active, one.poll.idle, one.timeout) == (0.5, 60, 5)
    assert one.headers["X-Door"].get_secret_value() == "open sesame"
    assert one.ca_file == Path("ca.pem")
    assert list(configuration.enabled_clients) == ["two"]


def test_anchors_and_merge_keys(desk: Desk) -> None:
    text = """
clients:
  a: &a
    kind: qbittorrent
    url: http://a
    poll: &pace {active: 3}
  b:
    priority: 2
    <<: *a
    url: http://b
  c:
    <<: [{priority: 7}, *a]
    poll: {<<: *pace, idle: 20}
"""
    clients = desk.configuration(text).clients
    assert (clients["b"].url, clients["b"].poll.active, clients["b"].priority) == ("http://b/", 3, 2)
    assert (clients["c"].priority, clients["c"].poll.active, clients["c"].poll.idle) == (7, 3, 20)


def test_relative_paths_lie_beside_the_file_and_tilde_is_home(folder: Path) -> None:
    trustme.CA().cert_pem.write_to_path(folder / "ca.pem")
    (folder / "sub").mkdir()
    file = folder / "sub" / "bridge.yaml"
    file.write_text("data: ledger\nmqtt: {url: mqtts://h, ca_file: ../ca.pem}\n" + BOX + "    headers: {data: plain}\n")
    configuration = load({}, Secrets(), str(file)).configuration
    assert configuration.data == folder / "sub" / "ledger"
    assert configuration.mqtt.ca_file == folder / "sub" / ".." / "ca.pem"
    assert configuration.clients["box"].headers["data"].get_secret_value() == "plain"
    file.write_text("data: ~/ledger")
    assert load({}, Secrets(), str(file)).configuration.data == folder / "home" / "ledger"


def test_one_word_where_a_list_may_stand(desk: Desk) -> None:
    configuration = desk.configuration("mqtt: {url: 'mqtt://a, mqtt://b'}\nhttp: {allowed_hosts: nas.local}")
    assert configuration.mqtt.url == ("mqtt://a", "mqtt://b")
    assert configuration.http.allowed_hosts == ("nas.local",)


# ------------------------------------------------------------------------------------------------------ the tags


def test_secret_variable_and_file_anywhere(desk: Desk, folder: Path) -> None:
    (folder / "key.txt").write_text("file key\r\n")
    text = """
bridge: !env_var BRIDGE attic room
mqtt:
  url: [!secret first, "mqtt://second"]
  username: !env_var USER
  password: !secret broker
clients:
  box:
    kind: sabnzbd
    url: http://h
    api_key: !file key.txt
    headers: !secret headers
    priority: !env_var PRIORITY 3
"""
    secrets = "first: mqtt://one\nbroker: 0042\nheaders: {X-A: aaaa, X-B: !env_var USER}\n"
    configuration = desk.configuration(text, secrets, USER="me", BRIDGE="cellar")
    assert configuration.bridge == "cellar"
    assert configuration.mqtt.url == ("mqtt://one", "mqtt://second")
    assert configuration.mqtt.password is not None
    assert configuration.mqtt.password.get_secret_value() == "0042"
    box: Any = configuration.clients["box"]
    assert box.api_key.get_secret_value() == "file key"
    assert {name: value.get_secret_value() for name, value in box.headers.items()} == {"X-A": "aaaa", "X-B": "me"}
    assert box.priority == 3


def test_a_default_may_have_spaces_and_an_empty_variable_is_set(desk: Desk) -> None:
    assert desk.box("    name: !env_var NAME my  big box\n").name == "my  big box"
    assert desk.box("    name: !env_var NAME x\n", NAME="").name == ""


@pytest.mark.parametrize(
    ("secrets", "told"),
    [
        (None, ["configuration.yaml:5: clients.box.username: !secret user: there is no secrets.yaml"]),
        ("users: me", ["…:5: clients.box.username: !secret user: secrets.yaml has no such key (did you mean users?)"]),
        ("user:", ["…:5: clients.box.username: !secret user: is empty in secrets.yaml"]),
        ("user: a\nuser: b", ["secrets.yaml:2: user: is given twice, first in line 1"]),
        ("user: 'a\nx: b", ["secrets.yaml:1: a quote or bracket is opened here and never closed"]),
        ("- user", ["secrets.yaml:1: must be a mapping of keys, such as `clients:`"]),
        ("user: !secret other\nother: x", ["secrets.yaml:1: user: a secret cannot be another !secret"]),
    ],
)
def test_secrets_file_with_mistakes(desk: Desk, secrets: str | None, told: list[str]) -> None:
    lines = desk.refused(BOX + "    username: !secret user\n    password: !env_var P x\n", secrets)
    expected = [line.replace("…", "configuration.yaml") for line in told]
    assert [line for line in lines if line.startswith(("secrets.yaml", "configuration.yaml:5"))] == expected


def test_a_broken_secrets_file_is_told_once(desk: Desk) -> None:
    lines = desk.refused(BOX + "    username: !secret a\n    password: !secret b\n", "a: 'x\n")
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("!secret", "!secret needs a name after it"),
        ("!env_var", "!env_var needs a name after it"),
        ("!secret {a: b}", "!secret needs a name after it"),
        ("!env_var NOT_SET", "!env_var NOT_SET: that variable is not set; a default may follow its name"),
        ("!file missing", "!file missing cannot be read: No such file or directory"),
        ("!file .", "!file . is a folder"),
        ("!file binary", "!file binary is not text in UTF-8"),
        ("!file big", "!file big is larger than 1 MB"),
        ("!include other.yaml", "!include is not known; there are !secret, !env_var and !file"),
        ("!include_dir_list x", "!include is not known"),
        ("!secert x", "unknown tag (did you mean !secret?)"),
    ],
)
def test_tags_with_mistakes(desk: Desk, folder: Path, value: str, told: str) -> None:
    (folder / "binary").write_bytes(b"\xff\xfe")
    (folder / "big").write_text("x" * (1024 * 1024 + 1))
    (line,) = desk.refused(f"bridge: {value}")
    assert line.startswith(f"configuration.yaml:1: bridge: {told}")


# --------------------------------------------------------------------------------------------------- mistakes


def test_all_mistakes_at_once_each_on_its_line(desk: Desk) -> None:
    text = """bridge: my bridge
mqtt:
  url: [mqtt://fine, broker.example]
  keepalive: 30s
  usrename: me
clients:
  box:
    kind: qbitorrent
    url: http://h
  usenet:
    kind: sabnzbd
    url: 127.0.0.1:8080
    enabled: maybe
    priority: 0
    poll: {active: -1, idle: !secret none, fast: 1}
  empty:
  noted: hello
  "a b": {kind: sabnzbd, url: "http://h"}
  nokind: {url: "http://h"}
  typo: {knid: sabnzbd, url: "http://h"}
control: of
bridge: again
"""
    common = ", ".join(sorted(ClientSettings.model_fields))
    all_kinds = ", ".join(kinds())
    level = "cannot be a topic level: use 1 to 64 of A-Z a-z 0-9 _ -"
    forms = "must be mqtt://host, mqtts://host, ws://host/path or wss://host/path, with :port where needed"
    mqtt = ", ".join(sorted(MqttSettings.model_fields))
    assert desk.refused(text) == [
        f"configuration.yaml:{line}"
        for line in (
            f"1: bridge: 'my bridge' {level}",
            f"3: mqtt.url.1: {forms}",
            "4: mqtt.keepalive: must be a whole number",
            f"5: mqtt.usrename: unknown key (did you mean username?); allowed: {mqtt}",
            f"8: clients.box.kind: must be one of {all_kinds} (did you mean qbittorrent?)",
            "12: clients.usenet.url: must be a web address such as http://127.0.0.1:8080/",
            "13: clients.usenet.enabled: must be true or false",
            "14: clients.usenet.priority: must be at least 1",
            "15: clients.usenet.poll.active: must be at least 0.2",
            "15: clients.usenet.poll.fast: unknown key; allowed: active, idle",
            "15: clients.usenet.poll.idle: !secret none: there is no secrets.yaml",
            f"16: clients.empty: kind is missing, one of {all_kinds}",
            f"17: clients.noted: must be a mapping with any of {common}",
            f"18: clients.a b: 'a b' {level}",
            f"19: clients.nokind: kind is missing, one of {all_kinds}",
            "20: clients.typo.knid: unknown key (did you mean kind?)",
            "21: control: must be one of 'off', 'safe' or 'full'",
            "22: bridge: is given twice, first in line 1",
        )
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mqtt:\n\turl: x", "2: a tab cannot indent: use spaces"),
        ("clients:\n  - name: box", "1: clients: must be a mapping of names, not a list or text"),
        ("clients: {'': {kind: sabnzbd, url: 'http://h'}}", "1: clients.'': '' cannot be a topic level"),
        ("- a\n- b", "1: must be a mapping of keys, such as `clients:`"),
        ("hello", "1: must be a mapping of keys, such as `clients:`"),
        ("bridge main\nlog: x", "2: the indentation does not fit, or a text with ': ' in it needs quotes"),
        ("bridge: a\nlog info\ndata: x", "2: must be `key: value`; a colon or the space after it is missing"),
        ("bridge: a\n  log: b", "2: the indentation does not fit, or a text with ': ' in it needs quotes"),
        ("bridge: x: y", "1: the indentation does not fit, or a text with ': ' in it needs quotes"),
        ("bridge: 'abc\nlog: info\n", "1: a quote or bracket is opened here and never closed"),
        ("a: 1\n---\nb: 2", "2: must be one document: remove the ---"),
        ("a: *there", "1: a text that begins with * needs quotes"),
        ("a: &there", "1: a: a text that begins with & needs quotes"),
        ("a: @there", "1: a text that begins with a sign such as @ % ` needs quotes"),
        ("a: !one!two x", "1: a text that begins with ! needs quotes"),
        ('a: "\\pass"', "1: a \\ in double quotes begins an escape: use single quotes"),
        ("bridge: {{ name }}", "1: bridge: a text with { } or [ ] needs quotes"),
        ("bridge: [main]", "1: bridge: must be a text; one with { } or [ ] needs quotes"),
        ("a: \x07", "1: holds a character that YAML does not allow"),
        ('a: "\\UFFFFFFFF"', "1: holds a character that YAML does not allow"),
        ("a: &a [*a]", "1: nests too deep or repeats too much"),
        ("a: &a\n  <<: *a", "1: nests too deep, or an anchor holds itself"),
        ("[" * 3000, "1: nests too deep, or an anchor holds itself"),
        ("<<: 3", "1: configuration: << takes an anchor of a mapping, such as `<<: *defaults`"),
        ("homeassistant:\nautomation: !include a.yaml", "1: is Home Assistant's own configuration"),
        ("mqtt:\n  usrl:", "2: mqtt.usrl: unknown key (did you mean url?)"),
        ("mqtt: {url: []}", "1: mqtt.url: must not be empty"),
        ("mqtt: {client_id: ''}", "1: mqtt.client_id: must have at least 1 characters"),
        ("http: {hook_token: hunter2}", "1: http.hook_token: must have at least 8 characters"),
        ("base_topic: /a", "1: base_topic: '' cannot be a topic level"),
        ("http: {listen: 8484}", "1: http.listen: '8484' is not host:port"),
        ('"two\\nlines": 1', "1: 'two\\nlines': unknown key"),
        (BOX + "    ca_file: none.pem", "5: clients.box.ca_file: there is no such file: none.pem"),
        (BOX + "    ca_file: configuration.yaml", "5: clients.box.ca_file: must hold certificates in PEM"),
        (BOX + "    headers: {Ü: x}", "5: clients.box.headers: names and values of headers are one line of ASCII"),
        (BOX + "    headers: {'a b': x}", "5: clients.box.headers: names and values"),
        (BOX + "    headers: x", "5: clients.box.headers: must be a mapping of names"),
        (BOX + "    headers: {X-Api-Key: }", "5: clients.box.headers.X-Api-Key: must be a text"),
        (BOX + "    poll: 5", "5: clients.box.poll: must be a mapping with any of active, idle"),
        (BOX + "    username: me", "2: clients.box: username and password belong together"),
    ],
)
def test_one_mistake_one_sentence(desk: Desk, text: str, told: str) -> None:
    (line,) = desk.refused(text)
    assert line.startswith(f"configuration.yaml:{told}")


def test_anchors_cannot_grow_without_end(desk: Desk) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    (line,) = desk.refused("\n".join(lines))
    assert line == "configuration.yaml:1: nests too deep or repeats too much"


@pytest.mark.parametrize("content", [b"\xff\xfea\x00", "bridge: Bücher".encode("latin-1"), b"\x80"])
def test_a_file_that_is_not_utf8(desk: Desk, content: bytes) -> None:
    assert desk.refused(content) == ["configuration.yaml: is not text in UTF-8"]


def test_a_huge_file(desk: Desk) -> None:
    assert desk.refused("a: " + "x" * 2_000_000) == ["configuration.yaml: is larger than 1 MB"]


def test_a_folder_where_the_file_should_be(folder: Path) -> None:
    (folder / "configuration.yaml").mkdir()
    with pytest.raises(ConfigurationError, match=r"configuration.yaml: is a folder \(Docker makes one"):
        load({}, Secrets())


def test_a_file_that_cannot_be_read(folder: Path) -> None:
    (folder / "configuration.yaml").symlink_to("configuration.yaml")
    with pytest.raises(ConfigurationError, match=r"configuration.yaml: cannot be read: Too many levels"):
        load({}, Secrets())


@pytest.mark.parametrize(
    "url",
    ["h:1", "http://", "http:///x", "ftp://h", "http://h:99999", "http://h:x", "http://h:0", "http://u:pw@h", "http://[::1",
     "http://u:p/w@h", "http://h h", "http://h/?a=b", "http://h/#x", "http://ä.example", "http://[::g]:1", "http://h\\x"],
)  # fmt: skip
def test_addresses_that_no_client_can_have(desk: Desk, url: str) -> None:
    (line,) = desk.refused(f"clients: {{box: {{kind: sabnzbd, url: '{url}'}}}}")
    assert line.startswith("configuration.yaml:1: clients.box.url: must ")
    assert "pw" not in line


@pytest.mark.parametrize("kind", list(kinds()))
async def test_a_client_of_every_kind_can_be_built_from_its_usual_address(desk: Desk, kind: str) -> None:
    for url in kinds()[kind].usual_urls:
        settings = desk.configuration(f"clients: {{box: {{kind: {kind}, url: '{url}'}}}}").clients["box"]
        await build_client("box", settings).aclose()


# ------------------------------------------------------------------------------------------------------ secrets


def test_no_secret_in_any_complaint(desk: Desk, folder: Path) -> None:
    (folder / "key").write_text("hunter4four")
    text = """
bridge: !secret one
base_topic: !env_var TWO
log: !secret one
control: !file key
clients:
  box:
    kind: !secret one
    url: http://h
  b:
    kind: qbittorrent
    url: http://me:hunter5five@h
    username: [hunter6six]
    password: {hunter7seven}
    hunter8eight:hunter8eight: x
    enabled: !env_var TWO
    ca_file: !secret one
    timeout: hunter9nine
  c: {kind: sabnzbd, url: http://h, api_key:hunter10ten }
"""
    told = "\n".join(desk.refused(text, "one: hunter1 one\nunused: hunter3three", TWO="hunter2 two"))
    assert len(told.split("\n")) >= 9
    assert not re.findall(r"hunter(?!8eight: unknown)\S*", told)


@pytest.mark.parametrize(
    "line",
    ["*hunter2", "&hunter2", "!hunter2", "!hunter2!x", "@hunter2", "%hunter2", "[hunter2", "{hunter2", "'hunter2",
     '"hun\\ter2 \\hunter2"', "hunter2: x", "{{hunter2}}", "|hunter2", "? hunter2", "- hunter2",
     "&a hunter2\n  x: *hunter2"],
)  # fmt: skip
def test_no_password_in_a_complaint_about_syntax(desk: Desk, line: str) -> None:
    told = desk.refused(f"mqtt:\n  username: me\n  password: {line}\n")
    assert "hunter2" not in "\n".join(told)
    told = desk.refused("mqtt:\n  username: me\n  password: !secret p\n", f"p: {line}\n")
    assert "hunter2" not in "\n".join(told)


def test_every_secret_is_made_known(desk: Desk) -> None:
    text = BOX + "    username: !secret user\n    password: plain-password\n    headers: {X: header-value}\n"
    desk.load(text + "mqtt: {username: x, password: !env_var P}\n", "user: secret-user\n", P="broker-password")
    leak = "secret-user plain-password header-value broker-password"
    assert desk.secrets.redact(leak) == " ".join([HIDDEN] * 4)


def test_secrets_are_known_even_when_the_file_is_refused(desk: Desk) -> None:
    desk.refused(BOX + "    username: !secret user\n    nonsense: 1\n", "user: secret-user\n")
    assert desk.secrets.redact("secret-user") == HIDDEN


def test_effective_settings_hide_what_is_secret_and_nothing_else(desk: Desk) -> None:
    text = BOX.replace("http://h:1/", "!secret url") + "    username: !secret user\n    password: hunter2\n"
    text += "    headers: {X: hunter3, Y: ''}\nmqtt: {url: [!secret m, 'ws://b/x?token=hunter4']}\n"
    configuration = desk.configuration(text, "url: http://hidden:1\nuser: somebody\nm: mqtt://hidden\n")
    shown = effective(configuration)
    for secret in ("hidden", "somebody", "hunter2", "hunter3", "hunter4"):
        assert secret not in shown
    tree = YAML(typ="safe").load(shown)
    assert tree["clients"]["box"]["kind"] == "qbittorrent"
    assert tree["clients"]["box"]["password"] == HIDDEN
    assert tree["clients"]["box"]["headers"] == {"X": HIDDEN, "Y": ""}
    assert tree["mqtt"]["url"] == [HIDDEN, f"ws://b/x?token={HIDDEN}"]
    assert tree["bridge"] == "main"


def test_effective_settings_when_a_variable_replaced_a_secret(desk: Desk) -> None:
    text = "mqtt: {url: [!secret a, !secret a]}\nclients:\n  x: {kind: sabnzbd, url: !secret a, headers: !secret h}\n"
    variables = {"DOWNLOADS2MQTT_MQTT__URL": "mqtt://b", "DOWNLOADS2MQTT_CLIENTS": "{}"}
    tree = YAML(typ="safe").load(effective(desk.configuration(text, "a: mqtt://a\nh: {X: y}", **variables)))
    assert tree["clients"] == {}
    assert tree["mqtt"]["url"] == [HIDDEN]


def test_dumps_and_representations_hide_secrets(desk: Desk) -> None:
    configuration = desk.configuration(BOX + "    username: me\n    password: hunter2\n")
    dumped = configuration.model_dump()
    for text in (repr(configuration), str(dumped), configuration.model_dump_json(), str(configuration)):
        assert "hunter2" not in text
    with pytest.raises(ValidationError) as caught:
        Configuration.model_validate(
            {"clients": {"box": {"kind": "sabnzbd", "url": "http://h", "api_key": ["hunter2"]}}}
        )
    assert "hunter2" not in str(caught.value)


# ------------------------------------------------------------------------------------------------------ variables


def test_variables_win_over_the_file_in_any_case(desk: Desk) -> None:
    text = """
log: info
clients:
  My-Box: {kind: qbittorrent, url: http://a}
  other__one_: {kind: sabnzbd, url: http://b, headers: {X-Door: a}}
"""
    configuration = desk.configuration(
        text,
        DOWNLOADS2MQTT_LOG="debug",
        DOWNLOADS2MQTT_CLIENTS__MY_BOX__URL="http://c",
        DOWNLOADS2MQTT_CLIENTS__MY_BOX__POLL__ACTIVE="7",
        DOWNLOADS2MQTT_CLIENTS__MY_BOX__ENABLED="no",
        DOWNLOADS2MQTT_CLIENTS__OTHER__ONE___PRIORITY="4",
        DOWNLOADS2MQTT_CLIENTS__OTHER__ONE___HEADERS__X_DOOR="b",
        DOWNLOADS2MQTT_CLIENTS__NEW_BOX__KIND="SABnzbd",
        DOWNLOADS2MQTT_CLIENTS__NEW_BOX__URL="http://d",
        DOWNLOADS2MQTT_CLIENTS__NEW_BOX__API_KEY="{not yaml",
        DOWNLOADS2MQTT_BRIDGE="",
    )
    clients: dict[str, Any] = dict(configuration.clients)
    assert list(clients) == ["My-Box", "other__one_", "new_box"]
    assert (clients["My-Box"].url, clients["My-Box"].poll.active, clients["My-Box"].enabled) == ("http://c/", 7, False)
    assert clients["other__one_"].priority == 4
    assert clients["other__one_"].headers["X-Door"].get_secret_value() == "b"
    assert clients["new_box"].api_key.get_secret_value() == "{not yaml"
    assert (configuration.log, configuration.bridge) == ("debug", "main")


def test_a_variable_can_hold_yaml_with_tags(folder: Path) -> None:
    variables = {
        "DOWNLOADS2MQTT_CLIENTS": "{sab: {kind: sabnzbd, url: 'http://h', api_key: !env_var KEY}}",
        "DOWNLOADS2MQTT_CLIENTS__SAB__POLL": '{"active": 3}',
        "DOWNLOADS2MQTT_MQTT__URL": "[mqtt://a, mqtt://b]",
        "KEY": "keykey",
    }
    loaded = load(variables, Secrets())
    sab: Any = loaded.configuration.clients["sab"]
    assert loaded.path is None
    assert (sab.api_key.get_secret_value(), sab.poll.active) == ("keykey", 3)
    assert loaded.configuration.mqtt.url == ("mqtt://a", "mqtt://b")


def test_relative_paths_in_variables_start_at_the_current_folder(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "c.yaml").write_text("data: x")
    configuration = load({"DOWNLOADS2MQTT_DATA": "here"}, Secrets(), "sub/c.yaml").configuration
    assert configuration.data == Path("here")


@pytest.mark.parametrize(
    ("variable", "text", "told"),
    [
        ("BRDIGE", "x", "brdige: unknown key (did you mean bridge?); allowed: base_topic, bridge, clients, control, "
         "data, home_assistant, http, log, mqtt; two underscores separate levels"),
        ("MQTT_URL", "x", "mqtt_url: unknown key (did you mean mqtt?); allowed: "),
        ("CLIENTS__MY_BOX__POLL__ACTIVE", "0", "clients.my-box.poll.active: must be at least 0.2"),
        ("CLIENTS", "{a: {kind: sabnzbd, url: 'http://h', poll: {idle: x}}}", "clients.a.poll.idle: must be a number"),
        ("CLIENTS__MY_BOX", "text", "clients.my-box: must be a mapping with any of "),
        ("MQTT__", "x", "mqtt: must be a mapping with any of "),
        ("BRIDGE", "\udcff", "bridge: '\\udcff' cannot be a topic level"),
    ],
)  # fmt: skip
def test_variables_with_mistakes(desk: Desk, variable: str, text: str, told: str) -> None:
    file = "clients:\n  my-box: {kind: sabnzbd, url: http://a}\n"
    (line,) = desk.refused(file, **{f"DOWNLOADS2MQTT_{variable}": text})
    assert line.startswith(f"DOWNLOADS2MQTT_{variable}: {told}")


def test_variables_that_fit_nowhere(desk: Desk) -> None:
    two = "clients:\n  a-b: {kind: sabnzbd, url: http://a}\n  a_b: {kind: sabnzbd, url: http://a}\n"
    variable = "DOWNLOADS2MQTT_CLIENTS__A_B__URL"
    assert desk.refused(two, **{variable: "http://x"}) == [f"{variable}: means a-b as well as a_b: rename one"]
    told = desk.refused("bridge: x", DOWNLOADS2MQTT_BRIDGE__NAME="y")
    assert told == ["configuration.yaml:1: bridge: holds no further keys for DOWNLOADS2MQTT_BRIDGE__NAME"]
    (line,) = desk.refused("", DOWNLOADS2MQTT_CLIENTS="{hunter2: ")
    assert line.startswith("DOWNLOADS2MQTT_CLIENTS:1: ")
    assert "hunter2" not in line


def test_variables_of_others_are_passed_over(desk: Desk) -> None:
    kubernetes = {
        "DOWNLOADS2MQTT_PORT": "tcp://10.0.0.1:8484",
        "DOWNLOADS2MQTT_PORT_8484_TCP": "tcp://10.0.0.1:8484",
        "DOWNLOADS2MQTT_PORT_8484_TCP_ADDR": "10.0.0.1",
        "DOWNLOADS2MQTT_SERVICE_HOST": "10.0.0.1",
        "DOWNLOADS2MQTT_SERVICE_PORT_HTTP": "8484",
        "DOWNLOADS2MQTT_PAGE_SERVICE_HOST": "10.0.0.1",
        "DOWNLOADS2MQTT_CACHE": "/tmp",
        "DOWNLOADS2MQTT_": "x",
        "DOWNLOADS": "x",
    }
    assert desk.configuration("", **kubernetes) == Configuration()
    assert "unknown key" in desk.refused("", DOWNLOADS2MQTT_HTTP__PORT="8484")[0]


# -------------------------------------------------------------------------------------------------- where it lies


def test_the_order_of_places() -> None:
    environment = {"XDG_CONFIG_HOME": "/xdg"}
    assert [str(place) for place in places(environment)] == [
        "configuration.yaml",
        "/xdg/downloads2mqtt/configuration.yaml",
        "/config/configuration.yaml",
        "/etc/downloads2mqtt/configuration.yaml",
    ]
    assert [str(place) for place in places({"DOWNLOADS2MQTT_CONFIG": "/a/b.yaml"})] == ["/a/b.yaml"]
    assert [str(place) for place in places({"DOWNLOADS2MQTT_CONFIG": "/a/b.yaml"}, "c.yaml")] == ["c.yaml"]


def test_a_named_file_or_folder(folder: Path) -> None:
    home = folder / "home"
    home.mkdir()
    (home / "configuration.yaml").write_text("bridge: home")
    (folder / "configuration.yaml").write_text("bridge: here")
    assert load({}, Secrets()).configuration.bridge == "here"
    assert load({"DOWNLOADS2MQTT_CONFIG": "~/configuration.yaml"}, Secrets()).configuration.bridge == "home"
    assert load({"DOWNLOADS2MQTT_CONFIG": "~"}, Secrets()).path == home / "configuration.yaml"
    assert load({"XDG_CONFIG_HOME": "x"}, Secrets(), "home").configuration.bridge == "home"
    with pytest.raises(ConfigurationError, match=r"^none.yaml: there is no such file$"):
        load({}, Secrets(), "none.yaml")


def test_the_ledger_lies_below_the_data_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/xdg")
    assert Configuration().data == Path("/xdg/downloads2mqtt")


def test_nobody_at_home(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert desk.refused("log: info") == [
        "configuration.yaml:1: data: there is no home folder to put it in: set a whole path"
    ]


# ------------------------------------------------------------------------------------------ example and documentation


def described(model: type[BaseModel], prefix: str = "") -> dict[str, Any]:
    """Every key below `model`, with its default; `None` for what holds keys of its own."""
    found: dict[str, Any] = {}
    for key, setting in model.model_fields.items():
        default = setting.get_default(call_default_factory=True, validated_data={})
        if isinstance(default, BaseModel):
            found[prefix + key] = ""
            found |= described(type(default), f"{prefix}{key}.")
        else:
            found[prefix + key] = "required" if setting.is_required() else in_words(default)
    return found


def in_words(default: Any) -> str:
    if hasattr(default, "get_secret_value"):
        default = default.get_secret_value()
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, float):
        return f"{default:g}"
    return str(default) if default not in (None, "", (), {}) else "none"


def keys_of(tree: Mapping[str, Any], prefix: str = "") -> set[str]:
    below = [keys_of(value, f"{prefix}{key}.") for key, value in tree.items() if isinstance(value, dict)]
    return {prefix + key for key in tree}.union(*below)


def tables() -> dict[str, list[list[str]]]:
    """The rows of every table in the documentation, by its heading."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for line in TABLES.read_text().splitlines():
        if line.startswith("#"):
            heading = line.strip("# ")
        elif line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found.setdefault(heading, []).append(cells)
    return found


def said(cell: str) -> str:
    return cell.strip("`")


def own_keys(kind: str) -> dict[str, Any]:
    """The keys of a kind that are not every client's, or have another default."""
    common = described(ClientSettings)
    own = described(kinds()[kind].Settings)
    return {key: default for key, default in own.items() if key != "kind" and common.get(key) != default}


def test_the_tables_hold_every_setting_and_its_default(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "~")
    found = tables()
    rows = {
        said(key): said(default) for part in ("Settings", "The broker", "The page") for key, default, _ in found[part]
    }
    assert rows == described(Configuration) | {"mqtt": "", "http": ""}


def test_the_tables_hold_every_setting_of_every_client() -> None:
    rows = tables()["Clients"]
    common = {said(key): said(default) for key, default, _ in (row for row in rows if len(row) == 3)}
    assert common == described(ClientSettings)
    own = {(said(kind), said(key)): said(default) for kind, key, default, _ in (row for row in rows if len(row) == 4)}
    assert own == {(kind, key): default for kind in kinds() for key, default in own_keys(kind).items()}


def test_the_documentation_shows_yaml_that_loads(desk: Desk, folder: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate = authority.issue_cert("bridge")
    certificate.cert_chain_pems[0].write_to_path(folder / "bridge.pem")
    certificate.private_key_pem.write_to_path(folder / "bridge.key")
    shown = re.findall(r"```yaml\n(.*?)```", TABLES.read_text(), re.DOTALL)
    assert len(shown) >= 6
    for text in shown:
        desk.load(text, "mqtt: abcd\nseedbox: efgh\n")


def test_the_complaints_in_the_documentation_are_real(desk: Desk) -> None:
    text = (
        "# 1\n\n"
        + BOX.replace("box", "seedbox")
        + "    usrename: x\n\n    poll: {active: 0.1}\n  usenet: {kind: sabnzbd}\n"
    )
    told = desk.refused(text, DOWNLOADS2MQTT_CLIENTS__USENET__URL="h")
    (shown,) = re.findall(r"```\n(configuration.*?)```", TABLES.read_text(), re.DOTALL)
    for line, real in zip(shown.splitlines(), told, strict=True):
        assert real.startswith(line.removesuffix("…"))


def test_the_example_loads_as_it_is(folder: Path) -> None:
    configuration = load({}, Secrets(), str(EXAMPLE)).configuration
    assert list(configuration.enabled_clients) == ["seedbox"]


def test_the_example_shows_every_setting(desk: Desk, folder: Path) -> None:
    text = re.sub(r"(?m)^( *)#(?=[\w-]+:)", r"\1", EXAMPLE.read_text())
    text = re.sub(r"ca\.pem|client\.pem|client\.key", "all.pem", text)
    authority = trustme.CA()
    certificate = authority.issue_cert("bridge")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "all.pem")
    names = re.findall(r"!secret (\w+)$", text, re.MULTILINE)
    configuration = desk.configuration(text, "".join(f"{name}: {'abcdefgh' * 4}\n" for name in names))
    tree = YAML(typ="rt").load(text)
    shown = keys_of({key: value for key, value in tree.items() if key != "clients"})
    assert shown >= set(described(Configuration)) - {"clients"}
    assert {client.kind for client in configuration.clients.values()} == set(kinds())
    for kind in kinds():
        every = [tree["clients"][id] for id, client in configuration.clients.items() if client.kind == kind]
        assert set().union(*map(keys_of, every)) >= set(own_keys(kind)) - {"timeout"}
    assert keys_of(tree["clients"]["seedbox"]) >= set(described(ClientSettings))


def test_the_commented_values_of_the_example_are_the_defaults(folder: Path) -> None:
    shown = dict(re.findall(r"(?m)^#(\w+): (.+)$", EXAMPLE.read_text()))
    defaults = {key: str(value) for key, value in Configuration().model_dump().items() if key in shown}
    assert shown | {"data": str(Path(shown["data"]).expanduser())} == defaults
