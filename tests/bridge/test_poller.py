"""What a poller decides by itself; what it publishes is shown in test_app."""

from hypothesis import given
from hypothesis import strategies as st

from downloads2mqtt.changes import Known, apply, diff
from downloads2mqtt.contract.download import Download
from downloads2mqtt.poller import _count, _recount
from tests.bridge.samples import views


@given(st.lists(views, max_size=6))
def test_counts_follow_the_changes(history: list[dict[str, Download]]) -> None:
    known, counts = Known(), _count([])
    for view in history:
        changes = diff(known, view, at="2026-11-21T12:00:00Z")
        counts = _recount(counts, known.downloads, changes)
        known = apply(known, changes)
        assert counts == _count(known.downloads.values())
