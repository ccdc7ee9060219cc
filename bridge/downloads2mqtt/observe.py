"""Logs: one line a thing, said once, without a secret in it."""

import logging
import sys
import time
import traceback
from types import TracebackType
from typing import Literal

from downloads2mqtt.secrets import Secrets

LogLevel = Literal["debug", "info", "warning", "error"]


def now_iso() -> str:
    """Now in ISO 8601, UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def now_iso_millis() -> str:
    """Now in ISO 8601, UTC, to the millisecond."""
    now = time.time()
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(now))}.{int(now * 1000) % 1000:03d}Z"


class RedactingFormatter(logging.Formatter):
    """Formats a record and its traceback, then redacts the whole text."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The redacted text of `record`."""
        return self._secrets.redact(super().format(record))


def set_up_logging(level: LogLevel, secrets: Secrets) -> None:
    """Log to standard error through `secrets`; uncaught exceptions too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("downloads2mqtt").setLevel(level.upper())

    def hook(type: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(secrets.redact("".join(traceback.format_exception(type, error, trace))))

    sys.excepthook = hook


class Once:
    """Says a thing once going down and once coming back, however often it is found."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._said: dict[str, str] = {}

    def down(self, subject: str, message: str) -> None:
        """Warn, unless just this was said of `subject` last."""
        if self._said.get(subject) != message:
            self._said[subject] = message
            self._log.warning("%s: %s", subject, message)

    def up(self, subject: str, message: str) -> None:
        """Tell that `subject` is well again, if it was down."""
        if self._said.pop(subject, None) is not None:
            self._log.info("%s: %s", subject, message)
