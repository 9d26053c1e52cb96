"""Asking git, with every door that a hostile repository could use shut."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

# A repository's own configuration may name programs to run; command-line configuration wins over it.
_OVERRIDES = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "log.showSignature=false",
    "core.pager=cat",
    "diff.external=",
    "advice.graftFileDeprecated=false",
    "log.follow=false",
    "log.showRoot=true",
    # Who is who is for the project's own .mailmap to say.
    f"mailmap.file={os.devnull}",
    "mailmap.blob=",
    "safe.bareRepository=explicit",
    "protocol.allow=never",
)
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # The history is what was committed, not what somebody lays over it.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}
# Inside a hook git points these at its own business; only where people keep settings may pass.
_KEPT = ("GIT_CONFIG", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")


class Limits(NamedTuple):
    """What git may take: seconds, bytes of memory, bytes printed."""

    seconds: float
    memory: int
    output: int


class GitError(Exception):
    """Git is absent, refused or took too long; ``reason`` is one line."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class GitTimeoutError(GitError):
    """Git took longer than it was given."""


def run_git(root: str, args: Sequence[str], *, timeout: float = 30.0, stdin: bytes | None = None) -> bytes:
    """Return what ``git ARGS`` prints when run in directory *root*.

    Callers put ``--end-of-options`` before a revision and ``--`` before paths. Raises ``GitError``
    when there is no git, when it fails, and when it takes longer than *timeout* seconds.
    """
    import subprocess  # noqa: PLC0415 (a warm run does without)

    try:
        done = subprocess.run(  # noqa: S603 (a list, never a shell)
            _command(args),
            cwd=root,
            env=_environment(),
            capture_output=True,
            timeout=timeout,
            check=False,
            input=stdin or b"",
        )
    except subprocess.TimeoutExpired:
        raise GitTimeoutError(f"git {args[0]} took longer than {timeout:g} s") from None
    except OSError as error:
        raise GitError(f"git could not be started: {error.strerror or error}") from None
    if done.returncode != 0:
        raise _failure(args, done.stderr, done.returncode)
    return done.stdout


def run_restrained(root: str, args: Sequence[str], limits: Limits) -> bytes:
    """Return what ``git ARGS`` prints, as ``run_git`` does, with a limit to everything.

    A few objects can describe more files than any machine holds. Where the system can restrain a process
    that runs (Linux), git fails once it needs more memory, or prints more, than *limits* allow.
    """
    import subprocess  # noqa: PLC0415
    from tempfile import TemporaryFile  # noqa: PLC0415

    with TemporaryFile() as output:
        try:
            process = subprocess.Popen(  # noqa: S603 (a list, never a shell)
                _command(args),
                cwd=root,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise GitError(f"git could not be started: {error.strerror or error}") from None
        with process:
            _restrain(process.pid, limits)
            try:
                _, said = process.communicate(timeout=limits.seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                raise GitTimeoutError(f"git {args[0]} took longer than {limits.seconds:g} s") from None
        if process.returncode != 0:
            raise _failure(args, said, process.returncode)
        output.seek(0)
        return output.read()


def _restrain(pid: int, limits: Limits) -> None:
    try:
        from resource import RLIMIT_DATA, RLIMIT_FSIZE, prlimit  # noqa: PLC0415 (not everywhere)
    except ImportError:
        return
    # It may have finished, or a stricter limit be in force.
    with suppress(OSError, ValueError):
        prlimit(pid, RLIMIT_DATA, (limits.memory, limits.memory))
        prlimit(pid, RLIMIT_FSIZE, (limits.output, limits.output))


def _command(args: Sequence[str]) -> list[str]:
    settings = [part for override in _OVERRIDES for part in ("-c", override)]
    return [_executable(), *settings, "--no-pager", *args]


def _failure(args: Sequence[str], said: bytes, status: int) -> GitError:
    return GitError(_first_line(said) or f"git {args[0]} failed with status {status}")


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
