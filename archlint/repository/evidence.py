"""How the files of a project import each other, from a glance at a bounded number of them.

Decides what no manifest says: whether ``backend/`` is a package (``import backend.app``) or the place
that packages are imported from (``import app``).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from archlint.repository.filenames import file_kind, module_stem
from archlint.repository.paths import join, lies_in, parent
from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.repository.walk import Folder, Tree

_MOST_FILES = 400
_LARGEST = 1 << 20
_GLANCE = 1 << 15
# The bound on the parenthesised part keeps the search linear on hostile text.
_IMPORT = re.compile(
    rb"^[ \t]*(?:import[ \t]+([^\n#;]+)"
    rb"|from[ \t]+([A-Za-z_][\w.]*)[ \t]+import[ \t]*(\([^)]{0,2000}|[^\n#;]*))",
    re.MULTILINE,
)
_RELATIVE = re.compile(rb"^[ \t]*from[ \t]*\.", re.MULTILINE)
_WORD = re.compile(rb"[A-Za-z_][\w.]*")

Target = tuple[str, str]
Verdict = Literal["source", "namespace"]


@dataclass(slots=True)
class Evidence:
    """The import targets of the files in *directories*; read when the first question is asked."""

    tree: Tree
    folders: Sequence[Folder]
    by_file: dict[str, frozenset[Target]] = field(default_factory=dict)
    pairs: Counter[Target] = field(default_factory=Counter)
    tops: Counter[str] = field(default_factory=Counter)
    is_read: bool = False

    def verdict(self, directory: str, siblings: frozenset[str]) -> Verdict | None:
        """Tell what *directory*, which has no ``__init__.py``, is; None if nothing imports from it.

        *siblings* are the names that are importable beside it and so prove nothing.
        """
        name = directory.rpartition("/")[2]
        inside = importable_names(self.tree, directory)
        alone = inside - siblings - sys.stdlib_module_names - {name}
        # ``shop/shop/``: only the second component tells which of the two is imported.
        within = importable_names(self.tree, join(directory, name)) if name in inside else frozenset()
        self.targets()
        below = _weight(self.pairs[name, second] for second in inside)
        bare = _weight(self.tops[top] for top in alone)
        deeper = _weight(self.pairs[name, second] for second in within - inside)
        against = (bare[0] + deeper[0], bare[1] + deeper[1])
        if below == against == (0, 0):
            return None
        return "namespace" if below >= against else "source"

    def imports_beside_itself(self, folder: Folder) -> bool:
        """Tell whether a file right in *folder* imports another one there by its bare name, as scripts do."""
        names = importable_names(self.tree, folder.path) - sys.stdlib_module_names
        here = (targets for path, targets in self.targets().items() if parent(path) == folder.path)
        return any(top in names for targets in here for top, _ in targets)

    def is_private(self, directory: str) -> bool:
        """Tell whether the files in *directory* import at least as much of it as others do.

        Files beside which there is a module of the same name import that one.
        """
        names = importable_names(self.tree, directory) - sys.stdlib_module_names
        inside: Counter[str] = Counter()
        outside: Counter[str] = Counter()
        for path, targets in self.targets().items():
            meant = names.intersection(top for top, _ in targets)
            if meant and lies_in(path, directory):
                inside.update(meant)
            elif meant:
                outside.update(meant - importable_names(self.tree, parent(path)))
        return _weight(inside.values()) >= _weight(outside.values())

    def imported_by(self, directories: Sequence[str]) -> frozenset[Target]:
        """Return what the files in *directories* (or files) import."""
        found: set[Target] = set()
        for path, targets in self.targets().items():
            if any(lies_in(path, directory) for directory in directories):
                found |= targets
        return frozenset(found)

    def targets(self) -> dict[str, frozenset[Target]]:
        """Return, by file, the first two components of every absolute import."""
        if not self.is_read:
            self.is_read = True
            for path in _sample(self.folders):
                targets = frozenset(_targets(_glance(self.tree, path)))
                self.by_file[path] = targets
                self.pairs.update(targets)
                self.tops.update({top for top, _ in targets})
        return self.by_file


def _weight(files: Iterable[int]) -> tuple[int, int]:
    """Return how many names are imported, and by how many files in all.

    Different names weigh more than many imports of one, which a third-party package may share.
    """
    counts = [count for count in files if count]
    return len(counts), sum(counts)


def importable_names(tree: Tree, directory: str) -> frozenset[str]:
    """Return the names that can be imported from *directory*: its modules, and directories with code."""
    folder = tree.folders.get(directory)
    if folder is None:
        return frozenset()
    stems = {module_stem(name) for name in folder.files if file_kind(name) is not None}
    below = {name for name in folder.folders if tree.holds_code(join(directory, name))}
    return frozenset((stems | below) - {None, "__init__"})  # type: ignore[arg-type]


def uses_relative_imports(tree: Tree, folder: Folder) -> bool:
    """Tell whether a file right in *folder* imports relatively, as only a package's modules can."""
    files = sorted(name for name in folder.files if name.endswith(".py"))
    return any(_RELATIVE.search(_glance(tree, join(folder.path, name))) for name in files[:_MOST_FILES])


def _sample(folders: Sequence[Folder]) -> list[str]:
    """Choose files evenly over the whole project, the same ones every time."""
    paths = [
        join(folder.path, name) for folder in folders for name in sorted(folder.files) if name.endswith(".py")
    ]
    step = max(1, -(-len(paths) // _MOST_FILES))
    return paths[::step]


def _glance(tree: Tree, path: str) -> bytes:
    try:
        return read(join(tree.root, path), _LARGEST)[:_GLANCE]
    except Unreadable:
        return b""


def _targets(text: bytes) -> Iterator[Target]:
    for plain, module, names in _IMPORT.findall(text):
        if plain:
            yield from map(_first_two, _words(plain))
        elif b"." in module:
            yield _first_two(module.decode())
        else:
            yield from ((module.decode(), name) for name in _words(names.lstrip(b"(")) or [""])


def _words(text: bytes) -> list[str]:
    """Return the first word of each part between commas: the names, without their aliases."""
    found = (_WORD.match(part.strip()) for part in text.split(b","))
    return [word.group().decode() for word in found if word]


def _first_two(dotted: str) -> Target:
    top, _, rest = dotted.partition(".")
    return top, rest.partition(".")[0]
