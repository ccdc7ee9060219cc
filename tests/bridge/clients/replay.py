"""Replays recorded answers of a download client through its module.

A case is one file, `recordings/<kind>/<version>/<case>.json`; recorded bodies lie beside it:

    {"settings": {…},                       the client's settings without kind and url
     "polls": [{"complete": true,           what `poll` is asked, default true for the first one
                "answers": [{"request": "POST /api/v2/auth/login",   method and the beginning of path?query
                             "contains": "text",                     in the request's body, optional
                             "once": true,                           used up by one request, optional
                             "fault": "reset" | "hang" | "refused",  instead of an answer, optional
                             "status": 200, "headers": {…},
                             "text": "Ok." | "file": "05_downloading.info.json"}, …],
                "expect": {"complete": true, "removed": [], "restarted": false, "version": "…",
                           "totals": {…some keys…}, "downloads": {"<id>": {…some keys…}, …all of them…}}
                        | {"error": "offline" | "unauthorized" | "error", "says": "part of the sentence"}}]}
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from downloads2mqtt.clients import kinds
from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.base import Client

RECORDINGS = Path(__file__).parent / "recordings"
URL = "http://client.example:1234/base/"


@dataclass(frozen=True)
class Case:
    """One recorded case."""

    kind: str
    folder: Path
    name: str
    data: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.kind}-{self.folder.name}-{self.name}"


def cases(kind: str | None = None) -> Iterator[Case]:
    """Every case, or those of one kind."""
    for path in sorted(RECORDINGS.glob(f"{kind or '*'}/*/*.json")):
        data = json.loads(path.read_bytes())
        if isinstance(data, dict) and "polls" in data:
            yield Case(path.parent.parent.name, path.parent, path.stem, data)


class Recorder(httpx.AsyncBaseTransport):
    """Answers requests from the current poll's answers and remembers them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers: list[dict[str, Any]] = []
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = (await request.aread()).decode("utf-8", "replace")
        self.requests.append(request)
        line = f"{request.method} /{request.url.raw_path.decode().removeprefix('/base').removeprefix('/')}"
        for answer in self.answers:
            if line.startswith(answer["request"]) and answer.get("contains", "") in body:
                if answer.get("once"):
                    self.answers.remove(answer)
                return self._answer(answer, request)
        raise AssertionError(f"no recorded answer to {line} {body[:200]}")

    def _answer(self, answer: dict[str, Any], request: httpx.Request) -> httpx.Response:
        match answer.get("fault"):
            case "reset":
                raise httpx.ReadError("reset", request=request)
            case "hang":
                raise httpx.ReadTimeout("hang", request=request)
            case "refused":
                raise httpx.ConnectError("All connection attempts failed", request=request)
        content = (self.folder / answer["file"]).read_bytes() if "file" in answer else answer.get("text", "").encode()
        return httpx.Response(answer.get("status", 200), headers=answer.get("headers"), content=content)


def build(kind: str, settings: dict[str, Any], transport: httpx.AsyncBaseTransport, timeout: float = 5.0) -> Client:
    """A client of `kind` named `box` that talks to `transport`."""
    client = kinds()[kind]
    return client(
        "box", client.Settings(kind=kind, url=URL, **settings), Http(URL, transport=transport, timeout=timeout)
    )
