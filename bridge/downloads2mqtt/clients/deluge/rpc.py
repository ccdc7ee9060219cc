"""The JSON-RPC of Deluge's web interface: its login, and its connection to the daemon."""

import re
from typing import Any, TypeVar

import msgspec

from downloads2mqtt.clients._http import Credentials, Http, Reply
from downloads2mqtt.clients._json import decode, harmless
from downloads2mqtt.clients._jsonrpc import Answer, Fault, encode_call, read_answer
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline, ClientUnauthorized, RequestError

T = TypeVar("T")

NOT_LOGGED_IN, UNKNOWN_METHOD = 1, 2
LOCAL = ("127.0.0.1", "localhost", "::1")

_SESSION = re.compile(r"\b_session_id=([0-9A-Za-z]{1,200})")
_FAILURE = re.compile(r"<class '[\w.]+'>: (.*)")


class Host(msgspec.Struct, array_like=True, frozen=True):
    """A daemon that the web interface knows. What follows differs: the state in 1.3, a user name since 2.0."""

    id: str
    host: str
    port: int

    @property
    def place(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}"


class Rpc:
    """Asks one web interface, which asks its daemon."""

    def __init__(self, http: Http, password: str | None) -> None:
        self._http = http
        self._password = password
        self._session: str | None = None
        self._credentials = Credentials()

    async def ask(self, type: type[T], method: str, *params: Any) -> T:
        """The result of a call that only reads; raises `ClientError`."""
        answer = await self._call(method, list(params), again=True)
        if answer.error is not None:
            raise self.fault(method, answer.error)
        return decode(bytes(answer.result), type, self._http.place)

    async def order(self, method: str, *params: Any) -> Any:
        """The result of a call that does something, sent once; raises `RequestError` when it is refused."""
        answer = await self._call(method, list(params), again=False)
        if answer.error is not None:
            raise self._refusal(method, answer.error)
        return decode(bytes(answer.result), object, self._http.place)

    async def connect(self, wanted: str | None) -> None:
        """Connect the web interface to a daemon, for everybody who uses it."""
        hosts = await self.ask(list[Host], "web.get_hosts")
        host = self._choose(hosts, wanted)
        await self.ask(object, "web.connect", host.id)

    def fault(self, method: str, fault: Fault) -> ClientError:
        """The error to raise for a call that reads and failed."""
        if fault.code == UNKNOWN_METHOD:
            return ClientOffline(self.says("is not connected to its daemon"))
        return ClientAnswerError(self.says(f"does not answer {method}: {reason(fault)}"))

    def says(self, sentence: str) -> str:
        """A sentence of the web interface."""
        return f"Deluge's web interface at {self._http.place} {sentence}"

    async def _call(self, method: str, params: list[Any], *, again: bool) -> Answer:
        """The answer, after a login where that is needed; what it refused for want of one was not done."""
        self._credentials.check()
        entered = self._session is None
        if entered:
            await self._log_in()
        answer = await self._post(method, params, again=again)
        if _wants_login(answer) and not entered:
            await self._log_in()
            answer = await self._post(method, params, again=again)
        if _wants_login(answer):
            self._session = None
            raise ClientAnswerError(self.says("accepts the password but then not its cookie: does a proxy remove it?"))
        return answer

    async def _log_in(self) -> None:
        self._session = None
        if self._password is None:
            raise ClientUnauthorized(self.says("asks for a password: set password"))
        answer = await self._post("auth.login", [self._password], again=False)
        if bytes(answer.result) != b"true":
            raise self._login_failure(answer)
        if self._session is None:
            raise ClientAnswerError(self.says("accepts the password but sends no cookie: does a proxy remove it?"))
        self._credentials.accepted()

    def _login_failure(self, answer: Answer) -> ClientError:
        if bytes(answer.result) == b"false":
            return self._credentials.refused(self.says("refuses the password: correct it in the configuration"))
        return ClientAnswerError(self.says("does not answer a login as Deluge does: is the url right?"))

    async def _post(self, method: str, params: list[Any], *, again: bool) -> Answer:
        # Deluge takes no other content type. Its cookie's path is wrong behind a proxy that serves it in a folder.
        headers = {"Content-Type": "application/json"}
        if self._session is not None:
            headers["Cookie"] = f"_session_id={self._session}"
        reply = await self._http.post("json", content=encode_call(method, params), headers=headers, again=again)
        if reply.status == 500 and not reply.body:  # until 1.3
            return Answer(error=Fault(message="it failed, and its log tells why"))
        if reply.status != 200:
            raise self._http.unexpected(reply)
        self._keep_session(reply)
        return read_answer(reply.body, self._http.place)

    def _keep_session(self, reply: Reply) -> None:
        for cookie in reply.headers.get_list("set-cookie"):
            if found := _SESSION.match(cookie):
                self._session = found[1]

    def _refusal(self, method: str, fault: Fault) -> RequestError | ClientError:
        if fault.code == UNKNOWN_METHOD and method.startswith("label."):
            return RequestError("unsupported", "Deluge has no categories: enable its Label plugin")
        if fault.code == UNKNOWN_METHOD:
            return self.fault(method, fault)
        return RequestError("failed", f"Deluge refuses: {reason(fault)}")

    def _choose(self, hosts: list[Host], wanted: str | None) -> Host:
        if wanted is not None:
            fitting = [host for host in hosts if host.place == wanted]
        else:
            fitting = hosts if len(hosts) == 1 else [host for host in hosts if host.host in LOCAL]
        if fitting:
            return fitting[0]
        known = harmless(", ".join(host.place for host in hosts)) or "none"
        raise ClientOffline(self.says(f"is connected to no daemon; it knows {known}: set daemon to one of them"))


def reason(fault: Fault) -> str:
    """What a person needs of a failure: without the stack that Deluge sends with it."""
    found = _FAILURE.search(fault.message)
    lines = (found[1] if found else fault.message).splitlines()
    return harmless(lines[0]) if lines and lines[0].strip() else "no reason given"


def _wants_login(answer: Answer) -> bool:
    return answer.error is not None and answer.error.code == NOT_LOGGED_IN
