"""What the hub `/hubs/job-progress` says: a job is a download, a "video" the client that it belongs to. Pure."""

from collections.abc import Iterable
from heapq import nsmallest
from typing import Any

import msgspec

from downloads2mqtt.contract.download import DONE, Download, State
from downloads2mqtt.contract.frames import EventFrame, NotificationFrame
from downloads2mqtt.relay.hub.frame import PersonalNotification
from downloads2mqtt.relay.signalr.codec import invocation

MOST_STAGES = 100
"""So many downloads of a client are told one by one, those under way first; the overall progress counts all."""

STATUS: dict[State, str] = {
    "queued": "Pending",
    "metadata": "Running",
    "checking": "Running",
    "downloading": "Running",
    "stalled": "Running",
    "paused": "Pending",
    "processing": "Running",
    "completed": "Completed",
    "seeding": "Completed",
    "failed": "Failed",
    "unknown": "Pending",
}
_URGENCY = ("Running", "Pending", "Failed", "Completed")


class Job(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The argument of `JobProgressUpdate`: both shapes that pages know under that name, in one."""

    job_id: str
    video_id: str
    job_type: str
    type: str
    status: str
    progress: int
    current_stage: str
    status_message: str
    error_message: str | None
    created_at: str | None
    updated_at: str
    completed_at: str | None
    metadata: dict[str, Any]


class Stage(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One download of a client."""

    name: str
    status: str
    progress: int
    started_at: str | None
    completed_at: str | None
    error_message: str | None


def progress(row: Download, *, cancelled: bool = False) -> bytes:
    """`JobProgressUpdate`; `cancelled` says that the download is gone."""
    return invocation("JobProgressUpdate", _job(row, cancelled=cancelled))


def group(client: str, rows: Iterable[Download], at: str) -> bytes:
    """`VideoProgressUpdate`: how far a client is with its downloads, by their sizes."""
    held = list(rows)
    statuses = {STATUS[row.state] for row in held}
    status = next((one for one in _URGENCY if one in statuses), "Pending")
    weight = sum(row.size or 1 for row in held)
    done = sum((row.size or 1) * _percent(row) for row in held)
    told = {
        "videoId": client,
        "processingStatus": status,
        "transcriptionStatus": status,
        "embeddingStatus": status,
        "overallProgress": int(done / weight) if weight else 0,
        "stages": [_stage(row) for row in nsmallest(MOST_STAGES, held, key=_rank)],
        "updatedAt": at,
    }
    return invocation("VideoProgressUpdate", told)


def event(told: EventFrame) -> bytes:
    """`JobCompleted` or `JobFailed`; other events say nothing on this hub."""
    common = {"jobId": told.id, "videoId": told.client, "notificationId": f"{told.client}:{told.id}:{told.at}"}
    if told.event == "completed":
        more = {"status": "Completed", "message": f"{told.name} completed", "completedAt": told.at}
        return invocation("JobCompleted", common | more)
    if told.event == "failed":
        why = told.download.error or "the download client gives no reason"
        more = {"error": why, "message": "Job failed", "failedAt": told.at}
        return invocation("JobFailed", common | more | {"metadata": _metadata(told.download)})
    return b""


def notification(told: NotificationFrame) -> bytes:
    """`UserNotification` for what is said to one user, else `BroadcastNotification`."""
    target = "UserNotification" if isinstance(told, PersonalNotification) else "BroadcastNotification"
    return invocation(target, {"type": told.type, "message": told.message, "data": told.data, "timestamp": told.at})


def not_found(kind: str, id: str) -> bytes:
    """`Error`, the same for what is not there and for what is not to be seen."""
    return invocation("Error", {"code": "NOT_FOUND", "message": f"{kind} {id[:200]} not found"})


def _job(row: Download, *, cancelled: bool) -> Job:
    status = "Cancelled" if cancelled else STATUS[row.state]
    return Job(
        job_id=row.id,
        video_id=row.client,
        job_type=row.protocol,
        type=row.protocol,
        status=status,
        progress=_percent(row),
        current_stage=row.stage or row.state,
        status_message="removed" if cancelled else row.stage or row.state,
        error_message=row.error,
        created_at=row.added_at,
        updated_at=row.updated_at,
        completed_at=row.completed_at,
        metadata=_metadata(row),
    )


def _metadata(row: Download) -> dict[str, Any]:
    return {
        "name": row.name,
        "kind": row.kind,
        "category": row.category,
        "size": row.size,
        "downloaded": row.downloaded,
        "downloadRate": row.download_rate,
        "eta": row.eta,
    }


def _stage(row: Download) -> Stage:
    return Stage(
        name=row.name,
        status=STATUS[row.state],
        progress=_percent(row),
        started_at=row.added_at,
        completed_at=row.completed_at,
        error_message=row.error,
    )


def _percent(row: Download) -> int:
    return 100 if row.state in DONE else int(row.progress or 0)


def _rank(row: Download) -> tuple[int, str, str]:
    return _URGENCY.index(STATUS[row.state]), row.added_at or "", row.id
