"""What NZBGet is told, per version; what is refused before; and nothing twice."""

import base64
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.nzbget import Nzbget, Settings
from downloads2mqtt.command import Add, Command, Limits, Pause, Recheck, Remove, Resume, Set
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized, RequestError
from tests.bridge.clients.replay import URL

NZB = '<?xml version="1.0"?>\n<nzb>ü</nzb>'.encode()
CONTENT = base64.b64encode(NZB).decode()
PASSWORD = "p4ss-w0rd"
PLAIN = ["", 0, False, False, "", 0, "SCORE"]

Fault = Callable[[str], httpx.Response | None]


class Box:
    """An NZBGet of one version; every order is kept as it was sent, and history entries go where they are told."""

    def __init__(self, version: str = "21.0") -> None:
        self.version = version
        self.groups: list[dict[str, Any]] = []
        self.history: list[dict[str, Any]] = []
        self.status: dict[str, Any] = {"UpTimeSec": 1, "DownloadPaused": False}
        self.results: dict[str, Any] = {}
        self.stubborn: set[str] = set()
        self.orders: list[list[Any]] = []
        self.bodies: list[bytes] = []
        self.asked: list[str] = []
        self.fault: Fault = lambda _: None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        call = json.loads(request.content)
        method, params = call["method"], call["params"]
        self.bodies.append(request.content)
        fault = self.fault(method)
        if fault is not None:
            return fault
        if method in ("version", "listgroups", "history", "status"):
            self.asked.append(method)
            told = {"version": self.version, "listgroups": self.groups, "history": self.history, "status": self.status}
            return answer(told[method])
        self.orders.append([method, *params])
        return answer(self.results[method] if method in self.results else self.obey(method, params))

    def obey(self, method: str, params: list[Any]) -> Any:
        if method != "editqueue":
            return 7 if method == "append" else True
        action, ids = params[0], params[-1]
        rows = self.history if action.startswith("History") else self.groups
        found = [row for row in rows if row["NZBID"] in ids]
        if action in ("HistoryProcess", "HistoryReturn", "HistoryRetryFailed", "HistoryRedownload"):
            for row in found:
                if action not in self.stubborn:
                    self.history.remove(row)
                    self.groups.insert(0, group(row["NZBID"], "QUEUED"))
        return bool(found)


def answer(result: Any) -> httpx.Response:
    return httpx.Response(200, json={"version": "1.1", "result": result})


def group(id: int, status: str = "DOWNLOADING", **more: Any) -> dict[str, Any]:
    sizes = {"FileSizeLo": 1000, "RemainingSizeLo": 0 if status.startswith("PP") else 400}
    return {"NZBID": id, "NZBName": f"n{id}", "Status": status, "DestDir": f"/inter/n{id}.#{id}"} | sizes | more


def past(id: int, status: str = "SUCCESS/ALL", **more: Any) -> dict[str, Any]:
    known = {"NZBID": id, "Name": f"n{id}", "Kind": "NZB", "Status": status, "DestDir": f"/complete/n{id}"}
    return known | {"HistoryTime": 1_795_224_700, "FileSizeLo": 1000, "DownloadedSizeLo": 1000} | more


def client(box: Any, password: str = PASSWORD) -> Nzbget:
    settings = Settings.model_validate({"url": URL, "username": "me", "password": password})
    return Nzbget("box", settings, Http(URL, transport=httpx.MockTransport(box), timeout=10))


async def refused(box: Box, command: Command, code: str, sentence: str, *, orders: int = 0) -> None:
    with pytest.raises(RequestError, match=sentence) as caught:
        await client(box).execute(command)
    assert caught.value.code == code
    assert len(box.orders) == orders


def lost(_: str) -> httpx.Response:
    raise httpx.ReadError("lost")


QUEUE = [group(1, MaxPriority=50), group(2, "PAUSED", PausedSizeLo=400, RemainingParCount=2), group(3, MaxPriority=900)]


