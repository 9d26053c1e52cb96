"""A repository whose commits are data: author, day and files of each, made by git in one go."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gitworld import World, new_world

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

DAY = 86_400
FIRST_DAY = 1_700_000_000  # 2023-11-14
BODY = "".join(f"line {number}\n" for number in range(40))


@dataclass(frozen=True)
class Made:
    """One commit on *branch*: *files* are written (None: removed), *moved* from old to new before that.

    ``day`` counts from FIRST_DAY; ``merge`` names a branch that is merged in.
    """

    files: Mapping[str | bytes, str | None] = field(default_factory=dict)
    author: str = "Ann"
    day: float = 0
    moved: Mapping[str, str] = field(default_factory=dict)
    branch: str = "main"
    start: str = ""
    merge: str = ""
    message: str = "more"


_BRANCHES = "".join(f"    if x == {number}:\n        return {number}\n" for number in range(60))
# A shop with a hot module that one person changes, and two modules that change together.
SHOP = (
    Made({".gitignore": "examples\n", "shop/__init__.py": "", "shop/mail.py": "x = 0\n"}, "Ben"),
    *(Made({"shop/billing.py": f"# {day}\ndef f(x):\n{_BRANCHES}"}, "Ann", day) for day in range(70)),
    *(
        Made(dict.fromkeys(("shop/html.py", "shop/pdf.py"), f"x = {day}\n"), "Cid", day)
        for day in range(70, 76)
    ),
    Made({"shop/pdf.py": "x = 0\n"}, "Ben", 80),
)


def made_world(root: Path, commits: Iterable[Made]) -> World:
    """Return a repository at *root* with *commits*, oldest first, and its main branch checked out."""
    world = new_world(root)
    stream = b"".join(map(_commit, commits))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=stream, check=True)
    world.git("reset", "-q", "--hard", "main")
    return world


def edits(path: str, times: int, author: str = "Ann", start: float = 0) -> list[Made]:
    """Return *times* commits, a day apart, that write something new to *path*."""
    return [Made({path: f"x = {number}\n"}, author, start + number) for number in range(times)]


def _commit(made: Made) -> bytes:
    when = f"{int(FIRST_DAY + made.day * DAY)} +0000"
    mail = "".join(char for char in made.author.lower() if char.isalnum())
    who = f"{made.author} <{mail}@example.org>"
    head = f"commit refs/heads/{made.branch}\nauthor {who} {when}\ncommitter {who} {when}\n"
    message = made.message.encode()
    lines = [head.encode(), b"data %d\n%s\n" % (len(message), message)]
    if made.start:
        lines.append(f"from refs/heads/{made.start}\n".encode())
    if made.merge:
        lines.append(f"merge refs/heads/{made.merge}\n".encode())
    lines += [b"R %s %s\n" % (_quoted(old), _quoted(new)) for old, new in made.moved.items()]
    lines += [_file(path, text) for path, text in made.files.items()]
    return b"".join(lines)


def _file(path: str | bytes, text: str | None) -> bytes:
    if text is None:
        return b"D %s\n" % _quoted(path)
    data = text.encode()
    return b"M 100644 inline %s\ndata %d\n%s\n" % (_quoted(path), len(data), data)


def _quoted(path: str | bytes) -> bytes:
    """Quote a path as C does, every odd byte as octal."""
    raw = path if isinstance(path, bytes) else path.encode()
    plain = (bytes([byte]) if chr(byte).isalnum() or byte in b"/._-" else b"\\%03o" % byte for byte in raw)
    return b'"' + b"".join(plain) + b'"'
