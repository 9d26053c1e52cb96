"""What one file says, independent of where it stands: all that parsing hands on.

Facts are immutable ``msgspec`` structs, so that they travel between processes and into the cache as
compact arrays. Lines and columns count from 1; columns count characters, not bytes.
"""

from __future__ import annotations

from enum import IntFlag
from typing import Literal

from msgspec import Struct


class Flag(IntFlag):
    """The circumstances of an import; no flag at all means eager."""

    EAGER = 0
    TYPE_CHECKING = 1
    DEFERRED = 2
    CONDITIONAL = 4
    LAZY = 8


FLAG_NAMES: dict[str, Flag] = {
    "conditional": Flag.CONDITIONAL,
    "deferred": Flag.DEFERRED,
    "lazy": Flag.LAZY,
    "type-checking": Flag.TYPE_CHECKING,
}
EDGE_KINDS: tuple[str, ...] = ("eager", *FLAG_NAMES)
IMPORT_TIME: tuple[str, ...] = ("eager", "conditional")


def flag_names(flags: int) -> list[str]:
    """Return the names of the set *flags*, sorted; none for an eager import."""
    return [name for name, flag in FLAG_NAMES.items() if flags & flag]


# --- facts: what one file says, independent of where it stands -------------------------------


class ImportedName(Struct, frozen=True, array_like=True):
    """One name of an import statement.

    ``name`` is the dotted module of ``import a.b``, the attribute of ``from x import name``,
    or ``*``. The position is that of the name.
    """

    name: str
    alias: str | None
    line: int
    column: int


class ImportStatement(Struct, frozen=True, array_like=True):
    """One import statement as written.

    For ``import a, b`` ``is_from`` is false and ``module`` empty. For ``from ..x import y``
    ``level`` is 2 and ``module`` is ``x`` (empty for ``from . import y``). ``scope`` is the
    qualified name of the enclosing function or class, empty at the top of the module.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    is_from: bool
    level: int
    module: str
    names: tuple[ImportedName, ...]
    flags: int
    scope: str = ""


DefinitionKind = Literal["class", "function", "method", "closure"]


class Definition(Struct, frozen=True, array_like=True):
    """A class or function with its span; ``line`` is that of ``def`` or ``class``.

    ``name`` is qualified (``Session.flush``, ``outer.inner``; no ``<locals>``). ``bases`` and
    ``decorators`` are dotted names as written, calls and subscripts stripped.
    """

    kind: DefinitionKind
    name: str
    line: int
    column: int
    end_line: int
    bases: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()


class Use(Struct, frozen=True, array_like=True):
    """A read of a name that an import of this module binds, with the attributes behind it.

    ``chain`` is as written (``os.environ.get``). ``annotation`` is true inside annotations. ``free`` is
    true of a name that nothing in the file binds: one of ``BUILT_IN``, or what ``import *`` may bring.
    """

    chain: str
    line: int
    column: int
    annotation: bool = False
    free: bool = False


class Assigned(Struct, frozen=True, array_like=True):
    """An assignment ``name = chain`` at the top of a module, of what an import or one of ``BUILT_IN`` gives.

    ``line`` and ``free`` are those of the ``Use`` that the right side is.
    """

    name: str
    chain: str
    line: int
    free: bool = False


# The built-in functions whose uses are facts: those that a boundary may keep to some modules.
BUILT_IN = frozenset(
    {"__import__", "breakpoint", "compile", "eval", "exec", "exit", "input", "open", "print", "quit"}
)


class FunctionComplexity(Struct, frozen=True, array_like=True):
    """A function's cyclomatic complexity as radon counts it.

    ``name`` is radon's ``fullname``; closures and methods of inner classes, which radon does not
    list by itself, are prefixed with their owner's name and have ``listed`` false.
    ``cyclomatic`` is None where it could not be measured, and ``reason`` then says why.
    """

    name: str
    line: int
    column: int
    end_line: int
    cyclomatic: int | None
    listed: bool = True
    reason: str | None = None


class FunctionShape(Struct, frozen=True, array_like=True):
    """Size and shape of a function; ``name`` is that of its ``FunctionComplexity``.

    ``code`` is its lines that are neither blank, comment nor docstring, from ``def`` on. ``parameters``
    leaves out ``self`` and ``cls``, ``*args`` and ``**kwargs``; ``keyword_only`` says how many of them
    have to be named. ``nesting`` is the largest number of blocks inside each other, ``cognitive``
    SonarSource's cognitive complexity. ``inner`` is true inside another function, whose cognitive
    complexity then counts this one's.
    """

    name: str
    line: int
    column: int
    end_line: int
    code: int
    parameters: int
    keyword_only: int
    nesting: int
    cognitive: int
    inner: bool = False
    decorators: tuple[str, ...] = ()


class ClassShape(Struct, frozen=True, array_like=True):
    """Size and shape of a class; ``name`` is qualified.

    ``code`` counts as for a function. ``methods`` are the distinct names of its methods in order,
    ``groups`` the methods that work on the instance, constructors aside, by what they share (LCOM4):
    each group sorted, the largest first. ``neighbours`` are the top classes of the same file that are
    named inside it.
    """

    name: str
    line: int
    column: int
    end_line: int
    code: int
    methods: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    neighbours: tuple[str, ...] = ()


class Shapes(Struct, frozen=True, array_like=True):
    """The shapes of a file's functions and classes, by place, and its lines of code."""

    functions: tuple[FunctionShape, ...] = ()
    classes: tuple[ClassShape, ...] = ()
    code: int = 0


