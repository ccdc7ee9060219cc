"""Which groups and history entries a command is about, and how they are told."""

from collections.abc import Sequence
from dataclasses import dataclass

from downloads2mqtt.clients.nzbget.groups import Group
from downloads2mqtt.clients.nzbget.history import Past, past_state
from downloads2mqtt.clients.nzbget.rpc import Rpc, plain
from downloads2mqtt.errors import RequestError

# Until 17 `editqueue` has a number between action and text.
NO_NUMBER_SINCE = 18


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen of the whole `queue` and of the `history`, which is asked only if it is not all in the queue.

    `order` are the numbers of the `groups` as they were named.
    """

    groups: Sequence[Group]
    pasts: Sequence[Past]
    queue: Sequence[Group]
    history: Sequence[Past]
    order: Sequence[int]

    def shares_folder(self, past: Past) -> bool:
        """Whether the folder of an entry is another's as well; one below InterDir has the number in its name."""
        others = (nzb for nzb in (*self.queue, *self.history) if nzb.NZBID != past.NZBID)
        own = not past.DestDir or past.DestDir.endswith(f".#{past.NZBID}")
        return not own and any(past.DestDir in (other.DestDir, other.FinalDir) for other in others)


async def choose(rpc: Rpc, ids: Sequence[str]) -> Choice:
    """Those of `ids` that NZBGet has at this moment; raises `RequestError` when it has none of them."""
    wanted = list(dict.fromkeys(int(id) for id in ids if id.isascii() and id.isdecimal()))
    queue = await queue_of(rpc)
    groups = [group for group in queue if group.NZBID in wanted]
    history = await past_entries(rpc) if len(groups) < len(wanted) else []
    pasts = [past for past in history if past.NZBID in wanted and past_state(past) is not None]
    if not groups and not pasts:
        raise not_there()
    queued = {group.NZBID for group in groups}
    return Choice(groups, pasts, queue, history, [id for id in wanted if id in queued])


async def queue_of(rpc: Rpc) -> list[Group]:
    """Every group, in order."""
    return await rpc.ask(list[Group], "listgroups", 0)


async def past_entries(rpc: Rpc) -> list[Past]:
    """The history, without hidden entries."""
    return await rpc.ask(list[Past], "history", False)


async def edit(rpc: Rpc, action: str, text: str, ids: Sequence[int], *, may_be_gone: bool = False) -> None:
    """Tell `ids` of the queue or of the history something; nothing without ids.

    Raises `RequestError` when NZBGet has none of them where the action belongs, unless they `may_be_gone`.
    """
    if not ids:
        return
    number = [] if await rpc.release() >= NO_NUMBER_SINCE else [int(text) if action.endswith("MoveOffset") else 0]
    if not await rpc.order(bool, "editqueue", action, *number, text, list(ids)) and not may_be_gone:
        raise not_there()


def category_of(text: str) -> str:
    """A category that NZBGet can read, and that does not lead out of its folders; raises `RequestError`."""
    if any(part.strip() in (".", "..") for part in text.split("/")):
        raise RequestError("bad_request", "category must not lead to another folder: no . or .. between its slashes")
    return plain(text, "category")


def not_there() -> RequestError:
    """The error to raise for ids that are gone."""
    return RequestError("not_found", "NZBGet does not have it any more")
