"""The time, as the contract writes it."""

from datetime import UTC, datetime


def utc() -> str:
    """Now."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
