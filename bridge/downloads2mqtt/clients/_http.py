"""One HTTP connection to a download client: bounded, without redirects, with errors a person understands."""

import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from downloads2mqtt.clients._scgi import SCHEMES, Scgi, socket_path
from downloads2mqtt.errors import (
    ClientAnswerError,
    ClientError,
    ClientOffline,
    ClientUnauthorized,
    ClientUnreached,
)

MAX_BODY = 64 * 1024 * 1024
CONNECT_SECONDS = 5.0
PROBE_SECONDS = 30 * 60.0
# qBittorrent closes an idle connection after 7 s; one of our own making is never older than this.
KEEPALIVE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer; `headers` keys in any case."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def text(self) -> str:
        """The body as text, bad UTF-8 replaced, without white space around it."""
        return self.body.decode("utf-8", "replace").strip()


class Http:
    """Requests below one base address.

    A request raises `ClientOffline` when no whole answer came, `ClientAnswerError` for a redirect, a body over 64 MB
    or a web page where none belongs. Any status but 3xx is the caller's to judge.
    """

    def __init__(
        self,
        url: str,
        *,
        verify: bool = True,
        ca_file: Path | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 30.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.url = url
        self.timeout = timeout
        self._client = httpx.AsyncClient(
            base_url=url,
            verify=_tls(url, verify, ca_file),
            headers=headers,
            timeout=httpx.Timeout(timeout, connect=min(CONNECT_SECONDS, timeout)),
            limits=httpx.Limits(max_connections=2, keepalive_expiry=KEEPALIVE_SECONDS),
            follow_redirects=False,
            trust_env=False,
            transport=transport,
            mounts={f"{scheme}://": Scgi() for scheme in SCHEMES},
        )

    @property
    def place(self) -> str:
        """Host and port, or the path of a unix socket, for messages."""
        return urlsplit(self.url).netloc or socket_path(httpx.URL(self.url))

    async def get(
        self, path: str, *, params: Mapping[str, Any] | None = None, again: bool = True, **options: Any
    ) -> Reply:
        """GET; unless `again` is false once more when the connection was reset, which an idle one always may be."""
        return await self._request_again("GET", path, again, params=params, **options)

    async def post(self, path: str, *, again: bool = False, **options: Any) -> Reply:
        """POST with httpx's `content`, `data`, `json`, `files`, `headers`, `auth`.

        `again` says that it reads only and may be sent once more when the connection was reset.
        """
        return await self._request_again("POST", path, again, **options)

    @asynccontextmanager
    async def upgraded(self, path: str, headers: Mapping[str, str]) -> AsyncIterator[httpcore.AsyncNetworkStream]:
        """A connection of its own that the program agrees to speak another protocol on; raises `ClientError`.

        It is read without a limit of time.
        """
        try:
            async with self._client.stream("GET", path, headers=headers) as response:
                if response.status_code != 101:
                    raise self.unexpected(Reply(response.status_code, response.headers, b""))
                yield response.extensions["network_stream"]
        except httpx.HTTPError as error:
            raise self._failure(error) from error
        except (httpcore.NetworkError, httpcore.TimeoutException) as error:
            raise ClientOffline(f"{self.place} broke off") from error

    def unexpected(self, reply: Reply) -> ClientError:
        """The error to raise for a status that the caller has no better sentence for."""
        if reply.status in (502, 503, 504):
            return ClientOffline(f"{self.place} answers {reply.status}: the program behind it does not run or is busy")
        if reply.status == 404:
            return ClientAnswerError(
                f"{self.place} knows nothing under {self._path}: is the base path of the url right?"
            )
        return ClientAnswerError(f"{self.place} answered with HTTP status {reply.status}")

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    @property
    def _path(self) -> str:
        return urlsplit(self.url).path

    async def _request_again(self, method: str, path: str, again: bool, **options: Any) -> Reply:
        try:
            return await self._request(method, path, **options)
        except ClientOffline as error:
            if not (again and was_reset(error)):
                raise
            return await self._request(method, path, **options)

    async def _request(self, method: str, path: str, **options: Any) -> Reply:
        deadline = time.monotonic() + self.timeout
        try:
            async with self._client.stream(method, path, **options) as response:
                body = await self._read(response, deadline)
        except httpx.HTTPError as error:
            raise self._failure(error) from error
        except httpx.InvalidURL as error:
            raise ClientAnswerError(f"{self.place} redirected to an address that cannot be read") from error
        except UnicodeEncodeError as error:
            self._client.cookies.clear()
            raise ClientAnswerError(f"{self.place} cannot be sent a cookie, key or header that is not ASCII") from error
        if 300 <= response.status_code < 400 and response.status_code != 304:
            raise ClientAnswerError(
                f"{self.place} redirects to {_shown(response.headers.get('location', '?'))}: "
                "the url or its base path is wrong, or a login page stands before it"
            )
        return Reply(response.status_code, response.headers, body)

    async def _read(self, response: httpx.Response, deadline: float) -> bytes:
        chunks: list[bytes] = []
        size = 0
        async for chunk in response.aiter_bytes():
            size += len(chunk)
            if size > MAX_BODY:
                raise ClientAnswerError(f"{self.place} sent more than {MAX_BODY // 2**20} MB in one answer")
            if time.monotonic() > deadline:
                raise ClientOffline(f"{self.place} did not finish its answer within {self.timeout:g} s")
            chunks.append(chunk)
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def _failure(self, error: httpx.HTTPError) -> ClientError:
        if isinstance(error, httpx.ConnectTimeout):
            return ClientUnreached(f"{self.place} does not accept a connection: is the address right?")
        if isinstance(error, httpx.TimeoutException):
            return ClientOffline(f"{self.place} did not answer within {self.timeout:g} s")
        if isinstance(error, httpx.ConnectError):
            return self._connect_failure(error)
        if isinstance(error, httpx.DecodingError):
            return ClientAnswerError(f"{self.place} sent an answer whose compression is broken")
        if isinstance(error, httpx.UnsupportedProtocol):
            return ClientAnswerError(f"{self.place} cannot be asked over this kind of address")
        return ClientOffline(f"{self.place} broke off in the middle of an answer")

    def _connect_failure(self, error: httpx.HTTPError) -> ClientError:
        text = str(error)
        if "CERTIFICATE_VERIFY_FAILED" in text:
            return ClientUnreached(
                f"the TLS certificate of {self.place} cannot be trusted: set ca_file to its authority's certificate, "
                "or verify: false"
            )
        if "SSL" in text or isinstance(error.__cause__, ssl.SSLError):
            return ClientUnreached(f"{self.place} does not speak TLS as expected: http or https?")
        if "Name or service not known" in text or "Temporary failure in name resolution" in text:
            return ClientUnreached(f"the host name in {self.place} is not known")
        if isinstance(error.__cause__, PermissionError):
            return ClientUnreached(f"{self.place} may not be opened: give the bridge's user the right to write to it")
        return ClientUnreached(f"{self.place} refuses the connection: is the program running?")


def was_reset(error: ClientError) -> bool:
    """Whether the connection broke, as an idle one may, so that asking again at once is reasonable."""
    return isinstance(error.__cause__, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError)


class Credentials:
    """Keeps a wrong password from getting everybody banned.

    Refused credentials are tried once more, half an hour later, and then never again. qBittorrent bans an address
    after 5 refusals, and all who share a proxy with it; Transmission can lock everybody out until it is restarted.
    """

    def __init__(self) -> None:
        self._refusals = 0
        self._held_until = 0.0
        self._sentence = ""

    def check(self) -> None:
        """Raise `ClientUnauthorized` while the program must be left alone."""
        if self._sentence and time.monotonic() < self._held_until:
            raise ClientUnauthorized(self._sentence)

    def refused(self, sentence: str) -> ClientUnauthorized:
        """The program looked at the credentials and refused them; the error to raise."""
        self._refusals += 1
        if self._refusals > 1:
            return self._hold(f"{sentence}; not tried again until the bridge is restarted", float("inf"))
        return self._hold(f"{sentence}; tried once more in half an hour", PROBE_SECONDS)

    def locked_out(self, sentence: str) -> ClientUnauthorized:
        """The program looks at nobody's credentials for now; the error to raise."""
        return self._hold(f"{sentence}; asked again in half an hour", PROBE_SECONDS)

    def accepted(self) -> None:
        """The program let us in."""
        self._refusals = 0
        self._sentence = ""

    def _hold(self, sentence: str, seconds: float) -> ClientUnauthorized:
        self._sentence, self._held_until = sentence, time.monotonic() + seconds
        return ClientUnauthorized(sentence)


def _tls(url: str, verify: bool, ca_file: Path | None) -> ssl.SSLContext | bool:
    if not url.startswith("https:"):
        return False  # loading the authorities' certificates costs 30 ms and some MB that nobody needs
    if not verify:
        return False
    return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)


def _shown(location: str) -> str:
    try:
        parts = urlsplit(location)
    except ValueError:
        return "?"
    host = parts.netloc.rpartition("@")[2]
    return f"{host}{parts.path}"[:200] or "?"
