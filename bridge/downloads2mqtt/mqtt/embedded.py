"""The embedded broker, in a process of its own: in ours, one subscriber to much held everything for a second."""

import asyncio
import json
import logging
import os
import sys
from typing import Any

from downloads2mqtt.errors import BrokerError
from downloads2mqtt.mqtt.settings import MqttSettings

START_SECONDS = 20.0
STOP_SECONDS = 2.0

log = logging.getLogger("downloads2mqtt.mqtt")


class EmbeddedBroker:
    """Starts the broker's process and ends it; `failed` returns when it ended by itself."""

    def __init__(self, settings: MqttSettings) -> None:
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Returns when the broker listens; raises `BrokerError` with a sentence when it cannot."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "downloads2mqtt.mqtt.embedded_process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(_orders(self._settings)).encode() + b"\n")
        try:
            async with asyncio.timeout(START_SECONDS):
                said = (await self._process.stdout.readline()).decode().strip()
        except TimeoutError:
            said = "it did not start in time"
        if said != "ready":
            await self.aclose()
            raise BrokerError(
                f"the embedded broker cannot listen on {self._settings.embedded.listen}: {said or 'it ended'}"
            )
        self._say()

    async def failed(self) -> None:
        """Until the process ends by itself; then raises `BrokerError`."""
        assert self._process is not None
        code = await self._process.wait()
        raise BrokerError(f"the embedded broker ended by itself (status {code})")

    async def aclose(self) -> None:
        """End the process: politely, then not."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    def _say(self) -> None:
        listen = self._settings.embedded.listen
        log.info("embedded broker on %s, for one household; for more, run Mosquitto and set mqtt.url", listen)
        if self._settings.password is None and not listen.startswith(("127.", "localhost:", "[::1]:")):
            log.warning("the embedded broker on %s lets anybody in: set mqtt.username and mqtt.password", listen)


def _orders(settings: MqttSettings) -> dict[str, Any]:
    password = settings.password.get_secret_value() if settings.password else None
    return {
        "listen": settings.embedded.listen,
        "username": settings.username,
        "password": password,
        "parent": os.getpid(),
    }
