"""What one successful poll of a client says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from downloads2mqtt.contract.download import Download


@dataclass(frozen=True, slots=True)
class Totals:
    """A client's own totals: bytes per second, bytes; `None` where it does not tell. A limit of `None` is none."""

    download_rate: int | None = None
    upload_rate: int | None = None
    download_limit: int | None = None
    upload_limit: int | None = None
    alternative_limits: bool | None = None
    free_space: int | None = None
    downloaded_total: int | None = None
    uploaded_total: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One successful answer of a client, normalised. A failed poll has no listing: it raises.

    `complete`: `downloads` holds every download the client has, so whatever else was known is absent. Otherwise it
    holds those that may have changed. A download that did not change should be the very same object as last time.
    `removed`: ids gone by the client's explicit word; one that is also in `downloads` was replaced by another
    download under the same id. `restarted`: the client was started anew since the last poll.
    """

    downloads: Mapping[str, Download]
    complete: bool
    totals: Totals = field(default_factory=Totals)
    removed: frozenset[str] = frozenset()
    restarted: bool = False
