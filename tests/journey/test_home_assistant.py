"""The component in real Home Assistants, with a real broker, the real bridge and real download clients."""

import asyncio
import base64
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bridge.listener import Listener

from .lab.clients import DownloadClient
from .lab.home_assistant import COMPONENT, RELEASES, HomeAssistant, Refused, Release
from .lab.laboratory import Laboratory
from .lab.mosquitto import Mosquitto
from .lab.qbittorrent import QBittorrent
from .lab.sabnzbd import Sabnzbd
from .lab.swarm import Swarm
from .lab.transmission import Transmission
from .lab.usenet import NewsServer
from .lab.waiting import until
from .service import Service

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES),
]

BLUEPRINTS = Path(__file__).parents[2] / "blueprints" / "automation" / "downloads2mqtt"
MORE = """
counter: {completed: {}, everything: {}, received: {}}
diagnostics:
script: !include scripts.yaml
"""
SECRETS = ("adminadmin", "not-the-password")


def increment(counter: str) -> list[dict[str, Any]]:
    return [{"action": "counter.increment", "target": {"entity_id": f"counter.{counter}"}}]


def told(counter: str, *happenings: str) -> dict[str, Any]:
    """An automation made from our blueprint."""
    given = {"event": "event.all_downloads_download", "happenings": list(happenings), "actions": increment(counter)}
    return {"alias": counter, "use_blueprint": {"path": "downloads2mqtt/tell_when_done.yaml", "input": given}}


RECEIVED = {
    "alias": "received",
    "mode": "queued",
    "triggers": {
        "trigger": "event.received",
        "target": {"entity_id": "event.all_downloads_download"},
        "options": {"event_type": ["completed"]},
    },
    "actions": increment("received"),
}
"""Home Assistant's own trigger for event entities, which the oldest does not know."""


class House(HomeAssistant):
    """Home Assistant with our component, our blueprint, and counters that outlive a restart."""

    def configure(self) -> None:
        super().configure()
        with (self.home / "configuration.yaml").open("a", encoding="utf-8") as yaml:
            yaml.write(MORE)
        self.write("scripts.yaml", "{}")
        shutil.copytree(BLUEPRINTS, self.home / "blueprints" / "automation" / "downloads2mqtt")

    async def post(self, path: str, **fields: Any) -> Any:
        """POST as the owner."""
        return await self._send("POST", path, json=fields)

    async def delete(self, path: str) -> None:
        """DELETE as the owner."""
        await self._send("DELETE", path)

    async def do(self, action: str, **fields: Any) -> Any:
        """One of our actions, and what it answers."""
        answer = await self.call_service("downloads2mqtt", f"{action}?return_response", **fields)
        return answer["service_response"]

    async def ours(self, platform: str = "downloads2mqtt") -> list[str]:
        """The unique ids of the entities of one integration."""
        return sorted(one["unique_id"] for one in await self.entities() if one["platform"] == platform)

    async def our_devices(self, entry_id: str) -> list[str]:
        """The names of the devices of a config entry."""
        return sorted(one["name"] for one in await self.devices() if entry_id in one["config_entries"])

    async def settled(self) -> None:
        """Wait until every one of our entities that is enabled has a state again."""

        async def there() -> bool:
            states = await self.states()
            mine = [one for one in await self.entities() if one["platform"] == "downloads2mqtt"]
            return all(one["entity_id"] in states for one in mine if not one["disabled_by"])

        await self.shows("sensor.torrents_status", "online", within=40)
        await until(there, 20, "all of our entities", every=0.3)


@dataclass
class Scene:
    """Everything that plays."""

    home: House
    bridge: Service
    mosquitto: Mosquitto
    torrents: Transmission
    seedbox: QBittorrent
    seen: Listener

    async def complete(self, client: DownloadClient, swarm: Swarm, name: str) -> str:
        """A download from the beginning to the end; its id."""
        id = (await client.add(swarm.share(name, 2 << 20).torrent.content, name=name)).lower()
        await client.see(id, "finished", within=60)
        return id


