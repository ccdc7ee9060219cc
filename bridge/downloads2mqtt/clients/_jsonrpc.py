"""The envelope of JSON-RPC answers: a result, or why there is none."""

from typing import Any

import msgspec

from downloads2mqtt.clients._json import decode
from downloads2mqtt.errors import ClientAnswerError


class Fault(msgspec.Struct, frozen=True):
    """Why a call failed."""

    code: int | None = None
    message: str = ""


class Answer(msgspec.Struct, frozen=True):
    """The answer to one call; `result` is empty where the key is missing."""

    result: msgspec.Raw = msgspec.Raw()
    error: Fault | None = None


def read_answer(body: bytes, place: str) -> Answer:
    """The answer in a body; raises `ClientAnswerError` when it holds neither result nor error."""
    answer = decode(body, Answer, place)
    if answer.error is None and not bytes(answer.result):
        raise ClientAnswerError(f"{place} sent an answer that is none of JSON-RPC: is the url right?")
    return answer


def encode_call(method: str, params: list[Any]) -> bytes:
    """A call, in a form that versions 1.0 and 2.0 both take."""
    return msgspec.json.encode({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
