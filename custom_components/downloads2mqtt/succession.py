"""Taking over from MQTT discovery: our entities wait until those of discovery are gone, and so get the same ids."""

from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

PATIENCE: Final = 10.0
"""Seconds that a bridge which is there gets to take back what it told of; one set to `on` never does."""


class Succession:
    """Only a new entry waits: the entities of one that has been set up before have their ids."""

    def __init__(self, hass: HomeAssistant, entry_id: str, base: str) -> None:
        self._registry = er.async_get(hass)
        node = base.replace("/", "-")
        self._subjects = f"{node}_client_", f"{node}_bridge_"
        self._since: float | None = None
        self._over = bool(er.async_entries_for_config_entry(self._registry, entry_id))

    def waits(self, bridge_is_there: bool, now: float) -> bool:
        """Whether it is too early for entities of bridges and clients."""
        if self._over:
            return False
        if self._since is None and bridge_is_there:
            self._since = now
        late = self._since is not None and now - self._since > PATIENCE
        self._over = late or not self._is_discovered()
        return not self._over

    def _is_discovered(self) -> bool:
        every = self._registry.entities.values()
        return any(one.platform == "mqtt" and one.unique_id.startswith(self._subjects) for one in every)
