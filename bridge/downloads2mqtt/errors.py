"""Every error that this program raises on purpose.

Downloads2mqttError
├── ConfigurationError      the configuration cannot be used; exit status 2
├── TopicError              a topic level outside `[A-Za-z0-9_-]{1,64}`
├── BrokerError             the MQTT broker cannot be reached, refuses us, or cannot be started
├── LedgerError             the ledger's file cannot be opened or written
├── RequestError            a request on the bus is refused; carries one of the contract's codes
└── ClientError             a poll failed; `state` is what `ClientStatus.state` becomes
    ├── ClientOffline       no answer: refused, timed out, reset
    │   └── ClientUnreached there was not even a connection, so nothing was asked of the program
    ├── ClientUnauthorized  credentials refused
    └── ClientAnswerError   an answer that makes no sense

The text of each is one sentence for a person, without any secret.
"""

from typing import ClassVar, Literal

RequestCode = Literal["bad_request", "not_found", "unsupported", "forbidden", "offline", "failed"]


class Downloads2mqttError(Exception):
    """Base of everything below."""


class ConfigurationError(Downloads2mqttError):
    """The configuration cannot be used; the text names file, line and key."""


class TopicError(Downloads2mqttError, ValueError):
    """A topic cannot be built or read."""


class BrokerError(Downloads2mqttError):
    """The MQTT broker cannot be reached, refuses us, or cannot be started."""


class LedgerError(Downloads2mqttError):
    """The ledger's file cannot be opened or written."""


class RequestError(Downloads2mqttError):
    """A request is refused."""

    def __init__(self, code: RequestCode, message: str) -> None:
        super().__init__(message)
        self.code: RequestCode = code
        self.message = message


class ClientError(Downloads2mqttError):
    """A poll failed; nothing is known about the client's downloads."""

    state: ClassVar[Literal["offline", "unauthorized", "error"]] = "error"


class ClientOffline(ClientError):
    """No answer."""

    state = "offline"


class ClientUnreached(ClientOffline):
    """There was not even a connection, so nothing was asked of the program."""


class ClientUnauthorized(ClientError):
    """Credentials refused."""

    state = "unauthorized"


class ClientAnswerError(ClientError):
    """An answer that makes no sense."""

    state = "error"
