"""The benchmark runs and says what it has to; what it measures is no matter for a test."""

import os
from pathlib import Path

import pytest

from tests.journey.lab.suites import Missing

from . import fan_out, report
from .__main__ import QUICK, measure
from .programs import PROGRAMS


@pytest.mark.timeout(120)
async def test_a_quick_run_tells_everything() -> None:
    results = await measure(QUICK)
    assert results["machine"]["cpu"]
    assert results["cycles"].keys() == PROGRAMS.keys()
    for cases in results["cycles"].values():
        assert cases.keys() == report.CASES.keys()
        assert cases["first"]["published"] == QUICK.downloads
        assert cases["unchanged"]["published"] == 0
        assert cases["changed"]["published"] == 100
    assert len(report.aims(results)) >= 4
    assert results["fan_out"].keys() == fan_out.VARIANTS.keys()
    for figures in results["fan_out"].values():
        assert 0 < figures["delivered"] <= 1.0
    sizes = {name: figures["frame_bytes"] for name, figures in results["fan_out"].items()}
    assert sizes["deflated"] < sizes["plain"] / 2
    if "broker" not in results:
        reason = Missing("mosquitto is not installed: run script/programs.")
        pytest.fail(str(reason)) if os.environ.get("REQUIRE_E2E") == "1" else pytest.skip(str(reason))
    assert results["broker"].keys() == {"rate", "first_publish", "memory"}
    text = report.text(results)
    assert all(title in text for title in report.TITLES.values())
    assert len(results["aims"]) == 6


def test_the_section_is_put_at_the_end_and_later_replaced(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# title\n\nwords\n")
    report.write_section(readme, "one\n")
    assert readme.read_text() == f"# title\n\nwords\n\n## Measured\n\n{report.BEGIN}\none\n{report.END}\n"
    readme.write_text(readme.read_text() + "\nmore\n")
    report.write_section(readme, "two \\1\n")
    assert readme.read_text() == f"# title\n\nwords\n\n## Measured\n\n{report.BEGIN}\ntwo \\1\n{report.END}\n\nmore\n"
