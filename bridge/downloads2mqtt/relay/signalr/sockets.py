"""A hub over a WebSocket, negotiated or raw."""

import asyncio

from aiohttp import WSMsgType, web

from downloads2mqtt.errors import RequestError
from downloads2mqtt.relay.connections import POLICY_VIOLATION, Place, new_socket
from downloads2mqtt.relay.framing import deflating, framed
from downloads2mqtt.relay.hub.scope import Grant
from downloads2mqtt.relay.outlet import Outlet
from downloads2mqtt.relay.services import Services
from downloads2mqtt.relay.signalr.audience import Audience
from downloads2mqtt.relay.signalr.records import Speech
from downloads2mqtt.relay.signalr.session import HANDSHAKE_SECONDS, Session

NORMAL = 1000


class Socket:
    """One client's. Whether it still lives is found out by the WebSocket's own pings, which browsers answer even for
    a page that is not visible and whose scripts hardly run."""

    def __init__(self, services: Services, grant: Grant, audience: Audience) -> None:
        self._services, self._grant, self._audience = services, grant, audience
        self._socket = new_socket()
        self._session: Session | None = None

    async def serve(self, request: web.Request, place: Place) -> web.StreamResponse:
        """Until the client leaves."""
        writer = await self._socket.prepare(request)
        if request.transport is not None:
            bits = int(self._socket.compress)
            speech = Speech(self._audience.say, deflating(bits) if bits else framed)
            outlet = self._services.outlet(request.transport, speech, writer.drain)
            self._session = Session(self._services, self._grant, self._audience, outlet)
            place.connection = self
            try:
                await self._hear(self._session, outlet)
            finally:
                self._session.end()
        return self._socket

    async def aclose(self, code: int, reason: str) -> None:
        """Say goodbye; whoever does not answer in time is cut off."""
        if self._session is not None:
            self._session.farewell(code, reason)
        await self._socket.close(code=code, message=reason.encode())

    def abort(self) -> None:
        """Cut off."""
        if self._session is not None:
            self._session.outlet.abort()

    async def _hear(self, session: Session, outlet: Outlet) -> None:
        try:
            async with asyncio.timeout(HANDSHAKE_SECONDS) as limit:
                async for message in self._socket:
                    if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                        break
                    session.take(message.data.encode() if message.type is WSMsgType.TEXT else message.data)
                    if session.over:
                        await self._socket.close(code=NORMAL)
                    if session.established:
                        limit.reschedule(None)
                    await outlet.drain()
        except RequestError as error:
            await self._socket.close(code=POLICY_VIOLATION, message=error.message.encode()[:120])
        except ConnectionError:
            return
        except TimeoutError:
            await self.aclose(POLICY_VIOLATION, f"no handshake within {HANDSHAKE_SECONDS:.0f} s")
