"""The help of a finding must not depend on which files the run happened to parse."""

from __future__ import annotations

from archlint.usecases.analyse import analyse

FILES = {
    "archlint.toml": """
roots = ["shop"]

[[contracts]]
name = "Inside"
type = "protected"
protected-modules = ["shop.core.models"]
allowed-importers = ["shop.core", "shop.api"]
""",
    "shop/__init__.py": "",
    "shop/api.py": "from shop.core.models import Cart as Basket\n",
    "shop/core/__init__.py": "",
    "shop/core/models.py": "Cart = 1\n",
    "shop/web.py": "from shop.core.models import Cart\n",
}


def test_a_renamed_route_is_told_cold_and_warm(tmp_path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    cold = analyse(tmp_path).findings
    (tmp_path / "shop" / "api.py").touch()
    again = analyse(tmp_path).findings
    (tmp_path / "shop" / "web.py").write_text(f"{FILES['shop/web.py']}\n")
    edited = analyse(tmp_path).findings
    assert [one.help for one in cold] == ["Import Basket from shop.api, which passes it on (shop/api.py:1)."]
    assert [one.help for one in again] == [one.help for one in edited] == [one.help for one in cold]
