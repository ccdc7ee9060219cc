"""NZBGet's JSON-RPC: its login, its answers, and the text that its reader can take."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar
from urllib.parse import urljoin

import msgspec

from downloads2mqtt.clients import _given
from downloads2mqtt.clients._http import Credentials, Http, Reply
from downloads2mqtt.clients._json import decode, harmless
from downloads2mqtt.errors import ClientAnswerError, ClientError, RequestError

ACCESS_DENIED = 401

T = TypeVar("T")


class Fault(msgspec.Struct):
    """Why a call failed."""

    code: int = 0
    message: str = ""


class Answer(msgspec.Struct, Generic[T]):
    """The answer to one call."""

    result: T | None = None
    error: Fault | None = None


class Rpc:
    """Asks one NZBGet. `version` is what it last called itself, `None` before it was asked."""

    def __init__(self, http: Http, username: str, password: str) -> None:
        self.place = http.place
        self.version: str | None = None
        self.credentials = Credentials()
        self._http = http
        self._auth = (username, password) if username or password else None

    async def ask(self, type: type[T], method: str, *params: Any) -> T:
        """The result of a call that only reads; raises `ClientError`."""
        return self.result(await self.call(method, *params, again=True), type, method)

    async def order(self, type: type[T], method: str, *params: Any) -> T:
        """The result of a call that does something, sent once; raises `RequestError` when it is refused."""
        reply = await self.call(method, *params, again=False)
        fault = self._read(reply, type).error
        if fault is not None and fault.code != ACCESS_DENIED:
            raise RequestError("failed", f"NZBGet refuses {method}: {harmless(fault.message) or 'no reason given'}")
        return self.result(reply, type, method)

    async def call(self, method: str, *params: Any, again: bool, headers: Mapping[str, str] | None = None) -> Reply:
        """The answer to a call; with `headers` it may be 304.

        `params` come last: what follows them is read as more of them (nzbgetcom/nzbget#828).
        """
        envelope = {"version": "1.1", "id": 1, "method": method, "params": params}
        reply = await self._http.post(
            rpc_url(self._http.url),
            again=again,
            content=msgspec.json.encode(envelope),
            headers={"Content-Type": "application/json", **(headers or {})},
            auth=self._auth,
        )
        if reply.status == 401:
            raise self.credentials.refused(self._refusal())
        if reply.status != 200 and not (reply.status == 304 and headers):
            raise self._http.unexpected(reply)
        return reply

    def result(self, reply: Reply, type: type[T], method: str) -> T:
        """What is in an answer; an error comes with HTTP 200 as well."""
        answer = self._read(reply, type)
        if answer.error is not None:
            raise self._failure(answer.error, method)
        if answer.result is None:
            raise ClientAnswerError(f"{self.place} answers {method} with nothing: is it NZBGet?")
        return answer.result

    async def release(self) -> int:
        """The first number of its version; 0 when that begins with none."""
        if self.version is None:
            self.version = await self.ask(str, "version")
        first = self.version.partition(".")[0]
        return int(first) if first.isdecimal() else 0

    def _read(self, reply: Reply, type: type[T]) -> Answer[T]:
        answer: Answer[T] = decode(reply.body, Answer[type], self.place)  # type: ignore[valid-type]
        return answer

    def _failure(self, fault: Fault, method: str) -> ClientError:
        if fault.code == ACCESS_DENIED:
            return self.credentials.refused(
                f"NZBGet at {self.place} does not let this user ask for {method}: "
                "use ControlUsername or RestrictedUsername, not AddUsername"
            )
        return ClientAnswerError(f"NZBGet at {self.place} refuses {method}: {harmless(fault.message)}")

    def _refusal(self) -> str:
        if self._auth is not None:
            return f"NZBGet at {self.place} refuses the user name or password (ControlUsername, ControlPassword)"
        return f"NZBGet at {self.place} wants a login: set username and password (its ControlUsername, ControlPassword)"


def rpc_url(url: str) -> str:
    """The address of the JSON-RPC for what people write: the host, or that address itself."""
    return urljoin(url, "../jsonrpc" if url.endswith("/jsonrpc/") else "jsonrpc")


def plain(text: str, name: str) -> str:
    """`text`, if NZBGet can read it; raises `RequestError`.

    Of \\u escapes it takes one byte, and of two escapes in a row (until 24) the second ends the text, so that what
    follows would be read as the next parameter: nothing may need one.
    """
    if '"' in text or "\\" in text:
        raise RequestError("bad_request", f'{name} must hold no " and no \\')
    return _given.one_line(text, name)
