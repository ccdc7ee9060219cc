"""Transmission's RPC: its session id, its login, and its two dialects spoken as one."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from downloads2mqtt.clients._http import Credentials, Http, Reply
from downloads2mqtt.clients._json import decode, harmless
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientUnauthorized, RequestError

SESSION_ID = "X-Transmission-Session-Id"
RPC_VERSION = "X-Transmission-Rpc-Version"


@dataclass(frozen=True, slots=True)
class Call:
    """One method, in the words of JSON-RPC; `vital` unless it may fail."""

    method: str
    params: Mapping[str, Any] = field(default_factory=dict)
    vital: bool = True


class NewSession(ClientAnswerError):
    """The session id is no longer good: an hour has passed, or the daemon was started anew."""


class Rpc:
    """Asks one Transmission, in the words of JSON-RPC 2.0 whichever dialect it speaks (JSON-RPC itself from 4.1 on).

    `sessions` counts the session ids it was given.
    """

    def __init__(self, http: Http, username: str | None = None, password: str | None = None) -> None:
        self.modern = False
        self.sessions = 0
        self.place = http.place
        self._http = http
        self._url = rpc_url(http.url)
        self._credentials = Credentials()
        self._headers = {"Content-Type": "application/json"}
        if username is not None:
            self._headers["Authorization"] = _basic(username, password or "")

    async def ask(self, *calls: Call) -> dict[str, Any]:
        """The answers by method, empty to a call that is not vital and failed; raises `ClientError`."""
        if self.modern:
            outcomes = read_batch(await self._post(batch(calls), again=True), calls, self.place)
        else:
            outcomes = {}
            for call in calls:
                outcomes[call.method] = read_legacy(await self._post(legacy(call), again=True), self.place)
        return {call.method: self._told(call, outcomes[call.method]) for call in calls}

    async def order(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to what shall be done, which is sent once; raises `RequestError` when it is refused."""
        call = Call(method, params)
        try:
            outcome = await self._order(call)
        except NewSession:  # so it was not done
            outcome = await self._order(call)
        if outcome.result is None and outcome.reason is not None:
            raise RequestError(
                "failed", f"Transmission refuses {method}: {harmless(outcome.reason) or 'no reason given'}"
            )
        return self._told(call, outcome)

    async def _order(self, call: Call) -> "Outcome":
        if self.modern:
            return read_batch(await self._post(batch((call,)), again=False), (call,), self.place)[call.method]
        return read_legacy(await self._post(legacy(call), again=False), self.place)

    def _told(self, call: Call, outcome: "Outcome") -> dict[str, Any]:
        if outcome.result is not None:
            return _snake_keys(outcome.result)
        if call.vital:
            reason = "the answer is missing" if outcome.reason is None else harmless(outcome.reason)
            raise ClientAnswerError(self._says(f"does not answer {call.method}: {reason}"))
        return {}

    async def _post(self, body: Any, *, again: bool) -> bytes:
        self._credentials.check()
        reply = await self._http.post(self._url, content=json.dumps(body), headers=self._headers, again=again)
        session_id = reply.headers.get(SESSION_ID, "")
        if reply.status == 409 and session_id and session_id.isascii():
            self._renew(session_id, reply.headers.get(RPC_VERSION, ""))
        if reply.status != 200:
            raise self._refusal(reply)
        self._credentials.accepted()
        return reply.body

    def _renew(self, session_id: str, version: str) -> None:
        self._credentials.accepted()  # they are looked at first
        self._headers[SESSION_ID] = session_id
        self.sessions += 1
        major = re.match(r"[0-9]{1,3}(?=\.)", version)
        self.modern = major is not None and int(major[0]) >= 6
        raise NewSession(self._says("wants another session id for every request"))

    def _refusal(self, reply: Reply) -> ClientError:
        match reply.status:
            case 401 if "Authorization" in self._headers:
                sentence = "refuses username or password: correct them in the configuration"
                return self._credentials.refused(self._says(sentence))
            case 401:
                return ClientUnauthorized(self._says("asks for a login: set username and password"))
            case 403 if "unsuccessful login" in reply.text:
                sentence = "lets nobody in after too many failed logins: restart it"
                return self._credentials.locked_out(self._says(sentence))
            case 403:
                return ClientUnauthorized(self._says("refuses this address: add it to its rpc-whitelist"))
            case 421:
                sentence = "does not know the host name it is asked under: add it to its rpc-host-whitelist"
                return ClientAnswerError(self._says(sentence))
            case _:
                return self._http.unexpected(reply)

    def _says(self, sentence: str) -> str:
        return f"Transmission at {self.place} {sentence}"


