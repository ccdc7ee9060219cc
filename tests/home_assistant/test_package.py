"""What Home Assistant's and HACS' own checks look at, which need more than this machine: the files beside the code."""

import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest
from custom_components.downloads2mqtt import actions, contract
from custom_components.downloads2mqtt.const import PLATFORMS
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint.models import Blueprint
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import validate_selector
from homeassistant.loader import async_get_integration
from homeassistant.util.yaml import load_yaml_dict
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.home_assistant.house import DOMAIN, House, download

ROOT = Path(__file__).parents[2]
COMPONENT = ROOT / "custom_components" / DOMAIN
EN = json.loads((COMPONENT / "translations" / "en.json").read_text())
DE = json.loads((COMPONENT / "translations" / "de.json").read_text())
ICONS = json.loads((COMPONENT / "icons.json").read_text())
SOURCE = "\n".join(path.read_text() for path in sorted(COMPONENT.glob("*.py")))
BLUEPRINTS = sorted((ROOT / "blueprints" / "automation" / DOMAIN).glob("*.yaml"))


def leaves(tree: Any, path: str = "") -> dict[str, str]:
    """Every text of a translation by its path."""
    if isinstance(tree, str):
        return {path: tree}
    return {key: text for name, one in tree.items() for key, text in leaves(one, f"{path}.{name}").items()}


async def test_manifest(hass: HomeAssistant) -> None:
    manifest = json.loads((COMPONENT / "manifest.json").read_text())
    keys = list(manifest)
    assert keys == ["domain", "name", *sorted(set(keys) - {"domain", "name"})]
    assert manifest["domain"] == COMPONENT.name
    assert manifest["mqtt"] == ["downloads2mqtt/bridge/+/info"]
    assert manifest["requirements"] == []
    assert manifest["config_flow"] is True
    assert (manifest["integration_type"], manifest["iot_class"]) == ("hub", "local_push")
    assert manifest["codeowners"]
    assert manifest["documentation"].startswith("https://")
    assert manifest["issue_tracker"].startswith("https://")
    integration = await async_get_integration(hass, DOMAIN)
    assert integration.version == manifest["version"]
    await integration.resolve_dependencies()
    assert await integration.async_get_component()
    for platform in ("config_flow", "diagnostics", "system_health", *PLATFORMS):
        assert await integration.async_get_platform(platform)


def test_hacs() -> None:
    hacs = json.loads((ROOT / "hacs.json").read_text())
    assert hacs == {"name": "downloads2mqtt", "homeassistant": "2025.2.0", "render_readme": True}
    least = hacs["homeassistant"]
    assert {load_yaml_dict(path)["blueprint"]["homeassistant"]["min_version"] for path in BLUEPRINTS} == {least}
    for told in (ROOT / "docs" / "home-assistant.md", COMPONENT / "README.md"):
        assert f"Home Assistant {least.removesuffix('.0')} to " in " ".join(told.read_text().split())
    assert (ROOT / "README.md").exists()


def test_no_strings_file() -> None:
    """Custom integrations have translations only."""
    assert not (COMPONENT / "strings.json").exists()


def test_translations_are_complete() -> None:
    english, german = leaves(EN), leaves(DE)
    assert set(english) == set(german)
    for path, text in english.items():
        assert text.strip() == text != "", path
        assert german[path].strip() == german[path] != "", path
        assert "://" not in text, path
        assert "[%key" not in text, path
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", german[path])), path


@pytest.mark.parametrize("words", [EN, DE], ids=["en", "de"])
def test_every_word_of_the_contract_is_translated(words: dict[str, Any]) -> None:
    entity, selector = words["entity"], words["selector"]
    assert tuple(entity["sensor"]["status"]["state"]) == contract.CLIENT_STATES
    assert tuple(entity["sensor"]["control"]["state"]) == contract.CONTROLS
    assert tuple(entity["sensor"]["download"]["state_attributes"]["state"]["state"]) == contract.STATES
    assert {f"count_{state}" for state in contract.STATES} <= set(entity["sensor"])
    happenings = entity["event"]["download"]["state_attributes"]["event_type"]["state"]
    assert tuple(happenings) == tuple(selector["event_type"]["options"]) == contract.EVENT_TYPES
    assert tuple(selector["state"]["options"]) == contract.STATES
    states = load_yaml_dict(COMPONENT / "services.yaml")["get_downloads"]["fields"]["states"]
    assert tuple(states["selector"]["select"]["options"]) == contract.STATES
    assert {f"request_{code}" for code in contract.ERROR_CODES} <= set(words["exceptions"])


def test_every_field_of_a_form_is_described() -> None:
    for step in (*EN["config"]["step"].values(), *EN["options"]["step"].values()):
        assert set(step.get("data", ())) == set(step.get("data_description", ()))


def test_exceptions() -> None:
    used = set(re.findall(r'translation_key="(mqtt_unavailable|unknown_client)"', SOURCE))
    used |= set(re.findall(r'refusal\(\s*"(\w+)"', SOURCE)) | {
        f"request_{code}" for code in (*re.findall(r'"(\w+)"', _constant("ERROR_CODES")), "no_answer")
    }
    assert set(EN["exceptions"]) == used


