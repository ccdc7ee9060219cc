"""What the README says is generated where it can be."""

from pathlib import Path

from downloads2mqtt.contract.topics import TABLE, Row

README = Path(__file__).parents[2] / "README.md"


def test_the_topic_table_is_the_contracts() -> None:
    table = README.read_text().partition("<!-- topics:begin -->\n")[2].partition("<!-- topics:end -->")[0]
    assert table == topic_table()


def topic_table() -> str:
    """The contract's table as Markdown."""
    head = "| topic below `downloads2mqtt/` | retained | QoS | payload | says |\n|---|---|---|---|---|\n"
    return head + "".join(_line(row) for row in TABLE)


def _line(row: Row) -> str:
    payload = row.payload if isinstance(row.payload, str) else f"`{row.payload.__name__}`"
    return f"| `{row.topic}` | {'yes' if row.retained else 'no'} | {row.qos} | {payload} | {row.meaning} |\n"
