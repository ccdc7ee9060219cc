"""Answers to requests, as they come on the bus."""

from typing import Literal, Protocol

import msgspec

from downloads2mqtt.contract.request import ResponseError


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A `Response` whose data is not yet looked at: most are another consumer's."""

    transaction: str | None = None
    status: Literal["ok", "error"]
    data: msgspec.Raw = msgspec.Raw(b"null")
    error: ResponseError | None = None


class Answers(Protocol):
    """Who waits for answers."""

    def take(self, topic: tuple[str, str, str], answer: Answer) -> None:
        """An answer of anybody, on `("client" or "bridge", name, verb)`."""

    def lost(self) -> None:
        """The broker is lost, and with it what was on its way."""
