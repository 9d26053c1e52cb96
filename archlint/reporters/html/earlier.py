"""An earlier report, read from a page or from a JSON report, to compare with."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archlint.errors import ArchlintError
from archlint.reporters.html.data import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REPORT = "archlint-report/1"
_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
MEASURES = ("lines", "afferent", "efferent", "cyclomatic")


class Earlier(Struct, frozen=True):
    """What can be compared: measures of modules, complexity of functions, imports, grades, the system.

    ``name`` is the file's. A name may stand for several functions of a module, in order of place.
    ``imports`` and ``grades`` are None where an old JSON report was read, which did not hold them.
    """

    name: str
    modules: dict[str, dict[str, int]]
    functions: dict[tuple[str, str], list[int]]
    imports: frozenset[tuple[str, str]] | None
    grades: dict[str, float | None] | None
    system: dict[str, Any]


def read_earlier(text: str, name: str) -> Earlier:
    """Return what the file called *name* with *text* says.

    Raises ArchlintError where it is neither a page nor a JSON report of archlint.
    """
    shown = name.replace("\\", "/").rpartition("/")[2]
    found = _DATA.search(text)
    try:
        document = json.loads(found[1] if found else text)
        schema = document["schema"]
        if schema == SCHEMA:
            return from_page(document, shown)
        if schema == REPORT:
            return _from_report(document, shown)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise _not_ours(name) from None
    raise _not_ours(name)


def _not_ours(name: str) -> ArchlintError:
    return ArchlintError(
        f"{name}: not a report that --compare can read; give a file that `archlint report` wrote "
        "with --format html or --format json"
    )


def from_page(document: Mapping[str, Any], name: str) -> Earlier:
    """Return what can be compared of a page's *document*, which is called *name*."""
    modules = document["modules"]
    names = [str(name) for name in modules["name"]]
    measures = {
        module: {what: int(modules[what][number]) for what in MEASURES} for number, module in enumerate(names)
    }
    return Earlier(
        name=name,
        modules=measures,
        functions=_functions(
            (module, row[0], row[3])
            for module, rows in zip(names, document["functions"], strict=True)
            for row in rows
        ),
        imports=_imports(names, document["imports"]),
        grades=_grades(document["grades"]),
        system=_system(document["system"][0]),
    )


def _from_report(document: dict[str, Any], name: str) -> Earlier:
    rows = sorted([*document["functions"], *document["closures"]], key=lambda one: int(one["line"]))
    names = [str(one["name"]) for one in document["modules"]]
    return Earlier(
        name=name,
        modules={
            str(one["name"]): {what: int(one[what]) for what in MEASURES} for one in document["modules"]
        },
        functions=_functions((one["module"], one["name"], one["cyclomatic"]) for one in rows),
        imports=_imports(names, document["imports"]) if "imports" in document else None,
        grades=_grades(document["grades"]) if "grades" in document else None,
        system=_system(document["system"]),
    )


def _imports(names: list[str], imports: Iterable[Iterable[Any]]) -> frozenset[tuple[str, str]]:
    """Return pairs of names; *imports* has for each of *names* rows that begin with the place of another."""
    return frozenset((name, names[row[0]]) for name, rows in zip(names, imports, strict=True) for row in rows)


def _grades(rows: Iterable[dict[str, Any]]) -> dict[str, float | None]:
    return {str(one["challenge"]): _points(one["points"]) for one in rows}


def _functions(rows: Iterable[tuple[Any, Any, Any]]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for module, name, cyclomatic in rows:
        if cyclomatic is not None:
            found.setdefault((str(module), str(name)), []).append(int(cyclomatic))
    return found


def _points(value: Any) -> float | None:
    return None if value is None else float(value)


def _system(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "propagation_cost": float(row["propagation_cost"]),
        "cyclicality": float(row["cyclicality"]),
        "levels": int(row["levels"]),
    }
