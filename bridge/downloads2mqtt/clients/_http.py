"""One HTTP connection to a download client: bounded, without redirects, with errors a person understands."""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientOffline

MAX_BODY = 64 * 1024 * 1024
CONNECT_SECONDS = 5.0
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
        )

    @property
    def place(self) -> str:
        """Host and port, for messages."""
        return urlsplit(self.url).netloc

    async def get(self, path: str, *, params: Mapping[str, Any] | None = None, **options: Any) -> Reply:
        """GET; once more when the connection was reset, which an idle one always may be."""
        try:
            return await self._request("GET", path, params=params, **options)
        except ClientOffline as error:
            if not isinstance(error.__cause__, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError):
                raise
            return await self._request("GET", path, params=params, **options)

    async def post(self, path: str, *, again: bool = False, **options: Any) -> Reply:
        """POST with httpx's `content`, `data`, `json`, `files`, `headers`, `auth`.

        `again` says that it reads only and may be sent once more when the connection was reset.
        """
        try:
            return await self._request("POST", path, **options)
        except ClientOffline as error:
            reset = isinstance(error.__cause__, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError)
            if not (again and reset):
                raise
            return await self._request("POST", path, **options)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def _request(self, method: str, path: str, **options: Any) -> Reply:
        deadline = time.monotonic() + self.timeout
        try:
            async with self._client.stream(method, path, **options) as response:
                body = await self._read(response, deadline)
        except httpx.HTTPError as error:
            raise self._failure(error) from error
        except httpx.InvalidURL as error:
            raise ClientAnswerError(f"{self.place} redirected to an address that cannot be read") from error
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
            return ClientOffline(f"{self.place} does not accept a connection: is the address right?")
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
            return ClientOffline(
                f"the TLS certificate of {self.place} cannot be trusted: set ca_file to its authority's certificate, "
                "or verify: false"
            )
        if "SSL" in text or isinstance(error.__cause__, ssl.SSLError):
            return ClientOffline(f"{self.place} does not speak TLS as expected: http or https?")
        if "Name or service not known" in text or "Temporary failure in name resolution" in text:
            return ClientOffline(f"the host name in {self.place} is not known")
        return ClientOffline(f"{self.place} refuses the connection: is the program running?")


def _tls(url: str, verify: bool, ca_file: Path | None) -> ssl.SSLContext | bool:
    if not url.startswith("https:"):
        return False  # loading the authorities' certificates costs 30 ms and some MB that nobody needs
    if not verify:
        return False
    return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)


def _shown(location: str) -> str:
    parts = urlsplit(location)
    host = parts.netloc.rpartition("@")[2]
    return f"{host}{parts.path}" or "?"