class Suppression(Struct, frozen=True, array_like=True):
    """An inline ``# archlint: ignore[...] -- reason`` comment.

    ``first`` to ``last`` are the lines that it covers; a whole-file one has ``first`` 0.
    ``malformed`` says what is wrong with a comment that could not be read, else None.
    ``targets`` narrow it to imports of names that end so, and ``contracts`` to contracts of these types;
    empty for all.
    """

    line: int
    column: int
    rules: tuple[str, ...]
    reason: str
    first: int
    last: int
    malformed: str | None = None
    targets: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()


class Failure(Struct, frozen=True, array_like=True):
    """Why a file was not analysed: one of the ARC9xx codes, a place and one line of reason."""

    code: str
    line: int
    column: int
    reason: str


class Rename(Struct, frozen=True, array_like=True):
    """What becomes of *name* in the import at a line and column: *alias*, None where it stays inside."""

    line: int
    column: int
    name: str
    alias: str | None


class ModuleSummary(Struct, frozen=True, array_like=True):
    """What every run needs of a file besides its imports.

    ``measured_from`` is the cyclomatic complexity from which on ``complexity`` is complete
    (functions that cannot reach it are left out; 0 means that all are there).
    ``reader`` is ``outline`` where the C parser located the imports and LibCST read them, and
    ``whole`` where LibCST read the whole file. ``exports`` is ``__all__`` where it is a literal.
    ``doc`` is the first line of the docstring. ``maintainability`` is radon's index, measured only
    where all functions are. ``shaped`` is true where the full facts have ``shapes``, if the running
    Python can parse the file at all. ``renames`` are the names that ``from`` imports bind on load under
    another name, or, where there is no alias, only inside a class.
    """

    complexity: tuple[FunctionComplexity, ...] = ()
    measured_from: int = 0
    suppressions: tuple[Suppression, ...] = ()
    exports: tuple[str, ...] | None = None
    doc: str = ""
    lines: int = 0
    generated: bool = False
    reader: Literal["outline", "whole", "none"] = "outline"
    failure: Failure | None = None
    maintainability: float | None = None
    shaped: bool = False
    renames: tuple[Rename, ...] = ()

    @property
    def cyclomatic(self) -> int:
        """The sum over the functions and methods that radon lists, as far as they were measured."""
        return sum(one.cyclomatic or 0 for one in self.complexity if one.listed)


class ModuleFacts(ModuleSummary, frozen=True, array_like=True):
    """All that one file says.

    ``shapes`` is None where they were not asked for, or could not be measured.
    """

    imports: tuple[ImportStatement, ...] = ()
    definitions: tuple[Definition, ...] = ()
    uses: tuple[Use, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    shapes: Shapes | None = None

    def summary(self) -> ModuleSummary:
        """Return the facts without the long lists."""
        return ModuleSummary(*(getattr(self, name) for name in ModuleSummary.__struct_fields__))
