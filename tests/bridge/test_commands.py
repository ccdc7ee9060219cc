"""Control over a real Mosquitto; the client records what it was told."""

import asyncio
import base64
from pathlib import Path
from typing import Any, ClassVar

import aiomqtt
import pytest
from msgspec.structs import replace
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from downloads2mqtt import commands
from downloads2mqtt.command import Add, Command, Pause, Remove
from downloads2mqtt.contract.download import Protocol
from downloads2mqtt.errors import ClientOffline, ClientUnreached, RequestError
from tests.bridge.listener import Listener
from tests.bridge.samples import download
from tests.bridge.scripted import Scripted
from tests.bridge.test_app import Desk, ids
from tests.journey.lab.mosquitto import Mosquitto

MAGNET = "magnet:?xt=urn:btih:" + "a" * 40


class Obedient(Scripted):
    """Does what it is told, and remembers it."""

    abilities = ("poll", "add", "pause", "remove")
    adds = frozenset({"magnet", "torrent", "http"})
    refuses: ClassVar[Exception | None] = None

    def __init__(self, id: str = "box", protocol: Protocol = "torrent", priority: int = 1) -> None:
        super().__init__(id, active=30.0, idle=30.0)
        self.protocol = protocol  # type: ignore[misc]
        self.settings = self.settings.model_copy(update={"priority": priority})
        self.told: list[Command] = []
        self.fails: Exception | None = None

    async def execute(self, command: Command) -> str | None:
        self.told.append(command)
        if self.fails is not None:
            raise self.fails
        match command:
            case Add():
                self.downloads["new"] = download("new")
                return "new"
            case Pause(chosen):
                for id in chosen or self.downloads:
                    self.downloads[id] = replace(self.downloads[id], state="paused")
            case Remove(chosen):
                for id in chosen:
                    del self.downloads[id]
        return None


@pytest.fixture
def desk(mosquitto: Mosquitto, tmp_path: Path) -> Desk:
    return Desk(mosquitto, tmp_path / "data")


async def online(seen: Listener, *clients: str) -> None:
    await seen.until(lambda: all((seen.json(f"client/{c}/status") or {}).get("state") == "online" for c in clients))


async def test_a_command_is_on_the_bus_within_a_second(desk: Desk) -> None:
    box = Obedient()
    box.set(download("a"), download("b"))
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: ids(seen) == {"a", "b"})
        answer = await seen.request("client/box:pause", {"ids": ["a"], "transaction": "1"})
        assert answer == {"transaction": "1", "status": "ok", "data": {}, "error": None}
        await seen.until(lambda: seen.downloads("box")["a"]["state"] == "paused", within=1.0)
        answer = await seen.request("client/box:add", {"url": MAGNET})
        assert answer["data"] == {"id": "new"}
        await seen.until(lambda: "new" in ids(seen), within=1.0)
        await seen.request("client/box:remove", {"ids": ["b"]})
        await seen.until(lambda: "b" not in ids(seen), within=3.0)
        assert box.told == [Pause(("a",)), Add(url=MAGNET), Remove(("b",))]


async def test_a_repeated_transaction_acts_once(desk: Desk) -> None:
    box = Obedient()
    async with desk.listener() as seen, desk.bridge(box):
        await online(seen, "box")
        request = {"url": MAGNET, "transaction": "same"}
        first = await seen.request("client/box:add", request)
        assert await seen.request("client/box:add", request) == first
        await seen.request("client/box:add", {**request, "transaction": "other"})
        assert len(box.told) == 2


async def test_a_transaction_means_one_request_of_one_client(desk: Desk) -> None:
    one, two = Obedient("one"), Obedient("two")
    async with desk.listener() as seen, desk.bridge(one, two):
        await online(seen, "one", "two")
        for client in ("one", "two"):
            await seen.request(f"client/{client}:add", {"url": MAGNET, "transaction": "same"})
        await seen.request("client/one:pause", {"all": True, "transaction": "same"})
        assert one.told == [Add(url=MAGNET), Pause(None)]
        assert two.told == [Add(url=MAGNET)]


