"""A real Home Assistant in a configuration folder of its own, set up as a person would and driven as a page would.

`script/home-assistant` makes the environments; `oldest` and `current` are the releases that can run.
"""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect

from .mosquitto import Mosquitto
from .programs import LOOPBACK, Program
from .suites import Missing, Suite, cache
from .waiting import until

COMPONENT = Path(__file__).parents[3] / "custom_components" / "downloads2mqtt"
OWNER, OWNER_PASSWORD = "owner", "owner-password"

CONFIGURATION = """homeassistant:
  {name: House, latitude: 48.2, longitude: 16.37, elevation: 170, unit_system: metric, time_zone: Europe/Vienna,
   currency: EUR, country: AT}
frontend:
api:
config:
websocket_api:
automation: !include automations.yaml
logger: {default: info}
"""
# All steps but the first; the others would install integrations that talk to the internet.
ONBOARDING = {
    "version": 4,
    "minor_version": 1,
    "key": "onboarding",
    "data": {"done": ["core_config", "analytics", "integration"]},
}
# Logged at every start: without pip, faster compression, ffmpeg and libturbojpeg, and with a custom component. And its
# own limit: at this log level it tells of each of a hundred entities that come or go.
USUAL = re.compile(
    r"Skipping pip|zlib_ng|FFmpeg|ffmpeg|libturbojpeg|TurboJPEG|We found a custom integration"
    r"|entity_registry is logging too frequently"
)
# 2025.4 logs what it answers to whoever calls an action over HTTP that is refused.
ANSWERED = re.compile(
    r"\[aiohttp\.server\] Error handling request[\s\S]*"
    r"^homeassistant\.exceptions\.(ServiceValidationError|HomeAssistantError): [^\n]*\s*\Z",
    re.MULTILINE,
)
# A record begins with its time, in colours where Home Assistant believes itself on a terminal; a traceback is below it.
RECORD = re.compile(r"^(?=(?:\x1b\[\d+m)?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", re.MULTILINE)


@dataclass(frozen=True)
class Release(Suite):
    """One Home Assistant that `script/home-assistant` installed; `listening` is the version of its stored `http`."""

    listening: int | None = None

    @property
    def python(self) -> Path:
        """The Python that it is installed in."""
        return cache() / "home-assistant" / self.name / "bin" / "python"

    def require(self, binary: str) -> None:
        """Raise Missing unless it is installed."""
        if not (self.python.exists() and (self.python.parent / binary).exists()):
            raise Missing(f"Home Assistant ({self.name}) is not installed: run script/home-assistant {self.name}.")


OLDEST = Release("oldest")
CURRENT = Release("current", listening=3)
RELEASES = {release.name: release for release in (OLDEST, CURRENT)}


class Refused(Exception):
    """Home Assistant said no to a command or a step; the message is its own."""


class Socket:
    """A WebSocket that is logged in. What a subscription brings waits in a queue of its own."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._last = 0
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._queues: dict[int, asyncio.Queue[Any]] = {}

    async def call(self, type: str, **fields: Any) -> Any:
        """One command and its result; raises `Refused`."""
        return (await self._ask(type, fields))[1]

    async def subscribe(self, type: str, **fields: Any) -> "asyncio.Queue[Any]":
        """A command that goes on telling: what it tells, in order."""
        id, _ = await self._ask(type, fields)
        return self._queues.setdefault(id, asyncio.Queue())

    async def events(self, event_type: str) -> "asyncio.Queue[Any]":
        """The events of Home Assistant's own bus; for administrators."""
        return await self.subscribe("subscribe_events", event_type=event_type)

    async def log_in(self, token: str) -> Self:
        """The exchange at the beginning; raises `Refused`."""
        await self._connection.recv()
        await self._connection.send(json.dumps({"type": "auth", "access_token": token}))
        answer = json.loads(await self._connection.recv())
        if answer["type"] != "auth_ok":
            raise Refused(answer.get("message", answer["type"]))
        return self

    async def listen(self) -> None:
        """Until the connection is closed."""
        async for text in self._connection:
            said = json.loads(text)
            for message in said if isinstance(said, list) else [said]:
                if message["type"] == "event":
                    self._queues.setdefault(message["id"], asyncio.Queue()).put_nowait(message["event"])
                elif (answer := self._answers.pop(message["id"], None)) is not None:
                    answer.set_result(message)

    async def _ask(self, type: str, fields: Mapping[str, Any]) -> tuple[int, Any]:
        self._last += 1
        id = self._last
        answer = self._answers[id] = asyncio.get_running_loop().create_future()
        await self._connection.send(json.dumps({"id": id, "type": type, **fields}))
        message = await asyncio.wait_for(answer, 20)
        if not message["success"]:
            raise Refused(f"{type}: {message['error']['code']}: {message['error']['message']}")
        return id, message["result"]


