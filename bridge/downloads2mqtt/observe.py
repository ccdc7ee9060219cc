"""Logs: one line a thing, said once, without a secret in it."""

import contextlib
import logging
import re
import sys
import threading
import time
import traceback
from types import TracebackType
from typing import Literal, TextIO

from downloads2mqtt.secrets import Secrets

LogLevel = Literal["debug", "info", "warning", "error"]

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_BUT_NEWLINE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def now_iso() -> str:
    """Now in ISO 8601, UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


class RedactingFormatter(logging.Formatter):
    """Formats a record and its traceback, then redacts the whole text. A message stays one line, whatever is in it."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The redacted text of `record`."""
        return _CONTROL_BUT_NEWLINE.sub(_escaped, self._secrets.redact(super().format(record)))

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line before the traceback; a name with a line break in it cannot pretend to be another line."""
        record.message = _CONTROL.sub(_escaped, self._secrets.redact(record.message))
        return super().formatMessage(record)


class QuietHandler(logging.StreamHandler[TextIO]):
    """Names a record that cannot be formatted by its place; the standard handler prints message and arguments."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say where the record came from, without anything of what is in it."""
        kind = sys.exc_info()[0] or Exception
        with contextlib.suppress(OSError, ValueError):
            self.stream.write(
                f"a log line of {record.name} at {record.filename}:{record.lineno} cannot be written: {kind.__name__}\n"
            )


def set_up_logging(level: LogLevel, secrets: Secrets) -> None:
    """Log to standard error through `secrets`; warnings and uncaught exceptions, of threads and finalizers too."""
    handler = QuietHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("downloads2mqtt").setLevel(level.upper())
    logging.captureWarnings(True)
    _catch_uncaught(secrets, handler.stream)


def _catch_uncaught(secrets: Secrets, stream: TextIO) -> None:
    def hook(type: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        with contextlib.suppress(OSError, ValueError):
            stream.write(secrets.redact("".join(traceback.format_exception(type, error, trace))))

    sys.excepthook = hook
    threading.excepthook = lambda thrown: hook(thrown.exc_type, thrown.exc_value, thrown.exc_traceback)
    sys.unraisablehook = lambda thrown: hook(thrown.exc_type, thrown.exc_value, thrown.exc_traceback)


def _escaped(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode()


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
