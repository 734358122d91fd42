"""``python -m conformance.report.html results.json``: the report of a run that has been."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from conformance.errors import ConfigurationError
from conformance.exitcode import ExitCode
from conformance.report.escape import visible
from conformance.report.html import write_html


def main(argv: Sequence[str] | None = None) -> int:
    """Returns 0, or 2 after one line that says what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m conformance.report.html", description=__doc__)
    parser.add_argument("results", metavar="RESULTS", type=Path, help="a results.json")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="default: report.html beside RESULTS")
    options = parser.parse_args(argv)
    output: Path = options.output or options.results.with_name("report.html")
    try:
        write_html(options.results, output)
    except ConfigurationError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{output} cannot be written: {error.strerror}")
    sys.stdout.write(f"{output}\n")
    return int(ExitCode.OK)


def _refuse(text: str) -> int:
    sys.stderr.write(f"conformance: {visible(text)}\n")
    return int(ExitCode.USAGE)


if __name__ == "__main__":
    sys.exit(main())
