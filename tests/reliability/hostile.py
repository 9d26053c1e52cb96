"""What the reliability tests share: the installed console script, and trees that mean harm."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPT = Path(sysconfig.get_path("scripts")) / "archlint"
PATIENCE = 120.0
# More files than are parsed in one process, so that workers run.
MANY = 30


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """Return an environment with *home* for what archlint keeps of its own, and nothing that styles output."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return kept | {"XDG_CACHE_HOME": str(home), "LANG": "C.UTF-8"} | more


def start(*arguments: Any, cwd: Path, env: Mapping[str, str], **more: Any) -> subprocess.Popen[bytes]:
    """Start the console script."""
    command = [str(SCRIPT), *map(str, arguments)]
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=cwd, env=env, **(streams | more))


def console(
    *arguments: Any, cwd: Path, env: Mapping[str, str], patience: float = PATIENCE, **more: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run the console script to its end and return what it did."""
    with start(*arguments, cwd=cwd, env=env, **more) as process:
        try:
            out, err = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def shop(modules: int = MANY) -> dict[str, str]:
    """Return a package of *modules* modules, each of which imports the next; the last but one closes a cycle."""
    files = {
        f"shop/m{number:03}.py": f"import os\nfrom shop import m{number + 1:03}\n\ndef f(a):\n    return a or os\n"
        for number in range(modules - 1)
    }
    files["shop/__init__.py"] = '"""A shop."""\n'
    files[f"shop/m{modules - 1:03}.py"] = f"from shop import m{modules - 2:03}\n"
    return files


LAYERS = """
[[contracts]]
name = "Layers"
type = "layers"
layers = ["shop.m000", "shop.m001", "shop.m029"]
"""


def children(pid: int) -> list[int]:
    """Return the processes that *pid* is the parent of (Linux)."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(errors="replace")
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == pid:
                found.append(int(entry.name))
    return found


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
