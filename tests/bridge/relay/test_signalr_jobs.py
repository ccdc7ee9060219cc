"""The hub of jobs: each connection is told of what it subscribed to, and of nothing else."""

import asyncio
import json
from typing import Any

import pytest

from downloads2mqtt.contract.download import STATES, Download
from downloads2mqtt.contract.event import Notification
from downloads2mqtt.contract.frames import SnapshotFrame
from downloads2mqtt.relay.hub.reader import Reader
from downloads2mqtt.relay.hub.scope import Grant, Scope
from downloads2mqtt.relay.signalr import jobs, jobs_audience
from downloads2mqtt.relay.signalr.polling import Letterbox
from downloads2mqtt.relay.signalr.records import Speech, unframed
from tests.bridge.relay.builders import AT, download, event
from tests.bridge.relay.conftest import Relay
from tests.bridge.relay.signalr_clients import Raw, raw


async def told(relay: Relay, *ids: str, client: str = "seedbox", **fields: Any) -> None:
    """These downloads are there, and readers were told."""
    for id in ids:
        relay.say(f"client/{client}/download/{id}", download(id, client, **fields))
    await relay.until(lambda relay: {f"{client}:{id}" for id in ids} <= held(relay))


def held(relay: Relay) -> set[str]:
    snapshot = relay.hub.channels.snapshot().message
    assert isinstance(snapshot, SnapshotFrame)
    return {f"{row.client}:{row.id}" for row in snapshot.downloads}


async def call(client: Raw, target: str, *arguments: object) -> list[dict[str, Any]]:
    """Call; what was told before the answer, of which the error comes first."""
    await client.say({"type": 1, "target": target, "arguments": arguments, "invocationId": target})
    start = client.read
    answer = await client.answer(target)
    error = [answer] if "error" in answer else []
    return error + client.told[start : client.read - 1]


async def test_subscribing_answers_at_once_in_both_shapes(relay: Relay) -> None:
    await told(relay, "a", progress=45.6, category="films")
    async with raw(relay, "job-progress") as client:
        await client.greet()
        for target in ("SubscribeToJob", "GetJobProgress"):
            (message,) = await call(client, target, "a")
            assert message["target"] == "JobProgressUpdate"
            (job,) = message["arguments"]
            pushed = "jobId videoId jobType status progress currentStage statusMessage errorMessage updatedAt metadata"
            replied = "jobId videoId type status progress statusMessage errorMessage createdAt updatedAt completedAt"
            assert set(job) == {*pushed.split(), *replied.split()}
            assert (job["jobId"], job["videoId"], job["status"], job["progress"]) == ("a", "seedbox", "Running", 45)
            assert job["metadata"]["category"] == "films"


async def test_a_call_that_asks_for_no_answer_gets_none(relay: Relay) -> None:
    await told(relay, "a")
    async with raw(relay, "job-progress") as client:
        await client.greet()
        await client.say({"type": 1, "target": "GetJobProgress", "arguments": ["a"]})
        await client.say({"type": 1, "target": "Nonsense", "arguments": []})
        messages = await call(client, "GetJobProgress", "a")
        assert [message.get("target") for message in client.told[1:3]] == ["JobProgressUpdate"] * 2
        assert len(messages) == 2, "no completion between"


async def test_only_what_was_subscribed_is_told(relay: Relay) -> None:
    await told(relay, "a", "b", "c")
    async with raw(relay, "job-progress") as client:
        await client.greet()
        await call(client, "SubscribeToJob", "a")
        await call(client, "SubscribeToJob", "seedbox:b")
        await call(client, "GetJobProgress", "c")
        for progress in (20.0, 30.0):
            await told(relay, "c", progress=progress)
            await told(relay, "a", "b", progress=progress)
            seen = {(await client.until("JobProgressUpdate"))["jobId"] for _ in "ab"}
            assert seen == {"a", "b"}
        await call(client, "UnsubscribeFromJob", "a")
        await call(client, "UnsubscribeFromJob", "seedbox:b")
        start = client.read
        await told(relay, "a", "b", progress=40.0)
        relay.say("client/seedbox/event", event(1))
        await asyncio.sleep(0.6)
        await call(client, "UnsubscribeFromJob", "a")
        assert [message["type"] for message in client.told[start:]] == [3]


