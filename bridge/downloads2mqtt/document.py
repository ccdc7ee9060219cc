"""A configuration file: YAML with `!secret`, `!env_var` and `!file` filled in, and where everything in it stands."""

import copy
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from downloads2mqtt.errors import ConfigurationError
from downloads2mqtt.secrets import Secrets

LARGEST_FILE = 1024 * 1024
SECRETS_FILE = "secrets.yaml"
Location = tuple[str | int, ...]

_DEEPEST = 16
_MOST_VALUES = 20_000
_TAGS = ("!secret", "!env_var", "!file")
_PROBLEMS = {
    "'\\t'": "a tab cannot indent: use spaces",
    "undefined alias": "a text that begins with * needs quotes",
    "undefined tag handle": "a text that begins with ! needs quotes",
    "cannot start any token": "a text that begins with a sign such as @ % ` needs quotes",
    "mapping values are not allowed": "the indentation does not fit, or a text with ': ' in it needs quotes",
    "could not find expected ':'": "must be `key: value`; a colon or the space after it is missing",
    "end of stream": "a quote or bracket is opened here and never closed",
    "another document": "must be one document: remove the ---",
    "expected <block end>": "the indentation does not fit the lines above",
    "escape": "a \\ in double quotes begins an escape: use single quotes",
}
_UNREADABLE: dict[str, Any] = {}
_BEGINS_AT_CONTEXT = ("could not find expected ':'", "end of stream")


@dataclass(slots=True)
class Document:
    """A YAML file with its tags filled in, which remembers where every key stands and gathers all that is wrong.

    Every scalar is the text that the person wrote; what kind of value it is, the setting knows. So `0123` stays a
    password and `3.1.1` a version.
    """

    path: Path | None
    environment: Mapping[str, str]
    secrets: Secrets
    lines: dict[Location, int] = field(default_factory=dict)
    variables: dict[Location, str] = field(default_factory=dict)
    mistakes: list[tuple[int, int, str]] = field(default_factory=list)
    broken: set[Location] = field(default_factory=set)
    filled: dict[Location, list[str]] = field(default_factory=dict)
    confidential: set[Location] = field(default_factory=set)
    _size: int = 0
    _named: dict[str, Any] | None = None

    def read(self) -> dict[str, Any]:
        """The whole file; raises `ConfigurationError` only where nothing can be made of it."""
        try:
            text = read_text(self.path) if self.path else ""
        except ConfigurationError as error:
            raise ConfigurationError(f"{self.path}: {error}") from None
        tree = self.parse(text, (), str(self.path))
        if not isinstance(tree, dict | None):
            raise ConfigurationError(f"{self.path}:1: must be a mapping of keys, such as `clients:`")
        return tree or {}

    def parse(self, text: str, location: Location, name: str) -> Any:
        """What `text` says, for `location`; `name` is how errors of its syntax name it."""
        try:
            node = _compose(text, name)
            return None if node is None else self._plain(node, location)
        except RecursionError:
            raise ConfigurationError(f"{name}:1: nests too deep, or an anchor holds itself") from None

    def complain(self, location: Location, sentence: str) -> None:
        """Note a mistake, with its place and key."""
        variable, line = self.origin(location)
        place = variable or (f"{self.path}:{line}" if self.path else "environment")
        key = ".".join(_shown(part) for part in location) or "configuration"
        self.mistakes.append((2 if variable else 0, line, f"{place}: {key}: {sentence}"))

    def beside(self, text: str) -> Path:
        """A path as a person writes it: `~` is home, and a relative one lies beside the file."""
        return (self.path.parent if self.path else Path()) / os.path.expanduser(text)

    def origin(self, location: Location) -> tuple[str | None, int]:
        """The variable that `location` came from, if any, and else the line."""
        above = [location[:end] for end in range(len(location), 0, -1)]
        variable = next((self.variables[one] for one in above if one in self.variables), None)
        return variable, next((self.lines[one] for one in above if one in self.lines), 1)

    def _plain(self, node: Node, location: Location) -> Any:
        self._size += 1
        if len(location) > _DEEPEST or self._size > _MOST_VALUES:
            raise ConfigurationError(f"{self.path}:{node.start_mark.line + 1}: nests too deep or repeats too much")
        tag = str(node.tag)
        if tag.startswith("!"):
            return self._filled(node, tag, location)
        if isinstance(node, MappingNode):
            return self._mapping(node, location)
        if isinstance(node, SequenceNode):
            self.lines |= {(*location, index): item.start_mark.line + 1 for index, item in enumerate(node.value)}
            return [self._plain(item, (*location, index)) for index, item in enumerate(node.value)]
        if not tag.endswith(":null"):
            return node.value
        return self._broken(location, "a text that begins with & needs quotes") if node.anchor else None

    def _mapping(self, node: MappingNode, location: Location) -> dict[str, Any]:
        inherited: dict[str, Any] = {}
        for key, value in node.value:
            if str(key.tag).endswith(":merge"):
                inherited = self._merged(value, location) | inherited
        own: dict[str, Any] = {}
        for key, value in node.value:
            if isinstance(key, ScalarNode) and not str(key.tag).endswith(":merge"):
                self._entry(own, key, value, location)
            elif not isinstance(key, ScalarNode):
                self._broken(location, "a text with { } or [ ] needs quotes")
        return inherited | own

    def _entry(self, own: dict[str, Any], key: ScalarNode, value: Node, location: Location) -> None:
        here = (*location, key.value)
        line = key.start_mark.line + 1
        if key.value in own:
            first, self.lines[here] = self.lines[here], line
            self.complain(here, f"is given twice, first in line {first}")
            self.lines[here] = first
            return
        self.lines[here] = line
        own[key.value] = self._plain(value, here)

    def _merged(self, node: Node, location: Location) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for one in node.value if isinstance(node, SequenceNode) else [node]:
            if not isinstance(one, MappingNode):
                self.complain(location, "<< takes an anchor of a mapping, such as `<<: *defaults`")
                return {}
            merged = self._mapping(one, location) | merged
        return merged

    def _filled(self, node: Node, tag: str, location: Location) -> Any:
        try:
            value = self._resolved(node, tag)
        except ConfigurationError as error:
            return self._broken(location, str(error))
        self.filled[location] = list(_leaves(value))
        if tag == "!secret":
            self.confidential.add(location)
            self.secrets.add(*self.filled[location])
        return value

    def _broken(self, location: Location, sentence: str) -> str:
        """Stands for a value that could not be made out; an empty sentence was said elsewhere."""
        self.broken.add(location)
        if sentence:
            self.complain(location, sentence)
        return ""

    def _resolved(self, node: Node, tag: str) -> Any:
        if tag not in _TAGS:
            raise ConfigurationError(_unknown_tag(tag))
        text = node.value.strip() if isinstance(node, ScalarNode) else ""
        if not text:
            raise ConfigurationError(f"{tag} needs a name after it")
        resolve = {"!secret": self._secret, "!env_var": self._variable, "!file": self._file}[tag]
        return resolve(text)

    def _file(self, text: str) -> str:
        path = self.beside(text)
        try:
            return read_text(path).strip()
        except ConfigurationError as error:
            raise ConfigurationError(f"!file {path} {error}") from None

    def _variable(self, text: str) -> str:
        name, *default = text.split(maxsplit=1)
        value = self.environment.get(name, *default)
        if value is None:
            raise ConfigurationError(f"!env_var {name}: that variable is not set; a default may follow its name")
        return value

    def _secret(self, name: str) -> Any:
        path = self.beside(SECRETS_FILE)
        if self.path == path:
            raise ConfigurationError("a secret cannot be another !secret")
        if not os.path.lexists(path):
            raise ConfigurationError(f"!secret {name}: there is no {path}")
        if self._named is None:
            self._named = self._read_named(path)
        if self._named is _UNREADABLE:
            raise ConfigurationError("")
        if name not in self._named:
            raise ConfigurationError(f"!secret {name}: {path} has no such key{nearest(name, self._named)}")
        if self._named[name] is None:
            raise ConfigurationError(f"!secret {name}: is empty in {path}")
        return copy.deepcopy(self._named[name])

    def _read_named(self, path: Path) -> dict[str, Any]:
        document = Document(path, self.environment, self.secrets)
        try:
            return document.read()
        except ConfigurationError as error:
            document.mistakes.append((0, 0, str(error)))
            return _UNREADABLE
        finally:
            self.mistakes += [(1, line, text) for _, line, text in document.mistakes]


