"""The `downloads2mqtt` command."""

import argparse
import asyncio
import base64
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

from downloads2mqtt import __version__, finder
from downloads2mqtt.app import Bridge, Relay, broker, build_client
from downloads2mqtt.config import Configuration, Loaded, effective, load
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.schema import write_schemas
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.errors import ClientError, ConfigurationError, Downloads2mqttError
from downloads2mqtt.listing import Listing
from downloads2mqtt.mqtt.ask import ask
from downloads2mqtt.observe import set_up_logging
from downloads2mqtt.relay.access import hashing
from downloads2mqtt.secrets import Secrets

Command = Callable[[argparse.Namespace, Loaded, Secrets], Coroutine[Any, Any, int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 for a failure, 2 for a configuration that cannot be used."""
    options = _parser().parse_args(arguments)
    if options.command is None:
        _parser().print_help()
        return 2
    if options.command == "schema":
        return _schema(options)
    if options.command == "hash":
        return _hash(options)
    secrets = Secrets()
    try:
        loaded = load(os.environ, secrets, options.config)
        set_up_logging(options.log or loaded.configuration.log, secrets)
        return asyncio.run(_until_signal(_COMMANDS[options.command](options, loaded, secrets)))
    except ConfigurationError as error:
        return _complain(error, 2, secrets)
    except Downloads2mqttError as error:
        return _complain(error, 1, secrets)
    except BaseExceptionGroup as group:
        expected, rest = group.split(Downloads2mqttError)
        if rest is not None or expected is None:
            raise
        first = _first(expected)
        return _complain(first, 2 if isinstance(first, ConfigurationError) else 1, secrets)


async def _until_signal(work: Awaitable[int]) -> int:
    """Run `work` until it ends or the user says so: SIGINT and SIGTERM cancel it, which is a good end."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        return 0


async def _run(_: argparse.Namespace, loaded: Loaded, secrets: Secrets) -> int:
    configuration = loaded.configuration
    if loaded.path is None and not configuration.clients:
        configuration = await _look_around(configuration)
    async with broker(configuration), asyncio.TaskGroup() as group:
        group.create_task(Relay(configuration).run())
        group.create_task(Bridge(configuration, secrets).run())
    return 0


async def _bridge(_: argparse.Namespace, loaded: Loaded, secrets: Secrets) -> int:
    async with broker(loaded.configuration):
        await Bridge(loaded.configuration, secrets).run()
    return 0


async def _relay(_: argparse.Namespace, loaded: Loaded, __: Secrets) -> int:
    await Relay(loaded.configuration).run()
    return 0


async def _poll(options: argparse.Namespace, loaded: Loaded, secrets: Secrets) -> int:
    settings = loaded.configuration.clients.get(options.client)
    if settings is None:
        known = ", ".join(loaded.configuration.clients) or "none is configured"
        raise ConfigurationError(f"there is no client {options.client!r}; clients: {known}")
    client = build_client(options.client, settings)
    try:
        listing = await client.poll(complete=True)
    except ClientError as error:
        sys.stderr.write(f"{options.client}: {error.state}: {secrets.redact_foreign(str(error))}\n")
        return 1
    finally:
        await client.aclose()
    downloads = sorted(listing.downloads.values(), key=lambda download: download.name.lower())
    if options.json:
        print(msgspec.json.format(msgspec.json.encode(downloads)).decode())
    else:
        Console().print(_table(downloads))
    return 0


async def _request(options: argparse.Namespace, loaded: Loaded, _: Secrets) -> int:
    configuration = loaded.configuration
    topics = Topics(configuration.base_topic)
    verb = {"poll-now": "poll"}.get(options.command, options.command)
    client = getattr(options, "client", None)
    if client is None:
        pair = [topics.bridge_request(configuration.bridge, verb, kind) for kind in ("request", "response")]
    else:
        pair = [topics.client_request(client, verb, kind) for kind in ("request", "response")]
    answer = await ask(configuration.mqtt, (pair[0], pair[1]), _request_fields(options))
    print(msgspec.json.format(msgspec.json.encode(answer)).decode())
    return 0


def _request_fields(options: argparse.Namespace) -> dict[str, Any]:
    match options.command:
        case "add":
            return _add_fields(options)
        case "pause" | "resume":
            return {"all": True} if options.all else {"ids": options.ids}
        case "remove":
            return {"ids": options.ids, "delete_data": options.delete_data}
        case "find":
            return {"title": options.title} if options.id is None else {"id": options.id}
    return {}


def _add_fields(options: argparse.Namespace) -> dict[str, Any]:
    fields = {
        key: getattr(options, key) for key in ("category", "path", "priority") if getattr(options, key) is not None
    }
    fields |= {"tags": options.tag or [], "paused": options.paused}
    if options.source.startswith(("http://", "https://", "magnet:")):
        return fields | {"url": options.source}
    path = Path(options.source)
    try:
        content = base64.b64encode(path.read_bytes()).decode()
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None
    return fields | {"content": content, "filename": path.name}


async def _check(_: argparse.Namespace, loaded: Loaded, secrets: Secrets) -> int:
    configuration = loaded.configuration
    print(f"# {loaded.path or 'no configuration file; defaults'}\n{effective(configuration)}")
    answers = await asyncio.gather(*(_try(id, configuration, secrets) for id in configuration.enabled_clients))
    for answer in answers:
        print(answer[1])
    if not configuration.clients:
        _say_found(await finder.find())
    return 0 if all(fine for fine, _ in answers) else 1


async def _try(id: str, configuration: Configuration, secrets: Secrets) -> tuple[bool, str]:
    client = build_client(id, configuration.clients[id])
    try:
        listing: Listing = await client.poll(complete=True)
    except ClientError as error:
        return False, f"{id}: {error.state}: {secrets.redact_foreign(str(error))}"
    finally:
        await client.aclose()
    return True, f"{id}: online: {client.title} {client.version or ''}, {len(listing.downloads)} downloads"


async def _look_around(configuration: Configuration) -> Configuration:
    """Without any configuration: serve what is found here and needs no password."""
    found = await finder.find()
    _say_found(found)
    fields = {one.kind: {"kind": one.kind, "name": one.title, "url": one.url} for one in found if one.is_open}
    return Configuration.model_validate({**configuration.model_dump(exclude_unset=True), "clients": fields})


def _say_found(found: list[finder.Found]) -> None:
    if not found:
        _tell("No download client answers at its usual address on this machine. Write configuration.yaml:\n")
        example = finder.Found("qbittorrent", "qBittorrent", "http://192.168.1.2:8080/", False)
        _tell(finder.snippet([example]) + "\n")
        return
    for one in found:
        _tell(f"Found {one.title} at {one.url}" + ("" if one.is_open else ", which wants credentials"))
    _tell("To choose yourself, write configuration.yaml:\n\n" + finder.snippet(found) + "\n")


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")


def _table(downloads: Sequence[Download]) -> Table:
    table = Table(box=None, header_style="bold")
    for title in ("Name", "State", "Done", "Size", "Down", "Up", "Left", "Category", "Id"):
        table.add_column(title, justify="right" if title in ("Done", "Size", "Down", "Up", "Left") else "left")
    for one in downloads:
        table.add_row(
            one.name[:60],
            f"{one.state} ({one.stage})" if one.stage else one.state,
            "" if one.progress is None else f"{one.progress:.1f} %",
            _bytes(one.size),
            _bytes(one.download_rate, "/s"),
            _bytes(one.upload_rate, "/s"),
            "" if one.eta is None else f"{one.eta // 60}:{one.eta % 60:02d}",
            one.category or "",
            one.id[:12],
        )
    return table


def _bytes(number: int | None, suffix: str = "") -> str:
    if not number:
        return ""
    value = float(number)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.3g} {unit}{suffix}"
        value /= 1000
    return f"{value:.3g} TB{suffix}"


def _schema(options: argparse.Namespace) -> int:
    written = write_schemas(Path(options.folder))
    print(json.dumps([str(path) for path in written], indent=2))
    return 0


def _hash(options: argparse.Namespace) -> int:
    try:
        sys.stdout.write(hashing.token_lines() if options.token else hashing.password_line())
    except ConfigurationError as error:
        return _complain(error, 1, Secrets())
    return 0


def _first(group: BaseExceptionGroup[Downloads2mqttError]) -> Downloads2mqttError:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error


def _complain(error: Downloads2mqttError, status: int, secrets: Secrets) -> int:
    sys.stderr.write(f"downloads2mqtt: {secrets.redact(str(error))}\n")
    return status


_COMMANDS: dict[str, Command] = {"run": _run, "bridge": _bridge, "relay": _relay, "poll": _poll, "check": _check}
_COMMANDS |= dict.fromkeys(("add", "pause", "resume", "remove", "poll-now", "find"), _request)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("downloads2mqtt", description="Every download client on one live MQTT bus.")
    parser.add_argument("--version", action="version", version=f"downloads2mqtt {__version__}")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--config", metavar="FILE", help="the configuration file")
    shared.add_argument("--log", choices=("debug", "info", "warning", "error"), help="how much to log")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("run", parents=[shared], help="broker if none is configured, bridge and page in one")
    commands.add_parser("bridge", parents=[shared], help="the bridge only")
    commands.add_parser("relay", parents=[shared], help="the page and its protocols only")
    poll = commands.add_parser("poll", parents=[shared], help="print a client's downloads")
    poll.add_argument("client", help="its name in the configuration")
    poll.add_argument("--json", action="store_true", help="as JSON, for scripts")
    _request_parsers(commands, shared)
    commands.add_parser("check", parents=[shared], help="validate the configuration and try every client")
    hash = commands.add_parser("hash", help="hash a password, or make a token, for users and tokens of the page")
    hash.add_argument("--token", action="store_true", help="make a new token")
    schema = commands.add_parser("schema", help="write the JSON Schemas of every payload")
    schema.add_argument("folder", nargs="?", default="docs/schema")
    return parser


def _request_parsers(commands: Any, shared: argparse.ArgumentParser) -> None:
    add = commands.add_parser("add", parents=[shared], help="add a download through the broker")
    add.add_argument("source", help="a magnet, a web address, or a .torrent or .nzb file")
    add.add_argument("--client", help="which client; without it the bridge picks one")
    add.add_argument("--category")
    add.add_argument("--tag", action="append", help="may be given several times")
    add.add_argument("--path", help="where the data shall lie, as the client sees it")
    add.add_argument("--priority", type=int, choices=(-1, 0, 1, 2))
    add.add_argument("--paused", action="store_true")
    for verb in ("pause", "resume", "remove"):
        parser = commands.add_parser(verb, parents=[shared], help=f"{verb} downloads through the broker")
        parser.add_argument("client")
        parser.add_argument("ids", nargs="+" if verb == "remove" else "*")
        if verb == "remove":
            parser.add_argument("--delete-data", action="store_true", help="also what was downloaded")
        else:
            parser.add_argument("--all", action="store_true", help="all of the client's downloads")
    now = commands.add_parser("poll-now", parents=[shared], help="have the bridge poll a client now")
    now.add_argument("client")
    find = commands.add_parser("find", parents=[shared], help="find downloads by release title or id")
    find.add_argument("--client", help="which client; without it all of the bridge")
    wanted = find.add_mutually_exclusive_group(required=True)
    wanted.add_argument("title", nargs="?", help="a release name, or as much of one as is known")
    wanted.add_argument("--id", help="as on the bus, or as the client has it")
