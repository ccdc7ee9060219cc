"""A house in miniature: a bridge with two clients, as messages on a bus that tests fire by hand."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from custom_components.downloads2mqtt.contract import STATES
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_mqtt_message,
    async_fire_time_changed,
)

DOMAIN = "downloads2mqtt"
BASE = "downloads2mqtt"
ABILITIES = ["add", "pause", "resume", "recheck", "reannounce", "remove", "set", "limits"]


def at(seconds: float = 0) -> str:
    """A time from now, as payloads carry it."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def info(bridge: str = "main", clients: tuple[str, ...] = ("seedbox", "usenet"), **more: Any) -> dict[str, Any]:
    """A `BridgeInfo`."""
    entries = [{"client": one, "kind": "qbittorrent", "protocol": "torrent", "name": one.title()} for one in clients]
    said = {"bridge": bridge, "version": "0.1.0", "contract": 1, "started_at": at(-60), "control": "safe"}
    return {**said, "clients": entries, **more}


def health(**more: Any) -> dict[str, Any]:
    """A `BridgeHealth`."""
    said = {"uptime": 60, "published": 10, "queue": 0, "dropped_events": 0, "mqtt_reconnects": 0, "at": at()}
    return said | more


def status(client: str = "seedbox", **more: Any) -> dict[str, Any]:
    """A `ClientStatus`."""
    said = {
        "client": client,
        "bridge": "main",
        "kind": "qbittorrent",
        "protocol": "torrent",
        "name": client.title(),
        "state": "online",
        "error": None,
        "version": "5.1.2",
        "abilities": ABILITIES,
        "last_ok": at(),
        "since": at(-30),
    }
    return said | more


def stats(total: int = 0, counts: dict[str, int] | None = None, **more: Any) -> dict[str, Any]:
    """A `ClientStats`."""
    said = {
        "download_rate": 5_000_000,
        "upload_rate": 1_000_000,
        "download_limit": None,
        "upload_limit": 250_000,
        "alternative_limits": False,
        "free_space": 10**12,
        "total": total,
        "counts": dict.fromkeys(STATES, 0) | (counts or {}),
        "downloaded_total": 10**13,
        "uploaded_total": 10**12,
        "poll_seconds": 0.012,
    }
    return said | more


def download(id: str = "a1", client: str = "seedbox", **more: Any) -> dict[str, Any]:
    """A `Download`."""
    said = {
        "id": id,
        "native_id": id,
        "client": client,
        "kind": "qbittorrent",
        "protocol": "torrent",
        "name": f"name of {id}",
        "state": "downloading",
        "native_state": "downloading",
        "stage": None,
        "progress": 45.0,
        "size": 1_000_000,
        "downloaded": 450_000,
        "uploaded": 0,
        "download_rate": 3_000_000,
        "upload_rate": 0,
        "eta": 720,
        "ratio": 0.0,
        "seeds": 12,
        "peers": 3,
        "category": "linux",
        "tags": ["iso"],
        "path": "/downloads/x",
        "queue_position": 1,
        "added_at": "2026-01-01T10:00:00Z",
        "completed_at": None,
        "error": None,
        "warning": None,
        "updated_at": "2026-01-01T10:00:10Z",
    }
    return said | more


def event(seq: int, type: str = "completed", **more: Any) -> dict[str, Any]:
    """A `DownloadEvent`."""
    now = download(state="completed", completed_at="2026-01-01T10:10:00Z")
    said = {"seq": seq, "event": type, "client": "seedbox", "id": "a1", "name": "name of a1", "at": at()}
    return {**said, "from": "downloading", "to": "completed", "download": now, **more}


