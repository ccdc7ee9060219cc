"""What finished and how fast it went, asked for page by page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pydantic import ValidationError

from downloads2mqtt import history
from downloads2mqtt.changes import Known, apply, diff
from downloads2mqtt.contract.event import DownloadEvent
from downloads2mqtt.contract.request import HistoryPage, HistoryRequest
from downloads2mqtt.ledger import Ledger
from tests.bridge.samples import download

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path / "main.db")
    yield ledger
    ledger.close()


def finish(ledger: Ledger, id: str, at: datetime = NOON, client: str = "box", **fields: Any) -> None:
    """A download that came and then finished, or with `state="failed"` failed."""
    state = fields.pop("state", "seeding")
    for before, now in ((None, "downloading"), ("downloading", state)):
        known = Known() if before is None else Known({id: download(id, client=client, state=before, **fields)})
        view = {id: download(id, client=client, state=now, **fields)}
        changes = diff(known, view, at=at.isoformat().replace("+00:00", "Z"), baseline=False)
        ledger.commit(client, changes, apply(known, changes))


def ask(ledger: Ledger, now: datetime = NOON, **fields: Any) -> HistoryPage:
    page = ledger.history.page(HistoryRequest.model_validate(fields), now.timestamp())
    assert len(msgspec.json.encode(page)) < 48 * 1024
    return page


def names(page: HistoryPage) -> list[str]:
    return [event.id for event in page.finished]


def test_what_finished_is_told_newest_first(ledger: Ledger) -> None:
    finish(ledger, "a")
    finish(ledger, "b", NOON + timedelta(hours=1), state="failed", error="no seeds")
    page = ask(ledger, NOON + timedelta(hours=2))
    assert [(event.id, event.event, event.download.error) for event in page.finished] == [
        ("b", "failed", "no seeds"),
        ("a", "completed", None),
    ]
    assert page.next is None


def test_of_one_client_and_of_some_time(ledger: Ledger) -> None:
    finish(ledger, "a")
    finish(ledger, "b", NOON + timedelta(hours=1), client="usenet")
    finish(ledger, "c", NOON + timedelta(hours=2))
    late = NOON + timedelta(days=1)
    assert names(ask(ledger, late, client="usenet")) == ["b"]
    assert names(ask(ledger, late, since="2026-11-21T12:30:00Z")) == ["c", "b"]
    assert names(ask(ledger, late, until="2026-11-21T14:30:00+01:00")) == ["b", "a"]
    assert names(ask(ledger, late, client="nobody")) == []


def test_page_by_page_nothing_is_missed(ledger: Ledger) -> None:
    for number in range(25):
        finish(ledger, f"id{number:02}", name="n" * 2000)
    found: list[str] = []
    before = None
    for _ in range(30):
        page = ask(ledger, limit=10, before=before)
        assert 1 <= len(page.finished) <= 10
        found += names(page)
        before = page.next
        if before is None:
            break
    assert found == [f"id{number:02}" for number in reversed(range(25))]


def test_a_restart_keeps_it(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "main.db")
    finish(ledger, "a")
    ledger.history.sample("box", 1000, 10, NOON.timestamp())
    ledger.close()
    again = Ledger(tmp_path / "main.db")
    page = ask(again, NOON + timedelta(minutes=5))
    assert names(page) == ["a"]
    assert [(rate.at, rate.download_rate, rate.upload_rate) for rate in page.rates] == [
        ("2026-11-21T12:00:00Z", 1000, 10)
    ]
    again.close()


def test_rates_are_means_over_a_minute_and_sums_over_clients(ledger: Ledger) -> None:
    for second in range(0, 120, 10):
        now = NOON.timestamp() + second
        ledger.history.sample("box", 1000 if second < 60 else 3000, second % 20, now)
        ledger.history.sample("usenet", 500, None, now)
    ledger.history.sample("box", 0, 0, NOON.timestamp() + 120)
    later = NOON + timedelta(minutes=10)
    since = NOON.isoformat()
    rates = ask(ledger, later, since=since).rates
    assert [(rate.download_rate, rate.upload_rate) for rate in rates] == [(1500, 5), (3500, 5)]
    assert [rate.download_rate for rate in ask(ledger, later, since=since, client="box").rates] == [1000, 3000]
    assert ask(ledger, later, before="9").rates == []


@pytest.mark.parametrize("days", [1, 7, 31])
def test_a_long_time_is_told_in_few_points(ledger: Ledger, days: int) -> None:
    start = NOON - timedelta(days=days)
    for minute in range(0, days * 1440, 7):
        ledger.history.sample("box", 100, 100, start.timestamp() + minute * 60)
    rates = ask(ledger, since=start.isoformat()).rates
    assert 150 <= len(rates) <= history.POINTS
    assert {rate.download_rate for rate in rates} == {100}
    assert [rate.at for rate in rates] == sorted(rate.at for rate in rates)


def test_what_is_old_is_let_go(ledger: Ledger) -> None:
    finish(ledger, "old", NOON - timedelta(days=500))
    finish(ledger, "new")
    ledger.history.sample("box", 1, 1, (NOON - timedelta(days=40)).timestamp())
    ledger.history.sample("box", 2, 2, NOON.timestamp())
    ledger.history.write()
    ledger.history.prune(NOON.timestamp())
    page = ask(ledger, NOON + timedelta(minutes=5), since="2020-01-01T00:00:00Z")
    assert names(page) == ["new"]
    assert [rate.download_rate for rate in page.rates] == [2]


def test_so_many_are_kept(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_FINISHED", 3)
    for id in "abcde":
        finish(ledger, id)
    ledger.history.prune(NOON.timestamp())
    assert names(ask(ledger)) == ["e", "d", "c"]


@pytest.mark.parametrize(
    "fields", [{"since": "yesterday"}, {"until": "2026-11-21T12:00:00"}, {"before": "x"}, {"limit": 0}, {"client": 1}]
)
def test_what_makes_no_sense_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        HistoryRequest.model_validate(fields)


def test_only_the_end_of_a_download_is_kept(ledger: Ledger) -> None:
    finish(ledger, "a")
    letters = [msgspec.json.decode(letter.payload, type=DownloadEvent).event for letter in ledger.outbox]
    assert letters == ["added", "completed"]
    assert len(ask(ledger).finished) == 1
