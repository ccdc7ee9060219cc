"""The benchmark runs and says what it has to; what it measures is no matter for a test."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.journey.lab.suites import Missing

from . import audience, fan_out, relay_report, report, traffic, transition
from .__main__ import QUICK, measure
from .programs import PROGRAMS
from .table import Aim, aims_table


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
    check_fan_out(results["relay"]["fan_out"])
    if "broker" not in results:
        reason = Missing("mosquitto is not installed: run script/programs.")
        pytest.fail(str(reason)) if os.environ.get("REQUIRE_E2E") == "1" else pytest.skip(str(reason))
    assert results["broker"].keys() == {"rate", "first_publish", "memory"}
    check_transition(results["relay"]["transition"])
    check_traffic(results["relay"]["traffic"]["ways"])
    text = report.text(results)
    assert all(title in text for title in report.TITLES.values())
    for titles in (relay_report.FAN_OUT, relay_report.TRANSITION, relay_report.TRAFFIC):
        assert all(f"| {title} |" in text for title in titles.values())
    assert len(results["aims"]) == 12


def check_fan_out(measured: dict[str, Any]) -> None:
    assert measured["left_out"] == {}
    (crowd,) = measured["crowds"].values()
    variants = crowd["variants"]
    assert variants.keys() == fan_out.VARIANTS.keys()
    for figures in variants.values():
        assert 0.5 < figures["delivered"] <= 1.0
        assert 0 < figures["p50_ms"] <= figures["p99_ms"]
    sizes = {name: figures["frame_bytes"] for name, figures in variants.items()}
    assert all(sizes[pushed] < sizes["plain"] / 2 for pushed in sizes if "deflated" in pushed)
    # What is compared is told the same.
    assert sizes["plain"] == pytest.approx(sizes["aiohttp"], rel=0.05)
    assert sizes["websockets"] == sizes["aiohttp"]


def check_transition(measured: dict[str, Any]) -> None:
    assert measured["variants"].keys() == transition.VARIANTS.keys()
    for cases in measured["variants"].values():
        for figures in cases.values():
            assert figures["came"] == 1
            assert 0 < figures["p50_ms"] <= figures["p99_ms"]
    push, ours = (measured["variants"][name]["beside"]["bytes"] for name in ("websockets", "deflated"))
    assert ours < push


def check_traffic(ways: dict[str, dict[str, float]]) -> None:
    assert ways.keys() == relay_report.TRAFFIC.keys()
    active = {name: figures["active"] for name, figures in ways.items()}
    order = ("deflated", "plain", "naive", "state", "list")
    assert [active[name] for name in order] == sorted(active[name] for name in order)
    assert 0 < ways["state_etag"]["idle"] < ways["state_gzip"]["idle"]
    assert all(ways[name]["idle"] < ways["state_etag"]["idle"] for name in traffic.PUSHED)


def test_a_machine_that_cannot_hold_so_many_readers_says_why() -> None:
    assert audience.why_not(10) is None
    reason = audience.why_not(100_000_000)
    assert reason is not None
    measured = {"crowds": {}, "left_out": {"100000000": reason}}
    assert relay_report.text({"fan_out": measured})[-1] == f"100,000,000 readers were not measured: {reason}."


def test_an_aim_that_is_not_met_says_why() -> None:
    one, other = Aim("this", 2.0, 1, "s", "because"), Aim("that", 0.5, 1, "s", "because")
    *_, missed, met = aims_table([one, other]).splitlines()
    assert missed == "| this | 2 s | < 1 s | **not met**: because |"
    assert met == "| that | 0.5 s | < 1 s | met |"


def test_the_section_is_put_at_the_end_and_later_replaced(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# title\n\nwords\n")
    report.write_section(readme, "one\n")
    assert readme.read_text() == f"# title\n\nwords\n\n## Measured\n\n{report.BEGIN}\none\n{report.END}\n"
    readme.write_text(readme.read_text() + "\nmore\n")
    report.write_section(readme, "two \\1\n")
    assert readme.read_text() == f"# title\n\nwords\n\n## Measured\n\n{report.BEGIN}\ntwo \\1\n{report.END}\n\nmore\n"
