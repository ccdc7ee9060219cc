"""What rTorrent can be told.

Its interface runs commands, up to those of a shell, so nothing that a request holds may become one. Methods are those
written here. Parameters reach rTorrent as data, but for the extra ones of `load`, which it parses and runs: these hold
numbers, labels of which percent escapes leave only `A-Z a-z 0-9 _ . - ~ %`, and quoted paths (see `quoted`). They are
needed: what is set on a magnet is forgotten when its contents arrive, but those commands are run again.
"""

import asyncio
import re
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, unquote

from downloads2mqtt.clients import _infohash
from downloads2mqtt.clients._json import harmless
from downloads2mqtt.clients._jsonrpc import Fault
from downloads2mqtt.clients.rtorrent.rpc import Call, Rpc
from downloads2mqtt.command import Add, Command, Limits, Pause, Reannounce, Recheck, Remove, Resume, Set
from downloads2mqtt.errors import RequestError

# Of rTorrent's own: 0 is "off", which would stop it.
PRIORITIES = {-1: 1, 0: 2, 1: 3, 2: 3}
# It may be set to less than SCGI itself takes: 2 MB in 0.9.8, which breaks off without a word, 16 MB since 0.10.
LARGEST_REQUEST, LARGEST_OLD_REQUEST = 2 << 23, 2 << 20
KIBIBYTE = 1024
TOGETHER = 200
HASHING_SECONDS = 5.0
ARRIVAL_SECONDS = 4.0

_HASH = re.compile(r"[0-9A-Fa-f]{40}")
_WEB = re.compile(r"https?://[^\s\"'<>\\^`{|}]+")
# What means something to rTorrent's parser, or to a shell that somebody's rtorrent.rc passes the path on to.
_NOT_IN_PATHS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\"\\$;`]")


async def execute(rpc: Rpc, command: Command) -> str | None:
    """Do it, once; the id of an added download where it can be known."""
    match command:
        case Add():
            return await _add(rpc, command)
        case Pause(ids):
            await _when_checked(rpc, await _targets(rpc, ids), "d.stop")
        case Remove(ids, delete_data):
            await _remove(rpc, ids, delete_data)
        case Resume(ids):
            await _resume(rpc, await _targets(rpc, ids))
        case Recheck(ids):
            await _each(rpc, await _targets(rpc, ids), "d.check_hash")
        case Reannounce(ids):
            await _each(rpc, await _targets(rpc, ids), "d.tracker_announce")
        case Set(ids):
            await _set(rpc, await _targets(rpc, ids), command)
        case Limits():
            await _limit(rpc, command)
    return None


async def _targets(rpc: Rpc, ids: Sequence[str] | None) -> list[str]:
    """The info-hashes meant, as rTorrent writes them."""
    if ids is None:
        (told,) = await rpc.ask(Call("download_list", ("", "main")))
        ids = told if isinstance(told, list) else []
    hashes = [str(id).upper() for id in ids]
    if not all(map(_HASH.fullmatch, hashes)):
        raise RequestError("not_found", "rTorrent names its downloads by info-hash, and one of these ids is none")
    return hashes


async def _each(rpc: Rpc, hashes: Sequence[str], method: str, *params: Any) -> None:
    await _command(rpc, [Call(method, (hash, *params)) for hash in hashes])


async def _command(rpc: Rpc, calls: Sequence[Call]) -> None:
    """Send each once; raises `RequestError` for the first that was refused, when all have been sent."""
    told = []
    for start in range(0, len(calls), TOGETHER):
        told += await rpc.ask(*calls[start : start + TOGETHER], again=False)
    for call, one in zip(calls, told, strict=True):
        if isinstance(one, Fault):
            raise _refusal(call, one)


async def _read(rpc: Rpc, hashes: Sequence[str], method: str) -> list[Any]:
    told: list[Any] = []
    for start in range(0, len(hashes), TOGETHER):
        told += await rpc.ask(*(Call(method, (hash,)) for hash in hashes[start : start + TOGETHER]))
    return told


