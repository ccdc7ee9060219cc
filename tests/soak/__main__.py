"""`python -m tests.soak`: runs the soak and prints its report; status 1 when something was wrong."""

import argparse
import asyncio
import logging
import random
import sys
import tempfile
from pathlib import Path

from .soak import Report, Soak


def show(report: Report) -> str:
    """The report for a person."""
    lines = [f"{report.seconds / 60:.1f} minutes"]
    lines += [f"{name}: {figure}" for name, figure in report.figures.items()]
    lines.append("restarts: " + ", ".join(f"{name} {count}" for name, count in sorted(report.restarts.items())))
    lines.append("requests: " + ", ".join(f"{name} {count}" for name, count in sorted(report.requests.items())))
    lines += ["", *(f"WRONG: {fault}" for fault in report.faults)] if report.faults else ["", "Nothing was wrong."]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--folder", type=Path, help="where logs are kept; a temporary folder otherwise")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    for noisy in ("httpx", "aiohttp.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        report = asyncio.run(Soak(options.folder or Path(temporary), options.minutes, options.seed).run())
    print(show(report))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