@pytest.mark.parametrize(
    ("command", "orders"),
    [
        (Pause(("1", "2", "1")), [["editqueue", "GroupPause", "", [1, 2]]]),
        (Pause(None), [["pausedownload"], ["editqueue", "GroupPause", "", [3]]]),
        (
            Resume(None),
            [
                ["resumedownload"],
                ["editqueue", "GroupResume", "", [2]],
                ["editqueue", "GroupPauseExtraPars", "", [2]],
            ],
        ),
        (Resume(("1",)), [["editqueue", "GroupResume", "", [1]]]),
        (
            Resume(("1", "2")),
            [["editqueue", "GroupResume", "", [1, 2]], ["editqueue", "GroupPauseExtraPars", "", [2]]],
        ),
        (Remove(("1",)), [["editqueue", "GroupFinalDelete", "", [1]]]),
        (Remove(("3", "1"), delete_data=True), [["editqueue", "GroupFinalDelete", "", [1, 3]]]),
        (Set(("1",), category="ü & /x"), [["editqueue", "GroupApplyCategory", "ü & /x", [1]]]),
        (Set(("1",), category=""), [["editqueue", "GroupApplyCategory", "", [1]]]),
        (Set(("1", "2"), priority=-1), [["editqueue", "GroupSetPriority", "-50", [1, 2]]]),
        (Set(("1",), priority=0), [["editqueue", "GroupSetPriority", "0", [1]]]),
        (Set(("1",), priority=2), [["editqueue", "GroupSetPriority", "900", [1]]]),
        (Set(("3",), queue_position=1), [["editqueue", "GroupMoveTop", "", [3]]]),
        (Set(("3",), queue_position=2), [["editqueue", "GroupMoveOffset", "-1", [3]]]),
        (Set(("2",), queue_position=2), []),
        (Set(("1",), queue_position=10**9), [["editqueue", "GroupMoveOffset", "2", [1]]]),
        (
            Set(("1", "3"), queue_position=2),
            [["editqueue", "GroupMoveTop", "", [1, 3]], ["editqueue", "GroupMoveOffset", "1", [1, 3]]],
        ),
        (
            Set(("3", "1"), queue_position=2),
            [
                ["editqueue", "GroupMoveTop", "", [1, 3]],
                ["editqueue", "GroupMoveOffset", "1", [3]],
                ["editqueue", "GroupMoveOffset", "2", [1]],
            ],
        ),
        (Limits(download_limit=0), [["rate", 0]]),
        (Limits(download_limit=1), [["rate", 1]]),
        (Limits(download_limit=2048), [["rate", 2]]),
        (Limits(download_limit=2**40), [["rate", 2_097_151]]),
        (Limits(), []),
    ],
)
async def test_orders(command: Command, orders: list[Any]) -> None:
    box = Box()
    box.groups = list(QUEUE)
    assert await client(box).execute(command) is None
    assert box.orders == orders
    assert "history" not in box.asked


@pytest.mark.parametrize(
    ("version", "offset", "priority"),
    [
        ("13.0", ["GroupMoveOffset", -1, "-1", [3]], ["GroupSetPriority", 0, "50", [3]]),
        ("17.1-r1756", ["GroupMoveOffset", -1, "-1", [3]], ["GroupSetPriority", 0, "50", [3]]),
        ("18.0", ["GroupMoveOffset", "-1", [3]], ["GroupSetPriority", "50", [3]]),
        ("25.1-testing-20250420", ["GroupMoveOffset", "-1", [3]], ["GroupSetPriority", "50", [3]]),
    ],
)
async def test_the_two_forms_of_editqueue(version: str, offset: list[Any], priority: list[Any]) -> None:
    box = Box(version)
    box.groups = list(QUEUE)
    nzbget = client(box)
    await nzbget.execute(Set(("3",), queue_position=2, priority=1))
    assert box.orders == [["editqueue", *priority], ["editqueue", *offset]]
    await nzbget.execute(Pause(("3",)))
    assert box.asked.count("version") == 1


