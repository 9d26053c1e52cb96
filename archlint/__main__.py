"""The way in for the console script and for ``python -m archlint``."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line and return its exit code."""
    # `python -m` puts the working directory, which may be hostile, on the path.
    if sys.path and sys.path[0] == "":
        del sys.path[0]
    from archlint.cli.boundary import bounded  # noqa: PLC0415

    # A run is short and what it reads stays to its end: collecting garbage would only walk it.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return bounded(_run)
    finally:
        if collecting:
            gc.enable()


def _run() -> int:
    from archlint.cli.fast import answered  # noqa: PLC0415

    code = answered(sys.argv[1:])
    if code is not None:
        return code
    from archlint.cli.main import run  # noqa: PLC0415 (click, and what it needs)

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
