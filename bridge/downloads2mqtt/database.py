"""Opens the bridge's file (SQLite)."""

import logging
import sqlite3
from pathlib import Path

from downloads2mqtt.errors import LedgerError

log = logging.getLogger("downloads2mqtt.ledger")


def connect(path: Path, schema: str) -> sqlite3.Connection:
    """The database at `path`; a damaged one is put aside. Raises `LedgerError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _connect(path, schema)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise LedgerError(f"{path} is in use: another bridge runs with the same `data` folder") from error
        raise LedgerError(f"{path} cannot be opened: {error}") from error
    except sqlite3.DatabaseError:
        aside = path.with_suffix(".broken")
        path.replace(aside)
        log.warning(
            "%s was damaged and is now %s; starting anew, without events for what happened meanwhile", path, aside
        )
        return _connect(path, schema)
    except OSError as error:
        raise LedgerError(f"{path} cannot be written: {error.strerror}; set `data` to a folder of yours") from error


def _connect(path: Path, schema: str) -> sqlite3.Connection:
    """Exclusive, so that a second bridge is noticed; write-ahead, so that a kill loses nothing committed."""
    db = sqlite3.connect(path, timeout=0.5)
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.executescript(schema)
        db.execute("BEGIN IMMEDIATE")
        db.commit()
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db
