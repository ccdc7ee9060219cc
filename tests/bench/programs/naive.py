"""A naive push: `python -m tests.bench.programs.naive websockets|aiohttp plain|deflate <broker's port> <filter>`.

Each message that aiomqtt hands over goes to all readers as it is. It prints the port once it is subscribed.
"""

import asyncio
import sys

import aiomqtt

from .peers import PEERS


async def main() -> None:
    """Until the broker is lost."""
    kind, compression, port, filter = sys.argv[1:]
    server = PEERS[kind](deflate=compression == "deflate")
    async with aiomqtt.Client("127.0.0.1", int(port), protocol=aiomqtt.ProtocolVersion.V5) as client:
        await client.subscribe(filter, qos=1)
        print(await server.start(), flush=True)
        async for message in client.messages:
            if isinstance(message.payload, bytes):
                await server.broadcast(message.payload.decode())


if __name__ == "__main__":
    asyncio.run(main())