def rpc_url(url: str) -> str:
    """The RPC address for what people write: the host, the address of the web interface, or that of the RPC."""
    url = url.rstrip("/").removesuffix("/web")
    if url.endswith("/rpc"):
        return url
    return f"{url}/rpc" if url.endswith("/transmission") else f"{url}/transmission/rpc"


def batch(calls: tuple[Call, ...]) -> list[dict[str, Any]]:
    """JSON-RPC 2.0, since 4.1: all calls in one request, each named by its method."""
    return [{"jsonrpc": "2.0", "id": call.method, "method": call.method, "params": call.params} for call in calls]


def legacy(call: Call) -> dict[str, Any]:
    """The dialect until 4.0: words in kebab-case, but fields, and what is set of a torrent, in camelCase."""
    arguments = {
        _camel(key) if key in _IN_CAMEL_CASE else key.replace("_", "-"): call.params[key] for key in call.params
    }
    if "fields" in arguments:
        arguments["fields"] = [_camel(name) for name in arguments["fields"]]
    if isinstance(arguments.get("ids"), str):
        arguments["ids"] = arguments["ids"].replace("_", "-")
    return {"method": call.method.replace("_", "-"), "arguments": arguments}


_IN_CAMEL_CASE = {
    "bandwidth_priority", "download_limit", "download_limited", "queue_position", "upload_limit", "upload_limited",
}  # fmt: skip


def _camel(name: str) -> str:
    return re.sub("_(.)", lambda found: found[1].upper(), name)


class RpcError(msgspec.Struct):
    """Why a call of JSON-RPC failed."""

    message: str = ""


class RpcReply(msgspec.Struct):
    """The answer to one call of JSON-RPC."""

    id: str | int | None = None
    result: Any = None
    error: RpcError | None = None


class LegacyReply(msgspec.Struct):
    """The answer to one call in the old dialect; `result` is "success" or why not."""

    result: str
    arguments: Any = None


class Outcome(NamedTuple):
    """The result of a call, or why there is none, if that is told."""

    result: dict[str, Any] | None
    reason: str | None


_BATCH: Any = list[RpcReply] | RpcReply


def read_batch(body: bytes, calls: tuple[Call, ...], place: str) -> dict[str, Outcome]:
    """The outcomes by method."""
    told = decode(body, _BATCH, place)
    replies = {reply.id: reply for reply in (told if isinstance(told, list) else [told])}
    outcomes = {}
    for call in calls:
        reply = replies.get(call.method) or replies.get(None) or RpcReply()
        result = reply.result if isinstance(reply.result, dict) else None
        outcomes[call.method] = Outcome(result, reply.error.message if reply.error else None)
    return outcomes


def read_legacy(body: bytes, place: str) -> Outcome:
    """The outcome of the one call."""
    reply = decode(body, LegacyReply, place)
    if reply.result != "success":
        return Outcome(None, reply.result)
    return Outcome(reply.arguments if isinstance(reply.arguments, dict) else None, None)


@lru_cache(maxsize=256)
def snake(key: str) -> str:
    """`hashString` and `download-dir` in the words of JSON-RPC: `hash_string`, `download_dir`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", key.replace("-", "_")).lower()


def _snake_keys(told: dict[str, Any]) -> dict[str, Any]:
    return {snake(key): _snake_keys(value) if isinstance(value, dict) else value for key, value in told.items()}


def _basic(username: str, password: str) -> str:
    return "Basic " + b64encode(f"{username}:{password}".encode()).decode()
