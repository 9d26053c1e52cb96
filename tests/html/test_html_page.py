"""The page as text: one file, nothing loaded, nothing forged, the same bytes every time."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from making import Elements, data_of, make
from shop import SHOP
from support import write_tree

from archlint.errors import ArchlintError
from archlint.reporters.html.earlier import read_earlier
from archlint.reporters.html.page import asset, embedded, program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_policy_lets_in_this_script_and_style_alone(pages: dict[str, Path]) -> None:
    elements = Elements(pages["shop"].read_text(encoding="utf-8"))
    policy = next(a["content"] for tag, a in elements.found if a.get("http-equiv"))
    digests = [
        "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
        for text in (elements.texts["script"][1], elements.texts["style"][0])
    ]
    assert policy == (
        f"default-src 'none'; script-src '{digests[0]}'; style-src '{digests[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("name", ["shop", "next", "evil"])
def test_the_page_is_made_of_its_own_elements(pages: dict[str, Path], name: str) -> None:
    """Whatever a project says, the elements are those of the template."""
    page = pages[name].read_text(encoding="utf-8")
    elements = Elements(page)
    assert [tag for tag, _ in elements.found if tag in ("script", "style", "link")] == [
        "link",
        "style",
        "script",
        "script",
    ]
    assert not {"img", "iframe", "object", "b", "i"} & {tag for tag, _ in elements.found}
    addresses = [value for _, a in elements.found for key, value in a.items() if key in ("src", "href")]
    assert set(addresses) <= {"data:,", "#main", "#/"}
    assert not [key for _, a in elements.found for key in a if key.startswith("on")]
    assert page.isprintable() or not set("\x1b\u202e\u2028") & set(page)


def test_the_script_makes_no_markup() -> None:
    """Text becomes elements by textContent and append; nothing is parsed, evaluated or fetched."""
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(|XMLHttp|import\(|https?:"
    assert re.findall(banned, program().replace("http://www.w3.org/2000/svg", "")) == []
    assert "</" not in program()
    assert "url(" not in asset("style.css")


def test_the_page_itself_is_small() -> None:
    assert len(program()) + len(asset("style.css")) + len(asset("template.html.j2")) < 150_000


@pytest.mark.parametrize(
    "value", ["</script>", "<!--<script>", "&lt;", "\u2028", "\ud800", "\x00", "]]>", "\\u003c/script>"]
)
def test_embedded_json_survives(value: str) -> None:
    text = embedded({"key": value})
    assert not set("<>&") & set(text)
    assert text.isascii()
    assert json.loads(text) == {"key": value}


def test_bytes_are_the_same_everywhere(tmp_path: Path, pages: dict[str, Path]) -> None:
    root = write_tree(tmp_path / "elsewhere", SHOP)
    assert make(root, jobs=1) == make(root, jobs=2) == pages["shop"].read_text(encoding="utf-8")


def test_the_data_is_compact_and_complete(pages: dict[str, Path]) -> None:
    data = data_of(pages["shop"])
    modules = data["modules"]
    assert {len(column) for column in modules.values()} == {len(SHOP) - 1}
    views = modules["name"].index("shop.web.views")
    taken = [(modules["name"][row[0]], row[1], row[3]) for row in data["imports"][views]]
    assert taken == [("shop.orders", 2, "place"), ("shop.util", 3, "money")]
    util = data["functions"][modules["name"].index("shop.util")]
    assert [row[:5] for row in util] == [["money", 4, 53, 25, 0]]
    assert [one["why"] for one in data["contracts"]] == [
        "A storage change must not reach the `web` tier.",
        None,
    ]


def test_changes_since_a_page(pages: dict[str, Path]) -> None:
    data = data_of(pages["next"])
    names, changes = data["modules"]["name"], data["changes"]
    assert [names[one] for one in changes["modules_new"]] == ["shop.stock"]
    assert changes["modules_gone"] == []
    assert changes["imports_gone"] == [["shop.db", "shop.web.views"]]
    assert [[names[one] for one in pair] for pair in changes["imports_new"]] == [["shop.stock", "shop.util"]]
    assert [row[1:] for row in changes["functions_moved"]] == [["money", 1, 25, 1]]
    assert [row[0] for row in changes["grades"]] == ["Complexity", "Adaptability", "Stakeholder alignment"]


def test_changes_since_a_json_report(
    archlint: Callable[..., Any], project: Callable[..., Path], tmp_path: Path
) -> None:
    root, old, new = project(SHOP), tmp_path / "old.json", tmp_path / "new.html"
    assert archlint("report", "--no-cache", "--format", "json", "-o", old, cwd=root).code == 0
    (root / "shop/stock.py").write_text("import shop.util\n")
    done = archlint("report", "--no-cache", "--format", "html", "-o", new, "--compare", old, cwd=root)
    assert (done.code, done.out, done.err) == (0, "", "")
    data = data_of(new)
    names, changes = data["modules"]["name"], data["changes"]
    assert [[names[one] for one in pair] for pair in changes["imports_new"]] == [["shop.stock", "shop.util"]]
    assert (changes["imports_gone"], changes["notes"]) == ([], [])
    assert "Adaptability" in [row[0] for row in changes["grades"]]


def test_a_page_and_a_json_report_tell_the_same_to_compare_with(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    root = project(SHOP)
    done = archlint("report", "--format", "json=old.json", "--format", "html=old.html", cwd=root)
    assert done.code == 0
    page, report = (read_earlier((root / f"old.{kind}").read_text(), "old") for kind in ("html", "json"))
    assert page.imports == report.imports
    assert page.grades == report.grades
    assert (page.modules, page.functions, page.system) == (report.modules, report.functions, report.system)


def test_a_json_report_of_an_earlier_version_has_no_imports(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    root = project(SHOP)
    assert archlint("report", "--format", "json=new.json", cwd=root).code == 0
    report = json.loads((root / "new.json").read_text())
    del report["imports"], report["grades"]
    (root / "old.json").write_text(json.dumps(report))
    done = archlint("report", "--format", "html=page.html", "--compare", "old.json", cwd=root)
    assert (done.code, done.err) == (0, "")
    changes = data_of(root / "page.html")["changes"]
    assert (changes["imports_new"], changes["grades"]) == (None, [])
    assert "an earlier archlint wrote it" in changes["notes"][0]


def test_nothing_changed_since_the_same_page(tmp_path: Path) -> None:
    """Two functions of one name, as a property and its setter, are not taken for each other."""
    setter = "class A:\n    @property\n    def x(self):\n        return 1 if self else 2\n"
    setter += "    @x.setter\n    def x(self, y):\n        self.y = y\n"
    root = write_tree(tmp_path / "project", SHOP | {"shop/two.py": setter})
    old = tmp_path / "old.html"
    old.write_text(make(root), encoding="utf-8")
    (tmp_path / "new.html").write_text(make(root, old), encoding="utf-8")
    changes = data_of(tmp_path / "new.html")["changes"]
    lists = [changes[key] for key in changes if key not in ("against", "notes", "system")]
    assert lists == [[]] * len(lists)
    assert all(before == after for _, before, after, _ in changes["system"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "hello",
        '{"schema": "archlint-page/1"}',
        '{"schema": "archlint-page/1", "modules": 5}',
        '{"schema": "archlint-report/1", "modules": [], "functions": 3}',
        '{"schema": "archlint-graph/1"}',
        '<script type="application/json" id="data">{</script>',
        "[" * 100_000,
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ArchlintError, match=r"^old\.html: not a report that --compare can read; give a file"):
        read_earlier(text, "old.html")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "html", "--compare", "gone.html"], "--compare gone.html: no such file"),
        (["--format", "html", "--compare", "archlint.toml"], "archlint.toml: not a report"),
        (["--compare", "archlint.toml"], "--compare goes with --format html"),
    ],
)
def test_compare_complains_in_one_line(
    archlint: Callable[..., Any], project: Callable[..., Path], arguments: list[str], said: str
) -> None:
    done = archlint("report", "--no-cache", *arguments, cwd=project(SHOP))
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err
