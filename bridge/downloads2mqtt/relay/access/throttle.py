"""Slows down whoever guesses. Pure; seconds are monotonic and come as an argument."""

from collections import OrderedDict
from ipaddress import IPv6Address, ip_address, ip_network

BURST = 10
EVERY = 20.0  # seconds
MOST = 4096


class Throttle:
    """So many tries at once from an address, then one every so often; it remembers so many addresses at most."""

    def __init__(self, burst: int = BURST, most: int = MOST) -> None:
        self._burst, self._most = burst, most
        self._clear_at: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._clear_at)

    def wait(self, address: str, now: float) -> float:
        """Seconds until this address may try again; 0 when it may now."""
        owed = self._clear_at.get(_neighbourhood(address), now) - now
        return max(0.0, owed - (self._burst - 1) * EVERY)

    def count(self, address: str, now: float) -> None:
        """Count a try, before it is known whether it is good: many at once are many."""
        key = _neighbourhood(address)
        self._clear_at[key] = max(now, self._clear_at.get(key, now)) + EVERY
        self._clear_at.move_to_end(key)
        while len(self._clear_at) > self._most:
            self._clear_at.popitem(last=False)

    def take_back(self, address: str) -> None:
        """The try was good."""
        key = _neighbourhood(address)
        if key in self._clear_at:
            self._clear_at[key] -= EVERY


def _neighbourhood(address: str) -> str:
    """Whoever has one address of IPv6 has the 2^64 around it."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(ip_network((ip, 64), strict=False)) if isinstance(ip, IPv6Address) and not ip.ipv4_mapped else str(ip)
