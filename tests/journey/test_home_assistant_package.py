"""What the shop of the current Home Assistant asks of an integration, by its own schemas; it takes what HACS takes."""

import subprocess
from pathlib import Path

from .lab.home_assistant import CURRENT

ROOT = Path(__file__).parents[2]
SCRIPT = """
import json, pathlib, sys
from homeassistant.components.marketplace.repositories.integration import _check_loadable_manifest
from homeassistant.components.marketplace.utils.validate import INTEGRATION_MANIFEST_VALUES, REPOSITORY_MANIFEST_VALUES
root = pathlib.Path(sys.argv[1])
component = root / "custom_components" / "downloads2mqtt"
for path, schemas, more in (
    (component / "manifest.json", INTEGRATION_MANIFEST_VALUES, None),
    (root / "hacs.json", REPOSITORY_MANIFEST_VALUES, {"country", "render_readme"}),
):
    told = json.loads(path.read_text())
    assert more is None or set(told) <= set(schemas) | more, set(told) - set(schemas)
    checked = [schemas[key](value) for key, value in told.items() if key in schemas]
    assert checked, f"nothing of {path} was looked at"
_check_loadable_manifest(component, component.name)
"""


def test_the_shop_takes_it() -> None:
    CURRENT.require("hass")
    ran = subprocess.run([CURRENT.python, "-c", SCRIPT, ROOT], capture_output=True, text=True, timeout=100, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