async def test_progress_comes_at_most_twice_a_second_and_transitions_at_once(relay: Relay) -> None:
    await told(relay, "a")
    async with raw(relay, "job-progress") as client:
        await client.greet()
        await call(client, "SubscribeToJob", "a")
        for number in range(60):
            relay.say("client/seedbox/download/a", download("a", progress=number / 2))
            await asyncio.sleep(0.025)
        await told(relay, "a", state="paused")
        while (job := await client.until("JobProgressUpdate"))["status"] != "Pending":
            pass
        assert job["currentStage"] == "paused"
        updates = [message for message in client.told if message.get("target") == "JobProgressUpdate"]
        assert 3 <= len(updates) <= 7


async def test_the_end_of_a_job(relay: Relay) -> None:
    await told(relay, "a", "b")
    async with raw(relay, "job-progress") as client:
        await client.greet()
        await call(client, "SubscribeToJob", "a")
        await call(client, "SubscribeToVideo", "seedbox")
        relay.say("client/seedbox/event", event(1, "a"))
        completed = await client.until("JobCompleted")
        assert set(completed) == {"jobId", "videoId", "status", "message", "completedAt", "notificationId"}
        assert (completed["status"], completed["completedAt"]) == ("Completed", AT)
        last = download("b", state="failed", error="no peers")
        relay.say("client/seedbox/event", event(2, "b", event="failed", to="failed", download=last))
        failed = await client.until("JobFailed")
        assert (failed["jobId"], failed["error"], failed["message"]) == ("b", "no peers", "Job failed")


async def test_a_job_that_is_removed_is_cancelled_and_may_return(relay: Relay) -> None:
    await told(relay, "a", progress=60.0)
    async with raw(relay, "job-progress") as client:
        await client.greet()
        await call(client, "SubscribeToJob", "a")
        relay.say("client/seedbox/download/a", b"")
        job = await client.until("JobProgressUpdate")
        assert (job["status"], job["progress"], job["jobId"]) == ("Cancelled", 60, "a")
        (error,) = await call(client, "GetJobProgress", "a")
        assert error["target"] == "Error"
        await told(relay, "a")
        assert (await client.until("JobProgressUpdate"))["status"] == "Running"


async def test_one_id_at_two_clients(relay: Relay) -> None:
    await relay.greet("seedbox", "nas")
    await told(relay, "a", client="seedbox")
    await told(relay, "a", client="nas")
    async with raw(relay, "job-progress") as client:
        await client.greet()
        both = await call(client, "SubscribeToJob", "a")
        assert [message["arguments"][0]["videoId"] for message in both] == ["nas", "seedbox"]
        (one,) = await call(client, "GetJobProgress", "nas:a")
        assert one["arguments"][0]["videoId"] == "nas"


async def test_a_client_as_a_video(relay: Relay) -> None:
    await told(relay, "a", progress=50.0, size=3000)
    await told(relay, "b", state="seeding", size=1000)
    async with raw(relay, "job-progress") as client:
        await client.greet()
        (message,) = await call(client, "SubscribeToVideo", "seedbox")
        (video,) = message["arguments"]
        assert (video["videoId"], video["processingStatus"], video["overallProgress"]) == ("seedbox", "Running", 62)
        assert [(stage["name"], stage["status"], stage["progress"]) for stage in video["stages"]] == [
            ("name of a", "Running", 50),
            ("name of b", "Completed", 100),
        ]
        await told(relay, "a", state="seeding", size=3000)
        while (video := await client.until("VideoProgressUpdate"))["overallProgress"] != 100:
            pass
        assert video["processingStatus"] == "Completed"
        await call(client, "UnsubscribeFromVideo", "seedbox")
        await told(relay, "a", state="paused", size=3000)
        start = client.read
        await asyncio.sleep(0.6)
        await call(client, "UnsubscribeFromVideo", "seedbox")
        assert [message["type"] for message in client.told[start:]] == [3]


