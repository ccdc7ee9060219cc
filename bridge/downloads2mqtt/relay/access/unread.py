"""Keeps requests that cannot be read out of the logs."""

import logging

from aiohttp.http_exceptions import HttpProcessingError

log = logging.getLogger("downloads2mqtt.relay.http")


class WithoutRequestLines(logging.Filter):
    """Passes over what aiohttp 3.14 says of them at ERROR: it quotes their first line, tokens and all."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to log a record."""
        kind = record.exc_info[0] if record.exc_info else None
        return kind is None or not issubclass(kind, HttpProcessingError)


log.addFilter(WithoutRequestLines())
