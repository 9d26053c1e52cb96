from __future__ import annotations

import pytest
from contract_worlds import from_files

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
    routes = legal_routes(
        project.graph, project.facts, project.details, "shop.core.models", name, lambda _module, _name: True
    )
    assert [(route.module, route.name) for route in routes] == expected


def test_only_allowed_modules_are_named():
    project = from_files(FILES)
    [route] = legal_routes(
        project.graph,
        project.facts,
        project.details,
        "shop.core.models",
        "Cart",
        lambda module, _: module == "shop.api",
    )
    assert (route.path, route.line) == ("shop/api.py", 1)
