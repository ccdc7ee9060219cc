"""What a person may write below `home_assistant`."""

from pathlib import Path

import pytest

from downloads2mqtt.config import load
from downloads2mqtt.errors import ConfigurationError
from downloads2mqtt.mqtt.discovery.settings import HomeAssistantSettings
from downloads2mqtt.secrets import Secrets


def read(folder: Path, text: str, **environment: str) -> HomeAssistantSettings:
    path = folder / "configuration.yaml"
    path.write_text(text)
    return load(environment, Secrets(), str(path)).configuration.home_assistant


@pytest.mark.parametrize(
    ("word", "meant"),
    [("auto", "auto"), ("on", "on"), ("off", "off"), ("true", "on"), ("no", "off"), ("Auto", "auto"), ("'off'", "off")],
)
def test_modes(tmp_path: Path, word: str, meant: str) -> None:
    assert read(tmp_path, f"home_assistant: {{discovery: {word}}}").discovery == meant


@pytest.mark.parametrize("word", ["on", "off", "auto", "OFF"])
def test_modes_in_a_variable(tmp_path: Path, word: str) -> None:
    settings = read(tmp_path, "", DOWNLOADS2MQTT_HOME_ASSISTANT__DISCOVERY=word)
    assert settings.discovery == word.lower()


@pytest.mark.parametrize("text", ["", "home_assistant:", "home_assistant: {discovery: }", "home_assistant: {prefix: }"])
def test_defaults(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == HomeAssistantSettings(discovery="auto", prefix="homeassistant")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("discovery: maybe", "home_assistant.discovery: must be one of 'auto', 'on' or 'off'"),
        ("discovry: on", "home_assistant.discovry: unknown key (did you mean discovery?)"),
        *((f"prefix: '{bad}'", "home_assistant.prefix: must be a topic such as") for bad in ("a b", "#", "a/+", "/a")),
        *((f"prefix: '{bad}'", "home_assistant.prefix: must be a topic such as") for bad in ("a/", "a//b", "p" * 201)),
    ],
)
def test_mistakes(tmp_path: Path, written: str, told: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(tmp_path, f"home_assistant: {{{written}}}")
    assert told in str(caught.value)
