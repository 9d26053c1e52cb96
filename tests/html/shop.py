"""A small shop with one of everything that the page shows, and its next version."""

from __future__ import annotations

BRANCHES = "".join(f"    if x == {number}:\n        return {number}\n" for number in range(24))
CONTRACTS = """
roots = ["shop"]

[[contracts]]
name = "Web above storage"
type = "layers"
layers = ["shop.web", "shop.db"]
why = "A storage change must not reach the `web` tier."
owner = "platform team"

[[contracts]]
name = "Nothing else"
type = "forbidden"
source-modules = ["shop.util"]
forbidden-modules = ["shop.web"]
"""
SHOP = {
    "archlint.toml": CONTRACTS,
    "shop/__init__.py": '"""A small shop."""\n',
    "shop/cli.py": '"""The command line."""\nimport subprocess\nfrom shop.web import views\n',
    "shop/web/__init__.py": '"""Pages that customers see."""\n',
    "shop/web/views.py": "import flask\nfrom shop.orders import place\nfrom shop.util import money\n",
    "shop/web/forms.py": "from shop.web import views\n",
    "shop/orders/__init__.py": "from shop.orders.placing import place\n",
    "shop/orders/placing.py": "from shop.db import save\nfrom shop.billing import invoice\n\n\ndef place():\n    return save()\n",
    "shop/billing.py": "from shop.orders.placing import place\n\n\ndef invoice(order: place):\n    return order\n",
    "shop/db.py": "def save():\n    from shop.web import views\n\n    return views\n",
    "shop/util.py": f"import decimal\n\n\ndef money(x):\n{BRANCHES}    return decimal.Decimal(x)\n",
    "shop/tests/__init__.py": "",
    "shop/tests/test_util.py": "from shop.util import money\n",
}
NEXT = {
    "shop/db.py": "def save():\n    return None\n",
    "shop/stock.py": "from shop.util import money\n",
    "shop/util.py": "def money(x):\n    return x\n",
}
EVIL = "</script><img src=x onerror=document.title='owned'>\u202e\x1b[31m`<b>`"
EVIL_TREE = {
    "archlint.toml": f'roots = ["shop"]\n[[contracts]]\nname = "<b>{EVIL[:46]}"\ntype = "layers"\n'
    f'layers = ["shop.a", "shop.b"]\nwhy = "<svg onload=alert(1)>{EVIL[:9]}"\nowner = "\'\\"><i>"\n',
    "shop/__init__.py": "",
    "shop/a.py": f'"""{EVIL}"""\n',
    "shop/broken.py": "def (\n",
    "shop/b.py": f"'''<!-- <script> {EVIL}'''\nfrom shop.a import x\n",
}
