"""Generated sources: both readers agree, imports say what Python's own parser says, nothing raises."""

from __future__ import annotations

import ast
from typing import Any

from fuzzing import cases
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from archlint.facts import Flag
from archlint.parsing.decode import decode
from archlint.parsing.read import read_facts
from archlint.parsing.readers import read_outline, read_whole

WORDS = st.sampled_from(
    ["a", "shop", "typing", "TYPE_CHECKING", "_x", "ünï", "ªb", "lazy", "type", "match", "import_"]
)
DOTTED = st.lists(WORDS, min_size=1, max_size=3).map(".".join)
ALIAS = st.one_of(st.just(""), WORDS.map(" as {}".format))
GAP = st.sampled_from([" ", "  ", "\t", " \\\n "])


@st.composite
def imports(draw: Any) -> str:
    """Draw an import statement of any shape that Python takes."""
    gap = draw(GAP)
    if draw(st.booleans()):
        parts = draw(st.lists(st.tuples(DOTTED, ALIAS).map("".join), min_size=1, max_size=3))
        return f"import{gap}{', '.join(parts)}"
    dots = "." * draw(st.integers(0, 4))
    module = f"{dots}{gap if dots else ''}{draw(DOTTED)}" if not dots or draw(st.booleans()) else dots
    if draw(st.integers(0, 5)) == 0:
        return f"from {module} import{gap}*"
    names = draw(st.lists(st.tuples(WORDS, ALIAS).map("".join), min_size=1, max_size=3))
    if draw(st.booleans()):
        inner = draw(st.sampled_from([", ", ",\n    ", ", # c\n"]))
        return f"from {module} import ({inner.join(names)}{draw(st.sampled_from(['', ',', ' # end' + chr(10)]))})"
    return f"from {module} import{gap}{', '.join(names)}"


HEADS = st.sampled_from(
    [
        "if TYPE_CHECKING:",
        "if typing.TYPE_CHECKING:",
        "if not TYPE_CHECKING:",
        "if a:",
        "def f(a=b, *c, d: 'e' = 1, **g) -> x:",
        "async def g():",
        "class C(a.B, metaclass=M):",
        "for i in a.b:",
        "while a:",
        "with a as b, c:",
        "try:",
        "match a:\n    case [b, *c] if d:",
        "@a.b(c)\ndef h(self):",
    ]
)
PLAIN = st.sampled_from(
    [
        "x = a.b.c(d)",
        "return_ = [i for i in shop.x if i]",
        "print(f'{a.b!r:>{c}}')",
        "'doc'",
        "x: a.B = lambda y: y or z",
        "pass",
    ]
)


def block(head: str, body: list[str]) -> str:
    """Return a compound statement; what must follow a ``try`` follows."""
    deeper = "        " if head.startswith("match") else "    "
    lines = "\n".join(deeper + line for statement in body for line in statement.split("\n"))
    tail = "\nexcept (a, B) as e:\n    pass\nelse:\n    import late" if head == "try:" else ""
    return f"{head}\n{lines}{tail}"


SIMPLE = st.one_of(imports(), imports(), PLAIN)
STATEMENTS = st.recursive(
    SIMPLE, lambda inner: st.builds(block, HEADS, st.lists(inner, min_size=1, max_size=3)), max_leaves=8
)
PROGRAMS = st.lists(STATEMENTS, max_size=6).map("\n".join)


def is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


@cases(150, 20_000)
@given(PROGRAMS)
def test_the_outline_equals_the_whole(text: str) -> None:
    """What is read from the import statements alone is what LibCST reads from the whole file."""
    if not is_python(text):
        return
    source = decode(text.encode())
    outline, whole = read_outline(source, ast.parse(source.text), 0, None), read_whole(source, 0)
    assert (outline.pop("reader"), whole.pop("reader")) == ("outline", "whole")
    outline.pop("maintainability")  # radon's, so that the C parser is needed
    assert outline == whole


@cases(150, 20_000)
@given(PROGRAMS)
def test_imports_are_those_that_python_sees(text: str) -> None:
    if not is_python(text):
        return
    seen = sorted(
        (
            node.lineno,
            getattr(node, "level", 0),
            getattr(node, "module", "") or "",
            tuple(a.name for a in node.names),
        )
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
    )
    facts = read_facts(text.encode())
    assert facts.failure is None
    assert sorted((i.line, i.level, i.module, tuple(n.name for n in i.names)) for i in facts.imports) == seen


@cases(100, 10_000)
@given(imports(), st.integers(0, 3), st.booleans())
def test_depth_changes_flags_and_places_alone(text: str, depth: int, checking: bool) -> None:
    """Putting a statement into blocks moves it and sets flags; it says the same."""
    if not is_python(text) or "*" in text:
        return
    flat = read_facts(text.encode()).imports
    nested = text
    for _ in range(depth):
        nested = block("if TYPE_CHECKING:" if checking else "def f():", [nested])
    deep = read_facts(nested.encode()).imports
    if not is_python(nested):
        return
    flag = (Flag.TYPE_CHECKING if checking else Flag.DEFERRED) if depth else 0
    assert [bool(i.flags & flag) if flag else True for i in deep] == [True] * len(flat)
    same = {"line": 0, "column": 0, "end_line": 0, "end_column": 0, "names": (), "flags": 0, "scope": ""}
    assert [structs.replace(i, **same) for i in deep] == [structs.replace(i, **same) for i in flat]


@cases(150, 20_000)
@given(PROGRAMS, st.integers(0, 400), st.text(max_size=6))
def test_a_broken_program_is_read_or_refused(text: str, place: int, junk: str) -> None:
    """Anything put anywhere: facts or a failure, and never an exception."""
    place = min(place, len(text))
    facts = read_facts((text[:place] + junk + text[place:]).encode("utf-8", "surrogatepass"))
    assert (facts.failure is None) == (facts.reader != "none")
    if facts.failure is not None:
        assert facts.failure.code == "ARC900", facts.failure