@pytest.mark.parametrize(
    ("add", "params"),
    [
        (Add(content=NZB, filename="a.nzb"), ["a.nzb", CONTENT, *PLAIN]),
        (
            Add(content=NZB, filename='ü/"x"\\.NZB', category="tv ü", paused=True, priority=2),
            ["ü__x__.nzb", CONTENT, "tv ü", 900, False, True, "", 0, "SCORE"],
        ),
        (Add(url="https://h/?k=ü&i=1", priority=-1), ["", "https://h/?k=ü&i=1", "", -50, False, False, "", 0, "SCORE"]),
        (Add(content=NZB, filename="ü" * 120 + ".nzb"), ["ü" * 100 + ".nzb", CONTENT, *PLAIN]),
        (Add(content=NZB, filename=".nzb"), ["", CONTENT, *PLAIN]),
        (Add(url='http://h/"\\', filename="n"), ["n.nzb", "http://h/%22%5C", *PLAIN]),
    ],
)  # fmt: skip
async def test_additions(add: Add, params: list[Any]) -> None:
    box = Box()
    assert await client(box).execute(add) == "7"
    assert box.orders == [["append", *params]]
    sent = next(body for body in box.bodies if b"append" in body)
    assert b"\\" not in sent
    assert sent.endswith(b'"SCORE"]}')


@pytest.mark.parametrize(
    "content", [NZB, '<?xml version="1.0" encoding="utf-16"?><nzb/>'.encode("utf-16"), b"<NZB></NZB>"]
)
async def test_an_nzb_in_any_encoding(content: bytes) -> None:
    assert await client(Box()).execute(Add(content=content, filename="a.nzb")) == "7"


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        ("COPY", "failed", "already has this download"),
        ("DUPE", "failed", "already has a download of this name"),
        ("GOOD", "failed", "marked as good"),
        ("SCAN", "bad_request", "no valid .nzb"),
    ],
)
async def test_what_is_put_into_the_history_at_once(status: str, code: str, sentence: str) -> None:
    box = Box()
    box.history = [past(7, "DELETED/x", DeleteStatus=status, DestDir="/inter/a.#7")]
    await refused(box, Add(content=NZB, filename="a.nzb"), code, sentence, orders=2)
    assert box.orders[1] == ["editqueue", "HistoryFinalDelete", "", [7]]
    box.orders.clear()
    box.history = [past(7, "DELETED/x", DeleteStatus=status, DestDir="/complete/a")]
    await refused(box, Add(content=NZB, filename="a.nzb"), code, sentence, orders=1)
    box.orders.clear()
    box.history = [past(7, "DELETED/x", DeleteStatus=status, DestDir="/inter/a.#7")]
    box.results["editqueue"] = False
    await refused(box, Add(content=NZB, filename="a.nzb"), code, sentence, orders=2)


@pytest.mark.parametrize("fault", ["listgroups", "history"])
async def test_what_has_been_added_does_not_fail_any_more(fault: str) -> None:
    box = Box()
    box.fault = lambda method: lost(method) if method == fault else None
    assert await client(box).execute(Add(content=NZB, filename="a.nzb")) == "7"


@pytest.mark.parametrize("past_of_it", [[], [past(7)], [past(7, "FAILURE/HEALTH", DeleteStatus="HEALTH")]])
async def test_added_and_done_already(past_of_it: list[Any]) -> None:
    box = Box()
    box.history = past_of_it
    assert await client(box).execute(Add(content=NZB, filename="a.nzb")) == "7"


@pytest.mark.parametrize(
    ("add", "code", "sentence"),
    [
        (Add(content=b"", filename="a.nzb"), "bad_request", "no .nzb"),
        (Add(content=b"d4:infodee", filename="a.nzb"), "bad_request", "no .nzb"),
        (Add(content=b"d4:infodee", filename="a.torrent"), "unsupported", "does not add a torrent"),
        (Add(url="magnet:?xt=urn:btih:" + "1" * 40), "unsupported", "does not add a magnet"),
        (Add(url="file:///etc/passwd"), "bad_request", "begins with http"),
        (Add(url="http://h/a b"), "bad_request", "begins with http"),
        (Add(url="http://h/\n"), "bad_request", "one line"),
        (Add(url="http://h/", tags=("a",)), "unsupported", "no tags"),
        (Add(url="http://h/", path="/x"), "unsupported", "no path"),
        (Add(url="http://h/", priority=3), "bad_request", "priority"),
        (Add(url="http://h/", category='"'), "bad_request", "category must hold"),
        (Add(url="http://h/", category="\\u0041"), "bad_request", "category must hold"),
        (Add(url="http://h/", category="../../x"), "bad_request", "lead to another folder"),
        (Add(url="http://h/", category="a/ .. /x"), "bad_request", "lead to another folder"),
        (Add(url="http://h/", category="a\nb"), "bad_request", "one line"),
        (Add(url="http://h/", filename="a\0"), "bad_request", "one line"),
        (Add(url="http://h/", category="\ud800"), "bad_request", "one line"),
    ],
)
async def test_additions_refused_before(add: Add, code: str, sentence: str) -> None:
    box = Box()
    await refused(box, add, code, sentence)
    assert not box.bodies


