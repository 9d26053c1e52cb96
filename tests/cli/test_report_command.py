"""``archlint report`` on a small tree: golden files, hostile names, exit codes."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
BRANCHES = "".join(f"    if x == {number}:\n        return {number}\n" for number in range(20))
SHOP = {
    "pyproject.toml": '[project]\nname = "shop"\n[project.scripts]\nshop = "shop.cli:main"\n',
    "shop/__init__.py": '"""A small shop."""\n',
    "shop/__main__.py": "from shop.cli import main\n\nmain()\n",
    "shop/cli.py": '"""The command line."""\nimport click\nfrom shop.web import views\n\n\ndef main():\n    views.show()\n',
    "shop/web/__init__.py": '"""Pages that customers see."""\n',
    "shop/web/views.py": "import flask\nfrom shop.orders import place\nfrom shop.util import money\n\n\ndef show():\n"
    "    return money(place())\n",
    "shop/orders/__init__.py": "from shop.orders.placing import place\n",
    "shop/orders/placing.py": "from shop.db import save\nfrom shop.billing import invoice\n\n\ndef place():\n"
    "    return invoice(save())\n",
    "shop/billing.py": "from shop.orders.placing import place\nfrom shop.util import money\n\n\n"
    "def invoice(order: place):\n    return money(order)\n",
    "shop/db.py": "try:\n    import psycopg\nexcept ImportError:\n    psycopg = None\n\n\ndef save():\n"
    "    from shop.web import views\n\n    return views\n",
    "shop/util.py": f"import decimal\n\n\ndef money(x):\n{BRANCHES}    return decimal.Decimal(x)\n",
    "shop/tests/__init__.py": "",
    "shop/tests/test_util.py": "from shop.util import money\n\n\ndef test_money():\n    assert money(1)\n",
}


@pytest.mark.parametrize(
    ("golden", "form"), [("report.txt", "terminal"), ("report.json", "json"), ("report.md", "markdown")]
)
def test_the_formats(
    archlint: Callable[..., Any], project: Callable[..., Path], golden: str, form: str
) -> None:
    done = archlint("report", "--format", form, "--no-cache", cwd=project(SHOP))
    assert (done.code, done.err) == (0, "")
    if os.environ.get("ARCHLINT_UPDATE_GOLDEN") == "1":
        (GOLDEN / golden).write_text(done.out, encoding="utf-8")
    assert done.out == (GOLDEN / golden).read_text(encoding="utf-8")


def test_the_json_report_lists_imports_as_the_graph_does(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    root = project(SHOP)
    report = json.loads(archlint("report", "--format", "json", cwd=root).out)
    graph = json.loads(archlint("graph", "--no-external", cwd=root).out)
    names = [one["name"] for one in report["modules"]]
    found = [
        (name, names[imported], line)
        for name, rows in zip(names, report["imports"], strict=True)
        for imported, *lines in rows
        for line in lines
    ]
    assert sorted(found) == sorted(
        (one["importer"], one["imported"], one["line"]) for one in graph["imports"]
    )


def test_a_piped_report_is_plain_ascii_of_eighty_columns(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    done = archlint("report", cwd=project(SHOP))
    assert done.out.isascii()
    assert "\x1b" not in done.out
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize("width", [60, 100, 140])
def test_every_line_keeps_to_the_width(
    archlint: Callable[..., Any], project: Callable[..., Path], width: int
) -> None:
    done = archlint("report", "--width", str(width), "--color", "always", cwd=project(SHOP))
    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.out)
    assert plain != done.out
    assert max(map(len, plain.splitlines())) <= width


def test_where_there_is_no_advice_on_a_cycle_it_is_not_denied(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    files = {
        "shop/__init__.py": 'from shop.core import X\n\n__all__ = ["X"]\n',
        "shop/core.py": "import shop\n\nX = shop\n",
    }
    out = " ".join(archlint("report", cwd=project(files)).out.split())
    assert "1 group of modules that import each other on load" in out
    assert "Nothing stands out: no cycle with an easy way out, few imports against the order" in out


def test_findings_and_files_that_do_not_parse_fail_no_report(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    done = archlint("report", cwd=project({**SHOP, "shop/bad.py": "def\n"}))
    assert done.code == 0
    assert "1 file not analysed" in done.out


def test_nothing_to_analyse_is_an_error(archlint: Callable[..., Any], tmp_path: Path) -> None:
    done = archlint("report", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")


def test_an_unknown_format_names_the_known(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    done = archlint("report", "--format", "markdwn", cwd=project(SHOP))
    assert done.code == 2
    assert "did you mean `markdown`" in done.err


EVIL = "[bold]x[/] <script>|`**#1 @all ::error::\x1b[31m\u202e"


def test_docstrings_forge_nothing(archlint: Callable[..., Any], project: Callable[..., Path]) -> None:
    doc = EVIL.encode("unicode_escape").decode("ascii")
    files = {f"shop/{name}.py": f'"""{doc}"""\nimport shop.{other}\n' for name, other in ("ab", "ba")}
    files |= {f"shop/p/{name}.py": "x = 1\n" * 3 for name in "cdef"} | {
        "shop/p/__init__.py": f'"""{doc}"""\n'
    }
    root = project({"shop/__init__.py": "", **files})
    terminal = archlint("report", cwd=root).out
    assert "\x1b" not in terminal
    assert "\u202e" not in terminal
    assert "[bold]x[/]" in terminal
    markdown = archlint("report", "--format", "markdown", cwd=root).out
    assert "<script" not in markdown
    assert "\\[bold\\]" in markdown
    assert "#1 " not in markdown
    assert "@all" not in markdown
    units = json.loads(archlint("report", "--format", "json", cwd=root).out)["packages"]
    assert any("<script>" in (unit["purpose"] or "") for unit in units)


def test_several_formats_at_once(archlint: Callable[..., Any], project: Callable[..., Path]) -> None:
    root = project(SHOP)
    done = archlint("report", "--format", "json=out.json", "--format", "terminal", cwd=root)
    assert done.code == 0
    assert json.loads((root / "out.json").read_text(encoding="utf-8"))["schema"] == "archlint-report/1"
    assert done.out.startswith("shop\n")


def test_one_is_not_plural_and_a_sentence_ends_once(archlint: Callable[..., Any], tmp_path: Path) -> None:
    examples = shutil.copytree(REPOSITORY / "examples", tmp_path / "examples")
    shop = archlint("report", "--project", examples / "shop").out
    assert "SQL stays in the database layer: broken, 1 finding\n" in shop
    assert ".;" not in shop
    assert "1 pair of parts; " in archlint("report", "--project", examples / "tangle").out


def test_what_does_not_fit_two_screens_says_capabilities_in_a_line(
    archlint: Callable[..., Any], project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(SHOP | {"shop/secrets.py": "import os\n\nKEY = os.environ['KEY']\n"})
    assert "CAPABILITIES" in archlint("report", "--no-cache", cwd=root).out
    monkeypatch.setattr("archlint.reporters.terminal.SCREENS", 20)
    brief = archlint("report", "--no-cache", cwd=root)
    assert "CAPABILITIES" not in brief.out
    assert "touches   environment 1" in brief.out


def test_paths_say_which_project_is_meant_and_no_more(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    root = project(SHOP)
    whole, part = archlint("report", cwd=root), archlint("report", "shop/db.py", cwd=root)
    assert part.out == whole.out
    assert part.err == "archlint: note: PATHS say which project is meant; the report is on the whole of it\n"
