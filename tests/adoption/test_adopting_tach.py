"""What only tach has: ignore comments, source roots, domains, distributions kept apart."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from adoption_world import SHOP, TACH, checked, codes, write

TOOL = shutil.which("tach", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
CLEAN: list = []
BROKEN = [("shop.db", "ARC108")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from shop import web\n", BROKEN),
        ("from shop import web  # tach-ignore\n", CLEAN),
        ("from shop import web  # tach-ignore(until #4)\n", CLEAN),
        ("# tach-ignore\nfrom shop import web\n", CLEAN),
        ("# tach-ignore\n\nimport os\nfrom shop import web\n", BROKEN),
        ("from shop import web  # tach-ignore shop.web\n", CLEAN),
        ("from shop import web  # tach-ignore web\n", CLEAN),
        ("from shop import web  # tach-ignore orders\n", BROKEN),
        ("from shop import web  # noqa # tach-ignore\n", CLEAN),
        ("from shop import web  # tach-ignore: not a directive\n", BROKEN),
    ],
)
def test_ignore_comments(root, source, expected):
    write(root, {**SHOP, "tach.toml": TACH, "shop/db.py": source})
    assert codes(checked(root)) == expected


def test_ignore_comments_say_nothing_to_other_contracts(root):
    text = "[importlinter]\nroot_package = shop\n[importlinter:contract:1]\nname = L\ntype = layers\n"
    text += "layers =\n    shop.web\n    shop.db\n"
    write(root, {**SHOP, "shop/db.py": "from shop import web  # tach-ignore\n", ".importlinter": text})
    assert codes(checked(root)) == [("shop.db", "ARC101")]


@pytest.mark.parametrize(
    ("rules", "source", "expected"),
    [
        ("", "import shop  # tach-ignore\n", []),
        ('unused_ignore_directives = "error"', "from shop import nothing  # tach-ignore\n", ["ARC001"]),
        ('unused_ignore_directives = "error"', "import os  # tach-ignore\n", []),
        ('unused_ignore_directives = "off"', "from shop import nothing  # tach-ignore\n", []),
        ('require_ignore_directive_reasons = "error"', "from shop import web  # tach-ignore\n", ["ARC003"]),
        ('require_ignore_directive_reasons = "error"', "from shop import web  # tach-ignore(old)\n", []),
        ('local_imports = "off"', "def f():\n    from shop import web\n", []),
        ('local_imports = "warn"', "if 1:\n    from shop import web\n", []),
        ("", "def f():\n    from shop import web\n", ["ARC108"]),
    ],
)
def test_rules(root, rules, source, expected):
    text = f"[rules]\n{rules}\n{TACH}"
    write(root, {**SHOP, "tach.toml": text, "shop/db.py": source})
    assert [code for _, code in codes(checked(root))] == expected


def test_a_module_named_by_path_from_the_source_root(root):
    files = {f"lib/{path}": text for path, text in SHOP.items()}
    write(root, {**files, "lib/shop/db.py": "from shop import web\n"})
    write(root, {"tach.toml": 'source_roots = ["lib"]\n' + TACH})
    assert codes(checked(root)) == BROKEN
    # From the root itself the same module is lib.shop.db, and `shop` is none of the project's.
    write(root, {"tach.toml": TACH})
    analysis = checked(root)
    assert codes(analysis) == CLEAN
    assert "tach.toml: there is no module `shop.db`" in analysis.notes


def test_source_roots_may_be_globs(root):
    files = {f"libs/one/{path}": text for path, text in SHOP.items()}
    write(root, {**files, "libs/one/shop/db.py": "from shop import web\n"})
    write(root, {"tach.toml": 'source_roots = ["libs/*"]\n' + TACH})
    assert codes(checked(root)) == BROKEN


@pytest.mark.parametrize(("pattern", "hidden"), [("shop/db.py", True), ("db.py", True), ("**/web.py", False)])
def test_excluded_files_are_not_judged(root, pattern, hidden):
    text = f'exclude = ["{pattern}"]\n{TACH}'
    write(root, {**SHOP, "shop/db.py": "from shop.web import x\n", "tach.toml": text})
    assert (codes(checked(root)) == CLEAN) == (hidden or "web" in pattern)


def test_imports_between_distributions_are_left_to_their_manifests(root):
    files = {
        "a/src/ns/one/__init__.py": "import ns.two.x\n",
        "b/src/ns/two/__init__.py": "",
        "b/src/ns/two/x.py": "",
        "tach.toml": 'source_roots = ["a/src", "b/src"]\n'
        '[[modules]]\npath = "ns.one"\ndepends_on = []\n[[modules]]\npath = "ns.two"\ndepends_on = []\n',
    }
    assert codes(checked(write(root, files))) == [("ns.one", "ARC108")]
    write(
        root, {"a/pyproject.toml": '[project]\nname = "a"\n', "b/pyproject.toml": '[project]\nname = "b"\n'}
    )
    assert codes(checked(root)) == CLEAN


DOMAIN = """
[root]
depends_on = ["//core"]
[[modules]]
path = "api"
depends_on = ["<domain_root>", "inner"]
[[modules]]
path = "inner"
depends_on = []
[[interfaces]]
expose = ["run"]
from = ["inner"]
"""
DOMAIN_FILES = {
    "core/__init__.py": "",
    "shop/__init__.py": "import core\n",
    "shop/api.py": "import shop\nfrom shop.inner import run\n",
    "shop/inner.py": "",
    "shop/tach.domain.toml": DOMAIN,
    "tach.toml": '[[modules]]\npath = "core"\ndepends_on = []\n',
}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"shop/inner.py": "from shop import api\n"}, [("shop.inner", "ARC108")]),
        ({"shop/api.py": "from shop.inner import hidden\n"}, [("shop.api", "ARC106")]),
        ({"core/__init__.py": "import shop\n"}, [("core", "ARC108")]),
    ],
)
def test_domain_files(root, more, expected):
    assert codes(checked(write(root, {**DOMAIN_FILES, **more}))) == expected


CASES = {
    "nothing wrong": ({}, TACH),
    "undeclared": ({"shop/db.py": "from shop import web\n"}, TACH),
    "layers": (
        {"shop/db.py": "from shop import web\n"},
        (
            'layers = ["top", "low"]\n[[modules]]\npath = "shop.web"\nlayer = "top"\n'
            '[[modules]]\npath = "shop.db"\nlayer = "low"\n'
        ),
    ),
    "forbidden": (
        {"shop/db.py": "import shop.web\n"},
        '[[modules]]\npath = "shop.db"\ncannot_depend_on = ["shop.web"]\n[[modules]]\npath = "shop.web"\n',
    ),
    "globs": (
        {"shop/db.py": "import shop.web\n"},
        '[[modules]]\npath = "shop.*"\ndepends_on = []\n',
    ),
    "root module allowed": ({}, 'root_module = "allow"\n[[modules]]\npath = "shop.web"\ndepends_on = []\n'),
    "root module forbidden": (
        {},
        'root_module = "forbid"\n[[modules]]\npath = "shop.web"\ndepends_on = []\n',
    ),
    "interface": (
        {"shop/web.py": "from shop.orders import hidden, shown\n"},
        TACH + '[[interfaces]]\nexpose = ["shown"]\nfrom = ["shop.orders"]\n',
    ),
    "type checking": (
        {"shop/db.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shop.web\n"},
        TACH,
    ),
    "type checking counted": (
        {"shop/db.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shop.web\n"},
        "ignore_type_checking_imports = false\n" + TACH,
    ),
    "utility": (
        {"shop/db.py": "import shop.web\n"},
        TACH.replace('"shop.web"\n', '"shop.web"\nutility = true\n', 1),
    ),
    "unchecked": ({"shop/db.py": "import shop.web\n"}, TACH + "unchecked = true\n"),
    "circular": (
        {"shop/db.py": "import shop.web\n"},
        "forbid_circular_dependencies = true\n"
        + TACH.replace("depends_on = []", 'depends_on = ["shop.web"]'),
    ),
    "exact": ({"shop/web.py": ""}, "exact = true\n" + TACH),
    "domain": ({**DOMAIN_FILES, "shop/inner.py": "from shop import api\n"}, DOMAIN_FILES["tach.toml"]),
    "ignored": ({"shop/db.py": "import shop.web  # tach-ignore shop.web\n"}, TACH),
}


@pytest.mark.skipif(TOOL is None, reason="tach is not installed")
@pytest.mark.parametrize("case", CASES)
def test_the_verdict_is_tachs(root, case):
    more, text = CASES[case]
    files = more if case == "domain" else {**SHOP, **more}
    write(root, {**files, "tach.toml": text})
    json_ = ["--output", "json"] if case not in ("exact", "circular") else []
    done = subprocess.run([TOOL, "check", *json_], cwd=root, capture_output=True, text=True, check=False)
    analysis = checked(root)
    assert bool(analysis.failing) == bool(done.returncode), done.stdout + done.stderr
    if json_ and done.returncode:
        rows = [row["Located"] for row in json.loads(done.stdout) if "Located" in row]
        theirs = {row["file_path"] for row in rows if row["severity"] == "Error"}
        assert {finding.path for finding in analysis.failing} == theirs
