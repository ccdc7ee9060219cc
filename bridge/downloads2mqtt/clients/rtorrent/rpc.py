"""rTorrent's remote procedure calls: JSON-RPC since 0.15.2 where it is on, else XML-RPC; over HTTP or SCGI alike."""

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from downloads2mqtt.clients._http import Credentials, Http, Reply, was_reset
from downloads2mqtt.clients._json import decode, harmless
from downloads2mqtt.clients._jsonrpc import Fault
from downloads2mqtt.clients._scgi import SCHEMES
from downloads2mqtt.clients.rtorrent import xmlrpc
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized

# A name or path that is no UTF-8 makes the whole JSON answer this error (rtorrent#1596, still in 0.16.17).
NOT_UTF8 = -32700
_PAGE = re.compile(rb"\s*<(!doctype )?html", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Call:
    """One method; the first parameter is what it is called on: an info-hash, or empty for the program itself."""

    method: str
    params: tuple[Any, ...] = ("",)


VERSION = Call("system.client_version")


class RpcReply(msgspec.Struct):
    """The answer to one call of JSON-RPC."""

    id: int | None = None
    result: msgspec.Raw = msgspec.Raw(b"null")
    error: Fault | None = None


_BATCH: Any = list[RpcReply] | RpcReply


class Rpc:
    """Asks one rTorrent. It does one thing at a time, so one request at a time is sent.

    Only the methods that are written in this package are ever called. Of what others wrote nothing becomes a
    method's name, and what becomes a command, as an extra parameter of `load`, is quoted where it is made.
    """

    def __init__(self, http: Http, username: str | None = None, password: str | None = None) -> None:
        self.version: tuple[int, ...] = ()
        self.speaks_json = False
        self._http = http
        self._url = rpc_url(http.url)
        self._credentials = Credentials()
        self._headers = {}
        if username is not None:
            self._headers["Authorization"] = "Basic " + b64encode(f"{username}:{password or ''}".encode()).decode()

    async def connect(self) -> str:
        """Find out what it speaks; its version."""
        version = await self._json_version()
        self.speaks_json = version is not None
        if version is None:
            version = await self._ask_xml(VERSION, again=True)
        if isinstance(version, Fault):
            raise self._refused(VERSION, version)
        if not isinstance(version, str) or not re.fullmatch(r"\d[\w.+-]{0,40}", version):
            raise ClientAnswerError(f"{self._http.place} answers, but not as rTorrent does: is the url right?")
        self.version = tuple(int(number) for number in re.findall(r"\d{1,6}", version)[:3])
        return version

    async def table(self, call: Call) -> list[msgspec.Raw]:
        """The rows that a call gives, each for `read_row`; raises `ClientError`."""
        if self.speaks_json:
            told = await self._rows_of_json(call)
            if not isinstance(told, Fault):
                return told
            if told.code != NOT_UTF8:
                raise self._refused(call, told)
            self.speaks_json = False
        body = await self._post(xmlrpc.encode(call.method, call.params), "text/xml", again=True)
        try:
            rows = xmlrpc.rows(body)
        except ValueError as error:
            raise self._senseless(error) from error
        if isinstance(rows, Fault):
            raise self._refused(call, rows)
        return [msgspec.Raw(row) for row in rows]

    async def ask(self, *calls: Call, again: bool = True) -> list[Any]:
        """The results in the order of `calls`, a `Fault` in place of one that failed; raises `ClientError`.

        `again` says that they read only, and may be sent once more when the connection was reset.
        """
        if self.speaks_json:
            return await self._ask_json(calls, again)
        inner = [{"methodName": call.method, "params": call.params} for call in calls]
        told = await self._ask_xml(Call("system.multicall", (inner,)), again=again)
        if isinstance(told, Fault):
            raise self._refused(calls[0], told)
        if not isinstance(told, list) or len(told) != len(calls):
            raise self._senseless("it holds another number of results than was asked")
        return [xmlrpc.fault_of(one) or (one[0] if isinstance(one, list) and one else Fault()) for one in told]

    async def upload(self, call: Call) -> Fault | None:
        """Call once with bytes among the parameters, which JSON-RPC cannot carry; why it failed, if it did."""
        told = await self._ask_xml(call, again=False)
        return told if isinstance(told, Fault) else None

    async def _json_version(self) -> Any:
        """The version as JSON-RPC tells it, `None` where that is not spoken."""
        try:
            reply = await self._send(_batch([VERSION]), "application/json", again=True)
        except ClientOffline as error:
            if not was_reset(error):  # as a version does that looks at the content type and does not know this one
                raise
            return None
        if reply.status != 200 or not reply.body.lstrip().startswith(b"["):
            return None
        try:
            told = decode(reply.body, list[RpcReply], self._http.place)
            return decode(bytes(told[0].result), str, self._http.place) if told else None
        except ClientAnswerError:
            return None

    async def _rows_of_json(self, call: Call) -> list[msgspec.Raw] | Fault:
        body = await self._post(_batch([call]), "application/json", again=True)
        reply = self._replies(body, 1)[0]
        return reply.error or decode(bytes(reply.result), list[msgspec.Raw], self._http.place)

    async def _ask_json(self, calls: Sequence[Call], again: bool) -> list[Any]:
        body = await self._post(_batch(calls), "application/json", again=again)
        place = self._http.place
        return [one.error or decode(bytes(one.result), object, place) for one in self._replies(body, len(calls))]

    def _replies(self, body: bytes, count: int) -> list[RpcReply]:
        told = decode(body, _BATCH, self._http.place)
        if isinstance(told, RpcReply):
            if told.error is None:
                raise self._senseless("it is one where several belong")
            return [told] * count
        replies = {one.id: one for one in told}
        if len(told) != count or any(number not in replies for number in range(count)):
            raise self._senseless("it holds another number of results than was asked")
        return [replies[number] for number in range(count)]

    async def _ask_xml(self, call: Call, *, again: bool) -> Any:
        body = await self._post(xmlrpc.encode(call.method, call.params), "text/xml", again=again)
        try:
            return xmlrpc.decode(body)
        except ValueError as error:
            raise self._senseless(error) from error

    async def _post(self, content: bytes, kind: str, *, again: bool) -> bytes:
        reply = await self._send(content, kind, again=again)
        if reply.status != 200:
            raise self._http.unexpected(reply)
        if _PAGE.match(reply.body):
            raise ClientAnswerError(
                f"{self._http.place} sent a web page instead of data: the url or its base path is wrong, "
                "or a login page stands before it"
            )
        return reply.body

    async def _send(self, content: bytes, kind: str, *, again: bool) -> Reply:
        self._credentials.check()
        headers = {**self._headers, "Content-Type": kind}
        reply = await self._http.post(self._url, content=content, headers=headers, again=again)
        if reply.status in (401, 403):
            raise self._locked(reply.status)
        if reply.status == 200:
            self._credentials.accepted()
        return reply

    def _locked(self, status: int) -> ClientError:
        if status == 401 and self._headers:
            sentence = "refuses username or password: correct them in the configuration"
            return self._credentials.refused(f"the web server at {self._http.place} {sentence}")
        if status == 401:
            return ClientUnauthorized(f"the web server at {self._http.place} asks for a login: set username, password")
        return ClientUnauthorized(f"the web server at {self._http.place} forbids its rTorrent to this address")

    def _refused(self, call: Call, fault: Fault) -> ClientAnswerError:
        why = harmless(fault.message) or "it does not say why"
        return ClientAnswerError(f"rTorrent at {self._http.place} does not answer {call.method}: {why}")

    def _senseless(self, why: object) -> ClientAnswerError:
        return ClientAnswerError(f"{self._http.place} does not answer as rTorrent does: {why}")


def rpc_url(url: str) -> str:
    """Where to send to: as written, without the slash at its end; `/RPC2` of a web server when only that is named."""
    if url.startswith(SCHEMES):
        return ""  # httpx takes an address without a host, as a socket's is, for a part of one
    url = url.rstrip("/")
    return url if "/" in url.partition("://")[2] else f"{url}/RPC2"


def _batch(calls: Sequence[Call]) -> bytes:
    return json.dumps(
        [{"jsonrpc": "2.0", "id": id, "method": call.method, "params": call.params} for id, call in enumerate(calls)]
    ).encode()
