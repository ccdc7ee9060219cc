"""Whether and where Home Assistant is told of what there is."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

Mode = Literal["auto", "on", "off"]

_SAME = {"yes": "on", "true": "on", "no": "off", "false": "off"}
_PREFIX = re.compile(r"[^\s+#/]+(?:/[^\s+#/]+)*")


def _word(value: Any) -> Any:
    """`yes`, `on` and `true` are the same, and so are `no`, `off` and `false`."""
    return _SAME.get(str(value).lower(), value)


def _topic(prefix: str) -> str:
    if len(prefix) > 200 or not prefix.isprintable() or not _PREFIX.fullmatch(prefix):
        raise ValueError("must be a topic such as homeassistant, without spaces, + and #")
    return prefix


class HomeAssistantSettings(BaseModel):
    """`auto`: discovery is on until the component says that it shows the clients. `prefix` is Home Assistant's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    discovery: Annotated[Mode, BeforeValidator(_word)] = "auto"
    prefix: Annotated[str, AfterValidator(_topic)] = "homeassistant"