@asynccontextmanager
async def scene(
    laboratory: Laboratory, release: Release, folder: Path, *, clients: dict[str, Any] | None = None
) -> AsyncIterator[Scene]:
    """A house whose bridge has two clients, `torrents` and `seedbox`, and those given; nothing is set up in it yet."""
    mosquitto = await laboratory.start(Mosquitto(laboratory.folder))
    torrents, seedbox = await asyncio.gather(
        laboratory.start(Transmission(laboratory.folder)), laboratory.start(QBittorrent(laboratory.folder))
    )
    automations = [told("completed", "completed"), told("everything", "completed", "failed", "stalled", "removed")]
    if release.listening is not None:
        automations.append(RECEIVED)
    home = House(laboratory.folder, release, broker=mosquitto, components=[COMPONENT], automations=automations)
    await laboratory.start(home)
    poll = {"poll": {"active": 0.5, "idle": 0.5}}
    served = {
        "torrents": {**torrents.settings(), "name": "Torrents", **poll},
        "seedbox": {**seedbox.settings(), "name": "Seedbox", **poll},
        **{name: {**one, **poll} for name, one in (clients or {}).items()},
    }
    settings = {"mqtt": {"url": mosquitto.url}, "control": "full", "clients": served}
    bridge = Service(folder / "bridge", "bridge", settings)
    async with Listener(mosquitto.port) as seen:
        await bridge.start()
        try:
            yield Scene(home, bridge, mosquitto, torrents, seedbox, seen)
        except BaseException as error:
            error.add_note(f"Home Assistant said:\n{home.last_words()}")
            raise
        finally:
            await bridge.kill()
    log = bridge.log.read_text()
    assert "Traceback" not in log
    assert not any(secret in log + home.log.read_text() for secret in SECRETS)


def about_us(line: str) -> bool:
    """But for what 2025.4 says of itself: it clears each topic of discovery that it was told to forget once more."""
    return "downloads2mqtt" in line and "No device components to cleanup" not in line


# -- found, set up, looked at ----------------------------------------------------------------------


async def test_found_set_up_and_looked_at(
    laboratory: Laboratory, release: Release, swarm: Swarm, tmp_path: Path
) -> None:
    attic = await laboratory.start(Transmission(laboratory.folder))
    wrong = {**attic.settings(), "password": "not-the-password", "name": "Attic"}
    async with scene(laboratory, release, tmp_path, clients={"attic": wrong}) as play:
        home = play.home
        await home.shows("sensor.torrents_status", "online")
        assert len(await home.ours("mqtt")) > 20
        await asks_for_the_base_topic(home)
        entry = await home.confirm("downloads2mqtt")
        assert (entry["title"], entry["state"]) == ("downloads2mqtt", "loaded")
        await play.seen.until(lambda: play.seen.topics.get("downloads2mqtt/home_assistant/state") == b"online")
        await until(lambda: none_of(home, "mqtt"), 20, "what was discovered goes")
        await home.settled()
        await home.shows("sensor.attic_status", "unauthorized")
        await devices_are_right(home, entry["entry_id"])
        id = await play.complete(play.torrents, swarm, "Looked at")
        await until(lambda: agrees(play, "torrents"), 20, "the entities agree with the bus")
        await until(lambda: agrees(play, "seedbox"), 20, "the entities agree with the bus")
        await is_a_repair(home, attic, play.bridge)
        await is_redacted(home, entry["entry_id"], id)
        await shows_everybody(home, id)
        await leaves_out(home, entry["entry_id"])
        assert not [one for one in await home.entities() if one["entity_id"].endswith("_2")]
        assert home.complaints(about_us) == []


async def none_of(home: House, platform: str) -> bool:
    return not await home.ours(platform)


async def asks_for_the_base_topic(home: House) -> None:
    """By hand, while it is found: what is wrong is said, and what is found stays."""
    flow = await home.post("/api/config/config_entries/flow", handler="downloads2mqtt")
    assert (flow["type"], flow["step_id"]) == ("form", "user")
    path = f"/api/config/config_entries/flow/{flow['flow_id']}"
    for base, errors in (
        ("no base", {"base_topic": "invalid_base_topic"}),
        ("nobody/here", {"base": "no_bridge"}),
    ):
        assert (await home.post(path, base_topic=base))["errors"] == errors
    await home.delete(path)
    found = await home.ask("config_entries/flow/progress")
    assert [one["context"]["source"] for one in found if one["handler"] == "downloads2mqtt"] == ["mqtt"]


