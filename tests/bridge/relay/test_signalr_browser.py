"""The official browser bundle in a real Chromium, on a page of the relay's own."""

from typing import Any

import pytest

from tests.bridge.relay.builders import download, event
from tests.bridge.relay.conftest import Relay
from tests.bridge.relay.signalr_clients import BUNDLE
from tests.browser import Shown, missing

NAMES = ["DownloadsList", "QueueUpdate", "DownloadUpdate", "DownloadCompleted", "JobProgressUpdate", "Error"]
CONNECT = """async ([hub, transport, skip, names]) => {
  const told = (window.told = []);
  const connection = (window.connection = new signalR.HubConnectionBuilder()
    .withUrl(hub, { transport: signalR.HttpTransportType[transport], skipNegotiation: skip })
    .build());
  for (const name of names) connection.on(name, (argument) => void told.push([name, argument]));
  await connection.start();
}"""


@pytest.mark.parametrize(
    ("transport", "skip"),
    [("WebSockets", False), ("WebSockets", True), ("ServerSentEvents", False), ("LongPolling", False)],
)
async def test_a_page_of_the_same_origin(relay: Relay, shown: Shown, transport: str, skip: bool) -> None:
    if not BUNDLE.exists():
        missing("tests/clients/signalr (npm ci)")
    relay.say("client/seedbox/download/a", download("a"))
    page = shown.page
    await page.route("**/favicon.ico", lambda route: route.fulfill(body=""))
    await page.goto(relay.url("/healthz"))
    await page.evaluate(BUNDLE.read_text())
    await page.evaluate(CONNECT, ["/hubs/downloads", transport, skip, NAMES])
    await shown.until("told.some(([name, rows]) => name === 'QueueUpdate' && rows[0].id === 'seedbox:a')")
    relay.say("client/seedbox/download/a", download("a", progress=77.0))
    await shown.until("told.some(([name, rows]) => name === 'DownloadUpdate' && rows[0].progress === 77)")
    relay.say("client/seedbox/event", event(1))
    await shown.until("told.some(([name]) => name === 'DownloadCompleted')")
    refused: Any = await page.evaluate("connection.invoke('PushDownloadUpdate', {}).catch(error => error.message)")
    assert "not from pages" in refused
    await page.evaluate("connection.stop()")
    await page.evaluate(CONNECT, ["/hubs/job-progress", transport, skip, NAMES])
    await page.evaluate("connection.invoke('SubscribeToJob', 'a')")
    await page.evaluate("connection.invoke('SubscribeToJob', 'none')")
    await shown.until("told.some(([name, job]) => name === 'JobProgressUpdate' && job.progress === 77)")
    await shown.until("told.some(([name, error]) => name === 'Error' && error.code === 'NOT_FOUND')")
    await page.evaluate("connection.stop()")
    await relay.until(lambda relay: len(relay.server.connections) == 0)
    assert not shown.complaints