async def _when_checked(rpc: Rpc, hashes: Sequence[str], method: str) -> None:
    """Call a method that ends a check; those that are being checked for longer are left out, and that is said.

    rTorrent 0.9.8 may hang for good when that happens (in libtorrent 0.13.8 `HashQueue::remove` waits for a thread that
    waits for it): so did `d.stop` in two of three tries. 0.16.17 never did.
    """
    busy: list[str] = []
    checked = list(hashes)
    if rpc.version < (0, 16):
        checked, busy = await _wait_for_checks(rpc, hashes)
    await _each(rpc, checked, method)
    if busy:
        sentence = "being checked, and this version of rTorrent hangs when it is disturbed: try again when that is over"
        raise RequestError("failed", f"{len(busy)} of {len(hashes)} downloads are {sentence}")


async def _wait_for_checks(rpc: Rpc, hashes: Sequence[str]) -> tuple[list[str], list[str]]:
    """Those that are not being checked, after a while, and those that still are."""
    deadline = time.monotonic() + HASHING_SECONDS
    while True:
        hashing = await _read(rpc, hashes, "d.hashing")
        busy = [hash for hash, number in zip(hashes, hashing, strict=True) if number and not isinstance(number, Fault)]
        if not busy or time.monotonic() >= deadline:
            return [hash for hash in hashes if hash not in set(busy)], busy
        await asyncio.sleep(0.2)


async def _remove(rpc: Rpc, ids: Sequence[str], delete_data: bool) -> None:
    if delete_data:
        raise RequestError("unsupported", "rTorrent never deletes data: remove it without, then delete the files")
    await _when_checked(rpc, await _targets(rpc, ids), "d.erase")


async def _resume(rpc: Rpc, hashes: Sequence[str]) -> None:
    """Start. `d.start` does nothing to what counts as started already but rests: held by `d.pause`, or after an error.

    So that is stopped first, unless it is being checked: see `_when_checked`.
    """
    active = await _read(rpc, hashes, "d.is_active")
    hashing = await _read(rpc, hashes, "d.hashing")
    resting = [hash for hash, runs, checks in zip(hashes, active, hashing, strict=True) if runs == 0 == checks]
    await _each(rpc, resting, "d.stop")
    await _each(rpc, hashes, "d.start")


async def _set(rpc: Rpc, hashes: Sequence[str], command: Set) -> None:
    calls: list[Call] = []
    if command.category is not None:
        calls += [Call("d.custom1.set", (hash, label(command.category))) for hash in hashes]
    if command.priority is not None:
        calls += [Call("d.priority.set", (hash, priority(command.priority))) for hash in hashes]
    await _command(rpc, calls)


async def _limit(rpc: Rpc, command: Limits) -> None:
    calls = []
    if command.download_limit is not None:
        calls.append(Call("throttle.global_down.max_rate.set", ("", in_kibibytes(command.download_limit))))
    if command.upload_limit is not None:
        calls.append(Call("throttle.global_up.max_rate.set", ("", in_kibibytes(command.upload_limit))))
    await _command(rpc, calls)


async def _add(rpc: Rpc, add: Add) -> str | None:
    """Load it. rTorrent answers before it has looked at it, so what has an info-hash is waited for."""
    extra = settings_of(add)
    source, hash = await _source(rpc, add)
    if hash is not None and await _is_there(rpc, hash):
        return hash
    call = Call(_METHODS[add.content is not None, add.paused], ("", source, *extra))
    if add.content is not None:
        fault = await rpc.upload(call)
    else:
        (told,) = await rpc.ask(call, again=False)
        fault = told if isinstance(told, Fault) else None
    if fault is not None:
        raise _refusal(call, fault)
    if hash is not None:
        await _wait_for_arrival(rpc, hash)
    return hash


_METHODS = {
    (False, False): "load.start",
    (False, True): "load.normal",
    (True, False): "load.raw_start",
    (True, True): "load.raw",
}


async def _source(rpc: Rpc, add: Add) -> tuple[str | bytes, str | None]:
    """What is given to `load`, and its info-hash where that can be known."""
    if add.content is not None:
        hash = await asyncio.to_thread(_infohash.of_torrent, add.content)
        if hash is None:
            raise RequestError("bad_request", "this is no .torrent")
        await _check_size(rpc, len(add.content))
        return add.content, hash
    url = add.url or ""
    if add.source == "magnet":
        return magnet(url)
    # Anything else would be the name of a file where rTorrent runs.
    if not (_WEB.fullmatch(url) and url.isascii() and url.isprintable()):
        raise RequestError("bad_request", "this is no web address that rTorrent could be given")
    return url, None


