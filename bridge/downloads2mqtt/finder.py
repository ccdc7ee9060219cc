"""Looks for download clients at their usual local addresses, without ever guessing a password."""

import asyncio
from dataclasses import dataclass

from downloads2mqtt.clients import kinds
from downloads2mqtt.clients._http import Http
from downloads2mqtt.clients.base import Client
from downloads2mqtt.errors import ClientError

PATIENCE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Found:
    """A program that answered. `is_open`: it lets us in without credentials."""

    kind: str
    title: str
    url: str
    is_open: bool


async def find() -> list[Found]:
    """The programs that run here, one of each kind."""
    found = await asyncio.gather(*(_find_kind(client) for client in kinds().values()))
    return [one for one in found if one is not None]


def snippet(found: list[Found]) -> str:
    """What to write into `configuration.yaml` for programs that want credentials."""
    lines = ["clients:"]
    for one in found:
        lines += [f"  {one.kind}:", f"    kind: {one.kind}", f"    url: {one.url}"]
        if not one.is_open:
            lines += [f"    {key}: …" for key in _credentials(kinds()[one.kind])]
    return "\n".join(lines)


async def _find_kind(client: type[Client]) -> Found | None:
    for url in client.usual_urls:
        http = Http(url, timeout=PATIENCE_SECONDS)
        try:
            answer = await client.identify(http)
        except ClientError:
            continue
        finally:
            await http.aclose()
        if answer is not None:
            return Found(client.kind, client.title, url, answer == "open")
    return None


def _credentials(client: type[Client]) -> list[str]:
    fields = client.Settings.model_fields
    return ["username", "password"] if "password" in fields else [key for key in ("api_key",) if key in fields]
