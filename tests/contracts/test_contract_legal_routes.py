"""A finding on a direct import names the module through which the same name may be had, where there is one."""

from __future__ import annotations

import pytest
from contract_worlds import configured, findings, from_files

from archlint.contracts.forbidden import Forbidden
from archlint.contracts.interface import Interface
from archlint.contracts.layers import Layers
from archlint.contracts.modules import Modules
from archlint.contracts.private_modules import PrivateModules
from archlint.contracts.protected import Protected

FILES = {
    "shop/__init__.py": "",
    "shop/web.py": "from shop.db import rows\n",
    "shop/orders.py": "from shop.db import rows as lines\n",
    "shop/db.py": "",
}
ROUTE = "Import lines from shop.orders, which passes it on (shop/orders.py:1)."


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        (Layers, {"layers": ["shop.web", {"name": "shop.orders", "closed": True}, "shop.db"]}, ROUTE),
        (Layers, {"layers": ["shop.db", "shop.orders", "shop.web"]}, None),
        (
            Forbidden,
            {
                "source-modules": ["shop.web"],
                "forbidden-modules": ["shop.db"],
                "allow-indirect-imports": True,
            },
            ROUTE,
        ),
        (Forbidden, {"source-modules": ["shop.web"], "forbidden-modules": ["shop.db"]}, None),
        (
            Forbidden,
            {
                "source-modules": ["shop.web", "shop.orders"],
                "forbidden-modules": ["shop.db"],
                "allow-indirect-imports": True,
            },
            None,
        ),
        (Protected, {"protected-modules": ["shop.db"], "allowed-importers": ["shop.orders"]}, ROUTE),
        (
            Modules,
            {
                "modules": [
                    {"path": "shop.web", "depends-on": ["shop.orders"]},
                    {"path": "shop.orders", "depends-on": ["shop.db"]},
                    {"path": "shop.db"},
                ]
            },
            ROUTE,
        ),
        (
            Modules,
            {
                "modules": [
                    {"path": "shop.web", "depends-on": []},
                    {"path": "shop.orders", "depends-on": ["shop.db"]},
                    {"path": "shop.db"},
                ]
            },
            None,
        ),
        (
            Interface,
            {
                "modules": ["shop.db", "shop.orders"],
                "interfaces": [
                    {"expose": ["lines"], "from": ["shop.orders"]},
                    {"expose": ["nothing"], "from": ["shop.db"]},
                ],
            },
            ROUTE,
        ),
    ],
)
def test_the_legal_route(kind, options, expected):
    found = findings(configured(kind, {"unmatched-modules": "ignore", **options}), from_files(FILES))
    helps = [finding.help for finding in found if finding.module == "shop.web"]
    assert helps
    if expected:
        assert helps == [expected]
    else:
        assert not any("passes it on" in text for text in helps)


@pytest.mark.parametrize(
    ("passing", "expected"),
    [
        ("shop/db/__init__.py", "Import rows from shop.db, which passes it on (shop/db/__init__.py:1)."),
        ("shop/db/api.py", "Import rows from shop.db.api, which passes it on (shop/db/api.py:1)."),
        ("shop/db/_other.py", None),
        ("shop/orders.py", None),
    ],
)
def test_the_legal_route_to_a_private_module_is_private_to_nobody(passing, expected):
    store = "from shop.db._store import rows\n"
    files = {"shop/__init__.py": "", "shop/db/__init__.py": "", "shop/db/_store.py": "", "shop/web.py": store}
    [finding] = [
        found
        for found in findings(PrivateModules(), from_files({**files, passing: store}))
        if found.module == "shop.web"
    ]
    if expected:
        assert finding.help == expected
    else:
        assert finding.help.startswith("Import what is needed from a public module of shop.db,")
