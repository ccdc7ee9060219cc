"""Who really asks, when trusted proxies stand between."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Peer:
    """Who asks, and the scheme and host they asked for."""

    address: str
    scheme: str
    host: str


class Proxies:
    """Believes `X-Forwarded-For`, `-Proto` and `-Host` of these networks, and of nobody else."""

    def __init__(self, networks: Iterable[str]) -> None:
        self._networks = tuple(ip_network(one, strict=False) for one in networks)

    def unwrap(self, request: web.Request) -> web.Request:
        """The request with the real `remote`, `scheme` and `host`."""
        seen = Peer(request.remote or "", request.scheme, request.host)
        real = self.real(seen, request.headers)
        if real == seen:
            return request
        return request.clone(remote=real.address, scheme=real.scheme, host=real.host)

    def real(self, seen: Peer, headers: Mapping[str, str]) -> Peer:
        """`seen`, or what a trusted proxy says of it. Of a list the last counts: before it may stand anything."""
        if not self._trusts(seen.address):
            return seen
        scheme = _last(headers, "X-Forwarded-Proto").lower()
        return Peer(
            self._address(seen.address, headers),
            scheme if scheme in ("http", "https") else seen.scheme,
            _last(headers, "X-Forwarded-Host") or seen.host,
        )

    def _address(self, address: str, headers: Mapping[str, str]) -> str:
        """From the nearest hop outwards, the first that is no trusted proxy."""
        for hop in reversed(_every(headers, "X-Forwarded-For")):
            bare = _bare(hop)
            if bare is None:
                return address
            address = bare
            if not self._trusts(address):
                break
        return address

    def _trusts(self, address: str) -> bool:
        if not self._networks:
            return False
        try:
            ip = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        mapped = getattr(ip, "ipv4_mapped", None)
        return any((mapped or ip) in network for network in self._networks)


def _every(headers: Mapping[str, str], name: str) -> list[str]:
    values = headers.getall(name, []) if hasattr(headers, "getall") else [headers.get(name, "")]
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def _last(headers: Mapping[str, str], name: str) -> str:
    return next(reversed(_every(headers, name)), "")


def _bare(hop: str) -> str | None:
    """The address without the port and brackets that some proxies add; `None` when it is none."""
    text = hop.strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return None