def read_text(path: Path) -> str:
    """A small file's text without a byte order mark; raises `ConfigurationError` that says why, but not which file."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except IsADirectoryError:
        raise ConfigurationError("is a folder (Docker makes one where the file to mount does not exist)") from None
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > LARGEST_FILE:
        raise ConfigurationError("is larger than 1 MB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigurationError("is not text in UTF-8") from None


def _compose(text: str, name: str) -> Node | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that an anchor is given twice, with the lines it stands in
            node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        problem = error.problem or ""
        begins_before = error.context_mark and any(part in problem for part in _BEGINS_AT_CONTEXT)
        mark = error.context_mark if begins_before else error.problem_mark
        raise ConfigurationError(f"{name}:{mark.line + 1 if mark else 1}: {_in_words(problem)}") from None
    except (YAMLError, ValueError, OverflowError) as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise ConfigurationError(f"{name}:{line}: holds a character that YAML does not allow") from None
    return node


def _in_words(problem: str) -> str:
    """The parser's problem for a person, without what it quotes: that may be half a password."""
    known = next((sentence for part, sentence in _PROBLEMS.items() if part in problem), None)
    return known or "is not YAML: " + re.sub(r"'[^'<]{2,}'|\"[^\"]*\"", "…", problem)


def nearest(word: str, known: Iterable[str]) -> str:
    """What a misspelt word was meant to be, in brackets; empty when nothing is near."""
    near = get_close_matches(word.lower(), list(known), 1)
    return f" (did you mean {near[0]}?)" if near else ""


def _unknown_tag(tag: str) -> str:
    what = "!include is not known" if tag.startswith("!include") else f"unknown tag{nearest(tag, _TAGS)}"
    return f"{what}; there are !secret, !env_var and !file (a text that begins with ! needs quotes)"


def _shown(part: str | int) -> str:
    """A key for an error: what follows a colon may be a value whose space was forgotten."""
    text = str(part).partition(":")[0][:64]
    return text if text.isprintable() and text else repr(text)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inner)
    elif value:
        yield value