async def devices_are_right(home: House, entry_id: str) -> None:
    assert await home.our_devices(entry_id) == ["All downloads", "Attic", "Bridge main", "Seedbox", "Torrents"]
    devices = {one["name"]: one for one in await home.devices()}
    for name, model in (("Torrents", "Transmission"), ("Seedbox", "qBittorrent"), ("Attic", "Transmission")):
        assert devices[name]["via_device_id"] == devices["Bridge main"]["id"]
        assert (devices[name]["model"], devices[name]["manufacturer"]) == (model, "downloads2mqtt")
    assert devices["Torrents"]["sw_version"].startswith("3.") or devices["Torrents"]["sw_version"].startswith("4.")


UNITS = {
    "download_rate": ("MB/s", 10**6),
    "upload_rate": ("MB/s", 10**6),
    "free_space": ("GB", 10**9),
    "downloaded_in_total": ("TB", 10**12),
    "uploaded_in_total": ("TB", 10**12),
}
KEYS = {"downloaded_in_total": "downloaded_total", "uploaded_in_total": "uploaded_total"}


async def agrees(play: Scene, client: str) -> bool:
    """Whether the sensors of a client say what the bus says, in their units."""
    said, states = play.seen.json(f"client/{client}/stats"), await play.home.states(f"sensor.{client}_")
    for leaf, (unit, size) in UNITS.items():
        state = states[f"sensor.{client}_{leaf}"]
        assert state["attributes"]["unit_of_measurement"] == unit
        value = said[KEYS.get(leaf, leaf)]
        shown = None if state["state"] == "unknown" else float(state["state"])
        if (value is None) != (shown is None) or abs((value or 0) - (shown or 0) * size) > size * 0.001:
            return False
    counts = said["counts"]
    shown_counts = {
        state: states[f"sensor.{client}_{state}"]["state"] for state in ("downloading", "seeding", "paused")
    }
    return shown_counts == {state: str(counts[state]) for state in shown_counts} and (
        states[f"sensor.{client}_downloads"]["state"] == str(said["total"])
    )


async def is_a_repair(home: House, attic: Transmission, bridge: Service) -> None:
    """Credentials that are refused are a repair, and none once they are right."""

    async def repairs() -> list[dict[str, Any]]:
        issues = (await home.ask("repairs/list_issues"))["issues"]
        return [one for one in issues if one["domain"] == "downloads2mqtt"]

    (issue,) = await until(repairs, 20, "a repair")
    assert (issue["translation_key"], issue["severity"]) == ("unauthorized", "error")
    assert issue["translation_placeholders"]["client"] == "Attic"
    assert not any(secret in json.dumps(issue) for secret in SECRETS)
    await bridge.stop()
    bridge.path.write_text(bridge.path.read_text().replace("not-the-password", attic.settings()["password"]))
    await bridge.start()
    await home.shows("sensor.attic_status", "online", within=30)

    async def put_right() -> bool:
        return not await repairs()

    await until(put_right, 10, "the repair goes")


async def is_redacted(home: House, entry_id: str, id: str) -> None:
    told = await home.get(f"/api/diagnostics/config_entry/{entry_id}")
    data, text = told["data"], json.dumps(told["data"])
    assert (data["connected"], data["complete"], data["nonsense"]) == (True, True, {})
    assert data["clients"]["torrents"]["held"] == 1
    assert not any(private in text for private in (*SECRETS, id, "Looked at", "/downloads"))


