from __future__ import annotations

import pytest
from contract_worlds import configured, findings, from_files
from examples_in_memory import in_memory

from archlint.contracts.forbidden import Forbidden
from archlint.graph.routes import legal_routes

FILES = {
    "shop/__init__.py": "",
    "shop/api.py": "from shop.core import Cart, Row as Line\n",
    "shop/core/__init__.py": "from shop.core.models import Cart, Row\n",
    "shop/core/models.py": "",
    "shop/late.py": "def f():\n    from shop.core.models import Cart\n",
    "shop/star.py": "from shop.core.models import *\n",
    "shop/user.py": "import shop.core.models\n",
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Cart", [("shop.core", "Cart"), ("shop.star", "Cart"), ("shop.api", "Cart")]),
        ("Row", [("shop.core", "Row"), ("shop.star", "Row"), ("shop.api", "Line")]),
        ("_secret", []),
    ],
)
def test_names_travel_by_from_imports(name, expected):
    project = from_files(FILES)
    routes = legal_routes(project.graph, project.facts, "shop.core.models", name, lambda _module, _name: True)
    assert [(route.module, route.name) for route in routes] == expected


def test_only_allowed_modules_are_named():
    project = from_files(FILES)
    [route] = legal_routes(
        project.graph,
        project.facts,
        "shop.core.models",
        "Cart",
        lambda module, _: module == "shop.api",
    )
    assert (route.path, route.line) == ("shop/api.py", 1)


STARS = {
    "s/__init__.py": "",
    "s/listed.py": "__all__ = ['Cart', '_own']\nCart = Other = _own = 1\n",
    "s/plain.py": "Cart = Other = _own = 1\n",
    "s/a.py": "from s.listed import *\n",
    "s/b.py": "from s.plain import *\n",
    "s/c.py": "from s.a import Cart as Basket, _own\n",
    "s/d.py": "from s.c import Basket as Last\n",
    "s/typed.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from s.plain import Other\n",
    "s/method.py": "class A:\n    from s.plain import Other\n",
    "s/named.py": "import s.plain\n",
}


@pytest.mark.parametrize(
    ("module", "name", "expected"),
    [
        ("s.listed", "Cart", ["s.a Cart 1", "s.c Basket 1", "s.d Last 1"]),
        ("s.listed", "_own", ["s.a _own 1", "s.c _own 1"]),
        ("s.listed", "Other", []),
        ("s.plain", "Other", ["s.b Other 1"]),
        ("s.plain", "_own", []),
    ],
)
def test_by_a_star_travels_what_is_public(module, name, expected):
    project = in_memory(STARS)
    routes = legal_routes(project.graph, project.facts, module, name, lambda _module, _name: True)
    assert [f"{route.module} {route.name} {route.line}" for route in routes] == expected


def test_the_route_around_a_forbidden_import_is_in_neither_package():
    files = {
        "s/__init__.py": "",
        "s/web/__init__.py": "from s.db import rows\n",
        "s/web/inner.py": "from s.db import rows as lines\n",
        "s/db/__init__.py": "",
        "s/db/face.py": "from s.db import rows\n",
    }
    options = {"source-modules": ["s.web"], "forbidden-modules": ["s.db"], "allow-indirect-imports": True}
    helps = {one.module: one.help for one in findings(configured(Forbidden, options), in_memory(files))}
    assert all(text.startswith("Ask a module that may import s.db") for text in helps.values())
    [found] = findings(configured(Forbidden, {**options, "as-packages": False}), in_memory(files))
    assert found.help == "Import rows from s.db.face, which passes it on (s/db/face.py:1)."
