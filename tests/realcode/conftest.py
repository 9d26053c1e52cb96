"""Each of the real packages."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import grimp
import pytest
from real_wheels import chosen, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="session", params=chosen())
def package(request: pytest.FixtureRequest) -> tuple[str, Path]:
    """Return the name of a package and the directory that holds it."""
    return request.param, unpacked(request.param)


@pytest.fixture
def grimps(package: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., grimp.ImportGraph]:
    """Return a function that returns grimp's graph of the same package, with external packages or without."""
    name, place = package
    monkeypatch.syspath_prepend(str(place))

    def build(*, external: bool) -> grimp.ImportGraph:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return grimp.build_graph(name, include_external_packages=external, cache_dir=None)

    return build


@pytest.fixture
def peer(grimps: Callable[..., grimp.ImportGraph]) -> grimp.ImportGraph:
    """Return grimp's graph of the same package with its external packages."""
    return grimps(external=True)
