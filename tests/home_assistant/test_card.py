"""The dashboard card as the component serves it."""

import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from custom_components.downloads2mqtt import card
from homeassistant.components import frontend
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.home_assistant.house import House, entry, set_up


@pytest.fixture
async def pages(hass: HomeAssistant) -> None:
    """Home Assistant has a frontend."""
    assert await async_setup_component(hass, "frontend", {})


@pytest.fixture
def onboarded() -> Iterator[None]:
    """Somebody has moved in, so there is a page at the root."""
    with patch("homeassistant.components.onboarding.async_is_onboarded", return_value=True):
        yield


def ours(hass: HomeAssistant) -> list[str]:
    """The addresses of our modules that every page loads."""
    return [url for url in hass.data[frontend.DATA_EXTRA_MODULE_URL].urls if "downloads2mqtt" in url]


@pytest.mark.usefixtures("pages", "onboarded")
async def test_every_page_loads_it_once_and_may_keep_it(
    hass: HomeAssistant, house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    first = await set_up(hass, house)
    second = entry("other")
    second.add_to_hass(hass)
    assert await hass.config_entries.async_setup(second.entry_id)
    assert await hass.config_entries.async_reload(first.entry_id)
    (address,) = ours(hass)
    assert re.fullmatch(r"/downloads2mqtt/[0-9a-f]{12}/downloads2mqtt-card\.js", address)
    browser = await hass_client_no_auth()
    page = await (await browser.get("/")).text()
    assert page.count(f'"{address}"') == 1
    folder = address.rpartition("/")[0]
    for file in card.FOLDER.iterdir():
        answer = await browser.get(f"{folder}/{file.name}")
        assert answer.status == 200
        assert answer.content_type in ("text/javascript", "application/javascript")
        assert answer.headers["Cache-Control"] == "public, max-age=2678400"
        assert await answer.read() == file.read_bytes()
    for path in ("/nothing.js", "/../manifest.json", "/%2e%2e/manifest.json", "/"):
        assert (await browser.get(folder + path)).status in (403, 404)


@pytest.mark.usefixtures("pages")
async def test_what_it_loads_is_there(hass: HomeAssistant) -> None:
    scripts = {file.name: file.read_text() for file in card.FOLDER.iterdir()}
    assert card.ENTRY in scripts
    wanted = {name for script in scripts.values() for name in re.findall(r"[\"'`]\./([\w.-]+\.js)[\"'`]", script)}
    assert wanted == set(scripts)


async def test_no_pages_no_card(hass: HomeAssistant, house: House) -> None:
    assert "frontend" not in hass.config.components
    await set_up(hass, house)
    assert frontend.DATA_EXTRA_MODULE_URL not in hass.data


def test_the_address_is_that_of_the_contents(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("one")
    (tmp_path / "b.js").write_text("two")
    before = card.digest(tmp_path)
    assert card.digest(tmp_path) == before
    (tmp_path / "b.js").write_text("too")
    changed = card.digest(tmp_path)
    (tmp_path / "b.js").rename(tmp_path / "c.js")
    assert len({before, changed, card.digest(tmp_path)}) == 3