class HomeAssistant(Program):
    """Home Assistant with an owner, connected to a broker.

    `components` are folders that become custom components, `resources` files of JavaScript that every dashboard loads.
    """

    binary = "hass"
    start_bound = 90.0
    stop_bound = 30.0

    def __init__(
        self,
        folder: Path,
        release: Release = OLDEST,
        *,
        broker: Mosquitto | None = None,
        components: Sequence[Path] = (),
        resources: Sequence[Path] = (),
        automations: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(folder, release)
        self.release = release
        self.token = ""
        self._broker = broker
        self._components = components
        self._resources = resources
        self._automations = automations

    # -- life --------------------------------------------------------------------------------------

    def configure(self) -> None:
        yaml = CONFIGURATION
        self.write(".storage/onboarding", json.dumps(ONBOARDING))
        if self.release.listening is None:
            yaml += f"http: {{server_host: {LOOPBACK}, server_port: {self.port}}}\n"
        else:
            self.write(".storage/http", json.dumps(self._stored_http(self.release.listening)))
        self.write("configuration.yaml", yaml)
        self.write("automations.yaml", json.dumps(list(self._automations)))
        for component in self._components:
            self.install(component)
        (self.home / "www").mkdir(exist_ok=True)
        for resource in self._resources:
            shutil.copy(resource, self.home / "www" / resource.name)

    def command(self) -> list[str]:
        return [str(self.release.python), "-m", "homeassistant", "-c", self.seen(), "--skip-pip"]

    async def answers(self) -> bool:
        async with self.http() as http:
            return (await http.get("/manifest.json")).status_code == 200  # the frontend's; it comes after what it needs

    async def start(self) -> Self:
        """Start it and wait until it runs; the first time with an owner, MQTT and the dashboards' resources."""
        await super().start()
        if not self.token:
            await self._move_in()
        await until(self._runs, 60, f"{self.name} runs", every=0.2)
        return self

    def install(self, component: Path) -> None:
        """Put a custom component where the next start finds it."""
        place = self.home / "custom_components" / component.name
        shutil.copytree(component, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))

    # -- what it shows -----------------------------------------------------------------------------

    async def states(self, prefix: str = "") -> dict[str, dict[str, Any]]:
        """Every state by entity id, or those that begin with `prefix`."""
        found = await self.get("/api/states")
        return {one["entity_id"]: one for one in found if one["entity_id"].startswith(prefix)}

    async def state(self, entity_id: str) -> str | None:
        """The state of one entity; None where there is no such entity."""
        found = (await self.states(entity_id)).get(entity_id)
        return None if found is None else str(found["state"])

    async def shows(self, entity_id: str, *wanted: str | None, within: float = 20.0) -> None:
        """Wait until an entity has one of these states; None is for no such entity."""
        state: str | None = ""

        async def seen() -> bool:
            nonlocal state
            state = await self.state(entity_id)
            return state in wanted

        try:
            await until(seen, within, every=0.2)
        except TimeoutError:
            raise TimeoutError(f"{entity_id} was not {wanted} within {within:g} s, but {state!r}") from None

    async def devices(self) -> list[dict[str, Any]]:
        """The device registry."""
        return list(await self.ask("config/device_registry/list"))

    async def entities(self) -> list[dict[str, Any]]:
        """The entity registry, with the disabled ones."""
        return list(await self.ask("config/entity_registry/list"))

    def complaints(self, of: Callable[[str], bool] = lambda _: True) -> list[str]:
        """What it logged as a warning or worse, with the traceback below it, but for what every start logs."""
        records = RECORD.split(self.log.read_text(errors="replace"))
        found = [one.rstrip() for one in records if re.match(r"[^\n]* (WARNING|ERROR|CRITICAL) \(", one)]
        return [
            one for one in found if not USUAL.search(one.partition("\n")[0]) and not ANSWERED.search(one) and of(one)
        ]

    # -- what is done with it ----------------------------------------------------------------------

    async def call_service(self, domain: str, service: str, **fields: Any) -> Any:
        """Call an action as the owner; raises `Refused`."""
        return await self._send("POST", f"/api/services/{domain}/{service}", json=fields)

    async def get(self, path: str) -> Any:
        """GET as the owner; raises `Refused`."""
        return await self._send("GET", path)

    async def ask(self, type: str, **fields: Any) -> Any:
        """One WebSocket command as the owner; raises `Refused`."""
        async with self.websocket() as socket:
            return await socket.call(type, **fields)

    @asynccontextmanager
    async def websocket(self, token: str | None = None) -> AsyncIterator[Socket]:
        """A WebSocket as the owner, or as whoever has `token`."""
        address = f"ws://{LOOPBACK}:{self.port}/api/websocket"
        async with connect(address, max_size=None, proxy=None) as connection:
            socket = await Socket(connection).log_in(token or self.token)
            listening = asyncio.create_task(socket.listen())
            try:
                yield socket
            finally:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)

    async def person(self, name: str) -> str:
        """Add an ordinary user, who is no administrator, and give a token of theirs."""
        async with self.websocket() as socket:
            user = await socket.call("config/auth/create", name=name, group_ids=["system-users"])
            await socket.call(
                "config/auth_provider/homeassistant/create",
                user_id=user["user"]["id"], username=name, password=f"{name}-password",
            )  # fmt: skip
        flow = {"client_id": self._client, "handler": ["homeassistant", None], "redirect_uri": self._client}
        step = await self._send("POST", "/auth/login_flow", json=flow)
        answer = {"client_id": self._client, "username": name, "password": f"{name}-password"}
        step = await self._send("POST", f"/auth/login_flow/{step['flow_id']}", json=answer)
        return await self._lasting_token(step["result"])

    async def set_up(self, handler: str, **fields: Any) -> dict[str, Any]:
        """Set up an integration by its form: these fields, and what it suggests for others; its config entry."""
        step = await self._send("POST", "/api/config/config_entries/flow", json={"handler": handler})
        return await self._through(handler, step, fields)

    async def confirm(self, handler: str, within: float = 20.0, **fields: Any) -> dict[str, Any]:
        """Set up what it found by itself, as soon as it has; its config entry."""
        flow: dict[str, Any] = {}

        async def found() -> bool:
            for one in await self.ask("config_entries/flow/progress"):
                if one["handler"] == handler:
                    flow.update(one)
            return bool(flow)

        await until(found, within, f"{self.name} finds {handler}", every=0.2)
        step = await self.get(f"/api/config/config_entries/flow/{flow['flow_id']}")
        return await self._through(handler, step, fields)

    async def _through(self, handler: str, step: dict[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
        while step["type"] == "form":
            answer = _filled(step.get("data_schema") or [], fields)
            path = f"/api/config/config_entries/flow/{step['flow_id']}"
            step = await self._send("POST", path, json=answer)
            if step.get("errors"):
                raise Refused(f"{handler}: {step['errors']}")
        if step["type"] != "create_entry":
            raise Refused(f"{handler}: {step.get('reason')}")
        entry: dict[str, Any] = step["result"]
        return entry

    async def remove_entry(self, entry_id: str) -> None:
        """Remove a config entry."""
        await self._send("DELETE", f"/api/config/config_entries/entry/{entry_id}")

    async def add_dashboard(self, path: str, config: Mapping[str, Any]) -> None:
        """A dashboard for everybody at `/<path>`, which needs a hyphen."""
        async with self.websocket() as socket:
            await socket.call(
                "lovelace/dashboards/create",
                url_path=path, title=path, mode="storage", show_in_sidebar=True, require_admin=False,
            )  # fmt: skip
            await socket.call("lovelace/config/save", url_path=path, config=config)

    # -- moving in ---------------------------------------------------------------------------------

    @property
    def _client(self) -> str:
        return f"{self.url}/"

    async def _move_in(self) -> None:
        owner = {"name": "Owner", "username": OWNER, "password": OWNER_PASSWORD, "language": "en"}
        step = await self._send("POST", "/api/onboarding/users", json={"client_id": self._client, **owner})
        self.token = await self._lasting_token(step["auth_code"])
        if self._broker is not None:
            await self.set_up("mqtt", broker=LOOPBACK, port=self._broker.port)
        for resource in self._resources:
            await self.ask("lovelace/resources/create", res_type="module", url=f"/local/{resource.name}")

    async def _lasting_token(self, code: str) -> str:
        form = {"grant_type": "authorization_code", "code": code, "client_id": self._client}
        short = (await self._send("POST", "/auth/token", data=form))["access_token"]
        async with self.websocket(short) as socket:
            return str(await socket.call("auth/long_lived_access_token", client_name="tests", lifespan=365))

    async def _runs(self) -> bool:
        return bool((await self.get("/api/config"))["state"] == "RUNNING")

    async def _send(self, method: str, path: str, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token and not path.startswith("/auth/") else {}
        async with self.http() as http:
            response = await http.request(method, path, headers=headers, **more)
        if response.status_code >= 400:
            raise Refused(f"{method} {path}: {response.status_code} {response.text[:500]}")
        return response.json() if response.content else None

    def http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, timeout=30.0, trust_env=False)

    def _stored_http(self, version: int) -> dict[str, Any]:
        """What YAML can say only for five minutes on trial in newer versions, as already confirmed."""
        stable = {
            "server_host": [LOOPBACK], "server_port": self.port, "cors_allowed_origins": [],
            "login_attempts_threshold": -1, "ip_ban_enabled": True, "ssl_profile": "intermediate_v6",
            "use_x_frame_options": True, "created_at": "2026-01-01T00:00:00+00:00", "error": None,
            "error_message": None,
        }  # fmt: skip
        data = {"stable": stable, "pending": None, "yaml_migration_done": True}
        return {"version": version, "minor_version": 1, "key": "http", "data": data}


def _filled(schema: Sequence[Mapping[str, Any]], given: Mapping[str, Any]) -> dict[str, Any]:
    """An answer to a form: what is given, and for what else it requires its default or its first choice."""
    answer: dict[str, Any] = {}
    for one in schema:
        name, selector = one["name"], one.get("selector", {})
        if name in given:
            answer[name] = given[name]
        elif one.get("type") == "expandable":
            answer[name] = _filled(one["schema"], given)
        elif not one.get("required"):
            continue
        elif "default" in one:
            answer[name] = one["default"]
        elif "boolean" in selector:
            answer[name] = False
        elif "select" in selector:
            first = selector["select"]["options"][0]
            answer[name] = first["value"] if isinstance(first, Mapping) else first
    return answer
