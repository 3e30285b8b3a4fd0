"""The mock beside WireMock, MockServer and Prism: `python tests/benchmarks/peers --help`.

Everything happens on loopback, every wait is bounded, and whatever ends the run ends its processes.
"""

import argparse
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

from findings import Findings
from install import Installed, install
from measurement import PARTS, Measurement
from size import FULL, QUICK
from table import tables, write_into

LIMIT_S = 30 * 60
"""The whole run; the full size takes half of it."""

DOCUMENT = Path(__file__).parents[3] / "docs" / "performance.md"


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/benchmarks/peers", description=__doc__)
    parser.add_argument("--full", action="store_true", help="measure for figures, not for a look")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {DOCUMENT}")
    parser.add_argument(
        "--peers", type=Path, metavar="FOLDER", help="keep the peers there, or find them there"
    )
    parser.add_argument(
        "--alone", action="store_true", help="only the mock and the control, no npm and no Java"
    )
    parser.add_argument(
        "--part", action="append", choices=list(PARTS), help="only this; may be given repeatedly"
    )
    return parser.parse_args()


def give_up(number: int, frame: FrameType | None) -> None:
    """End as on Ctrl-C, so that every context ends in order."""
    raise KeyboardInterrupt


def main() -> int:
    options = read_options()
    signal.signal(signal.SIGTERM, give_up)
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LIMIT_S)
    findings = Findings()
    with tempfile.TemporaryDirectory(prefix="peers-") as temporary:
        folder = Path(temporary)
        try:
            place = (options.peers or folder / "npm").resolve()
            installed = Installed() if options.alone else install(place)
            findings.versions, findings.missing = installed.versions, installed.missing
            size = FULL if options.full else QUICK
            Measurement(installed, size, folder, findings).run(options.part or list(PARTS))
        except KeyboardInterrupt:
            print("stopped", file=sys.stderr)  # noqa: T201
            return 130
    text = tables(findings, full=options.full)
    print(text)  # noqa: T201
    if options.write:
        write_into(DOCUMENT, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