async def shows_everybody(home: House, id: str) -> None:
    """An ordinary user sees and asks over the WebSocket, and may not what only administrators may."""
    token = await home.person("guest")
    async with home.websocket(token) as socket:
        frames = await socket.subscribe("downloads2mqtt/subscribe")
        snapshot = await asyncio.wait_for(frames.get(), 10)
        assert snapshot["t"] == "snapshot"
        assert {one["client"] for one in snapshot["clients"]} == {"torrents", "seedbox", "attic"}
        assert [one["id"] for one in snapshot["downloads"]] == [id]
        found = await socket.call("downloads2mqtt/request", topic="bridge/main", verb="find", fields={"id": id})
        assert [one["id"] for one in found["downloads"]] == [id]
        ask = {"topic": "client/torrents", "verb": "recheck", "fields": {"ids": [id]}}
        await socket.call("downloads2mqtt/request", **ask)
        while (frame := await asyncio.wait_for(frames.get(), 20))["t"] != "delta" or f"torrents:{id}" not in frame.get(
            "set", {}
        ):
            assert frame["t"] in ("delta", "event")
        with pytest.raises(Refused, match="nobody"):
            await socket.call("downloads2mqtt/request", topic="client/nobody", verb="pause", fields={"all": True})
        with pytest.raises(Refused, match="unauthorized"):
            await socket.subscribe("mqtt/subscribe", topic="#")


async def leaves_out(home: House, entry_id: str) -> None:
    """A client that is left out goes with its device, and comes back."""
    for excluded, wanted in ((["attic"], None), ([], "online")):
        flow = await home.post("/api/config/config_entries/options/flow", handler=entry_id)
        schema = {one["name"]: one for one in flow["data_schema"]}
        choices = [one["value"] for one in schema["excluded_clients"]["selector"]["select"]["options"]]
        assert choices == ["attic", "seedbox", "torrents"]
        options = {
            "excluded_clients": excluded, "event_types": schema["event_types"]["default"],
            "download_sensors": not excluded, "download_sensors_limit": 5,
        }  # fmt: skip
        done = await home.post(f"/api/config/config_entries/options/flow/{flow['flow_id']}", **options)
        assert done["type"] == "create_entry"
        await home.settled()
        await home.shows("sensor.attic_status", wanted)
        assert ("Attic" in await home.our_devices(entry_id)) == (not excluded)
    await home.shows("sensor.torrents_looked_at", "100.0")


# -- an automation on `completed` ------------------------------------------------------------------


async def test_an_automation_runs_once_for_each_completion(
    laboratory: Laboratory, release: Release, swarm: Swarm, tmp_path: Path
) -> None:
    async with scene(laboratory, release, tmp_path) as play:
        home = play.home
        entry = await home.confirm("downloads2mqtt")
        await home.settled()
        entities, devices = await home.ours(), await home.our_devices(entry["entry_id"])
        counted = [name for name in ("completed", "everything", "received") if name != "received" or release.listening]
        completions = 0

        async def everything_is_back(what: str) -> None:
            await home.settled()
            assert await home.ours() == entities, what
            assert await home.our_devices(entry["entry_id"]) == devices, what
            assert await home.ours("mqtt") == [], what
            await counts(what)

        async def counts(what: str) -> None:
            """What counted too much would have; what has not yet counted enough may be on its way."""
            for name in counted:
                await home.shows(f"counter.{name}", str(completions), within=20)
            await asyncio.sleep(1.5)
            assert [await home.state(f"counter.{name}") for name in counted] == [str(completions)] * len(counted), what

        ids = []
        for client in (play.torrents, play.seedbox):
            ids.append(await play.complete(client, swarm, f"One of {client.kind}"))
            completions += 1
        await counts("two downloads")
        await home.restart()
        await everything_is_back("Home Assistant was restarted")
        ids.append(await play.complete(play.torrents, swarm, "After a restart of Home Assistant"))
        completions += 1
        await counts("one more")

        await play.bridge.stop()
        await home.shows("sensor.torrents_status", "unavailable")
        ids.append(await play.complete(play.torrents, swarm, "While the bridge was away"))
        completions += 1
        await play.bridge.start()
        await everything_is_back("the bridge was restarted")

        await play.mosquitto.kill()
        await home.shows("sensor.torrents_status", "unavailable", within=30)
        await play.mosquitto.start()
        await everything_is_back("the broker was restarted")
        ids.append(await play.complete(play.seedbox, swarm, "After a restart of the broker"))
        completions += 1
        await counts("one more")

        both = asyncio.gather(*(play.complete(play.torrents, swarm, f"Together {number}") for number in range(4)))
        ids += await both
        completions += 4
        await counts("four at the same time")
        await home.shows("sensor.all_downloads_downloads", str(len(ids)))
        assert home.complaints(about_us) == []


