"""The kinds of download clients: one module each, found by looking into this folder."""

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType

from downloads2mqtt.clients.base import Client


@cache
def kinds() -> MappingProxyType[str, type[Client]]:
    """Every kind of client by its `kind`, in alphabetical order."""
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"{__name__}.{module.name}")
    here = f"{__name__}."
    found = {client.kind: client for client in Client.__subclasses__() if client.__module__.startswith(here)}
    return MappingProxyType(dict(sorted(found.items())))
