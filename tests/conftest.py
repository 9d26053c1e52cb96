"""Fixtures for all tests: trees of small files, and the command line run in this process."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from support import REPOSITORY, Outcome, write_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

# A loaded machine is no defect: how long an example takes decides nothing.
settings.register_profile("archlint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("archlint")

# What a developer or a CI may have set, and what would change what is printed.
LOUD = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "CI", "PRE_COMMIT")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what archlint keeps of its own out of the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture
def project(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Return a function that writes files into a directory of its own and returns that directory."""
    root = tmp_path / "project"
    root.mkdir()
    return lambda files: write_tree(root, files)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the top of archlint's own repository."""
    return REPOSITORY


@pytest.fixture
def archlint(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Return a function that runs the console script's entry point in this process.

    ``archlint("check", "--format", "json", cwd=root)`` never raises; it returns an Outcome.
    """
    from archlint.__main__ import main

    for name in LOUD:
        monkeypatch.delenv(name, raising=False)

    def invoke(*arguments: Any, cwd: Path | None = None) -> Outcome:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["archlint", *map(str, arguments)])
            if cwd is not None:
                patch.chdir(cwd)
            capsys.readouterr()
            code = main()
        said = capsys.readouterr()
        return Outcome(int(code), said.out, said.err)

    return invoke
