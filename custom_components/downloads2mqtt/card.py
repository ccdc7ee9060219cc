"""The dashboard card: its files, served below an address made of what is in them, and loaded by every page."""

import hashlib
from pathlib import Path
from typing import Final

from homeassistant.components.frontend import add_extra_js_url
from homeassistant.components.http import StaticPathConfig
from homeassistant.core import HomeAssistant

from .const import DOMAIN

FOLDER: Final = Path(__file__).parent / "frontend"
ENTRY: Final = "downloads2mqtt-card.js"


async def async_register(hass: HomeAssistant) -> None:
    """Serve the card and have pages load it; called once, however many config entries there are.

    Browsers keep what they have: another build has another address. Without Home Assistant's frontend there is no page.
    """
    if "frontend" not in hass.config.components:
        return
    address = f"/{DOMAIN}/{await hass.async_add_executor_job(digest, FOLDER)}"
    await hass.http.async_register_static_paths([StaticPathConfig(address, str(FOLDER), cache_headers=True)])
    add_extra_js_url(hass, f"{address}/{ENTRY}")


def digest(folder: Path) -> str:
    """Twelve hexadecimal digits for the names and contents of all files in a folder."""
    found = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        found.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return found.hexdigest()[:12]