# -- actions ---------------------------------------------------------------------------------------


async def test_every_action_reaches_a_program(
    laboratory: Laboratory, release: Release, swarm: Swarm, news_server: NewsServer, tmp_path: Path
) -> None:
    usenet = await laboratory.start(Sabnzbd(laboratory.folder, news=news_server))
    settings = {**usenet.settings(), "name": "Usenet"}
    async with scene(laboratory, release, tmp_path, clients={"usenet": settings}) as play:
        await play.home.confirm("downloads2mqtt")
        await play.home.settled()
        await play.home.shows("sensor.usenet_status", "online")
        await adds_and_removes(play, swarm, news_server, usenet)
        await limits(play)
        for client, name in ((play.torrents, "torrents"), (play.seedbox, "seedbox")):
            await obeys(play, swarm, client, name)
        assert play.home.complaints(about_us) == []


async def adds_and_removes(play: Scene, swarm: Swarm, news_server: NewsServer, usenet: Sabnzbd) -> None:
    """A .torrent and an .nzb by their content, a magnet link, a link, and one to whoever takes it."""
    home, devices = play.home, {one["name"]: one["id"] for one in await play.home.devices()}
    torrent = swarm.share("By its content", 4 << 20, rate=64 << 10).torrent
    content = base64.b64encode(torrent.content).decode()
    for client, name, label in ((play.torrents, "torrents", "Torrents"), (play.seedbox, "seedbox", "Seedbox")):
        fields = {"content": content, "filename": "content.torrent", "device_id": devices[label]}
        assert await home.do("add", **fields) == {"client": name, "id": torrent.info_hash}
        await client.see(torrent.info_hash)
        magnet = f"magnet:?xt=urn:btih:{'a' * 39}{len(name) % 10}&dn=By+its+link"
        added = await home.do("add", url=magnet, entity_id=f"event.{name}_download", paused=True)
        await client.see(added["id"])
        linked = swarm.share(f"By its link for {name}", 4 << 20, rate=64 << 10).torrent
        (home.home / "www" / f"{name}.torrent").write_bytes(linked.content)
        await home.do("add", url=f"{home.url}/local/{name}.torrent", device_id=devices[label])
        await client.see(linked.info_hash)
        await home.shows(f"sensor.{name}_downloads", "3")
        answer = await home.do(
            "remove",
            ids=[f"{name}:{id}" for id in (torrent.info_hash, added["id"], linked.info_hash)],
            delete_data=True,
        )
        assert set(answer["clients"]) == {name}
        for id in (torrent.info_hash, added["id"], linked.info_hash):
            await client.see_gone(id)
    nzb = base64.b64encode(news_server.post("By Usenet", 4 << 20)).decode()
    added = await home.do("add", content=nzb, filename="By Usenet.nzb")
    assert added["client"] == "usenet"
    await usenet.see(added["id"], "finished", within=60)
    found = await home.do("find", title="By.Usenet")
    assert [one["id"] for one in found["downloads"]] == [added["id"]]
    assert found["scores"][0] > 0.9


async def limits(play: Scene) -> None:
    """By action and by number, and alternative ones by switch."""
    home = play.home
    await home.do("limits", entity_id="sensor.torrents_status", download_limit=400_000, upload_limit=200_000)
    await until(lambda: session(play, ("speed-limit-down", 400), ("speed-limit-up", 200)), 10, "the limits")
    await home.shows("number.torrents_download_limit", "0.4")
    await home.call_service("number", "set_value", entity_id="number.torrents_download_limit", value=0)
    await until(lambda: session(play, ("speed-limit-down-enabled", False)), 10, "no limit")
    await home.call_service("switch", "turn_on", entity_id="switch.torrents_alternative_limits")
    await until(lambda: session(play, ("alt-speed-enabled", True)), 10, "the alternative limits")
    await home.shows("switch.torrents_alternative_limits", "on")
    await home.call_service("switch", "turn_off", entity_id="switch.torrents_alternative_limits")
    await until(lambda: session(play, ("alt-speed-enabled", False)), 10, "the usual limits")


