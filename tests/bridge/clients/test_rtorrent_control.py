"""What rTorrent is told, and that nothing which a request holds can become a command of its own."""

import base64
import hashlib
import time
import xmlrpc.client
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from downloads2mqtt.clients.rtorrent import RTorrent, control
from downloads2mqtt.clients.rtorrent.control import label, magnet, quoted, settings_of
from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.errors import ClientOffline, RequestError
from tests.bridge.clients.test_rtorrent import HASH, OTHER, Program, client_of, leeching, torrent

INFO = b"d6:lengthi100e4:name3:iso12:piece lengthi65536e6:pieces20:aaaaaaaaaaaaaaaaaaaae"
CONTENT = b"d8:announce15:http://t.test/a4:info" + INFO + b"e"
CONTENT_HASH = hashlib.sha1(INFO).hexdigest()
READS = ("system.", "throttle.global_down.rate", "network.xmlrpc.size_limit", "d.hash", "d.state", "d.is_active")
NOW = 1795225431


class Obedient(Program):
    """Loads what it is given and forgets what it is told to."""

    def of_download(self, method: str, hash: str, *params: Any) -> Any:
        result = super().of_download(method, hash, *params)
        if method == "d.erase":
            del self.torrents[hash]
        return result

    def answer(self, method: str, params: list[Any]) -> Any:
        result = super().answer(method, params)
        if method.startswith("load.") and params[1] != b"":
            hash = CONTENT_HASH.upper() if "raw" in method else str(params[1])[20:60].upper()
            self.torrents[hash] = leeching(hash)
        return result


@pytest.fixture(params=["0.9.8", "0.16.17"])
def program(request: pytest.FixtureRequest) -> Obedient:
    return Obedient(leeching(), torrent(OTHER), version=request.param)


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "ARRIVAL_SECONDS", 0.1)
    monkeypatch.setattr(control, "HASHING_SECONDS", 0.1)


async def told(program: Program, command: Command) -> list[tuple[Any, ...]]:
    """What a command makes of the program, without what only reads."""
    await client_of(program).execute(command)
    return [call for call in program.calls if not call[0].startswith(READS) and call[0] not in ("d.hashing",)]


IDS = (HASH.lower(), OTHER)


@pytest.mark.parametrize(
    ("command", "calls"),
    [
        (Pause(IDS), [("d.stop", HASH), ("d.stop", OTHER)]),
        (Pause(None), [("download_list", "", "main"), ("d.stop", HASH), ("d.stop", OTHER)]),
        (Resume(IDS), [("d.stop", OTHER), ("d.start", HASH), ("d.start", OTHER)]),
        (Remove(IDS[:1]), [("d.erase", HASH)]),
        (Recheck(IDS[:1]), [("d.check_hash", HASH)]),
        (Reannounce(None), [("download_list", "", "main"), *(("d.tracker_announce", one) for one in (HASH, OTHER))]),
        (Set(IDS[:1], category="tv, ä;"), [("d.custom1.set", HASH, "tv%2C%20%C3%A4%3B")]),
        (Set(IDS[:1], category=""), [("d.custom1.set", HASH, "")]),
        (Set(IDS[:1], priority=-1), [("d.priority.set", HASH, 1)]),
        (Set(IDS[:1], priority=2), [("d.priority.set", HASH, 3)]),
        (Limits(download_limit=1500), [("throttle.global_down.max_rate.set", "", 2048)]),
        (Limits(upload_limit=1), [("throttle.global_up.max_rate.set", "", 1024)]),
        (Limits(0, 0), [("throttle.global_down.max_rate.set", "", 0), ("throttle.global_up.max_rate.set", "", 0)]),
    ],
)
async def test_commands(program: Obedient, command: Command, calls: list[tuple[Any, ...]]) -> None:
    assert await told(program, command) == calls


