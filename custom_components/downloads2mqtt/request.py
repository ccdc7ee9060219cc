"""Requests to bridges and clients, and their answers."""

import asyncio
import json
import secrets
from typing import Any, Final

from homeassistant.components import mqtt
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from .const import DOMAIN
from .contract import ERROR_CODES

PATIENCE: Final = 30.0
"""Seconds that an answer may take; a client that downloads what it is to add takes some."""


class RequestRefused(HomeAssistantError):
    """A request was refused, failed, or not answered; `code` is the contract's, or `no_answer`."""

    def __init__(self, code: str, message: str, target: str) -> None:
        known = code if code in (*ERROR_CODES, "no_answer") else "failed"
        super().__init__(
            message,
            translation_domain=DOMAIN,
            translation_key=f"request_{known}",
            translation_placeholders={"message": message, "target": target},
        )
        self.code = known
        self.message = message


class Requests:
    """Asks on `<base>/…/request/<verb>`; `answered` takes what comes on `…/response/<verb>`."""

    def __init__(self, hass: HomeAssistant, base: str) -> None:
        self._hass = hass
        self._base = base
        self._prefix = f"ha-{secrets.token_hex(4)}-"
        self._count = 0
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}

    @property
    def waiting(self) -> int:
        """How many answers are awaited."""
        return len(self._waiting)

    async def ask(
        self, whose: str, name: str, verb: str, fields: dict[str, Any] | None = None, patience: float = PATIENCE
    ) -> Any:
        """Ask the bridge or client `name`; returns the answer's data, raises `RequestRefused`."""
        self._count += 1
        transaction = f"{self._prefix}{self._count}"
        answer = self._waiting[transaction] = self._hass.loop.create_future()
        try:
            async with asyncio.timeout(patience):
                await self._publish(f"{whose}/{name}/request/{verb}", {**(fields or {}), "transaction": transaction})
                said = await answer
        except TimeoutError:
            raise RequestRefused("no_answer", f"no answer to {verb}", name) from None
        finally:
            del self._waiting[transaction]
        return _data(said, name)

    def mine(self, payload: str) -> bool:
        """Whether a payload may be an answer to us; most are other consumers', and pages are large."""
        return self._prefix in payload

    @callback
    def answered(self, payload: object) -> None:
        """Take an answer."""
        if not isinstance(payload, dict):
            return
        transaction = payload.get("transaction")
        answer = self._waiting.get(transaction) if isinstance(transaction, str) else None
        if answer is not None and not answer.done():
            answer.set_result(payload)

    async def _publish(self, topic: str, payload: dict[str, Any]) -> None:
        await mqtt.async_publish(self._hass, f"{self._base}/{topic}", json.dumps(payload), 1, False)


def _data(answer: dict[str, Any], target: str) -> Any:
    if answer.get("status") == "ok":
        return answer.get("data")
    error = answer.get("error")
    said = error if isinstance(error, dict) else {}
    raise RequestRefused(str(said.get("code", "failed")), str(said.get("message", "it failed")), target)
