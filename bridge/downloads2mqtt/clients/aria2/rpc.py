"""aria2's JSON-RPC, with its secret as the first parameter of every call."""

from typing import Any, TypeVar

import msgspec

from downloads2mqtt.clients._http import Credentials, Http
from downloads2mqtt.clients._json import decode, harmless
from downloads2mqtt.clients._jsonrpc import Answer, Fault, encode_call, read_answer
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientUnauthorized, RequestError

T = TypeVar("T")

LARGEST_REQUEST = 2 * 1024 * 1024

_REPLIES: Any = list[list[msgspec.Raw] | Fault]


class Call(msgspec.Struct, frozen=True):
    """One method with its parameters, without the secret."""

    method: str
    params: tuple[Any, ...] = ()


class Rpc:
    """Asks one aria2."""

    def __init__(self, http: Http, secret: str | None) -> None:
        self.url = rpc_url(http.url)
        self.largest_request = LARGEST_REQUEST
        self._http = http
        self._token = [] if secret is None else [f"token:{secret}"]
        self._credentials = Credentials()

    async def ask(self, calls: list[Call]) -> list[msgspec.Raw | Fault]:
        """What each of the calls answers, which only read and are done at one instant; raises `ClientError`."""
        return await self._multicall(calls, again=True)

    async def order(self, calls: list[Call]) -> list[msgspec.Raw | Fault]:
        """What each of the calls answers, which do something and are sent once; raises `ClientError`."""
        return await self._multicall(calls, again=False)

    async def must(self, *calls: Call) -> list[Any]:
        """The results of calls that do something; raises `RequestError` when one is refused, after all were tried."""
        answers = await self.order(list(calls))
        for answer in answers:
            if isinstance(answer, Fault):
                raise RequestError("failed", f"aria2 refuses: {harmless(answer.message) or 'no reason given'}")
        return [self.read(answer, object) for answer in answers]

    def read(self, answer: msgspec.Raw | Fault, type: type[T]) -> T:
        """The result of a call that reads; raises `ClientAnswerError` when there is none."""
        if isinstance(answer, Fault):
            raise ClientAnswerError(self.says(f"does not answer: {harmless(answer.message) or 'no reason given'}"))
        return decode(bytes(answer), type, self._http.place)

    def says(self, sentence: str) -> str:
        """A sentence of this aria2."""
        return f"aria2 at {self._http.place} {sentence}"

    async def _multicall(self, calls: list[Call], *, again: bool) -> list[msgspec.Raw | Fault]:
        self._credentials.check()
        nested = [{"methodName": call.method, "params": [*self._token, *call.params]} for call in calls]
        body = encode_call("system.multicall", [nested])
        if not again and len(body) > self.largest_request:
            raise RequestError("failed", "this is larger than aria2 takes: raise its rpc-max-request-size")
        answer = await self._post(body, again=again)
        replies: list[list[msgspec.Raw] | Fault] = decode(bytes(answer.result), _REPLIES, self._http.place)
        told = [reply if isinstance(reply, Fault) else reply[0] if reply else msgspec.Raw() for reply in replies]
        if any(isinstance(reply, Fault) and reply.message == "Unauthorized" for reply in told):
            raise self._unauthorized()
        if len(told) < len(calls):
            raise ClientAnswerError(self.says("answers fewer calls than it was asked"))
        self._credentials.accepted()
        return told

    async def _post(self, body: bytes, *, again: bool) -> Answer:
        headers = {"Content-Type": "application/json"}
        reply = await self._http.post(self.url, content=body, headers=headers, again=again)
        if reply.status == 401:
            raise ClientUnauthorized(self.says("asks for a user name, which is deprecated: use its rpc-secret"))
        if reply.status not in (200, 400, 404, 500):
            raise self._http.unexpected(reply)
        try:
            answer = read_answer(reply.body, self._http.place)
        except ClientAnswerError as error:
            raise error if reply.status == 200 else self._http.unexpected(reply) from None
        if answer.error is not None:
            raise ClientAnswerError(self.says(f"does not answer: {harmless(answer.error.message)}"))
        return answer

    def _unauthorized(self) -> ClientError:
        if not self._token:
            return ClientUnauthorized(self.says("asks for a secret: set secret to its rpc-secret"))
        return self._credentials.refused(self.says("refuses the secret: set secret to its rpc-secret"))


def rpc_url(url: str) -> str:
    """The address of the JSON-RPC for what people write: the host, or that address itself."""
    url = url.rstrip("/")
    return url if url.endswith("/jsonrpc") else f"{url}/jsonrpc"
