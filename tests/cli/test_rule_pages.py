"""``archlint explain`` and ``archlint rules``."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from archlint.config.options import build
from archlint.config.registry import builtin
from archlint.reporters.pages import body_of, options_of, words

if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN = builtin()


@pytest.mark.parametrize("word", words(KNOWN))
def test_every_word_has_a_page(archlint: Callable[..., Any], word: str) -> None:
    done = archlint("explain", word)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("# ")
    assert word in done.out
    assert "\x1b" not in done.out


@pytest.mark.parametrize("rule", KNOWN.rules, ids=lambda rule: rule.name)
def test_a_rules_page_says_what_it_is(archlint: Callable[..., Any], rule: Any) -> None:
    done = archlint("explain", rule.code)
    title, standing = done.lines[0], done.lines[2]
    assert title == f"# {rule.code} {rule.name}"
    assert standing == f"Rule, severity `{rule.severity}`, {'on' if rule.default else 'off'} by default."
    assert body_of(rule) in done.out


@pytest.mark.parametrize(
    "rule", [rule for rule in KNOWN.rules if options_of(rule)], ids=lambda rule: rule.name
)
def test_the_printed_defaults_are_toml_and_the_defaults(archlint: Callable[..., Any], rule: Any) -> None:
    printed = re.search(
        r"## Configuration\n```toml\n(.*?)\n```", archlint("explain", rule.name).out, re.DOTALL
    )
    assert printed is not None
    table = tomllib.loads(printed[1])["tool"]["archlint"]["rules"][rule.name]
    assert set(table) | {option.name for option in options_of(rule) if option.default is None} == {
        option.name for option in options_of(rule)
    }
    assert build(rule, table) == (rule(), [])


def test_a_contracts_code_leads_to_its_contract_types(archlint: Callable[..., Any]) -> None:
    done = archlint("explain", "arc101")
    assert done.lines[0] == "# ARC101 layer-breach"
    assert "# layers" in done.lines
    assert archlint("explain", "layer-breach").out == done.out


def test_a_contract_type_lists_its_codes_and_required_options(archlint: Callable[..., Any]) -> None:
    done = archlint("explain", "forbidden")
    assert "- ARC102 `forbidden-import`: A module imports, directly or not, what it may not." in done.lines
    assert "source-modules = ...  # required" in done.lines
    assert "as-packages = true" in done.lines


def test_each_page_is_printed_once(archlint: Callable[..., Any]) -> None:
    assert archlint("explain", "ARC201", "import-cycle").out == archlint("explain", "ARC201").out


def test_colour_is_light_and_leaves_no_markdown(archlint: Callable[..., Any]) -> None:
    out = archlint("explain", "import-cycle", "--color", "always").out
    assert out.startswith("\x1b[1mARC201 import-cycle\x1b[0m\n")
    assert "```" not in out
    assert "\n#" not in out
    assert archlint("explain", "import-cycle", "--color", "always", "--format", "markdown").out.startswith(
        "# ARC201"
    )


def test_the_json_page(archlint: Callable[..., Any]) -> None:
    (page,) = json.loads(archlint("explain", "ARC201", "--format", "json").out)["pages"]
    assert (page["code"], page["name"], page["severity"], page["default"]) == (
        "ARC201",
        "import-cycle",
        "warning",
        True,
    )
    assert page["options"][0] == {
        "name": "edges",
        "type": "list",
        "required": False,
        "default": ["eager", "conditional"],
    }
    assert "## Why is this bad?" in page["markdown"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["import-cycl"], "unknown rule or contract type `import-cycl`; did you mean `import-cycle`?"),
        (["layer"], "unknown rule or contract type `layer`; did you mean `layers`?"),
        (["zzz"], "unknown rule or contract type `zzz`"),
        (["evil\x1b[2J"], "unknown rule or contract type `evil\\x1b[2J`"),
        ([], "Missing argument 'RULE...'."),
    ],
)
def test_an_unknown_word_is_one_line(
    archlint: Callable[..., Any], arguments: list[str], message: str
) -> None:
    done = archlint("explain", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[0] == f"archlint: error: {message}"


def test_all_unknown_words_are_told_at_once(archlint: Callable[..., Any]) -> None:
    done = archlint("explain", "ARC201", "abc", "def")
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 2)


def test_the_list_has_every_code_once_in_order(archlint: Callable[..., Any]) -> None:
    codes = re.findall(r"^ [* ] (ARC\d\d\d) ", archlint("rules").out, re.MULTILINE)
    assert codes == sorted(KNOWN.names)


def test_the_list_marks_what_runs_unasked(archlint: Callable[..., Any]) -> None:
    marked = re.findall(r"^ \* (ARC\d\d\d) ", archlint("rules").out, re.MULTILINE)
    assert set(marked) == KNOWN.defaults


def test_the_list_as_json_and_markdown(archlint: Callable[..., Any]) -> None:
    rows = json.loads(archlint("rules", "--format", "json").out)["rules"]
    assert [row["code"] for row in rows] == sorted(KNOWN.names)
    assert all(row["summary"].endswith(".") for row in rows)
    assert next(row for row in rows if row["code"] == "ARC104")["contract_types"] == ["protected"]
    table = archlint("rules", "--format", "markdown").lines
    assert len(table) == len(rows) + 2
    assert {line.count(" | ") for line in table[2:]} == {4}