@pytest.mark.parametrize("result", [0, -1])
async def test_not_taken(result: int) -> None:
    box = Box()
    box.results["append"] = result
    await refused(box, Add(content=NZB, filename="a.nzb"), "failed", "did not take it", orders=1)


RETURNED = {"RemainingFileCount": 2}
RETRIED = {"RetryData": True, "FailedArticles": 3}


@pytest.mark.parametrize(
    ("entry", "version", "way"),
    [
        (past(1, "FAILURE/HEALTH", DeleteStatus="HEALTH"), "21.0", "HistoryRedownload"),
        (past(1, "FAILURE/HEALTH", **RETURNED), "21.0", "HistoryReturn"),
        (past(1, "FAILURE/PAR", **RETRIED), "17.0", "HistoryRetryFailed"),
        (past(1, "FAILURE/PAR", **RETRIED), "16.4", "HistoryRedownload"),
        (past(1, "FAILURE/HEALTH", **RETURNED, FailedArticles=3), "21.0", "HistoryRetryFailed"),
        (past(1, "FAILURE/HEALTH", **RETURNED, FailedArticles=3), "16.4", "HistoryReturn"),
        (past(1, "FAILURE/PAR", RetryData=True), "21.0", "HistoryRedownload"),
        (past(1, "FAILURE/UNPACK", **RETRIED), "21.0", "HistoryProcess"),
        (past(1, "WARNING/PASSWORD"), "21.0", "HistoryProcess"),
        (past(1, "WARNING/SPACE"), "21.0", "HistoryProcess"),
        (past(1, "FAILURE/FETCH", Kind="URL", **RETURNED), "21.0", "HistoryRedownload"),
        (past(1, "DELETED/COPY", DeleteStatus="COPY"), "21.0", "HistoryRedownload"),
    ],
)
async def test_how_a_failed_one_is_tried_again(entry: dict[str, Any], version: str, way: str) -> None:
    box = Box(version)
    box.history = [entry]
    await client(box).execute(Resume(("1",)))
    number = [0] if version < "18" else []
    assert box.orders == [["editqueue", way, *number, "", [1]]]


async def test_what_is_gentle_may_not_be_possible() -> None:
    box = Box()
    box.history, box.stubborn = [past(1, "FAILURE/UNPACK"), past(2, "FAILURE/HEALTH", **RETURNED)], {"HistoryProcess"}
    await client(box).execute(Resume(("1", "2")))
    assert [order[1:] for order in box.orders] == [
        ["HistoryProcess", "", [1]],
        ["HistoryReturn", "", [2]],
        ["HistoryRedownload", "", [1]],
    ]
    box = Box()
    box.history, box.stubborn = [past(1, "FAILURE/UNPACK")], {"HistoryProcess", "HistoryRedownload"}
    await refused(box, Resume(("1",)), "failed", "files for it are gone", orders=2)


async def test_taken_back_and_at_its_end_once_more() -> None:
    box = Box()
    box.history = [past(1, "FAILURE/UNPACK")]

    def process(method: str) -> httpx.Response | None:
        if method == "editqueue":
            box.history = [past(1, "FAILURE/UNPACK", HistoryTime=1_795_224_799)]
        return None

    box.fault = process
    box.stubborn = {"HistoryProcess"}
    await client(box).execute(Resume(("1",)))
    assert len(box.orders) == 1


async def test_a_download_does_not_resume_while_all_is_paused() -> None:
    box = Box()
    box.groups, box.status["DownloadPaused"] = list(QUEUE), True
    await refused(box, Resume(("2", "3")), "failed", "paused as a whole")
    await client(box).execute(Resume(("3",)))
    box.orders.clear()
    box.history = [past(4, "FAILURE/HEALTH")]
    await client(box).execute(Resume(("4",)))
    assert box.orders == [["editqueue", "HistoryRedownload", "", [4]]]