async def test_what_changes_just_before_one_subscribes_is_told(relay: Relay) -> None:
    """What was added up lately answers the second; it must not be the last that it hears."""
    await told(relay, "a", progress=10.0)
    async with raw(relay, "job-progress") as first, raw(relay, "job-progress") as second:
        await first.greet()
        await second.greet()
        await call(first, "GetVideoProgress", "seedbox")
        await told(relay, "a", progress=90.0)
        await call(second, "SubscribeToVideo", "seedbox")
        while (await second.until("VideoProgressUpdate"))["overallProgress"] != 90:
            pass


class Quiet:
    """A session that nobody reads."""

    def __init__(self, relay: Relay, audience: jobs_audience.JobsAudience) -> None:
        self.reader = Reader(lambda frame: True)
        self.box = Letterbox()
        self.outlet = relay.server._services.outlet(self.box, Speech(audience.say, unframed), self.box.drain)

    def say(self, records: bytes) -> None:
        """Put in, as a session does."""
        self.box.write(records)

    def told(self) -> list[dict[str, Any]]:
        """What it was told since."""
        return [json.loads(record) for record in self.box.take().decode().split("\x1e")[:-1]]


async def test_who_leaves_watches_no_client_any_more(relay: Relay) -> None:
    await told(relay, "a")
    audience = jobs_audience.JobsAudience(relay.hub, Scope())
    one, two = Quiet(relay, audience), Quiet(relay, audience)
    for session in (one, two):
        audience.enter(session)
        audience.call(session, "SubscribeToVideo", ["seedbox"])
    audience.leave(one)
    assert (audience._clients, list(audience._due)) == ({"seedbox": 1}, ["seedbox"])
    audience.leave(two)
    assert (audience._clients, audience._due, audience._told) == ({}, {}, {})


async def test_a_list_without_a_job_says_that_it_is_gone(relay: Relay) -> None:
    """As one that lagged from the start is told everything."""
    await told(relay, "a", "b")
    audience = jobs_audience.JobsAudience(relay.hub, Scope())
    session = Quiet(relay, audience)
    audience.enter(session)
    for id in "ab":
        audience.call(session, "SubscribeToJob", [id])
    relay.say("client/seedbox/download/a", b"")
    await relay.until(lambda relay: "seedbox:a" not in held(relay))
    session.told()
    audience.send(session, relay.hub.channels.snapshot())
    jobs_told = [message["arguments"][0] for message in session.told()]
    assert [(job["jobId"], job["status"]) for job in jobs_told] == [("a", "Cancelled"), ("b", "Running")]
    audience.send(session, relay.hub.channels.snapshot())
    assert [message["arguments"][0]["jobId"] for message in session.told()] == ["b"]
    audience.leave(session)


async def test_a_client_is_added_up_the_more_seldom_the_larger_it_is(
    relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_audience, "GROUP_SECONDS", 0.0)
    monkeypatch.setattr(jobs_audience, "GROUP_ROWS_PER_SECOND", 2)
    await told(relay, "a", "b", progress=10.0)
    audience = jobs_audience.JobsAudience(relay.hub, Scope())
    session = Quiet(relay, audience)
    audience.enter(session)

    def progress() -> int:
        audience.call(session, "GetVideoProgress", ["seedbox"])
        (message,) = session.told()
        return int(message["arguments"][0]["overallProgress"])

    assert progress() == 10
    begun = asyncio.get_running_loop().time()
    await told(relay, "a", "b", progress=90.0)
    while progress() != 90:
        await asyncio.sleep(0.05)
    assert asyncio.get_running_loop().time() - begun > 0.8


