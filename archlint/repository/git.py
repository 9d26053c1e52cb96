"""Asking git, with every door that a hostile repository could use shut."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# A repository's own configuration may name programs to run; command-line configuration wins over it.
_OVERRIDES = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "log.showSignature=false",
    "core.pager=cat",
    "diff.external=",
    "safe.bareRepository=explicit",
    "protocol.allow=never",
)
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}
# Inside a hook git points these at its own business; only where people keep settings may pass.
_KEPT = ("GIT_CONFIG", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")


class GitError(Exception):
    """Git is absent, refused or took too long; ``reason`` is one line."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run_git(root: str, args: Sequence[str], *, timeout: float = 30.0, stdin: bytes | None = None) -> bytes:
    """Return what ``git ARGS`` prints when run in directory *root*.

    Callers put ``--end-of-options`` before a revision and ``--`` before paths. Raises ``GitError``
    when there is no git, when it fails, and when it takes longer than *timeout* seconds.
    """
    import subprocess  # noqa: PLC0415 (a warm run does without)

    settings = [part for override in _OVERRIDES for part in ("-c", override)]
    command = [_executable(), *settings, "--no-pager", *args]
    try:
        done = subprocess.run(  # noqa: S603 (a list, never a shell)
            command,
            cwd=root,
            env=_environment(),
            capture_output=True,
            timeout=timeout,
            check=False,
            input=stdin or b"",
        )
    except subprocess.TimeoutExpired:
        raise GitError(f"git {args[0]} took longer than {timeout:g} s") from None
    except OSError as error:
        raise GitError(f"git could not be started: {error.strerror or error}") from None
    if done.returncode != 0:
        raise GitError(_first_line(done.stderr) or f"git {args[0]} failed with status {done.returncode}")
    return done.stdout


def ignored_paths(root: str) -> frozenset[str] | None:
    """Return what git ignores below directory *root*: relative paths, whole directories as one entry.

    None if *root* is itself ignored: whoever asks for it wants it, so the rules do not apply.
    Raises ``GitError``.
    """
    listing = ("ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z")
    entries = run_git(root, listing).split(b"\0")
    if b"./" in entries:
        return None
    return frozenset(os.fsdecode(entry).rstrip("/") for entry in entries if entry)


def _executable() -> str:
    """Find git on PATH, skipping relative entries: the analysed directory must not provide it."""
    from shutil import which  # noqa: PLC0415

    folders = [part for part in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(part)]
    for folder in folders:
        # One at a time: given a whole path, Windows' ``which`` looks into the working directory first.
        found = which(os.path.join(folder, "git"))
        if found:
            return found
    raise GitError("git was not found on PATH")


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith(_KEPT)}
    return kept | _ENVIRONMENT


def _first_line(text: bytes) -> str:
    from archlint.repository.paths import shown  # noqa: PLC0415

    lines = [line for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    return shown(lines[0].removeprefix("fatal: ")) if lines else ""
