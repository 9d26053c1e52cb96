"""The parts of an overview on small trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archlint.graph.modulegraph import ModuleGraph
from archlint.graph.resolution import Resolver
from archlint.model import Module
from archlint.parsing.read import read_facts
from archlint.pipeline.overview.packagemap import purpose
from archlint.pipeline.overview.remedy import Ease, turn_round, usage
from archlint.pipeline.overview.units import Units, choose_units
from archlint.usecases.report import Screen, report
from archlint.usecases.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from archlint.facts import ModuleFacts
    from archlint.model import Import


def tree(*names: str) -> ModuleGraph:
    """Return a graph of modules without imports; whatever has something below it is a package."""
    whole = {".".join(name.split(".")[:depth]) for name in names for depth in range(1, name.count(".") + 2)}
    modules = {
        name: Module(name, None, package=any(o.startswith(f"{name}.") for o in whole)) for name in whole
    }
    return ModuleGraph(modules, ())


@pytest.mark.parametrize(
    ("names", "units"),
    [
        (["a"], {"a"}),
        (["a.b", "a.c"], {"a.b", "a.c"}),
        (["a.b.c.d.e"], {"a.b.c.d.e"}),
        ([f"a.{part}.{leaf}" for part in "bcdefg" for leaf in "xy"], {f"a.{part}" for part in "bcdefg"}),
        (
            [*(f"a.p{n}" for n in range(6)), *(f"a.big.m{n}" for n in range(30))],
            {*(f"a.p{n}" for n in range(6)), *(f"a.big.m{n}" for n in range(30))},
        ),
        (
            [*(f"a.p{n}" for n in range(6)), *(f"a.big.m{n}" for n in range(90))],
            {*(f"a.p{n}" for n in range(6)), "a.big"},
        ),
        (["one.a", "two.b"], {"one.a", "two.b"}),
        ([*(f"big.m{n}" for n in range(90)), "face"], {*(f"big.m{n}" for n in range(90)), "face"}),
    ],
    ids=[
        "module",
        "flat",
        "nested",
        "wide",
        "dominant-opened",
        "dominant-too-wide",
        "two-roots",
        "one-of-two",
    ],
)
def test_the_units_of_a_map(names: list[str], units: set[str]) -> None:
    graph = tree(*names)
    assert choose_units(graph, sorted({name.partition(".")[0] for name in names})).names == units


@pytest.mark.parametrize(
    ("roots", "labels"),
    [
        (["google.cloud.storage", "google.cloud._v2"], ["storage.__init__", "storage.blob"]),
        (["google.cloud.storage"], ["__init__", "blob"]),
        (["google.cloud.storage", "other"], ["google.cloud.storage.__init__", "google.cloud.storage.blob"]),
    ],
)
def test_labels_leave_out_what_all_roots_share(roots: list[str], labels: list[str]) -> None:
    root = "google.cloud.storage"
    units = Units(frozenset({root, f"{root}.blob"}), frozenset({root}))
    assert [units.label(name, roots) for name in sorted(units.names)] == labels


@pytest.mark.parametrize(
    ("doc", "said"),
    [
        ("Views of the shop.", "Views of the shop"),
        ("shop.views", ""),
        ("``views``", ""),
        ("Views module", ""),
        ("~~~~", ""),
        ("", ""),
    ],
)
def test_a_docstring_that_repeats_the_name_says_nothing(doc: str, said: str) -> None:
    assert purpose(doc, "shop.views") == said


def imported(source: str) -> tuple[Import, ModuleFacts]:
    """Return the import of shop.db by a module of this source, and what the module says."""
    modules = {
        name: Module(name, f"{name}.py", package=name == "shop") for name in ("shop", "shop.db", "shop.web")
    }
    facts = read_facts(source.encode())
    rows = Resolver(modules).resolve(modules["shop.web"], facts.imports).internal
    return next(row for row in rows if row.imported == "shop.db"), facts


@pytest.mark.parametrize(
    ("source", "ease", "line"),
    [
        ("from shop.db import X\ndef f(a: X): ...\n", Ease.ANNOTATIONS, 2),
        ("from shop.db import X\ndef f():\n    return X()\n", Ease.FUNCTIONS, 3),
        ("from shop.db import X\nclass A(X): ...\n", Ease.LOADING, 2),
        ("from shop.db import X\ndef f(a=X): ...\n", Ease.LOADING, 2),
        ("from shop.db import X as Y\ndef f():\n    return Y\n", Ease.FUNCTIONS, 3),
        ("import shop.db\ndef f():\n    return shop.db.X\n", Ease.FUNCTIONS, 3),
        ("from shop import db\nX = db.X\n", Ease.LOADING, 2),
        ("from shop.db import X\n", Ease.UNUSED, None),
        ("from shop.db import X\n__all__ = ['X']\n", Ease.FACE, None),
        ("from shop.db import *\n", Ease.UNKNOWN, None),
    ],
)
def test_what_a_file_does_with_an_import(source: str, ease: Ease, line: int | None) -> None:
    found = usage(*imported(source))
    assert (found.ease, found.line) == (ease, line)


def overview_of(root: Path, **settings: object) -> object:
    from archlint.pipeline.overview.build import overview
    from archlint.usecases.analyse import run
    from archlint.usecases.request import Request
    from archlint.usecases.setup import set_up

    overrides = {key.replace("_", "-"): value for key, value in settings.items()}
    request = Request(paths=(str(root),), overrides=overrides, environ={}, no_cache=True)
    return overview(run(request, set_up(request), detail=True), {})


def test_test_modules_are_counted_and_left_out(project: Callable[[Mapping[str, str]], Path]) -> None:
    root = project(
        {
            "shop/__init__.py": "",
            "shop/db.py": "",
            "shop/web.py": "import shop.db\n",
            "shop/tests/__init__.py": "",
            "shop/tests/test_web.py": "import shop.web\nimport shop.db\n",
        }
    )
    found = overview_of(root)
    assert (found.makeup.modules, found.makeup.test_modules, found.makeup.test_lines) == (3, 2, 2)
    assert {unit.label for unit in found.map.units} == {"db", "web"}
    by_name = {one.module.name: one.coupling for one in found.modules}
    assert (by_name["shop.db"].afferent, by_name["shop.tests.test_web"].efferent) == (1, 2)
    assert found.whole.size == 3


def test_vendored_modules_are_counted_and_left_out(project: Callable[[Mapping[str, str]], Path]) -> None:
    root = project(
        {
            "shop/__init__.py": "",
            "shop/web.py": "import shop._vendor.six\nimport shop.vendor\n",
            "shop/vendor.py": "",
            "shop/_vendor/__init__.py": "",
            "shop/_vendor/six.py": "import shop._vendor\nimport antigravity_of_others\n",
        }
    )
    found = overview_of(root)
    assert (found.makeup.modules, found.makeup.vendored_modules, found.makeup.vendored_lines) == (3, 2, 2)
    assert {unit.label for unit in found.map.units} == {"vendor", "web"}
    assert found.makeup.needed == ()


def test_the_coupling_of_production_code_adds_up(project: Callable[[Mapping[str, str]], Path]) -> None:
    found = overview_of(project(SHOP))
    assert sum(one.coupling.afferent for one in found.modules) == sum(
        one.coupling.efferent for one in found.modules
    )


SHOP = {
    "shop/__init__.py": "",
    "shop/web.py": "from shop.orders import place\n\n\ndef view():\n    return place()\n",
    "shop/orders.py": "from shop.billing import invoice\n\n\ndef place():\n    return invoice()\n",
    "shop/billing.py": "from shop.orders import place\n\n\ndef invoice(o: place):\n    return o\n",
}


def test_the_first_action_breaks_the_cycle_where_it_is_easiest(
    project: Callable[[Mapping[str, str]], Path],
) -> None:
    action = overview_of(project(SHOP)).actions[0]
    assert (action.kind, action.title) == ("cycle", "Break the cycle billing -> orders -> billing")
    assert (action.reason, action.effect) == ("", "no cycle is left on load")


def test_a_package_is_not_told_to_drop_its_own_interface(
    project: Callable[[Mapping[str, str]], Path],
) -> None:
    files = {
        "shop/__init__.py": "from shop.app import App\n",
        "shop/app.py": "import shop\n\nclass App:\n    version = shop.version\n\nshop.a()\nshop.b()\nshop.c()\n",
    }
    assert [action.kind for action in overview_of(project(files)).actions] == []


def test_a_file_that_does_not_parse_comes_first(project: Callable[[Mapping[str, str]], Path]) -> None:
    found = overview_of(project({**SHOP, "shop/bad.py": "def\n"}))
    assert (found.actions[0].kind, found.actions[0].path) == ("failure", "shop/bad.py")


@pytest.mark.parametrize(
    ("manifest", "number", "title"),
    [
        ('[project]\nname = "the-shop"\n', 3, "r0, r1, r2"),
        ('[project]\nname = "the-shop"\n', 4, "the-shop (4 roots)"),
        ('[tool.poetry]\nname = "the-shop"\n', 4, "the-shop (4 roots)"),
        ("[project]\nname = 3\n", 4, "{directory} (4 roots)"),
    ],
)
def test_many_roots_are_counted(
    project: Callable[[Mapping[str, str]], Path], manifest: str, number: int, title: str
) -> None:
    files = {f"r{one}/__init__.py": "" for one in range(number)}
    root = project({**files, "pyproject.toml": manifest})
    request = Request(
        paths=(str(root),), overrides={"roots": [f"r{one}" for one in range(number)]}, environ={}
    )
    told, marked = report(request, ["terminal", "markdown"], Screen()).reports
    said = title.format(directory=root.name)
    assert told.splitlines()[0] == said
    assert marked.splitlines()[0].replace("`", "") == f"# Architecture of {said}"


def test_the_most_imported_come_first_and_a_handful_is_nothing(
    project: Callable[[Mapping[str, str]], Path],
) -> None:
    files = {"shop/__init__.py": "", "shop/errors.py": "", "shop/mid.py": "import shop.errors\n"}
    files |= {f"shop/m{n}.py": "import shop.errors\n" + "import shop.mid\n" * (n < 3) for n in range(12)}
    found = overview_of(project(files)).imported
    assert [(one.module.name, one.coupling.afferent, one.coupling.efferent) for one in found] == [
        ("shop.errors", 13, 0),
        ("shop.mid", 3, 1),
    ]
    many = {f"shop/more/n{n}.py": "" for n in range(200)} | {"shop/more/__init__.py": ""}
    assert [one.module.name for one in overview_of(project(files | many)).imported] == ["shop.errors"]


def test_no_import_that_its_module_is_there_for_is_proposed(
    project: Callable[[Mapping[str, str]], Path],
) -> None:
    chain = {f"shop/c{n}.py": f"import shop.c{n + 1}\n" for n in range(6)}
    files = {
        "shop/__init__.py": "",
        **chain,
        "shop/c6.py": "",
        "shop/start.py": "import shop.a\nimport shop.b\n",
        "shop/a.py": "import shop.c0\n",
        "shop/b.py": "import shop.c0\n",
        "shop/d.py": "import shop.a\nimport shop.b\n",
    }
    steps = {(one.step.importer, one.step.imported) for one in overview_of(project(files)).removals}
    assert steps <= {("shop.a", "shop.c0"), ("shop.b", "shop.c0")}
    assert steps


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        ("from shop import db\n\n\ndef f():\n    return db.save(db.X)\n", "move `db.X` and `db.save` (used at line 5) down"),
        ("import shop.db\nX = shop.db.X.y\n", "move `shop.db.X` (used at line 2) down"),
        ("from shop.db import X\nY = X.y\n", "move `X` (used at line 2) down"),
        ("from shop import db\nX = [db]\n", "move `db` (used at line 2) down"),
    ],
)  # fmt: skip
def test_a_module_imported_whole_is_named_with_what_is_used_of_it(source: str, advice: str) -> None:
    row, facts = imported(source)
    assert turn_round(row, usage(row, facts), "db") == f"{advice}, or let db hand it in"