async def _check_size(rpc: Rpc, size: int) -> None:
    """Refuse what rTorrent would, some versions of it without a word."""
    (told,) = await rpc.ask(Call("network.xmlrpc.size_limit"))
    largest = LARGEST_OLD_REQUEST if rpc.version < (0, 10) else LARGEST_REQUEST
    if isinstance(told, int) and told > 0:
        largest = min(largest, told)
    needed = size * 4 // 3 + 4096
    if needed > largest:
        sentence = f"takes {largest // KIBIBYTE} KB at once and this .torrent needs {needed // KIBIBYTE} KB"
        advice = "raise network.xmlrpc.size_limit.set in rtorrent.rc (0.9.8 takes 2M at most, later ones 16M)"
        raise RequestError("failed", f"rTorrent {sentence}: {advice}")


async def _is_there(rpc: Rpc, hash: str) -> bool:
    (told,) = await rpc.ask(Call("d.hash", (hash.upper(),)))
    return not isinstance(told, Fault)


async def _wait_for_arrival(rpc: Rpc, hash: str) -> None:
    deadline, pause = time.monotonic() + ARRIVAL_SECONDS, 0.02
    while not await _is_there(rpc, hash):
        if time.monotonic() > deadline:
            reason = "0.9.8 takes nothing without a tracker, and no version what is BitTorrent 2 alone"
            raise RequestError("failed", f"rTorrent took it but did not add it: its log may say why ({reason})")
        await asyncio.sleep(pause)
        pause = min(0.5, pause * 2)


def settings_of(add: Add) -> list[str]:
    """The commands that rTorrent runs once it has it; `addtime` is what ruTorrent and Flood note too."""
    if add.tags:
        raise RequestError("unsupported", "rTorrent has no tags, only one label: use category")
    commands = [f"d.custom.set=addtime,{int(time.time())}"]
    if add.category:
        commands.append(f"d.custom1.set={label(add.category)}")
    if add.path:
        commands.append(f"d.directory.set={quoted(add.path)}")
    if add.priority is not None:
        commands.append(f"d.priority.set={priority(add.priority)}")
    return commands


def label(category: str) -> str:
    """A label as ruTorrent, Flood and Sonarr write it: nothing but letters, digits and `_ . - ~ %`."""
    try:
        return quote(category, safe="")
    except UnicodeEncodeError:
        raise RequestError("bad_request", "the category holds half a character") from None


def quoted(path: str) -> str:
    """A path as one word of rTorrent's language.

    Inside quotes its parser (`rpc/parse.cc`, 0.9.8 to 0.16) knows only the quote and the backslash, and afterwards runs
    a word that begins with `$`: so a path begins with a slash and holds none of these, nor what could end a line.
    """
    if not path.startswith("/") or _NOT_IN_PATHS.search(path):
        raise RequestError("bad_request", 'rTorrent needs a whole path, with none of " \\ $ ; ` and control characters')
    return f'"{path}"'


def priority(number: int) -> int:
    """rTorrent's own number for a priority."""
    if number not in PRIORITIES:
        raise RequestError("bad_request", "priority must be -1, 0, 1 or 2")
    return PRIORITIES[number]


def in_kibibytes(bytes_per_second: int) -> int:
    """A limit that rTorrent, which rounds down to KiB, does not take for none."""
    return -(-bytes_per_second // KIBIBYTE) * KIBIBYTE


def magnet(url: str) -> tuple[str, str]:
    """A magnet of what rTorrent reads in one, info-hash and trackers, and the info-hash.

    It refuses one that also names a hash of BitTorrent 2, and takes the last of several hashes.
    """
    hash = _infohash.of_magnet(url)
    if hash is None:
        raise RequestError("bad_request", "this magnet holds no info-hash")
    if "urn:btih:" not in url.lower():
        raise RequestError("unsupported", "rTorrent knows no magnets of BitTorrent 2 alone")
    pairs = (part.partition("=") for part in url.partition("?")[2].split("&"))
    trackers = (unquote(value) for key, _, value in pairs if key == "tr")
    tail = "".join(f"&tr={quote(one, safe='')}" for one in trackers if one.isascii() and one.isprintable())
    return f"magnet:?xt=urn:btih:{hash}{tail}", hash


def _refusal(call: Call, fault: Fault) -> RequestError:
    if "info-hash" in fault.message:
        return RequestError("not_found", "rTorrent does not have this download any more")
    return RequestError("failed", f"rTorrent refused {call.method}: {harmless(fault.message) or 'it does not say why'}")
