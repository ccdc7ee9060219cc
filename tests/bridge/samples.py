"""Downloads for tests."""

from typing import Any

from hypothesis import strategies as st

from downloads2mqtt.contract.download import STATES, Download


def download(id: str = "a", **fields: Any) -> Download:
    """A download with sensible defaults."""
    defaults: dict[str, Any] = {
        "native_id": id,
        "client": "box",
        "kind": "qbittorrent",
        "protocol": "torrent",
        "name": f"name of {id}",
        "state": "downloading",
        "native_state": "downloading",
        "progress": 10.0,
        "size": 1000,
        "downloaded": 100,
        "download_rate": 50,
        "upload_rate": 0,
        "eta": 18,
    }
    return Download(id=id, **(defaults | fields))


def maybe(numbers: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """These or nothing."""
    return st.none() | numbers


rates = maybe(st.integers(0, 10**9))
downloads = st.builds(
    download,
    id=st.sampled_from("abcdef"),
    name=st.sampled_from(["one", "two", "Ünïcødé / + #"]),
    state=st.sampled_from(STATES),
    progress=maybe(st.integers(0, 1000).map(lambda n: n / 10)),
    size=maybe(st.integers(0, 2**40)),
    downloaded=maybe(st.integers(0, 2**40)),
    download_rate=rates,
    upload_rate=rates,
    eta=rates,
    error=maybe(st.just("disk full")),
    tags=st.lists(st.sampled_from(["x", "y"]), max_size=2).map(tuple),
)
views = st.lists(downloads, max_size=6).map(lambda some: {one.id: one for one in some})
