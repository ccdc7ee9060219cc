"""The `downloads2mqtt` command."""

import argparse
import asyncio
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

from downloads2mqtt import finder
from downloads2mqtt.app import Bridge, Relay, broker, build_client
from downloads2mqtt.arguments import parser, request_fields
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
    options = parser().parse_args(arguments)
    if options.command is None:
        parser().print_help()
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
    answer = await ask(configuration.mqtt, (pair[0], pair[1]), request_fields(options))
    print(msgspec.json.format(msgspec.json.encode(answer)).decode())
    return 0


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
