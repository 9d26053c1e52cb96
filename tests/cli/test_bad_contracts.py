"""What is wrong with a contract is one line with file, line and remedy; the others are judged all the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHOP = {
    "shop/__init__.py": "",
    "shop/web/__init__.py": "",
    "shop/web/views.py": "import requests\n",
    "shop/orders.py": "import shop.web\n",
    "shop/db.py": "import shop.web\n",
}
GOOD = """\
[[contracts]]
name = "Good"
type = "layers"
layers = ["shop.web", "shop.db"]

"""
BAD = {
    "a layer named twice": (
        'type = "layers"\nlayers = ["shop.web", "shop.db", "shop.web"]',
        "archlint.toml:9: layers: 'shop.web' is listed twice",
    ),
    "mixed separators": (
        'type = "layers"\nlayers = ["shop.web | shop.db : shop.orders"]',
        (
            "archlint.toml:9: layers: 'shop.web | shop.db : shop.orders' mixes '|' (independent) "
            "with ':' (may import each other)"
        ),
    ),
    "a container outside the roots": (
        'type = "layers"\ncontainers = ["store"]\nlayers = ["web", "db"]',
        "archlint.toml:9: contract `Bad`: containers: there is no module 'store'",
    ),
    "overlapping layers": (
        'type = "layers"\nlayers = ["shop.web", "shop.web.views"]',
        "archlint.toml:9: contract `Bad`: layers: 'shop.web.views' lies inside the layer 'shop.web'",
    ),
    "overlapping modules": (
        'type = "independence"\nmodules = ["shop.web", "shop.web.views"]',
        (
            "archlint.toml:9: contract `Bad`: modules: 'shop.web.views' lies inside 'shop.web', "
            "so the two cannot be independent"
        ),
    ),
    "an unmatched ignore": (
        'type = "layers"\nlayers = ["shop.db", "shop.web"]\nignore-imports = ["shop.web -> shop.db"]',
        "archlint.toml:10: contract `Bad`: ignore-imports: no import matches `shop.web -> shop.db`",
    ),
    "a malformed ignore": (
        'type = "layers"\nlayers = ["shop.db", "shop.web"]\nignore-imports = ["shop.web"]',
        "archlint.toml:10: contract `Bad`: ignore-imports: 'shop.web' is not of the form 'importer -> imported'",
    ),
    "a misspelt key": (
        'type = "layers"\nlayrs = ["shop.web"]',
        (
            "archlint.toml:9: unknown option `layrs`; did you mean `layers`?; "
            "archlint.toml:6: `layers` is missing"
        ),
    ),
    "a misspelt type": (
        'type = "layer"\nlayers = ["shop.web"]',
        "archlint.toml:8: unknown contract type `layer`; did you mean `layers`?",
    ),
    "a misspelt module": (
        'type = "layers"\nlayers = ["shop.wep", "shop.db"]',
        "archlint.toml:9: contract `Bad`: layers: there is no module 'shop.wep' (did you mean 'shop.web'?)",
    ),
    "an external layer": (
        'type = "layers"\nlayers = ["shop.web", "requests.adapters"]',
        (
            "archlint.toml:9: contract `Bad`: layers: 'requests.adapters' is an external package, and only modules "
            "of the project can stand here; `forbidden` and `confined-package` contracts speak of external ones"
        ),
    ),
    "a distribution's name for an external package": (
        'type = "forbidden"\nsource-modules = ["shop"]\nforbidden-modules = ["scikit-learn"]',
        "archlint.toml:10: contract `Bad`: forbidden-modules: 'scikit-learn' is not a dotted module name",
    ),
    "a wildcard within a word": (
        'type = "independence"\nmodules = ["shop.w*"]',
        "archlint.toml:9: modules: 'shop.w*': a wildcard stands for a whole component",
    ),
    "a value of the wrong type": (
        'type = "layers"\nlayers = "shop.web"',
        "archlint.toml:9: `layers`: expected a list, got a string",
    ),
    "an unknown edge kind": (
        'type = "layers"\nlayers = ["shop.db", "shop.web"]\nedges = ["late"]',
        "archlint.toml:6: unknown edge kind `late` (known: eager, conditional, deferred, lazy, type-checking)",
    ),
    "a name given twice": (
        'type = "layers"\nlayers = ["shop.db", "shop.web"]',
        "archlint.toml:6: two contracts are called `Good`",
    ),
}


@pytest.fixture
def check(archlint: Callable[..., Any], project: Callable[..., Path]) -> Callable[..., Any]:
    def run(label: str, *arguments: str) -> Any:
        name = "Good" if label == "a name given twice" else "Bad"
        config = f'{GOOD}[[contracts]]\nname = "{name}"\n{BAD[label][0]}\n'
        return archlint("check", *arguments, cwd=project({**SHOP, "archlint.toml": config}))

    return run


@pytest.mark.parametrize("label", BAD)
def test_one_line_says_what_and_where(check: Callable[..., Any], label: str) -> None:
    done = check(label)
    assert done.err == f"archlint: error: {BAD[label][1]}\n"


@pytest.mark.parametrize("label", BAD)
def test_the_others_are_judged_and_the_error_beats_the_findings(
    check: Callable[..., Any], label: str
) -> None:
    done = check(label, "--format", "json")
    document = json.loads(done.out)
    assert done.code == 2
    assert "shop.db imports shop.web, but shop.db is below shop.web" in [
        finding["message"] for finding in document["findings"]
    ]
    good, bad = document["contracts"]
    assert (good["kept"], good["findings"], good["error"]) == (False, 1, None)
    assert (bad["kept"], bad["error"] is None) == (False, False)


def test_all_unmatched_ignores_are_reported_in_one_run(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    ignores = 'ignore-imports = ["shop.db -> shop.orders", "shop.web -> shop.**"]\n'
    done = archlint("check", cwd=project({**SHOP, "archlint.toml": GOOD.rstrip() + "\n" + ignores}))
    assert done.code == 2
    assert [line.rpartition("matches ")[2] for line in done.err.splitlines()] == [
        "`shop.db -> shop.orders`",
        "`shop.web -> shop.**`",
    ]
    assert "ARC101" in done.out
