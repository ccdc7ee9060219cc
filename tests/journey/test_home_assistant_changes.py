"""What changes behind Home Assistant's back: two bridges, odd names, a broker or a bridge that is away."""

from pathlib import Path
from typing import Any

import pytest

from tests.bridge.listener import Listener

from .lab.home_assistant import COMPONENT, RELEASES, HomeAssistant, Release
from .lab.laboratory import Laboratory
from .lab.mosquitto import Mosquitto
from .lab.transmission import Transmission
from .lab.waiting import until
from .test_discovery import becomes, bridge, complaints, configs, configuration, own

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES),
]

ODD = 'Zoë\'s "Box" / {{ 1 }} <b>☃</b>'


async def devices(home: HomeAssistant, wanted: set[str]) -> None:
    """Wait until these are the devices, by their names."""
    backup = {"Backup"}

    async def names() -> set[str]:
        return {one["name"] for one in await home.devices()} - backup

    await becomes(names, wanted, within=40)


async def status(home: HomeAssistant, client: str, platform: str) -> str:
    """The entity that shows the status of a client, whatever it is called."""

    async def found() -> list[str]:
        every = [one for one in await home.entities() if one["platform"] == platform]
        return [one["entity_id"] for one in every if one["unique_id"].endswith(f"_client_{client}_status")]

    (entity_id,) = await until(found, 30, f"the status of {client}", every=0.3)
    return str(entity_id)


def no_second(entities: set[str]) -> bool:
    """Whether no entity came twice."""
    return not [one for one in entities if one.endswith("_2")]


async def test_what_changes_while_home_assistant_is_down(
    laboratory: Laboratory, release: Release, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    transmission = await laboratory.start(Transmission(laboratory.folder))
    settings = configuration(mosquitto, transmission)
    settings["clients"]["seedbox"]["name"] = ODD
    data = {"data": str(tmp_path / "data")}
    empty: dict[str, Any] = {"mqtt": settings["mqtt"], "bridge": "garage", "clients": {}}
    home = await laboratory.start(HomeAssistant(laboratory.folder, release, broker=mosquitto, components=[COMPONENT]))
    async with bridge(tmp_path / "garage", empty):
        async with bridge(tmp_path / "main", settings | data):
            await devices(home, {"Bridge main", "Bridge garage", ODD, "Attic"})
            discovered = await own(home)
            await home.shows(await status(home, "seedbox", "mqtt"), "online")
            entry = await home.confirm("downloads2mqtt")
            await devices(home, {"Bridge main", "Bridge garage", ODD, "Attic", "All downloads"})
            await becomes(lambda: own(home), set())
            shown = await status(home, "seedbox", "downloads2mqtt")
            await home.shows(shown, "online")
            component = await own(home, "downloads2mqtt")
            assert discovered <= component
            assert no_second(component)
            await home.stop()
        settings["clients"]["seedbox"]["name"] = "Kiste"
        del settings["clients"]["attic"]
        await mosquitto.stop()
        async with bridge(tmp_path / "renamed", settings | data):
            await home.start()
            await home.shows(shown, "unavailable")
            await mosquitto.start()
            await home.shows(shown, "online", within=60)
            await devices(home, {"Bridge main", "Bridge garage", "Kiste", "All downloads"})
            left = {one for one in component if "attic" not in one}
            await becomes(lambda: own(home, "downloads2mqtt"), left)
            for _ in range(2):
                await home.restart()
            await home.shows(shown, "online", within=40)
            await devices(home, {"Bridge main", "Bridge garage", "Kiste", "All downloads"})
            assert (await own(home, "downloads2mqtt"), await own(home)) == (left, set())
            await home.remove_entry(entry["entry_id"])
            await devices(home, {"Bridge main", "Bridge garage", "Kiste"})
            await home.shows(await status(home, "seedbox", "mqtt"), "online")
            assert no_second(await own(home))
    assert [line for line in complaints(home) if "Connection refused" not in line and "onnect" not in line] == []


async def test_a_bridge_that_is_away_while_the_component_comes_and_a_client_that_changes_its_bridge(
    laboratory: Laboratory, release: Release, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    transmission = await laboratory.start(Transmission(laboratory.folder))
    settings = configuration(mosquitto, transmission)
    home = await laboratory.start(HomeAssistant(laboratory.folder, release, broker=mosquitto, components=[COMPONENT]))
    async with Listener(mosquitto.port) as seen:
        async with bridge(tmp_path / "main", settings):
            await seen.until(lambda: len(configs(seen)) == 3, 20)
            await home.shows("sensor.seedbox_status", "online")
            discovered = await own(home)
        await home.confirm("downloads2mqtt")
        await seen.until(lambda: seen.topics.get("downloads2mqtt/home_assistant/state") == b"online", 20)
        assert await own(home) == discovered, "nobody is there to take it back"
        async with bridge(tmp_path / "again", settings | {"data": str(tmp_path / "main" / "data")}):
            await becomes(lambda: own(home), set())
            await home.shows("sensor.seedbox_status", "online")
            component = await own(home, "downloads2mqtt")
            assert discovered <= component
            assert no_second(component)
        seedbox = settings["clients"].pop("seedbox")
        moved = {"mqtt": settings["mqtt"], "bridge": "garage", "clients": {"seedbox": seedbox}}
        async with bridge(tmp_path / "rest", settings | {"data": str(tmp_path / "main" / "data")}):
            await home.shows("sensor.seedbox_status", None)
            async with bridge(tmp_path / "garage", moved):
                await home.shows("sensor.seedbox_status", "online", within=40)
                devices = {one["name"]: one for one in await home.devices()}
                assert devices["Seedbox"]["via_device_id"] == devices["Bridge garage"]["id"]
                assert no_second(await own(home, "downloads2mqtt"))
    assert complaints(home) == []