async def test_what_is_being_checked_is_resumed_without_a_stop(program: Obedient) -> None:
    program.torrents[HASH] = torrent(HASH, state=1, is_active=0, hashing=1)
    assert await told(program, Resume((HASH,))) == [("d.start", HASH)]


async def test_a_limit_above_32_bits() -> None:
    program = Obedient(version="0.16.17")
    calls = await told(program, Limits(download_limit=2**40))
    assert calls == [("throttle.global_down.max_rate.set", "", 2**40)]


async def test_many_are_told_in_several_requests(program: Obedient) -> None:
    program.torrents = {f"{number:040X}": leeching(f"{number:040X}") for number in range(450)}
    calls = await told(program, Pause(None))
    assert len(calls) == 451
    assert sum(call[0] == "d.stop" for call in calls) == 450


@pytest.mark.parametrize("command", [Pause(IDS), Remove(IDS)])
async def test_what_is_being_checked_is_left_alone_in_old_versions(command: Command) -> None:
    program = Obedient(torrent(HASH, hashing=3), torrent(OTHER))
    with pytest.raises(RequestError, match="1 of 2 downloads are being checked") as caught:
        await client_of(program).execute(command)
    assert caught.value.code == "failed"
    assert {call[1] for call in program.calls if call[0] in ("d.stop", "d.erase")} == {OTHER}


async def test_a_check_that_ends_soon_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "HASHING_SECONDS", 5)
    program = Obedient(torrent(HASH, hashing=3))

    def done(request: httpx.Request) -> None:
        if sum(call[0] == "d.hashing" for call in program.calls) == 2:
            program.torrents[HASH]["d.hashing="] = 0

    program.fault = done
    await client_of(program).execute(Remove((HASH,)))
    assert not program.torrents


async def test_a_check_is_disturbed_in_new_versions() -> None:
    program = Obedient(torrent(HASH, hashing=3), version="0.16.17")
    assert await told(program, Remove((HASH,))) == [("d.erase", HASH)]


@pytest.mark.parametrize(
    ("command", "code", "sentence"),
    [
        (Remove((HASH,), delete_data=True), "unsupported", "never deletes data"),
        (Pause(("0" * 40,)), "not_found", "does not have this download any more"),
        (Pause(("all",)), "not_found", "info-hash"),
        (Pause((HASH + ":f0",)), "not_found", "info-hash"),
        (Pause(("",)), "not_found", "info-hash"),
        (Set((HASH,), priority=7), "bad_request", "priority"),
        (Set((HASH,), category="\ud83d"), "bad_request", "half a character"),
        (Add(content=b"garbage", filename="x.torrent"), "bad_request", "no .torrent"),
        (Add(url="magnet:?dn=x"), "bad_request", "no info-hash"),
        (Add(url=f"magnet:?xt=urn:btmh:1220{'ab' * 32}"), "unsupported", "BitTorrent 2"),
        (Add(url="/etc/passwd"), "bad_request", "no web address"),
        (Add(url="file:///etc/passwd"), "bad_request", "no web address"),
        (Add(url="ftp://h/x"), "bad_request", "no web address"),
        (Add(url="http://h/x\ny"), "bad_request", "no web address"),
        (Add(url="http://h/ü"), "bad_request", "no web address"),
        (Add(content=CONTENT, filename="x.torrent", tags=("a",)), "unsupported", "use category"),
        (Add(content=CONTENT, filename="x.torrent", path="dl"), "bad_request", "whole path"),
        (Add(content=CONTENT, filename="x.torrent", path='/dl"'), "bad_request", "whole path"),
        (Add(content=CONTENT, filename="x.torrent", priority=9), "bad_request", "priority"),
    ],
)
async def test_refusals(program: Obedient, command: Command, code: str, sentence: str) -> None:
    before = dict(program.torrents)
    with pytest.raises(RequestError, match=sentence) as caught:
        await client_of(program).execute(command)
    assert caught.value.code == code
    assert program.torrents == before
    assert not [call for call in program.calls if call[0].startswith("load.")]


