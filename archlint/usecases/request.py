"""What a user asked for, before anything was read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Request:
    """The options that all commands share.

    ``config`` holds files and ``key = value`` pairs, as given; ``overrides`` are settings that options
    of their own gave; ``environ`` is where ``ARCHLINT_*`` variables are looked up. ``progress`` is told
    the files done and the files in all. ``ways_out`` asks for the way out of each broken contract.
    """

    paths: tuple[str, ...] = ()
    cwd: str = field(default_factory=os.getcwd)
    project: str | None = None
    config: tuple[str, ...] = ()
    isolated: bool = False
    overrides: Mapping[str, Any] = field(default_factory=dict)
    contracts: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    jobs: int | None = None
    only_touching: bool = False
    no_cache: bool = False
    cache_dir: str | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    progress: Callable[[int, int], None] | None = None
    ways_out: bool = False
