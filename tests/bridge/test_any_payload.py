"""Whatever is published as a request: one answer, with one of the contract's codes, and nothing else happens."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from downloads2mqtt.commands import Commands
from downloads2mqtt.contract.request import BRIDGE_REQUESTS, CLIENT_REQUESTS, Response
from downloads2mqtt.contract.topics import Topics
from downloads2mqtt.errors import RequestCode
from downloads2mqtt.ledger import Ledger
from downloads2mqtt.mqtt.message import Incoming, Outgoing
from downloads2mqtt.mqtt.publisher import Publisher
from downloads2mqtt.poller import Poller
from downloads2mqtt.secrets import Secrets
from tests.bridge.samples import download
from tests.bridge.test_commands import Obedient

FIELDS = sorted(
    {name for model in (*CLIENT_REQUESTS.values(), *BRIDGE_REQUESTS.values()) for name in model.model_fields}
)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
likely = st.sampled_from(["a", "b", ["a"], ["b", "a"], ["zzz"], True, False, 0, 5, None, "box", "2026-11-21T12:00:00Z"])
payloads = st.one_of(
    st.binary(max_size=50),
    st.sampled_from([b"", b"{}", b"null", b"[" * 100_000, b'{"a":' * 50_000, b'{"ids":"' + b"x" * 100_000 + b'"}']),
    json.map(msgspec.json.encode),
    st.dictionaries(st.sampled_from(FIELDS), likely | json, max_size=4).map(msgspec.json.encode),
)
verbs = st.sampled_from(sorted({*CLIENT_REQUESTS, *BRIDGE_REQUESTS})) | st.from_regex(
    r"[A-Za-z0-9_-]{1,64}", fullmatch=True
)
targets = st.sampled_from(["client/box", "bridge/main"])


class Wire:
    """Takes what is published."""

    def __init__(self) -> None:
        self.published: list[Outgoing] = []

    async def publish(self, messages: Sequence[Outgoing]) -> None:
        self.published += messages


async def answered(ledger: Ledger, message: Incoming) -> list[Outgoing]:
    """What one request makes a bridge publish; its client's downloads stay what they are unless it was told to act."""
    box, wire, topics = Obedient(), Wire(), Topics()
    box.set(download("a"), download("b"))
    poller = Poller(box, "main", Publisher(topics, "main", ledger), Secrets(), None)
    await poller.poll()
    polling = asyncio.create_task(poller.run())
    commands = Commands(topics, "main", {"box": poller}, ledger.history, "safe", Secrets())
    commands.ready.set()
    serving = asyncio.create_task(commands.run(wire))  # type: ignore[arg-type]
    try:
        commands.on_message(message)
        async with asyncio.timeout(10):
            while not wire.published:
                await asyncio.sleep(0)
    finally:
        for task in (serving, polling):
            task.cancel()
        await asyncio.gather(serving, polling, return_exceptions=True)
    if not box.told:
        assert box.downloads.keys() == {"a", "b"}
    return wire.published


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("fuzz") / "main.db"
    ledger = Ledger(path)
    yield ledger
    ledger.close()


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payload=payloads, target=targets, verb=verbs, retain=st.integers(0, 9).map(lambda n: n == 0))
async def test_one_answer_with_a_code_of_the_contract(
    ledger: Ledger, payload: bytes, target: str, verb: str, retain: bool
) -> None:
    message = Incoming(f"downloads2mqtt/{target}/request/{verb}", payload, retain=retain)
    answer, *rest = await answered(ledger, message)
    assert answer.topic == f"downloads2mqtt/{target}/response/{verb}"
    response = msgspec.json.decode(answer.payload, type=Response)
    if response.error is None:
        assert response.status == "ok"
        assert not retain
    else:
        assert response.error.code in get_args(RequestCode)
        assert 5 <= len(response.error.message) <= 2000
        assert "Traceback" not in response.error.message
    assert [(one.topic, one.payload, one.retain) for one in rest] == (
        [(message.topic, b"", True)] if retain and payload else []
    )