@pytest.mark.parametrize(
    ("command", "code", "sentence"),
    [
        (Pause(("5",)), "failed", "pauses only what it downloads"),
        (Pause(("6",)), "failed", "pauses only what it downloads"),
        (Pause(("8",)), "failed", "pauses only what it downloads"),
        (Resume(("8", "5")), "failed", "nothing to resume"),
        (Recheck(("5",)), "failed", "by itself"),
        (Recheck(None), "unsupported", "say which"),
        (Remove(("5", "1")), "failed", "works on its files"),
        (Remove(("5",), delete_data=True), "failed", "works on its files"),
        (Remove(("8", "1"), delete_data=True), "unsupported", "does not delete the files of what it has finished"),
        (Remove(("1", "9")), "unsupported", "with delete_data"),
        (Remove(("10",)), "unsupported", "with delete_data"),
        (Remove(("11",)), "unsupported", "with delete_data"),
        (Remove(("12",)), "failed", "folder of another download"),
        (Remove(("12",), delete_data=True), "failed", "folder of another download"),
        (Resume(("12",)), "failed", "folder of another download"),
        (Set(("5",), category="a"), "failed", "no category while"),
        (Set(("1", "8"), priority=1), "failed", "has a priority and a place"),
        (Set(("1", "8"), category="a", queue_position=1), "failed", "has a priority and a place"),
        (Set(("1",), category="a", priority=5), "bad_request", "priority must be"),
        (Set(("1",), category='"'), "bad_request", "category must hold"),
        (Set(("8",), category=".."), "bad_request", "lead to another folder"),
        (Pause(("77",)), "not_found", "any more"),
        (Remove(("13",)), "not_found", "any more"),
        (Remove(("all", "-1", "1e3", "", "١")), "not_found", "any more"),
    ],
)
async def test_what_is_not_possible_is_refused_before_anything_is_done(
    command: Command, code: str, sentence: str
) -> None:
    box = Box()
    box.groups = [group(1), group(5, "PP_QUEUED"), group(6, "FETCHING", Kind="URL")]
    box.history = [
        past(8),
        past(9, "FAILURE/PAR", ParStatus="FAILURE"),
        past(10, "WARNING/PASSWORD", UnpackStatus="PASSWORD"),
        past(11, "FAILURE/HEALTH", DeleteStatus="HEALTH", RemainingFileCount=1),
        past(12, "DELETED/COPY", DeleteStatus="COPY", DestDir="/complete/n8", DownloadedSizeLo=0),
        past(13, "DELETED/MANUAL", DeleteStatus="MANUAL"),
    ]
    await refused(box, command, code, sentence)


@pytest.mark.parametrize(
    ("command", "orders"),
    [
        (Remove(("8", "1")), [["GroupFinalDelete", "", [1]], ["HistoryFinalDelete", "", [8]]]),
        (Remove(("9",), delete_data=True), [["HistoryFinalDelete", "", [9]]]),
        (Remove(("14", "15")), [["HistoryFinalDelete", "", [14, 15]]]),
        (Remove(("14", "15"), delete_data=True), [["HistoryFinalDelete", "", [14, 15]]]),
        (Recheck(("8", "5")), [["HistoryProcess", "", [8]]]),
        (Set(("8", "1"), category="a"), [["GroupApplyCategory", "a", [1]], ["HistorySetCategory", "a", [8]]]),
    ],
)
async def test_queue_and_history_together(command: Command, orders: list[Any]) -> None:
    box = Box()
    box.groups = [group(1), group(5, "PP_QUEUED")]
    box.history = [
        past(8),
        past(9, "FAILURE/PAR", ParStatus="FAILURE"),
        past(14, "FAILURE/HEALTH", DeleteStatus="HEALTH"),
        past(15, "FAILURE/FETCH", Kind="URL", DownloadedSizeLo=0),
    ]
    await client(box).execute(command)
    assert [order[1:] for order in box.orders] == orders


async def test_gone_between_being_seen_and_being_told() -> None:
    box = Box()
    box.groups, box.results["editqueue"] = list(QUEUE), False
    await refused(box, Pause(("1",)), "not_found", "does not have it any more", orders=1)
    await client(box).execute(Resume(None))


