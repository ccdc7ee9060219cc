"""The Home Assistant of the lab is one that a page and a person could use."""

import asyncio
from pathlib import Path

import httpx
import pytest

from .lab.home_assistant import COMPONENT, RELEASES, HomeAssistant, Refused, Release
from .lab.laboratory import Laboratory
from .lab.mosquitto import Mosquitto

pytestmark = pytest.mark.timeout(180)


@pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES)
async def test_a_house(laboratory: Laboratory, release: Release, mosquitto: Mosquitto, tmp_path: Path) -> None:
    card = tmp_path / "card.js"
    card.write_text("customElements.define('my-card', class extends HTMLElement {});\n")
    home = await laboratory.start(
        HomeAssistant(laboratory.folder, release, broker=mosquitto, components=[COMPONENT], resources=[card])
    )
    async with home.http() as http:
        assert (await http.get("/local/card.js")).text == card.read_text()
    assert [one["url"] for one in await home.ask("lovelace/resources")] == ["/local/card.js"]
    await home.add_dashboard("wall-tablet", {"views": [{"cards": [{"type": "custom:my-card"}]}]})
    anna = await home.person("anna")
    async with home.websocket() as owner, home.websocket(anna) as guest:
        told = await owner.events("state_changed")
        assert (await guest.call("lovelace/config", url_path="wall-tablet"))["views"]
        assert not (await guest.call("auth/current_user"))["is_admin"]
        with pytest.raises(Refused, match="unauthorized"):
            await guest.call("config/auth/list")
        with pytest.raises(Refused, match="unknown_command"):
            await owner.call("no/such/command")
        await home.call_service("persistent_notification", "create", message="hello")
        async with home.http() as http:
            body = {"state": "on"}
            headers = {"Authorization": f"Bearer {home.token}"}
            await http.post("/api/states/light.kitchen", json=body, headers=headers)
        changed = ""
        while changed != "light.kitchen":
            changed = (await asyncio.wait_for(told.get(), 10))["data"]["entity_id"]
    with pytest.raises(Refused, match=r"40[04]"):
        await home.call_service("light", "no_such_action")
    with pytest.raises(TimeoutError, match=r"light\.kitchen was not .* but 'on'"):
        await home.shows("light.kitchen", "off", within=0.3)
    assert [line for line in home.complaints() if "Unauthorized" not in line and "unknown_command" not in line] == []
    assert any("Unauthorized" in line for line in home.complaints())
    await home.restart()
    async with home.websocket(anna) as guest:
        assert (await guest.call("auth/current_user"))["name"] == "anna"
    assert any(one["domain"] == "mqtt" for one in await home.get("/api/config/config_entries/entry"))


async def test_what_is_refused(laboratory: Laboratory, mosquitto: Mosquitto) -> None:
    home = await laboratory.start(HomeAssistant(laboratory.folder, broker=mosquitto))
    with pytest.raises(Refused):
        async with home.websocket("not a token"):
            pass
    with pytest.raises(Refused):
        await home.set_up("no_such_integration")
    await home.stop()
    with pytest.raises(httpx.HTTPError):
        await home.states()
