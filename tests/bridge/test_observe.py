"""Logs: one line a thing, and no secret by whatever way it comes."""

import asyncio
import gc
import io
import logging
import re
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest

from downloads2mqtt import observe
from downloads2mqtt.observe import Once, QuietHandler, RedactingFormatter, now_iso, set_up_logging
from downloads2mqtt.secrets import HIDDEN, Secrets

SECRET = "hunter2-hunter2"
LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (\w+) +([\w.]+): (.*)")

log = logging.getLogger("downloads2mqtt.test")


@pytest.fixture(autouse=True)
def logging_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Puts back what `set_up_logging` changes for the whole process."""
    root, ours = logging.getLogger(), logging.getLogger("downloads2mqtt")
    handlers, levels = root.handlers[:], (root.level, ours.level)
    for owner, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    ours.setLevel(levels[1])
    logging.captureWarnings(False)


@pytest.fixture
def err(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Logging is set up; what it wrote to standard error is in `err`."""
    secrets, stream = Secrets(), io.StringIO()
    secrets.add(SECRET)
    monkeypatch.setattr(sys, "stderr", stream)
    set_up_logging("debug", secrets)
    return stream


def ours() -> QuietHandler:
    """The handler, among those of pytest."""
    (handler,) = (handler for handler in logging.getLogger().handlers if isinstance(handler, QuietHandler))
    return handler


def said(err: io.StringIO) -> str:
    """What went to standard error, which has no secret in it."""
    text = err.getvalue()
    assert SECRET not in text
    assert "hunter2" not in text
    return text


def fail() -> None:
    """An error with a chain, a note and a secret in each."""
    try:
        raise KeyError(SECRET)
    except KeyError as cause:
        error = ValueError(f"cannot use {SECRET}")
        error.add_note(f"note: {SECRET}")
        raise error from cause


def test_messages_and_arguments(err: io.StringIO) -> None:
    log.info("plain %s and %r", SECRET, {"password": "other", "x": SECRET})
    log.debug("GET http://me:pw@host/api?apikey=key&x=%s magnet:?xt=abc", 1)
    first, second = said(err).splitlines()
    level, name, message = LINE.fullmatch(first).groups()  # type: ignore[union-attr]
    assert (level, name) == ("INFO", "downloads2mqtt.test")
    assert message == f"plain {HIDDEN} and {{'password': '{HIDDEN}', 'x': '{HIDDEN}'}}"
    assert second.endswith(f": GET http://host/api?apikey={HIDDEN}&x=1 magnet:{HIDDEN}")


def test_exceptions_their_causes_and_notes(err: io.StringIO) -> None:
    try:
        fail()
    except ValueError:
        log.exception("it failed: %s", SECRET, stack_info=True)
    text = said(err)
    assert "KeyError" in text
    assert f"note: {HIDDEN}" in text
    assert text.count("Traceback") == 2


def test_groups_of_exceptions(err: io.StringIO) -> None:
    log.error("a group", exc_info=ExceptionGroup(SECRET, [ValueError(SECRET), ExceptionGroup("b", [OSError(SECRET)])]))
    assert "OSError" in said(err)


def test_third_party_loggers(err: io.StringIO) -> None:
    other = logging.getLogger("some.library")
    other.warning("Authorization: Basic %s", "abcdef")
    other.info("not shown")
    assert said(err).splitlines()[0].endswith(f"some.library: Authorization: {HIDDEN}")


def test_a_record_that_cannot_be_formatted_shows_its_place_only(err: io.StringIO) -> None:
    ours().handle(logging.LogRecord("some.name", logging.INFO, "/x/place.py", 7, "%d of %d", (SECRET,), None))
    assert said(err) == "a log line of some.name at place.py:7 cannot be written: TypeError\n"


def test_a_stream_that_is_gone_is_survived(err: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(text)

    monkeypatch.setattr(ours(), "stream", Gone())
    log.warning(SECRET)


def test_a_name_cannot_pretend_to_be_another_line(err: io.StringIO) -> None:
    log.info("added %s", "x\n2026-01-01 00:00:00 ERROR root: all is lost\r\x1b[2J\u2028")
    (line,) = said(err).splitlines()
    assert line.endswith(r"added x\n2026-01-01 00:00:00 ERROR root: all is lost\r\x1b[2J\u2028")


def test_a_traceback_keeps_its_lines_but_no_terminal_codes(err: io.StringIO) -> None:
    log.error("oops", exc_info=ValueError("a\nb\x1b[2J"))
    lines = said(err).splitlines()
    assert lines[-2:] == ["ValueError: a", r"b\x1b[2J"]


def test_warnings(err: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"{SECRET} is old", stacklevel=1)
    assert "py.warnings" in said(err)


def test_uncaught_exceptions(err: io.StringIO) -> None:
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert f"ValueError: cannot use {HIDDEN}" in said(err)


def test_exceptions_in_threads(err: io.StringIO) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "ValueError" in said(err)


def test_exceptions_that_python_can_only_print(err: io.StringIO) -> None:
    class Broken:
        def __del__(self) -> None:
            fail()

    Broken()
    gc.collect()
    assert "ValueError" in said(err)


def test_what_the_event_loop_finds(err: io.StringIO) -> None:
    async def main() -> None:
        async def lost() -> None:
            fail()

        task = asyncio.create_task(lost())
        await asyncio.sleep(0)
        del task
        gc.collect()
        asyncio.get_running_loop().call_soon(fail)
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_exception_handler({"message": f"odd: {SECRET}", "secret": SECRET})

    asyncio.run(main())
    text = said(err)
    assert "Task exception was never retrieved" in text
    assert "Exception in callback" in text
    assert f"odd: {HIDDEN}" in text


def test_secrets_found_later_are_hidden_too(capsys: pytest.CaptureFixture[str]) -> None:
    secrets = Secrets()
    set_up_logging("info", secrets)
    secrets.add(SECRET)
    log.info(SECRET)
    assert capsys.readouterr().err.endswith(f": {HIDDEN}\n")


@pytest.mark.parametrize(("level", "shown"), [("debug", "diwe"), ("info", "iwe"), ("warning", "we"), ("error", "e")])
def test_levels(level: observe.LogLevel, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(level, Secrets())
    set_up_logging(level, Secrets())
    for say, letter in ((log.debug, "d"), (log.info, "i"), (log.warning, "w"), (log.error, "e")):
        say(letter)
    assert "".join(line[-1] for line in capsys.readouterr().err.splitlines()) == shown


def test_the_record_itself_is_left_as_it_is() -> None:
    secrets = Secrets()
    secrets.add(SECRET)
    record = logging.LogRecord("n", logging.INFO, "p", 1, "%s", (SECRET,), None)
    assert SECRET not in RedactingFormatter(secrets).format(record)
    assert record.args == (SECRET,)


def test_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "downloads2mqtt.test")
    once = Once(log)
    once.up("box", "well")
    once.down("box", "gone")
    once.down("box", "gone")
    once.down("other", "gone")
    once.down("box", "refused")
    once.up("box", "well")
    once.up("box", "well")
    once.down("box", "gone")
    told = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert told == [
        ("WARNING", "box: gone"),
        ("WARNING", "other: gone"),
        ("WARNING", "box: refused"),
        ("INFO", "box: well"),
        ("WARNING", "box: gone"),
    ]


def test_the_time_is_iso_8601_to_the_second() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now_iso())
