"""A shop that three teams own, in which two imports cross their borders."""

from __future__ import annotations

SHOP = {
    "shop/__init__.py": "",
    "shop/billing/__init__.py": "",
    "shop/billing/api.py": "from shop.billing.rows import Row as Invoice\n",
    "shop/billing/rows.py": "class Row: ...\n",
    "shop/web.py": "from shop.billing.rows import Row\nfrom shop.billing.api import Invoice\n",
    "shop/core.py": "import shop.web\n",
    "shop/free.py": "import shop.billing.rows\n",
    "CODEOWNERS": "/shop/billing/ @shop/billing\n/shop/web.py @shop/web\n/shop/core.py @ann @shop/core\n",
}
TEAMS = '[[contracts]]\nname = "Teams"\ntype = "teams"\n'


def shop(contract: str = TEAMS, **changed: str | None) -> dict[str, str]:
    """Return the shop's files with a *contract*; *changed* maps names in `shop` to other contents."""
    files = {**SHOP, "archlint.toml": contract}
    files |= {f"shop/{name}.py": text for name, text in changed.items() if text is not None}
    return files
