"""The formats of ``check``: golden files, and what each owes to those that read it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from check_samples import (
    COMPLEX,
    CYCLE,
    DIRECT,
    INDIRECT,
    SOURCES,
    analysis_of,
    ordinary,
    ordinary_aids,
)
from msgspec.structs import replace

from archlint import __version__
from archlint.config.registry import builtin
from archlint.reporters.aids import Aids
from archlint.reporters.excerpt import WIDEST, excerpt
from archlint.reporters.formats import AIDED, HOMES, render
from archlint.reporters.pages import pages_of
from archlint.reporters.rule_page import markdown_pages

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
SUFFIXES = {"json": "json", "sarif": "sarif", "gitlab": "json", "rdjson": "json", "junit": "xml"}
SUFFIXES |= {"jsonl": "jsonl", "markdown": "md"}


def golden(name: str, text: str) -> None:
    """Compare *text* with a golden file; ``ARCHLINT_UPDATE_GOLDEN=1`` writes it instead."""
    file = GOLDEN / name
    if os.environ.get("ARCHLINT_UPDATE_GOLDEN") == "1":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def as_kept(name: str, text: str) -> str:
    """Return a report without what changes with every release and every page of a rule."""
    if name != "sarif":
        return text
    document = json.loads(text)
    driver = document["runs"][0]["tool"]["driver"]
    assert driver["version"] == driver["semanticVersion"] == __version__
    assert driver["fullName"] == f"archlint {__version__}"
    driver |= {"version": "0", "semanticVersion": "0", "fullName": "archlint 0"}
    for rule in driver["rules"]:
        page = markdown_pages(pages_of(builtin(), rule["id"]))
        assert rule["help"] == {"text": page, "markdown": page}
        assert rule["fullDescription"] == rule["shortDescription"]
        for key in ("help", "fullDescription", "shortDescription"):
            rule[key] = "..."
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("name", HOMES)
def test_a_format_is_the_golden_one(name: str) -> None:
    report = render(name, ordinary(), ordinary_aids())
    golden(f"check-{name}.{SUFFIXES.get(name, 'txt')}", as_kept(name, report))


@pytest.mark.parametrize("name", HOMES)
def test_a_format_says_the_same_twice_and_ends_its_last_line(name: str) -> None:
    first, second = (render(name, ordinary(), ordinary_aids()) for _ in range(2))
    assert first == second
    assert first.endswith("\n")
    assert not first.endswith("\n\n")


@pytest.mark.parametrize("name", sorted(AIDED))
def test_a_format_does_without_sources(name: str) -> None:
    assert render(name, ordinary(), Aids())


@pytest.mark.parametrize("name", ["full", "grouped"])
def test_colour_changes_nothing_but_colour(name: str) -> None:
    plain = render(name, ordinary(), Aids(SOURCES))
    painted = render(name, ordinary(), Aids(SOURCES, colour=True))
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain


def test_json_lines_are_the_findings_of_json() -> None:
    rows = [json.loads(line) for line in render("jsonl", ordinary(), Aids()).splitlines()]
    document = json.loads(render("json", ordinary(), Aids()))
    assert [{key: row[key] for key in row if key != "schema"} for row in rows] == document["findings"]
    assert {row["schema"] for row in rows} == {"archlint-finding/1"}
    assert render("jsonl", analysis_of(), Aids()) == ""


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("import os", 1, ("import os", 0, 9)),
        ("    import os  ", 5, ("    import os", 4, 9)),
        ("import os  # why", 1, ("import os  # why", 0, 9)),
        ("f(' #', x)", 1, ("f(' #', x)", 0, 10)),
        ("\timport os", 2, (" import os", 1, 9)),
        ("x = '日本'; import os", 11, ("x = '日本'; import os", 12, 9)),
        ("e\u0301 = 1; import os", 8, ("e\u0301 = 1; import os", 6, 10)),
        ("import os", 99, ("import os", 9, 1)),
        ("", 1, ("", 0, 1)),
        ("a\x1b[31m", 1, ("a\\x1b[31m", 0, 9)),
    ],
)
def test_an_excerpt_has_its_caret_below_what_is_meant(
    text: str, column: int, expected: tuple[str, int, int]
) -> None:
    assert excerpt(text, column) == expected


def test_a_long_line_is_cut_around_what_is_meant() -> None:
    shown, before, under = excerpt("x" * 500 + "import os" + "y" * 500, 501)
    assert shown.startswith("...x")
    assert shown[before:].startswith("import os")
    assert len(shown) <= WIDEST + 2 * len("...")
    assert before + under == len(shown) - len("...")


def test_an_excerpt_is_decoded_as_the_file_says() -> None:
    latin = Aids({"m.py": "# coding: latin-1\nimport café\n".encode("latin-1")})
    assert latin.line("m.py", 2) == "import café"
    odd = Aids({"m.py": b"# coding: rot13\r\nimport \xff\r", "bom.py": b"\xef\xbb\xbfimport x"})
    assert odd.line("m.py", 2) == "import \\xff"
    assert odd.line("bom.py", 1) == "import x"
    assert [odd.line("m.py", 0), odd.line("m.py", 9), odd.line("gone.py", 1)] == [None, None, None]


def test_github_shows_ten_annotations_of_each_severity_the_severest_first() -> None:
    many = [
        replace(finding, line=number, identity=(finding.code, str(number)))
        for number in range(1, 13)
        for finding in (COMPLEX, CYCLE, DIRECT)
    ]
    lines = render("github", analysis_of(many), Aids()).splitlines()
    levels = [line.split(" ")[0] for line in lines if line.startswith("::")]
    assert levels == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    assert [line for line in lines if "have no annotation" in line] == [
        f"2 more of severity {severity} have no annotation." for severity in ("error", "warning", "info")
    ]


def test_gitlab_findings_of_one_identity_keep_apart() -> None:
    twice = [INDIRECT, replace(INDIRECT, line=9)]
    rows = json.loads(render("gitlab", analysis_of(twice), Aids()))
    assert rows[0]["fingerprint"] == INDIRECT.fingerprint
    assert len({row["fingerprint"] for row in rows}) == 2


def test_rdjson_columns_count_bytes() -> None:
    (row,) = json.loads(render("rdjson", analysis_of([DIRECT]), Aids(SOURCES)))["diagnostics"]
    line = SOURCES["shop/café.py"].split(b"\n")[0]
    reach = row["location"]["range"]
    assert line[reach["start"]["column"] - 1 : reach["end"]["column"] - 1] == b"import shop.web"


def test_a_markdown_summary_keeps_its_limits() -> None:
    long = [
        replace(INDIRECT, message="m" * 2_000, line=number, identity=("ARC101", str(number)))
        for number in range(300)
    ]
    text = render("markdown", analysis_of(long), Aids())
    assert len(text) < 65_536
    assert "more." in text


def test_no_findings_are_said_in_every_format() -> None:
    clean: dict[str, Any] = {name: render(name, analysis_of(), Aids()) for name in HOMES}
    assert json.loads(clean["gitlab"]) == []
    assert json.loads(clean["rdjson"])["diagnostics"] == []
    assert json.loads(clean["sarif"])["runs"][0]["results"] == []
    assert "No findings" in clean["junit"]
    assert "## archlint: passed" in clean["markdown"]
    for name in ("concise", "full", "grouped", "github"):
        assert clean[name] == "No findings in 12 files, 34 imports.\n"