# -- adding ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW)


ADDTIME = f"d.custom.set=addtime,{NOW}"


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize(
    ("add", "call"),
    [
        ({}, ("load.raw_start", "", CONTENT, ADDTIME)),
        ({"paused": True}, ("load.raw", "", CONTENT, ADDTIME)),
        (
            {"category": "tv & ä", "path": "/dl/a, b (c)", "priority": 1},
            (
                "load.raw_start",
                "",
                CONTENT,
                ADDTIME,
                "d.custom1.set=tv%20%26%20%C3%A4",
                'd.directory.set="/dl/a, b (c)"',
                "d.priority.set=3",
            ),
        ),
    ],
)
async def test_a_torrent_is_added(program: Obedient, add: dict[str, Any], call: tuple[Any, ...]) -> None:
    client = client_of(program)
    assert await client.execute(Add(content=CONTENT, filename="x.torrent", **add)) == CONTENT_HASH
    assert [one for one in program.calls if one[0].startswith("load.")] == [call]


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize(("paused", "method"), [(False, "load.start"), (True, "load.normal")])
async def test_a_magnet_is_added(program: Obedient, paused: bool, method: str) -> None:
    hash = "0123456789abcdef0123456789abcdef01234567"
    url = f"magnet:?dn=a&xt=urn:btmh:1220{'ab' * 32}&tr=http%3A%2F%2Ft.test%2Fa%3Fk%3D1&xt=urn:btih:{hash.upper()}"
    assert await client_of(program).execute(Add(url=url, paused=paused, category="films")) == hash
    sent = f"magnet:?xt=urn:btih:{hash}&tr=http%3A%2F%2Ft.test%2Fa%3Fk%3D1"
    assert [one for one in program.calls if one[0].startswith("load.")] == [
        (method, "", sent, ADDTIME, "d.custom1.set=films")
    ]


@pytest.mark.usefixtures("now")
async def test_a_web_address_is_added_without_an_id(program: Obedient) -> None:
    url = "https://me:pass@h.test/get?id=1;2,3&k=$x"
    assert await client_of(program).execute(Add(url=url)) is None
    assert [one for one in program.calls if one[0].startswith("load.")] == [("load.start", "", url, ADDTIME)]


def test_a_base32_magnet() -> None:
    digest = bytes(range(1, 21))
    found = magnet(f"magnet:?xt=urn:btih:{base64.b32encode(digest).decode().lower()}")
    assert found == (f"magnet:?xt=urn:btih:{digest.hex()}", digest.hex())


def test_the_first_of_several_hashes_is_the_only_one() -> None:
    one, two = "1" * 40, "2" * 40
    assert magnet(f"magnet:?xt=urn:btih:{one}&xt=urn:btih:{two}") == (f"magnet:?xt=urn:btih:{one}", one)


async def test_what_is_there_is_not_added_again(program: Obedient) -> None:
    program.torrents[CONTENT_HASH.upper()] = leeching(CONTENT_HASH.upper())
    assert await client_of(program).execute(Add(content=CONTENT, filename="x.torrent")) == CONTENT_HASH
    assert not [call for call in program.calls if call[0].startswith("load.")]


async def test_what_rtorrent_drops_without_a_word_is_told() -> None:
    program = Program()
    with pytest.raises(RequestError, match="did not add it") as caught:
        await client_of(program).execute(Add(content=CONTENT, filename="x.torrent"))
    assert caught.value.code == "failed"