async def session(play: Scene, *wanted: tuple[str, Any]) -> bool:
    told = await play.torrents.call("session-get")
    return all(told[key] == value for key, value in wanted)


Call = tuple[str, str, dict[str, Any]]


def ways(name: str, id: str) -> list[tuple[Call, Call]]:
    """Every way to pause one that is alone, and to resume it."""
    item = {"entity_id": f"todo.{name}_downloads", "item": f"{name}:{id}"}
    return [
        (("downloads2mqtt", "pause", {"ids": [id]}), ("downloads2mqtt", "resume", {"ids": [id]})),
        (
            ("todo", "update_item", {**item, "status": "completed"}),
            ("todo", "update_item", {**item, "status": "needs_action"}),
        ),
        (
            ("switch", "turn_on", {"entity_id": f"switch.{name}_all_paused"}),
            ("switch", "turn_off", {"entity_id": f"switch.{name}_all_paused"}),
        ),
        (
            ("button", "press", {"entity_id": f"button.{name}_pause_all"}),
            ("button", "press", {"entity_id": f"button.{name}_resume_all"}),
        ),
    ]


async def obeys(play: Scene, swarm: Swarm, client: DownloadClient, name: str) -> None:
    """Pause, resume, set, by action, by to-do list, by switch and by button."""
    home, todo = play.home, f"todo.{name}_downloads"
    share = swarm.share(f"Obeyed by {name}", 32 << 20, rate=1 << 20)
    id = (await home.do("add", content=base64.b64encode(share.torrent.content).decode(), filename="o.torrent",
                        entity_id=todo))["id"]  # fmt: skip
    # Transmission 3.00 calls what it paused before it wrote a first piece "No data found" when it is resumed.
    await client.see(id, "downloading", done=0.05)

    async def known(**wanted: Any) -> bool:
        answer = await home.do("get_downloads", ids=[id])
        return all(answer["downloads"][0][key] == value for key, value in wanted.items())

    async def listed() -> Any:
        answer = await home.call_service("todo", "get_items?return_response", entity_id=todo, status="needs_action")
        return [one for one in answer["service_response"][todo]["items"] if one["uid"] == f"{name}:{id}"]

    await home.shows(f"sensor.{name}_downloading", "1")
    assert (await until(listed, 10, "it is on the list"))[0]["summary"] == f"Obeyed by {name}"
    for pause, resume in ways(name, id):
        await home.call_service(pause[0], pause[1], **pause[2])
        await client.see(id, "paused")
        await home.shows(f"switch.{name}_all_paused", "on")
        await home.call_service(resume[0], resume[1], **resume[2])
        await client.see(id, "downloading", "waiting")
        await home.shows(f"switch.{name}_all_paused", "off")
    tags = ["kept"] if name == "seedbox" else []
    await home.do("set", ids=[id], category="films", **({"tags": tags} if tags else {}))
    await until(lambda: known(category="films"), 10, "the category")
    answer = await home.do("get_downloads", categories=["films"], states=["downloading", "stalled", "metadata"])
    assert [(one["client"], one["id"]) for one in answer["downloads"]] == [(name, id)]
    assert set((await home.do("recheck", ids=[f"{name}:{id}"]))["clients"]) == {name}
    with pytest.raises(Refused):
        await home.do("remove", entity_id=todo)
    await home.call_service("todo", "remove_item", entity_id=todo, item=f"{name}:{id}")
    await client.see_gone(id)
    await home.shows(f"sensor.{name}_downloads", "0")
    with pytest.raises((Refused, httpx.HTTPError)):
        await home.do("pause", ids=[id])
