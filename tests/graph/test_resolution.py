"""Where an import statement leads; each row is checked against grimp's rules."""

import pytest

from archlint.graph.resolution import Resolver
from archlint.model import Module
from archlint.parsing.read import read_facts

MODULES = {
    name: Module(name, None, package=package)
    for name, package in [
        ("shop", True),
        ("shop.web", True),
        ("shop.web.views", False),
        ("shop.db", False),
        ("ns.lib", True),
        ("ns.lib.core", False),
    ]
}


def resolve(importer, source):
    return Resolver(MODULES).resolve(MODULES[importer], read_facts(source.encode()).imports)


@pytest.mark.parametrize(
    ("importer", "source", "expected"),
    [
        ("shop.db", "import shop.web.views", [("shop.web.views", ())]),
        ("shop.db", "from shop.web import views", [("shop.web.views", ())]),
        ("shop.db", "from shop.web import render", [("shop.web", ("render",))]),
        (
            "shop.db",
            "from shop.web import render, views",
            [("shop.web", ("render",)), ("shop.web.views", ())],
        ),
        ("shop.db", "from shop import *", [("shop", ("*",))]),
        ("shop.db", "from . import db", [("shop.db", ())]),
        ("shop.web", "from . import views", [("shop.web.views", ())]),
        ("shop.web", "from .. import db", [("shop.db", ())]),
        ("shop.web.views", "from ..db import Session", [("shop.db", ("Session",))]),
        ("shop.web.views", "from .views import me", [("shop.web.views", ("me",))]),
        ("shop.db", "import shop.web.views.render", [("shop.web.views", ())]),
    ],
)
def test_internal_imports(importer, source, expected):
    found = resolve(importer, source)
    assert [(row.imported, row.names) for row in found.internal] == expected
    assert not found.external
    assert not found.unresolved
    assert not found.beyond_root


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import os.path", ("os", ("os.path",), ())),
        ("from os.path import join, split", ("os", ("os.path.join", "os.path.split"), ("join", "split"))),
        ("import ns.other.deep", ("ns.other", ("ns.other.deep",), ())),
        ("import yaml", ("yaml", ("yaml",), ())),
    ],
)
def test_external_imports_are_squashed_to_the_shallowest_name_of_their_own(source, expected):
    found = resolve("shop.db", source)
    assert [(row.imported, row.targets, row.names) for row in found.external] == [expected]
    assert all(row.external for row in found.external)
    assert not found.internal


@pytest.mark.parametrize(
    "source", ["import shop.gone.deeper", "import ns", "from shop.web.views.x.y import z"]
)
def test_names_below_a_root_that_lead_nowhere_are_unresolved(source):
    # grimp distils `shop.gone.deeper` to an edge to `shop` when externals are on; we do not.
    found = resolve("shop.db", source)
    assert len(found.unresolved) == 1
    assert not found.internal
    assert not found.external


@pytest.mark.parametrize(
    ("importer", "source"), [("shop.db", "from .. import x"), ("shop", "from .. import x")]
)
def test_too_many_dots_are_recorded_where_grimp_panics(importer, source):
    found = resolve(importer, source)
    assert [(row.importer, row.level, row.line) for row in found.beyond_root] == [(importer, 2, 1)]


def test_one_row_for_each_statement_and_module():
    found = resolve("shop.db", "from shop.web import a, b\nfrom shop.web import c\n")
    assert [(row.line, row.names) for row in found.internal] == [(1, ("a", "b")), (2, ("c",))]


@pytest.mark.parametrize(
    ("source", "external", "unresolved"),
    [
        ("import ns.other.deep", ["ns.other"], []),
        ("import ns", [], ["ns"]),
        ("import ns.lib.missing.deep", [], ["ns.lib.missing.deep"]),
        ("import a.b.d.e", ["a.b.d"], []),
        ("import a.x", ["a.x"], []),
        ("import a.b", [], ["a.b"]),
        ("import a.b.c.gone.far", [], ["a.b.c.gone.far"]),
        ("import nsother", ["nsother"], []),
    ],
)
def test_names_of_a_shared_namespace_are_external_down_to_where_they_part(source, external, unresolved):
    modules = {**MODULES, "a.b.c": Module("a.b.c", None, package=True)}
    found = Resolver(modules).resolve(modules["shop.db"], read_facts(source.encode()).imports)
    assert [row.imported for row in found.external] == external
    assert [row.imported for row in found.unresolved] == unresolved


NEAREST = {
    name: Module(name, path, package=path.endswith("__init__.py"))
    for name, path in [
        ("main", "aa/main.py"),
        ("utils", "aa/utils.py"),
        ("bb.utils", "bb/utils.py"),
        ("run", "bb/run.py"),
        ("app", "one/app/__init__.py"),
        ("two.app", "two/app/__init__.py"),
        ("two.app.db", "two/app/db.py"),
        ("start", "start.py"),
    ]
}
MEANINGS = [
    ("", "utils", ""),
    ("aa", "utils", "utils"),
    ("bb", "utils", "bb.utils"),
    ("", "app", "app"),
    ("one", "app", "app"),
    ("two", "app", "two.app"),
]


@pytest.mark.parametrize(
    ("importer", "source", "expected"),
    [
        ("main", "import utils", ([("utils", ())], [], [])),
        ("run", "import utils", ([("bb.utils", ())], [], [])),
        ("run", "from utils import x", ([("bb.utils", ("x",))], [], [])),
        ("start", "import utils", ([], ["utils"], [])),
        ("start", "import app", ([("app", ())], [], [])),
        ("two.app.db", "from app import db", ([("two.app.db", ())], [], [])),
        ("two.app.db", "from . import db", ([("two.app.db", ())], [], [])),
        ("two.app", "import app.db.gone.x", ([], [], ["two.app.db.gone.x"])),
        ("app", "import app.db", ([("app", ())], [], [])),
        ("run", "import os", ([], ["os"], [])),
    ],
)
def test_the_nearest_of_one_name_is_meant(importer, source, expected):
    resolver = Resolver(NEAREST, MEANINGS)
    found = resolver.resolve(NEAREST[importer], read_facts(source.encode()).imports)
    rows = [(row.imported, row.names) for row in found.internal]
    assert (
        rows,
        [row.imported for row in found.external],
        [row.imported for row in found.unresolved],
    ) == expected
