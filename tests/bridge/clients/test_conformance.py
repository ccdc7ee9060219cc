"""The same assertions for every kind of client over every recorded case."""

import re
from typing import Any

import msgspec
import pytest

from downloads2mqtt.clients import kinds
from downloads2mqtt.clients.base import Client
from downloads2mqtt.contract.download import STATES, Download
from downloads2mqtt.contract.topics import level
from downloads2mqtt.errors import ClientError
from downloads2mqtt.listing import Listing
from tests.bridge.clients.replay import Case, Recorder, build, cases

ALL = list(cases())
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# The info-hash of a recorded magnet begins like the recorded API keys.
SECRET = re.compile(
    r"magnet:|announce|passkey|apikey|adminadmin|0123456789abcdef0123456789abcdef(?!01234567)", re.IGNORECASE
)
COUNTS = ("size", "downloaded", "uploaded", "download_rate", "upload_rate", "eta", "seeds", "peers", "queue_position")


@pytest.mark.parametrize("case", ALL, ids=str)
async def test_recorded_case(case: Case) -> None:
    recorder = Recorder(case.folder)
    client = build(case.kind, case.data.get("settings", {}), recorder)
    for number, poll in enumerate(case.data["polls"]):
        recorder.answers = list(poll["answers"])
        complete = poll.get("complete", number == 0)
        if "error" in poll["expect"]:
            await _fails(client, complete, poll["expect"])
        else:
            listing = await client.poll(complete=complete)
            _matches(listing, client, poll["expect"])
            _conforms(listing, client, complete)
    await client.aclose()


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_kind_is_recorded_in_two_versions_and_describes_itself(kind: str) -> None:
    client = kinds()[kind]
    assert client.usual_urls
    assert client.title
    assert set(client.states.values()) <= set(STATES)
    assert len({case.folder for case in ALL if case.kind == kind}) >= (1 if kind == "nzbget" else 2)


async def _fails(client: Client, complete: bool, expect: dict[str, Any]) -> None:
    with pytest.raises(ClientError) as caught:
        await client.poll(complete=complete)
    assert caught.value.state == expect["error"]
    assert expect.get("says", "") in str(caught.value)
    assert not SECRET.search(str(caught.value))


def _matches(listing: Listing, client: Client, expect: dict[str, Any]) -> None:
    assert listing.complete is expect.get("complete", True)
    assert listing.restarted is expect.get("restarted", False)
    assert sorted(listing.removed) == expect.get("removed", [])
    assert listing.downloads.keys() == expect["downloads"].keys()
    for id, keys in expect["downloads"].items():
        told = msgspec.json.decode(msgspec.json.encode(listing.downloads[id]))
        assert {key: told[key] for key in keys} == keys
    for key, value in expect.get("totals", {}).items():
        assert getattr(listing.totals, key) == value
    if "version" in expect:
        assert client.version == expect["version"]


def _conforms(listing: Listing, client: Client, complete: bool) -> None:
    assert not complete or listing.complete
    for id, download in listing.downloads.items():
        _conforms_one(id, download, client)


def _conforms_one(id: str, download: Download, client: Client) -> None:
    assert level(id) == download.id
    assert (download.client, download.kind) == ("box", client.kind)
    # A program for any address, such as aria2, may take torrents too.
    assert download.protocol == client.protocol or (client.protocol, download.protocol) == ("http", "torrent")
    assert download.state == client.states.get(download.native_state, "unknown") or download.state in STATES
    assert download.state != "stalled", "stalled is the bridge's word"
    assert (download.stage is not None) <= (download.state == "processing")
    assert download.progress is None or 0 <= download.progress <= 100
    assert all(value is None or value >= 0 for value in (getattr(download, key) for key in COUNTS))
    assert all(value is None or TIME.fullmatch(value) for value in (download.added_at, download.completed_at))
    encoded = msgspec.json.encode(download)
    assert not SECRET.search(encoded.decode())
    assert msgspec.json.decode(encoded, type=Download) == download