@pytest.mark.parametrize(
    ("version", "limit", "size", "fits"),
    [
        ("0.9.8", 512 * 1024, 300_000, True),
        ("0.9.8", 512 * 1024, 500_000, False),
        ("0.9.8", 16 << 20, 1_900_000, False),
        ("0.16.17", 16 << 20, 1_900_000, True),
        ("0.16.17", 16 << 20, 12_600_000, False),
        ("0.16.17", 0, 1_900_000, True),
    ],
)
async def test_a_torrent_that_is_too_large(version: str, limit: int, size: int, fits: bool) -> None:
    program = Obedient(version=version)
    program.size_limit = limit
    content = b"d7:comment%d:%s4:info" % (size, b"x" * size) + INFO + b"e"
    client = client_of(program)
    if fits:
        assert await client.execute(Add(content=content, filename="x.torrent")) == CONTENT_HASH
        return
    with pytest.raises(RequestError, match=r"takes \d+ KB at once and this .torrent needs \d+ KB: raise network"):
        await client.execute(Add(content=content, filename="x.torrent"))
    assert not program.torrents


async def test_a_refusal_of_rtorrent_is_told_without_secrets(program: Obedient) -> None:
    fault = xmlrpc.client.dumps(xmlrpc.client.Fault(-503, "no http://t.test/a?passkey=0123456789abcdef")).encode()
    program.fault = lambda request: httpx.Response(200, content=fault) if b"load.raw" in request.content else None
    with pytest.raises(RequestError, match=r"refused load.raw_start: no http://t.test$"):
        await client_of(program).execute(Add(content=CONTENT, filename="x.torrent"))


LOST: list[Command] = [Pause((HASH,)), Remove((HASH,)), Limits(download_limit=1), Add(content=CONTENT, filename="x")]


@pytest.mark.parametrize("error", [httpx.ReadError, httpx.ReadTimeout, httpx.RemoteProtocolError])
@pytest.mark.parametrize("command", LOST, ids=["pause", "remove", "limits", "add"])
async def test_nothing_is_sent_again_when_the_answer_is_lost(
    program: Obedient, command: Command, error: type[httpx.TransportError]
) -> None:
    writes = (b"d.stop", b"d.erase", b"max_rate.set", b"load.raw_start")
    sent = []

    def lose(request: httpx.Request) -> None:
        if any(method in request.content for method in writes):
            sent.append(request)
            raise error("lost", request=request)

    program.fault = lose
    with pytest.raises(ClientOffline):
        await client_of(program).execute(command)
    assert len(sent) == 1


async def test_a_poll_after_a_command_is_whole(program: Obedient) -> None:
    client = client_of(program)
    await client.poll(complete=True)
    await client.execute(Remove((HASH,)))
    listing = await client.poll(complete=False)
    assert (listing.complete, list(listing.downloads)) == (True, [OTHER.lower()])


def test_what_is_declared_is_known() -> None:
    assert RTorrent.adds == {"magnet", "http", "torrent"}
    assert RTorrent.settable <= set(Set.__dataclass_fields__)
    assert RTorrent.limitable <= set(Limits.__dataclass_fields__)


# -- nothing becomes a command -----------------------------------------------------------------------------------------


class ParseError(Exception):
    """What rTorrent's parser refuses."""


def parse(text: str) -> Iterator[tuple[str, list[str]]]:
    """rTorrent's `parse_command_multiple`: the commands in a line and their arguments, lists and calls refused.

    After `src/rpc/parse.cc` and `parse_commands.cc`, the same in 0.9.8 and 0.16. An argument that begins with `$` would
    be run as a command, quoted or not.
    """
    at = 0
    while at < len(text):
        begin = at
        while at < len(text) and ((text[at].isascii() and text[at].isalnum()) or text[at] in "_."):
            at += 1
        name = text[begin:at]
        if not name or at == len(text) or text[at] != "=":
            raise ParseError(text)
        arguments, at = parse_arguments(text, at + 1)
        yield name, arguments
        if at < len(text):
            if text[at] not in "\n;\0":
                raise ParseError(text)
            at += 1


def parse_arguments(text: str, at: int) -> tuple[list[str], int]:
    arguments = []
    while True:
        at = skip_space(text, at)
        argument, at = parse_argument(text, at)
        arguments.append(argument)
        at = skip_space(text, at)
        if at == len(text) or text[at] != ",":
            return arguments, at
        at += 1


