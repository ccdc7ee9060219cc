import sqlite3
from pathlib import Path

import msgspec
import pytest

from downloads2mqtt.changes import Changes, Known, Latch, apply, diff
from downloads2mqtt.contract.download import Download
from downloads2mqtt.contract.event import DownloadEvent
from downloads2mqtt.errors import LedgerError
from downloads2mqtt.ledger import Ledger
from tests.bridge.samples import download

AT = "2026-11-21T12:00:00Z"


def step(ledger: Ledger, known: Known, *view: Download, baseline: bool = False) -> Known:
    changes = diff(known, {one.id: one for one in view}, at=AT, baseline=baseline)
    now = apply(known, changes)
    ledger.commit("box", changes, now)
    return now


def told(ledger: Ledger) -> list[tuple[int, str, str]]:
    events = [msgspec.json.decode(letter.payload, type=DownloadEvent) for letter in ledger.outbox]
    return [(event.seq, event.event, event.id) for event in events]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "main.db"


def test_remembers_downloads_latches_events_and_the_sequence(path: Path) -> None:
    ledger = Ledger(path)
    known = step(ledger, Known(), download("a"), baseline=True)
    known = step(ledger, known, download("a", state="seeding"), download("b"))
    ledger.close()

    again = Ledger(path)
    assert again.clients() == {"box"}
    assert again.load("box") == known
    assert told(again) == [(1, "completed", "a"), (2, "added", "b")]
    again.acknowledge(list(again.outbox))
    step(again, known, download("a", state="seeding"))
    assert told(again) == [(3, "removed", "b")]
    again.close()


def test_a_killed_process_loses_nothing_committed(path: Path) -> None:
    """Another connection reads what a process that never closed its ledger wrote."""
    ledger = Ledger(path)
    step(ledger, Known({"a": download()}, {"a": Latch.STARTED}), download(state="completed"))
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())
    copy.with_name("copy.db-wal").write_bytes(path.with_name("main.db-wal").read_bytes())
    again = Ledger(copy)
    assert told(again) == [(1, "completed", "a")]
    assert again.load("box") == Known(
        {"a": download(state="completed", updated_at=AT)}, {"a": Latch.STARTED | Latch.COMPLETED}
    )


def test_an_empty_client_is_not_an_unknown_one(path: Path) -> None:
    ledger = Ledger(path)
    assert ledger.load("box") is None
    ledger.commit("box", Changes(), Known())
    assert ledger.load("box") == Known({}, {})


def test_mere_progress_is_written_by_flush_only(path: Path) -> None:
    ledger = Ledger(path)
    known = step(ledger, Known(), download(progress=1.0), baseline=True)
    step(ledger, known, download(progress=50.0))
    stored = ledger.load("box")
    assert stored is not None
    assert stored.downloads["a"].progress == 1.0
    ledger.flush()
    stored = ledger.load("box")
    assert stored is not None
    assert stored.downloads["a"].progress == 50.0


def test_a_removed_download_is_a_ghost_until_laid(path: Path) -> None:
    ledger = Ledger(path)
    known = step(ledger, Known(), download("a"), download("b"), baseline=True)
    step(ledger, known)
    assert sorted(ledger.ghosts("box")) == ["a", "b"]
    ledger.laid([("box", "a")])
    assert ledger.ghosts("box") == ["b"]


def test_a_ghost_that_comes_back_is_none(path: Path) -> None:
    ledger = Ledger(path)
    known = step(ledger, Known(), download("a"), baseline=True)
    known = step(ledger, known)
    step(ledger, known, download("a"))
    assert ledger.ghosts("box") == []


def test_the_outbox_is_bounded_and_what_is_dropped_is_counted(path: Path) -> None:
    ledger = Ledger(path, outbox_limit=3)
    step(ledger, Known(), *(download(str(number)) for number in range(5)))
    assert len(ledger.outbox) == 3
    assert [seq for seq, _, _ in told(ledger)] == [3, 4, 5]
    assert ledger.dropped_events == 2
    ledger.close()
    assert len(Ledger(path).outbox) == 3


def test_forgetting_a_client_leaves_ghosts_only(path: Path) -> None:
    ledger = Ledger(path)
    step(ledger, Known(), download("a"))
    assert ledger.forget("box") == ["a"]
    assert ledger.clients() == set()
    assert not ledger.outbox
    assert ledger.load("box") is None


def test_a_second_bridge_with_the_same_ledger_is_refused(path: Path) -> None:
    ledger = Ledger(path)
    with pytest.raises(LedgerError, match="another bridge"):
        Ledger(path)
    ledger.close()


def test_a_damaged_ledger_is_put_aside(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 100)
    ledger = Ledger(path)
    assert ledger.clients() == set()
    assert path.with_suffix(".broken").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="cannot be"):
        Ledger(tmp_path / "file" / "main.db")


def test_a_row_of_another_version_is_passed_over(path: Path) -> None:
    ledger = Ledger(path)
    known = step(ledger, Known(), download("a"), download("b"), baseline=True)
    ledger.close()
    db = sqlite3.connect(path)
    db.execute("UPDATE download SET payload = '{}' WHERE id = 'a'")
    db.commit()
    db.close()
    again = Ledger(path).load("box")
    assert again is not None
    assert again.downloads.keys() == known.downloads.keys() - {"a"}
