"""A repository with a scripted history, made by git with nobody's settings but its own."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support import write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (
        ("NAME", "Ann"),
        ("EMAIL", "ann@example.org"),
        ("DATE", "2024-05-01T12:00:00+00:00"),
    )
}


@dataclass(frozen=True)
class World:
    """A git repository at *root*."""

    root: Path

    def git(self, *arguments: str, check: bool = True) -> str:
        """Run git and return what it printed."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        quiet = {**_WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**kept, **quiet},
            check=check,
            capture_output=True,
            text=True,
        )
        return done.stdout + done.stderr

    def write(self, files: Mapping[str, str | None]) -> None:
        """Write *files*; None removes one."""
        for path, text in files.items():
            if text is None:
                (self.root / path).unlink()
        write_tree(self.root, {path: text for path, text in files.items() if text is not None})

    def commit(self, files: Mapping[str, str | None] | None = None, *, tag: str | None = None) -> None:
        """Write *files* and commit everything; *tag* names the commit."""
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", tag or "more")
        if tag:
            self.git("tag", tag)


def new_world(root: Path) -> World:
    """Return an empty repository at *root*, its branch called ``main``."""
    root.mkdir(parents=True, exist_ok=True)
    world = World(root)
    world.git("init", "-q", "-b", "main")
    return world
