"""qBittorrent's Web API v2: its login, renewed when it expired, and what its refusals mean."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from downloads2mqtt.clients._http import Credentials, Http, Reply
from downloads2mqtt.errors import ClientAnswerError, ClientError, ClientUnauthorized

API = "api/v2/"

Send = Callable[[bool], Awaitable[Reply]]


class Session:
    """Asks one qBittorrent. `lost` says that a session which had been good was not known any more."""

    def __init__(
        self, http: Http, username: str | None = None, password: str | None = None, api_key: str | None = None
    ) -> None:
        self.http = http
        self.lost = False
        self._username = username
        self._password = password
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key is not None else {}
        self._credentials = Credentials()
        self._logged_in = False

    async def answer(self, send: Send) -> Reply:
        """What `send` gets, once more after a login when the session was refused: that was not carried out.

        `send` is told whether the session is a new one. Raises `ClientError` when it may not be asked.
        """
        self._credentials.check()
        entered = self._password is not None and not self._logged_in
        if entered:
            await self._log_in()
        reply = await send(entered)
        if reply.status == 403 and not entered:
            await self._log_in()
            self.lost = True
            reply = await send(True)
        if reply.status in (401, 403) or reply.status >= 500:
            raise self.unexpected(reply)
        if 200 <= reply.status < 300:
            self._credentials.accepted()
        return reply

    async def read(self, path: str, params: dict[str, str] | None = None) -> Reply:
        """The answer to a question that may be asked again."""
        return await self.answer(lambda _: self.get(path, params))

    async def order(self, path: str, form: dict[str, str], **options: Any) -> Reply:
        """The answer to what shall be done, which is sent once."""
        return await self.answer(
            lambda _: self.http.post(API + path, data=form, headers=self._headers, again=False, **options)
        )

    async def get(self, path: str, params: dict[str, str] | None = None, *, again: bool = True) -> Reply:
        """The bare answer, whatever it is."""
        return await self.http.get(API + path, params=params, headers=self._headers, again=again)

    async def api_version(self) -> tuple[int, ...]:
        """The version of the Web API, such as (2, 11, 4)."""
        reply = await self.read("app/webapiVersion")
        if reply.status != 200 or not re.fullmatch(r"\d{1,6}(\.\d{1,6}){1,3}", reply.text, re.ASCII):
            raise ClientAnswerError(self.says("does not tell the version of its Web API"))
        return tuple(map(int, reply.text.split(".")))

    def unexpected(self, reply: Reply) -> ClientError:
        """The error to raise for a status that nobody has a better sentence for."""
        match reply.status:
            case 200:
                sentence = "does not answer a login as qBittorrent does: is the url right?"
            case 401:
                sentence = (
                    "refuses the Host header (401): write the port of its own Web UI into the url, "
                    "or turn off its host header validation"
                )
            case 403:
                sentence = "accepts the login but then not its cookie: does a proxy remove cookies?"
            case 404:
                sentence = "has no Web API 2: it is older than 4.1, or the url is wrong"
            case _:
                return self.http.unexpected(reply)
        return ClientAnswerError(self.says(sentence))

    def says(self, sentence: str) -> str:
        """A sentence of this qBittorrent."""
        return f"qBittorrent at {self.http.place} {sentence}"

    async def _log_in(self) -> None:
        self._logged_in = False
        if self._headers:
            raise self._credentials.refused(self.says("refuses the api_key: set its current one (5.2 or later)"))
        if self._password is None:
            raise ClientUnauthorized(self.says("asks for a login: set username and password, or api_key (from 5.2 on)"))
        login = {"username": self._username, "password": self._password}
        reply = await self.http.post(API + "auth/login", data=login)
        if reply.status != 204 and not (reply.status == 200 and reply.text in ("Ok.", "")):
            raise await self._login_failure(reply)
        self._logged_in = True

    async def _login_failure(self, reply: Reply) -> ClientError:
        if reply.status == 403:
            return self._credentials.locked_out(
                self.says("bans this address after too many failed logins: wait an hour or restart it")
            )
        fails = reply.status == 200 and reply.text == "Fails."  # until 5.1
        # Since 5.2 wrong credentials are a 401, as a refused Host header always was; the latter is refused everywhere.
        if fails or (reply.status == 401 and (await self.get("app/webapiVersion")).status != 401):
            return self._credentials.refused(
                self.says("refuses username or password: correct them in the configuration")
            )
        return self.unexpected(reply)
