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

    async def open(self, url: str) -> None:
        await self.page.goto(url)
        await self.link("Live")

    async def link(self, text: str) -> None:
        await self.until(f"document.getElementById('link').textContent === {text!r}")

    async def until(self, condition: str, seconds: float = 10.0) -> None:
        """Until a condition holds; polled from here, as the policy of the page forbids what playwright would use."""
        end = time.monotonic() + seconds
        while not await self.page.evaluate(condition):
            assert time.monotonic() < end, f"not within {seconds} s: {condition}"
            await asyncio.sleep(0.05)

    async def names(self) -> list[str]:
        """The names in view, from top to bottom."""
        rows = "[...document.querySelectorAll('.row')].sort((a, b) => a.index - b.index)"
        names: list[str] = await self.page.evaluate(f"{rows}.map(row => row.querySelector('.name').textContent)")
        return names

    async def texts(self, selector: str) -> list[str]:
        texts: list[str] = await self.page.locator(selector).all_text_contents()
        return texts


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
        page.on("console", lambda message: shown.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: shown.complaints.append(str(error)))
        yield shown
        await browser.close()
