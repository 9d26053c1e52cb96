"""Regular expressions from a repository, matched in time linear in the text.

The subset that public interfaces need (literals, ``.``, classes, groups, alternation, repetition,
``^`` and ``$``) is compiled to a nondeterministic automaton and simulated (Thompson 1968): text of
length n costs at most n times the number of states, whatever the expression. What lies outside the
subset goes to google-re2 where that is installed, and is refused where it is not. Python's own ``re``
would let an expression such as ``(a+)+$`` hang the run.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from archlint.contracts.pattern_syntax import BEGIN, END, Node, Unsupported, parse

if TYPE_CHECKING:
    from archlint.contracts.pattern_syntax import Test

MOST_STATES = 4000


class Pattern(Protocol):
    """A compiled expression."""

    def __call__(self, text: str, /) -> bool:
        """Return whether the expression is found in *text*."""


@lru_cache(maxsize=512)
def compiled(expression: str) -> Pattern:
    """Return the pattern that searches for *expression* (write ``^…$`` to match a whole text).

    Raises ValueError saying what is wrong with the expression, or that it needs google-re2.
    """
    try:
        return Automaton(parse(expression))
    except Unsupported as unsupported:
        return _by_re2(expression, unsupported)


def _by_re2(expression: str, unsupported: Unsupported) -> Pattern:
    try:
        import re2  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415 (an extra: few expressions need it)
    except ImportError:
        raise ValueError(f"'{expression}': {unsupported}; install archlint[re2] for it") from None
    options = re2.Options()
    options.log_errors = False
    try:
        program = re2.compile(expression, options)
    except re2.error as error:
        raise ValueError(f"'{expression}': {_words(error)}") from None
    return lambda text: program.search(text) is not None


def _words(error: Exception) -> str:
    text = error.args[0] if error.args else "not a regular expression"
    return text.decode(errors="replace") if isinstance(text, bytes) else str(text)


class Automaton:
    """States numbered from 0; each tests a character, asserts a place, or forks."""

    def __init__(self, node: Node) -> None:
        self._tests: list[Test | str | None] = [None]  # state 0 accepts
        self._outs: list[list[int]] = [[]]
        self._start = self._build(node, 0)

    def _state(self, test: Test | str | None, outs: list[int]) -> int:
        if len(self._tests) >= MOST_STATES:
            raise ValueError("the expression is too large")
        self._tests.append(test)
        self._outs.append(outs)
        return len(self._tests) - 1

    def _build(self, node: Node, following: int) -> int:
        """Return the state at which *node* begins; it goes on to state *following*."""
        if node.kind == "test":
            return self._state(node.test, [following])
        if node.kind == "all":
            for part in reversed(node.parts):
                following = self._build(part, following)
            return following
        if node.kind == "any":
            return self._state(None, [self._build(part, following) for part in node.parts])
        return self._repeat(node, following)

    def _repeat(self, node: Node, following: int) -> int:
        [part] = node.parts
        if node.most is None:
            fork = self._state(None, [following])
            self._outs[fork].append(self._build(part, fork))
            following = fork
        else:
            end = following
            for _ in range(node.most - node.least):
                following = self._state(None, [self._build(part, following), end])
        for _ in range(node.least):
            following = self._build(part, following)
        return following

    def __call__(self, text: str) -> bool:
        current: set[int] = set()
        for place in range(len(text) + 1):
            self._enter(self._start, place, len(text), current)
            if 0 in current:
                return True
            if place < len(text):
                current = self._step(current, text[place], place + 1, len(text))
        return False

    def _step(self, states: set[int], character: str, place: int, length: int) -> set[int]:
        reached: set[int] = set()
        for state in states:
            test = self._tests[state]
            if callable(test) and test(character):
                self._enter(self._outs[state][0], place, length, reached)
        return reached

    def _enter(self, state: int, place: int, length: int, reached: set[int]) -> None:
        """Add *state*, and all that follows without reading a character, to *reached*."""
        stack = [state]
        while stack:
            state = stack.pop()
            if state in reached:
                continue
            test = self._tests[state]
            if (test == BEGIN and place) or (test == END and place < length):
                continue
            reached.add(state)
            if not callable(test):
                stack.extend(self._outs[state])
