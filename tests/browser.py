"""The page in a real Chromium."""

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Shown:
    """A page, and what it complained of."""

    page: Any
    complaints: list[str] = field(default_factory=list)

    def hear(self, message: Any) -> None:
        """Keep what the console calls an error, with the address that it is about."""
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    async def open(self, url: str) -> None:
        await self.page.goto(url)
        await self.link("Live")

    async def link(self, text: str, seconds: float = 10.0) -> None:
        await self.shows("#link", text, seconds=seconds)

    async def shows(self, selector: str, *texts: str, seconds: float = 10.0) -> None:
        """Until the elements of `selector` say exactly this, from first to last."""
        end = time.monotonic() + seconds
        while (seen := await self.texts(selector)) != list(texts):
            assert time.monotonic() < end, f"not within {seconds} s: {selector} says {seen}, not {list(texts)}"
            await asyncio.sleep(0.05)

    async def says(self, selector: str, part: str, seconds: float = 10.0) -> str:
        """Until an element of `selector` says something with `part` in it; returns all that it says."""
        end = time.monotonic() + seconds
        while not (found := [text for text in await self.texts(selector) if part in text]):
            assert time.monotonic() < end, f"not within {seconds} s: {part!r} in {await self.texts(selector)}"
            await asyncio.sleep(0.05)
        return found[0]

    async def counts(self, selector: str, count: int, seconds: float = 10.0) -> None:
        """Until there are so many elements of `selector`."""
        end = time.monotonic() + seconds
        while (seen := await self.page.locator(selector).count()) != count:
            assert time.monotonic() < end, f"not within {seconds} s: {seen} of {selector}, not {count}"
            await asyncio.sleep(0.05)

    async def until(self, condition: str, seconds: float = 10.0) -> None:
        """Until a condition holds; polled from here, as the policy of the page forbids what playwright would use."""
        end = time.monotonic() + seconds
        while not await self.page.evaluate(condition):
            assert time.monotonic() < end, f"not within {seconds} s: {condition}"
            await asyncio.sleep(0.05)

    async def names(self) -> list[str]:
        """The names in view, from top to bottom."""
        return await self.texts("[role=row] .name")

    async def texts(self, selector: str) -> list[str]:
        """What the elements of `selector` say, as they stand on the page; it looks into components."""
        texts: list[str] = await self.page.locator(selector).all_text_contents()
        return [text.strip() for text in texts]


def missing(what: str) -> None:
    if os.environ.get("REQUIRE_E2E") == "1":
        pytest.fail(f"{what} is missing, and REQUIRE_E2E=1")
    pytest.skip(f"{what} is missing")


@pytest.fixture
async def shown() -> AsyncIterator[Shown]:
    """A page of a browser that is ended afterwards."""
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        missing("playwright")
    if shutil.which(CHROMIUM) is None:
        missing(CHROMIUM)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        shown = Shown(page)
        page.on("console", shown.hear)
        page.on("pageerror", lambda error: shown.complaints.append(str(error)))
        yield shown
        await browser.close()
