"""What SABnzbd is told, what is refused before, how its answers are read; and nothing twice."""

import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.sabnzbd import Sabnzbd, control
from downloads2mqtt.clients.sabnzbd.finding import AT_ONCE
from downloads2mqtt.command import Add, Command, Limits, Pause, Remove, Resume, Set
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized, RequestError

KEY = "0123456789abcdef0123456789abcdef"
ONE, TWO, THREE, FOUR = "SABnzbd_nzo_one", "c178e84a-e33a-45bc-b25f-e7ef3a371dbf", "SABnzbd_nzo_three", "SABnzbd_nzo_4"
NZB: dict[str, Any] = {"content": b"<nzb/>", "filename": "A job.NZB"}
WEB = "https://me:pass@h.test/get?id=1&apikey=hunter2"

Fault = Callable[[dict[str, str]], httpx.Response | None]
Orders = list[dict[str, str]]


class Program:
    """A SABnzbd; every order is kept as the form that was sent, without what is in each."""

    def __init__(self) -> None:
        self.queue: list[dict[str, Any]] = []
        self.history: list[dict[str, Any]] = []
        self.paused = False
        self.orders: Orders = []
        self.asked: Orders = []
        self.warnings: list[dict[str, Any]] = []
        self.replies: dict[str, Any] = {"addfile": {"status": True, "nzo_ids": [ONE]}}
        self.replies["addurl"] = self.replies["addfile"]
        self.fault: Fault = lambda _: None
        self.urls: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.urls.append(str(request.url))
        form = fields(request)
        mode = form["mode"]
        if mode == "version":
            return httpx.Response(200, json={"version": "4.5.0"})
        if mode == "auth":
            return httpx.Response(200, json={"auth": "badkey"})
        if form.get("apikey") != KEY:
            return httpx.Response(403, text="API Key Incorrect")
        if (fault := self.fault(form)) is not None:
            return fault
        del form["apikey"], form["output"]
        if (mode in ("queue", "history") and "name" not in form) or mode in ("get_cats", "warnings"):
            self.asked.append(form)
            return httpx.Response(200, json=self.read(mode, form))
        self.orders.append(form)
        self.obey(form)
        return httpx.Response(200, json=self.replies.get(mode, {"status": True}))

    def read(self, mode: str, form: dict[str, str]) -> Any:
        match mode:
            case "get_cats":
                return {"categories": ["*", "movies", "TV"]}
            case "warnings":
                return {"warnings": self.warnings}
        wanted = form["nzo_ids"].split(",") if form.get("nzo_ids") else None
        rows = self.queue if mode == "queue" else self.history
        slots = [row for row in rows if wanted is None or row["nzo_id"] in wanted]
        if mode == "queue":
            return {"queue": {"paused": self.paused, "slots": slots}}
        return {"history": {"slots": slots, "noofslots": len(slots), "last_history_update": 7}}

    def obey(self, form: dict[str, str]) -> None:
        """What it takes out of its lists."""
        if form.get("name") == "delete":
            gone = form["value"].split(",")
            stays = ("Completed", "Failed", "Queued")
            self.queue = [row for row in self.queue if form["mode"] != "queue" or row["nzo_id"] not in gone]
            self.history = [
                row
                for row in self.history
                if form["mode"] != "history" or row["nzo_id"] not in gone or row["status"] not in stays
            ]
        if form["mode"] == "cancel_pp":
            for row in self.history:
                if row["nzo_id"] == form["value"]:
                    row["status"] = "Failed"


