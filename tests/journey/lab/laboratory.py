"""Everything that one test started, ended together."""

import asyncio
from pathlib import Path
from typing import Self, TypeVar

from .programs import Program

Started = TypeVar("Started", bound=Program)


class Laboratory:
    """Starts programs in a folder and ends every one of them when it is closed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs: list[Program] = []

    async def start(self, program: Started) -> Started:
        """Start a program and remember it."""
        self.programs.append(program)
        return await program.start()

    async def close(self) -> None:
        """End all of them."""
        await asyncio.gather(*(program.close() for program in self.programs))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
