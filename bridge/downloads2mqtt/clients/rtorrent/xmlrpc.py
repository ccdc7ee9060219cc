"""XML-RPC as rTorrent speaks it: `i8` integers, and answers that need not be good XML.

Nothing is expanded and nothing nests without bounds: a document type, a comment or CDATA, which rTorrent never sends,
makes the whole answer one that makes no sense. Control characters and bad UTF-8 are read as what they are.
"""

import base64
import binascii
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from downloads2mqtt.clients._jsonrpc import Fault

LARGEST = 4 * 1024 * 1024
DEEPEST = 12
_LONGEST_NUMBER = 30
_LARGEST_I4 = 2**31 - 1

_OPENING = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*<methodResponse>\s*")
_CLOSING = b"</methodResponse>"
_SCALAR = re.compile(rb"\s*<value>\s*(?:<(\w{1,20})\s*(?:/>|>([^<]*)</\1>)\s*|([^<]*))</value>\s*")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#[^;]{1,9};")


def encode(method: str, params: Sequence[Any]) -> bytes:
    """A call; parameters are text, whole numbers, bytes, lists and mappings."""
    inner = "".join(f"<param>{_value(param)}</param>" for param in params)
    call = f"<methodName>{method}</methodName><params>{inner}</params>"
    return f'<?xml version="1.0" encoding="UTF-8"?><methodCall>{call}</methodCall>'.encode()


def decode(body: bytes) -> Any:
    """The result in an answer, or the `Fault`; raises `ValueError` when it is neither."""
    inner = _inside(body)
    if len(inner) > LARGEST:
        raise ValueError("the answer is longer than any of rTorrent")
    try:
        root = ElementTree.fromstring(_NO_XML.sub("\ufffd", inner.decode("utf-8", "replace")))
    except (ElementTree.ParseError, UnicodeEncodeError) as error:
        raise ValueError("the answer is not XML-RPC") from error
    if root.tag == "fault":
        return fault_of(_read(root.find("value"), 0)) or Fault()
    return _read(root.find("param/value"), 0)


def rows(body: bytes) -> Sequence[bytes] | Fault:
    """The rows of a table, each as it stands in the answer, or the `Fault`. Costs a copy, not a reading of it all."""
    inner = _inside(body)
    if inner.startswith(b"<fault>"):
        fault = decode(body)
        return fault if isinstance(fault, Fault) else Fault()
    *parts, rest = inner.split(b"</data>")
    if not parts or b"<data>" in rest or inner.count(b"<data>") != len(parts):
        raise ValueError("the answer holds no whole table")
    # Each part ends where a list ends. The innermost list that begins in it is a row; the table itself only ends.
    found = [part[begins + 6 :] for part in parts if (begins := part.rfind(b"<data>")) >= 0]
    return [row for row in found if row.strip()]


def read_row(row: bytes) -> list[Any]:
    """The values of one row; raises `ValueError`."""
    values = []
    at = 0
    while at < len(row):
        found = _SCALAR.match(row, at)
        if found is None:
            raise ValueError("a row holds something else than values")
        kind, typed, untyped = found.groups()
        values.append(_scalar((kind or b"string").decode(), _text(typed or untyped or b"")))
        at = found.end()
    return values


def fault_of(value: Any) -> Fault | None:
    """The fault that stands in place of a result."""
    if not isinstance(value, dict) or "faultCode" not in value:
        return None
    code, text = value["faultCode"], value.get("faultString")
    return Fault(code if isinstance(code, int) else None, text if isinstance(text, str) else "")


def _value(value: Any) -> str:
    match value:
        case str():
            return f"<value><string>{escape(value)}</string></value>"
        case int():
            kind = "i4" if abs(value) <= _LARGEST_I4 else "i8"
            return f"<value><{kind}>{value:d}</{kind}></value>"
        case bytes():
            return f"<value><base64>{base64.b64encode(value).decode()}</base64></value>"
        case Mapping():
            members = "".join(f"<member><name>{name}</name>{_value(one)}</member>" for name, one in value.items())
            return f"<value><struct>{members}</struct></value>"
        case _:
            return f"<value><array><data>{''.join(map(_value, value))}</data></array></value>"


def _inside(body: bytes) -> bytes:
    """What stands between the outermost tags."""
    begin = _OPENING.match(body)
    end = body.rstrip()
    if begin is None or not end.endswith(_CLOSING):
        raise ValueError("the answer is not, or not whole, XML-RPC")
    inner = end[begin.end() : -len(_CLOSING)]
    if b"<!" in inner or b"<?" in inner:
        raise ValueError("the answer holds declarations, comments or CDATA")
    return inner


def _read(element: ElementTree.Element | None, depth: int) -> Any:
    """What a `value` element holds."""
    if element is None or depth > DEEPEST:
        raise ValueError("the answer lacks a value, or nests too deep")
    if not len(element):
        return element.text or ""
    inner = element[0]
    match inner.tag:
        case "array":
            return [_read(one, depth + 1) for one in inner.iterfind("data/value")]
        case "struct":
            members = inner.iterfind("member")
            return {one.findtext("name", ""): _read(one.find("value"), depth + 1) for one in members}
    return _scalar(inner.tag, inner.text or "")


def _scalar(kind: str, text: str) -> Any:
    match kind:
        case "string":
            return text
        case "i8" | "i4" | "int" | "boolean" if len(text) <= _LONGEST_NUMBER:
            return int(text)
        case "double" if len(text) <= _LONGEST_NUMBER:
            return number if math.isfinite(number := float(text)) else None
        case "base64":
            return _binary(text)
    raise ValueError("the answer holds a value that cannot be read")


def _binary(text: str) -> str:
    # Built with some libraries, 0.9.8 sends text that is no UTF-8 so.
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except binascii.Error as error:
        raise ValueError("the answer holds broken base64") from error


def _text(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    return _REFERENCE.sub(_referred, text) if "&" in text else text


def _referred(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED[name]
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"
