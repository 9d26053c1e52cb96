"""Expressions still to be read, and how: what the two expression readers have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archlint.parsing.skeleton import Scope, Skeleton


class Pending:
    """Expressions to be read in a scope, and how: in an annotation, in a string, with decisions or not.

    ``anchor`` is the outermost string literal around them: positions inside f-strings differ
    between Python versions, so that a name in one stands where its string starts.
    """

    __slots__ = ("anchor", "annotation", "counted", "nodes", "scope")

    def __init__(
        self,
        nodes: list[Any],
        scope: Scope,
        *,
        annotation: bool = False,
        counted: bool = True,
        anchor: Any = None,
    ) -> None:
        self.nodes = nodes
        self.scope = scope
        self.annotation = annotation
        self.counted = counted
        self.anchor = anchor

    def inside(self, nodes: list[Any], scope: Scope, anchor: Any = None) -> Pending:
        """Return further work under the same circumstances."""
        outer = self.anchor if self.anchor is not None else anchor
        return Pending(nodes, scope, annotation=self.annotation, counted=self.counted, anchor=outer)

    def count(self, decisions: int) -> None:
        """Add decisions to the function around, unless radon does not visit this place."""
        if self.counted:
            self.scope.owner.decisions += decisions


class Worklist(ABC):
    """A reader of expressions; ``read`` does one piece of work and may leave more pending."""

    __slots__ = ("pending", "skeleton")

    def __init__(self, skeleton: Skeleton) -> None:
        self.skeleton = skeleton
        self.pending: list[Pending] = []

    @abstractmethod
    def read(self, work: Pending) -> None:
        """Read the expressions of *work* into the skeleton; inner scopes are left pending."""

    def run(self) -> None:
        """Read all that is pending, and what turns up inside it."""
        while self.pending:
            self.read(self.pending.pop())

    def inner(self, work: Pending, nodes: list[Any]) -> Scope:
        """Leave *nodes* pending in a scope of their own. Returns that scope."""
        scope = self.skeleton.open("expression", "", work.scope)
        self.pending.append(work.inside(nodes, scope))
        return scope
