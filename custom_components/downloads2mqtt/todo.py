"""To-do lists: every download an item, so that lists, cards and voice know them without any code of ours."""

from datetime import datetime, timedelta
from heapq import nlargest, nsmallest
from typing import Any, Final

from homeassistant.components.todo import TodoItem, TodoItemStatus, TodoListEntity, TodoListEntityFeature
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddEntitiesCallback
from homeassistant.util import dt as dt_util

from .bus import Key
from .const import DOMAIN
from .contract import DONE, Download
from .control import ask_any, ask_client
from .coordinator import Coordinator, Downloads2mqttConfigEntry
from .entity import DownloadsEntity, follow_clients

PARALLEL_UPDATES = 0

MOST_ITEMS: Final = 500
"""A list that nobody scrolls through must not hold up the event loop; what is not done comes first."""
LINKS: Final = ("http://", "https://", "magnet:")
CHECKED: Final = DONE | {"paused"}

DOWNLOADS = EntityDescription(key="downloads", translation_key="downloads")


async def async_setup_entry(
    hass: HomeAssistant, entry: Downloads2mqttConfigEntry, async_add_entities: AddEntitiesCallback
) -> None:
    """Add a list for each client and one for all."""
    coordinator = entry.runtime_data
    follow_clients(entry, async_add_entities, lambda client, view: [DownloadsList(coordinator, client, DOWNLOADS)])


class DownloadsList(DownloadsEntity, TodoListEntity):
    """Downloads; deleting removes one, checking pauses it, a new item with a link adds one."""

    _attr_supported_features = (
        TodoListEntityFeature.CREATE_TODO_ITEM
        | TodoListEntityFeature.DELETE_TODO_ITEM
        | TodoListEntityFeature.UPDATE_TODO_ITEM
    )

    def __init__(self, coordinator: Coordinator, client: str | None, description: EntityDescription) -> None:
        """Start with an empty list."""
        super().__init__(coordinator, client, description)
        self._items: dict[str, tuple[Download, TodoItem]] = {}

    async def async_added_to_hass(self) -> None:
        """Read what there is; not before, for most lists are made only to see that they are there already."""
        await super().async_added_to_hass()
        self._attr_todo_items = self._read()

    @callback
    def _handle_coordinator_update(self) -> None:
        if any(self.client in (None, client) for client, _ in self.coordinator.changes.downloads):
            self._attr_todo_items = self._read()
        super()._handle_coordinator_update()

    def _read(self) -> list[TodoItem]:
        """The items, made anew only where the download changed."""
        if self.view is None:
            return []
        before, self._items = self._items, {}
        for download in _first(list(self.view.every())):
            uid = f"{download['client']}:{download['id']}"
            known = before.get(uid)
            self._items[uid] = known if known and known[0] is download else (download, _item(uid, download))
        return [item for _, item in self._items.values()]

    async def async_create_todo_item(self, item: TodoItem) -> None:
        """Add a download from the link that the item is."""
        link = (item.summary or "").strip()
        if not link.startswith(LINKS):
            raise _refusal("todo_not_a_link")
        if self.client is None:
            await ask_any(self.coordinator, "add", {"url": link})
        else:
            await ask_client(self.coordinator, self.client, "add", {"url": link})

    async def async_update_todo_item(self, item: TodoItem) -> None:
        """Pause where it was checked, resume where that was taken back."""
        key = _key(item.uid)
        client = self.coordinator.bus.clients.get(key[0])
        download = client.downloads.get(key[1]) if client else None
        if download is None:
            raise _refusal("unknown_download", id=key[1])
        if item.summary is not None and item.summary != download["name"]:
            raise _refusal("todo_name_is_fixed")
        checked = item.status == TodoItemStatus.COMPLETED
        if checked == (download["state"] in CHECKED):
            return
        if download["state"] in DONE:
            raise _refusal("todo_already_done", name=download["name"])
        await ask_client(self.coordinator, key[0], "pause" if checked else "resume", {"ids": [key[1]]})

    async def async_delete_todo_items(self, uids: list[str]) -> None:
        """Remove downloads; what was downloaded stays."""
        ids: dict[str, list[str]] = {}
        for client, id in map(_key, uids):
            ids.setdefault(client, []).append(id)
        for client, some in ids.items():
            await ask_client(self.coordinator, client, "remove", {"ids": some})


def _first(downloads: list[Download]) -> list[Download]:
    """As many as a list holds, what is not done before what is, and the newest of these."""
    waiting = nsmallest(
        MOST_ITEMS,
        (one for one in downloads if one["state"] not in DONE),
        key=lambda one: (one["queue_position"] is None, one["queue_position"] or 0, one["added_at"] or ""),
    )
    done = nlargest(
        MOST_ITEMS - len(waiting),
        (one for one in downloads if one["state"] in DONE),
        key=lambda one: one["completed_at"] or "",
    )
    return [*waiting, *done]


def _item(uid: str, download: Download) -> TodoItem:
    checked = download["state"] in CHECKED
    return TodoItem(
        uid=uid,
        summary=download["name"],
        description=describe(download),
        due=None if checked else _due(download),
        status=TodoItemStatus.COMPLETED if checked else TodoItemStatus.NEEDS_ACTION,
    )


def describe(download: Download) -> str:
    """What goes on, in a line: "45 % · 3 MB/s · 12 min"; an error instead, if there is one."""
    if download["error"]:
        return download["error"]
    parts = [] if download["progress"] is None else [f"{download['progress']:.0f} %"]
    if download["download_rate"]:
        parts.append(_rate(download["download_rate"]))
    if download["eta"] is not None and download["state"] not in CHECKED:
        parts.append(_duration(download["eta"]))
    return " · ".join(parts)


def _rate(rate: int) -> str:
    if rate >= 1_000_000:
        return f"{rate / 1_000_000:.1f}".removesuffix(".0") + " MB/s"
    return f"{rate / 1000:.0f} kB/s"


def _duration(seconds: int) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"


def _due(download: Download) -> datetime | None:
    """When it will be there, to the minute: an estimate that moves by seconds is no news."""
    if download["eta"] is None or download["eta"] > 366 * 86400:
        return None
    return (dt_util.now() + timedelta(seconds=download["eta"])).replace(second=0, microsecond=0)


def _key(uid: str | None) -> Key:
    client, _, id = (uid or "").partition(":")
    return client, id


def _refusal(key: str, **placeholders: Any) -> ServiceValidationError:
    return ServiceValidationError(translation_domain=DOMAIN, translation_key=key, translation_placeholders=placeholders)
