"""What docs/home-assistant.md shows works as it stands there, in real Home Assistants."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from .lab.home_assistant import RELEASES, Release
from .lab.laboratory import Laboratory
from .lab.swarm import Swarm
from .lab.waiting import until
from .test_home_assistant import about_us, scene

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES),
]

CARD_BLOCK = "custom:downloads2mqtt-card"
"""Shown in `test_card.py`; that its keys are the card's is seen in tests/agreement."""

PAGE = Path(__file__).parents[2] / "docs" / "home-assistant.md"


def blocks() -> dict[str, dict[str, Any]]:
    """Every YAML that the page shows, by its alias, its type or its action."""
    found = [YAML(typ="safe").load(text) for text in re.findall(r"^```yaml\n(.*?)^```", PAGE.read_text(), re.M | re.S)]
    return {one.get("alias") or one.get("type") or one["action"].partition(".")[2]: one for one in found}


def script(block: dict[str, Any]) -> dict[str, Any]:
    """A script of one action that answers what the action does."""
    end = [{"stop": "done", "response_variable": block["response_variable"]}] if "response_variable" in block else []
    return {"sequence": [block, *end]}


async def test_every_example_works(laboratory: Laboratory, release: Release, swarm: Swarm, tmp_path: Path) -> None:
    shown = blocks()
    assert set(shown) == {CARD_BLOCK, "Download complete", "add", "limits", "get_downloads", "Resume the example"}
    async with scene(laboratory, release, tmp_path) as play:
        home = play.home
        await home.confirm("downloads2mqtt")
        await home.settled()
        for name in ("add", "limits", "get_downloads"):
            await home.post(f"/api/config/script/config/{name}", **script(shown[name]))
        await home.post("/api/config/script/config/resume", **shown["Resume the example"])
        await home.post("/api/config/automation/config/1", **shown["Download complete"])

        async def run(name: str) -> Any:
            return (await home.call_service("script", f"{name}?return_response"))["service_response"]

        added = await run("add")
        await play.seedbox.see(added["id"], "paused")
        await home.shows("sensor.seedbox_downloads", "1")
        (held,) = (await run("get_downloads"))["downloads"]
        assert (held["client"], held["id"], held["category"]) == ("seedbox", added["id"], "films")
        await home.call_service("script", "limits")
        await home.shows("number.seedbox_download_limit", "0.512")
        await home.call_service("script", "resume")
        await play.seedbox.see(added["id"], "downloading", "waiting")
        await play.complete(play.seedbox, swarm, 'A thing with a "name"')

        async def notified() -> list[str]:
            return [one["message"] for one in await home.ask("persistent_notification/get")]

        await until(notified, 20, "a notification")
        assert await notified() == ['A thing with a "name" is complete']
        assert home.complaints(about_us) == []
