"""How many cases the fuzz tests run: a few by default, many with ``ARCHLINT_FUZZ=thorough``."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

THOROUGH = os.environ.get("ARCHLINT_FUZZ") == "thorough"


def cases(few: int, many: int) -> settings:
    """Return the settings for *few* cases, or *many* of them."""
    return settings(
        max_examples=many if THOROUGH else few,
        deadline=None,
        derandomize=not THOROUGH,
        suppress_health_check=list(HealthCheck),
    )
