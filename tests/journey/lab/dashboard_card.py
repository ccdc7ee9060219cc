"""Home Assistant's pages in a real Chromium, as one of its people sees them, with our card on them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.browser import Shown

from .home_assistant import HomeAssistant, Socket

CARD = "custom:downloads2mqtt-card"
ELEMENT = "downloads2mqtt-card"
ROW = f"{ELEMENT} [data-key]"
OURS = "/downloads2mqtt/"
"""What the addresses of our files begin with."""

WITHIN = """
const within = (root, tag) => [...root.querySelectorAll("*")].flatMap((one) => [
  ...(one.matches(tag) ? [one] : []), ...(one.shadowRoot ? within(one.shadowRoot, tag) : []),
]);"""
OUTSIDE = (
    """(tag) => {"""
    + WITHIN
    + """
return within(document, tag).flatMap((card) => {
  const edge = card.getBoundingClientRect();
  const parts = "h2, .rates, .percent, .about, .act, .card, .empty, footer, .bar, input";
  return within(card.shadowRoot, parts).filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width > 0 && (left < edge.left - 0.5 || right > edge.right + 0.5) && !one.closest(".scroller");
  }).map((one) => `${one.localName}.${one.className}: ${one.textContent.trim()}`);
});}"""
)
CONTRAST = (
    """(tag) => {"""
    + WITHIN
    + """
const light = (colour) => {
  const pen = new OffscreenCanvas(1, 1).getContext("2d");
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const [card] = within(document, tag);
const [surface] = within(card.shadowRoot, "ha-card"), [name] = within(card.shadowRoot, ".name");
return [light(getComputedStyle(name).color), light(getComputedStyle(surface).backgroundColor)];}"""
)


async def reader(home: HomeAssistant, name: str) -> str:
    """Add somebody who may look at everything and control nothing; a token of theirs."""
    token = await home.person(name)
    await regroup(home, name, "system-read-only")
    return token


async def regroup(home: HomeAssistant, name: str, group: str) -> None:
    """Put somebody into another group."""
    async with home.websocket() as owner:
        user = next(one for one in await owner.call("config/auth/list") if one["name"] == name)
        await owner.call("config/auth/update", user_id=user["id"], group_ids=[group])


@dataclass
class Pages:
    """The pages; `complaints` are those of our code, `open` the subscriptions of ours that nobody ended."""

    shown: Shown
    home: HomeAssistant
    complaints: list[str] = field(default_factory=list)
    open: set[int] = field(default_factory=set)

    @property
    def page(self) -> Any:
        """The page of the browser."""
        return self.shown.page

    async def go(self, path: str, *, rows: bool = True) -> None:
        """Load a page and wait for the card, with something listed unless told otherwise."""
        await self.page.goto(self.home.url + path)
        await self.page.wait_for_selector(ROW if rows else f"{ELEMENT} h2", timeout=40_000)

    async def row(self, name: str, state: str, seconds: float = 30.0) -> Any:
        """Until the download of this name is in this state on the card; its element."""
        name = json.dumps(name)
        await self.shown.counts(f"{ROW}[data-state={state}]:has(.name:text-is({name}))", 1, seconds)
        return self.page.locator(f"{ROW}:has(.name:text-is({name}))")

    async def on_connection(self, script: str) -> Any:
        """What a function of the frontend's connection gives."""
        frontend = "document.querySelector('home-assistant').hass.connection"
        return await self.page.evaluate(f"({script})({frontend})")

    async def drawn(self, row: Any) -> float:
        """How far the bar of a row is drawn, of 1."""
        width = "(row, part) => row.querySelector(part).getBoundingClientRect().width"
        return float(await row.evaluate(width, ".fill")) / float(await row.evaluate(width, ".bar"))

    async def outside(self) -> list[str]:
        """What stands out of its card to a side."""
        found: list[str] = await self.page.evaluate(OUTSIDE, ELEMENT)
        return found

    async def contrast(self) -> tuple[float, float]:
        """How light the text of the first card is, and what it stands on; of 255."""
        ink, paper = await self.page.evaluate(CONTRAST, ELEMENT)
        return ink, paper

    def hear_socket(self, socket: Any) -> None:
        """Follow what a page subscribes to; another WebSocket comes in place of the one before."""
        self.open = open = set[int]()

        def sent(text: str | bytes) -> None:
            for one in messages(text):
                if one["type"] == "downloads2mqtt/subscribe":
                    open.add(one["id"])
                elif one["type"] == "unsubscribe_events":
                    open.discard(one["subscription"])

        def received(text: str | bytes) -> None:
            open.difference_update(one["id"] for one in messages(text) if one.get("success") is False)

        socket.on("framesent", sent)
        socket.on("framereceived", received)

    def hear_error(self, error: Any) -> None:
        """Keep what our code throws."""
        if OURS in (error.stack or ""):
            self.complaints.append(f"{error}\n{error.stack}")

    def hear_console(self, message: Any) -> None:
        """Keep what the console says of our files."""
        about = message.text + message.location.get("url", "")
        if message.type in ("error", "warning") and (OURS in about or "d2m-" in about or ELEMENT in about):
            self.complaints.append(about)


@asynccontextmanager
async def pages(shown: Shown, home: HomeAssistant, token: str, language: str = "en") -> AsyncIterator[Pages]:
    """The pages as the person sees them whose token this is; at the end, whether our code complained of anything."""
    found = Pages(shown, home)
    tokens = {
        "access_token": token, "token_type": "Bearer", "refresh_token": "", "expires_in": 1e9, "expires": 4e12,
        "hassUrl": home.url, "clientId": f"{home.url}/",
    }  # fmt: skip
    stored = {"hassTokens": tokens, "selectedLanguage": language, "dockedSidebar": "always_hidden"}
    script = "".join(f"localStorage[{json.dumps(key)}] = {json.dumps(json.dumps(one))};" for key, one in stored.items())
    await shown.page.add_init_script(script)
    shown.page.on("websocket", found.hear_socket)
    shown.page.on("pageerror", found.hear_error)
    shown.page.on("console", found.hear_console)
    yield found
    assert found.complaints == []


def messages(text: str | bytes) -> list[dict[str, Any]]:
    """What one frame of Home Assistant's WebSocket says."""
    said = json.loads(text)
    return said if isinstance(said, list) else [said]


async def cards(socket: Socket, path: str) -> list[dict[str, Any]]:
    """The cards of the first view of a dashboard, as they are stored."""
    config = await socket.call("lovelace/config", url_path=path)
    return list(config["views"][0]["cards"])
