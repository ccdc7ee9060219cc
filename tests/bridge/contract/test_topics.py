"""Topics: only what the contract allows can be built, and what was built can be taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downloads2mqtt.contract.topics import ANY, TABLE, Topics, download_id, level
from downloads2mqtt.errors import TopicError

LEVELS = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
TOPICS = Topics()


@pytest.mark.parametrize("text", ["a", "A-z_09", "x" * 64, "-", "0"])
def test_what_can_be_a_level(text: str) -> None:
    assert level(text) == text


@pytest.mark.parametrize("text", ["", "x" * 65, "a b", "a/b", "+", "#", "a.b", "ä", "a\n", "\n", "a\x00", "$SYS", "١"])
def test_what_cannot_be_a_level(text: str) -> None:
    with pytest.raises(TopicError, match="cannot be a topic level: use 1 to 64 of A-Z a-z 0-9 _ -"):
        level(text)


@given(st.text(max_size=80))
def test_no_text_makes_a_topic_with_other_levels_than_meant(text: str) -> None:
    try:
        built = TOPICS.download(text, "id")
    except TopicError:
        return
    assert TOPICS.split(built) == ("client", text, "download", "id")


def test_every_topic_of_the_table_can_be_built() -> None:
    built = {
        TOPICS.bridge("b", "state"): "bridge/<bridge>/state",
        TOPICS.bridge("b", "info"): "bridge/<bridge>/info",
        TOPICS.bridge("b", "health"): "bridge/<bridge>/health",
        TOPICS.bridge_request("b", "add"): "bridge/<bridge>/request/<verb>",
        TOPICS.bridge_request("b", "add", "response"): "bridge/<bridge>/response/<verb>",
        TOPICS.client("c", "status"): "client/<client>/status",
        TOPICS.client("c", "stats"): "client/<client>/stats",
        TOPICS.client("c", "event"): "client/<client>/event",
        TOPICS.download("c", "i"): "client/<client>/download/<id>",
        TOPICS.client_request("c", "add"): "client/<client>/request/<verb>",
        TOPICS.client_request("c", "add", "response"): "client/<client>/response/<verb>",
        TOPICS.notification(): "notification",
        TOPICS.notification("u"): "notification/<user>",
    }
    assert set(built.values()) == {row.topic for row in TABLE}
    names = {"<bridge>": "b", "<client>": "c", "<verb>": "add", "<id>": "i", "<user>": "u"}
    for topic, pattern in built.items():
        assert topic == "downloads2mqtt/" + "/".join(names.get(part, part) for part in pattern.split("/"))


def test_the_table_says_how_each_is_sent() -> None:
    assert {row.topic for row in TABLE if row.retained} == {
        "bridge/<bridge>/state",
        "bridge/<bridge>/info",
        "bridge/<bridge>/health",
        "client/<client>/status",
        "client/<client>/stats",
        "client/<client>/download/<id>",
    }
    assert {row.topic for row in TABLE if row.qos == 0} == {"bridge/<bridge>/health", "client/<client>/stats"}
    assert {row.qos for row in TABLE} == {0, 1}


def test_any_makes_filters_and_no_text_is_taken_for_it() -> None:
    assert TOPICS.download(ANY, ANY) == "downloads2mqtt/client/+/download/+"
    assert TOPICS.bridge(ANY, "state") == "downloads2mqtt/bridge/+/state"
    assert TOPICS.client_request("c", ANY) == "downloads2mqtt/client/c/request/+"
    assert TOPICS.notification(ANY) == "downloads2mqtt/notification/+"
    for build in (TOPICS.bridge, TOPICS.client, TOPICS.bridge_request, TOPICS.client_request):
        with pytest.raises(TopicError):
            build("+", "state")
        with pytest.raises(TopicError):
            build("c", "#")
    with pytest.raises(TopicError):
        TOPICS.notification("+")


@given(st.lists(LEVELS, min_size=1, max_size=3), LEVELS, LEVELS)
def test_a_base_of_several_levels(base: list[str], client: str, id: str) -> None:
    topics = Topics("/".join(base))
    assert topics.split(topics.download(client, id)) == ("client", client, "download", id)


@pytest.mark.parametrize("base", ["", "/", "a/", "/a", "a//b", "a/+", "#", "a b"])
def test_what_cannot_be_a_base(base: str) -> None:
    with pytest.raises(TopicError):
        Topics(base)


@pytest.mark.parametrize(
    "topic", ["", "downloads2mqtt", "downloads2mqttx/client", "other/client/a", "x/downloads2mqtt/a"]
)
def test_topics_of_others(topic: str) -> None:
    with pytest.raises(TopicError, match="is not below downloads2mqtt"):
        TOPICS.split(topic)


def test_ids_that_fit_stay() -> None:
    for id in ("6f1d" * 10, "SABnzbd_nzo_abc-1", "7", "x" * 64):
        assert download_id(id) == id


def test_ids_that_do_not_fit_become_a_digest() -> None:
    assert download_id("") == "xe3b0c44298fc1c149afbf4c8996fb92427ae41e4"
    assert download_id("a/b") == "xc14cddc033f64b9dea80ea675cf280a015e672516"[:41]


@given(st.text(max_size=200))
def test_every_id_becomes_a_level(id: str) -> None:
    assert level(download_id(id)) == download_id(id)


@given(st.text(max_size=80), st.text(max_size=80))
def test_two_ids_never_meet(one: str, other: str) -> None:
    assert (download_id(one) == download_id(other)) is (one == other)
