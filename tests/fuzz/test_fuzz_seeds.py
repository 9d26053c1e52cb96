"""The seeds of the coverage-guided fuzzing, among them every input that once broke something."""

from __future__ import annotations

from pathlib import Path

import pytest
from targets import TARGETS

SEEDS = Path(__file__).parent / "seeds"
CASES = sorted(path for path in SEEDS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("seed", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_seed_breaks_no_promise(seed: Path) -> None:
    TARGETS[seed.parent.name](seed.read_bytes())


def test_every_target_has_seeds_and_every_seed_a_target() -> None:
    assert {path.parent.name for path in CASES} == set(TARGETS)