def parse_argument(text: str, at: int) -> tuple[str, int]:
    is_quoted = text[at : at + 1] == '"'
    if text[at : at + 1] in ("{", "("):
        raise ParseError(text)
    at += is_quoted
    word = ""
    while at < len(text):
        if text[at] == '"' if is_quoted else text[at] in ",;\n\0 \t":
            break
        at += text[at] == "\\"
        word += text[at : at + 1]
        at += 1
    if is_quoted and at >= len(text):
        raise ParseError(text)
    if word.startswith("$"):
        raise ParseError(text)
    return word, at + is_quoted


def skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def test_the_parser_of_these_tests_sees_tricks() -> None:
    assert list(parse("d.custom1.set=a;execute=rm")) == [("d.custom1.set", ["a"]), ("execute", ["rm"])]
    assert list(parse('d.directory.set="a\\"b, c" , d')) == [("d.directory.set", ['a"b, c', "d"])]
    for trick in ('d.x="$execute=rm"', "d.x=(execute,rm)", 'd.x="a', 'd.x="a"b', "d.x={a}"):
        with pytest.raises(ParseError):
            list(parse(trick))


TRICKS = st.text(
    st.sampled_from('$"\\;,={}()\n\r\0 \t/a%`') | st.characters(exclude_categories=["Cs"]), max_size=30
) | st.sampled_from(["$execute=rm", '";execute=rm', "\\", '\\"', "(execute,rm)", "\nexecute=rm", "/a$(b)", "/`b`"])


@given(category=TRICKS)
@example(category="$execute2=touch,/tmp/x")
def test_a_label_stays_a_label(category: str) -> None:
    command = f"d.custom1.set={label(category)}"
    (told,) = parse(command)
    assert told == ("d.custom1.set", [label(category)])
    assert set(label(category)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~%")


@given(path=TRICKS.map("/".__add__) | TRICKS)
@example(path='/a";execute2=touch,/tmp/x;#')
def test_a_path_stays_a_path_or_is_refused(path: str) -> None:
    try:
        word = quoted(path)
    except RequestError:
        return
    assert list(parse(f"d.directory.set={word}")) == [("d.directory.set", [path])]


@given(category=TRICKS, path=TRICKS.map("/".__add__), priority=st.integers(-3, 4))
def test_settings_are_these_and_no_others(category: str, path: str, priority: int) -> None:
    try:
        commands = settings_of(Add(url="http://h/", category=category, path=path, priority=priority))
    except RequestError:
        return
    names = [name for command in commands for name, _ in parse(command)]
    assert names[0] == "d.custom.set"
    assert set(names[1:]) <= {"d.custom1.set", "d.directory.set", "d.priority.set"}
    assert len(names) == len(commands)


@given(tail=TRICKS)
def test_a_magnet_is_written_anew(tail: str) -> None:
    sent, hash = magnet(f"magnet:?xt=urn:btih:{'ab' * 20}&tr={tail}&dn={tail}")
    assert hash == "ab" * 20
    assert sent.isascii()
    assert not set(sent) & set('$"\\;,{}()\n\r\0 \t/`')


@given(text=TRICKS)
async def test_only_methods_of_ours_are_called(text: str) -> None:
    program = Obedient(leeching(), version="0.16.17")
    client = client_of(program)
    commands: list[Command] = [
        Set((HASH,), category=text),
        Pause((text,)),
        Add(url=text, category=text, path=text),
        Add(content=text.encode(), filename=text, category=text),
    ]
    for command in commands:
        try:
            await client.execute(command)
        except RequestError:
            continue
    allowed = {"system.client_version", "d.custom1.set", "d.stop", "d.hashing", "load.start", "d.hash"}
    assert {call[0] for call in program.calls} <= allowed
