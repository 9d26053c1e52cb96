"""Which findings a run shows: by path patterns, and by the paths that were asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archlint.repository.globs import excluder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archlint.model import Finding
    from archlint.pipeline.analysis import Analysis


def path_matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Return a test of whether a path, or a directory above it, matches one of *patterns*.

    A pattern without a slash matches a name at any depth, as in .gitignore.
    """
    anywhere = [pattern if "/" in pattern else f"**/{pattern}" for pattern in patterns]
    matches = excluder(anywhere)
    return lambda path: any(matches(part) for part in and_above(path))


def and_above(path: str) -> Iterable[str]:
    """Yield every directory that *path* lies in, the outermost first, and *path* itself."""
    parts = path.split("/")
    return ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def touching(findings: Iterable[Finding], within: Sequence[str]) -> list[Finding]:
    """Return the *findings* that have a place inside one of the paths *within*; all, where there are none.

    A finding's places are its own and those of its chain.
    """
    if not within:
        return list(findings)
    return [finding for finding in findings if any(_inside(path, within) for path in _places(finding))]


def narrowed(analysis: Analysis, within: Sequence[str]) -> Analysis:
    """Return *analysis* with the findings, and the counts of them, that touch one of the paths *within*."""
    if not within:
        return analysis
    findings = tuple(touching(analysis.findings, within))
    known = tuple(touching(analysis.known, within))
    delta = analysis.delta
    if delta is not None:
        # What is resolved has no place any more.
        delta = replace(delta, known=len(known), new=len(findings), resolved=0)
    return replace(
        analysis,
        findings=findings,
        suppressed=tuple(touching(analysis.suppressed, within)),
        known=known,
        delta=delta,
    )


def _places(finding: Finding) -> Iterable[str]:
    yield finding.path
    for step in finding.chain:
        if step.path is not None:
            yield step.path


def _inside(path: str, within: Sequence[str]) -> bool:
    return any(path == part or path.startswith(part + "/") for part in within)
