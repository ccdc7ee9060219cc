"""Every kind of client, whatever is asked of it and whatever its program answers: done, or clearly refused."""

import base64
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from downloads2mqtt.contract.request import CLIENT_REQUESTS
from downloads2mqtt.errors import ClientError, RequestError
from downloads2mqtt.translate import translate
from tests.bridge.clients.test_bad_input import KINDS, SECRET, replied, subject

SENTENCE = re.compile(r"[^\n]{5,1500}")
HASH = "0123456789abcdef0123456789abcdef01234567"
TORRENT = base64.b64encode(
    b"d4:infod6:lengthi1e4:name1:a12:piece lengthi16384e6:pieces20:" + b"x" * 20 + b"ee"
).decode()

text = st.text(max_size=30) | st.sampled_from(
    ["", " ", "all", "*", "../..", "/etc", "\x00", "a\nb", "ü" * 300, "<b>", "%s", "'"]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)
numbers = st.sampled_from([-(2**70), -1, 0, 1, 2, 3, 1023, 2**31, 2**63, 2**70])
SENSIBLE: dict[str, st.SearchStrategy[Any]] = {
    "all": st.booleans(),
    "url": st.sampled_from(
        [
            f"magnet:?xt=urn:btih:{HASH}",
            "magnet:?",
            "http://a.example/x.nzb",
            "https://[",
            "http://" + "a" * 5000,
            "ftp://a",
        ]
    ),
    "content": st.sampled_from(
        [TORRENT, "", "AAAA", base64.b64encode(b"<nzb/>").decode(), base64.b64encode(b"l" * 300).decode()]
    ),
    "filename": st.sampled_from(["a.torrent", "a.nzb", "../a.nzb", "a.exe", "ü\n.nzb", ".torrent"]),
    "category": text,
    "tags": st.lists(text, max_size=3),
    "paused": st.booleans(),
    "path": text,
    "priority": numbers,
    "delete_data": st.booleans(),
    "download_limit": numbers,
    "upload_limit": numbers,
    "alternative_limits": st.booleans(),
    "queue_position": numbers,
    "id": text,
    "title": text,
}
ANSWERS = [
    None,
    replied(text="{}"),
    replied(text="null"),
    replied(text="[]"),
    replied(text='{"result": null, "error": null, "id": 1, "status": true}'),
    replied(text='{"jsonrpc": "2.0", "result": [], "id": 1}'),
    replied(text="Fails."),
    replied(text="<html>"),
    replied(status_code=500),
    replied(status_code=409),
]


LIKELY: dict[str, list[dict[str, Any]]] = {
    "add": [
        {"url": f"magnet:?xt=urn:btih:{HASH}"},
        {"url": "http://a.example/x.nzb"},
        {"content": TORRENT, "filename": "a.torrent"},
        {"content": base64.b64encode(b"<nzb/>").decode(), "filename": "a.nzb"},
    ],
    "limits": [{"download_limit": 1000}, {"upload_limit": 0}, {"alternative_limits": True}],
    "set": [{"category": "tv"}, {"priority": 1}, {"queue_position": 1}, {"tags": ["a"]}, {"download_limit": 0}],
}


@st.composite
def requests(draw: st.DrawFn, abilities: tuple[str, ...], ids: list[str]) -> tuple[str, dict[str, Any]]:
    """A verb and fields that make sense, some of them changed into what makes less or none."""
    verb = draw(st.sampled_from(sorted(set(abilities) - {"poll", "find"})))
    fields = dict(draw(st.sampled_from(LIKELY.get(verb, [{}]))))
    known = sorted(CLIENT_REQUESTS[verb].model_fields.keys() - {"transaction"})
    chosen = st.lists(st.sampled_from(ids), min_size=1, max_size=4) | st.lists(text, max_size=2)
    if "ids" in known:
        fields["ids"] = draw(chosen)
    sensible = {**SENSIBLE, "ids": chosen}
    for name in draw(st.sets(st.sampled_from(known), max_size=3)):
        fields[name] = draw(sensible[name] if draw(st.integers(0, 4)) else anything)
    return verb, fields


def is_clear(error: Exception) -> None:
    assert SENTENCE.fullmatch(str(error)), str(error)
    assert not SECRET.search(str(error)), str(error)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
async def test_nothing_but_a_clear_refusal(kind: str, data: st.DataObject) -> None:
    found = await subject(kind)
    listing = await found.client.poll(complete=True)
    verb, fields = data.draw(requests(found.client.abilities, sorted(listing.downloads)))
    try:
        request = CLIENT_REQUESTS[verb].model_validate(fields)
    except ValidationError:
        return
    answer = data.draw(st.sampled_from(ANSWERS))
    late = data.draw(st.integers(0, 3))
    fault = answer or (lambda _, reply: reply)
    found.wire.start(fault, lambda number: number >= late)
    try:
        command = translate(verb, request, found.client, listing.downloads, "full")
        await found.client.execute(command)
    except (RequestError, ClientError) as error:
        is_clear(error)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_lost_answer_is_not_asked_again(kind: str, tmp_path: Path) -> None:
    """What acts is sent once: whether it was done, the next poll tells."""
    found = await subject(kind)
    listing = await found.client.poll(complete=True)
    sent: list[httpx.Request] = []

    def lose(request: httpx.Request, _: httpx.Response) -> httpx.Response:
        sent.append(request)
        raise httpx.ReadTimeout("lost", request=request)

    found.wire.start(lose, lambda _: True)
    request = CLIENT_REQUESTS["pause"].model_validate({"all": True})
    command = translate("pause", request, found.client, listing.downloads, "full")
    with pytest.raises(ClientError) as caught:
        await found.client.execute(command)
    is_clear(caught.value)
    assert len(sent) == 1