async def test_an_old_transaction_is_forgotten(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Obedient()
    async with desk.listener() as seen, desk.bridge(box):
        await online(seen, "box")
        request = {"url": MAGNET, "transaction": "same"}
        await seen.request("client/box:add", request)
        monkeypatch.setattr(commands, "REMEMBER_SECONDS", 0.0)
        await seen.request("client/box:add", request)
        assert len(box.told) == 2


async def test_what_only_reads_is_done_anew_in_the_same_transaction(desk: Desk) -> None:
    box = Obedient()
    async with desk.listener() as seen, desk.bridge(box):
        await online(seen, "box")
        polls = box.polls
        for _ in range(2):
            await seen.request("client/box:poll", {"transaction": "same"})
        assert box.polls == polls + 2


async def test_two_at_the_same_time_act_once(desk: Desk) -> None:
    box = Obedient()
    async with desk.listener() as seen, desk.bridge(box):
        await online(seen, "box")
        for _ in range(5):
            await seen.publish("client/box/request/add", {"url": MAGNET, "transaction": "same"})
        answers = "downloads2mqtt/client/box/response/add"
        await seen.until(lambda: sum(topic == answers for topic, _ in seen.log) == 5)
        assert len(box.told) == 1


@pytest.mark.parametrize(
    ("control", "verb", "fields", "code"),
    [
        ("off", "pause", {"all": True}, "forbidden"),
        ("safe", "remove", {"ids": ["a"], "delete_data": True}, "forbidden"),
        ("full", "recheck", {"all": True}, "unsupported"),
        ("full", "pause", {"ids": ["nothing"]}, "not_found"),
        ("full", "add", {"url": "file:///etc/passwd"}, "bad_request"),
        ("full", "add", {"url": MAGNET + "\nX: y"}, "bad_request"),
        ("full", "add", {"url": MAGNET, "path": "/etc"}, "forbidden"),
        ("full", "add", {"content": "%%%", "filename": "x.torrent"}, "bad_request"),
        ("full", "add", {"content": "", "filename": "x.exe"}, "bad_request"),
    ],
)
async def test_refused_before_the_client_hears_of_it(
    desk: Desk, control: str, verb: str, fields: dict[str, Any], code: str
) -> None:
    box = Obedient()
    box.set(download("a"))
    async with desk.listener() as seen, desk.bridge(box, control=control):
        await seen.until(lambda: ids(seen) == {"a"})
        await online(seen, "box")
        answer = await seen.request(f"client/box:{verb}", fields)
        assert answer["error"]["code"] == code
        assert (await seen.request("client/box:poll", {}))["status"] == "ok"
        assert box.told == []


@pytest.mark.parametrize(
    ("fails", "code"),
    [
        (RequestError("failed", "it has this already: http://u:secret1@t.example/?passkey=secret2"), "failed"),
        (ClientOffline("127.0.0.1:1 broke off"), "offline"),
    ],
)
async def test_what_the_client_says_comes_back_without_secrets(desk: Desk, fails: Exception, code: str) -> None:
    box = Obedient()
    box.fails = fails
    async with desk.listener() as seen, desk.bridge(box):
        await online(seen, "box")
        answer = await seen.request("client/box:add", {"url": MAGNET})
        assert answer["error"]["code"] == code
        assert len(box.told) == 1
        assert b"secret" not in b"".join(payload for _, payload in seen.log)


async def test_an_offline_client_is_not_asked(desk: Desk) -> None:
    box = Obedient()
    box.error = ClientOffline("127.0.0.1:1 refuses the connection: is the program running?")
    async with desk.listener() as seen, desk.bridge(box):
        await seen.until(lambda: (seen.json("client/box/status") or {}).get("state") == "offline")
        answer = await seen.request("client/box:add", {"url": MAGNET})
        assert answer["error"] == {"code": "offline", "message": str(box.error)}


async def test_response_topic_and_correlation_of_mqtt_5(desk: Desk) -> None:
    box = Obedient()
    async with desk.listener() as seen, desk.bridge(box):
        await online(seen, "box")
        async with aiomqtt.Client("127.0.0.1", desk.mosquitto.port, protocol=aiomqtt.ProtocolVersion.V5) as other:
            await other.subscribe("answers/mine", 1)
            properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
            properties.ResponseTopic = "answers/mine"
            properties.CorrelationData = b"\x01\x02"
            await other.publish("downloads2mqtt/client/box/request/poll", b"{}", properties=properties)
            message = await asyncio.wait_for(anext(aiter(other.messages)), 10)
            assert getattr(message.properties, "CorrelationData", None) == b"\x01\x02"


@pytest.mark.parametrize(
    "topic", ["downloads2mqtt/client/box/download/x", "downloads2mqtt/bridge/main/state", "$SYS/x"]
)
async def test_an_answer_is_never_put_where_it_lies(desk: Desk, topic: str) -> None:
    box = Obedient()
    async with desk.listener() as seen, desk.bridge(box):
        await online(seen, "box")
        async with aiomqtt.Client("127.0.0.1", desk.mosquitto.port, protocol=aiomqtt.ProtocolVersion.V5) as other:
            properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
            properties.ResponseTopic = topic
            await other.publish("downloads2mqtt/client/box/request/poll", b"{}", properties=properties)
        await seen.until(lambda: seen.json("client/box/response/poll"))
        assert not seen.topics.get("downloads2mqtt/client/box/download/x")


class TestChoice:
    """`add` on the bridge, without a client."""

    async def test_by_protocol_then_priority(self, desk: Desk) -> None:
        second, first, usenet = Obedient("second", priority=2), Obedient("first"), Obedient("usenet", "usenet")
        usenet.adds = frozenset({"nzb", "http"})  # type: ignore[misc]
        async with desk.listener() as seen, desk.bridge(second, first, usenet):
            await online(seen, "first", "second", "usenet")
            for fields, client in (
                ({"url": MAGNET}, "first"),
                ({"url": "https://example.org/a.nzb?apikey=1"}, "usenet"),
                ({"content": base64.b64encode(b"<nzb/>").decode(), "filename": "a.nzb"}, "usenet"),
                ({"url": "https://example.org/a.torrent"}, "first"),
            ):
                assert (await seen.request("bridge/main:add", fields))["data"] == {"client": client, "id": "new"}
            assert second.told == []

    async def test_the_next_one_when_nothing_reached_the_first(self, desk: Desk) -> None:
        first, second = Obedient("first"), Obedient("second", priority=2)
        first.fails = ClientUnreached("refuses the connection")
        async with desk.listener() as seen, desk.bridge(first, second):
            await online(seen, "first", "second")
            assert (await seen.request("bridge/main:add", {"url": MAGNET}))["data"]["client"] == "second"

    async def test_not_the_next_one_when_the_first_may_have_it(self, desk: Desk) -> None:
        first, second = Obedient("first"), Obedient("second", priority=2)
        first.fails = ClientOffline("broke off in the middle of an answer")
        async with desk.listener() as seen, desk.bridge(first, second):
            await online(seen, "first", "second")
            assert (await seen.request("bridge/main:add", {"url": MAGNET}))["error"]["code"] == "failed"
            assert second.told == []

    async def test_nobody_takes_it(self, desk: Desk) -> None:
        box = Obedient()
        async with desk.listener() as seen, desk.bridge(box):
            await online(seen, "box")
            answer = await seen.request("bridge/main:add", {"url": "https://example.org/a.nzb"})
            assert answer["error"] == {"code": "unsupported", "message": "no client online takes this"}


class TestFind:
    """Downloads by id or release title, over all clients or in one."""

    async def test_by_title_then_by_id(self, desk: Desk) -> None:
        box, attic = Obedient(), Obedient("attic")
        whole, other = "Big.Buck.Bunny.2008.1080p.WEB-DL", "Big.Buck.Bunny.2008.2160p.WEB-DL"
        box.set(download("a", name=whole), download("b", name=other), download("c", name="Sintel"))
        attic.set(download("d", name=whole + ".x264-GRP", client="attic"), download("b", name="Spring", client="attic"))
        async with desk.listener() as seen, desk.bridge(box, attic):
            await seen.until(lambda: (ids(seen), ids(seen, "attic")) == ({"a", "b", "c"}, {"b", "d"}))

            async def find(topic: str, **fields: str) -> list[tuple[str, str]]:
                answer = await seen.request(f"{topic}:find", fields)
                assert answer["status"] == "ok"
                found, scores = answer["data"]["downloads"], answer["data"]["scores"]
                assert scores == sorted(scores, reverse=True)
                assert len(scores) == len(found)
                assert all(one == seen.downloads(one["client"])[one["id"]] for one in found)
                return [(one["client"], one["id"]) for one in found]

            assert await find("bridge/main", title="Big Buck Bunny 2008 1080p") == [("box", "a"), ("attic", "d")]
            assert await find("client/attic", title="Big Buck Bunny 2008 1080p") == [("attic", "d")]
            assert await find("bridge/main", id="b") == [("box", "b"), ("attic", "b")]
            assert await find("client/box", id="b") == [("box", "b")]
            assert await find("bridge/main", title="Big Buck") == await find("client/box", id="d") == []
            assert box.told == attic.told == []

    async def test_whatever_the_client_and_control(self, desk: Desk) -> None:
        box = Obedient()
        box.set(download("a", name="Sintel"))
        async with desk.listener() as seen, desk.bridge(box, control="off"):
            await seen.until(lambda: ids(seen) == {"a"})
            box.error = ClientOffline("127.0.0.1:1 refuses the connection: is the program running?")
            await seen.request("client/box:poll", {})
            await seen.until(lambda: (seen.json("client/box/status") or {}).get("state") == "offline")
            for topic in ("client/box", "bridge/main"):
                answer = await seen.request(f"{topic}:find", {"title": "sintel"})
                assert [one["id"] for one in answer["data"]["downloads"]] == ["a"]
                assert answer["data"]["scores"] == [1.0]

    @pytest.mark.parametrize(
        ("topic", "fields", "code"),
        [
            ("bridge/main", {}, "bad_request"),
            ("client/box", {}, "bad_request"),
            ("bridge/main", {"id": "a", "title": "b"}, "bad_request"),
            ("bridge/main", {"title": 7}, "bad_request"),
            ("bridge/main", {"title": "a", "client": "box"}, "bad_request"),
        ],
    )
    async def test_what_makes_no_sense(self, desk: Desk, topic: str, fields: dict[str, Any], code: str) -> None:
        box = Obedient()
        async with desk.listener() as seen, desk.bridge(box):
            await online(seen, "box")
            assert (await seen.request(f"{topic}:find", fields))["error"]["code"] == code

    async def test_no_more_than_an_answer_holds(self, desk: Desk) -> None:
        box = Obedient()
        box.set(*(download(f"{at:02}", name="Sintel", path="/" + "é" * 1900) for at in range(40)))
        async with desk.listener() as seen, desk.bridge(box):
            await seen.until(lambda: len(ids(seen)) == 40)
            assert len((await seen.request("bridge/main:find", {"title": "Sintel"}))["data"]["downloads"]) == 11
            assert max(len(payload) for topic, payload in seen.log if topic.endswith("/find")) <= 48 * 1024
            box.set(*(download(f"{at:02}", name="Sintel") for at in range(40)))
            await seen.request("client/box:poll", {})
            await seen.until(lambda: all(not one["path"] for one in seen.downloads("box").values()))
            assert len((await seen.request("bridge/main:find", {"title": "Sintel"}))["data"]["downloads"]) == 20
