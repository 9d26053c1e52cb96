"""What is different from an earlier report: the ``changes`` of the page's document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.reporters.html.earlier import MEASURES
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.reporters.html.earlier import Earlier

SYSTEM = (
    ("Propagation cost", "propagation_cost", True),
    ("Modules in cycles of any kind", "cyclicality", True),
    ("Levels", "levels", False),
)
SIMPLE = 10
NO_IMPORTS = (
    "The compared file lists neither imports nor grades: an earlier archlint wrote it. "
    "Compare with a later report to see which imports came and went."
)


def changes(document: Mapping[str, Any], earlier: Earlier) -> dict[str, Any]:
    """Return what *document* has changed since *earlier*.

    Modules are named by their position in the document, those that are gone by name.
    """
    names: list[str] = document["modules"]["name"]
    number = {name: position for position, name in enumerate(names)}
    new, gone = _imports(document, number, earlier)
    return {
        "against": safe(earlier.name),
        "notes": [] if earlier.imports is not None else [NO_IMPORTS],
        "modules_new": [position for name, position in number.items() if name not in earlier.modules],
        "modules_gone": [safe(name) for name in sorted(earlier.modules.keys() - number.keys())],
        "modules_moved": _moved(document["modules"], earlier),
        "imports_new": new,
        "imports_gone": gone,
        "functions_moved": _functions(document, earlier),
        "grades": _grades(document, earlier),
        "system": [
            [label, earlier.system[what], document["system"][0][what], share] for label, what, share in SYSTEM
        ],
    }


def _moved(modules: Mapping[str, list[Any]], earlier: Earlier) -> list[dict[str, int]]:
    """Return, for each module with another number than before, the numbers that it had."""
    found = []
    for position, name in enumerate(modules["name"]):
        before = earlier.modules.get(name)
        if before and any(before[what] != modules[what][position] for what in MEASURES):
            found.append({"module": position, **before})
    return found


def _imports(
    document: Mapping[str, Any], number: Mapping[str, int], earlier: Earlier
) -> tuple[list[list[int]] | None, list[list[str]] | None]:
    if earlier.imports is None:
        return None, None
    names = document["modules"]["name"]
    now = {
        (names[position], names[row[0]]) for position, rows in enumerate(document["imports"]) for row in rows
    }
    new = sorted(now - earlier.imports)
    gone = sorted(earlier.imports - now)
    return (
        [[number[importer], number[imported]] for importer, imported in new],
        [[safe(importer), safe(imported)] for importer, imported in gone],
    )


def _functions(document: Mapping[str, Any], earlier: Earlier) -> list[list[Any]]:
    """Return rows [module, name, line, before or None, now]; new ones of up to 10 are left out.

    Functions of one name in one module, as a property's, are told apart by their order.
    """
    found = []
    for position, rows in enumerate(document["functions"]):
        module = document["modules"]["name"][position]
        before = {row[0]: iter(earlier.functions.get((module, row[0]), ())) for row in rows}
        for name, line, _, now, *_ in rows:
            if now is None:
                continue
            then = next(before[name], None)
            if now != then and (then is not None or now > SIMPLE):
                found.append([position, name, line, then, now])
    return found


def _grades(document: Mapping[str, Any], earlier: Earlier) -> list[list[Any]]:
    if earlier.grades is None:
        return []
    rows = [
        [one["challenge"], earlier.grades.get(one["challenge"]), one["points"]] for one in document["grades"]
    ]
    return [row for row in rows if row[1] != row[2]]
