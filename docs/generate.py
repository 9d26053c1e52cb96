"""Writes what the documentation has from the code: `python docs/generate.py`, from anywhere.

It makes a page for each rule and contract type in docs/rules/ from its docstring, and
docs/configuration.schema.json from the settings, the contract types and the rules. A test fails where
they are stale.
"""  # noqa: INP001 (a script beside the pages)

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from archlint.config.registry import builtin
from archlint.reporters.config_schema import config_schema
from archlint.reporters.pages import contract_page, entries, pages_of
from archlint.reporters.rule_list import FAMILIES
from archlint.reporters.rule_page import markdown_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.config.registry import Registry
    from archlint.reporters.pages import Entry

DOCS = Path(__file__).resolve().parent
MADE = "<!-- Made by docs/generate.py from the docstring: change that, and run it again. -->\n\n"
_ROW = re.compile(r"^\| `([a-z-]+)` \| .+? \| (.+) \|$", re.MULTILINE)


def generated() -> dict[str, str]:
    """Return the text of each file that is made, by its path below docs/."""
    known = builtin()
    listed = entries(known)
    files = {f"rules/{entry.name}.md": _rule_page(known, entry) for entry in listed}
    for kind in known.contract_types:
        text = markdown_pages([contract_page(kind)])
        files[f"rules/contract-{kind.type}.md"] = MADE + _linked(text, listed)
    files["rules/README.md"] = MADE + "\n".join(_index(known, listed)) + "\n"
    schema = config_schema(known, _said("configuration.md") | _said("contracts.md"))
    files["configuration.schema.json"] = json.dumps(schema, indent=2) + "\n"
    return files


def _rule_page(known: Registry, entry: Entry) -> str:
    text = MADE + markdown_pages(pages_of(known, entry.code)[:1])
    if not entry.contract_types:
        return text
    types = ", ".join(f"[{name}](contract-{name}.md)" for name in entry.contract_types)
    return f"{text}\nThe pages of these contract types say more: {types}.\n"


def _linked(text: str, listed: Sequence[Entry]) -> str:
    """Make links of the codes that a contract type emits."""
    for entry in listed:
        text = text.replace(
            f"- {entry.code} `{entry.name}`:", f"- [{entry.code} {entry.name}]({entry.name}.md):"
        )
    return text


def _index(known: Registry, listed: Sequence[Entry]) -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield "Those marked • run unasked; [the thresholds](../default-rules.md) stand in one table."
    for family, title in FAMILIES.items():
        members = [entry for entry in listed if entry.code[3] == family]
        if members:
            yield from (
                "",
                f"## {family} {title}",
                "",
                "| | rule | severity | what it says |",
                "|---|---|---|---|",
            )
            yield from map(_row, members)
    yield from ("", "## Contract types", "", "| type | what it says |", "|---|---|")
    for kind in known.contract_types:
        summary = contract_page(kind).summary.replace("|", "\\|")
        yield f"| [{kind.type}](contract-{kind.type}.md) | {summary} |"


def _row(entry: Entry) -> str:
    mark = "•" if entry.default else ""
    summary = entry.summary.replace("|", "\\|")
    return f"| {mark} | [{entry.code} {entry.name}]({entry.name}.md) | {entry.severity} | {summary} |"


def _said(page: str) -> dict[str, str]:
    """Return what the tables of a page say of each key."""
    return dict(_ROW.findall((DOCS / page).read_text(encoding="utf-8")))


def stale() -> list[str]:
    """Return the paths below docs/ that are not as they would be made, or that nothing makes any more."""
    files = generated()
    there = {path.relative_to(DOCS).as_posix() for path in (DOCS / "rules").glob("*.md")}
    wrong = {name for name, text in files.items() if _kept(name) != text}
    return sorted(wrong | (there - set(files)))


def _kept(name: str) -> str | None:
    path = DOCS / name
    return path.read_text(encoding="utf-8") if path.exists() else None


def main() -> None:
    """Write what is stale, and take away what nothing makes any more."""
    files = generated()
    for name in stale():
        path = DOCS / name
        path.parent.mkdir(exist_ok=True)
        if name in files:
            path.write_text(files[name], encoding="utf-8")
        else:
            path.unlink()


if __name__ == "__main__":
    main()
