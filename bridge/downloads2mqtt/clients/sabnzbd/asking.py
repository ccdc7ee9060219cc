"""The queue and the history as SABnzbd answers, whole or of some jobs; ids come joined by commas."""

from downloads2mqtt.clients.sabnzbd.api import Api
from downloads2mqtt.clients.sabnzbd.jobs import History, HistoryAnswer, Queue, QueueAnswer
from downloads2mqtt.errors import ClientAnswerError


async def ask_queue(api: Api, ids: str = "") -> Queue:
    """The queue, of these jobs alone when there are ids."""
    answer = await api.ask(QueueAnswer, "queue", start=0, limit=0, **_named(ids))
    if answer.queue is None:
        raise ClientAnswerError(f"{api.place} answers without a queue: is it SABnzbd?")
    return answer.queue


async def ask_history(api: Api, limit: int, token: int = 0, ids: str = "") -> History | None:
    """The newest jobs; `None` when the counter still is `token`, which it never is for 0."""
    answer = await api.ask(HistoryAnswer, "history", start=0, limit=limit, last_history_update=token, **_named(ids))
    if isinstance(answer.history, History):
        return answer.history
    if answer.history is False:
        return None
    raise ClientAnswerError(f"{api.place} answers without a history: is it SABnzbd?")


async def ask_sound_history(api: Api, limit: int, ids: str = "") -> History:
    """Asked again when a job came to it while SABnzbd was counting, or its database was locked."""
    for _ in range(2):
        page = await ask_history(api, limit, ids=ids)
        if page is not None and page.sound:
            return page
    raise ClientAnswerError(f"SABnzbd at {api.place} cannot read its history")


def _named(ids: str) -> dict[str, str | int]:
    return {"nzo_ids": ids} if ids else {}
