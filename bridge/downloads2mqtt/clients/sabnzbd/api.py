"""SABnzbd's API: where it is, one call, and what its refusals mean.

Source: sabnzbd/{api,interface}.py of 3.7.1, 4.5.0 and 5.0.1.
"""

import re
from typing import Any, TypeVar
from urllib.parse import urljoin

import msgspec

from downloads2mqtt.clients._http import Credentials, Http, Reply
from downloads2mqtt.clients._json import decode, harmless
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientUnauthorized, RequestError


class Answer(msgspec.Struct):
    """What any answer may say instead of what was asked for."""

    error: str | None = None


class _Version(Answer):
    version: str | None = None


class _Auth(Answer):
    auth: str | None = None


A = TypeVar("A", bound=Answer)


class Api:
    """One SABnzbd as seen by one key."""

    def __init__(self, http: Http, key: str) -> None:
        self.http = http
        self.credentials = Credentials()
        self._key = key
        self._address: str | None = None

    @property
    def place(self) -> str:
        """Host and port, for messages."""
        return self.http.place

    def look_anew(self) -> None:
        """Search for the API before the next call: it may have been moved while it was away."""
        self._address = None

    async def ask(self, type: type[A], mode: str, **fields: str | int) -> A:
        """What only reads; raises `ClientError`."""
        answer = await self._call(type, mode, fields, again=True)
        if answer.error:
            raise await self._refused(answer.error)
        return answer

    async def order(self, type: type[A], mode: str, files: Any = None, **fields: str | int) -> A:
        """What changes something, sent once; raises `ClientError`, or `RequestError` with SABnzbd's own words."""
        answer = await self._call(type, mode, fields, again=False, files=files)
        if answer.error and "api key" in answer.error.lower():
            raise await self._refused(answer.error)
        if answer.error:
            raise RequestError("failed", f"SABnzbd refuses: {plain(answer.error)}")
        return answer

    async def _call(
        self, type: type[A], mode: str, fields: dict[str, str | int], *, again: bool, files: Any = None
    ) -> A:
        """The API key goes in the body, so that no log of an address holds it."""
        self.credentials.check()
        if self._address is None:
            self._address = await self._search()
        reply = await _post(self.http, self._address, mode, again, {"apikey": self._key, **fields}, files)
        if reply.status == 403:
            raise await self._refused(reply.text)
        if reply.status != 200:
            raise _trouble(self.http, reply)
        return decode(reply.body, type, self.place)

    async def _search(self) -> str:
        address, reply = await find(self.http)
        if address is not None:
            return address
        if reply is not None and reply.status == 403:
            raise await self._refused(reply.text)
        raise _trouble(self.http, reply)

    async def _refused(self, text: str) -> ClientError:
        """What a refusal means: 403 and one of five English texts, none when `api_warnings` is off, or JSON."""
        word = text.lower()
        if self._key and "required" in word and "api key" in word:
            # It says so of a request whose body it did not read, as 5.1.3 does now and then while it ends.
            return ClientAnswerError(
                f"SABnzbd at {self.place} got no api_key, though we sent it: it is ending, "
                "or a proxy drops the body of requests"
            )
        if not text or "api key" in word:
            return self.credentials.refused(await self._about_key(word))
        if "hostname verification" in word:
            return ClientAnswerError(
                f"SABnzbd does not know itself as {self.place}: add that host name to host_whitelist (Config → Special)"
            )
        if "internet access denied" in word:
            return ClientAnswerError(
                f"SABnzbd at {self.place} takes us for somebody from the internet: "
                "see External internet access and local_ranges (Config → General, Special)"
            )
        return ClientAnswerError(f"SABnzbd at {self.place} refuses: {plain(text)}")

    async def _about_key(self, word: str) -> str:
        if not word:
            return (
                f"SABnzbd at {self.place} refuses us and does not say why: check api_key, then host_whitelist and "
                "External internet access"
            )
        if "required" in word:
            return f"SABnzbd at {self.place} wants an API key: set api_key to the one from Config → General"
        if await self._is_nzb_key():
            return f"the api_key for {self.place} is SABnzbd's NZB key, which may only add: use the API key beside it"
        return f"SABnzbd at {self.place} refuses the API key: copy it again from Config → General"

    async def _is_nzb_key(self) -> bool:
        """`mode=auth` tells what a key is good for and needs none itself."""
        try:
            reply = await _post(self.http, self._address or "api", "auth", True, {"key": self._key})
            return decode(reply.body, _Auth, self.place).auth == "nzbkey"
        except ClientError:
            return False


async def find(http: Http) -> tuple[str | None, Reply | None]:
    """The API's address at, below or above the configured url (`url_base` is "" or "/sabnzbd"); else a bad answer.

    `mode=version` needs no key.
    """
    worst = None
    for address in dict.fromkeys(urljoin(http.url, path) for path in ("api", "sabnzbd/api", "../api")):
        try:
            reply = await _post(http, address, "version", True, {})
            if reply.status == 200 and decode(reply.body, _Version, http.place).version:
                return address, None
        except ClientAnswerError:
            continue  # a redirect or a web page: not here
        if worst is None or reply.status == 403:
            worst = reply
    return None, worst


async def without_key(http: Http, address: str, mode: str, **fields: str | int) -> Reply:
    """One reading call without a key."""
    return await _post(http, address, mode, True, fields)


async def _post(
    http: Http, address: str, mode: str, again: bool, fields: dict[str, str | int], files: Any = None
) -> Reply:
    return await http.post(address, again=again, data={"mode": mode, "output": "json", **fields}, files=files)


def _trouble(http: Http, reply: Reply | None) -> ClientError:
    if reply is None or reply.status in (200, 404):
        return ClientAnswerError(f"{http.place} does not answer as SABnzbd does: the url or its base path is wrong")
    if reply.status == 401:
        return ClientUnauthorized(f"{http.place} wants a login that is not SABnzbd's: a proxy stands before it")
    return http.unexpected(reply)


def plain(text: str | None) -> str:
    """A message without the markup that SABnzbd puts into some, and without the secrets in an address."""
    return harmless(re.sub(r"<[^>]*>", " ", text or ""))
