"""Small projects on disk, checked as ``archlint check`` checks them."""

from __future__ import annotations

import textwrap

from archlint.usecases.adopt import run_all, set_ups
from archlint.usecases.request import Request

SHOP = {
    "shop/__init__.py": "",
    "shop/web.py": "from shop import orders\n",
    "shop/orders.py": "from shop import db\n",
    "shop/db.py": "",
}
LAYERS_INI = """
[importlinter]
root_package = shop

[importlinter:contract:layers]
name = Layers
type = layers
layers =
    shop.web
    shop.orders
    shop.db
"""
TACH = """
[[modules]]
path = "shop.web"
depends_on = ["shop.orders"]

[[modules]]
path = "shop.orders"
depends_on = ["shop.db"]

[[modules]]
path = "shop.db"
depends_on = []
"""


def write(root, files):
    """Write *files* (path: text) below *root*; text is dedented."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(textwrap.dedent(text))
    return root


def request(root, **more):
    return Request(cwd=str(root), **{"no_cache": True, "environ": {}, "jobs": 1, **more})


def checked(root, **more):
    """Return the analysis of the project at *root*."""
    wanted = request(root, **more)
    return run_all(wanted, set_ups(wanted))


def codes(analysis):
    """Return (module, code) of each finding that fails."""
    return [(finding.module, finding.code) for finding in analysis.failing]


def imports(analysis):
    """Return the failing direct breaches as pairs of modules."""
    found = [finding for finding in analysis.failing if len(finding.chain) == 1]
    return {(finding.chain[0].importer, finding.chain[0].imported) for finding in found}
