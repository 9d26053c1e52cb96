"""Real packages, downloaded as wheels and unpacked; never installed, never imported."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

# Pinned: what archlint says of them must not change by itself. The last is large and asked for by name.
WHEELS = {
    "flask": "flask==3.1.2",
    "celery": "celery==5.5.3",
    "sqlalchemy": "sqlalchemy==2.0.44",
    "django": "django==5.2.8",
    "homeassistant": "homeassistant==2025.1.4",
}
LARGE = {"homeassistant"}
EVERYTHING = "ARCHLINT_REALCODE_ALL"
KEPT = "ARCHLINT_REALCODE_DIR"


def chosen() -> list[str]:
    """Return the packages to run on: the large ones only where the environment asks for them."""
    return [name for name in WHEELS if name not in LARGE or os.environ.get(EVERYTHING)]


def unpacked(name: str) -> Path:
    """Return the directory that holds the package *name*, downloaded where it is not there yet."""
    kept = Path(os.environ.get(KEPT) or Path(tempfile.gettempdir()) / "archlint-realcode")
    place = kept / WHEELS[name].replace("==", "-")
    if not (place / name).is_dir():
        _unpack(WHEELS[name], place)
    return place


def _unpack(requirement: str, place: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        download += ["--no-deps", "--only-binary", ":all:", "--ignore-requires-python", "--dest", scratch]
        done = subprocess.run([*download, requirement], check=False, capture_output=True, text=True)
        if done.returncode:
            reason = f"{requirement} could not be downloaded: {done.stderr.strip().splitlines()[-1]}"
            # A developer may be offline; in CI a skip would pass for evidence.
            (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
        with zipfile.ZipFile(next(Path(scratch).glob("*.whl"))) as wheel:
            wheel.extractall(place)
