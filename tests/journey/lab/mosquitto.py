"""The Mosquitto broker."""

import asyncio
from pathlib import Path

from .programs import LOOPBACK, Program
from .suites import BOOKWORM, Suite

CONFIGURATION = """listener {port} 127.0.0.1
allow_anonymous true
persistence false
user root
log_dest stderr
"""

CONNECT = bytes.fromhex("100c00044d5154540402003c0000")
"""MQTT 3.1.1, clean session, no client id, 60 seconds."""
CONNACK = 0x20


class Mosquitto(Program):
    """A broker for everybody on loopback that keeps nothing, or one with the configuration file given."""

    binary = "mosquitto"

    def __init__(
        self, folder: Path, suite: Suite = BOOKWORM, *, configuration: Path | None = None, port: int = 0
    ) -> None:
        """With a configuration, `port` is the one that it names."""
        super().__init__(folder, suite)
        self._configuration = configuration
        self.port = port or self.port

    def configure(self) -> None:
        text = CONFIGURATION.format(port=self.port)
        self.write("mosquitto.conf", self._configuration.read_text() if self._configuration else text)

    def command(self) -> list[str]:
        return [self.binary, "-c", self.seen("mosquitto.conf")]

    async def answers(self) -> bool:
        reader, writer = await asyncio.wait_for(asyncio.open_connection(LOOPBACK, self.port), 2)
        try:
            writer.write(CONNECT)
            return (await asyncio.wait_for(reader.read(4), 2))[:1] == bytes([CONNACK])
        finally:
            writer.close()

    @property
    def url(self) -> str:
        return f"mqtt://{LOOPBACK}:{self.port}"