async def test_one_that_lags_hears_of_its_clients_when_it_reads_again(
    relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_audience, "GROUP_SECONDS", 0.1)
    await told(relay, "a", progress=10.0)
    async with raw(relay, "job-progress") as client, raw(relay, "job-progress") as other:
        await client.greet()
        (reader,) = relay.hub.channels
        await other.greet()
        for each in (client, other):
            await call(each, "SubscribeToVideo", "seedbox")
        await asyncio.sleep(0.3)
        await call(client, "UnsubscribeFromJob", "none")
        reader.lagging = True
        await told(relay, "a", progress=90.0)
        while (await other.until("VideoProgressUpdate"))["overallProgress"] != 90:
            pass
        with pytest.raises(TimeoutError):
            await client.next(0.4)
        relay.hub.channels.drained(reader)
        while (await client.until("VideoProgressUpdate"))["overallProgress"] != 90:
            pass


@pytest.mark.parametrize(
    ("target", "id", "message"),
    [
        ("SubscribeToJob", "none", "Job none not found"),
        ("GetJobProgress", "secret", "Job secret not found"),
        ("SubscribeToJob", "seedbox:secret", "Job seedbox:secret not found"),
        ("SubscribeToVideo", "none", "Video none not found"),
        ("GetVideoProgress", "hidden", "Video hidden not found"),
    ],
)
async def test_unknown_and_invisible_are_the_same(
    relay: Relay, monkeypatch: pytest.MonkeyPatch, target: str, id: str, message: str
) -> None:
    async def admit(request: object, *, query_token: bool = False) -> Grant:
        return Grant("anna", Scope(clients=frozenset({"seedbox"}), categories=frozenset({"films"})))

    monkeypatch.setattr(relay.server._services.gate, "admit", admit)
    await relay.greet("seedbox", "hidden")
    await told(relay, "shown", category="films", progress=30.0)
    await told(relay, "secret", category="private")
    await told(relay, "secret", client="hidden", category="films")
    async with raw(relay, "job-progress") as client:
        await client.greet()
        (told_,) = await call(client, target, id)
        assert told_["target"] == "Error"
        assert told_["arguments"] == [{"code": "NOT_FOUND", "message": message}]
        (video,) = (await call(client, "SubscribeToVideo", "seedbox"))[0]["arguments"]
        assert (video["overallProgress"], len(video["stages"])) == (30, 1)
        await call(client, "SubscribeToJob", "shown")
        relay.say("client/seedbox/event", event(1, "secret", download=download("secret", category="private")))
        relay.say("client/seedbox/download/secret", download("secret", category="private", progress=99.0))
        relay.say("client/seedbox/download/shown", download("shown", category="private"))
        while (job := await client.until("JobProgressUpdate"))["status"] == "Running":
            pass
        assert job["status"] == "Cancelled", "it may not be seen any more"
        assert '"private"' not in json.dumps(client.told)


@pytest.mark.parametrize("target", jobs_audience.JobsAudience.calls)
@pytest.mark.parametrize("arguments", [[], [1], [None], ["a", "b"], [["a"]]])
async def test_arguments_that_make_no_sense(relay: Relay, target: str, arguments: list[object]) -> None:
    async with raw(relay, "job-progress") as client:
        await client.greet()
        (answer,) = await call(client, target, *arguments)
        assert "one argument" in answer["error"]


async def test_subscriptions_are_bounded(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_audience, "MOST_JOBS", 2)
    monkeypatch.setattr(jobs_audience, "MOST_CLIENTS", 1)
    await relay.greet("seedbox", "nas")
    await told(relay, "a", "b", "c")
    async with raw(relay, "job-progress") as client:
        await client.greet()
        for id in "aab":
            await call(client, "SubscribeToJob", id)
        assert "2 jobs" in (await call(client, "SubscribeToJob", "c"))[0]["error"]
        await call(client, "SubscribeToVideo", "seedbox")
        assert "1 videos" in (await call(client, "SubscribeToVideo", "nas"))[0]["error"]


