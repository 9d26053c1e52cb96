"""No name or text of a stranger's forges a line, a command, markup or a colour, in any format."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from support import write_tree

from archlint.cli.main import COMMANDS
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support import Outcome

EVIL = (
    *(
        "a\n::error file=x::pwned",
        "b\r\n##vso[task.complete result=Succeeded]",
        "##teamcity[x]",
        "c\x1b[31mred",
    ),
    *("d\x1b]8;;http://evil\x07link", "<script>alert(1)<script>", "</script><img src=x onerror=alert(1)>"),
    *("[bold]id[bold]", "100%", "quo\"te'", "bidi\u202eend", "hidden\u2066x", "line\u2028sep", "`tick`|pipe"),
    *(
        "-rf",
        "--output=x",
        "c1\x85next",
        "=cmd()",
        "nul\\0",
        "{{7*7}}",
        "a,b;c",
        "]]>",
        "\x7fdel",
        "%0A::error::x",
    ),
)
BAD_BYTES = b"caf\xe9"
# What no text for people or for a CI may hold: controls that move, colour or reorder.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
FORGED = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
ANNOTATION = re.compile(
    r"^::(error|warning|notice) title=ARC\d+ [a-z-]+,file=[^:,\n]*,line=\d+,col=\d+::", re.MULTILINE
)
CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
MARKUP = re.compile(r"<(script|img)\b", re.IGNORECASE)
PLAIN = frozenset({"concise", "full", "terminal", "text", "dot", "mermaid", "markdown", "github", "azure"})
ARGUMENTS = {
    "why": ("shop.one", "shop.two"),
    "can": ("shop.one", "shop.two"),
    "explain": ("ARC201",),
    "impact": ("shop/__init__.py", "shop/two.py", "--all", "--chains"),
    "report": (),
    "init": None,
    "baseline": None,
    "diff": None,
}


def formats() -> list[tuple[str, str]]:
    """Return every command that takes a project or a rule, with each of its formats."""
    found = []
    for command in COMMANDS:
        known = getattr(import_module(f"archlint.cli.{command}"), "FORMATS", ())
        if ARGUMENTS.get(command, ()) is not None:
            found += [(command, name) for name in known]
    return found


def quoted(text: str) -> str:
    """Return *text* as a TOML or Python string."""
    return json.dumps(text, ensure_ascii=True)


def evil_files() -> dict[str, str]:
    names = [text for text in EVIL if "/" not in text and "\0" not in text]
    texts = "\n".join(f"class K{number}:\n    {quoted(text)}" for number, text in enumerate(EVIL))
    comments = "\n".join(
        f"import shop.two  # archlint: ignore[{word}] -- {text}"
        for text in EVIL
        for word in ("ARC201", "import-cycle")
        if len(text.splitlines()) == 1
    )
    # A suppression that is unused, one that names no rule and one without reason, each with evil in it.
    odd = "\n".join(
        f"x = 1  # archlint: ignore[{text.splitlines()[-1]}] -- {text.splitlines()[-1]}" for text in EVIL
    )
    return {
        "shop/__init__.py": f"{quoted(EVIL[0])}\n__all__ = [{', '.join(map(quoted, EVIL))}]\n",
        "shop/one.py": f"{quoted(EVIL[3])}\nimport shop.two\nimport ªb, ünï.x\n{texts}\n",
        "shop/two.py": f"import shop.one\nfrom ....... import up\n{comments}\n{odd}\n",
        **{f"shop/{name}.py": f"def broken(:  # {name.splitlines()[0]}\n" for name in names},
        **{f"shop/{name} dir/__init__.py": "import shop\n" for name in names},
        **{f"{name}/pkg/__init__.py": "def broken(:\n" for name in names},
        "pyproject.toml": "\n".join((f"[project]\nname = {quoted(EVIL[0])}", *map(_contract, EVIL))),
    }


def _contract(text: str) -> str:
    table = "[[tool.archlint.contracts]]"
    kinds = (
        'type = "layers"\nlayers = ["shop.one", "shop.two"]',
        f'type = "forbidden"\nsource-modules = ["shop.two"]\nforbidden-modules = [{quoted(text)}]',
    )
    return "\n".join(
        f"{table}\nname = {quoted(f'{number} {text}')}\nwhy = {quoted(text)}\nowner = {quoted(text)}\n{kind}"
        for number, kind in enumerate(kinds)
    )


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_tree(tmp_path_factory.mktemp("evil") / "::error::root\x1b[31m", evil_files())
    package = os.path.join(os.fsencode(root), b"shop", BAD_BYTES)
    os.mkdir(package)
    for path in (os.path.join(package, b"__init__.py"), os.path.join(package, BAD_BYTES + b".py")):
        with open(path, "wb") as file:
            file.write(b"# coding: " + BAD_BYTES + b"\n")
    return root


@pytest.mark.parametrize(("command", "name"), formats())
def test_every_format_stays_well_formed(
    evil: Path, archlint: Callable[..., Outcome], command: str, name: str
) -> None:
    ran = archlint(command, "--format", name, *ARGUMENTS.get(command, ()), cwd=evil)
    assert ran.code in (0, 1, 2), ran.err
    assert "bug in archlint" not in ran.err
    assert CONTROLS.findall(ran.err) == []
    assert FORGED.findall(ran.err) == []
    assert ran.out
    assert FORGED.findall(ANNOTATION.sub("", ran.out) if name == "github" else ran.out) == []
    if name == "json":
        json.loads(ran.out)
        assert [
            line for line in ran.out.split("\n") if CONTROLS.search(line.translate(_HARMLESS_IN_JSON))
        ] == []
    if name == "graphml":
        ET.fromstring(ran.out)
    if name in PLAIN:
        assert CONTROLS.findall(ran.out) == []
    if name == "markdown":
        assert MARKUP.findall(CODE_SPAN.sub("", ran.out)) == []


# JSON is for machines, and keeps what reorders text or is no control of ASCII.
_HARMLESS_IN_JSON = dict.fromkeys([*range(0x7F, 0xA0), 0x61C, *range(0x200E, 0x2070)])


def test_check_says_what_it_could_not_read(evil: Path, archlint: Callable[..., Outcome]) -> None:
    """The evil names are there to be seen: the tests above look at something."""
    ran = archlint("check", "--format", "json", cwd=evil)
    found = json.loads(ran.out)
    assert ran.code == 2
    assert {"ARC900", "ARC101", "ARC002"} <= {each["code"] for each in found["findings"]}
    paths = {each["path"] for each in found["findings"]}
    assert any("::error" in path for path in paths)
    assert any("onerror" in error for error in found["errors"]) or "onerror" in ran.out


@pytest.mark.parametrize(("format_", "opened", "closed"), [("dot", '"', '"'), ("mermaid", '"', '"')])
def test_drawings_keep_names_in_quotes(
    evil: Path, archlint: Callable[..., Outcome], format_: str, opened: str, closed: str
) -> None:
    ran = archlint("graph", "--format", format_, "--external", cwd=evil)
    for line in ran.lines:
        outside = re.sub(rf"{opened}(?:\\.|[^{closed}\\])*{closed}", "", line)
        assert '"' not in outside, line
        assert not MARKUP.search(outside), line


@pytest.mark.parametrize("text", EVIL)
def test_safe_text_is_one_line_without_controls(text: str) -> None:
    shown = safe(text)
    assert CONTROLS.findall(shown) == []
    assert len(shown.splitlines()) == 1


def test_errors_about_evil_arguments_are_neutral(evil: Path, archlint: Callable[..., Outcome]) -> None:
    for text in EVIL:
        for arguments in (
            ("check", f"x{text}"),
            (f"x{text}",),
            ("explain", f"x{text}"),
            ("check", "--select", f"x{text}"),
        ):
            ran = archlint(*arguments, cwd=evil)
            assert ran.code == 2
            assert CONTROLS.findall(ran.err) == []
            assert FORGED.findall(ran.err) == []


def test_a_faulty_configuration_with_evil_keys_is_neutral(
    archlint: Callable[..., Outcome], tmp_path: Path
) -> None:
    for text in EVIL:
        (tmp_path / "archlint.toml").write_text(f"{quoted(text)} = 1\n[rules.{quoted(text)}]\nx = 1\n")
        ran = archlint("check", cwd=tmp_path)
        assert ran.code == 2
        assert CONTROLS.findall(ran.err) == []
        assert FORGED.findall(ran.err) == []
