"""Serves one synthetic program on loopback: `python -m tests.bench.programs.server <kind> <downloads>`.

The port is the first line of its standard output. Below `/-/` it is told what to change and tells what it sent.
"""

import asyncio
import gzip
import sys
from functools import lru_cache

from aiohttp import web

from . import PROGRAMS
from .base import Program, Question

# All four programs compress, and none of them what is short.
WORTH_COMPRESSING = 1024
LEVEL = 6


class Server:
    """Answers for the program and counts the bytes of the bodies, as sent and as they were before compression."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._sent = self._told = 0

    def application(self) -> web.Application:
        """The routes."""
        application = web.Application(client_max_size=64 << 20)
        application.router.add_post("/-/change", self._change)
        application.router.add_get("/-/sent", self._tell_sent)
        application.router.add_route("*", "/{path:.*}", self._answer)
        return application

    async def _change(self, request: web.Request) -> web.Response:
        query = request.query
        self._program.change(int(query["changed"]), int(query["finished"]))
        for body in self._program.prepare(whole=query["whole"] == "1"):
            compressed(body)
        return web.Response()

    async def _tell_sent(self, _: web.Request) -> web.Response:
        sent, self._sent = self._sent, 0
        told, self._told = self._told, 0
        return web.json_response({"sent": sent, "told": told})

    async def _answer(self, request: web.Request) -> web.Response:
        headers = {key.lower(): value for key, value in request.headers.items()}
        question = Question(request.path, request.query, headers, await request.read())
        answer = self._program.answer(question)
        body, more = answer.body, {}
        if len(body) > WORTH_COMPRESSING and "gzip" in headers.get("accept-encoding", ""):
            body, more = compressed(body), {"Content-Encoding": "gzip"}
        self._sent += len(body)
        self._told += len(answer.body)
        return web.Response(status=answer.status, body=body, headers={**answer.headers, **more})


@lru_cache(maxsize=4)
def compressed(body: bytes) -> bytes:
    """`body` as gzip."""
    return gzip.compress(body, LEVEL)


async def serve(kind: str, downloads: int) -> None:
    """Until standard input ends, that is, until who started it does."""
    runner = web.AppRunner(Server(PROGRAMS[kind](downloads)).application())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
