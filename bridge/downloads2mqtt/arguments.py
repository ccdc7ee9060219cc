"""The command line: what it takes, and what it asks of a bridge or client."""

import argparse
import base64
from pathlib import Path
from typing import Any

from downloads2mqtt import __version__
from downloads2mqtt.errors import ConfigurationError


def parser() -> argparse.ArgumentParser:
    """What the command takes."""
    whole = argparse.ArgumentParser("downloads2mqtt", description="Every download client on one live MQTT bus.")
    whole.add_argument("--version", action="version", version=f"downloads2mqtt {__version__}")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--config", metavar="FILE", help="the configuration file")
    shared.add_argument("--log", choices=("debug", "info", "warning", "error"), help="how much to log")
    commands = whole.add_subparsers(dest="command", metavar="command")
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
    return whole


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
        order = commands.add_parser(verb, parents=[shared], help=f"{verb} downloads through the broker")
        order.add_argument("client")
        order.add_argument("ids", nargs="+" if verb == "remove" else "*")
        if verb == "remove":
            order.add_argument("--delete-data", action="store_true", help="also what was downloaded")
        else:
            order.add_argument("--all", action="store_true", help="all of the client's downloads")
    now = commands.add_parser("poll-now", parents=[shared], help="have the bridge poll a client now")
    now.add_argument("client")
    find = commands.add_parser("find", parents=[shared], help="find downloads by release title or id")
    find.add_argument("--client", help="which client; without it all of the bridge")
    wanted = find.add_mutually_exclusive_group(required=True)
    wanted.add_argument("title", nargs="?", help="a release name, or as much of one as is known")
    wanted.add_argument("--id", help="as on the bus, or as the client has it")


def request_fields(options: argparse.Namespace) -> dict[str, Any]:
    """The fields of the request that a command is; raises `ConfigurationError` for a file that cannot be read."""
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
