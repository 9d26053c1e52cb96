"""Inline suppressions: which imports they take away, and which of them were needed."""

import json

import pytest

LAYERS = """
[[contracts]]
name = "Layers"
type = "layers"
layers = ["shop.web", "shop.db"]
"""
BASE = {"shop/__init__.py": "", "shop/web.py": "", "archlint.toml": LAYERS}


@pytest.fixture
def checked(project, archlint):
    """Return a function that checks a tree and gives the findings as (code, path, line), and the document."""

    def check(files, *options):
        root = project(BASE | files)
        done = archlint("check", "--no-cache", "--format", "json", *options, cwd=root)
        document = json.loads(done.out)
        rows = [(row["code"], row["path"], row["line"]) for row in document["findings"]]
        return rows, document, done.code

    return check


@pytest.mark.parametrize(
    "source",
    [
        "import shop.web  # archlint: ignore[layer-breach] -- until #4\n",
        "import shop.web  # archlint: ignore[ARC101] -- until #4\n",
        "import shop.web  # archlint: ignore[import-cycle, ARC101,] -- until #4\n",
        "# archlint: ignore[layer-breach] -- until #4\nimport shop.web\n",
        "# archlint: file-ignore[layer-breach] -- generated\n\n\nimport shop.web\n",
        "from shop import (  # archlint: ignore[layer-breach] -- until #4\n    web,\n)\n",
    ],
)
def test_a_breach_is_silenced(checked, source):
    rows, document, code = checked({"shop/db.py": source})
    assert [row for row in rows if row[0] == "ARC101"] == []
    assert document["summary"]["suppressed"] == 1
    assert document["contracts"][0]["kept"]
    # `import-cycle` in one of them silences nothing and is told.
    assert code == (1 if "import-cycle" in source else 0)


def test_a_silenced_import_leaves_every_chain_through_it(checked):
    tools = "import shop.web  # archlint: ignore[layer-breach] -- until #4\n"
    rows, document, _ = checked({"shop/db.py": "import shop.tools\n", "shop/tools.py": tools})
    assert rows == []
    assert document["summary"]["suppressed"] == 1
    rows, _, _ = checked({"shop/db.py": "import shop.tools\n", "shop/tools.py": "import shop.web\n"})
    assert rows == [("ARC101", "shop/db.py", 1)]


def test_another_way_round_a_silenced_import_is_still_found(checked):
    source = "import shop.web  # archlint: ignore[layer-breach] -- until #4\nimport shop.tools\n"
    rows, _, _ = checked({"shop/db.py": source, "shop/tools.py": "import shop.web\n"})
    assert rows == [("ARC101", "shop/db.py", 2)]


def test_of_two_statements_of_one_import_only_the_silenced_goes(checked):
    source = (
        "import shop.web  # archlint: ignore[layer-breach] -- until #4\n\ndef f():\n    import shop.web\n"
    )
    rows, _, _ = checked({"shop/db.py": source})
    assert rows == [("ARC101", "shop/db.py", 4)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import os  # archlint: ignore[layer-breach] -- once\n", [("ARC001", "shop/db.py", 1)]),
        ("x = 1  # archlint: ignore[complex-function] -- once\n", [("ARC001", "shop/db.py", 1)]),
        ("import os  # archlint: ignore[layer-break] -- once\n", [("ARC002", "shop/db.py", 1)]),
        ("import os  # archlint: ignore\n", [("ARC002", "shop/db.py", 1)]),
        # Only what ran can be found unused: hub-module runs, too-many-imports does not.
        ("import os  # archlint: ignore[too-many-imports] -- once\n", []),
        ('"""# archlint: ignore[layer-breach] -- in a string"""\n', []),
    ],
)
def test_idle_and_unreadable_comments(checked, source, expected):
    rows, _, _ = checked({"shop/db.py": source})
    assert rows == expected


def test_a_comment_that_only_helps_together_with_another_is_used(checked):
    tools = "import shop.web  # archlint: ignore[layer-breach] -- a\n"
    more = "import shop.web  # archlint: ignore[layer-breach] -- b\n"
    rows, _, _ = checked(
        {"shop/db.py": "import shop.tools, shop.more\n", "shop/tools.py": tools, "shop/more.py": more}
    )
    assert rows == []


def test_a_reason_is_demanded(checked):
    files = {"shop/db.py": "import shop.web  # archlint: ignore[layer-breach]\n"}
    assert checked(files)[0] == [("ARC003", "shop/db.py", 1)]
    assert checked(files, "--ignore", "ARC003")[0] == []


def test_a_cycle_goes_with_one_of_its_imports(checked):
    files = {
        "shop/a.py": "import shop.b  # archlint: ignore[import-cycle] -- known\n",
        "shop/b.py": "import shop.a\n",
    }
    rows, document, _ = checked(files | {"shop/db.py": ""})
    assert rows == []
    assert document["summary"]["suppressed"] == 1


def test_a_contract_whose_codes_do_not_run_has_no_verdict(checked):
    _, document, code = checked({"shop/db.py": "import shop.web\n"}, "--select", "ARC301")
    assert document["contracts"] == []
    assert code == 0