@pytest.mark.parametrize(
    "command",
    [
        Add(content=NZB, filename="a.nzb"),
        Pause(("1",)),
        Pause(None),
        Resume(None),
        Remove(("1",)),
        Set(("1",), priority=1),
        Limits(download_limit=1),
    ],
)
async def test_an_order_whose_answer_is_lost_is_not_sent_again(command: Command) -> None:
    box, sent = Box(), []
    box.groups = list(QUEUE)

    def lose(method: str) -> httpx.Response | None:
        if method in ("version", "listgroups", "history", "status"):
            return None
        sent.append(method)
        return lost(method)

    box.fault = lose
    with pytest.raises(ClientOffline) as caught:
        await client(box).execute(command)
    assert len(sent) == 1
    assert PASSWORD not in str(caught.value)


async def test_more_par2_files_than_needed_are_no_failure() -> None:
    box = Box()
    box.groups = list(QUEUE)
    orders = []

    def lose(method: str) -> httpx.Response | None:
        orders.append(method)
        return lost(method) if orders.count("editqueue") == 2 else None

    box.fault = lose
    await client(box).execute(Resume(("2",)))
    assert orders.count("editqueue") == 2


def told(code: int, message: str) -> httpx.Response:
    return httpx.Response(200, json={"version": "1.1", "error": {"name": "x", "code": code, "message": message}})


@pytest.mark.parametrize(
    ("reply", "error", "sentence"),
    [
        (told(2, "Invalid parameter"), RequestError, "refuses rate: Invalid parameter$"),
        (told(3, ""), RequestError, "refuses rate: no reason given$"),
        (told(401, "Access denied"), ClientUnauthorized, "does not let this user ask for rate"),
        (httpx.Response(401), ClientUnauthorized, "refuses the user name or password"),
        (httpx.Response(503), ClientOffline, "does not run or is busy"),
        (httpx.Response(500), ClientAnswerError, "HTTP status 500"),
        (httpx.Response(200, text="<html>"), ClientAnswerError, "web page"),
        (httpx.Response(200, json={}), ClientAnswerError, "with nothing"),
    ],
)
async def test_answers_that_are_none(reply: httpx.Response, error: type[ClientError], sentence: str) -> None:
    box = Box()
    box.fault = lambda _: reply
    with pytest.raises(error, match=sentence) as caught:
        await client(box).execute(Limits(download_limit=1))
    assert PASSWORD not in str(caught.value)


async def test_refused_credentials_are_not_tried_again_for_a_command() -> None:
    box = Box()
    box.fault = lambda _: httpx.Response(401)
    nzbget = client(box)
    for _ in range(3):
        with pytest.raises(ClientUnauthorized):
            await nzbget.execute(Pause(None))
    assert len(box.bodies) == 1


async def test_a_poll_after_a_command_looks_into_the_history() -> None:
    box = Box()
    box.groups, box.history = [group(1)], [past(8)]
    nzbget = client(box)
    now = [0.0]
    nzbget.clock = lambda: now[0]
    slow = iter([0.0, 9.0])

    def slowly(method: str) -> httpx.Response | None:
        if method == "history":
            now[0] += next(slow, 0.0) + 9.0
        return None

    box.fault = slowly
    await nzbget.poll(complete=True)
    box.asked.clear()
    await nzbget.poll(complete=False)
    assert "history" not in box.asked
    await nzbget.execute(Remove(("8",)))
    box.history.clear()
    box.asked.clear()
    listing = await nzbget.poll(complete=False)
    assert "history" in box.asked
    assert listing.downloads.keys() == {"1"}
    box.asked.clear()
    await nzbget.poll(complete=False)
    assert box.asked.count("history") == 1  # once more, for what is missing
    await nzbget.poll(complete=False)
    assert box.asked.count("history") == 1


async def test_ten_thousand_at_once() -> None:
    box = Box()
    box.groups = [group(number) for number in range(1, 10_001)]
    await client(box).execute(Remove(tuple(str(number) for number in range(1, 10_001))))
    assert len(box.orders) == 1
    assert len(box.orders[0][-1]) == 10_000
