"""Whatever was edited since, a run that remembers says what a run that remembers nothing says."""

from __future__ import annotations

import os
import random
import subprocess
from typing import TYPE_CHECKING

import pytest
from support import write_tree

from archlint.repository import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support import Outcome

STEPS = int(os.environ.get("ARCHLINT_STEPS", "30"))
SEEDS = range(int(os.environ.get("ARCHLINT_SEEDS", "2")))
NAMES = tuple(f"shop.{word}" for word in ("a", "b", "c", "sub", "sub.x", "sub.y", "gone", "new.z"))
LINES = (
    "import {name}",
    "import {name}  # archlint: ignore[ARC201] -- known",
    "import {name}  # archlint: ignore[ARC101]",
    "from shop import {last}",
    "from . import {last}",
    "def late():\n    import {name}",
    "if TYPE_CHECKING:\n    import {name}",
    "def f(a):\n" + "    if a: pass\n" * 18,
    "def broken(:",
    "x = 1",
    "# archlint: file-ignore[ARC301] -- generated",
    "import os, {name}",
)
CONFIGURATIONS = (
    "",
    "exclude = ['shop/sub']\n",
    "select = ['ARC201', 'ARC9']\n",
    "include-tests = true\n",
    "max-file-size = 60\n",
    "[rules.complex-function]\nmax-cyclomatic = 3\n",
    '[[contracts]]\nname = "L"\ntype = "layers"\nlayers = ["shop.a", "shop.b"]\n',
    '[[contracts]]\nname = "L"\ntype = "layers"\nlayers = ["shop.b", "shop.a"]\nwhy = "so"\n',
    "evil = 1\n",
)
COMMANDS = (
    ("check",),
    ("check", "--format", "json"),
    ("check", "--format", "full", "shop/sub"),
    ("graph",),
    ("report", "--format", "json"),
    ("impact", "shop", "--format", "json"),
)


class Editor:
    """Edits a tree at random, as people and their tools do."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root = root
        self.chance = chance
        self.done: list[str] = []

    def step(self) -> None:
        """Make one edit."""
        edit = self.chance.choice(EDITS)
        self.done.append(edit.__name__)
        edit(self)

    def source(self) -> str:
        lines = []
        for _ in range(self.chance.randrange(4)):
            name = self.chance.choice(NAMES)
            lines.append(
                self.chance.choice(LINES).replace("{name}", name).replace("{last}", name.split(".")[-1])
            )
        return "\n".join((*lines, ""))

    def some_file(self) -> Path:
        files = sorted(
            path for path in self.root.rglob("*.py*") if path.is_file() and path.suffix in (".py", ".pyi")
        )
        return self.chance.choice(files) if files else self.root / "shop" / "a.py"

    def write(self) -> None:
        path = self.some_file()
        path.parent.mkdir(exist_ok=True)
        path.write_text(self.source())

    def append(self) -> None:
        with self.some_file().open("a") as file:
            file.write(self.source())

    def add(self) -> None:
        name = self.chance.choice(NAMES).replace(".", "/") + self.chance.choice(
            (".py", ".py", ".pyi", "/__init__.py")
        )
        write_tree(self.root, {name: self.source()})

    def remove(self) -> None:
        self.some_file().unlink(missing_ok=True)

    def rename(self) -> None:
        path = self.some_file()
        if path.exists():
            path.rename(
                path.with_name(self.chance.choice(("a.py", "b.py", "q.py", "__init__.py", "not a module.py")))
            )

    def touch(self) -> None:
        self.some_file().touch()

    def backdate(self) -> None:
        """Write other text of the same size, and put the old time back."""
        path = self.some_file()
        if not path.exists():
            return
        status, text = path.stat(), path.read_text()
        path.write_text(
            text.replace("shop.a", "shop.b") if "shop.a" in text else text.replace("shop.b", "shop.c")
        )
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def swap(self) -> None:
        one, other = self.some_file(), self.some_file()
        if one.exists() and other.exists() and one != other:
            spare = self.root / "spare"
            one.rename(spare)
            other.rename(one)
            spare.rename(other)

    def configure(self) -> None:
        (self.root / "archlint.toml").write_text(self.chance.choice(CONFIGURATIONS))

    def declare(self) -> None:
        name = self.chance.choice(("shop", "other"))
        text = self.chance.choice(
            (f'[project]\nname = "{name}"\n', "", "[tool.archlint]\nselect = ['ARC9']\n")
        )
        (self.root / "pyproject.toml").write_text(text)
        if self.chance.random() < 0.5:
            (self.root / "archlint.toml").unlink(missing_ok=True)

    def ignore(self) -> None:
        place = self.chance.choice(("", "shop/"))
        write_tree(self.root, {f"{place}.gitignore": self.chance.choice(("", "b.py\n", "sub/\n", "*.pyi\n"))})

    def link(self) -> None:
        path = self.root / "shop" / self.chance.choice(("linked.py", "linked"))
        path.unlink(missing_ok=True)
        path.symlink_to(self.chance.choice(("a.py", "b.py", "sub", "nowhere")))

    def nothing(self) -> None:
        """Leave the tree as it is."""


EDITS = (
    *(Editor.write, Editor.write, Editor.append, Editor.append, Editor.add, Editor.remove, Editor.rename),
    *(Editor.touch, Editor.backdate, Editor.backdate, Editor.swap, Editor.configure, Editor.declare),
    *(Editor.write, Editor.append, Editor.backdate, Editor.touch, Editor.nothing, Editor.nothing),
    *(Editor.ignore, Editor.link, Editor.nothing, Editor.nothing),
)


@pytest.mark.parametrize("git", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("racy", [snapshot.RACY_NS, 12_000_000])
def test_warm_equals_cold(
    tmp_path: Path,
    archlint: Callable[..., Outcome],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    git: bool,
    racy: int,
) -> None:
    """The clock of files ticks every few milliseconds: waiting so long, not two seconds, is safe here."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(snapshot, "RACY_NS", racy)
    monkeypatch.setattr(snapshot, "TICK_NS", min(racy, snapshot.TICK_NS))
    root = write_tree(
        tmp_path / "tree",
        {
            "shop/__init__.py": "",
            "shop/a.py": "import shop.b\n",
            "shop/b.py": "import shop.sub.x\n",
            "shop/sub/__init__.py": "",
            "shop/sub/x.py": "from shop import a\n",
            "tests/test_shop.py": "import shop.a\n",
        },
    )
    if git:
        subprocess.run(["git", "init", "-q", root], check=True)
    editor = Editor(root, random.Random(f"{seed} {git} {racy}"))
    for _ in range(STEPS):
        editor.step()
        command = editor.chance.choice(COMMANDS)
        warm = archlint(*command, cwd=root)
        cold = archlint(*command, "--no-cache", cwd=root)
        assert warm == cold, (seed, editor.done, command)
