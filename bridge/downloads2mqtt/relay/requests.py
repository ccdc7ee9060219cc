"""Requests of readers, put on the bus for them, and their answers."""

from collections.abc import Mapping
from typing import Any, Literal

from downloads2mqtt.contract.request import Response
from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.scope import Grant

Target = Literal["client", "bridge"]


class Requests:
    """Asks on the bus in the name of readers."""

    async def ask(self, grant: Grant, target: Target, name: str, verb: str, fields: Mapping[str, Any]) -> Response:
        """Ask, and wait for the answer; raises `RequestError` for what this reader may not, or when none comes."""
        raise RequestError("unsupported", "this version takes no requests from browsers")