class House:
    """The bus as Home Assistant sees it; `answers` decides what the bridge says to requests."""

    def __init__(self, hass: HomeAssistant, mqtt: Any) -> None:
        self.hass = hass
        self.mqtt = mqtt
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.announced: list[str] = []
        self.pages: dict[str, list[dict[str, Any]]] = {}
        self.page_size = 100
        self.answers: dict[str, Callable[[dict[str, Any]], Any]] = {}
        self.before_answer: Callable[[str, dict[str, Any]], None] | None = None
        mqtt.async_publish.side_effect = self._published
        mqtt._mqttc.publish.side_effect = None

    def say(self, topic: str, payload: Any, retain: bool = False, base: str = BASE) -> None:
        """One message."""
        text = payload if isinstance(payload, str) else json.dumps(payload)
        async_fire_mqtt_message(self.hass, f"{base}/{topic}", text, 0, retain)

    def bridge(self, bridge: str = "main", base: str = BASE, **more: Any) -> None:
        """A bridge that comes online."""
        self.say(f"bridge/{bridge}/info", info(bridge, **more), retain=True, base=base)
        self.say(f"bridge/{bridge}/health", health(), retain=True, base=base)
        self.say(f"bridge/{bridge}/state", "online", retain=True, base=base)

    def client(
        self, client: str = "seedbox", downloads: tuple[dict[str, Any], ...] = (), retain: bool = True, **more: Any
    ) -> None:
        """A client with these downloads, held by the bridge too."""
        counts = {state: sum(one["state"] == state for one in downloads) for state in STATES}
        self.pages[client] = list(downloads)
        self.say(f"client/{client}/status", status(client, **more), retain=retain)
        self.say(f"client/{client}/stats", stats(len(downloads), counts), retain=retain)

    async def settle(self, seconds: float = 0.3) -> None:
        """Let what is gathered be told, and background tasks get on."""
        for _ in range(6):
            async_fire_time_changed(self.hass, dt_util.utcnow() + timedelta(seconds=seconds))
            await asyncio.sleep(0.02 if self.answers else 0)
            await self.hass.async_block_till_done(wait_background_tasks=False)

    async def _published(self, topic: str, payload: Any, qos: int, retain: bool, *rest: Any, **more: Any) -> None:
        if topic.endswith("/home_assistant/state"):
            self.announced.append(str(payload))
            return
        levels = topic.removeprefix(BASE + "/").split("/")
        if len(levels) == 4 and levels[2] == "request":
            self._requested(topic.removeprefix(BASE + "/"), levels, json.loads(payload))

    def _requested(self, topic: str, levels: list[str], fields: dict[str, Any]) -> None:
        self.requests.append((topic, {key: value for key, value in fields.items() if key != "transaction"}))
        if self.before_answer is not None:
            self.before_answer(topic, fields)
        usual: Callable[[dict[str, Any]], Any] = self._page if levels[3] == "snapshot" else lambda fields: {}
        data = self.answers.get(levels[3], usual)(fields)
        if data is None:
            return
        said = data if "error" in data else {"status": "ok", "data": data}
        self.say(topic.replace("/request/", "/response/"), {"transaction": fields["transaction"], **said})

    def _page(self, fields: dict[str, Any]) -> dict[str, Any]:
        held = sorted(self.pages.get(fields["client"], []), key=lambda one: one["id"])
        rest = [one for one in held if fields["after"] is None or one["id"] > fields["after"]]
        page = rest[: min(self.page_size, fields["limit"])]
        more = page[-1]["id"] if len(rest) > len(page) else None
        return {"downloads": page, "next": more, "total": len(held)}

    def asked(self, verb: str) -> list[dict[str, Any]]:
        """The fields of the requests with this verb."""
        return [fields for topic, fields in self.requests if topic.endswith(f"/request/{verb}")]


def refuse(code: str, message: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """An answer that says no."""
    return lambda _: {"status": "error", "error": {"code": code, "message": message}}


def entry(base: str = BASE, **options: Any) -> MockConfigEntry:
    """A config entry."""
    return MockConfigEntry(domain=DOMAIN, unique_id=base, title=base, data={"base_topic": base}, options=options)


@callback
def entity_id(hass: HomeAssistant, platform: str, subject: str, key: str, base: str = BASE) -> str:
    """The entity with this key; `subject` is `all`, `client_<client>` or `bridge_<bridge>`."""
    owner = next(one for one in hass.config_entries.async_entries(DOMAIN) if one.data["base_topic"] == base)
    found = er.async_get(hass).async_get_entity_id(platform, DOMAIN, f"{owner.entry_id}_{subject}_{key}")
    assert found is not None, f"no {platform} {subject} {key}"
    return found


def value(hass: HomeAssistant, platform: str, subject: str, key: str) -> str:
    """The state of that entity."""
    state = hass.states.get(entity_id(hass, platform, subject, key))
    assert state is not None
    return state.state


async def set_up(hass: HomeAssistant, house: "House", **options: Any) -> MockConfigEntry:
    """The component without anything on the bus."""
    found = entry(**options)
    found.add_to_hass(hass)
    assert await hass.config_entries.async_setup(found.entry_id)
    await hass.async_block_till_done()
    return found


def held(home: MockConfigEntry, client: str = "seedbox") -> dict[str, str]:
    """The downloads of a client and their states."""
    return {id: one["state"] for id, one in home.runtime_data.bus.clients[client].downloads.items()}