def _constant(name: str) -> str:
    found = re.search(rf"^{name}: Final = \((.*?)\)", SOURCE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_issues() -> None:
    assert set(EN["issues"]) == set(re.findall(r'^    "(\w+)": IssueSeverity', SOURCE, re.MULTILINE))


def test_services() -> None:
    services = load_yaml_dict(COMPONENT / "services.yaml")
    schemas = {
        "add": actions.ADD,
        "pause": actions.SELECT,
        "resume": actions.SELECT,
        "recheck": actions.SELECT,
        "remove": actions.REMOVE,
        "set": actions.SET,
        "limits": actions.SET_LIMITS,
        "get_downloads": actions.GET_DOWNLOADS,
        "find": actions.FIND,
    }
    assert set(services) == set(EN["services"]) == set(ICONS["services"]) == set(schemas)
    for name, service in services.items():
        assert set(service["fields"]) == set(EN["services"][name]["fields"]) == {str(k) for k in schemas[name].schema}
        for field in service["fields"].values():
            validate_selector(field["selector"])


async def test_every_entity_has_a_name_and_an_icon(hass: HomeAssistant, home: MockConfigEntry, house: House) -> None:
    hass.config_entries.async_update_entry(home, options={"download_sensors": True})
    await hass.async_block_till_done()
    house.bridge()
    house.client("seedbox", (download(),))
    await house.settle()
    found: dict[str, set[str]] = {}
    for entity in er.async_entries_for_config_entry(er.async_get(hass), home.entry_id):
        if entity.translation_key:
            found.setdefault(entity.domain, set()).add(entity.translation_key)
        else:
            assert entity.original_device_class, entity.entity_id
    assert found == {domain: set(keys) for domain, keys in EN["entity"].items()}
    assert found == {domain: set(keys) for domain, keys in ICONS["entity"].items()}


RULES = [
    "action-exceptions",
    "action-setup",
    "appropriate-polling",
    "async-dependency",
    "brands",
    "common-modules",
    "config-entry-unloading",
    "config-flow",
    "config-flow-test-coverage",
    "dependency-transparency",
    "devices",
    "diagnostics",
    "discovery",
    "discovery-update-info",
    "docs-actions",
    "docs-conditions",
    "docs-configuration-parameters",
    "docs-data-update",
    "docs-examples",
    "docs-high-level-description",
    "docs-installation-instructions",
    "docs-installation-parameters",
    "docs-known-limitations",
    "docs-removal-instructions",
    "docs-supported-devices",
    "docs-supported-functions",
    "docs-triggers",
    "docs-troubleshooting",
    "docs-use-cases",
    "dynamic-devices",
    "entity-category",
    "entity-device-class",
    "entity-disabled-by-default",
    "entity-event-setup",
    "entity-translations",
    "entity-unavailable",
    "entity-unique-id",
    "exception-translations",
    "has-entity-name",
    "icon-translations",
    "inject-websession",
    "integration-owner",
    "log-when-unavailable",
    "parallel-updates",
    "reauthentication-flow",
    "reconfiguration-flow",
    "repair-issues",
    "runtime-data",
    "stale-devices",
    "strict-typing",
    "test-before-configure",
    "test-before-setup",
    "test-coverage",
    "unique-config-entry",
]
"""Home Assistant's integration quality scale, bronze to platinum."""


def test_quality_scale() -> None:
    rules = load_yaml_dict(COMPONENT / "quality_scale.yaml")["rules"]
    assert len(RULES) == 54
    assert sorted(rules) == RULES
    for name, said in rules.items():
        assert said == "done" or (said["status"] == "exempt" and said["comment"].endswith(".")), name


@pytest.mark.parametrize(("name", "side"), [("icon.png", 256), ("icon@2x.png", 512)])
def test_brand(name: str, side: int) -> None:
    head = (COMPONENT / "brand" / name).read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (side, side)


@pytest.mark.parametrize("path", BLUEPRINTS, ids=lambda path: path.stem)
def test_blueprints(path: Path) -> None:
    blueprint = Blueprint(
        load_yaml_dict(path), expected_domain="automation", path=path.name, schema=AUTOMATION_BLUEPRINT_SCHEMA
    )
    assert blueprint.validate() is None


def test_there_are_three_blueprints() -> None:
    assert len(BLUEPRINTS) == 3


def test_parallel_updates() -> None:
    for domain in EN["entity"]:
        assert "PARALLEL_UPDATES = 0" in (COMPONENT / f"{domain}.py").read_text(), domain


def test_size_and_style() -> None:
    for path in COMPONENT.glob("*.py"):
        assert len(path.read_text().splitlines()) < 350, path.name
        assert not re.search(r"#.*TODO", path.read_text()), path.name


async def test_nothing_is_deprecated(
    hass: HomeAssistant, home: MockConfigEntry, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    assert await hass.config_entries.async_reload(home.entry_id)
    house.bridge()
    house.client("seedbox", (download(),))
    await house.settle()
    every = [*caplog.get_records("setup"), *caplog.records]
    records = [one for one in every if one.name != "asyncio"]  # it names slow tests, and this one is about deprecation
    assert any(DOMAIN in record.getMessage() for record in records)
    for record in records:
        assert not ("deprecat" in record.getMessage() and DOMAIN in record.getMessage()), record.getMessage()
        assert "will stop working" not in record.getMessage() or DOMAIN not in record.getMessage()