def fields(request: httpx.Request) -> dict[str, str]:
    """The form that was sent; of a file, name and content."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(request.content.decode("ascii"), keep_blank_values=True, strict_parsing=True))
    found = {}
    for part in request.content.split(b"--" + kind.partition("boundary=")[2].encode())[1:-1]:
        head, _, body = part[2:-2].partition(b"\r\n\r\n")
        words = head.decode().split("\r\n")[0].split('"')
        found[words[1]] = f"{words[3]}: {body.decode()}" if len(words) > 3 else body.decode()
    return found


def client(program: Any, key: str = KEY) -> Sabnzbd:
    settings = Sabnzbd.Settings.model_validate({"url": "http://sab.test:8080/", "api_key": key})
    return Sabnzbd("box", settings, Http(settings.url, transport=httpx.MockTransport(program), timeout=10))


def job(id: str, status: str = "Downloading", **more: Any) -> dict[str, Any]:
    return {"nzo_id": id, "filename": id, "status": status, "priority": "Normal", "labels": [], **more}


def past(id: str, status: str = "Completed", **more: Any) -> dict[str, Any]:
    return {"nzo_id": id, "name": id, "status": status, "retry": 1, "loaded": False, "fail_message": "", **more}


def queue(name: str, *ids: str, **more: str) -> dict[str, str]:
    return {"mode": "queue", "name": name, "value": ",".join(ids), **more}


@pytest.fixture
def program() -> Program:
    """One paused, one that downloads, one forced; one failed and one completed."""
    program = Program()
    program.queue = [job(THREE, priority="Force"), job(ONE, "Paused"), job(TWO)]
    program.history = [past(FOUR, "Failed", fail_message="no"), past("done")]
    return program


@pytest.mark.parametrize(
    ("command", "orders"),
    [
        (Pause((ONE, TWO)), [queue("pause", ONE, TWO)]),
        (Pause((TWO, "done")), [queue("pause", TWO)]),
        (Pause((THREE, TWO)), [queue("priority", THREE, value2="1"), queue("pause", THREE, TWO)]),
        (Pause(None), [{"mode": "pause"}, queue("priority", THREE, value2="1")]),
        (Resume((ONE,)), [queue("resume", ONE)]),
        (Resume((ONE, FOUR, "done")), [queue("resume", ONE), {"mode": "retry", "value": FOUR}]),
        (Resume(None), [{"mode": "resume"}, queue("resume", ONE)]),
        (Remove((TWO, ONE)), [queue("delete", ONE, TWO, del_files="0")]),
        (Remove((TWO,), delete_data=True), [queue("delete", TWO, del_files="1")]),
        (Remove(("done",)), [{"mode": "history", "name": "delete", "value": "done", "del_files": "0"}]),
        (
            Remove((TWO, FOUR), delete_data=True),
            [
                queue("delete", TWO, del_files="1"),
                {"mode": "history", "name": "delete", "value": FOUR, "del_files": "1", "archive": "0"},
            ],
        ),
        (Set((TWO,), category="tv"), [{"mode": "change_cat", "value": TWO, "value2": "TV"}]),
        (
            Set((ONE, TWO), category=""),
            [{"mode": "change_cat", "value": f"{ONE},{TWO}", "value2": "*"}, queue("pause", ONE)],
        ),
        (Set((ONE,), priority=-1), [queue("priority", ONE, value2="-1"), queue("pause", ONE)]),
        (Set((ONE,), priority=2), [queue("priority", ONE, value2="2")]),
        (Set((TWO,), priority=0), [queue("priority", TWO, value2="0")]),
        (Set((TWO,), queue_position=1), [{"mode": "switch", "value": TWO, "value2": "0"}]),
        (Set((THREE,), queue_position=2), [{"mode": "switch", "value": THREE, "value2": "1"}]),
        (Set((THREE,), queue_position=10**9), [{"mode": "switch", "value": THREE, "value2": "2"}]),
        (Set((ONE,), queue_position=2), []),
        (Limits(), []),
        (Limits(download_limit=1), [{"mode": "config", "name": "speedlimit", "value": "1K"}]),
        (Limits(download_limit=100_000), [{"mode": "config", "name": "speedlimit", "value": "98K"}]),
        (Limits(download_limit=0), [{"mode": "config", "name": "speedlimit", "value": "1073741824K"}]),
        (Limits(download_limit=2**62), [{"mode": "config", "name": "speedlimit", "value": "1073741824K"}]),
    ],
)
async def test_orders(program: Program, command: Command, orders: Orders) -> None:
    assert await client(program).execute(command) is None
    assert program.orders == orders
    assert all("?" not in url for url in program.urls)


@pytest.mark.parametrize(
    ("add", "form"),
    [
        (Add(**NZB), {"mode": "addfile", "nzbname": "A job", "name": "A job.nzb: <nzb/>"}),
        (
            Add(content=b"x", filename="../a/ü {{secret}}.nzb", category="tv", priority=2),
            {"mode": "addfile", "priority": "2", "cat": "TV", "nzbname": "ü {{secret}}", "name": "ü {{secret}}.nzb: x"},
        ),
        (
            Add(content=b"x", filename=".nzb", paused=True),
            {"mode": "addfile", "priority": "-2", "name": "added.nzb: x"},
        ),
        (Add(url=WEB), {"mode": "addurl", "name": WEB}),
        (Add(url=WEB, paused=True, priority=0), {"mode": "addurl", "name": WEB, "priority": "-2"}),
        (
            Add(url=WEB, filename="Named.nzb", category="movies", priority=-1),
            {"mode": "addurl", "name": WEB, "nzbname": "Named", "cat": "movies", "priority": "-1"},
        ),
        (Add(url=WEB, category="Default"), {"mode": "addurl", "name": WEB, "cat": "*"}),
    ],
)
async def test_additions(program: Program, add: Add, form: dict[str, str]) -> None:
    assert await client(program).execute(add) == ONE
    assert program.orders == [form]


@pytest.mark.parametrize(("priority", "word"), [(-1, "-1"), (1, "1"), (2, "1")])
async def test_a_paused_one_stays_so_when_it_gets_its_priority(program: Program, priority: int, word: str) -> None:
    assert await client(program).execute(Add(**NZB, paused=True, priority=priority)) == ONE
    assert program.orders[1:] == [queue("priority", ONE, value2=word), queue("pause", ONE)]


async def test_what_has_been_added_does_not_fail_any_more(program: Program, caplog: pytest.LogCaptureFixture) -> None:
    program.fault = lambda form: httpx.Response(500) if form["mode"] in ("queue", "history") else None
    with caplog.at_level(logging.WARNING):
        assert await client(program).execute(Add(**NZB, paused=True, priority=1)) == ONE
    assert "could not be looked for" in caplog.text
    assert "not with all that was wanted" in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    ("reply", "warnings", "history", "sentence"),
    [
        ([], [], [], "does not say why"),
        (
            [],
            ["Invalid NZB file A job.nzb, skipping <b>x</b>", "API key missing"],
            [],
            "Invalid NZB file A job.nzb, sk",
        ),
        ([], ["Bad A job at https://h.test/?apikey=hunter2"], [], "Bad A job at https://h.test$"),
        ([None], ["Something about another job"], [], "does not say why"),
        ([ONE], [], [past(ONE, "Queued", fail_message="Duplicate NZB")], "as failed: Duplicate NZB$"),
    ],
)
async def test_what_it_does_not_take(
    program: Program, reply: list[Any], warnings: list[str], history: list[Any], sentence: str
) -> None:
    program.replies["addfile"] = {"status": bool(reply), "nzo_ids": reply}
    program.warnings = [{"text": text, "type": "WARNING", "time": 1} for text in warnings]
    program.history = history
    with pytest.raises(RequestError, match=sentence) as caught:
        await client(program).execute(Add(**NZB, paused=True, priority=1))
    assert caught.value.code == "failed"
    assert len(program.orders) == 1


REFUSED: list[tuple[Command, str, str]] = [
    (Add(**NZB, tags=("a",)), "unsupported", "no tags"),
    (Add(**NZB, path="/x"), "unsupported", "takes no path"),
    (Add(**NZB, category="nowhere"), "bad_request", "no such category, but movies, TV"),
    (Add(**NZB, priority=3), "bad_request", "-1, 0, 1 or 2"),
    (Add(content=b"x", filename="a\r\nb.nzb"), "bad_request", "one line"),
    (Add(url=WEB, paused=True, priority=1), "unsupported", "not both"),
    (Add(url="/etc/passwd"), "bad_request", "url must be"),
    (Add(url="http://a/ http://b/"), "bad_request", "url must be"),
    (Set((ONE,), category="a,b"), "bad_request", "no such category"),
    (Set((ONE,), priority=-2), "bad_request", "-1, 0, 1 or 2"),
    (Set(("done",), priority=1), "failed", "has left its queue"),
    (Pause(("done", FOUR)), "failed", "only what is in its queue"),
    (Resume(("done",)), "failed", "only what is in its queue"),
    (Remove((TWO, "done"), delete_data=True), "unsupported", "deletes no files of what it has completed"),
    (Pause(("gone",)), "not_found", "not have it any more"),
    (Resume(("gone",)), "not_found", "not have it any more"),
    (Remove(("gone",)), "not_found", "not have it any more"),
    (Set(("gone",), queue_position=1), "not_found", "not have it any more"),
    *((Remove((word,), delete_data=True), "not_found", "nzo_id") for word in ("all", "Failed", "completed", "", "a,b")),
    *((Pause((word,)), "not_found", "nzo_id") for word in ("all", "*", "a b")),
]


@pytest.mark.parametrize(("command", "code", "sentence"), REFUSED)
async def test_what_is_refused_before_anything_is_done(
    program: Program, command: Command, code: str, sentence: str
) -> None:
    with pytest.raises(RequestError, match=sentence) as caught:
        await client(program).execute(command)
    assert caught.value.code == code
    assert program.orders == []
    assert "hunter2" not in caught.value.message


async def test_what_it_holds_back_itself_is_resumed_by_name_alone(program: Program) -> None:
    program.queue = [job(ONE, "Paused", labels=["DUPLICATE"]), job(TWO, "Paused", labels=["PROPAGATING 3 min"])]
    await client(program).execute(Resume(None))
    assert program.orders[1:] == [queue("resume", TWO)]
    await client(program).execute(Resume((ONE,)))
    assert program.orders[2:] == [queue("resume", ONE)]


async def test_to_resume_one_while_all_is_paused_is_done_and_said(program: Program) -> None:
    program.paused = True
    with pytest.raises(RequestError, match="as a whole is paused"):
        await client(program).execute(Resume((ONE,)))
    await client(program).execute(Resume((THREE,)))
    assert program.orders == [queue("resume", ONE), queue("resume", THREE)]


async def test_what_cannot_be_tried_again_does_not_keep_the_others_from_it(program: Program) -> None:
    program.history = [past("lost", "Failed", retry=0), past(FOUR, "Failed", retry=True)]
    with pytest.raises(RequestError, match="cannot try it again"):
        await client(program).execute(Resume(("lost", FOUR)))
    assert program.orders == [{"mode": "retry", "value": FOUR}]
    program.replies["retry"] = {"status": False, "error": "item does not exist"}
    with pytest.raises(RequestError, match="refuses: item does not exist") as caught:
        await client(program).execute(Resume((FOUR,)))
    assert caught.value.code == "failed"


async def test_a_job_that_is_about_to_fail_has_not_failed_yet(program: Program) -> None:
    program.history = [past(FOUR, "Failed", loaded=True, retry=False)]
    with pytest.raises(RequestError, match="only what has failed"):
        await client(program).execute(Resume((FOUR,)))
    assert program.orders == []


@pytest.mark.parametrize(
    ("ids", "position", "result"),
    [
        ("e", 1, "eabcd"),
        ("a", 5, "bcdea"),
        ("b", 4, "acdbe"),
        ("ab", 3, "cdabe"),
        ("ea", 2, "beacd"),
        ("ce", 1, "ceabd"),
        ("ad", 4, "bcead"),
        ("abcde", 3, "abcde"),
        ("ecadb", 1, "ecadb"),
        ("c", 3, "abcde"),
        ("xd", 1, "dabce"),
    ],
)
async def test_several_get_their_places_in_order(ids: str, position: int, result: str) -> None:
    program = Program()
    program.queue = [job(id) for id in "abcde"]
    await client(program).execute(Set(tuple(ids), queue_position=position))
    order = list("abcde")
    for form in program.orders:
        order.remove(form["value"])
        order.insert(int(form["value2"]), form["value"])
    assert "".join(order) == result
    assert len(program.orders) <= len(ids)


async def test_post_processing_is_cancelled_before_it_is_removed(program: Program) -> None:
    program.history = [past("waits", "Queued"), past("works", "Extracting"), past("works too", "Running")]
    program.history[2]["nzo_id"] = "too"
    await client(program).execute(Remove(("waits", "works", "too", TWO), delete_data=True))
    gone = {"mode": "history", "name": "delete", "del_files": "1", "archive": "0"}
    assert program.orders == [
        queue("delete", TWO, del_files="1"),
        {**gone, "value": "waits"},
        {"mode": "cancel_pp", "value": "works"},
        {"mode": "cancel_pp", "value": "too"},
        {**gone, "value": "works,too"},
    ]
    assert program.history == []


async def test_post_processing_that_does_not_end_is_said_and_cancelled_once(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "FAREWELL_SECONDS", 0.1)
    program.history = [past("works", "Repairing")]
    program.replies["cancel_pp"] = {"status": False, "error": "item does not exist"}
    program.obey = lambda form: None  # type: ignore[method-assign]
    with pytest.raises(RequestError, match="remove it again") as caught:
        await client(program).execute(Remove(("works",)))
    assert caught.value.code == "failed"
    assert program.orders == [{"mode": "cancel_pp", "value": "works"}]


async def test_what_is_completed_on_the_way_keeps_its_files(program: Program) -> None:
    program.history = [past("works", "Moving")]

    def obey(form: dict[str, str]) -> None:
        program.history = [past("works", "Completed")]

    program.obey = obey  # type: ignore[method-assign]
    with pytest.raises(RequestError, match="deletes no files"):
        await client(program).execute(Remove(("works",), delete_data=True))
    assert [form["mode"] for form in program.orders] == ["cancel_pp"]


async def test_a_job_that_leaves_the_queue_meanwhile_is_removed_all_the_same(program: Program) -> None:
    def fault(form: dict[str, str]) -> None:
        if form.get("name") == "delete" and form["mode"] == "queue":
            program.queue, program.history = [], [past(TWO, "Queued")]

    program.fault = fault
    await client(program).execute(Remove((TWO,)))
    assert [(form["mode"], form["name"]) for form in program.orders] == [("queue", "delete"), ("history", "delete")]
    assert program.history == []


async def test_of_two_rows_of_a_job_the_later_counts(program: Program) -> None:
    program.history = [past("a", "Extracting"), past("a", "Failed")]
    await client(program).execute(Resume(("a",)))
    assert program.orders == [{"mode": "retry", "value": "a"}]


async def test_very_many_are_asked_for_in_parts(program: Program) -> None:
    ids = tuple(f"id{number}" for number in range(2 * AT_ONCE + 1))
    program.history = [past(id) for id in ids]
    await client(program).execute(Remove(ids))
    assert program.history == []
    parts = [form["nzo_ids"].count(",") + 1 for form in program.asked if form["mode"] == "history"]
    assert parts[:3] == [AT_ONCE, AT_ONCE, 1]
    assert len(program.orders) == 1


async def test_a_filter_that_is_passed_over_does_no_harm(program: Program) -> None:
    program.read = lambda mode, form: Program.read(program, mode, {})  # type: ignore[method-assign]
    await client(program).execute(Pause((TWO,)))
    assert program.orders == [queue("pause", TWO)]
    with pytest.raises(RequestError, match="any more"):
        await client(program).execute(Remove(("gone",)))
    assert len(program.orders) == 1


async def test_a_history_that_cannot_be_read_is_not_an_empty_one(program: Program) -> None:
    unread = {"history": {"slots": [], "noofslots": -1, "last_history_update": 7}}
    program.fault = lambda form: httpx.Response(200, json=unread) if form["mode"] == "history" else None
    with pytest.raises(ClientAnswerError, match="cannot read its history"):
        await client(program).execute(Remove((FOUR,)))
    assert program.orders == []


COMMANDS: list[Command] = [
    Add(**NZB), Add(url=WEB), Pause((ONE,)), Pause(None), Resume((FOUR,)), Resume(None), Remove((ONE,)),
    Remove((FOUR,)), Set((ONE,), category="tv"), Set((ONE,), priority=1), Set((TWO,), queue_position=1),
    Limits(download_limit=1),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=repr)
@pytest.mark.parametrize("error", [httpx.ReadError, httpx.ReadTimeout, httpx.RemoteProtocolError])
async def test_nothing_is_sent_again_when_the_answer_is_lost(
    program: Program, command: Command, error: type[httpx.TransportError]
) -> None:
    sent = []

    def answer(request: httpx.Request) -> httpx.Response:
        before = len(program.orders)
        response = program(request)
        if len(program.orders) > before:
            sent.append(fields(request))
            raise error("lost", request=request)
        return response

    with pytest.raises(ClientOffline) as caught:
        await client(answer).execute(command)
    assert len(sent) == 1
    assert KEY not in f"{caught.value!r}"


@pytest.mark.parametrize("command", COMMANDS, ids=repr)
@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (httpx.Response(403, text="API Key Incorrect"), ClientUnauthorized),
        (httpx.Response(200, json={"status": False, "error": "API Key Incorrect"}), ClientUnauthorized),
        (httpx.Response(200, json={"status": False, "error": "API Key Required"}), ClientAnswerError),
        (httpx.Response(403, text="Access denied - Configuration locked"), ClientAnswerError),
        (httpx.Response(500, text="x"), ClientAnswerError),
        (httpx.Response(502, text="x"), ClientOffline),
        (httpx.Response(200, text="<html>login"), ClientAnswerError),
        (httpx.Response(302, headers={"location": "/login"}), ClientAnswerError),
        (httpx.Response(200, text="[" * 5000), ClientAnswerError),
        (httpx.Response(200, text='{"queue": 7, "history": 7, "nzo_ids": 7, "error": 7}'), ClientAnswerError),
    ],
)
async def test_a_server_that_does_not_work_is_no_refusal(
    program: Program, command: Command, reply: httpx.Response, error: type[ClientError]
) -> None:
    program.fault = lambda form: reply
    with pytest.raises(error) as caught:
        await client(program).execute(command)
    assert KEY not in str(caught.value)
    assert program.orders == []


async def test_a_refused_key_is_not_tried_with_every_command(program: Program) -> None:
    box = client(program, key="wrong-key")
    for _ in range(5):
        with pytest.raises(ClientUnauthorized, match="refuses the API key") as caught:
            await box.execute(Pause(None))
        assert "wrong-key" not in str(caught.value)
    assert len(program.urls) == 3  # where the API is, the order, and what the key is good for


@pytest.mark.parametrize("mode", ["queue", "history"])
async def test_while_it_ends_it_may_not_read_what_we_send(program: Program, mode: str) -> None:
    """Which is no refusal of the key: half an hour of silence would be for nothing."""
    ending = True
    program.fault = lambda form: (
        httpx.Response(403, text="API Key Required") if ending and form["mode"] == mode else None
    )
    box = client(program)
    with pytest.raises(ClientAnswerError, match="got no api_key, though we sent it"):
        await box.poll(complete=True)
    ending = False
    assert (await box.poll(complete=True)).complete


async def test_the_poll_after_a_command_reads_the_history_whatever_its_counter_says(program: Program) -> None:
    program.queue = []
    box = client(program)
    await box.poll(complete=True)
    for command, counter in ((Limits(download_limit=1), "0"), (None, "7")):
        if command is not None:
            await box.execute(command)
        await box.poll(complete=False)
        assert program.asked[-1]["last_history_update"] == counter


async def test_no_limit_is_none_on_the_bus_and_an_address_is_no_name() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        mode = fields(request)["mode"]
        slots = [job(ONE, "Grabbing", filename=f"Trying to fetch NZB from {WEB}")]
        gone = [past(TWO, "Failed", name=f"Named - {WEB}")]
        told: dict[str, Any] = {
            "version": {"version": "4.5.0"},
            "queue": {"queue": {"slots": slots, "speedlimit_abs": str(2**40)}},
            "history": {"history": {"slots": gone, "noofslots": 1, "last_history_update": 1}},
        }
        return httpx.Response(200, content=json.dumps(told[mode]).encode())

    listing = await client(answer).poll(complete=True)
    assert listing.totals.download_limit is None
    assert listing.downloads[ONE].name == "Trying to fetch NZB from https://h.test"
    assert listing.downloads[TWO].name == "Named - https://h.test"
    assert "hunter2" not in repr(listing)