async def test_notifications(relay: Relay) -> None:
    async with raw(relay, "job-progress") as client:
        await client.greet()
        await relay.until(lambda relay: len(relay.hub.channels))
        relay.hub.notify(Notification(type="greeting", message="hello", data={"n": 1}, at=AT))
        told = await client.until("BroadcastNotification")
        assert told == {"type": "greeting", "message": "hello", "data": {"n": 1}, "timestamp": AT}


async def test_a_reader_that_lags_is_told_how_its_jobs_are_now(relay: Relay) -> None:
    names = [f"id{number}" for number in range(300)]
    await told(relay, *names)
    async with raw(relay, "job-progress", max_queue=1, compression=None) as slow:
        await slow.greet()
        for id in names:
            await slow.say({"type": 1, "target": "SubscribeToJob", "arguments": [id]})
        await relay.until(lambda relay: len(relay.hub.channels))
        await slow.answer((await _sync(slow))["invocationId"])
        for burst in range(60):
            for id in names:
                long = download(id, state=("paused", "downloading")[burst % 2], name=f"{burst}" * 300)
                relay.say(f"client/seedbox/download/{id}", long)
            relay.hub.flush(float(burst))
            await asyncio.sleep(0)
        (reader,) = relay.hub.channels
        assert reader.lagging
        relay.say("client/seedbox/download/id0", b"")
        relay.say("client/seedbox/event", event(1, "id1"))
        latest: dict[str, dict[str, Any]] = {}
        completed = False
        async with asyncio.timeout(20):
            while (
                not completed
                or latest["id0"]["status"] != "Cancelled"
                or any(latest[id]["metadata"]["name"] != "59" * 300 for id in names[1:])
            ):
                message = await slow.next()
                completed = completed or message["target"] == "JobCompleted"
                if message["target"] == "JobProgressUpdate":
                    latest[message["arguments"][0]["jobId"]] = message["arguments"][0]


async def _sync(client: Raw) -> dict[str, Any]:
    message = {"type": 1, "target": "UnsubscribeFromJob", "arguments": ["x"], "invocationId": "sync"}
    await client.say(message)
    return message


def test_every_state_has_its_status() -> None:
    assert set(jobs.STATUS) == set(STATES)
    assert set(jobs.STATUS.values()) == {"Pending", "Running", "Completed", "Failed"}


def test_a_client_without_downloads_and_one_with_many() -> None:
    def group(*rows: Download) -> dict[str, Any]:
        record = json.loads(jobs.group("c", rows, AT)[:-1])
        (told,) = record["arguments"]
        assert isinstance(told, dict)
        return told

    assert (group()["overallProgress"], group()["processingStatus"], group()["stages"]) == (0, "Pending", [])
    many = group(*(download(f"id{number}", state="seeding") for number in range(5000)), download("last"))
    assert len(many["stages"]) == jobs.MOST_STAGES
    assert many["stages"][0]["name"] == "name of last", "what is under way comes first"
    unsized = group(download("a", size=None, progress=50.0), download("b", size=0, progress=None))
    assert unsized["overallProgress"] == 25


def test_the_work_for_one_is_that_of_its_own_subscriptions() -> None:
    """As many lookups as it has jobs that changed, however many downloads changed."""

    class Counting(dict[str, Any]):
        looks = 0

        def __contains__(self, key: object) -> bool:
            self.looks += 1
            return super().__contains__(key)

    changed = Counting({f"c:id{number}": {} for number in range(10_000)})
    assert jobs_audience._common({"c:id7": None, "c:none": None}, changed) == ["c:id7"]
    assert changed.looks == 2
