"""``archlint can`` against contracts that are broken already, and its legal routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHOP = {
    "shop/__init__.py": "",
    "shop/a.py": "import shop.b\n",
    "shop/b.py": "import shop.a\n",
    "shop/c.py": "import shop.a\n",
    "shop/d.py": "from shop.secret import key as password\n",
    "shop/secret.py": "",
}
SIBLINGS = '[[contracts]]\nname = "It"\ntype = "acyclic-siblings"\nancestors = ["shop"]\n'
FORBIDDEN = '[[contracts]]\nname = "It"\ntype = "forbidden"\nsource-modules = ["shop.c"]\nforbidden-modules = ["shop.b"]\n'
PROTECTED = (
    '[[contracts]]\nname = "It"\ntype = "protected"\n'
    'protected-modules = ["shop.secret"]\nallowed-importers = ["shop.d"]\n'
)


@pytest.mark.parametrize(
    ("config", "importer", "imported", "code"),
    [
        (SIBLINGS, "shop.a", "shop.c", 1),
        (SIBLINGS, "shop.a", "shop.d", 0),
        (SIBLINGS, "shop.c", "shop.b", 0),
        (SIBLINGS, "shop.a", "shop.b", 1),
        (FORBIDDEN, "shop.c", "shop.b", 1),
        (FORBIDDEN, "shop.c", "shop.d", 0),
        (FORBIDDEN, "shop.d", "shop.b", 0),
        (FORBIDDEN, "shop.c", "shop.a", 1),
    ],
)
def test_only_what_the_import_adds_counts(
    archlint: Callable[..., Any],
    project: Callable[..., Path],
    config: str,
    importer: str,
    imported: str,
    code: int,
) -> None:
    root = project({**SHOP, "archlint.toml": f'ignore = ["import-cycle"]\n{config}'})
    assert archlint("can", importer, imported, cwd=root).code == code


def test_a_no_names_the_legal_route(archlint: Callable[..., Any], project: Callable[..., Path]) -> None:
    done = archlint("can", "shop.c", "shop.secret.key", cwd=project({**SHOP, "archlint.toml": PROTECTED}))
    assert done.code == 1
    assert "which passes it on (shop/d.py:1)." in done.out
