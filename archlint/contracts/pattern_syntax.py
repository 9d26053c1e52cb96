"""Reads the subset of regular expressions that ``patterns`` can match by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

Test = Callable[[str], bool]
BEGIN, END = "^", "$"
DEEPEST = 30  # groups inside groups
MOST_REPEATS = 200


class Unsupported(Exception):  # noqa: N818 (an answer more than an error)
    """The expression may be valid, but is outside the subset; the text says where."""


class Node(Struct, frozen=True):
    """A part of an expression.

    A ``test`` reads one character, or asserts BEGIN or END; ``all`` is a sequence, ``any`` a choice of
    *parts*; ``repeat`` repeats its one part from ``least`` to ``most`` times (None: without end).
    """

    kind: Literal["test", "all", "any", "repeat"]
    parts: tuple[Node, ...] = ()
    test: Test | str | None = None
    least: int = 0
    most: int | None = None


def parse(expression: str) -> Node:
    """Return the tree of *expression*; raise ValueError where it is malformed, Unsupported where foreign."""
    reader = _Reader(expression)
    node = reader.choice(0)
    if reader.rest():
        raise ValueError(f"'{expression}': unmatched ')'")
    return node


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def rest(self) -> str:
        return self._text[self._at :]

    def _take(self, prefix: str) -> bool:
        if prefix and self._text.startswith(prefix, self._at):
            self._at += len(prefix)
            return True
        return False

    def _next(self) -> str:
        if self._at >= len(self._text):
            raise ValueError(f"'{self._text}': ends in the middle")
        self._at += 1
        return self._text[self._at - 1]

    def choice(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise Unsupported("groups are nested too deeply")
        branches = [self._sequence(depth)]
        while self._take("|"):
            branches.append(self._sequence(depth))
        return branches[0] if len(branches) == 1 else Node("any", tuple(branches))

    def _sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.rest() and self.rest()[0] not in "|)":
            parts.append(self._repeated(self._atom(depth)))
        return Node("all", tuple(parts))

    def _atom(self, depth: int) -> Node:
        character = self._next()
        if character == "(":
            return self._group(depth)
        if character == "[":
            return Node("test", test=self._class())
        if character == "\\":
            return Node("test", test=_escape(self._next()))
        if character in (BEGIN, END):
            return Node("test", test=character)
        if character == ".":
            return Node("test", test=_not_newline)
        if character in "*+?":
            raise ValueError(f"'{self._text}': nothing to repeat before '{character}'")
        return Node("test", test=_literal(character))

    def _group(self, depth: int) -> Node:
        if not self._take("?:") and self.rest().startswith("?"):
            raise Unsupported(f"'({self.rest()[:2]}' is not supported")
        node = self.choice(depth + 1)
        if not self._take(")"):
            raise ValueError(f"'{self._text}': a group is not closed")
        return node

    def _repeated(self, node: Node) -> Node:
        while True:
            if self._take("*"):
                bounds: tuple[int, int | None] | None = (0, None)
            elif self._take("+"):
                bounds = (1, None)
            elif self._take("?"):
                bounds = (0, 1)
            else:
                bounds = self._counts()
            if bounds is None:
                return node
            self._take("?")  # a lazy repetition finds the same texts
            node = Node("repeat", (node,), least=bounds[0], most=bounds[1])

    def _counts(self) -> tuple[int, int | None] | None:
        """Read ``{2}``, ``{2,}`` or ``{2,5}``."""
        if not self._take("{"):
            return None
        inside, closed, _ = self.rest().partition("}")
        bounds = _bounds(inside) if closed else None
        if bounds is None:
            raise ValueError(f"'{self._text}': '{{{inside}' is no count")
        self._at += len(inside) + 1
        least, most = bounds
        if max(least, most or 0) > MOST_REPEATS or (most is not None and most < least):
            raise ValueError(f"'{self._text}': '{{{inside}}}' is out of range")
        return bounds

    def _class(self) -> Test:
        negated = self._take("^")
        tests: list[Test] = []
        first = True
        while first or not self._take("]"):
            tests.append(self._member())
            first = False
        if negated:
            return lambda character: not any(test(character) for test in tests)
        return lambda character: any(test(character) for test in tests)

    def _member(self) -> Test:
        character = self._next()
        if character == "[" or (character in "&~-" and self._take(character)):
            raise Unsupported("set operations inside '[...]' are not supported")
        if character == "\\":
            return _escape(self._next())
        return self._range(character)

    def _range(self, character: str) -> Test:
        if not self.rest().startswith("-") or self.rest().startswith("-]"):
            return _literal(character)
        self._next()
        last = self._next()
        if last in "\\[":
            raise Unsupported(f"the range '{character}-{last}' is not supported")
        if last < character:
            raise ValueError(f"'{self._text}': the range '{character}-{last}' is reversed")
        return lambda found: character <= found <= last


def _bounds(inside: str) -> tuple[int, int | None] | None:
    """Return what stands between the braces of a count, or None where it is none."""
    least, comma, most = inside.partition(",")
    if not least.isdecimal() or not (most.isdecimal() or not most) or len(inside) > 9:
        return None
    return int(least), int(most) if most else None if comma else int(least)


def _literal(character: str) -> Test:
    return lambda found: found == character


def _not_newline(character: str) -> bool:
    return character != "\n"


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


_CLASSES: dict[str, Test] = {"d": str.isdecimal, "w": _is_word, "s": str.isspace}


def _escape(character: str) -> Test:
    """Return the test for what stands behind a backslash."""
    test = _CLASSES.get(character.lower())
    if test is not None:
        return test if character.islower() else lambda found: not test(found)
    if character == "n":
        return _literal("\n")
    if character == "t":
        return _literal("\t")
    if character.isalnum():
        raise Unsupported(f"'\\{character}' is not supported")
    return _literal(character)
