"""Repairs: what a person has to put right; each issue follows from what is known and goes when it is over."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.issue_registry import IssueSeverity

from .const import DOMAIN
from .contract import CONTRACT_VERSION
from .coordinator import Coordinator

Issue = tuple[str, dict[str, str]]

SEVERITIES = {
    "unauthorized": IssueSeverity.ERROR,
    "bridge_too_old": IssueSeverity.ERROR,
    "bridge_too_new": IssueSeverity.ERROR,
    "control_off": IssueSeverity.WARNING,
    "claimed_twice": IssueSeverity.WARNING,
}


@callback
def update(coordinator: Coordinator) -> None:
    """Raise what is wrong now, and close what no longer is."""
    entry_id = coordinator.config_entry.entry_id
    wanted = {f"{entry_id}_{issue_id}": issue for issue_id, issue in _wrong(coordinator).items()}
    _delete(coordinator.hass, entry_id, wanted)
    for issue_id, (key, placeholders) in wanted.items():
        ir.async_create_issue(
            coordinator.hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=SEVERITIES[key],
            translation_key=key,
            translation_placeholders=placeholders,
        )


@callback
def clear(hass: HomeAssistant, entry_id: str) -> None:
    """Close all of an entry's."""
    _delete(hass, entry_id, {})


def _delete(hass: HomeAssistant, entry_id: str, wanted: dict[str, Issue]) -> None:
    for domain, issue_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN and issue_id.startswith(f"{entry_id}_") and issue_id not in wanted:
            ir.async_delete_issue(hass, DOMAIN, issue_id)


def _wrong(coordinator: Coordinator) -> dict[str, Issue]:
    return {**_wrong_clients(coordinator), **_wrong_bridges(coordinator)}


def _wrong_clients(coordinator: Coordinator) -> dict[str, Issue]:
    found: dict[str, Issue] = {}
    for client in coordinator.bus.clients.values():
        if client.status["state"] == "unauthorized":
            told = client.status["error"] or "–"
            found[f"unauthorized_{client.name}"] = "unauthorized", {"client": client.title, "error": told}
        claims = coordinator.bus.claims(client.name)
        if len(claims) > 1:
            placeholders = {"client": client.title, "bridges": ", ".join(claims)}
            found[f"claimed_twice_{client.name}"] = "claimed_twice", placeholders
    return found


def _wrong_bridges(coordinator: Coordinator) -> dict[str, Issue]:
    found: dict[str, Issue] = {}
    for bridge in coordinator.bus.bridges.values():
        if bridge.info is not None and not bridge.compatible:
            theirs = bridge.info["contract"]
            key = "bridge_too_old" if theirs < CONTRACT_VERSION else "bridge_too_new"
            placeholders = {"bridge": bridge.name, "theirs": str(theirs), "ours": str(CONTRACT_VERSION)}
            found[f"{key}_{bridge.name}"] = key, placeholders
        if bridge.name in coordinator.refused:
            found[f"control_off_{bridge.name}"] = "control_off", {"bridge": bridge.name}
    return found
